"""A browser as a test needs it: somebody signed in, and what a form of the page would send."""

from __future__ import annotations

from html.parser import HTMLParser

from django.http import HttpResponse
from django.test import Client

from blocs.models import User


def signed_in(user: User) -> Client:
    """A browser set to English, in which this person has signed in."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(user)
    return client


class _Forms(HTMLParser):
    """Collects every form of a page with its attributes and its successful fields."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[dict[str, str], list[tuple[str, str]]]] = []
        self.formactions: list[list[str]] = []
        self._open = False
        self._select: tuple[str, bool] | None = None
        self._options: list[tuple[str, bool]] = []
        self._textarea: str | None = None
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append((given, []))
            self.formactions.append([])
            self._open = True
        elif not self._open:
            return
        elif tag == "button" and "formaction" in given:
            self.formactions[-1].append(given["formaction"])
        elif tag == "input":
            self._input(given)
        elif tag == "select":
            self._select = (given.get("name", ""), "multiple" in given)
            self._options = []
        elif tag == "option":
            self._options.append((given.get("value", ""), "selected" in given))
        elif tag == "textarea":
            self._textarea, self._text = given.get("name", ""), ""

    def _input(self, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        if kind in ("submit", "button", "file", "image", "reset") or "disabled" in given:
            return
        if kind in ("checkbox", "radio"):
            if "checked" in given:
                self._add(given.get("name", ""), given.get("value", "on"))
            return
        self._add(given.get("name", ""), given.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self._textarea is not None:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = False
        elif tag == "select" and self._select is not None:
            name, multiple = self._select
            chosen = [value for value, selected in self._options if selected]
            if not chosen and self._options and not multiple:
                chosen = [self._options[0][0]]
            for value in chosen:
                self._add(name, value)
            self._select = None
        elif tag == "textarea" and self._textarea is not None:
            self._add(self._textarea, self._text.removeprefix("\n"))
            self._textarea = None

    def _add(self, name: str, value: str) -> None:
        if name:
            self.forms[-1][1].append((name, value))


def fields_of(page: HttpResponse | str, action: str = "") -> dict[str, str | list[str]]:
    """The fields of the posting form whose ``action`` ends so ("" is the form without one).

    The action of one of its buttons counts as well, where no form has it itself. Raises
    ``LookupError`` when the page has no such form: a button that is not there.
    """
    parser = _Forms()
    parser.feed(page if isinstance(page, str) else page.content.decode())
    posting = [
        (attributes.get("action", ""), buttons, fields)
        for (attributes, fields), buttons in zip(parser.forms, parser.formactions, strict=True)
        if attributes.get("method", "").lower() == "post"
    ]
    for own, _buttons, fields in posting:
        if own.endswith(action) if action else own == "":
            return _sent(fields)
    for _own, buttons, fields in posting:
        if action and any(button.endswith(action) for button in buttons):
            return _sent(fields)
    raise LookupError(f"no form that posts to {action or 'its own page'}")


def _sent(fields: list[tuple[str, str]]) -> dict[str, str | list[str]]:
    found: dict[str, str | list[str]] = {}
    for name, value in fields:
        if name in found:
            before = found[name]
            found[name] = [*before, value] if isinstance(before, list) else [before, value]
        else:
            found[name] = value
    found.pop("csrfmiddlewaretoken", None)
    return found
