"""What members and the conference do after the appraisal: accept, object, settle; all invented."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from awards import transitions as awards
from awards.models import Conference
from blocs.models import User
from portal.demo.clock import at
from scoring import transitions as scoring
from scoring.models import FindingEffect, Objection, ObjectionStatus

if TYPE_CHECKING:
    from portal.demo.khoi_7 import Khoi7

# Who claims a figure that the party committee has not confirmed yet; the appraiser has the final.
PROVISIONAL = ("cong-thuong", "II.1.1")
CARRIED = ("tai-nguyen", "IV.5")
ANSWERED = ("phat-thanh", "II.1.2")
ACCEPTING = ("cong-thuong", "giao-thong")


def report_a_matter(bloc: Khoi7) -> None:
    """A matter that an inspectorate looks into, settled before the table is approved."""
    member = bloc.member("giao-thong")
    report = scoring.Report(
        matter="Đang xác minh phản ánh về việc cấp đổi giấy phép lái xe (thông tin minh họa)",
        source_agency="Thanh tra tỉnh",
        document="118/TTr-NV",
        document_date=datetime.date(2023, 1, 16),
        received_on=datetime.date(2023, 1, 19),
        effect=FindingEffect.SUSPEND,
    )
    with at("2023-01-19 15:00"):
        finding = scoring.record_finding(member, report, by=bloc.board)
    with at("2023-02-06 10:00"):
        scoring.lift_finding(
            finding,
            lifted_on=datetime.date(2023, 2, 6),
            document="Kết luận số 09/KL-TTr ngày 03/02/2023: phản ánh không có cơ sở",
            by=bloc.board,
        )


def answer_the_appraisal(bloc: Khoi7) -> None:
    """Two members accept, two object; the others agree by silence when the term has ended."""
    for slug in ACCEPTING:
        with at("2023-02-09 09:00"):
            scoring.accept_appraisal(bloc.sheet(slug), by=bloc.head(slug))
    with at("2023-02-09 14:00"):
        carried = scoring.object_to(
            bloc.score(*CARRIED),
            reason="Đề nghị tính đợt ra quân trồng cây, làm sạch môi trường do Sở chủ trì, có 03 "
            "đơn vị thành viên tham gia, là hoạt động chung của Khối.",
            by=bloc.officer(CARRIED[0]),
        )
        answered = scoring.object_to(
            bloc.score(*ANSWERED),
            reason="Đơn vị đã báo cáo sơ kết chung với báo cáo công tác Đảng 6 tháng.",
            by=bloc.officer(ANSWERED[0]),
        )
    leader = bloc.head(bloc.leader)
    with at("2023-02-10 10:00"):
        scoring.answer_objection(
            answered,
            reply="Giữ nguyên: báo cáo 6 tháng không có nội dung sơ kết theo hướng dẫn chấm điểm.",
            version=bloc.score(*ANSWERED).version,
            by=leader,
        )
        scoring.carry_objection(carried, by=leader)


def settle(bloc: Khoi7, conference: Conference, by: User) -> None:
    """What the conference said to the objection that was carried to it."""
    for objection in Objection.objects.of(bloc.review).filter(status=ObjectionStatus.CARRIED):
        awards.settle_objection(
            conference,
            objection,
            reply="Hội nghị thống nhất công nhận là hoạt động chung của Khối; điểm đã điều chỉnh.",
            by=by,
        )
