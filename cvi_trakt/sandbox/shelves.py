"""Reads and writes of the watchlist and of lists, which hold things in the same way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from flask import Response, request

from cvi_trakt.sandbox.accounts import Account, Json, Listed, Shelf
from cvi_trakt.sandbox.catalogue import KINDS, Kind, kind_of
from cvi_trakt.sandbox.limits import over_limit_headers
from cvi_trakt.sandbox.paging import SOME, extended, paged
from cvi_trakt.sandbox.seeds import account_from_json
from cvi_trakt.sandbox.shapes import shelf_bodies
from cvi_trakt.sandbox.world import World, answer, refusal
from cvi_trakt.sandbox.writes import counts, read_body, read_bulk

_SORT_KEYS: Final[dict[str, Callable[[Json], Any]]] = {
    "rank": lambda body: body["rank"],
    "added": lambda body: body["listed_at"],
    "title": lambda body: _work(body)["title"],
    "released": lambda body: _work(body)["year"] or 0,
    "runtime": lambda body: _work(body).get("runtime") or 0,
    "votes": lambda body: _work(body).get("votes") or 0,
}


def _work(body: Json) -> Json:
    work: Json = body["movie"] if "movie" in body else body["show"]
    return work


def kinds_in(types: str | None) -> set[Kind]:
    """Read the types of a path: ``movies``, ``movie,show``, ``all``. An unknown word ends the request."""
    if types in (None, "", "all"):
        return set(KINDS)
    kinds = {kind_of(word) for word in str(types).split(",")}
    known = {kind for kind in kinds if kind is not None}
    if None in kinds:
        raise refusal(404, "not_found", f"There is no type {types}.")
    return known


def show_shelf(
    world: World, shelf: Shelf, types: str | None, sort_by: str | None = None, sort_how: str | None = None
) -> Response:
    """Answer with a page of a shelf, of the wanted types and in the wanted order."""
    kinds = kinds_in(types)
    by = sort_by or request.args.get("sort_by") or "rank"
    how = sort_how or request.args.get("sort_how") or "asc"
    bodies = [body for body in shelf_bodies(world.catalogue, shelf, full=extended("full")) if body["type"] in kinds]
    bodies.sort(key=_SORT_KEYS.get(by, _SORT_KEYS["rank"]), reverse=how == "desc")
    response = paged(world, bodies, dict, default=SOME)
    response.headers["X-Sort-By"], response.headers["X-Sort-How"] = by, how
    return response


def insert_between_pages(world: World, account: Account, name: str, shelf: Shelf) -> None:
    """Put the next thing that is to appear while the shelf is being read in front of the others."""
    waiting = world.behaviour.insert_between_pages.get(name)
    if not waiting:
        return
    at = world.state.changed()
    seeded = account_from_json(account.slug, {"watchlist": [waiting.pop(0)]}, world.state.number, at)
    others = dict(shelf)
    shelf.clear()
    shelf.update(seeded.watchlist | others)


def add_to_shelf(world: World, account: Account, shelf: Shelf, room: Callable[[int], int | None]) -> Json:
    """Add what the body names and say what became of it.

    ``room`` is asked with the number of new things; it gives the limit that they would break.
    """
    bulk = read_bulk(world.catalogue, read_body())
    wanted = {each.ref: each.fields for each in bulk.wanted}
    new = [ref for ref in wanted if ref not in shelf]
    broken = room(len(new))
    if new and broken is not None:
        raise refusal(420, "account_limit_exceeded", "", over_limit_headers(account, broken))
    at = world.state.changed()
    for ref in new:
        shelf[ref] = Listed(id=world.state.number(), listed_at=at, notes=wanted[ref].get("notes"))
    return {
        "added": counts(new),
        "existing": counts(ref for ref in wanted if ref not in new),
        "not_found": bulk.not_found,
        "list": {"updated_at": at, "item_count": len(shelf)},
    }


def remove_from_shelf(world: World, shelf: Shelf) -> Response:
    """Remove what the body names and answer with what became of it."""
    bulk = read_bulk(world.catalogue, read_body())
    gone = [ref for ref in {each.ref for each in bulk.wanted} if ref in shelf]
    at = world.state.changed()
    for ref in gone:
        del shelf[ref]
    return answer(
        {
            "deleted": counts(gone),
            "not_found": bulk.not_found,
            "list": {"updated_at": at, "item_count": len(shelf)},
        }
    )


def change_listed(world: World, shelf: Shelf, number: int) -> None:
    """Change the notes or the rank of one entry, as the body says. An unknown number ends the request."""
    body = read_body()
    place = next((place for place, each in enumerate(shelf.values()) if each.id == number), None)
    if place is None:
        raise refusal(404, "not_found")
    world.state.changed()
    pairs = list(shelf.items())
    ref, listed = pairs.pop(place)
    if "notes" in body:
        listed.notes = body["notes"]
    wanted = body.get("rank")
    pairs.insert(wanted - 1 if isinstance(wanted, int) and wanted > 0 else place, (ref, listed))
    shelf.clear()
    shelf.update(pairs)
