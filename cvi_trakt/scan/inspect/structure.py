"""How a video file is built, as a few of its bytes tell: the value, and how those bytes are read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

ReadAt = Callable[[int, int], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """How a file is built.

    ``container`` is the family that its first bytes tell: ``mp4``, ``matroska``, ``avi``, ``asf``, ``flv``,
    ``mpegts``, ``mpeg`` or ``ogg``; None for every other. ``missing`` is how many bytes the file lacks of what
    its own structure states, ``end`` where the whole video ends when something else follows; both are bytes.
    ``media`` are the first byte and the end of the pictures and the sound, as far as that is known: there are no
    long runs of zeros in them. ``states_duration`` says that its header has a duration that
    counts: that of a live recording was never filled in, and that of an MP4 may be one of its chapters, whereas
    its index tells ffmpeg of each packet. ``is_encrypted`` says that only its player can read it.
    """

    container: str | None = None
    missing: int = 0
    end: int | None = None
    media: tuple[int, int] | None = None
    states_duration: bool = False
    is_encrypted: bool = False


@contextmanager
def opened(path: str) -> Iterator[int]:
    """Open a file for reading here and there; gives its descriptor. Raises ``OSError``."""
    file = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOCTTY)
    try:
        yield file
    finally:
        os.close(file)


def reader_of(file: int) -> ReadAt:
    """Give what reads an open file; it raises ``OSError`` when the disk fails."""
    return lambda at, length: os.pread(file, length, at)
