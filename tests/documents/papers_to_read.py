"""Every paper with as many members as a test asks for: a new paper adds one line below."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal as D

from awards.documents import (
    achievement,
    appraisal,
    ballot_minutes,
    covenant,
    detail,
    evidence_list,
    handover_minutes,
    history,
    invitation,
    minutes,
    report,
    sheet,
    submission,
    summary,
)
from awards.documents.header import Header, PartyHeader, PlaceDate, SignatureBlock
from awards.documents.prose import blocks
from awards.documents.results import ScoreLine
from tests.documents import (
    khoi_7,
    khoi_large,
    test_achievement,
    test_ballot_minutes,
    test_evidence_list,
    test_handover_minutes,
    test_submission,
)

# The longest names that agencies of a province bear.
LONGEST = (
    "Ban Quản lý dự án đầu tư xây dựng các công trình dân dụng và công nghiệp tỉnh Trà Vinh",
    "Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh Trà Vinh",
    "Ban Chấp hành Đoàn Thanh niên Cộng sản Hồ Chí Minh tỉnh Trà Vinh",
)
USUAL = (
    *(khoi_7.AGRICULTURE, khoi_7.ENVIRONMENT, khoi_7.TRANSPORT, khoi_7.TRADE),
    khoi_7.BROADCASTER,
)


def names(count: int) -> tuple[str, ...]:
    """``count`` agencies, the ones with the longest names first."""
    known = LONGEST + USUAL
    return tuple(
        known[at] if at < len(known) else f"{known[at % len(known)]} cơ sở {at}"
        for at in range(count)
    )


def report_of(count: int) -> report.YearEndReport:
    section = khoi_7.report().member_sections[0]
    return replace(
        khoi_7.report(),
        members=tuple(report.MemberLine(name, "Thành viên") for name in names(count)),
        member_sections=tuple(replace(section, name=name) for name in names(count)),
        scores=tuple(
            ScoreLine(name, D("91.44"), str(at), "Xuất sắc", "Cùng tổng điểm" if at == 2 else "")
            for at, name in enumerate(names(count), start=1)
        ),
    )


def bare_report(count: int) -> report.YearEndReport:
    """A report of which nobody has written a part yet."""
    written = (
        *("opening", "situation", "leadership", "movements", "exemplars", "rewards"),
        *("activities", "score_text", "limits", "causes", "lessons", "goals", "tasks"),
        *("solutions", "proposals", "nominations", "member_sections", "reward_lines", "scores"),
        *("addressees", "recipients"),
    )
    return replace(
        report_of(count),
        header=Header("", "KHỐI THI ĐUA KHỐI 7", "", "BC-KTĐ7"),
        place_date=PlaceDate("Trà Vinh", None, 2023),
        **dict.fromkeys(written, ()),
    )


def party_report(count: int) -> report.YearEndReport:
    head = PartyHeader("TỈNH ỦY TRÀ VINH", LONGEST[2].upper(), "1", "BC-TĐTN")
    return replace(report_of(count), header=head)


def minutes_of(count: int) -> minutes.Minutes:
    person = minutes.Person("bà Trần Thị Mẫu", "chuyên viên Văn phòng Sở")
    given = khoi_7.minutes()
    return replace(
        given,
        member_count=count,
        present_count=count,
        delegations=tuple(minutes.Delegation(name, (person,)) for name in names(count)),
        scores=report_of(count).scores,
        remarks=tuple(minutes.Remark(name, blocks("Thống nhất.")) for name in names(count)),
    )


def summary_of(count: int) -> summary.SummaryTable:
    table = khoi_7.summary(count, 8)
    rows = tuple(
        replace(row, name=name) for row, name in zip(table.rows, names(count), strict=True)
    )
    return replace(table, rows=rows)


def annexed_summary(count: int) -> summary.SummaryTable:
    annex = summary.Annex("Phụ lục I", "(Kèm theo Báo cáo số 03/BC-KTĐ7 ngày 28/02/2023)")
    return replace(summary_of(count), annex=annex, policies=(), notes=(), charts=None)


def ballot_minutes_of(count: int) -> ballot_minutes.BallotMinutes:
    """With the annex of all papers, as an electronic ballot has it."""
    results = tuple(test_ballot_minutes.result(name, 5) for name in names(count))
    papers = tuple(("Đ",) * min(count, 20) for _ in range(count))
    return test_ballot_minutes.minutes(results=results, papers=papers)


def handover_of(count: int) -> handover_minutes.HandoverMinutes:
    given = test_handover_minutes.handover()
    return replace(given, giver=replace(given.giver, member=LONGEST[0]), enclosed=names(count))


def evidence_of(count: int) -> evidence_list.EvidenceList:
    items = [test_evidence_list.item(at) for at in range(1, count + 1)]
    head = Header("UBND TỈNH TRÀ VINH", LONGEST[0].upper())
    return replace(test_evidence_list.listed(*items), header=head, member=LONGEST[0])


def covenant_of(count: int) -> covenant.Covenant:
    return covenant.Covenant(
        header=khoi_7.head(""),
        place_date=PlaceDate("Trà Vinh", datetime.date(2022, 3, 10), 2022),
        bloc=khoi_7.BLOC,
        year=2022,
        opening=blocks("Các cơ quan, đơn vị thành viên thống nhất ký kết giao ước thi đua:"),
        contents=blocks(
            "Đoàn kết, giúp đỡ nhau hoàn thành nhiệm vụ.\nPhát động phong trào:\n- Nông thôn mới;"
            "\n- Cải cách thủ tục hành chính.\nNhân rộng điển hình tiên tiến."
        ),
        targets=blocks("- 100% đơn vị hoàn thành tốt nhiệm vụ được giao."),
        signatures=tuple(
            SignatureBlock("", name.upper(), "GIÁM ĐỐC", "", "Nguyễn Văn Mẫu")
            for name in names(count)
        ),
    )


def bare_covenant(count: int) -> covenant.Covenant:
    given = covenant_of(count)
    unnamed = tuple(replace(one, name="") for one in given.signatures)
    return replace(given, opening=(), contents=(), targets=(), signatures=unnamed)


def invitation_of(count: int) -> invitation.Invitation:
    """A copy for each member."""
    return invitation.Invitation(
        header=khoi_7.head("GM-KTĐ7", "5"),
        place_date=PlaceDate("Trà Vinh", datetime.date(2023, 2, 14), 2023),
        bloc=khoi_7.BLOC,
        year=2022,
        addressees=tuple(f"Lãnh đạo {name}" for name in names(count)),
        chair=khoi_7.CHAIR.line,
        day=khoi_7.CONFERENCE_DAY,
        starts_at=datetime.time(8, 0),
        venue="hội trường Sở Nông nghiệp và Phát triển nông thôn",
        programme=blocks("- Báo cáo tổng kết;\n- Bình xét thi đua;\n- Bàn giao cờ luân lưu."),
        notes=blocks("Đề nghị mỗi đơn vị cử 01 lãnh đạo."),
        recipients=("Như trên", "Lưu: VT"),
        signature=khoi_7.CHAIR_SIGNATURE,
    )


def bare_invitation(_count: int) -> invitation.Invitation:
    return replace(invitation_of(1), addressees=("",), programme=(), notes=())


def submission_of(count: int) -> submission.SubmissionLetter:
    given = test_submission.letter()
    flag = replace(given.requests[0], count=count)
    members = tuple(test_submission.member(name) for name in names(count))
    return replace(given, requests=(flag, *given.requests[1:]), members=members)


def bare_submission(count: int) -> submission.SubmissionLetter:
    given = submission_of(count)
    members = tuple(replace(member, grounds=()) for member in given.members)
    return replace(
        given, addressees=given.addressees[:1], through="", grounds=(), recipients=(),
        enclosures=(), members=members,
    )  # fmt: skip


def achievement_of(count: int) -> achievement.AchievementReport:
    """As many earlier titles as there are members elsewhere."""
    titles = tuple(test_achievement.past(2021 - at) for at in range(count))
    signer = SignatureBlock("KT.", "THỦ TRƯỞNG ĐƠN VỊ", "PHÓ GIÁM ĐỐC", "", "Thạch Văn Mẫu")
    head = Header("UBND TỈNH TRÀ VINH", LONGEST[0].upper(), "41", "BC-BQLDA")
    given = test_achievement.report()
    return replace(given, header=head, member=LONGEST[0], titles=titles, signature=signer)


def bare_achievement(_count: int) -> achievement.AchievementReport:
    written = (*test_achievement.WRITTEN, "figures", "titles", "rewards")
    return replace(achievement_of(1), outcome="", **dict.fromkeys(written, ()))


def sheet_of(count: int) -> sheet.ScoreSheet:
    """With as many criteria, and a document for every third."""
    head = Header("UBND TỈNH TRÀ VINH", LONGEST[0].upper())
    return khoi_large.sheet(count, count // 3, header=head, member=LONGEST[0])


def slip_of(count: int) -> appraisal.AppraisalSlip:
    return khoi_large.slip(count, 1, member=LONGEST[0])


def detail_of(count: int) -> detail.DetailTable:
    return khoi_large.detail(count, 12)


@dataclass(frozen=True)
class PaperToRead:
    """One paper of the matrix; ``counts``: with how many members; ``sizes``: text of its own."""

    name: str
    build: Callable[[int], object]
    template: str
    counts: tuple[int, ...] = (1, 5, 15, 60)
    sizes: tuple[float, ...] = ()


PAPERS_TO_READ = (
    PaperToRead("report", report_of, report.TEMPLATE),
    PaperToRead("report, nothing written", bare_report, report.TEMPLATE, (5,)),
    PaperToRead("report of the Party", party_report, report.TEMPLATE, (5,)),
    PaperToRead("minutes", minutes_of, minutes.TEMPLATE),
    PaperToRead("submission", submission_of, submission.TEMPLATE),
    PaperToRead("submission, nothing written", bare_submission, submission.TEMPLATE, (1, 15)),
    PaperToRead("achievement", achievement_of, achievement.TEMPLATE, (1, 15)),
    PaperToRead("achievement, nothing written", bare_achievement, achievement.TEMPLATE, (1,)),
    PaperToRead("summary", summary_of, summary.TEMPLATE),
    PaperToRead("summary as an annex", annexed_summary, summary.TEMPLATE, (5, 60)),
    PaperToRead("detail", detail_of, detail.TEMPLATE),
    PaperToRead("sheet", sheet_of, sheet.TEMPLATE, (1, 60)),
    PaperToRead("appraisal", slip_of, appraisal.TEMPLATE, (1, 60)),
    PaperToRead("history", khoi_large.history, history.TEMPLATE, (1, 15)),
    PaperToRead("ballot_minutes", ballot_minutes_of, ballot_minutes.TEMPLATE),
    PaperToRead("handover", handover_of, handover_minutes.TEMPLATE, (1, 15)),
    PaperToRead("evidence", evidence_of, evidence_list.TEMPLATE, (1, 60)),
    PaperToRead("covenant", covenant_of, covenant.TEMPLATE),
    PaperToRead("covenant, nothing written", bare_covenant, covenant.TEMPLATE, (1, 15)),
    PaperToRead("invitation", invitation_of, invitation.TEMPLATE, (1, 15)),
    PaperToRead("invitation for a pen", bare_invitation, invitation.TEMPLATE, (1,)),
)
