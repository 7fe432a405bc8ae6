"""A second reading of a file name, by grammar alone: no dictionary of languages, countries or titles eats its words."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from cvi_trakt.identify.grammar.front import heart, leading_year, without_groups
from cvi_trakt.identify.grammar.of_counts import fansub_number
from cvi_trakt.identify.grammar.rows import read_row, titles_in
from cvi_trakt.identify.grammar.sign import Sign, Strength
from cvi_trakt.identify.grammar.signs import find_sign, signs
from cvi_trakt.identify.spelling import spaced
from cvi_trakt.media import Kind
from cvi_trakt.release_words import begins_release, first_release_word

_YEAR = re.compile(
    r"(?<![^\W_])(?P<open>[(\[]?)(?P<year>(?:18[89]|19\d|20[0-3])\d)(?:[-–](?:\d{4})?)?(?P<close>[)\]]?)(?![^\W_]|[.]\d\d[.]\d\d(?!\d))"
)
_COUNTRY = re.compile(r"[\s._]*\((?P<code>US|UK|GB|AU|NZ|CA|IE|JP|KR|DE|FR|SE|NO|DK|NL|BE|ES|IN|ZA|BR|MX)\)[\s._-]*$")
_LAST_YEAR = re.compile(
    r"[\s._,-]*[(\[]?(?<![^\W_])(?<!\d-)(?P<year>(?:18[89]|19\d|20[0-3])\d)(?:-(?:\d{4})?)?[)\]]?[\s._-]*$"
)
# What a release writes in brackets behind a title: "[HDTV 720p]", "(VHS)", "[TSHS]".
_RELEASE_BRACKET = re.compile(
    r"(?:[\s._-]*[(\[](?:[^()\[\]]*(?:hdtv|\d{3,4}p|dvd|vhs|blu-?ray|web)[^()\[\]]*|(?-i:[A-Z0-9]{2,6}))[)\]])+[\s._-]*$",
    re.IGNORECASE,
)
_BRACKETS_LAST = re.compile(r"(?<=[^\s\]])(?:[\s._]*\[[^\[\]]*\])+\s*$")
# What stands between a title and its number and is of neither.
_AROUND_SIGN = re.compile(
    r"(?:[\s._-]+(?:(?:the[\s._-]+)?complete(?:[\s._-]+(?:series|seasons?|collection))?|tv[\s._-]+series|seasons?"
    r"|ep|episode|\d{2,4}-\d{2,4}|-[\s._]+\d{1,3}\.5)"
    r"|[\s._-]*[(\[](?:tv|dvd|bd|dual[ ._]audio|part|web|uncut|extended|uncensored|unrated|remastered)?[)\]]?"
    r")*[\s._(\[-]*$",
    re.IGNORECASE,
)
_BROADCAST = re.compile(r"(?<![^\W_])(?:hdtv|pdtv|dsr|tvrip|web-?dl|webrip)(?![^\W_])", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """What the grammar reads: title None where the name has none; ``titles`` are other names in it.

    ``film`` is the same name read as a film's, where its sign may be a word of a title:
    ``Open Season 2 (2008)``. ``title_with_year`` is the title where the year stands bare, so that it
    may be a word of it: ``Sealab 2021``. ``is_broadcast`` says that the release was recorded from
    television, ``is_fansub`` that a group stands in brackets before the title, and
    ``title_with_group`` is the title with it: ``[REC] 3 Genesis``.
    """

    kind: Kind
    title: str | None
    year: int | None = None
    year_is_first: bool = True
    sign: Sign | None = None
    titles: tuple[str, ...] = ()
    title_with_year: str | None = None
    is_broadcast: bool = False
    is_fansub: bool = False
    title_with_group: str | None = None
    country: str | None = None
    film: Plain | None = None

    @property
    def strength(self) -> Strength | None:
        """How surely it is an episode; None for a film."""
        return self.sign.strength if self.sign else None


def read_plain(name: str) -> Plain | None:
    """Read a file name; None where there is nothing to read."""
    text = heart(name)
    row = read_row(text)
    if row is not None:
        kind = Kind.SHOW if row.sign else Kind.MOVIE
        return Plain(kind=kind, title=row.titles[0], year=row.year, sign=row.sign, titles=row.titles[1:])
    body, groups = without_groups(text)
    sign = find_sign(body)
    if groups and (sign is None or sign.strength is Strength.WEAK):
        sign = fansub_number(body) or sign
    if sign is None:
        plain = _film(_BRACKETS_LAST.sub("", body) if groups else body)
        return (
            replace(_one_script(plain), is_fansub=bool(groups), title_with_group=_grouped(plain, groups))
            if plain
            else None
        )
    film = _film(body) if sign.season is None or not sign.episodes else None
    if film and film.year is None and sign.strength is not Strength.WEAK:
        film = None  # without a year nothing speaks for a film
    return replace(_one_script(_show(body, sign, groups)), film=film)


def _one_script(plain: Plain) -> Plain:
    """Take the Latin one of two titles in two scripts, and keep the other."""
    titles = titles_in(plain.title) if plain.title else []
    return replace(plain, title=titles[0], titles=tuple(titles[1:])) if len(titles) > 1 else plain


def _show(body: str, sign: Sign, groups: str) -> Plain:
    starts = [other.start for other in signs(body) if other.strength >= Strength.FAIR and other.start > 0]
    before = body[: min([sign.start, *starts])]
    release = first_release_word(before)
    before = _AROUND_SIGN.sub("", before[:release] if re.search(r"[^\W_]", before[:release]) else before)
    whole = before
    before, year = leading_year(before)
    before, country = _without_country(before)
    found = _LAST_YEAR.search(before)
    if found and found.start() > 0:
        before, year = before[: found.start()], int(found["year"])
    if country is None:
        before, country = _without_country(before)
    title = _title(before)
    if title is None and groups and not sign.seasons:
        title = _title(groups.strip(" ._-[]【】"))
    bare = _title(whole) if year and not re.search(rf"[(\[]{year}", whole) else None
    is_first = True
    if year is None and title:
        later = _YEAR.search(body, sign.end)
        year, is_first = (int(later["year"]), False) if later else (None, True)
    return Plain(
        kind=Kind.SHOW,
        title=title,
        year=year,
        year_is_first=is_first,
        sign=sign,
        title_with_year=bare,
        country=country if title else None,
        is_broadcast=_BROADCAST.search(body) is not None,
    )


def _grouped(plain: Plain, groups: str) -> str | None:
    """Give the title with one short word in brackets before it, which may be of the title."""
    word = groups.strip(" ._-[]")
    return spaced(f"{word} {plain.title}") if plain.title and re.fullmatch(r"[^\W_]{2,12}", word) else None


def _without_country(text: str) -> tuple[str, str | None]:
    """Take a country in brackets off the end: ``The Office (US)``."""
    found = _COUNTRY.search(text)
    return (text[: found.start()], found["code"]) if found and found.start() > 0 else (text, None)


def _film(body: str) -> Plain | None:
    release = first_release_word(body)
    years = [found for found in _YEAR.finditer(body) if re.search(r"[^\W_]", body[: found.start()])]
    years = [found for found in years if found.start() < release] or years
    closed = [found for found in years if found["open"] and found["close"]]
    ending = [found for found in years if begins_release(body[found.end() :])]
    chosen = (closed or ending or [found for found in years if found.start() < release])[-1:]
    if chosen:
        year: int | None = int(chosen[0]["year"])
        end = min(chosen[0].start(), release) if re.search(r"[^\W_]", body[:release]) else chosen[0].start()
        before = re.sub(rf"[\s._-]+{year}[\s._-]*$", "", body[:end])
        bare = None if chosen[0]["open"] else body[: chosen[0].end()]
    else:
        rest, year = leading_year(body)
        before = re.sub(r"[\s._]v\d[\s._]*$", "", rest[: first_release_word(rest)])
        bare = body[:release] if year and not body.startswith(("(", "[")) else None
    title = _title(before)
    return (
        Plain(kind=Kind.MOVIE, title=title, year=year, title_with_year=_title(bare) if bare else None)
        if title
        else None
    )


def _title(text: str) -> str | None:
    """Give the words of a title, without what opens a bracket that closes later, and without separators around."""
    bare = _RELEASE_BRACKET.sub("", re.sub(r"[\s._-]*[(\[{][^)\]}]*$", "", text))
    bare = bare if re.search(r"[^\W_]", bare) else text
    title = spaced(bare.strip(" ._-–,★"))
    return title if re.search(r"[^\W_]", title) else None
