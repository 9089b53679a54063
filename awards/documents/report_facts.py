"""The year-end report from the records."""

from __future__ import annotations

from collections.abc import Iterable

from awards.documents import facts, summary_facts
from awards.documents import report as r
from awards.documents import report_annexes as a
from awards.documents.facts import Numbering
from awards.documents.prose import blocks
from awards.models import DocumentKind
from blocs.models import (
    USUAL_REWARDS,
    MemberReport,
    Membership,
    ModelKind,
    Office,
    Review,
    Role,
    User,
    reward_key,
)

KINDS = {ModelKind.COLLECTIVE: "Tập thể", ModelKind.INDIVIDUAL: "Cá nhân"}

Reports = dict[int, MemberReport]  # by membership
WRITTEN = (
    *("opening", "situation", "leadership", "movements", "exemplars", "rewards"),
    *("activities", "score_text", "limits", "causes", "lessons"),
    *("goals", "tasks", "solutions", "proposals"),
)


def gather(review: Review, numbering: Numbering) -> r.YearEndReport:
    """The year-end report (BC) of a review with its annexes; issued to the council and its office.

    Forms of reward that differ in capitals or spaces alone are one.
    """
    texts = facts.texts(review, DocumentKind.REPORT)
    members = facts.members_of(review)
    conference = facts.conference_of(review)
    table, summary = facts.table_and_version(review)
    reports = _reports(review)
    forms = _forms(members, reports)
    rewards = tuple(_rewards(one, reports.get(one.pk), forms) for one in members)
    board = review.bloc.province.agency_set.filter(kind="board").with_names().first()
    council = review.bloc.province.council
    resolutions = facts.resolutions_of(conference, now=True)
    return r.YearEndReport(
        header=facts.header(review, numbering),
        place_date=facts.place_date(review, numbering),
        bloc=review.bloc.full_name,
        year=review.year,
        office_year=review.year + 1,
        addressees=(council, board.name_on(review.last_day).full) if board else (council,),
        members=_member_lines(members, reports),
        member_sections=tuple(
            r.MemberSection(one.name, blocks(reports[one.pk].results))
            for one in members
            if one.pk in reports
        ),
        reward_lines=a.added_up(rewards, tuple(forms.values())),
        scores=facts.score_lines(table),
        score_source=facts.score_source(summary),
        nominations=facts.nominations(review, resolutions, votes=False),
        closing="",
        recipients=(f"Các đơn vị thành viên {review.bloc.name}", "Lưu: VT"),
        signature=facts.leader_signature(review, conference),
        score_table=summary_facts.summarised(review, numbering, table, summary, conference),
        exemplar_groups=tuple(
            a.ExemplarGroup(title, tuple(_exemplars(kind, members, reports)))
            for kind, title in KINDS.items()
        ),
        member_rewards=rewards,
        **{section: texts.get(section, ()) for section in WRITTEN},
    )


def _reports(review: Review) -> Reports:
    rows = MemberReport.objects.filter(membership__review=review)
    rows = rows.prefetch_related("exemplary_models", "reward_counts")
    return {report.membership_id: report for report in rows}


def _member_lines(members: list[Membership], reports: Reports) -> tuple[r.MemberLine, ...]:
    heads = _heads(members)
    return tuple(
        r.MemberLine(
            name=one.name,
            role=facts.OFFICES[Office(one.office)],
            staff=reports[one.pk].staff if one.pk in reports else None,
            head=heads.get(one.agency_id, ""),
        )
        for one in members
    )


def _heads(members: list[Membership]) -> dict[int, str]:
    """Name and position of each agency's head; of several accounts the oldest stands."""
    accounts = User.objects.filter(
        agency__in=[one.agency_id for one in members], role=Role.HEAD, is_active=True
    ).exclude(full_name="")
    return {
        user.agency_id: ", ".join(part for part in (user.full_name, user.position) if part)
        for user in accounts.order_by("-pk")
        if user.agency_id is not None
    }


def _exemplars(kind: str, members: list[Membership], reports: Reports) -> Iterable[a.ExemplarLine]:
    """In the order of the bloc's list, and of each report."""
    for one in members:
        rows = reports[one.pk].exemplary_models.all() if one.pk in reports else ()
        for row in rows:
            if row.kind == kind:
                yield a.ExemplarLine(row.name, row.unit, one.name, blocks(row.deeds))


def _forms(members: list[Membership], reports: Reports) -> dict[str, str]:
    """Every title or reward that a report counts, by key: the usual ones first, in their order."""
    found: dict[str, str] = {}
    for one in members:
        for row in reports[one.pk].reward_counts.all() if one.pk in reports else ():
            found.setdefault(reward_key(row.form), row.form)
    usual = {reward_key(form): form for form in USUAL_REWARDS}
    return {key: form for key, form in usual.items() if key in found} | {
        key: form for key, form in found.items() if key not in usual
    }


def _rewards(
    one: Membership, report: MemberReport | None, forms: dict[str, str]
) -> a.MemberRewards:
    rows = report.reward_counts.all() if report else ()
    lines = (
        a.RewardLine(forms[reward_key(row.form)], row.collectives, row.individuals) for row in rows
    )
    return a.MemberRewards(one.name, tuple(lines))
