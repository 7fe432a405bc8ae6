"""Reads what `--ids` takes: a map of paths to ids, or what Radarr and Sonarr answer about their libraries.

The forms are told apart by content: JSON begins with a bracket; lines that end in a comma and an id
are CSV; anything else is YAML.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

from cvi_trakt.errors import InputError
from cvi_trakt.identify.evidence_text import imdb_id, number_id, year_of
from cvi_trakt.identify.ids_map import Entry, IdsMap, make_ids_map
from cvi_trakt.media import Declared, Ids, Kind

_FORMS = "tt0078748, tmdb:348, tvdb:81189 or trakt:481"
_SHAPES = (
    "a map of paths to ids in YAML or JSON, CSV lines of path,id, or a saved answer of Radarr's /api/v3/movie or "
    "Sonarr's /api/v3/series"
)
_BRACKET = "in YAML, put a path that begins with a bracket into quotes"
_ID = re.compile(r"(?:(?P<name>imdb|tmdb|tvdb|trakt)\s*[:=-]\s*)?(?P<value>(?:tt)?[0-9]{1,10})", re.IGNORECASE)
_END_OF_CSV = re.compile(rf"[^,;\t](?P<comma>[,;\t])\s*\"?(?:{_ID.pattern}|ids?)\"?\s*\Z", re.IGNORECASE)
_LONGEST_END = 100
_CATALOGUES = ("imdb", "tmdb", "tvdb", "trakt")
_KINDS = {"movie": Kind.MOVIE, "film": Kind.MOVIE, "show": Kind.SHOW, "series": Kind.SHOW, "tv": Kind.SHOW}
_HEADING = frozenset({"path", "file", "filename", "folder"})


def read_ids(data: bytes, *, source: str) -> IdsMap:
    """Read a list of ids; ``source`` is how messages and the evidence name it.

    Raises ``InputError`` that says which entry is wrong and what would do.
    """
    text = _decode(data, source)
    first = next((line for line in io.StringIO(text) if line.strip() and not line.lstrip().startswith("#")), "")
    if not first:
        raise InputError(f"{source}: is empty; expected {_SHAPES}")
    if comma := _csv_comma(first):
        entries = _csv_entries(text, comma, source)
    elif first.lstrip().startswith(("{", "[")):
        entries = _json_entries(_from_json(text, source), source)
    else:
        entries = _yaml_entries(text, source)
    return make_ids_map(entries, source=source)


def _decode(data: bytes, source: str) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    if b"\0" in data:
        raise InputError(f"{source}: is no text; expected {_SHAPES}")
    return data.decode("utf-8-sig", errors="surrogateescape")  # as file names that are not UTF-8 are given


def _csv_comma(line: str) -> str | None:
    """Give what parts the columns of CSV, if the line is a path and an id, or the names of these two."""
    found = _END_OF_CSV.search(line[-_LONGEST_END:])
    if found is None:
        return None
    only_a_number = found["value"] and not found["name"] and not found["value"].casefold().startswith("tt")
    return None if only_a_number else found["comma"]


def _csv_entries(text: str, comma: str, source: str) -> Iterator[Entry]:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=comma)
    try:
        for row in rows:
            where = f"line {rows.line_num}"
            if not row or row[0].lstrip().startswith("#"):
                continue
            path, value = comma.join(row[:-1]), row[-1].strip().strip('"')  # a path without quotes may hold a comma
            if path.strip().casefold() in _HEADING and not _ID.fullmatch(value):
                continue
            if not path:
                _wrong(source, where, f"has one column, {value!r}; expected path{comma}id")
            yield Entry(path=path, declared=_from_text(value, source, f"{where}, {path!r}"), where=where)
    except csv.Error as error:
        _wrong(source, f"line {rows.line_num}", f"is no CSV: {error}")


def _from_json(text: str, source: str) -> object:
    try:
        return json.loads(text, object_pairs_hook=_once)
    except json.JSONDecodeError as error:
        _wrong(source, f"line {error.lineno}, column {error.colno}", f"is no JSON: {error.msg}; {_BRACKET}")
    except RecursionError:
        raise InputError(f"{source}: is nested too deeply; expected {_SHAPES}") from None
    except _TwiceError as error:
        raise InputError(f"{source}: {error.args[0]!r} is there twice; keep one of the two") from None


class _TwiceError(ValueError):
    """A key of a JSON object is there twice."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _TwiceError(Counter(key for key, _ in pairs).most_common(1)[0][0])
    return found


def _yaml_entries(text: str, source: str) -> Iterator[Entry]:
    """Read a map as YAML; every value as its text, as YAML takes `1:30` for a number and `no` for a truth."""
    import yaml  # only for this form

    try:
        node = yaml.compose(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}, column {mark.column + 1}" if mark else "the text"
        _wrong(source, where, f"is no YAML: {getattr(error, 'problem', None) or 'not readable'}; expected {_SHAPES}")
    except UnicodeEncodeError:
        raise InputError(f"{source}: is not UTF-8; save it as UTF-8, or write the list as CSV") from None
    if not isinstance(node, yaml.MappingNode):
        raise InputError(f"{source}: expected {_SHAPES}")
    for key, value in node.value:
        where = f"line {key.start_mark.line + 1}"
        if not isinstance(key, yaml.ScalarNode):
            _wrong(source, where, f"has no path before its colon; {_BRACKET}")
        plain = _plain(value)
        yield Entry(path=key.value, declared=_from_value(plain, source, f"{where}, {key.value!r}"), where=where)


