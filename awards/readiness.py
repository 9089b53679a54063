"""What is still missing before the conference closes, and before the dossier goes out."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from awards.checks import checks_of
from awards.decided import adopted_table, carried, elected_to
from awards.documents.minutes_facts import fingerprint
from awards.models import (
    Conference,
    DocumentKind,
    DocumentStatus,
    FlagHandover,
    IssuedDocument,
    PaperForm,
    Proposal,
    Resolution,
    ResolutionKind,
    Vote,
    VoteStatus,
)
from awards.turnout import voters_of
from blocs.models import Office, Review
from blocs.readiness import Missing
from scoring.models import Reopening, ReopeningStatus, Score, Sheet

REQUIRED_PAPERS = (
    DocumentKind.REPORT,
    DocumentKind.MINUTES,
    DocumentKind.SUMMARY,
    DocumentKind.SUBMISSION,
)


def _unfinished_votes(conference: Conference) -> list[Missing]:
    finished = [VoteStatus.ANNOUNCED, VoteStatus.CANCELLED]
    return [
        Missing(_("A vote not finished: %(vote)s") % {"vote": vote}, vote.get_absolute_url())
        for vote in conference.votes.exclude(status__in=finished)
    ]


def missing_to_close(conference: Conference) -> list[Missing]:
    """Attendance, adoptions, a proposal, both elections, the flag, votes finished, the minutes."""
    url = conference.get_absolute_url()
    members = conference.review.memberships.count()
    resolutions = list(conference.resolutions.all())
    missing = []
    if conference.attendances.count() < members:
        missing.append(Missing(_("Attendance of every member"), f"{url}#attendance"))
    for kind, text, part in (
        (ResolutionKind.ADOPT_REPORT, _("Adoption of the year-end report"), "report"),
        (ResolutionKind.ADOPT_SUMMARY, _("Adoption of the score table"), "adoption"),
    ):
        if not _carried(resolutions, kind=kind):
            missing.append(Missing(text, f"{url}#{part}"))
    missing += _reopened(conference.review)
    if not _carried(resolutions, kind=ResolutionKind.PROPOSE):
        missing.append(Missing(_("A resolution on whom to propose"), f"{url}#proposals"))
    leaders = _carried(resolutions, kind=ResolutionKind.ELECT, office=Office.LEADER)
    if len(leaders) != 1:
        missing.append(Missing(_("Election of next year's leader"), f"{url}#elections"))
    if not _carried(resolutions, kind=ResolutionKind.ELECT, office=Office.DEPUTY):
        missing.append(Missing(_("Election of next year's deputy"), f"{url}#elections"))
    takers = [leader.membership_id for leader in leaders]
    if not FlagHandover.objects.filter(conference=conference, to_member__in=takers).exists():
        missing.append(Missing(_("Handover of the rotating flag"), f"{url}#handover"))
    missing += _unfinished_votes(conference)
    if not conference.has_adopted_minutes:
        missing.append(Missing(_("Adoption of the minutes"), f"{url}#minutes"))
    elif fingerprint(conference.review) != conference.minutes_sha256:
        # Once closed they could neither be adopted anew nor be issued.
        missing.append(
            Missing(
                _("The minutes have changed since they were adopted: read them out again"),
                f"{url}#minutes",
            )
        )
    return missing


def missing_to_read_out(conference: Conference) -> list[Missing]:
    """What the minutes cannot state yet: all that the close asks for, but their own adoption."""
    part = f"{conference.get_absolute_url()}#minutes"
    return [one for one in missing_to_close(conference) if one.url != part]


FEWEST_VOTERS = 3  # of a secret ballot: with two, each knows the other's paper


def missing_to_open_vote(vote: Vote) -> list[Missing]:
    """Attendance, a quorum, enough voters for secrecy, options to choose from, a table in force."""
    conference = vote.conference
    room = f"{conference.get_absolute_url()}#attendance"
    missing = []
    if conference.attendances.count() < conference.review.memberships.count():
        missing.append(Missing(_("Attendance of every member"), room))
    voters = voters_of(conference, vote.absentees)
    if not vote.rule.is_quorate(voters.voting, voters.entitled):
        words = _("A quorum: %(able)s of %(all)s members can vote, %(share)s are needed")
        facts = {
            "able": voters.voting,
            "all": voters.entitled,
            "share": f"{vote.quorum_numerator}/{vote.quorum_denominator}",
        }
        missing.append(Missing(words % facts, room))
    if vote.is_secret and len(voters.able) < FEWEST_VOTERS:
        missing.append(
            Missing(
                _(
                    "Three voters at least: with fewer a secret ballot hides nothing; choose a "
                    "show of hands or a consensus"
                ),
                vote.get_absolute_url(),
            )
        )
    if vote.form != PaperForm.APPROVE and vote.options.count() < 2:
        missing.append(Missing(_("At least two to choose from"), vote.get_absolute_url()))
    if vote.on_paper and conference.tellers.filter(user__isnull=False).count() < 2:
        missing.append(
            Missing(
                _("Two tellers with an account: one types the count, the other confirms it"),
                f"{conference.get_absolute_url()}#committee",
            )
        )
    if vote.kind == ResolutionKind.PROPOSE and adopted_table(conference) is None:
        missing.append(
            Missing(_("The adopted score table"), f"{conference.get_absolute_url()}#adoption")
        )
    return missing + _decided_already(vote)


def _decided_already(vote: Vote) -> list[Missing]:
    """A leader is elected once, and a member proposed once: what stands is struck or annulled."""
    conference, url = vote.conference, vote.conference.get_absolute_url()
    if vote.office == Office.LEADER and elected_to(conference, Office.LEADER):
        words = _("A leader has been elected; strike or annul that election first")
        return [Missing(words, f"{url}#elections")]
    if vote.kind != ResolutionKind.PROPOSE or vote.is_again:
        return []
    candidates = set(vote.options.values_list("membership", flat=True))
    return [
        Missing(
            _("%(member)s is proposed already; strike or annul that proposal first")
            % {"member": one.membership.name},
            f"{url}#proposals",
        )
        for one in carried(conference, ResolutionKind.PROPOSE)
        if one.membership is not None and one.membership_id in candidates
    ]


def _reopened(review: Review) -> list[Missing]:
    """A table that the board opened again has to be adopted anew."""
    if not Reopening.objects.filter(
        summary__review=review, status=ReopeningStatus.GRANTED
    ).exists():
        return []
    url = reverse("awards:reopening", args=review.url_args)
    return [Missing(_("The table was opened again: adopt it anew"), url)]


def _carried(resolutions: list[Resolution], **wanted: str) -> list[Resolution]:
    return [
        resolution
        for resolution in resolutions
        if resolution.carried
        and all(getattr(resolution, field) == value for field, value in wanted.items())
    ]


def _provisional(review: Review) -> list[Missing]:
    """Figures of which the final one is still to come, member by member."""
    url = reverse("scoring:provisional_list", args=review.url_args)
    rows = Score.objects.provisional().filter(sheet__membership__review=review).in_order()
    codes: dict[int, list[str]] = {}
    for row in rows:
        codes.setdefault(row.sheet_id, []).append(row.criterion.code)
    sheets = Sheet.objects.of(review).with_people().filter(pk__in=codes)
    return [
        Missing(
            _("Provisional figures of %(member)s: %(codes)s")
            % {"member": sheet.membership.name, "codes": ", ".join(codes[sheet.pk])},
            url,
        )
        for sheet in sheets
    ]


def _unreported(proposal: Proposal, url: str) -> Missing:
    text = _("Report of achievements, issued by the head of the member: %(member)s")
    return Missing(text % {"member": proposal.membership.name}, f"{url}#proposal-{proposal.pk}")


def missing_to_submit(review: Review) -> list[Missing]:
    """Every paper issued, at least one proposal with its report, and every check of each."""
    in_force = IssuedDocument.objects.filter(review=review, status=DocumentStatus.ISSUED)
    issued = set(in_force.values_list("kind", "about"))
    papers = reverse("awards:document_list", args=review.url_args)
    proposals = reverse("awards:proposal_list", args=review.url_args)
    missing = [
        Missing(_("Issue: %(paper)s") % {"paper": kind.label}, papers)
        for kind in REQUIRED_PAPERS
        if (kind, "") not in issued
    ]
    missing += _reopened(review) + _provisional(review)
    conference = Conference.objects.select_related("review__bloc").filter(review=review).first()
    missing += _unfinished_votes(conference) if conference else []
    checks = checks_of(review)
    if not checks:
        missing.append(Missing(_("At least one proposal"), proposals))
    missing += [
        _unreported(proposal, proposals)
        for proposal in checks
        if (DocumentKind.ACHIEVEMENT, proposal.membership.agency.slug) not in issued
    ]
    missing += [
        Missing(f"{proposal}: {check.text}", proposals)
        for proposal, results in checks.items()
        for check in results
        if not (check.holds or check.waits)
    ]
    return missing
