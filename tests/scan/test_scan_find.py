"""Folders and files are searched for videos by their names."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cvi_trakt.errors import InputError
from cvi_trakt.scan.find import common_folder, find

AS_BYTES = os.fsdecode(b"caf\xe9.mkv")


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    folder.mkdir()
    return folder


def put(folder: Path, *names: str) -> None:
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()


def found(*roots: Path) -> list[str]:
    """Find, with no folder unread; gives the paths below the last root's folder."""
    unread: list[tuple[str, str]] = []
    videos = find([str(root) for root in roots], lambda folder, why: unread.append((folder, why)))
    assert unread == []
    return [video.removeprefix(f"{roots[-1]}/") for video in videos]


@pytest.mark.parametrize(
    "name", ["a.mkv", "a.MKV", "a.Mp4", "a.avi", "a.ts", "a.m2ts", "a.webm", "a.wmv", "VTS_01_1.VOB", "a.b.mov"]
)
def test_a_video_is_told_by_its_extension_in_any_case(library: Path, name: str) -> None:
    put(library, name, "a.srt", "a.nfo", "cover.jpg", "a.mkv.part", "mkv", "notes")
    assert found(library) == [name]


@pytest.mark.parametrize(
    "name",
    [
        ".hidden.mkv",
        ".hidden/a.mkv",
        "Film/@eaDir/a.mkv",
        "Film/.@__thumb/a.mkv",
        "#recycle/a.mkv",
        "@Recycle/a.mkv",
        "$RECYCLE.BIN/a.mkv",
        "lost+found/a.mkv",
        "._a.mkv",
    ],
)
def test_what_hides_or_is_kept_by_a_storage_device_is_left_out(library: Path, name: str) -> None:
    put(library, "b.mkv", name)
    assert found(library) == ["b.mkv"]


def test_a_folder_that_is_named_itself_may_hide(library: Path) -> None:
    put(library, ".hidden/a.mkv")
    assert found(library / ".hidden") == ["a.mkv"]


def test_the_order_is_that_of_the_names_folders_among_files(library: Path) -> None:
    put(library, "c.mkv", "b/z.mkv", "b/a/x.mkv", "a.mkv", "b.mkv", "B.mkv")
    assert found(library) == ["B.mkv", "a.mkv", "b/a/x.mkv", "b/z.mkv", "b.mkv", "c.mkv"]


def test_roots_keep_the_order_in_which_they_are_named(library: Path) -> None:
    put(library, "a/1.mkv", "b/2.mkv")
    videos = find([str(library / "b"), str(library / "a")], lambda *_: None)
    assert videos == [f"{library}/b/2.mkv", f"{library}/a/1.mkv"]


@pytest.mark.parametrize(
    "name", ["a\nb.mkv", "-i.mkv", "--help.mkv", "a:b%03d.mkv", "файл.mkv", AS_BYTES, "a'\"$(x).mkv"]
)
def test_any_name_is_fine(library: Path, name: str) -> None:
    put(library, name)
    assert found(library) == [name]


def test_a_file_that_is_named_itself_needs_no_extension(library: Path) -> None:
    put(library, "film")
    assert find([str(library / "film")], lambda *_: None) == [f"{library}/film"]


