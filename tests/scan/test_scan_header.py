"""What ffmpeg prints of a header is read as facts, in the words of every version."""

from __future__ import annotations

import pytest

from cvi_trakt.media import Facts, Hdr
from cvi_trakt.scan.inspect.header import Header


def header(dump: str) -> Header:
    found = Header()
    for line in dump.strip("\n").splitlines():
        found.hear(line)
    return found


FILM = """
Input #0, matroska,webm, from 'file:/v/film.mkv':
  Metadata:
    title           : Stream #0:0: Video: av1, 1x1
    DURATION        : 99:00:00.00
  Duration: 02:16:17.92, start: 0.007000, bitrate: 5010 kb/s
  Stream #0:0(eng): Video: hevc (Main 10), yuv420p10le(tv, bt2020nc/bt2020/smpte2084), 3840x1600, 23.98 fps, 1k tbn
    Metadata:
      DURATION-eng    : 02:16:17.834000000
  Stream #0:1(eng): Audio: dts (DTS-HD MA), 48000 Hz, 7.1, s32p (24 bit) (default)
    Metadata:
      DURATION-eng    : 02:16:17.920000000
  Stream #0:2(eng): Audio: ac3, 48000 Hz, 5.1(side), fltp, 640 kb/s
  Stream #0:3(eng): Subtitle: hdmv_pgs_subtitle
  Stream #0:4: Video: mjpeg (Baseline), yuvj420p(pc), 600x882, 90k tbr, 90k tbn (attached pic)
Stream mapping:
  Stream #0:0 -> #0:0 (hevc (native) -> wrapped_avframe (native))
"""


def test_a_film_is_described_by_its_first_streams() -> None:
    assert header(FILM).facts() == Facts(
        container="matroska",
        video_codec="hevc",
        width=3840,
        height=1600,
        hdr=Hdr.HDR10,
        audio_codec="dts",
        audio_profile="DTS-HD MA",
        channels="7.1",
    )


def test_durations_are_those_of_the_file_and_of_its_streams() -> None:
    film = header(FILM)
    assert (film.duration, film.start) == (8177.92, 0.007)
    assert [stream.duration for stream in film.streams] == [8177.834, 8177.92, None, None, None]


@pytest.mark.parametrize(
    "stream",
    [
        pytest.param(
            "    Stream #0:0(und): Video: h264 (High) (avc1 / 0x31637661), yuv420p, 1280x720, 25 tbc", id="4.2"
        ),
        pytest.param(
            "  Stream #0:0[0x1](und): Video: h264 (High) (avc1 / 0x31637661), yuv420p(tv), 1280x720", id="5.1"
        ),
        pytest.param(
            "  Stream #0:0[0x1]: Video: h264 (avc1 / 0x31637661), yuv420p(tv), 1280x720 [SAR 1:1], 25 fps", id="9.0"
        ),
    ],
)
def test_every_version_puts_the_stream_in_its_own_way(stream: str) -> None:
    facts = header(f"Input #0, mov,mp4,m4a,3gp,3g2,mj2, from 'file:a.mp4':\n{stream}").facts()
    assert facts == Facts(container="mp4", video_codec="h264", width=1280, height=720)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("  Stream #0:0: Video: hevc (Main 10), yuv420p10le(tv, bt2020nc/bt2020/arib-std-b67), 1920x1080", Hdr.HLG),
        ("  Stream #0:0: Video: hevc (Main 10) (dvhe / 0x65687664), yuv420p10le(tv), 3840x2160", Hdr.DOLBY_VISION),
        ("  Stream #0:0: Video: h264 (High), yuv420p(tv, bt709), 1920x1080", None),
    ],
)
def test_kinds_of_hdr_are_told_apart(line: str, expected: Hdr | None) -> None:
    assert header(f"Input #0, matroska,webm, from 'x':\n{line}").facts().hdr is expected


def test_dolby_vision_may_stand_in_the_side_data() -> None:
    side = "      DOVI configuration record: version: 1.0, profile: 8, level: 6, rpu flag: 1, el flag: 0"
    assert header(FILM.replace("    Metadata:\n      DURATION", f"{side}\n      DURATION", 1)).facts().hdr is (
        Hdr.DOLBY_VISION
    )


@pytest.mark.parametrize(
    ("sound", "expected"),
    [
        ("aac (LC) (mp4a / 0x6134706D), 44100 Hz, stereo, fltp, 128 kb/s", ("aac", "LC", "stereo")),
        (
            "eac3 (Dolby Digital Plus + Dolby Atmos), 48000 Hz, 5.1(side), fltp",
            ("eac3", "Dolby Digital Plus + Dolby Atmos", "5.1"),
        ),
        ("pcm_s24le ([1][0][0][0] / 0x0001), 48000 Hz, 3 channels (FL+FR+LFE), s32", ("pcm_s24le", None, "3")),
        ("mp3 (U[0][0][0] / 0x0055), 48000 Hz, mono, fltp, 64 kb/s", ("mp3", None, "mono")),
    ],
)
def test_sound_is_told_by_codec_profile_and_channels(sound: str, expected: tuple[str | None, ...]) -> None:
    facts = header(f"Input #0, avi, from 'x':\n  Stream #0:0: Audio: {sound}").facts()
    assert (facts.audio_codec, facts.audio_profile, facts.channels) == expected


def test_a_live_recording_has_no_duration() -> None:
    assert header("Input #0, flv, from 'x':\n  Duration: N/A, start: 0.000000, bitrate: N/A").duration is None


def test_a_duration_worked_out_from_the_bitrate_is_none_that_is_stated() -> None:
    assert header("Estimating duration from bitrate, this may be inaccurate\nInput #0, mpeg, from 'x':").is_guessed


def test_the_tags_of_a_file_are_no_facts() -> None:
    lines = ["Input #0, avi, from 'x':", "    comment         :   Stream #0:0: Video: av1, yuv420p, 64x64"]
    assert header("\n".join(lines)).facts() == Facts(container="avi")
