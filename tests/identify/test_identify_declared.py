"""What lies beside a video, and the person's own list, put right what its path says."""

from pathlib import Path

import pytest

from cvi_trakt.disk import RealDisk
from cvi_trakt.identify.beside import Beside
from cvi_trakt.identify.declared import Sources, with_declared
from cvi_trakt.identify.ids_map import Entry, IdsMap, make_ids_map
from cvi_trakt.identify.names import NO_TITLE, NOT_READABLE
from cvi_trakt.media import (
    Clash,
    Declared,
    Episodes,
    Film,
    Identity,
    Ids,
    Kind,
    NotAWork,
    OtherReading,
    ScanResult,
    Status,
)

LISTED = Declared(source="--ids", kind=Kind.MOVIE, ids=Ids(tmdb=949))
FILM_NFO = Declared(source="movie.nfo", kind=Kind.MOVIE, title="Heat", year=1995, ids=Ids(tmdb=949, imdb="tt0113277"))
SHOW_NFO = Declared(source="tvshow.nfo", kind=Kind.SHOW, title="Firefly", year=2002, ids=Ids(tvdb=78874))
EPISODE_NFO = Declared(source="e.nfo", kind=Kind.SHOW, season=1, episodes=(5,))
SECOND_NFO = Declared(source="e.nfo", kind=Kind.SHOW, season=1, episodes=(6,))
OTHER_SEASON_NFO = Declared(source="e.nfo", kind=Kind.SHOW, season=2, episodes=(1,))
LINK = Declared(source="crew.nfo", ids=Ids(imdb="tt0113277"))


def scanned(path: str) -> ScanResult:
    return ScanResult(path=path, status=Status.HEALTHY)


def settled(identity: Identity, *declared: Declared) -> Film | Episodes:
    known = with_declared(identity, declared)
    assert not isinstance(known, NotAWork)
    return known


def listing(path: str, declared: Declared) -> IdsMap:
    return make_ids_map([Entry(path=path, declared=declared, where="line 1")], source="ids.csv")


@pytest.mark.parametrize(
    ("own", "declared", "ids", "source"),
    [
        pytest.param(Ids(), (LINK,), Ids(imdb="tt0113277"), "crew.nfo", id="beside"),
        pytest.param(Ids(tmdb=949), (), Ids(tmdb=949), None, id="path"),
        pytest.param(Ids(tmdb=949), (LINK,), Ids(tmdb=949, imdb="tt0113277"), None, id="path-and-beside"),
        pytest.param(Ids(tmdb=1), (LISTED,), Ids(tmdb=949), "--ids", id="list-before-path"),
        pytest.param(Ids(imdb="tt0000001"), (LISTED, LINK), Ids(tmdb=949), "--ids", id="list-alone"),
        pytest.param(
            Ids(),
            (LINK, Declared(source="b.nfo", ids=Ids(tmdb=949))),
            Ids(imdb="tt0113277", tmdb=949),
            "crew.nfo",
            id="two-beside",
        ),
        pytest.param(Ids(), (Declared(source="--ids", kind=Kind.MOVIE), LINK), LINK.ids, "crew.nfo", id="list-no-id"),
        pytest.param(Ids(), (), Ids(), None, id="nothing"),
    ],
)
def test_ids_come_from_the_strongest_source(
    own: Ids, declared: tuple[Declared, ...], ids: Ids, source: str | None
) -> None:
    film = settled(Film(title="Heat", ids=own), *declared)
    assert (film.ids, film.ids_from, film.clash) == (ids, source, None)


@pytest.mark.parametrize(
    ("own", "declared", "clash"),
    [
        pytest.param(
            Ids(tmdb=1),
            (Declared(source="movie.nfo", ids=Ids(tmdb=949)),),
            Clash(reason="the path says tmdb 1, movie.nfo says tmdb 949", ids=Ids(tmdb=949)),
            id="path-and-beside",
        ),
        pytest.param(
            Ids(),
            (Declared(source="a.nfo", ids=Ids(imdb="tt0000001")), LINK),
            Clash(reason="a.nfo says imdb tt0000001, crew.nfo says imdb tt0113277", ids=Ids(imdb="tt0113277")),
            id="two-beside",
        ),
        pytest.param(
            Ids(tmdb=1),
            (Declared(source="a.nfo", ids=Ids(tmdb=2)), Declared(source="b.nfo", ids=Ids(tmdb=3))),
            Clash(reason="the path says tmdb 1, a.nfo says tmdb 2", ids=Ids(tmdb=2)),
            id="the-first-of-two",
        ),
        pytest.param(Ids(tmdb=949), (FILM_NFO,), None, id="agreed"),
        pytest.param(Ids(tmdb=1), (LISTED, FILM_NFO), None, id="the-list-is-not-contradicted"),
    ],
)
def test_ids_that_contradict_each_other_are_kept_as_a_clash(
    own: Ids, declared: tuple[Declared, ...], clash: Clash | None
) -> None:
    assert settled(Film(title="Heat", ids=own), *declared).clash == clash


