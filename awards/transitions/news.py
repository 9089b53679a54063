"""The news item of a conference: drafted, written, illustrated, published, taken back."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards import news_facts
from awards import permissions as may
from awards.models import NewsItem, NewsStatus, Photo
from awards.news import text_of, title_of
from awards.photographs import draw_anew
from blocs.models import Review, User
from blocs.permissions import require
from blocs.vietnamese import tidy
from blocs.workflow import IllegalMove, Stale, holding, moving

MOST_PHOTOS = 20
TITLE_LENGTH = 300  # characters, as the column holds


def draft_news(review: Review, *, by: User) -> NewsItem:
    """Write the first draft from the records of the conference; there is one item a review."""
    with holding(review) as held:
        require(may.can_draft_news(by, held))
        if NewsItem.objects.filter(review=held).exists():
            raise IllegalMove(_("The news item has been drafted already."))
        facts = news_facts.gather(held)
        return NewsItem.objects.create(
            review=held,
            title=title_of(facts)[:TITLE_LENGTH],
            text=text_of(facts),
            author=by.full_name,
            version=1,
        )


def write_news(item: NewsItem, *, fields: Mapping[str, str], version: int, by: User) -> NewsItem:
    """Save title, text and author; ``Stale`` when a colleague saved in between."""
    with holding(item) as held:
        require(may.can_write_news(by, held))
        if held.version != version:
            raise Stale(_("A colleague has changed this text in the meantime."))
        for field in ("title", "text", "author"):
            setattr(held, field, tidy(fields[field]))
        held.version += 1
        held.full_clean()
        held.save()
    return held


def publish_news(item: NewsItem, *, version: int, by: User) -> NewsItem:
    """Show the item to the province, as the leader has read it; ``Stale`` if it has changed."""
    with moving(item, NewsStatus.PUBLISHED, by=by) as held:
        require(may.can_publish_news(by, held))
        if held.version != version:
            raise Stale(_("A colleague has changed the text in the meantime; read it again."))
        held.published_at = timezone.now()
    return held


def withdraw_news(item: NewsItem, *, reason: str, by: User) -> NewsItem:
    """Take the item back into the state of a draft, in which it can be corrected."""
    why = tidy(reason)
    if not why:
        raise ValidationError({"reason": _("Say why the news item is taken back.")})
    with moving(item, NewsStatus.DRAFT, by=by, note=why) as held:
        require(may.can_withdraw_news(by, held))
        held.published_at = None
    return held


# --- photographs


def add_photo(item: NewsItem, upload: UploadedFile, *, caption: str, by: User) -> Photo:
    """Draw a photograph anew and put it last; only the new file is kept."""
    require(may.can_write_news(by, item))  # before the work of drawing
    said = caption_or_refuse(caption)
    drawn = draw_anew(upload)
    with holding(item) as held:
        require(may.can_write_news(by, held))
        if held.photos.count() >= MOST_PHOTOS:
            raise ValidationError(
                _("A news item has at most %(most)s photographs.") % {"most": MOST_PHOTOS}
            )
        last = held.photos.last()
        photo = Photo(
            item=held,
            position=last.position + 1 if last else 1,
            content_type=drawn.content_type,
            width=drawn.width,
            height=drawn.height,
            caption=said,
        )
        photo.image.save("", ContentFile(drawn.content), save=False)
        photo.save()
    return photo


def change_caption(photo: Photo, *, caption: str, by: User) -> Photo:
    said = caption_or_refuse(caption)
    with holding(photo.item) as item:
        require(may.can_write_news(by, item))
        held = _present(item, photo)
        held.caption = said
        held.save(update_fields=["caption"])
    return held


def move_photo(photo: Photo, *, earlier: bool, by: User) -> None:
    """One place up or down; the first stays first, the last stays last."""
    with holding(photo.item) as item:
        require(may.can_write_news(by, item))
        held, photos = _present(item, photo), list(item.photos.all())
        place = photos.index(held)
        other = place - 1 if earlier else place + 1
        if 0 <= other < len(photos):
            photos[place], photos[other] = photos[other], photos[place]
        for position, one in enumerate(photos, start=1):
            one.position = position
        Photo.objects.bulk_update(photos, ["position"])


def remove_photo(photo: Photo, *, by: User) -> None:
    """Take a photograph out; its file is erased with it."""
    with holding(photo.item) as item:
        require(may.can_write_news(by, item))
        held = _present(item, photo)
        transaction.on_commit(partial(held.image.storage.delete, str(held.image.name)))
        held.delete()


def caption_or_refuse(caption: str) -> str:
    said = " ".join(tidy(caption).split())
    if not said:
        raise ValidationError({"caption": _("Say what the photograph shows.")})
    return said


def _present(item: NewsItem, photo: Photo) -> Photo:
    held = item.photos.filter(pk=photo.pk).first()
    if held is None:
        raise Stale(_("This photograph has been removed in the meantime."))
    return held
