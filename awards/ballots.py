"""A vote as the count sees it: its paper, its numbers, its outcome, its canonical texts."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count, Q

from awards.models import Conference, Vote, VoteOption
from awards.models.vote import VoteQuerySet
from awards.votes import papers
from awards.votes.outcome import OptionCount, Outcome, contradicts_ranking, decide
from blocs.canonical import canonical_text
from blocs.models import Membership


def votes_in(conference: Conference) -> VoteQuerySet:
    """The conference's votes with ``on_roll`` and ``cast``: how many may vote, and have."""
    return Vote.objects.filter(conference=conference).annotate(
        on_roll=Count("roll"), cast=Count("roll", filter=Q(roll__voted=True))
    )


def options_of(vote: Vote) -> list[VoteOption]:
    """In the order of the paper, with the members' names."""
    rows = vote.options.select_related("membership__agency", "membership__review")
    return list(rows.prefetch_related("membership__agency__names"))


def paper_of(vote: Vote, options: Sequence[VoteOption]) -> papers.Sheet:
    """What a paper of this vote may bear."""
    return papers.Sheet(papers.Form(vote.form), len(options), vote.most)


def counts_of(options: Sequence[VoteOption]) -> list[OptionCount]:
    """The stored numbers of a counted vote."""
    return [OptionCount(one.yes or 0, one.no or 0, one.abstain or 0, one.rank) for one in options]


def outcome_of(vote: Vote, options: Sequence[VoteOption]) -> Outcome:
    """Who is chosen, tied, or would go into a second round, by the rule and the stored numbers."""
    return decide(vote.rule, vote.turnout, counts_of(options), seats=vote.seats)


def is_against_ranking(options: Sequence[VoteOption], chosen: Sequence[int]) -> bool:
    """Whether somebody chosen stands behind somebody in rank who was not."""
    return contradicts_ranking(counts_of(options), chosen)


def definition_of(vote: Vote, options: Sequence[VoteOption], roll: Sequence[Membership]) -> str:
    """The question as canonical text: all that may no longer change once voting is open."""
    return canonical_text(
        {
            "review": str(vote.conference.review),
            "number": vote.number,
            "round": vote.round,
            "kind": vote.kind,
            "title": vote.title,
            "award": vote.award.code if vote.award else None,
            "office": vote.office,
            "form": vote.form,
            "most": vote.most,
            "seats": vote.seats,
            "method": vote.method,
            "on_paper": vote.on_paper,
            "rule": {name: getattr(vote, name) for name in vote.rule_columns()},
            "table": vote.summary.sha256 if vote.summary else None,
            "options": [
                [one.membership.agency.slug if one.membership else one.text, one.rank]
                for one in options
            ],
            "roll": [member.agency.slug for member in roll],
            "entitled": vote.entitled,
            "present": vote.present,
        }
    )


def result_of(vote: Vote, options: Sequence[VoteOption]) -> str:
    """The counted numbers as canonical text; its hash is stored with them."""
    return canonical_text(
        {
            "definition": vote.definition_sha256,
            "issued": vote.issued,
            "returned": vote.returned,
            "valid": vote.valid,
            "blank": vote.blank,
            "written": vote.written,
            "options": [[one.yes, one.no, one.abstain] for one in options],
        }
    )


def told_apart(vote: Vote, options: Sequence[VoteOption]) -> list[VoteOption]:
    """The options on which all papers say the same, so that the result tells how each voted."""
    papers_in = vote.returned or 0
    if not papers_in:
        return []
    if vote.form != papers.Form.APPROVE:
        return [one for one in options if one.yes == papers_in]
    return [one for one in options if papers_in in (one.yes, one.no, one.abstain)]
