from __future__ import annotations

from collections.abc import Sequence

import pytest

from cvi_trakt.media import (
    Clash,
    Episodes,
    Film,
    IdentifiedFile,
    Identity,
    Ids,
    Kind,
    OtherReading,
    ScanResult,
    Status,
    Work,
)
from cvi_trakt.readings import files_of, numbers_of, readings_of


def work(*identities: Identity, kind: Kind = Kind.SHOW, year: int | None = None, **more: object) -> Work:
    files = tuple(
        IdentifiedFile(result=ScanResult(path=f"/v/{number}.mkv", status=Status.HEALTHY), identity=one)
        for number, one in enumerate(identities, start=1)
    )
    given: dict[str, object] = {"title": "Fargo", **more}
    return Work(kind=kind, year=year, files=files, **given)  # type: ignore[arg-type] # a test names its fields


def episodes(*numbers: tuple[int | None, int]) -> list[Episodes]:
    return [Episodes(title="Fargo", season=season, episodes=(number,)) for season, number in numbers]


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(episodes((1, 1)), "season 1, episode 1", id="one"),
        pytest.param(episodes((1, 1), (1, 2), (1, 3), (1, 5)), "season 1, episodes 1-3, 5", id="a-season"),
        pytest.param(episodes((1, 1), (2, 1), (4, 1)), "seasons 1-2, 4, 3 episodes", id="seasons"),
        pytest.param(episodes((0, 1)), "season 0, episode 1", id="specials"),
        pytest.param(episodes((None, 27), (None, 28)), "episodes 27-28", id="absolute-numbers"),
        pytest.param([Episodes(title="Fargo", season=2)], "season 2", id="a-season-pack"),
        pytest.param([Episodes(title="Fargo", season=1, seasons=(1, 2, 3))], "seasons 1-3", id="a-pack-of-seasons"),
        pytest.param(
            [Episodes(title="Fargo", date="2020-01-02"), Episodes(title="Fargo", date="2020-01-03")],
            "2 dated episodes",
            id="dates",
        ),
        pytest.param([Film(title="Fargo")], "", id="a-film"),
    ],
)
def test_seasons_and_episodes_are_summed_up(files: Sequence[Identity], expected: str) -> None:
    assert numbers_of(work(*files)) == expected


def test_a_work_is_named_by_its_first_file_and_the_number_of_the_others() -> None:
    assert files_of(work(Film(title="Fargo"))) == "/v/1.mkv"
    assert files_of(work(*episodes((1, 1), (1, 2)))) == "/v/1.mkv + 1 more file"
    assert files_of(work(*episodes((1, 1), (1, 2), (1, 3)))) == "/v/1.mkv + 2 more files"


def test_everything_that_was_read_is_said() -> None:
    others = (
        OtherReading(kind=Kind.MOVIE, title="Fargo", year=1996, why="the folder says so"),
        OtherReading(kind=Kind.SHOW, title="Fargo Two", season=1, episodes=(1, 2), country="us"),
        OtherReading(kind=Kind.MOVIE, title="Three"),
        OtherReading(kind=Kind.MOVIE, title="Four"),
    )
    read = work(
        *episodes((1, 1)),
        year=2014,
        year_is_first=False,
        country="us",
        ids=Ids(tvdb=269613),
        ids_from="a.nfo",
        others=others,
        doubt="two readings",
        clash=Clash(reason="two ids", ids=Ids(tvdb=5)),
    )
    assert readings_of(read) == (
        "read as: show 'Fargo' (2014), US, season 1, episode 1, tvdb 269613 from a.nfo, the year may be an episode's",
        "or as: movie 'Fargo' (1996) (the folder says so)",
        "or as: show 'Fargo Two', US, season 1, episodes 1-2",
        "or as: movie 'Three'",
        "and 1 more reading",
        "in doubt: two readings",
        "in doubt: two ids",
    )


def test_a_doubt_that_is_told_already_is_not_told_twice() -> None:
    film = work(Film(title="Fargo"), kind=Kind.MOVIE, year=1996, doubt="two readings")
    assert readings_of(film, told=("two readings",)) == ("read as: movie 'Fargo' (1996)",)


def test_of_a_sure_work_only_the_reading_that_counts_is_told() -> None:
    others = (OtherReading(kind=Kind.MOVIE, title="Fargo 1996"),)
    film = work(Film(title="Fargo"), kind=Kind.MOVIE, year=1996, others=others)
    assert readings_of(film, is_sure=True) == ("read as: movie 'Fargo' (1996)",)
    assert readings_of(film) == ("read as: movie 'Fargo' (1996)", "or as: movie 'Fargo 1996'")
