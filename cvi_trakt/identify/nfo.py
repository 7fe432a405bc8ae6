"""Reads NFO files: what Kodi, Jellyfin, Emby, Radarr and Sonarr write beside videos, and what release groups do.

Kodi's documentation knows three forms: XML, an address alone, and XML with an address after it. Real
files have more: several episodes one after another in one file, XML that is none, art of letters with an
address in it. XML is read element by element from the start tag of its root on, where no DOCTYPE can
stand, and every reference that XML does not itself define is taken as text: no file can make entities
expand or point anywhere.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from cvi_trakt.identify.evidence_text import Links, decode, find_links, imdb_id, merged, number_id, year_of
from cvi_trakt.media import NO_IDS, Declared, Ids, Kind

MOST_BYTES = 1_000_000  # what is longer is no description of a film; it is cut, and what is left is searched as text

_MOST_ROOTS = 100  # episodes in one file
_MOST_EPISODES = 100
_ROOT = re.compile(r"<(movie|tvshow|episodedetails)(?=[\s>])", re.IGNORECASE)
# Descriptions of something else: the ids in them are those of a season, a song, a set.
_OTHER_ROOTS = frozenset({"season", "musicvideo", "album", "artist", "set", "book"})
_FIRST_TAG = re.compile(r"<([A-Za-z]\w{0,30})(?=[\s>])")
_LOOSE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_UNIQUE_ID = re.compile(
    r"""<uniqueid\b[^>]{0,200}?\btype\s*=\s*["'](\w{1,20})["'][^>]{0,200}>\s*((?:tt)?[0-9]{1,10})\s*<""", re.IGNORECASE
)
_GUIDE_ID = re.compile(r'"(imdb|tmdb|tvdb)(?:_?id)?"\s*:\s*"?((?:tt)?[0-9]{1,10})(?![0-9])', re.IGNORECASE)

_CATALOGUES = {"imdb": "imdb", "tmdb": "tmdb", "themoviedb": "tmdb", "tvdb": "tvdb", "thetvdb": "tvdb"}
# Tags that hold an id and name its catalogue, as older programs and Emby write them.
_OLD_TAGS = {f"{name}{ending}": name for name in ("imdb", "tmdb", "tvdb") for ending in ("", "id", "_id")}


@dataclass(slots=True)
class _Element:
    """One child of the root: its attributes, and all the text in it."""

    name: str
    attributes: dict[str, str]
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All the text, that of inner elements too."""
        return "".join(self.pieces).strip()


@dataclass(slots=True)
class _Root:
    """One description: its kind of root, and the children in their order."""

    name: str
    children: list[_Element] = field(default_factory=list)

    def text(self, *names: str) -> Iterator[str]:
        """Give the texts of the children of these names that hold any, in the order of the names."""
        for name in names:
            for child in self.children:
                if child.name == name and (text := " ".join(html.unescape(child.text).split())):
                    yield text


def read_nfo(data: bytes, *, source: str) -> tuple[Declared, ...]:
    """Read one NFO: one description for a film or show, one for each episode, none if it says nothing.

    The ids in the description of an episode are the episode's own, so they are left out.
    """
    text = decode(data[:MOST_BYTES])
    is_cut = len(data) > MOST_BYTES
    roots, rest = ([], "") if is_cut else _read_roots(text)
    if roots:
        after = find_links(rest)
        return tuple(_declared(root, after, source) for root in roots)
    found = _search(text.rstrip("0123456789") if is_cut else text)  # the cut may have gone through a number
    if found.clash or not found.ids:
        return ()
    return (Declared(source=source, kind=found.kind, ids=found.ids),)


def _read_roots(text: str) -> tuple[list[_Root], str]:
    """Read every description in the file, and what stands after the last; none if one of them is no XML."""
    plain = _without_comments(_NOT_XML.sub("", text))
    roots: list[_Root] = []
    position = 0
    while (start := _ROOT.search(plain, position)) and len(roots) < _MOST_ROOTS:
        end = re.compile(rf"</{start[1]}\s*>", re.IGNORECASE).search(plain, start.end())
        root = _parse(plain[start.start() : end.end()]) if end else None
        if root is None or end is None:
            return [], ""
        roots.append(root)
        position = end.end()
    return roots, plain[position:]


def _without_comments(text: str) -> str:
    """Drop the comments; a loop, as a pattern would look for the end of each that has none anew."""
    kept: list[str] = []
    position = 0
    while (start := text.find("<!--", position)) >= 0 and (end := text.find("-->", start)) >= 0:
        kept.append(text[position:start])
        position = end + len("-->")
    return "".join((*kept, text[position:]))


def _parse(document: str) -> _Root | None:
    """Read one element; None if it is no well-formed XML."""
    root = _Root(name="")
    depth = 0

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth == 1:
            root.name = name.casefold()
        elif depth == 2:
            lowered = {key.casefold(): value for key, value in attributes.items()}
            root.children.append(_Element(name.casefold(), lowered))

    def closed(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def said(text: str) -> None:
        if depth > 1:
            root.children[-1].pieces.append(text)

    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = said
    try:
        parser.Parse(_LOOSE_AMPERSAND.sub("&amp;", document), True)
    except expat.ExpatError:
        return None
    return root


def _declared(root: _Root, after: Links, source: str) -> Declared:
    """Say what a description says; an address after it fills in what it lacks, if that is of its kind."""
    if root.name == "episodedetails":
        return _episode(root, source)
    kind = Kind.MOVIE if root.name == "movie" else Kind.SHOW
    ids = merged(_own_ids(root, kind), after.ids if after.kind in (kind, None) else NO_IDS)
    years = (year for text in root.text("year", "premiered", "releasedate", "aired") if (year := year_of(text)))
    title = next(root.text("title", "localtitle"), None)
    return Declared(source=source, kind=kind, ids=ids, title=title, year=next(years, None))


def _episode(root: _Root, source: str) -> Declared:
    """Read an episode; neither its ids nor its title and year are the show's."""
    season = next(map(_count, root.text("season")), None)
    first = next(map(_count, root.text("episode")), None)
    last = next(map(_count, root.text("episodenumberend")), None)
    episodes: tuple[int, ...] = ()
    if first is not None:
        end = last if last is not None and first < last < first + _MOST_EPISODES else first
        episodes = tuple(range(first, end + 1))
    title = next(root.text("showtitle"), None)
    return Declared(source=source, kind=Kind.SHOW, title=title, season=season, episodes=episodes)


