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
_VOLUME = re.compile(r"[rsz]\d\d|part\d+\.rar", re.IGNORECASE)
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
    return _by_extension(found["extension"]) if found else None


def _by_extension(extension: str) -> str | None:
    """Look an extension up; a word in capitals and small letters (``Kick.Ass``) is one of a title."""
    plain = extension.casefold()
    if extension.istitle() and len(extension) > 1:
        return None
    if plain in _LOWERCASE_ONLY and not extension.islower():
        return None
    return NOT_A_VIDEO if _VOLUME.fullmatch(plain) else _BY_EXTENSION.get(plain)
