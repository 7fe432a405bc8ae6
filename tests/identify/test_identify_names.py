"""A path tells what the file is."""

import pickle
from dataclasses import replace

import pytest

from cvi_trakt.identify.evidence import Evidence
from cvi_trakt.identify.names import Identifier, identify
from cvi_trakt.media import Episodes, Film, Identity, Ids, NotAWork, ScanResult, Status


@pytest.fixture(scope="module")
def identifier() -> Identifier:
    return Identifier()


def first_reading(identifier: Identifier, path: str) -> Identity:
    """Identify a path, without what else it may say."""
    identity = identifier.identify(scanned(path))
    if isinstance(identity, NotAWork):
        return replace(identity, untitled=None)
    return replace(identity, others=())


def scanned(path: str, root: str | None = None) -> ScanResult:
    return ScanResult(path=path, status=Status.HEALTHY, root=root)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param("The.Matrix.1999.1080p.BluRay.x264.mkv", Film(title="The Matrix", year=1999), id="release"),
        pytest.param("Inception (2010) [1080p].mp4", Film(title="Inception", year=2010), id="parentheses"),
        pytest.param("Movie.Name.2023.mkv", Film(title="Movie Name", year=2023), id="dots"),
        pytest.param("Unknown.Movie.mkv", Film(title="Unknown Movie"), id="no-year"),
        pytest.param(
            "Breaking.Bad.S01E01.Pilot.2008.mkv",
            Episodes(title="Breaking Bad", year=2008, year_is_first=False, season=1, episodes=(1,)),
            id="year-after-the-episode",
        ),
        pytest.param(
            "Game.of.Thrones.1x01.Winter.Is.Coming.mkv",
            Episodes(title="Game of Thrones", season=1, episodes=(1,)),
            id="1x01",
        ),
        pytest.param(
            "Show Name S02E05 Episode Title.mp4", Episodes(title="Show Name", season=2, episodes=(5,)), id="spaces"
        ),
    ],
)
def test_the_names_of_the_guide_are_read(identifier: Identifier, path: str, expected: Identity) -> None:
    assert first_reading(identifier, path) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param("Movies/The Matrix (1999)/matrix.mkv", Film(title="The Matrix", year=1999), id="folder"),
        pytest.param(
            "Movies/Jack Reacher- Never Go Back (2016)/Jack.Reacher.Never.Go.Back.2016.1080p.mkv",
            Film(title="Jack Reacher- Never Go Back", year=2016),
            id="folder-and-file",
        ),
        pytest.param(
            "Movies/Box Set (1980)/Second Film (1985).mkv", Film(title="Second Film", year=1985), id="box-set"
        ),
        pytest.param(
            "Movies/Sin City (BluRay) (2005)/Sin.City.2005.BDRip.mkv",
            Film(title="Sin City", year=2005),
            id="source-in-folder",
        ),
        pytest.param(
            "Star Wars - Episode IV - A New Hope (1977).mkv",
            Film(title="Star Wars - Episode IV - A New Hope", year=1977),
            id="whole-title-before-the-year",
        ),
        pytest.param("Tron - Legacy.2010.720p.mkv", Film(title="Tron - Legacy", year=2010), id="title-in-two-halves"),
        pytest.param("1917 (2019).mkv", Film(title="1917", year=2019), id="title-is-a-year"),
        pytest.param(
            "2012 - Ice Age (2011).mp4", Film(title="2012 - Ice Age", year=2011), id="title-begins-with-a-year"
        ),
        pytest.param(
            "10 Cloverfield Lane.1080p.mkv", Film(title="10 Cloverfield Lane"), id="title-begins-with-a-number"
        ),
        pytest.param("300.mkv", Film(title="300"), id="title-is-a-number"),
        pytest.param(
            "Open Season 2 (2008)/Open Season 2 (2008) - Bluray-1080p.mkv",
            Film(title="Open Season 2", year=2008),
            id="season-in-the-title",
        ),
        pytest.param("The Godfather Part III.mkv", Film(title="The Godfather Part III"), id="part-of-the-title"),
        pytest.param("Matrix, The (1999).mkv", Film(title="The Matrix", year=1999), id="article-last"),
        pytest.param("Film.2010.DVDRip.XviD.CD1.avi", Film(title="Film", year=2010, part=1), id="cd"),
        pytest.param(
            "Film (2010)/Film (2010) - part2.mkv", Film(title="Film", year=2010, part=2), id="part-after-the-year"
        ),
        pytest.param(
            "Blade Runner (1982) {edition-Final Cut}.mkv",
            Film(title="Blade Runner", year=1982, edition="Final Cut"),
            id="edition-tag",
        ),
        pytest.param("Film.2008.Uncut.720p.mkv", Film(title="Film", year=2008, edition="Uncut"), id="edition"),
        pytest.param(
            "Disc 104 {imdb-tt1034331}/title_t04.mkv", Film(title="Disc", ids=Ids(imdb="tt1034331")), id="id-only"
        ),
        pytest.param(
            "{imdb-tt0133093}.mkv", Film(title="tt0133093", ids=Ids(imdb="tt0133093")), id="nothing-but-an-id"
        ),
        pytest.param("Film (1976)/VIDEO_TS/VTS_01_1.VOB", Film(title="Film", year=1976), id="dvd"),
        pytest.param("Am\udce9lie (2001).mkv", Film(title="Amélie", year=2001), id="latin-1"),
        pytest.param("Ame\u0301lie (2001).mkv", Film(title="Amélie", year=2001), id="letters-taken-apart"),
        pytest.param(
            "The Mountain Between Us (2017).mkv", Film(title="The Mountain Between Us", year=2017), id="us-is-a-word"
        ),
    ],
)
def test_a_film_is_read(identifier: Identifier, path: str, expected: Identity) -> None:
    assert first_reading(identifier, path) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param(
            "Toy Story (1995)/Toy Story 2.mkv",
            Film(title="Toy Story 2", doubt="the folder says 'Toy Story' (1995)"),
            id="number",
        ),
        pytest.param(
            "Mad Max (1979)/Mad Max 2.mkv",
            Film(title="Mad Max 2", doubt="the folder says 'Mad Max' (1979)"),
            id="another-number",
        ),
        pytest.param(
            "Halloween (1978)/Halloween 2.mkv",
            Film(title="Halloween 2", doubt="the folder says 'Halloween' (1978)"),
            id="number-after-one-word",
        ),
        pytest.param(
            "Blade Runner (1982)/Blade Runner 2049.mkv",
            Film(title="Blade Runner 2049", doubt="the folder says 'Blade Runner' (1982)"),
            id="long-number",
        ),
        pytest.param(
            "Rocky (1976)/Rocky II.mkv",
            Film(title="Rocky II", doubt="the folder says 'Rocky' (1976)"),
            id="roman-number",
        ),
        pytest.param(
            "The Godfather (1972)/The Godfather Part II.mkv",
            Film(title="The Godfather Part II", doubt="the folder says 'The Godfather' (1972)"),
            id="part",
        ),
        pytest.param(
            "Batman (1989)/Batman Returns.mkv",
            Film(title="Batman Returns", doubt="the folder says 'Batman' (1989)"),
            id="word",
        ),
        pytest.param(
            "King Kong (1976)/King Kong Lives.mkv",
            Film(title="King Kong Lives", doubt="the folder says 'King Kong' (1976)"),
            id="another-word",
        ),
        pytest.param(
            "The Matrix (1999)/The Matrix Reloaded.mkv",
            Film(title="The Matrix Reloaded", doubt="the folder says 'The Matrix' (1999)"),
            id="with-article",
        ),
        pytest.param(
            "Star Wars (1977)/The Empire Strikes Back.mkv",
            Film(title="The Empire Strikes Back", doubt="the folder says 'Star Wars' (1977)"),
            id="other-title",
        ),
        pytest.param(
            "Aliens (1986)/Alien 3.mkv",
            Film(title="Alien 3", doubt="the folder says 'Aliens' (1986)"),
            id="one-letter-less-and-a-number",
        ),
        pytest.param(
            "Aliens (1986)/alien.mkv",
            Film(title="alien", doubt="the folder says 'Aliens' (1986)"),
            id="one-letter-less",
        ),
        pytest.param(
            "Heat (1995)/[REC].mkv", Film(title="[REC]", doubt="the folder says 'Heat' (1995)"), id="brackets"
        ),
        pytest.param(
            "Toy Story 2 (1999)/Toy Story.mkv",
            Film(title="Toy Story", doubt="the folder says 'Toy Story 2' (1999)"),
            id="folder-has-the-number",
        ),
        pytest.param(
            "The Dark Knight Rises (2012)/The Dark Knight.mkv",
            Film(title="The Dark Knight", doubt="the folder says 'The Dark Knight Rises' (2012)"),
            id="folder-says-more",
        ),
        pytest.param(
            "The Matrix Revolutions (2003)/The Matrix Reloaded (2003).mkv",
            Film(title="The Matrix Reloaded", year=2003),
            id="same-year",
        ),
        pytest.param(
            "Halloween.1978.1080p.BluRay.x264-GRP/Halloween.Kills.mkv",
            Film(title="Halloween Kills", doubt="the folder says 'Halloween' (1978)"),
            id="release",
        ),
        pytest.param(
            "Mad Max 1979/Mad Max 2.mkv",
            Film(title="Mad Max 2", doubt="the folder says 'Mad Max' (1979)"),
            id="year-without-brackets",
        ),
        pytest.param("Jaws (1975)/Jaws.2.1978.1080p.mkv", Film(title="Jaws 2", year=1978), id="own-year"),
        pytest.param(
            "Toy Story (1995) {tmdb-862}/Toy Story 2.mkv",
            Film(title="Toy Story 2", doubt="the folder says 'Toy Story' (1995)"),
            id="not-the-folders-id",
        ),
        pytest.param("Heat (1995)/2.mkv", NotAWork(reason="no title in the name"), id="only-a-number"),
    ],
)
def test_a_folder_lends_nothing_to_another_film(identifier: Identifier, path: str, expected: Identity) -> None:
    assert first_reading(identifier, path) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param("/a/Stalker (1979)/Part 1.mkv", Film(title="Stalker", year=1979, part=1), id="part"),
        pytest.param("Stalker (1979)/Part One.mkv", Film(title="Stalker", year=1979, part=1), id="part-in-a-word"),
        pytest.param("Stalker (1979)/Part II.mkv", Film(title="Stalker", year=1979, part=2), id="part-in-roman"),
        pytest.param("Stalker (1979)/Teil 1.mkv", Film(title="Stalker", year=1979), id="part-in-german"),
        pytest.param("Stalker (1979)/a.mkv", Film(title="Stalker", year=1979), id="letter"),
        pytest.param("Rocky IV (1985)/Rocky.4.mkv", Film(title="Rocky IV", year=1985), id="roman-number"),
        pytest.param("Ocean's Eleven (2001)/Oceans.11.mkv", Film(title="Ocean's Eleven", year=2001), id="word"),
        pytest.param("Blade Runner (1982)/The.Final.Cut.mkv", Film(title="Blade Runner", year=1982), id="edition"),
        pytest.param("The Thing (1982)/thing-amiable.mkv", Film(title="The Thing", year=1982), id="group-last"),
    ],
)
def test_a_name_of_parts_editions_and_numbers_is_the_folders(
    identifier: Identifier, path: str, expected: Identity
) -> None:
    assert first_reading(identifier, path) == expected


