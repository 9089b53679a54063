"""Agencies: looking for them, adding and renaming them, delegating the submission."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from blocs.forms.fields import DayField
from blocs.models import Agency, AgencyKind, AgencyName
from blocs.models.agency import AgencyQuerySet
from blocs.vietnamese import search_key, tidy


def agency_choices(province: int) -> list[tuple[int | str, str]]:
    """The agencies of a province that may join a bloc, in Vietnamese order: one query."""
    names = (
        AgencyName.objects.filter(valid_to=None, agency__province=province)
        .exclude(agency__kind=AgencyKind.BOARD)
        .order_by("sort_key")
    )
    return [("", "---------"), *names.values_list("agency_id", "full")]


class AgencyFilterForm(forms.Form):
    """Words of a name, present or former, with or without marks; and the kind."""

    q = forms.CharField(label=_("Name"), max_length=100, required=False)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("All kinds")), *AgencyKind.choices], required=False
    )

    def chosen(self, agencies: AgencyQuerySet) -> AgencyQuerySet:
        """Those that fit; a filter that makes no sense filters nothing."""
        self.is_valid()
        for word in search_key(tidy(self.cleaned_data.get("q", ""))).split():
            bearing = AgencyName.objects.filter(search_key__contains=word)
            agencies = agencies.filter(pk__in=bearing.values("agency"))
        if kind := self.cleaned_data.get("kind"):
            agencies = agencies.filter(kind=kind)
        return agencies.with_names().in_order()


class AgencyNameForm(forms.ModelForm):
    """A name and the day from which it is borne."""

    valid_from = DayField(label=_("Valid from"))

    class Meta:
        model = AgencyName
        fields = ["full", "short", "abbreviation", "valid_from"]


class AgencyForm(AgencyNameForm):
    """A new agency with its first name."""

    kind = forms.ChoiceField(label=_("Kind"), choices=AgencyKind.choices)
    slug = forms.SlugField(
        label=_("Code"),
        max_length=40,
        required=False,
        help_text=_("Part of addresses, as in so-tai-chinh. Empty: made of the abbreviation."),
    )

    def clean_slug(self) -> str:
        slug = str(self.cleaned_data["slug"]).lower()
        if slug and Agency.objects.filter(slug=slug).exists():
            self.add_error("slug", _("Another agency has this code."))
        return slug


class DelegationForm(forms.ModelForm):
    class Meta:
        model = Agency
        fields = ["officer_may_submit"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer_may_submit"].label = _("The officer may submit the score sheet")
