"""The summary table: one canonical text, from which screen, paper and hash are all made.

Live, the text is computed; approved and adopted, it is read back from the ``Summary``. Both ways
the same ``Table`` comes out, so that no two readers can see different numbers.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from blocs.canonical import canonical_text, sha256_of
from blocs.models import Review
from scoring.cases import adopted_set, case_of
from scoring.kernel.criteria import Effect, Knockout
from scoring.kernel.knockouts import FINDING, MayBeProposed, Raised, may_be_proposed
from scoring.kernel.tabulation import AGREED_ON_POINTS, as_json, tabulate
from scoring.models import CriteriaSet, Finding, Score, Summary, SummaryStatus

STAGES = ("self", "appraised", "agreed")


@dataclass(frozen=True)
class GroupHead:
    """A top-level group of the table; ``max`` in points."""

    code: str
    name: str
    max: Decimal


@dataclass(frozen=True)
class Column:
    """One stage of a member: points by group, bonus, penalty and total."""

    groups: tuple[Decimal, ...]
    base: Decimal
    bonus: Decimal
    penalty: Decimal
    total: Decimal


@dataclass(frozen=True)
class Row:
    """One member's line; all points are exact to the set's places."""

    slug: str
    name: str
    short: str
    office: str
    claimed: Column
    appraised: Column
    agreed: Column
    delta: Decimal
    rank: int | None
    shared: bool
    tie_decided_by: str
    same_total_as: tuple[str, ...]
    grade: str
    late_days: int | None
    unranked: bool
    unranked_reason: str
    knockouts: tuple[str, ...]
    findings: tuple[Mapping[str, str], ...]
    provisional: tuple[str, ...]
    may_have_flag: bool
    may_have_merit: bool
    # What the criteria alone leave open: findings may be lifted after the table was adopted.
    left_by_criteria: MayBeProposed
    leaves: Mapping[str, Mapping[str, Any]]
    extras: Mapping[str, Mapping[str, Any]]

    @property
    def not_applicable(self) -> dict[str, str]:
        """Criteria that do not apply to the member, with the policy that was used."""
        return {code: leaf["na"] for code, leaf in self.leaves.items() if leaf["na"]}

    def is_blank(self, code: str) -> bool:
        """Whether a criterion has no appraised points although it applies."""
        leaf = self.leaves.get(code)
        return leaf is not None and leaf["na"] is None and leaf["appraised"] is None


@dataclass(frozen=True)
class Table:
    """The table of all members, from its canonical text."""

    canonical: str

    @cached_property
    def sha256(self) -> str:
        return sha256_of(self.canonical)

    @cached_property
    def content(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads(self.canonical)
        return content

    @property
    def title(self) -> str:
        return str(self.content["set"]["title"])

    @property
    def places(self) -> int:
        """Decimals of the points."""
        return int(self.content["places"])

    @cached_property
    def groups(self) -> tuple[GroupHead, ...]:
        return tuple(
            GroupHead(group["code"], group["name"], Decimal(group["max"]))
            for group in self.content["set"]["groups"]
        )

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """By rank; members without a rank last."""
        by_slug = {member["slug"]: member for member in self.content["members"]}
        rows = [self._row(by_slug[slug]) for slug in by_slug]
        last = len(rows) + 1
        return tuple(sorted(rows, key=lambda row: row.rank or last))

    def row_of(self, slug: str) -> Row:
        """The line of one agency; ``KeyError`` when it has none."""
        for row in self.rows:
            if row.slug == slug:
                return row
        raise KeyError(slug)

    def _row(self, member: Mapping[str, Any]) -> Row:
        tie = member["tie"][AGREED_ON_POINTS]
        return Row(
            slug=member["slug"],
            name=member["name"],
            short=member["short"],
            office=member["office"],
            claimed=self._column(member, "self"),
            appraised=self._column(member, "appraised"),
            agreed=self._column(member, "agreed"),
            delta=Decimal(member["delta"]),
            rank=member["rank"][AGREED_ON_POINTS],
            shared=bool(tie["shared_with"]),
            tie_decided_by=tie["tie_decided_by"] or "",
            same_total_as=tuple(tie["same_total_as"]),
            grade=member["grade"]["agreed"],
            late_days=member["late_days"],
            unranked=member["unranked"],
            unranked_reason=member["unranked_reason"],
            knockouts=tuple(one["code"] for one in member["knockouts"] if one["code"]),
            # Tables approved before these were kept do not name them.
            findings=tuple(member.get("findings", ())),
            provisional=tuple(member.get("provisional", ())),
            may_have_flag=member["may_be_proposed"]["flag"],
            may_have_merit=member["may_be_proposed"]["merit"],
            left_by_criteria=may_be_proposed(
                Raised(Knockout(one["code"], Effect(one["effect"]), ""), one["from"])
                for one in member["knockouts"]
                if one["from"] != FINDING
            ),
            leaves=member["leaves"],
            extras=member["bonus_and_penalties"],
        )

    def _column(self, member: Mapping[str, Any], stage: str) -> Column:
        totals = member["totals"][stage]
        groups = []
        for group in self.groups:
            node = member["nodes"][group.code]
            groups.append(Decimal(node.get("rescaled", node)[stage]))
        return Column(
            groups=tuple(groups),
            base=Decimal(totals["base"]),
            bonus=Decimal(totals["bonus"]),
            penalty=Decimal(totals["penalty"]),
            total=Decimal(totals["total"]),
        )


def live_table(review: Review, criteria_set: CriteriaSet | None = None) -> Table:
    """The table as the scores stand now."""
    criteria_set = criteria_set or adopted_set(review)
    rules, case = case_of(review, criteria_set)
    result = as_json(tabulate(rules, case))
    computed: Any = result["members"]
    parts = {part.agency.slug: part for part in review.memberships.in_order().with_names()}
    findings, provisional = findings_in_force(review), provisional_codes(review)
    return Table(
        canonical_text(
            {
                "bloc": review.bloc.full_name,
                "year": review.year,
                "places": result["places"],
                "set": {
                    "code": rules.code,
                    "title": rules.title,
                    "sha256": criteria_set.sha256,
                    "groups": [
                        {"code": group.code, "name": group.name, "max": str(group.max)}
                        for group in rules.groups
                    ],
                },
                "members": [
                    {
                        **computed[slug],
                        "slug": slug,
                        "short": part.agency.name_on(review.last_day).short,
                        "office": part.office,
                        "unranked": part.unranked,
                        "unranked_reason": part.unranked_reason,
                        "findings": findings[part.pk],
                        "provisional": provisional[part.pk],
                    }
                    for slug, part in parts.items()
                ],
            }
        )
    )


def findings_in_force(review: Review) -> defaultdict[int, list[dict[str, str]]]:
    """By membership: what was found and is not lifted, with its source and document."""
    rows = Finding.objects.filter(membership__review=review, lifted_on=None)
    found: defaultdict[int, list[dict[str, str]]] = defaultdict(list)
    for row in rows.select_related("knockout"):
        found[row.membership_id].append(
            {
                "knockout": row.knockout.code if row.knockout is not None else "",
                "effect": row.effect,
                "grade": row.grade,
                "matter": row.matter,
                "source": row.source_agency,
                "document": row.document,
                "date": row.document_date.isoformat(),
            }
        )
    return found


def provisional_codes(review: Review) -> defaultdict[int, list[str]]:
    """By membership: the criteria whose final figure is still to come."""
    rows = Score.objects.provisional().filter(sheet__membership__review=review).in_order()
    codes: defaultdict[int, list[str]] = defaultdict(list)
    for member, code in rows.values_list("sheet__membership_id", "criterion__code"):
        codes[member].append(code)
    return codes


def table_of(summary: Summary) -> Table:
    """The table as it was approved or adopted."""
    return Table(summary.canonical)


def table_in_force(review: Review) -> Table:
    """The adopted table; before its adoption, the table as the scores stand now."""
    summary = Summary.objects.filter(review=review, status=SummaryStatus.ADOPTED).first()
    return table_of(summary) if summary is not None else live_table(review)
