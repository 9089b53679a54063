"""What the members ask for: the conference, its resolutions, proposals, dossier and papers."""

from .award import Award, AwardCategory, AwardRule, RulePack
from .conference import (
    Attendance,
    Conference,
    ConferenceChange,
    ConferenceStatus,
    Delegate,
    FlagHandover,
    Remark,
)
from .document import DocumentChange, DocumentKind, DocumentStatus, IssuedDocument, TextPart
from .proposal import (
    Dossier,
    DossierChange,
    DossierStatus,
    Proposal,
    ProposalChange,
    ProposalStatus,
)
from .resolution import Method, Reservation, Resolution, ResolutionKind

__all__ = [
    "Attendance",
    "Award",
    "AwardCategory",
    "AwardRule",
    "Conference",
    "ConferenceChange",
    "ConferenceStatus",
    "Delegate",
    "DocumentChange",
    "DocumentKind",
    "DocumentStatus",
    "Dossier",
    "DossierChange",
    "DossierStatus",
    "FlagHandover",
    "IssuedDocument",
    "Method",
    "Proposal",
    "ProposalChange",
    "ProposalStatus",
    "Remark",
    "Reservation",
    "Resolution",
    "ResolutionKind",
    "RulePack",
    "TextPart",
]
