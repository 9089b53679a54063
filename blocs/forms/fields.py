"""Days, moments and counts as they are typed in Vietnam."""

from __future__ import annotations

import datetime
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

FIRST_YEAR, LAST_YEAR = 2000, 2100


def require_plausible(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValidationError(
            _("The year must lie between %(first)s and %(last)s.")
            % {"first": FIRST_YEAR, "last": LAST_YEAR}
        )


class DayField(forms.DateField):
    """A day as dd/mm/yyyy, typed: a date picker would show it in the computer's own order."""

    default_error_messages = {"invalid": gettext_lazy("Write the day as 31/12/2026.")}

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"placeholder": "31/12/2026", "autocomplete": "off"}

    def validate(self, value: datetime.date | None) -> None:
        super().validate(value)
        if value is not None:
            require_plausible(value.year)


class MomentField(forms.DateTimeField):
    """A day and the time of day; without a time it means the day's beginning."""

    default_error_messages = {
        "invalid": gettext_lazy("Write day and time as 31/12/2026 16:30, or the day alone.")
    }

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"placeholder": "31/12/2026 16:30", "autocomplete": "off"}

    def validate(self, value: datetime.datetime | None) -> None:
        super().validate(value)
        if value is not None:
            require_plausible(value.year)


class CountField(forms.IntegerField):
    """A whole number in plain digits: Django would read "1.000" as one."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        if not re.fullmatch(r"[0-9]{1,9}", str(value).strip()):
            raise ValidationError(_("Write the number in digits only, as in 1200."))
        return int(value)
