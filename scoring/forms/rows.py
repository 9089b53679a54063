"""One row of a sheet as it is saved: alone while somebody types, or with its whole group.

A row that the reader left as it was is never written, and a row that a colleague has changed in
the meantime is never overwritten: both values are shown, and the reader takes one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from blocs.models import User
from blocs.workflow import IllegalMove, Stale
from scoring.kernel.criteria import CriteriaSet as Rules
from scoring.kernel.criteria import Criterion as Leaf
from scoring.kernel.errors import InputError
from scoring.models import Score, ScoreChange, ScoreStage

from .inputs import Entry, FigureForm


@dataclass(frozen=True)
class Conflict:
    """What a colleague saved while the reader was typing."""

    change: ScoreChange | None
    theirs: str
    mine: str
    version: int


class RowForm(FigureForm):
    """A row with the version that the reader saw; ``take`` answers a conflict."""

    version = forms.IntegerField(min_value=0)
    take = forms.ChoiceField(choices=[("mine", "mine"), ("theirs", "theirs")], required=False)
    seen = forms.IntegerField(min_value=0, required=False)

    def __init__(self, data: Any, *, rules: Rules, leaf: Leaf, score: Score) -> None:
        self.score = score
        initial = {**self.texts(leaf, score), "version": score.version}
        super().__init__(data, rules=rules, leaf=leaf, key=score.pk, initial=initial)
        if leaf.late_data:
            self.fields["provisional"] = forms.BooleanField(required=False)
            self.initial["provisional"] = "on" if score.is_provisional else ""
        self.conflict: Conflict | None = None
        self.wrote = False

    # --- what the kinds of row differ in

    @staticmethod
    def texts(leaf: Leaf, score: Score) -> dict[str, str]:
        """The texts that the inputs show for a stored score."""
        raise NotImplementedError

    def summary(self, score: Score | None) -> str:
        """A stored score, or what was typed, on one line."""
        raise NotImplementedError

    def write(self, *, version: int, by: User) -> Score:
        raise NotImplementedError

    @property
    def text_entries(self) -> list[Entry]:
        """The free text beside the figures."""
        raise NotImplementedError

    @property
    def entries(self) -> list[Entry]:
        if "provisional" not in self.fields:
            return super().entries
        tick = self.entry("provisional", "checkbox", _("Provisional: the final figure comes later"))
        return [*super().entries, tick]

    @property
    def all_entries(self) -> list[Entry]:
        return [*self.entries, *self.text_entries]

    @property
    def shown_entries(self) -> list[Entry]:
        """Those that hold something, each value in the words of the page."""
        return [replace(entry, value=entry.text) for entry in self.all_entries if entry.text]

    # --- saving

    @property
    def state(self) -> str:
        """The word beside a row that was posted: half filled in is not yet an error."""
        if not self.errors:
            return "saved"
        if self.conflict is not None:
            return "conflict"
        return "unsaved" if self.incomplete else "failed"

    @property
    def takes_theirs(self) -> bool:
        """Whether the reader leaves a conflict as the colleague saved it."""
        return self.value("take") == "theirs"

    def save(self, *, by: User) -> bool:
        """Write the row if the reader changed it; False when it stays open, with the errors."""
        if self.takes_theirs:
            return True
        if not self.is_valid():
            return False
        version = self.cleaned_data["version"]
        if self.cleaned_data["take"] == "mine" and self.cleaned_data["seen"] is not None:
            version = self.cleaned_data["seen"]
        elif not self._changed_from_seen() or not self._differs_from(self.score):
            return True
        return self._try_to_write(version, by)

    def is_typed_over(self) -> bool:
        """Whether the reader typed anything that is not stored already; wrong input counts too."""
        self.full_clean()
        return self._changed_from_seen() and self._differs_from(self.score)

    def _try_to_write(self, version: int, by: User) -> bool:
        try:
            self.score = self.write(version=version, by=by)
            self.wrote = True
        except Stale as error:
            self.add_error(None, str(error))
            self._note_conflict()
        except InputError as error:
            self.refuse(error)
        except (PermissionDenied, IllegalMove) as error:  # submitted or returned a moment ago
            self.add_error(None, str(error))
        except ValidationError as error:
            self.add_error(None, error)
        return not self.errors

    def _note_conflict(self) -> None:
        current = Score.objects.get(pk=self.score.pk)
        change = current.changes.select_related("by").last()
        self.conflict = Conflict(change, self.summary(current), self.summary(None), current.version)

    def _changed_from_seen(self) -> bool:
        """Whether the reader typed anything, compared with what the page had shown."""
        version = self.cleaned_data.get("version", self.score.version)
        return self._differs_from(
            self.score if version >= self.score.version else score_at(self.score, version)
        )

    def _differs_from(self, score: Score) -> bool:
        texts = {
            **self.texts(self.leaf, score),
            "provisional": "on" if score.is_provisional else "",
        }
        names = [name for name in self.fields if name not in ("version", "take", "seen")]
        return any(self.value(name).strip() != texts.get(name, "").strip() for name in names)


def score_at(score: Score, version: int) -> Score:
    """The score as it was when its version was ``version``: each writing adds one."""
    past = Score(pk=score.pk, sheet_id=score.sheet_id, version=version)
    for change in list(score.changes.all())[:version]:  # prefetched where many are asked
        past.is_provisional = bool(change.provisional)
        if change.stage == ScoreStage.CLAIMED:
            past.claimed_inputs, past.claimed = change.new_inputs, change.new_points
            past.explanation = change.reason
            past.appraised_at = past.appraised = past.appraised_inputs = None
            past.appraisal_reason = ""
        elif change.stage == ScoreStage.APPRAISED:
            past.appraised_inputs, past.appraised = change.new_inputs, change.new_points
            past.appraisal_reason, past.appraised_at = change.reason, change.at
    return past
