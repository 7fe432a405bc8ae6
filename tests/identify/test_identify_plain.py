"""What the grammar alone reads in a file name."""

import pytest

from cvi_trakt.identify.grammar.front import heart
from cvi_trakt.identify.grammar.plain import Plain, read_plain
from cvi_trakt.identify.grammar.rows import read_row
from cvi_trakt.media import Kind
from cvi_trakt.release_words import without_edition


def read(name: str) -> Plain:
    plain = read_plain(name)
    assert plain is not None
    return plain


@pytest.mark.parametrize(
    ("name", "title", "year"),
    [
        pytest.param("Heat.1995.1080p.BluRay.x264-GRP.mkv", "Heat", 1995, id="release"),
        pytest.param("Heat 1995 DVDRip.avi", "Heat", 1995, id="spaces"),
        pytest.param("Heat_1995_720p.mkv", "Heat", 1995, id="underscores"),
        pytest.param("Heat (1995).mkv", "Heat", 1995, id="round-brackets"),
        pytest.param("Heat.(1995).1080p.mkv", "Heat", 1995, id="round-brackets-in-a-release"),
        pytest.param("Heat [1995].mkv", "Heat", 1995, id="square-brackets"),
        pytest.param("Heat.1995.Remastered.mkv", "Heat", 1995, id="edition-behind-the-year"),
        pytest.param("Heat (1995) (1080p).mkv", "Heat", 1995, id="more-brackets"),
        pytest.param("Heat (1995) [DVD 576p].mkv", "Heat", 1995, id="release-in-brackets"),
        pytest.param("Heat.mkv", "Heat", None, id="no-year"),
        pytest.param("Heat.1080p.mkv", "Heat", None, id="resolution-is-no-year"),
        pytest.param("Heat v2.mkv", "Heat", None, id="second-version"),
        pytest.param("Mission Impossible - Fallout (2018).mkv", "Mission Impossible - Fallout", 2018, id="dash"),
        pytest.param("WALL-E.2008.1080p.mkv", "WALL-E", 2008, id="hyphen"),
        pytest.param("M (1931).mkv", "M", 1931, id="one-letter"),
        pytest.param("The Kiss 1896.mkv", "The Kiss", 1896, id="the-first-films"),
        pytest.param("The English Patient 1996.mkv", "The English Patient", 1996, id="language-in-the-title"),
        pytest.param("9 (2009).mkv", "9", 2009, id="title-is-a-digit"),
        pytest.param("300.mkv", "300", None, id="title-is-a-number"),
        pytest.param("1984.mkv", "1984", None, id="title-is-a-year"),
        pytest.param("1917.2019.1080p.mkv", "1917", 2019, id="title-is-a-year-and-there-is-another"),
        pytest.param("2012 (2009).mkv", "2012", 2009, id="title-is-a-later-year"),
        pytest.param("2001.A.Space.Odyssey.1968.1080p.mkv", "2001 A Space Odyssey", 1968, id="title-begins-with-one"),
        pytest.param("Blade.Runner.2049.2017.2160p.mkv", "Blade Runner 2049", 2017, id="title-ends-with-one-to-come"),
        pytest.param("Death.Race.2000.1975.720p.mkv", "Death Race 2000", 1975, id="title-ends-with-one"),
        pytest.param(
            "Wonder Woman 1984 (2020).mkv", "Wonder Woman 1984", 2020, id="year-in-brackets-before-a-bare-one"
        ),
        pytest.param("Roman 2041.mkv", "Roman 2041", None, id="year-far-to-come"),
        pytest.param("Roman 20051.mkv", "Roman 20051", None, id="five-digits"),
        pytest.param("Cosmos (1980-1981).mkv", "Cosmos", 1980, id="years"),
        pytest.param("Heat (1995) 2019 1080p.mkv", "Heat", 1995, id="year-of-a-disc-behind-that-in-brackets"),
        pytest.param("Heat.1995.Remastered.for.2017.in.HD.1080p.mkv", "Heat", 1995, id="year-before-an-edition"),
        pytest.param("Roots.1977-1978.DVDRip.mkv", "Roots", 1977, id="years-of-a-release"),
        pytest.param("2018 - Roma.mkv", "Roma", 2018, id="year-first"),
        pytest.param("(2013) Gravity.mkv", "Gravity", 2013, id="year-first-in-brackets"),
        pytest.param("Kill Bill Vol. 1 (2003).mkv", "Kill Bill Vol. 1", 2003, id="volume"),
        pytest.param("www.films.com - Heat (1995).mkv", "Heat", 1995, id="site"),
        pytest.param("[ www.Films.com ] Heat 1995 720p.mkv", "Heat", 1995, id="site-in-brackets"),
        pytest.param("films.org_-_Heat.1995.mkv", "Heat", 1995, id="site-without-www"),
        pytest.param("120504 Heat.mkv", "Heat", None, id="stamp"),
        pytest.param("[101] Heat 1995.mkv", "Heat", 1995, id="number-of-an-upload"),
        pytest.param('[01/20] - "Heat.1995.1080p.mkv"', "Heat", 1995, id="quotes"),
        pytest.param("The+Big+Heat+1953.mkv", "The Big Heat", 1953, id="pluses"),
        pytest.param("[Crew] Akira (1988) [BDRip].mkv", "Akira", 1988, id="group"),
        pytest.param("[Crew] Akira [BDRip].mkv", "Akira", None, id="group-without-a-year"),
        pytest.param("卧虎藏龙.Crouching.Tiger.2000.mkv", "Crouching Tiger", 2000, id="chinese-first"),
    ],
)
def test_a_film_is_what_stands_before_its_year_or_the_release(name: str, title: str, year: int | None) -> None:
    plain = read(name)
    assert (plain.kind, plain.title, plain.year, plain.sign) == (Kind.MOVIE, title, year, None)


