"""A lock that has drifted from pyproject.toml is told apart from one that agrees."""

from __future__ import annotations

import pytest
from packaging.requirements import Requirement

from tests.tooling.locks import disagreements

LOCK = """\
puremagic==1.30 ; python_full_version < '3.12' \\
    --hash=sha256:aa
puremagic==2.2.0 ; python_full_version >= '3.12' \\
    --hash=sha256:bb
pyyaml==6.0.3 \\
    --hash=sha256:cc
    # via portal (pyproject.toml)
"""


@pytest.mark.parametrize("line", ["PyYAML~=6.0", "puremagic>=2", "puremagic<2"])
def test_a_version_within_the_range_agrees(line):
    assert disagreements(LOCK, [Requirement(line)]) == []


@pytest.mark.parametrize("line", ["PyYAML>=7", "weasyprint"])
def test_a_version_out_of_range_or_a_missing_package_is_named(line):
    (fault,) = disagreements(LOCK, [Requirement(line)])
    assert fault.startswith(line)


def test_a_host_is_named():
    assert disagreements("--index-url https://example.org/\n" + LOCK, []) != []
