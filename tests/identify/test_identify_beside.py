"""What lies beside a video, on a real file system."""

import os
import time
from pathlib import Path

import pytest

from cvi_trakt.disk import RealDisk
from cvi_trakt.identify.beside import Beside
from cvi_trakt.identify.nfo import MOST_BYTES
from cvi_trakt.media import Kind

FILM = "<movie><tmdbid>603</tmdbid></movie>"
OTHER_FILM = "<movie><tmdbid>949</tmdbid></movie>"
SHOW = "<tvshow><uniqueid type='tvdb'>81189</uniqueid></tvshow>"
EPISODE = "<episodedetails><season>1</season><episode>5</episode></episodedetails>"
HINTS = "show: Breaking Bad\ntmdbid: 1396\nep: S01E07: e.mkv"
LINK = "https://www.imdb.com/title/tt0133093/"


def make(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


class CountingDisk(RealDisk):
    """Counts what is asked of the file system."""

    def __init__(self) -> None:
        self.listed: list[str] = []
        self.opened: list[str] = []

    def names(self, folder: str) -> frozenset[str]:
        self.listed.append(folder)
        return super().names(folder)

    def read(self, path: str, most: int) -> bytes:
        self.opened.append(path)
        return super().read(path, most)


@pytest.mark.parametrize(
    ("files", "video", "depth", "sources"),
    [
        pytest.param({"A/a.mkv": "", "A/a.nfo": FILM}, "A/a.mkv", 1, ["a.nfo"], id="same-name"),
        pytest.param({"A/a.b.mkv": "", "A/A.B.NFO": FILM}, "A/a.b.mkv", 1, ["A.B.NFO"], id="capitals"),
        pytest.param({"A/a-cd1.avi": "", "A/a-cd2.avi": "", "A/a.nfo": FILM}, "A/a-cd2.avi", 1, ["a.nfo"], id="parts"),
        pytest.param({"A/a.mkv": "", "A/movie.nfo": FILM}, "A/a.mkv", 1, ["movie.nfo"], id="movie"),
        pytest.param(
            {"A/a.mkv": "", "A/a.nfo": FILM, "A/movie.nfo": FILM}, "A/a.mkv", 1, ["a.nfo", "movie.nfo"], id="both"
        ),
        pytest.param({"A/a.mkv": "", "A/grp.nfo": LINK, "A/a.jpg": ""}, "A/a.mkv", 1, ["grp.nfo"], id="of-a-release"),
        pytest.param(
            {"A/a.mkv": "", "A/grp-sample.mkv": "", "A/grp.nfo": LINK},
            "A/a.mkv",
            1,
            ["grp.nfo"],
            id="a-sample-is-no-second",
        ),
        pytest.param(
            {"A/heat.mkv": "", "A/grp-heat.nfo": LINK},
            "A/heat.mkv",
            1,
            ["grp-heat.nfo"],
            id="of-a-release-of-that-name",
        ),
        pytest.param(
            {"Heat-GRP/ab12.mkv": "", "Heat-GRP/grp.nfo": LINK}, "Heat-GRP/ab12.mkv", 1, ["grp.nfo"], id="of-the-folder"
        ),
        pytest.param({"A/holiday.mkv": "", "A/grp-heat.nfo": LINK}, "A/holiday.mkv", 1, [], id="left-behind"),
        pytest.param(
            {"A/heat.cd1.mkv": "", "A/heat.cd2.mkv": "", "A/movie.nfo": FILM},
            "A/heat.cd1.mkv",
            1,
            ["movie.nfo"],
            id="parts",
        ),
        pytest.param(
            {"A/cat.mkv": "", "A/wedding.mkv": "", "A/movie.nfo": FILM}, "A/cat.mkv", 1, [], id="several-films"
        ),
        pytest.param({"A/a.mkv": "", "A/b.mkv": "", "A/grp.nfo": LINK}, "A/a.mkv", 1, [], id="two-videos"),
        pytest.param({"A/a.mkv": "", "A/x.nfo": LINK, "A/y.nfo": LINK}, "A/a.mkv", 1, [], id="two-nfos"),
        pytest.param(
            {"A/a.mkv": "", "A/b.mkv": "", "A/b.nfo": FILM, "A/movie.nfo": FILM}, "A/a.mkv", 1, [], id="mixed-folder"
        ),
        pytest.param(
            {f"A/{n}.mkv": "" for n in range(9)} | {"A/movie.nfo": FILM},
            "A/1.mkv",
            1,
            [],
            id="a-movie-nfo-among-many-films",
        ),
        pytest.param({"A/a.mkv": "", "A/._a.nfo": FILM}, "A/a.mkv", 1, [], id="what-macos-keeps"),
        pytest.param(
            {"A/VIDEO_TS/VTS_01_1.VOB": "", "A/VIDEO_TS/VIDEO_TS.nfo": FILM, "A/VIDEO_TS/VTS_01_2.VOB": ""},
            "A/VIDEO_TS/VTS_01_1.VOB",
            2,
            ["VIDEO_TS.nfo"],
            id="dvd",
        ),
        pytest.param(
            {"A/VIDEO_TS/VTS_01_1.VOB": "", "A/movie.nfo": FILM},
            "A/VIDEO_TS/VTS_01_1.VOB",
            2,
            ["A/movie.nfo"],
            id="above-a-dvd",
        ),
        pytest.param(
            {"A/VIDEO_TS/VTS_01_1.VOB": "", "A/A.nfo": FILM},
            "A/VIDEO_TS/VTS_01_1.VOB",
            2,
            ["A/A.nfo"],
            id="named-as-the-folder",
        ),
        pytest.param(
            {"A/BDMV/STREAM/00001.m2ts": "", "A/BDMV/index.nfo": FILM},
            "A/BDMV/STREAM/00001.m2ts",
            3,
            ["BDMV/index.nfo"],
            id="blu-ray",
        ),
        pytest.param(
            {"A/BDMV/STREAM/00001.m2ts": "", "A/movie.nfo": FILM},
            "A/BDMV/STREAM/00001.m2ts",
            3,
            ["A/movie.nfo"],
            id="above-a-blu-ray",
        ),
        pytest.param(
            {"A/BDMV/STREAM/00001.m2ts": "", "A/movie.nfo": FILM},
            "A/BDMV/STREAM/00001.m2ts",
            1,
            [],
            id="not-above-the-root",
        ),
        pytest.param(
            {"A/sub/a.mkv": "", "A/movie.nfo": FILM}, "A/sub/a.mkv", 2, [], id="a-movie-nfo-is-of-its-folder-only"
        ),
        pytest.param({"S/1/e.mkv": "", "S/tvshow.nfo": SHOW}, "S/1/e.mkv", 2, ["S/tvshow.nfo"], id="show"),
        pytest.param({"S/1/e.mkv": "", "S/tvshow.nfo": SHOW}, "S/1/e.mkv", 0, [], id="show-above-the-root"),
        pytest.param({"S/e.mkv": "", "S/tvshow.nfo": SHOW}, "S/e.mkv", 0, ["tvshow.nfo"], id="show-in-the-same-folder"),
        pytest.param({"S/e.mkv": "", "S/season.nfo": FILM}, "S/e.mkv", 1, [], id="a-season-s-own"),
        pytest.param(
            {
                "S/1/e.mkv": "",
                "S/1/e.nfo": EPISODE,
                "S/1/.plexmatch": "season: 1",
                "S/.plexmatch": HINTS,
                "S/tvshow.nfo": SHOW,
            },
            "S/1/e.mkv",
            2,
            ["e.nfo", ".plexmatch", "S/.plexmatch", "S/tvshow.nfo"],
            id="nearest-first",
        ),
        pytest.param({"S/1/e.mkv": "", "S/.plexmatch": "# nothing"}, "S/1/e.mkv", 2, [], id="no-hints"),
        pytest.param({"A/a.mkv": "", "A/a.nfo": "no ids here"}, "A/a.mkv", 1, [], id="nothing-said"),
        pytest.param({"A/a.nfo": FILM}, "A/a.mkv", 1, [], id="the-video-itself-is-gone"),
        pytest.param({"A/a.nfo": FILM}, "B/a.mkv", 1, [], id="the-folder-is-gone"),
        pytest.param({"movie.nfo": FILM}, "D:\\films\\a.mkv", 1, [], id="a-path-of-another-machine"),
    ],
)
def test_what_lies_beside_a_video_is_given_nearest_first(
    tmp_path: Path, files: dict[str, str], video: str, depth: int, sources: list[str]
) -> None:
    make(tmp_path, files)
    beside = Beside(RealDisk())
    assert [found.source for found in beside.declared(str(tmp_path / video), depth)] == sources
    assert beside.unreadable == []


def test_a_line_of_plexmatch_above_numbers_the_file(tmp_path: Path) -> None:
    make(tmp_path, {"S/1/e.mkv": "", "S/1/f.mkv": "", "S/.plexmatch": HINTS})
    beside = Beside(RealDisk())
    (e,) = beside.declared(str(tmp_path / "S/1/e.mkv"), 1)
    (f,) = beside.declared(str(tmp_path / "S/1/f.mkv"), 1)
    assert (e.season, e.episodes, e.ids.tmdb) == (1, (7,), 1396)
    assert (f.season, f.episodes, f.ids.tmdb) == (None, (), 1396)


@pytest.mark.parametrize(
    ("name", "text", "kind"),
    [
        pytest.param("movie.nfo", LINK, Kind.MOVIE, id="film"),
        pytest.param("tvshow.nfo", LINK, Kind.SHOW, id="show"),
        pytest.param("a.nfo", LINK, None, id="either"),
        pytest.param("movie.nfo", SHOW, Kind.SHOW, id="the-content-before-the-name"),
    ],
)
def test_the_name_of_an_nfo_says_the_kind_that_an_address_leaves_open(
    tmp_path: Path, name: str, text: str, kind: Kind | None
) -> None:
    make(tmp_path, {"A/a.mkv": "", f"A/{name}": text})
    assert [found.kind for found in Beside(RealDisk()).declared(str(tmp_path / "A/a.mkv"), 1)] == [kind]


def test_a_bare_name_is_looked_up_in_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, {"a.mkv": "", "a.nfo": FILM})
    monkeypatch.chdir(tmp_path)
    assert [found.ids.tmdb for found in Beside(RealDisk()).declared("a.mkv", 3)] == [603]


