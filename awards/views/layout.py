"""The layout of a province's papers: chosen by the board, and tried on a sample."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from awards import permissions as may
from awards import transitions
from awards.documents import report
from awards.documents.layout import layout_for
from awards.documents.pdf import DocumentError, to_pdf
from awards.documents.sample import sample
from awards.forms.fields import add_refusal
from awards.forms.layout import LayoutForm, over_theirs
from awards.models import PrintProfile
from blocs.http import PortalRequest
from blocs.models import Province
from blocs.permissions import require
from blocs.workflow import Stale

from .documents import pdf
from .refusals import REFUSALS


def own_province(request: PortalRequest) -> Province:
    """The province of the board that asks; nobody else gets here."""
    require(may.can_watch_blocs(request.user))
    province = Province.objects.get(agency=request.user.agency_id)
    require(may.can_set_layout(request.user, province))
    return province


def stored(province: Province) -> PrintProfile:
    """What the province has chosen; before that, the usual sizes."""
    found = PrintProfile.objects.filter(province=province).first()
    return found or PrintProfile(province=province)


def show(request: PortalRequest, form: LayoutForm) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "awards/layout_form.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def layout_edit(request: PortalRequest) -> HttpResponse:
    province = own_province(request)
    data = request.POST if request.method == "POST" else None
    form = LayoutForm(data, profile=stored(province), province=province)
    if request.method == "POST":
        form, saved = save(request, province, form)
        if saved:
            messages.success(request, _("The layout has been saved; new papers are printed in it."))
            return redirect("awards:layout_edit")
    return show(request, form)


def save(request: PortalRequest, province: Province, form: LayoutForm) -> tuple[LayoutForm, bool]:
    """Save, over a colleague's choice only on a second look; the form, and whether it was saved."""
    if not form.is_valid():
        return form, False
    chosen = {name: form.cleaned_data[name] for name in ("party_committee", "version")}
    try:
        transitions.set_print_profile(province, measures=form.measures, **chosen, by=request.user)
    except Stale:
        province.refresh_from_db()
        return over_theirs(form, stored(province), province), False
    except REFUSALS as refusal:
        add_refusal(form, refusal)
        return form, False
    return form, True


@require_POST
def layout_sample(request: PortalRequest) -> HttpResponse:
    """A sample in the sizes that are typed, saved or not."""
    province = own_province(request)
    form = LayoutForm(request.POST, profile=stored(province), province=province)
    if not form.is_valid():
        return show(request, form)
    layout = layout_for(PrintProfile(province=province, **form.measures))
    document = sample(province, timezone.localdate())
    try:
        content = to_pdf(report.TEMPLATE, document, draft=True, layout=layout)
    except DocumentError as refusal:
        add_refusal(form, refusal)
        return show(request, form)
    return pdf(content, "sample", attached=False)
