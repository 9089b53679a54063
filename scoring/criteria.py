"""Criteria sets between the kernel and the database: stored row by row, read back whole."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from blocs.canonical import canonical_text, sha256_of
from scoring.kernel.criteria import CriteriaSet as Rules
from scoring.kernel.criteria import Criterion as Leaf
from scoring.kernel.criteria import Group
from scoring.kernel.criteria import Part as KernelPart
from scoring.kernel.loading import read_set, write_criterion, write_set
from scoring.models import AutoSource, CriteriaSet, Criterion, Part

EXTRAS = {"bonus": Part.BONUS, "penalties": Part.PENALTY, "knockouts": Part.KNOCKOUT}


def store(criteria_set: CriteriaSet, rules: Rules) -> None:
    """Write the rows of a draft set, which has none yet.

    Raises ``ValidationError`` for a sound set that the portal cannot hold or feed.
    """
    document: Any = write_set(rules)["criteria_set"]
    criteria_set.code, criteria_set.title = rules.code, rules.title
    criteria_set.terms = {
        key: value for key, value in document.items() if key not in ("groups", *EXTRAS)
    }
    _clean(criteria_set, rules.code, but=["review"])
    criteria_set.save()
    rows: list[Criterion] = []
    for group in rules.groups:
        _store_node(criteria_set, group, None, rows)
    for key, part in EXTRAS.items():
        for item in document[key]:
            code = str(item["code"])
            leaf = rules.find(code) if rules.has(code) else None
            _store_row(criteria_set, part, code, str(item["name"]), item, leaf, None, rows)


def _store_node(
    criteria_set: CriteriaSet, node: Group | Leaf, parent: Criterion | None, rows: list[Criterion]
) -> None:
    if isinstance(node, Leaf):
        document = write_criterion(node)
        _store_row(criteria_set, Part.LEAF, node.code, node.name, document, node, parent, rows)
        return
    own: dict[str, object] = {"code": node.code, "name": node.name, "max": str(node.max)}
    row = _store_row(criteria_set, Part.GROUP, node.code, node.name, own, node, parent, rows)
    for child in node.children:
        _store_node(criteria_set, child, row, rows)


def _store_row(
    criteria_set: CriteriaSet,
    part: Part,
    code: str,
    name: str,
    document: dict[str, object],
    node: Group | Leaf | None,
    parent: Criterion | None,
    rows: list[Criterion],
) -> Criterion:
    row = Criterion(
        criteria_set=criteria_set,
        parent=parent,
        position=len(rows) + 1,
        part=part,
        code=code,
        name=name,
        max_points=node.max if node is not None else None,
        document=document,
        auto_source=likely_source(node) if isinstance(node, Leaf) else "",
    )
    _clean(row, code, but=["criteria_set", "parent"])
    row.save()
    rows.append(row)
    return row


def _clean(row: CriteriaSet | Criterion, code: str, *, but: list[str]) -> None:
    """Lengths and digits that the columns hold; the kernel knows no such limits."""
    try:
        row.clean_fields(exclude=but)
    except ValidationError as error:
        raise ValidationError([f"{code}: {message}" for message in error.messages]) from error


def fitting_sources(leaf: Leaf) -> tuple[AutoSource, ...]:
    """The records that can give what the rule of an automatic criterion needs."""
    if leaf.derived:
        return (AutoSource.DERIVED,)
    if leaf.part is KernelPart.BONUS:
        return ()
    if leaf.rule.kind in ("deadline", "deadline_penalty"):
        return (AutoSource.SUBMISSION, AutoSource.REGISTRATION)
    return (AutoSource.ATTENDANCE,) if leaf.rule.kind in ("per_unit", "deduct") else ()


def likely_source(leaf: Leaf) -> str:
    """Where the value of an automatic criterion most likely comes from; the bloc may change it."""
    if not leaf.auto:
        return ""
    sources = fitting_sources(leaf)
    if not sources:
        raise ValidationError(
            _("%(code)s: the portal has no record that fills this criterion in; leave “auto” out.")
            % {"code": leaf.code}
        )
    # A fixed day such as "31/3" is the covenant's; the sheets are due "as planned".
    fixed = any(letter.isdigit() for letter in getattr(leaf.rule, "due", ""))
    if leaf.rule.kind == "deadline" and fixed:
        return AutoSource.REGISTRATION
    return sources[0]


def document_of(criteria_set: CriteriaSet) -> dict[str, object]:
    """The set as the plain document that the kernel reads."""
    top: dict[str, list[object]] = {"groups": [], "bonus": [], "penalties": [], "knockouts": []}
    keys = {Part.BONUS: "bonus", Part.PENALTY: "penalties", Part.KNOCKOUT: "knockouts"}
    children: dict[int, list[object]] = {}
    for row in criteria_set.criteria.all():
        document = dict(row.document)
        if row.part == Part.GROUP:
            children[row.pk] = document["children"] = []
        if row.parent_id is not None:
            children[row.parent_id].append(document)
        else:
            top[keys.get(Part(row.part), "groups")].append(document)
    return {"criteria_set": {**criteria_set.terms, **top}}


# What people read, and where a year may stand; numbers of a rule are text too, and none of these.
WORDS = ("title", "name", "evidence")


def moved_on(criteria_set: CriteriaSet, year: int, to: int) -> Rules:
    """The set as its bloc takes it over from ``year``: the words of that year bear the next one.

    Numbers of decisions (12/2022) stay as they are.
    """
    alone = re.compile(rf"(?<![\d/]){year}(?![\d/])")

    def move(value: object, *, is_word: bool) -> object:
        if isinstance(value, dict):
            return {key: move(item, is_word=key in WORDS) for key, item in value.items()}
        if isinstance(value, list):
            return [move(item, is_word=is_word) for item in value]
        return alone.sub(str(to), value) if is_word and isinstance(value, str) else value

    document: Any = move(document_of(criteria_set), is_word=False)
    top = document["criteria_set"]
    top["code"] = alone.sub(str(to), top["code"])
    return read_set(document)


def digest(criteria_set: CriteriaSet) -> str:
    """SHA-256 of the set's content, its automatic sources and its exemptions."""
    content = {
        "document": document_of(criteria_set),
        "sources": {row.code: row.auto_source for row in criteria_set.criteria.all()},
        "exemptions": sorted(
            [row.code, exemption.membership.agency.slug, exemption.reason]
            for row in criteria_set.criteria.prefetch_related("exemptions__membership__agency")
            for exemption in row.exemptions.all()
        ),
    }
    return sha256_of(canonical_text(content))


def rules_of(criteria_set: CriteriaSet) -> Rules:
    """The set as the kernel computes with it; an adopted one is read once a process."""
    if criteria_set.is_draft:
        return read_set(document_of(criteria_set))
    return _adopted_rules(criteria_set.pk, criteria_set.sha256)


@lru_cache(maxsize=64)
def _adopted_rules(pk: int, _sha256: str) -> Rules:
    return read_set(document_of(CriteriaSet.objects.get(pk=pk)))
