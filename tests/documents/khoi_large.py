"""Papers of as many members and criteria as a test asks for; every name and number is invented."""

from __future__ import annotations

import datetime
from decimal import Decimal as D

from awards.documents.appraisal import AppraisalRow, AppraisalSlip, Objection
from awards.documents.detail import Cell, DetailRow, DetailTable
from awards.documents.header import Header, PlaceDate, SignatureBlock
from awards.documents.history import ScoreHistory, Value, Writing
from awards.documents.sheet import ScoreSheet, SheetRow
from awards.documents.summary import Annex
from tests.documents import khoi_7, test_evidence_list
from tests.worlds import VIETNAM

LONG = "Tỷ lệ hồ sơ thủ tục hành chính giải quyết trước hạn và đúng hạn so với chỉ tiêu được giao"
ADDRESS = "https://travinh.gov.vn/" + "khongcokhoangtrang" * 6
SHORTS = ("Sở NN&PTNT", "Sở TN và MT", "Sở GTVT", "Sở Công Thương", "Đài PT-TH")
PLACE = PlaceDate("Trà Vinh", None, 2023)


def signed(*titles):
    return tuple(SignatureBlock("", "", title, "", "") for title in titles)


def codes(criteria, in_group=10):
    """The rows of a tree: kind, code and name; a group before every ``in_group`` criteria."""
    for at in range(criteria):
        group, place = at // in_group + 1, at % in_group + 1
        if place == 1:
            yield "group", f"{group}", f"Nhóm tiêu chí thứ {group}"
        yield "leaf", f"{group}.{place}", LONG if at % 3 else f"Tiêu chí ngắn {at}"


def evidence(documents):
    return test_evidence_list.listed(*(test_evidence_list.item(n) for n in range(1, documents + 1)))


def sheet(criteria=12, documents=3, **changes):
    rows = [
        SheetRow(kind, code, name, D(45), D("42.73"))
        if kind == "group"
        else SheetRow(
            kind, code, name, D(5), D("4.5"), True, f"9 trên 10\n5 × 9 / 10 = {at},50", "", (1,)
        )
        for at, (kind, code, name) in enumerate(codes(criteria))
    ]
    given = {
        "header": Header("UBND TỈNH TRÀ VINH", "SỞ NÔNG NGHIỆP"),
        "place_date": PLACE,
        "member": khoi_7.AGRICULTURE,
        "bloc": khoi_7.BLOC,
        "year": 2022,
        "criteria": "Bảng tiêu chí thi đua năm 2022",
        "places": 2,
        "rows": (*rows, SheetRow("total", "", "Tổng điểm tự chấm", None, D("96.23"))),
        "submitted_on": datetime.date(2023, 1, 11),
        "evidence": evidence(documents),
        "signatures": signed("NGƯỜI LẬP BẢNG", "THỦ TRƯỞNG ĐƠN VỊ"),
    }
    return ScoreSheet(**given | changes)


def slip(criteria=12, objections=1, **changes):
    rows = [
        AppraisalRow(kind, code, name, D(5), D("4.5"), D("4"), True, "" if at % 2 else LONG)
        for at, (kind, code, name) in enumerate(codes(criteria))
    ]
    objection = Objection("I.2. Xếp loại", datetime.date(2023, 2, 9), LONG, "Đã rút", "")
    given = {
        "header": khoi_7.head(""),
        "place_date": PLACE,
        "member": khoi_7.BROADCASTER,
        "bloc": khoi_7.BLOC,
        "year": 2022,
        "criteria": "Bảng tiêu chí thi đua năm 2022",
        "places": 2,
        "rows": (*rows, AppraisalRow("total", "", "Tổng điểm", None, D("90"), D("88"))),
        "appraiser": f"{khoi_7.AGRICULTURE} (Khối trưởng)",
        "appraised_on": datetime.date(2023, 2, 8),
        "accepted_on": None,
        "objections": (objection,) * objections,
        "signatures": signed("ĐẠI DIỆN ĐƠN VỊ THẨM ĐỊNH", "KHỐI TRƯỞNG"),
    }
    return AppraisalSlip(**given | changes)


def history(writings=3, **changes):
    one = Writing(
        at=datetime.datetime(2023, 1, 11, 15, 20, tzinfo=VIETNAM),
        stage="Tự chấm",
        before=Value(None),
        after=Value(D("5.64"), "143 trên 152"),
        reason=f"{LONG}\n{ADDRESS}",
        by="Nguyễn Văn Mẫu",
        agency="Sở NN&PTNT",
        office="Khối trưởng",
    )
    given = {
        "header": khoi_7.head(""),
        "member": khoi_7.AGRICULTURE,
        "bloc": khoi_7.BLOC,
        "year": 2022,
        "code": "I.1.2",
        "criterion": LONG,
        "max": D(6),
        "places": 2,
        "writings": (one,) * writings,
    }
    return ScoreHistory(**given | changes)


def detail(members=5, criteria=12, **changes):
    """Every seventh cell has been changed on its way."""

    def cells(at):
        return tuple(
            Cell("3,00", ("4,00", "3,50")) if (at + one) % 7 == 0 else Cell("4,00")
            for one in range(members)
        )

    rows = [
        DetailRow(kind, code, name, "5,00", cells(at))
        for at, (kind, code, name) in enumerate(codes(criteria))
    ]
    total = tuple(Cell("1.000,00", ("1.000,00", "998,50")) for _one in range(members))
    given = {
        "header": khoi_7.head(""),
        "annex": Annex("Phụ lục", "(Kèm theo Bảng tổng hợp chấm điểm thi đua năm 2022)"),
        "bloc": khoi_7.BLOC,
        "year": 2022,
        "members": tuple(
            SHORTS[at] if at < len(SHORTS) else f"Đơn vị {at + 1}" for at in range(members)
        ),
        "rows": (*rows, DetailRow("total", "", "Tổng điểm", "1.000,00", total)),
        "version": 1,
        "adopted_on": khoi_7.CONFERENCE_DAY,
        "sha256": test_evidence_list.HASH,
        "policies": ("Tiêu chí không áp dụng (KAD) được tính điểm tối đa: I.3 (Sở GTVT).",),
        "signatures": (*signed("NGƯỜI LẬP BẢNG", "KHỐI PHÓ"), khoi_7.CHAIR_SIGNATURE),
    }
    return DetailTable(**given | changes)
