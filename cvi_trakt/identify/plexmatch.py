"""Reads `.plexmatch`, the hints that a person, or Sonarr, gives Plex for the folder of a show or a season.

Plex documents lines of `name: value`, the names in any case, `#` before a comment, and the file for
series only. Programs write it beside films as well, with the same names, so it is of no kind unless
something in it is of one: a season, an episode, the name `show`, or Plex's own number of a show or film.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from cvi_trakt.identify.evidence_text import decode, imdb_id, merged, number_id, year_of
from cvi_trakt.media import NO_IDS, Declared, Ids, Kind

_MOST_EPISODES = 100
_GUID = re.compile(r"(imdb|tmdb|themoviedb|tvdb|thetvdb)://((?:tt)?[0-9]{1,10})(?![0-9])", re.IGNORECASE)
_PLEX_GUID = re.compile(r"plex://(movie|show|season|episode)/", re.IGNORECASE)
_EPISODE = re.compile(
    r"(?:s(?P<season>[0-9]{1,4})[ ._]*e|(?P<special>sp)|e)?(?P<first>[0-9]{1,5})"
    r"(?P<more>(?:-?e[0-9]{1,5})*)(?:-(?P<last>[0-9]{1,5}))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """The season and the episodes that a line gives one file; the season is None where it is the folder's."""

    season: int | None
    episodes: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What one `.plexmatch` says, for the whole folder and for single files, by the names of these."""

    kind: Kind | None = None
    ids: Ids = NO_IDS
    title: str | None = None
    year: int | None = None
    season: int | None = None
    files: Mapping[str, Numbers] = field(default_factory=dict)

    def about(self, name: str, *, source: str) -> Declared | None:
        """Say what the hints say of the video of this name; None if that is nothing."""
        numbers = self.files.get(_same_name(name))
        season = numbers.season if numbers and numbers.season is not None else self.season
        if numbers is None and season is None and not (self.ids or self.title or self.year):
            return None
        return Declared(
            source=source,
            kind=self.kind,
            ids=self.ids,
            title=self.title,
            year=self.year,
            season=season,
            episodes=numbers.episodes if numbers else (),
        )


def read_plexmatch(data: bytes, *, source: str, name: str) -> Declared | None:
    """Read what a `.plexmatch` says of the video ``name``; None if that is nothing."""
    return read_hints(data).about(name, source=source)


def read_hints(data: bytes) -> Hints:
    """Read a whole `.plexmatch`; what is no hint is passed over, as Plex does."""
    values: dict[str, str] = {}
    ids = guids = NO_IDS
    kind: Kind | None = None
    files: dict[str, Numbers] = {}
    for line in decode(data).splitlines():
        key, colon, value = (part.strip() for part in line.partition(":"))
        key = key.casefold()
        if not colon or not value or key.startswith("#"):
            continue
        if key in ("ep", "episode"):
            _add_episode(files, value)
        elif key == "guid":
            guids, kind = merged(guids, _guid_ids(value)), kind or _guid_kind(value)
        elif key in ("imdbid", "tmdbid", "tvdbid"):
            ids = merged(ids, _id(key.removesuffix("id"), value))
        else:
            values.setdefault(key, value)
    season = _season(values.get("season", ""))
    if kind is None and ("show" in values or season is not None or files):
        kind = Kind.SHOW
    title = values.get("title") or values.get("show")
    year = year_of(values.get("year", ""))
    return Hints(kind=kind, ids=merged(ids, guids), title=title, year=year, season=season, files=files)


def _season(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[0-9]{1,4}", text) else None


def _id(catalogue: str, text: str) -> Ids:
    if catalogue == "imdb":
        return Ids(imdb=imdb_id(text))
    return Ids(tmdb=number_id(text)) if catalogue in ("tmdb", "themoviedb") else Ids(tvdb=number_id(text))


def _guid_ids(value: str) -> Ids:
    found = _GUID.search(value)
    return _id(found[1].casefold(), found[2]) if found else NO_IDS


def _guid_kind(value: str) -> Kind | None:
    found = _PLEX_GUID.match(value)
    if found is None:
        return None
    return Kind.MOVIE if found[1].casefold() == "movie" else Kind.SHOW


def _add_episode(files: dict[str, Numbers], value: str) -> None:
    """Take a line such as `S01E05: file name`; a file in two lines holds the episodes of both."""
    written, colon, file = value.partition(":")
    numbers = _numbers(written.strip())
    name = _same_name(re.split(r"[/\\]", file.strip())[-1])
    if numbers is None or not colon or not name:
        return
    known = files.get(name)
    if known and known.season == numbers.season and len(known.episodes) < _MOST_EPISODES:
        episodes = tuple(sorted({*known.episodes, *numbers.episodes}))
        files[name] = Numbers(season=known.season, episodes=episodes)
    elif known is None:
        files[name] = numbers


def _numbers(written: str) -> Numbers | None:
    """Read `5`, `E05`, `S01E05`, `S01E05-E06`, `S01E05E06`, `5-6`; `SP01` is a special."""
    found = _EPISODE.fullmatch(written)
    if found is None:
        return None
    first = int(found["first"])
    more = [int(number) for number in re.findall(r"[0-9]+", found["more"])]
    last = int(found["last"]) if found["last"] else max(more, default=first)
    if not first <= last < first + _MOST_EPISODES:
        return None
    season = 0 if found["special"] else int(found["season"]) if found["season"] else None
    return Numbers(season=season, episodes=tuple(range(first, last + 1)))


def _same_name(name: str) -> str:
    """Give a file name so that two spellings of one name are equal: macOS takes accents apart."""
    return unicodedata.normalize("NFC", name).casefold()
