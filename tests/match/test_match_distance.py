# ruff: noqa: E501 - a row is easier to read on one line
"""How far a candidate is, and what that costs: the weights keep the promises that the decision builds on."""

from __future__ import annotations

import pytest

from cvi_trakt.match.decide import GAP, NEAR
from cvi_trakt.match.distance import UNLIKE, WEIGHTS, costs, measure, total
from cvi_trakt.matches import Candidate, Distance, TitleBy
from cvi_trakt.media import Film, IdentifiedFile, Ids, Kind, ScanResult, Status, Work

AGREES_BY = [TitleBy.TITLE, TitleBy.ORIGINAL, TitleBy.ALIAS, TitleBy.SPELLING, TitleBy.TYPO]


def work(
    title: str,
    year: int | None = None,
    *,
    kind: Kind = Kind.MOVIE,
    first: bool = True,
    country: str | None = None,
    minutes: float | None = None,
) -> Work:
    file = IdentifiedFile(
        result=ScanResult(path=f"/v/{title}.mkv", status=Status.HEALTHY), identity=Film(title=title, year=year)
    )
    return Work(
        kind=kind,
        title=title,
        year=year,
        year_is_first=first,
        country=country,
        duration=None if minutes is None else minutes * 60,
        files=(file,),
    )


def candidate(
    title: str,
    year: int | None = None,
    *,
    kind: Kind = Kind.MOVIE,
    original: str | None = None,
    country: str | None = None,
    runtime: int | None = None,
) -> Candidate:
    return Candidate(
        kind=kind,
        title=title,
        year=year,
        ids=Ids(trakt=1),
        original_title=original,
        country=country,
        runtime=runtime,
        rank=4,
    )


@pytest.mark.parametrize(
    ("wanted", "found", "aliases", "by"),
    [
        pytest.param("Lola rennt", candidate("Lola Rennt"), [], TitleBy.TITLE, id="the-title"),
        pytest.param("SHIELD", candidate("S.H.I.E.L.D."), [], TitleBy.TITLE, id="the-title-but-for-its-dots"),
        pytest.param("Lola rennt", candidate("Run Lola Run", original="Lola rennt"), [], TitleBy.ORIGINAL, id="the-original-title"),
        pytest.param("Lola rennt", candidate("Lola rennt", original="Lola rennt"), [], TitleBy.TITLE, id="title-before-original-title"),
        pytest.param("Gojira", candidate("Godzilla", original="ゴジラ"), ["Gojira"], TitleBy.ALIAS, id="an-alias"),
        pytest.param("Lola rennt", candidate("Run Lola Run", original="Lola rennt"), ["Lola rennt"], TitleBy.ORIGINAL, id="original-title-before-alias"),
        pytest.param("Rocky 4", candidate("Rocky IV"), [], TitleBy.SPELLING, id="a-spelling-of-the-title"),
        pytest.param("Taiyo", candidate("The Sun", original="Taiyou"), [], TitleBy.SPELLING, id="a-spelling-of-the-original-title"),
        pytest.param("Matrix Part 2", candidate("The Matrix Reloaded"), ["Matrix Pt. II"], TitleBy.SPELLING, id="a-spelling-of-an-alias"),
        pytest.param("Rocky 4", candidate("Rocky IV"), ["Rocky 4"], TitleBy.ALIAS, id="alias-before-spelling"),
        pytest.param("Intersteller", candidate("Interstellar"), [], TitleBy.TYPO, id="one-letter-of-the-title"),
        pytest.param("Intersteller", candidate("Beyond", original="Interstellar"), [], TitleBy.TYPO, id="one-letter-of-the-original-title"),
        pytest.param("Matrix", candidate("The Matrix"), [], TitleBy.TYPO, id="the-article-of-the-title"),
    ],
)  # fmt: skip
def test_a_title_agrees_by_the_strongest_of_its_forms(
    wanted: str, found: Candidate, aliases: list[str], by: TitleBy
) -> None:
    distance = measure(work(wanted), found, aliases)
    assert (distance.title, distance.by) == (0.0, by)


def test_one_letter_off_an_alias_is_another_title() -> None:
    distance = measure(work("Intersteller"), candidate("Beyond"), ["Interstellar"])
    assert distance.title > 0
    assert distance.by is TitleBy.ALIAS


@pytest.mark.parametrize(
    ("wanted", "found", "far", "by"),
    [
        pytest.param("Aliens", candidate("Alien"), 0.091, TitleBy.TITLE, id="plural"),
        pytest.param("Alien", candidate("Alien Covenant"), 0.474, TitleBy.TITLE, id="a-part-of-it"),
        pytest.param("Lola", candidate("Run Lola Run", original="Lola rennt"), 0.429, TitleBy.ORIGINAL, id="the-nearest-counts"),
        pytest.param("Heat", candidate("Up"), 1.0, TitleBy.TITLE, id="nothing-in-common"),
    ],
)  # fmt: skip
def test_a_title_that_differs_is_so_far(wanted: str, found: Candidate, far: float, by: TitleBy) -> None:
    distance = measure(work(wanted), found)
    assert (round(distance.title, 3), distance.by) == (far, by)


