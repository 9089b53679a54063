"""The bound volume: many PDFs and pictures as one, with contents, bookmarks and page labels."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, BinaryIO

from awards.documents.pieces import Piece

if TYPE_CHECKING:
    from pikepdf import Page, Pdf

POINTS_PER_MM = 72 / 25.4
SHEET = (210 * POINTS_PER_MM, 297 * POINTS_PER_MM)
EDGE = 10 * POINTS_PER_MM  # around a picture
PICTURE_PIXELS = 2200  # of the longer side: about 200 a inch on the sheet
AT_ONCE = 20  # PDFs open together: each may unfold in memory
PICTURES = (".jpg", ".jpeg", ".png")
RESAMPLED = ("L", "LA", "RGB", "RGBA", "CMYK")  # modes of pictures that can be made smaller well
PLAIN = {"1": "L"}  # and what the others are turned into, else RGBA
# What a page of evidence may do when it is opened or clicked; scripts and programs are not bound.
ALLOWED_ACTIONS = ("/URI", "/GoTo")
# What may lie on a page: links, remarks, stamps, filled fields; no films, sounds, models, files.
ALLOWED_NOTES = (
    *("/Link", "/Text", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine"),
    *("/Highlight", "/Underline", "/Squiggly", "/StrikeOut", "/Stamp", "/Caret", "/Ink"),
    *("/Widget", "/Watermark"),
)
RUNNING = ("/AA", "/AF", "/PA")  # what runs by itself, and attached files
LEADING_ON = ("/IRT", "/Popup", "/Parent")  # from one note to others, which may have been dropped


class Unreadable(Exception):
    """The file cannot be bound; the message says why."""


def pages_of(file: BinaryIO, name: str) -> int:
    """How many pages the file gives, after all that binding will do to it.

    Raises ``Unreadable`` for a damaged or locked one; a hostile one may raise anything, or grow
    without bounds (``examining``).
    """
    if not is_bindable(name):
        raise Unreadable("chỉ có trong tệp ZIP: không phải PDF hoặc ảnh")
    with _source(file, name) as pdf:
        pdf.save(io.BytesIO())
        _require_whole(pdf)
        return len(pdf.pages)


def _require_whole(pdf: Pdf) -> None:
    """What does not fit into memory the library only warns of, and goes on without."""
    if any("bad_alloc" in warning for warning in pdf.get_warnings()):
        raise MemoryError


def is_bindable(name: str) -> bool:
    return name.lower().endswith((".pdf", *PICTURES))


def _source(file: BinaryIO, name: str) -> Pdf:
    """The file as quiet pages."""
    if name.lower().endswith(PICTURES):
        return _picture(file)
    pdf = _opened(file)
    for page in pdf.pages:
        _quieten(page)
    return pdf


def repeated(content: bytes, pages: Sequence[int]) -> bytes:
    """The pages of an untagged PDF that ``pages`` names from 0, each as often as it is named."""
    import pikepdf  # noqa: PLC0415 -- slow import

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        given = [pdf.pages[at] for at in range(len(pdf.pages))]
        for at in pages:
            pdf.pages.append(given[at])
        del pdf.pages[: len(given)]
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _opened(file: BinaryIO) -> Pdf:
    import pikepdf  # noqa: PLC0415 -- slow import

    file.seek(0)
    try:
        pdf = pikepdf.open(file)
    except pikepdf.PasswordError as locked:
        raise Unreadable("tệp PDF có mật khẩu") from locked
    except pikepdf.PdfError as broken:
        raise Unreadable("tệp PDF bị hỏng") from broken
    if not len(pdf.pages):
        raise Unreadable("tệp PDF không có trang nào")
    return pdf


def _jpeg(file: BinaryIO) -> tuple[bytes, int, int]:
    """A picture as it is to be seen: turned upright, on white, with its width and height."""
    from PIL import Image, ImageOps  # noqa: PLC0415 -- slow import

    file.seek(0)
    try:
        with Image.open(file) as stored:
            # Smaller before anything copies it; black and white in greys, or letters would fray.
            mode = stored.mode if stored.mode in RESAMPLED else PLAIN.get(stored.mode, "RGBA")
            small = stored if mode == stored.mode else stored.convert(mode)
            small.thumbnail((PICTURE_PIXELS, PICTURE_PIXELS))
            upright = ImageOps.exif_transpose(small).convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as broken:
        raise Unreadable("tệp ảnh không đọc được") from broken
    drawn = Image.new("RGB", upright.size, "white")
    drawn.paste(upright, mask=upright.getchannel("A"))
    out = io.BytesIO()
    drawn.save(out, "JPEG", quality=85)
    return out.getvalue(), *drawn.size


def _picture(file: BinaryIO) -> Pdf:
    """A picture on a sheet of A4 of its own, lying where it is wider than high."""
    import pikepdf  # noqa: PLC0415 -- slow import

    data, width, height = _jpeg(file)
    page_width, page_height = SHEET if height >= width else SHEET[::-1]
    scale = min((page_width - 2 * EDGE) / width, (page_height - 2 * EDGE) / height)
    left, bottom = (page_width - width * scale) / 2, (page_height - height * scale) / 2
    pdf = pikepdf.new()
    image = pdf.make_stream(
        data, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=width, Height=height,
        ColorSpace=pikepdf.Name.DeviceRGB, BitsPerComponent=8, Filter=pikepdf.Name.DCTDecode,
    )  # fmt: skip
    page = pdf.add_blank_page(page_size=(page_width, page_height))
    name = page.add_resource(image, pikepdf.Name.XObject, pikepdf.Name.Picture)  # else by chance
    place = f"{width * scale:.3f} 0 0 {height * scale:.3f} {left:.3f} {bottom:.3f} cm"
    page.contents_add(f"q {place} {name} Do Q".encode())
    return pdf


def bind(
    pieces: Sequence[Piece], contents: bytes, out: Path, *, title: str
) -> tuple[dict[int, int], int]:
    """Write the volume to ``out``; same pieces, same bytes.

    Returns the first page of each bound piece by its position, and the number of pages after the
    contents. Labels are i, ii, … for the contents and 1, 2, … from there on.
    """
    import pikepdf  # noqa: PLC0415 -- slow import

    firsts = first_pages(pieces)
    bound = [piece for piece in pieces if piece.is_bound]
    with TemporaryDirectory() as directory, ExitStack() as opened, pikepdf.new() as volume:
        front = opened.enter_context(pikepdf.open(io.BytesIO(contents)))
        volume.pages.extend(front.pages)
        before = len(volume.pages)
        for at in range(0, len(bound), AT_ONCE):
            part = Path(directory) / f"{at}.pdf"
            _gather(bound[at : at + AT_ONCE], part)
            volume.pages.extend(opened.enter_context(pikepdf.open(part)).pages)
        _mark_out(volume, bound, firsts, before, title)
        volume.save(
            out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate
        )
        return firsts, len(volume.pages) - before


def first_pages(pieces: Iterable[Piece]) -> dict[int, int]:
    """Where each bound piece begins, by its position; the pages count from 1."""
    firsts, page = {}, 1
    for piece in pieces:
        if piece.is_bound:
            firsts[piece.position] = page
            page += piece.pages
    return firsts


def _gather(pieces: Sequence[Piece], out: Path) -> None:
    import pikepdf  # noqa: PLC0415 -- slow import

    with ExitStack() as opened, pikepdf.new() as part:
        sources = []
        for piece in pieces:
            file = opened.enter_context(piece.file())
            sources.append(opened.enter_context(_source(file, piece.file_name)))
            part.pages.extend(sources[-1].pages)
        part.save(out, deterministic_id=True)
        for one in (*sources, part):
            _require_whole(one)


def _quieten(page: Page) -> None:
    """Take out what would run when the page is opened or clicked, and files within the file."""
    from pikepdf import Array, Dictionary  # noqa: PLC0415 -- slow import

    listed: Any = page.obj.get("/Annots")
    notes: list[Any] = [
        note
        for note in (listed if isinstance(listed, Array) else ())
        if isinstance(note, Dictionary) and str(note.get("/Subtype")) in ALLOWED_NOTES
    ]
    _drop(page.obj, *RUNNING)
    for note in notes:
        _drop(note, *RUNNING, *LEADING_ON)
        action = note.get("/A")
        if not isinstance(action, Dictionary) or str(action.get("/S")) not in ALLOWED_ACTIONS:
            if "/A" in note:
                del note["/A"]
        elif "/Next" in action:
            del action["/Next"]
    if listed is not None:
        page.obj["/Annots"] = Array(notes)


def _drop(thing: Any, *keys: str) -> None:
    for key in keys:
        if key in thing:
            del thing[key]


def _mark_out(
    volume: Pdf, pieces: Sequence[Piece], firsts: dict[int, int], before: int, title: str
) -> None:
    """Title, page labels, and a bookmark for each piece under those of its folders."""
    from pikepdf import Array, Dictionary, Name, OutlineItem  # noqa: PLC0415 -- slow import

    volume.Root.Lang = "vi"
    volume.Root.PageMode = Name.UseOutlines
    volume.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    volume.docinfo["/Title"] = title
    labels: list[Any] = [0, Dictionary(S=Name.r)]
    if pieces:
        labels += [before, Dictionary(S=Name.D, St=1)]
    volume.Root.PageLabels = Dictionary(Nums=Array(labels))
    with volume.open_outline() as outline:
        outline.root.append(OutlineItem("Mục lục", 0))
        folders: dict[str, OutlineItem] = {}
        for piece in pieces:
            page = before + firsts[piece.position] - 1
            level, path = outline.root, ""
            for name in piece.folder.split("/"):
                path = f"{path}/{name}"
                if path not in folders:
                    folders[path] = OutlineItem(name, page)
                    level.append(folders[path])
                level = folders[path].children
            level.append(OutlineItem(piece.title, page))
