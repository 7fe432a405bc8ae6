"""The words for ffmpeg: what it reads of a file, and what it does with it."""

from __future__ import annotations

# "info" has what the header states, "verbose" how much was decoded; "repeat" gives each message its own place.
_TALKING = ("-nostdin", "-hide_banner", "-nostats", "-loglevel", "level+repeat+verbose")
# Playlists must not lead elsewhere. "sortdts" makes ffmpeg read AVI by its index: without it, frames that are
# gone are passed over in silence. Checksums are there to be checked.
_READING = ("-protocol_whitelist", "file,subfile", "-fflags", "+sortdts", "-err_detect", "crccheck")
# A capital V leaves out cover pictures: they say nothing about the film.
_SEEN_AND_HEARD = ("-map", "0:V?", "-map", "0:a?")
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


def whole(address: str, threads: int) -> list[str]:
    """Decode all pictures and all sound, and list every packet on the way."""
    reading = [*_TALKING, *_READING, "-threads", str(threads), "-i", address]
    decoding = [*_SEEN_AND_HEARD, "-sn", "-dn", *_NOWHERE]
    return [*reading, *decoding, *_SEEN_AND_HEARD, *_SUBTITLES, *_PACKETS]


def sample(address: str, *, at: float, frames: int | None) -> list[str]:
    """Decode so many pictures from the key picture before a second on, or everything to the end when None.

    Times stay as they are in the file, so that the end can be compared with what is stated.
    """
    seeking = ["-noaccurate_seek", "-ss", f"{at:.3f}"] if at > 0 else []
    limits = [] if frames is None else ["-frames:v", str(frames), "-frames:a", str(frames)]
    reading = [*_TALKING, *_READING, "-copyts", *seeking, "-threads", "1", "-i", address]
    decoding = [*_SEEN_AND_HEARD, "-sn", "-dn", *limits, *_NOWHERE]
    subtitles = _SUBTITLES if frames is None else ()
    return [*reading, *decoding, *_SEEN_AND_HEARD, *subtitles, *limits, *_PACKETS]


def packets(address: str) -> list[str]:
    """List every packet, and decode none."""
    return [*_TALKING, *_READING, "-i", address, *_SEEN_AND_HEARD, *_PACKETS]
