"""The bound volume, the archive and its check, from pieces without a database."""

import hashlib
import io
import json
import os
import signal
import struct
import zipfile
import zlib
from dataclasses import replace

import pikepdf
import pytest
from PIL import Image

from awards.documents import examining
from awards.documents.archive import findings_of, manifest_of, write_archive
from awards.documents.binding import Unreadable, bind, first_pages
from awards.documents.contents import TEMPLATE, Contents, ContentsLine
from awards.documents.examining import OutOfBounds, bind_within_bounds, pages_found
from awards.documents.naming import Names, safe_name
from awards.documents.pdf import to_pdf
from awards.documents.pieces import Piece
from tests.documents import khoi_7
from tests.documents.reading import Paper


def pdf_of(pages=1, **save):
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        for _page in range(pages):
            pdf.add_blank_page(page_size=(595, 842))
        pdf.save(out, deterministic_id="encryption" not in save, **save)
    return out.getvalue()


def picture(size=(300, 200), kind="PNG"):
    out = io.BytesIO()
    Image.new("RGBA", size, (200, 0, 0, 128)).convert("RGB" if kind == "JPEG" else "RGBA").save(
        out, kind
    )
    return out.getvalue()


def piece(position, data=None, **more):
    usual = {
        "title": f"Tài liệu {position}",
        "folder": "01 Văn bản",
        "file_name": f"{position}.pdf",
        "source": f"issued:{position}",
        "size": len(data or b""),
        "open": (lambda: io.BytesIO(data)) if data is not None else None,
    }
    return Piece(position=position, **{**usual, **more})


FILES = (
    piece(1, pdf_of(2), pages=2),
    piece(
        2, picture(), pages=1, folder="03 Minh chứng/01 Sở X/I.1", file_name="Ảnh.png", title="Ảnh"
    ),
    piece(
        3, b"PK", folder="03 Minh chứng/01 Sở X/I.1", file_name="b.docx", problem="chỉ trong ZIP"
    ),
    piece(4, file_name="https://example.vn/a", source="link:4"),
    piece(5, file_name="", problem="không tìm thấy tệp"),
    piece(6, pdf_of(3), pages=3, folder="03 Minh chứng/01 Sở X/I.2"),
)


@pytest.fixture
def bound(tmp_path):
    bind(FILES, pdf_of(2), tmp_path / "volume.pdf", title="Hồ sơ")
    return tmp_path / "volume.pdf"


# --- names


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("Báo cáo số 12/BC-SNN.pdf", "Báo cáo số 12 BC-SNN.pdf"),
        ("../../etc/passwd", "etc passwd"),
        ("..", "tài liệu"),
        ("C:\\Windows\\a.pdf", "C Windows a.pdf"),
        ("con.pdf", "_con.pdf"),
        ("NUL.tar.gz", "_NUL.tar.gz"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("a\x00\nb.pdf", "a b.pdf"),
        ("Ba\u0301o ca\u0301o.pdf", "Báo cáo.pdf"),
        (f"{'ă' * 200}.pdf", f"{'ă' * 76}.pdf"),
    ],
)
def test_a_name_is_safe_on_every_system_and_keeps_its_letters(given, safe):
    assert safe_name(given) == safe


def test_a_name_stands_once_in_a_folder_whatever_its_case():
    names = Names()
    given = [("a", "x.pdf"), ("a", "X.pdf"), ("a", "x.pdf"), ("b", "x.pdf")]
    assert [names.free(*one) for one in given] == ["x.pdf", "X (2).pdf", "x (3).pdf", "x.pdf"]


# --- the volume


def test_the_volume_counts_its_pages_after_the_contents(bound):
    with pikepdf.open(bound) as volume:
        assert [page.label for page in volume.pages] == ["i", "ii", "1", "2", "3", "4", "5", "6"]
    assert first_pages(FILES) == {1: 1, 2: 3, 6: 4}


