"""The parts of a path below its root."""

import pytest

from cvi_trakt.identify.paths import BelowRoot, below_root, season_number


@pytest.mark.parametrize(
    ("path", "root", "scan_root", "expected"),
    [
        pytest.param("/a/b/Heat/f.mkv", "/a/b", None, ("Heat", "f.mkv"), id="named-root"),
        pytest.param("/a/b/Heat/f.mkv", "/a", "/a/b", ("b", "Heat", "f.mkv"), id="named-root-comes-first"),
        pytest.param("/a/b/Heat/f.mkv", "/x", "/a/b", ("Heat", "f.mkv"), id="named-root-elsewhere"),
        pytest.param("/a/b/Heat/f.mkv", None, "/a/b/", ("Heat", "f.mkv"), id="scan-root"),
        pytest.param("/a/b/c/d/e/f.mkv", None, None, ("c", "d", "e", "f.mkv"), id="three-folders"),
        pytest.param("/ab/f.mkv", "/a", None, ("ab", "f.mkv"), id="root-is-not-half-a-name"),
        pytest.param("/a/f.mkv", None, "/a/f.mkv", ("a", "f.mkv"), id="root-is-the-file"),
        pytest.param(
            "/v/Show/Season 1/e.mkv", None, "/v/Show/Season 1", ("Show", "Season 1", "e.mkv"), id="season-root"
        ),
        pytest.param("/v/Show/Season 1/e.mkv", None, "/v/Show", ("Show", "Season 1", "e.mkv"), id="show-root"),
        pytest.param("/v/F (1999)/f.mkv", None, "/v/F (1999)", ("F (1999)", "f.mkv"), id="film-root"),
        pytest.param("/v/F (1999)/f.mkv", "/v/F (1999)", None, ("f.mkv",), id="named-root-at-its-word"),
        pytest.param("./Movies/../Heat/f.mkv", None, None, ("Heat", "f.mkv"), id="dots"),
        pytest.param("f.mkv", None, "/videos", ("f.mkv",), id="base-name"),
        pytest.param("", None, None, (), id="empty"),
    ],
)
def test_the_root_is_found(path: str, root: str | None, scan_root: str | None, expected: tuple[str, ...]) -> None:
    assert below_root(path, root=root, scan_root=scan_root).parts == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param("/mnt/nas/Heat/f.mkv", ("Heat", "f.mkv"), id="mount"),
        pytest.param("/volume1/media/Movies/Heat/f.mkv", ("Heat", "f.mkv"), id="media-movies"),
        pytest.param("/home/ann/Videos/Heat/f.mkv", ("Heat", "f.mkv"), id="library-below-a-name"),
        pytest.param("TV SHOWS/Show/S01/e.mkv", ("Show", "S01", "e.mkv"), id="case"),
        pytest.param("Filme/Heat/f.mkv", ("Heat", "f.mkv"), id="german"),
        pytest.param("Películas/Heat/f.mkv", ("Heat", "f.mkv"), id="spanish"),
        pytest.param("TV/Home/Season 1/e.mkv", ("Home", "Season 1", "e.mkv"), id="show-named-like-a-place"),
        pytest.param("/data/Home/Season 1/e.mkv", ("Home", "Season 1", "e.mkv"), id="place-then-show"),
        pytest.param("Home (2015)/f.mkv", ("Home (2015)", "f.mkv"), id="not-quite-a-place"),
        pytest.param("movies.mkv", ("movies.mkv",), id="file-name-stays"),
    ],
)
def test_library_folders_are_dropped(path: str, expected: tuple[str, ...]) -> None:
    assert below_root(path).parts == expected


@pytest.mark.parametrize(
    ("path", "root", "expected"),
    [
        pytest.param(r"C:\Movies\Heat\f.mkv", None, ("Heat", "f.mkv"), id="drive"),
        pytest.param(r"C:\a\Heat\f.mkv", r"C:\a", ("Heat", "f.mkv"), id="drive-with-root"),
        pytest.param(r"C:\a\Heat\f.mkv", "C:/a/", ("Heat", "f.mkv"), id="root-with-slashes"),
        pytest.param("D:/Heat/f.mkv", None, ("Heat", "f.mkv"), id="drive-and-slashes"),
        pytest.param(r"\\nas\video\Heat\f.mkv", None, ("Heat", "f.mkv"), id="unc"),
        pytest.param(r"Heat\f.mkv", None, ("Heat", "f.mkv"), id="relative"),
        pytest.param("/a/AC\\DC/f.mkv", "/a", ("AC\\DC", "f.mkv"), id="backslash-in-a-posix-name"),
        pytest.param("/a/Am\udce9lie/f.mkv", "/a", ("Am\udce9lie", "f.mkv"), id="surrogate"),
    ],
)
def test_every_kind_of_path_is_taken_apart(path: str, root: str | None, expected: tuple[str, ...]) -> None:
    assert below_root(path, root=root).parts == expected


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        pytest.param("Season 01", 1, id="season"),
        pytest.param("season.2", 2, id="dot"),
        pytest.param("S03", 3, id="short"),
        pytest.param("Specials", 0, id="specials"),
        pytest.param("Season 0", 0, id="season-zero"),
        pytest.param("Staffel 1", 1, id="german"),
        pytest.param("Saison 1", 1, id="french"),
        pytest.param("Temporada 1", 1, id="spanish"),
        pytest.param("1. évad", 1, id="hungarian"),
        pytest.param("第2季", 2, id="chinese"),
        pytest.param("Season 2 (2011)", 2, id="with-year"),
        pytest.param("Season 12 Français", 12, id="with-language"),
        pytest.param("Season 2010", 2010, id="year"),
        pytest.param("Season of the Witch", None, id="title"),
        pytest.param("Series 7 The Contenders", None, id="film"),
        pytest.param("Se7en", None, id="no-season"),
        pytest.param("Show S01", None, id="release"),
    ],
)
def test_a_season_folder_is_known_by_its_name(folder: str, expected: int | None) -> None:
    assert season_number(folder) == expected


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        pytest.param(("Show", "Season 1", "e.mkv"), ("Show",), id="season"),
        pytest.param(("Heat", "CD1", "f.avi"), ("Heat",), id="disc"),
        pytest.param(("Heat", "VIDEO_TS", "VTS_01_1.VOB"), ("Heat",), id="dvd"),
        pytest.param(("Show", "Season 1", "Disc 2", "e.mkv"), ("Show",), id="season-and-disc"),
        pytest.param(("f.mkv",), (), id="none"),
    ],
)
def test_the_folder_of_a_work_is_above_its_seasons(parts: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert BelowRoot(parts=parts).work_folders == expected
