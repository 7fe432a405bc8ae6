"""Inspects one video: decodes it in full and says whether it is healthy, damaged, doubtful or could not be read."""

from __future__ import annotations

import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from cvi_trakt.media import ScanResult, Status
from cvi_trakt.scan.ear import Ear
from cvi_trakt.scan.ffmpeg import Decoding
from cvi_trakt.scan.messages import Meaning

SECTOR = 512  # bytes: no video begins with so many zeros

_HOUR = 3600.0
_SLOWEST = 50_000  # bytes a second: a small machine that decodes a big picture in software
_KILLED = -9


class Decoder(Protocol):
    """Decodes one file in full."""

    def decode(self, path: str, *, seconds: float, hear: Callable[[str], None]) -> Decoding:
        """Take the file, the time it may take, and who hears the messages."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """What one inspection found.

    ``message`` is ffmpeg's own first message behind the verdict; None when there was none.
    ``seconds`` is how long the inspection took.
    """

    result: ScanResult
    message: str | None = None
    seconds: float = 0.0


class Verdict(NamedTuple):
    """A status with the reason in words, and ffmpeg's own message if it had one."""

    status: Status
    reason: str | None = None
    message: str | None = None


class _Glance(NamedTuple):
    """What a look at a file without ffmpeg tells: what it is now, and whether it begins with zeros."""

    size: int
    changed_at: int
    begins_with_zeros: bool


class Inspector:
    """Inspects files one by one, also from several threads.

    Args:
        decoder: decodes a file.
        clock: gives seconds that only go forward.
        time_allowed: how many seconds a file of so many bytes may take.
    """

    def __init__(
        self, decoder: Decoder, *, clock: Callable[[], float], time_allowed: Callable[[int], float] | None = None
    ) -> None:
        self._decoder = decoder
        self._clock = clock
        self._time_allowed = time_allowed or time_allowed_for

    def inspect(self, path: str) -> Inspection:
        """Inspect one file. Raises ``FfmpegError`` when ffmpeg cannot be started."""
        began = self._clock()
        glance, duration = None, None
        try:
            glance = _look(path)
            verdict, duration = self._decode(path, glance)
            if verdict.status is not Status.HEALTHY:
                verdict = _unless_changed(verdict, glance, _look(path))
        except OSError as error:
            verdict = Verdict(Status.UNREADABLE, _why_unreadable(error))
        return Inspection(
            result=ScanResult(
                path=path,
                status=verdict.status,
                reason=verdict.reason,
                size=glance.size if glance else None,
                duration=duration if verdict.status is Status.HEALTHY else None,
            ),
            message=verdict.message,
            seconds=self._clock() - began,
        )

    def _decode(self, path: str, glance: _Glance) -> tuple[Verdict, float]:
        if glance.size == 0:
            return Verdict(Status.UNREADABLE, "the file is empty"), 0.0
        allowed = self._time_allowed(glance.size)
        ear = Ear(path)
        decoding = self._decoder.decode(path, seconds=allowed, hear=ear.hear)
        ear.finish()
        if decoding.code is None:
            return Verdict(Status.UNREADABLE, f"given up: ffmpeg was not done after {allowed / _HOUR:.3g} hours"), 0.0
        return judge(ear, decoding, begins_with_zeros=glance.begins_with_zeros), decoding.seconds


def time_allowed_for(size: int) -> float:
    """Give the seconds after which a file of so many bytes is given up: far more than a slow machine needs."""
    return _HOUR + size / _SLOWEST


def judge(ear: Ear, decoding: Decoding, *, begins_with_zeros: bool) -> Verdict:
    """Come to a verdict on a decode that went to its end.

    Only messages that are known to mean damage make a file CORRUPT; whatever is unclear makes it
    SUSPICIOUS, and what kept ffmpeg from reading says nothing about the file: UNREADABLE.
    """
    failed_at_once = decoding.code != 0 and not decoding.decoded
    if said := ear.first.get(Meaning.NOT_READ):
        return Verdict(Status.UNREADABLE, said.reason, said.message)
    if failed_at_once and begins_with_zeros:
        return _of(ear, Status.CORRUPT, "it begins with zeros where a video has its header")
    if failed_at_once and (said := ear.first.get(Meaning.NOT_THIS_FORMAT)):
        return Verdict(Status.UNREADABLE, said.reason, said.message)
    if said := ear.first.get(Meaning.DAMAGE):
        return Verdict(Status.CORRUPT, said.reason, said.message)
    if said := ear.first.get(Meaning.REFUSED):
        return Verdict(Status.CORRUPT if decoding.decoded else Status.SUSPICIOUS, said.reason, said.message)
    if decoding.decoded and (said := ear.first.get(Meaning.NOT_OPENED)):  # said about a later part, too
        return Verdict(Status.CORRUPT, "parts of it cannot be read", said.message)
    for meaning in (Meaning.NO_DECODER, Meaning.NO_STREAM):
        if said := ear.first.get(meaning):
            return Verdict(Status.UNREADABLE, said.reason, said.message)
    if said := ear.first.get(Meaning.DOUBT):
        return Verdict(Status.SUSPICIOUS, said.reason, said.message)
    return _of_the_end(ear, decoding)


def _of_the_end(ear: Ear, decoding: Decoding) -> Verdict:
    """Judge by how ffmpeg ended, when nothing that it said decides."""
    if said := ear.first.get(Meaning.NOT_OPENED):
        return Verdict(Status.UNREADABLE, said.reason, said.message)
    match decoding.code:
        case 0 if decoding.decoded:
            return Verdict(Status.HEALTHY)
        case 0:
            return Verdict(Status.SUSPICIOUS, "nothing in it can be decoded")
        case code if code == _KILLED:
            return Verdict(Status.UNREADABLE, "ffmpeg was killed; is there enough memory?")
        case code if code is not None and code < 0:
            return Verdict(Status.SUSPICIOUS, f"ffmpeg crashed (signal {-code})")
        case code:
            return Verdict(Status.SUSPICIOUS, f"ffmpeg gave up without saying why (exit code {code})")


def _of(ear: Ear, status: Status, reason: str) -> Verdict:
    """Put a reason of our own before the first thing that ffmpeg complained about."""
    said = next((one for meaning, one in ear.first.items() if meaning is not Meaning.HARMLESS), None)
    return Verdict(status, reason, said.message if said else None)


def _look(path: str) -> _Glance:
    """Look at a file without ffmpeg, which cannot say why it cannot. Raises ``OSError``."""
    file = Path(path)
    now = file.stat()
    if not stat.S_ISREG(now.st_mode):  # opening a pipe would wait for ever
        raise OSError(0, "not a file")
    with file.open("rb", buffering=0) as stream:
        head = stream.read(SECTOR)
    return _Glance(now.st_size, now.st_mtime_ns, head != b"" and not any(head))


def _unless_changed(verdict: Verdict, before: _Glance, after: _Glance) -> Verdict:
    """Withdraw a bad verdict about a file that was still being written, as by a download."""
    if (before.size, before.changed_at) == (after.size, after.changed_at):
        return verdict
    return Verdict(Status.UNREADABLE, "it changed while it was checked; scan it again when it is complete")


def _why_unreadable(error: OSError) -> str:
    match error:
        case FileNotFoundError():
            return "it is not there: moved, deleted, or a link to nothing"
        case PermissionError():
            return "permission denied"
        case _:
            return f"it cannot be read: {error.strerror or error}"
