"""The watchlist and the lists of the signed-in account, as targets of a plan."""

from __future__ import annotations

from collections.abc import Sequence

from cvi_trakt.accounts import Account
from cvi_trakt.plans import Contents, Target, Unit, WriteAnswer
from cvi_trakt.trakt_api.client import Trakt


class AccountTargets:
    """Reads, makes and fills the targets of one account. Raises ``TraktError``."""

    def __init__(self, trakt: Trakt, account: Account) -> None:
        self._trakt = trakt
        self.account = account

    def read(self, target: Target) -> Contents:
        """Read a target completely; a list that is not made yet is empty."""
        entries = [] if target.is_new else self._trakt.entries(target)
        units = (entry.unit for entry in entries)
        return Contents(units=frozenset(unit.key for unit in units if unit is not None), count=len(entries))

    def room(self, target: Target, used: int) -> int | None:
        """Say how many entries still fit beside the ``used`` ones; None when the account names no limit."""
        limit = self.account.watchlist_limit if target.is_watchlist else self.account.items_per_list
        return None if limit is None else max(0, limit - used)

    def make(self, target: Target, *, privacy: str) -> Target:
        """Give the target as it can be written to: a new list is made now, and addressed by Trakt's slug."""
        if not target.is_new:
            return target
        made = self._trakt.create_list(target.name, privacy=privacy)
        return Target(name=made.name or target.name, slug=made.slug)

    def add(self, target: Target, units: Sequence[Unit]) -> WriteAnswer:
        """Add units in one request."""
        return self._trakt.add(target, units)