def test_a_clash_leaves_the_ids_of_the_stronger_source() -> None:
    film = settled(Film(title="Heat", ids=Ids(tmdb=1)), FILM_NFO)
    assert (film.ids, film.ids_from) == (Ids(tmdb=1, imdb="tt0113277"), None)


@pytest.mark.parametrize(
    ("identity", "declared", "expected"),
    [
        pytest.param(
            Film(title="Firefly", year=2002),
            Declared(source="tvshow.nfo", kind=Kind.SHOW, title="Firefly", year=2002),
            Episodes(title="Firefly", year=2002),
            id="film-beside-a-show-s",
        ),
        pytest.param(
            Film(title="Inception", year=2010),
            Declared(source="tvshow.nfo", kind=Kind.SHOW, title="Friends", year=1994, ids=Ids(tvdb=79168)),
            Film(title="Inception", year=2010),
            id="film-beside-a-show-of-another-title",
        ),
        pytest.param(
            Episodes(title="Apollo", year=1995, episodes=(13,), doubt="a number"),
            Declared(source="movie.nfo", kind=Kind.MOVIE),
            Film(title="Apollo", year=1995),
            id="episode-beside-a-film-s",
        ),
        pytest.param(
            Episodes(title="Apollo", year=2003, year_is_first=False, episodes=(13,)),
            Declared(source="movie.nfo", kind=Kind.MOVIE),
            Film(title="Apollo"),
            id="the-year-of-an-episode-is-no-film-s",
        ),
        pytest.param(Film(title="Heat"), Declared(source="a.nfo"), Film(title="Heat"), id="no-kind"),
    ],
)
def test_the_declared_kind_counts(identity: Identity, declared: Declared, expected: Identity) -> None:
    assert with_declared(identity, [declared]) == expected


def test_the_kind_of_the_strongest_source_that_has_one_counts() -> None:
    assert isinstance(settled(Episodes(title="Heat", episodes=(1,)), LINK, LISTED, SHOW_NFO), Film)


@pytest.mark.parametrize(
    ("identity", "declared", "expected"),
    [
        pytest.param(
            Film(title="Hitze", doubt="a doubt"),
            Declared(source="movie.nfo", kind=Kind.MOVIE, title="Heat", year=1995),
            Film(title="Heat", year=1995, others=(OtherReading(kind=Kind.MOVIE, title="Hitze", why="the name"),)),
            id="film",
        ),
        pytest.param(
            Episodes(title="Serenity", year=2003, year_is_first=False, season=1, episodes=(1,)),
            Declared(source="tvshow.nfo", kind=Kind.SHOW, title="Firefly", year=2002),
            Episodes(
                title="Firefly",
                year=2002,
                season=1,
                episodes=(1,),
                others=(OtherReading(kind=Kind.SHOW, title="Serenity", year=2003, why="the name"),),
            ),
            id="show",
        ),
        pytest.param(
            Film(title="heat", year=1995, doubt="a doubt"),
            Declared(source="movie.nfo", kind=Kind.MOVIE, title="Heat"),
            Film(title="heat", year=1995, doubt="a doubt"),
            id="the-same-title",
        ),
        pytest.param(
            Film(title="Hitze", year=1995),
            Declared(source="movie.nfo", kind=Kind.MOVIE, title="Heat"),
            Film(title="Heat", others=(OtherReading(kind=Kind.MOVIE, title="Hitze", year=1995, why="the name"),)),
            id="the-year-goes-with-its-title",
        ),
    ],
)
def test_a_declared_title_comes_before_that_of_the_name(
    identity: Identity, declared: Declared, expected: Identity
) -> None:
    assert with_declared(identity, [declared]) == expected


