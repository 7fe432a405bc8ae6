"""The JSON form of an account, in which it is seeded, shown and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, fields
from typing import Any

from cvi_trakt.sandbox.accounts import (
    VIP_LIMITS,
    Account,
    Collected,
    Json,
    Limits,
    Listed,
    Play,
    Rated,
    Shelf,
    UserList,
    list_slug,
)
from cvi_trakt.sandbox.catalogue import Ref


def account_to_json(account: Account) -> Json:
    """Give everything an account holds; ``account_from_json`` reads it back."""
    return {
        "username": account.username,
        "joined_at": account.joined_at,
        "number": account.number,
        "name": account.name,
        "about": account.about,
        "location": account.location,
        "private": account.private,
        "vip": account.vip,
        "limits": asdict(account.limits) if account.limits else None,
        "watchlist": _shelf_to_json(account.watchlist),
        "lists": [_list_to_json(each) for each in account.lists],
        "collection": [
            _ref_to_json(ref)
            | {"collected_at": each.collected_at, "updated_at": each.updated_at, "metadata": each.metadata}
            for ref, each in account.collection.items()
        ],
        "history": [
            _ref_to_json(play.ref) | {"id": play.id, "watched_at": play.watched_at, "action": play.action}
            for play in account.history
        ],
        "ratings": [
            _ref_to_json(ref) | {"rating": each.rating, "rated_at": each.rated_at}
            for ref, each in account.ratings.items()
        ],
        "activities": dict(account.activities),
    }


def account_from_json(slug: str, data: Mapping[str, Any], number: Callable[[], int], at: str) -> Account:
    """Make an account of its JSON form, in which everything has a default.

    An item is ``{"type": "movie", "trakt": 481}`` or ``{"type": "episode", "trakt": 1388, "season":
    1, "episode": 2}``; missing numbers are given out by ``number``, missing times are ``at``.
    """
    vip = bool(data.get("vip", False))
    limits = data.get("limits", {})
    account = Account(
        slug=slug,
        username=data.get("username", slug),
        joined_at=data.get("joined_at", at),
        number=data.get("number") or number(),
        name=data.get("name"),
        about=data.get("about"),
        location=data.get("location"),
        private=data.get("private", False),
        vip=vip,
        limits=None if limits is None else Limits(**((VIP_LIMITS if vip else {}) | limits)),
        watchlist=_shelf_from_json(data.get("watchlist", ()), number, at),
        activities=dict(data.get("activities", {})),
    )
    for each in data.get("lists", ()):
        account.lists.append(_list_from_json(each, {known.slug for known in account.lists}, number, at))
    for each in data.get("collection", ()):
        account.collection[_ref_from_json(each)] = Collected(
            collected_at=each.get("collected_at", at),
            updated_at=each.get("updated_at", at),
            metadata=each.get("metadata", {}),
        )
    for each in data.get("history", ()):
        account.history.append(
            Play(
                id=each.get("id") or number(),
                ref=_ref_from_json(each),
                watched_at=each.get("watched_at", at),
                action=each.get("action", "watch"),
            )
        )
    for each in data.get("ratings", ()):
        account.ratings[_ref_from_json(each)] = Rated(rating=each["rating"], rated_at=each.get("rated_at", at))
    return account


def _list_to_json(user_list: UserList) -> Json:
    plain = {each.name: getattr(user_list, each.name) for each in fields(user_list)}
    return plain | {"items": _shelf_to_json(user_list.items)}


def _list_from_json(data: Mapping[str, Any], taken: set[str], number: Callable[[], int], at: str) -> UserList:
    parts = {"created_at": at, "updated_at": at} | dict(data)
    parts["id"] = parts.get("id") or number()
    parts["items"] = _shelf_from_json(parts.get("items", ()), number, at)
    parts.setdefault("slug", list_slug(parts["name"], parts["id"], taken))
    return UserList(**parts)


def _ref_from_json(data: Mapping[str, Any]) -> Ref:
    """Read which film, show, season or episode an item of the JSON form is."""
    return Ref(data["type"], data["trakt"], data.get("season"), data.get("episode"))


def _ref_to_json(ref: Ref) -> Json:
    numbers = {"season": ref.season, "episode": ref.episode}
    known = {name: value for name, value in numbers.items() if value is not None}
    return {"type": ref.kind, "trakt": ref.work} | known


def _shelf_to_json(shelf: Shelf) -> list[Json]:
    return [
        _ref_to_json(ref) | {"id": each.id, "listed_at": each.listed_at, "notes": each.notes}
        for ref, each in shelf.items()
    ]


def _shelf_from_json(items: Iterable[Mapping[str, Any]], number: Callable[[], int], at: str) -> Shelf:
    return {
        _ref_from_json(each): Listed(
            id=each.get("id") or number(), listed_at=each.get("listed_at", at), notes=each.get("notes")
        )
        for each in items
    }
