"""The year-end report as it is gathered from the records of a review."""

import pytest

from awards.documents import report_facts
from awards.documents.facts import Numbering
from blocs import transitions as blocs
from blocs.models import ExemplaryModel, RewardCount, Role, User
from tests.worlds import World, make_user

pytestmark = pytest.mark.django_db


def write(world, name, *, models=(), rewards=(), **fields):
    blocs.write_report(
        world.membership(name),
        fields={"results": "Tốt", **fields},
        models=[
            ExemplaryModel(kind=kind, name=who, unit=unit, deeds="Việc tốt")
            for kind, who, unit in models
        ],
        rewards=[
            RewardCount(form=form, collectives=collectives, individuals=individuals)
            for form, collectives, individuals in rewards
        ],
        version=0,
        by=world.officer(name),
    )


def gathered(world):
    return report_facts.gather(world.review, Numbering("", "BC-KTĐ1", None))


def test_staff_and_the_active_head_stand_beside_the_member():
    world = World().open_self_scoring()
    write(world, "a2", staff=48)
    User.objects.filter(username="head.a2").update(full_name="Cũ", is_active=False)
    make_user("next", world.agencies["a2"], Role.HEAD)
    User.objects.filter(username="officer.a2").update(full_name="Chuyên viên")
    User.objects.filter(username="next").update(full_name="Lê Thị A", position="Giám đốc")
    first, second, third = gathered(world).members
    assert (first.staff, first.head, first.role) == (None, "", "Khối trưởng")
    assert (second.staff, second.head) == (48, "Lê Thị A, Giám đốc")
    assert (third.staff, third.head) == (None, "")


def test_rewards_are_added_up_over_spellings_in_the_usual_order():
    world = World().open_self_scoring()
    write(world, "a3", rewards=[("Danh hiệu riêng", 1, 0), ("Lao động  Tiên tiến", 0, 5)])
    write(world, "a1", rewards=[("lao động tiên tiến", 0, 7), ("Chiến sĩ thi đua cơ sở", 0, 2)])
    report = gathered(world)
    assert [(one.form, one.collectives, one.individuals) for one in report.reward_lines] == [
        ("Chiến sĩ thi đua cơ sở", 0, 2),
        ("Lao động tiên tiến", 0, 12),
        ("Danh hiệu riêng", 1, 0),
    ]
    assert report.without_rewards == "Sở a2"


def test_collectives_and_people_stand_in_two_groups_in_the_order_of_the_bloc():
    world = World().open_self_scoring()
    write(world, "a2", models=[("individual", "Lê B", ""), ("collective", "Phòng C", "")])
    write(world, "a1", models=[("individual", "Lê A", "Chuyên viên")])
    groups = gathered(world).exemplar_lists
    assert [(group.title, [line.name for line in group.lines]) for group in groups] == [
        ("Tập thể", ["Phòng C"]),
        ("Cá nhân", ["Lê A", "Lê B"]),
    ]
    assert groups[1].lines[0].place == "Chuyên viên, Sở a1"


def test_without_reports_only_the_score_table_is_annexed():
    report = gathered(World().open_self_scoring())
    assert list(report.annexes) == ["scores"]
    assert not any((report.member_sections, report.reward_lines, report.reward_reference))


@pytest.mark.parametrize("reports", [1, 3])
def test_gathering_costs_the_same_for_one_report_and_for_three(reports, django_assert_num_queries):
    world = World().open_self_scoring()
    for name in list(world.agencies)[:reports]:
        write(
            world,
            name,
            staff=9,
            models=[("individual", "Lê A", "")] * reports,
            rewards=[("Lao động tiên tiến", 0, 1)],
        )
    world.reload()
    gathered(world)  # the criteria are read once for all that follow
    with django_assert_num_queries(28):
        gathered(world)
