"""One file is inspected in each mode, and what ffmpeg says of it decides."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from videos import CODECS, cut_off, fake_ffmpeg, make_video, zero_out

from cvi_trakt.media import Facts, Status
from cvi_trakt.scan.inspect.ffmpeg import Ffmpeg, FfmpegError, find_ffmpeg
from cvi_trakt.scan.inspect.inspector import Inspector, time_allowed_for
from cvi_trakt.scan.inspection import Inspection, Mode, Trouble

PATH = os.environ.get("PATH")
EVERY_MODE = pytest.mark.parametrize("mode", Mode)


def inspect(
    file: Path,
    mode: Mode = Mode.DEEP,
    *,
    program: Path | None = None,
    time_allowed: Callable[[int, float | None], float] | None = None,
    stall: float = 60.0,
) -> Inspection:
    found = str(program or find_ffmpeg(PATH))
    ffmpeg = Ffmpeg(found, threads=1, stall=stall, environ=os.environ, clock=time.monotonic)
    return Inspector(ffmpeg, mode=mode, clock=time.monotonic, time_allowed=time_allowed).inspect(str(file))


def verdict(file: Path, mode: Mode = Mode.DEEP, program: Path | None = None) -> tuple[Status, str | None]:
    result = inspect(file, mode, program=program).result
    return result.status, result.reason


@EVERY_MODE
@pytest.mark.parametrize("extension", CODECS)
def test_an_intact_video_is_healthy_and_nothing_is_said_of_it(tmp_path: Path, extension: str, mode: Mode) -> None:
    file = make_video(tmp_path / f"film{extension}")
    found = inspect(file, mode)
    assert (found.result.status, found.result.reason, found.message, found.note) == (Status.HEALTHY, None, None, None)
    assert (found.first_bad, found.errors, found.damaged_share) == (None, 0, None)
    assert found.result.size == file.stat().st_size
    assert found.result.duration == pytest.approx(2.0, abs=0.2)


def test_a_healthy_file_is_never_decoded_in_full_by_a_hybrid_scan_and_a_doubtful_one_is(tmp_path: Path) -> None:
    assert inspect(make_video(tmp_path / "film.mkv"), Mode.HYBRID).mode is Mode.QUICK
    zeros = zero_out(make_video(tmp_path / "zeros.mkv", seconds=20), length=60_000)
    assert inspect(zeros, Mode.QUICK).result.status is Status.SUSPICIOUS
    found = inspect(zeros, Mode.HYBRID)
    assert (found.result.status, found.mode) == (Status.CORRUPT, Mode.DEEP)


@pytest.mark.parametrize("extension", [".mp4", ".mkv", ".webm", ".avi"])
def test_a_quick_look_finds_damage_where_it_looks_between_beginning_and_end(tmp_path: Path, extension: str) -> None:
    file = make_video(tmp_path / f"film{extension}", seconds=60)
    size, noise = file.stat().st_size, random.Random(7)
    with file.open("r+b") as video:
        video.seek(int(size * 0.4))
        video.write(noise.randbytes(int(size * 0.3)))
    found = inspect(file, Mode.QUICK)
    assert found.result.status is Status.SUSPICIOUS
    assert found.first_bad is None or 15 < found.first_bad < 50


def test_the_facts_come_with_the_verdict(tmp_path: Path) -> None:
    facts = Facts(
        container="mp4",
        video_codec="mpeg4",
        width=320,
        height=180,
        audio_codec="aac",
        audio_profile="LC",
        channels="mono",
    )
    for mode in Mode:
        assert inspect(make_video(tmp_path / "film.mp4"), mode).result.facts == facts


INDEX = "it is not complete: its index (moov atom) is missing"


@EVERY_MODE
@pytest.mark.parametrize("extension", [".mp4", ".mov"])
def test_an_mp4_that_was_cut_off_before_its_index_is_corrupt_at_a_glance(
    tmp_path: Path, extension: str, mode: Mode
) -> None:
    found = inspect(cut_off(make_video(tmp_path / f"film{extension}")), mode)
    assert (found.result.status, found.result.reason) == (Status.CORRUPT, INDEX)
    assert found.message is not None
    assert "moov atom not found" in found.message


@pytest.mark.parametrize("extension", [".mkv", ".webm", ".avi", ".wmv"])
def test_a_video_that_is_shorter_than_it_states_is_corrupt_from_where_it_was_cut(
    tmp_path: Path, extension: str
) -> None:
    file = cut_off(make_video(tmp_path / f"film{extension}", seconds=10))
    found = inspect(file, Mode.DEEP)
    assert found.result.status is Status.CORRUPT
    assert found.first_bad is not None
    assert 3 < found.first_bad < 7
    assert found.damaged_share == pytest.approx(1 - found.first_bad / 10, abs=0.2)


@pytest.mark.parametrize("mode", [Mode.QUICK, Mode.HYBRID])
@pytest.mark.parametrize("extension", [".mkv", ".webm", ".avi"])
def test_a_quick_look_is_enough_for_a_cut_where_size_and_end_are_stated(
    tmp_path: Path, extension: str, mode: Mode
) -> None:
    found = inspect(cut_off(make_video(tmp_path / f"film{extension}", seconds=10)), mode)
    assert (found.result.status, found.mode) == (Status.CORRUPT, Mode.QUICK)
    assert found.result.reason is not None
    assert found.result.reason.startswith("it is cut off: ")
    assert found.first_bad is not None
    assert 3 < found.first_bad < 7


@EVERY_MODE
@pytest.mark.parametrize("extension", [".ts", ".mpg"])
def test_a_recording_that_ends_in_the_middle_of_a_packet_is_not_healthy(
    tmp_path: Path, extension: str, mode: Mode
) -> None:
    file = cut_off(make_video(tmp_path / f"film{extension}", seconds=4), keep=0.6013)
    assert verdict(file, mode)[0] in (Status.SUSPICIOUS, Status.CORRUPT)


@pytest.mark.parametrize("extension", [".mp4", ".mov", ".mkv", ".webm", ".avi", ".mpg"])
def test_a_deep_look_finds_zeros_in_the_middle_and_says_where(tmp_path: Path, extension: str) -> None:
    file = zero_out(make_video(tmp_path / f"film{extension}", seconds=10))
    found = inspect(file)
    assert found.result.status is Status.CORRUPT
    assert found.first_bad == pytest.approx(5.0, abs=2.0)
    assert found.errors >= 1
    assert found.damaged_share is not None
    assert 0 < found.damaged_share < 0.7


def test_a_recording_with_a_gap_is_suspicious(tmp_path: Path) -> None:
    file = zero_out(make_video(tmp_path / "recording.ts"))
    assert verdict(file) == (Status.SUSPICIOUS, "parts of the recording are missing, as after bad reception")


@EVERY_MODE
@pytest.mark.parametrize("extension", [".mp4", ".mkv", ".webm", ".ts", ".wmv"])
def test_a_video_that_begins_with_zeros_is_corrupt(tmp_path: Path, extension: str, mode: Mode) -> None:
    file = zero_out(make_video(tmp_path / f"film{extension}"), at=0, length=1 << 30)
    assert verdict(file, mode) == (Status.CORRUPT, "it begins with zeros where a video has its header")


@EVERY_MODE
@pytest.mark.parametrize("extension", [".mp4", ".mkv", ".webm", ".ts", ".avi", ".mpg", ".wmv"])
@pytest.mark.parametrize("junk", [b"\0" * 3000, b"This is no video.\n" * 200, os.urandom(100_000)], ids=["0", "a", "?"])
def test_junk_behind_a_whole_video_is_noted_and_no_damage(
    tmp_path: Path, extension: str, junk: bytes, mode: Mode
) -> None:
    file = make_video(tmp_path / f"film{extension}")
    with file.open("ab") as stream:
        stream.write(junk)
    found = inspect(file, mode)
    expected = (Status.HEALTHY, None, "something else follows after the end of the video")
    assert (found.result.status, found.result.reason, found.note) == expected


@EVERY_MODE
def test_a_wrong_extension_is_noted_and_no_damage(tmp_path: Path, mode: Mode) -> None:
    file = make_video(tmp_path / "film.mkv").rename(tmp_path / "film.mp4")
    found = inspect(file, mode)
    expected = (Status.HEALTHY, "it is a Matroska or WebM file, whatever its name says")
    assert (found.result.status, found.note) == expected


@EVERY_MODE
@pytest.mark.parametrize("extension", [".mp4", ".mkv", ".webm", ".ts", ".avi", ".mpg", ".wmv"])
def test_a_text_with_the_name_of_a_video_is_unreadable_not_corrupt(tmp_path: Path, extension: str, mode: Mode) -> None:
    file = tmp_path / f"film{extension}"
    file.write_text("This is no video.\n" * 1000)
    found = inspect(file, mode)
    assert (found.result.status, found.trouble) == (Status.UNREADABLE, Trouble.NOT_A_VIDEO)
    assert found.result.reason is not None
    assert found.result.reason.startswith("it is not a video")


@EVERY_MODE
def test_what_could_not_be_read_is_told_apart(tmp_path: Path, mode: Mode) -> None:
    empty, gone, pipe = tmp_path / "empty.mkv", tmp_path / "gone.mkv", tmp_path / "pipe.mkv"
    empty.touch()
    os.mkfifo(pipe)
    found = [inspect(one, mode) for one in (empty, gone, pipe)]
    assert {one.result.status for one in found} == {Status.UNREADABLE}
    assert [(one.trouble, one.result.reason) for one in found] == [
        (Trouble.EMPTY, "the file is empty"),
        (Trouble.GONE, "it is not there: moved, deleted, or a link to nothing"),
        (Trouble.DISK, "it cannot be read: not a file"),
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_permission_is_unreadable(tmp_path: Path) -> None:
    file = make_video(tmp_path / "film.mkv")
    file.chmod(0)
    found = inspect(file)
    assert (found.result.reason, found.trouble) == ("permission denied", Trouble.PERMISSION)


@EVERY_MODE
@pytest.mark.parametrize(
    "name", ["-i.mkv", "a:b.mkv", "a%03d.mkv", "a\nb.mkv", ",,:,end.mkv", os.fsdecode(b"caf\xe9.mkv")]
)
def test_a_file_with_an_odd_name_is_checked_like_any_other(tmp_path: Path, name: str, mode: Mode) -> None:
    file = make_video(tmp_path / name)
    assert verdict(file, mode)[0] is Status.HEALTHY
    with file.open("ab") as stream:  # junk is hidden from ffmpeg by an address that holds the name, too
        stream.write(b"junk" * 100)
    assert verdict(file, mode)[0] is Status.HEALTHY


@pytest.mark.parametrize(
    "name", ["moov atom not found.ts", "error while decoding MB\n.ts", "a\nmoov atom not found.ts"]
)
def test_the_words_of_a_file_name_are_not_taken_for_a_message(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("This is no video.\n" * 1000)
    assert verdict(tmp_path / name)[0] is Status.UNREADABLE


def made(path: Path, *words: str) -> Path:
    """Make a video with words of one's own for ffmpeg."""
    subprocess.run([find_ffmpeg(PATH), "-nostdin", "-v", "error", "-y", *words, str(path)], check=True)
    return path


