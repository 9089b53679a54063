"""The world that a file builds once is, to each of its tests, as it was built."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from blocs.models import Bloc
from tests.worlds import World

# In the order of this file: a worker may be given the tests of a file in any.
pytestmark = [pytest.mark.django_db, pytest.mark.as_written]


def build_world():
    world = World()
    default_storage.save("kept.txt", ContentFile(b"kept"))
    return world


@pytest.mark.parametrize("_turn", [1, 2])
def test_what_a_test_does_to_the_world_is_not_seen_by_the_next(world, _turn):
    assert (world.bloc.name, Bloc.objects.get().name) == ("Khối 1", "Khối 1")
    assert default_storage.exists("kept.txt")
    world.bloc.name = "Khối khác"
    world.bloc.save()
    default_storage.delete("kept.txt")


def test_a_test_without_it_has_an_empty_database():
    assert not Bloc.objects.exists()


def test_after_one_without_it_the_world_is_built_anew(world):
    assert Bloc.objects.get() == world.bloc
    assert default_storage.exists("kept.txt")
