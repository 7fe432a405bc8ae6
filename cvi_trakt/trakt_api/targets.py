"""The watchlist and the lists of the signed-in account, as targets of a plan."""

from __future__ import annotations

from collections.abc import Sequence

from cvi_trakt.accounts import Account, UserList
from cvi_trakt.errors import TraktUnavailableError
from cvi_trakt.matches import Candidate
from cvi_trakt.media import Kind
from cvi_trakt.plans import Contents, Target, Unit, WriteAnswer
from cvi_trakt.trakt_api.client import Trakt

_WHOLE_WORKS = frozenset(Kind)
PRIVACY = "private"  # of a list that is made on the way


class AccountTargets:
    """Reads, makes and fills the targets of one account. Raises ``TraktError``."""

    def __init__(self, trakt: Trakt, account: Account) -> None:
        self.account = account
        self._trakt = trakt
        self._lists: list[UserList] | None = None

    def lists(self) -> list[UserList]:
        """Give the account's lists, read once."""
        if self._lists is None:
            self._lists = self._trakt.lists()
        return self._lists

    def read(self, target: Target) -> Contents:
        """Read a target completely; a list that is not made yet is empty."""
        entries = [] if target.is_new else self._trakt.entries(target)
        units = (entry.unit for entry in entries)
        works = (
            Candidate(kind=Kind(entry.type), title=entry.title, year=entry.year, ids=entry.ids)
            for entry in entries
            if entry.type in _WHOLE_WORKS and entry.ids.trakt is not None
        )
        return Contents(
            units=frozenset(unit.key for unit in units if unit is not None), count=len(entries), works=tuple(works)
        )

    def room(self, target: Target, used: int) -> int | None:
        """Say how many entries still fit beside the ``used`` ones; None when the account names no limit."""
        most_lists = self.account.list_limit
        if target.is_new and most_lists is not None and len(self.lists()) >= most_lists:
            return 0
        limit = self.account.watchlist_limit if target.is_watchlist else self.account.items_per_list
        return None if limit is None else max(0, limit - used)

    def make(self, target: Target) -> Target:
        """Give the target as it can be written to: a new list is made now.

        When the answer is lost the lists are read again, so that a list that was made is found, not
        made twice.
        """
        if not target.is_new:
            return target
        try:
            made = self._trakt.create_list(target.name, privacy=PRIVACY)
        except TraktUnavailableError:
            before = {one.id for one in self.lists()}
            new = [one for one in self._trakt.lists() if one.id not in before and one.name == target.name]
            if len(new) != 1:
                raise
            made = new[0]
        return Target(name=made.name or target.name, id=made.id, slug=made.slug)

    def add(self, target: Target, units: Sequence[Unit]) -> WriteAnswer:
        """Add units in one request."""
        return self._trakt.add(target, units)
