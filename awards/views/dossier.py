"""What a dossier's pages read of it."""

from __future__ import annotations

from awards.models import Dossier, DossierChange, DossierStatus


def last_return(dossier: Dossier) -> DossierChange | None:
    """Why the dossier came back, while it has not gone out again."""
    if dossier.status != DossierStatus.RETURNED:
        return None
    return dossier.changes.filter(to_status=DossierStatus.RETURNED).order_by("-pk").first()