@pytest.mark.parametrize(
    ("wanted", "found", "years"),
    [
        pytest.param(work("Heat", 1995), candidate("Heat", 1995), 0, id="equal"),
        pytest.param(work("Heat", 1994), candidate("Heat", 1995), 1, id="before"),
        pytest.param(work("Heat", 1998), candidate("Heat", 1995), 3, id="after"),
        pytest.param(work("Heat"), candidate("Heat", 1995), None, id="none-in-the-path"),
        pytest.param(work("Heat", 1995), candidate("Heat"), None, id="none-of-the-candidate"),
        pytest.param(work("Lost", 2008, kind=Kind.SHOW, first=False), candidate("Lost", 2004), None, id="an-episodes-year-after-the-show-began"),
        pytest.param(work("Lost", 2004, kind=Kind.SHOW, first=False), candidate("Lost", 2004), None, id="an-episodes-year-in-which-the-show-began"),
        pytest.param(work("Lost", 2001, kind=Kind.SHOW, first=False), candidate("Lost", 2004), 3, id="an-episodes-year-before-the-show-began"),
    ],
)  # fmt: skip
def test_years_are_counted(wanted: Work, found: Candidate, years: int | None) -> None:
    assert measure(wanted, found).year == years


@pytest.mark.parametrize(
    ("wanted", "found", "apart"),
    [
        pytest.param("US", "us", 0, id="agrees-in-any-case"),
        pytest.param("US", "gb", 1, id="differs"),
        pytest.param("US", None, 1, id="the-candidate-has-none"),
        pytest.param(None, "gb", None, id="the-path-names-none"),
    ],
)
def test_a_country_agrees_or_not(wanted: str | None, found: str | None, apart: int | None) -> None:
    shows = work("The Office", kind=Kind.SHOW, country=wanted), candidate("The Office", kind=Kind.SHOW, country=found)
    assert measure(*shows).country == apart


@pytest.mark.parametrize(
    ("wanted", "found", "minutes"),
    [
        pytest.param(work("Heat", minutes=170.4), candidate("Heat", runtime=170), 0, id="the-same-minute"),
        pytest.param(work("Heat", minutes=90), candidate("Heat", runtime=170), 80, id="shorter"),
        pytest.param(work("Heat", minutes=188), candidate("Heat", runtime=170), 18, id="longer"),
        pytest.param(work("Heat"), candidate("Heat", runtime=170), None, id="the-file-unknown"),
        pytest.param(work("Heat", minutes=170), candidate("Heat"), None, id="the-film-unknown"),
        pytest.param(work("Heat", minutes=170), candidate("Heat", runtime=0), None, id="zero-is-unknown"),
        pytest.param(work("Lost", minutes=43, kind=Kind.SHOW), candidate("Lost", kind=Kind.SHOW, runtime=43), None, id="a-show"),
    ],
)  # fmt: skip
def test_minutes_between_film_and_file_are_counted(wanted: Work, found: Candidate, minutes: int | None) -> None:
    assert measure(wanted, found).runtime == minutes


def test_the_place_in_the_answer_is_kept() -> None:
    assert measure(work("Heat"), candidate("Heat")).rank == 4


@pytest.mark.parametrize(
    ("distance", "year_wanted", "expected"),
    [
        pytest.param(Distance(title=0.0, year=0), True, {}, id="all-agrees"),
        pytest.param(Distance(title=0.0, year=None), False, {}, id="no-year-to-compare"),
        pytest.param(Distance(title=0.25, year=0), True, {"title": 0.55}, id="title"),
        pytest.param(Distance(title=0.0, year=0, by=TitleBy.ORIGINAL), True, {"original title": 0.01}, id="original-title"),
        pytest.param(Distance(title=0.0, year=0, by=TitleBy.ALIAS), True, {"alias": 0.03}, id="alias"),
        pytest.param(Distance(title=0.25, year=0, by=TitleBy.ALIAS), True, {"title": 0.55, "alias": 0.03}, id="an-alias-that-differs"),
        pytest.param(Distance(title=0.0, year=0, by=TitleBy.SPELLING), True, {"spelling": 0.05}, id="spelling"),
        pytest.param(Distance(title=0.0, year=0, by=TitleBy.TYPO), True, {"typo": 0.12}, id="typo"),
        pytest.param(Distance(title=0.0, year=1, by=TitleBy.TYPO), True, {"year off by one": 0.1, "typo": 0.42}, id="typo-and-year-off-by-one"),
        pytest.param(Distance(title=0.0, year=None, by=TitleBy.TYPO), False, {"typo": 0.42}, id="typo-without-a-year"),
        pytest.param(Distance(title=0.0, year=1), True, {"year off by one": 0.1}, id="year-off-by-one"),
        pytest.param(Distance(title=0.0, year=2), True, {"year": 0.5}, id="year"),
        pytest.param(Distance(title=0.0, year=37), True, {"year": 0.5}, id="year-far-off"),
        pytest.param(Distance(title=0.0, year=None), True, {"year unknown": 0.2}, id="year-unknown"),
        pytest.param(Distance(title=0.0, year=0, country=0), True, {}, id="country-agrees"),
        pytest.param(Distance(title=0.0, year=0, country=1), True, {"country": 0.5}, id="country"),
        pytest.param(Distance(title=0.0, year=0, runtime=80), True, {}, id="length-costs-nothing"),
        pytest.param(Distance(title=0.0, year=0, rank=29), True, {}, id="rank-costs-nothing"),
    ],
)  # fmt: skip
def test_each_disagreement_costs_its_weight(distance: Distance, year_wanted: bool, expected: dict[str, float]) -> None:
    assert costs(distance, year_wanted=year_wanted) == pytest.approx(expected)
    assert total(distance, year_wanted=year_wanted) == pytest.approx(sum(expected.values()))


