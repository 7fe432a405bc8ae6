"""What numbers a name: every way in which people write seasons, episodes and days."""

import pytest

from cvi_trakt.identify.grammar.plain import read_plain
from cvi_trakt.identify.grammar.signs import find_sign

FIRST_TWELVE = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)


@pytest.mark.parametrize(
    ("text", "season", "episodes"),
    [
        pytest.param("Firefly.S01E02.720p", 1, (2,), id="s-and-e"),
        pytest.param("firefly.s1e2", 1, (2,), id="one-digit"),
        pytest.param("Firefly S01 E02", 1, (2,), id="space-between"),
        pytest.param("Firefly S01.E02", 1, (2,), id="dot-between"),
        pytest.param("Firefly - S01 - E02", 1, (2,), id="dash-between"),
        pytest.param("Firefly.S01EP02", 1, (2,), id="ep"),
        pytest.param("Firefly.S01x02", 1, (2,), id="s-and-x"),
        pytest.param("FireflyS01E02", 1, (2,), id="close-to-the-title"),
        pytest.param("Firefly.S00E01", 0, (1,), id="special"),
        pytest.param("Firefly.S2014E03", 2014, (3,), id="season-is-a-year"),
        pytest.param("Naruto.S01E1001", 1, (1001,), id="four-digits"),
        pytest.param("Firefly.S01E06v2.1080p", 1, (6,), id="second-version"),
        pytest.param("Firefly.S01E06a", 1, (6,), id="half-of-an-episode"),
        pytest.param("Firefly.S01E02E03", 1, (2, 3), id="two"),
        pytest.param("Firefly.S01E02&E03", 1, (2, 3), id="two-with-an-ampersand"),
        pytest.param("Firefly.S01E02+E03", 1, (2, 3), id="two-with-a-plus"),
        pytest.param("Firefly.S01E02 and E03", 1, (2, 3), id="two-with-a-word"),
        pytest.param("Firefly.S01E02_S01E03", 1, (2, 3), id="two-with-the-season-again"),
        pytest.param("Firefly.S01E02.03.720p", 1, (2, 3), id="two-with-a-dot"),
        pytest.param("Firefly S01E02, E04", 1, (2, 4), id="two-apart"),
        pytest.param("Firefly.S01E02-E05", 1, (2, 3, 4, 5), id="range"),
        pytest.param("Firefly.S01E02-05", 1, (2, 3, 4, 5), id="range-without-an-e"),
        pytest.param("Firefly.S01E02 to E04", 1, (2, 3, 4), id="range-with-a-word"),
        pytest.param("Firefly.S01E02-03-04", 1, (2, 3, 4), id="list-with-dashes"),
        pytest.param("Firefly.S01E02-03-07", 1, (2, 3, 7), id="list-with-dashes-and-a-gap"),
        pytest.param("Firefly.S01E14_S02E01", 1, (14,), id="two-seasons"),
        pytest.param("Firefly.S02E22 - 2x23", 2, (22, 23), id="two-ways"),
        pytest.param("Firefly.S01E02-720p", 1, (2,), id="resolution-behind-a-dash"),
        pytest.param("Firefly.1x02", 1, (2,), id="cross"),
        pytest.param("Firefly [1x02]", 1, (2,), id="cross-in-brackets"),
        pytest.param("Firefly.10x113", 10, (113,), id="cross-with-three-digits"),
        pytest.param("Firefly.2009x09", 2009, (9,), id="cross-with-a-year"),
        pytest.param("Firefly 1x02-720p", 1, (2,), id="cross-and-resolution"),
        pytest.param("Firefly 1x02-x04", 1, (2, 3, 4), id="cross-range"),
        pytest.param("Firefly.1x02-04", 1, (2, 3, 4), id="cross-range-without-an-x"),
        pytest.param("Firefly.1x02x03", 1, (2, 3), id="cross-list"),
        pytest.param("Firefly 1x02 1x03", 1, (2, 3), id="cross-twice"),
        pytest.param("Firefly 1x02_03", 1, (2, 3), id="cross-with-an-underscore"),
        pytest.param("Firefly Season 3 Episode 10", 3, (10,), id="words"),
        pytest.param("Firefly Season.1.Ep.02", 1, (2,), id="words-cut-short"),
        pytest.param("Firefly [S 1 - Ep 002]", 1, (2,), id="words-in-brackets"),
        pytest.param("Firefly Staffel 2 Folge 3", 2, (3,), id="german"),
        pytest.param("Firefly Saison VII - Ep 2", 7, (2,), id="french-with-a-roman-number"),
        pytest.param("Firefly Temporada 2 Capitulo 5", 2, (5,), id="spanish"),
        pytest.param("Firefly Stagione 1 Episodio 4", 1, (4,), id="italian"),
        pytest.param("Firefly Se.3 afl.3 en 4", 3, (3, 4), id="dutch"),
        pytest.param("Firefly.Cap.102", 1, (2,), id="capítulo"),
        pytest.param("Firefly [Cap.1503]", 15, (3,), id="capítulo-with-four-digits"),
        pytest.param("Firefly [Cap.1503_1506]", 15, (3, 4, 5, 6), id="capítulos"),
        pytest.param("Firefly Temporada 6 (2016) 720p Episodio 13", 6, (13,), id="apart"),
        pytest.param("Firefly S2 [05]", 2, (5,), id="episode-in-brackets-behind-the-season"),
        pytest.param("Firefly S2 05 [720p]", 2, (5,), id="bare-episode-behind-the-season"),
        pytest.param("Firefly S2 - 05v2 [1080p]", 2, (5,), id="episode-behind-a-dash"),
        pytest.param("Firefly S3-07", 3, (7,), id="season-and-episode-with-a-dash"),
        pytest.param("Firefly 2nd Season - 05", 2, (5,), id="ordinal"),
        pytest.param("Firefly s0105", 1, (5,), id="s-and-four-digits"),
        pytest.param("Firefly [1.05]", 1, (5,), id="dot-in-brackets"),
        pytest.param("Firefly - 1.05 - Safe", 1, (5,), id="dot-between-dashes"),
        pytest.param("4-13 Firefly", 4, (13,), id="first-in-the-name"),
        pytest.param("Firefly 03-12", 3, (12,), id="last-in-the-name"),
        pytest.param("Firefly.101.102.hdtv", 1, (1, 2), id="two-in-digits"),
        pytest.param("Firefly.10102.hdtv", 1, (1, 2), id="two-in-one-number"),
        pytest.param("Светлячок 2 сезон 5 серия", 2, (5,), id="russian"),
        pytest.param("Светлячок 2-й сезон 5-я серия", 2, (5,), id="russian-with-endings"),
        pytest.param("Firefly 2 sezon 5 seriya", 2, (5,), id="russian-in-latin-letters"),
        pytest.param("萤火虫 第二季 第05集", 2, (5,), id="chinese"),
    ],
)
def test_a_season_and_its_episodes_are_read(text: str, season: int, episodes: tuple[int, ...]) -> None:
    sign = find_sign(text)
    assert sign is not None
    assert (sign.season, sign.seasons, sign.episodes) == (season, (season,), episodes)


