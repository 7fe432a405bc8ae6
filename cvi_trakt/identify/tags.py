"""Ids that people and their programs write into paths, and the path without them.

Who writes what: Plex reads ``{imdb-tt…}``, ``{tmdb-…}``, ``{tvdb-…}`` and ``{edition-…}``; Jellyfin
and Emby read ``[imdbid-tt…]``, ``[tmdbid=…]``, ``[tvdbid-…]``; Radarr and Sonarr write either, on the
folder and, if so set, on the file. All of them mean the film, or the show as a whole: Sonarr's
tokens have no episode ids. Only IMDb numbers are given to single episodes as well, and renaming
programs write those into the names of episode files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from cvi_trakt.identify.paths import season_number
from cvi_trakt.media import NO_IDS, Ids

_CATALOGUES = {
    "imdb": "imdb",
    "tmdb": "tmdb",
    "themoviedb": "tmdb",
    "tvdb": "tvdb",
    "thetvdb": "tvdb",
}
_NAMES = "|".join(_CATALOGUES)
_TAG = re.compile(
    rf"[\[({{]\s*(?P<name>{_NAMES})(?:\.com)?(?:[ _-]?id)?\s*[-=: _]\s*(?P<value>(?:tt)?\d{{1,100}})\s*[\])}}]"
    rf"|(?<![^\W_])(?P<open_name>{_NAMES})id[-=](?P<open_value>(?:tt)?\d{{1,100}})(?![^\W_])"
    r"|[\[({]\s*(?P<bare_in>tt\d{7,9})\s*[\])}]"
    r"|(?<![^\W_])(?P<bare>tt\d{7,9})(?![^\W_])",
    re.IGNORECASE,
)
# Tags of catalogues that Trakt does not search by: only in the way of the title.
_OTHER_TAG = re.compile(
    r"[\[({]\s*(?:anidb|anilist|mal|myanimelist|tvmaze|tvrage|trakt|kinopoisk|douban)\d?(?:[ _-]?id)?"
    r"\s*[-=:]\s*[\w-]+\s*[\])}]",
    re.IGNORECASE,
)
_EDITION = re.compile(r"\{\s*edition-(?P<edition>[^{}]*)\}", re.IGNORECASE)
_LARGEST = 2**31 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagged:
    """A path with its tags taken out.

    ``bare`` and ``explicit`` hold, for each part, the ids that stand there alone (``tt0133093``)
    and in a tag that names its catalogue.
    """

    parts: tuple[str, ...]
    explicit: tuple[Ids, ...]
    bare: tuple[Ids, ...]
    edition: str | None = None

    def film_ids(self) -> Ids:
        """Give the ids of a film: from the file and every folder above it; the nearest wins."""
        return _nearest(ids for pair in zip(self.explicit, self.bare, strict=True) for ids in pair)

    def file_ids(self) -> Ids:
        """Give the ids of a film that stand on the file itself."""
        return _nearest((*self.explicit[-1:], *self.bare[-1:]))

    def show_ids_on_file(self) -> Ids:
        """Give the ids of the show that stand on the episode's own file."""
        return Ids(tmdb=self.explicit[-1].tmdb, tvdb=self.explicit[-1].tvdb)

    def show_ids(self) -> Ids:
        """Give the ids of the show that an episode belongs to.

        They come from the folders, but not from a season's own. On the file, a tag of TMDB or TVDB
        is the show's; a number of IMDb may be that of the episode, so it counts only on folders.
        """
        found: list[Ids] = []
        for index, part in enumerate(self.parts):
            on_file = index == len(self.parts) - 1
            if on_file:
                found.append(self.show_ids_on_file())
            elif season_number(part) is None:
                found.extend((self.explicit[index], self.bare[index]))
        return _nearest(found)


def read_tags(parts: tuple[str, ...]) -> Tagged:
    """Take the tags out of the parts of a path."""
    cleaned: list[str] = []
    explicit: list[Ids] = []
    bare: list[Ids] = []
    edition: str | None = None
    for part in parts:
        if found := _EDITION.search(part):
            edition = found["edition"].strip() or None
        explicit.append(_ids(part, groups=("name", "open_name")))
        bare.append(_ids(part, groups=("bare_in", "bare")))
        cleaned.append(_without_tags(part))
    return Tagged(parts=tuple(cleaned), explicit=tuple(explicit), bare=tuple(bare), edition=edition)


def _ids(part: str, *, groups: tuple[str, str]) -> Ids:
    """Collect the ids of one part; of two of one catalogue the last stands, as it is the more special."""
    imdb: str | None = None
    numbers: dict[str, int] = {}
    for tag in _TAG.finditer(part):
        named = tag["name"] or tag["open_name"]
        if (named is not None) != (groups[0] == "name"):
            continue
        value = (tag["value"] or tag["open_value"] or tag["bare_in"] or tag["bare"]).casefold()
        catalogue = _CATALOGUES[named.casefold()] if named else "imdb"
        digits = int(value.removeprefix("tt"))
        if not 0 < digits <= _LARGEST:
            continue
        if catalogue == "imdb":
            imdb = f"tt{digits:07d}"
        elif not value.startswith("tt"):
            numbers[catalogue] = digits
    if imdb is None and not numbers:
        return NO_IDS
    return Ids(imdb=imdb, tmdb=numbers.get("tmdb"), tvdb=numbers.get("tvdb"))


def _nearest(found: Iterable[Ids]) -> Ids:
    """Merge ids that come outermost first: for each catalogue the last one counts."""
    merged = NO_IDS
    for ids in found:
        if ids:
            merged = Ids(imdb=ids.imdb or merged.imdb, tmdb=ids.tmdb or merged.tmdb, tvdb=ids.tvdb or merged.tvdb)
    return merged


def _without_tags(part: str) -> str:
    cleaned = part
    for pattern in (_TAG, _OTHER_TAG, _EDITION):
        cleaned = pattern.sub(" ", cleaned)
    if cleaned == part:
        return part
    cleaned = re.sub(r"[ ]{2,}", " ", cleaned)
    cleaned = re.sub(r"\s+(\.\w{2,4})$", r"\1", cleaned)  # "Film (1999) .mkv"
    return cleaned.strip()