@pytest.mark.parametrize(
    ("name", "title", "year", "is_first"),
    [
        pytest.param("Firefly.S01E02.Safe.720p.mkv", "Firefly", None, True, id="no-year"),
        pytest.param("Firefly.2002.S01E02.mkv", "Firefly", 2002, True, id="year-before"),
        pytest.param("Firefly (2002) S01E02.mkv", "Firefly", 2002, True, id="year-in-brackets"),
        pytest.param("Firefly (2002-2003) S01E02.mkv", "Firefly", 2002, True, id="years"),
        pytest.param("2002 - Firefly S01E02.mkv", "Firefly", 2002, True, id="year-first"),
        pytest.param("Firefly.S01E02.2003.720p.mkv", "Firefly", 2003, False, id="year-behind"),
        pytest.param("Firefly - [1x02] - Safe.mkv", "Firefly", None, True, id="number-in-brackets"),
        pytest.param("Firefly (1x02).mkv", "Firefly", None, True, id="number-in-round-brackets"),
        pytest.param("Firefly.HDTV.S01E02.mkv", "Firefly", None, True, id="release-before-the-number"),
        pytest.param("Firefly.Complete.Season.1.mkv", "Firefly", None, True, id="complete"),
        pytest.param("Firefly The Complete Series S01-S03.mkv", "Firefly", None, True, id="complete-series"),
        pytest.param("Firefly - Season 1 Episode 2.mkv", "Firefly", None, True, id="words"),
        pytest.param("Star Trek - Discovery - S01E01.mkv", "Star Trek - Discovery", None, True, id="dash"),
        pytest.param("24.S01E01.mkv", "24", None, True, id="title-is-a-number"),
        pytest.param("1883.S01E01.mkv", "1883", None, True, id="title-is-a-year"),
        pytest.param("12 Monkeys S01E01.mkv", "12 Monkeys", None, True, id="title-begins-with-a-number"),
        pytest.param("9-1-1.S01E01.mkv", "9-1-1", None, True, id="title-of-digits"),
        pytest.param("The Daily Show 2016.10.24 Guest.mkv", "The Daily Show", None, True, id="day"),
        pytest.param("www.films.com - Firefly.S01E02.mkv", "Firefly", None, True, id="site"),
        pytest.param("[Crew] Cowboy Bebop - 05 [720p].mkv", "Cowboy Bebop", None, True, id="group"),
        pytest.param("[Crew] Mob Psycho 100 - 05 [720p].mkv", "Mob Psycho 100", None, True, id="number-in-the-title"),
    ],
)
def test_a_show_is_what_stands_before_its_number(name: str, title: str, year: int | None, is_first: bool) -> None:
    plain = read(name)
    assert (plain.kind, plain.title, plain.year, plain.year_is_first) == (Kind.SHOW, title, year, is_first)


@pytest.mark.parametrize("name", ["S01E02.mkv", "S01E02 - Safe.mkv", "Episode 1.mkv", "1x02.mkv"])
def test_a_number_without_words_before_it_has_no_title(name: str) -> None:
    plain = read(name)
    assert (plain.kind, plain.title) == (Kind.SHOW, None)


