"""The terminal that the person sits at, as a file that is read and written. Knows no questions."""

from __future__ import annotations

import os
import termios
from collections.abc import Iterator
from contextlib import suppress

from cvi_trakt.errors import NoTerminalError

DEVICE = "/dev/tty"  # the terminal that controls this process, whatever its standard streams are
ROWS, COLUMNS = 24, 80  # of a terminal that does not tell
GONE = "the terminal went away while a question was open; what was answered before it is kept"


class TerminalDevice:
    """An open terminal. Raises ``NoTerminalError`` when it goes away."""

    def __init__(self, number: int) -> None:
        self.reader = os.fdopen(number, errors="replace")
        self.writer = os.fdopen(os.dup(number), "w", errors="replace")

    def close(self) -> None:
        """Let the device go."""
        for stream in (self.writer, self.reader):
            with suppress(OSError):  # the terminal may be gone, with text still to be written
                stream.close()

    def write(self, text: str) -> None:
        """Write text at once."""
        try:
            self.writer.write(text)
            self.writer.flush()
        except OSError as error:
            raise NoTerminalError(GONE) from error

    def forget_typed(self) -> None:
        """Throw away what was typed and not read yet."""
        with suppress(termios.error):
            termios.tcflush(self.reader, termios.TCIFLUSH)

    def size(self) -> tuple[int, int]:
        """Give rows and columns."""
        try:
            size = os.get_terminal_size(self.writer.fileno())
        except OSError:
            return ROWS, COLUMNS
        return size.lines or ROWS, size.columns or COLUMNS


def open_device() -> TerminalDevice:
    """Open the terminal device. Raises ``NoTerminalError``.

    A process that no terminal controls may still have one as a standard stream.
    """
    for name in (DEVICE, *_terminals_of_streams()):
        with suppress(OSError):
            return TerminalDevice(os.open(name, os.O_RDWR | os.O_NOCTTY))
    raise NoTerminalError("there is no terminal to ask at")


def _terminals_of_streams() -> Iterator[str]:
    for number in (0, 2, 1):
        with suppress(OSError):
            yield os.ttyname(number)
