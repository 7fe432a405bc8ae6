"""Patterns of names and paths fit what people who know gitignore expect."""

from __future__ import annotations

import os

import pytest

from cvi_trakt.scan.globs import Glob

ROOT = "/videos"


def fits(pattern: str, path: str) -> bool:
    """Whether a pattern fits a file, or, where the path ends with a slash, a folder below the root."""
    return Glob(pattern).fits(f"{ROOT}/{path.rstrip('/')}", ROOT, is_folder=path.endswith("/"))


@pytest.mark.parametrize(
    ("pattern", "fitting", "others"),
    [
        pytest.param("Extras", ["Extras", "Extras/", "a/b/Extras/"], ["extras", "Extras2", "Extras/a"], id="name"),
        pytest.param("*.iso", ["a.iso", "a/b.iso", ".iso"], ["a.ISO", "a.iso.mkv"], id="star"),
        pytest.param("?.mkv", ["a.mkv", "x/é.mkv"], ["ab.mkv", ".mkv"], id="one-character"),
        pytest.param("[Ss]ample*", ["Sample.mkv", "a/sample/"], ["ample", "SAMPLE"], id="one-of"),
        pytest.param("[!a-c].mkv", ["d.mkv"], ["a.mkv", "c.mkv"], id="none-of"),
        pytest.param("Extras/", ["Extras/", "a/Extras/"], ["Extras", "a/Extras"], id="folders-only"),
        pytest.param("a/b", ["a/b", "a/b/"], ["x/a/b", "b", "a/b/c", "a/bc"], id="path"),
        pytest.param("a/*.mkv", ["a/1.mkv"], ["a/b/1.mkv", "1.mkv", "x/a/1.mkv"], id="star-is-not-for-slashes"),
        pytest.param("a/?b", ["a/xb"], ["a//b", "ab"], id="question-mark-is-not-for-slashes"),
        pytest.param("a/b/", ["a/b/"], ["a/b"], id="path-of-folders-only"),
        pytest.param("**/b", ["b", "a/b", "x/y/b/"], ["bb", "b/c"], id="any-folders-first"),
        pytest.param("a/**/b", ["a/b", "a/x/b", "a/x/y/b"], ["b", "a/xb", "x/a/b"], id="any-folders-between"),
        pytest.param("a/**", ["a/b", "a/b/c/"], ["a/", "b/a", "ab"], id="all-in-a-folder"),
        pytest.param("**", ["a", "a/b", "a/"], [], id="everything"),
        pytest.param("**/a/**/b", ["a/b", "x/a/y/a/b"], ["a/bb", "x/b"], id="any-folders-twice"),
        pytest.param("/videos/a", ["a", "a/"], ["b/a", "a/b"], id="whole-path"),
        pytest.param("/videos/*/b", ["a/b"], ["b", "a/x/b"], id="whole-path-with-a-star"),
        pytest.param("/**/b/", ["b/", "x/b/"], ["b"], id="whole-path-of-any-folders"),
        pytest.param("//videos//a", ["a"], ["b"], id="more-slashes-than-needed"),
        pytest.param("/a", [], ["a", "b/a"], id="a-slash-first-is-no-root-of-ours"),
        pytest.param("Film [1080p].mkv", ["Film [1080p].mkv", "Film 1.mkv"], ["Film 2.mkv"], id="letter-by-letter-too"),
        pytest.param(r"Film \[1080p\]*", ["Film [1080p].mkv"], ["Film 1.mkv"], id="backslash"),
        pytest.param(r"what\?", ["what?"], ["whats"], id="backslash-question-mark"),
        pytest.param("a\\\\b", ["a\\b"], ["a\\\\\\b"], id="backslash-backslash"),
        pytest.param("a*", ["a\nb", os.fsdecode(b"a\xe9")], ["ba"], id="any-bytes"),
        pytest.param("a.mkv", ["a.mkv"], ["aXmkv", "a.mkv2"], id="a-dot-is-a-dot"),
        pytest.param("!a", ["!a"], ["a", "b"], id="no-exceptions"),
    ],
)
def test_a_pattern_fits_these_and_not_those(pattern: str, fitting: list[str], others: list[str]) -> None:
    assert [path for path in fitting if not fits(pattern, path)] == []
    assert [path for path in others if fits(pattern, path)] == []


@pytest.mark.parametrize("pattern", ["a", "a/", "/x/a", "**/a"])
def test_what_is_not_below_a_folder_fits_by_its_name_or_whole_path(pattern: str) -> None:
    assert Glob(pattern).fits("/x/a", None, is_folder=True) == (pattern != "**/a")


def test_what_is_below_the_root_of_all_folders_has_a_path_below_it() -> None:
    assert Glob("a/b").fits("/a/b", "/", is_folder=False)


def test_a_pattern_with_many_stars_takes_no_longer_than_its_words() -> None:
    long = "/".join("a" * 20 for _ in range(40))
    assert not fits("**/a*a*a*a*a*a*a*a*a*a*b/**/**/**/**/**/a*a*a*a*a*a*b/**/c", long)
