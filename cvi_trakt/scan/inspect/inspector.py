"""Inspects one video, quickly or in full, and says whether it is healthy, damaged, doubtful or could not be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from cvi_trakt.media import Facts, ScanResult, Status
from cvi_trakt.scan.inspect.checksums import Checksums, checksums_of
from cvi_trakt.scan.inspect.containers import wrong_extension
from cvi_trakt.scan.inspect.ear import Ear
from cvi_trakt.scan.inspect.evidence import Evidence, Finding, given_up, is_disc_part, unreadable
from cvi_trakt.scan.inspect.glance import Glance, glance, has_changed, read_through
from cvi_trakt.scan.inspect.hearing import Runner, hear_out
from cvi_trakt.scan.inspect.judge import judge, notes
from cvi_trakt.scan.inspect.messages import Meaning
from cvi_trakt.scan.inspect.passes import names_of, source, whole
from cvi_trakt.scan.inspect.samples import QuickLook
from cvi_trakt.scan.inspection import Inspection, Mode, Trouble

_HOUR = 3600.0
_SLOWEST = 50_000  # bytes a second: a small machine that decodes a big picture in software
_SLOWNESS = 20.0  # seconds that one second of video may take, when its duration is known
_DAMAGE = (Meaning.DAMAGE, Meaning.REFUSED, Meaning.NOT_OPENED)
_DOUBT = (Meaning.DOUBT, Meaning.REFERENCES, Meaning.LOST_PACKETS)


Watch = Callable[[str, float], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Verdict:
    """What one pass came to. ``share`` is the damaged part of the running time."""

    mode: Mode
    finding: Finding | None = None
    note: str | None = None
    duration: float | None = None
    facts: Facts | None = None
    errors: int = 0
    share: float | None = None


class Inspector:
    """Inspects files one by one, also from several threads.

    Args:
        ffmpeg: runs ffmpeg.
        mode: how thoroughly.
        clock: gives seconds that only go forward.
        watch: is told now and then how much of a file, from 0 to 1, is done.
        time_allowed: how many seconds a file may take, given its size in bytes and its duration, if known.
    """

    def __init__(
        self,
        ffmpeg: Runner,
        *,
        mode: Mode,
        clock: Callable[[], float],
        watch: Watch | None = None,
        time_allowed: Callable[[int, float | None], float] | None = None,
    ) -> None:
        self._ffmpeg = ffmpeg
        self._mode = mode
        self._clock = clock
        self._watch = watch or (lambda _path, _share: None)
        self._time_allowed = time_allowed or time_allowed_for

    def inspect(self, path: str) -> Inspection:
        """Inspect one file. Raises ``FfmpegError`` when ffmpeg cannot be started."""
        began = self._clock()
        look: Glance | None = None
        verdict = _Verdict(mode=Mode.QUICK if self._mode is Mode.QUICK else Mode.DEEP)
        try:
            look = glance(path)
            verdict = self._verdict(path, look, verdict.mode)
            if verdict.finding and verdict.finding.status is not Status.UNREADABLE:
                read_through(path, whole=verdict.mode is Mode.DEEP)
            if verdict.finding and has_changed(path, look):
                reason = "it changed while it was checked; scan it again when it is complete"
                verdict = replace(verdict, finding=unreadable(Trouble.CHANGED, reason), errors=0, share=None)
        except OSError as error:
            verdict = replace(verdict, finding=_why_unreadable(error), errors=0, share=None)
        return _inspection(path, look, verdict, self._clock() - began)

    def _verdict(self, path: str, look: Glance, least: Mode) -> _Verdict:
        if look.size == 0:
            return _Verdict(mode=least, finding=unreadable(Trouble.EMPTY, "the file is empty"))
        if look.structure.is_encrypted:
            reason = "it is encrypted: only its own player can look into it"
            return _Verdict(mode=least, finding=unreadable(Trouble.NO_DECODER, reason))
        if self._mode is Mode.DEEP:
            return self._deep(path, look)
        verdict = self._quick(path, look)
        is_unclear = verdict.finding is not None and verdict.finding.status is Status.SUSPICIOUS
        return self._deep(path, look) if is_unclear and self._mode is Mode.HYBRID else verdict

    def _quick(self, path: str, look: Glance) -> _Verdict:
        quick = QuickLook(self._ffmpeg, path, look)
        finding = quick.finding()
        is_bad = finding is not None and finding.status is not Status.UNREADABLE
        return _Verdict(
            mode=Mode.QUICK,
            finding=finding,
            note=quick.note(wrong_extension(Path(path).suffix[1:], look.structure.container)),
            duration=quick.duration,
            facts=quick.facts,
            errors=1 if is_bad else 0,
        )

    def _deep(self, path: str, look: Glance) -> _Verdict:
        address = source(path, look.structure.end)
        with checksums_of(path, look.structure) as checksums:

            def on_the_way(ear: Ear) -> None:
                checksums.check(ear.timeline.now + ear.header.start)
                self._watch(path, ear.share())

            names, allowed = names_of(path, address), partial(self._time_allowed, look.size)
            ear, ending = hear_out(
                self._ffmpeg,
                lambda without: whole(address, threads=self._ffmpeg.threads, without=without),
                lambda: Ear(names, allowed, on_the_way),
            )
            if ending.code is not None:
                checksums.finish(ear.timeline.end + ear.header.start)
        if ending.code is None:
            return _Verdict(mode=Mode.DEEP, finding=given_up(ending), facts=ear.header.facts())
        evidence = Evidence(
            ear=ear,
            structure=look.structure,
            code=ending.code,
            begins_with_zeros=look.begins_with_zeros,
            checksums=checksums,
            is_disc_part=is_disc_part(path),
        )
        finding = judge(evidence)
        is_bad = finding is not None and finding.status is not Status.UNREADABLE
        return _Verdict(
            mode=Mode.DEEP,
            finding=finding,
            note=notes(evidence, wrong_extension(Path(path).suffix[1:], look.structure.container)),
            duration=ear.header.duration or ear.timeline.end or None,
            facts=ear.header.facts() if ear.header.streams else None,
            errors=_errors(ear, checksums) if is_bad else 0,
            share=_damaged_share(ear, look, checksums) if is_bad and ending.code >= 0 else None,
        )


def time_allowed_for(size: int, duration: float | None) -> float:
    """Give the seconds after which a file is given up: far more than a slow machine needs."""
    return _HOUR + (size / _SLOWEST if duration is None else max(size / _SLOWEST, duration * _SLOWNESS))


def _errors(ear: Ear, checksums: Checksums) -> int:
    """Count the errors; one that is no message of ffmpeg counts as one."""
    zeros = sum(track.zeros for track in ear.timeline.tracks.values())
    messages = sum(ear.counts[meaning] for meaning in (*_DAMAGE, *_DOUBT))
    return max(1, len(checksums.bad_seconds), zeros + messages)


def _damaged_share(ear: Ear, look: Glance, checksums: Checksums) -> float:
    """Give the part of the running time that is damaged or missing, second by second.

    Of a file that was cut off ffmpeg may not know how long it was; then its bytes tell.
    """
    end = ear.timeline.end
    total = max(ear.header.duration or 0.0, end)
    if total <= 0 or not ear.frames:
        return 1.0
    bad = checksums.bad_seconds.union(*(ear.seconds.get(meaning, set()) for meaning in (*_DAMAGE, *_DOUBT)))
    for track in ear.timeline.tracks.values():
        bad.update(track.bad_seconds)
    seconds = sum(1 for second in bad if second < end)
    missing = look.structure.missing / (look.size + look.structure.missing)
    return min(1.0, max((min(float(seconds), end) + max(0.0, total - end)) / total, missing))


def _inspection(path: str, look: Glance | None, verdict: _Verdict, seconds: float) -> Inspection:
    finding = verdict.finding
    status = finding.status if finding else Status.HEALTHY
    return Inspection(
        result=ScanResult(
            path=path,
            status=status,
            reason=finding.reason if finding else None,
            size=look.size if look else None,
            duration=verdict.duration,
            facts=verdict.facts,
        ),
        mode=verdict.mode,
        trouble=finding.trouble if finding else None,
        message=finding.message if finding else None,
        note=verdict.note if finding is None else None,
        # to the second: that is how far ffmpeg may be ahead of what it says, and so results do not waver
        first_bad=float(int(max(0.0, finding.at))) if finding and finding.at is not None else None,
        errors=verdict.errors,
        damaged_share=verdict.share,
        changed_at=look.changed_at if look else None,
        seconds=seconds,
    )


def _why_unreadable(error: OSError) -> Finding:
    match error:
        case FileNotFoundError():
            return unreadable(Trouble.GONE, "it is not there: moved, deleted, or a link to nothing")
        case PermissionError():
            return unreadable(Trouble.PERMISSION, "permission denied")
        case _:
            return unreadable(Trouble.DISK, f"it cannot be read: {error.strerror or error}")