def test_each_folder_is_listed_once_and_each_file_read_once(tmp_path: Path) -> None:
    make(tmp_path, {f"S/{season}/{n}.mkv": "" for season in "12" for n in range(20)} | {"S/tvshow.nfo": SHOW})
    disk = CountingDisk()
    beside = Beside(disk)
    for season in "12":
        for n in range(20):
            assert len(beside.declared(str(tmp_path / f"S/{season}/{n}.mkv"), 1)) == 1
    assert disk.listed == [str(tmp_path / "S/1"), str(tmp_path / "S"), str(tmp_path / "S/2")]
    assert disk.opened == [str(tmp_path / "S/tvshow.nfo")]


def test_of_a_large_library_only_the_last_folders_are_kept(tmp_path: Path) -> None:
    make(tmp_path, {f"{n}/a.mkv": "" for n in range(300)})
    disk = CountingDisk()
    beside = Beside(disk)
    for n in (*range(300), 299, 0):
        beside.declared(str(tmp_path / f"{n}/a.mkv"), 0)
    assert len(disk.listed) == 301  # the first was forgotten, the last was not


def test_a_pipe_is_not_waited_for_and_is_told(tmp_path: Path) -> None:
    make(tmp_path, {"A/a.mkv": ""})
    os.mkfifo(tmp_path / "A/a.nfo")
    beside = Beside(RealDisk())
    begin = time.monotonic()
    assert beside.declared(str(tmp_path / "A/a.mkv"), 1) == ()
    assert time.monotonic() - begin < 5.0
    assert beside.unreadable == [str(tmp_path / "A/a.nfo")]


