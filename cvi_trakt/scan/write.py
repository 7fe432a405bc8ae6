"""Writes scan results: as one JSON document, as JSON Lines, at once or while the scan goes on, or as CSV."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TextIO

from cvi_trakt.errors import OutputLostError
from cvi_trakt.media import Status
from cvi_trakt.scan.inspection import Inspection, Mode, Trouble
from cvi_trakt.scan.own_record import KEYS, as_record

_VERSION = 1  # of the JSON Lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """One scan that has ended.

    ``directory`` is the folder that holds all files, ``inspections`` are in the order of the files,
    ``earlier`` counts those that were not made by this run. ``seconds`` is how long it took.
    """

    directory: str | None
    mode: Mode
    inspections: Sequence[Inspection]
    earlier: int = 0
    seconds: float

    def counts(self) -> Counter[Status]:
        """Count the files by status."""
        return Counter(one.result.status for one in self.inspections)

    def troubles(self) -> Counter[Trouble]:
        """Count the files that could not be read, by why."""
        return Counter(one.trouble for one in self.inspections if one.trouble is not None)


def document(scan: Scan) -> dict[str, object]:
    """Give the JSON document of a scan: the totals, then a record for each file.

    The keys are those of Corrupt Video Inspector's own result files, so that its tools read it, too.
    """
    counts = scan.counts()
    return {
        "directory": scan.directory,
        "scan_mode": str(scan.mode),
        "total_files": len(scan.inspections),
        "processed_files": len(scan.inspections),
        "healthy_files": counts[Status.HEALTHY],
        "suspicious_files": counts[Status.SUSPICIOUS],
        "corrupt_files": counts[Status.CORRUPT],
        "unreadable_files": counts[Status.UNREADABLE],
        "scan_time": round(scan.seconds, 3),
        "results": (as_record(one) for one in scan.inspections),
    }


def json_lines(scan: Scan) -> Iterator[str]:
    """Give a scan as JSON Lines, piece by piece; the last one has no line end."""
    yield json.dumps(first_line(scan.directory)) + "\n"
    for one in scan.inspections:
        yield json.dumps(as_record(one)) + "\n"
    yield json.dumps(closing_line(len(scan.inspections)))


def csv_rows(scan: Scan) -> Iterator[str]:
    """Give a scan as CSV, row by row, the names of the columns first; the last one has no line end.

    Every text stands in quotes, so that line ends in names stay what they are. Paths are absolute: no
    spreadsheet takes one for a formula.
    """
    yield _row(KEYS)
    for one in scan.inspections:
        record = as_record(one)
        yield "\n" + _row([record.get(key) for key in KEYS])


def first_line(directory: str | None) -> dict[str, object]:
    """Give the first line of JSON Lines."""
    return {"scan": "cvi-trakt", "version": _VERSION, "directory": directory}


def closing_line(files: int) -> dict[str, object]:
    """Give the last line of JSON Lines; without it a reader knows that the scan was cut off."""
    return {"end": True, "files": files}


class JsonLines:
    """Writes a scan as JSON Lines to a stream: a first line, a record for each file, a closing line.

    Each line is out at once, so that a reader can work while the scan goes on. All characters
    outside ASCII are escaped: no encoding can change them. ``name`` says in messages where it goes.

    Raises ``BrokenPipeError`` when the reader has gone, ``OutputLostError`` when the disk is full.
    """

    def __init__(self, stream: TextIO, name: str) -> None:
        self._stream = stream
        self._name = name
        self._files = 0

    def begin(self, directory: str | None) -> None:
        """Write the first line."""
        self._write(first_line(directory))

    def add(self, one: Inspection) -> None:
        """Write the record of a file."""
        self._files += 1
        self._write(as_record(one))

    def end(self) -> None:
        """Write the closing line."""
        self._write(closing_line(self._files))

    def _write(self, line: dict[str, object]) -> None:
        try:
            self._stream.write(json.dumps(line) + "\n")
            self._stream.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise OutputLostError(
                f"{self._name}: cannot be written: {error.strerror}; the scan was stopped, make room and scan again"
            ) from error


def _row(cells: Sequence[object]) -> str:
    row = io.StringIO()
    csv.writer(row, quoting=csv.QUOTE_NONNUMERIC, lineterminator="").writerow(cells)
    return row.getvalue()
