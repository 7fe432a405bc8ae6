"""Hears ffmpeg's lines as they come, and keeps the first message of each meaning."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cvi_trakt.scan.messages import THE_FILE, Meaning, meaning_of

_LONGEST_MESSAGE = 300  # characters

_TAGGED = re.compile(
    r"(?P<contexts>(?:\[[^\]\n]* @ (?:0x)?[0-9a-fA-F]+\] )*)\[(?P<level>[a-z]+)\] ?(?P<text>.*)", re.DOTALL
)
_ADDRESS = re.compile(r" @ (?:0x)?[0-9a-fA-F]+\]")
_REPEATED = re.compile(r"\s*Last message repeated \d+ times")
_ERRORS = frozenset({"panic", "fatal", "error"})
_STEERING = re.compile(r"[\x00-\x08\x0e-\x1f]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One message as ffmpeg put it, and the reason for a verdict in words of ours."""

    message: str
    reason: str


class Ear:
    """Hears what is said about one file; it takes no more room however long ffmpeg goes on.

    ``first`` has the first message of each meaning, in the order in which the meanings came up.
    """

    def __init__(self, path: str) -> None:
        self.first: dict[Meaning, Said] = {}
        # ffmpeg prints a name with "?" for its control characters
        self._names = (path, _STEERING.sub("?", path))
        self._message = ""

    def hear(self, line: str) -> None:
        """Take one line; one without a level goes on with the message before it, as in a name with a line break."""
        if _REPEATED.fullmatch(line):
            return
        if _TAGGED.match(line):
            self.finish()
            self._message = line
        elif self._message and len(self._message) < _LONGEST_MESSAGE + len(self._names[0]):
            self._message += "\n" + line

    def finish(self) -> None:
        """Sort the message that has come to its end."""
        tagged, self._message = _TAGGED.match(self._message), ""
        if tagged is None:
            return
        text = tagged["text"]
        for name in self._names:
            text = text.replace(f"file:{name}", THE_FILE).replace(name, THE_FILE)
        message = (_ADDRESS.sub("]", tagged["contexts"]) + text).strip()
        meaning, reason = meaning_of(message, is_error=tagged["level"] in _ERRORS)
        if meaning not in self.first:
            self.first[meaning] = Said(message=message[:_LONGEST_MESSAGE], reason=reason)
