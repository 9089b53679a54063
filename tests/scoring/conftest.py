"""What the tests of scoring share."""

from __future__ import annotations

import pytest
from django.utils import translation


@pytest.fixture
def in_english():
    """Refusals as their message ids say them."""
    with translation.override("en"):
        yield
