"""The form of a question: what cannot be put to the vote is told at its field."""

import pytest
from django.http import QueryDict
from django.utils import translation

from awards.forms.votes import QuestionForm, Subject, rule_label
from awards.models import Award, Method, PaperForm, ResolutionKind, VoteRule
from awards.views.votes import ground_of
from blocs.models import Office
from tests.awards.polls import Poll

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def filled(world, ground, subject, **typed):
    """The form as somebody sends it; candidates by the names of their agencies."""
    sent = {"form": PaperForm.APPROVE, "seats": "1", "most": "1"}
    sent |= {"method": Method.SECRET_BALLOT, "rule": str(world.rule().pk)} | typed
    data = QueryDict(mutable=True)
    for name, value in sent.items():
        if name == "candidates":
            pks = [str(world.membership(one).pk) for one in value]
            data.setlist("question-candidates", pks)
        else:
            data[f"question-{name}"] = value
    return QuestionForm(data, subject=subject, ground=ground)


def build_world():
    return Poll(members=3).adopt()


def test_bad_combinations_are_told_at_their_field(world):
    ground = ground_of(world.conference)
    flag = Subject(ResolutionKind.PROPOSE, award=Award.objects.get(code="flag"))
    leader = Subject(ResolutionKind.ELECT, office=Office.LEADER)
    other = Subject(ResolutionKind.OTHER)
    two = {"candidates": ("a1", "a2")}
    for subject, typed, field in (
        (flag, two | {"form": PaperForm.ELECT, "method": Method.CONSENSUS}, "method"),
        (flag, {"candidates": ()}, "candidates"),
        (flag, {"candidates": ("a1",), "form": PaperForm.ELECT}, "candidates"),
        (flag, two | {"seats": "3"}, "seats"),
        (flag, two | {"seats": "hai"}, "seats"),
        (flag, two | {"form": PaperForm.CHOOSE, "most": "3"}, "most"),
        (flag, two | {"on_paper": "on", "method": Method.SHOW_OF_HANDS}, "on_paper"),
        (flag, two | {"asks_password": "on", "on_paper": "on"}, "asks_password"),
        (flag, two | {"asks_password": "on", "method": Method.CONSENSUS}, "asks_password"),
        (flag, two | {"rule": "0"}, "rule"),
        (flag, two | {"method": ""}, "method"),
        (leader, two | {"seats": "2"}, "seats"),
        (other, {"title": " "}, "title"),
    ):
        form = filled(world, ground, subject, **typed)
        assert list(form.errors) == [field], (typed, form.errors)
    assert filled(world, ground, flag, **two).is_valid()


def test_a_question_left_blank_is_named_in_vietnamese(world):
    ground = ground_of(world.conference)
    for subject, title in (
        (
            Subject(ResolutionKind.PROPOSE, award=Award.objects.get(code="flag")),
            f"Đề nghị tặng {Award.objects.get(code='flag').name} năm 2024",
        ),
        (Subject(ResolutionKind.ELECT, office=Office.LEADER), "Bầu Khối trưởng năm 2025"),
        (Subject(ResolutionKind.ELECT, office=Office.DEPUTY), "Bầu Khối phó năm 2025"),
    ):
        form = filled(world, ground, subject, title="", candidates=("a1", "a2"))
        assert form.is_valid(), form.errors
        assert form.question.title == title
    form = filled(world, ground, Subject(ResolutionKind.OTHER), sentence="Ký giao ước.")
    assert form.is_valid(), form.errors
    assert (form.question.title, form.question.sentence) == ("Ký giao ước.", "Ký giao ước.")


def test_who_is_barred_is_shown_with_the_reason_and_cannot_be_sent(world):
    world.propose("a1", "merit")
    ground = ground_of(world.conference)
    flag = Subject(ResolutionKind.PROPOSE, award=Award.objects.get(code="flag"))
    form = QuestionForm(None, subject=flag, ground=ground)
    shown = str(form["candidates"])
    assert "Rank 1: Sở a1 – A member is proposed for one award a year" in shown
    assert shown.count("disabled") == 1
    assert "Rank 2: Sở a2 – Not first in rank: to propose it needs a reason." in shown
    sent = filled(world, ground, flag, candidates=("a1", "a2"))
    assert sent.errors["candidates"] == ["May not stand: Sở a1."]
    assert filled(world, ground, flag, candidates=("a2",)).is_valid()
    world.elect("a2", Office.LEADER)
    deputy = Subject(ResolutionKind.ELECT, office=Office.DEPUTY)
    sent = filled(world, ground_of(world.conference), deputy, candidates=("a2", "a3"))
    assert sent.errors["candidates"] == ["May not stand: Sở a2."]


def test_the_quota_less_what_is_proposed_is_filled_in(world):
    merit = Subject(ResolutionKind.PROPOSE, award=Award.objects.get(code="merit"))
    ground = ground_of(world.conference)
    rule = ground.rule_of(merit)
    rule.quota = 3
    assert ground.seats_left(merit) == 3
    world.propose("a1", "merit")
    ground = ground_of(world.conference)
    ground.rule_of(merit).quota = 3
    assert QuestionForm(None, subject=merit, ground=ground).initial["seats"] == 2


def test_a_rule_is_offered_in_words(world):
    words = rule_label(VoteRule.objects.get(code="80-percent-of-members"))
    assert "(quorum at least 2/3 of all members; " in words
    assert "a tie is decided by a second round between the tied" in words
    own = VoteRule.objects.create(bloc=world.bloc, name="Quy chế Khối 1")
    assert "Quy chế Khối 1 (more than 1/2 of all members; " in rule_label(own)
    VoteRule.objects.create(bloc=world.bloc, name="Quy chế cũ", is_retired=True)
    offered = [rule.name for rule in ground_of(world.conference).rules]
    assert offered[-1] == own.name
    assert "Quy chế cũ" not in offered
