"""Files that are no videos are told by their names, and dots in titles are no extensions."""

import pytest

from cvi_trakt.identify.filetypes import reason_no_video

EXTENSIONS = """
    txt nfo srt sub idx ass jpg jpeg png tbn mp3 flac m4a db exe zip rar r00 7z par2 sfv md html url torrent json xml
    nzb NFO JPG part1.rar
"""


@pytest.mark.parametrize(
    "name",
    [
        *(pytest.param(f"Film (1999).{extension}", id=extension) for extension in EXTENSIONS.split()),
        pytest.param("Film (1999).mkv.nfo", id="after-a-video"),
        pytest.param("Film (1999)/._Film.mkv", id="apple-double"),
        pytest.param(r"D:\Film (1999)\._Film.mkv", id="apple-double-on-windows"),
        pytest.param("Heat.1995.Srt", id="capital-after-a-year"),
        pytest.param("Alien.1979.Nfo", id="another-capital-after-a-year"),
        pytest.param("Inception.2010.Jpg", id="picture-with-a-capital"),
        pytest.param("Heat.1995.Ass", id="word-after-a-year"),
        pytest.param("Film.1080p.x264.s01", id="volume-of-an-archive"),
        pytest.param("kick.ass", id="small-letters"),
        pytest.param(".DS_Store", id="ds-store"),
        pytest.param("Film (1999)/Thumbs.db", id="thumbs"),
    ],
)
def test_other_files_are_not_videos(name: str) -> None:
    assert reason_no_video(name) == "not a video"


@pytest.mark.parametrize("extension", ["part", "!qB", "crdownload", "tmp", "!ut", "aria2", "PART"])
def test_a_download_is_unfinished(extension: str) -> None:
    assert reason_no_video(f"Film (1999).mkv.{extension}") == "unfinished download"


@pytest.mark.parametrize("path", ["Film (1999)/", "/videos/Film (1999)/", "D:\\Film (1999)\\"])
def test_a_path_with_a_slash_at_its_end_is_a_folder(path: str) -> None:
    assert reason_no_video(path) == "a folder"


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("Film (1999).mkv", id="video"),
        pytest.param("Film (1999).MTS", id="rare-video"),
        pytest.param("Film (1999)/VIDEO_TS/VTS_01_1.VOB", id="dvd"),
        pytest.param("Film.1999.1080p.BluRay.x264-GRP", id="release"),
        pytest.param("Film.1999.DVDRip.XviD.MP3", id="release-that-ends-in-a-codec"),
        pytest.param("Mr. Nobody", id="dot-in-a-title"),
        pytest.param("S.H.I.E.L.D", id="dots-in-a-title"),
        pytest.param("Kick.Ass", id="word-like-an-extension"),
        pytest.param("breaking.bad.s01", id="season"),
        pytest.param("Film.xyz", id="unknown"),
        pytest.param("", id="empty"),
        pytest.param("///", id="slashes"),
    ],
)
def test_what_may_be_a_video_is_read(name: str) -> None:
    assert reason_no_video(name) is None