@pytest.mark.parametrize(
    ("path", "title", "doubt"),
    [
        pytest.param("First Blood (1982)/Rambo.mkv", "Rambo", "'First Blood' (1982)", id="other-title"),
        pytest.param(
            "Mad Max Fury Road (2015)/Mad.Max.mkv", "Mad Max", "'Mad Max Fury Road' (2015)", id="folder-says-more"
        ),
        pytest.param("Alien (1979)/alien-covenant.mkv", "alien-covenant", "'Alien' (1979)", id="no-group"),
        pytest.param(
            "Guardians of the Galaxy (2014)/Guardians.of.the.Galaxy.Vol.2.mkv",
            "Guardians of the Galaxy Vol 2",
            "'Guardians of the Galaxy' (2014)",
            id="volume",
        ),
        pytest.param(
            "A Quiet Place (2018)/A.Quiet.Place.Pt.2.mkv", "A Quiet Place Pt 2", "'A Quiet Place' (2018)", id="pt"
        ),
    ],
)
def test_a_film_that_its_folder_speaks_against_has_a_doubt(
    identifier: Identifier, path: str, title: str, doubt: str
) -> None:
    assert first_reading(identifier, path) == Film(title=title, doubt=f"the folder says {doubt}")


@pytest.mark.parametrize(
    ("path", "title", "doubt"),
    [
        pytest.param("Guardians.of.the.Galaxy.Vol.2.mkv", "Guardians of the Galaxy Vol 2", False, id="vol"),
        pytest.param("Guardians of the Galaxy Volume 2.mkv", "Guardians of the Galaxy Volume 2", False, id="volume"),
        pytest.param("V.H.S.Vol.2.mkv", "V.H.S Vol 2", False, id="after-dots"),
        pytest.param("A.Quiet.Place.Pt.2.mkv", "A Quiet Place Pt 2", False, id="pt"),
        pytest.param("Back to the Future (2).mkv", "Back to the Future 2", True, id="parentheses"),
        pytest.param("Back to the Future [2].mkv", "Back to the Future 2", True, id="brackets"),
        pytest.param("Back to the Future - 2.mkv", "Back to the Future 2", True, id="dash"),
        pytest.param("Shrek.v2.mkv", "Shrek 2", True, id="version"),
        pytest.param("Back.to.the.Future.2of3.mkv", "Back to the Future 2", True, id="of"),
        pytest.param("Heat (1).mkv", "Heat", False, id="first-copy"),
    ],
)
def test_a_number_after_a_title_is_put_back_into_it(identifier: Identifier, path: str, title: str, doubt: bool) -> None:
    film = first_reading(identifier, path)
    assert isinstance(film, Film)
    assert (film.title, film.doubt is not None) == (title, doubt)


