"""Reads the bodies of bulk writes: which things they name, and which of these do not exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from flask import request

from cvi_trakt.sandbox.catalogue import KINDS, Catalogue, Kind, Ref
from cvi_trakt.sandbox.state import timestamp
from cvi_trakt.sandbox.world import refusal

Json = dict[str, Any]

_STRUCTURE: Final = frozenset({"ids", "title", "year", "number", "seasons", "episodes"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """One existing thing that a body names, with what the body says about it."""

    ref: Ref
    fields: Json


@dataclass(slots=True)
class Bulk:
    """A body, read. ``not_found`` holds the items as they were sent, by their key in the body."""

    wanted: list[Wanted] = field(default_factory=list)
    not_found: dict[str, list[Json]] = field(default_factory=lambda: {f"{kind}s": [] for kind in KINDS})


def read_body() -> Json:
    """Give the request's JSON object; anything else ends the request."""
    body = request.get_json(silent=True, force=True)
    if not isinstance(body, dict):
        raise refusal(400, "bad_request", "The body is not a JSON object.")
    return body


def read_bulk(catalogue: Catalogue, body: Json) -> Bulk:
    """Look up everything a body names. One malformed item ends the whole request."""
    bulk = Bulk()
    for kind in KINDS:
        for item in _items(body, f"{kind}s"):
            ref = _find(catalogue, kind, item)
            if ref is None:
                bulk.not_found[f"{kind}s"].append(item)
            elif "seasons" in item and kind == "show":
                _read_seasons(catalogue, ref, item, bulk)
            else:
                bulk.wanted.append(Wanted(ref, _fields(item)))
    return bulk


def _items(parent: Json, key: str) -> list[Json]:
    items = parent.get(key)
    if items is None:
        return []
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise refusal(422, "validation_failed", f"{key} is not a list of objects.")
    return items


def _find(catalogue: Catalogue, kind: Kind, item: Json) -> Ref | None:
    ids = item.get("ids")
    if isinstance(ids, dict):
        return catalogue.find_any(kind, ids)
    title = item.get("title")
    if ids is not None or not isinstance(title, str):
        raise refusal(422, "validation_failed", "An item has neither ids nor a title.")
    # As on Trakt: whatever the search finds first, of whatever year.
    hits = catalogue.broad([kind], title)
    return hits[0].entry.ref if hits else None


def _read_seasons(catalogue: Catalogue, show: Ref, item: Json, bulk: Bulk) -> None:
    missing: list[Json] = []
    if "rating" in item:
        bulk.wanted.append(Wanted(show, _fields(item)))
    for season in _items(item, "seasons"):
        ref = Ref("season", show.work, _number(season))
        lost: list[Json] = []
        if not catalogue.holds(ref):
            missing.append({"number": ref.season, "episodes": _items(season, "episodes")})
            continue
        if not season.get("episodes") or "rating" in season:
            bulk.wanted.append(Wanted(ref, _inherited(_fields(item), season)))
        for episode in _items(season, "episodes"):
            part = Ref("episode", show.work, ref.season, _number(episode))
            if catalogue.holds(part):
                bulk.wanted.append(Wanted(part, _inherited(_inherited(_fields(item), season), episode)))
            else:
                lost.append(episode)
        if lost:
            missing.append({"number": ref.season, "episodes": lost})
    if missing:
        bulk.not_found["shows"].append(item | {"seasons": missing})


def _number(part: Json) -> int:
    number = part.get("number")
    if not isinstance(number, int) or isinstance(number, bool):
        raise refusal(422, "validation_failed", "A season or an episode has no number.")
    return number


def _fields(item: Json) -> Json:
    return {name: value for name, value in item.items() if name not in _STRUCTURE}


def _inherited(above: Json, part: Json) -> Json:
    return {name: value for name, value in above.items() if name != "rating"} | _fields(part)


def expanded(catalogue: Catalogue, wanted: Iterable[Wanted]) -> Iterator[Wanted]:
    """Turn shows and seasons into their episodes, as history and collection take them."""
    for each in wanted:
        if each.ref.kind == "movie":
            yield each
        else:
            for episode in catalogue.episodes(each.ref):
                yield Wanted(episode, each.fields)


def moment(fields: Mapping[str, Any], name: str, *, released: str | None, now: str) -> str:
    """Read a time that a body states: a date, ``released``, ``unknown`` or nothing for now."""
    stated = fields.get(name)
    if stated is None:
        return now
    if stated == "released":
        return released or now
    if stated == "unknown":
        return "1970-01-01T00:00:00.000Z"
    try:
        read = datetime.fromisoformat(stated)
    except (TypeError, ValueError) as error:
        raise refusal(422, "validation_failed", f"{name} is not a time.") from error
    return timestamp(read if read.tzinfo else read.replace(tzinfo=UTC))


def counts(refs: Iterable[Ref], kinds: Iterable[Kind] = KINDS) -> dict[str, int]:
    """Count things by kind, as the answers of writes do."""
    found = [ref.kind for ref in refs]
    return {f"{kind}s": found.count(kind) for kind in kinds}
