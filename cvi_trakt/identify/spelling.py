"""The spelling of names: what guessit is given to read, and words as a title has them."""

from __future__ import annotations

import re
import unicodedata

_LONGEST_PART = 255
_ALONE = r"(?<![^\W_])"

# Names that ripping programs and discs give to files: they say nothing of what is in them.
_DISC_NAME = re.compile(
    r"(?:title|[a-z]\d+)_t\d{2,3}(?=\.\w+$)|(?:vts_\d\d_\d|video_ts|\d{5})(?=\.(?:vob|m2ts|ifo)$)",
    re.IGNORECASE,
)
# Spellings that guessit does not know, and the same in one that it does.
_RESPELLED = tuple(
    (re.compile(_ALONE + pattern, re.IGNORECASE), known)
    for pattern, known in (
        (r"(s\d{1,4}e\d{1,4})v\d(?![^\W_])", r"\1"),  # a second version: S01E06v2
        (r"(s\d{1,4}e\d{1,4})[a-d](?![^\W_])", r"\1"),  # half an episode: S06E01b
        (r"(19[3-9]\d|20[0-4]\d)x([0-3]\d{1,2})(?![^\W_]|\.\d\d)", r"S\1E\2"),  # by year: 2016x231
        (r"(\d{1,2}x\d{2,3})-x(\d{2,3})(?![^\W_])", r"\1-\2"),  # 1x01-x03
        (r"cap\.?\s?(\d{1,2})(\d\d)(?![^\W_]|_\d)", r"S\1E\2"),  # capítulo: Cap.105
        (r"s(?:eason )?(\d{1,2}) - (\d{2,3})(?![^\W_]|-\d)", r"S\1E\2"),  # Season 2 - 09
        (r"s(\d{1,2}) ?\[(\d{2,3})\]", r"S\1E\2 "),  # S2 [09]
    )
)
_EXTENSION = re.compile(r"\.[^\W_]{2,4}$")
_ARTICLES = "the|a|an|der|die|das|ein|eine|le|la|les|un|une|el|los|las|il|lo|gli|i|de|het|een|den|det|en|ett"
_ARTICLE_LAST = re.compile(rf"(?P<rest>.+), (?P<article>{_ARTICLES}|l')", re.IGNORECASE)


def readable_text(part: str) -> str:
    """Give a part of a path as text: one line, composed letters, no separators, no half characters.

    A byte that is not UTF-8 stands in the path as a surrogate; in file names it is nearly always
    Latin-1, so it is read as that.
    """
    chars = (chr(ord(char) - 0xDC00) if "\udc80" <= char <= "\udcff" else char for char in part)
    plain = "".join(" " if _is_no_text(char) else char for char in chars)
    return unicodedata.normalize("NFC", plain)[-_LONGEST_PART:]


def respelled(part: str) -> str:
    """Give a readable part in spellings that guessit knows; a name that says nothing becomes empty."""
    part = _DISC_NAME.sub("", part)
    for pattern, known in _RESPELLED:
        part = pattern.sub(known, part)
    return part


def spaced(text: str) -> str:
    """Give words with spaces, where dots and underscores stand for them, and the article first."""
    if " " not in text.strip():
        text = re.sub(r"[._]+", " ", text)
    return article_first(" ".join(text.replace("_", " ").split()).strip(" -–"))


def without_extension(name: str) -> str:
    """Take the extension off a file name, if it has one."""
    return _EXTENSION.sub("", name)


def article_first(title: str) -> str:
    """Turn ``Matrix, The`` around."""
    found = _ARTICLE_LAST.fullmatch(title)
    if found is None:
        return title
    article = found["article"][:1].upper() + found["article"][1:]
    return f"{article}{found['rest']}" if article.endswith("'") else f"{article} {found['rest']}"


def _is_no_text(char: str) -> bool:
    return char in "/\\" or unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")
