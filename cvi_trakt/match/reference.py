"""Reads what a person types to name a film or show: an id, or a url of Trakt, IMDb, TMDB or TVDB."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import parse_qs, unquote, urlsplit

from cvi_trakt.media import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class IdReference:
    """A number in one catalogue: ``imdb``, ``tmdb``, ``tvdb`` or ``trakt``; ``kind`` None where the text names none."""

    source: str
    number: int | str
    kind: Kind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SlugReference:
    """The name that a work has in Trakt's addresses: ``the-matrix-1999``."""

    slug: str
    kind: Kind | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoReference:
    """Text that names no work, and why; ``ACCEPTED`` says what would do."""

    why: str


Reference = IdReference | SlugReference | NoReference

ACCEPTED = "Type tt0133093, tmdb:603, tvdb:81189, trakt:481, or a url."
_TVDB_SLUG = "No number in this url: type tvdb:NUMBER, as its page shows"
_AROUND = " \t\r\n\"'<>()[]{}"  # what people copy with an id or a url
_BEHIND = _AROUND + ".,;/"
_IMDB = re.compile(r"tt[0-9]{5,12}", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]{1,12}")
_NUMBER_FIRST = re.compile(r"([0-9]{1,12})(?:-.*)?", re.DOTALL)
_SLUG = re.compile(r"[\w-]+")
_NAMED = re.compile(r"(imdb|tmdb|tvdb|trakt)(?:id)?\s*[:=-]\s*(.+)", re.IGNORECASE | re.DOTALL)
_ADDRESS = re.compile(r"(?:https?:)?//|[\w-]+(?:\.[\w-]+)+/", re.IGNORECASE)
_KINDS: Mapping[str, Kind] = {
    "movie": Kind.MOVIE,
    "movies": Kind.MOVIE,
    "show": Kind.SHOW,
    "shows": Kind.SHOW,
    "series": Kind.SHOW,
    "tv": Kind.SHOW,
}


def read_reference(text: str) -> Reference:
    """Read an id or a url; a bare number is Trakt's own."""
    text = text.strip(_AROUND).rstrip(_BEHIND)
    if _ADDRESS.match(text):
        return _of_url(text)
    named = _NAMED.fullmatch(text)
    if named:
        return _of_catalogue(named[1].lower(), named[2].strip())
    return _of_catalogue("imdb" if _IMDB.fullmatch(text) else "trakt-number", text)


def _of_catalogue(source: str, text: str, kind: Kind | None = None) -> Reference:
    if source == "imdb" and _IMDB.fullmatch(text):
        return IdReference(source=source, number=text.lower())
    if source != "imdb" and _NUMBER.fullmatch(text):
        return IdReference(source=source.removesuffix("-number"), number=int(text), kind=kind)
    if source == "trakt" and _SLUG.fullmatch(text):
        return SlugReference(slug=text.lower(), kind=kind)
    return NoReference(why=f"Not an id or url that can be looked up: {text[:60]}")


def _of_url(text: str) -> Reference:
    try:
        parts = urlsplit(text if "//" in text else f"//{text}")
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:  # such as a bracket that is not closed
        return NoReference(why="This is no url")
    steps = [unquote(step) for step in parts.path.split("/") if step]
    if _is_of(host, "trakt.tv"):
        return _of_trakt(steps)
    if _is_of(host, "imdb.com"):
        found = next((step for step in steps if _IMDB.fullmatch(step)), None)
        return _of_catalogue("imdb", found) if found else NoReference(why="No tt number in this IMDb url")
    if _is_of(host, "themoviedb.org"):
        return _of_tmdb(steps)
    if _is_of(host, "thetvdb.com"):
        return _of_tvdb(steps, parse_qs(parts.query))
    return NoReference(why=f"Urls of {host[:60]} cannot be looked up")


def _is_of(host: str, site: str) -> bool:
    return host == site or host.endswith(f".{site}")


def _of_trakt(steps: Sequence[str]) -> Reference:
    """``/movies/SLUG``, ``/shows/SLUG/seasons/1``; a number may stand for the slug. Also ``/search/imdb/tt…``."""
    for place, name in pairwise(steps):
        if place in ("movies", "shows") and _SLUG.fullmatch(name):
            return SlugReference(slug=name.lower(), kind=_KINDS[place])
        if place in ("imdb", "tmdb", "tvdb"):
            return _of_catalogue(place, name)
    return NoReference(why="This Trakt url is not a movie or a show")


def _of_tmdb(steps: Sequence[str]) -> Reference:
    """``/movie/603-the-matrix``, ``/tv/1396``."""
    for place, name in pairwise(steps):
        number = _NUMBER_FIRST.fullmatch(name)
        if place in ("movie", "tv") and number:
            return _of_catalogue("tmdb", number[1], _KINDS[place])
    return NoReference(why="This TMDB url is not a movie or a show")


def _of_tvdb(steps: Sequence[str], query: Mapping[str, Sequence[str]]) -> Reference:
    """``/dereferrer/series/81189``, and the old ``?tab=series&id=81189``; TVDB's slugs are known to nobody else."""
    if steps[:1] == ["dereferrer"] and len(steps) > 2 and steps[1] in _KINDS:
        return _of_catalogue("tvdb", steps[2], _KINDS[steps[1]])
    numbers = query.get("seriesid") or (query.get("id") if query.get("tab") == ["series"] else None)
    return _of_catalogue("tvdb", numbers[0], Kind.SHOW) if numbers else NoReference(why=_TVDB_SLUG)
