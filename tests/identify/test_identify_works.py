"""Files are grouped into what is searched once."""

import pytest

from cvi_trakt.identify.works import group
from cvi_trakt.media import (
    NO_IDS,
    Episodes,
    Film,
    IdentifiedFile,
    Identity,
    Ids,
    Kind,
    NotAWork,
    ScanResult,
    Skipped,
    Status,
    Work,
)


def identified(path: str, identity: Identity) -> IdentifiedFile:
    return IdentifiedFile(result=ScanResult(path=path, status=Status.HEALTHY, root="/library"), identity=identity)


def works(*files: tuple[str, Identity]) -> list[Work]:
    return [
        subject
        for subject in group(identified(path, identity) for path, identity in files)
        if isinstance(subject, Work)
    ]


def paths(*files: tuple[str, Identity]) -> list[list[str]]:
    return [[file.result.path.removeprefix("/library/") for file in work.files] for work in works(*files)]


def episode(title: str = "Show", year: int | None = None, *, first: bool = True, ids: Ids = NO_IDS) -> Episodes:
    return Episodes(title=title, year=year, year_is_first=first, season=1, episodes=(1,), ids=ids)


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            (
                ("/library/a/a.mkv", Film(title="The Matrix", year=1999)),
                ("/library/b/b.mkv", Film(title="the matrix", year=1999)),
            ),
            [["a/a.mkv", "b/b.mkv"]],
            id="copies",
        ),
        pytest.param(
            (
                ("/library/a.mkv", Film(title="The Thing", year=1982)),
                ("/library/b.mkv", Film(title="The Thing", year=2011)),
            ),
            [["a.mkv"], ["b.mkv"]],
            id="remakes",
        ),
        pytest.param(
            (("/library/a/x.mkv", Film(title="X")), ("/library/b/x.mkv", Film(title="X"))),
            [["a/x.mkv"], ["b/x.mkv"]],
            id="without-year-the-folder-tells",
        ),
        pytest.param(
            (("/library/a/x.mkv", Film(title="X")), ("/library/a/x2.mkv", Film(title="X"))),
            [["a/x.mkv", "a/x2.mkv"]],
            id="without-year-one-folder",
        ),
        pytest.param(
            (("/library/a/x.mkv", Film(title="X", part=1)), ("/library/b/x.mkv", Film(title="X", part=2))),
            [["a/x.mkv", "b/x.mkv"]],
            id="parts-in-two-folders",
        ),
        pytest.param(
            (("/library/x/CD1/x.avi", Film(title="X")), ("/library/x/CD2/x.avi", Film(title="X"))),
            [["x/CD1/x.avi", "x/CD2/x.avi"]],
            id="disc-folders",
        ),
        pytest.param(
            (
                ("/library/a.mkv", Film(title="The Matrix", year=1999, ids=Ids(tmdb=603))),
                ("/library/b.mkv", Film(title="Matrix", year=2003, ids=Ids(imdb="tt0133093", tmdb=603))),
                ("/library/c.mkv", Film(title="La matrix", ids=Ids(imdb="tt0133093"))),
            ),
            [["a.mkv", "b.mkv", "c.mkv"]],
            id="one-id-and-names-alike",
        ),
        pytest.param(
            (
                ("/library/a.mkv", Film(title="Titanic", year=1997, ids=Ids(imdb="tt0120338"))),
                ("/library/b.mkv", Film(title="Heat", year=1995, ids=Ids(imdb="tt0120338"))),
            ),
            [["a.mkv"], ["b.mkv"]],
            id="one-id-and-names-of-two-films",
        ),
        pytest.param(
            (
                ("/library/a.mkv", Film(title="Titanic", ids=Ids(imdb="tt0120338"), ids_from="--ids ids.yaml")),
                ("/library/b.mkv", Film(title="Heat", ids=Ids(imdb="tt0120338"), ids_from="--ids ids.yaml")),
            ),
            [["a.mkv", "b.mkv"]],
            id="one-id-of-the-persons-list",
        ),
        pytest.param(
            (
                ("/library/a.mkv", Film(title="A", year=1999, ids=Ids(tmdb=1))),
                ("/library/b.mkv", Film(title="A", year=1999, ids=Ids(tmdb=2))),
                ("/library/c.mkv", Film(title="A", year=1999)),
            ),
            [["a.mkv"], ["b.mkv"], ["c.mkv"]],
            id="ids-that-differ",
        ),
        pytest.param(
            (
                ("/library/a.mkv", Film(title="A", year=1999, ids=Ids(tmdb=1))),
                ("/library/b.mkv", episode("A", 1999, ids=Ids(tmdb=1))),
            ),
            [["a.mkv"], ["b.mkv"]],
            id="a-film-and-a-show-with-one-number",
        ),
    ],
)
def test_films_are_grouped(files: tuple[tuple[str, Identity], ...], expected: list[list[str]]) -> None:
    assert paths(*files) == expected


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(
            (("/library/a/1.mkv", episode()), ("/library/b/2.mkv", episode("SHOW"))),
            [["a/1.mkv", "b/2.mkv"]],
            id="any-folder",
        ),
        pytest.param(
            (("/library/1.mkv", episode(year=1978)), ("/library/2.mkv", episode(year=2004))),
            [["1.mkv"], ["2.mkv"]],
            id="years-differ",
        ),
        pytest.param(
            (("/library/S/Season 1/1.mkv", episode()), ("/library/S/Season 2/2.mkv", episode(year=2004))),
            [["S/Season 1/1.mkv", "S/Season 2/2.mkv"]],
            id="one-without-year-in-the-same-folder",
        ),
        pytest.param(
            (("/library/A/1.mkv", episode()), ("/library/B/2.mkv", episode(year=2004))),
            [["A/1.mkv"], ["B/2.mkv"]],
            id="one-without-year-elsewhere",
        ),
        pytest.param(
            (
                ("/library/1.mkv", episode(year=1978)),
                ("/library/2.mkv", episode(year=2004)),
                ("/library/3.mkv", episode()),
            ),
            [["1.mkv"], ["2.mkv"], ["3.mkv"]],
            id="one-without-year-beside-two",
        ),
        pytest.param(
            (
                ("/library/S/1.mkv", episode()),
                ("/library/S/2.mkv", episode(year=2004)),
                ("/library/S/3.mkv", episode()),
            ),
            [["S/1.mkv", "S/2.mkv", "S/3.mkv"]],
            id="joined-files-keep-their-order",
        ),
        pytest.param(
            (("/library/1.mkv", episode(year=2008, first=False)), ("/library/2.mkv", episode(year=2009, first=False))),
            [["1.mkv", "2.mkv"]],
            id="years-of-episodes-do-not-part",
        ),
        pytest.param(
            (
                ("/library/1.mkv", Episodes(title="The Office", country="US", season=1, episodes=(1,))),
                ("/library/2.mkv", Episodes(title="The Office", country="GB", season=1, episodes=(1,))),
            ),
            [["1.mkv"], ["2.mkv"]],
            id="countries-differ",
        ),
        pytest.param(
            (("/library/1.mkv", episode("A B", ids=Ids(tvdb=1))), ("/library/2.mkv", episode("B", ids=Ids(tvdb=1)))),
            [["1.mkv", "2.mkv"]],
            id="one-id",
        ),
    ],
)
def test_episodes_are_grouped_by_show(files: tuple[tuple[str, Identity], ...], expected: list[list[str]]) -> None:
    assert paths(*files) == expected


