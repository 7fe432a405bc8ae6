"""Two readings of one name → the likelier one, with what else it may say for the search to decide between."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from cvi_trakt.identify.grammar.plain import Plain
from cvi_trakt.identify.grammar.sign import Sign, Strength
from cvi_trakt.identify.heading import Heading
from cvi_trakt.identify.numbering import Numbering
from cvi_trakt.identify.other_readings import INNER, Reading, is_same_show, named_otherwise, other_readings
from cvi_trakt.media import Kind, OtherReading
from cvi_trakt.release_words import without_edition
from cvi_trakt.titles import normalise

_SCENE = re.compile(r"[a-z0-9]+-[a-z0-9-]+")
_CODES = {"UK": "GB"}
# Numbers that hardly count episodes: "20,000 Leagues", "80 000 Suspects", "America 3000", "K-911".
_OF_A_TITLE = re.compile(
    r"(?<!\d)\d{1,3}[,. ]000(?!\d)|(?<!\d)\d{1,3},\d{3}(?!\d)|(?<=\S )[2-9]000$|^[A-Za-z]{1,2}-\d{2,3}$"
)
_DECIMAL_LAST = re.compile(r"(?<!\d)\d[ .]\d$")  # before a year: "Jackass.2.5.2007", no day of 2007


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The likelier reading, and the others in the order in which they are worth a search."""

    reading: Reading
    others: tuple[OtherReading, ...] = ()


def choose(first: Reading, plain: Plain | None) -> Chosen:
    """Choose between guessit's reading, put right by our rules, and that of the grammar.

    A sign that can mean nothing else numbers the file, and what stands before it is the title,
    unless the folder has it; not behind the number that a file in a season's folder begins with, where
    it is the episode's title. A year before the words of a release ends a film's title. Elsewhere
    guessit's reading stands, and the grammar's is kept beside it.
    """
    whole, first = first, _without_edition(first)
    if first.numbering.is_leading:
        return Chosen(reading=_without_number_for_title(first))
    if plain is None:
        return Chosen(reading=first, others=other_readings(first, (whole,)))
    film = _reading(plain.film, first) if plain.film else None
    second = _reading(plain, first)
    if film and plain.strength is Strength.WEAK and first.kind is Kind.MOVIE and not plain.is_broadcast:
        second, film = film, second  # a part or a copy of a film
    best, rest = (second, first) if _is_likelier(second, plain, first) else (first, second)
    readings = (rest, whole, *named_otherwise(best, plain), *([film] if film else []))
    return Chosen(reading=best, others=other_readings(best, readings))


def _without_number_for_title(first: Reading) -> Reading:
    """Take away a title that is the number which the file begins with: ``Season 2/7 - 12 Angry Men``."""
    heading = first.heading
    if heading is None or first.from_folder:
        return first
    number = re.match(r"\d+(?![^\W_])", heading.title)
    return replace(first, heading=None) if number and int(number[0]) in first.numbering.episodes else first


def _without_edition(first: Reading) -> Reading:
    """Take the editions that guessit does not know off the title of a film with a year."""
    heading = first.heading
    if first.kind is not Kind.MOVIE or heading is None or heading.year is None or first.from_folder:
        return first
    title = without_edition(heading.title)
    return replace(first, heading=replace(heading, title=title)) if title and title != heading.title else first


def _reading(plain: Plain, first: Reading) -> Reading:
    """Give the grammar's reading, with the folder's title where it has one, and its season where the name has none."""
    heading = Heading(title=plain.title, year=plain.year, year_is_first=plain.year_is_first) if plain.title else None
    if plain.sign is None:
        title = without_edition(plain.title or "") or plain.title
        return Reading(
            kind=Kind.MOVIE, heading=Heading(title=title, year=plain.year) if title else None, numbering=Numbering()
        )
    sign, known = plain.sign, first.numbering
    numbering = Numbering(
        season=first.folder_season if sign.season is None else sign.season,
        seasons=sign.seasons or known.seasons,
        episodes=sign.episodes or (known.episodes if _has_sure_episode(first, sign) else ()),
        date=sign.date or known.date,
    )
    country = (
        first.country if plain.country is None and not plain.titles else _CODES.get(plain.country or "", plain.country)
    )
    if first.kind is Kind.SHOW and (
        heading is None or is_same_show(first, heading) or _has_folders_title(first, heading)
    ):
        heading = _with_year(first.heading, heading) if first.heading else heading
    return Reading(kind=Kind.SHOW, heading=heading, numbering=numbering, country=country, from_folder=first.from_folder)


