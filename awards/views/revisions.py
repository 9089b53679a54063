"""The revisions of a text part: who saved what and when, what changed, and the way back."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from awards import permissions as may
from awards import transitions
from awards.differences import differences
from awards.documents.papers import PaperKey, Section, sections_of
from awards.documents.richtext import comparable
from awards.forms.documents import CompareForm, RestoreForm
from awards.models import DocumentKind, TextPart, TextRevision
from blocs.http import PortalRequest
from blocs.models import Review
from blocs.permissions import require
from blocs.views.lookup import review_or_404

from .documents import paper_or_404
from .refusals import attempt

PAGE = 50  # a part that saves itself while somebody types has many revisions


def section_or_404(key: PaperKey, name: str) -> Section:
    for section in sections_of(key.kind):
        if section.key == name:
            return section
    raise Http404


@require_http_methods(["GET", "POST"])
def text_history(
    request: PortalRequest, bloc: str, year: int, paper: str, section: str
) -> HttpResponse:
    review = review_or_404(request, bloc, year)
    key = paper_or_404(review, paper)
    place = section_or_404(key, section)
    require(may.can_read_revisions(request.user, review, key.kind, key.about))
    rows = TextPart.objects.filter(review=review, document=key.kind, about=key.about)
    part = get_object_or_404(rows, section=section)
    versions = list(part.revisions.values_list("version", flat=True))
    if request.method == "GET":
        return show_history(request, review, place, part, versions)
    form = RestoreForm(request.POST, versions=versions)
    if not attempt(form, lambda: restore(review, part, form, request)):
        return show_history(request, review, place, part, versions, form, status=422)
    messages.success(request, _("The older text has been restored as a new version."))
    return redirect("awards:text_history", *review.url_args, key, section)


def key_of(part: TextPart) -> PaperKey:
    return PaperKey(DocumentKind(part.document), part.about)


def restore(review: Review, part: TextPart, form: RestoreForm, request: PortalRequest) -> TextPart:
    older = part.revisions.get(version=form.cleaned_data["version"])
    return transitions.write_text(
        review,
        key_of(part),
        section=part.section,
        text=older.text,
        version=form.cleaned_data["seen"],
        by=request.user,
    )


def show_history(
    request: PortalRequest,
    review: Review,
    section: Section,
    part: TextPart,
    versions: list[int],
    restoring: RestoreForm | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    compare = CompareForm(request.GET or None, versions=versions)
    old, new = compared(part, compare)
    rows = part.revisions.defer("text").select_related("by__agency")
    before, after = comparable(old.text, new.text) if old and new else ("", "")
    seen = {"version": old.version, "seen": part.version} if old else {}
    context = {
        "review": review,
        "paper": key_of(part),
        "section": section,
        "part": part,
        "compare": compare,
        "old": old,
        "new": new,
        "pieces": differences(before, after),
        "is_formatting": bool(old and new and before == after and old.text != new.text),
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "restore": restoring or RestoreForm(initial=seen, versions=versions),
        "may_edit": may.can_edit_paper(request.user, review, part.document, part.about),
    }
    return render(request, "awards/text_history.html", context, status=status)


def compared(part: TextPart, form: CompareForm) -> tuple[TextRevision | None, TextRevision | None]:
    """The two that were chosen; without a choice the newest and the one before it."""
    found = {one.version: one for one in part.revisions.filter(version__in=form.chosen)}
    old, new = form.chosen
    return found.get(old), found.get(new)
