"""Reads single values of settings and options: each parser takes what YAML, the environment or a person gives."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cvi_trakt.media import Level, Status
from cvi_trakt.secret import Secret

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})

Parser = Callable[[object], Any]
"""Gives the value with its type; what it gave it takes again. Raises ``ValueError`` with what was expected."""

_SIZE = re.compile(
    r"(?P<amount>[0-9]+(?:\.[0-9]+)?) *(?:(?P<prefix>[kmgt])(?P<unit>i?b)?|b)?", re.IGNORECASE | re.ASCII
)
_ENDING = re.compile(r"(?P<sign>[+-]?)\.?(?P<ending>[^\W_]+)")


def text(value: object) -> str:
    """Read text; numbers are refused, because YAML may have changed them on the way."""
    if not isinstance(value, str):
        raise ValueError("expected text (put it in quotes)")
    return value.strip()


def secret(value: object) -> Secret:
    """Read a credential: ASCII in one piece, because it goes into a header; it is never quoted in an error."""
    found = value if isinstance(value, Secret) else Secret(text(value))
    plain = found.reveal()
    if not plain or not plain.isascii() or not plain.isprintable() or " " in plain:
        raise ValueError("expected one line of letters and digits (look for line breaks, blanks, accents)")
    return found


def folder(value: object) -> Path:
    """Read a path; ``~`` is the home folder."""
    try:
        return Path(text(value)).expanduser()
    except RuntimeError:
        raise ValueError("expected a folder whose home is known") from None


def truth(value: object) -> bool:
    """Read yes or no, as YAML or an environment variable spells it."""
    known = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False}
    known["0"] = False
    word = str(value).strip().lower()
    if isinstance(value, (bool, str, int)) and word in known:
        return known[word]
    raise ValueError("expected true or false")


def number(least: float, most: float = 1e9) -> Parser:
    """Read a number that is not below ``least`` and not above ``most``."""

    def parse(value: object) -> float:
        try:
            if isinstance(value, bool) or not isinstance(value, (int, float, str)):
                raise ValueError
            parsed = float(value)
        except (ValueError, OverflowError):
            raise ValueError("expected a number") from None
        if not least <= parsed <= most:
            raise ValueError(f"expected a number from {least:g} {'up' if most == 1e9 else f'to {most:g}'}")
        return parsed

    return parse


def whole(least: int, most: float = 1e9) -> Parser:
    """Read a whole number that is not below ``least`` and not above ``most``."""

    def parse(value: object) -> int:
        parsed = number(least, most)(value)
        if parsed != int(parsed):
            raise ValueError("expected a whole number")
        return int(parsed)

    return parse


def size(value: object) -> int:
    """Read a size in bytes: a whole number, or text such as ``50M``, ``1.5 GiB`` (by 1024) or ``50MB`` (by 1000)."""
    fits = _SIZE.fullmatch(str(value).strip()) if isinstance(value, (int, str)) else None
    if fits is None or ("." in fits["amount"] and not fits["prefix"]):
        raise ValueError("expected a size such as 50M, 1.5GiB or 1000000 (bytes)")
    step = 1000 if (fits["unit"] or "").lower() == "b" else 1024
    return int(Fraction(fits["amount"]) * step ** " kmgt".index((fits["prefix"] or " ").lower()))


def one_of(*words: str) -> Parser:
    """Read one of these words, in any case."""

    def parse(value: object) -> str:
        if isinstance(value, str) and value.strip().lower() in words:
            return value.strip().lower()
        raise ValueError(f"expected one of {', '.join(words)}")

    return parse


def level(value: object) -> Level:
    """Read the level at which shows are added."""
    return Level(one_of(*Level)(value))


def statuses(value: object) -> tuple[Status, ...]:
    """Read statuses in any case: a YAML list, or words separated by commas or spaces."""
    found = _statuses_out_of(tuple(Status), value)
    if not found:
        raise ValueError("expected at least one status")
    return found


def bad_statuses(value: object) -> tuple[Status, ...]:
    """Read which of CORRUPT and SUSPICIOUS: as ``statuses`` does; none at all is fine."""
    return _statuses_out_of((Status.CORRUPT, Status.SUSPICIOUS), value)


def _statuses_out_of(known: tuple[Status, ...], value: object) -> tuple[Status, ...]:
    found = []
    for word in _words(value):
        if not isinstance(word, str) or word.strip().upper() not in known:
            raise ValueError(f"expected statuses out of {', '.join(known)}")
        found.append(Status(word.strip().upper()))
    return tuple(dict.fromkeys(found))


def endings(value: object) -> tuple[str, ...]:
    """Read file name endings, in lower case and without a dot: a list, or words separated by commas or spaces.

    Either all of them, or none, begin with a ``+`` or ``-``: what is added to the usual ones, and taken away.
    """
    found = []
    for word in _words(value):
        fits = _ENDING.fullmatch(word.strip()) if isinstance(word, str) else None
        if fits is None:
            raise ValueError("expected endings of file names such as mkv, or +iso and -ts (put numbers in quotes)")
        found.append(fits["sign"] + fits["ending"].lower())
    if not found:
        raise ValueError("expected at least one ending of file names, such as mkv")
    if len({word[0] in "+-" for word in found}) > 1:
        raise ValueError("expected a + or - before all endings, or before none")
    return tuple(dict.fromkeys(found))


def globs(value: object) -> tuple[str, ...]:
    """Read patterns of file names and paths: a list, or text with commas or line breaks between them."""
    found = []
    for one in value if isinstance(value, (list, tuple)) else filter(str.strip, re.split(r"[,\n]", text(value))):
        pattern = text(one)
        if not pattern.strip("/"):
            raise ValueError("expected patterns such as Extras or *.iso, not an empty one")
        if {".", ".."} & set(pattern.split("/")):
            raise ValueError("expected patterns without . and .. for folders")
        found.append(pattern)
    return tuple(dict.fromkeys(found))


def _words(value: object) -> Iterable[object]:
    return value if isinstance(value, (list, tuple)) else str(value).replace(",", " ").split()


def base_url(value: object) -> str:
    """Read the address of a host: https, or plain http on loopback, with no credentials in it."""
    url = text(value).rstrip("/")
    try:
        parts = urlsplit(url)
        host, number = parts.hostname, parts.port
    except ValueError:
        raise ValueError("expected an address such as https://api.trakt.tv") from None
    if parts.scheme not in ("http", "https") or not host or parts.query or parts.fragment:
        raise ValueError("expected an address such as https://api.trakt.tv")
    if number == 0:
        raise ValueError("expected a port from 1 up")
    if parts.username or parts.password:
        raise ValueError("expected an address without a user name or password in it")
    if parts.scheme == "http" and host not in LOOPBACK:
        raise ValueError("expected https (plain http is for this machine only)")
    # one spelling a host: what is kept for it must be found again
    port = "" if parts.port == {"http": 80, "https": 443}[parts.scheme] else f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}{port}{parts.path}"
