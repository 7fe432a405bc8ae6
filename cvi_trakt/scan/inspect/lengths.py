"""Finds what a file lacks at its end: by its structure, the duration that it states, and its streams."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cvi_trakt.media import Status
from cvi_trakt.scan.inspect.evidence import Evidence, Finding
from cvi_trakt.scan.inspect.structure import Structure
from cvi_trakt.scan.inspect.timeline import Track
from cvi_trakt.scan.inspection import moment

_SHORT_SECONDS, _SHORT_SHARE = 1.5, 0.02  # how much less than stated is no rounding
_FILM_SECONDS = 300.0  # from here on a video is no clip, whose sound may end when it likes
_SOUND_SHARE = 0.5
_ENDS = {"Audio": "its sound ends", "Video": "its pictures end"}


def too_short(evidence: Evidence) -> Iterator[Finding]:
    """The file ends before it should, by its own structure or by the duration that it states."""
    ear, structure = evidence.ear, evidence.structure
    end, stated = ear.timeline.end, ear.header.duration
    later = max(0.0, ear.header.start)  # some count the time before the first picture, too
    lacks_time = False
    if stated and states_duration(evidence) and ear.timeline.packets:
        # the last picture lasts as long as the header says, and packets do not: a still may stand for minutes
        longest = max((track.longest for track in ear.timeline.of_kind("video")), default=0.0)
        lacks_time = is_short(stated, end + later + longest)
    if structure.missing and lacks_time:
        yield Finding(status=Status.CORRUPT, reason=f"it is cut off at {moment(end)} of {moment(stated or 0)}", at=end)
    elif structure.missing:
        yield Finding(status=Status.SUSPICIOUS, reason=cut(structure), at=end)
    elif lacks_time:
        reason = f"it ends at {moment(end)}, though it is said to last {moment(stated or 0)}"
        yield Finding(status=Status.SUSPICIOUS, reason=reason, at=end)
    for stream in ear.header.streams:
        track = ear.timeline.tracks.get(ear.header.places.get(stream.number, -1))
        if lacks_time or not track or not track.packets or stream.kind not in _ENDS or not stream.duration:
            continue
        is_stale = stated is not None and stream.duration > stated + _SHORT_SECONDS  # left over from before a cut
        if not is_stale and is_short(stream.duration, track.end + later + track.longest):
            reason = f"{_ENDS[stream.kind]} at {moment(track.end)}, though said to last {moment(stream.duration)}"
            yield Finding(status=Status.SUSPICIOUS, reason=reason, at=track.end)


def states_duration(evidence: Evidence) -> bool:
    """Say whether the duration in the header is stated by the file, and not worked out by ffmpeg."""
    return evidence.structure.states_duration and not evidence.ear.header.is_guessed


def is_short(stated: float, reached: float) -> bool:
    """Say whether a stream ends so much before the stated second that it is no rounding."""
    return stated - reached > max(_SHORT_SECONDS, _SHORT_SHARE * stated)


def cut(structure: Structure) -> str:
    """Say in words that a file is cut off, and by how much."""
    if structure.container in ("mpegts", "mpeg", "ogg", "flv"):
        return "it ends in the middle of a packet: cut off, or the recording was stopped there"
    return f"it is cut off: {_amount(structure.missing)} are missing at its end"


def sound_ends_early(pictures: Sequence[Track], sounds: Sequence[Track]) -> Iterator[Finding]:
    """All sound ends long before the pictures do; the other way round is common."""
    if not pictures or not sounds:
        return
    picture_end, sound_end = max(one.end for one in pictures), max(one.end for one in sounds)
    if picture_end >= _FILM_SECONDS and sound_end < _SOUND_SHARE * picture_end:
        reason = f"its sound ends at {moment(sound_end)}, its pictures go on until {moment(picture_end)}"
        yield Finding(status=Status.SUSPICIOUS, reason=reason, at=sound_end)


def _amount(size: int) -> str:
    for unit, least in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if size >= least:
            return f"{size / least:.1f} {unit}"
    return f"{size} bytes"
