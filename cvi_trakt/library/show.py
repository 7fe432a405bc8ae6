"""Shows lists and what is on them, as a table for people and as JSON for programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cvi_trakt.accounts import ListEntry, UserList
from cvi_trakt.columns import table
from cvi_trakt.library.lists import MAIN


def lists_json(lists: Sequence[UserList], watchlist_count: int) -> list[dict[str, Any]]:
    """Give the lists as JSON; the main watchlist comes first."""
    main = {
        "id": None, "slug": MAIN, "name": "Watchlist", "privacy": None, "description": None,
        "item_count": watchlist_count, "updated_at": None,
    }  # fmt: skip
    return [main, *(_list_json(one) for one in lists)]


def _list_json(one: UserList) -> dict[str, Any]:
    return {
        "id": one.id, "slug": one.slug, "name": one.name, "privacy": one.privacy,
        "description": one.description, "item_count": one.item_count, "updated_at": one.updated_at,
    }  # fmt: skip


def entry_json(entry: ListEntry) -> dict[str, Any]:
    """Give one entry as JSON; ``media_type`` says ``movie`` or ``tv`` as other programs do."""
    found: dict[str, Any] = {
        "id": entry.id,
        "rank": entry.rank,
        "title": entry.title,
        "year": entry.year,
        "type": entry.type,
        "media_type": "movie" if entry.type == "movie" else "tv",
        "tmdb_id": entry.ids.tmdb,
        "imdb_id": entry.ids.imdb,
        "ids": entry.ids.known(),
        "listed_at": entry.listed_at,
        "notes": entry.notes,
    }
    if entry.season is not None:
        found["season"] = entry.season
    if entry.episode is not None:
        found |= {"episode": entry.episode, "episode_title": entry.episode_title}
    return found


def entries_json(entries: Sequence[ListEntry]) -> list[dict[str, Any]]:
    """Give entries as JSON."""
    return [entry_json(entry) for entry in entries]


def lists_table(lists: Sequence[dict[str, Any]]) -> list[str]:
    """Give the lists as a table."""
    rows = [(one["name"], one["slug"], str(one["item_count"]), one["privacy"] or "-") for one in lists]
    return table(("NAME", "SLUG", "ITEMS", "PRIVACY"), rows, right=(2,))


def entries_table(entries: Sequence[ListEntry]) -> list[str]:
    """Give entries as a table."""
    rows = [
        (
            str(entry.rank or ""),
            _full_title(entry),
            str(entry.year or "-"),
            entry.type,
            (entry.listed_at or "-")[:10],
        )
        for entry in entries
    ]
    return table(("#", "TITLE", "YEAR", "TYPE", "LISTED"), rows, right=(0,))


def _full_title(entry: ListEntry) -> str:
    if entry.season is None:
        return entry.title
    number = f"S{entry.season:02d}" + (f"E{entry.episode:02d}" if entry.episode is not None else "")
    return f"{entry.title} {number}" + (f" {entry.episode_title}" if entry.episode_title else "")
