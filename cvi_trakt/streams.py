"""Standard output and error: made to print anything, and let go of when nobody reads them any more."""

from __future__ import annotations

import os
import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from cvi_trakt.visible import width

_USUAL_COLUMNS = 80


def make_streams_safe() -> None:
    """Let standard output and error print any name in any locale: what they cannot encode is escaped.

    A stream that was closed before the start (``>&-``) is replaced by one that goes nowhere.
    """
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def close_streams() -> None:
    """Flush standard output and error; one whose reader is gone stays silent at exit, too."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            let_go(stream)


def let_go(stream: TextIO) -> None:
    """Point a stream whose reader is gone at nothing, so that the work goes on."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def is_pipe(stream: TextIO) -> bool:
    """Whether another program reads, or writes, what goes through a stream."""
    try:
        return stat.S_ISFIFO(os.fstat(stream.fileno()).st_mode)
    except (OSError, ValueError):
        return False


def columns_of(stream: TextIO) -> int:
    """Count the columns of the terminal that a stream goes to; those of a usual one where there is none."""
    try:
        return os.get_terminal_size(stream.fileno()).columns or _USUAL_COLUMNS
    except (OSError, ValueError):
        return _USUAL_COLUMNS


def fitting(line: str, columns: int, encoding: str) -> str:
    """Cut a line to the columns that it takes as the terminal gets it, with escapes for what its encoding lacks."""
    line = line.encode(encoding, "backslashreplace").decode(encoding)
    while width(line) > columns:
        line = line[: min(columns, len(line) - 1)]
    return line


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")
