"""Which of the files that the packages bring are served."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.staticfiles.finders import FileSystemFinder

# The editor's styles come as scripts as well, which nobody loads; they name source maps that its
# package lacks, and the manifest of hashed names refuses what it cannot find.
UNUSED = ("skins/*.js",)


class NeededFilesFinder(FileSystemFinder):
    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[Any]:
        yield from super().list([*(ignore_patterns or ()), *UNUSED])