def cost(by: TitleBy = TitleBy.TITLE, *, year: int | None = 0, title: float = 0.0, country: int | None = None) -> float:
    """Give the cost of a candidate of a work whose path names a year."""
    return total(Distance(title=title, year=year, by=by, country=country), year_wanted=True)


@pytest.mark.parametrize("by", AGREES_BY)
def test_a_title_that_agrees_in_any_way_is_near_when_the_year_does(by: TitleBy) -> None:
    assert cost(by) <= NEAR


@pytest.mark.parametrize("by", [TitleBy.TITLE, TitleBy.ORIGINAL, TitleBy.ALIAS])
def test_a_year_off_by_one_is_near(by: TitleBy) -> None:
    assert cost(by, year=1) <= NEAR


@pytest.mark.parametrize("by", [TitleBy.TITLE, TitleBy.ORIGINAL, TitleBy.ALIAS, TitleBy.SPELLING])
def test_a_title_that_agrees_is_near_when_the_path_names_no_year(by: TitleBy) -> None:
    assert total(Distance(title=0.0, year=None, by=by), year_wanted=False) <= NEAR


def test_a_typo_with_a_year_off_by_one_is_never_near() -> None:
    assert cost(TitleBy.TYPO, year=1) > NEAR


def test_a_typo_without_a_year_is_never_near() -> None:
    assert total(Distance(title=0.0, year=None, by=TitleBy.TYPO), year_wanted=False) > NEAR


@pytest.mark.parametrize("by", AGREES_BY)
def test_a_title_that_differs_is_never_near(by: TitleBy) -> None:
    assert cost(by, title=0.001) > NEAR


@pytest.mark.parametrize("by", AGREES_BY)
def test_a_year_that_disagrees_is_never_near(by: TitleBy) -> None:
    assert cost(by, year=2) > NEAR


@pytest.mark.parametrize("by", AGREES_BY)
def test_a_year_that_cannot_be_compared_is_never_near(by: TitleBy) -> None:
    assert cost(by, year=None) > NEAR


@pytest.mark.parametrize("by", AGREES_BY)
def test_a_country_that_differs_is_never_near(by: TitleBy) -> None:
    assert cost(by, country=1) > NEAR


@pytest.mark.parametrize("by", AGREES_BY)
def test_a_year_that_agrees_is_clearly_nearer_than_one_off_by_one(by: TitleBy) -> None:
    assert round(cost(by, year=1) - cost(by), 4) >= GAP


@pytest.mark.parametrize("by", [TitleBy.ORIGINAL, TitleBy.ALIAS, TitleBy.SPELLING])
def test_an_equal_title_is_not_clearly_nearer_than_one_that_agrees_in_another_way(by: TitleBy) -> None:
    assert cost(by) - cost() < GAP


def test_an_equal_title_is_clearly_nearer_than_a_typo() -> None:
    assert cost(TitleBy.TYPO) - cost() >= GAP


def test_the_more_a_form_of_a_title_may_be_anothers_the_more_it_costs() -> None:
    assert sorted(AGREES_BY, key=cost) == AGREES_BY


def test_every_weight_is_that_of_a_disagreement() -> None:
    worst = Distance(title=0.5, year=1, country=1, by=TitleBy.TYPO)
    others = [
        Distance(title=0.0, year=None, by=TitleBy.ORIGINAL),
        Distance(title=0.0, year=2, by=TitleBy.ALIAS),
        Distance(title=0.0, year=0, by=TitleBy.SPELLING),
    ]
    named = {name for one in (worst, *others) for name in costs(one, year_wanted=True)}
    assert named == set(WEIGHTS)


def test_the_weights_are_those_that_were_measured() -> None:
    """``benchmarks/match.py`` measured them over the matching set; change one, and measure again."""
    assert WEIGHTS == {
        "title": 0.3,
        "original title": 0.01,
        "alias": 0.03,
        "spelling": 0.05,
        "typo": 0.12,
        "year off by one": 0.1,
        "year unknown": 0.2,
        "year": 0.5,
        "country": 0.5,
    }
    assert (NEAR, GAP, UNLIKE) == (0.15, 0.1, 0.55)
