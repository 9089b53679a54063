"""What holds for all models of the portal."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db.models import ForeignKey

from blocs.models import Change

MODELS = [
    model
    for label in ("blocs", "scoring", "awards")
    for model in apps.get_app_config(label).get_models()
]


def test_foreign_keys_that_cross_apps_are_hidden_from_the_other_side():
    crossing = [
        f"{model.__name__}.{field.name}"
        for model in MODELS
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey)
        and field.related_model._meta.app_label != model._meta.app_label
        and not field.remote_field.hidden
    ]
    assert crossing == []


@pytest.mark.parametrize("model", [one for one in MODELS if hasattr(one, "MOVES")])
def test_a_table_of_moves_knows_every_state_and_no_other(model):
    states = {value for value, _label in model._meta.get_field("status").choices}
    assert set(model.MOVES) == states
    assert {to for targets in model.MOVES.values() for to in targets} <= states


@pytest.mark.parametrize("model", [one for one in MODELS if hasattr(one, "MOVES")])
def test_every_record_that_moves_has_a_history(model):
    assert issubclass(model._meta.get_field("changes").related_model, Change)


@pytest.mark.parametrize("model", MODELS)
def test_every_model_says_what_a_row_is(model):
    assert model.__doc__ and not model.__doc__.startswith(f"{model.__name__}(")