def test_paths_are_absolute_also_from_a_relative_root(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(library, "Movies/a.mkv")
    monkeypatch.chdir(library / "Movies")
    assert find(["."], lambda *_: None) == [f"{library}/Movies/a.mkv"]
    assert find(["../Movies/a.mkv"], lambda *_: None) == [f"{library}/Movies/a.mkv"]


def test_a_link_to_a_folder_is_followed_once(library: Path, tmp_path: Path) -> None:
    put(tmp_path, "elsewhere/a.mkv")
    for name in ("first", "second"):
        (library / name).symlink_to(tmp_path / "elsewhere")
    assert found(library) == ["first/a.mkv"]


def test_links_in_a_circle_end(library: Path) -> None:
    put(library, "Film/a.mkv")
    (library / "Film" / "up").symlink_to(library)
    (library / "self").symlink_to("self")
    assert found(library) == ["Film/a.mkv"]


def test_a_file_counts_once_however_many_links_lead_to_it(library: Path) -> None:
    put(library, "b.mkv")
    (library / "a.mkv").symlink_to("b.mkv")
    assert found(library) == ["a.mkv"]


def test_files_with_two_names_count_twice(library: Path) -> None:
    put(library, "a.mkv")
    (library / "b.mkv").hardlink_to(library / "a.mkv")
    assert found(library) == ["a.mkv", "b.mkv"]


def test_a_link_to_nothing_is_listed_for_the_check_to_say_so(library: Path) -> None:
    (library / "gone.mkv").symlink_to("nowhere.mkv")
    assert found(library) == ["gone.mkv"]


def test_a_pipe_with_the_name_of_a_video_is_none(library: Path) -> None:
    put(library, "a.mkv")
    os.mkfifo(library / "b.mkv")
    assert found(library) == ["a.mkv"]


def test_roots_that_overlap_give_each_file_once(library: Path) -> None:
    put(library, "Movies/a.mkv")
    assert found(library / "Movies", library / "Movies" / "a.mkv", library) == ["Movies/a.mkv"]
    assert found(library / "Movies", library / "Movies") == ["a.mkv"]


@pytest.fixture
def too_deep(library: Path) -> Path:
    """A folder whose path is longer than the system can open: nobody may read it, not even root."""
    here = os.open(library, os.O_RDONLY)
    for _ in range(17):
        os.mkdir("d" * 250, dir_fd=here)
        below = os.open("d" * 250, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = below
    os.close(here)
    return library


def test_a_folder_that_cannot_be_read_is_told_and_the_rest_goes_on(too_deep: Path) -> None:
    put(too_deep, "z.mkv")
    unread: list[str] = []
    videos = find([str(too_deep)], lambda folder, why: unread.append(f"{folder[-3:]}: {why}"))
    assert (videos, unread) == ([f"{too_deep}/z.mkv"], ["ddd: File name too long"])


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every folder")
def test_a_folder_without_permission_is_told_and_the_rest_goes_on(library: Path) -> None:
    put(library, "a/1.mkv", "b/2.mkv")
    (library / "a").chmod(0)
    unread: list[tuple[str, str]] = []
    videos = find([str(library)], lambda folder, why: unread.append((folder, why)))
    (library / "a").chmod(0o755)
    assert (videos, unread) == ([f"{library}/b/2.mkv"], [(f"{library}/a", "Permission denied")])


@pytest.mark.parametrize(
    ("root", "words"),
    [
        pytest.param("missing", "missing: no such file or folder", id="missing"),
        pytest.param("empty", "empty: no video in this folder", id="empty-folder"),
        pytest.param("texts", "texts: no video in this folder", id="folder-without-videos"),
        pytest.param("circle", "circle: no video in this folder", id="folder-that-holds-itself"),
        pytest.param("full/none", "full/none: no video in this folder", id="empty-folder-of-another-root"),
        pytest.param("nowhere.mkv", "nowhere.mkv: no such file or folder", id="link-to-nothing"),
        pytest.param("a\0b", "NUL", id="nul"),
    ],
)
def test_a_root_without_videos_is_an_error_that_names_it(
    library: Path, monkeypatch: pytest.MonkeyPatch, root: str, words: str
) -> None:
    put(library, "full/a.mkv", "texts/a.txt")
    for name in ("empty", "circle", "full/none"):
        (library / name).mkdir()
    (library / "circle" / "self").symlink_to(library / "circle")
    (library / "nowhere.mkv").symlink_to("nothing")
    monkeypatch.chdir(library)
    with pytest.raises(InputError, match=words):
        find(["full", root], lambda *_: None)


@pytest.mark.parametrize(
    ("roots", "expected"),
    [
        pytest.param(["/usr/lib"], "/usr/lib", id="one-folder"),
        pytest.param(["/usr/lib/"], "/usr/lib", id="slash-at-the-end"),
        pytest.param(["/usr/lib", "/usr/bin"], "/usr", id="two-folders"),
        pytest.param(["/usr/lib", "/etc"], None, id="nothing-in-common"),
        pytest.param(["/etc/passwd"], None, id="a-file"),
        pytest.param(["/usr/lib", "/etc/passwd"], None, id="a-file-too"),
    ],
)
def test_the_folder_of_a_scan_is_the_one_that_holds_all_roots(roots: list[str], expected: str | None) -> None:
    assert common_folder(roots) == expected