@EVERY_MODE
@pytest.mark.parametrize("extension", [".mkv", ".mp4"])
def test_a_video_that_begins_late_is_whole(tmp_path: Path, extension: str, mode: Mode) -> None:
    film = make_video(tmp_path / f"film{extension}", seconds=5)
    late = made(tmp_path / f"late{extension}", "-i", str(film), "-c", "copy", "-output_ts_offset", "10")
    assert verdict(late, mode) == (Status.HEALTHY, None)


@EVERY_MODE
def test_streams_may_stand_in_any_order_and_subtitles_end_when_they_like(tmp_path: Path, mode: Mode) -> None:
    film, text = make_video(tmp_path / "film.mkv", seconds=10), tmp_path / "film.srt"
    text.write_text("1\n00:00:01,000 --> 00:00:02,000\nHello.\n")
    order = ("-map", "0:v", "-map", "1", "-map", "0:a", "-c", "copy")
    odd = made(tmp_path / "odd.mkv", "-i", str(film), "-i", str(text), *order)
    assert verdict(odd, mode) == (Status.HEALTHY, None)
    text.write_text("1\n00:00:01,000 --> 00:00:25,000\nHello.\n")
    late = made(tmp_path / "late.mkv", "-i", str(film), "-i", str(text), "-map", "0", "-map", "1", "-c", "copy")
    assert verdict(late, mode) == (Status.HEALTHY, None)


