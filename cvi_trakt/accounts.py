"""The words for what Trakt holds for a user: the account, its lists and their entries. Frozen values, no I/O."""

from __future__ import annotations

from dataclasses import dataclass

from cvi_trakt.media import Ids
from cvi_trakt.plans import Unit, UnitKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Whose token it is, and how much the account holds; None where Trakt does not say."""

    slug: str
    name: str
    watchlist_limit: int | None = None
    list_limit: int | None = None
    items_per_list: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UserList:
    """One list of a user. ``updated_at`` is Trakt's ISO 8601 time."""

    id: int
    slug: str
    name: str
    privacy: str | None = None
    description: str | None = None
    item_count: int = 0
    updated_at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListEntry:
    """One entry of the watchlist or a list, as Trakt gives it.

    ``title``, ``year`` and ``ids`` are those of the film or show; a season or episode adds its numbers
    and, for an episode, its own title. ``listed_at`` is ISO 8601. A person in a list has only a title.
    """

    id: int | None
    rank: int | None
    type: str
    title: str
    year: int | None
    ids: Ids
    season: int | None = None
    episode: int | None = None
    episode_title: str | None = None
    listed_at: str | None = None
    notes: str | None = None

    @property
    def unit(self) -> Unit | None:
        """The entry as a unit of a target; None for a person, or where Trakt gave no number."""
        if self.type not in UnitKind.__members__.values() or self.ids.trakt is None:
            return None
        return Unit(kind=UnitKind(self.type), ids=self.ids, season=self.season, episode=self.episode)
