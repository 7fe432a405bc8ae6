"""Checks the checksums that a Matroska or WebM file may carry: one for each cluster of a few seconds.

RFC 8794, section 11.3.1: a CRC-32 element comes first in its parent and covers all that follows in it. What
libavformat writes has one in each cluster, most other files have none. Decoders do not look at them, and
pass over many a damaged byte.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from cvi_trakt.scan.inspect.boxes import CLUSTER, UNSTATED, element
from cvi_trakt.scan.inspect.structure import ReadAt, Structure, opened, reader_of

_CHECKSUM = b"\xbf\x84"  # the element's id, and the four bytes of its size
_TIMESTAMP = b"\xe7"
_TICKS = 1000  # a second, unless the file says otherwise, and nobody does
_BIGGEST = 64_000_000  # bytes of a cluster that is still read in one piece
_AT_ONCE = 4  # clusters checked in a row before ffmpeg is listened to again


class _Cluster(NamedTuple):
    begin: int
    end: int
    second: float
    checksum: int | None


class Checksums:
    """The checksums of one file, checked from its beginning on while ffmpeg reads it.

    ``first_bad`` is the second at which the first cluster begins that is not what was written, ``bad_seconds``
    are the whole seconds at which such clusters begin.
    """

    def __init__(self, read: ReadAt, structure: Structure) -> None:
        self.first_bad: float | None = None
        self.bad_seconds: set[int] = set()
        self._read = read
        self._at, self._end = structure.media or (0, 0)
        self._is_over = structure.container != "matroska"

    def check(self, until: float) -> None:
        """Check some clusters that begin before this second: ffmpeg has just read them, so they are at hand.

        Raises ``OSError`` when the file cannot be read.
        """
        for _ in range(_AT_ONCE):
            if self._is_over or not self._next(until):
                return

    def finish(self, until: float) -> None:
        """Check all clusters that begin before this second. Raises ``OSError``."""
        while not self._is_over and self._next(until):
            pass

    def _next(self, until: float) -> bool:
        """Go over one element; False when that is not the time for it, or nothing more can be checked."""
        head = self._read(self._at, 40)
        length, begins = element(head)
        after = self._at + begins + (length or 0)
        if length is None or length == UNSTATED or length > _BIGGEST or after > self._end:
            self._is_over = True
            return False
        if head.startswith(CLUSTER):
            cluster = _cluster(head[begins:], self._at + begins, after)
            if cluster is None:  # one has none, so none has
                self._is_over = True
                return False
            if cluster.second > until:
                return False
            if zlib.crc32(self._read(cluster.begin, cluster.end - cluster.begin)) != cluster.checksum:
                self.first_bad = cluster.second if self.first_bad is None else self.first_bad
                self.bad_seconds.add(int(cluster.second))
        self._at = after
        return True


@contextmanager
def checksums_of(path: str, structure: Structure) -> Iterator[Checksums]:
    """Open the checksums of a file. Raises ``OSError``."""
    with opened(path) as file:
        yield Checksums(reader_of(file), structure)


def _cluster(head: bytes, begin: int, end: int) -> _Cluster | None:
    """Read the beginning of a cluster; None when it carries no checksum."""
    if not head.startswith(_CHECKSUM) or head[6:7] != _TIMESTAMP:
        return None
    checksum = int.from_bytes(head[2:6], "little")
    length = head[7] & 0x7F
    second = int.from_bytes(head[8 : 8 + length]) / _TICKS
    return _Cluster(begin + 6, end, second, checksum)
