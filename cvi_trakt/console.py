"""What the person sees: lines, warnings, progress, JSON; and the log on standard error."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Protocol, TextIO

from cvi_trakt.errors import OutputLostError
from cvi_trakt.output_files import check_writable as check_writable
from cvi_trakt.output_files import json_pieces as json_pieces
from cvi_trakt.output_files import write_file as write_file
from cvi_trakt.streams import close_streams as close_streams
from cvi_trakt.streams import columns_of, fitting, is_pipe, let_go
from cvi_trakt.streams import make_streams_safe as make_streams_safe
from cvi_trakt.visible import clean as clean  # for those, too, who print by themselves

PROGRESS_SECONDS = 10.0  # between plain progress lines where there is no terminal
LIVE_SECONDS = 0.1  # between two looks of the live line

_LINE_BEGIN, _REST_AWAY = "\r", "\x1b[K"


class Showable(Protocol):
    """What can be shown at any time, as it is then."""

    def bar(self, columns: int) -> str:
        """Give it as a line of no more than so many columns."""
        ...

    def words(self) -> str:
        """Give it in words, on one line."""
        ...


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
        self._live = ""
        self._on_terminal = stderr.isatty()
        # what reads from the pipe is likely to draw its own live line at the same terminal
        self._shares_terminal = self._on_terminal and is_pipe(stdout)
        self._pause = LIVE_SECONDS if self._on_terminal else PROGRESS_SECONDS
        self._said_at = clock() - (self._pause if self._on_terminal else 0)

    @property
    def columns(self) -> int | None:
        """How many columns the transcript may take; None where it does not go to a terminal."""
        return columns_of(self._out) if self._out.isatty() else None

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
        with self._delivering() as stream:
            stream.writelines(json_pieces(document, ascii_only=not unicode))
            stream.write("\n")
            stream.flush()

    def text(self, pieces: Iterable[str]) -> None:
        """Print text for programs on standard output, in UTF-8, bytes that are no UTF-8 as they are.

        At a terminal it is made safe. A reader that goes away is no error. Raises ``OutputLostError``
        for a full disk.
        """
        self.end_progress()
        with self._delivering() as stream:
            if stream.isatty():
                stream.writelines(clean(line) + "\n" for line in "".join(pieces).split("\n"))
            else:
                stream.buffer.writelines(piece.encode("utf-8", "surrogateescape") for piece in (*pieces, "\n"))
            stream.flush()

    @contextmanager
    def _delivering(self) -> Iterator[TextIO]:
        try:
            yield self._document
        except BrokenPipeError:
            let_go(self._document)
        except OSError as error:
            let_go(self._document)
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
        if self._on_terminal and columns_of(self._err) < columns:
            return
        self.end_progress()
        self._write(self._err, "".join(f"{line}\n" for line in lines))

    def progress(self, done: int, total: int | None, label: str) -> None:
        """Show how far a stage is: one line that is written over on a terminal, now and then a line elsewhere."""
        if self._is_due(self._pause):
            line = clean(f"{done}/{total} {label}" if total is not None else f"{done} {label}")
            if self._on_terminal:
                self._draw(line)
            else:
                self._write(self._err, line + "\n")

    def live(self, shown: Showable) -> None:
        """Show how far a stage is: a bar that is drawn again and again, elsewhere words on a line now and then.

        In a pipe it is words at a terminal, too: what reads from the pipe may draw there.
        """
        if self._on_terminal and not self._shares_terminal:
            if self._is_due(LIVE_SECONDS):
                self._draw(shown.bar(self._room))
        elif self._is_due(PROGRESS_SECONDS):
            self._print(self._err, [shown.words()])

    def hint(self, text: str) -> None:
        """Say what a person could do next; only at a terminal, where there is a person."""
        if self._on_terminal:
            self.note(text)

    @contextmanager
    def clearing(self) -> Iterator[None]:
        """Take the live line away at the end of a block, however it ends."""
        try:
            yield
        finally:
            self.end_progress()

    def end_progress(self) -> None:
        """Take the live line away."""
        if self._live:
            self._write(self._err, _LINE_BEGIN + _REST_AWAY)
            self._live = ""

    @property
    def _room(self) -> int:
        """How many columns a live line may take: in the last one some terminals begin a new line."""
        return max(20, columns_of(self._err) - 1)

    def _is_due(self, pause: float) -> bool:
        if self.quiet or self._clock() - self._said_at < pause:
            return False
        self._said_at = self._clock()
        return True

    def _draw(self, line: str) -> None:
        """Write over the live line, in one go and without emptying it first: it must not flicker."""
        line = fitting(line, self._room, self._err.encoding or "ascii")
        if line != self._live:
            self._write(self._err, _LINE_BEGIN + line + _REST_AWAY)
            self._live = line

    def _print(self, stream: TextIO, lines: Iterable[str]) -> None:
        self.end_progress()
        text = "".join(clean(line) + "\n" for line in lines)
        if self._shares_terminal and stream is self._err and text:
            text = _LINE_BEGIN + _REST_AWAY + text  # over another program's live line
        self._write(stream, text)

    def _write(self, stream: TextIO, text: str) -> None:
        try:
            stream.write(text)
            stream.flush()
        except (OSError, ValueError):  # a reader that went away, a full disk, a closed stream
            let_go(stream)


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
