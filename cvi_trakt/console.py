"""What the person sees: lines, warnings, progress, JSON; and the log on standard error."""

from __future__ import annotations

import json
import logging
import os
import secrets
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, TextIO

from cvi_trakt.errors import OutputError, OutputLostError
from cvi_trakt.visible import clean as clean  # for those, too, who print by themselves

PROGRESS_SECONDS = 10.0  # between plain progress lines where there is no terminal
LIVE_SECONDS = 0.1  # between two looks of the live line


class Console:
    """Standard output and error, and how much is said on them.

    A reader that goes away stops the printing, not the work.
    """

    def __init__(
        self,
        *,
        stdout: TextIO,
        stderr: TextIO,
        verbose: bool,
        quiet: bool,
        clock: Callable[[], float],
    ) -> None:
        self.verbose = verbose and not quiet
        self.quiet = quiet
        self._document = stdout
        self._out = stdout
        self._err = stderr
        self._clock = clock
        self._live = False
        self._on_terminal = stderr.isatty()
        self._pause = LIVE_SECONDS if self._on_terminal else PROGRESS_SECONDS
        self._said_at = clock() - (self._pause if self._on_terminal else 0)

    def reserve_stdout(self) -> None:
        """Keep standard output for a document: the transcript goes to standard error."""
        self._out = self._err

    def say(self, *lines: str) -> None:
        """Print lines of the transcript; nothing with ``--quiet``."""
        if not self.quiet:
            self._print(self._out, lines)

    def stream(self, lines: Iterable[str]) -> None:
        """Print lines of the transcript as they come; the lines are taken also with ``--quiet``."""
        for line in lines:
            self.say(line)

    def answer(self, *lines: str) -> None:
        """Print what was asked for, also with ``--quiet``."""
        self._print(self._out, lines)

    def document(self, document: Any) -> None:
        """Print a JSON document on standard output; characters that its encoding lacks become JSON escapes.

        A reader that goes away is no error. Raises ``OutputLostError`` for a full disk.
        """
        self.end_progress()
        unicode = (self._document.encoding or "").lower().replace("-", "") == "utf8"
        try:
            self._document.writelines(json_pieces(document, ascii_only=not unicode))
            self._document.write("\n")
            self._document.flush()
        except BrokenPipeError:
            _let_go(self._document)
        except OSError as error:
            _let_go(self._document)
            raise OutputLostError(f"standard output: {error.strerror}; the rest was done") from error

    def warn(self, text: str) -> None:
        """Print one warning on standard error."""
        self._print(self._err, [f"warning: {text}"])

    def note(self, text: str) -> None:
        """Print one line on standard error that is neither result nor warning; nothing with ``--quiet``."""
        if not self.quiet:
            self._print(self._err, [text])

    def insist(self, *lines: str) -> None:
        """Print on standard error what a person must act on, also with ``--quiet``."""
        self._print(self._err, lines)

    def drawing(self, lines: Sequence[str], *, columns: int) -> None:
        """Print a picture of our own, so many columns wide, on standard error as it is, where it can be shown."""
        try:
            "".join(lines).encode(self._err.encoding or "ascii")
        except UnicodeEncodeError:
            return
        if self._on_terminal and _columns(self._err) < columns:
            return
        self.end_progress()
        self._write(self._err, "".join(f"{line}\n" for line in lines))

    def progress(self, done: int, total: int | None, label: str) -> None:
        """Show how far a stage is: one line that is written over on a terminal, now and then a line elsewhere."""
        if self.quiet or self._clock() - self._said_at < self._pause:
            return
        self._said_at = self._clock()
        line = clean(f"{done}/{total} {label}" if total is not None else f"{done} {label}")
        if self._on_terminal:
            width = max(20, _columns(self._err) - 1)
            self._write(self._err, "\r\x1b[K" + line[:width])
            self._live = True
        else:
            self._write(self._err, line + "\n")

    def hint(self, text: str) -> None:
        """Say what a person could do next; only at a terminal, where there is a person."""
        if self._on_terminal:
            self.note(text)

    def end_progress(self) -> None:
        """Take the live line away."""
        if self._live:
            self._write(self._err, "\r\x1b[K")
            self._live = False

    def _print(self, stream: TextIO, lines: Iterable[str]) -> None:
        self.end_progress()
        self._write(stream, "".join(clean(line) + "\n" for line in lines))

    def _write(self, stream: TextIO, text: str) -> None:
        try:
            stream.write(text)
            stream.flush()
        except (OSError, ValueError):  # a reader that went away, a full disk, a closed stream
            _let_go(stream)


