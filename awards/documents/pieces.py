"""A piece of a dossier as it goes into the archive and the bound volume."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO


@dataclass(frozen=True)
class Piece:
    """A paper, a document of evidence or a link; ``position`` counts from 1.

    ``open`` gives the bytes, None where there are none to be had; ``size`` is in bytes. ``pages``
    is 0 for what cannot be bound. ``problem`` says why it is missing, or is not bound.
    """

    position: int
    title: str
    folder: str
    file_name: str
    source: str
    reference: str = ""
    sha256: str = ""
    size: int = 0
    pages: int = 0
    problem: str = ""
    open: Callable[[], BinaryIO] | None = None

    def file(self) -> BinaryIO:
        if self.open is None:
            raise ValueError(f"{self.title} has no bytes")
        return self.open()

    @property
    def path(self) -> str:
        return f"{self.folder}/{self.file_name}" if self.folder else self.file_name

    @property
    def is_link(self) -> bool:
        return self.source.startswith("link:")

    @property
    def is_uploaded(self) -> bool:
        """Whether somebody handed it in; the others the portal has printed."""
        return self.source.startswith(("copy:", "evidence:"))

    @property
    def is_bound(self) -> bool:
        return self.open is not None and self.pages > 0
