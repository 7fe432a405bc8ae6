"""How a question about a work looks as a list of choices: pages of nine candidates, and what else can be done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cvi_trakt.choices import AcceptSure, Answer, Done, Never, Offer, Pick, Question, Skip, SkipRest, Undo
from cvi_trakt.matches import Candidate
from cvi_trakt.media import Kind
from cvi_trakt.visible import clean, cut, width

LEAST = 10  # columns that a title keeps beside its year
PAGE = 9  # what has a digit of its own beside the 0
LEAST_PAGE = 3  # candidates, however small the screen
MOST_DETAILS = 3  # lines that are told of a candidate


@dataclass(frozen=True, slots=True)
class TurnTo:
    """Show another page, counted from 0."""

    page: int


@dataclass(frozen=True, slots=True)
class TypeWords:
    """Ask for the words to search for."""


@dataclass(frozen=True, slots=True)
class TypeId:
    """Ask for an id or a url."""


Meaning = Answer | TurnTo | TypeWords | TypeId


@dataclass(frozen=True, slots=True)
class Line:
    """A line of which ``text`` may be cut, but not what comes after it: a title and its year."""

    text: str
    tail: str = ""

    def __str__(self) -> str:
        return self.text + self.tail

    def fit(self, columns: int) -> str:
        """Give the line safe to print, and cut so that it takes no more than so many columns."""
        tail = clean(self.tail)
        return cut(cut(clean(self.text), max(columns - width(tail), LEAST)) + tail, columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuEntry:
    """One choice: the key that moves to it, its line, what is told of it while it is pointed at."""

    key: str
    line: Line
    means: Meaning
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu:
    """A message and its choices; ``preselected`` is the key of the one that Enter alone takes."""

    message: Line
    entries: tuple[MenuEntry, ...]
    preselected: str

    def entry(self, key: str) -> MenuEntry | None:
        """Give the choice of a key; None when no choice has it."""
        return next((one for one in self.entries if one.key == key), None)


def page_size(question: Question, rows: int) -> int:
    """Say how many candidates a page holds, so that all of a question can be seen in so many rows."""
    letters = 5 + (question.sure is not None) + (question.undoes is not None)
    free = rows - 2 - letters - MOST_DETAILS  # beside the message and the first choice
    pages = 2 if len(question.offers) > min(free, PAGE) else 0  # the choices that turn the page
    return max(LEAST_PAGE, min(PAGE, free - pages))


def menu_of(question: Question, page: int, size: int = PAGE) -> Menu:
    """Give one page of a question, of so many candidates."""
    shown = question.offers[page * size : (page + 1) * size]
    skip = "leave it held" if question.target is None else f"don't add to {question.target}"
    entries = [
        MenuEntry(key="0", line=Line(f"Skip ({skip}", ")"), means=Skip()),
        *(_candidate(str(number), one) for number, one in enumerate(shown, start=1)),
        *_further(question, page, -(-len(question.offers) // size)),
    ]
    candidates = [one.candidate for one in shown]
    preselected = str(candidates.index(question.preselected) + 1) if question.preselected in candidates else "0"
    return Menu(message=found(question), entries=tuple(entries), preselected=preselected)


def found(question: Question) -> Line:
    """Say how many candidates there are for what: ``Found 2 matches for 'The Matrix' (1999):``."""
    number = len(question.candidates)
    matches = "1 match" if number == 1 else f"{number or 'no'} matches"
    if question.words is not None:
        return Line(f"Found {matches} for '{question.words}", "':")
    year = question.work.year
    return Line(f"Found {matches} for '{question.work.title}", f"' ({year}):" if year else "':")


def url_of(candidate: Candidate) -> str | None:
    """Give the address of a candidate's page on Trakt; None where its number and slug are unknown."""
    name = candidate.ids.slug or candidate.ids.trakt
    place = "movies" if candidate.kind is Kind.MOVIE else "shows"
    return f"https://trakt.tv/{place}/{name}" if name else None


def _candidate(key: str, offer: Offer) -> MenuEntry:
    candidate = offer.candidate
    overview = " ".join((candidate.overview or "").split())
    return MenuEntry(
        key=key,
        line=Line(candidate.title, f"{_year(candidate)} [{candidate.kind}]{_length_and_country(candidate)}"),
        means=Pick(candidate=candidate),
        details=tuple(one for one in (offer.likeness, overview, url_of(candidate)) if one),
    )


def _year(candidate: Candidate) -> str:
    return f" ({candidate.year})" if candidate.year else ""


def _length_and_country(candidate: Candidate) -> str:
    length = f"{candidate.runtime} min" if candidate.runtime else ""
    country = (candidate.country or "").upper()
    known = ", ".join(part for part in (length, country) if part)
    return f" {known}" if known else ""


def _further(question: Question, page: int, pages: int) -> Iterator[MenuEntry]:
    if page + 1 < pages:
        yield MenuEntry(key="n", line=Line(f"Next page ({page + 2} of {pages})"), means=TurnTo(page + 1))
    if page > 0:
        yield MenuEntry(key="p", line=Line(f"Previous page ({page} of {pages})"), means=TurnTo(page - 1))
    if question.sure is not None:
        line = Line(f"Accept {question.sure.title}", f"{_year(question.sure)} and every sure match from here")
        yield MenuEntry(key="a", line=line, means=AcceptSure(candidate=question.sure))
    yield MenuEntry(key="s", line=Line("Search with other words"), means=TypeWords())
    yield MenuEntry(key="i", line=Line("Enter an id or a url"), means=TypeId())
    yield MenuEntry(key="z", line=Line("Never ask again"), means=Never())
    if question.undoes is not None:
        yield MenuEntry(key="u", line=Line(f"Undo the last answer ('{question.undoes}", "')"), means=Undo())
    yield MenuEntry(key="x", line=Line("Skip all from here"), means=SkipRest())
    rest = "leave the rest held" if question.target is None else "take the sure ones, hold the others"
    yield MenuEntry(key="d", line=Line(f"Done: {rest}"), means=Done())