@pytest.mark.parametrize(
    ("text", "seasons"),
    [
        pytest.param("Firefly.S01.1080p", (1,), id="s"),
        pytest.param("Firefly [S2]", (2,), id="brackets"),
        pytest.param("Firefly (Season 2)", (2,), id="word"),
        pytest.param("Firefly The Complete Season 2", (2,), id="complete"),
        pytest.param("Firefly 2nd Season", (2,), id="ordinal"),
        pytest.param("Firefly Saison sept", (7,), id="french-word"),
        pytest.param("Firefly 2. Staffel", (2,), id="german"),
        pytest.param("Firefly 2ª Temporada", (2,), id="spanish"),
        pytest.param("Светлячок Сезон 2", (2,), id="russian"),
        pytest.param("Светлячок 2 сезон", (2,), id="russian-number-first"),
        pytest.param("Firefly 3. évad", (3,), id="hungarian"),
        pytest.param("萤火虫 第二季", (2,), id="chinese"),
        pytest.param("Firefly s2005", (2005,), id="year"),
        pytest.param("Firefly S01D02", (1,), id="disc"),
        pytest.param("Firefly S02DVD1", (2,), id="dvd"),
        pytest.param("Firefly.Season.1.of.3", (1,), id="of-three"),
        pytest.param("Firefly.S01-S04", (1, 2, 3, 4), id="range"),
        pytest.param("Firefly S01-04", (1, 2, 3, 4), id="range-without-a-second-s"),
        pytest.param("Firefly S1 to S4", (1, 2, 3, 4), id="range-with-a-word"),
        pytest.param("Firefly Seasons 1-5", (1, 2, 3, 4, 5), id="range-behind-a-word"),
        pytest.param("Firefly Seasons 1 to 5", (1, 2, 3, 4, 5), id="range-in-words"),
        pytest.param("Firefly Season 1-3", (1, 2, 3), id="range-behind-one-season"),
        pytest.param("Firefly S01.S02.S03", (1, 2, 3), id="list"),
        pytest.param("Firefly S1 + S3", (1, 3), id="list-with-a-plus"),
        pytest.param("Firefly Season 1, 2, 3 & 4", (1, 2, 3, 4), id="list-in-words"),
        pytest.param("Firefly Season 1 2 3", (1, 2, 3), id="list-with-spaces"),
    ],
)
def test_a_pack_lists_its_seasons_and_no_episode(text: str, seasons: tuple[int, ...]) -> None:
    sign = find_sign(text)
    assert sign is not None
    assert (sign.season, sign.seasons, sign.episodes) == (seasons[0], seasons, ())


