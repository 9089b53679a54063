"""What differs between two versions of the table, member by member."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from blocs.canonical import canonical_text
from blocs.models import Office
from scoring.kernel.tabulation import AGREED_ON_POINTS
from scoring.tables import STAGES, Table
from scoring.templatetags.points import points

TOTALS = ("base", "bonus_raw", "bonus", "penalty", "total")


@dataclass(frozen=True)
class Difference:
    """One fact of a member that is not the same; a text is blank where there was none."""

    part: str
    what: str
    before: str
    after: str


@dataclass(frozen=True)
class MemberChanges:
    """A member with all that differs; ``kind`` says whether it is in both versions."""

    name: str
    differences: tuple[Difference, ...]
    only_in: str = ""


def changes_between(before: Table, after: Table) -> list[MemberChanges]:
    """The members that differ, in the order of the later version; none where all is the same."""
    old, new = _members(before), _members(after)
    found = list(_head(before, after))
    for slug in [*(row.slug for row in after.rows), *(old.keys() - new.keys())]:
        if slug not in old:
            found.append(MemberChanges(new[slug]["name"], (), "after"))
        elif slug not in new:
            found.append(MemberChanges(old[slug]["name"], (), "before"))
        else:
            differences = tuple(_differences(old[slug], new[slug], after.places))
            if old[slug] != new[slug] and not differences:
                differences = (Difference(_("Names and notes"), _("Other facts"), "", ""),)
            if differences:
                found.append(MemberChanges(new[slug]["name"], differences))
    return found


def _head(before: Table, after: Table) -> Iterator[MemberChanges]:
    """What is said of the bloc and the set of criteria, so that no other hash stays unexplained."""
    names = {"bloc": _("Bloc"), "set": _("Set of criteria"), "places": _("Decimals")}
    old, new = before.content, after.content
    differences = tuple(
        Difference(_("Names and notes"), names.get(key, key), _said(old, key), _said(new, key))
        for key in dict.fromkeys([*old, *new])
        if key != "members" and old.get(key) != new.get(key)
    )
    if differences:
        yield MemberChanges(_("The whole table"), differences)


def _said(content: Mapping[str, Any], key: str) -> str:
    value = content.get(key, "")
    if key == "set":
        return f"{value['code']}. {value['title']} ({value['sha256'][:12]})"
    return str(value) if isinstance(value, str | int) else canonical_text({key: value})


def _members(table: Table) -> dict[str, dict[str, Any]]:
    return {one["slug"]: one for one in table.content["members"]}


def _differences(
    old: Mapping[str, Any], new: Mapping[str, Any], places: int
) -> Iterator[Difference]:
    for part, facts_of in (
        (_("Result"), _result),
        (_("Totals"), _totals),
        (_("Groups"), _groups),
        (_("By criterion"), _criteria),
        (_("Names and notes"), _notes),
    ):
        before, after = facts_of(old, places), facts_of(new, places)
        for what in dict.fromkeys([*before, *after]):
            one, other = before.get(what, ""), after.get(what, "")
            if one != other:
                yield Difference(part, what, one, other)


def stage_names() -> dict[str, str]:
    return {"self": _("Claimed"), "appraised": _("Appraised"), "agreed": _("Agreed")}


def _text(value: str | None, places: int) -> str:
    return _("blank") if value is None else points(Decimal(value), places)


def _result(member: Mapping[str, Any], places: int) -> dict[str, str]:
    tie = member["tie"][AGREED_ON_POINTS]
    rank = member["rank"][AGREED_ON_POINTS]
    return {
        _("Rank"): str(rank or "–") + (f" ({_('shared')})" if tie["shared_with"] else ""),
        _("Grade"): member["grade"]["agreed"],
        _("Difference"): _text(member["delta"], places),
        _("May be proposed"): ", ".join(
            name
            for name, may in (
                (_("flag"), member["may_be_proposed"]["flag"]),
                (_("other awards"), member["may_be_proposed"]["merit"]),
            )
            if may
        ),
    }


def _totals(member: Mapping[str, Any], places: int) -> dict[str, str]:
    names = dict(
        zip(
            TOTALS,
            (
                _("groups together"),
                _("bonus before its limit"),
                _("bonus"),
                _("penalty"),
                _("total"),
            ),
            strict=True,
        )
    )
    return {
        f"{label}, {name}": _text(member["totals"][stage][key], places)
        for stage, label in stage_names().items()
        for key, name in names.items()
    }


def _groups(member: Mapping[str, Any], places: int) -> dict[str, str]:
    return {
        f"{code}, {label}": _text(node.get("rescaled", node)[stage], places)
        for code, node in member["nodes"].items()
        for stage, label in stage_names().items()
    }


def _criteria(member: Mapping[str, Any], places: int) -> dict[str, str]:
    found = {}
    for code, one in {**member["leaves"], **member["bonus_and_penalties"]}.items():
        policy = one.get("na")
        for stage in STAGES:
            text = _text(one[stage], places)
            found[f"{code}, {stage_names()[stage]}"] = f"{_('N/A')} {text}" if policy else text
    return found


def _notes(member: Mapping[str, Any], places: int) -> dict[str, str]:
    late = member["late_days"]
    raised = [one["code"] for one in member["knockouts"]]
    return {
        _("Name"): member["name"],
        _("Short name"): member["short"],
        _("Office"): str(Office(member["office"]).label),
        _("Days late"): "–" if late is None else str(late),
        _("Knock-outs"): ", ".join(raised),
        _("Not ranked because"): member["unranked_reason"] if member["unranked"] else "",
    }