def test_a_bookmark_leads_to_each_document_under_its_member_and_criterion(bound):
    def flat(items, depth=0):
        for item in items:
            yield depth, item.title, volume.pages.index(item.destination[0])
            yield from flat(item.children, depth + 1)

    with pikepdf.open(bound) as volume, volume.open_outline() as outline:
        found = list(flat(outline.root))
    assert found == [
        (0, "Mục lục", 0),
        (0, "01 Văn bản", 2),
        (1, "Tài liệu 1", 2),
        (0, "03 Minh chứng", 4),
        (1, "01 Sở X", 4),
        (2, "I.1", 4),
        (3, "Ảnh", 4),
        (2, "I.2", 5),
        (3, "Tài liệu 6", 5),
    ]


def test_a_picture_stands_upright_on_a_sheet_of_its_own(bound):
    assert Paper(bound.read_bytes()).sizes[4] == (297.0, 210.0)


def test_more_files_than_are_opened_together_are_all_bound(tmp_path, monkeypatch):
    monkeypatch.setattr("awards.documents.binding.AT_ONCE", 2)
    many = [piece(at, pdf_of(at), pages=at) for at in range(1, 6)]
    _firsts, pages = bind(many, pdf_of(), tmp_path / "volume.pdf", title="Hồ sơ")
    assert pages == 15


@pytest.mark.parametrize(
    ("data", "name", "why"),
    [
        (b"%PDF-1.7\nnothing", "a.pdf", "bị hỏng"),
        (pdf_of(encryption=pikepdf.Encryption(user="x", owner="y")), "a.pdf", "mật khẩu"),
        (b"\x89PNG\r\n\x1a\nnothing", "a.png", "không đọc được"),
        (b"PK", "a.docx", "chỉ có trong tệp ZIP"),
    ],
)
def test_what_cannot_be_bound_says_why(data, name, why):
    with pytest.raises(Unreadable, match=why):
        pages_found(io.BytesIO(data), name)


def test_nothing_in_bound_evidence_runs_when_it_is_opened_or_clicked(tmp_path):
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf_of())) as pdf:
        script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        link = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://example.vn")
        chain = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://example.vn", Next=script)
        note = {"Type": pikepdf.Name.Annot, "Rect": [0, 0, 9, 9]}
        page = pdf.pages[0]
        page.obj.AA = pikepdf.Dictionary(O=script)
        page.obj.AF = pikepdf.Array([pikepdf.Dictionary(Type=pikepdf.Name.Filespec)])
        page.obj.Annots = pikepdf.Array(
            [
                *(
                    pikepdf.Dictionary(**note, Subtype=pikepdf.Name.Link, A=action)
                    for action in (script, link, chain)
                ),
                pikepdf.Dictionary(
                    **note,
                    Subtype=pikepdf.Name.Highlight,
                    Popup=pdf.make_indirect(pikepdf.Dictionary(JS="a")),
                    IRT=pdf.make_indirect(pikepdf.Dictionary(FS="b")),
                    Parent=pdf.make_indirect(pikepdf.Dictionary(AA=script)),
                ),
                *(
                    pikepdf.Dictionary(**note, Subtype=pikepdf.Name(kind))
                    for kind in ("/Screen", "/RichMedia", "/3D", "/FileAttachment", "/Stamp")
                ),
            ]
        )
        pdf.Root.OpenAction = script
        pdf.save(out)
    bind([piece(1, out.getvalue(), pages=1)], pdf_of(), tmp_path / "v.pdf", title="Hồ sơ")
    with pikepdf.open(tmp_path / "v.pdf") as volume:
        page = volume.pages[1].obj
        assert not {"/AA", "/AF"} & set(page.keys())
        kinds = [str(note.Subtype) for note in page.Annots]
        assert kinds == ["/Link", "/Link", "/Link", "/Highlight", "/Stamp"]
        assert ["/A" in note for note in page.Annots] == [False, True, True, False, False]
        assert not {"/Popup", "/IRT", "/Parent"} & set(page.Annots[3].keys())
        assert "/Next" not in page.Annots[2].A
        assert "/OpenAction" not in volume.Root


