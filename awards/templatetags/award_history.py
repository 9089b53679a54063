"""Whether somebody reads an agency's award history: for pages that lie below this app."""

from __future__ import annotations

from django import template

from awards import permissions as may
from blocs.models import Agency, User
from blocs.permissions import Verdict

register = template.Library()


@register.simple_tag
def may_read_awards(user: User, agency: Agency) -> Verdict:
    return may.can_read_award_history(user, agency)