@pytest.mark.parametrize(
    ("declared", "season", "episodes"),
    [
        pytest.param((EPISODE_NFO,), 1, (5,), id="episode"),
        pytest.param((EPISODE_NFO, SECOND_NFO), 1, (5, 6), id="two-in-one-file"),
        pytest.param((EPISODE_NFO, OTHER_SEASON_NFO), 1, (5,), id="another-season"),
        pytest.param((EPISODE_NFO, Declared(source=".plexmatch", season=3, episodes=(9,))), 1, (5,), id="strongest"),
        pytest.param((SHOW_NFO, EPISODE_NFO), 1, (5,), id="show-without-numbers"),
        pytest.param((Declared(source=".plexmatch", season=3),), 3, (7,), id="only-a-season"),
        pytest.param((Declared(source=".plexmatch", episodes=(9,)),), 2, (9,), id="only-an-episode"),
        pytest.param((SHOW_NFO,), 2, (7,), id="none"),
    ],
)
def test_numbers_come_from_the_strongest_source_that_has_them(
    declared: tuple[Declared, ...], season: int, episodes: tuple[int, ...]
) -> None:
    known = settled(Episodes(title="Firefly", season=2, episodes=(7,)), *declared)
    assert isinstance(known, Episodes)
    assert (known.season, known.episodes) == (season, episodes)


@pytest.mark.parametrize("source", ["e.nfo", "E.NFO"])
def test_an_address_beside_an_episode_may_be_the_episode_s_own(source: str) -> None:
    episode = Episodes(title="Firefly", season=1, episodes=(1,))
    assert with_declared(episode, [Declared(source=source, ids=Ids(imdb="tt0579539"))]) == episode


def test_hints_of_plexmatch_count_for_an_episode_without_a_kind() -> None:
    known = settled(Episodes(title="Firefly", season=1), Declared(source=".plexmatch", ids=Ids(tvdb=78874)))
    assert (known.ids, known.ids_from) == (Ids(tvdb=78874), ".plexmatch")


@pytest.mark.parametrize("reason", ["sample", "extra", "not a video", "a folder"])
def test_what_is_no_work_by_its_name_stays_so(reason: str) -> None:
    assert with_declared(NotAWork(reason=reason), [LISTED, FILM_NFO]) == NotAWork(reason=reason)


@pytest.mark.parametrize("reason", [NO_TITLE, NOT_READABLE])
def test_a_file_without_a_name_gets_the_declared_one(reason: str) -> None:
    film = settled(NotAWork(reason=reason), FILM_NFO)
    assert isinstance(film, Film)
    assert (film.title, film.year, film.ids, film.ids_from) == ("Heat", 1995, FILM_NFO.ids, "movie.nfo")


def test_an_id_is_enough_for_a_file_without_a_name() -> None:
    assert with_declared(NotAWork(reason=NO_TITLE), [LISTED]) == Film(title="", ids=Ids(tmdb=949), ids_from="--ids")


def test_a_file_without_a_name_is_the_declared_episode() -> None:
    known = settled(NotAWork(reason=NO_TITLE), EPISODE_NFO, SHOW_NFO)
    assert isinstance(known, Episodes)
    assert (known.title, known.season, known.episodes, known.ids) == ("Firefly", 1, (5,), Ids(tvdb=78874))


def test_a_file_without_a_name_stays_so_where_no_kind_is_declared() -> None:
    assert with_declared(NotAWork(reason=NO_TITLE), [LINK]) == NotAWork(reason=NO_TITLE)


def test_the_list_comes_before_what_lies_beside_the_video(tmp_path: Path) -> None:
    folder = tmp_path / "Heat"
    folder.mkdir()
    (folder / "heat.mkv").touch()
    (folder / "movie.nfo").write_text("<movie><tmdbid>603</tmdbid></movie>")
    sources = Sources(listed=listing(str(folder), LISTED), beside=Beside(RealDisk()), root=str(tmp_path))
    result = scanned(str(folder / "heat.mkv"))
    assert [one.source for one in sources.declared(result)] == ["--ids", "movie.nfo"]
    assert sources.settle(result, Film(title="heat")) == Film(title="heat", ids=Ids(tmdb=949), ids_from="--ids")


def test_no_folder_above_the_root_is_looked_into(tmp_path: Path) -> None:
    season = tmp_path / "tv" / "Firefly" / "Season 1"
    season.mkdir(parents=True)
    (season / "e.mkv").touch()
    (tmp_path / "tvshow.nfo").write_text("<tvshow><tmdbid>1</tmdbid></tvshow>")
    sources = Sources(beside=Beside(RealDisk()), root=str(tmp_path / "tv"))
    assert sources.declared(scanned(str(season / "e.mkv"))) == ()


def test_relative_paths_count_from_the_base(tmp_path: Path) -> None:
    (tmp_path / "heat.mkv").touch()
    (tmp_path / "heat.nfo").write_text("<movie><tmdbid>949</tmdbid></movie>")
    sources = Sources(beside=Beside(RealDisk()), base=str(tmp_path))
    assert [one.ids for one in sources.declared(scanned("heat.mkv"))] == [Ids(tmdb=949)]


def test_without_other_sources_the_path_decides() -> None:
    film = Film(title="Heat")
    assert Sources().settle(scanned("Heat.mkv"), film) is film
