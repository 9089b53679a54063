"""The sizes that a province chooses for its papers, within the bounds of the law."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.documents.layout import LAYOUT
from awards.models import PrintProfile
from blocs.forms.fields import CountField
from blocs.models import Province

from .fields import Text

# Lines; what layout.py holds is the height that comes of it.
TIGHTEST, LOOSEST = 1, 1.5


def require_within(value: Decimal | int, low: float, high: float, unit: str) -> None:
    if not Decimal(str(low)) <= value <= Decimal(str(high)):
        bounds = {"low": number_format(low), "high": number_format(high), "unit": unit}
        raise ValidationError(_("Choose %(low)s to %(high)s %(unit)s.") % bounds)


class MeasureField(CountField):
    """A whole number of mm or pt between the bounds of a measure."""

    def __init__(self, name: str, **kwargs: Any) -> None:
        self.measure = LAYOUT[name]
        super().__init__(**kwargs)
        self.help_text = f"{self.measure.low:g}–{self.measure.high:g} {self.measure.unit}"

    def validate(self, value: int | None) -> None:
        super().validate(value)
        if value is not None:
            require_within(value, self.measure.low, self.measure.high, self.measure.unit)


class SpacingField(forms.DecimalField):
    """Line spacing in lines; 1,15 and 1.15 are both understood."""

    default_error_messages = {"invalid": gettext_lazy("Write the spacing as 1.15.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            localize=True,
            max_digits=3,
            decimal_places=2,
            help_text=gettext_lazy("1 to 1.5 lines"),
            **kwargs,
        )

    def clean(self, value: Any) -> Any:
        spacing = super().clean(value)
        require_within(spacing, TIGHTEST, LOOSEST, _("lines"))
        return spacing


def sizes(*points: int) -> list[tuple[int, str]]:
    return [(one, f"{one} pt") for one in points]


class LayoutForm(forms.Form):
    """Margins, sizes and spacing, with the version that was before the eyes of the chooser."""

    margin_top = MeasureField("margin-top", label=gettext_lazy("top margin (mm)"))
    margin_bottom = MeasureField("margin-bottom", label=gettext_lazy("bottom margin (mm)"))
    margin_left = MeasureField("margin-left", label=gettext_lazy("left margin (mm)"))
    margin_right = MeasureField("margin-right", label=gettext_lazy("right margin (mm)"))
    head_size = forms.TypedChoiceField(
        label=gettext_lazy("national name and issuing bodies (pt)"),
        choices=sizes(12, 13),
        coerce=int,
        help_text=gettext_lazy("The motto stands one point larger."),
    )
    body_size = forms.TypedChoiceField(
        label=gettext_lazy("text, title, signatures (pt)"), choices=sizes(13, 14), coerce=int
    )
    indent = forms.TypedChoiceField(
        label=gettext_lazy("first line (cm)"),
        choices=[("1.00", "1 cm"), ("1.27", "1,27 cm")],
        coerce=Decimal,
    )
    paragraph_gap = MeasureField("paragraph-gap", label=gettext_lazy("between paragraphs (pt)"))
    line_spacing = SpacingField(label=gettext_lazy("line spacing (lines)"))
    party_committee = Text(
        label=gettext_lazy("provincial Party committee"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("As the papers of Party bodies write it: Tỉnh ủy Trà Vinh"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        profile: PrintProfile,
        province: Province,
    ) -> None:
        self.theirs: list[tuple[str, str]] = []  # label and stored value, where it differs
        initial = {name: getattr(profile, name) for name in (*MEASURES, "version")}
        initial["indent"] = f"{profile.indent:.2f}"
        super().__init__(data, initial={**initial, "party_committee": province.party_committee})
        for field in self.fields.values():
            field.label = _capitalised(field.label)

    @property
    def measures(self) -> dict[str, Any]:
        """The columns of the profile, as the transition takes them."""
        return {name: self.cleaned_data[name] for name in MEASURES}


MEASURES = (
    *("margin_top", "margin_bottom", "margin_left", "margin_right", "head_size", "body_size"),
    *("indent", "paragraph_gap", "line_spacing"),
)


def _capitalised(label: Any) -> str:
    text = str(label or "")
    return text[:1].upper() + text[1:]


def over_theirs(form: LayoutForm, profile: PrintProfile, province: Province) -> LayoutForm:
    """The form again, with what was typed, but over what a colleague saved meanwhile."""
    typed = {name: form.data.get(name, "") for name in form.fields}
    again = LayoutForm(
        {**typed, "version": str(profile.version)}, profile=profile, province=province
    )
    again.add_error(None, _("A colleague has changed the layout in the meantime."))
    stored = {**again.initial, "version": form.cleaned_data["version"]}
    again.theirs = [
        (str(again.fields[name].label), str(stored[name]))
        for name, value in form.cleaned_data.items()
        if str(value) != str(stored[name])
    ]
    return again
