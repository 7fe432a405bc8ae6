"""The endpoints of a user's lists and their items."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, Response

from cvi_trakt.sandbox.accounts import Account, UserList, list_slug
from cvi_trakt.sandbox.limits import over_limit_headers
from cvi_trakt.sandbox.paging import paged
from cvi_trakt.sandbox.people import own_account, readable_account
from cvi_trakt.sandbox.shapes import list_body
from cvi_trakt.sandbox.shelves import (
    add_to_shelf,
    change_listed,
    insert_between_pages,
    remove_from_shelf,
    show_shelf,
)
from cvi_trakt.sandbox.world import World, answer, refusal, viewer
from cvi_trakt.sandbox.writes import read_body

_TEXTS: Final = ("description", "privacy", "sort_by", "sort_how")
_SWITCHES: Final = ("display_numbers", "allow_comments")


def list_endpoints(world: World) -> Blueprint:
    """Make the endpoints under ``/users/{id}/lists``."""
    pages = Blueprint("lists", __name__, url_prefix="/users/<user>/lists")

    def own_list(user: str, name: str) -> tuple[Account, UserList]:
        account = own_account(user)
        return account, _find(account, name)

    @pages.get("")
    def lists(user: str) -> Response:
        account = readable_account(world, user)
        seen = [each for each in account.lists if _may_see(account, each)]
        return paged(world, seen, lambda each: list_body(account, each), default=None)

    @pages.post("")
    def create(user: str) -> Response:
        account, body = own_account(user), _checked(read_body())
        name = _name(body)
        limits = account.limits
        if limits and len(account.lists) >= limits.lists:
            raise refusal(420, "account_limit_exceeded", "", over_limit_headers(account, limits.lists))
        at, number = world.state.changed(), world.state.number()
        slug = list_slug(name, number, {each.slug for each in account.lists})
        made = UserList(id=number, slug=slug, name=name, created_at=at, updated_at=at)
        _change(made, body)
        account.lists.append(made)
        account.note(at, "lists.updated_at")
        shown = list_body(account, made)
        del shown["user"]  # as Trakt does when a list is new
        return answer(shown, 201)

    @pages.get("/<name>")
    def one(user: str, name: str) -> Response:
        account = readable_account(world, user)
        return answer(list_body(account, _find(account, name)))

    @pages.put("/<name>")
    def change(user: str, name: str) -> Response:
        account, user_list = own_list(user, name)
        body = _checked(read_body())
        if body.get("name") is not None:
            user_list.name = _name(body)
            taken = {each.slug for each in account.lists if each is not user_list}
            user_list.slug = list_slug(user_list.name, user_list.id, taken)
        _change(user_list, body)
        _touch(account, user_list)
        return answer([list_body(account, user_list)])

    @pages.delete("/<name>")
    def delete(user: str, name: str) -> Response:
        account, user_list = own_list(user, name)
        account.lists.remove(user_list)
        account.note(world.state.changed(), "lists.updated_at")
        return Response(status=204)

    @pages.get("/<name>/items")
    @pages.get("/<name>/items/<types>")
    @pages.get("/<name>/items/<types>/<sort_by>")
    @pages.get("/<name>/items/<types>/<sort_by>/<sort_how>")
    def items(user: str, name: str, types: str | None = None, **sort: str) -> Response:
        account = readable_account(world, user)
        user_list = _find(account, name)
        response = show_shelf(world, user_list.items, types, sort.get("sort_by"), sort.get("sort_how"))
        insert_between_pages(world, account, user_list.slug, user_list.items)
        return response

    @pages.post("/<name>/items")
    def add(user: str, name: str) -> Response:
        account, user_list = own_list(user, name)

        def room(new: int) -> int | None:
            limits = account.limits
            if limits is None:
                return None
            if len(user_list.items) + new > limits.list_items:
                return limits.list_items
            held = sum(len(each.items) for each in account.lists)
            return limits.all_list_items if held + new > limits.all_list_items else None

        body = add_to_shelf(world, account, user_list.items, room)
        _touch(account, user_list)
        return answer(body, 201)

    @pages.post("/<name>/items/remove")
    def remove(user: str, name: str) -> Response:
        account, user_list = own_list(user, name)
        response = remove_from_shelf(world, user_list.items)
        _touch(account, user_list)
        return response

    @pages.put("/<name>/items/<int:number>")
    def change_item(user: str, name: str, number: int) -> Response:
        account, user_list = own_list(user, name)
        change_listed(world, user_list.items, number)
        _touch(account, user_list)
        return Response(status=204)

    def _touch(account: Account, user_list: UserList) -> None:
        user_list.updated_at = world.state.changed()
        account.note(user_list.updated_at, "lists.updated_at")

    return pages


def _find(account: Account, name: str) -> UserList:
    for user_list in account.lists:
        if name in (user_list.slug, str(user_list.id)) and _may_see(account, user_list):
            return user_list
    raise refusal(404, "not_found")


def _may_see(account: Account, user_list: UserList) -> bool:
    return user_list.privacy == "public" or viewer() is account


def _name(body: dict[str, Any]) -> str:
    name = body.get("name")
    if not isinstance(name, str) or not name.strip():
        raise refusal(422, "validation_failed", "A list needs a name.")
    return name


def _checked(body: dict[str, Any]) -> dict[str, Any]:
    for field in (*_TEXTS, *_SWITCHES):
        wanted = str if field in _TEXTS else bool
        if body.get(field) is not None and not isinstance(body[field], wanted):
            raise refusal(422, "validation_failed", f"{field} has the wrong type.")
    return body


def _change(user_list: UserList, body: dict[str, Any]) -> None:
    for field in (*_TEXTS, *_SWITCHES):
        if body.get(field) is not None:
            setattr(user_list, field, body[field])
