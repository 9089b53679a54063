"""A trial page: an invented report on which a province sees the layout that it chooses."""

from __future__ import annotations

import datetime

from awards.documents.header import Header, PlaceDate, SignatureBlock
from awards.documents.prose import blocks
from awards.documents.report import MemberLine, RewardLine, YearEndReport
from blocs.models import Province

OPENING = (
    "Trang này là bản in thử để xem cỡ chữ, lề trang, khoảng cách dòng và khoảng cách đoạn mà "
    "tỉnh đang chọn; mọi nội dung, tên gọi và số liệu trên trang đều là ví dụ."
)
SITUATION = (
    "# Đoạn văn\n"
    "Nội dung văn bản được dàn đều cả hai lề; dòng đầu mỗi đoạn lùi vào theo khoảng cách đã "
    "chọn, các đoạn cách nhau tối thiểu 6 pt và khoảng cách giữa các dòng từ dòng đơn đến 1,5 "
    "dòng.\n"
    "Trang thứ hai trở đi có số trang ở giữa, phía trên, trong phần lề trên."
)
TASKS = (
    "- Kiểm tra bản in thử trên giấy A4 trước khi lưu;\n"
    "- Thống nhất một cách trình bày cho tất cả các khối thi đua của tỉnh."
)


def sample(province: Province, today: datetime.date) -> YearEndReport:
    """The trial page under the province's own head; nothing on it is a record's."""
    bloc = "Khối thi đua mẫu"
    return YearEndReport(
        header=Header(province.committee_short.upper(), bloc.upper(), "", "BC-KTĐ"),
        place_date=PlaceDate(province.place_name, None, today.year),
        bloc=bloc,
        year=today.year - 1,
        office_year=today.year,
        addressees=(province.council, province.committee),
        opening=blocks(OPENING),
        situation=blocks(SITUATION),
        members=tuple(
            MemberLine(f"Cơ quan, đơn vị thành viên {place}", role)
            for place, role in enumerate(("Khối trưởng", "Khối phó", "Thành viên"), start=1)
        ),
        rewards=(),
        reward_lines=(RewardLine("Bằng khen", 2, 5), RewardLine("Giấy khen", 12, 40)),
        goals=blocks("Các văn bản của tỉnh được trình bày thống nhất, đúng thể thức."),
        tasks=blocks(TASKS),
        closing="Trên đây là bản in thử về thể thức trình bày văn bản",
        recipients=("Các cơ quan, đơn vị thành viên", "Lưu: VT"),
        signature=SignatureBlock(
            "TM.", bloc.upper(), "KHỐI TRƯỞNG", "GIÁM ĐỐC CƠ QUAN KHỐI TRƯỞNG", "Họ và tên"
        ),
        leadership=(),
        movements=(),
        member_sections=(),
        exemplars=(),
        activities=(),
        score_text=(),
        scores=(),
        score_source="",
        nominations=(),
        limits=(),
        causes=(),
        lessons=(),
        solutions=(),
        proposals=(),
    )
