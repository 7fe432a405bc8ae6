"""The outermost structure of a file tells what it is, how much of it is missing, and where it ends."""

from __future__ import annotations

from pathlib import Path

import pytest
from videos import cut_off, make_video, zero_out

from cvi_trakt.scan.inspect.containers import read_structure, wrong_extension
from cvi_trakt.scan.inspect.glance import find_blank, glance
from cvi_trakt.scan.inspect.structure import Structure


def structure_of(content: bytes) -> Structure:
    return read_structure(lambda at, length: content[at : at + length], len(content))


def box(kind: bytes, length: int, *, stated: int | None = None) -> bytes:
    return (stated or length).to_bytes(4) + kind + bytes(length - 8)


FTYP, MOOV, MDAT = box(b"ftyp", 16), box(b"moov", 100), box(b"mdat", 1000)


def test_an_mp4_with_all_its_boxes_is_whole() -> None:
    for content in (FTYP + MOOV + MDAT, FTYP + MDAT + MOOV, FTYP + MDAT + MOOV + box(b"free", 50)):
        assert (structure_of(content).missing, structure_of(content).end) == (0, None)


def test_an_mp4_lacks_what_its_last_box_states() -> None:
    assert structure_of(FTYP + MOOV + MDAT[:400]).missing == 600
    assert structure_of(FTYP + MDAT + MOOV[:60]).missing == 40


def test_padding_that_was_cut_is_nothing_missing() -> None:
    assert structure_of(FTYP + MOOV + MDAT + box(b"free", 500)[:100]).missing == 0


def test_a_box_may_have_a_long_size_or_reach_to_the_end() -> None:
    long_box = (1).to_bytes(4) + b"mdat" + (1016).to_bytes(8) + bytes(1000)
    assert structure_of(FTYP + MOOV + long_box).missing == 0
    assert structure_of(FTYP + MOOV + long_box[:-10]).missing == 10
    to_the_end = (0).to_bytes(4) + b"mdat" + bytes(1000)
    assert structure_of(FTYP + MOOV + to_the_end) == Structure(container="mp4", media=(116, 1124))


@pytest.mark.parametrize(
    "junk", [b"plain text, and a lot of it", bytes(300), b"\xff" * 300, b"TAG" + b" " * 125, b"\0\0\0\x03mdat"]
)
def test_what_follows_a_playable_mp4_and_is_no_box_is_not_part_of_it(junk: bytes) -> None:
    assert structure_of(FTYP + MOOV + MDAT + junk).end == 1116


def test_without_an_index_nothing_is_taken_for_junk() -> None:
    assert structure_of(FTYP + MDAT + b"plain text, and a lot of it").end is None


EBML = bytes.fromhex("1a45dfa3") + b"\x84" + b"head"


def segment(length: int, *, stated: int | None = None) -> bytes:
    size = (stated if stated is not None else length) | 1 << 56
    return bytes.fromhex("18538067") + size.to_bytes(8) + b"\x01" * length


UNKNOWN = (1 << 56) - 1


def test_a_matroska_segment_states_where_it_ends() -> None:
    assert (structure_of(EBML + segment(500)).missing, structure_of(EBML + segment(500)).end) == (0, None)
    assert structure_of(EBML + segment(500)[:-100]).missing == 100
    assert structure_of(EBML + segment(500) + b"junk").end == len(EBML) + 12 + 500


def test_a_live_matroska_segment_states_nothing() -> None:
    assert structure_of(EBML + segment(500, stated=UNKNOWN)) == Structure(
        container="matroska", media=(21, 521), states_duration=True
    )


def test_a_second_matroska_file_or_element_behind_is_no_junk() -> None:
    for more in (EBML + segment(100), bytes.fromhex("1f43b675") + b"cluster", bytes.fromhex("ec") + b"void"):
        assert structure_of(EBML + segment(500) + more).end is None


def avi(length: int, kind: bytes = b"AVI ", *, stated: int | None = None) -> bytes:
    return b"RIFF" + (length if stated is None else stated).to_bytes(4, "little") + kind + bytes(length - 4)


def test_an_avi_is_a_chain_of_chunks() -> None:
    assert structure_of(avi(100) + avi(200, b"AVIX")).missing == 0
    assert structure_of(avi(100) + avi(200, b"AVIX")[:-50]).missing == 50
    assert structure_of(avi(101)).missing == 0  # the padding byte at the very end is often left out
    assert structure_of(avi(100) + b"junk behind it").end == 108
    assert structure_of(avi(100) + b"idx1" + bytes(50)).end is None


@pytest.mark.parametrize("stated", [0, 0xFFFFFFFF])
def test_a_live_avi_states_nothing(stated: int) -> None:
    assert structure_of(avi(100, stated=stated)) == Structure(container="avi")


