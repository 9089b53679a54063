"""What an agency received before, written down by itself or the board: added, changed, removed."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from awards import permissions as may
from awards.award_history import granted_to
from awards.models import PastAward
from blocs.models import Agency, User
from blocs.permissions import require
from blocs.workflow import holding


def add_past_award(agency: Agency, *, fields: Mapping[str, object], by: User) -> PastAward:
    """Write down one title or reward: year, category, name, decision's number and day, authority.

    Raises ``ValidationError`` for one that is listed already, by hand or as granted in the portal.
    """
    with holding(agency) as held:
        require(may.can_keep_award_history(by, held))
        return _save(PastAward(agency=held), fields, by)


def change_past_award(past: PastAward, *, fields: Mapping[str, object], by: User) -> PastAward:
    """Correct a row that was typed in; what the portal granted has no such row."""
    with holding(past.agency) as agency, holding(past) as held:
        require(may.can_keep_award_history(by, agency))
        return _save(held, fields, by)


def remove_past_award(past: PastAward, *, by: User) -> None:
    """Take out a row that was typed in; issued papers that state it keep their bytes."""
    with holding(past.agency) as agency, holding(past) as held:
        require(may.can_keep_award_history(by, agency))
        held.delete()


def _save(past: PastAward, fields: Mapping[str, object], by: User) -> PastAward:
    for name, value in fields.items():
        setattr(past, name, value)
    past.by, past.at = by, timezone.now()
    past.full_clean()
    if past.decision_date > timezone.localdate():
        raise ValidationError({"decision_date": _("The date lies in the future.")})
    known = {(line.decision_number, line.decision_date) for line in granted_to(past.agency)}
    if (past.decision_number, past.decision_date) in known:
        words = _("The portal keeps this award already: it was granted on a proposal of the bloc.")
        raise ValidationError({"decision_number": words})
    past.save()
    return past
