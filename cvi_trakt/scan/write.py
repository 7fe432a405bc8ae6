"""Writes scan results: as one JSON document, or as JSON Lines while the scan goes on."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TextIO

from cvi_trakt.columns import table
from cvi_trakt.errors import OutputLostError
from cvi_trakt.media import Status
from cvi_trakt.scan.inspect import Inspection

_VERSION = 1  # of the JSON Lines
_MODE = "full"  # every file is decoded from its beginning to its end


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """One scan that has ended. ``seconds`` is how long it took; ``directory`` is the folder that holds all files."""

    directory: str | None
    inspections: Sequence[Inspection]
    seconds: float

    def counts(self) -> Counter[Status]:
        """Count the files by status."""
        return Counter(one.result.status for one in self.inspections)


def document(scan: Scan) -> dict[str, object]:
    """Give the JSON document of a scan: the totals, then a record for each file.

    The keys are those of Corrupt Video Inspector's own result files, so that its tools read it, too.
    """
    counts = scan.counts()
    return {
        "directory": scan.directory,
        "scan_mode": _MODE,
        "total_files": len(scan.inspections),
        "processed_files": len(scan.inspections),
        "healthy_files": counts[Status.HEALTHY],
        "suspicious_files": counts[Status.SUSPICIOUS],
        "corrupt_files": counts[Status.CORRUPT],
        "unreadable_files": counts[Status.UNREADABLE],
        "scan_time": round(scan.seconds, 3),
        "results": (as_record(one) for one in scan.inspections),
    }


def as_record(one: Inspection) -> dict[str, object]:
    """Give the record of one file. UNREADABLE is SUSPICIOUS with a flag: other programs know three statuses."""
    result = one.result
    unreadable = result.status is Status.UNREADABLE
    record: dict[str, object] = {
        "filename": result.path,
        "status": str(Status.SUSPICIOUS if unreadable else result.status),
        "is_corrupt": result.status is Status.CORRUPT,
        "needs_deep_scan": unreadable or result.status is Status.SUSPICIOUS,
        "scan_mode": _MODE,
        "file_size": result.size,
        "duration": result.duration,
        "inspection_time": round(one.seconds, 3),
        "error_message": one.message or "",
    }
    if unreadable:
        record["unreadable"] = True
    if result.reason:
        record["reason"] = result.reason
    return record


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
        self._write({"scan": "cvi-trakt", "version": _VERSION, "directory": directory})

    def add(self, one: Inspection) -> None:
        """Write the record of a file."""
        self._files += 1
        self._write(as_record(one))

    def end(self) -> None:
        """Write the closing line; without it a reader knows that the scan was cut off."""
        self._write({"end": True, "files": self._files})

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


def findings(scan: Scan) -> list[str]:
    """Give the table of the files that are not healthy; nothing when all are."""
    bad = [one.result for one in scan.inspections if one.result.status is not Status.HEALTHY]
    rows = [(result.status, result.reason or "", _below(result.path, scan.directory)) for result in bad]
    return table(("STATUS", "REASON", "FILE"), rows) if rows else []


def totals(scan: Scan) -> str:
    """Give the totals in one line, such as ``3 files checked: 2 healthy, 1 corrupt``."""
    number = len(scan.inspections)
    counts = scan.counts()
    found = ", ".join(f"{counts[status]} {status.lower()}" for status in Status if counts[status])
    return f"{number} {'file' if number == 1 else 'files'} checked" + (f": {found}" if found else "")


def _below(path: str, directory: str | None) -> str:
    return path.removeprefix(directory.rstrip("/") + "/") if directory else path
