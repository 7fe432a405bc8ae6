"""An identity as a short text and back, for a cache of what paths say."""

from __future__ import annotations

import json
import zlib
from dataclasses import asdict
from importlib import metadata, resources
from typing import Any

from cvi_trakt.media import Clash, Episodes, Film, Identity, Ids, Kind, NotAWork, OtherReading

WORDS = ("media", "numerals", "release_words", "titles")  # modules beside this package that its rules rest on


def to_body(identity: Identity) -> str:
    """Write an identity as JSON; what is unknown is left out."""
    return json.dumps({type(identity).__name__: _bare(asdict(identity))}, separators=(",", ":"))


def from_body(body: str) -> Identity:
    """Read an identity that ``to_body`` wrote. Raises ``ValueError`` for any other text."""
    try:
        ((name, fields),) = json.loads(body).items()
        return _identity(name, fields)
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError("not an identity") from error


def version_of_rules() -> str:
    """Name what decides how paths are read: guessit's version, and a checksum over this package and its words."""
    ours = resources.files("cvi_trakt")
    sources = [
        file
        for folder in (ours / "identify", ours / "identify" / "grammar")
        for file in sorted(folder.iterdir(), key=lambda one: one.name)
        if file.name.endswith(".py")
    ]
    sources += [ours / f"{name}.py" for name in WORDS]
    checksum = 0
    for source in sources:
        checksum = zlib.crc32(source.read_bytes(), checksum)
    return f"{metadata.version('guessit')}-{checksum:08x}"


def _bare(fields: dict[str, Any]) -> dict[str, Any]:
    """Leave out what has its default, at every depth."""
    kept: dict[str, Any] = {}
    for name, value in fields.items():
        plain = _bare(value) if isinstance(value, dict) else value
        if isinstance(plain, (list, tuple)) and plain and isinstance(plain[0], dict):
            plain = [_bare(one) for one in plain]
        if plain not in (None, (), [], {}, "") and not (name == "year_is_first" and plain is True):
            kept[name] = plain
    return kept


def _identity(name: str, fields: dict[str, Any]) -> Identity:
    match name:
        case "NotAWork":
            untitled = fields.pop("untitled", None)
            return NotAWork(**fields, untitled=_episodes(untitled) if untitled is not None else None)
        case "Film":
            return Film(**_known(fields))
        case "Episodes":
            return _episodes(fields)
    raise ValueError(f"not an identity: {name[:20]}")


def _episodes(fields: dict[str, Any]) -> Episodes:
    known = _known(fields)
    for numbers in ("seasons", "episodes"):
        known[numbers] = tuple(known.get(numbers, ()))
    return Episodes(**known)


def _known(fields: dict[str, Any]) -> dict[str, Any]:
    """Put back what was left out, and values in the place of their fields."""
    clash = fields.get("clash")
    if not isinstance(fields.get("title", ""), str):
        raise TypeError("a title is text")
    return {
        "title": "",
        **fields,
        "ids": Ids(**fields.get("ids", {})),
        "others": tuple(map(_other, fields.get("others", ()))),
        "clash": Clash(reason=clash["reason"], ids=Ids(**clash["ids"])) if clash else None,
    }


def _other(fields: dict[str, Any]) -> OtherReading:
    known = {"title": "", **fields, "kind": Kind(fields["kind"])}
    for numbers in ("seasons", "episodes"):
        known[numbers] = tuple(known.get(numbers, ()))
    return OtherReading(**known)
