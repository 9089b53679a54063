"""The rules of voting of a bloc's own charter: added and retired, never altered."""

from __future__ import annotations

from collections.abc import Mapping

from awards import permissions as may
from awards.models import VoteRule
from blocs.models import Review, User
from blocs.permissions import require
from blocs.workflow import holding


def add_rule(review: Review, *, fields: Mapping[str, object], by: User) -> VoteRule:
    """Add a rule to the charter of the review's bloc.

    Raises ``ValidationError`` for a share above the whole, and a name that the bloc has already.
    """
    with holding(review) as held:
        require(may.can_keep_rules(by, held))
        last = (
            VoteRule.objects.filter(bloc=held.bloc_id)
            .order_by("-position")
            .values_list("position", flat=True)
            .first()
        )
        rule = VoteRule(bloc=held.bloc, position=(last or 0) + 1, **fields)
        rule.full_clean()
        rule.save()
        return rule


def retire_rule(rule: VoteRule, review: Review, *, by: User) -> VoteRule:
    """Offer a rule of the bloc's charter no longer; what was voted by it stands.

    Raises ``PermissionDenied`` for a rule of the catalogue or of another bloc.
    """
    with holding(review) as held_review, holding(rule) as held:
        require(may.can_retire_rule(by, held_review, held))
        held.is_retired = True
        held.save(update_fields=["is_retired"])
        return held
