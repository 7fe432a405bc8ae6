"""Files beside a film or show that are none themselves: samples, trailers, extras."""

from __future__ import annotations

import re

from cvi_trakt.identify.paths import BelowRoot, season_number

SAMPLE = "sample"
TRAILER = "trailer"
EXTRA = "extra"

# Folders with these names hold nothing else, wherever they lie.
_SURE_FOLDERS = {
    "sample": SAMPLE,
    "samples": SAMPLE,
    "trailer": TRAILER,
    "trailers": TRAILER,
    "teasers": TRAILER,
    "featurette": EXTRA,
    "featurettes": EXTRA,
    "behind the scenes": EXTRA,
    "behindthescenes": EXTRA,
    "deleted scenes": EXTRA,
    "deletedscenes": EXTRA,
    "making of": EXTRA,
    "special features": EXTRA,
    "bonus features": EXTRA,
    "bonus material": EXTRA,
    "bonusmaterial": EXTRA,
    "backdrops": EXTRA,
    "theme-music": EXTRA,
}
# Folders with these names hold extras only inside the folder of a film or show.
_INNER_FOLDERS = {
    "bonus": EXTRA,
    "clips": EXTRA,
    "extra": EXTRA,
    "extras": EXTRA,
    "interview": EXTRA,
    "interviews": EXTRA,
    "other": EXTRA,
    "others": EXTRA,
    "scenes": EXTRA,
    "shorts": EXTRA,
}
# What Plex and Jellyfin read at the end of a file name, glued on by a hyphen.
_SURE_SUFFIXES = {
    "sample": SAMPLE,
    "trailer": TRAILER,
    "behindthescenes": EXTRA,
    "deletedscene": EXTRA,
    "featurette": EXTRA,
}
# The same, but also words of titles: they count only beside others in the folder of a film or show.
_INNER_SUFFIXES = {
    "clip": EXTRA,
    "deleted": EXTRA,
    "extra": EXTRA,
    "interview": EXTRA,
    "other": EXTRA,
    "scene": EXTRA,
    "short": EXTRA,
}
_WORDS = {"sample": SAMPLE, "trailer": TRAILER, "teaser": TRAILER, "featurette": EXTRA}

_EPISODE = re.compile(r"(?<![^\W_])(?:s\d{1,4}[ ._-]?e\d+|\d{1,2}x\d{2,3})(?!\d)", re.IGNORECASE)
_SUFFIX = re.compile(r"(?P<before>.*[^\s._-])-(?P<word>[a-z]+)[ ._-]?\d{0,2}", re.IGNORECASE | re.DOTALL)
_BRACKETED = re.compile(r"[(\[](?P<word>sample|trailer|teaser|featurette)[)\]]", re.IGNORECASE)
_ALONE = re.compile(r"(?:movie[ ._-])?(?P<word>sample|trailer|teaser)[ ._-]?\d{0,2}", re.IGNORECASE)
_RELEASE = (
    r"(?:480|576|720|1080|2160)[pi]|[xh][ .]?26[45]|hevc|xvid|divx"
    r"|blu-?ray|b[dr]rip|web-?(?:dl|rip)|hdtv|dvdrip"
)
_YEAR = r"[(\[.\s_](?:19|20)\d\d(?=[)\].\s_])"
_LAST_WORD = (
    r".*[ ._(\[-](?P<word>sample|trailer|teaser|featurette)"
    rf"(?:[ ._()\[\]-]+(?:#?\d{{1,2}}|hd|uhd|4k|{_RELEASE})?)*$"
)
_AFTER_RELEASE = re.compile(rf"(?<![^\W_])(?:{_RELEASE})(?![^\W_]){_LAST_WORD}", re.IGNORECASE | re.DOTALL)
_AFTER_YEAR = re.compile(rf"{_YEAR}{_LAST_WORD}", re.IGNORECASE | re.DOTALL)
_TRAILER_PHRASE = re.compile(
    r"(?<![^\W_])(?:(?:official|teaser|theatrical|international)[ ._-]+trailer|trailer[ ._-]*#\d)(?![^\W_])",
    re.IGNORECASE,
)
_HAS_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def reason_to_skip(path: BelowRoot) -> str | None:
    """Say why this file is no film or episode: ``sample``, ``trailer``, ``extra``; None if it may be."""
    return _by_folder(path) or _by_name(path)


def _by_folder(path: BelowRoot) -> str | None:
    for index, folder in enumerate(path.folders):
        name = " ".join(folder.replace("_", " ").replace(".", " ").split()).casefold()
        below = path.parts[index + 1 :]
        if season_number(below[0]) is not None or below[-1].casefold().startswith(f"{name} s0"):
            continue  # a show of that name
        if name in _SURE_FOLDERS and not _starts_with_year(below[-1], name):
            return _SURE_FOLDERS[name]
        if name in _INNER_FOLDERS and index > 0 and len(below) == 1 and _is_inside(path.folders[index - 1], below[0]):
            return _INNER_FOLDERS[name]
    return None


def _starts_with_year(name: str, folder: str) -> bool:
    """Whether the file is the film that its folder is named after: ``Trailer/Trailer (1979).mkv``."""
    return re.match(rf"{re.escape(folder)}[ ._]*[(\[.](?:19|20)\d\d", name.casefold()) is not None


def _is_inside(parent: str, name: str) -> bool:
    """Whether a folder is that of a film or show, rather than of a genre.

    A file with a year of its own, in a folder without one, is a film that someone put there.
    """
    return _HAS_YEAR.search(parent) is not None or _HAS_YEAR.search(name) is None


def _by_name(path: BelowRoot) -> str | None:
    stem = re.sub(r"\.\w{1,4}$", "", path.name).strip()
    if found := _ALONE.fullmatch(stem) or _BRACKETED.search(stem):
        return _WORDS[found["word"].casefold()]
    if found := _SUFFIX.fullmatch(stem):
        word, before = found["word"].casefold(), found["before"]
        if word in _SURE_SUFFIXES:
            return _SURE_SUFFIXES[word]
        if word in _INNER_SUFFIXES and path.folders and not _is_hyphenated(before) and stem != path.folders[-1]:
            return _INNER_SUFFIXES[word]
    if re.match(r"sample-", stem, re.IGNORECASE):
        return SAMPLE  # scene groups: "sample-group-film.mkv"
    # An episode's own title may hold the word ("S05E02 The Trailer"), so there only the release words count.
    if _TRAILER_PHRASE.search(stem) and not _EPISODE.search(stem):
        return TRAILER
    patterns = (_AFTER_RELEASE,) if _EPISODE.search(stem) else (_AFTER_RELEASE, _AFTER_YEAR)
    for pattern in patterns:
        if found := pattern.search(stem):
            return _WORDS[found["word"].casefold()]
    return None


def _is_hyphenated(before: str) -> bool:
    """Whether hyphens stand for spaces (``the-big-short``) or precede a group (``x264-OTHER``)."""
    if re.search(rf"(?:{_RELEASE})$", before, re.IGNORECASE):
        return True
    return "-" in before and re.search(r"[\s._(]", before) is None