@EVERY_MODE
def test_zeros_that_are_attached_are_no_damage(tmp_path: Path, mode: Mode) -> None:
    film, blank = make_video(tmp_path / "film.mkv", seconds=10), tmp_path / "blank.bin"
    blank.write_bytes(bytes(1_000_000))
    attached = ("-attach", str(blank), "-metadata:s:t", "mimetype=application/octet-stream")
    assert verdict(made(tmp_path / "with.mkv", "-i", str(film), *attached, "-c", "copy"), mode)[0] is Status.HEALTHY


@EVERY_MODE
def test_silence_in_plain_samples_is_no_damage(tmp_path: Path, mode: Mode) -> None:
    words = ("-f", "lavfi", "-i", "testsrc2=size=64x36:rate=5:duration=30", "-f", "lavfi", "-i", "anullsrc=r=48000")
    film = made(tmp_path / "film.mov", *words, "-t", "30", "-c:v", "mpeg4", "-c:a", "pcm_s24le")
    assert verdict(film, mode) == (Status.HEALTHY, None)


@EVERY_MODE
def test_an_encrypted_video_says_nothing_about_itself(tmp_path: Path, mode: Mode) -> None:
    key = ("-encryption_scheme", "cenc-aes-ctr", "-encryption_key", "ab" * 16, "-encryption_kid", "cd" * 16)
    film = made(tmp_path / "locked.mp4", "-i", str(make_video(tmp_path / "film.mp4")), "-c", "copy", *key)
    assert verdict(film, mode) == (Status.UNREADABLE, "it is encrypted: only its own player can look into it")


