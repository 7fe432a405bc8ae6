"""The words and phrases that say a file is beside a film or show: one list, for brackets, names and folders."""

from __future__ import annotations

import re

SAMPLE = "sample"
TRAILER = "trailer"
EXTRA = "extra"

_GAP = r"[ ._-]*"
_START, _END = r"(?<![^\W_])", r"(?![^\W_])"

# No title ends in these by chance: they count wherever the title is over.
_SURE = {
    SAMPLE: r"samples?",
    TRAILER: r"(?:honest )?trailers?|teasers?(?: trailers?)?|tv spots?",
    EXTRA: r"featurettes?|behind the scenes|(?:deleted|extended|alternate) scenes?|alternate endings?"
    r"|(?:the )?making of|bloopers?(?: reel)?|gag reels?|out ?takes|special features?"
    r"|bonus (?:dis[ck]s?|dvds?|features?|materials?|contents?|footage|scenes?|videos?)|extras"
    r"|(?:cast|crew|director'?s?) interviews?|b roll|screen tests?|storyboards",
}
# Words of titles as well, or said of a film that has one more sound track.
_AMBIGUOUS = {
    EXTRA: r"(?:movie |film |video )?reviews?|(?:movie |film )?reactions?|interviews?|extra|bonus|promos?|clips?"
    r"|(?:audio |director'?s? |cast )?commentar(?:y|ies)|(?:original )?soundtracks?|ost|music videos?"
    r"|(?:video|pc) games?|game ?play|fan ?films?|(?:disney )?on ice|audio ?books?",
}
_NUMBER = rf"(?:{_GAP}#?\d{{1,2}})?"


def _spaced(words: str) -> str:
    return re.sub(r" (?!\?)", lambda _: _GAP, words)


def _any_of(*lists: dict[str, str]) -> str:
    kinds: dict[str, list[str]] = {}
    for words in lists:
        for kind, pattern in words.items():
            kinds.setdefault(kind, []).append(_spaced(pattern))
    return "|".join(f"(?P<{kind}>{'|'.join(patterns)})" for kind, patterns in kinds.items())


RELEASE = (
    r"(?:480|576|720|1080|2160)[pi]|[xh][ .]?26[45]|hevc|xvid|divx"
    r"|blu-?ray|b[dr]rip|web-?(?:dl|rip)|hdtv|dvdrip"
)
_FILLER = rf"(?:{RELEASE}|blu[ ._]ray|uhd|hd|4k|bd|dvd[59]?|cd|dis[ck]|remux|official|the|of|and|vol|\d{{1,2}})"
_WITH = r"(?<![+&])(?<![+&][ ._-])(?<!with[ ._-])(?<!incl[ ._-])(?<!plus[ ._-])(?<!and[ ._-])(?<!including[ ._-])"

#: What a whole bracket, or a whole name, says.
WHOLE = re.compile(rf"(?:the{_GAP}|official{_GAP})?(?:{_any_of(_SURE, _AMBIGUOUS)}){_NUMBER}", re.IGNORECASE)
#: The same, but only what is no title.
WHOLE_SURE = re.compile(rf"(?:official{_GAP})?(?:{_any_of(_SURE)}){_NUMBER}", re.IGNORECASE)
#: Anywhere behind the year. "Film (2010) + Extras" is the film.
BEHIND = re.compile(rf"{_START}{_WITH}(?:{_any_of(_SURE)}){_END}", re.IGNORECASE)
#: Right behind the year, with nothing but words of releases around it.
RIGHT_BEHIND = re.compile(
    rf"(?:[\W_]*(?:{_FILLER}){_END})*[\W_]*{_START}{_WITH}(?:{_any_of(_AMBIGUOUS)}){_END}"
    rf"(?=[\W_]*(?:$|(?:{RELEASE}|{_FILLER}){_END}))",
    re.IGNORECASE,
)
#: At the end of a name without a year: something must stand before it that is more than an article.
LAST = re.compile(
    rf"(?!(?:the|an?){_GAP}(?:{_spaced('|'.join(_SURE.values()))}){_END}).+[^\W_][\W_]+{_WITH}(?:{_any_of(_SURE)}){_NUMBER}"
    rf"(?:[\W_]+(?:hd|uhd|4k|{RELEASE})|[)\]])*",
    re.IGNORECASE | re.DOTALL,
)
#: A folder that says nothing else: "Bonus Disc", "Blu-ray Extras", "Extras & Trailers".
FOLDER = re.compile(
    rf"(?:(?:{_FILLER}){_END}[\W_]*)*{_START}(?:{_any_of(_SURE)}){_END}"
    rf"(?:[\W_]*(?:{_FILLER}|{_spaced('|'.join((*_SURE.values(), *_AMBIGUOUS.values())))}){_END})*",
    re.IGNORECASE,
)


def kind_of(found: re.Match[str]) -> str:
    """Say which kind a match of one of these patterns speaks of."""
    return next(kind for kind in (SAMPLE, TRAILER, EXTRA) if found.groupdict().get(kind))
