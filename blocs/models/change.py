"""What every history of moves has in common."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .people import User


class Change(models.Model):
    """One move of a record from a state to another; never altered, never removed."""

    from_status = models.CharField(max_length=20)
    to_status = models.CharField(max_length=20)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))
    note = models.TextField(_("reason"), blank=True)

    class Meta:
        abstract = True
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.from_status} -> {self.to_status}"
