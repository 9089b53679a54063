"""The photographs of a news item: added, captioned, put in order, removed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from awards import permissions as may
from awards import transitions
from awards.forms.news import CaptionForm, MoveForm, PhotoForm
from awards.models import NewsItem, Photo
from awards.transitions.news import MOST_PHOTOS
from blocs.http import PortalRequest
from blocs.permissions import require

from .news import written_item
from .refusals import attempt, attempt_or_tell


@require_http_methods(["GET", "POST"])
def photo_list(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    """The photographs, and the form for another one."""
    item = written_item(request, bloc, year)
    if request.method == "GET":
        require(may.can_write_news(request.user, item))
        return show_photos(request, item)
    form = PhotoForm(request.POST, request.FILES)
    if not attempt(form, lambda: transitions.add_photo(item, **form.photo, by=request.user)):
        return show_photos(request, item, added=form)
    messages.success(request, _("The photograph has been added."))
    return back_to(item, "add")


def show_photos(
    request: PortalRequest,
    item: NewsItem,
    *,
    added: PhotoForm | None = None,
    changed: CaptionForm | None = None,
) -> HttpResponse:
    """The page; forms that were refused come back with what was typed."""
    photos = list(item.photos.all())
    context = {
        "item": item,
        "review": item.review,
        "rows": [
            (photo, changed if changed and changed.photo == photo else CaptionForm(photo=photo))
            for photo in photos
        ],
        "may_write": may.can_write_news(request.user, item),
        "is_full": len(photos) >= MOST_PHOTOS,
        "most": MOST_PHOTOS,
        "form": added or PhotoForm(),
    }
    status = 422 if added or changed else 200
    return render(request, "awards/news_photos.html", context, status=status)


def photo_or_404(item: NewsItem, pk: int) -> Photo:
    photo = get_object_or_404(Photo, item=item, pk=pk)
    photo.item = item
    return photo


def back_to(item: NewsItem, anchor: str) -> HttpResponse:
    page = reverse("awards:photo_list", args=item.review.url_args, fragment=anchor)
    return HttpResponseRedirect(page)


@require_POST
def photo_caption(request: PortalRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    item = written_item(request, bloc, year)
    photo = photo_or_404(item, pk)
    form = CaptionForm(request.POST, photo=photo)
    if not attempt(
        form,
        lambda: transitions.change_caption(
            photo, caption=form.cleaned_data["caption"], by=request.user
        ),
    ):
        return show_photos(request, item, changed=form)
    messages.success(request, _("The caption has been saved."))
    return back_to(item, f"photo-{pk}")


@require_POST
def photo_move(request: PortalRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    item = written_item(request, bloc, year)
    photo, form = photo_or_404(item, pk), MoveForm(request.POST)
    if form.is_valid():
        attempt_or_tell(
            request,
            lambda: transitions.move_photo(photo, earlier=form.earlier, by=request.user),
        )
    return back_to(item, f"photo-{pk}")


@require_POST
def photo_remove(request: PortalRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    item = written_item(request, bloc, year)
    photo = photo_or_404(item, pk)
    if attempt_or_tell(request, lambda: transitions.remove_photo(photo, by=request.user)):
        messages.success(request, _("The photograph has been removed."))
    return back_to(item, "photos")
