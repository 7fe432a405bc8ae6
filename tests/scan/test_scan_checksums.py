"""A Matroska file that carries checksums tells of each byte that changed."""

from __future__ import annotations

import random
from pathlib import Path

from videos import make_video

from cvi_trakt.scan.inspect.checksums import checksums_of
from cvi_trakt.scan.inspect.glance import glance


def first_bad(file: Path, *, until: float = 60.0) -> float | None:
    with checksums_of(str(file), glance(str(file)).structure) as checksums:
        checksums.finish(until)
        return checksums.first_bad


def changed(file: Path, at: int) -> Path:
    content = bytearray(file.read_bytes())
    content[at] ^= 0x10
    file.write_bytes(content)
    return file


def test_what_ffmpeg_writes_agrees_with_its_checksums(tmp_path: Path) -> None:
    assert first_bad(make_video(tmp_path / "film.mkv", seconds=12)) is None


def test_a_single_changed_bit_is_found_wherever_it_is_in_the_film(tmp_path: Path) -> None:
    pick = random.Random(4)
    whole = make_video(tmp_path / "film.mkv", seconds=12).read_bytes()
    clusters = whole.index(bytes.fromhex("1f43b675")) + 40
    index = whole.rindex(bytes.fromhex("1c53bb6b"))
    for number in range(20):
        file = tmp_path / f"{number}.mkv"
        file.write_bytes(whole)
        assert first_bad(changed(file, pick.randrange(clusters, index))) is not None


def test_the_cluster_that_changed_tells_the_second(tmp_path: Path) -> None:
    file = make_video(tmp_path / "film.mkv", seconds=12)
    changed(file, file.read_bytes().rindex(bytes.fromhex("1f43b675")) + 500)
    found = first_bad(file)
    assert found is not None
    assert found >= 5  # ffmpeg begins a cluster every five seconds


def test_only_what_ffmpeg_has_come_to_is_checked(tmp_path: Path) -> None:
    file = make_video(tmp_path / "film.mkv", seconds=12)
    changed(file, file.read_bytes().rindex(bytes.fromhex("1f43b675")) + 500)
    assert first_bad(file, until=1.0) is None


def test_a_file_without_checksums_or_of_another_kind_says_nothing(tmp_path: Path) -> None:
    for name in ("film.webm", "film.mp4", "film.ts"):
        file = make_video(tmp_path / name)
        assert first_bad(changed(file, file.stat().st_size // 2)) is None
