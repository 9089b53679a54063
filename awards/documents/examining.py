"""Uploaded files handled by a process of its own, which may neither grow nor run on.

A file of some kilobytes may unfold to gigabytes in a library's memory, or keep it busy for hours.
Here only the handling ends: the piece, or all that was uploaded, is left out of the bound volume.
"""

from __future__ import annotations

import multiprocessing
import resource
from collections.abc import Callable, Sequence
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, BinaryIO, TypeVar, cast

from awards.documents.binding import Unreadable, bind, is_bindable, pages_of
from awards.documents.pieces import Piece

MEMORY = 500 * 1024 * 1024  # bytes beyond the worker's own: a picture of some 50 megapixels
SECONDS = 60  # of a processor
REASON = "tệp bị hỏng, hoặc mở ra thì quá lớn"
VOLUME_MEMORY = 1500 * 1024 * 1024  # bytes: many files together
VOLUME_SECONDS = 110  # of a processor
TOO_MUCH = "các tệp tải lên mở ra quá lớn, không đóng chung được thành một tập; có trong tệp ZIP"

Result = TypeVar("Result")


class OutOfBounds(Exception):
    """The work took more than it may, or a library broke down over it."""


def pages_found(file: BinaryIO, name: str) -> int:
    """``pages_of`` a file that nobody has checked. Raises ``Unreadable``."""
    if not is_bindable(name):
        return pages_of(file, name)
    try:
        return _bounded(partial(pages_of, file, name), MEMORY, SECONDS)
    except OutOfBounds as cause:
        raise Unreadable(REASON) from cause


def bind_within_bounds(
    pieces: Sequence[Piece], contents: bytes, out: Path, *, title: str
) -> tuple[dict[int, int], int]:
    """``bind`` what was uploaded. Raises ``OutOfBounds``: each file alone may do, not all."""
    work = partial(bind, pieces, contents, out, title=title)
    return _bounded(work, VOLUME_MEMORY, VOLUME_SECONDS)


def _bounded(work: Callable[[], Result], memory: int, seconds: int) -> Result:
    """What the work gives, done by a copy of this process.

    ``memory`` in bytes beyond this process's own, ``seconds`` of a processor. Raises
    ``Unreadable`` as the work does, else ``OutOfBounds``.
    """
    # A copy need not import it for each file anew.
    import pikepdf  # noqa: F401, PLC0415 -- slow import

    context = multiprocessing.get_context("fork")
    answer, told = context.Pipe(duplex=False)
    doing = context.Process(target=_do, args=(work, told, memory, seconds), daemon=True)
    doing.start()
    told.close()
    try:
        if not answer.poll(2 * seconds):
            raise OutOfBounds
        is_done, result = answer.recv()
    except EOFError as end:  # it was ended, or fell
        raise OutOfBounds from end
    finally:
        doing.kill()
        doing.join()
        answer.close()
    if is_done:
        return cast(Result, result)
    if result:
        raise Unreadable(result)
    raise OutOfBounds


def _do(work: Callable[[], Any], told: Connection, memory: int, seconds: int) -> None:
    in_use = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    _limit(resource.RLIMIT_AS, in_use * resource.getpagesize() + memory)
    _limit(resource.RLIMIT_CPU, seconds)
    _limit(resource.RLIMIT_CORE, 0)
    try:
        told.send((True, work()))
    except Unreadable as reason:
        told.send((False, str(reason)))
    except Exception:  # whatever a library does with bytes that somebody made up
        told.send((False, ""))


def _limit(what: int, most: int) -> None:
    """Under what the machine's administrator allows."""
    _soft, hard = resource.getrlimit(what)
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    resource.setrlimit(what, (most, most))
