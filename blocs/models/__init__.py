"""Who and when: people, agencies and their names, blocs and their yearly reviews."""

from .agency import Agency, AgencyKind, AgencyName, Province
from .change import Change
from .meeting import Meeting, MeetingAttendance, Presence
from .people import Role, User
from .report import MemberReport
from .review import Bloc, BlocKind, Membership, Office, Phase, PhaseChange, Review

__all__ = [
    "Agency",
    "AgencyKind",
    "AgencyName",
    "Bloc",
    "BlocKind",
    "Change",
    "Meeting",
    "MeetingAttendance",
    "MemberReport",
    "Membership",
    "Office",
    "Phase",
    "PhaseChange",
    "Presence",
    "Province",
    "Review",
    "Role",
    "User",
]
