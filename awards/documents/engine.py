"""What makes WeasyPrint faster without another byte in its PDFs; measured by the benchmarks."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

# Tags that the lean stylesheet is whole for. Lists and links are not among them: their rules are
# of the kind that is left out.
PAGE_TAGS = "html head meta title link style body div span p h1 h2 h3 h4 h5 h6 br b strong i em u"
TABLE_TAGS = "sub sup table caption colgroup col thead tbody tfoot tr th td"
PICTURE_TAGS = "svg g defs pattern path rect line circle polyline text tspan desc"
PLAIN_TAGS = frozenset(f"{PAGE_TAGS} {TABLE_TAGS} {PICTURE_TAGS}".split())
TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9-]*)")
BY_TAG = re.compile(r"[a-z0-9]+(\s*[ >]\s*[a-z0-9]+)*(::[a-z-]+)?")
ATTRIBUTE = re.compile(r"<[a-zA-Z][^<>]*\s(?:hidden|dir|rules|frame)\b", re.IGNORECASE)


@contextmanager
def working_long() -> Iterator[None]:
    """Collect garbage seldom while a worker prints: a long table keeps all that it makes.

    For processes of their own alone; it takes up to twice the memory.
    """
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def is_plain(html: str) -> bool:
    """Whether no rule that the lean stylesheet leaves out could apply to this page."""
    tags = {tag.lower() for tag in TAG.findall(html)}
    return tags <= PLAIN_TAGS and not ATTRIBUTE.search(html)


@cache
def lean_stylesheet() -> Any:
    """WeasyPrint's own defaults without the rules that it asks of every single element.

    Those name an attribute, ``:is()``, a link or a marker, and no tag. None where this version of
    WeasyPrint has no such text.
    """
    import tinycss2  # type: ignore[import-untyped]  # noqa: PLC0415 -- slow import
    from weasyprint import CSS, html  # noqa: PLC0415 -- slow import

    text, counters = getattr(html, "UA", None), getattr(html, "UA_COUNTER_STYLE", None)
    if text is None or counters is None:
        return None
    kept = []
    for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
        if rule.type == "at-rule" and rule.lower_at_keyword == "page":
            kept.append(rule.serialize())
        elif rule.type == "qualified-rule":
            selectors = [one for one in _selectors(rule.prelude) if BY_TAG.fullmatch(one.strip())]
            if selectors:
                kept.append(f"{','.join(selectors)}{{{tinycss2.serialize(rule.content)}}}")
    return CSS(string="\n".join(kept), counter_style=counters)


def _selectors(prelude: list[Any]) -> list[str]:
    """The selectors of a rule; a comma inside ``:is(…)`` parts none."""
    found = [""]
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            found.append("")
        else:
            found[-1] += token.serialize()
    return found


def page_class(html: str) -> Any:
    """WeasyPrint's ``HTML``, with the lean stylesheet where that makes no difference.

    The hook is private: without it the class is WeasyPrint's own in all it does.
    """
    from weasyprint import HTML  # noqa: PLC0415 -- slow import

    sheet = lean_stylesheet() if is_plain(html) else None
    if sheet is None:
        return HTML

    class Page(HTML):  # type: ignore[misc, unused-ignore]
        def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
            return [sheet]

    return Page
