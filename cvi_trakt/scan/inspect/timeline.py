"""Follows the packets of a file as ffmpeg reads them: how far it is, what is missing, and what is empty."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

# Sound that is there all the time; others may fall silent by sending nothing (Opus, AMR).
_STEADY_SOUND = frozenset(
    ("aac", "ac3", "eac3", "mp2", "mp3", "dts", "truehd", "flac", "vorbis", "alac", "wmav1", "wmav2", "wmapro")
)
# A packet of these never is all zeros, as one of plain samples is in silence.
_PICTURES = frozenset(
    (
        *("h264", "hevc", "vvc", "av1", "vp8", "vp9", "mpeg1video", "mpeg2video", "mpeg4", "msmpeg4v2", "msmpeg4v3"),
        *("wmv1", "wmv2", "wmv3", "vc1", "flv1", "theora", "mjpeg", "prores", "dnxhd", "h263", "rv30", "rv40", "svq3"),
    )
)
_NEVER_ZEROS = _STEADY_SOUND | _PICTURES | {"opus"}
_LEAST_ZEROS = 16  # bytes: a shorter packet may be a code of its own
_GAP = 1.0  # seconds without a packet, where packets follow one another
_SLIP = 0.5  # of a packet's own time: more is missing time
_SHORTEST = 0.02  # seconds a packet lasts, where nothing is said
_LONGEST_SLIP = 5.0  # seconds: more is another recording
_MOST_GAPS = 1000
_MOST_SECONDS = 100_000  # that are remembered one by one: more than a day
_UNIT = re.compile(r"\d+/[1-9]\d*")
_NO_TIME = -(1 << 60)  # ffmpeg's number for "no time stamp" is below

_NOWHERE = float("-inf")


@dataclass(slots=True, kw_only=True)
class Track:
    """The packets of one stream; times in seconds. ``end`` is where the last of them ends.

    ``slips`` are the whole seconds in which a packet came later than the one before it lasts, ``gaps`` the longer
    pauses of sound that has none. ``zeros`` counts packets that consist of zeros and cannot be meant so.
    ``bad_seconds`` are the whole seconds with gaps or zeros, ``longest`` is how many seconds a packet was the last.
    """

    kind: str = ""
    codec: str = ""
    unit: Fraction = Fraction(1)
    packets: int = 0
    begin: float = float("inf")
    end: float = _NOWHERE
    zeros: int = 0
    first_zeros: float | None = None
    bad_seconds: set[int] = field(default_factory=set)
    gaps: list[tuple[float, float]] = field(default_factory=list)
    slips: set[int] = field(default_factory=set)
    longest: float = 0.0
    _last: float = _NOWHERE
    _before: float = _NOWHERE

    @property
    def is_steady(self) -> bool:
        """Whether packets of this stream follow one another without pauses."""
        return self.codec in _STEADY_SOUND

    def add(self, dts: int, pts: int, duration: int, *, is_zeros: bool) -> float:
        """Take one packet; gives when it is decoded."""
        unit = float(self.unit)
        now, shown, lasts = dts * unit, pts * unit, duration * unit
        self.packets += 1
        late = now - self._last
        if self._last != _NOWHERE and late > _SLIP * max(lasts, _SHORTEST):
            if late < _LONGEST_SLIP and len(self.slips) < _MOST_SECONDS:
                self.slips.add(int(now))
            if self.is_steady and late > _GAP and len(self.gaps) < _MOST_GAPS:
                self.gaps.append((self._last, now))
                self._mark_bad(self._last, now)
        self.longest = max(self.longest, now - self._before if self.packets > 1 else 0.0)
        self._last, self._before = now + lasts, now
        self.begin = min(self.begin, shown)
        self.end = max(self.end, shown + lasts)
        if is_zeros and self.codec in _NEVER_ZEROS:
            self.zeros += 1
            self.first_zeros = now if self.first_zeros is None else self.first_zeros
            self._mark_bad(now, now + 1)
        return now

    def _mark_bad(self, begin: float, end: float) -> None:
        """Remember seconds as bad; broken time stamps may put years between two packets."""
        if len(self.bad_seconds) < _MOST_SECONDS:
            self.bad_seconds.update(range(int(begin), min(int(end), int(begin) + _MOST_SECONDS)))


class Timeline:
    """Takes the lines of ffmpeg's ``framecrc``, one a packet. ``now`` is how far ffmpeg is, in seconds.

    The format: ``#tb 0: 1/1000`` and its like, then ``stream, dts, pts, duration, size, checksum``. The
    checksum is an Adler-32 that begins with zero: only zeros have the checksum zero.
    """

    def __init__(self) -> None:
        self.now = 0.0
        self.tracks: dict[int, Track] = {}

    def take(self, line: str) -> None:
        """Take one line; what cannot be read is passed over."""
        if line.startswith("#"):
            self._header(line)
            return
        try:
            stream, decoded, shown, duration, size, checksum, *_ = line.split(",", 6)
            dts, pts, lasts = int(decoded), int(shown), int(duration)
            is_zeros = int(size) >= _LEAST_ZEROS and checksum.strip() == "0x00000000"
            track = self._track(stream)
        except ValueError:
            return
        dts, pts = (pts if dts < _NO_TIME else dts), (dts if pts < _NO_TIME else pts)
        if dts >= _NO_TIME:
            self.now = track.add(dts, pts, lasts, is_zeros=is_zeros)

    def of_kind(self, kind: str) -> Sequence[Track]:
        """Give the tracks of a kind, such as ``audio``, that have packets."""
        return [track for track in self.tracks.values() if track.kind == kind and track.packets]

    @property
    def end(self) -> float:
        """Where the last packet of any stream ends; 0 when there was none."""
        return max((track.end for track in self.tracks.values() if track.packets), default=0.0)

    @property
    def packets(self) -> int:
        """How many packets there were."""
        return sum(track.packets for track in self.tracks.values())

    def _track(self, stream: str) -> Track:
        return self.tracks.setdefault(int(stream), Track())

    def _header(self, line: str) -> None:
        name, _, value = line[1:].partition(":")
        word, _, stream = name.partition(" ")
        if not stream.isdecimal():
            return
        track, value = self._track(stream), value.strip()
        match word:
            case "tb" if _UNIT.fullmatch(value):
                track.unit = Fraction(value)
            case "media_type":
                track.kind = value
            case "codec_id":
                track.codec = value
