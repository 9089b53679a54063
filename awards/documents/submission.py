"""Tờ trình: the bloc asks the province for its awards, with the list of those proposed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from awards.documents.header import Header, PlaceDate, SignatureBlock, recipient_lines
from awards.documents.prose import Block
from awards.documents.wording import blank_date, count_words, end_mark, long_date, percent, points

TEMPLATE = "documents/submission.html"
GROUND = "Căn cứ"


@dataclass(frozen=True, slots=True)
class AwardRequest:
    """One award that is asked for, and for how many members."""

    award: str  # Cờ thi đua của Ủy ban nhân dân tỉnh
    short: str  # Cờ thi đua
    count: int

    @property
    def line(self) -> str:
        return f"{self.award}: {count_words(self.count)} tập thể"


@dataclass(frozen=True, slots=True)
class ProposedMember:
    """One line of the list: ``in_favour`` of ``base`` votes; ``unit`` blank for all members."""

    name: str
    award: str
    total: Decimal | None
    places: int
    rank: int | None
    in_favour: int
    base: int
    unit: str = ""  # số phiếu hợp lệ
    grounds: tuple[Block, ...] = ()

    @property
    def total_text(self) -> str:
        return points(self.total, self.places)

    @property
    def rank_text(self) -> str:
        return str(self.rank or "–")

    @property
    def votes_text(self) -> str:
        """``05/05 đơn vị``, ``04/05 số phiếu hợp lệ``."""
        return f"{count_words(self.in_favour)}/{count_words(self.base)} {self.unit or 'đơn vị'}"

    @property
    def share_text(self) -> str:
        return percent(self.in_favour, self.base)


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A paper of the dossier; ``reference`` is its number, blank until it has been issued."""

    name: str
    reference: str = ""  # số 02/BC-KTĐ7

    @property
    def text(self) -> str:
        return f"{self.name} ({self.reference})" if self.reference else self.name


@dataclass(frozen=True, slots=True)
class SubmissionLetter:
    """Everything the letter prints; ``members`` is the annex, each award's members together.

    ``grounds`` are the legal grounds without "Căn cứ" and without their stops; ``through`` is the
    office that passes the letter on, or blank.
    """

    header: Header
    place_date: PlaceDate
    bloc: str
    year: int
    addressees: tuple[str, ...]
    through: str
    grounds: tuple[str, ...]
    opening: tuple[Block, ...]
    requests: tuple[AwardRequest, ...]
    enclosures: tuple[Enclosure, ...]
    closing: tuple[Block, ...]
    members: tuple[ProposedMember, ...]
    recipients: tuple[str, ...]
    signature: SignatureBlock

    @property
    def awards_words(self) -> str:
        """``Cờ thi đua và Bằng khen năm 2022``."""
        *first, last = [request.short for request in self.requests]
        words = f"{', '.join(first)} và {last}" if first else last
        return f"{words} năm {self.year}"

    @property
    def subject(self) -> str:
        return f"Về việc đề nghị tặng {self.awards_words}"

    @property
    def title(self) -> str:
        return f"Tờ trình {self.subject[0].lower()}{self.subject[1:]}"

    @property
    def created(self) -> str:
        return self.place_date.day.isoformat() if self.place_date.day else ""

    @property
    def ground_lines(self) -> tuple[str, ...]:
        """Each ends with a semicolon, the last one with a stop."""
        lines = [f"{GROUND} {ground}" for ground in self.grounds]
        return tuple(f"{line}{'.' if line is lines[-1] else ';'}" for line in lines)

    @property
    def addressed(self) -> str:
        return " và ".join(self.addressees)

    @property
    def request_words(self) -> str:
        return f"{self.bloc} kính đề nghị {self.addressed} xem xét, tặng:"

    @property
    def request_lines(self) -> tuple[str, ...]:
        return _numbered(tuple(request.line for request in self.requests))

    @property
    def list_words(self) -> str:
        return "(Có Danh sách đề nghị kèm theo)"

    @property
    def enclosure_lines(self) -> tuple[str, ...]:
        return _numbered(tuple(one.text for one in self.enclosures))

    @property
    def closing_text(self) -> str:
        return end_mark(f"Kính trình {self.addressed} xem xét, quyết định")

    @property
    def recipient_lines(self) -> tuple[str, ...]:
        return recipient_lines(self.recipients, addressed=True)

    @property
    def list_title(self) -> str:
        return f"Danh sách tập thể đề nghị tặng {self.awards_words}"

    @property
    def list_reference(self) -> str:
        """``(Kèm theo Tờ trình số 03/TTr-KTĐ7 ngày … của …)``; a draft leaves room for a pen."""
        day = self.place_date.day
        dated = long_date(day) if day else blank_date(self.place_date.year)
        return f"(Kèm theo Tờ trình số {self.header.reference} {dated} của {self.bloc})"


def _numbered(lines: tuple[str, ...]) -> tuple[str, ...]:
    """``1. …;`` with a stop after the last."""
    last = len(lines)
    return tuple(f"{at}. {line}{'.' if at == last else ';'}" for at, line in enumerate(lines, 1))