@pytest.mark.parametrize(
    ("text", "day"),
    [
        pytest.param("The Daily Show 2016.10.24", "2016-10-24", id="dots"),
        pytest.param("The Daily Show 2016-10-24 Guest", "2016-10-24", id="dashes"),
        pytest.param("The Daily Show 2016 10 24 Guest", "2016-10-24", id="spaces"),
        pytest.param("The Daily Show 20161024", "2016-10-24", id="one-number"),
        pytest.param("The Daily Show 24.10.2016", "2016-10-24", id="day-first"),
        pytest.param("The Daily Show 10.24.2016", "2016-10-24", id="month-first"),
        pytest.param("The Daily Show 05.04.2016", "2016-04-05", id="day-first-where-both-can-be"),
        pytest.param("The Daily Show 2012.13.02", "2012-02-13", id="day-before-the-month-behind-the-year"),
        pytest.param("The.Daily.Show.160229.hdtv", "2016-02-29", id="six-digits"),
    ],
)
def test_a_day_is_read(text: str, day: str) -> None:
    sign = find_sign(text)
    assert sign is not None
    assert (sign.date, sign.season, sign.episodes, sign.strength.name) == (day, None, (), "SURE")


def test_an_episode_and_its_day_are_both_read() -> None:
    sign = find_sign("The.Daily.Show.S22E13.2016.10.24")
    assert sign is not None
    assert (sign.season, sign.episodes, sign.date) == (22, (13,), "2016-10-24")


