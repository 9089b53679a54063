"""A member's own report: its text, and the rows of its exemplary models and rewards."""

from __future__ import annotations

from functools import cached_property
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from blocs.forms.fields import CountField
from blocs.models import (
    USUAL_REWARDS,
    ExemplaryModel,
    MemberReport,
    RewardCount,
    reward_key,
)

BLANK_ROWS = 3  # below those that are there; saving brings as many again
MOST_ROWS = 100
MOST_REWARDED = 1_000_000
USUAL_REWARDS_ID = "usual-rewards"  # of the datalist on the page


class ReportForm(forms.ModelForm):
    """The text of the report; ``version`` is that of the text the writer began with."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    staff = CountField(label=_("Number of staff"), required=False, max_value=1_000_000)

    class Meta:
        model = MemberReport
        fields = ["staff", "results", "shortcomings", "proposals"]
        widgets = {
            "results": forms.Textarea(attrs={"rows": 12}),
            "shortcomings": forms.Textarea(attrs={"rows": 6}),
            "proposals": forms.Textarea(attrs={"rows": 5}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version

    @property
    def report(self) -> dict[str, Any]:
        """The report's own fields."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class RowForm(forms.ModelForm):
    """One row of a report. A row that was emptied or ticked to be removed is none."""

    TYPED: tuple[str, ...] = ()  # the fields of which one filled in makes a row

    remove = forms.BooleanField(label=_("Remove"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.empty_permitted = True
        look = {"select": "form-select", "checkbox": "form-check-input"}
        for field in self.visible_fields():
            field.field.widget.attrs["class"] = look.get(field.widget_type, "form-control")

    def has_changed(self) -> bool:
        """Whether this is a row: what the report held before does not matter, it is replaced."""
        if self["remove"].data:
            return False
        return any(str(self[name].data or "").strip() for name in self.TYPED)


class ModelRow(RowForm):
    TYPED = ("name", "unit", "deeds")

    class Meta:
        model = ExemplaryModel
        fields = ["kind", "name", "unit", "deeds"]
        widgets = {"deeds": forms.Textarea(attrs={"rows": 3})}


class RewardRow(RowForm):
    TYPED = ("form", "collectives", "individuals")

    collectives = CountField(label=_("Collectives"), required=False, max_value=MOST_REWARDED)
    individuals = CountField(label=_("Individuals"), required=False, max_value=MOST_REWARDED)

    class Meta:
        model = RewardCount
        fields = ["form", "collectives", "individuals"]
        widgets = {"form": forms.TextInput(attrs={"list": USUAL_REWARDS_ID, "autocomplete": "off"})}

    def clean(self) -> dict[str, Any]:
        """A blank number is none; somebody must have received it."""
        cleaned = super().clean() or self.cleaned_data
        numbers = [cleaned.get(name, 1) or 0 for name in ("collectives", "individuals")]
        if not any(numbers):
            self.add_error("collectives", _("Give the number of collectives or of individuals."))
        for name in ("collectives", "individuals"):
            if name in cleaned:
                cleaned[name] = cleaned[name] or 0
        return cleaned


class BaseRows(forms.BaseFormSet):
    """The rows of a report, with empty ones below them."""

    def full_clean(self) -> None:
        """Also lets the fields with errors look so; Django marks them for screen readers only."""
        super().full_clean()
        for form in self.forms if self.is_bound else ():
            for name in form.errors.keys() & form.fields.keys():
                form.fields[name].widget.attrs["class"] += " is-invalid"

    @property
    def filled(self) -> list[RowForm]:
        return [form for form in self.forms if form.has_changed()]

    @property
    def rows(self) -> list[Any]:
        """The rows as records not saved yet; asked of a valid list."""
        return [form.instance for form in self.filled]


class BaseRewardRows(BaseRows):
    def clean(self) -> None:
        """Every title or reward once, however it is spelt."""
        seen = set()
        for form in self.filled:
            key = reward_key(form.cleaned_data.get("form", ""))
            if key and key in seen:
                form.add_error("form", _("This title or reward is listed already."))
            seen.add(key)


def rows_class(form: type[RowForm], formset: type[BaseRows]) -> type[BaseRows]:
    made = forms.formset_factory(
        form,
        formset=formset,
        extra=BLANK_ROWS,
        max_num=MOST_ROWS,
        absolute_max=MOST_ROWS + BLANK_ROWS,
        validate_max=True,
    )
    return cast("type[BaseRows]", made)


ModelRows = rows_class(ModelRow, BaseRows)
RewardRows = rows_class(RewardRow, BaseRewardRows)


class ReportForms:
    """The text of a report and its rows, shown, checked and saved together."""

    usual_rewards = USUAL_REWARDS
    usual_rewards_id = USUAL_REWARDS_ID

    def __init__(self, data: QueryDict | None, report: MemberReport) -> None:
        self.data, self.report = data, report
        self.text = ReportForm(data, instance=report)

    @cached_property
    def models(self) -> BaseRows:
        held = self.report.pk is not None and self.data is None
        rows = self.report.exemplary_models.values(*ModelRow.Meta.fields) if held else ()
        return ModelRows(self.data, initial=list(rows), prefix="models")

    @cached_property
    def rewards(self) -> BaseRows:
        held = self.report.pk is not None and self.data is None
        rows = self.report.reward_counts.values(*RewardRow.Meta.fields) if held else ()
        return RewardRows(self.data, initial=list(rows), prefix="rewards")

    @property
    def is_bound(self) -> bool:
        return self.text.is_bound

    def is_valid(self) -> bool:
        # Each is asked, so that all errors stand on the page at once.
        return all([self.text.is_valid(), self.models.is_valid(), self.rewards.is_valid()])

    def wrong_rows(self) -> list[tuple[int, RowForm]]:
        """The rows with errors, each with its number in its table."""
        if not self.is_bound:
            return []
        return [
            (number, form)
            for formset in (self.models, self.rewards)
            for number, form in enumerate(formset.forms, start=1)
            if form.errors
        ]