def test_an_episode_by_a_bare_number_has_a_doubt(identifier: Identifier) -> None:
    episodes = first_reading(identifier, "Special.26.720p.WEBRip.mkv")
    doubt = "the number 26 after 'Special' may be a word of a film's title"
    assert episodes == Episodes(title="Special", episodes=(26,), doubt=doubt)


def test_a_disc_stays_a_part(identifier: Identifier) -> None:
    assert first_reading(identifier, "Heat.cd1.avi") == Film(title="Heat", part=1)


@pytest.mark.parametrize(
    ("path", "title", "doubt"),
    [
        pytest.param(
            "Breaking Bad (2008)/Better.Call.Saul.S01E01.mkv", "Better Call Saul", "'Breaking Bad' (2008)", id="other"
        ),
        pytest.param(
            "Breaking Bad (2008) {tvdb-81189}/Season 1/Better.Call.Saul.S01E01.mkv",
            "Better Call Saul",
            "'Breaking Bad' (2008)",
            id="not-the-folders-id",
        ),
        pytest.param("NCIS (2003)/NCIS.Los.Angeles.S01E01.mkv", "NCIS Los Angeles", "'NCIS' (2003)", id="more-words"),
        pytest.param("NCIS (2003)/Season 1/NCIS.Los.Angeles.1x01.mkv", "NCIS Los Angeles", "'NCIS' (2003)", id="1x01"),
        pytest.param("Star Trek (1966)/Star.Trek.TNG.S01E01.mkv", "Star Trek TNG", "'Star Trek' (1966)", id="initials"),
        pytest.param(
            "Fullmetal Alchemist (2003)/Fullmetal Alchemist Brotherhood - S01E01.mkv",
            "Fullmetal Alchemist Brotherhood",
            "'Fullmetal Alchemist' (2003)",
            id="remake",
        ),
        pytest.param(
            "Dragon Ball (1986)/Dragon Ball Z - S01E01.mkv", "Dragon Ball Z", "'Dragon Ball' (1986)", id="letter"
        ),
        pytest.param(
            "Darkwing Duck (1991)/Dark.S01E01.mkv", "Dark", "'Darkwing Duck' (1991)", id="beginning-of-a-word"
        ),
        pytest.param("Dexter (2006)/Dexter.New.Blood.S01E01.mkv", "Dexter New Blood", "'Dexter' (2006)", id="sequel"),
    ],
)
def test_an_episode_that_its_folder_speaks_against_has_a_doubt(
    identifier: Identifier, path: str, title: str, doubt: str
) -> None:
    assert first_reading(identifier, path) == Episodes(
        title=title, season=1, episodes=(1,), doubt=f"the folder says {doubt}"
    )