def test_a_folder_named_like_an_nfo_and_a_link_to_nowhere_are_not_there(tmp_path: Path) -> None:
    make(tmp_path, {"A/a.mkv": "", "A/a.nfo/x": ""})
    (tmp_path / "A/movie.nfo").symlink_to(tmp_path / "nowhere")
    beside = Beside(RealDisk())
    assert beside.declared(str(tmp_path / "A/a.mkv"), 1) == ()
    assert beside.unreadable == []


def test_the_first_ten_unreadable_files_are_named_and_all_are_counted(tmp_path: Path) -> None:
    beside = Beside(RealDisk())
    for n in range(12):
        make(tmp_path, {f"{n}/a.mkv": ""})
        os.mkfifo(tmp_path / f"{n}/a.nfo")
    for n in (*range(12), *range(12)):
        beside.declared(str(tmp_path / f"{n}/a.mkv"), 0)
    assert beside.unreadable == [str(tmp_path / f"{n}/a.nfo") for n in range(10)]
    assert beside.unreadable_count == 12


@pytest.mark.parametrize(
    "path", ["/a\0b/c.mkv", "/\udfff/c.mkv", "", "/", "."], ids=["nul", "surrogate", "empty", "root", "dot"]
)
def test_a_path_that_cannot_be_is_not_there(path: str) -> None:
    assert Beside(RealDisk()).declared(path, 2) == ()


def test_no_more_is_read_than_is_asked_for(tmp_path: Path) -> None:
    make(tmp_path, {"a.nfo": "x" * (MOST_BYTES + 100)})
    assert len(RealDisk().read(str(tmp_path / "a.nfo"), MOST_BYTES + 1)) == MOST_BYTES + 1


@pytest.mark.parametrize("path", ["/dev/zero", "/dev", "/dev/nowhere"], ids=["device", "folder", "missing"])
def test_only_regular_files_are_read(path: str) -> None:
    with pytest.raises(OSError, match=r"not a regular file|No such file"):
        RealDisk().read(path, 10)
