"""The rows of a member's report on its page: exemplary models and rewards."""

from __future__ import annotations

import pytest
from django.urls import reverse

from blocs import transitions
from blocs.models import ExemplaryModel, MemberReport, ModelKind, RewardCount
from tests.forms import fields_of, signed_in
from tests.worlds import World

pytestmark = pytest.mark.django_db

MODEL = {
    "models-0-kind": "individual",
    "models-0-name": "Lê Thị A",
    "models-0-unit": "Chuyên viên",
    "models-0-deeds": "Có sáng kiến",
}
REWARD = {"rewards-0-form": "Lao động tiên tiến", "rewards-0-individuals": "12"}


class Page:
    """The page of a2's report in the browser of its officer."""

    def __init__(self):
        self.world = World()
        self.client = signed_in(self.world.officer("a2"))
        self.address = reverse("blocs:report_detail", args=[*self.world.review.url_args, "a2"])

    @property
    def fields(self):
        return fields_of(self.client.get(self.address))

    def post(self, **changes):
        return self.client.post(self.address, self.fields | changes)

    def write(self, rows=1, version=0):
        return transitions.write_report(
            self.world.membership("a2"),
            fields={"results": "theirs"},
            models=[
                ExemplaryModel(kind=ModelKind.COLLECTIVE, name=f"Phòng {at}", deeds="Tốt")
                for at in range(rows)
            ],
            rewards=[RewardCount(form=f"Cờ {at}", collectives=1) for at in range(rows)],
            version=version,
            by=self.world.officer("a2"),
        )


def saved():
    return (
        list(ExemplaryModel.objects.values_list("kind", "name", "unit", "deeds")),
        list(RewardCount.objects.values_list("form", "collectives", "individuals")),
    )


def test_rows_are_saved_with_the_report_and_offered_again_above_empty_ones():
    page = Page()
    assert page.post(results="Tốt", **MODEL, **REWARD).status_code == 302
    assert saved() == (
        [("individual", "Lê Thị A", "Chuyên viên", "Có sáng kiến")],
        [("Lao động tiên tiến", 0, 12)],
    )
    again = page.fields
    assert MODEL.items() <= again.items()
    assert again["rewards-0-individuals"] == "12"
    assert [again[f"models-{at}-name"] for at in (1, 2, 3)] == ["", "", ""]
    assert page.post().status_code == 302
    assert len(saved()[0]) == len(saved()[1]) == 1


def test_the_usual_titles_are_suggested():
    page = Page()
    html = page.client.get(page.address).content.decode()
    assert 'list="usual-rewards"' in html
    assert '<option value="Chiến sĩ thi đua cơ sở">' in html


def test_rows_that_were_ticked_or_emptied_are_removed():
    page = Page()
    page.write(rows=3)
    emptied = {"models-1-name": "", "models-1-deeds": "", "models-1-unit": ""}
    ticked = {"models-0-remove": "on", "rewards-2-remove": "on", "rewards-2-form": ""}
    assert page.post(**emptied, **ticked).status_code == 302
    assert [row[1] for row in saved()[0]] == ["Phòng 2"]
    assert [row[0] for row in saved()[1]] == ["Cờ 0", "Cờ 1"]


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        ({"models-0-kind": ""}, "models-0-kind", "This field is required"),
        ({"models-0-deeds": ""}, "models-0-deeds", "This field is required"),
        ({"models-0-kind": "bloc"}, "models-0-kind", "Select a valid choice"),
        ({"rewards-0-form": ""}, "rewards-0-form", "This field is required"),
        ({"rewards-0-individuals": ""}, "rewards-0-collectives", "Give the number"),
        ({"rewards-0-individuals": "1.000"}, "rewards-0-individuals", "in digits only"),
        (
            {"rewards-2-form": "LAO động  tiên tiến", "rewards-2-collectives": "1"},
            "rewards-2-form",
            "listed already",
        ),
    ],
)
def test_an_error_stands_at_its_field_and_nothing_typed_is_lost(wrong, field, message):
    page = Page()
    typed = {"results": "two hours of work", **MODEL, **REWARD, **wrong}
    answer = page.post(**typed)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert f'id="id_{field}_error"' in html
    assert f'href="#id_{field}"' in html
    assert html.split(f'id="id_{field}_error"')[1].split("</div>")[0].count(message) == 1
    again = fields_of(answer)
    kept = {name: text for name, text in typed.items() if text != "bloc"}
    assert {name: again[name] for name in kept} == kept
    assert not MemberReport.objects.exists()


def test_a_colleagues_rows_are_shown_beside_those_typed():
    page = Page()
    fields = page.fields | MODEL | REWARD
    page.write()
    answer = page.client.post(page.address, fields)
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "Phòng 0" in html
    assert "Cờ 0" in html
    assert [row[1] for row in saved()[0]] == ["Phòng 0"]
    assert page.client.post(page.address, fields_of(answer)).status_code == 302  # on purpose
    assert [row[1] for row in saved()[0]] == ["Lê Thị A"]


def test_the_leader_reads_the_rows():
    page = Page()
    page.write()
    html = signed_in(page.world.leader).get(page.address).content.decode()
    assert "Phòng 0" in html
    assert "Cờ 0" in html
    assert "models-0-name" not in html


def test_more_rows_than_a_report_holds_are_refused():
    page = Page()
    many = {f"rewards-{at}-form": f"Cờ {at}" for at in range(101)}
    many |= {f"rewards-{at}-collectives": "1" for at in range(101)}
    answer = page.post(**many, **{"rewards-TOTAL_FORMS": "101"})
    assert answer.status_code == 422
    assert "at most 100 forms" in answer.content.decode()
    assert not MemberReport.objects.exists()


def test_a_post_without_the_tables_changes_no_row():
    page = Page()
    page.write()
    answer = page.client.post(page.address, {"version": "1", "results": "x"})
    assert answer.status_code == 422
    assert len(saved()[0]) == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_whatever_it_lists(rows, django_assert_num_queries):
    page = Page()
    page.write(rows)
    with django_assert_num_queries(8):  # session, user; review, member, names, parts; two tables
        page.client.get(page.address)
    client = signed_in(page.world.leader)
    with django_assert_num_queries(10):  # the same less the form, and the report with its tables
        client.get(page.address)