@pytest.mark.parametrize(
    ("path", "title", "year"),
    [
        pytest.param("The Flash (1990)/The.Flash.2014.S01E01.mkv", "The Flash", 2014, id="own-year"),
        pytest.param("The Flash (2014)/The.Flash.2015.S01E01.mkv", "The Flash", 2014, id="year-off-by-one"),
        pytest.param("Space 1999 (1975)/Space.1999.S01E01.mkv", "Space 1999", 1975, id="year-in-the-title"),
        pytest.param("Star Trek Voyager (1995)/star.trek.voy.S01E01.mkv", "Star Trek Voyager", 1995, id="cut-short"),
        pytest.param(
            "Star Trek The Next Generation (1987)/star.trek.tng.S01E01.mkv",
            "Star Trek The Next Generation",
            1987,
            id="initials",
        ),
        pytest.param("Marvel's Daredevil (2015)/Daredevil.S01E01.mkv", "Marvel's Daredevil", 2015, id="shorter"),
        pytest.param("Show (2010)/grp-show.s01e01.mkv", "Show", 2010, id="scene-group"),
        pytest.param("Show (2010)/Show (2010) (S01E01) River.mkv", "Show", 2010, id="number-in-brackets"),
        pytest.param("Show (2010)/Show.Season.1.S01E01.mkv", "Show", 2010, id="season"),
    ],
)
def test_an_episode_is_of_the_show_that_its_name_or_folder_says(
    identifier: Identifier, path: str, title: str, year: int
) -> None:
    episodes = identifier.identify(scanned(path))
    assert isinstance(episodes, Episodes)
    assert (episodes.title, episodes.year, episodes.doubt) == (title, year, None)


