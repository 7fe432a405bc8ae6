"""Walks over JSON that arrives in pieces, value by value, without building the tree of the whole."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator

DECODER = json.JSONDecoder(strict=False)  # error messages may hold raw control characters

_PIECE = 1 << 20
_LONGEST_WORD = 16  # more than `-Infinity` or an escape has
# The beginning of an object or array, and no `[Group] Name.mkv` or `[INFO]`.
JSON_BEGINS = re.compile(r"[\[{]\s*(?:[\"{\[\]}]|\Z)")
_SPACE = re.compile(r"[ \t\r\n]*")


class BrokenJsonError(Exception):
    """The JSON ends, or goes wrong, at this point; never leaves ``cvi_trakt.scan``."""


class JsonText:
    """A cursor in JSON text, of which only the part around the cursor is held.

    Args:
        read: gives about so many further characters, or the empty text at the end.
    """

    def __init__(self, read: Callable[[int], str]) -> None:
        self._read = read
        self._text = ""
        self._at = 0

    def next(self) -> str:
        """Give the next character that is no white space, without taking it; empty at the end."""
        while True:
            space = _SPACE.match(self._text, self._at)
            self._at = space.end() if space else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def begins_container(self) -> bool:
        """Say whether an object or array comes next."""
        self.next()
        return JSON_BEGINS.match(self._text, self._at) is not None

    def value(self) -> object:
        """Take one whole value. Raises ``BrokenJsonError`` where there is none."""
        self.next()
        while True:
            try:
                value, end = DECODER.raw_decode(self._text, self._at)
            except (ValueError, RecursionError) as error:
                if self._may_be_cut(error) and self._more():
                    continue
                raise BrokenJsonError from error
            # A number may go on in the next piece: the text may end behind `3.` or `1e+`.
            if end < len(self._text) - _LONGEST_WORD or not self._more():
                self._at = end
                return value

    def skip(self, levels: int = 2) -> None:
        """Pass over one value; only what is this many levels down in it is built as a whole."""
        match self.next():
            case "[" if levels:
                for _ in self.elements():
                    self.skip(levels - 1)
            case "{" if levels:
                for _ in self.members():
                    self.skip(levels - 1)
            case _:
                self.value()

    def elements(self) -> Iterator[None]:
        """Stop before each element of the array that begins here; the caller takes it."""
        yield from self._parts("[", "]")

    def members(self) -> Iterator[str]:
        """Give each key of the object that begins here; the caller takes the value."""
        for _ in self._parts("{", "}"):
            key = self.value()
            if not isinstance(key, str):
                raise BrokenJsonError
            self._take(":")
            yield key

    def _parts(self, begin: str, end: str) -> Iterator[None]:
        self._take(begin)
        if self.next() == end:
            self._take(end)
            return
        while True:
            yield
            if self._take("," + end) == end:
                return

    def _take(self, allowed: str) -> str:
        found = self.next()
        if not found or found not in allowed:
            raise BrokenJsonError
        self._at += 1
        return found

    def _may_be_cut(self, error: Exception) -> bool:
        """Say whether an error may only mean that the value goes on in the next piece."""
        if not isinstance(error, json.JSONDecodeError):
            return False
        return error.msg.startswith("Unterminated string") or error.pos > len(self._text) - _LONGEST_WORD

    def _more(self) -> bool:
        rest = self._text[self._at :]
        piece = self._read(max(_PIECE, len(rest)))  # doubling keeps a long value linear
        if piece:
            self._text, self._at = rest + piece, 0
        return bool(piece)
