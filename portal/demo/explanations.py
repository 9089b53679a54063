"""What the demo's members write where the criteria ask for evidence; every number is invented."""

from __future__ import annotations

import datetime

from scoring.models import Score


def explanation_of(score: Score, *, abbreviation: str, year: int = 2022) -> str:
    """The document asked for, and the report that it came with; blank where none is asked for."""
    asked = score.criterion.document["evidence"]
    if not asked:
        return ""
    what = str(asked[0]).partition(";")[0].removesuffix(" (nếu có)")
    place = score.criterion.position
    day = datetime.date(year, 12, 1 + place % 20)
    number = f"{100 + 3 * place}/BC-{abbreviation}"
    return f"{what}: gửi kèm Báo cáo số {number} ngày {day:%d/%m/%Y} (số minh họa)."
