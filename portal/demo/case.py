"""The case: who met on 23/02/2023, and the invented figures of the year before."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

SETS = Path(__file__).resolve().parent.parent.parent / "scoring" / "criteria"
MEMBERS = (
    (
        "nong-nghiep",
        "Sở Nông nghiệp và Phát triển nông thôn",
        "Sở Nông nghiệp và PTNT",
        "NNPTNT",
        "department",
    ),
    ("tai-nguyen", "Sở Tài nguyên và Môi trường", "Sở TN và MT", "TNMT", "department"),
    ("giao-thong", "Sở Giao thông vận tải", "Sở GTVT", "GTVT", "department"),
    ("cong-thuong", "Sở Công Thương", "Sở Công Thương", "SCT", "department"),
    (
        "phat-thanh",
        "Đài Phát thanh và Truyền hình tỉnh Trà Vinh",
        "Đài PT-TH",
        "PTTH",
        "service_unit",
    ),
)
LEADER, APPRAISER = "nong-nghiep", "tai-nguyen"
FLAG, MERIT = "nong-nghiep", "giao-thong"
NEXT_LEADER, NEXT_DEPUTY = "phat-thanh", "tai-nguyen"
HEADS = {"nong-nghiep": "leader", "tai-nguyen": "deputy"}
# Invented, as are all people of the demo but the chair and the guest of the conference.
HEAD_NAMES = {
    "nong-nghiep": "Nguyễn Văn An",
    "tai-nguyen": "Trần Thị Bình",
    "giao-thong": "Phạm Văn Cường",
    "cong-thuong": "Lý Thị Dung",
    "phat-thanh": "Thạch Văn Giang",
}
MEETINGS = (
    ("2022-03-10", "Hội nghị ký kết giao ước thi đua năm 2022", ()),
    ("2022-07-14", "Hội nghị sơ kết công tác thi đua 6 tháng đầu năm 2022", ("tai-nguyen",)),
    ("2022-11-17", "Họp Khối triển khai chấm điểm thi đua năm 2022", ("phat-thanh",)),
)
CHAIR = ("ông Lê Văn Đông", "Phó Giám đốc Sở Nông nghiệp và Phát triển nông thôn")


def answers() -> dict[str, Any]:
    """The invented figures, member by member."""
    text = (SETS / "khoi-7-2022.answers.json").read_text(encoding="utf-8")
    members: dict[str, Any] = json.loads(text)["members"]
    return members
