"""Uploaded files looked into by a process of its own, which may neither grow nor run on.

A file of some kilobytes may unfold to gigabytes in a library's memory, or keep it busy for hours.
Here only the look at it ends, and the piece is left out of the bound volume.
"""

from __future__ import annotations

import multiprocessing
import resource
from multiprocessing.connection import Connection
from pathlib import Path
from typing import BinaryIO

from awards.documents.binding import Unreadable, is_bindable, pages_of

MEMORY = 500 * 1024 * 1024  # bytes beyond the worker's own: a picture of some 50 megapixels
SECONDS = 60  # of a processor
REASON = "tệp bị hỏng, hoặc mở ra thì quá lớn"


def pages_found(file: BinaryIO, name: str) -> int:
    """``pages_of`` a file that nobody has checked. Raises ``Unreadable``."""
    if not is_bindable(name):
        return pages_of(file, name)
    # A copy of this process: a new one would have to import everything for each file.
    context = multiprocessing.get_context("fork")
    answer, told = context.Pipe(duplex=False)
    looking = context.Process(target=_look, args=(file, name, told), daemon=True)
    looking.start()
    told.close()
    try:
        pages, reason = answer.recv() if answer.poll(2 * SECONDS) else (0, REASON)
    except EOFError:  # it was ended, or fell
        pages, reason = 0, REASON
    finally:
        looking.kill()
        looking.join()
        answer.close()
    if reason:
        raise Unreadable(reason)
    return int(pages)


def _look(file: BinaryIO, name: str, told: Connection) -> None:
    pages_in_use = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    memory = pages_in_use * resource.getpagesize() + MEMORY
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        told.send((pages_of(file, name), ""))
    except Unreadable as reason:
        told.send((0, str(reason)))
    except Exception:  # whatever a library does with bytes that somebody made up
        told.send((0, REASON))
