"""The papers of a vote from its question."""

from __future__ import annotations

from django.utils.translation import gettext as _

from awards.ballots import options_of
from awards.documents import facts
from awards.documents.ballot_papers import BallotPapers
from awards.documents.facts import Numbering
from awards.documents.pdf import DocumentError
from awards.documents.wording import capitalised
from awards.models import PaperForm, ResolutionKind, Vote
from awards.turnout import voters_of
from blocs.models import Office

APPROVE_CHOICES = ("Đồng ý", "Không đồng ý", "Không có ý kiến")


def copies_of(vote: Vote) -> int:
    """One for each member on the roll; before the vote is opened, for each that could vote."""
    if vote.is_draft:
        return len(voters_of(vote.conference, vote.absentees).able)
    return vote.roll.count()


def gather(vote: Vote) -> BallotPapers:
    """All papers of ``vote``; the same for everybody.

    Raises ``DocumentError`` where nobody can vote yet, or the candidates do not fit on one paper.
    """
    review = vote.conference.review
    options = options_of(vote)
    papers = BallotPapers(
        header=facts.header(review, Numbering("", "", None)),
        heading="PHIẾU BẦU" if vote.kind == ResolutionKind.ELECT else "PHIẾU BÌNH XÉT",
        subject=subject_of(vote),
        instruction=_instruction(vote),
        option_heading=(
            "Đơn vị" if any(option.membership_id for option in options) else "Nội dung"
        ),
        options=tuple(option.name for option in options),
        choices=APPROVE_CHOICES if vote.form == PaperForm.APPROVE else ("Chọn",),
        rules=_rules(vote),
        copies=copies_of(vote),
    )
    if not papers.copies:
        raise DocumentError(_("Nobody can vote yet: record the attendance first."))
    if papers.size is None:
        raise DocumentError(_("The candidates do not fit on one paper: shorten the question."))
    return papers


def subject_of(vote: Vote) -> str:
    """``đề nghị tặng Cờ thi đua của Ủy ban nhân dân tỉnh năm 2022``; the offices of next year."""
    year = vote.conference.review.year
    if vote.kind == ResolutionKind.PROPOSE and vote.award is not None:
        words = f"đề nghị tặng {vote.award.name} năm {year}"
    elif vote.kind == ResolutionKind.ELECT:
        words = f"{facts.OFFICES[Office(vote.office)]} năm {year + 1}"
    else:
        words = capitalised(vote.title)
    return f"{words} (vòng {vote.round})" if vote.round > 1 else words


def _instruction(vote: Vote) -> str:
    if vote.form == PaperForm.APPROVE:
        return "Đánh dấu X vào ô lựa chọn, mỗi dòng một ô"
    if vote.form == PaperForm.ELECT:
        return "Đánh dấu X vào ô của 01 đơn vị được chọn"
    return f"Đánh dấu X, chọn tối đa {vote.most:02} đơn vị"


def _rules(vote: Vote) -> tuple[str, ...]:
    """When a paper is invalid, by the form and by the vote's own rule on blank papers."""
    faults = ["không do Ban kiểm phiếu phát, không có dấu"]
    if vote.form == PaperForm.APPROVE:
        faults.append("đánh dấu từ 02 ô trở lên trên cùng một dòng")
    else:
        most = 1 if vote.form == PaperForm.ELECT else vote.most
        faults.append(f"chọn quá {most:02} đơn vị")
    faults.append("viết thêm tên hoặc nội dung khác, ký tên, tẩy xóa")
    if not vote.blank_is_valid:
        faults.append("để trống toàn bộ")
    rules = [f"Phiếu không hợp lệ: {'; '.join(faults)}."]
    if vote.form == PaperForm.APPROVE:
        rules.append("Dòng không đánh dấu được tính là không có ý kiến.")
    elif vote.form == PaperForm.CHOOSE:
        rules.append("Chọn ít hơn số tối đa vẫn hợp lệ.")
    if vote.blank_is_valid:
        rules.append("Phiếu để trống toàn bộ vẫn hợp lệ và được tính là không có ý kiến.")
    return tuple(rules)
