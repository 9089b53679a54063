"""Accounts, which the board's office opens, changes and shuts for its province."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from blocs import permissions as may
from blocs.models import User
from blocs.permissions import require
from blocs.vietnamese import tidy
from blocs.workflow import holding


def create_account(*, fields: Mapping[str, object], password: str, by: User) -> User:
    """Open an account; its password is told to the person, who changes it."""
    account = User(**fields)
    require(may.can_manage_accounts(by, account))
    _save(account, password)
    return account


def change_account(
    account: User, *, fields: Mapping[str, object], password: str = "", by: User
) -> User:
    """Change an account; an empty password leaves the old one. Nobody shuts the own account."""
    with holding(account) as held:
        require(may.can_manage_accounts(by, held))
        for field, value in fields.items():
            setattr(held, field, value)
        require(may.can_manage_accounts(by, held))  # nor may it go to another province
        if held.pk == by.pk and not held.is_active:
            raise ValidationError({"is_active": _("Nobody shuts their own account.")})
        if held.pk == by.pk and held.agency_id != by.agency_id:
            raise ValidationError({"agency": _("Nobody moves their own account.")})
        _save(held, password)
        return held


def _save(account: User, password: str) -> None:
    account.username = User.normalize_username(account.username)
    account.full_name, account.position = tidy(account.full_name), tidy(account.position)
    taken = User.objects.filter(username__iexact=account.username).exclude(pk=account.pk)
    if taken.exists():
        raise ValidationError({"username": _("Another account has this user name.")})
    if password:
        validate_password(password, account)
        account.set_password(password)
    account.full_clean()
    account.save()
