"""The Vietnamese catalogue: bring it up to date with the source, and check that it is whole.

``python -m tests.tooling.catalogue update`` adds new texts, drops those gone and compiles;
``check``, run by ``./dev check``, names what is missing, fuzzy, empty or not compiled.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from io import StringIO
from pathlib import Path

import django
import polib
from django.core.management import call_command
from django.test import override_settings

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = Path("vi/LC_MESSAGES/django.po")
COMMITTED = ROOT / "portal" / "locale" / CATALOGUE
NO_SOURCE = ["portal/locale", "static", "staticfiles", "tests", "docs", "media", "out"]
# The header holds nothing that changes by itself: neither dates nor people.
HEADER = {
    "Language": "vi",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}


def merged() -> polib.POFile:
    """The committed catalogue as the source of now would have it; nothing is written to it."""
    with tempfile.TemporaryDirectory() as directory:
        draft = Path(directory) / "locale" / CATALOGUE
        draft.parent.mkdir(parents=True)
        if COMMITTED.exists():
            draft.write_bytes(COMMITTED.read_bytes())
        with override_settings(LOCALE_PATHS=[Path(directory) / "locale"]):
            call_command(
                "makemessages",
                locale=["vi"],
                ignore_patterns=list(NO_SOURCE),  # the command adds its own
                no_location=True,
                no_obsolete=True,
                stdout=StringIO(),
            )
        found = polib.pofile(str(draft)) if draft.exists() else polib.POFile()
    result = polib.POFile(wrapwidth=100)
    result.metadata = dict(HEADER)
    result.extend(sorted(found, key=lambda entry: (entry.msgid, entry.msgctxt or "")))
    return result


def compiled(catalogue: polib.POFile) -> bytes:
    return bytes(catalogue.to_binary())


def gaps(text: str) -> set[str]:
    """The places in ``text`` that are filled in at run time."""
    return set(re.findall(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}", text))


def faults(catalogue: polib.POFile) -> list[str]:
    """Entries that a reader would see in English, in guessed words or with a value missing."""
    wrong = []
    for entry in catalogue:
        words = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        if entry.fuzzy:
            wrong.append(f"fuzzy: {entry.msgid!r}")
        elif not words or not all(words):
            wrong.append(f"no translation: {entry.msgid!r}")
        elif any(gaps(text) != gaps(entry.msgid_plural or entry.msgid) for text in words):
            wrong.append(f"other placeholders than: {entry.msgid!r}")
    return wrong


def update() -> list[str]:
    catalogue = merged()
    COMMITTED.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(COMMITTED))
    COMMITTED.with_suffix(".mo").write_bytes(compiled(catalogue))
    return faults(catalogue)


def check() -> list[str]:
    catalogue, binary = merged(), COMMITTED.with_suffix(".mo")
    wrong = faults(catalogue)
    if not COMMITTED.exists() or COMMITTED.read_text().rstrip() != str(catalogue).rstrip():
        wrong.append("django.po is not what `python -m tests.tooling.catalogue update` writes")
    if not binary.exists() or binary.read_bytes() != compiled(catalogue):
        wrong.append("django.mo is not what django.po compiles to")
    return wrong


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    os.chdir(ROOT)  # makemessages reads from here
    django.setup()
    if wrong := update() if sys.argv[1] == "update" else check():
        sys.exit("\n".join(wrong))
