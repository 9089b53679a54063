"""Criteria sets in the database: they read back equal, and stand once adopted."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError

from scoring import transitions as scoring
from scoring.criteria import _adopted_rules, digest, document_of, rules_of
from scoring.kernel.loading import parse_yaml, read_set, write_set
from scoring.models import AutoSource, CriteriaSet, Criterion, Exemption, Part
from tests.worlds import SMALL_SET, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

EXAMPLES = sorted((settings.ROOT / "scoring" / "criteria").glob("*.yaml"))
SET_A = EXAMPLES[0]


def read(path: Path):
    return read_set(parse_yaml(path.read_text(encoding="utf-8")))


def small(old: str, new: str):
    """The small set with one piece of its text replaced."""
    text = SMALL_SET.read_text(encoding="utf-8")
    assert text.count(old) == 1
    return read_set(parse_yaml(text.replace(old, new)))


@pytest.fixture
def world():
    return World()


def upload(world, rules):
    return scoring.upload_criteria(world.review, rules, by=world.leader)


def test_there_are_three_examples():
    assert [path.name[:5] for path in EXAMPLES] == ["set-a", "set-b", "set-c"]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_example_reads_back_equal_as_draft_and_adopted(world, path):
    rules = read(path)
    draft = upload(world, rules)
    assert document_of(CriteriaSet.objects.get(pk=draft.pk)) == write_set(rules)
    assert rules_of(draft) == rules
    adopted = scoring.adopt_criteria(draft, by=world.leader)
    _adopted_rules.cache_clear()
    assert rules_of(adopted) == rules
    assert adopted.sha256 == digest(CriteriaSet.objects.get(pk=draft.pk))


def test_rows_hold_the_tree_in_its_order(world):
    criteria = list(upload(world, read(SET_A)).criteria.select_related("parent"))
    assert [row.code for row in criteria[:4]] == ["I", "I.1", "I.1.1", "I.1.2"]
    assert [row.parent and row.parent.code for row in criteria[:4]] == [None, "I", "I.1", "I.1"]
    assert [row.position for row in criteria] == list(range(1, len(criteria) + 1))
    assert {row.code for row in criteria if row.part == Part.KNOCKOUT} == {
        f"K{n}" for n in range(1, 10)
    }


def test_automatic_criteria_get_the_likely_source(world):
    rows = upload(world, read(SET_A)).criteria.exclude(auto_source="")
    assert dict(rows.values_list("code", "auto_source")) == {
        "IV.1": AutoSource.REGISTRATION,
        "IV.2": AutoSource.ATTENDANCE,
        "IV.3": AutoSource.SUBMISSION,
        "IV.4": AutoSource.DERIVED,
        "TR.1": AutoSource.SUBMISSION,
    }


def test_digest_covers_content_sources_and_exemptions(world):
    criteria_set = upload(world, read(SMALL_SET))
    seen = {digest(criteria_set)}
    late = criteria_set.criteria.get(code="II.3")
    scoring.choose_source(late, AutoSource.REGISTRATION, by=world.leader)
    seen.add(digest(criteria_set))
    first = criteria_set.criteria.get(code="I.1")
    scoring.exempt(first, world.membership("a3"), reason="Không có nhiệm vụ", by=world.leader)
    seen.add(digest(criteria_set))
    scoring.exempt(first, world.membership("a3"), reason="Lý do khác", by=world.leader)
    seen.add(digest(criteria_set))
    assert len(seen) == 4
    scoring.lift_exemption(Exemption.objects.get(), by=world.leader)
    scoring.choose_source(late, AutoSource.SUBMISSION, by=world.leader)
    assert digest(criteria_set) in seen


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("code: I.1,", "code: I.1-a-code-longer-than-twenty,", "I.1-a-code-longer-than-twenty"),
        ('"Có quy chế làm việc"', '"' + "x" * 501 + '"', "I.3"),
        ("code: SMALL", "code: " + "S" * 41, "S" * 41),
        ("rule: {kind: binary}, evidence: []}", "rule: {kind: binary}, auto: true}", "I.3"),
        ("each: 0.5, cap: 1}, evidence: []}", "each: 0.5, cap: 1}, auto: true}", "T.1"),
        ('unit: "văn bản"}}', 'unit: "văn bản"}, auto: true}', "TR.1"),
    ],
)
def test_a_sound_set_that_the_portal_cannot_hold_is_refused_whole(world, old, new, code):
    with pytest.raises(ValidationError, match=f"^\\['{code}: "):
        upload(world, small(old, new))
    assert not CriteriaSet.objects.exists()


def test_refused_upload_leaves_the_draft_before(world):
    draft = upload(world, read(SMALL_SET))
    with pytest.raises(ValidationError):
        upload(world, small("code: I.1,", "code: I.1-a-code-longer-than-twenty,"))
    assert CriteriaSet.objects.get() == draft
    assert rules_of(draft) == read(SMALL_SET)


def test_maximum_with_too_many_digits_is_refused(world):
    text = """
criteria_set:
  {code: BIG, title: Big, scale: 200000000, step: 1, grades: [{label: A, min: 0}],
   groups: [{code: I, name: One, max: 200000000,
     children: [{code: I.1, name: One, max: 200000000, rule: {kind: binary}}]}]}
"""
    with pytest.raises(ValidationError, match="^\\['I: "):
        upload(world, read_set(parse_yaml(text)))


# --- adopted: the database itself refuses


def refused(deed):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        deed()


def test_adopted_criteria_refuse_update_delete_and_insert(world):
    row = world.adopt_criteria().criteria.criteria.get(code="I.1")
    rows = Criterion.objects.filter(pk=row.pk)
    refused(lambda: rows.update(name="Khác"))
    refused(lambda: rows.update(auto_source=AutoSource.ATTENDANCE))
    refused(rows.delete)
    refused(row.delete)
    refused(
        lambda: Criterion.objects.create(
            criteria_set=world.criteria,
            position=99,
            part=Part.LEAF,
            code="X",
            name="X",
            document={},
        )
    )
    with connection.cursor() as cursor:
        refused(lambda: cursor.execute("UPDATE scoring_criterion SET max_points = 1"))
        refused(lambda: cursor.execute("DELETE FROM scoring_criterion"))
    with pytest.raises(ProtectedError):
        world.criteria.delete()
    assert world.criteria.criteria.count() == len(read(SMALL_SET).criteria) + 2 + 1


def test_an_adopted_set_keeps_its_terms_and_exemptions(world):
    draft = upload(world, read(SMALL_SET))
    criterion = draft.criteria.get(code="I.1")
    scoring.exempt(criterion, world.membership("a3"), reason="Không có", by=world.leader)
    scoring.adopt_criteria(draft, by=world.leader)
    sets, exemptions = CriteriaSet.objects.filter(pk=draft.pk), Exemption.objects.all()
    refused(lambda: sets.update(title="Khác"))
    refused(lambda: sets.update(terms={**draft.terms, "bonus_cap": "9"}))
    refused(lambda: exemptions.update(reason="Khác"))
    refused(exemptions.delete)
    refused(
        lambda: Exemption.objects.create(
            criterion=criterion, membership=world.membership("a2"), reason="Thêm"
        )
    )


def test_a_draft_is_written_freely(world):
    draft = upload(world, read(SMALL_SET))
    assert draft.criteria.filter(code="I.1").update(name="Khác") == 1
    draft.delete()
    assert not Criterion.objects.exists()