def test_the_smallest_of_the_years_after_episode_numbers_counts() -> None:
    (work,) = works(
        ("/library/1.mkv", episode(year=2010, first=False)), ("/library/2.mkv", episode(year=2008, first=False))
    )
    assert (work.year, work.year_is_first) == (2008, False)


def test_a_year_in_the_folder_outweighs_years_of_episodes() -> None:
    (work,) = works(("/library/S/1.mkv", episode(year=2010, first=False)), ("/library/S/2.mkv", episode(year=2008)))
    assert (work.year, work.year_is_first) == (2008, True)


def test_a_work_has_the_kind_title_ids_and_folder_of_its_files() -> None:
    (work,) = works(
        ("/library/The Office (US)/Season 1/1.mkv", Episodes(title="The Office", country="US", ids=Ids(tvdb=73244))),
        ("/library/elsewhere/2.mkv", Episodes(title="Office", ids=Ids(tvdb=73244, imdb="tt0386676"))),
    )
    assert (work.kind, work.title, work.country, work.ids, work.folder) == (
        Kind.SHOW,
        "The Office",
        "US",
        Ids(tvdb=73244, imdb="tt0386676"),
        "library/The Office (US)",
    )


def test_the_first_doubt_among_its_files_is_that_of_the_work() -> None:
    (work,) = works(
        ("/library/1.mkv", Film(title="A", year=1999)),
        ("/library/2.mkv", Film(title="A", year=1999, doubt="first")),
        ("/library/3.mkv", Film(title="A", year=1999, doubt="second")),
    )
    assert work.doubt == "first"


