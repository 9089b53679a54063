"""Biên bản kiểm phiếu: the minutes of one secret ballot, on printed papers or in the portal."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from fractions import Fraction

from awards.documents.header import Header, SignatureBlock
from awards.documents.wording import count_words, end_mark, long_date, percent, time_words

TEMPLATE = "documents/ballot_minutes.html"
HASH_GROUP = 8  # hexadecimal digits that stand together, to be compared by eye
ABREAST = 3  # signatures


@dataclass(frozen=True, slots=True)
class Member:
    """One of the ballot committee."""

    name: str
    position: str
    agency: str
    is_head: bool

    @property
    def role(self) -> str:
        return "Trưởng ban" if self.is_head else "Thành viên"

    @property
    def line(self) -> str:
        parts = [part for part in (self.name, self.position, self.agency) if part]
        # A position often names the agency already: Phó Giám đốc Sở Công Thương.
        if self.agency and self.agency in self.position:
            parts.remove(self.agency)
        return f"{', '.join(parts)} - {self.role}"


@dataclass(frozen=True, slots=True)
class Result:
    """A candidate's votes; ``no`` and ``abstain`` stay unprinted where one chooses."""

    name: str
    yes: int
    no: int
    abstain: int
    base: int
    words: str  # Được đề nghị

    @property
    def share(self) -> str:
        return percent(Fraction(self.yes), self.base)


@dataclass(frozen=True, slots=True)
class Numbers:
    """Members and papers."""

    members: int
    entitled: int
    present: int
    issued: int
    returned: int
    valid: int
    written: int

    @property
    def members_line(self) -> str:
        return (
            f"Tổng số đơn vị thành viên: {count_words(self.members)}; có quyền bỏ phiếu: "
            f"{count_words(self.entitled)}; có mặt: {count_words(self.present)}."
        )

    @property
    def papers_line(self) -> str:
        missing = self.issued - self.returned
        return (
            f"Số phiếu phát ra: {count_words(self.issued)}; thu vào: {count_words(self.returned)}"
            f"{f'; không thu về: {count_words(missing)}' if missing else ''}; "
            f"hợp lệ: {count_words(self.valid)}; "
            f"không hợp lệ: {count_words(self.returned - self.valid)}."
        )

    @property
    def written_line(self) -> str:
        if not self.written:
            return ""
        return (
            f"Trong đó có {count_words(self.written)} ý kiến bằng văn bản của đơn vị vắng mặt, "
            "được tính cùng số phiếu."
        )


@dataclass(frozen=True, slots=True)
class BallotMinutes:
    """Everything that the minutes of one ballot print."""

    header: Header
    subject: str  # bình xét đề nghị khen thưởng năm 2022
    question: str  # đề nghị tặng Cờ thi đua của …; bầu Khối trưởng năm 2023
    held_on: datetime.date
    venue: str
    conference: str
    opened_at: datetime.time | None
    closed_at: datetime.time | None
    on_paper: bool
    committee: tuple[Member, ...]
    numbers: Numbers
    rule: str  # quá 1/2 tổng số đơn vị thành viên
    basis: str
    seats: int
    option_heading: str
    chooses: bool
    results: tuple[Result, ...]
    chosen: tuple[str, ...]
    origin: str  # what round this is and what it follows; may be blank
    remarks: tuple[str, ...]  # against the ranking, decided by the chair
    sha256: str
    papers: tuple[tuple[str, ...], ...]  # of an electronic ballot, sorted
    signatures: tuple[SignatureBlock, ...]
    chair: SignatureBlock

    @property
    def title(self) -> str:
        return f"Biên bản kiểm phiếu {self.question}"

    @property
    def created(self) -> str:
        return self.held_on.isoformat()

    @property
    def beginning(self) -> str:
        return (
            f"Hôm nay, {long_date(self.held_on)}, tại {self.venue}, {self.conference} tiến hành bỏ "
            f"phiếu kín {self.question}; mở bỏ phiếu lúc {time_words(self.opened_at)}, "
            f"kiểm phiếu xong lúc {time_words(self.closed_at)}."
        )

    @property
    def way(self) -> str:
        if self.on_paper:
            return (
                "Hình thức: bỏ phiếu kín bằng phiếu in, có dấu của cơ quan Khối trưởng. Kết quả do "
                "một thành viên Ban kiểm phiếu nhập và một thành viên khác đối chiếu, xác nhận."
            )
        return (
            "Hình thức: bỏ phiếu kín trên hệ thống điện tử của Khối. Hệ thống ghi đơn vị nào đã bỏ "
            "phiếu, không lưu đơn vị nào chọn gì; phiếu do hệ thống đếm khi chủ tọa đóng bỏ phiếu."
        )

    @property
    def rule_line(self) -> str:
        asked = f"{self.seats:02} đơn vị có số phiếu cao nhất và " if self.seats > 1 else ""
        basis = f" (theo {self.basis})" if self.basis else ""
        return f"Điều kiện đạt: {asked}được {self.rule}{basis}."

    @property
    def conclusion(self) -> str:
        if not self.chosen:
            what = (
                "đơn vị nào đạt"
                if self.option_heading == "Đơn vị"
                else "nội dung nào được thông qua"
            )
            return f"Kết luận: không có {what} theo quy định."
        return f"Kết luận: {self.question}: {'; '.join(self.chosen)}."

    @property
    def sealing(self) -> str:
        if self.on_paper:
            return (
                "Phiếu được niêm phong trong phong bì có chữ ký của Ban kiểm phiếu và giao cơ quan "
                "Khối trưởng lưu giữ."
            )
        return "Hòm phiếu điện tử được niêm phong khi đóng bỏ phiếu; không thêm, bớt được phiếu."

    @property
    def ending(self) -> str:
        return end_mark("Biên bản được lập và công bố trước Hội nghị, các thành viên thống nhất")

    @property
    def hash_groups(self) -> tuple[str, ...]:
        text = self.sha256
        return tuple(text[at : at + HASH_GROUP] for at in range(0, len(text), HASH_GROUP))

    @property
    def signature_rows(self) -> tuple[tuple[SignatureBlock, ...], ...]:
        """Three abreast; the head of the committee closes the last row.

        Without a committee the secretary signs on the left and the chair on the right.
        """
        if len(self.signatures) == 1:
            return ((*self.signatures, self.chair),)
        rest = len(self.signatures) % ABREAST
        first = (self.signatures[:rest],) if rest else ()
        return first + tuple(
            self.signatures[at : at + ABREAST] for at in range(rest, len(self.signatures), ABREAST)
        )

    @property
    def chair_below(self) -> SignatureBlock | None:
        """The chair confirms below a committee's signatures."""
        return self.chair if len(self.signatures) != 1 else None

    @property
    def paper_columns(self) -> tuple[int, ...]:
        return tuple(range(1, len(self.results) + 1))
