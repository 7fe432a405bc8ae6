"""What the target of a run holds, read when it is first needed."""

from __future__ import annotations

import time

from cvi_trakt.matches import Candidate
from cvi_trakt.plans import Contents, Target
from cvi_trakt.trakt_api.targets import AccountTargets

STILL_SECONDS = 60.0  # for which what was read of the target is taken to be so still


class There:
    """What the target holds, read when it is first needed; old after a minute."""

    def __init__(self, target: Target, targets: AccountTargets | None) -> None:
        self._target = target
        self._targets = targets
        self._contents: Contents | None = None
        self._read_at = 0.0

    def works(self) -> tuple[Candidate, ...]:
        """Give the films and shows; none without a sign-in."""
        if self._contents is None and self._targets is not None:
            self._contents, self._read_at = self._targets.read(self._target), time.monotonic()
        return self._contents.works if self._contents is not None else ()

    def still(self) -> Contents | None:
        """Give what was read, if it was lately."""
        return self._contents if time.monotonic() - self._read_at < STILL_SECONDS else None
