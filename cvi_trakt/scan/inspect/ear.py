"""Hears one run of ffmpeg: what it says of the file, where it was when it said so, and what came out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from cvi_trakt.scan.inspect.header import Header
from cvi_trakt.scan.inspect.messages import THE_FILE, Meaning, meaning_of
from cvi_trakt.scan.inspect.timeline import Timeline

_LONGEST_MESSAGE = 300  # characters
_MOST_SECONDS = 100_000  # that are remembered one by one: more than a day

_TAGGED = re.compile(
    r"(?P<contexts>(?:\[[^\]\n]* @ (?:0x)?[0-9a-fA-F]+\] )*)\[(?P<level>[a-z]+)\] ?(?P<text>.*)", re.DOTALL
)
_ADDRESS = re.compile(r" @ (?:0x)?[0-9a-fA-F]+\]")
_REPEATED = re.compile(r"\s*Last message repeated \d+ times")
_STATISTICS = re.compile(r"  Input stream #\d+:\d+ \((?:video|audio)\): \d+ packets read .*?; (?P<frames>\d+) frames")
_COMPLAINTS = frozenset({"panic", "fatal", "error", "warning"})
_STEERING = re.compile(r"[\x00-\x08\x0e-\x1f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One message as ffmpeg put it, the reason for a verdict in words of ours, and the second it belongs to.

    ``at`` is None for what ffmpeg said while it looked for the streams, before the first packet.
    """

    message: str
    reason: str
    at: float | None


class Ear:
    """Hears what is said about one file; it takes no more room however long ffmpeg goes on.

    ``first`` has the first message of each meaning, in the order in which the meanings came up, ``last`` the
    second of the last one, ``counts`` how many there were, and ``seconds`` those whole seconds in which
    there were any. ``frames`` counts the pictures and pieces of sound that were decoded.

    Args:
        names: how the file may be called in messages; the longest first.
        allowed: says how many seconds the run may take, given the stated duration, which may be unknown.
        on_the_way: is called now and then while ffmpeg is at work.
    """

    def __init__(
        self,
        names: tuple[str, ...],
        allowed: Callable[[float | None], float],
        on_the_way: Callable[[Ear], None] = lambda _ear: None,
    ) -> None:
        self.header = Header()
        self.timeline = Timeline()
        self.first: dict[Meaning, Said] = {}
        self.last: dict[Meaning, float] = {}
        self.counts: Counter[Meaning] = Counter()
        self.seconds: dict[Meaning, set[int]] = {}
        self.frames = 0
        self._allowed = allowed
        self._on_the_way = on_the_way
        # ffmpeg prints a name with "?" for its control characters
        self._names = (*names, *(_STEERING.sub("?", name) for name in names))
        # a name with a line break goes on in a line of its own, which may read like a message
        self._parts = tuple({part for name in names for part in name.split("\n")[1:] if part})
        self._message = ""
        self._at: float | None = None

    def take(self, line: str) -> None:
        """Take a line about a packet."""
        self.timeline.take(line)

    def seconds_allowed(self) -> float:
        """Say how long the run may take; it is asked again and again."""
        self._on_the_way(self)
        return self._allowed(self.header.duration)

    def share(self) -> float:
        """Say how much of the file is done, from 0 to 1; 0 where no duration is known."""
        duration = self.header.duration
        return min(1.0, max(0.0, self.timeline.now / duration)) if duration else 0.0

    def hear(self, line: str) -> None:
        """Take one line; one without a level goes on with the message before it, as in a name with a line break."""
        if _REPEATED.fullmatch(line):
            return
        if _TAGGED.match(line) and not (self._parts and line.startswith(self._parts)):
            self.finish()
            self._message, self._at = line, self.timeline.now if self.timeline.packets else None
        elif self._message and len(self._message) < _LONGEST_MESSAGE + len(self._names[0]):
            self._message += "\n" + line

    def finish(self) -> None:
        """Sort the message that has come to its end."""
        tagged, self._message = _TAGGED.match(self._message), ""
        if tagged is None:
            return
        text = tagged["text"]
        if not tagged["contexts"]:
            self.header.hear(text)
        if found := _STATISTICS.match(text):
            self.frames += int(found["frames"])
        if tagged["level"] not in _COMPLAINTS:
            return
        for name in self._names:
            text = text.replace(name, THE_FILE)
        message = (_ADDRESS.sub("]", tagged["contexts"]) + text).strip()
        meaning, reason = meaning_of(message, is_error=tagged["level"] != "warning")
        self._note(meaning, Said(message=message[:_LONGEST_MESSAGE], reason=reason, at=self._at))

    def _note(self, meaning: Meaning, said: Said) -> None:
        if meaning not in self.first or (self.first[meaning].at is None and said.at is not None):
            self.first[meaning] = said
        if said.at is None:  # the same comes again when the packet is read in earnest
            return
        self.last[meaning] = said.at
        self.counts[meaning] += 1
        seconds = self.seconds.setdefault(meaning, set())
        if len(seconds) < _MOST_SECONDS:
            seconds.add(int(said.at))
