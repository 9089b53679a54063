"""A rule, and the figures entered for it, in words that a civil servant reads at a glance."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from scoring.kernel.criteria import Criterion as Leaf
from scoring.kernel.rules import Field, FieldType, Rule
from scoring.kernel.rules.tables import Table
from scoring.templatetags.points import MINUS, points

HUNDRED = Decimal(100)
# Rules whose author's text is the unit of the figure, not its name.
WITH_UNIT = frozenset({"bands", "per_unit", "penalty"})


def label_of(field: Field, rule: Rule) -> str:
    """What stands beside an input: the author's words, else the kernel's."""
    if field.type in (FieldType.DAY, FieldType.MOMENT) and field.text:
        return f"{_(field.label)} ({field.text})"
    return field.text or _(field.label)


# --- the rule


def rule_sentence(leaf: Leaf) -> str:
    """How the criterion is scored, in one short sentence."""
    return SENTENCES[leaf.rule.kind](leaf)


def _joined(rows: list[tuple[str, str]]) -> str:
    return "; ".join(f"{name}: {worth}" for name, worth in rows)


def _binary(leaf: Leaf) -> str:
    return _("met: %(max)s; not met: 0") % {"max": points(leaf.max)}


def _levels(leaf: Leaf) -> str:
    rule: Any = leaf.rule
    return _joined([(label, points(worth)) for label, worth in rule.levels])


def _band_rows(table: Table, unit: str) -> str:
    short = unit if unit == "%" else ""
    rows = [(f"≥ {points(bound)} {short}".rstrip(), points(worth)) for bound, worth in table[::-1]]
    return _joined(rows)


def _bands(leaf: Leaf) -> str:
    rule: Any = leaf.rule
    return _band_rows(rule.table, rule.unit)


def _ratio(leaf: Leaf) -> str:
    rule: Any = leaf.rule
    sentence = _("%(max)s × actual / target, at most %(max)s") % {"max": points(leaf.max)}
    if rule.zero_below:
        least = points(rule.zero_below * HUNDRED)
        sentence += "; " + _("below %(share)s %%: 0") % {"share": least}
    return sentence


def _external(leaf: Leaf) -> str:
    rule: Any = leaf.rule
    if rule.table:
        return _band_rows(rule.table, "")
    scale = points(rule.from_scale)
    return _("%(max)s × published index / %(scale)s") % {"max": points(leaf.max), "scale": scale}


def _relative(leaf: Leaf) -> str:
    return _(
        "on target: %(half)s; the best of the bloc: %(max)s; between them in proportion; "
        "computed once every member has its figures"
    ) % {"half": points(leaf.limit / 2), "max": points(leaf.max)}


def _day_rows(table: Table, beyond: str, sign: str = "") -> str:
    rows = []
    for days, worth in table:
        name = _("on time")
        if days:
            name = _("up to %(days)s days late") % {"days": points(days)}
        rows.append((name, f"{sign}{points(worth)}"))
    return _joined([*rows, (_("later"), beyond)])


def _deadline(leaf: Leaf) -> str:
    rule: Any = leaf.rule
    sentence = _day_rows(rule.table, points(rule.beyond))
    if rule.missing != rule.beyond:
        sentence += "; " + _("nothing received: %(points)s") % {"points": points(rule.missing)}
    return sentence


def _deadline_penalty(leaf: Leaf) -> str:
    rule: Any = leaf.rule
    if rule.beyond is None:
        beyond = _("knock-out %(code)s") % {"code": rule.knockout}
    else:
        beyond = f"{MINUS}{points(rule.beyond)}"
    return _day_rows(rule.table, beyond, MINUS)


def _deduct(leaf: Leaf) -> str:
    rule: Any = leaf.rule
    return _joined([(label, f"{MINUS}{points(minus)}") for label, minus in rule.items])


def _per_unit(leaf: Leaf) -> str:
    rule: Any = leaf.rule
    return _("each %(unit)s: %(each)s; at most %(cap)s") % {
        "unit": rule.unit or _("unit"),
        "each": points(rule.each),
        "cap": points(rule.cap),
    }


def _penalty(leaf: Leaf) -> str:
    rule: Any = leaf.rule
    each = f"{MINUS}{points(rule.each)}"
    return _("each %(unit)s: %(each)s") % {"unit": rule.unit or _("unit"), "each": each}


def _derived(leaf: Leaf) -> str:
    rule: Any = leaf.rule
    rows = [
        (_("differs by at most %(delta)s") % {"delta": points(delta)}, points(worth))
        for delta, worth in rule.table
    ]
    return _joined([*rows, (_("by more"), points(rule.beyond))])


def _judged(leaf: Leaf) -> str:
    rule: Any = leaf.rule
    return str(rule.guide) or _("0 to %(max)s points") % {"max": points(leaf.max)}


SENTENCES: dict[str, Callable[[Leaf], str]] = {
    "binary": _binary,
    "levels": _levels,
    "bands": _bands,
    "ratio": _ratio,
    "external": _external,
    "relative": _relative,
    "deadline": _deadline,
    "deadline_penalty": _deadline_penalty,
    "deduct": _deduct,
    "per_unit": _per_unit,
    "penalty": _penalty,
    "derived": _derived,
    "judged": _judged,
}

# --- the figures


def figures_text(leaf: Leaf, inputs: Mapping[str, Any] | None) -> str:
    """What was entered, for readers; nothing where nothing was."""
    if inputs is None:
        return ""
    fields = leaf.rule.fields
    parts = []
    for field in fields:
        value = _value_text(field, inputs.get(field.name))
        if not value:
            continue
        label = label_of(field, leaf.rule)
        if leaf.rule.kind in WITH_UNIT:
            parts.append(f"{value} {label}")
        elif len(fields) == 1 and field.type is not FieldType.DECIMAL:
            parts.append(value)
        else:
            parts.append(f"{label}: {value}")
    return "; ".join(parts)


def _value_text(field: Field, value: Any) -> str:
    if field.type is FieldType.BOOLEAN:
        return _("Met") if value else _("Not met")
    if field.type is FieldType.COUNTS:
        found = [f"{label}: {count}" for label, count in (value or {}).items() if count]
        return "; ".join(found) or _("Nothing to report")
    if field.type is FieldType.MOMENT:
        return moment_text(value) if value else _("nothing came")
    if value is None:
        return ""
    if field.type is FieldType.DAY:
        return date_format(date.fromisoformat(value), "d/m/Y")
    if field.type in (FieldType.DECIMAL, FieldType.INTEGER):
        return points(Decimal(value))
    return str(value)


def moment_text(value: str) -> str:
    """A moment in Vietnam; midnight stands for a day without a time."""
    moment = timezone.localtime(datetime.fromisoformat(value))
    with_time = moment.hour or moment.minute or moment.second
    return date_format(moment, "d/m/Y H:i" if with_time else "d/m/Y")