def _has_sure_episode(first: Reading, sign: Sign) -> bool:
    """Whether guessit knows the episode of the season that the sign names, by more than a bare number."""
    return first.numbering.season == sign.season and len(sign.seasons) < 2 and not first.has_weak_number


def _has_folders_title(first: Reading, heading: Heading) -> bool:
    """Whether the folder's title stands, because the file's is a form of it, or a name that scene groups cut short."""
    if not first.from_folder or first.heading is None:
        return False
    folder, own = normalise(first.heading.title), normalise(heading.title)
    if first.heading.year or _SCENE.fullmatch(heading.title) or len(own) < 3:
        return True
    one, other = folder.replace(" ", ""), own.replace(" ", "")
    return one in other or other in one


def _with_year(known: Heading, heading: Heading | None) -> Heading:
    """Give the known heading, with the year of the other one where it has none itself."""
    is_same = heading is not None and normalise(known.title) == normalise(heading.title)
    return heading if heading is not None and is_same and known.year is None and heading.year else known


def _is_likelier(second: Reading, plain: Plain, first: Reading) -> bool:
    """Whether the grammar's reading is the likelier one."""
    if second.kind is Kind.SHOW:
        return _is_numbered(second, plain, first)
    if first.kind is Kind.SHOW:
        return not first.from_folder and _is_no_episode(plain, first)
    return _has_whole_title(second, plain, first)


def _is_numbered(second: Reading, plain: Plain, first: Reading) -> bool:
    """Whether the sign that the grammar sees outweighs a film that guessit sees."""
    is_dated_film = first.kind is Kind.MOVIE and first.heading is not None and first.heading.year is not None
    if plain.strength is Strength.SURE:
        return not is_dated_film or bool(second.numbering.episodes) or second.numbering.date is not None
    if plain.strength is Strength.FAIR:
        return not is_dated_film
    return plain.is_broadcast and first.kind is Kind.MOVIE and not is_dated_film


def _is_no_episode(plain: Plain, first: Reading) -> bool:
    """Whether the number that guessit took for an episode is a word of a film's title, or of its release."""
    if first.number_in_release:
        return True
    if first.numbering.date is not None:
        is_dated = plain.year is not None and not plain.is_broadcast
        return is_dated and _DECIMAL_LAST.search(plain.title or "") is not None
    is_before_year = plain.year is not None and not first.number_is_late
    is_of_title = _OF_A_TITLE.search(plain.title or "") is not None
    return first.has_weak_number and (is_before_year or first.word_follows or is_of_title)


def _has_whole_title(second: Reading, plain: Plain, first: Reading) -> bool:
    """Whether the grammar has a title where guessit has none, or only some of its words."""
    if second.heading is None:
        return False
    if first.heading is None:
        return len(second.heading.title) > 2 or second.heading.year is not None
    if first.from_folder:
        return False
    if plain.is_fansub and second.heading.title.startswith(f"{first.heading.title} - "):
        return True
    return second.heading.year is not None and _is_cut(first.heading, second.heading)


def _is_cut(first: Heading, second: Heading) -> bool:
    """Whether guessit's title is only some of the words before the same year: it took the rest for something else."""
    if normalise(first.title) == normalise(f"{second.title} {second.year}"):
        return True  # a later year, of the release, was taken for the film's
    if first.year not in (None, second.year) and str(first.year) not in second.title:
        return False
    one, other = normalise(first.title).split(), normalise(INNER.sub(" ", second.title)).split()
    is_after_group = second.title.islower() and "-" in second.title and other[1:] == one
    return len(one) < len(other) and set(one) <= set(other) and not is_after_group
