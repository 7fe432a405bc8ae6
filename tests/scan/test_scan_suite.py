"""The scan against the damage suite: what every mode finds, and that none of them calls a good video bad."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from damage_bases import BASES
from damage_checks import MODES, Checked, Checks, beyond
from damage_suite import Case, Part, build

from cvi_trakt.scan.inspect.ffmpeg import find_ffmpeg

A_FEW = Part(
    bases=("mp4-mpeg4-mp3", "mkv-mpeg4-mp3", "ts-mpeg2-mp2"),
    damages=("cut at 50 %", "cut at 99 %", "hole of zeros at 50 %", "16 bytes overwritten", "no moov"),
    odd=(
        "joined-end-to-end/three-times.ts",
        "live-without-a-duration/mpeg4.avi",
        "only-two-frames/avi-mpeg4-mp3.avi",
        "variable-frame-rate/vfr.avi",
        "wrong-extension/mpg-mpeg2-mp2.mp4",
        "100-kb-of-zeros-behind/mpg-mpeg2-mp2.mpg",
    ),
)


def named(cases: Sequence[Case]) -> list[str]:
    return [f"{case.kind}: {case.base}" for case in cases]


def check_promises(scanned: Sequence[Checked], full_decode: Checked, cases: Sequence[Case]) -> None:
    """Check what is promised of a scan, in every mode."""
    assert {one.name: named(one.false_alarms(cases)) for one in scanned} == {mode: [] for mode in MODES}
    for one in scanned:
        missed = one.missed(cases)
        assert named([case for case in missed if case.states_size]) == [], one.name
        assert named([case for case in missed if case.lacks_moov]) == [], one.name
        assert named([case for case in missed if case.expect_unreadable]) == [], one.name
        assert sum(case.is_cut for case in missed) <= 0.1 * sum(case.is_cut for case in cases), one.name
    [deep] = [one for one in scanned if one.name == "deep"]
    assert named(beyond(full_decode, deep, cases)) == []


def test_a_scan_in_any_mode_keeps_its_promises_with_a_few_videos(tmp_path: Path) -> None:
    ffmpeg = find_ffmpeg(os.environ.get("PATH"))
    cases = build(tmp_path, ffmpeg, A_FEW)
    assert [case.is_good for case in cases].count(True) == 3 + 6
    checks = Checks(tmp_path, cases, ffmpeg=ffmpeg, jobs=2)
    check_promises([checks.scan(mode) for mode in MODES], checks.full_decode(), cases)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_a_scan_in_any_mode_keeps_its_promises_with_every_container_and_codec(tmp_path: Path) -> None:
    ffmpeg = find_ffmpeg(os.environ.get("PATH"))
    left_out: list[str] = []
    cases = build(tmp_path, ffmpeg, leave_out=left_out.append)
    assert len({case.base for case in cases if not case.is_good and case.base in BASES}) > len(BASES) / 2, left_out
    checks = Checks(tmp_path, cases, ffmpeg=ffmpeg, jobs=os.cpu_count() or 1)
    scanned, full_decode = [checks.scan(mode) for mode in MODES], checks.full_decode()
    check_promises(scanned, full_decode, cases)
    [deep] = [one for one in scanned if one.name == "deep"]
    assert len(deep.missed(cases)) < len(full_decode.missed(cases))
