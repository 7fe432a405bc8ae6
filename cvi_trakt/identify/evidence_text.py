"""What the text of a small file beside a video holds: its letters, and the ids and addresses of catalogues in it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from cvi_trakt.media import NO_IDS, Ids, Kind

LARGEST = 2**31 - 1  # Trakt and the catalogues count in signed 32 bits

_UTF16 = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16", b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
_DECLARED = re.compile(rb"""\A\s*<\?xml[^>]{0,80}?encoding\s*=\s*["']([A-Za-z0-9._-]{2,20})["']""")
# Only encodings of text: Python's list also has ones that unpack or evaluate what they read.
_TEXT_ENCODING = re.compile(
    r"iso-?8859-\d{1,2}|latin-?1|windows-125\d|cp\d{3,4}|big5|gb(?:k|2312|18030)|shift[_-]jis|euc-(?:jp|kr)|koi8-[ru]",
    re.IGNORECASE,
)

# What stands around a number in scene art are bytes of CP437, letters in other encodings: only ASCII ends it.
_IMDB = re.compile(r"(?<![A-Za-z0-9])tt([0-9]{7,9})(?![A-Za-z0-9])")
_IMDB_URL = re.compile(
    r"imdb\.[a-z.]{2,6}/(?:[a-z]{2}/)?(?:title/(?:tt)?|title\?(?:tt)?)([0-9]{5,9})(?![0-9])", re.IGNORECASE
)
_TMDB_URL = re.compile(
    r"(?:themoviedb|tmdb)\.org/(?:3/)?(?P<kind>movie|tv)/(?P<number>[0-9]{1,10})(?![0-9])", re.IGNORECASE
)
# An address such as `thetvdb.com/series/1899` ends in a name, which may look like a number: it is none of these.
_TVDB_URL = re.compile(
    r"thetvdb\.com/(?:dereferrer/series/|api/\w{1,40}/series/)(?P<path>[0-9]{1,10})(?![0-9])"
    r"|api\d?\.thetvdb\.com/(?:v\d/)?series/(?P<api>[0-9]{1,10})(?![0-9])"
    r"|thetvdb\.com/(?:index\.php)?\?(?P<query>[\w=&;]{1,200})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """What addresses and numbers in a text point at.

    ``clash`` says that they point at more than one film or show; there are no ids then.
    """

    kind: Kind | None = None
    ids: Ids = NO_IDS
    clash: bool = False


def decode(data: bytes) -> str:
    """Give bytes as text, whatever they are: UTF-8, UTF-16, what an XML declaration names, else Windows' Latin-1."""
    for beginning, encoding in _UTF16.items():
        if data.startswith(beginning):
            return data.decode(encoding, errors="replace").removeprefix("\ufeff")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start > len(data) - 4 and error.reason == "unexpected end of data":
            return data[: error.start].decode("utf-8-sig")  # cut off in the middle of a letter
    named = _DECLARED.match(data)
    if named and _TEXT_ENCODING.fullmatch(encoding := named[1].decode("ascii")):
        try:
            return data.decode(encoding, errors="replace")
        except LookupError:
            pass  # a name of that form that Python does not know; the next line reads the ASCII in it
    return data.decode("cp1252", errors="replace")


def imdb_id(text: str) -> str | None:
    """Give a number of IMDb as it is written today, ``tt`` and at least seven digits, or None for anything else."""
    found = re.fullmatch(r"\s*(?:tt)?([0-9]{5,10})\s*", text, re.IGNORECASE)
    number = int(found[1]) if found else 0
    return f"tt{number:07d}" if 0 < number <= LARGEST else None


def number_id(text: str) -> int | None:
    """Give a number of TMDB, TVDB or Trakt, or None for anything else."""
    found = re.fullmatch(r"\s*([0-9]{1,10})\s*", text)
    number = int(found[1]) if found else 0
    return number if 0 < number <= LARGEST else None


def year_of(text: str) -> int | None:
    """Give the year that a text or an ISO 8601 date begins with, or None."""
    found = re.match(r"\s*((?:18|19|20)[0-9]{2})(?![0-9])", text)
    return int(found[1]) if found else None


def merged(first: Ids, *others: Ids) -> Ids:
    """Fill what the first ids lack from the others, the earlier first."""
    for ids in others:
        first = Ids(
            trakt=first.trakt or ids.trakt,
            slug=first.slug or ids.slug,
            imdb=first.imdb or ids.imdb,
            tmdb=first.tmdb or ids.tmdb,
            tvdb=first.tvdb or ids.tvdb,
        )
    return first


def find_links(text: str) -> Links:
    """Look for numbers of IMDb and for addresses of IMDb, TMDB and TVDB; none are given if they disagree."""
    numbers = (imdb_id(found[1]) for pattern in (_IMDB, _IMDB_URL) for found in pattern.finditer(text))
    imdb = set(filter(None, numbers))
    tmdb: set[int] = set()
    kinds: set[Kind] = set()
    for found in _TMDB_URL.finditer(text):
        if number := number_id(found["number"]):
            kinds.add(Kind.MOVIE if found["kind"].casefold() == "movie" else Kind.SHOW)
            tmdb.add(number)
    tvdb = set(_tvdb_numbers(text))
    if tvdb:
        kinds.add(Kind.SHOW)
    if max(len(imdb), len(tmdb), len(tvdb), len(kinds)) > 1:
        return Links(clash=True)
    ids = Ids(imdb=next(iter(imdb), None), tmdb=next(iter(tmdb), None), tvdb=next(iter(tvdb), None))
    return Links(kind=next(iter(kinds), None), ids=ids)


def _tvdb_numbers(text: str) -> Iterator[int]:
    for found in _TVDB_URL.finditer(text):
        if number := number_id(found["path"] or found["api"] or _series_in_query(found["query"])):
            yield number


def _series_in_query(query: str) -> str:
    """Give the series that `?tab=…&id=…` names: for an episode and a season, `id` is their own number."""
    pairs = (pair.partition("=") for pair in query.casefold().replace("&amp;", "&").split("&"))
    values = {key: value for key, _, value in pairs}
    own = values.get("id", "") if values.get("tab", "series") == "series" else ""
    return values.get("seriesid", own)
