"""The ballot committee: who is named to it."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from blocs.models import Membership, User

from .fields import AccountField, MemberField, Text


class TellerForm(forms.Form):
    """A person, with an account if that person types or confirms a count."""

    user = AccountField(
        label=_("Account"),
        empty=_("None: a name on the papers only"),
        required=False,
        help_text=_("Needed to type or to confirm a count; two tellers at least have one."),
    )
    name = Text(
        label=_("Name of the person"),
        max_length=100,
        required=False,
        help_text=_("As in: ông Nguyễn Văn An. Left empty, the name of the account is taken."),
    )
    position = Text(label=_("Position"), max_length=200, required=False)
    membership = MemberField(
        label=_("Agency"),
        required=False,
        empty=_("The agency of the account, or none"),
    )
    is_head = forms.BooleanField(label=_("Heads the committee"), required=False)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        members: Sequence[Membership],
        accounts: Sequence[User],
    ) -> None:
        super().__init__(data, prefix="teller")
        self.fields["membership"].offer(members)  # type: ignore[attr-defined]
        self.fields["user"].offer_all(accounts)  # type: ignore[attr-defined]