def _plain(node: Any) -> object:
    """Give what a node of YAML holds, one level deep: text, a map of texts, or nothing that would do."""
    if isinstance(node.value, str):
        return node.value
    pairs = [pair for pair in node.value if isinstance(pair, tuple)]
    return {key.value: item.value for key, item in pairs} if pairs else None


def _json_entries(document: object, source: str) -> Iterator[Entry]:
    if isinstance(document, dict) and isinstance(document.get("path"), str) and document.keys() & {"tmdbId", "tvdbId"}:
        document = [document]  # the answer about one film or series
    if isinstance(document, list):
        for number, item in enumerate(document, start=1):
            yield from _library_entries(item, source, f"entry {number}")
    elif isinstance(document, dict):
        for path, value in document.items():
            yield Entry(path=path, declared=_from_value(value, source, f"entry {path!r}"), where=f"entry {path!r}")
    else:
        raise InputError(f"{source}: expected {_SHAPES}")


def _library_entries(item: object, source: str, where: str) -> Iterator[Entry]:
    """Read one film of Radarr or one series of Sonarr: its folder, and its file where that is given."""
    if not isinstance(item, dict):
        _wrong(source, where, f"is {item!r:.40}; expected a film of Radarr or a series of Sonarr")
    path, title = item.get("path"), item.get("title")
    where = f"{where} ({title})" if isinstance(title, str) else where
    if not isinstance(path, str) or not path or not item.keys() & {"tmdbId", "tvdbId", "imdbId"}:
        _wrong(
            source,
            where,
            "lacks its path or its ids; expected an answer of Radarr's /api/v3/movie or Sonarr's /api/v3/series",
        )
    ids = Ids(
        imdb=imdb_id(str(item.get("imdbId"))),
        tmdb=number_id(str(item.get("tmdbId"))),
        tvdb=number_id(str(item.get("tvdbId"))),
    )
    if not ids:
        return  # Radarr and Sonarr write 0 and nothing where they do not know
    declared = Declared(
        source=source,
        kind=Kind.SHOW if "tvdbId" in item else Kind.MOVIE if "tmdbId" in item else None,
        ids=ids,
        title=title if isinstance(title, str) and title else None,
        year=year_of(str(item.get("year"))),
    )
    yield Entry(path=path, declared=declared, where=where)
    file = item.get("movieFile")
    if isinstance(file, dict):
        whole, relative = file.get("path"), file.get("relativePath")
        if isinstance(whole, str) and whole:
            yield Entry(path=whole, declared=declared, where=where)
        elif isinstance(relative, str) and relative:
            yield Entry(path=f"{path.rstrip('/')}/{relative}", declared=declared, where=where)


def _from_value(value: object, source: str, where: str) -> Declared:
    """Read what stands for a path: an id as text, or a map of catalogues to their numbers."""
    if isinstance(value, Mapping):
        return _from_map(value, source, where)
    if isinstance(value, bool) or not isinstance(value, str | int):
        _wrong(source, where, f"{value!r:.40} is no id; expected {_FORMS}, or a map such as {{tvdb: 81189}}")
    return _from_text(str(value), source, where)


def _from_text(text: str, source: str, where: str) -> Declared:
    found = _ID.fullmatch(text.strip())
    if found and not found["name"] and not found["value"].casefold().startswith("tt"):
        _wrong(source, where, f"{text.strip()} does not say of which catalogue it is; expected {_FORMS}")
    if found is None:
        _wrong(source, where, f"{text!r:.40} is no id; expected {_FORMS}")
    return _from_map({found["name"] or "imdb": found["value"]}, source, where)


def _from_map(values: Mapping[Any, object], source: str, where: str) -> Declared:
    imdb: str | None = None
    numbers: dict[str, int] = {}
    kind: Kind | None = None
    for key, value in values.items():
        name, text = str(key).strip().casefold(), str(value).strip()
        if name == "kind":
            kind = _KINDS.get(text.casefold())
            if kind is None:
                _wrong(source, where, f"{text!r:.40} is no kind; expected movie or show")
        elif name not in _CATALOGUES:
            _wrong(source, where, f"{name!r:.40} is no catalogue; expected imdb, tmdb, tvdb, trakt or kind")
        elif name == "imdb" and (imdb_number := imdb_id(text)):
            imdb = imdb_number
        elif name != "imdb" and (number := number_id(text)):
            numbers[name] = number
        else:
            _wrong(source, where, f"{text!r:.40} is no number of {name}; expected {_FORMS}")
    if kind is None and "tvdb" in numbers:
        kind = Kind.SHOW  # Trakt knows no film by a number of TVDB
    ids = Ids(trakt=numbers.get("trakt"), imdb=imdb, tmdb=numbers.get("tmdb"), tvdb=numbers.get("tvdb"))
    if not ids:
        _wrong(source, where, f"holds no id; expected {_FORMS}")
    return Declared(source=source, kind=kind, ids=ids)


def _wrong(source: str, where: str, what: str) -> NoReturn:
    raise InputError(f"{source}: {where}: {what}")
