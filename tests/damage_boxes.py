"""Takes the boxes of an mp4 apart, and puts them together as other programs would."""

from __future__ import annotations

import struct
from collections.abc import Iterator

_FREE = 64 * 1024
_WITHIN_MOOV = {b"moov", b"trak", b"mdia", b"minf", b"stbl"}


def boxes(content: bytes, start: int = 0, end: int | None = None) -> Iterator[tuple[bytes, int, int]]:
    """Walk the boxes of an mp4, or those within one: gives the type, where it starts, where it ends."""
    end = len(content) if end is None else end
    while start + 8 <= end:
        size, name = struct.unpack_from(">I4s", content, start)
        if size == 1:
            (size,) = struct.unpack_from(">Q", content, start + 8)
        stop = end if size == 0 else start + size
        yield name, start, stop
        start = stop


def moov_removed(content: bytes) -> bytes:
    """Take the index out; all other boxes stay."""
    return b"".join(content[start:end] for name, start, end in boxes(content) if name != b"moov")


def free_appended(content: bytes) -> bytes:
    """Put a box of padding behind everything."""
    return content + struct.pack(">I4s", _FREE + 8, b"free") + bytes(_FREE)


def mdat_unsized(content: bytes) -> bytes:
    """Let the last box say that it goes to the end of the file, whatever its size."""
    start = next(start for name, start, end in boxes(content) if name == b"mdat" and end == len(content))
    return content[:start] + bytes(4) + content[start + 4 :]


def mdat_split(content: bytes) -> bytes:
    """Divide the pictures and the sound between two boxes, at a chunk in the middle."""
    changed = bytearray(content)
    (start, end), *_ = [(start, end) for name, start, end in boxes(content) if name == b"mdat"]
    tables = list(_chunk_offsets(content, 0, len(content)))
    offsets = sorted({offset for _, offset in tables})
    middle = min(offsets, key=lambda offset: abs(offset - (start + end) // 2))
    for position, offset in tables:
        struct.pack_into(">I", changed, position, offset + 8 if offset >= middle else offset)
    struct.pack_into(">I", changed, start, middle - start)
    return bytes(changed[:middle]) + struct.pack(">I4s", end - middle + 8, b"mdat") + bytes(changed[middle:])


def _chunk_offsets(content: bytes, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give the places of the chunk offsets of all tracks, and what stands there."""
    for name, inner, stop in boxes(content, start, end):
        if name in _WITHIN_MOOV:
            yield from _chunk_offsets(content, inner + 8, stop)
        elif name == b"stco":
            (count,) = struct.unpack_from(">I", content, inner + 12)
            for position in range(inner + 16, inner + 16 + 4 * count, 4):
                yield position, struct.unpack_from(">I", content, position)[0]


def second_track_hidden(content: bytes) -> bytes:
    """Take the second track out as some editors do: its box is made padding, its sound stays where it was."""
    [moov] = [(start, end) for name, start, end in boxes(content) if name == b"moov"]
    tracks = [start for name, start, _ in boxes(content, moov[0] + 8, moov[1]) if name == b"trak"]
    return content[: tracks[1] + 4] + b"free" + content[tracks[1] + 8 :]
