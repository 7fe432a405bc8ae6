"""Reads what ffmpeg prints of a file's header: the duration that is stated, and what the streams are."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cvi_trakt.media import Facts, Hdr

_INPUT = re.compile(r"Input #0, (?P<formats>[\w,.]+), from ")
_DURATION = re.compile(r"  Duration: (?P<duration>\d+:\d\d:\d\d\.\d+|N/A)(?:, start: (?P<start>-?\d+\.\d+))?")
_STREAM = re.compile(
    r" {2,4}Stream #0:(?P<number>\d+)(?:\[\w+\])?(?:\([\w-]*\))?: (?P<kind>Video|Audio|Subtitle|Data|Attachment): "
    r"(?P<text>.*)"
)
# Matroska's tags of one stream; with several languages mkvmerge writes DURATION-eng.
_TAG = re.compile(r" {4,}DURATION(?:-\w+)? *: (?P<duration>\d+:\d\d:\d\d\.\d+)$")
# Which stream of the file stands at which place in the list of packets.
_COPIED = re.compile(r"  Stream #0:(?P<number>\d+) -> #\d+:(?P<place>\d+) \(copy\)")
_END = re.compile(r"(?:Stream mapping:|Output #0|Output #1|At least one output)")

_CODEC = re.compile(r"(?P<codec>\w+)(?: \((?P<profile>[^/()]+)\))?")
_SIZE = re.compile(r", (?P<width>\d{2,5})x(?P<height>\d{2,5})\b")
_SOUND = re.compile(r", \d+ Hz, (?P<channels>[\w.]+)")
_CLEAR_SOUND = re.compile(r", [1-9]\d* Hz, (?!0 channels)")
_NUMBERED = re.compile(r"(?P<number>\d+) channels")

_DENSE = frozenset(("h264", "hevc", "vvc", "av1", "vp8", "vp9", "mpeg4", "msmpeg4v3", "wmv2", "wmv3", "vc1", "theora"))
# What the demuxers are called, and the one word of them that stands for the container.
_CONTAINERS = {"matroska": "matroska", "mov": "mp4", "mpegts": "mpegts", "mpeg": "mpeg"}


@dataclass(slots=True, kw_only=True)
class Stream:
    """One stream of the header. ``duration`` in seconds is stated by its own tag; None in most files."""

    number: int
    kind: str
    text: str
    duration: float | None = None

    @property
    def codec(self) -> str:
        """The codec, as ffmpeg calls it."""
        found = _CODEC.match(self.text)
        return found["codec"] if found else ""

    @property
    def is_cover(self) -> bool:
        """Whether it is a picture that was attached to the file."""
        return "(attached pic)" in self.text


class Header:
    """Hears the lines of ffmpeg's input dump; what is not there stays None.

    ``duration`` and ``start`` are in seconds. ``places`` says where in the list of packets a stream stands.
    """

    def __init__(self) -> None:
        self.format = ""
        self.duration: float | None = None
        self.start = 0.0
        self.is_guessed = False
        self.streams: list[Stream] = []
        self.places: dict[int, int] = {}
        self._has_dolby_vision = False
        self._is_open = False

    def hear(self, text: str) -> None:
        """Take one line without its level."""
        if found := _INPUT.match(text):
            self._is_open, self.format = True, found["formats"]
        elif text.startswith("Estimating duration from bitrate"):
            self.is_guessed = True
        elif found := _COPIED.match(text):
            self.places[int(found["number"])] = int(found["place"])
        elif not self._is_open:
            return
        elif _END.match(text):
            self._is_open = False
        elif found := _DURATION.match(text):
            self.duration = seconds_of(found["duration"])
            self.start = float(found["start"] or 0)
        elif found := _STREAM.match(text):
            self.streams.append(Stream(number=int(found["number"]), kind=found["kind"], text=found["text"]))
        elif self.streams and (found := _TAG.match(text)):
            self.streams[-1].duration = seconds_of(found["duration"])
        elif "DOVI configuration record" in text:
            self._has_dolby_vision = True

    def unclear(self) -> list[int]:
        """Give the numbers of the streams of which too little is known to decode them, when others are clear."""
        films = [one for one in self.streams if one.kind in ("Video", "Audio") and not one.is_cover]
        numbers = [one.number for one in films if not (_SIZE if one.kind == "Video" else _CLEAR_SOUND).search(one.text)]
        return numbers if len(numbers) < len(films) else []

    def is_dense(self) -> bool:
        """Say whether everything in it is packed so tightly that a long run of zeros is none of it.

        Plain samples are zeros in silence, and some kinds of pictures are filled up with them.
        """
        pictures = [one.codec for one in self.streams if one.kind == "Video" and not one.is_cover]
        sounds = [one.codec for one in self.streams if one.kind == "Audio"]
        return bool(pictures) and _DENSE.issuperset(pictures) and not any("pcm" in sound for sound in sounds)

    def facts(self) -> Facts:
        """Give what the file is made of; the first stream of a kind counts."""
        video = next((one for one in self.streams if one.kind == "Video" and not one.is_cover), None)
        audio = next((one for one in self.streams if one.kind == "Audio"), None)
        size = _SIZE.search(video.text) if video else None
        return Facts(
            container=self._container(),
            video_codec=(video.codec or None) if video else None,
            width=int(size["width"]) if size else None,
            height=int(size["height"]) if size else None,
            hdr=self._hdr(video) if video else None,
            audio_codec=(audio.codec or None) if audio else None,
            audio_profile=_profile(audio.text) if audio else None,
            channels=_channels(audio.text) if audio else None,
        )

    def _container(self) -> str | None:
        first = self.format.partition(",")[0]
        return _CONTAINERS.get(first, first) or None

    def _hdr(self, video: Stream) -> Hdr | None:
        if self._has_dolby_vision or re.search(r"\((?:dvh1|dvhe|dva1|dvav|dav1) ", video.text):
            return Hdr.DOLBY_VISION
        if "smpte2084" in video.text:
            return Hdr.HDR10
        return Hdr.HLG if "arib-std-b67" in video.text else None


def seconds_of(time: str) -> float | None:
    """Read a time such as ``01:02:03.45`` as seconds; None when it is none."""
    if time == "N/A":
        return None
    hours, minutes, seconds = time.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)


def _profile(text: str) -> str | None:
    found = _CODEC.match(text)
    return found["profile"] if found and found["profile"] else None


def _channels(text: str) -> str | None:
    if found := _NUMBERED.search(text):
        return found["number"]
    found = _SOUND.search(text)
    return found["channels"] if found else None
