"""The votes of a conference as its minutes tell them: question, method, numbers, outcome."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from awards.documents.prose import Block
from awards.documents.wording import count_words, end_mark, percent, share_text

TALLY = "(có Biên bản kiểm phiếu kèm theo)"


@dataclass(frozen=True, slots=True)
class Share:
    """What an option needs: more than (``strictly``) or at least ``threshold`` of ``whole``."""

    base: str  # tổng số đơn vị thành viên
    whole: int
    threshold: Fraction
    strictly: bool
    basis: str = ""

    @property
    def needed(self) -> str:
        """``quá 1/2 tổng số đơn vị thành viên (05)``: 4/5 and 9/10 are written as percentages."""
        words = "quá" if self.strictly else "ít nhất"
        basis = f"; căn cứ: {self.basis}" if self.basis else ""
        return (
            f"{words} {share_text(self.threshold)} {self.base} ({count_words(self.whole)}){basis}"
        )

    def reached(self, votes: int) -> str:
        """``04/05, đạt tỷ lệ 80%``."""
        return (
            f"{count_words(votes)}/{count_words(self.whole)}, "
            f"đạt tỷ lệ {percent(votes, self.whole)}"
        )


@dataclass(frozen=True, slots=True)
class Candidate:
    """One option with its counted votes; ``against`` is None where one is chosen among several."""

    name: str
    in_favour: int
    against: int | None
    abstained: int | None
    chosen: bool

    @property
    def votes(self) -> str:
        if self.against is None or self.abstained is None:
            return f"{count_words(self.in_favour)} phiếu"
        return (
            f"đồng ý {count_words(self.in_favour)}; không đồng ý {count_words(self.against)}; "
            f"không có ý kiến {count_words(self.abstained)}"
        )


@dataclass(frozen=True, slots=True)
class Papers:
    """The papers of a secret ballot; ``written`` of them came as written opinions."""

    issued: int
    returned: int
    valid: int
    blank: int = 0
    written: int = 0

    @property
    def sentence(self) -> str:
        blank = f", trong đó phiếu trắng: {count_words(self.blank)}" if self.blank else ""
        written = (
            f"; trong số phiếu thu vào có {count_words(self.written)} ý kiến gửi bằng văn bản"
            if self.written
            else ""
        )
        return (
            f"Số phiếu phát ra: {count_words(self.issued)}; thu vào: {count_words(self.returned)}; "
            f"hợp lệ: {count_words(self.valid)}; không hợp lệ: "
            f"{count_words(self.returned - self.valid)}{blank}{written}."
        )


@dataclass(frozen=True, slots=True)
class HeldVote:
    """A question that was put to the vote as such; ``papers`` only of a secret ballot.

    ``cancelled`` is the reason why it was broken off: then it has no numbers.
    """

    number: int
    question: str
    method: str
    round: int
    entitled: int
    present: int
    share: Share
    candidates: tuple[Candidate, ...] = ()
    papers: Papers | None = None
    previous: int | None = None
    cancelled: str = ""  # why it was broken off, or set aside once announced
    annulled: bool = False
    against_ranking: bool = False
    tied: tuple[str, ...] = ()
    note: tuple[Block, ...] = ()
    reservations: tuple[tuple[str, tuple[Block, ...]], ...] = ()

    @property
    def heading(self) -> str:
        again = f"; vòng {self.round}" if self.round > 1 else ""
        after = f", sau biểu quyết số {self.previous}" if self.previous else ""
        return f"Biểu quyết số {self.number}: {self.question} ({self.method}{again}{after})"

    @property
    def turnout(self) -> str:
        counted = f" {self.papers.sentence}" if self.papers else ""
        return (
            f"Có quyền biểu quyết: {count_words(self.entitled)} đơn vị; tham gia biểu quyết: "
            f"{count_words(self.present)} đơn vị.{counted}"
        )

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(
            f"{one.name}: {one.votes}; {self.share.reached(one.in_favour)}; {self._outcome(one)}"
            for one in self.candidates
        )

    def _outcome(self, candidate: Candidate) -> str:
        if len(self.candidates) == 1:
            return "được thông qua" if candidate.chosen else "không được thông qua"
        return "được chọn" if candidate.chosen else "không được chọn"

    @property
    def requirement(self) -> str:
        return f"Tỷ lệ để được thông qua: {self.share.needed}."

    @property
    def remarks(self) -> tuple[str, ...]:
        """What has to be said beside the numbers."""
        said = []
        if self.tied:
            said.append(f"Bằng phiếu nhau ở vị trí cuối: {'; '.join(self.tied)}.")
        if self.against_ranking:
            said.append("Kết quả khác với thứ tự xếp hạng trong bảng tổng hợp chấm điểm.")
        if self.papers:
            said.append(f"Kết quả kiểm phiếu đã được công bố tại Hội nghị {TALLY}.")
        return tuple(said)

    @property
    def cancellation(self) -> str:
        what = "Kết quả đã công bố bị hủy" if self.annulled else "Biểu quyết bị hủy, không kiểm đếm"
        return end_mark(f"{what}; lý do: {self.cancelled}")[:-2]
