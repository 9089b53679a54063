"""All that a person can reach of the site, as plain answers that can be compared.

Addresses come from the resolver, so that pages that come later are covered without being named.
"""

from __future__ import annotations

import io
import itertools
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from urllib.parse import urljoin

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.converters import IntConverter

from tests.addresses import every_pattern

# What differs from one request to the next whatever the data: tokens against forged forms, and
# the moments that office files and PDFs carry.
TOKENS = re.compile(
    rb'(csrf-token" content="|csrfmiddlewaretoken" value="|name="ticket" value=")[\w:.-]+'
)
MOMENTS = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z?|\(D:\d{14}[^)]*\)|/ID \[[^\]]*\]")
# Addresses with a query that a page itself offers.
LINKS = re.compile(rb'(?:href|hx-get)="((?:/[^"]*)?\?[^"#]*)')
UNTOLD = {"Set-Cookie", "Content-Length", "Date", "Expires", "Last-Modified"}
# Deeds that end the session, and so the fetching.
SKIPPED = {"logout", "password_change"}
QUERIES = (
    "sort=total&order=desc&version=1&format=json",
    "o=-2&status=submitted&stage=appraised&page=2",
    "q=B%C3%AD+m%E1%BA%ADt&member=a1&agency=a1",
)


@dataclass(frozen=True)
class Answer:
    """Status, headers and body, without what differs anyway."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def is_page(self) -> bool:
        return self.status == 200

    def differs_from(self, other: Answer) -> str:
        """Where the two part, with what stands around it."""
        if self.status != other.status:
            return f"{self.status} / {other.status}"
        if self.headers != other.headers:
            return f"{set(self.headers) ^ set(other.headers)}"
        at = next(
            n
            for n, pair in enumerate(itertools.zip_longest(self.body, other.body))
            if len({*pair}) > 1
        )
        return " / ".join(
            one.body[max(0, at - 60) : at + 80].decode(errors="replace") for one in (self, other)
        )


def answer_of(response: HttpResponse) -> Answer:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = {name: value for name, value in response.items() if name not in UNTOLD}
    return Answer(response.status_code, tuple(sorted(headers.items())), without_moments(body))


def without_moments(body: bytes) -> bytes:
    if body.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            parts = [name.encode() + archive.read(name) for name in archive.namelist()]
        return MOMENTS.sub(b"", b"".join(parts))
    if body.startswith(b"%PDF"):
        return MOMENTS.sub(b"", body)
    return TOKENS.sub(rb"\1", body)


def addresses(
    values: Mapping[str, Iterable[object]], numbers: Iterable[int], words: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """Name and address of everything, with each of the values where an address has a gap.

    A gap that `values` does not name takes all numbers or words.
    """
    for name, pattern in every_pattern(get_resolver()):
        if name in SKIPPED:
            continue
        gaps = pattern.pattern.converters
        choices = [
            values.get(gap, numbers if isinstance(converter, IntConverter) else words)
            for gap, converter in gaps.items()
        ]
        for chosen in itertools.product(*choices):
            yield name, reverse(name, kwargs=dict(zip(gaps, chosen, strict=True)))


def fetch(client: Client, address: str, method: str = "get", **more: object) -> Answer:
    """The answer; whatever it wrote is taken back."""
    with transaction.atomic():
        answer = answer_of(getattr(client, method)(address, **more))
        transaction.set_rollback(True)
    return answer


def reachable(
    client: Client, known: Iterable[tuple[str, str]], *, thorough: bool, deeds: set[str]
) -> dict[str, Answer]:
    """Every address with GET, the links with a query that pages offer; thorough, more queries
    for every page, and every deed with an empty POST.

    `deeds` are the names that take no GET, to be left out; a thorough look adds to them.
    """
    answers: dict[str, Answer] = {}
    pages: list[str] = []
    for name, address in known:
        if name in deeds and not thorough:
            continue
        found = answers[f"GET {address}"] = fetch(client, address)
        if thorough and found.status == 405:
            deeds.add(name)
            answers[f"POST {address}"] = fetch(client, address, "post")
        if found.is_page:
            pages += [f"{address}?{query}" for query in QUERIES if thorough]
            pages += [
                urljoin(address, unescape(link.decode())) for link in LINKS.findall(found.body)
            ]
    for address in pages:
        if f"GET {address}" not in answers:
            answers[f"GET {address}"] = fetch(client, address)
    return answers


def differences(first: Mapping[str, Answer], second: Mapping[str, Answer]) -> dict[str, str]:
    """Address and excerpt wherever two worlds answer otherwise."""
    assert first.keys() == second.keys()
    return {
        address: answer.differs_from(second[address])
        for address, answer in first.items()
        if answer != second[address]
    }
