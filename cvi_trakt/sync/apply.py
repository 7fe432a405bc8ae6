"""Carries a plan out in bulk writes, and knows of each work what became of it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from cvi_trakt.errors import (
    AccountLimitError,
    CviError,
    ItemNotFoundError,
    RequestRefusedError,
    TraktUnavailableError,
)
from cvi_trakt.plans import Contents, Outcome, Plan, Result, Target, Unit, UnitKey, WriteAnswer

BATCH = 100  # what Trakt's own importer sends
SENDINGS = 2  # a batch whose answer was lost is read back, and what is missing sent once more
NAMED = 5  # parts of a work that a line names

log = logging.getLogger(__name__)


class Writer(Protocol):
    """A target that can be read completely and added to."""

    def read(self, target: Target) -> Contents:
        """Read the target completely."""
        ...

    def add(self, target: Target, units: Sequence[Unit]) -> WriteAnswer:
        """Add units in one request."""
        ...


class Application:
    """One plan being applied; ``tell`` hears when a batch is uncertain and the target is read again.

    Attributes:
        stopped: what ended the writing before its end, if anything did; what had been sent stays.
    """

    def __init__(self, plan: Plan, writer: Writer, *, tell: Callable[[str], None]) -> None:
        self.stopped: CviError | KeyboardInterrupt | None = None
        self._plan = plan
        self._writer = writer
        self._tell = tell
        self._added: set[UnitKey] = set()
        self._failed: dict[UnitKey, tuple[Result, str]] = {}

    def outcomes(self) -> Iterator[Outcome]:
        """Write batch by batch, and give each work's outcome as soon as it and all before it are known."""
        queue = [
            unit for outcome in self._plan.outcomes if outcome.result is Result.WOULD_ADD for unit in outcome.units
        ]
        sent = 0
        for outcome in self._plan.outcomes:
            while outcome.result is Result.WOULD_ADD and not self._is_known(outcome):
                self._guarded(queue[sent : sent + BATCH])
                sent += BATCH
            yield self._settle(outcome)

    def _is_known(self, outcome: Outcome) -> bool:
        return all(unit.key in self._added or unit.key in self._failed for unit in outcome.units)

    def _settle(self, outcome: Outcome) -> Outcome:
        if outcome.result not in (Result.WOULD_ADD, Result.EXISTING):
            return outcome
        failed = [unit for unit in outcome.units if unit.key in self._failed]
        if failed:
            result, why = self._failed[failed[0].key]
            return replace(outcome, result=result, reason=_only(failed, outcome.units, why))
        return replace(outcome, result=Result.ADDED) if outcome.result is Result.WOULD_ADD else outcome

    def _guarded(self, units: Sequence[Unit]) -> None:
        """Send a batch; whatever ends the writing is kept, and the rest is said to be not sent."""
        if self.stopped is not None:
            self._fail(units, *self._rest())
            return
        try:
            self._send(units)
        except AccountLimitError as error:
            self.stopped = error
            self._fail(units, Result.OVER_LIMIT, str(error))
        except CviError as error:
            self.stopped = error
            self._fail(units, Result.FAILED, str(error))
        except KeyboardInterrupt as signal:
            self.stopped = signal
            self._fail(units, Result.FAILED, "stopped while it was being sent; the next run settles it")

    def _rest(self) -> tuple[Result, str]:
        if isinstance(self.stopped, AccountLimitError):
            return Result.OVER_LIMIT, str(self.stopped)
        return Result.FAILED, "not sent: the run was stopped before"

    def _send(self, units: Sequence[Unit], sending: int = 1) -> None:
        try:
            answer = self._writer.add(self._plan.target, units)
        except (RequestRefusedError, ItemNotFoundError) as error:
            if len(units) == 1:
                self._fail(units, Result.FAILED, str(error))
                return
            half = len(units) // 2
            self._send(units[:half])
            self._send(units[half:])
        except TraktUnavailableError as error:
            missing = self._read_back(units, "the answer was lost")
            if missing and sending == SENDINGS:
                raise error from None
            if missing:
                self._send(missing, sending + 1)
        else:
            if answer == WriteAnswer(added=len(units), existing=0, not_found=0):
                self._added.update(unit.key for unit in units)
            else:
                log.debug("%d sent, answer %s", len(units), answer)
                missing = self._read_back(units, "Trakt's counts disagree with what was sent")
                self._fail(missing, Result.FAILED, "Trakt did not take it: it knows no such item")

    def _read_back(self, units: Sequence[Unit], why: str) -> list[Unit]:
        """Note which units of an uncertain batch are in the target now, and give those that are not."""
        items = "1 item" if len(units) == 1 else f"{len(units)} items"
        self._tell(f"Uncertain what became of {items} ({why}): reading {self._plan.target.name} again")
        present = self._writer.read(self._plan.target).units
        self._added.update(unit.key for unit in units if unit.key in present)
        return [unit for unit in units if unit.key not in present]

    def _fail(self, units: Sequence[Unit], result: Result, why: str) -> None:
        self._failed.update((unit.key, (result, why)) for unit in units if unit.key not in self._added)


def _only(failed: Sequence[Unit], units: Sequence[Unit], why: str) -> str:
    """Say which part of a work it is that failed, when the rest did not."""
    if len(failed) == len(units):
        return why
    named = ", ".join(_number(unit) for unit in failed[:NAMED])
    more = f" and {len(failed) - NAMED} more" if len(failed) > NAMED else ""
    return f"{named}{more} of {len(units)}: {why}"


def _number(unit: Unit) -> str:
    return f"S{unit.season or 0:02d}" + (f"E{unit.episode:02d}" if unit.episode is not None else "")
