"""A rule of voting in words for the pages; the papers have theirs in ``documents.wording``."""

from __future__ import annotations

from fractions import Fraction

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.documents.wording import percent, share_text
from awards.models import Comparator, RuleColumns, VoteBase
from awards.models.rule import Threshold
from awards.votes.rules import reaches

OF_BASE: dict[str, Promise] = {
    VoteBase.ENTITLED: gettext_lazy("of all members"),
    VoteBase.PRESENT: gettext_lazy("of the members able to vote"),
    VoteBase.ISSUED: gettext_lazy("of the papers handed out"),
    VoteBase.RETURNED: gettext_lazy("of the papers handed in"),
    VoteBase.VALID: gettext_lazy("of the valid papers"),
}
COUNTED_OF: dict[str, Promise] = {
    VoteBase.ENTITLED: gettext_lazy("%(votes)s of %(whole)s members"),
    VoteBase.PRESENT: gettext_lazy("%(votes)s of %(whole)s members able to vote"),
    VoteBase.ISSUED: gettext_lazy("%(votes)s of %(whole)s papers handed out"),
    VoteBase.RETURNED: gettext_lazy("%(votes)s of %(whole)s papers handed in"),
    VoteBase.VALID: gettext_lazy("%(votes)s of %(whole)s valid papers"),
}


def threshold_words(row: Threshold) -> str:
    """``more than 1/2 of all members``, ``at least 80% of the valid papers``."""
    words = {
        Comparator.MORE_THAN: _("more than %(share)s %(of_base)s"),
        Comparator.AT_LEAST: _("at least %(share)s %(of_base)s"),
    }[Comparator(row.comparator)]
    return words % {"share": share_text(row.threshold), "of_base": OF_BASE[row.base]}


def quorum_words(row: RuleColumns) -> str:
    """``at least 2/3 of all members``; nothing where the rule asks for none."""
    if not row.quorum:
        return ""
    words = _("at least %(share)s %(of_base)s")
    return words % {"share": share_text(row.quorum), "of_base": OF_BASE[VoteBase.ENTITLED]}


def share_words(votes: int, whole: int) -> str:
    """``83,33%``: exact, half up, with a comma as all numbers of the portal."""
    return percent(votes, whole)


def reached_words(votes: int, whole: int, base: str) -> str:
    """``4 of 5 members, 80%``."""
    return f"{COUNTED_OF[base] % {'votes': votes, 'whole': whole}}, {share_words(votes, whole)}"


def fewest_votes(row: Threshold, whole: int) -> int | None:
    """How many votes of ``whole`` are enough; None where not even all of them are."""
    return next(
        (n for n in range(1, whole + 1) if reaches(n, whole, row.comparator, row.threshold)), None
    )


def meaning_words(row: Threshold, whole: int) -> str:
    """What a rule comes to in numbers: ``of 5: 4 are enough, 3 are not``."""
    least = fewest_votes(row, whole)
    if least is None:
        return _("of %(whole)s: not even all are enough") % {"whole": whole}
    return _("of %(whole)s: %(least)s are enough, %(fewer)s are not") % {
        "whole": whole,
        "least": least,
        "fewer": least - 1,
    }


def too_many_words(able: int, *, all_present: bool) -> str:
    """Why more votes were refused; ``all_present``: only who is in the room has one."""
    if all_present:
        return _("%(present)s members are present; that many votes at the most.") % {
            "present": able
        }
    return _(
        "%(able)s members can vote by this rule, the absent included; that many votes at the most."
    ) % {"able": able}


def no_quorum_words(able: int, entitled: int, quorum: Fraction) -> str:
    return _("No quorum: %(able)s of %(all)s members can vote; at least %(share)s are needed.") % {
        "able": able,
        "all": entitled,
        "share": share_text(quorum),
    }
