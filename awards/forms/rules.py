"""A rule of voting for the bloc's own charter."""

from __future__ import annotations

import re
from collections.abc import Collection
from fractions import Fraction
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.models import Absentees, Comparator, TieBreak, VoteBase
from blocs.vietnamese import tidy

from .fields import Text

FRACTION = re.compile(r"([0-9]{1,3}) ?/ ?([0-9]{1,3})")
PERCENT = re.compile(r"([0-9]{1,3})(?:[.,]([0-9]{1,2}))? ?%")


class ShareField(forms.Field):
    """A share of the whole as "2/3" or "80%", exactly; above 0 unless ``or_none``."""

    def __init__(self, *, or_none: bool = False, **kwargs: Any) -> None:
        self.or_none = or_none
        widget = forms.TextInput(attrs={"autocomplete": "off", "maxlength": 20})
        super().__init__(widget=widget, **kwargs)

    def to_python(self, value: Any) -> Any:
        text = tidy(str(value or ""))
        if not text:
            return None
        share = self._read(text)
        if share is None:
            raise ValidationError(_("Write the share as 2/3 or 80%."))
        if share > 1:
            raise ValidationError(_("The share is at most the whole."))
        if not share and not self.or_none:
            raise ValidationError(_("The share lies above 0 and is at most the whole."))
        return share

    def _read(self, text: str) -> Fraction | None:
        fraction, percent = FRACTION.fullmatch(text), PERCENT.fullmatch(text)
        if fraction and int(fraction[2]):
            return Fraction(int(fraction[1]), int(fraction[2]))
        if percent:
            return Fraction(f"{percent[1]}.{percent[2] or 0}") / 100
        return None


class VoteRuleForm(forms.Form):
    """Base, comparison and share; the quorum; the absent, ties and blank papers; the basis."""

    name = Text(label=gettext_lazy("Name of the rule"), max_length=200)
    comparator = forms.ChoiceField(label=gettext_lazy("In favour"), choices=Comparator.choices)
    share = ShareField(
        label=gettext_lazy("Share"), help_text=gettext_lazy("As a fraction or in percent: 2/3, 80%")
    )
    base = forms.ChoiceField(label=gettext_lazy("Of what number"), choices=VoteBase.choices)
    quorum = ShareField(
        label=gettext_lazy("Quorum: members that must be able to vote"),
        help_text=gettext_lazy("At least this share of all members; 0% for none."),
        or_none=True,
        initial="2/3",
    )
    absentees = forms.ChoiceField(
        label=gettext_lazy("Absent members take part"),
        choices=Absentees.choices,
        initial=Absentees.NOT_COUNTED,
    )
    tie = forms.ChoiceField(label=gettext_lazy("A tie is decided by"), choices=TieBreak.choices)
    blank_is_valid = forms.BooleanField(
        label=gettext_lazy("A wholly blank paper is valid"),
        required=False,
        help_text=gettext_lazy("It then abstains on everything."),
    )
    basis = Text(label=gettext_lazy("Legal basis"), max_length=300, required=False)

    def __init__(self, data: QueryDict | None = None, *, taken: Collection[str] = ()) -> None:
        self.taken = taken
        super().__init__(data, prefix="rule")

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if name in self.taken:
            raise forms.ValidationError(_("The bloc has a rule of this name."))
        return name

    @property
    def columns(self) -> dict[str, Any]:
        """The columns of the rule, as the transition takes them."""
        cleaned = dict(self.cleaned_data)
        share, quorum = cleaned.pop("share"), cleaned.pop("quorum")
        return {
            **cleaned,
            "numerator": share.numerator,
            "denominator": share.denominator,
            "quorum_numerator": quorum.numerator,
            "quorum_denominator": quorum.denominator,
        }
