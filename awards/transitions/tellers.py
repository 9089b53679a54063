"""The ballot committee of a conference: who is named to it, and who leaves it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from awards import permissions as may
from awards.committee import accounts_for, has_counted
from awards.models import Conference, Teller
from blocs.models import Membership, User
from blocs.permissions import leads, require
from blocs.workflow import IllegalMove, holding

from .resolutions import require_of


def name_teller(
    conference: Conference,
    *,
    name: str,
    by: User,
    position: str = "",
    membership: Membership | None = None,
    user: User | None = None,
    is_head: bool = False,
) -> Teller:
    """Name somebody to the ballot committee; with an account (``user``) one counts papers.

    Name, position and agency are the account's where they are left out. Raises
    ``ValidationError`` for the chair, an account from elsewhere, or a second head.
    """
    with holding(conference) as held:
        require(may.can_record(by, held))
        if user is not None:
            _check_account(held, user)
            name, position = name or str(user), position or user.position
            if membership is None:
                membership = held.review.memberships.filter(agency=user.agency_id).first()
        require_of(held.review_id, membership)
        if not name:
            raise ValidationError({"name": _("Give the name, or choose an account.")})
        if is_head and held.tellers.filter(is_head=True).exists():
            raise ValidationError({"is_head": _("The committee has a head already.")})
        return held.tellers.create(
            name=name, position=position, membership=membership, user=user, is_head=is_head
        )


def _check_account(conference: Conference, user: User) -> None:
    if leads(user, conference.review):
        raise ValidationError({"user": _("The chair opens and closes the votes, and counts none.")})
    if user not in accounts_for(conference.review):
        raise ValidationError(
            {"user": _("Tellers come from the members' agencies or from the board's office.")}
        )
    if conference.tellers.filter(user=user).exists():
        raise ValidationError({"user": _("This account sits on the committee already.")})


def remove_teller(teller: Teller, *, by: User) -> None:
    """Strike somebody off the committee; whoever has counted papers stays on its record."""
    with holding(teller.conference) as held:
        require(may.can_record(by, held))
        if has_counted(teller):
            raise IllegalMove(_("This teller has counted papers, and stays in the record."))
        teller.delete()
