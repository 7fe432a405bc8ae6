"""Looks at a file without ffmpeg: its size and time, how it is built, and whether zeros stand where film should."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cvi_trakt.scan.inspect.boxes import is_in_cluster
from cvi_trakt.scan.inspect.containers import read_structure
from cvi_trakt.scan.inspect.structure import ReadAt, Structure, opened, reader_of

SECTOR = 512  # bytes: no video begins with so many zeros
_PIECE = 1 << 22
_EITHER_END = 1 << 24  # bytes
_LOOKS = 200  # places that are looked at, spread over the file
_BLOCK = 4096  # bytes of one look
_BLANK = 16384  # bytes of zeros in a row that are no padding
_LEAST_MARGIN = 1 << 17  # bytes at either end in which there may be padding and indexes
_HOLE = 1 << 16  # bytes: a smaller hole in a sparse file is no news


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """What a look at a file tells. ``size`` in bytes, ``changed_at`` in nanoseconds."""

    size: int
    changed_at: int
    begins_with_zeros: bool
    structure: Structure


def glance(path: str) -> Glance:
    """Look at a file. Raises ``OSError`` when it is not there, cannot be read or is no file."""
    now = Path(path).stat()
    if not stat.S_ISREG(now.st_mode):  # opening a pipe would wait for ever
        raise OSError(0, "not a file")
    with opened(path) as file:
        read = reader_of(file)
        head = read(0, SECTOR)
        begins_with_zeros = head != b"" and not any(head)
        structure = Structure() if begins_with_zeros else read_structure(read, now.st_size)
    return Glance(
        size=now.st_size, changed_at=now.st_mtime_ns, begins_with_zeros=begins_with_zeros, structure=structure
    )


def read_through(path: str, *, whole: bool) -> None:
    """Read a file, or its beginning and its end, and see whether the disk gives it.

    ffmpeg takes a sector that cannot be read for the end of the file, and says nothing of it. Raises ``OSError``.
    """
    with Path(path).open("rb", buffering=0) as stream:
        size = os.fstat(stream.fileno()).st_size
        for at in range(0, size, _PIECE):
            if whole or at < _EITHER_END or at >= size - _EITHER_END:
                os.pread(stream.fileno(), _PIECE, at)


def has_changed(path: str, before: Glance) -> bool:
    """Say whether a file is not what it was, as while it is downloaded. Raises ``OSError`` when it has gone."""
    now = Path(path).stat()
    return (now.st_size, now.st_mtime_ns) != (before.size, before.changed_at)


def find_blank(path: str, structure: Structure) -> int | None:
    """Find a stretch of zeros where the structure says that there are pictures and sound.

    Gives its offset, or None. Raises ``OSError`` when the file cannot be read.
    """
    with opened(path) as file:
        return _blank(file, structure)


def _blank(file: int, structure: Structure) -> int | None:
    if structure.media is None:
        return None
    read = reader_of(file)
    begin, end = structure.media
    margin = max(_LEAST_MARGIN, (end - begin) // _LOOKS)
    begin, end = begin + margin, end - margin
    places: list[int] = [*_holes(file, begin, end), *range(begin, end, max(_BLOCK, (end - begin) // _LOOKS))]
    for at in places:
        if _is_zeros(read, at, _BLOCK):
            first = at - _zeros_before(read, at)
            if _is_zeros(read, first, _BLANK) and first + _BLANK <= end and _is_film(read, structure, first):
                return first
    return None


def _is_film(read: ReadAt, structure: Structure, at: int) -> bool:
    return structure.container != "matroska" or is_in_cluster(read, structure, at)


def _is_zeros(read: ReadAt, at: int, length: int) -> bool:
    piece = read(at, length)
    return len(piece) == length and not piece.strip(b"\0")


def _zeros_before(read: ReadAt, at: int) -> int:
    begin = max(0, at - _BLANK)
    before = read(begin, at - begin)
    return len(before) - len(before.rstrip(b"\0"))


def _holes(file: int, begin: int, end: int) -> Iterator[int]:
    """Give where a sparse file has holes: they read as zeros. Not every file system tells."""
    at = begin
    with suppress(OSError, AttributeError):
        while at < end:
            hole = os.lseek(file, at, os.SEEK_HOLE)
            if hole >= end:
                return
            at = os.lseek(file, hole, os.SEEK_DATA) if hole < end else end
            if at - hole >= _HOLE:
                yield hole
