"""The draft of the news item of a conference: Vietnamese text from its facts, nothing else.

Points, ranks and counts of votes are the bloc's own affair: they are left out, also where somebody
wrote them into a text of the minutes.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from awards.documents.minutes import Person
from awards.documents.results import Nomination
from awards.documents.wording import capitalised, count_words

NOON, EVENING = datetime.time(12), datetime.time(18)
CHAIR = "Chủ tọa "  # how the minutes name the chair where a sentence begins

NUMBER = r"\d+(?:[.,/]\d+)*"
ORDINAL = r"(?:thứ )?(?:nhất|nhì|hai|ba|tư|năm|sáu|bảy|tám|chín|mười)\b"
FIGURES = re.compile(
    rf"{NUMBER}\s*(?:điểm|%|phần trăm|phiếu|hạng)"  # 97,25 điểm; 100%; 05 phiếu
    rf"|\d+\s*/\s*\d+\s*(?:phiếu|đơn vị|thành viên|cơ quan|đại biểu)"  # 05/05 đơn vị
    rf"|(?:điểm|hạng|phiếu)(?:\s+(?:là|đạt|số|thứ))*\s*:?\s*\d"  # xếp hạng 2; tổng điểm: 97
    rf"|hạng\s+{ORDINAL}"  # xếp hạng nhất
    r"|điểm.*\d+,\d|\d+,\d.*điểm",  # tổng số điểm của Sở là 97,25
    re.IGNORECASE,
)
# An end after capitals may be that of an abbreviation (TP. Trà Vinh): no cut is made there.
SENTENCE_END = re.compile(r"(?<=[^\W\dA-ZĐ_][.!?…])\s+|(?<=[\d%)”\"][.!?…])\s+|(?<=[.!?…][”\"])\s+")


@dataclass(frozen=True, slots=True)
class NewsFacts:
    """What the records hold of a conference, as far as it may be told to everybody."""

    bloc: str  # Khối thi đua Khối 7
    year: int
    day: datetime.date
    starts_at: datetime.time
    venue: str
    chair: Person
    guests: tuple[Person, ...] = ()
    members: tuple[str, ...] = ()  # those that were present
    opening: str = ""
    discussion: str = ""
    conclusion: str = ""
    adopted: tuple[str, ...] = ()  # the papers: báo cáo tổng kết ..., bảng tổng hợp ...
    nominations: tuple[Nomination, ...] = ()
    leader: str = ""  # next year's
    deputies: tuple[str, ...] = ()
    flag_taker: str = ""

    @property
    def next_year(self) -> int:
        return self.year + 1


def title_of(facts: NewsFacts) -> str:
    return (
        f"Hội nghị tổng kết công tác thi đua, khen thưởng năm {facts.year}, phương hướng nhiệm vụ "
        f"năm {facts.next_year} của {facts.bloc}"
    )


def text_of(facts: NewsFacts) -> str:
    """The paragraphs, a blank line between them; what the records do not hold is left out."""
    paragraphs = (
        _meeting(facts),
        _attendance(facts),
        without_figures(facts.opening),
        _adoption(facts),
        _nominations(facts),
        _offices(facts),
        _closing(facts),
    )
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def without_figures(text: str) -> str:
    """The text without the sentences that state points, percentages, ranks or counts of votes."""
    sentences = SENTENCE_END.split(text.strip())
    return " ".join(sentence for sentence in sentences if not FIGURES.search(sentence))


def listed(names: Sequence[str], *, last: str = " và ") -> str:
    """``A; B và C``: the names of agencies hold commas and the word "và" themselves."""
    if len(names) < 2:
        return "".join(names)
    return f"{'; '.join(names[:-1])}{last}{names[-1]}"


def part_of_day(time: datetime.time) -> str:
    if time < NOON:
        return "Sáng"
    return "Chiều" if time < EVENING else "Tối"


def _line(person: Person) -> str:
    """As in the middle of a sentence: ông Lê Văn Đông, Phó Giám đốc Sở ..."""
    return ", ".join(part for part in (person.name, person.position) if part)


def _meeting(facts: NewsFacts) -> str:
    return (
        f"{part_of_day(facts.starts_at)} ngày {facts.day:%d/%m/%Y}, tại {facts.venue}, "
        f"{facts.bloc} tổ chức Hội nghị tổng kết công tác thi đua, khen thưởng năm {facts.year} "
        f"và triển khai phương hướng, nhiệm vụ năm {facts.next_year} dưới sự chủ trì của "
        f"{_line(facts.chair)}."
    )


def _attendance(facts: NewsFacts) -> str:
    parties = [_line(guest) for guest in facts.guests]
    if facts.members:
        parties.append(
            "các đồng chí là lãnh đạo và công chức, viên chức làm công tác thi đua, khen thưởng "
            f"của {count_words(len(facts.members))} cơ quan, đơn vị thành viên {facts.bloc} gồm: "
            f"{listed(facts.members)}"
        )
    return f"Tham dự Hội nghị có {'; '.join(parties)}." if parties else ""


def _adoption(facts: NewsFacts) -> str:
    discussed = without_figures(facts.discussion)
    if not facts.adopted:
        return discussed
    heard = (
        f"Tại Hội nghị, các đơn vị thành viên đã nghe, thảo luận và thông qua "
        f"{listed(facts.adopted)}."
    )
    return f"{heard} {discussed}".strip()


def _nominations(facts: NewsFacts) -> str:
    if not facts.nominations:
        return ""
    proposed = "; ".join(
        f"đề nghị {one.authority} tặng {one.award} cho {listed(one.members)}"
        f"{' ' + one.grounds if one.grounds else ''}"
        for one in facts.nominations
    )
    return (
        "Với kết quả, thành tích đã đạt được trong thực hiện các phong trào thi đua và nhiệm vụ "
        f"chính trị, các thành viên trong Khối đã bình xét, {proposed}."
    )


def _offices(facts: NewsFacts) -> str:
    elected = []
    if facts.leader:
        elected.append(f"{facts.leader} làm Khối trưởng")
    if facts.deputies:
        elected.append(f"{listed(facts.deputies)} làm Khối phó")
    sentences = []
    if elected:
        sentences.append(
            f"Để triển khai, phát động thực hiện tốt các phong trào thi đua năm "
            f"{facts.next_year}, các cơ quan, đơn vị thành viên đã bầu chọn {'; '.join(elected)} "
            f"{facts.bloc} năm {facts.next_year}."
        )
    if facts.flag_taker:
        sentences.append(f"Tại Hội nghị, cờ luân lưu của Khối được trao cho {facts.flag_taker}.")
    return " ".join(sentences)


def _closing(facts: NewsFacts) -> str:
    said = without_figures(facts.conclusion)
    if not said.startswith(CHAIR):
        return said
    return f"Bế mạc Hội nghị, {_line(facts.chair)} {said.removeprefix(CHAIR)}"


def signed_by(author: str) -> str:
    """The line below: who wrote it and took the photographs."""
    return f"Tin, ảnh: {capitalised(author)}" if author else ""
