"""How far a scan is, in files and bytes, how fast it goes, and when it will be done. Knows no terminal."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from cvi_trakt.scan.find import Found
from cvi_trakt.visible import clean, cut, width

_WINDOW_SECONDS = 30.0  # the rate is that of so long a time
_LEAST_SECONDS = 2.0  # a rate of less says nothing
_BETWEEN_SECONDS = 1.0  # between two marks
_NARROWEST_NAME = 12  # columns
_UNITS = ("B", "kB", "MB", "GB", "TB", "PB")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far a scan is at one moment.

    ``size_done`` and ``size`` are in bytes, ``rate`` in bytes a second, ``seconds_left`` as its name
    says; the last two are None as long as nobody can know. ``file`` is one that is at work, of which
    ``share``, from 0 to 1, is done.
    """

    files_done: int
    files: int
    size_done: int
    size: int
    rate: float | None = None
    seconds_left: float | None = None
    file: str | None = None
    share: float = 0.0


class Progress:
    """Counts files and bytes as they are done; asked by one thread, told by several.

    Args:
        files: every file of the scan.
        todo: those of them that are looked at; the others count as done, not as speed.
        clock: gives seconds that only go forward.
    """

    def __init__(self, files: Sequence[Found], todo: Sequence[Found], clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._files, self._files_done = len(files), len(files) - len(todo)
        self._size = _size_of(files)
        self._size_done = self._size - _size_of(todo)
        self._at_work: dict[str, tuple[int, float]] = {}  # size and share of each, the oldest first
        self._marks = deque([(clock(), float(self._size_done))])

    def begin(self, file: Found) -> None:
        """Hear that the work on a file begins."""
        with self._lock:
            self._at_work[file.path] = (file.size or 0, 0.0)

    def watch(self, path: str, share: float) -> None:
        """Hear how much of a file is done, from 0 to 1."""
        with self._lock:
            if path in self._at_work:
                self._at_work[path] = (self._at_work[path][0], min(1.0, max(0.0, share)))

    def finish(self, path: str) -> None:
        """Hear that a file is done."""
        with self._lock:
            size, _ = self._at_work.pop(path, (0, 0.0))
            self._files_done += 1
            self._size_done += size

    def standing(self) -> Standing:
        """Say how far it is now."""
        with self._lock:
            now = self._clock()
            done = self._size_done + sum(size * share for size, share in self._at_work.values())
            rate = self._rate(now, done)
            file = next(iter(self._at_work), None)
            return Standing(
                files_done=self._files_done,
                files=self._files,
                size_done=int(done),
                size=self._size,
                rate=rate,
                seconds_left=(self._size - done) / rate if rate else None,
                file=file,
                share=self._at_work[file][1] if file is not None else 0.0,
            )

    def bar(self, columns: int) -> str:
        """Draw it as it is now: see ``as_bar``."""
        return as_bar(self.standing(), columns)

    def words(self) -> str:
        """Put it in words as it is now: see ``in_words``."""
        return in_words(self.standing())

    def _rate(self, now: float, done: float) -> float | None:
        """Say how many bytes a second went by in the last half minute."""
        while len(self._marks) > 1 and self._marks[1][0] <= now - _WINDOW_SECONDS:
            self._marks.popleft()
        if now - self._marks[-1][0] >= _BETWEEN_SECONDS:
            self._marks.append((now, done))
        since, from_there = self._marks[0]
        if now - since < _LEAST_SECONDS or done <= from_there:
            return None
        return (done - from_there) / (now - since)


def in_words(now: Standing) -> str:
    """Put it in words: ``12/60 files, 3.2 of 15.4 GB, 85 MB/s, 2 min left``."""
    return ", ".join([_files(now), *_numbers(now)])


def as_bar(now: Standing, columns: int) -> str:
    """Draw it as a bar in so many columns of a terminal, with the name of a file at work where there is room."""
    length = 20 if columns >= 100 else 10
    full = int(length * (now.size_done / now.size if now.size else now.files_done / max(1, now.files)))
    bar = f"[{'#' * full}{'-' * (length - full)}]"
    numbers = ", ".join(_numbers(now))
    for parts in ((_files(now), bar, numbers), (_files(now), numbers), (_files(now),)):
        line = " ".join(part for part in parts if part)
        if width(line) <= columns:
            return line + _name(now, columns - width(line) - 2)
    return cut(_files(now), columns)


def duration(seconds: float) -> str:
    """Put a time in words, in its two biggest units: ``3 h 12 min``, ``45 s``."""
    minutes, second = divmod(round(seconds), 60)
    hours, minute = divmod(minutes, 60)
    days, hour = divmod(hours, 24)
    if days:
        return f"{days} d {hour} h"
    if hours:
        return f"{hours} h {minute} min"
    return f"{minutes} min {second} s" if minutes else f"{second} s"


def _files(now: Standing) -> str:
    return f"{now.files_done}/{now.files} {'file' if now.files == 1 else 'files'}"


def _numbers(now: Standing) -> list[str]:
    said = []
    if now.size:
        unit = _unit(now.size)
        said.append(f"{_in_unit(now.size_done, unit)} of {_in_unit(now.size, unit)} {_UNITS[unit]}")
    if now.rate:
        unit = _unit(now.rate)
        said.append(f"{_in_unit(now.rate, unit, most=10)} {_UNITS[unit]}/s")
    if now.seconds_left is not None:
        said.append(f"{_rough(now.seconds_left)} left")
    return said


def _name(now: Standing, columns: int) -> str:
    if now.file is None or columns < _NARROWEST_NAME:
        return ""
    share = f" {int(now.share * 100)}%" if now.share else ""
    return "  " + cut(clean(Path(now.file).name), columns - len(share)) + share


def _rough(seconds: float) -> str:
    """Put the time that is left in words that do not change with every look."""
    if seconds < 60:
        return f"{max(1, round(seconds))} s"
    return f"{round(seconds / 60)} min" if seconds < 3600 else duration(seconds)


def _unit(size: float) -> int:
    """Choose the biggest unit of which there is at least one."""
    return max(number for number in range(len(_UNITS)) if number == 0 or size >= 1000**number)


def _in_unit(size: float, unit: int, *, most: int = 100) -> str:
    """Put a size in a unit, with a decimal where there are no more than so many of it."""
    number = size / 1000**unit
    return f"{number:.1f}" if unit and number < most else f"{number:.0f}"


def _size_of(files: Sequence[Found]) -> int:
    return sum(file.size or 0 for file in files)
