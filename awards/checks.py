"""The checks of a proposal: each says what it found, and the rule it rests on."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from awards.ballots import is_against_ranking
from awards.models import (
    AwardRule,
    Conference,
    Proposal,
    ProposalStatus,
    RulePack,
)
from awards.wording import reached_words, threshold_words
from blocs.models import Review
from scoring.findings import Bars, bars_of
from scoring.kernel.knockouts import MayBeProposed
from scoring.models import SummaryStatus
from scoring.tables import Table, table_of


@dataclass(frozen=True)
class Check:
    """One condition of a proposal, whether it holds, and its source."""

    text: str
    holds: bool
    source: str
    waits: bool = False  # not fulfilled now, and yet no bar to the rest of the dossier


def pack_for(review: Review) -> RulePack | None:
    """The law in force on the day of the conference, or on the year's last day before it."""
    conference = Conference.objects.filter(review=review).first()
    day = conference.held_on if conference else review.last_day
    return RulePack.objects.in_force_on(day).order_by("-valid_from").first()


def rules_for(review: Review) -> list[AwardRule]:
    """The award rules of that law."""
    pack = pack_for(review)
    if pack is None:
        return []
    return list(pack.rules.select_related("award", "pack"))


def checks_of(review: Review) -> dict[Proposal, list[Check]]:
    """Every live proposal of the review with its checks, in the order of the list."""
    proposals = list(
        Proposal.objects.filter(review=review)
        .exclude(status=ProposalStatus.WITHDRAWN)
        .select_related(
            "award", "membership__agency", "membership__review", "resolution__vote", "summary"
        )
        .prefetch_related("membership__agency__names", "resolution__vote__options")
    )
    for proposal in proposals:
        proposal.review = review
    rules = {rule.award_id: rule for rule in rules_for(review)}
    bars = bars_of(review) if proposals else {}
    tables = {proposal.summary_id: table_of(proposal.summary) for proposal in proposals}
    return {
        proposal: [
            *_checks(proposal, rules.get(proposal.award_id), tables, proposals),
            *_findings(proposal, bars.get(proposal.membership_id)),
        ]
        for proposal in proposals
    }


def _findings(proposal: Proposal, bars: Bars | None) -> list[Check]:
    """What was found of the member up to now, also after the table was adopted."""
    if bars is None or not bars.texts:
        return [Check(_("No finding holds against the member"), True, _("Record of findings"))]
    source = "; ".join(bars.texts)
    if _is_open(bars.allowed, proposal):
        return [Check(_("The findings do not bar this award"), True, source)]
    if _is_open(bars.once_settled, proposal):
        text = _("Suspended: the province decides once the matter is settled")
        return [Check(text, False, source, waits=True)]
    return [Check(_("A finding bars this award"), False, source)]


def _is_open(left: MayBeProposed, proposal: Proposal) -> bool:
    return left.flag if proposal.award.is_flag else left.merit


def _checks(
    proposal: Proposal,
    rule: AwardRule | None,
    tables: dict[int, Table],
    proposals: list[Proposal],
) -> list[Check]:
    if rule is None:
        return [Check(_("A rule for this award is in force"), False, _("Catalogue of rule packs"))]
    row = tables[proposal.summary_id].row_of(proposal.membership.agency.slug)
    same = sum(other.award_id == proposal.award_id for other in proposals)
    criteria = _("Criteria set, knock-outs and findings")
    checks = [
        Check(
            _("The table that the vote rested on is in force (version %(version)s)")
            % {"version": proposal.summary.version},
            proposal.summary.status == SummaryStatus.ADOPTED,
            _("Adopted by the conference"),
        ),
        Check(
            _("Voted for at the conference: %(votes)s") % {"votes": _votes_of(proposal)},
            proposal.resolution.carried,
            _source_of(proposal),
        ),
        Check(
            _("Within the quota: %(used)s of %(quota)s") % {"used": same, "quota": rule.quota},
            same <= rule.quota,
            rule.basis,
        ),
        Check(
            _("Nothing bars the member from this award"),
            _is_open(row.left_by_criteria, proposal),  # findings have a check of their own
            criteria,
        ),
    ]
    if rule.must_lead:
        checks.append(_lead_check(proposal, row.rank, rule))
    return checks


def _votes_of(proposal: Proposal) -> str:
    resolution = proposal.resolution
    return reached_words(resolution.in_favour, resolution.base_count, resolution.base)


def _source_of(proposal: Proposal) -> str:
    """The rule that the vote was held by, and where it stands."""
    resolution = proposal.resolution
    words = _("Minutes of the conference; needs %(threshold)s") % {
        "threshold": threshold_words(resolution)
    }
    return f"{words} ({resolution.basis})" if resolution.basis else words


def _lead_check(proposal: Proposal, rank: int | None, rule: AwardRule) -> Check:
    """First in rank; a vote that departed from the ranking, and said why, leaves it open."""
    text = _("First in rank: rank %(rank)s") % {"rank": rank or "-"}
    vote = proposal.resolution.vote
    if rank != 1 and vote is not None and vote.note:
        options = list(vote.options.all())
        chosen = [at for at, one in enumerate(options) if one.is_chosen]
        if is_against_ranking(options, chosen):
            source = _("The conference departed from the ranking: %(note)s") % {"note": vote.note}
            return Check(text, False, f"{source} ({rule.basis})", waits=True)
    return Check(text, rank == 1, rule.basis)
