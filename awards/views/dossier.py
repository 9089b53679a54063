"""What a dossier's pages read of it."""

from __future__ import annotations

from dataclasses import dataclass

from awards.models import Dossier, DossierChange, DossierStatus


def last_return(dossier: Dossier) -> DossierChange | None:
    """Why the dossier came back, while it has not gone out again."""
    if dossier.status != DossierStatus.RETURNED:
        return None
    return dossier.changes.filter(to_status=DossierStatus.RETURNED).order_by("-pk").first()


@dataclass(frozen=True)
class Step:
    """One move of the dossier, in words."""

    state: str
    change: DossierChange


def steps_of(dossier: Dossier) -> list[Step]:
    return [
        Step(str(DossierStatus(change.to_status).label), change)
        for change in dossier.changes.select_related("by")
    ]
