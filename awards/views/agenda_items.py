"""The items of the agenda: laid out, added, changed, moved, removed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from awards import permissions as may
from awards import transitions
from awards.forms.agenda import AgendaItemForm, MoveForm
from awards.models import AgendaItem, Conference
from blocs.http import PortalRequest
from blocs.permissions import require

from .agenda import back_to, show
from .lookup import kept_conference
from .refusals import attempt, attempt_or_tell


def item_or_404(conference: Conference, pk: int) -> AgendaItem:
    item = get_object_or_404(conference.agenda, pk=pk)
    item.conference = conference
    return item


@require_POST
def agenda_lay_out(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    conference = kept_conference(request, bloc, year)
    if attempt_or_tell(request, lambda: transitions.lay_out_agenda(conference, by=request.user)):
        messages.success(request, _("The usual agenda has been laid out; change what differs."))
    return back_to(conference.review, "agenda")


@require_POST
def agenda_item_add(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    conference = kept_conference(request, bloc, year)
    form = AgendaItemForm(request.POST)
    if not attempt(
        form, lambda: transitions.add_item(conference, fields=form.cleaned_data, by=request.user)
    ):
        return show(request, conference.review, status=422, item=form)
    return back_to(conference.review, "agenda")


@require_http_methods(["GET", "POST"])
def agenda_item_change(request: PortalRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    conference = kept_conference(request, bloc, year)
    item = item_or_404(conference, pk)
    if request.method == "GET":
        require(may.can_plan_agenda(request.user, conference))
    form = AgendaItemForm(request.POST or None, item=item)
    if request.method == "POST" and attempt(
        form, lambda: transitions.change_item(item, fields=form.cleaned_data, by=request.user)
    ):
        messages.success(request, _("The agenda item has been saved."))
        return back_to(conference.review, "agenda")
    context = {"review": conference.review, "item": item, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "awards/agenda_item.html", context, status=status)


@require_POST
def agenda_item_move(request: PortalRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    conference = kept_conference(request, bloc, year)
    item = item_or_404(conference, pk)
    form = MoveForm(request.POST)
    if form.is_valid():
        attempt_or_tell(
            request, lambda: transitions.move_item(item, up=form.is_up, by=request.user)
        )
    return back_to(conference.review, "agenda")


@require_POST
def agenda_item_remove(request: PortalRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    conference = kept_conference(request, bloc, year)
    item = item_or_404(conference, pk)
    attempt_or_tell(request, lambda: transitions.remove_item(item, by=request.user))
    return back_to(conference.review, "agenda")
