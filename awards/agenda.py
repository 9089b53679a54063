"""The default agenda of a year-end conference, and the hours that an agenda plans.

The order is that of the blocs' usual programme: opening, report, table, discussion, adoption, the
provincial board, ballots, elections, the rotating flag, the launch of next year, the minutes.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, auto

from awards.models import AgendaKind


class Presenter(Enum):
    """Who presents an item: known by name once the conference is planned."""

    CHAIR = auto()
    SECRETARY = auto()
    LEADER = auto()  # the leading agency
    BOARD = auto()  # the provincial board's office


@dataclass(frozen=True)
class DefaultItem:
    """An item as it is laid out first; ``minutes`` are planned, and may be changed."""

    kind: str
    title: str
    minutes: int
    presenter: Presenter | None = None


DEFAULT_AGENDA = (
    DefaultItem(
        AgendaKind.OPENING,
        "Chào cờ, tuyên bố lý do, giới thiệu đại biểu; thông qua chương trình; cử thư ký",
        15,
        Presenter.LEADER,
    ),
    DefaultItem(AgendaKind.OPENING, "Khai mạc hội nghị", 5, Presenter.CHAIR),
    DefaultItem(
        AgendaKind.REPORT,
        "Trình bày dự thảo báo cáo tổng kết công tác thi đua, khen thưởng năm {year} và phương "
        "hướng, nhiệm vụ năm {next_year}",
        20,
        Presenter.LEADER,
    ),
    DefaultItem(AgendaKind.TABLE, "Trình bày bảng tổng hợp chấm điểm", 10, Presenter.LEADER),
    DefaultItem(
        AgendaKind.SCORES,
        "Thảo luận, đánh giá, đề xuất giải pháp; giải trình, điều chỉnh điểm",
        40,
        Presenter.CHAIR,
    ),
    DefaultItem(
        AgendaKind.ADOPTION,
        "Biểu quyết thông qua báo cáo và bảng tổng hợp chấm điểm",
        10,
        Presenter.CHAIR,
    ),
    DefaultItem(
        AgendaKind.GUEST,
        "Phát biểu của cơ quan thi đua, khen thưởng tỉnh; Khối trưởng tiếp thu",
        15,
        Presenter.BOARD,
    ),
    DefaultItem(
        AgendaKind.COMMITTEE, "Bầu ban kiểm phiếu; phổ biến thể lệ bỏ phiếu", 10, Presenter.CHAIR
    ),
    DefaultItem(
        AgendaKind.PROPOSALS,
        "Bình xét, biểu quyết đề nghị khen thưởng; kiểm phiếu, công bố kết quả",
        30,
        Presenter.CHAIR,
    ),
    DefaultItem(
        AgendaKind.ELECTION, "Bầu chọn Khối trưởng, Khối phó năm {next_year}", 20, Presenter.CHAIR
    ),
    DefaultItem(AgendaKind.HANDOVER, "Bàn giao cờ luân lưu", 10, Presenter.LEADER),
    DefaultItem(
        AgendaKind.LAUNCH, "Phát động thi đua, ký kết giao ước thi đua năm {next_year}", 15
    ),
    DefaultItem(AgendaKind.CLOSING, "Thông qua biên bản; bế mạc hội nghị", 10, Presenter.SECRETARY),
)


def planned_starts(begins: datetime.time, minutes: Iterable[int]) -> list[datetime.time]:
    """The time of day at which each item would begin, were every one as long as planned."""
    moment = datetime.datetime.combine(datetime.date.min, begins)
    starts = []
    for length in minutes:
        starts.append(moment.time())
        moment += datetime.timedelta(minutes=length)
    return starts