@EVERY_MODE
def test_a_stream_that_a_broadcast_announces_and_never_sends_is_no_damage(tmp_path: Path, mode: Mode) -> None:
    film = make_video(tmp_path / "film.ts", seconds=4)
    two = made(tmp_path / "two.ts", "-i", str(film), "-map", "0:v", "-map", "0:a", "-map", "0:a", "-c", "copy")
    content = two.read_bytes()
    packets = [content[at : at + 188] for at in range(0, len(content), 188)]
    two.write_bytes(b"".join(one for one in packets if (one[1] & 0x1F, one[2]) != (0x01, 0x02)))
    assert verdict(two, mode) == (Status.HEALTHY, None)


@EVERY_MODE
def test_a_picture_that_stands_for_long_is_no_lack_of_pictures(tmp_path: Path, mode: Mode) -> None:
    words = ("-f", "lavfi", "-i", "testsrc2=size=64x36:rate=1/8:duration=40")
    assert verdict(made(tmp_path / "slow.mkv", *words, "-c:v", "mpeg4"), mode) == (Status.HEALTHY, None)


def test_sound_that_ends_long_before_a_film_does_is_suspicious_and_in_a_clip_it_is_not(tmp_path: Path) -> None:
    for seconds, expected in ((400, Status.SUSPICIOUS), (200, Status.HEALTHY)):
        words = ("-f", "lavfi", "-i", f"testsrc2=size=64x36:rate=1:duration={seconds}")
        sound = ("-f", "lavfi", "-i", "sine=duration=60:sample_rate=8000")
        film = made(tmp_path / f"{seconds}.mp4", *words, *sound, "-c:v", "mpeg4", "-c:a", "aac", "-b:a", "8k")
        assert verdict(film)[0] is expected


