"""The words of a release: where the first of them stands, the title is over."""

from __future__ import annotations

import re

ALONE = r"(?<![^\W_])"
END = r"(?![^\W_])"
GAP = r"[\s._-]*"

# Words that are none of any title, wherever they stand.
_SURE = r"""
    (?:\d{3,4}[pi](?:\d\d(?:\.\d+)?)?|[48]k|uhd|fhd|\d{3,4}\s?[x×]\s?\d{3,4})
    |(?:blu-?ray|b[dr]-?rip|bd-?mux|bd-?remux|remux|web-?dl|web-?rip|web-?hd|hdtv|pdtv|hdtv-?rip|dvb-?rip|dvd-?rip|dvd-?scr
       |hd-?dvd|hd-?rip|uhd-?rip|hd-?cam|cam-?rip|hd-?tc|hd-?ts|telesync|telecine|vhs-?rip|tv-?rip|sat-?rip|vod-?rip|ppv-?rip
       |ds-?rip|dvd-?[59r]|bd-?(?:25|50)|dsr|dvd-?full|screener|workprint)
    |(?:[xh][ .]?26[3456]|hevc|xvid|divx\d?|bt[ .]?(?:709|2020)|mpeg-?[24]|mp[34]|vc-?1|av1|hi10p?|vp9
       |(?:8|10|12)-?bits?)
    |(?:aac(?:[ .]?\d[ .]\d)?|e?-?ac-?3|eac3|ddp?\+?[ .]?\d[ .][01]|dts(?:-?(?:hd|x|es|ma))*|true-?hd|flac|lpcm
       |dual[ ._-]?audio)
    |(?:hdr10\+?|dolby[ ._-]?vision|sdr)
    |(?:multi-?subs?|vostfr|subfrench|truefrench|vff|vfq|vf2|nfofix|readnfo|rerip|proper|repack|hardsub|softsub|dubbed)
"""
_FIRST_SURE = re.compile(rf"{ALONE}(?:{_SURE}){END}", re.IGNORECASE | re.VERBOSE)
# Words of a release that are words of titles, too: they count after a year or a number.
_LATER = r"""
    avc|web|bd|dvd|cam|ts|tc|scr|r5|bt|internal|limited|complete|multi|dual|extended|unrated|uncut|uncensored|theatrical|remastered
    |subbed|subs|dub|imax|3d|nf|amzn|dsnp|hulu|opus|ova|hdr|dv|atmos|ppv|sd|hd|tv|dl
"""
_FIRST_LATER = re.compile(rf"{ALONE}(?:{_SURE}|{_LATER}){END}", re.IGNORECASE | re.VERBOSE)

_CUT = r"(?:cut|edition|version|edit|release|ed)"
_EDITION_NAMES = (
    r"(?:the[ ._-]+)?(?:alternat(?:e|iv)e?|final|director'?s?|collector'?s?|extended|theatrical|international|unrated"
    r"|uncut|ultimate|special|definitive|(?:\d+th[ ._-]+)?anniversary|rogue|producer'?s?|criterion|workprint|redux"
    r"|remastered|restored|imax|open[ ._-]?matte|despecialized|fan|super|complete|uncensored|longue|custom|integrale?"
    r"|limited)"
)
# Editions in one word; behind "and" or an article they are words of the title: "Bigger, Longer & Uncut".
_EDITION_ALONE = (
    r"(?<!and )(?<!and\.)(?<!of )(?<!of\.)(?<!the )(?<!the\.)(?<!& )"
    r"(?:extended|unrated|uncut|remastered|theatrical|redux|imax|custom|int[eé]grale?|box-?set|open[ ._-]?matte)"
)
# Languages that German and French releases write before the year; "English" and the like are words of titles.
_LANGUAGES = (
    r"german|french|italian|spanish|nordic|swedish|danish|dutch|polish|hungarian|czech|russian|japanese|korean|hindi|tamil|telugu"
    r"|multi|vostfr|truefrench"
)
_EDITION = re.compile(
    rf"[\s._:,–-]*[(\[]?{ALONE}"
    rf"(?:(?:{_EDITION_NAMES}[ ._-]+)+{_CUT}(?:[ ._-]+(?:remastered|\d+k))?|version[ ._-]+longue|{_EDITION_ALONE}"
    r"|\d+th[ ._-]+anniversary|(?-i:SE|DC|OM|CC|3D|H-?SBS|H-?OU))[)\]]?(?:[\s._]+\d\s?cd)?[\s._-]*$",
    re.IGNORECASE,
)
_LANGUAGE = re.compile(rf"(?<=[^\W_])[\s._]+(?:{_LANGUAGES})[\s._]*$", re.IGNORECASE)

# Who made it, where that stands in front of a title.
MAKERS = r"bbc|itv|pbs|hbo|ch4|channel 4|national geographic|discovery channel|disney'?s?|marvel'?s?"


def first_release_word(text: str, start: int = 0) -> int:
    """Give where the first word stands that no title has; the length of the text where there is none."""
    found = _FIRST_SURE.search(text, start)
    return found.start() if found else len(text)


def begins_release(text: str) -> bool:
    """Whether what follows a year or a number begins with words of a release, or with nothing at all."""
    rest = text.lstrip(" ._-()[]{}")
    return not rest or _FIRST_LATER.match(rest) is not None


def without_edition(title: str) -> str:
    """Take the names of editions and languages off the end of a title: ``Blade Runner - The Final Cut``.

    A language only where two words are left, ``The Danish`` is none. Empty where nothing else is there.
    """
    while True:
        found = _EDITION.search(title)
        spoken = _LANGUAGE.search(title)
        if found:
            title = title[: found.start()].rstrip(" ._-:,–([")
        elif (
            spoken
            and len(
                re.findall(
                    r"(?i)(?<![^\W_])(?!(?:the|an?|der|die|das|le|la)(?![^\W_]))[^\W_]+", title[: spoken.start()]
                )
            )
            > 1
        ):
            title = title[: spoken.start()].rstrip(" ._-:,–")
        else:
            return title
