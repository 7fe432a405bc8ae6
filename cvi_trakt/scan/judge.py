"""Comes to a verdict on a file that was decoded to its end: from messages, packets and structure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cvi_trakt.media import Status
from cvi_trakt.scan.checksums import Checksums
from cvi_trakt.scan.ear import Ear, Said
from cvi_trakt.scan.ffmpeg import Ending
from cvi_trakt.scan.inspection import Trouble
from cvi_trakt.scan.messages import Meaning
from cvi_trakt.scan.structure import Structure
from cvi_trakt.scan.timeline import Track

_KILLED = -9
_ZEROS = "parts of it are zeros, as where a download was never finished"

# Recordings of these are joined by simply writing one behind the other; times may jump.
_JOINED = frozenset({"mpegts", "mpeg"})
_SHORT_SECONDS, _SHORT_SHARE = 1.5, 0.02  # how much less than stated is no rounding
_OPENING = 5.0  # seconds in which a recording may lack the pictures before its beginning
_NEARBY = 2.0  # seconds between lost packets and the time that is missing for them
_FILM_SECONDS = 300.0  # from here on a video is no clip, whose sound may end when it likes
_SOUND_SHARE = 0.5
_EDGE = 1.0  # seconds in which pictures are torn where a recording was divided
_ENDS = {"Audio": "its sound ends", "Video": "its pictures end"}


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


def unreadable(trouble: Trouble, reason: str, message: str | None = None) -> Finding:
    """Say that a file could not be read; that says nothing about the file."""
    return Finding(status=Status.UNREADABLE, reason=reason, message=message, trouble=trouble)


def given_up(ending: Ending) -> Finding:
    """Say why ffmpeg was ended before its end."""
    reason = "ffmpeg got stuck: it said nothing for too long" if ending.stalled else "ffmpeg took far too long"
    return unreadable(Trouble.TIMED_OUT, f"given up: {reason}")


def judge(evidence: Evidence) -> Finding | None:
    """Give what is wrong with a file that was decoded to its end, the weightiest first; None when it is healthy.

    Only what is known to mean damage makes a file CORRUPT; whatever is unclear makes it SUSPICIOUS, and
    what kept ffmpeg from reading says nothing about the file: UNREADABLE.
    """
    first = evidence.ear.first
    failed_at_once = evidence.code != 0 and not evidence.ear.frames
    if said := first.get(Meaning.NOT_READ):
        return unreadable(Trouble.DISK, said.reason, said.message)
    if evidence.begins_with_zeros:
        return _begins_with_zeros(evidence.ear)
    if failed_at_once and (said := first.get(Meaning.NOT_THIS_FORMAT)):
        return unreadable(Trouble.NOT_A_VIDEO, said.reason, said.message)
    findings = [*_damage(evidence), *_doubts(evidence)]
    damage = [one for one in findings if one.status is Status.CORRUPT]
    if damage:
        return min(damage, key=_place)
    return _not_opened(evidence) or min(findings, key=_place, default=_of_the_end(evidence))


def _place(finding: Finding) -> float:
    return float("inf") if finding.at is None else finding.at


def notes(evidence: Evidence, wrong_name: str | None) -> str | None:
    """Say what is odd about a healthy file; None when nothing is."""
    ear = evidence.ear
    said = [
        wrong_name,
        "something else follows after the end of the video" if evidence.structure.end is not None else None,
        "its first pictures need others from before its beginning" if Meaning.REFERENCES in ear.first else None,
        "it was joined from several recordings" if Meaning.LOST_PACKETS in ear.first else None,
    ]
    return "; ".join(one for one in said if one) or None


def _begins_with_zeros(ear: Ear) -> Finding:
    said = next((one for meaning, one in ear.first.items() if meaning is not Meaning.HARMLESS), None)
    reason = "it begins with zeros where a video has its header"
    return Finding(status=Status.CORRUPT, reason=reason, message=said.message if said else None, at=0.0)


def _damage(evidence: Evidence) -> Iterator[Finding]:
    """What is known to be damage."""
    ear = evidence.ear
    at_edges = _only_at_its_edges(evidence)
    if (said := ear.first.get(Meaning.DAMAGE)) and not (at_edges and evidence.is_disc_part):
        yield _of(Status.SUSPICIOUS if at_edges else Status.CORRUPT, said)
    if (said := ear.first.get(Meaning.REFUSED)) and not (at_edges and evidence.is_disc_part):
        yield _of(Status.CORRUPT if ear.frames and not at_edges else Status.SUSPICIOUS, said)
    if ear.frames and (said := ear.first.get(Meaning.NOT_OPENED)):  # said about a later part, too
        yield Finding(status=Status.CORRUPT, reason="parts of it cannot be read", message=said.message, at=said.at)
    if evidence.checksums and evidence.checksums.first_bad is not None:
        reason = "its data is not what was written: its own checksums say so"
        at = max(0.0, evidence.checksums.first_bad - ear.header.start)
        yield Finding(status=Status.CORRUPT, reason=reason, at=at)
    for track in ear.timeline.tracks.values():
        if track.first_zeros is not None:
            yield Finding(status=Status.CORRUPT, reason=_ZEROS, at=track.first_zeros)


def _only_at_its_edges(evidence: Evidence) -> bool:
    """Say whether a recording is damaged only where it begins and ends: it may be one part of a longer one."""
    ear = evidence.ear
    if evidence.structure.container not in _JOINED or not ear.frames or not evidence.is_whole:
        return False
    bad = ear.seconds.get(Meaning.DAMAGE, set()) | ear.seconds.get(Meaning.REFUSED, set())
    return bool(bad) and all(second < _EDGE or second >= int(ear.timeline.end - _EDGE) for second in bad)


def _doubts(evidence: Evidence) -> Iterator[Finding]:
    """What may be damage."""
    ear, timeline = evidence.ear, evidence.ear.timeline
    if said := ear.first.get(Meaning.DOUBT):
        yield _of(Status.SUSPICIOUS, said)
    time_is_missing = _time_is_missing(ear)
    if (said := ear.first.get(Meaning.LOST_PACKETS)) and time_is_missing:
        yield _of(Status.SUSPICIOUS, said)
    if (said := ear.first.get(Meaning.REFERENCES)) and (time_is_missing or not _only_where_recordings_begin(ear)):
        yield _of(Status.SUSPICIOUS, said)
    for track in timeline.of_kind("audio")[:1]:  # a second may be a commentary that comes and goes
        if track.gaps and evidence.structure.container not in _JOINED:
            begin, end = track.gaps[0]
            reason = f"its sound is missing from {moment(begin)} to {moment(end)}"
            yield Finding(status=Status.SUSPICIOUS, reason=reason, at=begin)
    if evidence.is_whole:
        if said := ear.first.get(Meaning.NO_FRAME):
            yield _of(Status.SUSPICIOUS, said)
        yield from _too_short(evidence)
        yield from _sound_ends_early(timeline.of_kind("video"), timeline.of_kind("audio"))


def _of(status: Status, said: Said) -> Finding:
    return Finding(status=status, reason=said.reason, message=said.message, at=said.at)


def _time_is_missing(ear: Ear) -> bool:
    """Say whether time is missing where packets were lost: not so where two recordings were joined."""
    lost = ear.seconds.get(Meaning.LOST_PACKETS, set())
    slips = (slip for track in ear.timeline.tracks.values() for slip in track.slips)
    return any(any(abs(slip - second) <= _NEARBY for second in lost) for slip in slips)


def _only_where_recordings_begin(ear: Ear) -> bool:
    """Say whether pictures lack others only at the beginning, or where another recording was joined."""
    begins = {0, *ear.seconds.get(Meaning.LOST_PACKETS, set())}
    lacking = ear.seconds.get(Meaning.REFERENCES, set())
    return all(any(0 <= second - begin <= _OPENING for begin in begins) for second in lacking)


def _too_short(evidence: Evidence) -> Iterator[Finding]:
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
        if not is_stale and is_short(stream.duration, track.end + later):
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


def _sound_ends_early(pictures: Sequence[Track], sounds: Sequence[Track]) -> Iterator[Finding]:
    """All sound ends long before the pictures do; the other way round is common."""
    if not pictures or not sounds:
        return
    picture_end, sound_end = max(one.end for one in pictures), max(one.end for one in sounds)
    if picture_end >= _FILM_SECONDS and sound_end < _SOUND_SHARE * picture_end:
        reason = f"its sound ends at {moment(sound_end)}, its pictures go on until {moment(picture_end)}"
        yield Finding(status=Status.SUSPICIOUS, reason=reason, at=sound_end)


def _not_opened(evidence: Evidence) -> Finding | None:
    """Say why nothing could be decoded, where that says nothing about the file."""
    for meaning, trouble in ((Meaning.NO_DECODER, Trouble.NO_DECODER), (Meaning.NO_STREAM, Trouble.NOT_A_VIDEO)):
        if said := evidence.ear.first.get(meaning):
            return unreadable(trouble, said.reason, said.message)
    said = evidence.ear.first.get(Meaning.NOT_OPENED)
    if said is None:
        return None
    if evidence.structure.container is not None:  # it has the first bytes of a video
        reason = "its beginning is damaged: it cannot be opened"
        return Finding(status=Status.CORRUPT, reason=reason, message=said.message, at=0.0)
    return unreadable(Trouble.NOT_A_VIDEO, said.reason, said.message)


def _of_the_end(evidence: Evidence) -> Finding | None:
    """Judge by how ffmpeg ended, when nothing that it said decides."""
    match evidence.code:
        case 0 if evidence.ear.frames:
            return None
        case 0:
            return Finding(status=Status.SUSPICIOUS, reason="nothing in it can be decoded", at=0.0)
        case code if code == _KILLED:
            return unreadable(Trouble.FFMPEG, "ffmpeg was killed; is there enough memory?")
        case code if code < 0 and not evidence.ear.timeline.packets:
            return unreadable(Trouble.FFMPEG, f"ffmpeg crashed (signal {-code}) before it read anything")
        case code if code < 0:
            return Finding(status=Status.SUSPICIOUS, reason=f"ffmpeg crashed (signal {-code})")
        case code:
            return Finding(status=Status.SUSPICIOUS, reason=f"ffmpeg gave up without saying why (exit code {code})")


def moment(seconds: float) -> str:
    """Write a position as people say it: ``00:41:07``."""
    whole = int(max(0.0, seconds))
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"


def _amount(size: int) -> str:
    for unit, least in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if size >= least:
            return f"{size / least:.1f} {unit}"
    return f"{size} bytes"
