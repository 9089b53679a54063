"""Provisional values: confirmed as final, without a change of the figure."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from blocs.models import Phase, User
from blocs.permissions import require
from blocs.vietnamese import tidy
from blocs.workflow import holding
from scoring import permissions as may
from scoring.models import Score, ScoreStage
from scoring.scores import Value, held_score, write


def confirm_final(score: Score, *, document: str, version: int, by: User) -> Score:
    """The final figure came and is the provisional one; ``document`` says where it stands.

    Possible on an adopted table as well, for no point moves.
    """
    if not document.strip():
        raise ValidationError({"document": _("Name the document with the final figure.")})
    with holding(score.sheet) as sheet:
        held, _rules, _leaf = held_score(score, sheet, version)
        held.sheet = sheet
        require(may.can_confirm_final(by, held))
        held.is_provisional = False
        appraising = sheet.membership.review.is_in(Phase.APPRAISAL)
        stage = ScoreStage.APPRAISED if appraising else ScoreStage.AGREED
        value = Value(getattr(held, f"{stage}_inputs"), getattr(held, str(stage)))
        return write(
            held,
            stage,
            value,
            reason=_("Final figure: %(document)s") % {"document": tidy(document)},
            by=by,
            sheet=sheet,
            at=timezone.now(),
        )
