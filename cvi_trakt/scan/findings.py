"""Says what a scan found: a table of what is wrong, worst first, and the totals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cvi_trakt.columns import table
from cvi_trakt.media import Status
from cvi_trakt.scan.inspection import Inspection, moment
from cvi_trakt.scan.progress import duration
from cvi_trakt.scan.write import Scan
from cvi_trakt.visible import clean, cut, width

_WORTH_TELLING = 60.0  # seconds; nobody asks how long a shorter scan took
_RANKS = {Status.CORRUPT: 0, Status.SUSPICIOUS: 1, Status.UNREADABLE: 2}
_HEAD = ("STATUS", "FIRST BAD", "DAMAGED", "REASON", "FILE")
_REASON, _FILE = 3, 4
_NARROWEST_REASON = 20  # columns
_INDENT = "    "


class _Row(NamedTuple):
    """What is said about one file."""

    status: str
    first_bad: str
    damaged: str
    reason: str
    file: str


def findings(scan: Scan, columns: int | None) -> list[str]:
    """Give the table of the files that are not healthy, the worst first; nothing when all are healthy.

    Where it is wider than so many columns, each file stands on a line of its own, below what is said
    about it: a path is never cut. None: it may be as wide as it takes.
    """
    bad = [one for one in scan.inspections if one.result.status in _RANKS]
    rows = [_row(one, scan.directory) for one in sorted(bad, key=_rank)]
    if not rows:
        return []
    shown = [at for at in range(len(_HEAD)) if at in (0, _FILE) or any(row[at] for row in rows)]
    wide = _table([_HEAD, *rows], shown)
    if columns is None or max(map(width, wide)) <= columns:
        return wide
    return _two_lines_each([_HEAD, *rows], [at for at in shown if at != _FILE], columns)


def totals(scan: Scan) -> str:
    """Give the totals in one line, such as ``3 files checked: 2 healthy, 1 corrupt``."""
    number = len(scan.inspections)
    counts, troubles = scan.counts(), scan.troubles()
    found = ", ".join(f"{counts[status]} {status.lower()}" for status in Status if counts[status])
    why = ", ".join(f"{count} {trouble}" for trouble, count in troubles.most_common())
    earlier = f" ({scan.earlier} of them earlier)" if scan.earlier else ""
    took = f" in {duration(scan.seconds)}" if scan.seconds >= _WORTH_TELLING else ""
    return f"{_files(number)} checked{took}{earlier}" + (f": {found}" if found else "") + (f" ({why})" if why else "")


def notes(scan: Scan) -> str | None:
    """Say how many healthy files are odd in some way; None when none is."""
    count = sum(1 for one in scan.inspections if one.note is not None and one.result.status is Status.HEALTHY)
    if not count:
        return None
    return (
        "1 healthy file has a note: -v shows it" if count == 1 else f"{count} healthy files have a note: -v shows them"
    )


def in_a_line(one: Inspection, *, earlier: bool) -> str:
    """Say what became of one file."""
    why = one.result.reason or one.note
    parts = [part for part in (why, "checked earlier" if earlier else None) if part]
    return f"{one.result.status} {one.result.path}" + (f" ({'; '.join(parts)})" if parts else "")


def _table(rows: Sequence[Sequence[str]], shown: Sequence[int]) -> list[str]:
    head, *rest = ([row[at] for at in shown] for row in rows)
    return table(head, rest)


def _two_lines_each(rows: Sequence[Sequence[str]], shown: Sequence[int], columns: int) -> list[str]:
    others = _table(rows, [at for at in shown if at != _REASON])
    room = max(_NARROWEST_REASON, columns - max(map(width, others)) - 2)
    cut_rows = [[cut(cell, room) if at == _REASON else cell for at, cell in enumerate(row)] for row in rows]
    lines = _table(cut_rows, shown)
    return [line for row, said in zip(rows, lines, strict=True) for line in (said, _INDENT + row[_FILE])]


def _rank(one: Inspection) -> tuple[int, float]:
    return _RANKS[one.result.status], -(one.damaged_share or 0.0)


def _row(one: Inspection, directory: str | None) -> _Row:
    result = one.result
    return _Row(
        status=str(result.status),
        first_bad="" if one.first_bad is None else moment(one.first_bad),
        damaged="" if one.damaged_share is None else _percent(one.damaged_share),
        reason=clean(result.reason or ""),
        file=clean(_below(result.path, directory)),
    )


def _percent(share: float) -> str:
    percent = share * 100
    if 0 < percent < 0.1:
        return "<0.1%"
    return f"{percent:.0f}%" if percent >= 10 or percent == 0 else f"{percent:.1f}%"


def _below(path: str, directory: str | None) -> str:
    return path.removeprefix(directory.rstrip("/") + "/") if directory else path


def _files(count: int) -> str:
    return f"{count} {'file' if count == 1 else 'files'}"