@pytest.mark.parametrize(
    ("text", "episodes", "strength"),
    [
        pytest.param("Firefly Ep. 12", (12,), "SURE", id="ep"),
        pytest.param("Firefly E01", (1,), "SURE", id="e"),
        pytest.param("Firefly E01v2", (1,), "SURE", id="e-second-version"),
        pytest.param("Firefly E01E02", (1, 2), "SURE", id="two"),
        pytest.param("Firefly E01-E05", (1, 2, 3, 4, 5), "SURE", id="range"),
        pytest.param("Firefly Episodes 1-5", (1, 2, 3, 4, 5), "SURE", id="range-behind-a-word"),
        pytest.param("Firefly Episodio 4", (4,), "SURE", id="spanish-or-italian"),
        pytest.param("Firefly Folge 4", (4,), "SURE", id="german"),
        pytest.param("Ateşböceği 60.Bölüm", (60,), "SURE", id="turkish"),
        pytest.param("Atesbocegi 60 bolum", (60,), "SURE", id="turkish-in-plain-letters"),
        pytest.param("Atesbocegi.79.BLM", (79,), "SURE", id="turkish-cut-short"),
        pytest.param("Светлячок 12 серия", (12,), "SURE", id="russian"),
        pytest.param("Firefly 第05话", (5,), "SURE", id="chinese"),
        pytest.param("Firefly 第5話", (5,), "SURE", id="japanese"),
        pytest.param("Firefly 5of10", (5,), "FAIR", id="of-ten"),
        pytest.param("Firefly 5 of 10", (5,), "FAIR", id="of-ten-with-spaces"),
        pytest.param("Firefly - 05", (5,), "FAIR", id="dash"),
        pytest.param("Firefly - 05v2 [1080p]", (5,), "FAIR", id="dash-second-version"),
        pytest.param("Firefly - 05 END [720p]", (5,), "FAIR", id="dash-last-episode"),
        pytest.param("Firefly - 05 - Safe", (5,), "FAIR", id="between-dashes"),
        pytest.param("Firefly - 01-12", FIRST_TWELVE, "FAIR", id="dash-range"),
        pytest.param("Firefly - 5", (5,), "WEAK", id="dash-and-one-digit"),
        pytest.param("Firefly [05]", (5,), "FAIR", id="square-brackets"),
        pytest.param("Firefly [12END]", (12,), "FAIR", id="last-in-brackets"),
        pytest.param("Firefly [01-12完]", FIRST_TWELVE, "FAIR", id="all-in-brackets"),
        pytest.param("Firefly 【05】", (5,), "FAIR", id="heavy-brackets"),
        pytest.param("Firefly [5]", (5,), "WEAK", id="one-digit-in-brackets"),
        pytest.param("Firefly (9)", (9,), "WEAK", id="round-brackets"),
        pytest.param("Firefly 1-12 (Dub)", FIRST_TWELVE, "FAIR", id="range-from-the-first"),
        pytest.param("Fire_Fly_1-12_[DVD]", FIRST_TWELVE, "FAIR", id="range-with-underscores"),
        pytest.param("Firefly.Part.3.HDTV", (3,), "WEAK", id="part"),
        pytest.param("Firefly Part 1 and 2", (1, 2), "FAIR", id="two-parts"),
    ],
)
def test_an_episode_without_a_season_is_as_sure_as_its_sign(
    text: str, episodes: tuple[int, ...], strength: str
) -> None:
    sign = find_sign(text)
    assert sign is not None
    assert (sign.season, sign.episodes, sign.strength.name) == (None, episodes, strength)


