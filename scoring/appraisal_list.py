"""The appraiser's work list: what is left, member by member and criterion by criterion."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse

from blocs.models import Review, User
from scoring import permissions as may
from scoring.cases import adopted_set
from scoring.criterion_page import sheets_to_appraise
from scoring.models import Criterion, Score, Sheet

# Claims whose spread reaches this share of the maximum are worth a second look.
NOTABLE = Decimal("0.5")


@dataclass(frozen=True)
class MemberLine:
    """One sheet: how many of its criteria are appraised, and where to go on."""

    sheet: Sheet
    is_open: bool
    done: int
    total: int
    url: str

    @property
    def left(self) -> int:
        return self.total - self.done


@dataclass(frozen=True)
class CriterionLine:
    """One criterion over all these sheets; claimed points as far as a claim makes them alone."""

    criterion: Criterion
    url: str
    left: int
    total: int
    claimed: tuple[Decimal, ...]

    @property
    def lowest(self) -> Decimal | None:
        return min(self.claimed, default=None)

    @property
    def highest(self) -> Decimal | None:
        return max(self.claimed, default=None)

    @property
    def differs_much(self) -> bool:
        """Whether the claims lie at least half the maximum apart."""
        most = self.criterion.max_points
        if not most or not self.claimed:
            return False
        return max(self.claimed) - min(self.claimed) >= most * NOTABLE


@dataclass(frozen=True)
class AppraisalList:
    members: list[MemberLine]
    criteria: list[CriterionLine]

    @property
    def left(self) -> int:
        """Claims still to be appraised."""
        return sum(line.left for line in self.members if line.is_open)

    @property
    def next(self) -> str:
        """Where the first open criterion is appraised."""
        return next((line.url for line in self.criteria if line.left), "")


def appraisal_list(review: Review, user: User) -> AppraisalList:
    """All sheets that the reader's agency appraises, in a constant number of queries."""
    sheets = sheets_to_appraise(review, user)
    scores = list(
        Score.objects.filter(sheet__in=sheets)
        .appraisable()
        .only("sheet_id", "criterion_id", "claimed", "claimed_inputs", "appraised_at")
        .order_by("criterion__position")
    )
    open_ones = {sheet.pk for sheet in sheets if may.can_appraise(user, sheet)}
    criteria = adopted_set(review).criteria.scored()
    return AppraisalList(
        [_member_line(sheet, scores, is_open=sheet.pk in open_ones) for sheet in sheets],
        _criterion_lines(review, criteria, scores, open_ones),
    )


def _member_line(sheet: Sheet, scores: Iterable[Score], *, is_open: bool) -> MemberLine:
    own = [score for score in scores if score.sheet_id == sheet.pk]
    left = [score for score in own if not score.is_appraised]
    url = sheet.get_absolute_url()
    if is_open and left:
        url = f"{url}#score-{left[0].pk}"
    return MemberLine(sheet, is_open, len(own) - len(left), len(own), url)


def _criterion_lines(
    review: Review, criteria: Iterable[Criterion], scores: Iterable[Score], open_ones: set[int]
) -> list[CriterionLine]:
    """Criteria that an appraiser looks at; claims of sheets that are being filled in are none."""
    claims: defaultdict[int, list[Score]] = defaultdict(list)
    for score in scores:
        if score.sheet_id in open_ones or score.is_appraised:
            claims[score.criterion_id].append(score)
    lines = []
    for criterion in criteria:
        given = claims[criterion.pk]
        waiting = [one for one in given if one.sheet_id in open_ones and not one.is_appraised]
        lines.append(
            CriterionLine(
                criterion,
                reverse("scoring:criterion_appraise", args=[*review.url_args, criterion.pk]),
                len(waiting),
                len(given),
                tuple(one.claimed for one in given if one.claimed is not None),
            )
        )
    return lines
