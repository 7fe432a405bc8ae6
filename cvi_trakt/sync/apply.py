"""Carries a plan out in bulk writes, and knows of each work what became of it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from cvi_trakt.errors import AccountLimitError, CviError, RequestRefusedError, TraktUnavailableError
from cvi_trakt.plans import Contents, Outcome, Plan, Result, Target, Unit, UnitKey, WriteAnswer

BATCH = 100  # what Trakt's own importer sends
SENDINGS = 2  # a batch whose answer was lost is read back, and what is missing sent once more
REFUSALS = 10  # batches refused with nothing accepted in between, before the halving is given up
NAMED = 5  # parts of a work that a line names
UNKNOWN_ITEM = "Trakt knows no such item"

log = logging.getLogger(__name__)


class Writer(Protocol):
    """A target that can be read completely and added to."""

    def make(self, target: Target) -> Target:
        """Give the target as it can be written to: a list that is not there is made."""
        ...

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
        self._target = plan.target
        self._writer = writer
        self._tell = tell
        self._queue = [unit for one in plan.outcomes if one.result is Result.WOULD_ADD for unit in one.units]
        self._sent = 0
        self._refusals = 0
        self._added: set[UnitKey] = set()
        self._already: set[UnitKey] = set()  # somebody else added them after our read
        self._uncertain: set[UnitKey] = set()  # some of these: Trakt says how many, not which
        self._failed: dict[UnitKey, tuple[Result, str]] = {}

    def outcomes(self, after: int = 0) -> Iterator[Outcome]:
        """Write batch by batch, and give each work's outcome as soon as it and all before it are known.

        ``after`` leaves out so many: a caller that was interrupted goes on where it was.
        """
        for outcome in self._plan.outcomes[after:]:
            while outcome.result is Result.WOULD_ADD and not self._is_known(outcome):
                batch = self._queue[self._sent : self._sent + BATCH]
                self._sent += BATCH
                self._guarded(batch)
            yield self._settle(outcome)

    def stop(self, signal: KeyboardInterrupt) -> None:
        """Send nothing more."""
        self.stopped = self.stopped or signal
        unsettled = [unit for unit in self._queue[: self._sent] if not self._has_settled(unit)]
        self._fail(unsettled, Result.FAILED, "stopped while it was being sent; the next run settles it")

    def _is_known(self, outcome: Outcome) -> bool:
        return all(self._has_settled(unit) for unit in outcome.units)

    def _has_settled(self, unit: Unit) -> bool:
        return unit.key in self._added or unit.key in self._already or unit.key in self._failed

    def _settle(self, outcome: Outcome) -> Outcome:
        if outcome.result not in (Result.WOULD_ADD, Result.EXISTING):
            return outcome
        added = tuple(unit for unit in outcome.units if unit.key in self._added)
        failed = [unit for unit in outcome.units if unit.key in self._failed]
        if failed:
            result, why = self._failed[failed[0].key]
            return replace(outcome, result=result, reason=_only(failed, outcome.units, why), added=added)
        if outcome.result is Result.EXISTING:
            return outcome
        reason = outcome.reason
        if any(unit.key in self._uncertain for unit in added):
            reason = f"{reason}; uncertain: it may have been added by somebody else meanwhile"
        return replace(outcome, result=Result.ADDED if added else Result.EXISTING, added=added, reason=reason)

    def _guarded(self, units: Sequence[Unit]) -> None:
        """Send a batch; whatever ends the writing is kept, and the rest is said to be not sent."""
        if self.stopped is not None:
            self._fail(units, *self._rest())
            return
        try:
            self._target = self._writer.make(self._target)
            self._send(units)
        except AccountLimitError as error:
            self.stopped = error
            self._fail(units, Result.OVER_LIMIT, str(error))
        except CviError as error:
            self.stopped = error
            self._fail(units, Result.FAILED, str(error))
        except KeyboardInterrupt as signal:
            self.stop(signal)

    def _rest(self) -> tuple[Result, str]:
        if isinstance(self.stopped, AccountLimitError):
            return Result.OVER_LIMIT, str(self.stopped)
        return Result.FAILED, "not sent: the run was stopped before"

    def _send(self, units: Sequence[Unit], sending: int = 1) -> None:
        try:
            answer = self._writer.add(self._target, units)
        except RequestRefusedError as error:
            if not error.is_about_an_item:
                raise
            self._refusals += 1
            if self._refusals > REFUSALS and not self._added:
                raise  # not one item passes: it is not about the items
            if len(units) == 1:
                self._fail(units, Result.FAILED, str(error))
                return
            half = len(units) // 2
            self._send(units[:half])
            self._send(units[half:])
        except TraktUnavailableError as error:
            there, missing = self._read_back(units, "the answer was lost")
            self._added.update(unit.key for unit in there)
            if missing and sending == SENDINGS:
                raise error from None
            if missing:
                self._send(missing, sending + 1)
        else:
            if answer == WriteAnswer(added=len(units), existing=0, not_found=0):
                self._added.update(unit.key for unit in units)
            else:
                self._compare(units, answer)

    def _compare(self, units: Sequence[Unit], answer: WriteAnswer) -> None:
        """Settle a batch whose counts are not what was sent: only a second look says which units it was."""
        log.debug("%d sent, answer %s", len(units), answer)
        if answer.added + answer.existing + answer.not_found == len(units) and not answer.existing:
            why = f"Trakt does not know {answer.not_found} of them"
        else:
            why = "Trakt's counts disagree with what was sent"
        there, missing = self._read_back(units, why)
        (self._added if answer.added else self._already).update(unit.key for unit in there)
        if answer.added and answer.existing:
            self._uncertain.update(unit.key for unit in there)
        self._fail(missing, Result.FAILED, UNKNOWN_ITEM)

    def _read_back(self, units: Sequence[Unit], why: str) -> tuple[list[Unit], list[Unit]]:
        """Tell the units of an uncertain batch that are in the target now from those that are not."""
        items = "1 item" if len(units) == 1 else f"{len(units)} items"
        self._tell(f"Uncertain: sent {items}, {why}; reading {self._target.name} again")
        present = self._writer.read(self._target).units
        there = [unit for unit in units if unit.key in present]
        return there, [unit for unit in units if unit.key not in present]

    def _fail(self, units: Sequence[Unit], result: Result, why: str) -> None:
        self._failed.update((unit.key, (result, why)) for unit in units if not self._has_settled(unit))


def _only(failed: Sequence[Unit], units: Sequence[Unit], why: str) -> str:
    """Say which part of a work it is that failed, when the rest did not."""
    if len(failed) == len(units):
        return why
    named = ", ".join(_number(unit) for unit in failed[:NAMED])
    more = f" and {len(failed) - NAMED} more" if len(failed) > NAMED else ""
    return f"{why}: {named}{more} ({len(failed)} of {len(units)})"


def _number(unit: Unit) -> str:
    return f"S{unit.season or 0:02d}" + (f"E{unit.episode:02d}" if unit.episode is not None else "")
