"""Opens one input, and gives its bytes as text that can be looked at before it is read."""

from __future__ import annotations

import codecs
import io
import shlex
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from cvi_trakt.errors import InputError
from cvi_trakt.scan.results.tally import STDIN, shown

SQLITE_MAGIC = b"SQLite format 3\0"

_PIECE = 1 << 16  # bytes or characters that are looked at in one go
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Source:
    """One open input: the bytes that have been looked at, then the rest."""

    def __init__(self, name: str, stream: BinaryIO, *, owned: bool) -> None:
        self.name = name
        self._stream = stream
        self._owned = owned
        # read1 gives what has arrived; read would wait for a whole piece of a slow pipe.
        self._read: Callable[[int], bytes] = getattr(stream, "read1", stream.read)
        self.first = self._look()

    def _look(self) -> bytes:
        first = b""
        while len(first) < len(SQLITE_MAGIC) and b"\n" not in first:
            piece = self._read(_PIECE)
            if not piece:
                break
            first += piece
        return first

    @property
    def is_utf16(self) -> bool:
        """Whether it begins with the byte order mark of UTF-16."""
        return self.first.startswith(_UTF16)

    def read(self) -> bytes:
        """Read all of it."""
        return self.first + self._stream.read()

    def text(self) -> Text:
        """Give it as text; bytes that are not UTF-8 become surrogates, as in Python's file names."""
        encoding, errors = ("utf-16", "replace") if self.is_utf16 else ("utf-8-sig", "surrogateescape")
        buffer = io.BufferedReader(_Replayed(self.first, self._read), _PIECE)
        return Text(io.TextIOWrapper(buffer, encoding=encoding, errors=errors, newline="\n"))

    def close(self) -> None:
        """Close the file; a stream that was passed in stays open."""
        if self._owned:
            self._stream.close()


class Text:
    """Text whose next lines can be looked at without taking them."""

    def __init__(self, stream: io.TextIOWrapper) -> None:
        self._stream = stream
        self._ahead: deque[str] = deque()

    def look(self) -> str:
        """Look at the next line that is not blank; a very long one comes in parts, the end is empty."""
        while line := self._stream.readline(_PIECE):
            if line.strip():
                self._ahead.append(line)
                break
        return line

    def skip_to(self, line: int, column: int) -> None:
        """Drop what was looked at before this place: the look and the character in it, from 0."""
        for _ in range(line):
            self._ahead.popleft()
        self._ahead[0] = self._ahead[0][column:]

    def lines(self) -> Iterator[str]:
        """Take the lines, with their line feeds, each as soon as it has arrived."""
        while line := self._next_line():
            yield line

    def _next_line(self) -> str:
        line = ""
        while self._ahead and not line.endswith("\n"):
            line += self._ahead.popleft()
        return line if line.endswith("\n") else line + self._stream.readline()

    def read(self, size: int) -> str:
        """Take about ``size`` characters; empty at the end."""
        text = "".join(self._ahead)
        self._ahead.clear()
        return text or self._stream.read(size)


class _Replayed(io.RawIOBase):
    """The bytes that were looked at already, then what is still to come."""

    def __init__(self, first: bytes, read: Callable[[int], bytes]) -> None:
        self._first = first
        self._read = read

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # collections.abc.Buffer is of 3.12
        size = len(buffer)
        if self._first:
            piece, self._first = self._first[:size], self._first[size:]
        else:
            piece = self._read(size)
        buffer[: len(piece)] = piece
        return len(piece)


def open_source(name: str, stream: BinaryIO | None) -> Source:
    """Open the file ``name``, or take ``stream`` when the name is ``-``.

    Raises ``InputError`` when it cannot be opened or holds nothing.
    """
    owned = name != STDIN
    if owned:
        stream = _open(name)
    if stream is None:
        raise InputError("standard input: is closed; pipe a scan into it, or name a file")
    try:
        source = Source(name, stream, owned=owned)
    except OSError as error:
        raise cannot_read(name, error) from error
    if not source.first:
        source.close()
        raise InputError(f"{shown(name)}: is empty (zero bytes); scan again, or name another file")
    return source


def cannot_read(name: str, error: OSError) -> InputError:
    """Say why an input cannot be read."""
    return InputError(f"{shown(name)}: cannot be read: {error.strerror or error}; name another file")


def _open(name: str) -> BinaryIO:
    try:
        return Path(name).open("rb")
    except FileNotFoundError as error:
        raise InputError(f"{name}: no such file; name the file that the scan wrote, or -") from error
    except IsADirectoryError as error:
        raise InputError(
            f"{name}: is a folder; scan it first: cvi-trakt scan {shlex.quote(name)} -o scan.json"
        ) from error
    except PermissionError as error:
        raise InputError(f"{name}: permission denied; make the file readable for this user") from error
    except OSError as error:
        raise cannot_read(name, error) from error
    except ValueError as error:  # a NUL in the name
        raise InputError("a file name cannot hold a NUL character; name another file") from error
