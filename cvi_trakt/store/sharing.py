"""Decisions as YAML that a person reads, edits and shares."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import yaml

from cvi_trakt.match.reference import IdReference, SlugReference
from cvi_trakt.matches import Candidate, Declined, Sure
from cvi_trakt.media import Kind, Work
from cvi_trakt.store.rows import Kept

VERSION = 1
NEVER = "never"

_HEAD = """\
# What was decided about films and shows, to be read, edited and shared.
# `cvi-trakt decisions import FILE` takes it in, on this machine or another one.
#
# An entry says what was read from the files: kind (movie or show) and title, and, where they are known,
# year, country (two letters), ids (those that stand in the path) and, where there is neither year nor id,
# the whole folder. Then it says what that is:
#   decision: never            never add it, and never ask about it
#   decision:
#     movie: tt0133093         or show: ...; also tmdb:603, tvdb:81189, trakt:481, or a url of these sites
#     title: The Matrix        Trakt's title and year, for you to read
#     year: 1999
# To change one, put one id in the place of all that stand after movie: or show:.
# Several ids are of one work, and where trakt: is among them it counts and Trakt is not asked.
"""

Named = IdReference | SlugReference


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """It is the film or show that all these ids name; ``title`` and ``year`` are Trakt's, as the file has them."""

    kind: Kind
    ids: tuple[Named, ...]
    title: str | None
    year: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """One entry of a file: what was read, and the decision, None for never. ``where`` is how errors name it."""

    work: Work
    choice: Choice | None
    where: str


def to_yaml(every: Iterable[Kept]) -> str:
    """Give decisions as YAML text, in the order of their titles; what decides nothing is left out."""
    entries = sorted(filter(None, map(_entry, every)), key=lambda one: (one["title"].casefold(), one.get("year") or 0))
    document = {"version": VERSION, "decisions": entries}
    return _HEAD + str(yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=100)).rstrip()


def _entry(kept: Kept) -> dict[str, Any] | None:
    key, match = kept.key, kept.match
    if isinstance(match, Sure):
        decision: Any = _decision(match.candidate)
    elif isinstance(match, Declined):
        decision = NEVER
    else:
        return None
    folder = key.folder if re.match(r"[A-Z]:", key.folder) or not key.folder else f"/{key.folder}"
    known = {
        "kind": key.kind,
        "title": match.work.title,
        "year": key.year or None,
        "country": key.country or None,
        "folder": folder or None,
        "ids": json.loads(key.ids) if key.ids else None,
        "decision": decision,
    }
    return {name: value for name, value in known.items() if value is not None}


def _decision(candidate: Candidate) -> dict[str, Any]:
    known = candidate.ids.known()
    ids = [f"trakt:{known['trakt']}"] if "trakt" in known else []
    ids += [str(known["imdb"])] if "imdb" in known else []
    ids += [f"{name}:{known[name]}" for name in ("tmdb", "tvdb") if name in known]
    found: dict[str, Any] = {str(candidate.kind): " ".join(ids), "title": candidate.title}
    return found if candidate.year is None else {**found, "year": candidate.year}
