"""Agencies: created, given a new name from a day on, and who may submit for them."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from blocs import permissions as may
from blocs.models import Agency, AgencyName, User
from blocs.permissions import require
from blocs.vietnamese import search_key, sort_key, tidy
from blocs.workflow import holding

RESERVED_SLUGS = ("new",)  # /agencies/new/


def name_agency(
    agency: Agency, *, full: str, short: str, abbreviation: str, valid_from: datetime.date
) -> AgencyName:
    """Give the agency a name from ``valid_from`` on; the name before ends the day before."""
    with transaction.atomic():
        agency.names.filter(valid_to=None, valid_from__lt=valid_from).update(
            valid_to=valid_from - datetime.timedelta(days=1)
        )
        full, short, abbreviation = tidy(full), tidy(short), tidy(abbreviation)
        return agency.names.create(
            full=full,
            short=short,
            abbreviation=abbreviation,
            valid_from=valid_from,
            search_key=search_key(f"{full} {short} {abbreviation}"),
            sort_key=sort_key(full),
        )


def create_agency(
    *,
    kind: str,
    full: str,
    short: str,
    abbreviation: str,
    valid_from: datetime.date,
    slug: str = "",
    by: User,
) -> Agency:
    """Add an agency of the board's province, with its first name."""
    require(may.can_manage_agencies(by))
    assert by.agency is not None  # noqa: S101 -- the board is an agency
    slug = slug or slugify(search_key(tidy(abbreviation)))
    if not slug or slug in RESERVED_SLUGS:
        raise ValidationError({"slug": _("Give another code: letters without marks and digits.")})
    with transaction.atomic():
        agency = Agency(province=by.agency.province, slug=slug, kind=kind)
        agency.full_clean()
        agency.save()
        name_agency(
            agency, full=full, short=short, abbreviation=abbreviation, valid_from=valid_from
        )
    return agency


def rename_agency(
    agency: Agency,
    *,
    full: str,
    short: str,
    abbreviation: str,
    valid_from: datetime.date,
    by: User,
) -> AgencyName:
    """The agency bears another name from a day on; papers of earlier days keep the former one."""
    with holding(agency) as held:
        require(may.can_manage_agencies(by, held))
        last = held.names.order_by("-valid_from").first()
        if last is not None and valid_from <= last.valid_from:
            raise ValidationError(
                {
                    "valid_from": _("The new name begins after the present one, from %(day)s.")
                    % {"day": f"{last.valid_from:%d/%m/%Y}"}
                }
            )
        return name_agency(
            held, full=full, short=short, abbreviation=abbreviation, valid_from=valid_from
        )


def set_delegation(agency: Agency, *, officer_may_submit: bool, by: User) -> Agency:
    """Whether the officer submits the score sheet in the head's place."""
    with holding(agency) as held:
        require(may.can_delegate(by, held))
        held.officer_may_submit = officer_may_submit
        held.save()
        return held
