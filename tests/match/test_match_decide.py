# ruff: noqa: E501 - a row is easier to read on one line
from __future__ import annotations

import pytest

from cvi_trakt.match.decide import check_id, decide
from cvi_trakt.matches import Candidate, Held, NoMatch, Sure
from cvi_trakt.media import Film, IdentifiedFile, Ids, Kind, ScanResult, Status, Work


def work(
    title: str, year: int | None = None, *, kind: Kind = Kind.MOVIE, first: bool = True, country: str | None = None
) -> Work:
    file = IdentifiedFile(
        result=ScanResult(path=f"/v/{title}.mkv", status=Status.HEALTHY), identity=Film(title=title, year=year)
    )
    return Work(kind=kind, title=title, year=year, year_is_first=first, country=country, files=(file,))


def film(
    title: str, year: int | None, trakt: int, *, original: str | None = None, country: str | None = None, rank: int = 0
) -> Candidate:
    return Candidate(
        kind=Kind.MOVIE,
        title=title,
        year=year,
        ids=Ids(trakt=trakt),
        original_title=original,
        country=country,
        rank=rank,
    )


@pytest.mark.parametrize(
    ("wanted", "candidates", "chosen"),
    [
        pytest.param(work("Dune", 2021), [film("Dune", 1984, 1), film("Dune", 2021, 2)], 2, id="the-year-tells-remakes-apart"),
        pytest.param(work("The Matrix", 1999), [film("The Matrix Reloaded", 2003, 1), film("The Matrix", 1999, 2)], 2, id="a-sequel-that-ranks-first-loses"),
        pytest.param(work("Heat", 1996), [film("Heat", 1995, 1)], 1, id="a-year-off-by-one-wins-when-nothing-competes"),
        pytest.param(work("Unheard Of"), [film("Unheard of", 1995, 1)], 1, id="no-year-and-one-of-that-title"),
        pytest.param(work("Amelie", 2001), [film("Le Fabuleux Destin", 2001, 1, original="Amélie")], 1, id="the-original-title-counts"),
        pytest.param(work("Wall E", 2008), [film("WALL·E", 2008, 1)], 1, id="punctuation-does-not-count"),
        pytest.param(
            work("Breaking Bad", 2010, kind=Kind.SHOW, first=False), [film("Breaking Bad", 2008, 1)], 1,
            id="an-episodes-year-does-not-speak-against-an-older-show",
        ),
        pytest.param(
            work("The Office", country="US", kind=Kind.SHOW),
            [film("The Office", 2001, 1, country="gb"), film("The Office", 2005, 2, country="us")],
            2,
            id="the-country-tells-two-shows-apart",
        ),
    ],
)  # fmt: skip
def test_a_near_and_clearly_nearer_candidate_is_sure(wanted: Work, candidates: list[Candidate], chosen: int) -> None:
    found = decide(wanted, candidates)
    assert isinstance(found, Sure)
    assert found.candidate.ids.trakt == chosen


@pytest.mark.parametrize(
    ("wanted", "candidates", "reason"),
    [
        pytest.param(work("Dune"), [film("Dune", 1984, 1), film("Dune", 2021, 2)], "several of that title and no year in the path", id="remakes-without-a-year"),
        pytest.param(work("Dune", 2000), [film("Dune", 1984, 1), film("Dune", 2021, 2)], "the year disagrees", id="a-year-more-than-one-off"),
        pytest.param(work("Heat", 1995), [film("Heat", 1995, 1), film("Heat", 1995, 2)], "more than one candidate fits", id="two-of-one-title-and-year"),
        pytest.param(work("Heat", 1995), [film("Heat", 1994, 1), film("Heat", 1996, 2)], "more than one candidate fits", id="two-that-are-a-year-off"),
        pytest.param(work("Heat", 1995), [film("Heat", None, 1)], "the candidate has no year to compare", id="a-candidate-without-a-year"),
        pytest.param(work("Aliens", 1986), [film("Alien", 1986, 1)], "no title agrees", id="one-letter-is-another-film"),
        pytest.param(work("Alien", 1979), [film("Alien Covenant", 1979, 1)], "no title agrees", id="a-partial-title"),
        pytest.param(
            work("The Office", kind=Kind.SHOW), [film("The Office", 2001, 1), film("The Office", 2005, 2)],
            "several of that title and no year in the path", id="a-show-of-two-countries",
        ),
        pytest.param(
            work("New Show", 2001, kind=Kind.SHOW, first=False), [film("New Show", 2010, 1)], "the year disagrees",
            id="an-episode-from-before-the-show-began",
        ),
    ],
)  # fmt: skip
def test_an_unsure_match_is_held(wanted: Work, candidates: list[Candidate], reason: str) -> None:
    found = decide(wanted, candidates)
    assert isinstance(found, Held)
    assert found.reason == reason


def test_a_wholly_unlike_title_is_no_candidate() -> None:
    assert isinstance(decide(work("Heat", 1995), [film("Paddington", 1995, 1)]), NoMatch)


def test_the_same_work_in_both_answers_counts_once() -> None:
    found = decide(work("Dune", 2000), [film("Dune", 1984, 1), film("Dune", 1984, 1, rank=3)])
    assert isinstance(found, Held)
    assert len(found.candidates) == 1


def test_an_id_wins_over_another_spelling() -> None:
    assert isinstance(check_id(work("Matrix 1", 1999), film("The Matrix", 1999, 481)), Sure)


def test_an_id_that_title_and_year_both_contradict_is_held() -> None:
    found = check_id(work("Paddington", 2014), film("The Matrix", 1999, 481))
    assert isinstance(found, Held)
    assert "'The Matrix'" in found.reason
    assert "'Paddington'" in found.reason
