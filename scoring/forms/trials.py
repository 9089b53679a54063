"""What is chosen for a trial: one set or two, and the figures they are tried on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from scoring.criteria import rules_of
from scoring.criteria_files import (
    MAX_BYTES,
    MAX_WORDS,
    examples,
    read_file,
    refuse_control_characters,
)
from scoring.kernel.answers_file import parse_answers, read_case
from scoring.kernel.arithmetic import nfc
from scoring.kernel.errors import InputError
from scoring.messages import translated
from scoring.trials import Candidate, Figures, Stock, Trial, try_set

MAX_ANSWERS = 500_000  # bytes; the example of four members has 17 000
MAX_MEMBERS = 100  # a bloc has a tenth of it
OWN, EARLIER = "own", "earlier"


class TrialForm(forms.Form):
    """Two sets at the most, each from the list or from a file, and the figures.

    A valid form holds the ``trials``, one or two, in the order A, B.
    """

    set_a = forms.ChoiceField(label=gettext_lazy("Set A from the list"), required=False)
    file_a = forms.FileField(
        label=gettext_lazy("Or set A from a file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml"}),
        help_text=gettext_lazy("A YAML file in UTF-8, of 200 kB at the most."),
    )
    set_b = forms.ChoiceField(label=gettext_lazy("Set B from the list"), required=False)
    file_b = forms.FileField(
        label=gettext_lazy("Or set B from a file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml"}),
        help_text=gettext_lazy("Leave both empty to try set A alone."),
    )
    figures = forms.ChoiceField(label=gettext_lazy("Figures of a review"), required=False)
    answers = forms.FileField(
        label=gettext_lazy("Or figures from a file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".json"}),
        help_text=gettext_lazy("A JSON file as for “tabulate”, of 500 kB at the most."),
    )

    trials: list[Trial]
    used: Figures

    def __init__(self, *args: Any, stock: Stock, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stock = stock
        sets = [("", _("— none —")), *self._sets()]
        for name in ("set_a", "set_b"):
            self.fields[name].choices = sets  # type: ignore[attr-defined]
        figures = [("", _("— none —"))]
        if stock.earlier is not None:
            figures.append((EARLIER, _("Review of %(year)s") % {"year": stock.earlier.year}))
        self.fields["figures"].choices = figures  # type: ignore[attr-defined]

    def _sets(self) -> list[tuple[str, str]]:
        found = []
        if self.stock.own is not None:
            state = _("draft of this review") if self.stock.own.is_draft else _("adopted")
            found.append((OWN, f"{self.stock.own.title} ({state})"))
        if self.stock.earlier is not None and self.stock.earlier_set is not None:
            title = self.stock.earlier_set.title
            found.append((EARLIER, f"{title} ({self.stock.earlier.year})"))
        example = _("example")
        return found + [(one.name, f"{one.rules.title} ({example})") for one in examples()]

    def clean_file_a(self) -> UploadedFile | None:
        return self._not_too_large("file_a", MAX_BYTES)

    def clean_file_b(self) -> UploadedFile | None:
        return self._not_too_large("file_b", MAX_BYTES)

    def clean_answers(self) -> UploadedFile | None:
        return self._not_too_large("answers", MAX_ANSWERS)

    def clean_figures(self) -> str:
        chosen: str = self.cleaned_data["figures"]
        if chosen == EARLIER and not self.stock.may_use_earlier:
            raise ValidationError(self.stock.may_use_earlier.reason)
        return chosen

    def _not_too_large(self, field: str, largest: int) -> UploadedFile | None:
        file: UploadedFile | None = self.cleaned_data[field]
        if file is not None and file.size is not None and file.size > largest:
            raise ValidationError(
                _("The file has more than %(largest)s kB. Wrong file?")
                % {"largest": largest // 1000}
            )
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        candidates = {"a": self._candidate("a"), "b": self._candidate("b")}
        chosen = {letter: one for letter, one in candidates.items() if one is not None}
        if "a" not in chosen and not self.errors:
            self.add_error("set_a", _("Choose a set of the list or a file of your own."))
        figures = None if self.errors else self._figures(list(chosen.values()))
        if figures is not None:
            self.used = figures
            self.trials = [
                trial
                for letter, one in chosen.items()
                if (trial := self._tried(letter, one, figures)) is not None
            ]
        return cleaned

    def _candidate(self, letter: str) -> Candidate | None:
        name, file = self.cleaned_data[f"set_{letter}"], self.cleaned_data[f"file_{letter}"]
        if name and file:
            self.add_error(f"file_{letter}", _("Choose either a set of the list or a file."))
            return None
        if file:
            try:
                return Candidate(read_file(file.read()))
            except ValidationError as error:
                self.add_error(f"file_{letter}", error)
                return None
        if name == OWN:
            return self.stock.own_candidate()
        if name == EARLIER and self.stock.earlier_set is not None:
            return Candidate(rules_of(self.stock.earlier_set))
        return next((Candidate(one.rules) for one in examples() if one.name == name), None)

    def _figures(self, candidates: list[Candidate]) -> Figures | None:
        chosen, file = self.cleaned_data["figures"], self.cleaned_data["answers"]
        if bool(chosen) == bool(file):
            self.add_error(
                "answers" if file else "figures",
                _("Choose either the figures of the earlier review or a file of answers."),
            )
            return None
        if not file:
            return self._earlier_figures()
        try:
            return read_answers(file.read(), candidates)
        except ValidationError as error:
            self.add_error("answers", error)
            return None

    def _earlier_figures(self) -> Figures | None:
        figures = self.stock.earlier_figures()
        if not figures.members:
            self.add_error("figures", _("None of the members took part in the earlier review."))
            return None
        return figures

    def _tried(self, letter: str, candidate: Candidate, figures: Figures) -> Trial | None:
        try:
            return try_set(candidate, figures)
        except InputError as error:
            field = "file" if self.cleaned_data[f"file_{letter}"] else "set"
            self.add_error(f"{field}_{letter}", explained(error))
            return None


def read_answers(content: bytes, candidates: list[Candidate]) -> Figures:
    """The figures of a file of answers, read by the first of the sets whose code it names.

    ``ValidationError`` in the reader's language for anything else.
    """
    try:
        raw = parse_answers(content.decode("utf-8-sig"))
        refuse_control_characters(raw)
        named = nfc(str(raw.get("set"))) if isinstance(raw, dict) else ""
        sets = [one.rules for one in candidates]
        rules = next((one for one in sets if one.code == named), sets[0])
        _refuse_crowd(raw)
        return Figures(rules, read_case(rules, raw), raw=raw)
    except UnicodeDecodeError as error:
        raise ValidationError(_("The file is not text in UTF-8.")) from error
    except RecursionError as error:
        raise ValidationError(_("The file is nested too deeply.")) from error
    except InputError as error:
        raise ValidationError(explained(error)) from error


def _refuse_crowd(raw: object) -> None:
    members = raw.get("members") if isinstance(raw, dict) else None
    if isinstance(members, dict) and not 0 < len(members) <= MAX_MEMBERS:
        raise ValidationError(
            _("The file has %(count)s members; 1 to %(most)s can be compared.")
            % {"count": len(members), "most": MAX_MEMBERS}
        )


def explained(error: InputError) -> str:
    """Where in the file or table it is, by member and code, and what is wrong."""
    where = ", ".join(part for part in (*error.path, error.field) if part)
    text = f"{where}: {translated(error)}" if where else translated(error)
    return Truncator(text.encode(errors="replace").decode()).chars(MAX_WORDS)
