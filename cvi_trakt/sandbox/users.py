"""The endpoints of users: settings, profiles, and what public profiles show."""

from __future__ import annotations

from flask import Blueprint, Response

from cvi_trakt.sandbox.paging import extended
from cvi_trakt.sandbox.people import readable_account
from cvi_trakt.sandbox.profile import settings_body, stats_body
from cvi_trakt.sandbox.records import show_collection, show_history, show_ratings, show_watched
from cvi_trakt.sandbox.shapes import user_body
from cvi_trakt.sandbox.shelves import insert_between_pages, show_shelf
from cvi_trakt.sandbox.world import World, answer, refusal, signed_in
from cvi_trakt.sandbox.writes import read_body


def user_endpoints(world: World) -> Blueprint:
    """Make the endpoints under ``/users``, but for those of lists."""
    pages = Blueprint("users", __name__, url_prefix="/users")

    @pages.get("/settings")
    def settings() -> Response:
        return answer(settings_body(signed_in()))

    @pages.put("/settings")
    def change_settings() -> Response:
        account, wanted = signed_in(), read_body().get("user") or {}
        if not isinstance(wanted, dict):
            raise refusal(422, "validation_failed", "user is not an object.")
        for name in ("name", "location", "about"):
            if isinstance(wanted.get(name), str):
                setattr(account, name, wanted[name])
        if isinstance(wanted.get("private"), bool):
            account.private = wanted["private"]
        account.note(world.state.changed(), "account.settings_at")
        return answer({}, 201)

    @pages.get("/<user>")
    def profile(user: str) -> Response:
        return answer(user_body(readable_account(world, user), full=extended("full")))

    @pages.get("/<user>/watchlist")
    @pages.get("/<user>/watchlist/<types>")
    @pages.get("/<user>/watchlist/<types>/<sort_by>")
    @pages.get("/<user>/watchlist/<types>/<sort_by>/<sort_how>")
    def watchlist(user: str, types: str | None = None, **sort: str) -> Response:
        account = readable_account(world, user)
        response = show_shelf(world, account.watchlist, types, sort.get("sort_by"), sort.get("sort_how"))
        insert_between_pages(world, account, "watchlist", account.watchlist)
        return response

    @pages.get("/<user>/collection/<types>")
    def collection(user: str, types: str) -> Response:
        return show_collection(world, readable_account(world, user), types)

    @pages.get("/<user>/history")
    @pages.get("/<user>/history/<types>")
    @pages.get("/<user>/history/<types>/<number>")
    def history(user: str, types: str | None = None, number: str | None = None) -> Response:
        return show_history(world, readable_account(world, user), types, number)

    @pages.get("/<user>/ratings")
    @pages.get("/<user>/ratings/<types>")
    @pages.get("/<user>/ratings/<types>/<rating>")
    def ratings(user: str, types: str | None = None, rating: str | None = None) -> Response:
        return show_ratings(world, readable_account(world, user), types, rating)

    @pages.get("/<user>/watched/<types>")
    def watched(user: str, types: str) -> Response:
        return show_watched(world, readable_account(world, user), types)

    @pages.get("/<user>/stats")
    def stats(user: str) -> Response:
        return answer(stats_body(world.catalogue, readable_account(world, user)))

    @pages.get("/<user>/watching")
    def watching(user: str) -> Response:
        readable_account(world, user)
        return Response(status=204)  # nobody plays anything here

    return pages