def test_a_work_without_doubts_has_none() -> None:
    (work,) = works(("/library/1.mkv", episode()))
    assert work.doubt is None


def test_works_and_skipped_files_come_in_the_order_of_the_input() -> None:
    a = identified("/library/a.mkv", Film(title="A", year=2001))
    s = identified("/library/s.mkv", NotAWork(reason="sample"))
    b = identified("/library/b.mkv", Film(title="B", year=2002))
    a2 = identified("/library/a2.mkv", Film(title="A", year=2001))
    assert group([a, s, b, a2]) == [
        Work(kind=Kind.MOVIE, title="A", year=2001, folder="library", files=(a, a2)),
        Skipped(file=s, reason="sample"),
        Work(kind=Kind.MOVIE, title="B", year=2002, folder="library", files=(b,)),
    ]


@pytest.mark.parametrize(
    ("path", "folder"),
    [
        pytest.param("/disk/Films/Heat/heat.mkv", "disk/Films/Heat", id="with-what-is-above-the-root"),
        pytest.param("/disk/Films/Heat/CD1/heat.avi", "disk/Films/Heat", id="without-a-disc"),
        pytest.param("C:\\Films\\Heat\\heat.mkv", "C:/Films/Heat", id="of-windows"),
        pytest.param("/mnt/disk1/heat.mkv", "mnt/disk1", id="a-disk-that-is-a-place"),
        pytest.param("/mnt/disk1/TV/Season 1/x.mkv", "mnt/disk1/TV", id="a-season-without-a-show"),
        pytest.param("/srv/anna/disk 1/heat.mkv", "srv/anna/disk 1", id="a-disk-below-somebodys-folder"),
        pytest.param("/mnt/disk1/Season 1/x.mkv", "mnt/disk1", id="a-season-on-a-disk"),
    ],
)
def test_the_folder_of_a_work_is_the_whole_one(path: str, folder: str) -> None:
    (work,) = works((path, Film(title="Heat")))
    assert work.folder == folder


@pytest.mark.parametrize(
    ("path", "root", "folder"),
    [
        pytest.param("heat.mkv", None, "here/now", id="the-current-one"),
        pytest.param("./box/heat.mkv", None, "here/now/box", id="below-the-current-one"),
        pytest.param("../heat.mkv", None, "here", id="above-the-current-one"),
        pytest.param("heat.mkv", "/films", "films", id="the-scans-own"),
        pytest.param("heat.mkv", "films", "here/now/films", id="the-scans-own-below-the-current-one"),
    ],
)
def test_a_relative_path_has_a_whole_folder_too(path: str, root: str | None, folder: str) -> None:
    result = ScanResult(path=path, status=Status.HEALTHY, root=root)
    (work,) = group([IdentifiedFile(result=result, identity=Film(title="Heat"))], base="/here/now")
    assert isinstance(work, Work)
    assert work.folder == folder


def test_films_without_a_year_in_equal_folders_of_two_libraries_are_two_works() -> None:
    one, other = works(
        ("/mnt/disk1/Films/Heat/heat.mkv", Film(title="Heat")), ("/mnt/disk2/Films/Heat/heat.mkv", Film(title="Heat"))
    )
    assert (one.folder, other.folder) == ("mnt/disk1/Films/Heat", "mnt/disk2/Films/Heat")


def test_no_files_are_no_works() -> None:
    assert group([]) == []