def test_a_country_in_the_name_stays_with_the_folder(identifier: Identifier) -> None:
    expected = Episodes(title="The Office", year=2005, country="US", season=1, episodes=(1,))
    assert identifier.identify(scanned("The Office (2005)/The.Office.US.S01E01.mkv")) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param("/x/breaking.bad.s01", Episodes(title="breaking bad", season=1), id="season-pack"),
        pytest.param("/x/Kick.Ass", Film(title="Kick Ass"), id="word-like-an-extension"),
    ],
)
def test_a_name_without_an_extension_is_read_whole(identifier: Identifier, path: str, expected: Identity) -> None:
    assert first_reading(identifier, path) == expected


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("The Matrix (1999)/matrix.mkv", id="without-the-article"),
        pytest.param("The Matrix (1999)/Matrix, The.mkv", id="article-last"),
        pytest.param("The Matrix (1999)/movie.mkv", id="generic"),
        pytest.param("The Matrix (1999)/title00.mkv", id="ripped"),
        pytest.param("The Matrix (1999)/3f2a9c0b7d1e4f5a8b6c.mkv", id="hidden"),
        pytest.param("The Matrix (1999)/tm-1080p.mkv", id="initials"),
        pytest.param("The Matrix (1999)/grp-matrix.mkv", id="scene-group"),
        pytest.param("The Matrix (1999)/the.matrix.1080p.x264-GRP.mkv", id="words-of-a-release"),
        pytest.param("The Matrix (1999)/The.Matrix.[Dual-DVDRip].[by.Someone].avi", id="words-after-a-release"),
        pytest.param("The Matrix (1999)/[XYZ] The Matrix [H264].mkv", id="group-before"),
        pytest.param("The Matrix (1999)/The Matrix (1).mkv", id="copy"),
        pytest.param("The Matrix (1999)/09.03.08.The.Matrix.(1999).720p.mkv", id="numbers-before"),
        pytest.param("The Matrix (1999)/The Matrix Welcome to the Real World 1999.mkv", id="year-agrees"),
    ],
)
def test_a_folder_lends_title_and_year(identifier: Identifier, path: str) -> None:
    assert first_reading(identifier, path) == Film(title="The Matrix", year=1999)