RAW = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Annots[9 0 R]>>endobj
trailer<</Root 1 0 R/Size 4>>
%%EOF"""


@pytest.mark.parametrize(
    "notes",
    [b"[9 0 R]", b"[null]", b"[5]", b"5", b"<</A 1>>", b"[<</Subtype/Link/A 7>>]"],
)
def test_odd_remarks_on_a_page_are_left_off_and_the_page_is_bound(notes, tmp_path):
    data = RAW.replace(b"[9 0 R]", notes)
    assert pages_found(io.BytesIO(data), "a.pdf") == 1
    bind([piece(1, data, pages=1)], pdf_of(), tmp_path / "v.pdf", title="Hồ sơ")


def unfolding(megabytes):
    """A PDF of some kilobytes whose one stream of objects is that long."""
    packed = zlib.compress(b"5 0 <</A 1>>" + b" " * (megabytes << 20), 9)
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Annots[5 0 R]>>",
        b"<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n%b\nendstream"
        % (len(packed), packed),
    ]
    data, rows = b"%PDF-1.5\n", struct.pack(">BIH", 0, 0, 65535)
    for number, one in enumerate(objects, 1):
        rows += struct.pack(">BIH", 1, len(data), 0)
        data += b"%d 0 obj\n%b\nendobj\n" % (number, one)
    rows += struct.pack(">BIHBIH", 2, 4, 0, 1, len(data), 0)
    head = b"<</Type/XRef/Size 7/W[1 4 2]/Root 1 0 R/Length %d>>" % len(rows)
    table = b"6 0 obj\n%b\nstream\n%b\nendstream\nendobj\n" % (head, rows)
    return data + table + b"startxref\n%d\n%%%%EOF" % len(data)


@pytest.mark.parametrize(
    ("data", "name"), [(unfolding(300), "a.pdf"), (picture((9000, 9000)), "a.png")]
)
def test_a_small_file_that_unfolds_without_bounds_is_left_out(data, name, monkeypatch):
    assert len(data) < 1_000_000
    monkeypatch.setattr(examining, "MEMORY", 100 << 20)
    with pytest.raises(Unreadable, match="quá lớn"):
        pages_found(io.BytesIO(data), name)


def for_ever(_file, _name):
    while True:
        pass


def fall(_file, _name):
    os.kill(os.getpid(), signal.SIGKILL)


def stumble(_file, _name):
    raise struct.error("unpack requires a buffer of 2 bytes")


@pytest.mark.parametrize("look", [for_ever, fall, stumble])
def test_a_file_that_a_library_does_not_get_through_is_left_out(look, monkeypatch):
    monkeypatch.setattr(examining, "pages_of", look)
    monkeypatch.setattr(examining, "SECONDS", 1)
    with pytest.raises(Unreadable, match="bị hỏng"):
        pages_found(io.BytesIO(pdf_of()), "a.pdf")


def test_files_that_unfold_together_without_bounds_are_not_bound(tmp_path, monkeypatch):
    monkeypatch.setattr(examining, "VOLUME_MEMORY", 100 << 20)
    pieces = [piece(at, unfolding(300), pages=1) for at in (1, 2)]
    with pytest.raises(OutOfBounds):
        bind_within_bounds(pieces, pdf_of(), tmp_path / "v.pdf", title="Hồ sơ")


def test_the_bounds_keep_below_those_of_the_machine(monkeypatch):
    limits = []
    monkeypatch.setattr(examining.resource, "getrlimit", lambda _what: (5, 10))
    monkeypatch.setattr(examining.resource, "setrlimit", lambda _what, both: limits.append(both))
    examining._limit(examining.resource.RLIMIT_AS, 500)
    examining._limit(examining.resource.RLIMIT_AS, 7)
    assert limits == [(10, 10), (7, 7)]


def test_the_same_pieces_give_the_same_volume(bound, tmp_path):
    bind(FILES, pdf_of(2), tmp_path / "again.pdf", title="Hồ sơ")
    assert (tmp_path / "again.pdf").read_bytes() == bound.read_bytes()


# --- the contents pages


def test_the_contents_list_every_document_with_its_page_and_what_is_missing():
    lines = (
        ContentsLine("Văn bản", "Báo cáo tổng kết", "02/BC-KTĐ7, 27/02/2023", 1),
        ContentsLine("Văn bản", "Biên bản hội nghị (dự thảo)", "", 5),
        ContentsLine("Minh chứng của Sở X", "I.1: Ảnh", "", None, "tệp PDF có mật khẩu"),
    )
    contents = Contents(khoi_7.head(""), khoi_7.BLOC, 2022, lines, pages=9)
    paper = Paper(to_pdf(TEMPLATE, contents))
    for fact in (
        "1 Báo cáo tổng kết 02/BC-KTĐ7, 27/02/2023 1",
        "2 Biên bản hội nghị (dự thảo) 5",
        "Minh chứng của Sở X",
        "3 I.1: Ảnh (tệp PDF có mật khẩu) –",
        "Hồ sơ có 3 tài liệu, tập này có 9 trang; 1 tài liệu không có trong tập.",
    ):
        assert fact in paper.text, fact


def test_long_contents_repeat_their_head_and_stay_within_the_margins():
    lines = tuple(
        ContentsLine(f"Minh chứng của {khoi_7.BROADCASTER}", f"I.{at}: {'Báo cáo ' * 20}", "", at)
        for at in range(1, 60)
    )
    paper = Paper(to_pdf(TEMPLATE, Contents(khoi_7.head(""), khoi_7.BLOC, 2022, lines, pages=60)))
    assert len(paper.texts) > 2
    assert all("STT Tài liệu Số, ngày Trang" in text for text in paper.texts)
    assert paper.overflow((30, 20, 15, 20)) == []


# --- the archive


@pytest.fixture
def archive(tmp_path):
    """Pieces with the hashes that they have, packed."""
    files = [replace(one, sha256=sha(one)) for one in FILES]
    manifest = manifest_of("Hồ sơ", files, first_pages(files), {"sha256": "0" * 64, "pages": 6})
    write_archive(tmp_path / "a.zip", files, manifest)
    return tmp_path / "a.zip"


def sha(one):
    return hashlib.sha256(one.open().read()).hexdigest() if one.open else ""


def rewritten(path, change):
    """The archive with its entries as ``change`` gives them."""
    with zipfile.ZipFile(path) as old:
        entries = {name: old.read(name) for name in old.namelist()}
    change(entries)
    with zipfile.ZipFile(path, "w") as new:
        for name, data in entries.items():
            new.writestr(name, data)
    return path


def test_an_untouched_archive_agrees_with_its_manifest(archive):
    assert findings_of(archive) == []
    with zipfile.ZipFile(archive) as opened:
        assert opened.namelist()[2:] == [
            "01 Văn bản/1.pdf",
            "03 Minh chứng/01 Sở X/I.1/Ảnh.png",
            "03 Minh chứng/01 Sở X/I.1/b.docx",
            "03 Minh chứng/01 Sở X/I.2/6.pdf",
        ]
        manifest = json.loads(opened.read("manifest.json"))
        listing = opened.read("MANIFEST.txt").decode()
    assert [entry["pages"] for entry in manifest["files"]] == [[1, 2], [3, 3], None, [4, 6]]
    assert manifest["links"][0]["address"] == "https://example.vn/a"
    assert manifest["missing"][0]["reason"] == "không tìm thấy tệp"
    assert "THIẾU: Tài liệu 5: không tìm thấy tệp" in listing


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        (lambda e: e.update({"01 Văn bản/1.pdf": e["01 Văn bản/1.pdf"][:-1] + b"x"}), "altered"),
        (lambda e: e.pop("01 Văn bản/1.pdf"), "missing"),
        (lambda e: e.update({"more.pdf": b"x"}), "not in the manifest"),
        (lambda e: e.update({"01 Văn bản/1.pdf": b"short"}), "5 bytes in place of"),
        (lambda e: e.update({"MANIFEST.txt": b"nothing"}), "says something else"),
        (lambda e: e.pop("manifest.json"), "not a dossier"),
        (lambda e: e.update({"manifest.json": b"[]"}), "not a dossier"),
    ],
)
def test_any_change_of_an_archive_is_found(archive, change, finding):
    assert finding in " ".join(findings_of(rewritten(archive, change)))


def test_the_same_pieces_give_the_same_archive(archive, tmp_path):
    files = [replace(one, sha256=sha(one)) for one in FILES]
    manifest = manifest_of("Hồ sơ", files, first_pages(files), {"sha256": "0" * 64, "pages": 6})
    write_archive(tmp_path / "b.zip", files, manifest)
    assert (tmp_path / "b.zip").read_bytes() == archive.read_bytes()
