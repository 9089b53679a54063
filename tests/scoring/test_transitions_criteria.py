"""Who may prepare and adopt criteria, and when."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from blocs.models import Membership
from blocs.workflow import IllegalMove, Stale
from scoring import transitions as scoring
from scoring.criteria import digest
from scoring.kernel.loading import parse_yaml, read_set
from scoring.models import AutoSource, CriteriaSet, CriteriaSetChange, CriteriaStatus, Exemption
from tests.worlds import SMALL_SET, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

SMALL = SMALL_SET.read_text(encoding="utf-8")


def small(text=SMALL):
    return read_set(parse_yaml(text))


def build_world():
    world = World()
    world.draft = scoring.upload_criteria(world.review, small(), by=world.leader)
    return world


def criterion(world, code):
    return world.draft.criteria.get(code=code)


@pytest.mark.parametrize("who", ["head", "officer"])
def test_plain_members_and_deputy_prepare_nothing(world, who):
    for name in ("a2", "a3"):
        by = getattr(world, who)(name)
        with pytest.raises(PermissionDenied):
            scoring.upload_criteria(world.review, small(), by=by)
        with pytest.raises(PermissionDenied):
            scoring.choose_source(criterion(world, "II.3"), AutoSource.REGISTRATION, by=by)
        with pytest.raises(PermissionDenied):
            scoring.exempt(criterion(world, "I.1"), world.membership("a3"), reason="x", by=by)
        with pytest.raises(PermissionDenied):
            scoring.adopt_criteria(world.draft, by=by)
    assert CriteriaSet.objects.get().status == CriteriaStatus.DRAFT


def test_the_leaders_officer_prepares_and_the_head_adopts(world):
    officer = world.officer("a1")
    draft = scoring.upload_criteria(world.review, small(), by=officer)
    with pytest.raises(PermissionDenied):
        scoring.adopt_criteria(draft, by=officer)
    adopted = scoring.adopt_criteria(draft, by=world.leader)
    assert (adopted.status, adopted.adopted_by) == (CriteriaStatus.ADOPTED, world.leader)
    change = CriteriaSetChange.objects.get()
    assert (change.from_status, change.to_status, change.by) == ("draft", "adopted", world.leader)


def test_the_board_may_issue_the_set(world):
    draft = scoring.upload_criteria(world.review, small(), by=world.board)
    scoring.adopt_criteria(draft, by=world.board)
    assert CriteriaSet.objects.get().adopted_by == world.board


def test_the_leader_of_another_bloc_is_a_stranger(world):
    other = World(slug="khoi-2", prefix="b").leader
    with pytest.raises(PermissionDenied):
        scoring.upload_criteria(world.review, small(), by=other)


def test_uploading_again_replaces_the_draft_and_its_exemptions(world):
    scoring.exempt(
        criterion(world, "I.1"), world.membership("a3"), reason="Không có", by=world.leader
    )
    again = scoring.upload_criteria(world.review, small(), by=world.leader)
    assert CriteriaSet.objects.get() == again
    assert not Exemption.objects.exists()


def test_nothing_changes_after_the_adoption_though_self_scoring_is_not_open(world):
    leader, late = world.leader, criterion(world, "II.3")
    exemption = scoring.exempt(
        criterion(world, "I.1"), world.membership("a3"), reason="Không có", by=leader
    )
    adopted = scoring.adopt_criteria(world.draft, by=leader)
    for deed in (
        lambda: scoring.upload_criteria(world.review, small(), by=leader),
        lambda: scoring.choose_source(late, AutoSource.REGISTRATION, by=leader),
        lambda: scoring.exempt(
            criterion(world, "I.1"), world.membership("a2"), reason="x", by=leader
        ),
        lambda: scoring.lift_exemption(exemption, by=leader),
        lambda: scoring.adopt_criteria(world.draft, by=leader),
    ):
        with pytest.raises(IllegalMove):
            deed()
    assert CriteriaSet.objects.get() == adopted
    assert digest(CriteriaSet.objects.get()) == adopted.sha256


def test_only_the_draft_that_was_read_is_adopted(world):
    seen = digest(world.draft)
    scoring.choose_source(criterion(world, "II.3"), AutoSource.REGISTRATION, by=world.leader)
    with pytest.raises(Stale):
        scoring.adopt_criteria(world.draft, seen=seen, by=world.leader)
    assert CriteriaSet.objects.get().status == CriteriaStatus.DRAFT
    scoring.adopt_criteria(world.draft, seen=digest(world.draft), by=world.leader)


@pytest.mark.parametrize(
    ("code", "source"),
    [
        ("II.3", AutoSource.ATTENDANCE),  # a deadline needs a day of receipt
        ("II.3", AutoSource.DERIVED),
        ("II.3", "elsewhere"),
        ("I.1", AutoSource.SUBMISSION),  # a person fills it in
    ],
)
def test_a_source_that_the_rule_cannot_use_is_refused(world, code, source):
    before = criterion(world, code).auto_source
    with pytest.raises(ValidationError):
        scoring.choose_source(criterion(world, code), source, by=world.leader)
    assert criterion(world, code).auto_source == before


def test_only_criteria_with_a_policy_have_exemptions(world):
    for code in ("I", "I.2", "T.1", "TR.1", "K1"):
        with pytest.raises(ValidationError, match="no rule for members"):
            scoring.exempt(
                criterion(world, code), world.membership("a3"), reason="x", by=world.leader
            )


def test_an_exemption_needs_a_reason_and_a_member_of_the_review(world):
    with pytest.raises(ValidationError, match="reason"):
        scoring.exempt(
            criterion(world, "I.1"), world.membership("a3"), reason="  ", by=world.leader
        )
    World(slug="khoi-2", prefix="b")
    stranger = Membership.objects.get(agency__slug="b1")
    with pytest.raises(ValidationError, match="not a member"):
        scoring.exempt(criterion(world, "I.1"), stranger, reason="x", by=world.leader)
    assert not Exemption.objects.exists()


def test_adoption_is_refused_where_a_member_is_left_without_a_criterion_in_a_group():
    world = World()
    text = SMALL
    for old, new in (
        ("rule: {kind: binary}, evidence: []}", "rule: {kind: binary}, na_policy: RESCALE}"),
        ('{label: "Trung bình", points: 0}]}, evidence: []}',
         '{label: "Trung bình", points: 0}]}, na_policy: RESCALE}'),
    ):  # fmt: skip
        assert text.count(old) == 1
        text = text.replace(old, new)
    world.draft = scoring.upload_criteria(world.review, small(text), by=world.leader)
    for code in ("I.1", "I.2", "I.3"):
        scoring.exempt(
            criterion(world, code), world.membership("a3"), reason="Không có", by=world.leader
        )
    with pytest.raises(ValidationError, match="Sở a3: No leaf of the group I would apply"):
        scoring.adopt_criteria(world.draft, by=world.leader)
    assert CriteriaSet.objects.get().status == CriteriaStatus.DRAFT


def test_adoption_is_refused_where_nobody_is_left_to_average_over():
    world = World()
    text = SMALL.replace("na_policy: RESCALE", "na_policy: BLOC_AVERAGE")
    world.draft = scoring.upload_criteria(world.review, small(text), by=world.leader)
    for name in ("a1", "a2", "a3"):
        scoring.exempt(
            criterion(world, "I.1"), world.membership(name), reason="Không có", by=world.leader
        )
    with pytest.raises(ValidationError, match="No ranked member is left to average I.1 over"):
        scoring.adopt_criteria(world.draft, by=world.leader)
