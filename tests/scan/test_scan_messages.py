"""What ffmpeg's messages mean for a file, and which of them weighs most."""

from __future__ import annotations

import pytest

from cvi_trakt.media import Status
from cvi_trakt.scan.inspect.ear import Ear
from cvi_trakt.scan.inspect.evidence import Evidence
from cvi_trakt.scan.inspect.judge import judge
from cvi_trakt.scan.inspect.structure import Structure

DECODED = "[verbose]   Input stream #0:0 (video): 50 packets read (9 bytes); 50 frames decoded; "
CUT = "it is cut off, or parts of it are missing"
MPEGTS = "parts of the recording are missing, as after bad reception"
OTHERS_MISSING = "pictures in it need others that are missing"
NAMES = ("file:/v/film.mkv", "/v/film.mkv")
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
    ear = Ear(NAMES, lambda _duration: 1.0)
    for one in ("#tb 0: 1/1000", "#codec_id 0: h264", "0, 60000, 60000, 40, 99, 0x1", "0, 61000, 61000, 40, 99, 0x1"):
        ear.take(one)  # a minute on: nothing is the beginning of a recording any more
    ear.hear(line)
    ear.hear(DECODED)
    ear.finish()
    found = judge(Evidence(ear=ear, structure=Structure(), code=0))
    assert (found.status, found.reason) == (status, reason) if found else (status, reason) == (Status.HEALTHY, None)


def judged(*lines: str, code: int = 0, decoded: bool = True) -> tuple[Status, str | None]:
    ear = Ear(NAMES, lambda _duration: 1.0)
    for line in (*lines, DECODED) if decoded else lines:
        ear.hear(line)
    ear.finish()
    found = judge(Evidence(ear=ear, structure=Structure(), code=code))
    return (found.status, found.message) if found else (Status.HEALTHY, None)


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
    assert judged(refused, code=1, decoded=False)[0] is Status.SUSPICIOUS


def test_a_decode_that_gives_nothing_is_not_healthy() -> None:
    assert judged(decoded=False)[0] is Status.SUSPICIOUS


def test_an_exit_code_without_a_word_is_not_healthy() -> None:
    assert judged(code=1)[0] is Status.SUSPICIOUS


def test_a_repeated_message_is_no_message() -> None:
    assert judged("    Last message repeated 3 times") == (Status.HEALTHY, None)
