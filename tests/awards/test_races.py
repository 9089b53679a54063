"""What two people do at once to papers and to the news: they take turns."""

from __future__ import annotations

import datetime
from functools import partial

import pytest

from awards import transitions as awards
from awards.documents.papers import PaperKey
from awards.models import DocumentKind, IssuedDocument
from blocs.models import Bloc
from tests.awards.meetings import Meeting
from tests.racing import first_holding, rows

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def issue(world, number):
    dated = datetime.date(2025, 2, 21)
    paper = PaperKey(DocumentKind.REPORT)
    return awards.issue(world.review, paper, number=number, dated=dated, by=world.leader)


def test_two_issues_of_one_paper_at_once_take_turns():
    world = Meeting().close()
    with first_holding(rows(world.review), partial(issue, world, number="5")) as second:
        issue(world, number="05")
    assert second.outcome == "ValidationError"
    assert IssuedDocument.objects.count() == 1


def test_two_reviews_with_one_series_do_not_take_one_number_at_once():
    world, second = Meeting().close(), Meeting(slug="khoi-2", prefix="b").close()
    Bloc.objects.update(symbol="KTĐ7")
    world.reload(), second.reload()
    with first_holding(rows(world.province), partial(issue, second, number="5")) as waiting:
        issue(world, number="05")
    assert waiting.outcome == "ValidationError"
    assert IssuedDocument.objects.count() == 1


def test_text_saved_while_it_is_being_published_is_refused():
    world = Meeting().close()
    item = awards.draft_news(world.review, by=world.secretary)
    typed = {"title": "Hội nghị", "text": "Sáng nay.", "author": "bà Bình"}
    save = partial(awards.write_news, item, fields=typed, version=1, by=world.secretary)
    with first_holding(rows(item), save) as second:
        awards.publish_news(item, version=1, by=world.leader)
    assert second.outcome == "PermissionDenied"
