"""What a reader may do with a whole sheet: the buttons over its page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from blocs.models import User
from blocs.permissions import Verdict
from scoring import permissions as may
from scoring.forms.appraisal import ReasonForm, ReturnForm
from scoring.forms.sheets import NoteForm
from scoring.models import Sheet, SheetStatus
from scoring.readiness import is_within_term
from scoring.sheet_page import SheetPage


@dataclass(frozen=True)
class Deed:
    """A button: a link where there is no ``question``, else a confirmation with a form."""

    verdict: Verdict
    url: str
    label: str
    question: str = ""
    hint: str = ""
    confirm: str = ""
    icon: str = ""
    style: str = "primary"
    form: Any = None
    fields: str = ""  # the template that draws the form, where it is more than its fields


def deeds_of(user: User, page: SheetPage, given: ReasonForm | None = None) -> list[Deed]:
    """The buttons that make sense to this reader now, the primary one last.

    ``given`` is a form that came back with errors: it stays open as it was typed.
    """
    if may.is_own(user, page.sheet):
        return _of_member(user, page.sheet)
    return _of_appraiser(user, page, given) if may.appraises(user, page.sheet) else []


def _url(name: str, sheet: Sheet) -> str:
    args = [*sheet.membership.review.url_args, sheet.membership.agency.slug]
    return reverse(f"scoring:{name}", args=args)


def _of_member(user: User, sheet: Sheet) -> list[Deed]:
    if sheet.status == SheetStatus.APPRAISED:
        return [_agree(user, sheet)] if is_within_term(sheet) else []
    if not sheet.is_with_member:
        return [_recall(user, sheet)] if sheet.status == SheetStatus.SUBMITTED else []
    deeds = []
    if sheet.status == SheetStatus.WITH_HEAD:
        deeds.append(_take_back(user, sheet))
    if sheet.status == SheetStatus.DRAFT and not user.is_head:
        deeds.append(_send(user, sheet))
    if user.is_head or sheet.membership.agency.officer_may_submit or not deeds:
        verdict = may.can_submit(user, sheet)
        label = _("Submit the score sheet")
        deeds.append(Deed(verdict, _url("sheet_submit", sheet), label, icon="send"))
    return deeds


def _send(user: User, sheet: Sheet) -> Deed:
    return Deed(
        may.can_send_to_head(user, sheet),
        _url("sheet_send", sheet),
        _("Send to the head of agency"),
        question=_("Hand the sheet to the head of agency?"),
        hint=_("You can take it back until it has been submitted."),
        confirm=_("Send"),
        icon="person-check",
    )


def _take_back(user: User, sheet: Sheet) -> Deed:
    back = _("Give back to the officer") if user.is_head else _("Take back from the head")
    return Deed(
        may.can_take_back(user, sheet),
        _url("sheet_take_back", sheet),
        back,
        question=_("Return the sheet to the officer for further work?"),
        confirm=back,
        icon="arrow-counterclockwise",
        style="outline-secondary",
        form=NoteForm(auto_id="id_take_back_%s"),
    )


def _agree(user: User, sheet: Sheet) -> Deed:
    return Deed(
        may.can_accept_appraisal(user, sheet, timezone.localdate()),
        _url("appraisal_accept", sheet),
        _("Accept the appraisal"),
        question=_("Accept the appraised points of every criterion?"),
        hint=_("You can then no longer object. Silence means agreement when the term ends."),
        icon="check-circle",
    )


def _recall(user: User, sheet: Sheet) -> Deed:
    return Deed(
        may.can_recall(user, sheet),
        _url("sheet_recall", sheet),
        _("Recall the sheet"),
        question=_("Take the submitted sheet back?"),
        hint=_("The day on which you submit it again decides whether it is late."),
        confirm=_("Recall"),
        icon="arrow-counterclockwise",
        style="outline-secondary",
        form=NoteForm(auto_id="id_recall_%s"),
    )


def _of_appraiser(user: User, page: SheetPage, given: ReasonForm | None) -> list[Deed]:
    sheet = page.sheet
    if sheet.status == SheetStatus.APPRAISED:
        return [_resume(user, sheet, given)]
    if sheet.status != SheetStatus.SUBMITTED:
        return []
    accept = Deed(
        may.can_appraise(user, sheet),
        _url("score_accept", sheet),
        _("Accept the rest as claimed"),
        question=_("Accept every criterion that has not been appraised yet as claimed?"),
        hint=_("Each of them gets its own line in the history, in your name."),
        confirm=_("Accept the rest"),
        icon="check2-all",
        style="outline-primary",
    )
    finish = Deed(
        may.can_finish_appraisal(user, sheet),
        _url("appraisal_finish", sheet),
        _("Finish the appraisal"),
        question=_("Finish the appraisal of this sheet?"),
        hint=_("The member then reads the appraised points and the reasons."),
        confirm=_("Finish"),
        icon="check-circle",
    )
    return [_return(user, page, given), accept, finish]


def _return(user: User, page: SheetPage, given: ReasonForm | None) -> Deed:
    sheet = page.sheet
    return Deed(
        may.can_return(user, sheet),
        _url("sheet_return", sheet),
        _("Return for supplement"),
        question=_("Return the sheet to the member?"),
        hint=_("Submitting it again will not count as late."),
        confirm=_("Return"),
        icon="reply",
        style="outline-secondary",
        form=given or ReturnForm(sections=page.sections, auto_id="id_return_%s"),
        fields="scoring/_return_fields.html",
    )


def _resume(user: User, sheet: Sheet, given: ReasonForm | None) -> Deed:
    return Deed(
        may.can_resume_appraisal(user, sheet),
        _url("appraisal_resume", sheet),
        _("Take up the appraisal again"),
        question=_("Open this finished appraisal again?"),
        confirm=_("Open again"),
        icon="arrow-counterclockwise",
        style="outline-secondary",
        form=given or ReasonForm(auto_id="id_resume_%s"),
    )
