"""What every paper carries around its text: the head, the signatures, the recipients."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import ClassVar

from awards.documents.wording import (
    BLANK,
    blank_date,
    document_number,
    long_date,
    number_symbol,
    numeral,
)


@dataclass(frozen=True, slots=True)
class Header:
    """The left side of the head; the right side bears the national name and the motto."""

    is_party: ClassVar[bool] = False

    parent: str  # UBND TỈNH TRÀ VINH; may be blank
    body: str  # KHỐI THI ĐUA KHỐI 7
    number: str = ""  # as the clerk typed it, blank until the paper is registered
    symbol: str = ""  # BC-KTĐ7; blank: the paper has no number

    @property
    def number_line(self) -> str:
        return number_symbol(self.number, self.symbol) if self.symbol else ""

    @property
    def reference(self) -> str:
        return document_number(self.number, self.symbol)


@dataclass(frozen=True, slots=True)
class PartyHeader(Header):
    """The head of a Party body: ``TỈNH ỦY … / BAN … / * / Số 01-BC/BTG``, without motto.

    It follows the guidance of the Party's Central Office in outline. What it states is what a
    ``Header`` states, so that one fingerprint serves both.
    """

    is_party: ClassVar[bool] = True

    @property
    def number_line(self) -> str:
        return f"Số {self.reference}" if self.symbol else ""

    @property
    def reference(self) -> str:
        kind, _dash, body = self.symbol.partition("-")
        return f"{numeral(self.number) or BLANK}-{kind}" + (f"/{body}" if body else "")


@dataclass(frozen=True, slots=True)
class PlaceDate:
    """The place-and-date line; without a day it leaves room for a pen."""

    place: str
    day: datetime.date | None
    year: int

    @property
    def line(self) -> str:
        return f"{self.place}, {long_date(self.day) if self.day else blank_date(self.year)}"


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """Who signs: ``TM. KHỐI THI ĐUA KHỐI 7 / KHỐI TRƯỞNG / (signature) / office / name``.

    ``KT. KHỐI TRƯỞNG / KHỐI PHÓ`` has the prefix ``KT.`` and the line ``KHỐI TRƯỞNG``; minutes
    have the title line only.
    """

    authority_prefix: str
    body_line: str
    title_line: str
    office_line: str
    name: str

    @property
    def authority_line(self) -> str:
        return f"{self.authority_prefix} {self.body_line}".strip()


def recipient_lines(recipients: tuple[str, ...], *, addressed: bool = False) -> tuple[str, ...]:
    """``- …;`` lines that open with "Như trên" on an addressed paper and close with "Lưu: VT"."""
    names = [name.strip(" -;.") for name in recipients]
    names = [name for name in names if name]
    if addressed and "Như trên" not in names:
        names.insert(0, "Như trên")
    # The archive stands last, wherever it was typed.
    kept = [name for name in names if name.startswith("Lưu")] or ["Lưu: VT"]
    names = [name for name in names if name not in kept] + kept
    return (*(f"- {name};" for name in names[:-1]), f"- {names[-1]}.")
