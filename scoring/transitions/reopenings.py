"""An adopted table opened again: asked for, granted by the board, corrected, adopted anew.

The adopted version keeps its content for good. From the grant on it is superseded, so that
whatever rested on it, above all the votes, shows as stale; the next version says on what it rests.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from blocs.models import Review, User
from blocs.permissions import require
from blocs.vietnamese import tidy
from blocs.workflow import IllegalMove, holding, moving
from scoring import permissions as may
from scoring.models import Reopening, ReopeningStatus, Summary, SummaryStatus
from scoring.tables import live_table

from .appraisal import hold_sheets
from .summaries import require_seen, store_table


def ask_reopening(review: Review, *, reason: str, by: User) -> Reopening:
    """The leader asks the board to open the adopted table again, and says why."""
    with holding(review) as held:
        require(may.can_ask_reopening(by, held))
        adopted = Summary.objects.filter(review=held, status=SummaryStatus.ADOPTED).first()
        if adopted is None:
            raise IllegalMove(_("There is no adopted table to open again."))
        if not reason.strip():
            raise ValidationError({"reason": _("Say what has to be corrected.")})
        reopening = Reopening(
            summary=adopted, reason=tidy(reason), asked_by=by, asked_at=timezone.now()
        )
        reopening.full_clean()
        reopening.save()
        return reopening


def grant_reopening(reopening: Reopening, *, answer: str = "", by: User) -> Reopening:
    """The board opens the table: its scores can be agreed anew, with reasons."""
    with (
        holding(reopening.summary.review),
        moving(reopening, ReopeningStatus.GRANTED, by=by, note=answer) as held,
    ):
        require(may.can_answer_reopening(by, held))
        _answer(held, answer, by)
        with moving(held.summary, SummaryStatus.SUPERSEDED, by=by, note=held.reason):
            pass
    return held


def refuse_reopening(reopening: Reopening, *, answer: str, by: User) -> Reopening:
    """The board lets the table stand, and says why."""
    if not answer.strip():
        raise ValidationError({"answer": _("Say why the table stands.")})
    with moving(reopening, ReopeningStatus.REFUSED, by=by, note=answer) as held:
        require(may.can_answer_reopening(by, held))
        _answer(held, answer, by)
    return held


def _answer(reopening: Reopening, answer: str, by: User) -> None:
    reopening.answer = tidy(answer)
    reopening.answered_by = by
    reopening.answered_at = timezone.now()


def adopt_anew(reopening: Reopening, *, seen: str, basis: str, by: User) -> Summary:
    """Adopt the corrected table as the next version, and say on what it rests.

    Raises ``Stale`` when the table is not the one whose hash was ``seen``.
    """
    review = reopening.summary.review
    if not basis.strip():
        raise ValidationError({"basis": _("Say what the new table rests on.")})
    with holding(review) as held, moving(reopening, ReopeningStatus.DONE, by=by) as opened:
        require(may.can_adopt_anew(by, opened))
        hold_sheets(held)
        table = live_table(held)
        require_seen(table, seen)
        summary = store_table(held, table, by=by)
        with moving(summary, SummaryStatus.ADOPTED, by=by, note=basis) as adopted:
            adopted.adopted_at = timezone.now()
        opened.result, opened.basis = adopted, tidy(basis)
    return adopted
