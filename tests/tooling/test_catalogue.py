"""What keeps a Vietnamese text from being shown is found before anyone sees it."""

from __future__ import annotations

import polib
import pytest

from tests.tooling.catalogue import compiled, faults


def catalogue(**entry):
    found = polib.POFile()
    found.append(polib.POEntry(**entry))
    return found


@pytest.mark.parametrize(
    "entry",
    [
        {"msgid": "Bloc", "msgstr": "Khối"},
        {"msgid": "%(count)s votes", "msgstr": "%(count)s phiếu"},
        {
            "msgid": "one vote",
            "msgid_plural": "%(count)s votes",
            "msgstr_plural": {0: "%(count)s phiếu"},
        },
    ],
)
def test_a_translated_text_has_no_fault(entry):
    assert faults(catalogue(**entry)) == []


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ({"msgid": "Bloc"}, "no translation"),
        ({"msgid": "Bloc", "msgstr": "Cụm", "flags": ["fuzzy"]}, "fuzzy"),
        ({"msgid": "%(count)s votes", "msgstr": "%(cout)s phiếu"}, "other placeholders"),
        ({"msgid": "one vote", "msgid_plural": "{n} votes"}, "no translation"),
    ],
)
def test_a_faulty_text_is_named(entry, fault):
    (line,) = faults(catalogue(**entry))
    assert line.startswith(fault)


def test_compiling_twice_gives_the_same_bytes():
    texts = catalogue(msgid="Bloc", msgstr="Khối")
    assert compiled(texts) == compiled(polib.pofile(str(texts)))
