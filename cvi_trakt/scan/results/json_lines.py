"""Reads JSON Lines: one record a line, given on as soon as the line has arrived."""

from __future__ import annotations

from collections.abc import Iterator

from cvi_trakt.errors import InputError
from cvi_trakt.media import ScanResult
from cvi_trakt.scan.results.json_text import DECODER
from cvi_trakt.scan.results.record import PATH_KEYS, under
from cvi_trakt.scan.results.sources import Text
from cvi_trakt.scan.results.tally import ENDS_IN_A_RECORD, Tally, shown

NO_CLOSING_LINE = "the scan was cut off: no closing line"

_VERSION = 1


def whole_object(line: str) -> dict[str, object] | None:
    """Give the JSON object that fills this line, if one does."""
    if not line.lstrip().startswith("{"):
        return None
    try:
        value = DECODER.decode(line.strip())
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def read_json_lines(name: str, text: Text, tally: Tally) -> Iterator[ScanResult]:
    """Give each result as its line arrives; several scans may follow one another.

    Raises ``InputError`` when the header names a version that is not known here.
    """
    directory: str | None = None
    begins_after = 0  # the count of records before the present scan
    closed = False
    for line in text.lines():
        if not line.strip():
            continue
        record = whole_object(line)
        if record is None and not line.endswith("\n"):
            tally.damage(ENDS_IN_A_RECORD)
            return
        if record is None:
            tally.leave_out("not a whole JSON object")
        elif _is_header(record):
            if tally.position > begins_after:
                tally.damage(NO_CLOSING_LINE)
            directory = _directory(name, record)
            begins_after = tally.position
        elif _is_closing_line(record):
            _compare(record, tally.position - begins_after, tally)
            directory, begins_after, closed = None, tally.position, True
            continue
        elif result := tally.convert(record):
            yield under(result, directory)
        closed = False
    if not closed:
        tally.damage(NO_CLOSING_LINE)


def is_record_line(record: dict[str, object]) -> bool:
    """Say whether an object can be a line of JSON Lines: a record, a header or a closing line."""
    has_path = any(key.lower() in PATH_KEYS for key in record)
    return has_path or _is_header(record) or _is_closing_line(record)


def _is_header(record: dict[str, object]) -> bool:
    return record.get("scan") == "cvi-trakt" and "version" in record


def _is_closing_line(record: dict[str, object]) -> bool:
    return record.get("end") is True


def _directory(name: str, header: dict[str, object]) -> str | None:
    if header["version"] != _VERSION:
        raise InputError(
            f"{shown(name)}: is of version {header['version']}, known here is {_VERSION}; update cvi-trakt"
        )
    directory = header.get("directory")
    return directory or None if isinstance(directory, str) else None


def _compare(closing_line: dict[str, object], came: int, tally: Tally) -> None:
    if (files := closing_line.get("files")) != came:
        tally.damage(f"the closing line counts {files} files, but {came} came")
