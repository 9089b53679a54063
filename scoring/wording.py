"""Words for what is held as codes: knock-outs, policies, tie rules, capacities."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from blocs.models import Membership, Office
from scoring.kernel.criteria import Effect, Knockout, NaPolicy
from scoring.kernel.ranking import GROUP_RULE


def capacity_text(appraiser: Membership) -> str:
    """In what capacity a member appraises another's sheet."""
    texts = {
        Office.LEADER: _("bloc leader"),
        Office.DEPUTY: _("deputy leader"),
        Office.MEMBER: _("cross-check by a member"),
    }
    return texts[Office(appraiser.office)]


def effect_text(knockout: Knockout) -> str:
    """What a knock-out takes away."""
    if knockout.effect is Effect.CAP_GRADE:
        return _("the grade is “%(grade)s” at the best") % {"grade": knockout.grade}
    texts = {
        Effect.EXCLUDE_FLAG: _("cannot be proposed for the flag; keeps points and rank"),
        Effect.EXCLUDE_ALL: _("cannot be proposed for any award; keeps points and rank"),
        Effect.UNRANK: _("is not ranked"),
        Effect.SUSPEND: _("proposals wait until the matter is settled; keeps points and rank"),
    }
    return texts[knockout.effect]


def policy_text(policy: NaPolicy) -> str:
    """What a criterion is worth to a member to whom it does not apply."""
    texts = {
        NaPolicy.FULL: _("counts its maximum"),
        NaPolicy.RESCALE: _("is left out, and the rest of its group is scaled up"),
        NaPolicy.BLOC_AVERAGE: _("counts the average of the other members"),
    }
    return texts[policy]


def tie_rule_text(rule: str, groups: Mapping[str, str]) -> str:
    """What decides between equal totals; ``groups`` has the names of the top-level groups."""
    if rule.startswith(GROUP_RULE):
        code = rule.removeprefix(GROUP_RULE)
        return _("more points in group %(code)s, %(name)s") % {
            "code": code,
            "name": groups.get(code, ""),
        }
    texts = {
        "fewer_penalties": _("fewer points taken off"),
        "bonus": _("more bonus points"),
        "flag_votes": _("more votes for the flag"),
        "chair": _("the chair of the conference decides"),
    }
    return texts[rule]
