"""A province's choice of sizes within the bounds of the layout law."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from blocs.models import Province


def between(field: str, low: object, high: object, message: object) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{field}__range": (low, high)}),
        name=f"printprofile_{field}_lawful",
        violation_error_message=message,  # type: ignore[arg-type]
    )


class PrintProfile(models.Model):
    """Sizes of a province's papers (mm, pt, lines) within Decree 30/2020/NĐ-CP, Annex I.

    Without one the usual sizes stand (``awards.documents.layout``).
    """

    province = models.OneToOneField(Province, models.PROTECT, related_name="+")
    margin_top = models.PositiveSmallIntegerField(_("top margin (mm)"), default=20)
    margin_bottom = models.PositiveSmallIntegerField(_("bottom margin (mm)"), default=20)
    margin_left = models.PositiveSmallIntegerField(_("left margin (mm)"), default=30)
    margin_right = models.PositiveSmallIntegerField(_("right margin (mm)"), default=15)
    head_size = models.PositiveSmallIntegerField(
        _("national name and issuing bodies (pt)"),
        default=13,
        help_text=_("The motto stands one point larger."),
    )
    body_size = models.PositiveSmallIntegerField(_("text, title, signatures (pt)"), default=14)
    indent = models.DecimalField(
        _("first line (cm)"), max_digits=3, decimal_places=2, default=Decimal("1.27")
    )
    paragraph_gap = models.PositiveSmallIntegerField(_("between paragraphs (pt)"), default=6)
    line_spacing = models.DecimalField(
        _("line spacing (lines)"), max_digits=3, decimal_places=2, default=Decimal("1.13")
    )
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("layout of the papers")
        verbose_name_plural = _("layouts of the papers")
        constraints = [
            between("margin_top", 20, 25, _("The law asks for 20 to 25 mm.")),
            between("margin_bottom", 20, 25, _("The law asks for 20 to 25 mm.")),
            between("margin_left", 30, 35, _("The law asks for 30 to 35 mm.")),
            between("margin_right", 15, 20, _("The law asks for 15 to 20 mm.")),
            between("head_size", 12, 13, _("The law asks for 12 or 13 pt.")),
            between("body_size", 13, 14, _("The law asks for 13 or 14 pt.")),
            between("paragraph_gap", 6, 12, _("The law asks for 6 pt at least; at most 12.")),
            between("line_spacing", 1, Decimal("1.5"), _("The law asks for 1 to 1.5 lines.")),
            models.CheckConstraint(
                condition=Q(indent__in=[Decimal("1.00"), Decimal("1.27")]),
                name="printprofile_indent_lawful",
                violation_error_message=_("The law asks for 1 or 1.27 cm."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.province)
