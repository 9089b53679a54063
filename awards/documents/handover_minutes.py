"""Biên bản bàn giao cờ luân lưu: the rotating flag goes to next year's leader."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from awards.documents.header import Header, SignatureBlock, recipient_lines
from awards.documents.wording import capitalised, long_date

TEMPLATE = "documents/handover_minutes.html"
ROOM = "." * 60  # for a pen, where nobody was named


@dataclass(frozen=True, slots=True)
class Party:
    """A member that gives or takes the flag, and who stands for it."""

    member: str
    office: str  # Khối trưởng năm 2022
    person: str = ""  # name and position, as they were typed

    @property
    def line(self) -> str:
        return f"{self.member}, {self.office}."

    @property
    def person_line(self) -> str:
        return f"Đại diện: {capitalised(self.person.rstrip('.')) or ROOM}."


@dataclass(frozen=True, slots=True)
class HandoverMinutes:
    """Everything the paper prints."""

    header: Header
    bloc: str
    year: int
    day: datetime.date
    venue: str
    giver: Party
    taker: Party
    condition: str
    enclosed: tuple[str, ...]
    recipients: tuple[str, ...]
    giver_signature: SignatureBlock
    taker_signature: SignatureBlock
    chair_signature: SignatureBlock

    @property
    def subject(self) -> str:
        return f"Bàn giao cờ luân lưu của {self.bloc}"

    @property
    def title(self) -> str:
        return f"Biên bản bàn giao cờ luân lưu của {self.bloc} năm {self.year}"

    @property
    def created(self) -> str:
        return self.day.isoformat()

    @property
    def beginning(self) -> str:
        return (
            f"Hôm nay, {long_date(self.day)}, tại {self.venue}, trong Hội nghị tổng kết công tác "
            f"thi đua, khen thưởng năm {self.year} của {self.bloc}, hai bên tiến hành bàn giao cờ "
            "luân lưu như sau:"
        )

    @property
    def thing(self) -> str:
        return f"Hiện vật: 01 cờ luân lưu của {self.bloc}."

    @property
    def state(self) -> str:
        return f"Tình trạng: {self.condition.rstrip('.') or ROOM}."

    @property
    def ending(self) -> str:
        return (
            "Bên nhận đã nhận đủ hiện vật, hồ sơ nêu trên. Biên bản được lập thành 02 bản, mỗi "
            "bên giữ 01 bản./."
        )

    @property
    def signatures(self) -> tuple[SignatureBlock, ...]:
        """The two sides on the outside; the chair, who saw it, between them."""
        return self.giver_signature, self.chair_signature, self.taker_signature

    @property
    def recipient_lines(self) -> tuple[str, ...]:
        return recipient_lines(self.recipients)
