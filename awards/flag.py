"""The rotating flag of a bloc through the years: who handed it to whom."""

from __future__ import annotations

from awards.models import FlagHandover
from blocs.models import Bloc


def chain_of(bloc: Bloc) -> tuple[FlagHandover, ...]:
    """Every handover that was recorded, newest first: the first one's taker holds the flag."""
    members = [f"{side}_member__{part}" for side in ("from", "to") for part in ("agency", "review")]
    rows = FlagHandover.objects.filter(conference__review__bloc=bloc).order_by(
        "-conference__review__year"
    )
    return tuple(
        rows.select_related("conference__review__bloc", *members).prefetch_related(
            "from_member__agency__names", "to_member__agency__names"
        )
    )
