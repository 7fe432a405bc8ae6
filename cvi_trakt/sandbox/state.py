"""Everything the sandbox remembers: accounts and sign-ins, behind one lock, kept in a file if asked."""

from __future__ import annotations

import json
import os
import secrets
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock
from typing import Any

from cvi_trakt.errors import InputError
from cvi_trakt.sandbox import TOKEN, USER
from cvi_trakt.sandbox.accounts import Account
from cvi_trakt.sandbox.catalogue import Ref
from cvi_trakt.sandbox.seeds import account_from_json, account_to_json

_NEVER = 2**53


def timestamp(moment: datetime) -> str:
    """Spell a time as Trakt does."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03}Z"


@dataclass(slots=True, kw_only=True)
class Grant:
    """One sign-in. Times are seconds since 1970; an empty ``refresh`` cannot be refreshed."""

    user: str
    access: str
    refresh: str
    created_at: int
    expires_at: int


class State:
    """All accounts and sign-ins.

    Whoever reads or changes them does so within ``transaction``, which also writes the file, so
    that an answer is only ever sent for what is already kept. ``holds`` says what the catalogue
    has. Raises ``InputError`` for a file that cannot be read or written.
    """

    def __init__(self, *, file: Path | None, now: Callable[[], datetime], holds: Callable[[Ref], bool]) -> None:
        self.now = now
        self._holds = holds
        self.accounts: dict[str, Account] = {}
        self.grants: list[Grant] = []
        self._file = file
        self._lock = RLock()
        self._changed = False
        self._last_number = 0
        if file is not None and file.exists() and file.stat().st_size:
            self._load(file)
        else:
            self.reset()
            self._start(file)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold everything still; keep what was changed."""
        with self._lock:
            try:
                yield
            finally:
                if self._changed and self._file is not None:
                    self._save(self._file)
                self._changed = False

    def changed(self) -> str:
        """Say that something is being changed; gives the time to note for it."""
        self._changed = True
        return timestamp(self.now())

    def number(self) -> int:
        """Give out a number that was never used before."""
        self._changed = True
        self._last_number += 1
        return self._last_number

    def reset(self) -> None:
        """Forget everything but the ready account, which is empty again."""
        self.accounts.clear()
        self.grants.clear()
        self._last_number = 1000
        self.seed({USER: {"name": "Sandy", "joined_at": "2020-01-01T00:00:00.000Z"}})
        self.grants.append(Grant(user=USER, access=TOKEN, refresh="", created_at=0, expires_at=_NEVER))

    def seed(self, accounts: Mapping[str, Mapping[str, Any]]) -> None:
        """Set the given parts of accounts; new accounts are made, other parts stay.

        Raises ``KeyError``, ``TypeError`` or ``ValueError`` for what is not an account, before
        anything is changed.
        """
        at, made = self.changed(), {}
        for slug, parts in accounts.items():
            known = account_to_json(self.accounts[slug]) if slug in self.accounts else {}
            if "vip" in parts and "limits" not in parts:
                known.pop("limits", None)
            made[slug] = account_from_json(slug, known | dict(parts), self.number, at)
            for ref in made[slug].refs():
                if not self._holds(ref):
                    raise ValueError(f"not in the catalogue: {ref}")
        self.accounts.update(made)

    def sign_in(self, user: str, life: int) -> Grant:
        """Give out a new pair of tokens for ``life`` seconds."""
        self.changed()
        now = int(self.now().timestamp())
        grant = Grant(
            user=user,
            access=secrets.token_hex(32),
            refresh=secrets.token_hex(32),
            created_at=now,
            expires_at=now + life,
        )
        self.grants.append(grant)
        return grant

    def grant_of(self, access: str) -> Grant | None:
        """Find the sign-in of an access token that is still good."""
        now = self.now().timestamp()
        for grant in self.grants:
            if grant.access == access and now < grant.expires_at and grant.user in self.accounts:
                return grant
        return None

    def take_refresh(self, refresh: str) -> Grant | None:
        """Use up a refresh token and its access token; a used one is not found again."""
        for grant in self.grants:
            if refresh and grant.refresh == refresh:
                self.changed()
                self.grants.remove(grant)
                return grant
        return None

    def revoke(self, token: str) -> None:
        """End the sign-in that a token of either kind belongs to."""
        self.changed()
        self.grants = [grant for grant in self.grants if token not in (grant.access, grant.refresh)]

    def expire_all(self) -> None:
        """Let every access token end now; refresh tokens stay good."""
        self.changed()
        for grant in self.grants:
            grant.expires_at = 0

    def _start(self, file: Path | None) -> None:
        try:
            with self.transaction():
                pass
        except OSError as error:
            raise InputError(f"{file}: cannot be written ({error.strerror})") from error

    def _save(self, file: Path) -> None:
        content = {
            "last_number": self._last_number,
            "accounts": {slug: account_to_json(account) for slug, account in self.accounts.items()},
            "grants": [asdict(grant) for grant in self.grants],
        }
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as out:
                json.dump(content, out, ensure_ascii=False)
                out.flush()
                os.fsync(out.fileno())
            Path(name).replace(file)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    def _load(self, file: Path) -> None:
        try:
            content = json.loads(file.read_text("utf-8"))
            self._last_number = content["last_number"]
            self.grants = [Grant(**grant) for grant in content["grants"]]
            self.seed(content["accounts"])
        except OSError as error:
            raise InputError(f"{file}: cannot be read ({error.strerror})") from error
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise InputError(f"{file}: not a state file of the sandbox ({error})") from error
        self._changed = False
