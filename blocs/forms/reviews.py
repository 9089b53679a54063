"""Blocs, the opening of a review with its members, and its calendar."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from blocs.forms.fields import FIRST_YEAR, LAST_YEAR, CountField, DayField
from blocs.models import Bloc, Membership, Office, Phase, Review

BLANK_ROWS = 4
LEAST_ROWS = 8


class BlocForm(forms.ModelForm):
    class Meta:
        model = Bloc
        fields = ["name", "full_name", "symbol", "kind", "slug", "position"]
        help_texts = {
            "slug": _("Part of addresses, as in khoi-7."),
            "symbol": _("As in: KTĐ-K7"),
            "position": _("Its place in lists: 1, 2, 3."),
        }
        field_classes = {"position": CountField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:  # its addresses have been sent around
            self.fields["slug"].disabled = True


class BlocChoiceForm(forms.Form):
    """Whose members the form for a new review begins with."""

    bloc = forms.ModelChoiceField(
        label=_("Take the members over from"), queryset=Bloc.objects.none(), required=False
    )

    def __init__(self, *args: Any, province: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bloc = self.fields["bloc"]
        assert isinstance(bloc, forms.ModelChoiceField)  # noqa: S101 -- for the type checker
        bloc.queryset = Bloc.objects.filter(province=province)
        bloc.widget.attrs["data-autosubmit"] = ""

    def former(self) -> Review | None:
        """The newest review of the chosen bloc."""
        if not self.is_valid() or self.cleaned_data["bloc"] is None:
            return None
        return Review.objects.filter(bloc=self.cleaned_data["bloc"]).order_by("-year").first()


class ReviewForm(forms.ModelForm):
    year = CountField(label=_("Year under review"), min_value=FIRST_YEAR, max_value=LAST_YEAR)

    class Meta:
        model = Review
        fields = ["bloc", "year"]

    def __init__(self, *args: Any, province: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bloc = self.fields["bloc"]
        assert isinstance(bloc, forms.ModelChoiceField)  # noqa: S101 -- for the type checker
        bloc.label = _("Bloc")
        bloc.queryset = Bloc.objects.filter(province=province)


class MemberRow(forms.Form):
    """One line of the list; a line without an agency is left out."""

    agency = forms.TypedChoiceField(label=_("Agency"), coerce=int, empty_value=None, required=False)
    office = forms.ChoiceField(
        label=_("Office"), choices=Office.choices, initial=Office.MEMBER, required=False
    )

    def __init__(self, *args: Any, agencies: list[tuple[int | str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agency = self.fields["agency"]
        assert isinstance(agency, forms.ChoiceField)  # noqa: S101 -- for the type checker
        agency.choices = agencies

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        office = cleaned.get("office") or Office.MEMBER
        if not self.errors and cleaned.get("agency") is None and office != Office.MEMBER:
            self.add_error("agency", _("Choose the agency that holds this office."))
        return cleaned


class BaseMemberFormSet(forms.BaseFormSet):
    def clean(self) -> None:
        """Every agency once, one leader at the most, somebody at all."""
        seen: dict[int, str] = {}
        for form in self.forms:
            agency = form.cleaned_data.get("agency") if form.is_valid() else None
            if agency is None:
                continue
            office = form.cleaned_data["office"] or Office.MEMBER
            if agency in seen:
                form.add_error("agency", _("This agency stands in the list already."))
            elif office == Office.LEADER and Office.LEADER in seen.values():
                form.add_error("office", _("The bloc has a leader already."))
            else:
                seen[agency] = office
        if not seen and not any(self.errors):
            raise ValidationError(_("Name at least one member."))


def members_of(formset: forms.BaseFormSet) -> dict[int, str]:
    """Agency id to office, in the order of the list; asked of a valid list."""
    rows = [form.cleaned_data for form in formset.forms]
    return {
        row["agency"]: row["office"] or Office.MEMBER
        for row in rows
        if row.get("agency") is not None
    }


def member_rows(former: Review | None) -> list[dict[str, object]]:
    """The members of the year before, and empty lines for more."""
    parts = former.memberships.in_order() if former else Membership.objects.none()
    rows: list[dict[str, object]] = [
        {"agency": part.agency_id, "office": part.office} for part in parts
    ]
    blank = max(BLANK_ROWS, LEAST_ROWS - len(rows))
    return rows + [{"agency": None, "office": Office.MEMBER}] * blank


MemberFormSet = forms.formset_factory(MemberRow, formset=BaseMemberFormSet, extra=0, max_num=60)


class CalendarForm(forms.Form):
    """The review's dates. Those of the law and the province are not computed: they are agreed."""

    registration_due = DayField(label=_("Covenant and registration due"), required=False)
    scores_due = DayField(label=_("Score sheets due"), required=False)
    appraisal_due = DayField(label=_("Appraisal due"), required=False)
    dossier_due = DayField(label=_("Dossier due"), required=False)
    objection_days = CountField(
        label=_("Days for objections"),
        max_value=30,
        help_text=_(
            "Calendar days in which a member may object after the appraisal of its sheet; silence "
            "means agreement. 0: no objections."
        ),
    )

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {name: getattr(review, name) for name in self.fields}
        self.fields["scores_due"].help_text = _("Received on this day is in time.")
        if review.has_reached(Phase.SELF_SCORING):
            self.fields["scores_due"].disabled = True
            self.fields["scores_due"].help_text = _(
                "Stands, because self-scoring is open. Extensions are granted on the sheets' page."
            )

        if review.has_reached(Phase.APPRAISAL):
            self.fields["objection_days"].disabled = True

    @property
    def calendar(self) -> dict[str, Any]:
        """The arguments of the transition."""
        dates = dict(self.cleaned_data)
        return {"objection_days": dates.pop("objection_days"), "dates": dates}

    def clean(self) -> dict[str, Any]:
        """The steps follow one another."""
        cleaned = super().clean() or self.cleaned_data
        before: datetime.date | None = None
        for name in ("scores_due", "appraisal_due", "dossier_due"):
            day = cleaned.get(name)
            if day is not None and before is not None and day < before:
                self.add_error(name, _("This day lies before that of the step before."))
            before = day or before
        return cleaned
