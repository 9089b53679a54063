"""What happens to agencies, accounts, reviews, members and activities: writes that have a rule."""

from .activities import record_meeting, record_registration, remove_meeting, write_report
from .agencies import create_agency, name_agency, rename_agency, set_delegation
from .members import (
    add_member,
    assign_offices,
    order_members,
    remove_member,
    set_offices,
    set_ranking,
)
from .people import change_account, create_account
from .reviews import close_review, continue_review, open_review, save_bloc, set_calendar

__all__ = [
    "add_member",
    "assign_offices",
    "change_account",
    "close_review",
    "continue_review",
    "create_account",
    "create_agency",
    "name_agency",
    "open_review",
    "order_members",
    "record_meeting",
    "record_registration",
    "remove_meeting",
    "remove_member",
    "rename_agency",
    "save_bloc",
    "set_calendar",
    "set_delegation",
    "set_offices",
    "set_ranking",
    "write_report",
]
