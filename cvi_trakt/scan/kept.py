"""Keeps the results of a scan while it runs, in a file beside its output: a scan that was cut off can go on."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cvi_trakt.errors import CviError, ExitCode, OutputError, OutputLostError
from cvi_trakt.scan.inspection import Inspection, Mode
from cvi_trakt.scan.locked import LockedError, open_locked
from cvi_trakt.scan.own_record import as_record, inspection_of
from cvi_trakt.scan.results.json_lines import whole_object
from cvi_trakt.scan.write import first_line

SUFFIX = ".part.jsonl"

_VERSION = 1  # of what the first line says beyond that of JSON Lines
_SYNC_SECONDS = 2.0
_SYNC_RECORDS = 50
_LONGEST_FIRST_LINE = 1 << 20  # bytes; it names the folders of the scan
_CLOSED = -1  # no descriptor
_BEGINS = b'{"scan": "cvi-trakt"'


class ScanBusyError(CviError):
    """Another scan is at work on the same output; says which process, since when."""

    exit_code = ExitCode.BUSY


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What the first line says of a scan: who looks where, how closely, since when."""

    directory: str | None
    roots: tuple[str, ...]
    mode: Mode
    since: datetime
    process: int

    def as_line(self) -> dict[str, object]:
        """Give it as the first line of JSON Lines, so that ``sync`` reads the file, too."""
        return first_line(self.directory) | {
            "part": _VERSION,
            "roots": list(self.roots),
            "scan_mode": str(self.mode),
            "since": self.since.isoformat(timespec="seconds"),
            "process": self.process,
        }


def part_beside(output: Path) -> Path:
    """Say where the results of a scan into this file are kept while it runs: beside what a link leads to."""
    real = output.resolve() if output.is_symlink() else output
    return real.with_name(real.name + SUFFIX)


@contextmanager
def part_file(part: Path, beginning: Beginning, *, fresh: bool, clock: Callable[[], float]) -> Iterator[PartFile]:
    """Open the file that keeps the results of a scan, and hold it: the lock dies with the process.

    With ``fresh`` what is in it is dropped. When no result is in it in the end, it is taken away.

    Raises ``ScanBusyError`` where another scan holds it, ``OutputError`` where it cannot be written or
    is another program's.
    """
    try:
        descriptor = open_locked(part)
    except LockedError:
        raise ScanBusyError(
            f"{part}: another scan is at work on it {_who(part)}; wait for it, stop it, or name another --output"
        ) from None
    except OSError as error:
        raise OutputError(f"{part}: cannot be written: {error.strerror}; name another --output") from error
    kept = PartFile(part, descriptor, clock)
    try:
        kept.begin(beginning, fresh=fresh)
        yield kept
    finally:
        kept.close()


