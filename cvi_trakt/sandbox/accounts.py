"""What an account holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from cvi_trakt.sandbox.catalogue import Ref
from cvi_trakt.sandbox.titles import slugify

Json = dict[str, Any]


@dataclass(slots=True, kw_only=True)
class Limits:
    """How much an account may hold; ``library`` counts the films and shows of the collection."""

    watchlist: int = 250
    lists: int = 5
    list_items: int = 250
    all_list_items: int = 1000
    favorites: int = 250
    library: int = 1000


VIP_LIMITS: Final = {
    "watchlist": 5000,
    "lists": 100,
    "list_items": 5000,
    "all_list_items": 100_000,
    "favorites": 5000,
    "library": 100_000,
}


@dataclass(slots=True, kw_only=True)
class Listed:
    """One entry of the watchlist or of a list; its place there is its rank."""

    id: int
    listed_at: str
    notes: str | None = None


Shelf = dict[Ref, Listed]


@dataclass(slots=True, kw_only=True)
class UserList:
    """A list that a person made."""

    id: int
    slug: str
    name: str
    created_at: str
    updated_at: str
    description: str | None = None
    privacy: str = "private"
    display_numbers: bool = False
    allow_comments: bool = True
    sort_by: str = "rank"
    sort_how: str = "asc"
    items: Shelf = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Collected:
    """When a film or episode was collected, and what the copy is like."""

    collected_at: str
    updated_at: str
    metadata: Json = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Play:
    """One watching of a film or an episode."""

    id: int
    ref: Ref
    watched_at: str
    action: str = "watch"


@dataclass(slots=True, kw_only=True)
class Rated:
    """A rating from 1 to 10."""

    rating: int
    rated_at: str


@dataclass(slots=True, kw_only=True)
class Account:
    """One user and all of their data. ``limits`` is None where the account states and has none."""

    slug: str
    username: str
    joined_at: str
    number: int
    name: str | None = None
    about: str | None = None
    location: str | None = None
    private: bool = False
    vip: bool = False
    limits: Limits | None = field(default_factory=Limits)
    watchlist: Shelf = field(default_factory=dict)
    lists: list[UserList] = field(default_factory=list)
    collection: dict[Ref, Collected] = field(default_factory=dict)
    history: list[Play] = field(default_factory=list)
    ratings: dict[Ref, Rated] = field(default_factory=dict)
    activities: dict[str, str] = field(default_factory=dict)

    def refs(self) -> Iterator[Ref]:
        """Give every film, show, season and episode the account has to do with."""
        yield from self.watchlist
        for user_list in self.lists:
            yield from user_list.items
        yield from self.collection
        yield from self.ratings
        yield from (play.ref for play in self.history)

    def note(self, at: str, *whats: str) -> None:
        """Remember when each kind of data last changed: ``movies.watched_at``."""
        for what in whats:
            self.activities[what] = at


def list_slug(name: str, number: int, taken: set[str]) -> str:
    """Derive a list's slug from its name; a name without Latin letters gives the list's number."""
    base = slugify(name) or str(number)
    slug, suffix = base, 2
    while slug in taken:
        slug, suffix = f"{base}-{suffix}", suffix + 1
    return slug
