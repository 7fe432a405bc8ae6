# ruff: noqa: E501 - a row is easier to read on one line
"""Which entries stand for a work: the film, the show, its seasons or its episodes."""

from __future__ import annotations

import pytest

from cvi_trakt.matches import Candidate, DecidedBy, Sure
from cvi_trakt.media import Episodes, Film, IdentifiedFile, Ids, Kind, Level, OtherReading, ScanResult, Status, Work
from cvi_trakt.plans import Result, Target, UnitKind
from cvi_trakt.sync.plan import make_plan, units_of

SHOW = Candidate(kind=Kind.SHOW, title="Show", year=2010, ids=Ids(trakt=2))
FILM = Candidate(kind=Kind.MOVIE, title="Film", year=2010, ids=Ids(trakt=1))

Numbers = list[tuple[int | None, int | None]]


def sure(*identities: Film | Episodes, of: Candidate = SHOW, read_as: OtherReading | None = None) -> Sure:
    files = tuple(
        IdentifiedFile(result=ScanResult(path=f"/v/{number}.mkv", status=Status.HEALTHY), identity=identity)
        for number, identity in enumerate(identities)
    )
    kind = Kind.MOVIE if isinstance(identities[0], Film) else Kind.SHOW
    work = Work(kind=kind, title=identities[0].title, year=None, files=files)
    return Sure(work=work, candidate=of, distance=None, reason="", decided_by=DecidedBy.SCORE, read_as=read_as)


def of_show(season: int | None, *episodes: int, seasons: tuple[int, ...] = ()) -> Episodes:
    return Episodes(title="Show", season=season, episodes=episodes, seasons=seasons)


def numbers(match: Sure, level: Level) -> Numbers:
    return [(unit.season, unit.episode) for unit in units_of(match, level)]


@pytest.mark.parametrize("level", list(Level))
def test_a_film_is_the_film_at_every_level(level: Level) -> None:
    (unit,) = units_of(sure(Film(title="Film"), Film(title="Film"), of=FILM), level)
    assert unit.key == (UnitKind.MOVIE, 1, None, None)


def test_a_show_is_one_entry_however_many_files_it_has() -> None:
    (unit,) = units_of(sure(of_show(1, 1), of_show(2, 1), of_show(None)), Level.SHOW)
    assert unit.key == (UnitKind.SHOW, 2, None, None)


@pytest.mark.parametrize(
    ("files", "seasons", "episodes"),
    [
        pytest.param([of_show(1, 1)], [(1, None)], [(1, 1)], id="an-episode"),
        pytest.param([of_show(1, 1, 2)], [(1, None)], [(1, 1), (1, 2)], id="a-double-episode"),
        pytest.param([of_show(2, 5), of_show(1, 10), of_show(1, 2)], [(1, None), (2, None)], [(1, 2), (1, 10), (2, 5)], id="in-order-of-their-numbers"),
        pytest.param([of_show(1, 1), of_show(1, 1)], [(1, None)], [(1, 1)], id="two-copies"),
        pytest.param([of_show(0, 3)], [(0, None)], [(0, 3)], id="a-special"),
        pytest.param([of_show(3)], [(3, None)], [(3, None)], id="a-season-pack"),
        pytest.param([of_show(3), of_show(3, 1)], [(3, None)], [(3, None), (3, 1)], id="a-season-pack-and-an-episode-of-it"),
        pytest.param([of_show(1, seasons=(1, 2, 3))], [(1, None), (2, None), (3, None)], [(1, None), (2, None), (3, None)], id="a-pack-of-several-seasons"),
        pytest.param([of_show(None, seasons=(1, 3))], [(1, None), (3, None)], [(1, None), (3, None)], id="a-pack-with-a-gap"),
        pytest.param([of_show(2, 4, seasons=(2,))], [(2, None)], [(2, 4)], id="an-episode-that-lists-its-one-season"),
        pytest.param([of_show(1, 1, 2, seasons=(1, 2))], [(1, None), (2, None)], [(1, None), (2, None)], id="episodes-of-several-seasons-are-these-seasons"),
        pytest.param([of_show(1, seasons=(1, 2)), of_show(2, 1), of_show(4)], [(1, None), (2, None), (4, None)], [(1, None), (2, None), (2, 1), (4, None)], id="packs-and-an-episode"),
        pytest.param([of_show(None, 7)], [], [], id="an-absolute-number-has-no-season"),
    ],
)  # fmt: skip
def test_the_numbers_of_the_files_are_the_entries(files: list[Episodes], seasons: Numbers, episodes: Numbers) -> None:
    assert numbers(sure(*files), Level.SEASON) == seasons
    assert numbers(sure(*files), Level.EPISODE) == episodes


def other(title: str, season: int | None, *episodes: int, year: int | None = None) -> OtherReading:
    return OtherReading(kind=Kind.SHOW, title=title, season=season, episodes=episodes, year=year)


def test_the_numbers_are_those_of_the_reading_that_was_matched() -> None:
    match = sure(
        Episodes(title="Show 101", season=9, episodes=(9,), others=(other("Show", 1, 1), other("Show One", 3, 3))),
        Episodes(title="Show 101", season=9, episodes=(8,), others=(other("Show One", 3, 4), other("Show", 1, 2))),
        read_as=other("Show", 1, 1),
    )
    assert numbers(match, Level.SEASON) == [(1, None)]
    assert numbers(match, Level.EPISODE) == [(1, 1), (1, 2)]


def test_the_reading_that_was_matched_is_found_in_any_spelling() -> None:
    match = sure(
        Episodes(title="A", others=(other("The-Show", 1, 1),)),
        Episodes(title="A", others=(other("the show", 1, 2),)),
        read_as=other("The Show", 1, 1),
    )
    assert numbers(match, Level.EPISODE) == [(1, 1), (1, 2)]


def test_a_reading_of_another_year_is_another_reading() -> None:
    match = sure(
        Episodes(title="A", others=(other("Show", 1, 1, year=2010), other("Show", 5, 5, year=1990))),
        read_as=other("Show", 1, 1, year=2010),
    )
    assert numbers(match, Level.EPISODE) == [(1, 1)]


def test_a_name_read_as_a_film_has_the_numbers_of_the_episode_that_it_is() -> None:
    match = sure(Film(title="Show 101", others=(other("Show", 1, 1),)), read_as=other("Show", 1, 1))
    assert numbers(match, Level.EPISODE) == [(1, 1)]
    assert numbers(match, Level.SEASON) == [(1, None)]


def test_a_pack_of_several_seasons_in_another_reading_is_these_seasons() -> None:
    pack = OtherReading(kind=Kind.SHOW, title="Show", season=1, seasons=(1, 2))
    assert numbers(sure(Film(title="Show 1 2", others=(pack,)), read_as=pack), Level.EPISODE) == [(1, None), (2, None)]


def test_an_episode_read_as_a_film_is_the_film() -> None:
    read_as = OtherReading(kind=Kind.MOVIE, title="Film")
    match = sure(Episodes(title="Film", season=1, episodes=(1,), others=(read_as,)), of=FILM, read_as=read_as)
    assert [unit.key for unit in units_of(match, Level.EPISODE)] == [(UnitKind.MOVIE, 1, None, None)]


def test_files_without_a_season_number_are_counted_beside_those_that_are_added() -> None:
    match = sure(of_show(1, 1), of_show(None, 7), of_show(None, 8))
    plan = make_plan([match], target=Target(name="w"), present=frozenset(), room=None, level=Level.EPISODE)
    (outcome,) = plan.outcomes
    assert outcome.result is Result.WOULD_ADD
    assert outcome.reason == "; left out without a season number: 2"