@pytest.mark.parametrize("title", ["1917", "2012", "Wonder Woman 1984", "2001 A Space Odyssey"])
@pytest.mark.parametrize("rest", ["", ".1080p", ".1080p.BluRay.x264-GRP"])
def test_a_year_in_the_title_is_not_that_of_the_film(identifier: Identifier, title: str, rest: str) -> None:
    film = first_reading(identifier, f"{title} (2018)/{title}{rest}.mkv")
    assert isinstance(film, Film)
    assert (film.title, film.year) == (title, 2018)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param(
            "The Lord of the Rings (2001)/LOTR CD1.avi",
            Film(title="The Lord of the Rings", year=2001, part=1),
            id="initials-and-disc",
        ),
        pytest.param("Spider-Man (2002)/spiderman.mkv", Film(title="Spider-Man", year=2002), id="one-word"),
        pytest.param(
            "Amelie (2001) {tmdb-194}/Le.Destin.Fabuleux.2001.mkv",
            Film(title="Le Destin Fabuleux", year=2001, ids=Ids(tmdb=194)),
            id="id-and-year-of-the-folder",
        ),
        pytest.param("/m/[REC] (2007).mkv", Film(title="REC", year=2007), id="title-in-brackets"),
        pytest.param("[REC] 2 (2009).mkv", Film(title="REC 2", year=2009), id="title-in-brackets-with-a-number"),
        pytest.param("/mnt/360 (2011).mkv", Film(title="360", year=2011), id="title-like-a-resolution"),
        pytest.param("/mnt/720 (2009).mkv", Film(title="720", year=2009), id="title-like-another-resolution"),
        pytest.param("/m/300.mkv", Film(title="300"), id="number-on-a-disk"),
    ],
)
def test_a_film_keeps_its_own_title(identifier: Identifier, path: str, expected: Identity) -> None:
    assert first_reading(identifier, path) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param(
            "Anime/Cowboy Bebop (1998)/Cowboy Bebop - 01 - Asteroid Blues.mkv",
            Episodes(title="Cowboy Bebop", year=1998, episodes=(1,)),
            id="number-between-dashes",
        ),
        pytest.param(
            "Cowboy Bebop (1998)/[Group] Cowboy Bebop - 01v2 [720p].mkv",
            Episodes(title="Cowboy Bebop", year=1998, episodes=(1,)),
            id="number-of-a-group",
        ),
        pytest.param(
            "Rocky (1976)/Rocky - 02.mkv", Episodes(title="Rocky", year=1976, episodes=(2,)), id="no-film-of-the-folder"
        ),
        pytest.param(
            "TV/Shameless US/Season 1/shameless.us.s01e01.mkv",
            Episodes(title="shameless", country="US", season=1, episodes=(1,)),
            id="country-without-brackets",
        ),
        pytest.param(
            "The.Office.US.S03.1080p/The.Office.US.S03E01.mkv",
            Episodes(title="The Office", country="US", season=3, episodes=(1,)),
            id="country-in-folder-and-file",
        ),
        pytest.param(
            "TV/Show (2010)/Season 1/S01E01.mkv",
            Episodes(title="Show", year=2010, season=1, episodes=(1,)),
            id="folder",
        ),
        pytest.param(
            "TV/Show (2010)/Season 1/01 - Pilot.mkv",
            Episodes(title="Show", year=2010, season=1, episodes=(1,)),
            id="number-and-title",
        ),
        pytest.param("TV/Show/Staffel 2/Folge 3.mkv", Episodes(title="Show", season=2, episodes=(3,)), id="german"),
        pytest.param(
            "TV/Show/Season 2/205.mkv", Episodes(title="Show", season=2, episodes=(5,)), id="season-in-the-number"
        ),
        pytest.param("TV/Show/Season 01/1 Pilot.mkv", Episodes(title="Show", season=1, episodes=(1,)), id="one-digit"),
        pytest.param(
            "TV/NCIS - New Orleans/Season 4/NCIS - New Orleans - S04E01 - The Deal.mkv",
            Episodes(title="NCIS - New Orleans", season=4, episodes=(1,)),
            id="dash-in-the-title",
        ),
        pytest.param(
            "TV/The Office (US)/Season 01/The Office (US) - S01E02.mkv",
            Episodes(title="The Office", country="US", season=1, episodes=(2,)),
            id="country",
        ),
        pytest.param(
            "The.Office.UK.S01E02.mkv", Episodes(title="The Office", country="GB", season=1, episodes=(2,)), id="uk"
        ),
        pytest.param(
            "Show.2010.S01E02.mkv",
            Episodes(title="Show", year=2010, season=1, episodes=(2,)),
            id="year-before-the-episode",
        ),
        pytest.param(
            "Show (2010)/Season 2/Show - S02E01 (2012).mkv",
            Episodes(title="Show", year=2010, season=2, episodes=(1,)),
            id="folder-year-before-file-year",
        ),
        pytest.param("Show/Specials/Show - S00E06.mkv", Episodes(title="Show", season=0, episodes=(6,)), id="special"),
        pytest.param("Show.S01E01E02.mkv", Episodes(title="Show", season=1, episodes=(1, 2)), id="two-in-one-file"),
        pytest.param("Show.S01E05-E07.mkv", Episodes(title="Show", season=1, episodes=(5, 6, 7)), id="range"),
        pytest.param("Show.1x01-x03.mkv", Episodes(title="Show", season=1, episodes=(1, 2, 3)), id="range-with-x"),
        pytest.param("Show.S01E10.S02E01.mkv", Episodes(title="Show", season=1, episodes=(10,)), id="two-seasons"),
        pytest.param("Show.S01E06v2.mkv", Episodes(title="Show", season=1, episodes=(6,)), id="second-version"),
        pytest.param(
            "Show - 2016x231.mkv", Episodes(title="Show", season=2016, episodes=(231,)), id="season-is-a-year"
        ),
        pytest.param(
            "Show.S2014E11.mkv", Episodes(title="Show", season=2014, episodes=(11,)), id="no-year-from-the-season"
        ),
        pytest.param(
            "Show 2018 EP06.mkv", Episodes(title="Show", year=2018, episodes=(6,)), id="no-season-from-the-year"
        ),
        pytest.param("Show.2020.01.02.Guest.mkv", Episodes(title="Show", date="2020-01-02"), id="date"),
        pytest.param("[Group] Anime - 05 [720p].mkv", Episodes(title="Anime", episodes=(5,)), id="absolute"),
        pytest.param("Anime - 001 - First.mkv", Episodes(title="Anime", episodes=(1,)), id="absolute-three-digits"),
        pytest.param(
            "[Group] Anime 2 - 12 [720p].mkv", Episodes(title="Anime 2", episodes=(12,)), id="number-in-the-title"
        ),
        pytest.param(
            "[Group] Anime - 01 ~ 04 [720p].mkv", Episodes(title="Anime", episodes=(1, 2, 3, 4)), id="absolute-range"
        ),
        pytest.param(
            "[Group] Anime Season 2 - 02 [720p].mkv",
            Episodes(title="Anime", season=2, episodes=(2,)),
            id="anime-season",
        ),
        pytest.param(
            "[Group][Anime_Title][07][1080p].mkv", Episodes(title="Anime Title", episodes=(7,)), id="brackets"
        ),
        pytest.param(
            "Show {tvdb-73244}/Season 1/S01E01 tt0000001.mkv",
            Episodes(title="Show", season=1, episodes=(1,), ids=Ids(tvdb=73244)),
            id="ids",
        ),
    ],
)
def test_an_episode_is_read(identifier: Identifier, path: str, expected: Identity) -> None:
    assert first_reading(identifier, path) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param("Film (1999)/sample.mkv", NotAWork(reason="sample"), id="sample"),
        pytest.param("Film (1999)/Film (1999)-trailer.jpg", NotAWork(reason="not a video"), id="picture"),
        pytest.param("Film (1999)/", NotAWork(reason="a folder"), id="folder"),
        pytest.param("S01E01.mkv", NotAWork(reason="no title in the name"), id="only-a-number"),
        pytest.param("S01E01 - Pilot.mkv", NotAWork(reason="no title in the name"), id="only-the-episode-title"),
        pytest.param("2019-07-04 - Birthday.mp4", NotAWork(reason="no title in the name"), id="a-day-and-its-title"),
        pytest.param("", NotAWork(reason="no title in the name"), id="empty"),
        pytest.param("   ", NotAWork(reason="no title in the name"), id="spaces"),
        pytest.param(".mkv", NotAWork(reason="no title in the name"), id="only-an-extension"),
        pytest.param("\x00\x01.mkv", NotAWork(reason="no title in the name"), id="control-characters"),
    ],
)
def test_what_is_no_work_says_why(identifier: Identifier, path: str, expected: Identity) -> None:
    assert first_reading(identifier, path) == expected


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("x" * 255, id="255-letters"),
        pytest.param("é" * 127 + ".mkv", id="255-bytes"),
        pytest.param("S01E01." * 36, id="255-bytes-of-numbers"),
        pytest.param("(" * 120 + "[" * 120, id="open-brackets"),
        pytest.param("- " * 127, id="dashes"),
        pytest.param("\udcff\udcfe\udc80.mkv", id="surrogates"),
        pytest.param("\ud800.mkv", id="half-a-character"),
        pytest.param("line\nbreak\r\n(1999).mkv", id="newlines"),
        pytest.param("\u202eevil.mkv", id="right-to-left"),
        pytest.param("😀 (2017).mkv", id="emoji"),
        pytest.param("-rf.mkv", id="option"),
        pytest.param("--help", id="help"),
        pytest.param("%s%n{0}.mkv", id="formats"),
        pytest.param("/" * 300, id="slashes"),
        pytest.param("$ (1971)/grp-x.mkv", id="folder-without-letters"),
        pytest.param("a/" * 2000 + "b.mkv", id="deep"),
        pytest.param("99999999999999999999x99999999999999999999.mkv", id="large-numbers"),
        pytest.param("Season 99999999999999999999/99.mkv", id="large-season"),
    ],
)
def test_no_name_stops_the_run(identifier: Identifier, path: str) -> None:
    assert isinstance(identifier.identify(scanned(path)), Film | Episodes | NotAWork)


