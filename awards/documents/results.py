"""Outcomes that more than one paper states: the ranking and the nominations."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from awards.documents.wording import points


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One member's line in the short table of scores and ranks."""

    name: str
    total: Decimal | None
    rank: str
    grade: str
    note: str = ""
    places: int = 2

    @property
    def total_text(self) -> str:
        return points(self.total, self.places)


@dataclass(frozen=True, slots=True)
class Nomination:
    """Who is proposed for what: ``authority`` is to give ``award`` to ``members``."""

    authority: str  # Ủy ban nhân dân tỉnh Trà Vinh
    award: str  # Cờ thi đua năm 2022
    members: tuple[str, ...]
    grounds: str = ""  # có thành tích tiêu biểu, xuất sắc
    vote: str = ""  # 05/05 đơn vị đồng ý, đạt tỷ lệ 100%

    @property
    def sentence(self) -> str:
        grounds = f" {self.grounds}" if self.grounds else ""
        vote = f" ({self.vote})" if self.vote else ""
        return (
            f"Đề nghị {self.authority} tặng {self.award} cho {'; '.join(self.members)}"
            f"{grounds}{vote}."
        )
