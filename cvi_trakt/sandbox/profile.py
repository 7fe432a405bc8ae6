"""What the account says of itself: settings with limits, last activities, statistics."""

from __future__ import annotations

from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5

from cvi_trakt.sandbox.accounts import Account, Limits
from cvi_trakt.sandbox.catalogue import Catalogue, Ref
from cvi_trakt.sandbox.shapes import user_body

Json = dict[str, Any]

_ACTIVITIES: Final = {
    "movies": (
        "watched_at",
        "collected_at",
        "rated_at",
        "watchlisted_at",
        "favorited_at",
        "commented_at",
        "paused_at",
        "hidden_at",
    ),
    "episodes": ("watched_at", "collected_at", "rated_at", "watchlisted_at", "commented_at", "paused_at"),
    "shows": ("rated_at", "watchlisted_at", "favorited_at", "commented_at", "hidden_at", "dropped_at"),
    "seasons": ("rated_at", "watchlisted_at", "commented_at", "hidden_at"),
    "comments": ("liked_at", "blocked_at", "reacted_at"),
    "lists": ("liked_at", "updated_at", "commented_at", "reacted_at"),
    "watchlist": ("updated_at",),
    "favorites": ("updated_at",),
    "collaborations": ("updated_at",),
    "account": ("settings_at", "followed_at", "following_at", "pending_at", "requested_at"),
    "saved_filters": ("updated_at",),
    "notes": ("updated_at",),
}


def activities_body(account: Account) -> Json:
    """When each kind of data last changed; what never did has the time the user joined."""
    body: Json = {
        part: {name: account.activities.get(f"{part}.{name}", account.joined_at) for name in names}
        for part, names in _ACTIVITIES.items()
    }
    return {"all": max([account.joined_at, *account.activities.values()])} | body


def settings_body(account: Account) -> Json:
    """The settings of the signed-in user, with the limits of the account if it states them."""
    user = user_body(account)
    del user["deleted"]  # stated of others only
    body: Json = {
        "user": user
        | {
            "joined_at": account.joined_at,
            "location": account.location,
            "about": account.about,
            "gender": None,
            "age": None,
            "dob": None,
            "vip_og": False,
            "vip_years": 1 if account.vip else 0,
            "vip_cover_image": None,
            "images": {"avatar": {"full": "https://walter.trakt.tv/placeholders/medium/zebra.png"}},
            "ids": {
                "slug": account.slug,
                "trakt": account.number,
                "uuid": uuid5(NAMESPACE_URL, account.slug).hex,
            },
        },
        "account": {
            "timezone": "Europe/Berlin",
            "date_format": "mdy",
            "time_24hr": True,
            "cover_image": None,
            "token": None,
            "display_ads": not account.vip,
        },
        "connections": dict.fromkeys(("google", "apple", "dropbox", "slack"), False),
        "sharing_text": {
            "watching": "I'm watching [item]",
            "watched": "I just watched [item]",
            "rated": "[item] [stars]",
        },
        "permissions": {"commenting": True, "liking": True, "following": True},
    }
    return body | ({"limits": _limits(account.limits)} if account.limits else {})


def _limits(limits: Limits) -> Json:
    return {
        "list": {"count": limits.lists, "item_count": limits.list_items},
        "watchlist": {"item_count": limits.watchlist},
        "favorites": {"item_count": limits.favorites},
    }


def stats_body(catalogue: Catalogue, account: Account) -> Json:
    """How much the user has watched, collected and rated."""
    plays = [play.ref for play in account.history]
    collected, rated = list(account.collection), list(account.ratings)
    values = [each.rating for each in account.ratings.values()]
    return {
        "movies": _media(catalogue, "movie", plays, collected, rated),
        "shows": {
            "watched": len({ref.work for ref in plays if ref.kind == "episode"}),
            "collected": len({ref.work for ref in collected if ref.kind == "episode"}),
            "ratings": _count("show", rated),
            "comments": 0,
        },
        "seasons": {"ratings": _count("season", rated), "comments": 0},
        "episodes": _media(catalogue, "episode", plays, collected, rated),
        "network": {"friends": 0, "followers": 0, "following": 0},
        "ratings": {
            "total": len(values),
            "distribution": {str(value): values.count(value) for value in range(1, 11)},
        },
    }


def _media(catalogue: Catalogue, kind: str, plays: list[Ref], collected: list[Ref], rated: list[Ref]) -> Json:
    seen = [ref for ref in plays if ref.kind == kind]
    return {
        "plays": len(seen),
        "watched": len(set(seen)),
        "minutes": sum(catalogue.entry(ref).runtime or 0 for ref in seen),
        "collected": _count(kind, collected),
        "ratings": _count(kind, rated),
        "comments": 0,
    }


def _count(kind: str, refs: list[Ref]) -> int:
    return sum(ref.kind == kind for ref in refs)