def test_a_title_is_one_line_of_whole_characters(identifier: Identifier) -> None:
    identity = identifier.identify(scanned("line\nbreak\udce9 (1999).mkv"))
    assert identity == Film(title="line breaké", year=1999)


def test_the_root_of_the_scan_is_left_out(identifier: Identifier) -> None:
    result = scanned("/data/Alien (1979)/x/Heat (1995).mkv", root="/data/Alien (1979)/x")
    assert identifier.identify(result) == Film(title="Heat", year=1995)


def test_the_named_root_comes_before_that_of_the_scan() -> None:
    result = scanned("/a/Show (2010)/e/S01E01.mkv", root="/a/Show (2010)")
    identity = identify(result, root="/a/Show (2010)/e")
    assert isinstance(identity, NotAWork)
    assert identity.reason == "no title in the name"


def test_an_identifier_can_be_sent_to_another_process() -> None:
    identifier = Identifier(root="/a")
    before = identifier.identify(scanned("/a/Heat (1995).mkv"))
    copy = pickle.loads(pickle.dumps(identifier))
    assert copy.identify(scanned("/a/Heat (1995).mkv")) == before == Film(title="Heat", year=1995)


def test_evidence_tells_what_the_identity_cannot_hold(identifier: Identifier) -> None:
    evidence = identifier.evidence(scanned("Show.S01-S03.1080p.BluRay.mkv"))
    assert isinstance(evidence, Evidence)
    assert evidence.numbering.seasons == (1, 2, 3)
