"""Finds which results of earlier scans still hold: those of files that did not change, looked at closely enough."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cvi_trakt.errors import InputError
from cvi_trakt.media import Status
from cvi_trakt.scan.find import Found
from cvi_trakt.scan.inspection import Inspection, Mode
from cvi_trakt.scan.own_record import inspection_of
from cvi_trakt.scan.results.json_lines import whole_object
from cvi_trakt.scan.results.json_text import BrokenJsonError, JsonText
from cvi_trakt.scan.results.shapes import Shape, Sniffed, is_sqlite, sniff
from cvi_trakt.scan.results.sources import Text, cannot_read, open_source


@dataclass(slots=True, kw_only=True)
class Earlier:
    """What earlier results say about the files of a scan.

    ``taken`` are those that still hold, by path; ``read`` counts the results of ours that there were,
    ``gone`` those of files that the scan does not have. ``damaged`` says that there may have been more.
    """

    taken: dict[str, Inspection] = field(default_factory=dict)
    read: int = 0
    gone: int = 0
    damaged: bool = False


def still_good(results: Iterable[Inspection], files: Mapping[str, Found], mode: Mode) -> Earlier:
    """Choose the results that need not be found anew. Of two of one file the later counts."""
    earlier = Earlier()
    try:
        for one in results:
            path = one.result.path
            earlier.read += 1
            earlier.taken.pop(path, None)
            if path not in files:
                earlier.gone += 1
            elif suffices(one, mode) and _is_unchanged(one, files[path]):
                earlier.taken[path] = one
    except InputError:
        earlier.damaged = True
    return earlier


def suffices(one: Inspection, mode: Mode) -> bool:
    """Say whether a result is as good as what this mode would find; what could not be read is tried again."""
    if one.result.status is Status.UNREADABLE:
        return False
    if one.mode is Mode.DEEP or mode is Mode.QUICK:
        return True
    # hybrid takes the quick word for sound and for damaged files, and looks deeper at the doubtful ones
    return mode is Mode.HYBRID and one.result.status is not Status.SUSPICIOUS


def own_results(file: Path) -> Iterator[Inspection]:
    """Give the results of ours in a file, whichever form they have; what is not of ours is passed over.

    Raises ``InputError`` where the file cannot be read, or read further.
    """
    source = open_source(str(file), None)
    try:
        if is_sqlite(source):
            return
        for record in _records(sniff(source)):
            if isinstance(record, dict) and (one := inspection_of(record)):
                yield one
    except OSError as error:
        raise cannot_read(str(file), error) from error
    except (BrokenJsonError, RecursionError, csv.Error) as error:
        raise InputError(f"{file}: is damaged") from error
    finally:
        source.close()


def _is_unchanged(one: Inspection, file: Found) -> bool:
    if file.size is None or file.changed_at is None:
        return False
    return (one.result.size, one.changed_at) == (file.size, file.changed_at)


def _records(sniffed: Sniffed) -> Iterator[object]:
    match sniffed.shape:
        case Shape.JSON:
            return _of_document(sniffed.text)
        case Shape.JSON_LINES:
            return (whole_object(line) for line in sniffed.text.lines())
        case Shape.CSV:
            rows = csv.DictReader(sniffed.text.lines(), delimiter=sniffed.delimiter)
            return (row for row in rows if None not in row.values())  # not one that is cut off
        case _:
            return iter(())


def _of_document(text: Text) -> Iterator[object]:
    json_text = JsonText(text.read)
    if json_text.next() != "{":
        return
    for key in json_text.members():
        if key == "results" and json_text.next() == "[":
            for _ in json_text.elements():
                yield json_text.value()
        else:
            json_text.skip()
