"""The stages in order: scan results → selection → identities → works → matches (→ choices) → plan → outcomes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from cvi_trakt.arrivals import in_idle_time
from cvi_trakt.choices import Back
from cvi_trakt.identify.neighbours import agreed
from cvi_trakt.identify.parts import without_torn
from cvi_trakt.identify.works import group
from cvi_trakt.matches import Match, Sure
from cvi_trakt.media import IdentifiedFile, Identity, Level, ScanResult, Skipped, Status, Subject, Work
from cvi_trakt.plans import Contents, Plan, Target
from cvi_trakt.scan.results.reader import ScanReader, read_scan
from cvi_trakt.scan.results.tally import STDIN
from cvi_trakt.scan.select import select
from cvi_trakt.sync.plan import Decided, make_plan


class Progress(Protocol):
    """Hears how far a stage is."""

    def __call__(self, done: int, total: int | None, label: str) -> None:
        """Take the number done, the number in all if it is known, and what is at work."""
        ...


class Names(Protocol):
    """Says what files are."""

    def identity(self, result: ScanResult) -> Identity:
        """Say what one file is."""
        ...

    def identities(self, results: Sequence[ScanResult], progress: Progress) -> Iterator[IdentifiedFile]:
        """Say what many files are, in their order."""
        ...


class Targets(Protocol):
    """What an account's targets hold, and how much more fits."""

    def read(self, target: Target) -> Contents:
        """Read a target completely."""
        ...

    def room(self, target: Target, used: int) -> int | None:
        """Say how many entries fit beside the used ones; None for no limit."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which scan results take part; ``base`` is the folder that relative paths count from."""

    statuses: Collection[Status]
    assume_healthy: bool = False
    limit: int | None = None
    base: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """The works of all inputs. ``damaged`` says of each input that was cut off how."""

    subjects: tuple[Subject, ...]
    filtered: Mapping[Status, int]
    damaged: tuple[str, ...]


def open_inputs(
    names: Iterable[str], stdin: Callable[[], BinaryIO], warn: Callable[[str], None]
) -> Iterator[ScanReader]:
    """Open every file now, so that a wrong one is known before any request; ``-`` when its turn comes."""
    every = tuple(dict.fromkeys(names))
    files = {name: read_scan(name, None, warn=warn) for name in every if name != STDIN}
    return (read_scan(STDIN, stdin(), warn=warn) if name == STDIN else files[name] for name in every)


def collect(
    inputs: Iterable[ScanReader],
    selection: Selection,
    names: Names,
    *,
    early: Callable[[Work], object] | None,
    progress: Progress,
) -> Collected:
    """Read the inputs, keep the chosen files, say what each is, and put them into works.

    ``early`` is called with a provisional work for each file of a stream while the stream is
    silent, so that searching need not wait for its end; None where nothing arrives slowly.
    """

    def look_ahead(result: ScanResult) -> None:
        if early is not None and result.status in selection.statuses:
            file = IdentifiedFile(result=result, identity=names.identity(result))
            for work in works_of(group([file], base=selection.base)):
                early(work)

    merged: dict[str, ScanResult] = {}
    damaged: list[str] = []
    for reader in inputs:
        for result in in_idle_time(reader, look_ahead) if early is not None else reader:
            merged[result.path] = result
            progress(len(merged), None, "files read")
        summary = reader.summary()
        if summary.damaged:
            damaged.append(f"{summary.name}: {summary.damaged}")
    chosen = select(merged.values(), selection.statuses, assume_healthy=selection.assume_healthy)
    files = list(names.identities(chosen.kept, progress))
    whole = without_torn(files, chosen.left_out, names.identity, base=selection.base)
    works = group(agreed(whole, base=selection.base), base=selection.base)
    subjects = _first_works(works, selection.limit)
    return Collected(subjects=tuple(subjects), filtered=chosen.filtered, damaged=tuple(damaged))


def _first_works(subjects: Iterable[Subject], limit: int | None) -> Iterator[Subject]:
    """Give the subjects up to so many works; what is skipped on the way does not count."""
    works = 0
    for subject in subjects:
        if works == limit:
            return
        works += isinstance(subject, Work)
        yield subject


def works_of(subjects: Iterable[Subject]) -> Iterator[Work]:
    """Give the works among the subjects."""
    return (subject for subject in subjects if isinstance(subject, Work))


def decide_all(
    subjects: Collection[Subject],
    match: Callable[[Work], Match],
    progress: Progress,
    *,
    choose: Callable[[Match, str], Match | Back] | None,
) -> tuple[Decided, ...]:
    """Match every work, in the order of the input.

    ``choose`` lets a person say what a match is, or go back to a work before it: that one and what
    follows is then decided anew. None asks nobody.
    """
    every = tuple(subjects)
    decided: list[Decided] = []
    while len(decided) < len(every):
        number, subject = len(decided) + 1, every[len(decided)]
        progress(number, len(every), subject.title if isinstance(subject, Work) else subject.reason)
        if isinstance(subject, Skipped):
            decided.append(subject)
            continue
        found = match(subject)
        chosen = found if choose is None else choose(found, f"({number}/{len(every)}) ")
        if isinstance(chosen, Back):
            del decided[every.index(chosen.work) :]
        else:
            decided.append(chosen)
    return tuple(decided)


def plan(
    decided: Iterable[Decided], target: Target, level: Level, targets: Targets | None, there: Contents | None
) -> Plan:
    """Plan the adds; ``targets`` None means that nobody is signed in, so that nothing counts as there.

    ``there`` is what the target held when the run began, None where that is too long ago: then it is
    read again, if there is anything to add.
    """
    every = tuple(decided)
    if targets is None or not any(isinstance(one, Sure) for one in every):
        return make_plan(every, target=target, present=frozenset(), room=None, level=level)
    now = targets.read(target) if there is None else there
    room = targets.room(target, now.count)
    return make_plan(every, target=target, present=now.units, room=room, level=level)