def packets(count: int) -> bytes:
    return (b"\x47" + bytes(187)) * count


def test_a_transport_stream_ends_with_a_whole_packet() -> None:
    assert structure_of(packets(20)).missing == 0
    assert structure_of(packets(20)[:-100]).missing == 100
    assert structure_of(packets(20) + b"no packet").end == 20 * 188
    assert structure_of(packets(20) + bytes(188 * 3)).end == 20 * 188


def test_a_transport_stream_of_a_disc_has_longer_packets() -> None:
    disc = (b"time\x47" + bytes(187)) * 20
    assert (structure_of(disc).container, structure_of(disc).missing) == ("mpegts", 0)
    assert structure_of(disc[:-2]).missing == 2


def tag(length: int) -> bytes:
    return b"\x09" + length.to_bytes(3) + bytes(7) + b"\x17" * length + (length + 11).to_bytes(4)


def test_a_flash_video_ends_with_a_whole_tag() -> None:
    flv = b"FLV\x01\x05" + (9).to_bytes(4) + bytes(4) + tag(50) * 10
    assert structure_of(flv) == Structure(container="flv", states_duration=True)
    assert structure_of(flv[:-20]).missing == 20
    assert structure_of(flv + b"something else that is longer").end == len(flv)


def page(length: int) -> bytes:
    return b"OggS\0" + bytes(21) + bytes([1, length]) + bytes(length)


def test_an_ogg_file_ends_with_a_whole_page() -> None:
    assert structure_of(page(80) * 3).missing == 0
    assert structure_of((page(80) * 3)[:-30]).missing == 30
    assert structure_of(page(80) * 3 + b"junk").end == 3 * 108


PACK = b"\0\0\1\xba\x44" + bytes(8) + b"\xf8"


def packet(length: int) -> bytes:
    return b"\0\0\1\xe0" + length.to_bytes(2) + b"\x80" * length


def test_a_program_stream_ends_with_a_whole_packet() -> None:
    stream = (PACK + packet(300)) * 6
    assert structure_of(stream) == Structure(container="mpeg", media=(0, len(stream)))
    assert structure_of(stream + b"\0\0\1\xb9").missing == 0
    assert structure_of(stream[:-120]).missing == 120
    assert structure_of(stream + b"\0\0\1\xb9" + b"junk behind").end == len(stream) + 4


@pytest.mark.parametrize("content", [b"", b"R", b"RIFF", EBML[:4], b"OggS", b"FLV\x01", b"\0\0\1\xba", b"G" * 99])
def test_a_few_bytes_are_no_reason_to_fail(content: bytes) -> None:
    assert structure_of(content).missing == 0


@pytest.mark.parametrize("extension", [".mp4", ".mkv", ".webm", ".avi", ".ts", ".mpg", ".wmv"])
def test_what_ffmpeg_writes_is_whole_and_what_is_cut_from_it_is_missing(tmp_path: Path, extension: str) -> None:
    file = make_video(tmp_path / f"film{extension}")
    size = file.stat().st_size
    assert (glance(str(file)).structure.missing, glance(str(file)).structure.end) == (0, None)
    cut_off(file, keep=(size - 77) / size)
    assert glance(str(file)).structure.missing > 0


def test_a_name_that_promises_another_container_is_told() -> None:
    assert wrong_extension("mp4", "matroska") == "it is a Matroska or WebM file, whatever its name says"
    assert wrong_extension("MKV", "matroska") is None
    assert wrong_extension("mpg", "mpegts") is None  # broadcasters' recorders do so
    assert wrong_extension("dat", "mpeg") is None
    assert wrong_extension("mkv", None) is None


def blank_in(file: Path) -> int | None:
    return find_blank(str(file), glance(str(file)).structure)


def test_zeros_among_the_film_are_found_and_padding_is_not(tmp_path: Path) -> None:
    film = bytes(range(1, 256)) * 8000
    file = tmp_path / "film.mkv"
    file.write_bytes(EBML + segment(0, stated=len(film)) + film)
    assert blank_in(file) is None
    zero_out(file, at=0.5, length=12_000)  # too short a run to be sure of
    assert blank_in(file) is None
    zero_out(file, at=0.6, length=60_000)
    blank = blank_in(file)
    assert blank == pytest.approx(file.stat().st_size * 0.6, abs=2)


def test_a_hole_that_takes_no_room_on_the_disk_is_found_too(tmp_path: Path) -> None:
    film = bytes(range(1, 256)) * 8000
    file = tmp_path / "film.mkv"
    with file.open("wb") as stream:
        stream.write(EBML + segment(0, stated=2 * len(film) + (1 << 20)) + film)
        stream.seek(1 << 20, 1)
        stream.write(film)
    assert blank_in(file) == pytest.approx(len(film), abs=8192)
