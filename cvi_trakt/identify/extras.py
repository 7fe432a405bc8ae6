"""Files beside a film or show that are none themselves: samples, trailers, extras."""

from __future__ import annotations

import re

from cvi_trakt.identify.extra_words import (
    BEHIND,
    EXTRA,
    FOLDER,
    LAST,
    RELEASE,
    RIGHT_BEHIND,
    SAMPLE,
    TRAILER,
    WHOLE,
    WHOLE_SURE,
    kind_of,
)
from cvi_trakt.identify.paths import BelowRoot, season_number
from cvi_trakt.titles import normalise

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
    "featurettes": EXTRA,
    "deletedscenes": EXTRA,
    "makingof": EXTRA,
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
_YEAR = r"[(\[.\s_](?:19|20)\d\d(?=[)\].\s_])"
_LAST_WORD = (
    r".*[ ._(\[-](?P<word>sample|trailer|teaser|featurette)"
    rf"(?:[ ._()\[\]-]+(?:#?\d{{1,2}}|hd|uhd|4k|{RELEASE})?)*$"
)
_AFTER_RELEASE = re.compile(rf"(?<![^\W_])(?:{RELEASE})(?![^\W_]){_LAST_WORD}", re.IGNORECASE | re.DOTALL)
_AFTER_YEAR = re.compile(rf"{_YEAR}{_LAST_WORD}", re.IGNORECASE | re.DOTALL)
_TRAILER_PHRASE = re.compile(
    r"(?<![^\W_])(?:(?:official|teaser|theatrical|international)[ ._-]+trailer|trailer[ ._-]*#\d)(?![^\W_])",
    re.IGNORECASE,
)
_HAS_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_IN_BRACKETS = re.compile(r"[(\[]\s*([^()\[\]]+?)\s*[)\]]")
# The last year is the film's own; what stands before it is title, and something must.
_LAST_YEAR = re.compile(r"[\W_]*[^\W_].*[(\[.\s_-](?:19|20)\d\d(?P<behind>(?![^\W_]).*)", re.DOTALL)
# Dates, and numbers parted by hyphens, are those of episodes: words behind them are their titles.
_COUNTED = re.compile(
    r"(?:19|20)\d\d[ ._-]\d\d[ ._-]\d\d(?!\d)|(?:^|[\s._]-[\s._])\d{1,4}[\s._]|(?<![^\W_])e(?:p|pisode)?[ ._-]?\d+",
    re.IGNORECASE,
)
# Films that end in such a word, as normalised: a name without a year may be theirs.
_TITLES = frozenset({"free samples", "mickeys trailer", "our planet behind the scenes", "the long long trailer"})


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
        if found := _extras_folder(path, index):
            return found
    return None


def _extras_folder(path: BelowRoot, index: int) -> str | None:
    """Read a folder whose whole name is extras, in that of a film or show, or a release of nothing but extras."""
    folder, parent = path.folders[index], path.folders[index - 1] if index else None
    if _EPISODE.search(path.name):
        return None
    if parent and _is_inside(parent, path.parts[index + 1]):
        own = folder[len(parent) :] if folder.casefold().startswith(parent.casefold()) else folder
        if found := FOLDER.fullmatch(own.strip(" ._-")):
            return kind_of(found)
    if not _HAS_YEAR.search(path.name) and not _COUNTED.search(folder) and (year := _LAST_YEAR.fullmatch(folder)):
        found = BEHIND.search(year["behind"])
        return kind_of(found) if found else None
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
    return None if _EPISODE.search(stem) else _by_words(path, stem)


def _by_words(path: BelowRoot, stem: str) -> str | None:
    """Read the words of extras in the name of what is no numbered episode."""
    for bracket in _IN_BRACKETS.finditer(stem):
        if (found := WHOLE.fullmatch(bracket[1])) and bracket.start() > 0:
            return kind_of(found)
    if _COUNTED.search(stem):
        return None
    if _HAS_YEAR.search(stem):
        year = _LAST_YEAR.fullmatch(stem)
        behind = year["behind"] if year else ""
        found = BEHIND.search(behind) or RIGHT_BEHIND.match(behind)
        return kind_of(found) if found else None
    folder = path.folders[-1] if path.folders else ""
    if season_number(folder) is not None:
        return None
    if folder and not normalise(folder).startswith(normalise(stem)):
        found = WHOLE.fullmatch(stem) if _HAS_YEAR.search(folder) else WHOLE_SURE.fullmatch(stem)
        if found:
            return kind_of(found)
    found = LAST.fullmatch(stem)
    return kind_of(found) if found and not _is_title(stem, folder) else None


def _is_title(stem: str, folder: str) -> bool:
    """Whether the whole name is a film's title: a known one, or that of a folder with a year."""
    title = normalise(stem)
    return title in _TITLES or (_HAS_YEAR.search(folder) is not None and normalise(folder).startswith(title))


def _is_hyphenated(before: str) -> bool:
    """Whether hyphens stand for spaces (``the-big-short``) or precede a group (``x264-OTHER``)."""
    if re.search(rf"(?:{RELEASE})$", before, re.IGNORECASE):
        return True
    return "-" in before and re.search(r"[\s._(]", before) is None
