"""Containers that state their sizes: MP4, Matroska, AVI and ASF. Only the outermost boxes are looked at."""

from __future__ import annotations

from cvi_trakt.scan.inspect.structure import ReadAt, Structure

# ISO/IEC 14496-12 and Apple's QuickTime format: the kinds of boxes that stand outermost.
FIRST_BOXES = frozenset({b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"pnot", b"styp"})
_BOXES = FIRST_BOXES | {b"moof", b"mfra", b"sidx", b"ssix", b"uuid", b"meta", b"prft", b"emsg", b"udta", b"pdin"}
_NEEDED_BOXES = frozenset({b"mdat", b"moov", b"moof"})
_TRACK_BOXES = frozenset({b"trak", b"mdia", b"minf", b"stbl"})
_ENCRYPTED = frozenset({b"encv", b"enca", b"drmi", b"drms"})  # ISO/IEC 23001-7, and Apple's
_MOST_BOXES = 4000  # a fragmented film has thousands, and each costs a read

# RFC 8794 and 9559: the header, the segment, and what may stand where a segment that is too short ends.
EBML = b"\x1a\x45\xdf\xa3"
_SEGMENT = b"\x18\x53\x80\x67"
CLUSTER, _CUES, _TAGS, _ATTACHMENTS, _VOID = (
    bytes.fromhex(one) for one in ("1f43b675", "1c53bb6b", "1254c367", "1941a469", "ec")
)
_ELEMENTS = (EBML, _SEGMENT, CLUSTER, _CUES, _TAGS, _ATTACHMENTS, _VOID)
UNSTATED = -1
_MOST_ELEMENTS = 100_000

_AVI_CHUNKS = (b"RIFF", b"LIST", b"JUNK", b"idx1")

# Microsoft's Advanced Systems Format: the header, the data, and the kinds of indexes that may follow.
ASF_HEADER = bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c")
_ASF_DATA = bytes.fromhex("3626b2758e66cf11a6d900aa0062ce6c")
_ASF_NO_DATA = 50  # bytes: an object without a packet
_ASF_INDEXES = (
    bytes.fromhex("90080033b1e5cf1189f400a0c90349cb"),
    bytes.fromhex("d329e2d6da35d111903400a0c90349be"),
    bytes.fromhex("f803b1fead12644c840f2a1d2f7ad48c"),
)


def read_mp4(read: ReadAt, size: int) -> Structure:
    """Walk the outermost boxes of an MP4 or MOV file."""
    at, kinds, media, is_encrypted = 0, set[bytes](), None, False

    def structure(*, missing: int = 0, end: int | None = None) -> Structure:
        states = missing > 0 or b"moof" in kinds
        return Structure(
            container="mp4", missing=missing, end=end, media=media, states_duration=states, is_encrypted=is_encrypted
        )

    for _ in range(_MOST_BOXES):
        if at >= size:
            break
        kind, length = _box(read, at, size)
        playable = b"moov" in kinds and not kinds.isdisjoint({b"mdat", b"moof"})
        fits = length >= 8 and at + length <= size
        if playable and not (kind in _BOXES and length >= 8) and not (fits and kind.isalnum()):
            return structure(end=at)
        if length < 8:  # nothing can be said of what follows
            break
        kinds.add(kind)
        if kind == b"mdat" and (media is None or length > media[1] - media[0]):
            media = (at, min(size, at + length))
        if kind == b"moov":
            is_encrypted = _is_encrypted(read, at + 8, min(size, at + length))
        if at + length > size:
            return structure(missing=at + length - size if kind in _NEEDED_BOXES else 0)
        at += length
    return structure()


def _is_encrypted(read: ReadAt, begin: int, end: int) -> bool:
    """Look through the descriptions of the tracks (``stsd``) for kinds that only a licensed player reads."""
    ranges, boxes = [(begin, end)], 0
    while ranges and boxes < _MOST_BOXES:
        at, stop = ranges.pop()
        while at + 16 <= stop and boxes < _MOST_BOXES:
            boxes += 1
            kind, length = _box(read, at, stop)
            if kind in _TRACK_BOXES and length > 8:
                ranges.append((at + 8, min(stop, at + length)))
            if kind == b"stsd" and read(at + 20, 4) in _ENCRYPTED:
                return True
            at += max(8, length)
    return False


def _box(read: ReadAt, at: int, size: int) -> tuple[bytes, int]:
    head = read(at, 16)
    length = int.from_bytes(head[:4])
    if length == 1 and len(head) == 16:
        return head[4:8], int.from_bytes(head[8:])
    return head[4:8], size - at if length == 0 and head[4:8] in _BOXES else length


