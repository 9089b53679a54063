"""A question for the conference: what is put to the vote, to whom, how, and by which rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.models import (
    Absentees,
    Award,
    AwardRule,
    Method,
    PaperForm,
    Resolution,
    ResolutionKind,
    Vote,
    VoteRule,
)
from awards.transitions import Question
from awards.wording import quorum_words, threshold_words
from blocs.forms.fields import CountField
from blocs.models import Membership, Office, Review
from scoring.tables import Row

from .fields import Text
from .resolutions import bars_to

METHODS = (
    (
        Method.SECRET_BALLOT,
        gettext_lazy("Secret ballot: nobody learns who voted how; the papers are counted."),
    ),
    (
        Method.SHOW_OF_HANDS,
        gettext_lazy("Show of hands: everybody sees who votes how; the hands are counted."),
    ),
    (
        Method.CONSENSUS,
        gettext_lazy("Consensus: nobody objects; reservations go into the minutes."),
    ),
)


@dataclass(frozen=True)
class Subject:
    """What a question is about."""

    kind: str
    award: Award | None = None
    office: str = ""

    @property
    def key(self) -> str:
        """As it stands in an address: ``award-flag``, ``office-leader``, ``other``."""
        if self.award is not None:
            return f"award-{self.award.code}"
        return f"office-{self.office}" if self.office else "other"

    @property
    def label(self) -> str:
        if self.award is not None:
            return _("Proposal: %(award)s") % {"award": self.award.short}
        if self.office:
            return _("Election: %(office)s") % {"office": Office(self.office).label}
        return _("Another question")

    def title(self, year: int) -> str:
        """The question as papers print it, in Vietnamese; nothing where people write their own."""
        if self.award is not None:
            return f"Đề nghị tặng {self.award.name} năm {year}"
        if self.office == Office.LEADER:
            return f"Bầu Khối trưởng năm {year + 1}"
        return f"Bầu Khối phó năm {year + 1}" if self.office else ""


def subjects_of(rules: Sequence[AwardRule]) -> tuple[Subject, ...]:
    """All that can be put to the vote: the awards by their rules, both offices, other questions."""
    return (
        *(Subject(ResolutionKind.PROPOSE, award=rule.award) for rule in rules),
        Subject(ResolutionKind.ELECT, office=Office.LEADER),
        Subject(ResolutionKind.ELECT, office=Office.DEPUTY),
        Subject(ResolutionKind.OTHER),
    )


class SubjectForm(forms.Form):
    """What the question is about: asked first, for it decides who may stand."""

    subject = forms.ChoiceField(label=gettext_lazy("What is put to the vote"))

    def __init__(self, data: QueryDict | None = None, *, subjects: Sequence[Subject]) -> None:
        super().__init__(data)
        self.subjects = {one.key: one for one in subjects}
        field = cast(forms.ChoiceField, self.fields["subject"])
        field.choices = [(key, one.label) for key, one in self.subjects.items()]

    @property
    def chosen(self) -> Subject | None:
        return self.subjects.get(self.cleaned_data["subject"]) if self.is_valid() else None


@dataclass(frozen=True)
class Ground:
    """What a question is checked against."""

    review: Review
    members: Sequence[Membership]
    rows: Mapping[str, Row]  # of the table, by the agency's slug
    award_rules: Sequence[AwardRule]
    rules: Sequence[VoteRule]
    resolutions: Sequence[Resolution] = ()

    def rank_of(self, member: Membership) -> int | None:
        row = self.rows.get(member.agency.slug)
        return row.rank if row else None

    def ranked(self) -> list[Membership]:
        """Best rank first, then the unranked."""
        return sorted(self.members, key=lambda one: self.rank_of(one) or len(self.members) + 1)

    def rule_of(self, subject: Subject) -> AwardRule | None:
        return next((one for one in self.award_rules if one.award == subject.award), None)

    def bars(self, subject: Subject, member: Membership) -> list[str]:
        """Why a member cannot stand; its rank bars nobody, for the vote may depart from it."""
        decided = [one for one in self.resolutions if one.kind == subject.kind and one.carried]
        if subject.kind == ResolutionKind.ELECT:
            if any(one.membership_id == member.pk for one in decided):
                return [_("This member has been elected already.")]
            return []
        rule = self.rule_of(subject)
        if rule is None:
            return []
        return [
            why for _at, why in bars_to(rule, self.rows.get(member.agency.slug), decided, member)
        ]

    def seats_left(self, subject: Subject) -> int:
        """How many the question may choose: the quota less what is proposed; else one."""
        rule = self.rule_of(subject)
        if rule is None:
            return 1
        proposed = sum(
            one.carried and one.kind == subject.kind and one.award_id == rule.award_id
            for one in self.resolutions
        )
        return max(rule.quota - proposed, 1)


class CandidateBoxes(forms.CheckboxSelectMultiple):
    """One box a member; those that are barred are shown and cannot be ticked."""

    def __init__(self) -> None:
        super().__init__()
        self.barred: set[str] = set()

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if str(value) in self.barred:
            option["attrs"]["disabled"] = True
            option["selected"] = False
        return option


class QuestionForm(forms.Form):
    """One question with its candidates, its paper, its method and its rule."""

    title = Text(
        label=gettext_lazy("Question"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("As it is printed; left empty, it is filled in."),
    )
    sentence = Text(
        label=gettext_lazy("What the conference resolves if it agrees"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Left empty, it is the question itself."),
    )
    candidates = forms.MultipleChoiceField(
        label=gettext_lazy("Candidates"), required=False, widget=CandidateBoxes
    )
    form = forms.ChoiceField(
        label=gettext_lazy("What a voter is asked"),
        choices=PaperForm.choices,
        widget=forms.RadioSelect,
    )
    most = CountField(
        label=gettext_lazy("May be chosen at most"),
        min_value=1,
        max_value=50,
        initial=1,
        help_text=gettext_lazy("Only where a voter chooses several."),
    )
    seats = CountField(label=gettext_lazy("Are to be chosen"), min_value=1, max_value=50, initial=1)
    method = forms.ChoiceField(
        label=gettext_lazy("Method"), choices=METHODS, widget=forms.RadioSelect
    )
    on_paper = forms.BooleanField(
        label=gettext_lazy("On printed papers"),
        required=False,
        help_text=gettext_lazy("A secret ballot only: two tellers type and confirm the count."),
    )
    asks_password = forms.BooleanField(
        label=gettext_lazy("Ask for the password before each paper"),
        required=False,
        help_text=gettext_lazy("An electronic ballot where several delegates share a computer."),
    )
    rule = forms.ChoiceField(label=gettext_lazy("Rule"), widget=forms.RadioSelect)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        subject: Subject,
        ground: Ground,
        vote: Vote | None = None,
    ) -> None:
        self.subject, self.ground = subject, ground
        self.members = {str(one.pk): one for one in ground.members}
        super().__init__(data, prefix="question", initial=self._initial(vote))
        self._offer_candidates()
        self.rules = {str(one.pk): one for one in ground.rules}
        rule = cast(forms.ChoiceField, self.fields["rule"])
        rule.choices = [(pk, rule_label(one)) for pk, one in self.rules.items()]
        if subject.kind != ResolutionKind.OTHER:
            del self.fields["sentence"]

    def _initial(self, vote: Vote | None) -> dict[str, Any]:
        subject = self.subject
        if vote is None:
            elects = subject.kind == ResolutionKind.ELECT
            first = next(iter(self.ground.rules), None)
            return {
                "form": PaperForm.ELECT if elects else PaperForm.APPROVE,
                "title": subject.title(self.ground.review.year),
                "seats": self.ground.seats_left(subject),
                "rule": str(first.pk) if first else None,
            }
        names = ("title", "form", "most", "seats", "method", "on_paper", "asks_password")
        options = list(vote.options.all())
        columns = vote.rule_columns()
        return {name: getattr(vote, name) for name in names} | {
            "candidates": [str(one.membership_id) for one in options if one.membership_id],
            "sentence": next((one.text for one in options if one.text != vote.title), ""),
            "rule": next(
                (
                    str(rule.pk)
                    for rule in self.ground.rules
                    if all(getattr(rule, name) == getattr(vote, name) for name in columns)
                ),
                None,
            ),
        }

    def _offer_candidates(self) -> None:
        field = cast(forms.MultipleChoiceField, self.fields["candidates"])
        self.bars = {
            str(one.pk): self.ground.bars(self.subject, one) for one in self.ground.members
        }
        boxes = cast(CandidateBoxes, field.widget)
        boxes.barred = {pk for pk, reasons in self.bars.items() if reasons}
        field.choices = [(str(one.pk), self._label(one)) for one in self.ground.ranked()]

    def _label(self, member: Membership) -> str:
        rank = self.ground.rank_of(member)
        words = _("%(member)s (not ranked)") if rank is None else _("Rank %(rank)s: %(member)s")
        label = words % {"rank": rank, "member": member.name}
        hints = list(self.bars[str(member.pk)])
        rule = self.ground.rule_of(self.subject)
        if rule is not None and rule.must_lead and rank != 1 and not hints:
            hints.append(_("Not first in rank: to propose it needs a reason."))
        return f"{label} – {' '.join(hints)}" if hints else label

    def clean_candidates(self) -> list[Membership]:
        chosen = self.cleaned_data["candidates"]
        barred = [self.members[pk].name for pk in chosen if self.bars[pk]]
        if barred:
            raise forms.ValidationError(
                _("May not stand: %(members)s.") % {"members": ", ".join(barred)}
            )
        return [one for one in self.ground.members if str(one.pk) in chosen]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._check_candidates(cleaned)
        self._check_numbers(cleaned)
        self._check_method(cleaned)
        if not cleaned.get("title"):
            given = cleaned.get("sentence", "")[:300]
            cleaned["title"] = self.subject.title(self.ground.review.year) or given
        if not cleaned["title"] and "title" not in self.errors:
            self.add_error("title", _("Write the question."))
        return cleaned

    def _check_candidates(self, cleaned: dict[str, Any]) -> None:
        if "candidates" not in cleaned:
            return
        chosen = cleaned["candidates"]
        if cleaned.get("form") in (PaperForm.CHOOSE, PaperForm.ELECT) and len(chosen) < 2:
            self.add_error("candidates", _("A choice needs two candidates at least."))
        elif self.subject.kind != ResolutionKind.OTHER and not chosen:
            self.add_error("candidates", _("Name a candidate."))

    def _check_numbers(self, cleaned: dict[str, Any]) -> None:
        seats, chosen = cleaned.get("seats"), cleaned.get("candidates") or ()
        if seats is not None and self.subject.office == Office.LEADER and seats > 1:
            self.add_error("seats", _("There is one leader only."))
        elif seats is not None and chosen and seats > len(chosen):
            self.add_error("seats", _("More are to be chosen than stand."))
        if cleaned.get("form") != PaperForm.CHOOSE:
            cleaned["most"] = 1
        elif chosen and (cleaned.get("most") or 0) > len(chosen):
            self.add_error("most", _("More may be chosen than stand."))

    def _check_method(self, cleaned: dict[str, Any]) -> None:
        method = cleaned.get("method")
        if method == Method.CONSENSUS and cleaned.get("form") in (
            PaperForm.CHOOSE,
            PaperForm.ELECT,
        ):
            self.add_error(
                "method", _("A consensus agrees to each; choose another method for a choice.")
            )
        if method is None:
            return
        if cleaned.get("on_paper") and method != Method.SECRET_BALLOT:
            self.add_error("on_paper", _("Only a secret ballot is held on printed papers."))
        electronic = method == Method.SECRET_BALLOT and not cleaned.get("on_paper")
        if cleaned.get("asks_password") and not electronic:
            self.add_error("asks_password", _("Only an electronic ballot asks for the password."))

    @property
    def question(self) -> Question:
        """The argument of the transition."""
        names = ("title", "form", "method", "candidates", "seats", "most")
        cleaned = self.cleaned_data
        return Question(
            kind=self.subject.kind,
            award=self.subject.award,
            office=self.subject.office,
            rule=self.rules[cleaned["rule"]],
            sentence=cleaned.get("sentence", ""),
            on_paper=cleaned["on_paper"],
            asks_password=cleaned["asks_password"],
            **{name: cleaned[name] for name in names},
        )


def rule_label(rule: VoteRule) -> str:
    """A rule to be chosen: its name and what is not in it; the page of the vote has all of it."""
    parts = [threshold_words(rule)] if rule.bloc_id else []  # the catalogue's names say it
    if rule.quorum:
        parts.append(_("quorum %(quorum)s") % {"quorum": quorum_words(rule)})
    parts.append(_("a tie is decided by %(tie)s") % {"tie": rule.get_tie_display()})
    if rule.absentees != Absentees.NOT_COUNTED:
        parts.append(
            _("the absent take part %(absentees)s") % {"absentees": rule.get_absentees_display()}
        )
    return f"{rule.name} ({'; '.join(parts)})"
