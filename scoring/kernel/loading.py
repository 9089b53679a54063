"""Reading and writing a criteria set as a plain document (docs/criteria.md)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from .arithmetic import plain
from .criteria import (
    CONFERENCE,
    CriteriaSet,
    Criterion,
    Effect,
    Grade,
    Group,
    Knockout,
    NaPolicy,
    Part,
)
from .documents import Document
from .errors import gettext_noop
from .rules import BASE_KINDS, BONUS_KINDS, PENALTY_KINDS, RULES, Derived, Rule
from .soundness import check
from .strict_yaml import FILE, parse_yaml

KINDS = {Part.BASE: BASE_KINDS, Part.BONUS: BONUS_KINDS, Part.PENALTY: PENALTY_KINDS}
MAX_PLACES = 6


def read_set(document: object) -> CriteriaSet:
    """The set that `document` describes, checked throughout.

    `document` is what `parse_yaml` or `write_set` returns. CriteriaError is one line that names the
    code, what is wrong and, where two numbers disagree, both.
    """
    outer = Document(document, FILE)
    head = Document(outer.take("criteria_set"), FILE)
    outer.done()
    head.own_code()
    places, bonus = _places(head), head.items("bonus")
    criteria = CriteriaSet(
        code=head.code,
        title=head.text("title"),
        scale=head.positive("scale"),
        step=head.positive("step"),
        places=places,
        bonus_cap=head.amount("bonus_cap") if bonus or head.has("bonus_cap") else Decimal(0),
        grades=_grades(head),
        tie_break=head.texts("tie_break"),
        groups=tuple(_group(row) for row in head.rows("groups")),
        bonus=tuple(_criterion(Document(raw, head.code), Part.BONUS) for raw in bonus),
        penalties=tuple(
            _criterion(Document(raw, head.code), Part.PENALTY) for raw in head.items("penalties")
        ),
        knockouts=tuple(_knockout(Document(raw, head.code)) for raw in head.items("knockouts")),
    )
    head.done()
    check(criteria)
    return criteria


def write_set(criteria: CriteriaSet) -> dict[str, object]:
    """A document of dict, list, str, int and bool; `read_set` gives an equal set back."""
    head: dict[str, object] = {
        "code": criteria.code,
        "title": criteria.title,
        "scale": plain(criteria.scale),
        "step": plain(criteria.step),
        "rounding": {"places": criteria.places, "mode": "HALF_UP"},
        "bonus_cap": plain(criteria.bonus_cap),
        "grades": [{"label": grade.label, "min": plain(grade.min)} for grade in criteria.grades],
        "tie_break": list(criteria.tie_break),
        "groups": [_write_group(group) for group in criteria.groups],
        "bonus": [write_criterion(criterion) for criterion in criteria.bonus],
        "penalties": [write_criterion(criterion) for criterion in criteria.penalties],
        "knockouts": [_write_knockout(knockout) for knockout in criteria.knockouts],
    }
    return {"criteria_set": head}


def read_rule(document: object, code: str, part: Part = Part.BASE) -> Rule:
    """The rule that `document` describes; CriteriaError names `code`."""
    reader = Document(document, code)
    kind = reader.text("kind")
    if kind not in KINDS[part]:
        reader.refuse(
            gettext_noop('%(code)s: the rule "%(kind)s" is not possible here; known: %(known)s.'),
            kind=kind,
            known=", ".join(kind for kind in RULES if kind in KINDS[part]),
        )
    rule = RULES[kind].from_document(reader)
    reader.done()
    return rule


def write_rule(rule: Rule) -> dict[str, object]:
    """The rule as a plain document, numbers as text."""
    return {"kind": rule.kind, **rule.document()}


def write_criterion(criterion: Criterion) -> dict[str, object]:
    """A leaf, bonus or penalty as a plain document, numbers as text."""
    document: dict[str, object] = {"code": criterion.code, "name": criterion.name}
    if criterion.max is not None:
        document["cap" if criterion.part is Part.BONUS else "max"] = plain(criterion.max)
    document["rule"] = write_rule(criterion.rule)
    document["evidence"] = list(criterion.evidence)
    optional: dict[str, object] = {
        "verifier": criterion.verifier,
        "na_policy": criterion.na_policy.value if criterion.na_policy else None,
        "late_data": criterion.late_data,
        "auto": criterion.auto,
        "set_by": criterion.set_by,
    }
    document.update((key, value) for key, value in optional.items() if value)
    return document


def _write_group(group: Group) -> dict[str, object]:
    return {
        "code": group.code,
        "name": group.name,
        "max": plain(group.max),
        "children": [
            _write_group(child) if isinstance(child, Group) else write_criterion(child)
            for child in group.children
        ],
    }


def _write_knockout(knockout: Knockout) -> dict[str, object]:
    document: dict[str, object] = {
        "code": knockout.code,
        "effect": knockout.effect.value,
        "name": knockout.name,
    }
    return {**document, "grade": knockout.grade} if knockout.grade else document


def _places(head: Document) -> int:
    if not head.has("rounding"):
        return 2
    rounding = Document(head.take("rounding"), head.code)
    places = rounding.whole("places")
    if places > MAX_PLACES:
        rounding.refuse(
            gettext_noop("%(code)s: rounding to %(places)s places; at most %(most)s."),
            places=places,
            most=MAX_PLACES,
        )
    if rounding.has("mode"):
        _one_of(rounding, "mode", ("HALF_UP",))
    rounding.done()
    return places


def _grades(head: Document) -> tuple[Grade, ...]:
    grades = []
    for row in head.rows("grades"):
        grades.append(Grade(row.text("label"), row.number("min")))
        row.done()
    return tuple(sorted(grades, key=lambda grade: grade.min, reverse=True))


def _group(reader: Document) -> Group:
    reader.own_code()
    name, maximum = reader.text("name"), reader.positive("max")
    children = tuple(_child(row) for row in reader.rows("children"))
    reader.done()
    return Group(reader.code, name, maximum, children)


def _child(reader: Document) -> Group | Criterion:
    return _group(reader) if reader.has("children") else _criterion(reader, Part.BASE)


def _criterion(reader: Document, part: Part) -> Criterion:
    reader.own_code()
    maximum = None
    if part is not Part.PENALTY:
        maximum = reader.positive("cap" if part is Part.BONUS else "max")
    rule = read_rule(reader.take("rule"), reader.code, part)
    base, bonus = part is Part.BASE, part is Part.BONUS
    na_policy = None
    if base and reader.has("na_policy"):
        na_policy = NaPolicy(_one_of(reader, "na_policy", [policy.value for policy in NaPolicy]))
    set_by = _one_of(reader, "set_by", (CONFERENCE,)) if bonus and reader.has("set_by") else None
    criterion = Criterion(
        code=reader.code,
        name=reader.text("name"),
        part=part,
        rule=rule,
        max=maximum,
        evidence=reader.texts("evidence"),
        verifier=reader.optional_text("verifier"),
        na_policy=na_policy,
        late_data=reader.flag("late_data") if base else False,
        auto=reader.flag("auto") or isinstance(rule, Derived),
        set_by=set_by,
    )
    reader.done()
    return criterion


def _knockout(reader: Document) -> Knockout:
    reader.own_code()
    effect = Effect(_one_of(reader, "effect", [effect.value for effect in Effect]))
    name = reader.text("name")
    grade = reader.text("grade") if effect is Effect.CAP_GRADE else None
    reader.done()
    return Knockout(reader.code, effect, name, grade)


def _one_of(reader: Document, key: str, allowed: Sequence[str]) -> str:
    value = reader.text(key)
    if value not in allowed:
        reader.refuse(
            gettext_noop("%(code)s: %(key)s is %(value)s; possible: %(allowed)s."),
            key=key,
            value=value,
            allowed=", ".join(allowed),
        )
    return value


__all__ = ["parse_yaml", "read_rule", "read_set", "write_criterion", "write_rule", "write_set"]
