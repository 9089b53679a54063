"""The inputs of one row of a sheet, built from what its rule asks for.

A row is answered, blank, or half filled in: only the first can be saved, and the last is not yet
an error while somebody is still typing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from scoring.kernel.criteria import CriteriaSet as Rules
from scoring.kernel.criteria import Criterion as Leaf
from scoring.kernel.entries import read_inputs
from scoring.kernel.errors import InputError
from scoring.kernel.rules import Field, FieldType
from scoring.messages import translated
from scoring.rule_text import label_of, moment_text
from scoring.templatetags.points import points

SPACES = re.compile("[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}]")
PLAIN = re.compile(r"-?[0-9]+([.,][0-9]+)?")
THOUSAND = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{3}")
GROUPED = re.compile(r"-?[1-9][0-9]{0,2}((\.[0-9]{3}){2,}(,[0-9]+)?|(\.[0-9]{3})+,[0-9]+)")
SPACED = re.compile(r"-?[1-9][0-9]{0,2}( [0-9]{3})+([.,][0-9]+)?")
DIGITS = 15  # on either side of the comma, as the kernel takes them
YEARS = range(2000, 2101)


class FigureField(forms.CharField):
    """A number with a comma or a point; "1.000" is refused, for it may mean 1 or 1000."""

    def to_python(self, value: Any) -> Any:
        text = SPACES.sub(" ", str(value or "")).strip().replace("\N{MINUS SIGN}", "-")
        if not text:
            return None
        if THOUSAND.fullmatch(text):
            whole = text.replace(".", "")
            raise ValidationError(
                _("“%(text)s” can be read in two ways: write %(whole)s or %(comma)s.")
                % {"text": text, "whole": whole, "comma": text.replace(".", ",")}
            )
        if GROUPED.fullmatch(text):
            text = text.replace(".", "")
        elif SPACED.fullmatch(text):
            text = text.replace(" ", "")
        if not PLAIN.fullmatch(text):
            raise ValidationError(_("Write a number only, such as 12 or 12,5."))
        whole, _point, decimals = text.lstrip("-").replace(",", ".").partition(".")
        if len(whole) > DIGITS or len(decimals) > DIGITS:
            raise ValidationError(_("This number has too many digits."))
        number = Decimal(text.replace(",", "."))
        return number if number else Decimal(0)  # no "-0"


def _plausible(day: date) -> None:
    if day.year not in YEARS:
        raise ValidationError(_("Write the year with four digits, such as 2024."))


class DayField(forms.DateField):
    default_error_messages = {"invalid": gettext_lazy("Write the day as dd/mm/yyyy.")}
    default_validators = [_plausible]


class MomentField(forms.DateTimeField):
    default_error_messages = {
        "invalid": gettext_lazy("Write the day as dd/mm/yyyy, or with the time: dd/mm/yyyy hh:mm.")
    }
    default_validators = [_plausible]


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Entry:
    """One input as a template draws it; drawn by hand, for a page has two hundred of them."""

    kind: str  # text, select, radio, checkbox
    name: str
    id: str
    label: str
    value: str = ""
    choices: tuple[Choice, ...] = ()
    errors: tuple[str, ...] = ()
    numeric: bool = False

    @property
    def text(self) -> str:
        """The value in the words of the page."""
        if self.kind == "checkbox":
            return _("yes") if self.value else ""
        return next((choice.label for choice in self.choices if choice.chosen), self.value)


class FigureForm(forms.Form):
    """The rule's inputs of one criterion; ``inputs`` is what the transitions want."""

    def __init__(self, data: Any, *, rules: Rules, leaf: Leaf, key: int, **more: Any) -> None:
        super().__init__(data, prefix=f"s{key}", use_required_attribute=False, **more)
        self.rules, self.leaf, self.key = rules, leaf, key
        self.inputs: dict[str, Any] | None = None
        self.incomplete = False
        for asked in leaf.rule.fields:
            for name, form_field in _fields_for(asked):
                self.fields[name] = form_field

    # --- reading

    def clean(self) -> dict[str, Any]:
        if not self.errors and self._typed_any():
            self._read(self.cleaned_data)
        return self.cleaned_data

    def _typed_any(self) -> bool:
        """Whether anything was answered; 0 is an answer."""
        names = [name for asked in self.leaf.rule.fields for name, _field in _fields_for(asked)]
        values = [self.cleaned_data.get(name) for name in names]
        return any(value is not None and value is not False and value != "" for value in values)

    def _read(self, cleaned: Mapping[str, Any]) -> None:
        raw: dict[str, Any] = {}
        for asked in self.leaf.rule.fields:
            if cleaned.get(f"{asked.name}-none") and _is_given(asked, cleaned):
                self.add_error(asked.name, _("Either the tick or a value, not both."))
                return
            raw[asked.name] = _raw(asked, cleaned)
        for asked in self.leaf.rule.fields:
            if raw[asked.name] is MISSING:
                self.incomplete = True
                self.add_error(asked.name, _wanted(asked))
        if self.incomplete:
            return
        try:
            self.inputs = read_inputs(self.rules, self.leaf, raw).document()
        except InputError as error:
            self.refuse(error)

    def refuse(self, error: InputError) -> None:
        """Put a refusal of the kernel at the field that it names."""
        name = error.field
        for asked in self.leaf.rule.fields:
            if name in asked.choices:
                name = f"{asked.name}-{asked.choices.index(name)}"
        self.add_error(name if name in self.fields else None, translated(error))

    # --- drawing

    def value(self, name: str) -> str:
        """The text that stands in an input: as typed, else as stored."""
        if self.is_bound:
            return str(self.data.get(self.add_prefix(name), ""))
        return str(self.initial.get(name, ""))

    def faults(self, name: str) -> tuple[str, ...]:
        return tuple(str(error) for error in self.errors.get(name, ())) if self.is_bound else ()

    def entry(self, name: str, kind: str, label: str, **more: Any) -> Entry:
        return Entry(
            kind,
            self.add_prefix(name),
            f"id_{self.add_prefix(name)}",
            label,
            value=self.value(name),
            errors=self.faults(name),
            **more,
        )

    @property
    def entries(self) -> list[Entry]:
        """The rule's inputs, in order."""
        return [entry for asked in self.leaf.rule.fields for entry in self._entries_of(asked)]

    def _entries_of(self, asked: Field) -> list[Entry]:
        label = label_of(asked, self.leaf.rule)
        if asked.type is FieldType.BOOLEAN:
            value = self.value(asked.name)
            yes_no = (("yes", _("Met")), ("no", _("Not met")))
            choices = tuple(Choice(key, text, value == key) for key, text in yes_no)
            return [self.entry(asked.name, "radio", label, choices=choices)]
        if asked.type is FieldType.CHOICE:
            value = self.value(asked.name)
            choices = tuple(Choice(one, one, value == one) for one in asked.choices)
            return [self.entry(asked.name, "select", label, choices=choices)]
        if asked.type is FieldType.COUNTS:
            counts = [
                self.entry(f"{asked.name}-{number}", "text", text, numeric=True)
                for number, text in enumerate(asked.choices)
            ]
            none = self.entry(f"{asked.name}-none", "checkbox", _("Nothing to report"))
            return [*counts, none, self.entry(asked.name, "errors", label)]
        numeric = asked.type in (FieldType.DECIMAL, FieldType.INTEGER)
        found = [self.entry(asked.name, "text", label, numeric=numeric)]
        if asked.type is FieldType.MOMENT and not asked.required:
            found.append(self.entry(f"{asked.name}-none", "checkbox", _("Nothing came")))
        return found