def read_matroska(read: ReadAt, size: int) -> Structure:
    """Find the segment of a Matroska or WebM file, and where it says that it ends."""
    at = 0
    for _ in range(8):  # the header, the segment, and perhaps a void between them
        head = read(at, 12)
        length, begins = element(head)
        if length is None:
            break
        if head.startswith(_SEGMENT):
            return _segment(read, size, at + begins, length)
        if length == UNSTATED:
            break
        at += begins + length
    return Structure(container="matroska")


def _segment(read: ReadAt, size: int, begins: int, length: int) -> Structure:
    media = (begins, size)
    if length == UNSTATED:
        return Structure(container="matroska", media=media, states_duration=True)
    end = begins + length
    if end >= size:
        return Structure(container="matroska", missing=end - size, media=media, states_duration=True)
    goes_on = read(end, 4).startswith(_ELEMENTS)
    end_of_film = None if goes_on else end
    return Structure(container="matroska", end=end_of_film, media=(begins, end), states_duration=True)


def is_in_cluster(read: ReadAt, structure: Structure, offset: int) -> bool:
    """Say whether a byte of a Matroska file is one of pictures or sound, and not of an attachment or a void."""
    at, end = structure.media or (0, 0)
    for _ in range(_MOST_ELEMENTS):
        head = read(at, 12)
        length, begins = element(head)
        if length is None or length == UNSTATED or at >= end:
            return True  # nothing speaks against it
        if offset < at + begins + length:
            return head.startswith(CLUSTER)
        at += begins + length
    return True


def element(head: bytes) -> tuple[int | None, int]:
    """Read the id and the size of an EBML element (RFC 8794).

    Gives the size, ``UNSTATED`` for that of a live recording, None for what is no element; and how many
    bytes both take.
    """
    return _vint(head, _vint_length(head, most=4))


def _vint_length(head: bytes, *, most: int) -> int:
    """Give how many bytes a number of variable length takes; 0 when it is none."""
    length = 9 - head[0].bit_length() if head and head[0] else 0
    return length if length <= most else 0


def _vint(head: bytes, at: int) -> tuple[int | None, int]:
    """Read a size of variable length; gives it, ``UNSTATED`` or None for no size, and where it ends."""
    taken = _vint_length(head[at:], most=8) if at else 0
    if taken == 0 or len(head) < at + taken:
        return None, at
    bits = 7 * taken
    value = int.from_bytes(head[at : at + taken]) & ((1 << bits) - 1)
    return (UNSTATED if value == (1 << bits) - 1 else value), at + taken


def read_avi(read: ReadAt, size: int) -> Structure:
    """Follow the RIFF chunks of an AVI file; a big one has several (OpenDML)."""
    at = 0
    while at + 12 <= size:
        head = read(at, 12)
        length = int.from_bytes(head[4:8], "little")
        if not head.startswith(b"RIFF"):
            end = None if head.startswith(_AVI_CHUNKS) else at
            return Structure(container="avi", end=end, states_duration=True)
        if length in (0, 0xFFFFFFFF):  # a recorder that never came to write it
            return Structure(container="avi")
        end = at + 8 + length
        if end > size + 1:  # one byte may be left out at the end, where lengths are odd
            return Structure(container="avi", missing=end - size, states_duration=True)
        at = end + length % 2
    return Structure(container="avi", end=at if at < size else None, states_duration=True)


def read_asf(read: ReadAt, size: int) -> Structure:
    """Walk the outermost objects of a Windows Media file."""
    at, media = 0, None
    while at + 24 <= size:
        head = read(at, 24)
        kind, length = head[:16], int.from_bytes(head[16:], "little")
        known = kind in (ASF_HEADER, _ASF_DATA, *_ASF_INDEXES)
        if media and (not known or length < 24):
            return Structure(container="asf", end=at, media=media, states_duration=True)
        if length < 24 or (kind == _ASF_DATA and length <= _ASF_NO_DATA):  # live, or never finished
            return Structure(container="asf")
        if kind == _ASF_DATA:
            media = (at, min(size, at + length))
        if at + length > size:
            return Structure(container="asf", missing=at + length - size, media=media, states_duration=True)
        at += length
    rest = read(at, 16) if at < size else b""
    if media and rest and any(kind.startswith(rest) for kind in _ASF_INDEXES):
        return Structure(container="asf", missing=24 - (size - at), media=media, states_duration=True)
    return Structure(container="asf", end=at if media and rest else None, media=media, states_duration=True)
