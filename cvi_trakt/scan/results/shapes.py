"""Tells the shape of an input by its content."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from enum import Enum, auto

from cvi_trakt.errors import InputError
from cvi_trakt.scan.results.json_lines import is_record_line, whole_object
from cvi_trakt.scan.results.json_records import RECORD_ARRAYS
from cvi_trakt.scan.results.json_text import JSON_BEGINS
from cvi_trakt.scan.results.lists import bad_file, is_nul_list, looks_like_path, path_of_line
from cvi_trakt.scan.results.sources import SQLITE_MAGIC, Source, Text
from cvi_trakt.scan.results.tables import header_delimiter
from cvi_trakt.scan.results.tally import SHAPES_THAT_DO, shown

_LINES_LOOKED_AT = 200
_PATHS_LOOKED_AT = 20
_JSON_IN_A_LINE = re.compile(r"[\[{]\s*[\"{\[]")


class Shape(Enum):
    """The kinds of input, each with its reader."""

    JSON = auto()
    JSON_LINES = auto()
    CSV = auto()
    BAD_FILES = auto()
    LIST = auto()
    NUL_LIST = auto()


@dataclass(frozen=True, slots=True)
class Sniffed:
    """What an input is, and its text from where its reader should begin."""

    shape: Shape
    text: Text
    delimiter: str = ","


def is_sqlite(source: Source) -> bool:
    """Say whether an input is an SQLite database."""
    return source.first.startswith(SQLITE_MAGIC)


def sniff(source: Source) -> Sniffed:
    """Tell the shape of an input that is text, from no more lines than it takes.

    Raises ``InputError`` when it is no shape that we know.
    """
    text = source.text()
    if b"\0" in source.first and not source.is_utf16:
        if is_nul_list(source.first):
            return Sniffed(Shape.NUL_LIST, text)
        raise InputError(
            f"{shown(source.name)}: is neither text nor an SQLite database that can be read; {SHAPES_THAT_DO}"
        )
    lines: list[str] = []
    while len(lines) < _LINES_LOOKED_AT and (line := text.look()):
        lines.append(line)
        if len(lines) == 1:
            if delimiter := header_delimiter(line):
                return Sniffed(Shape.CSV, text, delimiter)
            if line.lstrip().startswith("<"):  # HTML and XML may hold anything further down
                break
        if JSON_BEGINS.match(line.strip()):
            text.skip_to(len(lines) - 1, 0)
            shape = Shape.JSON_LINES if _is_json_lines(line.lstrip(), text) else Shape.JSON
            return Sniffed(shape, text)
    return _sniff_lines(source.name, text, lines)


def _sniff_lines(name: str, text: Text, lines: list[str]) -> Sniffed:
    """Tell the shapes that need more than one line to be told."""
    if not lines:
        raise InputError(f"{shown(name)}: holds nothing but white space; scan again, or name another file")
    if [line.strip() for line in lines] == ["null"]:  # checkrr's API, when no file is bad
        return Sniffed(Shape.JSON, text)
    if not lines[0].lstrip().startswith("<"):
        sample = lines[:_PATHS_LOOKED_AT]
        if sum(map(_is_bad_file, sample)) * 2 >= len(sample):
            return Sniffed(Shape.BAD_FILES, text)
        if sum(looks_like_path(path_of_line(line)) for line in sample) * 2 >= len(sample):
            return Sniffed(Shape.LIST, text)
        for number, line in enumerate(lines):
            if start := _JSON_IN_A_LINE.search(line):
                text.skip_to(number, start.start())
                return Sniffed(Shape.JSON, text)
    raise InputError(f"{shown(name)}: not a known shape of scan result; {SHAPES_THAT_DO}")


def _is_json_lines(line: str, text: Text) -> bool:
    """Tell JSON Lines from a document by the first line, and where that is not enough by the next."""
    record = whole_object(line)
    if record is not None:
        containers = {key.lower() for key, value in record.items() if isinstance(value, list | dict)}
        if containers & set(RECORD_ARRAYS):
            return False
        if is_record_line(record):
            return True
    elif not line.startswith("{") or line.rstrip().endswith(("{", "[", ",", ":")):
        return False
    following = whole_object(text.look())
    return following is not None and (record is not None or is_record_line(following))


def _is_bad_file(line: str) -> bool:
    try:
        return bad_file(line) is not None
    except csv.Error:
        return False
