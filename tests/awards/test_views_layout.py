"""The layout of the papers: chosen by the board of the province, within the law."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from awards import transitions
from awards.documents.facts import layout_of
from awards.documents.layout import LAYOUT
from awards.models import PrintProfile
from blocs.workflow import Stale
from tests.documents.reading import Paper
from tests.forms import fields_of
from tests.worlds import World

pytestmark = pytest.mark.django_db
PAGE, SAMPLE = reverse("awards:layout_edit"), reverse("awards:layout_sample")
CHOSEN = {
    "margin_top": 25, "margin_bottom": 25, "margin_left": 35, "margin_right": 20,
    "head_size": 12, "body_size": 13, "indent": "1.00", "paragraph_gap": 12, "line_spacing": "1.5",
}  # fmt: skip


@pytest.fixture
def world():
    return World()


def test_the_board_chooses_and_the_papers_of_its_blocs_follow(client, world):
    client.force_login(world.board)
    form = fields_of(client.get(PAGE))
    assert (form["margin_left"], form["version"]) == ("30", "0")
    typed = {**form, **CHOSEN, "line_spacing": "1,5", "party_committee": "Tỉnh ủy Trà Vinh"}
    assert client.post(PAGE, typed).status_code == 302
    layout = layout_of(world.reload())
    assert {name: layout[name].value for name in ("margin-left", "motto", "body", "indent")} == {
        "margin-left": 35, "motto": 13, "body": 13, "indent": 10,
    }  # fmt: skip
    world.province.refresh_from_db()
    assert world.province.party_committee == "Tỉnh ủy Trà Vinh"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("margin_left", "29"), ("margin_left", "36"), ("margin_top", "19"), ("paragraph_gap", "5"),
        ("line_spacing", "0,9"), ("line_spacing", "1.6"), ("head_size", "14"), ("indent", "1.5"),
        ("margin_right", "12,5"), ("body_size", ""),
    ],
)  # fmt: skip
def test_a_choice_outside_the_law_is_refused_at_its_field_and_stays_typed(
    client, world, field, value
):
    client.force_login(world.board)
    typed = {**CHOSEN, "version": "0", field: value}
    answer = client.post(PAGE, typed)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert answer.context["form"][field].value() == value
    assert not PrintProfile.objects.exists()
    assert client.post(SAMPLE, typed).status_code == 422


def test_the_sample_is_printed_in_what_is_typed_and_nothing_is_saved(client, world):
    client.force_login(world.board)
    answer = client.post(SAMPLE, {**CHOSEN, "version": "0"})
    paper = Paper(answer.content)
    assert (answer["Content-Type"], paper.line("Trang này là").size) == ("application/pdf", 13)
    assert paper.overflow((35, 25, 20, 25)) == [] or "DỰ THẢO" in paper.text
    assert paper.line("UBND TỈNH TRÀ VINH").size == 12
    assert not PrintProfile.objects.exists()


def test_a_colleagues_choice_is_replaced_only_on_a_second_look(client, world):
    client.force_login(world.board)
    transitions.set_print_profile(
        world.province, measures={"margin_left": 33}, party_committee="", version=0, by=world.board
    )
    typed = {**CHOSEN, "version": "0"}
    answer = client.post(PAGE, typed)
    assert answer.status_code == 422
    assert "33" in dict(answer.context["form"].theirs).values()
    assert PrintProfile.objects.get().margin_left == 33
    again = fields_of(answer)
    assert (again["margin_left"], again["version"]) == ("35", "1")
    assert client.post(PAGE, again).status_code == 302
    assert PrintProfile.objects.get().margin_left == 35


def test_only_the_board_of_the_province_sets_its_layout(world):
    for user in (world.leader, world.officer("a3")):
        with pytest.raises(PermissionDenied):
            transitions.set_print_profile(
                world.province, measures={}, party_committee="", version=0, by=user
            )
    for version, measures, refusal in ((1, {}, Stale), (0, {"head_size": 15}, ValidationError)):
        with pytest.raises(refusal):
            transitions.set_print_profile(
                world.province, measures=measures, party_committee="", version=version,
                by=world.board,
            )  # fmt: skip
    assert layout_of(world.review) == LAYOUT
