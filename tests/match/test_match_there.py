"""What the target holds already is recognised without a search, and only where it is plainly that."""

from __future__ import annotations

import pytest
from match.counting import film, work

from cvi_trakt.match.there import Shelf
from cvi_trakt.matches import Candidate, DecidedBy, Sure
from cvi_trakt.media import Clash, Ids, Kind, Work

MATRIX = film("The Matrix", 1999, 481, imdb="tt0133093", tmdb=603)
DUNE_1984, DUNE_2021 = film("Dune", 1984, 4), film("Dune", 2021, 5)
MAD_MEN = film("Mad Men", 2007, 4, kind=Kind.SHOW)
EVERY_KIND = [Kind.MOVIE, Kind.SHOW]


def found(wanted: Work, *there: Candidate, kinds: list[Kind] = EVERY_KIND) -> int | None:
    sure = Shelf(lambda: there, kinds).find(wanted)
    return sure.candidate.ids.trakt if sure is not None else None


@pytest.mark.parametrize(
    "wanted",
    [
        pytest.param(work("The Matrix", 1999), id="title-and-year"),
        pytest.param(work("the matrix", 1999), id="title-in-another-case"),
        pytest.param(work("Whatever", ids=Ids(imdb="tt0133093")), id="imdb"),
        pytest.param(work("Whatever", ids=Ids(tmdb=603)), id="tmdb"),
        pytest.param(work("Whatever", ids=Ids(trakt=481)), id="trakt"),
        pytest.param(work("Whatever", ids=Ids(imdb="tt0133093", tmdb=603)), id="two-ids"),
        pytest.param(work("Whatever", ids=Ids(imdb="tt0133093", tvdb=5)), id="an-id-that-the-entry-has-not"),
    ],
)
def test_a_work_that_is_there_is_recognised(wanted: Work) -> None:
    assert found(wanted, MATRIX, DUNE_2021) == 481


@pytest.mark.parametrize(
    "wanted",
    [
        pytest.param(work("The Matrix"), id="no-year"),
        pytest.param(work("The Matrix", 2000), id="a-year-off-by-one"),
        pytest.param(work("Matrix", 1999), id="a-title-without-its-article"),
        pytest.param(work("The Matrix", 1999, first=False), id="a-year-that-may-be-an-episodes"),
        pytest.param(work("The Matrix", 1999, kind=Kind.SHOW), id="another-kind"),
        pytest.param(work("The Matrix", 1999, country="us"), id="a-country"),
        pytest.param(work("The Matrix", 1999, doubt="the folder says Inception"), id="a-doubt"),
        pytest.param(work("The Matrix", 1999, ids=Ids(imdb="tt9999999")), id="another-id-of-the-same-name"),
        pytest.param(
            work("The Matrix", ids=Ids(tmdb=603), clash=Clash(reason="two ids", ids=Ids(tmdb=5))), id="clashing-ids"
        ),
        pytest.param(work("Whatever", kind=Kind.SHOW, ids=Ids(tmdb=603)), id="the-number-of-another-kind"),
    ],
)
def test_what_may_be_another_work_is_not_recognised(wanted: Work) -> None:
    assert found(wanted, MATRIX, DUNE_2021) is None


def test_ids_of_two_entries_are_not_told_apart() -> None:
    wanted = work("Dune", 2021, ids=Ids(imdb="tt0133093", trakt=5))
    assert found(wanted, MATRIX, DUNE_2021) is None


def test_two_entries_of_one_title_are_told_apart_by_the_year() -> None:
    assert found(work("Dune", 1984), DUNE_1984, DUNE_2021) == 4


def test_two_entries_of_one_title_and_year_are_not_told_apart() -> None:
    assert found(work("Dune", 2021), DUNE_2021, film("Dune", 2021, 6)) is None
    assert found(work("Dune", 2021), DUNE_2021, film("Dune", 2021, 6), film("Dune", 2021, 7)) is None


def test_a_film_and_a_show_of_one_number_are_two() -> None:
    assert found(work("Whatever", ids=Ids(trakt=4)), MAD_MEN, DUNE_1984) == 4
    assert found(work("Whatever", ids=Ids(trakt=4)), MAD_MEN) is None


def test_an_entry_without_a_year_is_recognised_by_its_id_alone() -> None:
    nameless = film("Dune", None, 8)
    assert found(work("Dune", 2021), nameless) is None
    assert found(work("Dune", 2021, ids=Ids(trakt=8)), nameless) == 8


def test_what_the_target_may_hold_in_part_is_not_recognised() -> None:
    wanted = work("Mad Men", 2007, kind=Kind.SHOW)
    assert found(wanted, MAD_MEN, kinds=EVERY_KIND) == 4
    assert found(wanted, MAD_MEN, kinds=[Kind.MOVIE]) is None


@pytest.mark.parametrize(
    ("wanted", "reason"),
    [
        pytest.param(work("The Matrix", ids=Ids(tmdb=603)), "in the target under this id", id="id"),
        pytest.param(work("The Matrix", 1999), "in the target under this title and year", id="title-and-year"),
    ],
)
def test_what_is_recognised_says_by_what(wanted: Work, reason: str) -> None:
    sure = Shelf(lambda: [MATRIX], EVERY_KIND).find(wanted)
    assert sure == Sure(
        work=wanted, candidate=MATRIX, distance=None, reason=reason, decided_by=DecidedBy.TARGET, read_as=None
    )


def test_the_target_is_read_when_the_first_work_is_looked_for_and_only_then() -> None:
    reads: list[str] = []

    def read() -> list[Candidate]:
        reads.append("read")
        return []

    shelf = Shelf(read, EVERY_KIND)
    assert reads == []
    for title in ("The Matrix", "Dune"):
        assert shelf.find(work(title, 1999)) is None
    assert reads == ["read"]
