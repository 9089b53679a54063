"""Reading the summary table: one member's way to its rank, criteria, charts, changes, years."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from blocs.http import PortalRequest
from scoring.criteria_table_page import sheets_of
from scoring.explanation_page import ExplanationPage
from scoring.forms.comparison import NOW, CompareForm, StageForm
from scoring.models import Summary
from scoring.summary_page import SummaryPage
from scoring.table_changes import changes_between
from scoring.table_charts import ChartWords, has_agreed, paired_charts, stacked_charts
from scoring.tables import Table, table_in_force, table_of
from scoring.trend import trend_of

from .lookup import row_or_404, summary_or_404


@require_safe
def summary_member(request: PortalRequest, bloc: str, year: int, agency: str) -> HttpResponse:
    page = summary_or_404(request, bloc, year)
    explained = ExplanationPage(page, row_or_404(page, agency))
    context = {"page": page, "explained": explained}
    return render(request, "scoring/summary_member.html", context)


@require_safe
def summary_criteria(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    page = summary_or_404(request, bloc, year)
    form = StageForm(request.GET)
    if not form.is_valid():
        raise Http404
    stage = form.cleaned_data["stage"] or "agreed"
    context = {
        "page": page,
        "form": form,
        "version": page.chosen.version if page.chosen else None,
        "stage": stage,
        "sheets": sheets_of(page, stage),
    }
    return render(request, "scoring/summary_criteria.html", context)


@require_safe
def summary_charts(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    page = summary_or_404(request, bloc, year)
    words = chart_words()
    context = {
        "page": page,
        "stacked": stacked_charts(page.table, words),
        "paired": paired_charts(page.table, words),
        "has_agreed": has_agreed(page.table),
    }
    return render(request, "scoring/summary_charts.html", context)


def chart_words() -> ChartWords:
    return ChartWords(
        stacked=_("Points by group, bonus and penalty"),
        stacked_description=_("One bar a member, by rank; the numbers stand in the table below."),
        paired=_("Claimed against appraised"),
        paired_description=_("The totals of each stage; the numbers stand in the table below."),
        part=_("part"),
        bonus=_("Bonus"),
        penalty=_("Penalty"),
        stages=(_("Claimed"), _("Appraised"), _("Agreed")),
    )


@require_safe
def summary_changes(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    page = summary_or_404(request, bloc, year)
    if not page.versions:
        return render(request, "scoring/summary_changes.html", {"page": page})
    form = CompareForm(request.GET, versions=page.versions)
    if not form.is_valid():
        raise Http404
    before, after = (_version(page, form.cleaned_data[name]) for name in ("from", "to"))
    changes = changes_between(before, after)
    context = {"page": page, "form": form, "changes": changes, "before": before, "after": after}
    return render(request, "scoring/summary_changes.html", context)


def _version(page: SummaryPage, chosen: str) -> Table:
    if chosen == NOW:
        return table_in_force(page.review)
    return table_of(Summary.objects.get(review=page.review, version=chosen))


@require_safe
def summary_trend(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    page = summary_or_404(request, bloc, year)
    context = {"page": page, "members": trend_of(page.review, request.user)}
    return render(request, "scoring/summary_trend.html", context)
