"""The news item of a conference: drafted from its facts, published by the bloc leader."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from blocs.models import Change, Review, User


class NewsStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")


class NewsItemQuerySet(models.QuerySet["NewsItem"]):
    def published_in(self, user: User) -> NewsItemQuerySet:
        """What everybody with an account in the province reads, newest first."""
        if user.agency is None:
            return self.none()
        return self.filter(
            status=NewsStatus.PUBLISHED, review__bloc__province=user.agency.province_id
        ).order_by("-published_at", "-pk")


class NewsItem(models.Model):
    """What the bloc tells of its conference. Scores and counts of votes are left out of it."""

    MOVES = {
        NewsStatus.DRAFT: {NewsStatus.PUBLISHED},
        NewsStatus.PUBLISHED: {NewsStatus.DRAFT},
    }

    review = models.OneToOneField(Review, models.PROTECT, related_name="+")
    status = models.CharField(
        _("state"), max_length=20, choices=NewsStatus, default=NewsStatus.DRAFT, editable=False
    )
    title = models.CharField(_("title"), max_length=300)
    text = models.TextField(_("text"))
    author = models.CharField(_("author"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True, editable=False)

    objects = NewsItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news items")
        constraints = [
            models.CheckConstraint(
                condition=Q(status=NewsStatus.DRAFT, published_at=None)
                | Q(status=NewsStatus.PUBLISHED, published_at__isnull=False),
                name="newsitem_dated_once_published",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("awards:news_detail", args=self.review.url_args)


class NewsChange(Change):
    """A move of a news item."""

    record = models.ForeignKey(NewsItem, models.PROTECT, related_name="changes")


def photo_name(photo: Photo, _original: str) -> str:
    """Where a photograph lies: a random name, for the original one may hold anything."""
    return f"photos/{photo.item_id}/{uuid.uuid4().hex}"


class Photo(models.Model):
    """A photograph with its caption, drawn anew without what a telephone hides in it."""

    item = models.ForeignKey(NewsItem, models.CASCADE, related_name="photos")
    position = models.PositiveSmallIntegerField()
    image = models.FileField(_("photograph"), upload_to=photo_name)
    content_type = models.CharField(max_length=100, editable=False)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    caption = models.CharField(_("caption"), max_length=300)

    class Meta:
        verbose_name = _("photograph")
        verbose_name_plural = _("photographs")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.caption