MISSING = object()


def _fields_for(asked: Field) -> list[tuple[str, forms.Field]]:
    """The form fields of one of the rule's fields."""
    if asked.type is FieldType.BOOLEAN:
        choices = [("yes", "yes"), ("no", "no")]
        return [(asked.name, forms.ChoiceField(choices=choices, required=False))]
    if asked.type is FieldType.CHOICE:
        labels = [(label, label) for label in asked.choices]
        return [(asked.name, forms.ChoiceField(choices=labels, required=False))]
    none = (f"{asked.name}-none", forms.BooleanField(required=False))
    if asked.type is FieldType.COUNTS:
        counts = [
            (f"{asked.name}-{number}", FigureField(required=False))
            for number, _label in enumerate(asked.choices)
        ]
        return [*counts, none, (asked.name, forms.CharField(required=False))]
    if asked.type is FieldType.DAY:
        return [(asked.name, DayField(required=False))]
    if asked.type is FieldType.MOMENT:
        fields: list[tuple[str, forms.Field]] = [(asked.name, MomentField(required=False))]
        return fields if asked.required else [*fields, none]
    return [(asked.name, FigureField(required=False))]


def _wanted(asked: Field) -> str:
    if asked.type is FieldType.MOMENT:
        return _("Write when it came, or tick that nothing came.")
    return _("Still to be filled in.")


def _is_given(asked: Field, cleaned: Mapping[str, Any]) -> bool:
    if asked.type is FieldType.COUNTS:
        return any(
            cleaned.get(f"{asked.name}-{number}") for number, _label in enumerate(asked.choices)
        )
    return cleaned.get(asked.name) not in (None, "")


def _raw(asked: Field, cleaned: Mapping[str, Any]) -> Any:
    """What the rule's ``read`` takes; MISSING where a figure is still wanted."""
    if asked.type is FieldType.COUNTS:
        return {
            label: _whole(cleaned[f"{asked.name}-{number}"])
            for number, label in enumerate(asked.choices)
            if cleaned.get(f"{asked.name}-{number}") is not None
        }
    value = cleaned.get(asked.name)
    if value in (None, ""):
        absent = not asked.required and (
            asked.type is not FieldType.MOMENT or cleaned.get(f"{asked.name}-none")
        )
        return None if absent else MISSING
    if asked.type is FieldType.BOOLEAN:
        return value == "yes"
    if asked.type in (FieldType.DAY, FieldType.MOMENT):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else value


def _whole(value: Decimal) -> object:
    """An int where it is one; the kernel names the field of what is not."""
    return int(value) if value == value.to_integral_value() else value


def texts_of(leaf: Leaf, inputs: Mapping[str, Any] | None) -> dict[str, str]:
    """Stored figures as the texts that the inputs show."""
    if inputs is None:
        return {}
    texts: dict[str, str] = {}
    for asked in leaf.rule.fields:
        value = inputs.get(asked.name)
        if asked.type is FieldType.COUNTS:
            counts = value or {}
            for number, label in enumerate(asked.choices):
                texts[f"{asked.name}-{number}"] = str(counts.get(label, ""))
            texts[f"{asked.name}-none"] = "" if counts else "on"
        elif asked.type is FieldType.BOOLEAN:
            texts[asked.name] = "yes" if value else "no"
        elif asked.type is FieldType.MOMENT:
            texts[asked.name] = moment_text(value) if value else ""
            texts[f"{asked.name}-none"] = "" if value else "on"
        elif value is None:
            texts[asked.name] = ""
        elif asked.type is FieldType.DAY:
            texts[asked.name] = date_format(date.fromisoformat(value), "d/m/Y")
        elif asked.type in (FieldType.DECIMAL, FieldType.INTEGER):
            texts[asked.name] = points(Decimal(value)).replace("\N{MINUS SIGN}", "-")
        else:
            texts[asked.name] = str(value)
    return texts
