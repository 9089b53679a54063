"""Criteria sets as files: uploaded, downloaded, and the examples that come with the portal."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from django.core.exceptions import ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from scoring.kernel.arithmetic import number_from
from scoring.kernel.criteria import CriteriaSet as Rules
from scoring.kernel.errors import CriteriaError
from scoring.kernel.loading import parse_yaml, read_set, write_set
from scoring.messages import translated

EXAMPLES = Path(__file__).with_name("criteria")
MAX_BYTES = 200_000  # the longest example has 25 000
MAX_WORDS = 400  # of an error that quotes the file

# Keys whose values are numbers; the kernel writes them as text, an author wants to see numbers.
NUMBERS = frozenset(
    ("scale", "step", "bonus_cap", "max", "cap", "min", "points", "minus", "each", "from_scale")
    + ("late_days_max", "max_delta", "beyond", "missing", "zero_below")
)


def read_file(content: bytes) -> Rules:
    """The set that an uploaded file describes; ``ValidationError`` in the reader's language."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError(
            _("The file is not text in UTF-8. Save it as a UTF-8 text file, then upload it again.")
        ) from error
    try:
        rules = read_set(parse_yaml(text))
    except CriteriaError as error:
        raise ValidationError(Truncator(translated(error)).chars(MAX_WORDS)) from error
    refuse_control_characters(write_set(rules))
    return rules


def refuse_control_characters(document: object) -> None:
    """``ValidationError`` for a document whose texts no database takes and no page can show."""
    for written in _texts(document):
        if any(_is_unstorable(letter) for letter in written):
            raise ValidationError(_("The file holds control characters. Remove them."))


def _texts(document: object) -> list[str]:
    if isinstance(document, dict):
        return [*document, *(text for value in document.values() for text in _texts(value))]
    if isinstance(document, list):
        return [text for value in document for text in _texts(value)]
    return [document] if isinstance(document, str) else []


def _is_unstorable(letter: str) -> bool:
    """Halves of a character, and controls but for tab and new line, which no database takes."""
    return unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\t\n"


@dataclass(frozen=True)
class Example:
    """A set that comes with the portal; ``name`` is the file's."""

    name: str
    rules: Rules


@lru_cache(maxsize=1)
def examples() -> tuple[Example, ...]:
    return tuple(
        Example(path.stem, read_file(path.read_bytes())) for path in sorted(EXAMPLES.glob("*.yaml"))
    )


class _Number(str):
    """A number as it shall stand in the file."""


class _Dumper(yaml.SafeDumper):
    """Plain numbers, lists indented under their key."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _represent(dumper: yaml.SafeDumper, number: _Number) -> yaml.ScalarNode:
    kind = "float" if "." in number else "int"
    return dumper.represent_scalar(f"tag:yaml.org,2002:{kind}", str(number))


_Dumper.add_representer(_Number, _represent)


def yaml_text(rules: Rules) -> str:
    """The set as a file that `read_file` reads back equal."""
    document = _with_numbers(write_set(rules))
    return yaml.dump(document, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100)


def _with_numbers(document: object, key: str = "") -> object:
    if isinstance(document, dict):
        return {name: _with_numbers(value, name) for name, value in document.items()}
    if isinstance(document, list):
        return [_with_numbers(value) for value in document]
    if key in NUMBERS and isinstance(document, str) and number_from(document) is not None:
        return _Number(document)
    return document