@pytest.mark.parametrize(
    ("name", "episodes"),
    [
        pytest.param("[Crew] Cowboy Bebop 05 [1080p].mkv", (5,), id="bare"),
        pytest.param("[Crew] Cowboy Bebop 05v2 [1080p].mkv", (5,), id="second-version"),
        pytest.param("[Crew] Cowboy Bebop (05) [1080p].mkv", (5,), id="round-brackets"),
        pytest.param("[Crew] One Piece - 1071 [1080p].mkv", (1071,), id="four-digits-behind-a-dash"),
        pytest.param("[Crew]_Cowboy_Bebop_05_[1A2B3C4D].mkv", (5,), id="underscores"),
        pytest.param("[Crew] Cowboy Bebop - 05 [1080p][1A2B3C4D].mkv", (5,), id="dash"),
    ],
)
def test_a_bare_number_is_an_episode_where_a_group_stands_first(name: str, episodes: tuple[int, ...]) -> None:
    plain = read_plain(name)
    assert plain is not None
    assert plain.sign is not None
    assert (plain.sign.season, plain.sign.episodes, plain.sign.strength.name) == (None, episodes, "FAIR")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Heat.1920x804.x264", id="size-of-the-picture"),
        pytest.param("Heat.1920x1080", id="full-hd"),
        pytest.param("Heat.640x480", id="vga"),
        pytest.param("Heat.2.35x1", id="aspect-ratio"),
        pytest.param("Heat - 1080p", id="resolution-behind-a-dash"),
        pytest.param("Heat [720]", id="resolution-in-brackets"),
        pytest.param("Heat 1995", id="year"),
        pytest.param("Heat (1995)", id="year-in-round-brackets"),
        pytest.param("Heat [1995]", id="year-in-square-brackets"),
        pytest.param("Heat 1995.10", id="year-and-a-number"),
        pytest.param("Heat 1995.13.45", id="no-day-of-any-month"),
        pytest.param("Heat.1080p.E-AC3-S78", id="group-behind-the-sound"),
        pytest.param("Heat [1A2B3C4D]", id="checksum"),
        pytest.param("Heat [ABE01123]", id="checksum-with-an-e"),
        pytest.param("Heat.DD5.1", id="dolby"),
        pytest.param("Heat.AAC2.0.H.264", id="codecs"),
        pytest.param("Heat 10bit", id="depth-of-colour"),
        pytest.param("Se7en", id="digit-in-a-word"),
        pytest.param("Apollo 13", id="number-last"),
        pytest.param("12 Angry Men", id="number-first"),
        pytest.param("Section 8", id="word-that-begins-with-se"),
        pytest.param("Star Wars Episode IV", id="roman-episode"),
        pytest.param("2001 A Space Odyssey", id="year-first"),
        pytest.param("The Matrix 2of3", id="part-of-three"),
        pytest.param("Firefly Season 75", id="more-seasons-than-there-are"),
        pytest.param("Firefly 4-13 [720p]", id="range-that-begins-late"),
        pytest.param("Firefly.10108.hdtv", id="five-digits-that-do-not-follow"),
        pytest.param("1-13 Firefly", id="a-range-before-the-title"),
        pytest.param("Firefly - 05 Safe", id="number-with-a-word-behind-it"),
    ],
)
def test_what_only_looks_like_a_number_of_an_episode_is_none(text: str) -> None:
    assert find_sign(text) is None


def test_a_number_behind_a_hash_is_an_episode() -> None:
    sign = find_sign("Firefly #17")
    assert sign is not None
    assert (sign.season, sign.episodes) == (None, (17,))


@pytest.mark.parametrize("name", ["[Crew] Heat 1995 [1080p].mkv", "[Crew] Heat 720 [x264].mkv", "[Crew] Heat.mkv"])
def test_a_group_alone_makes_no_episode(name: str) -> None:
    plain = read_plain(name)
    assert plain is not None
    assert plain.sign is None


@pytest.mark.parametrize(
    ("text", "season", "episodes"),
    [
        pytest.param("Firefly - 05 - S01E02", 1, (2,), id="sure-before-fair"),
        pytest.param("Firefly.S01.E05.Safe.S02", 1, (5,), id="with-an-episode-before-one-without"),
        pytest.param("Firefly.E09.S01E02", 1, (2,), id="with-a-season-before-one-without"),
        pytest.param("Firefly.1x02.Part.3", 1, (2,), id="part-last"),
    ],
)
def test_the_surest_sign_counts(text: str, season: int, episodes: tuple[int, ...]) -> None:
    sign = find_sign(text)
    assert sign is not None
    assert (sign.season, sign.episodes) == (season, episodes)
