"""The criteria handed on to the bloc's next review: a draft of the year to come."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from blocs import transitions as blocs
from blocs.canonical import canonical_text
from blocs.models import Bloc
from scoring import transitions as scoring
from scoring.criteria import document_of
from scoring.kernel.loading import parse_yaml, read_set
from scoring.models import AutoSource, CriteriaSet, CriteriaStatus, Exemption
from tests.worlds import SMALL_SET, World

pytestmark = pytest.mark.django_db

DATED = (
    SMALL_SET.read_text(encoding="utf-8")
    .replace("code: SMALL", "code: SMALL-2024")
    .replace("Bảng tiêu chí rút gọn", "Bảng tiêu chí năm 2024 theo Quyết định 12/2024/QĐ-UBND")
    .replace("Có quy chế làm việc", "Có quy chế làm việc năm 2024")
    .replace('evidence: ["Báo cáo"]', 'evidence: ["Báo cáo năm 2024, số 20245"]')
)


def build_world():
    """Adopted criteria with a chosen source and an exemption, and the next review without any."""
    world = World()
    rules = read_set(parse_yaml(DATED))
    draft = scoring.upload_criteria(world.review, rules, by=world.leader)
    scoring.choose_source(draft.criteria.get(code="II.3"), AutoSource.REGISTRATION, by=world.leader)
    scoring.exempt(
        draft.criteria.get(code="I.1"), world.membership("a3"), reason="Không có", by=world.leader
    )
    world.criteria = scoring.adopt_criteria(draft, by=world.leader)
    world.upcoming = blocs.continue_review(
        world.review, leader=world.membership("a3"), deputies=[], by=world.leader
    )
    return world


def copied(world):
    return scoring.copy_criteria(world.review, world.upcoming, by=world.leader)


def test_the_copy_is_a_draft_of_the_same_criteria_in_the_next_review(world):
    draft = copied(world)
    assert (draft.review, draft.status) == (world.upcoming, CriteriaStatus.DRAFT)
    assert (draft.adopted_at, draft.sha256) == (None, "")
    rows = ("position", "part", "code", "max_points", "auto_source")
    assert list(draft.criteria.values_list(*rows)) == list(
        world.criteria.criteria.values_list(*rows)
    )
    moved = canonical_text(document_of(world.criteria)).replace("năm 2024", "năm 2025")
    assert canonical_text(document_of(draft)) == moved.replace("SMALL-2024", "SMALL-2025")


def test_the_year_moves_on_in_words_and_stays_in_numbers_of_decisions(world):
    draft = copied(world)
    assert draft.code == "SMALL-2025"
    assert draft.title == "Bảng tiêu chí năm 2025 theo Quyết định 12/2024/QĐ-UBND"
    assert draft.criteria.get(code="I.3").name == "Có quy chế làm việc năm 2025"
    assert draft.criteria.get(code="I.1").document["evidence"] == ["Báo cáo năm 2025, số 20245"]


def test_a_chosen_source_is_kept_and_an_exemption_is_not(world):
    draft = copied(world)
    assert draft.criteria.get(code="II.3").auto_source == AutoSource.REGISTRATION
    assert list(Exemption.objects.filter(criterion__criteria_set=draft)) == []
    assert Exemption.objects.count() == 1


def test_this_years_set_stays_as_it_was_adopted(world):
    before = (world.criteria.title, world.criteria.sha256, document_of(world.criteria))
    copied(world)
    world.criteria.refresh_from_db()
    after = (world.criteria.title, world.criteria.sha256, document_of(world.criteria))
    assert (after, world.criteria.status) == (before, CriteriaStatus.ADOPTED)


def test_a_set_that_the_next_review_has_already_is_left_alone(world):
    own = scoring.upload_criteria(world.upcoming, read_set(parse_yaml(DATED)), by=world.head("a3"))
    assert copied(world) is None
    assert CriteriaSet.objects.get(review=world.upcoming) == own


def test_without_adopted_criteria_nothing_is_copied():
    world = World()
    world.upcoming = blocs.continue_review(
        world.review, leader=world.membership("a3"), deputies=[], by=world.leader
    )
    scoring.upload_criteria(world.review, read_set(parse_yaml(DATED)), by=world.leader)
    assert copied(world) is None
    assert not CriteriaSet.objects.filter(review=world.upcoming).exists()


@pytest.mark.parametrize("who", ["a2", "a3"])
def test_only_leader_and_board_hand_criteria_on(world, who):
    for by in (world.head(who), world.officer("a1")):
        with pytest.raises(PermissionDenied):
            scoring.copy_criteria(world.review, world.upcoming, by=by)
    assert scoring.copy_criteria(world.review, world.upcoming, by=world.board) is not None


def test_criteria_are_handed_on_within_the_bloc_and_to_its_next_year(world):
    other = Bloc.objects.create(
        province=world.province, slug="k9", name="Khối 9", full_name="K9", symbol="K9"
    )
    foreign = blocs.open_review(other, 2025, members={}, by=world.board)
    later = blocs.open_review(world.bloc, 2026, members={}, by=world.board)
    for review in (foreign, later, world.review):
        with pytest.raises(ValidationError):
            scoring.copy_criteria(world.review, review, by=world.leader)


def test_the_draft_waits_for_next_years_leader_and_not_for_this_years(world):
    draft = copied(world)
    with pytest.raises(PermissionDenied):
        scoring.adopt_criteria(draft, by=world.leader)
    assert scoring.adopt_criteria(draft, by=world.head("a3")).review == world.upcoming
