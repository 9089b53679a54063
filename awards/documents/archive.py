"""The dossier as a ZIP file: numbered folders, and a manifest by which it can be checked.

Written file by file, never held in memory as a whole. The same pieces give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any

from awards.documents.pieces import Piece

MANIFEST = "manifest.json"
LISTING = "MANIFEST.txt"
MOMENT = (1980, 1, 1, 0, 0, 0)  # the first that the format can say; files bear no time of their own
CHUNK = 1 << 20  # bytes read at a time
LARGEST_MANIFEST = 32 << 20  # bytes


def manifest_of(
    title: str, pieces: Iterable[Piece], firsts: dict[int, int], volume: dict[str, Any]
) -> dict[str, Any]:
    """What the archive holds, what is only linked, and what is missing and why."""
    files, links, missing = [], [], []
    for piece in pieces:
        entry: dict[str, Any] = {"title": piece.title, "source": piece.source}
        if piece.reference:
            entry["reference"] = piece.reference
        if piece.is_link:
            links.append(entry | {"address": piece.file_name, "folder": piece.folder})
        elif piece.open is None:
            missing.append(entry | {"folder": piece.folder, "reason": piece.problem})
        else:
            entry |= {"path": piece.path, "size": piece.size, "sha256": piece.sha256}
            first = firsts.get(piece.position)
            entry["pages"] = [first, first + piece.pages - 1] if first else None
            files.append(entry | ({"not_bound": piece.problem} if piece.problem else {}))
    return {
        "title": title, "volume": volume, "files": files, "links": links, "missing": missing,
    }  # fmt: skip


def listing_of(manifest: dict[str, Any]) -> str:
    """The manifest for people; its lines of files are those that ``sha256sum -c`` reads."""
    volume = manifest["volume"]
    lines = [
        f"# {manifest['title']}",
        f"# Tập PDF đi kèm: {volume['pages']} trang, SHA-256 {volume['sha256']}",
        "# Kiểm tra bằng: sha256sum -c MANIFEST.txt",
    ]
    for entry in manifest["files"]:
        pages = entry["pages"]
        place = f"trang {pages[0]}-{pages[1]}" if pages else "không có trong tập PDF"
        lines += [f"# {entry['title']}; {entry['size']} byte; nguồn {entry['source']}; {place}"]
        lines += [f"{entry['sha256']}  {entry['path']}"]
    lines += [f"# Đường dẫn: {one['title']}: {one['address']}" for one in manifest["links"]]
    lines += [f"# THIẾU: {one['title']}: {one['reason']}" for one in manifest["missing"]]
    return "".join(" ".join(line.splitlines()) + "\n" for line in lines)


def write_archive(out: Path, pieces: Iterable[Piece], manifest: dict[str, Any]) -> None:
    """Write the ZIP file; its parts are stored as they are, for PDFs and pictures are packed."""
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
        archive.writestr(_entry(LISTING), listing_of(manifest))
        archive.writestr(_entry(MANIFEST), text)
        for piece in pieces:
            if piece.open is None:
                continue
            with piece.file() as source, archive.open(_entry(piece.path), "w") as target:
                for chunk in _chunks(source):
                    target.write(chunk)


def _entry(path: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, MOMENT)
    entry.create_system = 3  # the same on every machine
    entry.external_attr = 0o644 << 16
    return entry


def _chunks(file: IO[bytes]) -> Iterable[bytes]:
    while chunk := file.read(CHUNK):
        yield chunk


def sha256_of(file: IO[bytes]) -> str:
    digest = hashlib.sha256()
    for chunk in _chunks(file):
        digest.update(chunk)
    return digest.hexdigest()


def findings_of(path: Path) -> list[str]:
    """What is wrong with an archive, in words; nothing when it holds what its manifest says."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _compare(archive)
    except (OSError, zipfile.BadZipFile, KeyError, TypeError, ValueError) as broken:
        return [f"The file is not a dossier, or is damaged: {broken}"]


def _compare(archive: zipfile.ZipFile) -> list[str]:
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if archive.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
        return [f"{MANIFEST}: too large"]
    manifest = json.loads(archive.read(MANIFEST))
    said = {entry["path"]: entry for entry in manifest["files"]}
    wrong = [f"{name}: stands twice" for name in {one for one in names if names.count(one) > 1}]
    wrong += [f"{name}: missing" for name in said if name not in names]
    wrong += [f"{n}: not in the manifest" for n in names if n not in (*said, MANIFEST, LISTING)]
    for entry in entries:
        told = said.get(entry.filename)
        if told is None:
            continue
        if entry.file_size != told["size"]:
            wrong.append(f"{entry.filename}: {entry.file_size} bytes in place of {told['size']}")
        else:
            with archive.open(entry) as file:
                if sha256_of(file) != told["sha256"]:
                    wrong.append(f"{entry.filename}: altered")
    listing = archive.getinfo(LISTING)
    if (
        listing.file_size > LARGEST_MANIFEST
        or archive.read(listing) != listing_of(manifest).encode()
    ):
        wrong.append(f"{LISTING}: says something else than {MANIFEST}")
    return sorted(wrong)
