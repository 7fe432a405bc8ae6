"""The files of a folder decide between the readings of one that differs."""

from dataclasses import replace

import pytest

from cvi_trakt.identify.neighbours import agreed
from cvi_trakt.media import (
    Episodes,
    Film,
    IdentifiedFile,
    Identity,
    Ids,
    Kind,
    NotAWork,
    OtherReading,
    ScanResult,
    Status,
)

DOUBT = "the number 13 after 'Apollo' may be a word of a film's title"
AS_APOLLO = OtherReading(kind=Kind.SHOW, title="Apollo", episodes=(13,))
STRAY = Film(title="Apollo 13", others=(AS_APOLLO,))
READ_AS_APOLLO = Episodes(title="Apollo", episodes=(13,), others=(OtherReading(kind=Kind.MOVIE, title="Apollo 13"),))


def episode(number: int, title: str = "Apollo") -> Episodes:
    return Episodes(title=title, episodes=(number,))


def file(path: str, identity: Identity) -> IdentifiedFile:
    return IdentifiedFile(result=ScanResult(path=path, status=Status.HEALTHY), identity=identity)


def settled(*identities: Identity) -> list[Identity]:
    """Settle files that lie in one folder."""
    files = [file(f"/tv/Apollo/{number}.mkv", identity) for number, identity in enumerate(identities)]
    return [one.identity for one in agreed(files)]


def test_a_film_among_episodes_is_one_of_them_where_its_name_may_say_so() -> None:
    episodes = [episode(number) for number in (10, 11, 12)]
    assert settled(*episodes, STRAY) == [*episodes, READ_AS_APOLLO]


def test_an_episode_of_another_show_is_one_of_them_where_its_name_may_say_so() -> None:
    stray = Episodes(
        title="Apollo 2", episodes=(5,), others=(OtherReading(kind=Kind.SHOW, title="apollo", season=2, episodes=(5,)),)
    )
    assert settled(episode(1), episode(2), episode(3), stray)[3] == Episodes(
        title="apollo", season=2, episodes=(5,), others=(OtherReading(kind=Kind.SHOW, title="Apollo 2"),)
    )


def test_all_that_the_other_reading_says_is_taken() -> None:
    reading = OtherReading(
        kind=Kind.SHOW, title="Apollo", year=2003, year_is_first=False, country="US", season=1, episodes=(4,)
    )
    further = OtherReading(kind=Kind.MOVIE, title="Apollo 13 2003")
    stray = Film(title="Apollo 13", year=2003, others=(further, reading), doubt=DOUBT)
    assert settled(episode(1), episode(2), episode(3), stray)[3] == Episodes(
        title="Apollo",
        year=2003,
        year_is_first=False,
        country="US",
        season=1,
        episodes=(4,),
        others=(OtherReading(kind=Kind.MOVIE, title="Apollo 13", year=2003), further),
    )


def test_the_bare_number_of_an_episode_is_no_doubt_where_episodes_agree() -> None:
    doubtful = replace(episode(13), doubt=DOUBT)
    assert settled(episode(10), episode(11), doubtful) == [episode(10), episode(11), episode(13)]


@pytest.mark.parametrize(
    "identity",
    [
        pytest.param(Film(title="Apollo 13"), id="film-that-can-be-nothing-else"),
        pytest.param(Film(title="Apollo 13", others=(replace(AS_APOLLO, title="Artemis"),)), id="another-show"),
        pytest.param(Film(title="Apollo 13", others=(replace(AS_APOLLO, kind=Kind.MOVIE),)), id="another-film"),
        pytest.param(replace(STRAY, ids=Ids(tmdb=568)), id="film-with-an-id"),
        pytest.param(replace(episode(13), year=1995, doubt=DOUBT), id="episode-with-a-year"),
        pytest.param(NotAWork(reason="sample"), id="sample"),
    ],
)
def test_what_its_neighbours_cannot_speak_for_stays(identity: Identity) -> None:
    assert settled(*(episode(number) for number in range(1, 7)), identity)[6] == identity


@pytest.mark.parametrize(
    ("neighbours", "is_settled"),
    [
        pytest.param([episode(1), episode(2)], False, id="two-are-too-few"),
        pytest.param([episode(1), episode(2), episode(3)], True, id="three-are-enough"),
        pytest.param([episode(1), episode(2), episode(3), *(Film(title=x) for x in "ab")], False, id="half"),
        pytest.param([episode(1), episode(2), episode(3), Film(title="a")], True, id="three-of-five"),
        pytest.param(
            [episode(1), episode(2), episode(3), *[NotAWork(reason="sample")] * 9], True, id="samples-have-no-vote"
        ),
        pytest.param([episode(1), episode(2), episode(3, "APOLLO")], True, id="one-title-in-two-spellings"),
        pytest.param([episode(1), episode(2), episode(3, "Artemis")], False, id="two-titles"),
    ],
)
def test_enough_of_a_folder_must_agree(neighbours: list[Identity], is_settled: bool) -> None:
    assert settled(*neighbours, STRAY)[-1] == (READ_AS_APOLLO if is_settled else STRAY)


def test_films_decide_nothing() -> None:
    films = [Film(title="Apollo") for _ in range(4)]
    stray = replace(episode(13), others=(OtherReading(kind=Kind.MOVIE, title="Apollo"),))
    assert settled(*films, stray)[4] == stray


def test_each_folder_decides_for_itself() -> None:
    files = [file(f"/tv/Apollo/{number}.mkv", episode(number)) for number in (1, 2, 3)]
    other = file("/tv/Films/Apollo 13.mkv", STRAY)
    assert agreed([*files, other]) == [*files, other]


def test_the_seasons_of_a_show_are_one_folder() -> None:
    files = [file(f"/tv/Apollo/Season {number}/1.mkv", episode(number)) for number in (1, 2, 3)]
    stray = file("/tv/Apollo/Season 4/13.mkv", STRAY)
    assert agreed([*files, stray])[3] == replace(stray, identity=READ_AS_APOLLO)


def test_relative_and_absolute_paths_of_one_folder_are_one() -> None:
    files = [file(f"/tv/Apollo/{number}.mkv", episode(number)) for number in (1, 2, 3)]
    stray = file("Apollo/13.mkv", STRAY)
    assert agreed([*files, stray], base="/tv")[3] == replace(stray, identity=READ_AS_APOLLO)


def test_files_keep_their_order() -> None:
    paths = ["/tv/B/1.mkv", "/tv/A/1.mkv", "/tv/B/2.mkv", "/tv/A/2.mkv"]
    assert [one.result.path for one in agreed(file(path, episode(1)) for path in paths)] == paths


def test_no_files_are_no_files() -> None:
    assert agreed([]) == []