@pytest.mark.parametrize(
    ("name", "title", "country"),
    [
        pytest.param("The Office (US) - S01E02.mkv", "The Office", "US", id="brackets"),
        pytest.param("The Office (UK) S01E02.mkv", "The Office", "UK", id="uk"),
        pytest.param("The Office (US) (2005) - S01E02.mkv", "The Office", "US", id="before-the-year"),
        pytest.param("The Office US S01E02.mkv", "The Office US", None, id="bare-it-may-be-a-word"),
        pytest.param("The Office (XY) S01E02.mkv", "The Office", None, id="no-country"),
    ],
)
def test_a_country_stands_in_brackets(name: str, title: str, country: str | None) -> None:
    plain = read(name)
    assert (plain.title, plain.country) == (title, country)


@pytest.mark.parametrize(
    ("name", "with_year"),
    [
        pytest.param("Sealab.2021.S01E02.mkv", "Sealab 2021", id="show"),
        pytest.param("Space 1999 S01E02.mkv", "Space 1999", id="show-with-a-past-year"),
        pytest.param("Wonder.Woman.1984.mkv", "Wonder Woman 1984", id="film"),
        pytest.param("2018 - Roma.mkv", "2018 - Roma", id="first"),
        pytest.param("Firefly (2002) S01E02.mkv", None, id="show-with-brackets"),
        pytest.param("Heat (1995).mkv", None, id="film-with-brackets"),
        pytest.param("Heat.mkv", None, id="no-year"),
    ],
)
def test_a_bare_year_may_be_a_word_of_the_title(name: str, with_year: str | None) -> None:
    assert read(name).title_with_year == with_year


@pytest.mark.parametrize(
    ("name", "title", "titles"),
    [
        pytest.param("卧虎藏龙 Crouching Tiger (2000).mkv", "Crouching Tiger", ("卧虎藏龙",), id="film"),
        pytest.param("星际牛仔 Cowboy Bebop S01E05.mkv", "Cowboy Bebop", ("星际牛仔",), id="show"),
        pytest.param("[字幕][星际牛仔][Cowboy Bebop][05][1080p].mkv", "Cowboy Bebop", ("星际牛仔",), id="row"),
        pytest.param(
            "[字幕][Cowboy Bebop][星际牛仔][05][1080p].mkv", "Cowboy Bebop", ("星际牛仔",), id="row-latin-first"
        ),
        pytest.param(
            "[字幕][星际牛仔/Cowboy Bebop][05][1080p].mkv", "Cowboy Bebop", ("星际牛仔",), id="row-and-stroke"
        ),
    ],
)
def test_of_titles_in_two_scripts_the_latin_one_comes_first(name: str, title: str, titles: tuple[str, ...]) -> None:
    plain = read(name)
    assert (plain.title, plain.titles) == (title, titles)


@pytest.mark.parametrize(
    ("text", "titles", "year", "episodes"),
    [
        pytest.param("[Crew][Cowboy Bebop][05][1080p]", ("Cowboy Bebop",), None, (5,), id="episode"),
        pytest.param("[Crew][Cowboy_Bebop][01-03][1080p]", ("Cowboy_Bebop",), None, (1, 2, 3), id="range"),
        pytest.param("【Crew】【Cowboy Bebop】【05】【1080p】", ("Cowboy Bebop",), None, (5,), id="heavy"),
        pytest.param("[Crew]★10月新番★[Cowboy Bebop][05][GB]", ("Cowboy Bebop",), None, (5,), id="stars"),
        pytest.param("[Crew][Akira][1988][BDRip]", ("Akira",), 1988, (), id="film"),
    ],
)
def test_a_row_of_brackets_is_a_group_titles_and_a_number(
    text: str, titles: tuple[str, ...], year: int | None, episodes: tuple[int, ...]
) -> None:
    row = read_row(text)
    assert row is not None
    assert (row.titles, row.year, row.sign.episodes if row.sign else ()) == (titles, year, episodes)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[Crew] Cowboy Bebop [05][1080p]", id="title-outside"),
        pytest.param("[Crew][Cowboy Bebop]", id="two-brackets"),
        pytest.param("Cowboy Bebop [05][1080p][GB]", id="title-first"),
        pytest.param("[Crew][1080p][05][MP4]", id="nothing-that-is-a-title"),
    ],
)
def test_what_is_no_row_of_brackets_is_left_to_others(text: str) -> None:
    assert read_row(text) is None


