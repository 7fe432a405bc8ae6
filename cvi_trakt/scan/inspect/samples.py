"""The quick look at one video: its structure, its beginning and its end, and a few places between."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from cvi_trakt.media import Facts, Status
from cvi_trakt.scan.inspect.ear import Ear
from cvi_trakt.scan.inspect.evidence import Evidence, Finding, given_up, is_disc_part, unreadable
from cvi_trakt.scan.inspect.ffmpeg import Ending
from cvi_trakt.scan.inspect.glance import Glance, find_blank
from cvi_trakt.scan.inspect.hearing import Runner, hear_out
from cvi_trakt.scan.inspect.judge import ZEROS, judge, notes
from cvi_trakt.scan.inspect.lengths import cut, is_short, states_duration
from cvi_trakt.scan.inspect.messages import Meaning
from cvi_trakt.scan.inspect.passes import names_of, packets, sample, source
from cvi_trakt.scan.inspect.structure import Structure
from cvi_trakt.scan.inspection import Trouble, moment

_FRAMES = 4  # pictures of one sample
_MORE_FRAMES = 40  # of a stream without an index, where the first are torn
_LONG = 120.0  # seconds: a shorter video costs little anyway
_END_SECONDS = 1.0  # before the stated end, from where everything is read
_MOST_SAMPLES = 4  # between beginning and end
_EVERY = 20.0  # seconds of video for one sample more
_STILL_SECONDS, _STILL_SHARE = 10.0, 0.1  # that a last picture may stand, seen from a sample
_SETTLING = 1.0  # seconds after a jump into a stream without an index, in which packets are torn
_TORN = 5  # messages, of which so few are about those packets
_UNMEASURED = 200_000_000  # bytes: a file without a duration is read through when it is not bigger
_SAMPLE_SECONDS = 120.0  # that one sample may take
_DESCRIBED = frozenset({"mp4", "matroska"})  # their header says all about the streams
_INDEXED = frozenset({"mp4", "matroska", "avi", "asf", "flv"})


class _Sample(NamedTuple):
    ear: Ear
    ending: Ending


class QuickLook:
    """One quick look; ``finding`` takes the samples one by one and stops at the first that is wrong.

    ``duration`` is what the header states, in seconds; it and ``facts`` are known when ``finding`` has been
    called.
    """

    def __init__(self, ffmpeg: Runner, path: str, look: Glance) -> None:
        self.duration: float | None = None
        self.facts: Facts | None = None
        self._ffmpeg = ffmpeg
        self._path = path
        self._look = look
        self._address = source(path, look.structure.end)
        self._beginning: Evidence | None = None

    def finding(self) -> Finding | None:
        """Give the first thing that is wrong, or None; only what is beyond doubt is CORRUPT."""
        ear, ending = self._sample(0.0, _FRAMES)
        self.duration = ear.header.duration
        self.facts = ear.header.facts() if ear.header.streams else None
        if ending.code is None:
            return given_up(ending)
        self._beginning = Evidence(
            ear=ear,
            structure=self._look.structure,
            code=ending.code,
            begins_with_zeros=self._look.begins_with_zeros,
            is_whole=False,
            is_disc_part=is_disc_part(self._path),
        )
        found = judge(self._beginning)
        if found is not None:
            return _softened(found) if ear.frames else found
        return self._end() or self._blank() or next(self._between(), None)

    def note(self, wrong_name: str | None) -> str | None:
        """Say what is odd about a healthy file."""
        return notes(self._beginning, wrong_name) if self._beginning else None

    def _take(self, words: Callable[[Sequence[int]], list[str]]) -> _Sample:
        names = names_of(self._path, self._address)
        return _Sample(*hear_out(self._ffmpeg, words, lambda: Ear(names, lambda _duration: _SAMPLE_SECONDS)))

    def _sample(self, at: float, frames: int | None) -> _Sample:
        hasty = at > 0 and self._look.structure.container in _DESCRIBED
        return self._take(lambda without: sample(self._address, at=at, frames=frames, hasty=hasty, without=without))

    def _end(self) -> Finding | None:
        """Read to the end: is it where the structure and the stated duration say?"""
        structure, duration = self._look.structure, self.duration
        if duration is None and self._look.size > _UNMEASURED:
            return _missing(structure)
        if duration is None:
            taken = self._take(lambda without: packets(self._address, without=without))
        else:
            before = _END_SECONDS if duration >= _LONG and self._is_indexed() else _END_SECONDS + 3 * _SETTLING
            taken = self._sample(max(0.0, duration - before), None)
            # where only one stream goes on to the end, there may be no place to jump to
            if not taken.ear.timeline.packets:
                taken = self._sample(max(0.0, duration - 10 * before), None)
        found = None if is_disc_part(self._path) else self._wrong(taken)
        reached = taken.ear.timeline.end - taken.ear.header.start
        states = self._beginning is not None and states_duration(self._beginning)
        # some count the time before the first picture, too
        end = max(reached, taken.ear.timeline.end)
        if not structure.missing and taken.ear.timeline.packets:  # a still may stand for long; a deep look knows
            end = max(end * (1 + _STILL_SHARE), end + _STILL_SECONDS)
        lacks_time = duration is not None and states and is_short(duration, end)
        if structure.missing and states and (found or lacks_time):
            at = reached if taken.ear.timeline.packets and reached > 0 else self._place_of_cut()
            return Finding(
                status=Status.CORRUPT,
                reason=f"{cut(structure)}, about from {moment(at)} on" if at else cut(structure),
                message=found.message if found else None,
                at=at,
            )
        has_subtitles = any(stream.kind == "Subtitle" for stream in taken.ear.header.streams)
        if lacks_time and not has_subtitles:  # the last of them may stand for long after the film
            reason = f"it ends at {moment(reached)}, though it is said to last {moment(duration or 0.0)}"
            return Finding(status=Status.SUSPICIOUS, reason=reason, at=max(0.0, reached))
        return found or _missing(structure)

    def _place_of_cut(self) -> float | None:
        whole = self._look.size + self._look.structure.missing
        return self.duration * self._look.size / whole if self.duration else None

    def _blank(self) -> Finding | None:
        if self._beginning is None or not self._beginning.ear.header.is_dense():
            return None
        at = find_blank(self._path, self._look.structure)
        if at is None:
            return None
        second = self.duration * at / self._look.size if self.duration else None
        return Finding(status=Status.SUSPICIOUS, reason=f"{ZEROS} (from byte {at} on)", at=second)

    def _between(self) -> Iterator[Finding]:
        """Take samples between the beginning and the end, while they are good."""
        duration = self.duration or 0.0
        samples = min(_MOST_SAMPLES, int(duration / _EVERY))
        frames = _FRAMES if self._is_indexed() else _MORE_FRAMES
        for number in range(1, samples + 1):
            taken = self._sample(duration * number / (samples + 1), frames)
            if found := self._wrong(taken):
                yield found

    def _is_indexed(self) -> bool:
        """Say whether ffmpeg finds the beginnings of pictures and sound when it jumps into the file."""
        return self._look.structure.container in _INDEXED

    def _wrong(self, taken: _Sample) -> Finding | None:
        """Say what is wrong in a sample. Where ffmpeg has jumped to, pictures may lack others: that is no fault."""
        ear, ending = taken
        if ending.code is None:
            return given_up(ending) if ending.stalled else None
        if said := ear.first.get(Meaning.NOT_READ):
            return unreadable(Trouble.DISK, said.reason, said.message)
        begin = min((track.begin for track in ear.timeline.tracks.values()), default=0.0)
        start = ear.header.start
        settling, torn = (0.0, 0) if self._is_indexed() or begin <= start else (_SETTLING, _TORN)
        for meaning in (Meaning.DAMAGE, Meaning.REFUSED):
            said = ear.first.get(meaning)
            is_settling = ear.last.get(meaning, start) < begin + settling or ear.counts[meaning] < torn
            if said and not (settling and is_settling):
                at = max(0.0, (said.at or begin) - start)
                return Finding(status=Status.SUSPICIOUS, reason=said.reason, message=said.message, at=at)
        for track in ear.timeline.tracks.values():
            if track.first_zeros is not None:
                at = max(0.0, track.first_zeros - start)
                return Finding(status=Status.SUSPICIOUS, reason="parts of it are zeros", at=at)
        if ending.code < 0:
            return Finding(status=Status.SUSPICIOUS, reason=f"ffmpeg crashed (signal {-ending.code})")
        return None


def _softened(finding: Finding) -> Finding:
    """A few pictures are not enough to call a file CORRUPT."""
    return replace(finding, status=Status.SUSPICIOUS) if finding.status is Status.CORRUPT else finding


def _missing(structure: Structure) -> Finding | None:
    return Finding(status=Status.SUSPICIOUS, reason=cut(structure)) if structure.missing else None
