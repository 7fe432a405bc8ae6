"""Where the results of a scan go, and in which form."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cvi_trakt import signals
from cvi_trakt.console import Console
from cvi_trakt.errors import OutputLostError
from cvi_trakt.output_files import is_special, json_pieces, write_file
from cvi_trakt.scan.kept import PartFile
from cvi_trakt.scan.write import JsonLines, Scan, csv_rows, document, json_lines

TABLE = "table"


class Delivery:
    """Writes the results to a file, as a whole and at the end, or to standard output.

    ``form`` is ``json``, ``jsonl``, ``csv``, or the table that a person at a terminal gets, which is
    not written; None chooses. ``file`` is None for standard output. ``is_dash`` says that standard
    output was asked for by name.
    """

    def __init__(self, console: Console, *, form: str | None, file: Path | None, is_dash: bool) -> None:
        self.file = file
        self.form = form or _usual_form(file, is_dash=is_dash)
        self._console = console
        if file is None and self.form != TABLE:
            console.reserve_stdout()

    @property
    def is_kept(self) -> bool:
        """Whether results are kept while the scan runs: what goes to a device, a pipe or a person is not."""
        return self.file is not None and not is_special(self.file)

    @contextmanager
    def lines(self) -> Iterator[JsonLines | None]:
        """Open what JSON Lines go to as soon as each file is done; None where the results are written at the end."""
        if self.form != "jsonl" or self.is_kept:
            yield None
        elif self.file is None:
            yield JsonLines(sys.stdout, "standard output")
        else:
            try:
                stream = self.file.open("w", encoding="utf-8")
            except OSError as error:
                raise OutputLostError(f"{self.file}: cannot be written: {error.strerror}") from error
            with stream:
                yield JsonLines(stream, str(self.file))

    def finish(self, scan: Scan, kept: PartFile | None) -> None:
        """Write what is written at the end. Raises ``OutputLostError``; what was kept is kept on then."""
        if kept is None:
            self._write(scan, "the rest was done")
            return
        with signals.held():  # the work is done, it only remains to be written
            self._write(scan, _what_is_left(kept))
            kept.remove()

    def _write(self, scan: Scan, otherwise: str) -> None:
        if self.file is None and self.form == "json":
            self._console.document(document(scan))
        elif self.file is None and self.form == "csv":
            self._console.text(csv_rows(scan))
        elif self.file is not None and (self.form != "jsonl" or self.is_kept):
            write_file(self.file, _pieces(scan, self.form), otherwise=otherwise)

    def when_stopped(self, done: int, files: int, kept: PartFile | None) -> str:
        """Say what a scan that was stopped leaves."""
        checked = f"{done} of {files} files were checked"
        if kept is not None and not kept.is_empty:
            return f"{checked}; kept in {kept.path}: the same command goes on from there"
        if kept is not None:
            return f"{checked}; the same command begins anew"
        if self.form == "jsonl":
            return f"{checked}; what was written stays, without the closing line"
        return checked if self.form == TABLE else f"{checked}; nothing was written (--output FILE keeps what is done)"


def _usual_form(file: Path | None, *, is_dash: bool) -> str:
    if file is not None:
        return "json"
    return TABLE if not is_dash and sys.stdout.isatty() else "jsonl"


def _pieces(scan: Scan, form: str) -> Iterator[str]:
    match form:
        case "jsonl":
            return json_lines(scan)
        case "csv":
            return csv_rows(scan)
        case _:
            return json_pieces(document(scan))


def _what_is_left(kept: PartFile) -> str:
    if kept.is_empty:
        return "make room, and run the same command again"
    return f"the results are kept in {kept.path}: make room, and the same command goes on from there"
