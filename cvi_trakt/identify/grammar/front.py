"""What stands before a title and is none of it: sites, groups, stamps of an upload, words around a quoted name."""

from __future__ import annotations

import re
from urllib.parse import unquote_plus

_QUOTED = re.compile(r"\"(?P<name>[^\"]{3,}\.[A-Za-z0-9]{2,4})\"|\"(?P<rest>[^\"]{4,})\"?\s*$")
_VOLUME = re.compile(
    r"(?:\.(?:part\d+|vol\d+(?:\+\d+)?|\d{3}|7z|rar|zip|nzb|torrent|patch|mkv|mp4|avi|par2))+$", re.IGNORECASE
)
_HOSTS = (
    r"com|net|org|info|tv|to|me|cc|ws|biz|se|ag|am|lt|mx|in|is|ru|de|fr|eu|co\.uk|org\.au|com\.au|ca|au|uk|xyz|site"
    r"|club|pro|vip|link|pw|nl|ro|pl|it|es|bz|nu|la"
)
_EXTENSION = re.compile(r"\.(?:[^\W\d_]{2,4}|mp[34]|m2ts|3gp2?|m4[va]|h26[45])$", re.IGNORECASE)
_HAN = r"\u3040-\u30ff\u3400-\u9fff"
# A Chinese name before the Latin one of the same release: "…】标题[…].Title.S01", "标题.Title.S01E01".
_HAN_FIRST = re.compile(
    rf"^(?P<han>[^A-Za-z]*[{_HAN}][^A-Za-z]*?(?:www\.\w+\.com[^A-Za-z]*)?)[.|]\s*(?=[A-Za-z][^{_HAN}]*$)"
)
_SITE = re.compile(
    rf"^\W*(?:w{{2,3}}[.,][\w.-]+?\.\w+|[\w-]+(?:\.[\w-]+)*\.(?:{_HOSTS}))(?P<closed>\s*[\])】}}])?(?:[\s._]*[-–~_]+[\s._]*|(?(closed)[\s._-]*|\s+-+\s+))",
    re.IGNORECASE,
)
_STAMP = re.compile(r"^(?:\d{6}(?:_\d+)?[ ._]+(?=\D)|\[\d{2,3}\]\s*(?=[^\W\d])|\d{1,3}\s+(?=\[))")
_GROUP = re.compile(r"^\s*(?:\[(?!\d{1,2}[x.]\d{1,3}\]|(?:19|20)\d\d\])[^\[\]]*\]|【[^【】]*】|\{[^{}]*\})[\s._★-]*")
_LEADING_YEAR = re.compile(r"^[(\[]?(?P<year>(?:19|20)\d\d)[)\]]?(?:\s+-\s+|(?<=[)\]])\s*)(?=[^\W\d])")


def heart(name: str) -> str:
    """Give what a name says without its extension, its site and its stamp, or the quoted name in it."""
    quoted = _QUOTED.search(name)
    inner = (quoted["name"] or quoted["rest"]) if quoted else name
    text = _VOLUME.sub("", _EXTENSION.sub("", inner)).strip()
    if " " not in text and text.count("+") > 1:
        text = unquote_plus(text)
    for pattern in (_HAN_FIRST, _SITE, _STAMP):
        shorter = pattern.sub("", text, count=1)
        text = shorter if shorter.strip(" ._-") else text
    return text


def without_groups(text: str) -> tuple[str, str]:
    """Take the groups in brackets off the beginning; gives what is left, and what was taken off."""
    taken = 0
    while (found := _GROUP.match(text[taken:])) and re.search(
        r"[^\W_]", re.sub(r"\[[^\[\]]*\]", "", text[taken + found.end() :])
    ):
        taken += found.end()
    return text[taken:], text[:taken]


def leading_year(text: str) -> tuple[str, int | None]:
    """Take a year off the beginning: ``2018 - Title``, ``(2013) Title``; gives what is left and the year."""
    found = _LEADING_YEAR.match(text)
    return (text[found.end() :], int(found["year"])) if found else (text, None)
