"""A count of printed papers: its numbers, its scan, and the second teller's answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from awards.models import PaperForm, Tally, Vote, VoteOption
from awards.tallies import TOTALS, Figures, columns_of, figures_of, line_field
from blocs.forms.fields import CountField

from .fields import Paragraphs

MOST = 999  # papers: far beyond any bloc, and within the column
LABELS = {
    "yes": _("In favour"),
    "no": _("Against"),
    "abstain": _("No opinion"),
}
CHOSEN = _("Votes")


@dataclass(frozen=True)
class TallyRow:
    """An option's line on the form: its fields, and what they add up to so far."""

    option: VoteOption
    cells: tuple[tuple[str, forms.BoundField], ...]
    total: int | None


@dataclass(frozen=True)
class SavedRow:
    """An option's saved numbers, to be read."""

    name: str
    cells: tuple[tuple[str, int | None], ...]


class TallyForm(forms.Form):
    """All numbers of a count. Any of them may be missing: it is a draft until it is sent."""

    issued = CountField(label=_("Papers handed out"), required=False, max_value=MOST)
    returned = CountField(label=_("Papers handed in"), required=False, max_value=MOST)
    valid = CountField(label=_("Valid papers"), required=False, max_value=MOST)
    invalid = CountField(label=_("Invalid papers"), required=False, max_value=MOST)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        vote: Vote,
        options: Sequence[VoteOption],
        tally: Tally | None = None,
    ) -> None:
        self.vote, self.options = vote, options
        self.columns = columns_of(vote)
        self.saved = figures_of(tally) if tally else Figures(lines=((None,) * 3,) * len(options))
        super().__init__(data, initial=self._initial())
        for option in options:
            for column in self.columns:
                label = f"{option.name}: {self.heading(column)}"
                field = CountField(label=label, required=False, max_value=MOST)
                field.widget.attrs |= {"aria-label": label, "class": "form-control"}
                self.fields[line_field(column, option)] = field

    def heading(self, column: str) -> str:
        return str(LABELS[column] if self.vote.form == PaperForm.APPROVE else CHOSEN)

    @property
    def headings(self) -> list[str]:
        return [self.heading(column) for column in self.columns]

    def _initial(self) -> dict[str, int | None]:
        initial = dict(zip(TOTALS, self.saved.totals, strict=True))
        for option, line in zip(self.options, self.saved.lines, strict=True):
            for column, number in zip(self.columns, line, strict=False):
                initial[line_field(column, option)] = number
        return initial

    @cached_property
    def figures(self) -> Figures:
        """What was typed, as far as it is numbers; on a fresh form what was saved.

        Kept once read: an error added later takes its number out of ``cleaned_data``.
        """
        if not self.is_bound:
            return self.saved
        self.is_valid()  # makes cleaned_data, also of a form with errors
        typed: dict[str, Any] = self.cleaned_data
        issued, returned, valid, invalid = (typed.get(name) for name in TOTALS)
        lines = tuple(
            (
                typed.get(line_field("yes", option)),
                typed.get(line_field("no", option)),
                typed.get(line_field("abstain", option)),
            )
            for option in self.options
        )
        return Figures(issued, returned, valid, invalid, lines)

    @property
    def totals(self) -> list[forms.BoundField]:
        return [self[name] for name in TOTALS]

    @property
    def rows(self) -> list[TallyRow]:
        rows = []
        for option, line in zip(self.options, self.figures.lines, strict=True):
            typed = [number for number in line[: len(self.columns)] if number is not None]
            cells = tuple(
                (self.heading(column), self[line_field(column, option)]) for column in self.columns
            )
            rows.append(TallyRow(option, cells, sum(typed) if typed else None))
        return rows

    @property
    def saved_rows(self) -> list[SavedRow]:
        return [
            SavedRow(
                option.name,
                tuple(
                    (self.heading(column), number)
                    for column, number in zip(self.columns, line, strict=False)
                ),
            )
            for option, line in zip(self.options, self.saved.lines, strict=True)
        ]


class ScanForm(forms.Form):
    """The counted papers, scanned."""

    scan = forms.FileField(
        label=_("Scan of the papers"),
        help_text=_("PDF, JPG or PNG, at most 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )


class ConfirmForm(forms.Form):
    """The second teller's yes to the count that was read, and to no other."""

    tally = forms.IntegerField(widget=forms.HiddenInput)
    compared = forms.BooleanField(
        label=_("I have compared these numbers with the papers."),
        error_messages={"required": _("Compare the numbers with the papers first.")},
    )


class RejectForm(forms.Form):
    """What is wrong with the count."""

    tally = forms.IntegerField(widget=forms.HiddenInput)
    reason = Paragraphs(label=_("What is wrong with the count"), rows=3, max_length=2000)
