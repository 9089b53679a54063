"""Accounts of the province's people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from blocs.models import User
from blocs.models.agency import AgencyQuerySet
from blocs.vietnamese import search_key, sort_key, tidy


class AccountFilterForm(forms.Form):
    """Words of a person's or an agency's name, with or without marks."""

    q = forms.CharField(label=_("Name, user name or agency"), max_length=100, required=False)

    def chosen(self, accounts: list[User]) -> list[User]:
        """Those that fit, by agency and name. A province has some hundreds: few enough to sort."""
        self.is_valid()
        words = search_key(tidy(self.cleaned_data.get("q", ""))).split()
        found = [account for account in accounts if all(word in _keys(account) for word in words)]
        return sorted(found, key=_place)


def _keys(account: User) -> str:
    names = account.agency.names.all() if account.agency else []
    words = [account.full_name, account.username, account.position]
    return search_key(" ".join(words)) + " " + " ".join(name.search_key for name in names)


def _place(account: User) -> tuple[str, bool, str]:
    agency = account.agency.current_name.sort_key if account.agency else ""
    return agency, not account.is_head, sort_key(str(account))


class AccountForm(forms.ModelForm):
    """One account; its password is typed twice, and never shown."""

    password1 = forms.CharField(
        label=_("Password"),
        strip=False,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least ten characters, and not one that everybody uses."),
    )
    password2 = forms.CharField(
        label=_("Password once more"),
        strip=False,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    class Meta:
        model = User
        fields = ["full_name", "position", "agency", "role", "username", "email", "is_active"]
        labels = {"is_active": _("The person may log in"), "username": _("User name")}
        help_texts = {"username": "", "is_active": ""}

    def __init__(self, *args: Any, agencies: AgencyQuerySet, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agency = self.fields["agency"]
        assert isinstance(agency, forms.ModelChoiceField)  # noqa: S101 -- for the type checker
        agency.queryset = agencies.with_names().in_order()
        agency.required = self.fields["full_name"].required = True
        self.fields["username"].widget.attrs |= {"autocomplete": "off", "autofocus": False}
        if self.instance.pk is None:
            self.fields["password1"].required = self.fields["password2"].required = True
        else:
            self.fields["password1"].label = _("New password")
            self.fields["password2"].label = _("New password once more")
            self.fields["password1"].help_text = _("Empty: the old one stays.")
        if self.instance.pk == by.pk:
            for name in ("agency", "is_active"):
                self.fields[name].disabled = True
                self.fields[name].help_text = _("Nobody shuts or moves their own account.")

    def clean_username(self) -> str:
        username = User.normalize_username(self.cleaned_data["username"])
        others = User.objects.filter(username__iexact=username).exclude(pk=self.instance.pk)
        if others.exists():
            raise ValidationError(_("Another account has this user name."))
        return username

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("password1", "") != cleaned.get("password2", ""):
            self.add_error("password2", _("The two passwords are not the same."))
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        password = self.cleaned_data.get("password1")
        if password:  # only now the instance holds the names that it must not resemble
            try:
                validate_password(password, self.instance)
            except ValidationError as error:
                self.add_error("password1", error)

    @property
    def account(self) -> dict[str, Any]:
        """The account's own fields."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    @property
    def password(self) -> str:
        return str(self.cleaned_data.get("password1") or "")
