"""What the other tools of the field do with a path: guessit, and then the first result."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import requests

from cvi_trakt.sandbox import CLIENT_ID
from cvi_trakt.trakt_api.client import escape
from cvi_trakt.workers import ordered_map

Answer = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Reading:
    """What guessit says of a path; no title is an empty one."""

    kind: str
    title: str
    year: int | None


def read(path: str) -> Reading:
    """Let guessit read a path, the whole of it."""
    from guessit import guessit

    try:
        said = guessit(path)
    except Exception:  # noqa: BLE001 - a peer that falls over has read nothing
        return Reading("movie", "", None)
    title, year = said.get("title"), said.get("year")
    kind = "show" if said.get("type") == "episode" else "movie"
    return Reading(
        kind,
        str(title[0] if isinstance(title, list) else title or ""),
        int(year[0] if isinstance(year, list) else year) if year else None,
    )


@dataclass(slots=True)
class Search:
    """Asks the sandbox as a tool without an account would; each question once."""

    url: str
    asked: int = 0
    seconds: float = 0.0
    _session: requests.Session = field(default_factory=requests.Session)
    _known: dict[str, Answer] = field(default_factory=dict)

    def __call__(self, reading: Reading, *, exact: bool) -> Answer:
        """Give the first page of results: a list of films or of shows."""
        question = urlencode({"query": escape(reading.title), "extended": "full", "page": 1, "limit": 30})
        path = f"/search/{reading.kind}{'/exact' if exact else ''}?{question}"
        if path not in self._known:
            began = time.monotonic()
            headers = {"trakt-api-key": CLIENT_ID, "trakt-api-version": "2", "User-Agent": "benchmark/1"}
            answer = self._session.get(self.url + path, headers=headers, timeout=60)
            answer.raise_for_status()
            self.asked += 1
            self.seconds += time.monotonic() - began
            self._known[path] = [one[reading.kind] for one in answer.json()]
        return self._known[path]


def first_result(reading: Reading, search: Search) -> dict[str, Any] | None:
    """Take the first result of the broad search."""
    return next(iter(search(reading, exact=False)), None)


def first_of_the_year(reading: Reading, search: Search) -> dict[str, Any] | None:
    """Take the first result of the broad search that is of the year; the first of all where no year was read."""
    found = search(reading, exact=False)
    return next((one for one in found if reading.year in (None, one["year"])), None)


def exact_title_and_year(reading: Reading, search: Search) -> dict[str, Any] | None:
    """Take the first result of the exact search that is of the year, if one was read."""
    found = search(reading, exact=True)
    return next((one for one in found if reading.year in (None, one["year"])), None)


Choice = Callable[[Reading, Search], dict[str, Any] | None]

PEERS: dict[str, Choice] = {
    "guessit, first result": first_result,
    "guessit, first of the year": first_of_the_year,
    "guessit, exact title and year": exact_title_and_year,
}


def choose(readings: Sequence[Reading], search: Search, choice: Choice) -> list[dict[str, object] | None]:
    """Give what a peer adds for each reading, as the scoring rule wants it."""
    chosen = [choice(one, search) if one.title else None for one in readings]
    return [
        {"trakt": found["ids"]["trakt"], "kind": reading.kind} if found else None
        for reading, found in zip(readings, chosen, strict=True)
    ]


def read_all(paths: Sequence[str]) -> list[Reading]:
    """Read paths with guessit, in one process a core."""
    return [*ordered_map(read, paths, jobs=None)]
