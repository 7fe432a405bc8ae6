"""Files that are told by their name to be no videos at all: texts, pictures, unfinished downloads."""

from __future__ import annotations

import re

NOT_A_VIDEO = "not a video"
A_FOLDER = "a folder"
UNFINISHED = "unfinished download"

_OTHER_FILES = """
    7z ace ape apk ass azw3 bak bat bif bmp bz2 cbr cbz cfg chm com.url cue csv db dll doc docx edl epub exe
    gif gz heic htm html ico idx ini jpeg jpg js json lnk log lrc lst m3u m3u8 m4a m4b mds md5 md mka mks mobi
    mp3 mpls nfo nzb odt ogg oga opf par2 pdf php plexmatch pls png ppt ps1 psd py rar rtf sfv sh sha1 sha256
    smi sqlite srr srs srt srtx ssa sub sup svg tar tbn tgz tif tiff torrent txt url vsmeta vtt wav webp wma
    xls xlsx xml xspf yaml yml z zip
"""
_UNFINISHED_FILES = "!bt !qb !sync !ut aria2 bc! crdownload download dtapart filepart opdownload part partial tmp ut!"
# The end of names without an extension, in capitals, as well as extensions: words of a release.
_RELEASE_WORDS = "aac ac3 dts eac3 flac mp3 opus sub subs thd"

_BY_EXTENSION = {
    **dict.fromkeys((_OTHER_FILES + _RELEASE_WORDS).split(), NOT_A_VIDEO),
    **dict.fromkeys(_UNFINISHED_FILES.split(), UNFINISHED),
}
_LOWERCASE_ONLY = frozenset(_RELEASE_WORDS.split())
# Extensions that are words of titles as well, where they begin with a capital: "Kick.Ass".
_WORDS_OF_TITLES = "ace ape ass bat cue doc download log opus part partial sub tar zip"
_TITLE_WORDS = frozenset(_WORDS_OF_TITLES.split())
_SUBTITLES = frozenset({"sub", "subs"})
_VOLUME = re.compile(r"[rsz]\d\d|part\d+\.rar", re.IGNORECASE)
_SEASON = re.compile(r"s(?!00)\d\d", re.IGNORECASE)
_RELEASED = re.compile(
    r"(?<![^\W_])(?:(?:480|576|720|1080|2160)[pi]|[xh][ .]?26[45]|hevc|xvid|divx|blu-?ray|b[dr]rip|web(?:-?(?:dl|rip))?"
    r"|hdtv|dvd(?:rip)?|remux|aac|ac3|dts)(?![^\W_])",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)(?:18|19|20)\d\d(?!\d)")
_SYSTEM_FILES = frozenset({".ds_store", "thumbs.db", "desktop.ini", ".nomedia", ".plexmatch", ".plexignore"})
_EXTENSION = re.compile(r"\S.*\.(?P<extension>[^\W_][^\W_]{0,10}|![^\W_]+|[^\W_]+!)", re.DOTALL)


def reason_no_video(path: str) -> str | None:
    """Say why the name of a path cannot be a video's; None if it can be, also without an extension."""
    text = path.rstrip()
    if not text.strip("/\\. "):
        return None
    if text.endswith("/") or (text.endswith("\\") and "/" not in text):
        return A_FOLDER
    name = re.split(r"[/\\]" if "/" not in text else "/", text)[-1]
    if name.startswith("._") or name.casefold() in _SYSTEM_FILES:
        return NOT_A_VIDEO  # "._Name" holds what macOS keeps beside a file
    found = _EXTENSION.fullmatch(name)
    return _by_extension(name[: found.start("extension")], found["extension"]) if found else None


def with_last_word(name: str) -> str:
    """Give a name without an extension whose last word looks like one (``Kick.Ass``) with a space before it."""
    found = _EXTENSION.fullmatch(name)
    if found is None or not _is_title_word(name[: found.start("extension")], found["extension"]):
        return name
    return f"{name[: found.start('extension') - 1]} {found['extension']}"


def _by_extension(before: str, extension: str) -> str | None:
    """Look an extension up; a word of a title (``Kick.Ass``), of a release or of a season is none."""
    plain = extension.casefold()
    if _is_title_word(before, extension):
        return None
    if plain in _LOWERCASE_ONLY and not extension.islower() and not (plain in _SUBTITLES and extension.istitle()):
        return None
    if _SEASON.fullmatch(plain) and not _RELEASED.search(before):
        return None  # "breaking.bad.s01"; a volume of an archive has the release's words before it
    return NOT_A_VIDEO if _VOLUME.fullmatch(plain) else _BY_EXTENSION.get(plain)


def _is_title_word(before: str, extension: str) -> bool:
    """Whether an ending with a capital is a word of a title: no year and no word of a release stand before."""
    is_word = extension.istitle() and extension.casefold() in _TITLE_WORDS
    return is_word and not _YEAR.search(before) and not _RELEASED.search(before)
