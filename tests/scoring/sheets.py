"""What the tests of the sheet's pages share: addresses, and a row as its page would send it."""

from __future__ import annotations

import re

from django.urls import reverse

from tests.forms import fields_of
from tests.worlds import World

HTMX = {"HX-Request": "true"}


def url(world: World, name: str, agency: str, *args: object) -> str:
    return reverse(f"scoring:{name}", args=[*world.review.url_args, agency, *args])


def group_url(world: World, agency: str, code: str) -> tuple[str, int]:
    """The address of a group's form, and the group's id."""
    group = world.criteria.criteria.get(code=code).pk
    return url(world, "group_save", agency, group), group


def field_name(name: str) -> str:
    """counts_0 as counts-0, received_at_none as received_at-none."""
    return re.sub(r"_(none|\d+)$", r"-\1", name)


def row(world: World, agency: str, code: str, **values: object) -> dict[str, object]:
    """The fields of a row with its present version."""
    score = world.score(agency, code)
    fields = {f"s{score.pk}-version": score.version}
    for name, value in values.items():
        fields[f"s{score.pk}-{field_name(name)}"] = value
    return fields


def group_fields(page, world: World, agency: str, code: str) -> dict:
    """What the page's form of a group would send."""
    address, _group = group_url(world, agency, code)
    return fields_of(page, address)
