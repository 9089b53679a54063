"""The awards that a bloc proposes, and the law they rest on by date: data, put in once.

Quotas and wording are a province's to change afterwards; ``install`` never touches a row that is
there already.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import transaction

from awards.models import (
    Award,
    AwardCategory,
    AwardRule,
    Comparator,
    RulePack,
    TieBreak,
    VoteBase,
    VoteRule,
)

LAW_2003 = "Luật Thi đua, khen thưởng năm 2003 (sửa đổi, bổ sung các năm 2005, 2009 và 2013)"
LAW_2022 = "Luật Thi đua, khen thưởng số 06/2022/QH15"
DETAILS = "quy định chi tiết thi hành một số điều của Luật Thi đua, khen thưởng"


@dataclass(frozen=True)
class Entry:
    """An award as the catalogue has it."""

    code: str
    name: str
    short: str
    category: str


@dataclass(frozen=True)
class Terms:
    """What a pack asks of the proposals for one award."""

    award: str
    quota: int
    must_lead: bool
    basis: str


@dataclass(frozen=True)
class Pack:
    """The law and decree in force between two days; ``valid_to`` None is until further notice."""

    code: str
    title: str
    citations: tuple[str, ...]
    valid_from: datetime.date
    valid_to: datetime.date | None
    terms: tuple[Terms, ...]


@dataclass(frozen=True)
class Voting:
    """A rule of voting that every bloc may choose; its charter may name another."""

    code: str
    name: str
    base: str
    comparator: str
    threshold: tuple[int, int]
    basis: str
    quorum: tuple[int, int] = (2, 3)
    tie: str = TieBreak.SECOND_ROUND


CHARTER = "Quy chế hoạt động của khối thi đua"
COUNCIL = "áp dụng tương tự tỷ lệ tại khoản 7 Điều 30 Nghị định số 98/2023/NĐ-CP"

MAJORITY, TWO_THIRDS = "majority-of-members", "two-thirds-of-members"

VOTING = (
    Voting(
        MAJORITY,
        "Quá nửa tổng số đơn vị thành viên",
        VoteBase.ENTITLED,
        Comparator.MORE_THAN,
        (1, 2),
        CHARTER,
        quorum=(1, 2),
    ),
    Voting(
        TWO_THIRDS,
        "Ít nhất 2/3 tổng số đơn vị thành viên",
        VoteBase.ENTITLED,
        Comparator.AT_LEAST,
        (2, 3),
        CHARTER,
    ),
    Voting(
        "80-percent-of-members",
        "Ít nhất 80% tổng số đơn vị thành viên",
        VoteBase.ENTITLED,
        Comparator.AT_LEAST,
        (4, 5),
        f"{CHARTER}; {COUNCIL}",
    ),
    Voting(
        "90-percent-of-members",
        "Ít nhất 90% tổng số đơn vị thành viên",
        VoteBase.ENTITLED,
        Comparator.AT_LEAST,
        (9, 10),
        f"{CHARTER}; {COUNCIL}",
    ),
    Voting(
        "majority-of-present",
        "Quá nửa số đơn vị có mặt",
        VoteBase.PRESENT,
        Comparator.MORE_THAN,
        (1, 2),
        CHARTER,
    ),
    Voting(
        "majority-of-valid",
        "Quá nửa số phiếu hợp lệ",
        VoteBase.VALID,
        Comparator.MORE_THAN,
        (1, 2),
        CHARTER,
    ),
)

AWARDS = (
    Entry("flag", "Cờ thi đua của Ủy ban nhân dân tỉnh", "Cờ thi đua", AwardCategory.TITLE),
    Entry(
        "merit", "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh", "Bằng khen", AwardCategory.REWARD
    ),
)

TERMS_2022 = (
    Terms(
        "flag",
        quota=1,
        must_lead=True,
        basis=f"{LAW_2022}, Điều 26: tặng hằng năm cho tập thể dẫn đầu cụm, khối thi đua",
    ),
    Terms(
        "merit",
        quota=1,
        must_lead=False,
        basis=f"{LAW_2022}, Điều 74: tập thể được bình xét trong phong trào thi đua; "
        "số lượng theo quy định của tỉnh",
    ),
)

PACKS = (
    Pack(
        "law-2003",
        "Luật năm 2003 và Nghị định 91/2017/NĐ-CP",
        (LAW_2003, f"Nghị định số 91/2017/NĐ-CP ngày 31 tháng 7 năm 2017 của Chính phủ {DETAILS}"),
        datetime.date(2017, 10, 1),
        datetime.date(2023, 12, 31),
        (
            Terms("flag", 1, True, f"{LAW_2003}: tập thể dẫn đầu khối thi đua"),
            Terms("merit", 1, False, f"{LAW_2003}; số lượng theo quy định của tỉnh"),
        ),
    ),
    Pack(
        "law-2022-decree-98",
        "Luật năm 2022 và Nghị định 98/2023/NĐ-CP",
        (LAW_2022, f"Nghị định số 98/2023/NĐ-CP ngày 31 tháng 12 năm 2023 của Chính phủ {DETAILS}"),
        datetime.date(2024, 1, 1),
        datetime.date(2025, 6, 30),
        TERMS_2022,
    ),
    Pack(
        "law-2022-decree-152",
        "Luật năm 2022 và Nghị định 152/2025/NĐ-CP",
        (
            LAW_2022,
            "Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ quy định về phân "
            "cấp, phân quyền trong lĩnh vực thi đua, khen thưởng; quy định chi tiết và hướng dẫn "
            "thi hành một số điều của Luật Thi đua, khen thưởng",
        ),
        datetime.date(2025, 7, 1),
        None,
        TERMS_2022,
    ),
)


def install() -> list[str]:
    """Put in what is not there yet; the names of what was added."""
    added = []
    with transaction.atomic():
        awards = {}
        for position, entry in enumerate(AWARDS, start=1):
            award, created = Award.objects.get_or_create(
                code=entry.code,
                defaults={
                    "name": entry.name,
                    "short": entry.short,
                    "category": entry.category,
                    "position": position,
                },
            )
            awards[entry.code] = award
            added += [entry.name] if created else []
        for pack in PACKS:
            added += _install_pack(pack, awards)
        for position, voting in enumerate(VOTING, start=1):
            added += _install_voting(voting, position)
    return added


def _install_voting(voting: Voting, position: int) -> list[str]:
    _rule, created = VoteRule.objects.get_or_create(
        code=voting.code,
        bloc=None,
        defaults={
            "name": voting.name,
            "position": position,
            "base": voting.base,
            "comparator": voting.comparator,
            "numerator": voting.threshold[0],
            "denominator": voting.threshold[1],
            "quorum_numerator": voting.quorum[0],
            "quorum_denominator": voting.quorum[1],
            "tie": voting.tie,
            "basis": voting.basis,
        },
    )
    return [voting.name] if created else []


def _install_pack(pack: Pack, awards: dict[str, Award]) -> list[str]:
    row, created = RulePack.objects.get_or_create(
        code=pack.code,
        defaults={
            "title": pack.title,
            "citations": "\n".join(pack.citations),
            "valid_from": pack.valid_from,
            "valid_to": pack.valid_to,
        },
    )
    added = [pack.title] if created else []
    for terms in pack.terms:
        rule, created = AwardRule.objects.get_or_create(
            pack=row,
            award=awards[terms.award],
            defaults={
                "quota": terms.quota,
                "must_lead": terms.must_lead,
                "basis": terms.basis,
            },
        )
        added += [str(rule)] if created else []
    return added
