"""Loads the built-in catalogue, or a bigger one from an SQLite file."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from cvi_trakt.errors import InputError
from cvi_trakt.sandbox.catalogue import Catalogue, Entry, WorkKind

_COLUMNS: Final[dict[WorkKind, str]] = {
    "movie": "SELECT trakt, slug, title, original_title, year, imdb, tmdb, NULL AS tvdb, votes,"
    " NULL AS country FROM movies ORDER BY trakt",
    "show": "SELECT trakt, slug, title, original_title, year, imdb, tmdb, tvdb, votes, country"
    " FROM shows ORDER BY trakt",
}


def load_catalogue(file: Path | None) -> Catalogue:
    """Load the catalogue in ``file``, or the built-in one. Raises ``InputError``."""
    if file is None:
        return Catalogue(_built_in())
    if not file.is_file():
        raise InputError(f"{file}: no such catalogue")
    try:
        return Catalogue(_from_sqlite(file))
    except sqlite3.Error as error:
        raise InputError(f"{file}: not a catalogue with movies, shows and aliases ({error})") from error


def _built_in() -> Iterator[Entry]:
    text = resources.files("cvi_trakt.sandbox").joinpath("catalogue.json").read_text("utf-8")
    data = json.loads(text)
    for kind in ("movie", "show"):
        for row in data[f"{kind}s"]:
            yield _entry(kind, row)


def _entry(kind: WorkKind, row: dict[str, Any]) -> Entry:
    fields = dict(row)
    seasons = {int(number): count for number, count in fields.pop("seasons", {}).items()}
    return Entry(
        kind=kind,
        aliases=tuple((alias.get("country"), alias["title"]) for alias in fields.pop("aliases", ())),
        genres=tuple(fields.pop("genres", ())),
        seasons=seasons if kind == "show" else None,
        **fields,
    )


def _from_sqlite(file: Path) -> Iterator[Entry]:
    # Immutable: the file may lie in a folder that cannot be written, where SQLite could not lock it.
    with sqlite3.connect(f"file:{quote(str(file))}?mode=ro&immutable=1", uri=True) as database:
        database.row_factory = sqlite3.Row
        aliases: dict[tuple[str, int], list[tuple[None, str]]] = {}
        for kind, trakt, alias in database.execute("SELECT kind, trakt, alias FROM aliases"):
            aliases.setdefault((kind, trakt), []).append((None, alias))
        for work_kind, query in _COLUMNS.items():
            for row in database.execute(query):
                known = tuple(aliases.get((work_kind, row["trakt"]), ()))
                yield Entry(kind=work_kind, aliases=known, **dict(row) | {"votes": row["votes"] or 0})
    database.close()
