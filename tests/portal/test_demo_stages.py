"""The demo can be built at every stage, and only where nothing real is."""

from __future__ import annotations

import pytest
from django.core.management import CommandError

from blocs.models import Phase, Province, Review
from portal.demo import world

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "stage", ["self_scoring", "appraisal", "conference", "session", "submitted"]
)
def test_every_stage_can_be_built(stage, settings):
    settings.DEMO = True
    world.build(stage)
    review = Review.objects.get(bloc__slug="khoi-7", year=2022)
    assert review.status == {
        "session": Phase.CONFERENCE,
        "submitted": Phase.EXAMINATION,
    }.get(stage, stage)


def test_demo_is_refused_beside_real_data(settings):
    settings.DEMO = True
    Province.objects.create(slug="that", name="tỉnh Thật")
    with pytest.raises(CommandError, match="real data"):
        world.build("decided")


def test_demo_is_refused_where_the_environment_does_not_allow_it(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="not a demo installation"):
        world.build("decided")
