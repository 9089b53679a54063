"""Words of the members' own reports, taken over into a part of the year-end report."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from awards import permissions as may
from awards import transitions
from awards.documents.papers import PaperKey
from awards.documents.quotes import quotes_for, quoting_parts
from awards.documents.richtext import visible
from awards.forms.documents import PullForm
from awards.models import TextPart
from blocs.http import PortalRequest
from blocs.models import Review
from blocs.permissions import require
from blocs.views.lookup import review_or_404

from .documents import paper_or_404
from .refusals import attempt
from .revisions import key_of, section_or_404


@require_http_methods(["GET", "POST"])
def text_pull(
    request: PortalRequest, bloc: str, year: int, paper: str, section: str
) -> HttpResponse:
    review = review_or_404(request, bloc, year)
    key = paper_or_404(review, paper)
    place = section_or_404(key, section)
    if section not in quoting_parts(key.kind):
        raise Http404
    require(may.can_edit_paper(request.user, review, key.kind, key.about))
    part = part_of(review, key, section)
    form = PullForm(request.POST or None, quotes=quotes_for(review, section), version=part.version)
    if request.method == "POST" and attempt(form, lambda: pull(part, form, request)):
        messages.success(request, _("The words have been put below the text."))
        args = [*review.url_args, key]
        return redirect(reverse("awards:text_edit", args=args, fragment=section))
    if form.is_bound:
        form.look_again(part.version)
    context = {"review": review, "paper": key, "section": place, "part": part, "form": form}
    context |= {"now": visible(part.text)}
    return render(request, "awards/text_pull.html", context, status=422 if form.is_bound else 200)


def part_of(review: Review, key: PaperKey, section: str) -> TextPart:
    place = {"review": review, "document": key.kind, "about": key.about, "section": section}
    return TextPart.objects.filter(**place).first() or TextPart(**place)


def pull(part: TextPart, form: PullForm, request: PortalRequest) -> TextPart:
    return transitions.pull_texts(
        part.review, key_of(part), section=part.section, by=request.user, **form.cleaned_data
    )
