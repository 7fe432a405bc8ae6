"""Containers that state no size: FLV, Ogg, MPEG transport and program streams. Their last packets are looked at."""

from __future__ import annotations

import re

from cvi_trakt.scan.inspect.structure import ReadAt, Structure

_TAIL = 1 << 20  # bytes at the end that are looked at
_SYNC = 0x47  # ISO/IEC 13818-1: each transport packet begins with it
_ENOUGH = 4  # packets in a row that cannot be chance
_FLV_TAG = re.compile(rb"[\x08\x09\x12](?=...(?:....)\0\0\0)", re.DOTALL)
_PACK, _SYSTEM_HEADER, _PROGRAM_END = 0xBA, 0xBB, 0xB9


def packet_size(head: bytes) -> tuple[int, int] | None:
    """Tell a transport stream: gives the size of its packets and where in them the sync byte is; else None."""
    for size, sync in ((188, 0), (192, 4), (204, 0)):
        if len(head) > 4 * size and all(head[sync + number * size] == _SYNC for number in range(5)):
            return size, sync
    return None


def read_transport_stream(read: ReadAt, size: int) -> Structure:
    """See whether a transport stream ends with a whole packet; broadcasts and Blu-rays are of this kind."""
    packet, sync = packet_size(read(0, 1024)) or (188, 0)
    packets = size // packet
    first = max(0, packets - _TAIL // packet)
    tail = read(first * packet, size - first * packet)
    good = [tail[number * packet + sync] == _SYNC for number in range(packets - first)]
    last = next((at for at in range(len(good), 0, -1) if all(good[max(0, at - _ENOUGH) : at])), 0)
    rest = tail[last * packet :]
    if last == 0 or not rest:
        return Structure(container="mpegts", media=(0, size))
    whole = size - len(rest)
    if len(rest) < packet and rest[sync : sync + 1] in (b"\x47", b""):
        return Structure(container="mpegts", missing=packet - len(rest), media=(0, whole))
    return Structure(container="mpegts", end=whole, media=(0, whole))


def read_flv(read: ReadAt, size: int) -> Structure:
    """See whether a Flash video ends with a whole tag: its last four bytes repeat the length of the last tag."""
    last = int.from_bytes(read(size - 4, 4))
    if last >= 11 and last + 4 < size:
        head = read(size - 4 - last, 4)
        if head[:1] in (b"\x08", b"\x09", b"\x12") and int.from_bytes(head[1:]) + 11 == last:
            return Structure(container="flv", states_duration=True)
    begins = max(0, size - _TAIL)
    tail = read(begins, _TAIL)
    at = _after_last_flv_tag(tail)
    if at is None:
        return Structure(container="flv", states_duration=True)
    rest = tail[at:]
    if _FLV_TAG.match(rest) or len(rest) < 11:
        missing = int.from_bytes(rest[1:4]) + 15 - len(rest) if len(rest) >= 11 else 1
        return Structure(container="flv", missing=max(1, missing), states_duration=True)
    return Structure(container="flv", end=begins + at, states_duration=True)


def _after_last_flv_tag(tail: bytes) -> int | None:
    """Find where the chain of whole tags ends; None when there is none."""
    for found in _FLV_TAG.finditer(tail):
        at, tags = found.start(), 0
        while (after := _after_flv_tag(tail, at)) is not None:
            at, tags = after, tags + 1
        if tags >= _ENOUGH:
            return at
    return None


def _after_flv_tag(tail: bytes, at: int) -> int | None:
    length = int.from_bytes(tail[at + 1 : at + 4]) + 11
    after = at + length + 4
    if not _FLV_TAG.match(tail, at) or after > len(tail) or int.from_bytes(tail[after - 4 : after]) != length:
        return None
    return after


def read_ogg(read: ReadAt, size: int) -> Structure:
    """See whether an Ogg file ends with a whole page (RFC 3533)."""
    begins = max(0, size - _TAIL)
    tail = read(begins, _TAIL)
    at = tail.rfind(b"OggS\0")
    if at < 0:
        return Structure(container="ogg")
    segments = tail[at + 27 : at + 27 + tail[at + 26]] if at + 27 <= len(tail) else b""
    complete = at + 27 <= len(tail) and len(segments) == tail[at + 26]
    end = at + 27 + len(segments) + sum(segments)
    if not complete or end > len(tail):
        return Structure(container="ogg", missing=max(1, end - len(tail)))
    return Structure(container="ogg", end=begins + end if end < len(tail) else None)


def read_program_stream(read: ReadAt, size: int) -> Structure:
    """See whether a program stream ends with a whole packet; DVDs are of this kind."""
    begins = max(0, size - _TAIL)
    tail = read(begins, _TAIL)
    at = tail.find(b"\0\0\1\xba")
    while at >= 0:
        after, packets = at, 0
        while (following := _after_packet(tail, after)) is not None and following <= len(tail):
            after, packets = following, packets + 1
        if after == len(tail):
            return Structure(container="mpeg", media=(0, size))
        if packets >= _ENOUGH:
            if following is not None:
                return Structure(container="mpeg", missing=following - len(tail), media=(0, size))
            if tail.find(b"\0\0\1\xba", after) < 0:
                return _end_of_program(tail, begins, after, size)
        at = tail.find(b"\0\0\1\xba", max(at + 1, after))
    return Structure(container="mpeg", media=(0, size))


def _end_of_program(tail: bytes, begins: int, after: int, size: int) -> Structure:
    rest = tail[after:]
    if len(rest) < 6 and b"\0\0\1\xff".startswith(rest[:3]):  # the beginning of one more packet
        return Structure(container="mpeg", missing=6 - len(rest), media=(0, size))
    return Structure(container="mpeg", end=begins + after, media=(0, begins + after))


def _after_packet(tail: bytes, at: int) -> int | None:
    """Give where a packet or header of a program stream says that it ends; None when there is none."""
    head = tail[at : at + 14]
    if len(head) < 6 or not head.startswith(b"\0\0\1"):
        return at + 4 if head == b"\0\0\1\xb9" else None
    if head[3] == _PROGRAM_END:
        return at + 4
    if head[3] == _PACK:
        is_mpeg2 = head[4] >> 6 == 1
        stuffing = head[13] & 7 if is_mpeg2 and len(head) == 14 else 0
        return at + (14 + stuffing if is_mpeg2 else 12)
    if head[3] >= _SYSTEM_HEADER:
        return at + 6 + int.from_bytes(head[4:6])
    return None
