"""Reads tables: CSV with a header, and the SQLite table ``scan_results``."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from cvi_trakt.errors import InputError
from cvi_trakt.media import ScanResult
from cvi_trakt.scan.results.record import PATH_KEYS, RECORD_KEYS
from cvi_trakt.scan.results.sources import Source, Text
from cvi_trakt.scan.results.tally import ENDS_IN_A_RECORD, STDIN, Tally, shown
from cvi_trakt.scan.results.verdict import VERDICT_KEYS

_TABLE = "scan_results"
_DELIMITERS = ",;\t"


def header_delimiter(line: str) -> str | None:
    """Say what separates the names of a CSV header; None when the line is no header we know."""
    for delimiter in _DELIMITERS:
        if set(_names(line, delimiter)) & set(PATH_KEYS):
            return delimiter
    return None


def read_csv(text: Text, delimiter: str, tally: Tally) -> Iterator[ScanResult]:
    """Give the rows of a CSV whose first line is its header."""
    lines = _Lines(text)
    names = _names(next(lines), delimiter)
    lists_bad_files = "file_name" in names and VERDICT_KEYS.isdisjoint(names)
    rows = csv.reader(lines, delimiter=delimiter)
    while True:
        try:
            row = next(rows, None)
        except csv.Error:
            tally.leave_out("not a row of CSV")
            continue
        if row is None:
            return
        if len(row) > len(names) <= 2:  # a path with commas and no quotes around it
            width = len(row) - len(names) + 1
            row = [delimiter.join(row[:width]), *row[width:]]
        if not row:
            continue
        if len(row) < len(names) and lines.cut_off:
            tally.damage(ENDS_IN_A_RECORD)
        elif len(row) != len(names):
            tally.leave_out(f"{len(row)} columns where the header has {len(names)}")
        else:
            record = {name: value for name, value in zip(names, row, strict=True) if name in RECORD_KEYS}
            if lists_bad_files:
                record["status"] = "CORRUPT"
            if result := tally.convert(record):
                yield result


class _Lines:
    """The lines of a text, not the blank ones; knows whether the last one came without its line feed."""

    def __init__(self, text: Text) -> None:
        self._lines = text.lines()
        self.cut_off = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.cut_off = not line.endswith("\n")
        return line


def read_sqlite(source: Source, tally: Tally) -> Iterator[ScanResult]:
    """Give the rows of the table ``scan_results`` in Corrupt Video Inspector's database.

    Raises ``InputError`` when the database cannot be read or has no such table.
    """
    name = shown(source.name)
    try:
        with closing(_connect(source)) as db:
            db.text_factory = lambda text: text.decode("utf-8", "surrogateescape")
            for row in _rows(db, name):
                if result := tally.convert(row):
                    yield result
    except (sqlite3.Error, UnicodeDecodeError) as error:  # the second: a message that quotes broken bytes
        why = " ".join(str(error).split())
        if not tally.records:
            raise InputError(f"{name}: the database cannot be read: {why}; give a whole copy") from error
        tally.damage(f"the database is damaged: {why}")


def _connect(source: Source) -> sqlite3.Connection:
    if source.name == STDIN:
        content = bytearray(source.read())
        content[18:20] = b"\1\1"  # a database in memory cannot be in WAL mode
        db = sqlite3.connect(":memory:", check_same_thread=False)
        db.deserialize(bytes(content))
        return db
    path = Path(source.name).absolute()
    # Without a -wal file nothing is written at this moment; immutable then leaves no files behind,
    # and works where the folder is read-only.
    has_log = path.with_name(path.name + "-wal").exists()
    mode = "mode=ro" if has_log else "mode=ro&immutable=1"
    return sqlite3.connect(f"{path.as_uri()}?{mode}", uri=True, check_same_thread=False)


def _rows(db: sqlite3.Connection, name: str) -> Iterator[dict[str, object]]:
    columns = [row[1] for row in db.execute(f"PRAGMA table_info({_TABLE})")]
    if not columns:
        raise InputError(f"{name}: the database has no table {_TABLE}; give the inspector's own database")
    known = [column for column in columns if column.lower() in RECORD_KEYS]
    if not {column.lower() for column in known} & set(PATH_KEYS):
        raise InputError(f"{name}: the table {_TABLE} has no column with a path; export it as CSV with one")
    selected = ", ".join(f'"{column}"' for column in known)  # no quote in them: they equal our own words
    for row in db.execute(f"SELECT {selected} FROM {_TABLE}"):  # noqa: S608
        yield {
            column: value.decode("utf-8", "surrogateescape") if isinstance(value, bytes) else value
            for column, value in zip(known, row, strict=True)
        }


def _names(line: str, delimiter: str) -> list[str]:
    try:
        names = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []
    return [name.strip().lower().replace(" ", "_") for name in names]