def _count(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[0-9]{1,5}", text) else None


def _own_ids(root: _Root, kind: Kind) -> Ids:
    """Collect the ids of a film or show: `uniqueid` first, then the old tags, the episode guide last."""
    unique = [_unique_id(child) for child in root.children if child.name == "uniqueid"]
    old = [_id_of(_OLD_TAGS[child.name], child.text) for child in root.children if child.name in _OLD_TAGS]
    # Where there is a uniqueid, Kodi repeats the main one here, of whatever catalogue that is.
    numbers_are_tvdb = kind is Kind.SHOW and not any(unique)
    plain = [_plain_id(child, numbers_are_tvdb=numbers_are_tvdb) for child in root.children if child.name == "id"]
    guides = [_guide_ids(child.text) for child in root.children if child.name == "episodeguide" and kind is Kind.SHOW]
    return merged(NO_IDS, *unique, *old, *plain, *guides)


def _unique_id(child: _Element) -> Ids:
    catalogue = _CATALOGUES.get(child.attributes.get("type", "").strip().casefold())
    if catalogue is None:
        return find_links(child.text).ids if child.text.startswith("tt") else NO_IDS
    return _id_of(catalogue, child.text)


def _plain_id(child: _Element, *, numbers_are_tvdb: bool) -> Ids:
    """Read `<id>`: a number of IMDb, or for a show one of TVDB; or attributes that name the catalogue."""
    named = [_id_of(name, child.attributes.get(name, "")) for name in ("imdb", "tmdb", "tvdb")]
    text = child.text
    if text.startswith("tt"):
        named.append(_id_of("imdb", text))
    elif numbers_are_tvdb and not any(named):
        named.append(_id_of("tvdb", text))
    return merged(NO_IDS, *named)


def _guide_ids(text: str) -> Ids:
    """Read where a show's episodes are listed: JSON with ids, or an address of TVDB or TMDB."""
    found = [_id_of(name.casefold(), value) for name, value in _GUIDE_ID.findall(text)]
    links = find_links(text)
    return merged(NO_IDS, *found, links.ids if links.kind is not Kind.MOVIE else NO_IDS)


def _id_of(catalogue: str, text: str) -> Ids:
    if catalogue == "imdb":
        return Ids(imdb=imdb_id(text))
    number = number_id(text)
    return Ids(tmdb=number) if catalogue == "tmdb" else Ids(tvdb=number)


def _search(text: str) -> Links:
    """Look for ids in what is no readable XML: an address alone, a torn description, art of letters."""
    start = _ROOT.search(text)
    root = start[1].casefold() if start else ""
    first = _FIRST_TAG.search(text)
    if root == "episodedetails" or (start is None and first and first[1].casefold() in _OTHER_ROOTS):
        return Links()
    kind = {"movie": Kind.MOVIE, "tvshow": Kind.SHOW}.get(root)
    if kind and (ids := _first_unique_id(text)):
        return Links(kind=kind, ids=ids)
    found = find_links(text)
    if kind and found.kind not in (kind, None):
        return Links(clash=True)
    return Links(kind=kind or found.kind, ids=found.ids, clash=found.clash)


def _first_unique_id(text: str) -> Ids:
    """Read the first `uniqueid` of a torn description; a later one may be that of something else in it."""
    start = text.find("<uniqueid")
    found = _UNIQUE_ID.match(text, start) if start >= 0 else None
    catalogue = _CATALOGUES.get(found[1].casefold()) if found else None
    return _id_of(catalogue, found[2]) if found and catalogue else NO_IDS
