"""The ballot committee on the conference page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from awards import transitions
from awards.committee import accounts_for
from awards.forms.tellers import TellerForm
from blocs.http import PortalRequest

from .agenda import back_to, show
from .lookup import kept_conference
from .record import members_of
from .refusals import attempt, attempt_or_tell


@require_POST
def teller_name(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    conference = kept_conference(request, bloc, year)
    review = conference.review
    form = TellerForm(request.POST, members=members_of(review), accounts=accounts_for(review))
    if not attempt(
        form,
        lambda: transitions.name_teller(conference, **form.cleaned_data, by=request.user),
    ):
        return show(request, review, status=422, teller=form)
    messages.success(request, _("The ballot committee has been saved."))
    return back_to(review, "committee")


@require_POST
def teller_remove(request: PortalRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    conference = kept_conference(request, bloc, year)
    teller = get_object_or_404(conference.tellers, pk=pk)
    attempt_or_tell(request, lambda: transitions.remove_teller(teller, by=request.user))
    return back_to(conference.review, "committee")
