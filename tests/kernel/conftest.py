"""The example sets, read once."""

from __future__ import annotations

import pytest

from scoring.kernel.criteria import CriteriaSet
from tests.kernel.building import example_set


@pytest.fixture(scope="session")
def set_a() -> CriteriaSet:
    return example_set("set-a-100-points.yaml")


@pytest.fixture(scope="session")
def set_c() -> CriteriaSet:
    return example_set("set-c-1000-rate-based.yaml")
