"""Comes to a verdict on a file that was decoded to its end: from messages, packets and structure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cvi_trakt.media import Status
from cvi_trakt.scan.inspect.ear import Ear, Said
from cvi_trakt.scan.inspect.evidence import Evidence, Finding, unreadable
from cvi_trakt.scan.inspect.lengths import sound_ends_early, too_short
from cvi_trakt.scan.inspect.messages import Meaning
from cvi_trakt.scan.inspection import Trouble, moment

_KILLED = -9
ZEROS = "parts of it are zeros, as where a download was never finished"

# Recordings of these are joined by simply writing one behind the other; times may jump.
_JOINED = frozenset({"mpegts", "mpeg"})
_OPENING = 5.0  # seconds in which a recording may lack the pictures before its beginning
_NEARBY = 2.0  # seconds between lost packets and the time that is missing for them
_EDGE = 2.0  # seconds in which pictures are torn where a recording was divided


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
    at_edges = _only_at_its_edges(evidence)
    findings = [*_damage(evidence, at_edges), *_doubts(evidence, at_edges)]
    damage = [one for one in findings if one.status is Status.CORRUPT]
    if damage:  # the first says it best, whichever begins first
        return replace(damage[0], at=min(damage, key=_place).at)
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


def _damage(evidence: Evidence, at_edges: bool) -> Iterator[Finding]:
    """What is known to be damage."""
    ear = evidence.ear
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
            yield Finding(status=Status.CORRUPT, reason=ZEROS, at=track.first_zeros)


def _only_at_its_edges(evidence: Evidence) -> bool:
    """Say whether a recording is damaged only where it begins and ends: it may be one part of a longer one."""
    ear = evidence.ear
    if evidence.structure.container not in _JOINED or not ear.frames:
        return False
    bad = set[int]().union(*(ear.seconds.get(one, set()) for one in (Meaning.DAMAGE, Meaning.REFUSED, Meaning.DOUBT)))
    return bool(bad) and all(second < _EDGE or second >= int(ear.timeline.end - _EDGE) for second in bad)


def _doubts(evidence: Evidence, at_edges: bool) -> Iterator[Finding]:
    """What may be damage."""
    ear, timeline = evidence.ear, evidence.ear.timeline
    if (said := ear.first.get(Meaning.DOUBT)) and not (at_edges and evidence.is_disc_part):
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
        yield from too_short(evidence)
        yield from sound_ends_early(timeline.of_kind("video"), timeline.of_kind("audio"))


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
