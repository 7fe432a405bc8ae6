"""Names that are a row of brackets, as fansub groups write them: ``[Group][标题][Title][05][1080p]``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cvi_trakt.identify.grammar.sign import Sign
from cvi_trakt.identify.grammar.signs import find_sign
from cvi_trakt.release_words import first_release_word

_PIECE = re.compile(r"\[(?P<square>[^\[\]]*)\]|【(?P<heavy>[^【】]*)】|(?P<open>[^\[\]【】]+)")
_HAN_LETTERS = r"\u3040-\u30ff\u3400-\u9fff"
_HAN = re.compile(rf"[{_HAN_LETTERS}]")
# Between titles in two scripts, or in one where a stroke parts them.
_PARTED = re.compile(
    rf"\s*[/|]\s*|(?<=[{_HAN_LETTERS}！？～])[\s_·]+(?=[A-Za-z])|(?<=[A-Za-z!?.])[\s_·]+(?=[{_HAN_LETTERS}])|(?<=\s)[·_](?=\s)"
)
_SEASON_TAIL = re.compile(r"[\s_]+(?:s(?P<short>\d{1,2})|第(?P<han>[一二三四五六七八九十\d]+)[季期])$", re.IGNORECASE)
# What fansub groups put into brackets beside titles: season of broadcast, kind, language, "subtitles", "recruiting".
_NOT_A_TITLE = re.compile(
    r"(?:★|\d{1,2}月|新番|国漫|國漫|日漫|动画|動畫|字幕|简|繁|招募|合集|全集|剧场版|国语|配音|双语|内封|外挂|v\d+$|end$|fin$|chs|cht|gb$|big5|jap|jpn|tv$|bd$|mp4|mkv|web)",
    re.IGNORECASE,
)
_NUMBER_ONLY = re.compile(
    r"\s*(?:第)?\d+(?:v\d)?(?:\s*[-~]\s*\d+)?\s*(?:[话話集回]|end|fin|完|（END）)?\s*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What a row of brackets says: every title in it, Latin ones first, and the sign that numbers it."""

    titles: tuple[str, ...]
    year: int | None
    sign: Sign | None


def read_row(text: str) -> Row | None:
    """Read a row of brackets; None where the name is none: words outside brackets that may be a title."""
    pieces = [found for found in _PIECE.finditer(text) if found[0].strip(" ._-★")]
    brackets = [found for found in pieces if found["open"] is None]
    outside = [found["open"] for found in pieces[:-1] if found["open"] is not None]
    if len(brackets) < 3 or any(_is_title(words) for words in outside):
        return None
    titles: list[str] = []
    year: int | None = None
    for found in brackets[1:]:
        inner = (found["square"] or found["heavy"] or "").strip()
        if re.fullmatch(r"(?:19|20)\d\d", inner):
            year = year or int(inner)
        elif _NUMBER_ONLY.fullmatch(inner) or (titles and _is_release(inner)):
            if titles:
                break
        elif not _NOT_A_TITLE.search(inner) and not _is_release(inner):
            titles.extend(titles_in(inner))
    return Row(titles=_latin_first(titles), year=year, sign=find_sign(text)) if titles else None


def _is_title(words: str) -> bool:
    """Whether words outside of brackets may be a title: not ``★10月新番★``."""
    return re.search(r"[^\W_]", words) is not None and not re.search(r"★|新番", words)


def _is_release(inner: str) -> bool:
    return first_release_word(inner) < len(inner) or _NOT_A_TITLE.match(inner) is not None


def titles_in(text: str) -> list[str]:
    """Give the titles that a text joins, Latin ones first: ``哥布林杀手/Goblin Slayer``, ``海賊王 One Piece``."""
    parts = (_SEASON_TAIL.sub("", part.strip()).strip(" _") for part in _PARTED.split(text))
    titles = [part for part in parts if re.search(r"[^\W_]", part)]
    return sorted(dict.fromkeys(titles), key=lambda title: _HAN.search(title) is not None)


def _latin_first(titles: list[str]) -> tuple[str, ...]:
    """Put titles in Latin letters first: they are what Trakt's search knows best, and what people know."""
    unique = list(dict.fromkeys(titles))
    return tuple(sorted(unique, key=lambda title: _HAN.search(title) is not None))
