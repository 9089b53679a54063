"""How the papers write dates, times, numbers and percentages."""

from __future__ import annotations

import datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from awards.votes.rules import Base, Comparator

BLANK = "\u00a0" * 6  # room for a pen: ordinary spaces would collapse


def long_date(day: datetime.date) -> str:
    """``ngày 05 tháng 01 năm 2023``; only days below 10 and months 1 and 2 take a zero."""
    month = f"{day.month:02}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def blank_date(year: int) -> str:
    return f"ngày{BLANK}tháng{BLANK}năm {year}"


def time_words(time: datetime.time | None) -> str:
    """``08 giờ 00 phút``; room for a pen where the time is not known yet."""
    if time is None:
        return f"{BLANK}giờ{BLANK}phút"
    return f"{time.hour:02} giờ {time.minute:02} phút"


def count_words(count: int) -> str:
    """Counts below 10 take a zero so that no digit can be put before them; none is plain 0."""
    return f"{count:02}" if count else "0"


def points(value: Decimal | None, places: int = 2) -> str:
    """``96,75``, rounded half up; a blank stays blank, and nothing prints as -0."""
    if value is None:
        return ""
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{rounded if rounded else abs(rounded):,f}"
    return text.translate(str.maketrans(",.", ".,"))


def percent(part: Fraction | int, whole: int = 1, places: int = 2) -> str:
    """``83,33%``: exact, half up, without idle zeros; a share of nothing is a dash."""
    if not whole:
        return "–"
    scale = 10**places
    # floor(x + 1/2) on a fraction is half up without any binary rounding before it.
    steps = (Fraction(part) / whole * 100 * scale + Fraction(1, 2)).__floor__()
    text = points(Decimal(steps) / scale, places)
    return f"{text.rstrip('0').rstrip(',') if places else text}%"


PLAIN_DENOMINATORS = (2, 3, 4, 5)  # said as a fraction: 1/2, 2/3, 3/4


def share_text(share: Fraction) -> str:
    """``1/2``, ``2/3``, and in percent what is known so: ``80%``, ``90%``, ``85%``."""
    in_percent = (share * 10_000).denominator == 1
    common = share.denominator in PLAIN_DENOMINATORS and share != Fraction(4, 5)
    if in_percent and not common:
        return percent(share)
    return f"{share.numerator}/{share.denominator}"


BASES = {
    Base.ENTITLED: "tổng số đơn vị thành viên",
    Base.PRESENT: "số đơn vị có mặt",
    Base.ISSUED: "số phiếu phát ra",
    Base.RETURNED: "số phiếu thu vào",
    Base.VALID: "số phiếu hợp lệ",
}
COMPARATORS = {Comparator.MORE_THAN: "quá", Comparator.AT_LEAST: "ít nhất"}


def threshold_text(base: str, comparator: str, share: Fraction) -> str:
    """``quá 1/2 tổng số đơn vị thành viên``, ``ít nhất 80% số phiếu hợp lệ``."""
    return f"{COMPARATORS[Comparator(comparator)]} {share_text(share)} {BASES[Base(base)]}"


def numeral(number: str) -> str:
    """A paper's number as it is printed: below 10 it takes a zero."""
    number = number.strip()
    return number.zfill(2) if number.isdecimal() else number


def document_number(number: str, symbol: str) -> str:
    """``03/BC-KTĐ7``; an unknown number leaves room for a pen."""
    return f"{numeral(number) or BLANK}/{symbol}"


def number_symbol(number: str, symbol: str) -> str:
    """``Số: 03/BC-KTĐ7``."""
    return f"Số: {document_number(number, symbol)}"


def end_mark(text: str) -> str:
    """The text closed by ``./.``, once, whatever stop it carried."""
    return f"{text.rstrip(' .;,/')}./."


def capitalised(text: str) -> str:
    """The first letter large and the rest untouched, which str.capitalize would lower."""
    return text[:1].upper() + text[1:]
