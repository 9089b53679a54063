"""Numbers of papers, as an office's register counts them: 5, 05 and 005 are one number."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from awards.models import IssuedDocument
from blocs.vietnamese import tidy

NUMBER = re.compile(r"0*([1-9][0-9]{0,4})([A-Za-z]?)")


def number_of(typed: str) -> str:
    """The number in its one form: ``05``, ``12a``, ``105``. Raises ``ValidationError``."""
    found = NUMBER.fullmatch(tidy(typed))
    if found is None:
        raise ValidationError(_("Write the number alone, as 03 or 12a."))
    digits, letter = found.groups()
    return digits.zfill(2) + letter.lower()


def require_free(document: IssuedDocument) -> None:
    """The register gives a number once in a series and year, also where the paper was withdrawn."""
    taken = IssuedDocument.objects.filter(
        province=document.province_id,
        series=document.series,
        dated__year=document.dated.year,
        number=document.number,
    )
    if document.number and taken.exists():
        raise ValidationError({"number": _("This number is taken in this series and year.")})
