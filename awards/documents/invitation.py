"""Giấy mời: the invitation to the year-end conference, one page for whoever is invited."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from awards.documents.header import Header, PlaceDate, SignatureBlock, recipient_lines
from awards.documents.prose import Block
from awards.documents.wording import capitalised, long_date, time_words

TEMPLATE = "documents/invitation.html"
ROOM = "." * 50  # for a pen, where nobody is named


@dataclass(frozen=True, slots=True)
class Invitation:
    """Everything the invitation prints; ``addressees`` get a copy each, in their order."""

    header: Header
    place_date: PlaceDate
    bloc: str
    year: int
    addressees: tuple[str, ...]  # a blank one leaves room for a pen
    chair: str  # ông Lê Văn Đông, Phó Giám đốc …
    day: datetime.date
    starts_at: datetime.time
    venue: str
    programme: tuple[Block, ...]
    notes: tuple[Block, ...]
    recipients: tuple[str, ...]
    signature: SignatureBlock

    @property
    def occasion(self) -> str:
        return f"Hội nghị tổng kết công tác thi đua, khen thưởng năm {self.year} của {self.bloc}"

    @property
    def title(self) -> str:
        return f"Giấy mời dự {self.occasion}"

    @property
    def created(self) -> str:
        return self.place_date.day.isoformat() if self.place_date.day else ""

    @property
    def invited(self) -> tuple[str, ...]:
        """How each copy names whom it invites."""
        return tuple(name.rstrip(" .") or ROOM for name in self.addressees)

    @property
    def time(self) -> str:
        return f"{time_words(self.starts_at)}, {long_date(self.day)}"

    @property
    def chair_line(self) -> str:
        return capitalised(self.chair)

    @property
    def place(self) -> str:
        return capitalised(self.venue.rstrip(" ."))

    @property
    def recipient_lines(self) -> tuple[str, ...]:
        return recipient_lines(self.recipients, addressed=True)
