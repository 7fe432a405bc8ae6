"""Numbers that may mean two things: in a season's folder, in the title of a show, an episode or a film."""

import time

import pytest

from cvi_trakt.identify.grammar.plain import read_plain
from cvi_trakt.identify.grammar.signs import find_sign
from cvi_trakt.identify.names import identify
from cvi_trakt.media import Episodes, Film, Kind, ScanResult, Status
from cvi_trakt.numerals import value


def read(path: str) -> object:
    return identify(ScanResult(path=path, status=Status.HEALTHY))


@pytest.mark.parametrize(
    ("path", "title", "season", "episodes"),
    [
        pytest.param("/tv/The 100/Season 2/06 - Fog of War.mkv", "The 100", 2, (6,), id="three-digits-in-the-show"),
        pytest.param("/tv/The 100/Season 2/06.mkv", "The 100", 2, (6,), id="number-alone"),
        pytest.param("/tv/1883/Season 2/06. River.mkv", "1883", 2, (6,), id="show-is-a-year"),
        pytest.param("/tv/The 4400/Season 2/Pilot.mkv", "The 4400", 2, (), id="no-number-in-the-file"),
        pytest.param("/tv/Zorb/Season 2/06 - Apollo 13.mkv", "Zorb", 2, (6,), id="number-in-the-episode-s-title"),
        pytest.param("/tv/Zorb/Season 2/06 - 24 Hours.mkv", "Zorb", 2, (6,), id="no-range"),
        pytest.param("/tv/Zorb/Season 2/06 - 99.mkv", "Zorb", 2, (6,), id="episode-s-title-is-a-number"),
        pytest.param("/tv/Zorb/Season 2/06 - 1987.mkv", "Zorb", 2, (6,), id="episode-s-title-is-a-year"),
        pytest.param("/tv/Zorb/Season 2/06 - Episode 3.mkv", "Zorb", 2, (6,), id="word-behind-it"),
        pytest.param("/tv/Zorb/Season 2/06.1080p.mkv", "Zorb", 2, (6,), id="release-behind-it"),
        pytest.param("/tv/Zorb/Season 2/02 - Episode 3.mkv", "Zorb", 2, (3,), id="season-then-word"),
        pytest.param("/tv/Zorb/Season 2/03-04 - Finale.mkv", "Zorb", 2, (3, 4), id="two"),
        pytest.param("/tv/Zorb/Season 2/2-05 - Finale.mkv", "Zorb", 2, (5,), id="season-then-episode"),
        pytest.param("/tv/Zorb/Season 1/Zorb 1-05.mkv", "Zorb", 1, (5,), id="show-season-episode"),
        pytest.param("/tv/Zorb/Staffel 2/06 - Apollo 13.mkv", "Zorb", 2, (6,), id="german-folder"),
        pytest.param("/tv/24/Season 1/101 - Midnight.mkv", "24", 1, (1,), id="season-in-the-number"),
        pytest.param("/tv/24/Season 1/24 - 05 - Noon.mkv", "24", 1, (5,), id="show-before-the-number"),
        pytest.param("/tv/24/Season 1/24 - Last.mkv", "24", 1, (24,), id="number-is-also-the-show"),
        pytest.param("/tv/24/Season 1/24 S01E05.mkv", "24", 1, (5,), id="sure-sign"),
        pytest.param("/tv/24/Season 1/24 1x05.mkv", "24", 1, (5,), id="cross"),
        pytest.param("/tv/30 Rock/Season 1/30 Rock 105.mkv", "30 Rock", 1, (5,), id="show-begins-with-a-number"),
        pytest.param("/tv/60 Minutes/Season 1/60 Minutes - Ep 5.mkv", "60 Minutes", 1, (5,), id="show-then-word"),
    ],
)
def test_the_folder_says_the_season_and_the_file_s_first_number_the_episode(
    path: str, title: str, season: int, episodes: tuple[int, ...]
) -> None:
    found = read(path)
    assert isinstance(found, Episodes)
    assert (found.title, found.season, found.episodes) == (title, season, episodes)


def test_the_number_of_an_episode_is_no_title() -> None:
    found = read("Season 2/7 - 12 Angry Men.mkv")
    assert getattr(found, "reason", None) == "no title in the name"


@pytest.mark.parametrize(
    ("path", "title", "year"),
    [
        pytest.param("K-911.mkv", "K-911", None, id="dash"),
        pytest.param("20,000 Leagues Under the Sea.mkv", "20,000 Leagues Under the Sea", None, id="comma"),
        pytest.param("80 000 Suspects.mkv", "80 000 Suspects", None, id="space"),
        pytest.param("Jackass.2.5.2007.1080p-GRP.mkv", "Jackass 2 5", 2007, id="no-day"),
    ],
)
def test_a_number_of_a_title_is_a_film_s(path: str, title: str, year: int | None) -> None:
    found = read(path)
    assert isinstance(found, Film)
    assert (found.title, found.year) == (title, year)


@pytest.mark.parametrize(
    ("path", "is_also_a_film"),
    [
        pytest.param("[Crew] America 3000 [BD 1080p].mkv", True, id="four-digits"),
        pytest.param("[Crew] Monster - 05 [1080p].mkv", False, id="set-off"),
        pytest.param("[Crew] Monster - 1023 [1080p].mkv", False, id="four-digits-set-off"),
    ],
)
def test_a_fansub_s_four_digits_may_be_a_film_s(path: str, is_also_a_film: bool) -> None:
    found = read(path)
    assert isinstance(found, Episodes)
    assert any(other.kind is Kind.MOVIE for other in found.others) is is_also_a_film


@pytest.mark.parametrize("text", ["A Part İ", "A Season İ", "A Part ſix", "A Season ſix Episode 2", "A Part 1 to İ"])
def test_letters_that_only_look_like_a_numeral_are_none(text: str) -> None:
    plain = read_plain(f"{text}.mkv")
    assert plain is not None
    assert plain.sign is None or plain.sign.season is None


def test_six_is_no_season_nine() -> None:
    sign = find_sign("Six Episode 2")
    assert sign is not None
    assert (sign.season, sign.episodes) == (None, (2,))


def test_digits_of_other_scripts_are_numbers() -> None:
    sign = find_sign("A Season ٢ Episode ٣")
    assert sign is not None
    assert (sign.season, sign.episodes) == (2, (3,))


def test_a_number_too_long_is_none() -> None:
    with pytest.raises(ValueError, match="digits"):
        value("1" * 5000)
    assert find_sign(f"A S{'1' * 5000}E{'1' * 5000}") is None


def test_a_name_of_many_numbers_is_read_in_time() -> None:
    start = time.monotonic()
    find_sign("1x02" * 500 + "z")
    assert time.monotonic() - start < 1
