"""The list of packets tells how far ffmpeg is, and what is missing or empty."""

from __future__ import annotations

from cvi_trakt.scan.inspect.timeline import Timeline

HEAD = (
    *("#software: Lavf59", "#tb 0: 1/1000", "#media_type 0: video", "#codec_id 0: h264"),
    *("#tb 1: 1/48000", "#media_type 1: audio", "#codec_id 1: aac"),
)


def timeline(*lines: str, head: tuple[str, ...] = HEAD) -> Timeline:
    found = Timeline()
    for line in (*head, *lines):
        found.take(line)
    return found


def sound(number: int, *, checksum: str = "0x2c5b786a") -> str:
    return f"1, {number * 1024:10}, {number * 1024:10}, {1024:8}, {258:8}, {checksum}"


def test_it_is_as_far_as_the_packet_that_is_decoded() -> None:
    found = timeline("0,       -80,         23,       40,     8193, 0xfb6e7785", "0, 1960, 2000, 40, 99, 0x1, F=0x0")
    assert (found.now, found.end, found.packets) == (1.96, 2.04, 2)
    assert found.tracks[0].begin == 0.023


def test_sound_that_pauses_is_a_gap_and_pictures_that_pause_are_not() -> None:
    found = timeline(
        *map(sound, range(5)), *map(sound, range(100, 105)), "0, 0, 0, 40, 99, 0x1", "0, 9000, 9000, 40, 99, 0x1"
    )
    assert [(round(begin, 3), round(end, 3)) for begin, end in found.tracks[1].gaps] == [(0.107, 2.133)]
    assert found.tracks[1].bad_seconds == {0, 1}
    assert found.tracks[0].gaps == []


def test_sound_that_may_fall_silent_has_no_gaps() -> None:
    head = (*HEAD[:-1], "#codec_id 1: opus")
    assert timeline(*map(sound, (0, 1, 200)), head=head).tracks[1].gaps == []


def test_a_packet_of_zeros_is_damage_but_in_plain_samples() -> None:
    lines = (sound(1), sound(2, checksum="0x00000000"), sound(3, checksum="0x00000000"))
    found = timeline(*lines).tracks[1]
    assert (found.zeros, found.first_zeros) == (2, 2 * 1024 / 48000)
    assert timeline(*lines, head=(*HEAD[:-1], "#codec_id 1: pcm_s16le")).tracks[1].zeros == 0


def test_a_tiny_packet_of_zeros_is_a_code() -> None:
    assert timeline("1, 0, 0, 1024, 2, 0x00000000").tracks[1].zeros == 0


def test_a_packet_without_a_time_is_passed_over() -> None:
    found = timeline(
        "0, -9223372036854775808, -9223372036854775808, 40, 99, 0x1", "0, -9223372036854775808, 40, 40, 9, 0x1"
    )
    assert (found.now, found.packets) == (0.04, 1)


def test_what_is_no_packet_is_passed_over() -> None:
    found = timeline("", "nonsense", "0, 1", "a, b, c, d, e, f", "#tb x: 1/0", "#extradata 0:       44, 0x1")
    assert found.packets == 0


def test_time_that_is_missing_between_packets_is_a_slip_and_another_recording_is_none() -> None:
    lines = ("0, 0, 0, 40, 9, 0x1", "0, 40, 40, 40, 9, 0x1", "0, 160, 160, 40, 9, 0x1", "0, 99000, 99000, 40, 9, 0x1")
    assert timeline(*lines).tracks[0].slips == {0}
