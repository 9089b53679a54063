"""Who and when: people, agencies and their names, blocs and their yearly reviews."""

from .agency import Agency, AgencyKind, AgencyName, Province
from .change import Change
from .meeting import Meeting, MeetingAttendance, Presence
from .people import Role, User
from .report import (
    USUAL_REWARDS,
    ExemplaryModel,
    MemberReport,
    ModelKind,
    RewardCount,
    reward_key,
)
from .review import Bloc, BlocKind, Membership, Office, Phase, PhaseChange, Review

__all__ = [
    "USUAL_REWARDS",
    "Agency",
    "AgencyKind",
    "AgencyName",
    "Bloc",
    "BlocKind",
    "Change",
    "ExemplaryModel",
    "Meeting",
    "MeetingAttendance",
    "MemberReport",
    "Membership",
    "ModelKind",
    "Office",
    "Phase",
    "PhaseChange",
    "Presence",
    "Province",
    "Review",
    "RewardCount",
    "Role",
    "User",
    "reward_key",
]
