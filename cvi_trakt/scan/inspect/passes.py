"""The words for ffmpeg: what it reads of a file, and what it does with it."""

from __future__ import annotations

from collections.abc import Sequence

# "info" has what the header states, "verbose" how much was decoded; "repeat" gives each message its own place.
_TALKING = ("-nostdin", "-hide_banner", "-nostats", "-loglevel", "level+repeat+verbose")
# Playlists must not lead elsewhere. "sortdts" makes ffmpeg read AVI by its index: without it, frames that are
# gone are passed over in silence. Checksums are there to be checked.
_READING = ("-protocol_whitelist", "file,subfile", "-fflags", "+sortdts", "-err_detect", "crccheck")
# A capital V leaves out cover pictures: they say nothing about the film.
_SEEN_AND_HEARD = ("-map", "0:V?", "-map", "0:a?")
_HASTILY = ("-analyzeduration", "0", "-fpsprobesize", "0", "-probesize", "500000")
_SUBTITLES = ("-map", "0:s?")  # the last of them may end after the pictures
# Old versions give up where one stream begins long after another.
_PATIENTLY = ("-max_muxing_queue_size", "100000")
_NOWHERE = (*_PATIENTLY, "-f", "null", "-")
_PACKETS = ("-c", "copy", "-copyinkf", *_PATIENTLY, "-f", "framecrc", "pipe:1")


def source(path: str, end: int | None) -> str:
    """Give the address of a file, or of its first bytes up to ``end``.

    "file:" takes any name for what it is: one with a colon, a dash, a ``%d``.
    """
    return f"file:{path}" if end is None else f"subfile,,start,0,end,{end},,:file:{path}"


def names_of(path: str, address: str) -> tuple[str, ...]:
    """Say how a file with this address may be called in messages, the longest first."""
    return (address, f"file:{path}", path)


def whole(address: str, *, threads: int, without: Sequence[int]) -> list[str]:
    """Decode all pictures and all sound, but not these streams, and list every packet on the way."""
    chosen = [*_SEEN_AND_HEARD, *_left_out(without)]
    reading = [*_TALKING, *_READING, "-threads", str(threads), "-i", address]
    return [*reading, *chosen, "-sn", "-dn", *_NOWHERE, *chosen, *_SUBTITLES, *_PACKETS]


def sample(address: str, *, at: float, frames: int | None, hasty: bool, without: Sequence[int]) -> list[str]:
    """Decode so many pictures from the key picture before a second on, or everything to the end when None.

    Times stay as they are in the file, so that the end can be compared with what is stated. ``hasty`` is for
    containers whose header says all about the streams: ffmpeg then does not look into them first.
    """
    chosen = [*_SEEN_AND_HEARD, *_left_out(without)]
    seeking = ["-noaccurate_seek", "-ss", f"{at:.3f}"] if at > 0 else []
    limits = [] if frames is None else ["-frames:v", str(frames), "-frames:a", str(frames)]
    looking = _HASTILY if hasty else ()
    reading = [*_TALKING, *_READING, *looking, "-copyts", *seeking, "-threads", "1", "-i", address]
    subtitles = _SUBTITLES if frames is None else ()
    return [*reading, *chosen, "-sn", "-dn", *limits, *_NOWHERE, *chosen, *subtitles, *limits, *_PACKETS]


def packets(address: str, *, without: Sequence[int]) -> list[str]:
    """List every packet but of these streams, and decode none."""
    return [*_TALKING, *_READING, "-i", address, *_SEEN_AND_HEARD, *_left_out(without), *_PACKETS]


def _left_out(streams: Sequence[int]) -> list[str]:
    return [word for number in streams for word in ("-map", f"-0:{number}")]
