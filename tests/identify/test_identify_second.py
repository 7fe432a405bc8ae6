"""Of two readings of a name one counts, and what else it may say is kept for the search."""

from dataclasses import replace

import pytest

from cvi_trakt.identify.names import Identifier
from cvi_trakt.media import Episodes, Film, Identity, Kind, NotAWork, OtherReading, ScanResult, Status

Named = tuple[Kind, str, int | None]


@pytest.fixture(scope="module")
def identifier() -> Identifier:
    return Identifier()


def identified(identifier: Identifier, path: str) -> Film | Episodes:
    identity = identifier.identify(ScanResult(path=path, status=Status.HEALTHY))
    assert not isinstance(identity, NotAWork)
    return identity


def best(identifier: Identifier, path: str) -> Identity:
    return replace(identified(identifier, path), others=())


def others(identifier: Identifier, path: str) -> list[Named]:
    return [(other.kind, other.title, other.year) for other in identified(identifier, path).others]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param("300.2006.1080p.BluRay.x264.mkv", Film(title="300", year=2006), id="number"),
        pytest.param("1917.2019.1080p.mkv", Film(title="1917", year=2019), id="year"),
        pytest.param("2012 (2009).mkv", Film(title="2012", year=2009), id="year-after-that-of-the-film"),
        pytest.param("1917.mkv", Film(title="1917"), id="year-alone"),
        pytest.param("Blade Runner 2049.mkv", Film(title="Blade Runner 2049"), id="year-to-come"),
        pytest.param("Blade.Runner.2049.2017.2160p.mkv", Film(title="Blade Runner 2049", year=2017), id="two-years"),
        pytest.param("Kill.Bill.Vol.1.2003.1080p.mkv", Film(title="Kill Bill Vol 1", year=2003), id="volume"),
        pytest.param("Kill Bill Vol 1 (2003).mkv", Film(title="Kill Bill Vol 1", year=2003), id="volume-and-brackets"),
        pytest.param("Dune.Part.Two.2024.1080p.mkv", Film(title="Dune Part Two", year=2024), id="part"),
        pytest.param("Dune Part Two (2024).mkv", Film(title="Dune Part Two", year=2024), id="part-and-brackets"),
        pytest.param("The Godfather Part 2 (1974).mkv", Film(title="The Godfather Part 2", year=1974), id="part-2"),
        pytest.param("[REC] (2007).mkv", Film(title="REC", year=2007), id="title-in-brackets"),
        pytest.param("[REC].2007.1080p.mkv", Film(title="REC", year=2007), id="title-in-brackets-of-a-release"),
        pytest.param("WALL-E (2008).mkv", Film(title="WALL-E", year=2008), id="hyphen"),
        pytest.param("WALL-E.2008.1080p.mkv", Film(title="WALL-E", year=2008), id="hyphen-in-a-release"),
        pytest.param("Johnny.English.2003.1080p.mkv", Film(title="Johnny English", year=2003), id="english"),
        pytest.param("The.Good.German.2006.1080p.mkv", Film(title="The Good German", year=2006), id="german"),
        pytest.param("The Italian Job 1969.mkv", Film(title="The Italian Job", year=1969), id="italian"),
        pytest.param("Heat.1995.German.1080p.mkv", Film(title="Heat", year=1995), id="language-behind-the-year"),
        pytest.param("Apollo.13.1995.720p.mkv", Film(title="Apollo 13", year=1995), id="number-before-the-year"),
        pytest.param("3.10.to.Yuma.2007.1080p.mkv", Film(title="3 10 to Yuma", year=2007), id="time-of-day"),
        pytest.param("13.Going.on.30.2004.720p.mkv", Film(title="13 Going on 30", year=2004), id="two-numbers"),
        pytest.param("12.Angry.Men.1957.mkv", Film(title="12 Angry Men", year=1957), id="number-first"),
        pytest.param("Catch - 22 (1970).mkv", Film(title="Catch - 22", year=1970), id="number-behind-a-dash"),
        pytest.param("French.2010.mkv", Film(title="French", year=2010), id="only-a-language"),
        pytest.param("U-571.2000.mkv", Film(title="U-571", year=2000), id="number-behind-a-hyphen"),
        pytest.param("Open Season 2 (2008).mkv", Film(title="Open Season 2", year=2008), id="season-in-the-title"),
        pytest.param("Heat.1995.1080p.E-AC3-S78.mkv", Film(title="Heat", year=1995), id="group-like-a-season"),
        pytest.param("Heat.1995.1920x804.x264.mkv", Film(title="Heat", year=1995), id="size-of-the-picture"),
        pytest.param("Matrix, The.mkv", Film(title="The Matrix"), id="article-last"),
        pytest.param("Matrix, The (1999).mkv", Film(title="The Matrix", year=1999), id="article-last-and-year"),
        pytest.param("2013 - Gravity.mkv", Film(title="Gravity", year=2013), id="year-first"),
        pytest.param("grp-heat.1995.720p.mkv", Film(title="heat", year=1995), id="scene-group-first"),
        pytest.param(
            "Blade Runner - The Final Cut (1982).mkv", Film(title="Blade Runner", year=1982), id="name-of-an-edition"
        ),
        pytest.param(
            "[Crew] Evangelion - 3.33 You Can Not Redo [BD].mkv",
            Film(title="Evangelion - 3.33 You Can Not Redo"),
            id="fansub-with-a-number",
        ),
        pytest.param("[Crew] Naruto - Road to Ninja [BDRip].mkv", Film(title="Naruto - Road to Ninja"), id="fansub"),
        pytest.param(
            "Zom.100.Bucket.List.of.the.Dead.mkv", Film(title="Zom 100 Bucket List of the Dead"), id="words-follow"
        ),
    ],
)
def test_a_film_is_read_with_every_word_of_its_title(identifier: Identifier, path: str, expected: Film) -> None:
    assert best(identifier, path) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param("Firefly.S01E06v2.mkv", Episodes(title="Firefly", season=1, episodes=(6,)), id="second-version"),
        pytest.param("Firefly.S01E01E02.mkv", Episodes(title="Firefly", season=1, episodes=(1, 2)), id="double"),
        pytest.param("Firefly.S01E01-02.mkv", Episodes(title="Firefly", season=1, episodes=(1, 2)), id="double-dash"),
        pytest.param("Firefly - 1x01 - 1x02.mkv", Episodes(title="Firefly", season=1, episodes=(1, 2)), id="cross"),
        pytest.param("Firefly.S01.1080p.mkv", Episodes(title="Firefly", season=1), id="pack"),
        pytest.param(
            "Firefly.S01-S03.1080p.mkv", Episodes(title="Firefly", season=1, seasons=(1, 2, 3)), id="pack-of-seasons"
        ),
        pytest.param("Firefly.S00E01.mkv", Episodes(title="Firefly", season=0, episodes=(1,)), id="special"),
        pytest.param("Firefly - 101.mkv", Episodes(title="Firefly", episodes=(101,)), id="101-behind-a-dash"),
        pytest.param("Firefly.101.hdtv.mkv", Episodes(title="Firefly", season=1, episodes=(1,)), id="101-broadcast"),
        pytest.param("[Crew] One Piece - 1071 [1080p].mkv", Episodes(title="One Piece", episodes=(1071,)), id="anime"),
        pytest.param("[Crew] Naruto 220 [720p].mkv", Episodes(title="Naruto", episodes=(220,)), id="anime-bare"),
        pytest.param(
            "[Crew] Mob Psycho 100 - 05 [1080p].mkv", Episodes(title="Mob Psycho 100", episodes=(5,)), id="anime-number"
        ),
        pytest.param("[Crew] 86 - 05 [1080p].mkv", Episodes(title="86", episodes=(5,)), id="anime-only-a-number"),
        pytest.param(
            "[Crew] Firefly 2nd Season - 05 (1080p).mkv",
            Episodes(title="Firefly", season=2, episodes=(5,)),
            id="anime-season",
        ),
        pytest.param(
            "The Daily Show 2016-10-24 Guest.mkv", Episodes(title="The Daily Show", date="2016-10-24"), id="day"
        ),
        pytest.param(
            "The.Daily.Show.2016.10.24.720p.mkv", Episodes(title="The Daily Show", date="2016-10-24"), id="day-release"
        ),
        pytest.param(
            "Star Trek - Discovery - S01E01.mkv",
            Episodes(title="Star Trek - Discovery", season=1, episodes=(1,)),
            id="dash-in-the-title",
        ),
        pytest.param(
            "The Daily Show (1996) 2016-10-24.mkv",
            Episodes(title="The Daily Show", year=1996, date="2016-10-24"),
            id="day-and-year",
        ),
        pytest.param(
            "The.Daily.Show.161024.hdtv.mkv",
            Episodes(title="The Daily Show", date="2016-10-24"),
            id="day-in-six-digits",
        ),
        pytest.param(
            "Castle.2009.416.720p.mkv",
            Episodes(title="Castle", year=2009, season=4, episodes=(16,)),
            id="416-behind-a-year",
        ),
        pytest.param("9-1-1.S01E01.mkv", Episodes(title="9-1-1", season=1, episodes=(1,)), id="digits-and-dashes"),
        pytest.param("1883.S01E01.mkv", Episodes(title="1883", season=1, episodes=(1,)), id="title-is-a-year"),
        pytest.param("24.S01E01.mkv", Episodes(title="24", season=1, episodes=(1,)), id="title-is-a-number"),
        pytest.param("11.22.63.S01E01.mkv", Episodes(title="11 22 63", season=1, episodes=(1,)), id="title-is-a-day"),
        pytest.param("Office, The - S01E01.mkv", Episodes(title="The Office", season=1, episodes=(1,)), id="article"),
        pytest.param(
            "The Voice UK S01E02.mkv", Episodes(title="The Voice", season=1, episodes=(2,), country="GB"), id="country"
        ),
        pytest.param(
            "The.Voice.(UK).S01E02.mkv",
            Episodes(title="The Voice", season=1, episodes=(2,), country="GB"),
            id="country-in-brackets",
        ),
        pytest.param("Firefly (2002) 5 of 10.mkv", Episodes(title="Firefly", year=2002, episodes=(5,)), id="of-ten"),
        pytest.param("Firefly.Part.3.HDTV.mkv", Episodes(title="Firefly", episodes=(3,)), id="part-of-a-broadcast"),
        pytest.param(
            "Firefly (2002) - 05.mkv", Episodes(title="Firefly", year=2002, episodes=(5,)), id="year-and-dash"
        ),
        pytest.param(
            "Heat (1995) S01E02.mkv", Episodes(title="Heat", year=1995, season=1, episodes=(2,)), id="year-and-number"
        ),
        pytest.param(
            "Firefly/Firefly.105.Safe.Place.mkv",
            Episodes(title="Firefly", season=1, episodes=(5,)),
            id="folder-and-digits",
        ),
        pytest.param("Firefly/Season 1/05.mkv", Episodes(title="Firefly", season=1, episodes=(5,)), id="folder"),
        pytest.param(
            "Firefly/Season 2/Firefly - 05 - Safe.mkv",
            Episodes(title="Firefly", season=2, episodes=(5,)),
            id="season-of-the-folder",
        ),
        pytest.param(
            "[Crew][星际牛仔][Cowboy Bebop][05][1080p].mkv", Episodes(title="Cowboy Bebop", episodes=(5,)), id="row"
        ),
    ],
)
def test_an_episode_is_read_with_every_word_of_its_title(identifier: Identifier, path: str, expected: Episodes) -> None:
    assert best(identifier, path) == expected


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        pytest.param("Dune Part Two (2024).mkv", (Kind.SHOW, "Dune", 2024), id="show-of-a-part"),
        pytest.param("Open Season 2 (2008).mkv", (Kind.SHOW, "Open", 2008), id="show-of-a-season"),
        pytest.param("Open.Season.2.2008.720p.mkv", (Kind.MOVIE, "Open Season 2", 2008), id="film-with-a-season"),
        pytest.param("Firefly.Part.3.HDTV.mkv", (Kind.MOVIE, "Firefly Part 3", None), id="film-of-a-part"),
        pytest.param("Apollo.13.mkv", (Kind.MOVIE, "Apollo 13", None), id="film-with-a-number"),
        pytest.param("Firefly.101.hdtv.mkv", (Kind.MOVIE, "Firefly 101", None), id="film-with-three-digits"),
        pytest.param("Firefly (2002) - 05.mkv", (Kind.MOVIE, "Firefly", 2002), id="film-of-that-year"),
        pytest.param("Sealab.2021.S01E02.mkv", (Kind.SHOW, "Sealab 2021", None), id="year-in-the-show-s-title"),
        pytest.param("Wonder.Woman.1984.mkv", (Kind.MOVIE, "Wonder Woman 1984", None), id="year-in-the-film-s-title"),
        pytest.param(
            "Blade Runner - The Final Cut (1982).mkv", (Kind.MOVIE, "Blade Runner - The Final Cut", 1982), id="edition"
        ),
        pytest.param("Johnny.English.2003.1080p.mkv", (Kind.MOVIE, "Johnny", 2003), id="without-a-language"),
        pytest.param("grp-heat.1995.720p.mkv", (Kind.MOVIE, "grp-heat", 1995), id="with-a-scene-group"),
        pytest.param(
            "Spirited Away AKA Sen to Chihiro (2001).mkv", (Kind.MOVIE, "Spirited Away", 2001), id="aka-first"
        ),
        pytest.param(
            "Spirited.Away.A.K.A.Sen.to.Chihiro.2001.mkv", (Kind.MOVIE, "Sen to Chihiro", 2001), id="aka-last"
        ),
        pytest.param("Sen to Chihiro (Spirited Away) (2001).mkv", (Kind.MOVIE, "Spirited Away", 2001), id="brackets"),
        pytest.param("BBC.Planet.Earth.S01E01.mkv", (Kind.SHOW, "Planet Earth", None), id="broadcaster"),
        pytest.param("Marvel's Daredevil S01E01.mkv", (Kind.SHOW, "Daredevil", None), id="brand"),
        pytest.param("[Crew][星际牛仔][Cowboy Bebop][05][1080p].mkv", (Kind.SHOW, "星际牛仔", None), id="other-script"),
        pytest.param("2013 - Gravity.mkv", (Kind.MOVIE, "2013 - Gravity", None), id="year-first"),
    ],
)
def test_what_a_name_may_also_say_is_kept(identifier: Identifier, path: str, kept: Named) -> None:
    assert kept in others(identifier, path)


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("Heat (1995).mkv", id="film"),
        pytest.param("Blade Runner 2049 (2017).mkv", id="film-with-a-number"),
        pytest.param("Firefly.S01E02.mkv", id="episode"),
        pytest.param("Star Trek - Discovery - S01E01.mkv", id="episode-and-dashes"),
        pytest.param("[Crew] One Piece - 1071 [1080p].mkv", id="anime"),
    ],
)
def test_a_name_that_says_one_thing_has_no_other_reading(identifier: Identifier, path: str) -> None:
    assert others(identifier, path) == []


def test_another_reading_has_its_own_numbers(identifier: Identifier) -> None:
    assert identified(identifier, "[Crew] Kaguya 2 - 05 [1080p].mkv") == Episodes(
        title="Kaguya 2",
        episodes=(5,),
        others=(OtherReading(kind=Kind.SHOW, title="Kaguya", season=2, episodes=(5,)),),
    )


def test_the_year_of_another_reading_is_as_late_as_it_stands(identifier: Identifier) -> None:
    (other,) = identified(identifier, "Dune Part Two (2024).mkv").others
    assert other == OtherReading(kind=Kind.SHOW, title="Dune", year=2024, year_is_first=False, episodes=(2,))


def test_at_most_five_other_readings_are_kept(identifier: Identifier) -> None:
    path = "One.AKA.Two.AKA.Three.AKA.Four.AKA.Five.AKA.Six.AKA.Seven.2001.1080p.mkv"
    assert [title for _, title, _ in others(identifier, path)] == ["One", "Two", "Three", "Four", "Five"]


def test_no_reading_is_kept_twice(identifier: Identifier) -> None:
    found = others(identifier, "Sen.to.Chihiro.AKA.Spirited.Away.2001.1080p.mkv")
    assert len(found) == len(set(found)) == 5
