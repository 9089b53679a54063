"""The members of a review with the state of their sheets, as far as the reader may know it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from blocs.models import Membership, Review, User
from blocs.permissions import Verdict, is_board_of
from scoring import permissions as may
from scoring.cases import adopted_set, case_of
from scoring.due_days import due_days
from scoring.forms.sheets import AppraiserForm, ExtensionForm
from scoring.kernel.days import days_late
from scoring.models import Sheet, SheetStatus
from scoring.wording import capacity_text


@dataclass(frozen=True)
class SheetLine:
    """One member: where its sheet is, and what the reader may do about it."""

    sheet: Sheet
    membership: Membership
    url: str
    due: datetime.date | None
    late_days: int
    came: bool
    appraised: int
    to_appraise: int
    may_extend: Verdict
    extension_form: ExtensionForm | None
    appraiser_form: AppraiserForm | None

    @property
    def capacity(self) -> str:
        """In what capacity the appraiser appraises."""
        return capacity_text(self.sheet.appraiser) if self.sheet.appraiser else ""

    @property
    def args(self) -> tuple[str, int, str]:
        return (*self.membership.review.url_args, self.membership.agency.slug)


def sheet_lines(review: Review, user: User, forms: Mapping[int, Any]) -> list[SheetLine]:
    """All members for those who lead, appraise at the head of the bloc, or examine; else one."""
    sheets = list(_listed(review, user))
    if not sheets:
        return []
    readable = set(Sheet.objects.of(review).visible_to(user).values_list("pk", flat=True))
    members = list(review.memberships.in_order().with_names())
    for member in members:
        member.review = review
    due = due_days(review, members)
    _rules, case = case_of(review, adopted_set(review))
    late = {member.slug: member.late_days or 0 for member in case.members}
    now = timezone.now()
    lines = []
    for sheet in sheets:
        sheet.membership.review = review
        if sheet.appraiser is not None:
            sheet.appraiser.review = review
        came = sheet.status not in (SheetStatus.DRAFT, SheetStatus.WITH_HEAD)
        day = due.get(sheet.membership_id)
        overdue = 0 if day is None else days_late(day, now)
        lines.append(
            SheetLine(
                sheet=sheet,
                membership=sheet.membership,
                url=sheet.get_absolute_url() if sheet.pk in readable else "",
                due=day,
                late_days=late[sheet.membership.agency.slug] if came else overdue,
                came=came,
                appraised=sheet.appraised_count,
                to_appraise=sheet.appraisable_count,
                **_deeds(sheet, user, members, forms),
            )
        )
    return lines


def _listed(review: Review, user: User) -> Any:
    """The board and the bloc's leader and deputy see every state; a member only its own."""
    by_people = ~Q(scores__criterion__document__has_key="set_by")
    sheets = (
        Sheet.objects.of(review)
        .with_people()
        .annotate(
            appraisable_count=Count("scores", filter=by_people),
            appraised_count=Count(
                "scores", filter=by_people & Q(scores__appraised_at__isnull=False)
            ),
        )
    )
    part = user.part_in(review)
    if is_board_of(user, review) or (part is not None and (part.is_leader or part.is_deputy)):
        return sheets
    return sheets.filter(membership=part)


def _deeds(
    sheet: Sheet, user: User, members: list[Membership], forms: Mapping[int, Any]
) -> dict[str, Any]:
    given = forms.get(sheet.pk)
    may_extend = may.can_grant_extension(user, sheet)
    extension = appraiser = None
    if may_extend:
        extension = ExtensionForm(auto_id=f"id_extend_{sheet.pk}_%s")
    if may.can_name_appraiser(user, sheet):
        auto_id = f"id_appraiser_{sheet.pk}_%s"
        appraiser = AppraiserForm(sheet=sheet, members=members, auto_id=auto_id)
    return {
        "may_extend": may_extend,
        "extension_form": given if isinstance(given, ExtensionForm) else extension,
        "appraiser_form": given if isinstance(given, AppraiserForm) else appraiser,
    }
