"""Every address of the site, from the resolver."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver


def every_pattern(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Full name and pattern, namespaces followed."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            namespace = f"{entry.namespace}:" if entry.namespace else ""
            yield from every_pattern(entry, prefix + namespace)
        elif isinstance(entry, URLPattern):
            yield prefix + str(entry.name), entry
