"""Reading a criteria document key by key; a key that nobody reads is an error (reading 21)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NoReturn

from .arithmetic import nfc, number_from
from .errors import CriteriaError, gettext_noop

MAX_NUMBER = Decimal(1_000_000_000)
MAX_DECIMALS = 6


class Document:
    """One mapping of a criteria set. `code` is the criterion that errors name."""

    def __init__(self, raw: object, code: str) -> None:
        self.code = code
        if not isinstance(raw, Mapping):
            self.refuse(gettext_noop("%(code)s: keys with values are expected here."))
        for key in raw:
            if not isinstance(key, str):
                self.refuse(gettext_noop("%(code)s: the key %(key)s must be text."), key=key)
        self._left: dict[str, object] = dict(raw)

    def refuse(self, template: str, **params: object) -> NoReturn:
        """Raise a CriteriaError that names the criterion of this document."""
        raise CriteriaError(template, code=self.code, **params)

    def has(self, key: str) -> bool:
        """Whether `key` is there and was not read yet."""
        return key in self._left

    def take(self, key: str) -> object:
        """The value of `key`, which counts as read from now on."""
        if key not in self._left:
            self.refuse(gettext_noop("%(code)s: the key %(key)s is missing."), key=key)
        return self._left.pop(key)

    def take_if(self, key: str, word: str) -> bool:
        """Read `key` if it holds exactly `word`; say whether it did."""
        if self._left.get(key) != word:
            return False
        self._left.pop(key)
        return True

    def done(self) -> None:
        """Refuse any key that was not read."""
        for key in self._left:
            self.refuse(gettext_noop("%(code)s: the key %(key)s is not known here."), key=key)

    def own_code(self, key: str = "code") -> str:
        """Read the code of this document; later errors name it."""
        value = self.take(key)
        if isinstance(value, (Decimal, int)):
            raise CriteriaError(
                gettext_noop("%(code)s: a code is text; write it in quotes."), code=str(value)
            )
        if not isinstance(value, str) or not value or value != value.strip():
            self.refuse(
                gettext_noop("%(code)s: the %(key)s must be text without spaces around it."),
                key=key,
            )
        if not value.isprintable():
            self.refuse(gettext_noop("%(code)s: a code has no control characters."))
        self.code = nfc(value)
        return self.code

    def text(self, key: str) -> str:
        """A text that is not empty."""
        value = self.take(key)
        if not isinstance(value, str) or not value.strip():
            self.refuse(gettext_noop("%(code)s: %(key)s must be text."), key=key)
        return nfc(value)

    def optional_text(self, key: str) -> str:
        """A text, or "" where the key is absent."""
        return self.text(key) if self.has(key) else ""

    def flag(self, key: str) -> bool:
        """true or false; false where the key is absent."""
        value = self.take(key) if self.has(key) else False
        if not isinstance(value, bool):
            self.refuse(gettext_noop("%(code)s: %(key)s must be true or false."), key=key)
        return value

    def number(self, key: str) -> Decimal:
        """An exact number of at most nine digits before the point and six after it."""
        value = self.take(key)
        number: Decimal | None = None
        if isinstance(value, str):
            number = number_from(value)
        elif isinstance(value, Decimal) and value.is_finite():
            number = value
        elif isinstance(value, int) and not isinstance(value, bool):
            number = Decimal(value)
        if number is None or abs(number) >= MAX_NUMBER or _decimals(number) > MAX_DECIMALS:
            self.refuse(
                gettext_noop("%(code)s: %(key)s must be a plain number, not %(value)s."),
                key=key,
                value=value,
            )
        return number

    def amount(self, key: str) -> Decimal:
        """A number that is not below zero."""
        value = self.number(key)
        if value < 0:
            self.refuse(
                gettext_noop("%(code)s: %(key)s is %(value)s; it must not be below 0."),
                key=key,
                value=value,
            )
        return value

    def positive(self, key: str) -> Decimal:
        """A number above zero."""
        value = self.number(key)
        if value <= 0:
            self.refuse(
                gettext_noop("%(code)s: %(key)s is %(value)s; it must be above 0."),
                key=key,
                value=value,
            )
        return value

    def whole(self, key: str) -> int:
        """A whole number that is not below zero."""
        value = self.amount(key)
        if value != int(value):
            self.refuse(
                gettext_noop("%(code)s: %(key)s is %(value)s; it must be a whole number."),
                key=key,
                value=value,
            )
        return int(value)

    def items(self, key: str) -> list[object]:
        """A list; empty where the key is absent."""
        value = self.take(key) if self.has(key) else []
        if not isinstance(value, (list, tuple)):
            self.refuse(gettext_noop("%(code)s: %(key)s must be a list."), key=key)
        return list(value)

    def rows(self, key: str) -> list[Document]:
        """A list of mappings with at least one entry, each to be read and closed in turn."""
        rows = [Document(row, self.code) for row in self.items(key)]
        if not rows:
            self.refuse(gettext_noop("%(code)s: %(key)s must have at least one row."), key=key)
        return rows

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty where the key is absent."""
        values = self.items(key)
        texts = tuple(nfc(value) for value in values if isinstance(value, str) and value.strip())
        if len(texts) != len(values):
            self.refuse(gettext_noop("%(code)s: %(key)s must be a list of texts."), key=key)
        return texts


def _decimals(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0
