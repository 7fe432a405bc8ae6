"""What one inspection of one video found: the value that is passed on, kept and written."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, unique

from cvi_trakt.media import ScanResult


@unique
class Mode(StrEnum):
    """How thoroughly files are checked."""

    QUICK = "quick"  # headers, structure and samples
    DEEP = "deep"  # everything is decoded
    HYBRID = "hybrid"  # quick, then deep for what looks suspicious


@unique
class Trouble(StrEnum):
    """Why a file could not be checked: the kinds of UNREADABLE, in the words of the summary."""

    PERMISSION = "permission denied"
    GONE = "not there"
    EMPTY = "empty"
    NOT_A_VIDEO = "not a video"
    NO_DECODER = "no decoder"
    DISK = "disk or network failed"
    TIMED_OUT = "given up"
    CHANGED = "changed meanwhile"
    FFMPEG = "ffmpeg failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """What one inspection found.

    ``result`` is what is passed on. ``mode`` is the pass that decided: quick or deep. ``message`` is
    ffmpeg's own first line behind the verdict. ``note`` says what is odd about a healthy file.
    ``first_bad`` is the first damaged position in seconds from the beginning, ``errors`` how many
    errors there were, ``damaged_share`` the part of the running time that is damaged or missing,
    from 0 to 1; a quick look knows no share. ``changed_at`` is the file's modification time in
    nanoseconds, as it was when the inspection began. ``seconds`` is how long the inspection took.
    """

    result: ScanResult
    mode: Mode = Mode.DEEP
    trouble: Trouble | None = None
    message: str | None = None
    note: str | None = None
    first_bad: float | None = None
    errors: int = 0
    damaged_share: float | None = None
    changed_at: int | None = None
    seconds: float = 0.0


def moment(seconds: float) -> str:
    """Write a place in a video as people say it, in hours, minutes and seconds: ``00:41:07``."""
    whole = int(max(0.0, seconds))
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"
