"""Reads how a video file is built from a few of its bytes: what it is, how long it says it is, where it ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cvi_trakt.scan.inspect import boxes, tails
from cvi_trakt.scan.inspect.structure import ReadAt, Structure

Walk = Callable[[ReadAt, int], Structure]

# What the extensions promise; one extension may stand for several families.
_FAMILIES: Mapping[str, str] = {
    "mp4": "mp4 m4v mov qt 3gp 3g2 f4v",
    "matroska": "mkv mk3d webm",
    "avi": "avi divx",
    "asf": "asf wmv",
    "flv": "flv",
    "mpegts": "ts m2ts mts m2t trp tp mpg mpeg",
    "mpeg": "mpg mpeg mpe vob evo m2p m2t ts",
    "ogg": "ogv ogm",
}
_NAMES: Mapping[str, str] = {
    "mp4": "an MP4 or MOV file",
    "matroska": "a Matroska or WebM file",
    "avi": "an AVI file",
    "asf": "a Windows Media file",
    "flv": "a Flash video",
    "mpegts": "an MPEG transport stream",
    "mpeg": "an MPEG program stream",
    "ogg": "an Ogg file",
}
_KNOWN = frozenset(" ".join(_FAMILIES.values()).split())


def read_structure(read: ReadAt, size: int) -> Structure:
    """Read the structure of a file of so many bytes; ``read`` gives the bytes from an offset, so many or fewer.

    Raises ``OSError`` when they cannot be read.
    """
    head = read(0, 1024)
    walks: tuple[tuple[bool, Walk], ...] = (
        (head[4:8] in boxes.FIRST_BOXES, boxes.read_mp4),
        (head.startswith(boxes.EBML), boxes.read_matroska),
        (head.startswith(b"RIFF") and head[8:12] == b"AVI ", boxes.read_avi),
        (head.startswith(boxes.ASF_HEADER), boxes.read_asf),
        (head.startswith(b"FLV\x01"), tails.read_flv),
        (head.startswith(b"OggS"), tails.read_ogg),
        (head.startswith(b"\0\0\1\xba"), tails.read_program_stream),
        (tails.packet_size(head) is not None, tails.read_transport_stream),
    )
    for fits, walk in walks:
        if fits:
            return walk(read, size)
    return Structure()


def wrong_extension(extension: str, container: str | None) -> str | None:
    """Say what a file is when its extension, without the dot, promises something else; None when they agree."""
    extension = extension.lower()
    if container is None or extension not in _KNOWN or extension in _FAMILIES[container].split():
        return None
    return f"it is {_NAMES[container]}, whatever its name says"
