"""What is still missing before a paper can be issued: its page lists it, the issue asks it."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from awards.documents.minutes_facts import fingerprint
from awards.documents.papers import PaperKey, facts_of
from awards.models import Conference, DocumentKind, Vote
from awards.permissions import Subject
from blocs.models import Review
from blocs.readiness import Missing, NotReady
from scoring.models import Summary, SummaryStatus

# What the conference itself has done is not put on paper before its day.
OF_THE_DAY = (DocumentKind.MINUTES, DocumentKind.BALLOT_MINUTES, DocumentKind.HANDOVER)

# What states points or ranks states those that the conference adopted.
OF_THE_TABLE = (
    DocumentKind.SUMMARY,
    DocumentKind.DETAIL,
    DocumentKind.REPORT,
    DocumentKind.SUBMISSION,
    DocumentKind.ACHIEVEMENT,
)


def missing_to_issue(review: Review, key: PaperKey, subject: Subject) -> list[Missing]:
    missing = _undecided(review, key, subject)
    try:
        facts_of(review, key)
    except NotReady as reason:
        missing += reason.missing
    return missing


def require_decided(review: Review, key: PaperKey, subject: Subject) -> None:
    """Minutes go out as the conference adopted them, those of a ballot with its announced result,
    points and ranks with an adopted table: it may have been opened again.

    Raises ``ValidationError``.
    """
    for one in _undecided(review, key, subject):
        raise ValidationError(one.text)


def _undecided(review: Review, key: PaperKey, subject: Subject) -> list[Missing]:
    if isinstance(subject, Vote) and not subject.is_announced:
        text = _("The minutes of a ballot are issued once its result has been announced.")
        return [Missing(text, subject.get_absolute_url())]
    if (
        key.kind in OF_THE_TABLE
        and not Summary.objects.filter(review=review, status=SummaryStatus.ADOPTED).exists()
    ):
        text = _("This paper is issued once the conference has adopted the summary table.")
        return [Missing(text, reverse("scoring:summary_detail", args=review.url_args))]
    if key.kind != DocumentKind.MINUTES:
        return []
    conference = Conference.objects.filter(review=review).first()
    page = reverse("awards:minutes_read", args=review.url_args)
    if conference is None or not conference.has_adopted_minutes:
        text = _("The minutes are issued once the conference has adopted them.")
        return [Missing(text, page if conference else "")]
    if fingerprint(review) != conference.minutes_sha256:
        text = _(
            "The minutes no longer state what the conference adopted; they cannot be issued so."
        )
        return [Missing(text, page)]
    return []


def require_day(review: Review, key: PaperKey, dated: datetime.date) -> None:
    """No paper is older than its review, and no minutes than the day of the conference."""
    if dated.year < review.year:
        raise ValidationError({"dated": _("The paper cannot be older than its review.")})
    if key.kind not in OF_THE_DAY:
        return
    held_on = Conference.objects.filter(review=review).values_list("held_on", flat=True).first()
    if held_on is not None and dated < held_on:
        words = _("The conference was held on %(day)s; its minutes are not dated before that.")
        day = date_format(held_on, "SHORT_DATE_FORMAT")
        raise ValidationError({"dated": words % {"day": day}})
