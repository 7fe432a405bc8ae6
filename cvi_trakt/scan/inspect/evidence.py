"""What is known of a file when ffmpeg has gone over it, and one thing that is wrong with it: the values."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from cvi_trakt.media import Status
from cvi_trakt.scan.inspect.checksums import Checksums
from cvi_trakt.scan.inspect.ear import Ear
from cvi_trakt.scan.inspect.ffmpeg import Ending
from cvi_trakt.scan.inspect.structure import Structure
from cvi_trakt.scan.inspection import Trouble

_DISC_PART = re.compile(r"VTS_\d\d_\d\.VOB", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """All that is known of a file: how it is built, and what one run of ffmpeg over it said.

    ``code`` is ffmpeg's exit code, ``begins_with_zeros`` says that there is no header but zeros, ``is_whole``
    that ffmpeg went through the whole file and not only its beginning, ``is_disc_part`` that its name is that of
    a part of a DVD, which are divided without regard to pictures.
    """

    ear: Ear
    structure: Structure
    code: int
    begins_with_zeros: bool = False
    checksums: Checksums | None = None
    is_whole: bool = True
    is_disc_part: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong, with the status that it makes; ``at`` in seconds, None where no time is known."""

    status: Status
    reason: str
    message: str | None = None
    at: float | None = None
    trouble: Trouble | None = None


def is_disc_part(path: str) -> bool:
    """Say whether a file is called like a part of a film on a DVD: ``VTS_01_2.VOB``."""
    return _DISC_PART.fullmatch(Path(path).name) is not None


def unreadable(trouble: Trouble, reason: str, message: str | None = None) -> Finding:
    """Say that a file could not be read; that says nothing about the file."""
    return Finding(status=Status.UNREADABLE, reason=reason, message=message, trouble=trouble)


def given_up(ending: Ending) -> Finding:
    """Say why ffmpeg was ended before its end."""
    reason = "ffmpeg got stuck: it said nothing for too long" if ending.stalled else "ffmpeg took far too long"
    return unreadable(Trouble.TIMED_OUT, f"given up: {reason}")
