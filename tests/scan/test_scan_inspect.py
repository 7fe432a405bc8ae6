"""One file is decoded in full, and what ffmpeg says decides."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from videos import CODECS, cut_off, fake_ffmpeg, make_video, zero_out

from cvi_trakt.media import ScanResult, Status
from cvi_trakt.scan.ear import Ear
from cvi_trakt.scan.ffmpeg import Decoding, Ffmpeg, FfmpegError, find_ffmpeg
from cvi_trakt.scan.inspect import Inspection, Inspector, judge, time_allowed_for
from cvi_trakt.scan.run import inspections

PATH = os.environ.get("PATH")
DONE = Decoding(code=0, decoded=True, seconds=2.0)
FAILED = Decoding(code=1, decoded=False, seconds=0.0)


def inspect(
    file: Path, *, program: Path | None = None, time_allowed: Callable[[int], float] | None = None
) -> Inspection:
    ffmpeg = Ffmpeg(str(program or find_ffmpeg(PATH)), threads=1, environ=os.environ, clock=time.monotonic)
    return Inspector(ffmpeg, clock=time.monotonic, time_allowed=time_allowed).inspect(str(file))


def verdict(file: Path, program: Path | None = None) -> tuple[Status, str | None]:
    result = inspect(file, program=program).result
    return result.status, result.reason


@pytest.mark.parametrize("extension", CODECS)
def test_an_intact_video_is_healthy_and_nothing_is_said_of_it(tmp_path: Path, extension: str) -> None:
    file = make_video(tmp_path / f"film{extension}")
    found = inspect(file)
    assert (found.result.status, found.result.reason, found.message) == (Status.HEALTHY, None, None)
    assert found.result.size == file.stat().st_size
    assert found.result.duration == pytest.approx(2.0, abs=0.2)


CUT = "it is cut off, or parts of it are missing"


@pytest.mark.parametrize(
    ("extension", "reason"),
    [
        (".mp4", "it is not complete: its index (moov atom) is missing"),
        (".mov", "it is not complete: its index (moov atom) is missing"),
        (".mkv", CUT),
        (".webm", CUT),
        (".avi", CUT),
    ],
)
def test_a_video_that_was_cut_off_is_corrupt(tmp_path: Path, extension: str, reason: str) -> None:
    file = cut_off(make_video(tmp_path / f"film{extension}"))
    assert verdict(file) == (Status.CORRUPT, reason)


@pytest.mark.parametrize("extension", [".mp4", ".mov", ".mkv", ".webm", ".avi", ".mpg"])
def test_a_video_with_zeros_in_the_middle_is_corrupt(tmp_path: Path, extension: str) -> None:
    file = zero_out(make_video(tmp_path / f"film{extension}"))
    assert verdict(file)[0] is Status.CORRUPT


def test_a_recording_with_a_gap_is_suspicious(tmp_path: Path) -> None:
    file = zero_out(make_video(tmp_path / "recording.ts"))
    assert verdict(file) == (Status.SUSPICIOUS, MPEGTS)


@pytest.mark.parametrize("extension", [".mp4", ".mkv", ".webm", ".ts", ".wmv"])
def test_a_video_that_begins_with_zeros_is_corrupt(tmp_path: Path, extension: str) -> None:
    file = zero_out(make_video(tmp_path / f"film{extension}"), at=0, length=1 << 30)
    assert verdict(file) == (Status.CORRUPT, "it begins with zeros where a video has its header")


@pytest.mark.parametrize("extension", [".mp4", ".mkv", ".webm", ".avi", ".ts", ".mpg", ".wmv"])
def test_a_text_with_the_name_of_a_video_is_unreadable_not_corrupt(tmp_path: Path, extension: str) -> None:
    file = tmp_path / f"film{extension}"
    file.write_text("This is no video.\n" * 1000)
    status, reason = verdict(file)
    assert status is Status.UNREADABLE
    assert reason is not None
    assert reason.startswith("it is not a video")


def test_an_empty_file_is_unreadable(tmp_path: Path) -> None:
    file = tmp_path / "film.mkv"
    file.touch()
    assert verdict(file) == (Status.UNREADABLE, "the file is empty")


def test_a_file_that_has_gone_is_unreadable(tmp_path: Path) -> None:
    expected = "it is not there: moved, deleted, or a link to nothing"
    assert verdict(tmp_path / "film.mkv") == (Status.UNREADABLE, expected)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "film.mkv")
    assert verdict(tmp_path / "film.mkv") == (Status.UNREADABLE, "it cannot be read: not a file")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_permission_is_unreadable(tmp_path: Path) -> None:
    file = make_video(tmp_path / "film.mkv")
    file.chmod(0)
    assert verdict(file) == (Status.UNREADABLE, "permission denied")


@pytest.mark.parametrize("name", ["-i.mkv", "a:b.mkv", "a%03d.mkv", "a\nb.mkv", os.fsdecode(b"caf\xe9.mkv")])
def test_a_file_with_an_odd_name_is_checked_like_any_other(tmp_path: Path, name: str) -> None:
    assert verdict(make_video(tmp_path / name))[0] is Status.HEALTHY


@pytest.mark.parametrize(
    "name", ["moov atom not found.ts", "error while decoding MB\n.ts", "a\nmoov atom not found.ts"]
)
def test_the_words_of_a_file_name_are_not_taken_for_a_message(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("This is no video.\n" * 1000)
    assert verdict(tmp_path / name)[0] is Status.UNREADABLE


def test_a_video_without_sound_and_one_without_pictures_are_fine(tmp_path: Path) -> None:
    assert verdict(make_video(tmp_path / "silent.mkv", sound=False)) == (Status.HEALTHY, None)
    assert verdict(make_video(tmp_path / "concert.mp4", picture=False)) == (Status.HEALTHY, None)


MPEGTS = "parts of the recording are missing, as after bad reception"
OTHERS_MISSING = "pictures in it need others that are missing, as where a recording begins"
NO_DISK = "the disk or the network failed while it was read"
INVALID = "Invalid data found when processing input"


@pytest.mark.parametrize(
    ("line", "status", "reason"),
    [
        pytest.param(line, status, reason, id=f"{status.lower()}-{line.rpartition('] ')[2][:40]}")
        for status, reason, lines in (
            (
                Status.HEALTHY,
                None,
                """
                [null @ 0x5] [error] Application provided invalid, non monotonically increasing dts to muxer: 5 >= 5
                [mp4 @ 0x5] [error] Application provided duration: -5 / timestamp: 5 is out of range for mov/mp4 format
                [matroska @ 0x5] [error] Can't write packet with unknown timestamp
                [mp4 @ 0x5] [warning] Timestamps are unset in a packet for stream 0.
                [mp4 @ 0x5] [error] pts has no value
                [h264 @ 0x5] [warning] Late SEI is not implemented. Update your FFmpeg version.
                [h264 @ 0x5] [warning] If you want to help, upload a sample of this file to https://streams.videolan.org/upload/
                [mov,mp4 @ 0x5] [error] Unsupported codec with id 0 for input stream 2
                [h264 @ 0x5] [error] SEI type 195 size 888 truncated at 48
                [warning] Guessed Channel Layout for Input Stream #0.1 : mono
                [matroska,webm @ 0x5] [warning] File extends beyond end of segment.
                [mpegts @ 0x5] [warning] a warning that nobody knows
                a line without a level
                """,
            ),
            (
                Status.CORRUPT,
                "pictures in it are damaged",
                """
                [h264 @ 0x5] [error] error while decoding MB 17 8, bytestream -64
                [h264 @ 0x5] [error] concealing 120 DC, 120 AC, 120 MV errors in P frame
                [NULL @ 0x5] [error] Invalid NAL unit size (1249 > 188).
                [mpeg2video @ 0x5] [error] ac-tex damaged at 5 6
                [mpeg4 @ 0x5] [error] Error at MB: 47
                [prores @ 0x5] [error] ac tex damaged 2155, 2048
                [libdav1d @ 0x5] [error] Error parsing OBU data
                [vp9 @ 0x5] [error] Invalid frame marker
                """,
            ),
            (
                Status.CORRUPT,
                "pictures or sound in it are damaged",
                """
                [vist#0:1/flv1 @ 0x5] [dec:flv @ 0x5] [warning] corrupt decoded frame
                [warning] file:/v/film.mkv: corrupt decoded frame in stream 0
                """,
            ),
            (
                Status.CORRUPT,
                CUT,
                """
                [in#0/matroska,webm @ 0x5] [error] File ended prematurely
                [mov,mp4,m4a,3gp,3g2,mj2 @ 0x5] [error] stream 1, offset 0x282de: partial file
                [avi @ 0x5] [warning] Packet corrupt (stream = 0, dts = 107).
                [mpegts @ 0x5] [error] max resync size reached, could not find sync byte
                """,
            ),
            (
                Status.CORRUPT,
                "its structure is damaged",
                """
                [matroska,webm @ 0x5] [error] EBML header parsing failed
                [matroska,webm @ 0x5] [error] 0x00 at pos 171230 (0x29cde) invalid as first byte of an EBML number
                [matroska,webm @ 0x5] [error] Element at 0x29d41 ending at 0xdb775 exceeds containing master element
                [ogg @ 0x5] [error] CRC mismatch!
                """,
            ),
            (
                Status.CORRUPT,
                "parts of it cannot be decoded",
                f"""
                [error] Error while decoding stream #0:1: {INVALID}
                [aist#0:1/aac @ 0x5] [dec:aac @ 0x5] [error] Error submitting packet to decoder: {INVALID}
                """,
            ),
            (Status.CORRUPT, "parts of it cannot be read", f"[error] file:/v/film.mkv: {INVALID}"),
            (
                Status.SUSPICIOUS,
                MPEGTS,
                """
                [mpegts @ 0x5] [warning] Packet corrupt (stream = 0, dts = 482400).
                [in#0/mpegts @ 0x5] [warning] PES packet size mismatch
                """,
            ),
            (
                Status.SUSPICIOUS,
                OTHERS_MISSING,
                """
                [h264 @ 0x5] [error] non-existing PPS 0 referenced
                [h264 @ 0x5] [error] co located POCs unavailable
                [hevc @ 0x5] [error] Could not find ref with POC 125
                [mpeg2video @ 0x5] [error] Invalid frame dimensions 0x0.
                """,
            ),
            (
                Status.SUSPICIOUS,
                "ffmpeg found something unusual",
                """
                [asf @ 0x5] [error] ff asf bad header 0  at:308777
                [fatal] something that nobody knows
                [dec:libdav1d @ 0x5] [error] Error submitting packet to decoder: Cannot allocate memory
                """,
            ),
            (
                Status.UNREADABLE,
                NO_DISK,
                """
                [matroska,webm @ 0x5] [error] Read error
                [error] file:/v/film.mkv: Input/output error
                [in#0/matroska,webm @ 0x5] [error] Error during demuxing: Input/output error
                """,
            ),
            (
                Status.UNREADABLE,
                "this ffmpeg has no decoder for it",
                """
                [fatal] Decoder (codec av1) not found for input stream #0:0
                [vist#0:0/av1 @ 0x5] [error] Decoding requested, but no decoder found for: av1
                """,
            ),
        )
        for line in (one.strip() for one in lines.strip().splitlines())
    ],
)
def test_a_message_has_one_meaning(line: str, status: Status, reason: str | None) -> None:
    ear = Ear("/v/film.mkv")
    ear.hear(line)
    ear.finish()
    found = judge(ear, DONE, begins_with_zeros=False)
    assert (found.status, found.reason) == (status, reason)


def judged(*lines: str, decoding: Decoding = DONE) -> tuple[Status, str | None]:
    ear = Ear("/v/film.mkv")
    for line in lines:
        ear.hear(line)
    ear.finish()
    found = judge(ear, decoding, begins_with_zeros=False)
    return found.status, found.message


def test_a_disk_that_fails_counts_more_than_the_damage_that_comes_of_it() -> None:
    damage, disk = "[h264 @ 0x5] [error] error while decoding MB 1 2", "[error] file:/v/film.mkv: Input/output error"
    assert judged(damage, disk) == (Status.UNREADABLE, "FILE: Input/output error")


def test_damage_counts_more_than_doubt_and_its_first_message_is_kept() -> None:
    lines = (
        "[h264 @ 0x5] [error] no frame!",
        "[h264 @ 0xa] [error] Error at MB: 1",
        "[h264 @ 0xa] [error] Error at MB: 2",
    )
    assert judged(*lines) == (Status.CORRUPT, "[h264] Error at MB: 1")


def test_data_that_no_decoder_takes_is_no_proof_of_damage() -> None:
    refused = f"[error] Error while decoding stream #0:0: {INVALID}"
    assert judged(refused, decoding=FAILED)[0] is Status.SUSPICIOUS


def test_a_decode_that_gives_nothing_is_not_healthy() -> None:
    assert judged(decoding=Decoding(code=0, decoded=False, seconds=0.0))[0] is Status.SUSPICIOUS


def test_an_exit_code_without_a_word_is_not_healthy() -> None:
    assert judged(decoding=Decoding(code=1, decoded=True, seconds=2.0))[0] is Status.SUSPICIOUS


def test_a_repeated_message_is_no_message() -> None:
    assert judged("    Last message repeated 3 times") == (Status.HEALTHY, None)


@pytest.mark.parametrize(
    ("signal", "status"), [pytest.param("SEGV", Status.SUSPICIOUS), pytest.param("KILL", Status.UNREADABLE)]
)
def test_an_ffmpeg_that_dies_is_not_the_files_fault(tmp_path: Path, signal: str, status: Status) -> None:
    program = fake_ffmpeg(tmp_path / "bin", f"kill -{signal} $$")
    assert verdict(make_video(tmp_path / "film.mkv"), program=program)[0] is status


def test_an_endless_message_is_cut(tmp_path: Path) -> None:
    program = fake_ffmpeg(tmp_path / "bin", "{ printf '[error] '; head -c 20000000 /dev/zero | tr '\\0' x; } >&2")
    message = inspect(make_video(tmp_path / "film.mkv"), program=program).message
    assert message == "x" * 300


def test_a_bad_verdict_on_a_file_that_still_grows_is_withdrawn(tmp_path: Path) -> None:
    program = fake_ffmpeg(tmp_path / "bin", 'echo more >>"$file"; echo "[error] moov atom not found" >&2; exit 1')
    expected = "it changed while it was checked; scan it again when it is complete"
    assert verdict(make_video(tmp_path / "film.mkv"), program=program) == (Status.UNREADABLE, expected)


def test_a_decode_that_takes_too_long_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    pipe = tmp_path / "alive"
    os.mkfifo(pipe)
    program = fake_ffmpeg(tmp_path / "bin", f'exec 3>"{pipe}"; sleep 600 & wait')
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    os.set_blocking(reader, True)
    found = inspect(make_video(tmp_path / "film.mkv"), program=program, time_allowed=lambda _: 1.0)
    assert found.result.status is Status.UNREADABLE
    assert found.result.reason == "given up: ffmpeg was not done after 0.000278 hours"
    assert os.read(reader, 1) == b""  # comes when nobody holds the other end any more
    os.close(reader)


def test_a_big_file_may_take_far_longer_than_a_small_one() -> None:
    assert (time_allowed_for(0), time_allowed_for(50_000_000_000)) == (3600.0, 1_003_600.0)


def test_a_missing_ffmpeg_and_a_broken_one_are_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "imageio_ffmpeg", None)  # as if it were not installed
    with pytest.raises(FfmpegError, match="ffmpeg is not installed; install it"):
        find_ffmpeg(str(tmp_path))
    (tmp_path / "ffmpeg").write_text("#!/bin/sh\nexit 3\n")
    (tmp_path / "ffmpeg").chmod(0o755)
    with pytest.raises(FfmpegError, match=r"does not start \(exit code 3\)"):
        find_ffmpeg(str(tmp_path))
    (tmp_path / "ffmpeg").write_bytes(b"\x7fELF")
    with pytest.raises(FfmpegError, match="does not start: Exec format error"):
        find_ffmpeg(str(tmp_path))


def healthy(path: str) -> Inspection:
    return Inspection(result=ScanResult(path=path, status=Status.HEALTHY))


def test_results_come_in_the_order_of_the_files_whichever_is_done_first() -> None:
    second_is_done = Event()

    def slow_first(path: str) -> Inspection:
        if path == "first":
            second_is_done.wait(20)
        else:
            second_is_done.set()
        return healthy(path)

    with inspections(
        ["first", "second"], slow_first, jobs=2, stop=second_is_done.set, progress=lambda *_: None
    ) as results:
        assert [one.result.path for one in results] == ["first", "second"]


def test_an_error_stops_the_work_and_comes_where_the_result_would() -> None:
    stopped = Event()

    def fails(path: str) -> Inspection:
        if path == "bad":
            raise FfmpegError("ffmpeg cannot be started")
        return healthy(path)

    came: list[str] = []
    with (
        pytest.raises(FfmpegError, match="cannot be started"),
        inspections(["good", "bad", "good"], fails, jobs=1, stop=stopped.set, progress=lambda *_: None) as results,
    ):
        came += [one.result.path for one in results]
    assert stopped.is_set()


def test_a_reader_that_has_enough_ends_the_work() -> None:
    stopped = Event()
    begun: list[str] = []

    def inspect_one(path: str) -> Inspection:
        begun.append(path)
        if path != "first":
            stopped.wait(20)
        return healthy(path)

    paths = ["first", "second", "third", "fourth"]
    with inspections(paths, inspect_one, jobs=1, stop=stopped.set, progress=lambda *_: None) as results:
        assert next(results).result.path == "first"
    assert begun[:1] == ["first"]
    assert "fourth" not in begun
