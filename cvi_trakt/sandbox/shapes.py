"""JSON bodies of films, shows, seasons, episodes, users and lists, as Trakt's contract wants them."""

from __future__ import annotations

from typing import Any

from cvi_trakt.sandbox.accounts import Account, Shelf, UserList
from cvi_trakt.sandbox.catalogue import Catalogue, Entry, Ref

Json = dict[str, Any]

_AIRED = "T20:00:00.000Z"


def entry_body(entry: Entry, *, full: bool) -> Json:
    """A film or a show; ``full`` adds what ``extended=full`` adds, null where it is not known."""
    ids: Json = {"trakt": entry.trakt, "slug": entry.slug, "imdb": entry.imdb, "tmdb": entry.tmdb}
    if entry.kind == "show":
        ids["tvdb"] = entry.tvdb
    body: Json = {"title": entry.title, "year": entry.year, "ids": ids}
    if full:
        body |= _full(entry) | (_show_dates(entry) if entry.kind == "show" else _film_dates(entry))
    return body


def _full(entry: Entry) -> Json:
    return {
        "tagline": None,
        "overview": entry.overview,
        "runtime": entry.runtime,
        "country": entry.country.lower() if entry.country else None,
        "language": entry.language,
        "languages": [entry.language] if entry.language else [],
        "available_translations": [entry.language] if entry.language else [],
        "original_title": entry.original_title or entry.title,
        "rating": 7.5,
        "votes": entry.votes,
        "comment_count": 0,
        "genres": list(entry.genres),
        "subgenres": [],
        "certification": None,
        "trailer": None,
        "homepage": None,
        "updated_at": "2026-01-01T00:00:00.000Z",
    }


def _film_dates(entry: Entry) -> Json:
    released = f"{entry.year}-01-01" if entry.year else None
    return {"released": released, "status": "released", "after_credits": False, "during_credits": False}


def _show_dates(entry: Entry) -> Json:
    aired = _aired(entry)
    return {
        "first_aired": f"{entry.year}-01-01{_AIRED}" if entry.year else None,
        "airs": {"day": None, "time": None, "timezone": None},
        "network": None,
        "status": "ended",
        "aired_episodes": aired,
        "total_runtime": aired * (entry.runtime or 0),
    }


def _aired(entry: Entry) -> int:
    return sum(count for number, count in entry.season_counts().items() if number > 0)


def season_body(entry: Entry, ref: Ref, *, full: bool = False) -> Json:
    """One season of a show."""
    ids = ref.numbers
    body: Json = {
        "number": ref.season,
        "ids": {"trakt": ids["trakt"], "tvdb": ids["tvdb"], "tmdb": ids["tmdb"]},
    }
    if full:
        count = entry.season_counts().get(ref.season or 0, 0)
        body |= {
            "rating": 7.5,
            "votes": 0,
            "episode_count": count,
            "aired_episodes": count,
            "title": f"Season {ref.season}" if ref.season else "Specials",
            "overview": None,
            "updated_at": "2026-01-01T00:00:00.000Z",
            "network": None,
        }
        if entry.year:
            body["first_aired"] = f"{entry.year + max(0, (ref.season or 1) - 1)}-01-01{_AIRED}"
    return body


def episode_body(entry: Entry, ref: Ref, *, full: bool = False) -> Json:
    """One episode of a show."""
    ids = ref.numbers
    body: Json = {
        "season": ref.season,
        "number": ref.episode,
        "title": f"Episode {ref.episode}",
        "ids": {"trakt": ids["trakt"], "tvdb": ids["tvdb"], "imdb": None, "tmdb": ids["tmdb"]},
    }
    if full:
        body |= {
            "number_abs": None,
            "overview": None,
            "rating": 7.5,
            "votes": 0,
            "comment_count": 0,
            "first_aired": released_at(entry, ref),
            "updated_at": "2026-01-01T00:00:00.000Z",
            "available_translations": [],
            "runtime": entry.runtime,
            "episode_type": "standard",
            "original_title": None,
        }
    return body


def released_at(entry: Entry, ref: Ref) -> str | None:
    """When a film came out or an episode was aired, as far as the catalogue tells."""
    if entry.year is None:
        return None
    return f"{entry.year + max(0, (ref.season or 1) - 1)}-01-01{_AIRED}"


def item_body(catalogue: Catalogue, ref: Ref, *, full: bool = False) -> Json:
    """What stands for one thing in lists, history and ratings: its type, itself, and its show."""
    entry = catalogue.entry(ref)
    body: Json = {"type": ref.kind}
    if ref.kind == "season":
        body["season"] = season_body(entry, ref, full=full)
    elif ref.kind == "episode":
        body["episode"] = episode_body(entry, ref, full=full)
    body[entry.kind] = entry_body(entry, full=full)
    return body


def shelf_bodies(catalogue: Catalogue, shelf: Shelf, *, full: bool) -> list[Json]:
    """The entries of the watchlist or of a list, in the order of their rank."""
    return [
        {"rank": rank, "id": listed.id, "listed_at": listed.listed_at, "notes": listed.notes}
        | item_body(catalogue, ref, full=full)
        for rank, (ref, listed) in enumerate(shelf.items(), start=1)
    ]


def user_body(account: Account, *, full: bool = False) -> Json:
    """A user's profile."""
    body: Json = {
        "username": account.username,
        "private": account.private,
        "deleted": False,
        "name": account.name,
        "vip": account.vip,
        "vip_ep": False,
        "director": False,
        "ids": {"slug": account.slug, "trakt": account.number},
    }
    if full:
        body |= {
            "joined_at": account.joined_at,
            "location": account.location,
            "about": account.about,
            "gender": None,
            "age": None,
            "images": {"avatar": {"full": "https://walter.trakt.tv/placeholders/medium/zebra.png"}},
        }
    return body


def list_body(account: Account, user_list: UserList) -> Json:
    """A list without its items."""
    return {
        "name": user_list.name,
        "description": user_list.description,
        "privacy": user_list.privacy,
        "share_link": f"https://trakt.tv/lists/{user_list.id}",
        "type": "personal",
        "display_numbers": user_list.display_numbers,
        "allow_comments": user_list.allow_comments,
        "sort_by": user_list.sort_by,
        "sort_how": user_list.sort_how,
        "created_at": user_list.created_at,
        "updated_at": user_list.updated_at,
        "item_count": len(user_list.items),
        "comment_count": 0,
        "likes": 0,
        "ids": {"trakt": user_list.id, "slug": user_list.slug},
        "user": user_body(account),
    }
