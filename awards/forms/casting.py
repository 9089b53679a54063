"""A paper as its voter fills it in; what was marked leaves this module only as the paper itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.contrib.auth.hashers import check_password
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables

from awards.models import PaperForm, Vote, VoteOption
from awards.votes.papers import BLANK, CHOSEN, NO, SPOILED, YES, is_blank
from blocs.models import Membership, User

AGREEMENT = (
    (YES, gettext_lazy("Agree")),
    (NO, gettext_lazy("Disagree")),
    (BLANK, gettext_lazy("No opinion")),
)


class PaperFields(forms.Form):
    """The marks of one member's paper. Nothing is marked beforehand.

    Its fields carry the member in their names, so that several papers can stand on one page and
    no posted id can point elsewhere.
    """

    stem = ""
    spoiled = forms.BooleanField(label=gettext_lazy("Cast an invalid paper"), required=False)
    blank = forms.BooleanField(label=gettext_lazy("Cast it blank all the same"), required=False)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        vote: Vote,
        options: Sequence[VoteOption],
        membership: Membership,
    ) -> None:
        self.vote, self.options, self.membership = vote, options, membership
        prefix = f"{self.stem}-{membership.pk}"
        posted = data is not None and f"{prefix}-posted" in data
        super().__init__(data if posted else None, prefix=prefix)
        self.fields["posted"] = forms.CharField(initial="1", widget=forms.HiddenInput)
        self.asks_blank = False  # whether the paper came in blank and waits for a second yes
        for name, field in self._marks().items():
            self.fields[name] = field

    def _marks(self) -> dict[str, forms.Field]:
        if self.vote.form == PaperForm.APPROVE:
            return {
                f"option-{one.pk}": forms.ChoiceField(
                    label=one.name, choices=AGREEMENT, required=False, widget=forms.RadioSelect
                )
                for one in self.options
            }
        choices = [(str(one.pk), one.name) for one in self.options]
        if self.vote.form == PaperForm.ELECT:
            field: forms.Field = forms.ChoiceField(
                label=_("Choose one"), choices=choices, required=False, widget=forms.RadioSelect
            )
        else:
            field = forms.MultipleChoiceField(
                label=_("Choose %(most)s at most") % {"most": self.vote.most},
                choices=choices,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        return {"chosen": field}

    @property
    def marks(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(("option-", "chosen"))]

    @sensitive_variables()
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors or cleaned.get("spoiled"):
            return cleaned
        paper = self.paper
        if is_blank(paper):
            self.asks_blank = True
            if not cleaned.get("blank"):
                self.add_error("blank", self._blank_words())
        elif self.vote.form == PaperForm.APPROVE:
            for one in self.options:
                if not cleaned[f"option-{one.pk}"]:
                    self.add_error(
                        f"option-{one.pk}", _("Mark this line too, or choose no opinion.")
                    )
        elif paper.count(CHOSEN) > self._limit:
            self.add_error("chosen", _("Choose %(most)s at most.") % {"most": self._limit})
        return cleaned

    def _blank_words(self) -> str:
        if self.vote.blank_is_valid:
            return _("Your paper is blank: it abstains on everything. Cast it all the same?")
        return _("Your paper is blank and would be invalid. Cast it all the same?")

    @property
    def _limit(self) -> int:
        return 1 if self.vote.form == PaperForm.ELECT else self.vote.most

    @property
    def paper(self) -> str:
        """The canonical paper, in the order of the options."""
        cleaned = self.cleaned_data
        if cleaned.get("spoiled"):
            return SPOILED
        if self.vote.form == PaperForm.APPROVE:
            return "".join(cleaned[f"option-{one.pk}"] or BLANK for one in self.options)
        given = cleaned["chosen"]
        chosen = {given} if isinstance(given, str) else set(given)
        return "".join(CHOSEN if str(one.pk) in chosen else BLANK for one in self.options)


class CastForm(PaperFields):
    """A paper of the electronic ballot; where computers are shared it asks for the password."""

    stem = "paper"

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)
        if self.vote.asks_password:
            self.fields["password"] = forms.CharField(
                label=_("Your password"),
                strip=False,
                widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
            )

    @sensitive_variables()
    def clean_password(self) -> str:
        # Not user.check_password: it may write the account, and with that the time of casting.
        typed = cast(str, self.cleaned_data["password"])
        if not check_password(typed, self.user.password):
            raise forms.ValidationError(_("This is not your password."))
        return ""


class WrittenForm(PaperFields):
    """The vote of an absent member, as its letter says."""

    stem = "written"
