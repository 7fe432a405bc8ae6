"""A small Trakt of its own that notes every question, and a memory: what the tests of the search have in common."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from cvi_trakt.matches import Candidate, Match
from cvi_trakt.media import NO_IDS, Clash, Film, IdentifiedFile, Ids, Kind, OtherReading, ScanResult, Status, Work
from cvi_trakt.titles import normalise


def work(
    title: str,
    year: int | None = None,
    *,
    kind: Kind = Kind.MOVIE,
    first: bool = True,
    country: str | None = None,
    ids: Ids = NO_IDS,
    ids_from: str | None = None,
    others: tuple[OtherReading, ...] = (),
    clash: Clash | None = None,
    doubt: str | None = None,
) -> Work:
    """Make a work of one file, as a path with this title and year gives it."""
    identity = Film(title=title, year=year)
    file = IdentifiedFile(result=ScanResult(path=f"/v/{title}.mkv", status=Status.HEALTHY), identity=identity)
    return Work(
        kind=kind,
        title=title,
        year=year,
        year_is_first=first,
        country=country,
        ids=ids,
        ids_from=ids_from,
        others=others,
        clash=clash,
        doubt=doubt,
        files=(file,),
    )


def film(
    title: str,
    year: int | None,
    trakt: int,
    *,
    kind: Kind = Kind.MOVIE,
    country: str | None = None,
    imdb: str | None = None,
    tmdb: int | None = None,
) -> Candidate:
    """Make what the catalogue holds."""
    ids = Ids(trakt=trakt, imdb=imdb, tmdb=tmdb)
    return Candidate(kind=kind, title=title, year=year, ids=ids, country=country)


class Catalogue:
    """Answers as Trakt does: the exact search also by titles that are not in its answer.

    The broad search finds what has every word of the query in one of its titles. ``before`` is
    called with each question before it is answered.
    """

    def __init__(
        self,
        *works: Candidate,
        aliases: dict[int, list[str]] | None = None,
        before: Callable[[str], None] = lambda question: None,
    ) -> None:
        self._works = works
        self._aliases = aliases or {}
        self._before = before
        self.asked: list[str] = []

    def search(self, kind: Kind, query: str, *, exact: bool) -> list[Candidate]:
        self._note(f"{'exact' if exact else 'broad'} {kind} {query}")
        words = normalise(query)

        def fits(title: str) -> bool:
            return title == words or (not exact and set(words.split()) <= set(title.split()))

        found = [one for one in self._works if one.kind is kind and any(map(fits, self._titles_of(one)))]
        return [replace(one, rank=rank) for rank, one in enumerate(found)]

    def look_up(self, kind: Kind, source: str, number: str | int) -> list[Candidate]:
        self._note(f"{kind} {source} {number}")
        return [one for one in self._works if one.kind is kind and one.ids.known().get(source) == number]

    def other_titles(self, candidate: Candidate) -> list[str]:
        self._note(f"titles of {candidate.title} ({candidate.year})")
        return self._aliases.get(candidate.ids.trakt or 0, [])

    def _titles_of(self, one: Candidate) -> list[str]:
        return [normalise(title) for title in (one.title, *self._aliases.get(one.ids.trakt or 0, []))]

    def _note(self, question: str) -> None:
        self.asked.append(question)
        self._before(question)


class Notebook:
    """Remembers decisions by the titles of their works."""

    def __init__(self) -> None:
        self.kept: dict[str, Match] = {}

    def recall(self, work: Work) -> Match | None:
        return self.kept.get(work.title)

    def remember(self, match: Match) -> None:
        self.kept[match.work.title] = match
