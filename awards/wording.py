"""A rule of voting in words for the pages; the papers have theirs in ``documents.wording``."""

from __future__ import annotations

from fractions import Fraction

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.documents.wording import percent
from awards.models import Comparator, RuleColumns, VoteBase
from awards.models.rule import Threshold

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
    return words % {"share": _share_text(row.threshold), "of_base": OF_BASE[row.base]}


def quorum_words(row: RuleColumns) -> str:
    """``at least 2/3 of all members``; nothing where the rule asks for none."""
    if not row.quorum:
        return ""
    words = _("at least %(share)s %(of_base)s")
    return words % {"share": _share_text(row.quorum), "of_base": OF_BASE[VoteBase.ENTITLED]}


def _share_text(share: Fraction) -> str:
    """``1/2`` and ``2/3`` as fractions, ``80%`` as law writes it."""
    if share.denominator in (2, 3):
        return f"{share.numerator}/{share.denominator}"
    return percent(share)


def share_words(votes: int, whole: int) -> str:
    """``83,33%``: exact, half up, with a comma as all numbers of the portal."""
    return percent(votes, whole)


def reached_words(votes: int, whole: int, base: str) -> str:
    """``4 of 5 members, 80%``."""
    return f"{COUNTED_OF[base] % {'votes': votes, 'whole': whole}}, {share_words(votes, whole)}"