class PartFile:
    """A file to which each result is appended as soon as it is known.

    ``since`` says when the scan began that can be gone on with; None where there is none. ``broken``
    counts the lines that ``results`` could not read. ``is_empty`` says that no result is in it.
    """

    def __init__(self, path: Path, descriptor: int, clock: Callable[[], float]) -> None:
        self.path = path
        self.since: datetime | None = None
        self.broken = 0
        self.is_empty = True
        self._is_ours = False
        self._descriptor = descriptor
        self._clock = clock
        self._lock = threading.Lock()
        self._size = 0  # up to the last whole line
        self._unsynced = 0
        self._synced_at = clock()

    def begin(self, beginning: Beginning, *, fresh: bool) -> None:
        """Drop what cannot be gone on with, such as the half line of a killed scan, and write the first line."""
        try:
            since = self._begun(fresh=fresh)
            self._is_ours = True
            if since is not None and not fresh:
                self._size = self._end_of_last_line()
                self.is_empty = next(self.results(), None) is None
            self.since = None if self.is_empty else since
            self._size = 0 if self.is_empty else self._size
            os.ftruncate(self._descriptor, self._size)
            self._append(beginning.as_line())
            os.fsync(self._descriptor)
        except OSError as error:
            raise OutputError(f"{self.path}: cannot be written: {error.strerror}; make room") from error

    def results(self) -> Iterator[Inspection]:
        """Give the results that are in it, in the order in which they came."""
        self.broken = 0
        for line in self._lines():
            record = whole_object(line.decode("utf-8", "surrogateescape"))
            one = inspection_of(record) if record is not None else None
            if one is not None:
                yield one
            elif record is None or "scan" not in record:
                self.broken += 1

    def add(self, one: Inspection) -> None:
        """Append a result, from any thread. What was in the file stays in it also when this fails.

        Raises ``OutputLostError``, as on a full disk.
        """
        with self._lock, self._told():
            self._append(as_record(one))
            self.is_empty = False
            self._unsynced += 1
            if self._unsynced >= _SYNC_RECORDS:
                self._sync()

    def settle(self) -> None:
        """Let what was appended reach the disk, when it is time to. Raises ``OutputLostError``."""
        with self._lock, self._told():
            if self._unsynced and self._clock() - self._synced_at >= _SYNC_SECONDS:
                self._sync()

    def remove(self) -> None:
        """Take the file away, since its results are elsewhere by now."""
        if self._is_ours:
            with suppress(OSError):
                self.path.unlink()
        self._is_ours = False  # what stands there from now on is another scan's

    def close(self) -> None:
        """Let everything reach the disk, and let go of the file; without a result it goes away."""
        if self.is_empty:
            self.remove()
        with self._lock:
            descriptor, self._descriptor = self._descriptor, _CLOSED
        with suppress(OSError):
            os.fsync(descriptor)
        with suppress(OSError):
            os.close(descriptor)

    def _begun(self, *, fresh: bool) -> datetime | None:
        """Say when the scan in the file began; None where none did."""
        first = os.pread(self._descriptor, _LONGEST_FIRST_LINE, 0)
        line, ended, _ = first.partition(b"\n")
        if not ended and (first.startswith(_BEGINS) or _BEGINS.startswith(first)):
            return None  # killed while it wrote its first line
        said = whole_object(line.decode("utf-8", "replace"))
        version, since = _version(said), _since(said)
        if version is None or since is None:
            raise OutputError(f"{self.path}: was not written by a scan; move it away, or name another --output")
        if version > _VERSION and not fresh:
            raise OutputError(f"{self.path}: was written by a newer cvi-trakt; update it, or start over with --fresh")
        return since

    def _lines(self) -> Iterator[bytes]:
        with self.path.open("rb") as stream:
            read = 0
            for line in stream:
                read += len(line)
                if read > self._size:
                    return
                yield line

    def _end_of_last_line(self) -> int:
        end = 0
        with self.path.open("rb") as stream:
            for line in stream:
                end += len(line) if line.endswith(b"\n") else 0
        return end

    def _append(self, record: dict[str, object]) -> None:
        """Write one line as a whole, or nothing of it. Raises ``OSError``."""
        line = json.dumps(record).encode() + b"\n"
        left = line
        try:
            while left:
                left = left[os.write(self._descriptor, left) :]
        except OSError:
            with suppress(OSError):
                os.ftruncate(self._descriptor, self._size)
            raise
        self._size += len(line)

    def _sync(self) -> None:
        os.fsync(self._descriptor)
        self._unsynced, self._synced_at = 0, self._clock()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise OutputLostError(
                f"{self.path}: cannot be written: {error.strerror}; the scan was stopped: "
                "make room, and the same command goes on from there"
            ) from error


def _version(said: dict[str, object] | None) -> int | None:
    version = said.get("part") if said and said.get("scan") == "cvi-trakt" else None
    return version if isinstance(version, int) else None


def _since(said: dict[str, object] | None) -> datetime | None:
    try:
        return datetime.fromisoformat(str(said["since"])) if said else None
    except (KeyError, ValueError):
        return None


def _who(part: Path) -> str:
    """Say which process holds the file: the one that wrote the last first line."""
    last: dict[str, object] | None = None
    with suppress(OSError), part.open("rb") as stream:
        for line in stream:
            if line.startswith(_BEGINS):
                last = whole_object(line.decode("utf-8", "replace")) or last
    if last is None or not isinstance(last.get("process"), int):
        return "(just started)"
    return f"(process {last['process']}, since {last.get('since')})"