def test_a_part_of_a_dvd_may_be_torn_at_its_ends_and_no_other_recording(tmp_path: Path) -> None:
    sources = (
        "-f",
        "lavfi",
        "-i",
        "testsrc2=size=352x288:rate=25:duration=12",
        "-f",
        "lavfi",
        "-i",
        "sine=duration=12",
    )
    whole = made(tmp_path / "whole.vob", *sources, "-c:v", "mpeg2video", "-c:a", "ac3", "-f", "vob").read_bytes()
    middle = whole[len(whole) // 3 // 2048 * 2048 : len(whole) * 2 // 3 // 2048 * 2048]
    (tmp_path / "VTS_01_2.VOB").write_bytes(middle)
    (tmp_path / "piece.vob").write_bytes(middle)
    assert verdict(tmp_path / "VTS_01_2.VOB")[0] is Status.HEALTHY
    assert verdict(tmp_path / "piece.vob")[0] is not Status.CORRUPT


def test_a_name_whose_second_line_reads_like_a_message_is_a_name(tmp_path: Path) -> None:
    name = "a\n[error] [h264 @ 0x1] error while decoding MB 1 1\nx.mkv"
    for mode in Mode:
        assert verdict(make_video(tmp_path / name), mode) == (Status.HEALTHY, None)


@EVERY_MODE
def test_a_video_without_sound_and_one_without_pictures_are_fine(tmp_path: Path, mode: Mode) -> None:
    assert verdict(make_video(tmp_path / "silent.mkv", sound=False), mode) == (Status.HEALTHY, None)
    assert verdict(make_video(tmp_path / "concert.mp4", picture=False), mode) == (Status.HEALTHY, None)


@pytest.mark.parametrize(
    ("signal", "status"), [pytest.param("SEGV", Status.UNREADABLE), pytest.param("KILL", Status.UNREADABLE)]
)
def test_an_ffmpeg_that_dies_is_not_the_files_fault(tmp_path: Path, signal: str, status: Status) -> None:
    program = fake_ffmpeg(tmp_path / "bin", f"kill -{signal} $$")
    assert {verdict(make_video(tmp_path / "film.mkv"), mode, program)[0] for mode in Mode} == {status}


def test_an_endless_message_is_cut(tmp_path: Path) -> None:
    program = fake_ffmpeg(tmp_path / "bin", "{ printf '[error] '; head -c 20000000 /dev/zero | tr '\\0' x; } >&2")
    message = inspect(make_video(tmp_path / "film.mkv"), program=program).message
    assert message == "x" * 300


def test_a_bad_verdict_on_a_file_that_still_grows_is_withdrawn(tmp_path: Path) -> None:
    program = fake_ffmpeg(tmp_path / "bin", 'echo more >>"$file"; echo "[error] moov atom not found" >&2; exit 1')
    expected = "it changed while it was checked; scan it again when it is complete"
    assert verdict(make_video(tmp_path / "film.mkv"), program=program) == (Status.UNREADABLE, expected)


@EVERY_MODE
def test_an_ffmpeg_that_is_stuck_is_ended_with_all_that_it_started(tmp_path: Path, mode: Mode) -> None:
    pipe = tmp_path / "alive"
    os.mkfifo(pipe)
    program = fake_ffmpeg(tmp_path / "bin", f'exec 3>"{pipe}"; sleep 600 & wait')
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    os.set_blocking(reader, True)
    found = inspect(make_video(tmp_path / "film.mkv"), mode, program=program, stall=1.0)
    assert (found.result.status, found.trouble) == (Status.UNREADABLE, Trouble.TIMED_OUT)
    assert found.result.reason == "given up: ffmpeg got stuck: it said nothing for too long"
    assert os.read(reader, 1) == b""  # comes when nobody holds the other end any more
    os.close(reader)


def test_an_ffmpeg_that_talks_for_ever_is_ended_when_its_time_is_up(tmp_path: Path) -> None:
    program = fake_ffmpeg(tmp_path / "bin", "while :; do echo 0, 1, 1, 1, 9, 0x1; done")
    found = inspect(make_video(tmp_path / "film.mkv"), program=program, time_allowed=lambda _size, _duration: 1.0)
    assert found.result.reason == "given up: ffmpeg took far too long"


def test_the_time_allowed_grows_with_the_duration_or_else_the_size() -> None:
    assert time_allowed_for(0, None) == 3600.0
    assert time_allowed_for(50_000_000_000, None) == 1_003_600.0
    assert time_allowed_for(1_000_000, 7200.0) == 3600.0 + 20 * 7200.0


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
