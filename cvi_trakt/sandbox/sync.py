"""The endpoints of the signed-in user's own data under ``/sync``."""

from __future__ import annotations

from flask import Blueprint, Response

from cvi_trakt.sandbox.accounts import Account
from cvi_trakt.sandbox.profile import activities_body
from cvi_trakt.sandbox.recording import collect, rate, uncollect, unrate, unwatch, watch
from cvi_trakt.sandbox.records import (
    show_collection,
    show_history,
    show_minimal_collection,
    show_ratings,
    show_watched,
)
from cvi_trakt.sandbox.shelves import add_to_shelf, insert_between_pages, remove_from_shelf, show_shelf
from cvi_trakt.sandbox.world import World, answer, signed_in


def sync_endpoints(world: World) -> Blueprint:
    """Make the endpoints under ``/sync``."""
    pages = Blueprint("sync", __name__, url_prefix="/sync")
    _watchlist(pages, world)
    _collection(pages, world)
    _history(pages, world)
    _ratings(pages, world)

    @pages.get("/last_activities")
    def last_activities() -> Response:
        return answer(activities_body(signed_in()))

    return pages


def _watchlist(pages: Blueprint, world: World) -> None:
    @pages.get("/watchlist")
    @pages.get("/watchlist/<types>")
    @pages.get("/watchlist/<types>/<sort_by>")
    @pages.get("/watchlist/<types>/<sort_by>/<sort_how>")
    def watchlist(types: str | None = None, **sort: str) -> Response:
        account = signed_in()
        response = show_shelf(world, account.watchlist, types, sort.get("sort_by"), sort.get("sort_how"))
        insert_between_pages(world, account, "watchlist", account.watchlist)
        return response

    @pages.post("/watchlist")
    def add() -> Response:
        return answer(_add_to_watchlist(world), 201)

    @pages.put("/watchlist")
    def put() -> Response:
        return answer(_add_to_watchlist(world))

    @pages.post("/watchlist/remove")
    def remove() -> Response:
        account = signed_in()
        response = remove_from_shelf(world, account.watchlist)
        _note_watchlist(world, account)
        return response


def _add_to_watchlist(world: World) -> dict[str, object]:
    account = signed_in()

    def room(new: int) -> int | None:
        limits = account.limits
        over = limits is not None and len(account.watchlist) + new > limits.watchlist
        return limits.watchlist if limits and over else None

    body = add_to_shelf(world, account, account.watchlist, room)
    _note_watchlist(world, account)
    return body


def _note_watchlist(world: World, account: Account) -> None:
    parts = ("movies", "shows", "seasons", "episodes")
    account.note(world.state.changed(), "watchlist.updated_at", *(f"{part}.watchlisted_at" for part in parts))


def _collection(pages: Blueprint, world: World) -> None:
    @pages.get("/collection/<types>")
    def collection(types: str) -> Response:
        return show_collection(world, signed_in(), types)

    @pages.get("/collection/minimal/<types>")
    def minimal(types: str) -> Response:
        return show_minimal_collection(signed_in(), types)

    @pages.post("/collection")
    def add_to_collection() -> Response:
        return collect(world, signed_in())

    @pages.post("/collection/remove")
    def remove_from_collection() -> Response:
        return uncollect(world, signed_in())


def _history(pages: Blueprint, world: World) -> None:
    @pages.get("/history")
    @pages.get("/history/<types>")
    @pages.get("/history/<types>/<number>")
    def history(types: str | None = None, number: str | None = None) -> Response:
        return show_history(world, signed_in(), types, number)

    @pages.get("/watched/<types>")
    def watched(types: str) -> Response:
        return show_watched(world, signed_in(), types)

    @pages.post("/history")
    def add_to_history() -> Response:
        return watch(world, signed_in())

    @pages.post("/history/remove")
    def remove_from_history() -> Response:
        return unwatch(world, signed_in())


def _ratings(pages: Blueprint, world: World) -> None:
    @pages.get("/ratings")
    @pages.get("/ratings/<types>")
    @pages.get("/ratings/<types>/<rating>")
    def ratings(types: str | None = None, rating: str | None = None) -> Response:
        return show_ratings(world, signed_in(), types, rating)

    @pages.post("/ratings")
    def add_rating() -> Response:
        return rate(world, signed_in())

    @pages.post("/ratings/remove")
    def remove_rating() -> Response:
        return unrate(world, signed_in())
