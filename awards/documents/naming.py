"""Names of files and folders in an archive: Vietnamese, safe on every system, each one once."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

LONGEST = 80  # characters of a name; Windows admits 260 of a whole path
# What Windows or a shell would take for something else; letters outside ASCII are kept.
UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
UNSEEN = frozenset(("Cf", "Co", "Cs"))  # marks that turn text around, and letters of nobody
DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])", re.IGNORECASE)
NAMELESS = "tài liệu"


def safe_name(text: str, longest: int = LONGEST) -> str:
    """One component of a path: no separator, no ``..``, no device, no invisible mark."""
    composed = unicodedata.normalize("NFC", text)
    seen = "".join(one for one in composed if unicodedata.category(one) not in UNSEEN)
    name = " ".join(UNSAFE.sub(" ", seen).split()).strip(". ")
    stem, dot, suffix = name.rpartition(".")
    if not dot or len(suffix) > 8:
        stem, suffix = name, ""
    stem = stem[: longest - len(suffix) - 1].rstrip(". ") or NAMELESS
    if DEVICES.fullmatch(stem.partition(".")[0]):
        stem = f"_{stem}"
    return f"{stem}.{suffix}" if suffix else stem


class Names:
    """The names given so far. Systems that ignore case take two that differ in it for one."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def free(self, folder: str, name: str) -> str:
        """``name``, or ``name (2)`` where the folder has one of that name already."""
        path = PurePosixPath(name)
        number, chosen = 1, name
        while f"{folder}/{chosen}".casefold() in self._taken:
            number += 1
            chosen = f"{path.stem} ({number}){path.suffix}"
        self._taken.add(f"{folder}/{chosen}".casefold())
        return chosen
