"""Counts what one input holds, and says what is left out of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from cvi_trakt.errors import InputError
from cvi_trakt.media import ScanResult
from cvi_trakt.scan.results.record import DeletedFileError, to_result
from cvi_trakt.scan.results.verdict import RecordError

STDIN = "-"  # the name of standard input among the inputs
ENDS_IN_A_RECORD = "ends in the middle of a record"
SHAPES_THAT_DO = "give JSON, JSON Lines, CSV or SQLite with a result for each file, or a list of paths"

_WARNINGS_IN_FULL = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanInput:
    """What one input was, known once it is exhausted.

    ``name`` is as messages spell it. ``records`` counts the usable ones, ``dropped`` those left out.
    ``damaged`` says in words why the input is not whole; None: it is.
    """

    name: str
    records: int
    dropped: int
    damaged: str | None


def shown(name: str) -> str:
    """Give the name of an input as messages spell it."""
    return "standard input" if name == STDIN else name


class Tally:
    """Takes the records of one input one by one, and keeps the counts that its summary needs."""

    def __init__(self, name: str, warn: Callable[[str], None]) -> None:
        self.records = 0
        self.damaged: str | None = None
        self._name = shown(name)
        self._warn = warn
        self._unusable = 0
        self._deleted = 0
        self._unknown_words: Counter[str] = Counter()

    @property
    def position(self) -> int:
        """How many records there were so far, usable or not."""
        return self.records + self._unusable + self._deleted

    def convert(self, raw: object) -> ScanResult | None:
        """Read one record, or warn with its number and give None."""
        try:
            result = to_result(raw, self._count_word)
        except DeletedFileError:
            self._deleted += 1
            return None
        except RecordError as error:
            self.leave_out(str(error))
            return None
        return self.keep(result)

    def keep(self, result: ScanResult) -> ScanResult:
        """Count a usable record."""
        self.records += 1
        return result

    def leave_out(self, why: str) -> None:
        """Count a record that cannot be used; the first ten are told one by one."""
        self._unusable += 1
        if self._unusable <= _WARNINGS_IN_FULL:
            self._warn(f"{self._name}: record {self.position}: {why}; left out")

    def pass_over(self, count: int) -> None:
        """Say that entries stand beside the records which another list of the same document outranks."""
        self._warn(f"{self._name}: {count} {_entries(count)} beside the results {_are(count)} no results; passed over")

    def damage(self, words: str) -> None:
        """Note that the input is not whole; what was noted first stays."""
        self.damaged = self.damaged or words

    def finish(self) -> ScanInput:
        """Say the rest of the warnings, and sum up.

        Raises ``InputError`` when there were records, or a beginning of them, and none is usable.
        """
        name = self._name
        if more := max(0, self._unusable - _WARNINGS_IN_FULL):
            self._warn(f"{name}: {more} more {_records(more)} left out for the same kinds of reason")
        if self._deleted:
            self._warn(f"{name}: {self._deleted} {_records(self._deleted)} of deleted files left out")
        self._warn_of_words()
        if self.records == 0 and self.damaged:
            raise InputError(f"{name}: {self.damaged}, and nothing before that can be used; scan again")
        if self.records == 0 and self._unusable:
            raise InputError(f"{name}: not one of {self.position} records can be used; {SHAPES_THAT_DO}")
        return ScanInput(
            name=name,
            records=self.records,
            dropped=self._unusable + self._deleted,
            damaged=self.damaged,
        )

    def _count_word(self, word: str) -> None:
        self._unknown_words[word] += 1

    def _warn_of_words(self) -> None:
        told = self._unknown_words.most_common(_WARNINGS_IN_FULL)
        for word, count in told:
            who = f"{count} {_records(count)} {'says' if count == 1 else 'say'}"
            self._warn(f"{self._name}: {who} {word}, which is not a known status: taken as SUSPICIOUS")
        if more := self._unknown_words.total() - sum(count for _, count in told):
            self._warn(f"{self._name}: {more} more {_records(more)} with other such words: taken as SUSPICIOUS")


def _entries(count: int) -> str:
    return "entry" if count == 1 else "entries"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _records(count: int) -> str:
    return "record" if count == 1 else "records"
