"""Folders and files are searched for videos by their names."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cvi_trakt.errors import InputError
from cvi_trakt.scan.find import VIDEO_EXTENSIONS, Found, Wanted, chosen_extensions, common_folder, find

AS_BYTES = os.fsdecode(b"caf\xe9.mkv")
ALL = Wanted()
NOBODY = 65534  # a user who owns nothing


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


def paths(*roots: str, wanted: Wanted = ALL) -> list[str]:
    """Find, with no folder unread; gives the whole paths."""
    unread: list[tuple[str, str]] = []
    videos = find(roots, wanted, lambda folder, why: unread.append((folder, why)))
    assert unread == []
    return [video.path for video in videos]


def found(*roots: Path, wanted: Wanted = ALL) -> list[str]:
    """Find, with no folder unread; gives the paths below the last root's folder."""
    return [path.removeprefix(f"{roots[-1]}/") for path in paths(*map(str, roots), wanted=wanted)]


@contextmanager
def unprivileged() -> Iterator[None]:
    """Act as a user to whom permissions apply, also where the tests run as root."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(user)


@pytest.fixture
def open_library() -> Iterator[Path]:
    """A folder that everybody can reach: those that pytest makes are for their owner only."""
    with tempfile.TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        yield Path(place)
        for folder, names, _ in os.walk(place):  # so that it can be deleted
            for name in names:
                Path(folder, name).chmod(0o755)


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
        "LOST+FOUND/a.mkv",
        "#snapshot/a.mkv",
        "System Volume Information/a.mkv",
        "._a.mkv",
        ".mkv",
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
    assert paths(f"{library}/b", f"{library}/a") == [f"{library}/b/2.mkv", f"{library}/a/1.mkv"]


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("a\nb.mkv", id="line-break"),
        pytest.param("-i.mkv", id="dash"),
        pytest.param("--help.mkv", id="option"),
        pytest.param("a:b%03d.mkv", id="ffmpeg-pattern"),
        pytest.param("файл.mkv", id="cyrillic"),
        pytest.param(AS_BYTES, id="not-utf-8"),
        pytest.param("a'\"$(x).mkv", id="shell"),
        pytest.param("x" * 251 + ".mkv", id="255-bytes"),
        pytest.param("\x1b[31m.mkv", id="escape"),
    ],
)
def test_any_name_is_fine_of_a_file_and_of_a_folder(library: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    put(library, name, f"folders/{name}/a.mkv")
    assert sorted(found(library)) == sorted([name, f"folders/{name}/a.mkv"])
    monkeypatch.chdir(library)
    assert paths(name) == [f"{library}/{name}"]


@pytest.mark.parametrize("name", ["film", ".hidden.mkv", "small.mkv"])
def test_a_file_that_is_named_itself_is_taken_whatever_its_name_and_size(library: Path, name: str) -> None:
    put(library, name)
    assert paths(f"{library}/{name}", wanted=Wanted(min_size=10**9)) == [f"{library}/{name}"]


def test_each_video_has_its_size_and_the_time_of_its_last_change(library: Path) -> None:
    put(library, "a.mkv", "b.mkv")
    (library / "a.mkv").write_bytes(b"12345")
    (library / "link.mkv").symlink_to("nowhere")
    os.utime(library / "a.mkv", ns=(0, 1_700_000_000_123_456_789))
    os.utime(library / "b.mkv", ns=(0, -1))
    expected = [
        Found(path=f"{library}/a.mkv", size=5, changed_at=1_700_000_000_123_456_789),
        Found(path=f"{library}/b.mkv", size=0, changed_at=-1),
    ]
    nothing = Found(path=f"{library}/link.mkv", size=None, changed_at=None)
    assert find([str(library)], ALL, lambda *_: None) == [*expected, nothing]
    assert find([f"{library}/a.mkv"], ALL, lambda *_: None) == expected[:1]


def test_paths_are_absolute_also_from_a_relative_root(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(library, "Movies/a.mkv")
    monkeypatch.chdir(library / "Movies")
    for root in (".", "./", "..", "../Movies/a.mkv", "../Movies/", "a.mkv"):
        assert paths(root) == [f"{library}/Movies/a.mkv"]


def test_a_folder_that_is_named_by_a_link_keeps_the_name_of_the_link(library: Path, tmp_path: Path) -> None:
    put(library, "Movies/a.mkv")
    (tmp_path / "link").symlink_to(library)
    (tmp_path / "link.mkv").symlink_to(library / "Movies" / "a.mkv")
    assert paths(f"{tmp_path}/link") == [f"{tmp_path}/link/Movies/a.mkv"]
    assert paths(f"{tmp_path}/link/Movies/..", f"{tmp_path}/link") == [f"{library}/Movies/a.mkv"]
    assert paths(f"{tmp_path}/link.mkv", f"{tmp_path}/link") == [f"{tmp_path}/link.mkv"]


def test_a_link_to_a_folder_is_followed_once(library: Path, tmp_path: Path) -> None:
    put(tmp_path, "elsewhere/a.mkv")
    for name in ("first", "second"):
        (library / name).symlink_to(tmp_path / "elsewhere")
    assert found(library) == ["first/a.mkv"]


def test_links_in_a_circle_end(library: Path) -> None:
    put(library, "Film/a.mkv")
    for name in ("up", "upwards", "back"):
        (library / "Film" / name).symlink_to(library)
    (library / "self").symlink_to("self")
    (library / "a").symlink_to("b")
    (library / "b").symlink_to("a")
    (library / "through-a-file").symlink_to("Film/a.mkv/folder")
    assert found(library) == ["Film/a.mkv"]


def test_a_link_in_a_circle_with_the_name_of_a_video_is_listed(library: Path) -> None:
    (library / "a.mkv").symlink_to("a.mkv")
    assert found(library) == ["a.mkv"]


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


def test_a_folder_that_an_earlier_one_has_is_no_empty_one(library: Path, tmp_path: Path) -> None:
    """Each of the later folders has nothing new in it, and a video all the same."""
    put(library, "Movies/a.mkv")
    put(tmp_path, "elsewhere/b.mkv")
    (library / "link").symlink_to(tmp_path / "elsewhere")
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    (tmp_path / "one" / "link").symlink_to(library)
    (tmp_path / "two" / "b.mkv").symlink_to(tmp_path / "elsewhere" / "b.mkv")
    first = [f"{library}/Movies/a.mkv", f"{library}/link/b.mkv"]
    for later in (f"{library}/Movies", f"{library}/link", f"{tmp_path}/one", f"{tmp_path}/two"):
        assert paths(str(library), later) == first


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param(None, ["a.MKV", "b.ts"], id="the-usual"),
        pytest.param(["mkv", "iso"], ["a.MKV", "c.Iso"], id="these"),
        pytest.param(["+iso"], ["a.MKV", "b.ts", "c.Iso"], id="added"),
        pytest.param(["+iso", "-ts"], ["a.MKV", "c.Iso"], id="added-and-taken-away"),
    ],
)
def test_which_extensions_are_videos_can_be_chosen(library: Path, words: list[str] | None, expected: list[str]) -> None:
    put(library, "a.MKV", "b.ts", "c.Iso", "d.txt", "iso", "mkv")
    assert found(library, wanted=Wanted(extensions=chosen_extensions(words))) == expected


def test_the_usual_extensions_are_in_lower_case() -> None:
    assert {"mkv", "mp4", "avi", "ts", "m2ts", "webm", "vob"} <= VIDEO_EXTENSIONS
    assert {one.lower() for one in VIDEO_EXTENSIONS} == VIDEO_EXTENSIONS


def test_small_files_can_be_left_out(library: Path) -> None:
    for name, size in (("9.mkv", 9), ("10.mkv", 10), ("11.mkv", 11)):
        (library / name).write_bytes(bytes(size))
    (library / "link.mkv").symlink_to("9.mkv")
    (library / "gone.mkv").symlink_to("nowhere")
    assert found(library, wanted=Wanted(min_size=10)) == ["10.mkv", "11.mkv", "gone.mkv"]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        pytest.param("Extras", ["Extras.mkv", "Show/a.mkv"], id="folder-anywhere"),
        pytest.param("a.mkv", ["Extras/b.mkv", "Extras.mkv", "Show/Extras/b.mkv"], id="file-anywhere"),
        pytest.param("Show/Extras", ["Extras/b.mkv", "Extras.mkv", "Show/a.mkv"], id="path-below"),
        pytest.param("*/*", ["Extras.mkv"], id="all-in-folders"),
        pytest.param("Extras*/", ["Extras.mkv", "Show/a.mkv"], id="folders-only"),
        pytest.param("Show/**", ["Extras/b.mkv", "Extras.mkv"], id="all-in-a-folder"),
        pytest.param("**/b.mkv", ["Extras.mkv", "Show/a.mkv"], id="at-any-depth"),
        pytest.param("extras", ["Extras/b.mkv", "Extras.mkv", "Show/Extras/b.mkv", "Show/a.mkv"], id="other-case"),
    ],
)
def test_patterns_leave_out_files_and_folders(library: Path, pattern: str, expected: list[str]) -> None:
    put(library, "Extras/b.mkv", "Extras.mkv", "Show/Extras/b.mkv", "Show/a.mkv")
    assert found(library, wanted=Wanted(exclude=(pattern,))) == expected


def test_a_pattern_of_a_whole_path_is_for_the_path_as_it_is_listed(library: Path, tmp_path: Path) -> None:
    put(library, "Old/a.mkv", "New/b.mkv")
    (tmp_path / "link").symlink_to(library)
    for root, left in ((library, ["New/b.mkv"]), (tmp_path / "link", ["New/b.mkv", "Old/a.mkv"])):
        assert found(root, wanted=Wanted(exclude=(f"{library}/Old",))) == left


def test_a_folder_that_is_left_out_is_not_read(open_library: Path) -> None:
    put(open_library, "a.mkv", "closed/b.mkv")
    (open_library / "closed").chmod(0)
    (open_library / "link").symlink_to("closed/below")
    with unprivileged():
        assert found(open_library, wanted=Wanted(exclude=("closed/", "link"))) == ["a.mkv"]


def test_a_pattern_leaves_out_what_is_named_itself_too(library: Path) -> None:
    """So that ``scan * --exclude Old`` does what it says."""
    put(library, "a.mkv", "b.avi", "Old/c.mkv", "New/d.mkv")
    named = [f"{library}/{name}" for name in ("a.mkv", "b.avi", "Old", "New")]
    assert paths(*named, wanted=Wanted(exclude=("Old", "*.avi"))) == [f"{library}/a.mkv", f"{library}/New/d.mkv"]
    assert paths(*named, wanted=Wanted(exclude=(f"{library}/New", f"{library}/a.mkv/"))) == [
        f"{library}/a.mkv",
        f"{library}/b.avi",
        f"{library}/Old/c.mkv",
    ]


def test_a_folder_that_is_named_by_dots_has_no_name_to_leave_out(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(library, "Old/Old/a.mkv", "Old/b.mkv")
    monkeypatch.chdir(library / "Old")
    assert paths(".", wanted=Wanted(exclude=("Old",))) == [f"{library}/Old/b.mkv"]
    monkeypatch.chdir(library / "Old" / "Old")
    assert paths("..", wanted=Wanted(exclude=("Old",))) == [f"{library}/Old/b.mkv"]


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
    videos = find([str(too_deep)], ALL, lambda folder, why: unread.append(f"{folder[-3:]}: {why}"))
    assert ([one.path for one in videos], unread) == ([f"{too_deep}/z.mkv"], ["ddd: File name too long"])


def test_folders_without_permission_are_told_and_the_rest_goes_on(open_library: Path) -> None:
    put(open_library, "a/1.mkv", "b/2.mkv", "c/below/3.mkv", "d/4.mkv")
    (open_library / "a").chmod(0)
    (open_library / "c").chmod(0o600)
    (open_library / "link").symlink_to("a/below")  # whose end cannot be looked at
    (open_library / "link.mkv").symlink_to("a/1.mkv")
    (open_library / "d").chmod(0o444)  # whose names can be read, and nothing more
    unread: list[tuple[str, str]] = []
    with unprivileged():
        videos = find([str(open_library)], ALL, lambda folder, why: unread.append((folder, why)))
    assert [(one.path.removeprefix(f"{open_library}/"), one.size) for one in videos] == [
        ("b/2.mkv", 0),
        ("d/4.mkv", None),
        ("link.mkv", None),
    ]
    assert unread == [(f"{open_library}/{name}", "Permission denied") for name in ("a", "c", "link")]


def test_a_folder_without_permission_that_is_named_itself_is_an_error(open_library: Path) -> None:
    put(open_library, "a/1.mkv", "b/2.mkv")
    (open_library / "a").chmod(0)
    with unprivileged():
        for root, words in (("a", "the folder cannot be read: "), ("a/1.mkv", "cannot be read: ")):
            with pytest.raises(InputError, match=f"/{root}: {words}Permission denied"):
                find([f"{open_library}/b", f"{open_library}/{root}"], ALL, lambda *_: None)


@pytest.mark.parametrize(
    ("root", "words"),
    [
        pytest.param("missing", "missing: no such file or folder", id="missing"),
        pytest.param("empty", "empty: no video in this folder, it is empty; is its disk there", id="empty-folder"),
        pytest.param("texts", "texts: no video in this folder; name", id="folder-without-videos"),
        pytest.param("circle", "circle: no video in this folder; name", id="folder-that-holds-itself"),
        pytest.param("full/none", "full/none: no video in this folder, it is empty", id="empty-folder-of-another-root"),
        pytest.param("full/season", "full/season: no video in this folder; name", id="folder-with-an-empty-folder"),
        pytest.param("nowhere.mkv", "nowhere.mkv: no such file or folder", id="link-to-nothing"),
        pytest.param("pipe.mkv", "pipe.mkv: is neither a file nor a folder", id="pipe"),
        pytest.param("full/a.mkv/b", "full/a.mkv/b: cannot be read: Not a directory", id="below-a-file"),
        pytest.param("", "a PATH is empty", id="no-words"),
        pytest.param("a\0b", "NUL", id="nul"),
    ],
)
def test_a_root_without_videos_is_an_error_that_names_it(
    library: Path, monkeypatch: pytest.MonkeyPatch, root: str, words: str
) -> None:
    put(library, "full/a.mkv", "texts/a.txt")
    for name in ("empty", "circle", "full/none", "full/season/1"):
        (library / name).mkdir(parents=True)
    (library / "circle" / "self").symlink_to(library / "circle")
    (library / "nowhere.mkv").symlink_to("nothing")
    os.mkfifo(library / "pipe.mkv")
    monkeypatch.chdir(library)
    with pytest.raises(InputError, match=words):
        find(["full", root], ALL, lambda *_: None)


BY_EXCLUDE = "what --exclude (scan.exclude) leaves out"
BY_SIZE = "what --min-size (scan.min_size) leaves out"


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        pytest.param(Wanted(exclude=("*.mkv",)), f", apart from {BY_EXCLUDE}", id="files"),
        pytest.param(Wanted(exclude=("S1",)), f", apart from {BY_EXCLUDE}", id="folder"),
        pytest.param(Wanted(min_size=1), f", apart from {BY_SIZE}", id="min-size"),
        pytest.param(Wanted(exclude=("a.*",), min_size=1), f", apart from {BY_EXCLUDE} and {BY_SIZE}", id="both"),
        pytest.param(Wanted(extensions=frozenset({"iso"})), "", id="extensions"),
        pytest.param(Wanted(exclude=("*.txt",), extensions=frozenset({"iso"})), "", id="no-video-anyway"),
    ],
)
def test_a_root_whose_videos_are_all_left_out_says_so(library: Path, wanted: Wanted, words: str) -> None:
    put(library, "full/S1/a.mkv", "full/S1/b.mkv", "full/S1/a.txt")
    with pytest.raises(InputError) as caught:
        find([f"{library}/full"], wanted, lambda *_: None)
    assert str(caught.value) == (f"{library}/full: no video in this folder{words}; name a folder that holds videos")


def test_a_root_of_which_nothing_could_be_read_says_so(open_library: Path) -> None:
    put(open_library, "full/S1/a.mkv")
    (open_library / "full" / "S1").chmod(0)
    with unprivileged(), pytest.raises(InputError, match=r"no video in this folder, apart from what cannot be read;"):
        find([f"{open_library}/full"], ALL, lambda *_: None)


def test_it_is_an_error_when_every_root_is_left_out(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(library, "a.mkv", "Old/b.mkv")
    monkeypatch.chdir(library)
    with pytest.raises(InputError, match=r"nothing to scan: --exclude \(scan.exclude\) leaves out a.mkv, Old"):
        find(["a.mkv", "Old"], Wanted(exclude=("a.*", "Old/")), lambda *_: None)


def test_every_root_is_looked_at_before_the_first_is_walked(too_deep: Path) -> None:
    unread: list[str] = []
    with pytest.raises(InputError, match="missing: no such file or folder"):
        find([str(too_deep), "missing"], ALL, lambda folder, why: unread.append(folder))
    assert unread == []


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