def _let_go(stream: TextIO) -> None:
    """Point a stream whose reader is gone at nothing, so that the work goes on."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def json_pieces(document: Any, *, ascii_only: bool = False) -> Iterator[str]:
    """Give JSON text piece by piece; bytes that are no UTF-8 in a path stay as escapes.

    The last value of a mapping may be any iterable that is no list: its rows are made, written and
    dropped one by one, so that a long report never stands in memory as a whole.
    """
    name, rows = next(reversed(document.items()), ("", [])) if isinstance(document, dict) else ("", [])
    if isinstance(rows, (list, dict, str)) or not isinstance(rows, Iterable):
        yield _json(document, ascii_only)
        return
    head = _json({**document, name: []}, ascii_only)
    yield head.removesuffix("]\n}")
    before = "\n    "
    for row in rows:
        yield before + _json(row, ascii_only).replace("\n", "\n    ")
        before = ",\n    "
    yield "]\n}" if before == "\n    " else "\n  ]\n}"


def _json(value: Any, ascii_only: bool) -> str:
    text = json.dumps(value, ensure_ascii=ascii_only, indent=2)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def check_writable(file: Path) -> None:
    """Raise ``OutputError`` unless a file can be written there; asked before the first request."""
    try:
        if file.is_dir():
            raise OutputError(f"{file}: is a folder; name a file")
        if _is_special(file):
            return
        with tempfile.NamedTemporaryFile(dir=file.resolve().parent, prefix=f".{file.name[:50]}."):
            pass
    except (OSError, RuntimeError) as error:  # a RuntimeError is a link that leads to itself
        raise OutputError(f"{file}: cannot be written: {getattr(error, 'strerror', 'a link to itself')}") from error


def write_file(file: Path, pieces: Iterable[str]) -> None:
    """Write text and a line end to a file atomically, with an ordinary new file's mode. Raises ``OutputLostError``.

    A link is followed; a device or pipe (``/dev/stdout``) is written to, never replaced.
    """
    special, target = _is_special(file), file.resolve()
    temporary = target.parent / f".{target.name[:50]}.{secrets.token_hex(4)}.tmp"
    try:
        with (file if special else temporary).open("w" if special else "x", encoding="utf-8") as stream:
            stream.writelines(pieces)
            stream.write("\n")
            stream.flush()
            if not special:
                os.fsync(stream.fileno())
        if not special:
            temporary.replace(target)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink()
        raise OutputLostError(f"{file}: cannot be written: {error.strerror}; the rest was done") from error


def _is_special(file: Path) -> bool:
    return file.exists() and not file.is_file()


def make_streams_safe() -> None:
    """Let standard output and error print any name in any locale: what they cannot encode is escaped.

    A stream that was closed before the start (``>&-``) is replaced by one that goes nowhere.
    """
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")


def set_up_logging(*, debug: bool, stream: TextIO) -> None:
    """Send our own log to a stream: everything with ``--debug``, else warnings only.

    Other libraries' logs stay out: they write addresses with their queries.
    """
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    ours = logging.getLogger("cvi_trakt")
    ours.handlers = [handler]
    ours.propagate = False
    ours.setLevel(logging.DEBUG if debug else logging.WARNING)


def _columns(stream: TextIO) -> int:
    try:
        return os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        return 80


def close_streams() -> None:
    """Flush standard output and error; one whose reader is gone stays silent at exit, too."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            _let_go(stream)
