"""The news item of a conference: read by the province, written by the leader's secretariat."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards import permissions as may
from awards import transitions
from awards.documents.prose import blocks
from awards.forms.fields import add_refusal
from awards.forms.news import NewsForm, PublishForm, TakeBackForm, over_theirs
from awards.models import NewsItem, Photo
from awards.news import signed_by
from blocs.http import PortalRequest, stored_file
from blocs.permissions import require, serves_leader
from blocs.views.lookup import review_or_404
from blocs.workflow import Stale

from .refusals import REFUSALS, attempt, attempt_or_tell

PER_PAGE = 10
EXTENSIONS = {"image/jpeg": "jpg", "image/png": "png"}
PHOTO_KEPT = 3600  # seconds, in the reader's own browser


@require_safe
def news_list(request: PortalRequest) -> HttpResponse:
    """What has been published in the province, newest first."""
    items = NewsItem.objects.published_in(request.user).select_related("review__bloc")
    pages = Paginator(items.prefetch_related("photos"), PER_PAGE)
    context = {"page": pages.get_page(request.GET.get("page"))}
    return render(request, "awards/news_list.html", context)


@require_safe
def news_detail(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    """The item; without one that may be read, members are told so, and strangers get 404.

    A draft and no item at all look alike to members: whether there is a draft is not told.
    """
    item = readable_item(request, bloc, year)
    if item is not None:
        return show_item(request, item)
    review = review_or_404(request, bloc, year)
    context = {
        "review": review,
        "writes": serves_leader(request.user, review),
        "may_draft": may.can_draft_news(request.user, review),
    }
    return render(request, "awards/news_none.html", context)


def readable_item(request: PortalRequest, bloc: str, year: int) -> NewsItem | None:
    """The review's item, if the person may read it."""
    items = NewsItem.objects.select_related("review__bloc__province")
    item = items.filter(review__bloc__slug=bloc, review__year=year).first()
    return item if item is not None and may.can_read_news(request.user, item) else None


def show_item(
    request: PortalRequest, item: NewsItem, *, take_back: TakeBackForm | None = None
) -> HttpResponse:
    """The item as everybody reads it; above it the secretariat sees state and deeds."""
    user = request.user
    context = {
        "item": item,
        "review": item.review,
        "blocks": blocks(item.text),
        "photos": item.photos.all(),
        "signed": signed_by(item.author),
        "writes": serves_leader(user, item.review),
        "may_write": may.can_write_news(user, item),
        "may_publish": may.can_publish_news(user, item),
        "may_withdraw": may.can_withdraw_news(user, item),
        "publish": PublishForm(initial={"version": item.version}),
        "take_back": take_back or TakeBackForm(),
    }
    status = 422 if take_back else 200
    return render(request, "awards/news_detail.html", context, status=status)


def written_item(request: PortalRequest, bloc: str, year: int) -> NewsItem:
    """The item, for the secretariat that writes it; anybody else of the review gets 403.

    Whether the moment is right is asked with the deed.
    """
    review = review_or_404(request, bloc, year)
    if not serves_leader(request.user, review):
        require(may.can_draft_news(request.user, review))
    item = get_object_or_404(NewsItem, review=review)
    item.review = review
    return item


@require_POST
def news_draft(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    review = review_or_404(request, bloc, year)
    if not serves_leader(request.user, review):
        require(may.can_draft_news(request.user, review))
    if attempt_or_tell(request, lambda: transitions.draft_news(review, by=request.user)):
        messages.success(
            request, _("The draft has been written from the records; read it through.")
        )
    return redirect("awards:news_detail", *review.url_args)


@require_http_methods(["GET", "POST"])
def news_edit(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    item = written_item(request, bloc, year)
    if request.method == "GET":
        require(may.can_write_news(request.user, item))
    form = NewsForm(request.POST if request.method == "POST" else None, item=item)
    if request.method == "POST":
        form, saved = save_text(request, item, form)
        if saved:
            messages.success(request, _("The text has been saved."))
            return redirect(item)
    context = {"item": item, "review": item.review, "form": form}
    status = 422 if form.errors else 200
    return render(request, "awards/news_form.html", context, status=status)


def save_text(request: PortalRequest, item: NewsItem, form: NewsForm) -> tuple[NewsForm, bool]:
    """Save, over a colleague's text only on a second look; the form, and whether it was saved."""
    if not form.is_valid():
        return form, False
    version = form.cleaned_data["version"]
    try:
        transitions.write_news(item, fields=form.fields_given, version=version, by=request.user)
    except Stale:
        return over_theirs(form, NewsItem.objects.get(pk=item.pk)), False
    except REFUSALS as refusal:
        add_refusal(form, refusal)
        return form, False
    return form, True


@require_POST
def news_publish(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    item = written_item(request, bloc, year)
    form = PublishForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Read the news item first, then publish it from its own page."))
        return redirect(item)
    version = form.cleaned_data["version"]
    if attempt_or_tell(
        request, lambda: transitions.publish_news(item, version=version, by=request.user)
    ):
        messages.success(request, _("The news item is now read by the whole province."))
    return redirect(item)


@require_POST
def news_withdraw(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    item = written_item(request, bloc, year)
    form = TakeBackForm(request.POST)
    if not attempt(
        form,
        lambda: transitions.withdraw_news(
            item, reason=form.cleaned_data["reason"], by=request.user
        ),
    ):
        return show_item(request, item, take_back=form)
    messages.success(request, _("The news item has been taken back; it is a draft again."))
    return redirect(item)


@require_safe
def photo_image(request: PortalRequest, bloc: str, year: int, pk: int) -> FileResponse:
    """The picture itself, drawn by the portal, to whoever may read the item."""
    item = readable_item(request, bloc, year)
    if item is None:
        raise Http404
    photo = get_object_or_404(Photo, item=item, pk=pk)
    return stored_file(
        photo.image,
        name=f"photo-{pk}.{EXTENSIONS[photo.content_type]}",
        content_type=photo.content_type,
        shown=True,
        cache=f"max-age={PHOTO_KEPT}",
    )