@pytest.mark.parametrize(
    ("name", "show", "film", "year"),
    [
        pytest.param("Open Season 2 (2008).mkv", "Open", "Open Season 2", 2008, id="season"),
        pytest.param("Dune Part Two (2024).mkv", "Dune", "Dune Part Two", 2024, id="part"),
        pytest.param("The Godfather Part II 1974.mkv", "The Godfather", "The Godfather Part II", 1974, id="roman-part"),
    ],
)
def test_a_number_that_a_year_follows_may_be_a_film_s(name: str, show: str, film: str, year: int) -> None:
    plain = read(name)
    assert plain.film is not None
    assert (plain.title, plain.film.kind, plain.film.title, plain.film.year) == (show, Kind.MOVIE, film, year)


@pytest.mark.parametrize("name", ["Firefly.S01E02.2003.mkv", "Firefly.Season.2.mkv", "Firefly 1x02.mkv"])
def test_a_sure_number_without_a_year_of_a_film_is_a_show_s_alone(name: str) -> None:
    assert read(name).film is None


@pytest.mark.parametrize(
    ("name", "is_fansub"),
    [("[Crew] Akira [BDRip].mkv", True), ("Akira [BDRip].mkv", False)],
    ids=["group", "no-group"],
)
def test_a_group_before_the_title_is_noted(name: str, is_fansub: bool) -> None:
    assert read(name).is_fansub is is_fansub


@pytest.mark.parametrize("name", ["", ".mkv", "( ).mkv", "---"], ids=["empty", "extension", "brackets", "dashes"])
def test_nothing_is_read_in_nothing(name: str) -> None:
    assert read_plain(name) is None


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("Heat.1995.mkv", "Heat.1995", id="extension"),
        pytest.param("Heat.1995.m2ts", "Heat.1995", id="extension-with-a-digit"),
        pytest.param("Heat.1995.mkv.001", "Heat.1995", id="volume"),
        pytest.param("Heat.1995.part02.rar", "Heat.1995", id="part-of-an-archive"),
        pytest.param("Heat.1995.vol003+04.par2", "Heat.1995", id="repair-file"),
        pytest.param("www.films.com.-.Heat.1995.avi", "Heat.1995", id="site"),
        pytest.param('[01/20] - "Heat.1995.mkv"', "Heat.1995", id="quotes"),
        pytest.param("Heat+%281995%29+720p.mkv", "Heat (1995) 720p", id="pluses-and-codes"),
        pytest.param("卧虎藏龙.Crouching.Tiger.2000.mkv", "Crouching.Tiger.2000", id="other-script-first"),
        pytest.param("C+ 1995.mkv", "C+ 1995", id="one-plus-stays"),
        pytest.param("www.films.com -", "www.films.com -", id="nothing-but-a-site"),
    ],
)
def test_the_heart_of_a_name_is_what_says_something(name: str, text: str) -> None:
    assert heart(name) == text


@pytest.mark.parametrize(
    ("title", "shorter"),
    [
        pytest.param("Blade Runner - The Final Cut", "Blade Runner", id="cut"),
        pytest.param("Aliens Special Edition", "Aliens", id="edition"),
        pytest.param("Heat (Director's Cut)", "Heat", id="brackets"),
        pytest.param("Heat Extended", "Heat", id="one-word"),
        pytest.param("Heat 25th Anniversary Edition", "Heat", id="anniversary"),
        pytest.param("Heat Extended Remastered", "Heat", id="two-of-them"),
        pytest.param("Avatar 3D", "Avatar", id="capitals"),
        pytest.param("The Hidden Fortress Japanese", "The Hidden Fortress", id="language"),
        pytest.param("The Good German", "The Good German", id="language-in-the-title"),
        pytest.param("The Danish", "The Danish", id="language-behind-an-article"),
        pytest.param("Johnny English", "Johnny English", id="name-like-a-language"),
        pytest.param("Step Up 3d", "Step Up 3d", id="small-letters"),
        pytest.param("The Unrated", "The Unrated", id="edition-behind-an-article"),
        pytest.param("Heat", "Heat", id="nothing-to-take"),
        pytest.param("Director's Cut", "", id="nothing-left"),
    ],
)
def test_an_edition_or_a_language_at_the_end_is_taken_off(title: str, shorter: str) -> None:
    assert without_edition(title) == shorter
