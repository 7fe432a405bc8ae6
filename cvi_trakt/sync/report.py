"""Says what became of each work: the transcript, the summary, the JSON and the exit code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cvi_trakt.errors import ExitCode
from cvi_trakt.matches import Held, Sure
from cvi_trakt.media import Film, Kind, NotAWork, Skipped
from cvi_trakt.plans import SAME_AS, Outcome, Result, Target, UnitKind

RULE = "=" * 50
SHOWN = 3  # candidates of a held work that are named
_DONE = (Result.ADDED, Result.WOULD_ADD)
_QUIET = (Result.ADDED, Result.WOULD_ADD, Result.EXISTING)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """The numbers of a run. ``total`` counts works without the skipped; ``failed`` includes not found and held."""

    total: int
    movies_added: int
    shows_added: int
    episodes_added: int
    failed: int
    existing: int
    held: int
    skipped: int
    over_limit: int

    @property
    def success_rate(self) -> float:
        """Added and existing works in percent of all, with one decimal; 0.0 when there are none."""
        done = self.movies_added + self.shows_added + self.existing
        return round(100 * done / self.total, 1) if self.total else 0.0


def count(outcomes: Iterable[Outcome]) -> Counts:
    """Count outcomes."""
    every = list(outcomes)
    added = [one for one in every if one.result in _DONE]
    films = sum(isinstance(one.match, Sure) and one.match.candidate.kind is Kind.MOVIE for one in added)
    by = {result: sum(one.result is result for one in every) for result in Result}
    return Counts(
        total=len(every) - by[Result.SKIPPED],
        movies_added=films,
        shows_added=len(added) - films,
        episodes_added=sum(unit.kind is UnitKind.EPISODE for one in every for unit in one.added),
        failed=by[Result.NOT_FOUND] + by[Result.HELD] + by[Result.FAILED],
        existing=by[Result.EXISTING],
        held=by[Result.HELD],
        skipped=by[Result.SKIPPED],
        over_limit=by[Result.OVER_LIMIT],
    )


def title_of(outcome: Outcome) -> tuple[str, int | None, str]:
    """Give title, year and type as they are shown: Trakt's when matched, the file's when not."""
    subject = outcome.subject
    if isinstance(subject, Skipped):
        identity = subject.file.identity
        if isinstance(identity, NotAWork):
            return _base_name(subject.path), None, "file"
        return identity.title, identity.year, "movie" if isinstance(identity, Film) else "show"
    if isinstance(outcome.match, Sure):
        candidate = outcome.match.candidate
        return candidate.title, candidate.year, str(candidate.kind)
    return subject.title, subject.year, str(subject.kind)


def heading(outcome: Outcome) -> str:
    """Give the title as a line shows it: ``The Matrix (1999) [movie]``."""
    return named(*title_of(outcome))


def named(title: str, year: int | None, kind: str) -> str:
    """Give title, year and type in one: ``The Matrix (1999) [movie]``."""
    return f"{title} ({year}) [{kind}]" if year else f"{title} [{kind}]"


def verdict(outcome: Outcome, target: Target) -> str:
    """Give what became of a work, in the words of the transcript."""
    match outcome.result:
        case Result.ADDED:
            return f"✅ Added to {target.name}"
        case Result.WOULD_ADD:
            return "✅ Would be added"
        case Result.EXISTING:
            twin = outcome.reason if outcome.reason.startswith(SAME_AS) else ""
            return f"✅ Already there ({twin})" if twin else "✅ Already there"
        case Result.NOT_FOUND:
            return "❌ Not found on Trakt"
        case Result.HELD:
            number = len(outcome.match.candidates) if isinstance(outcome.match, Held) else 0
            candidates = f" ({number} candidate{'' if number == 1 else 's'})" if number else ""
            return f"⏸ Held for review{candidates}"
        case Result.SKIPPED:
            return f"⏭ Skipped: {outcome.reason}"
        case Result.OVER_LIMIT:
            return "❌ Over the account limit"
        case Result.FAILED:
            return f"❌ Failed: {outcome.reason}"


def block(outcome: Outcome, target: Target, number: int, total: int) -> list[str]:
    """Give the lines that ``--verbose`` prints for a work: two, and what a held one waits for."""
    lines = [f"  ({number}/{total}) Processing: {heading(outcome)}", f"    {verdict(outcome, target)}"]
    return lines + [f"      {line}" for line in _what_it_waits_for(outcome)]


def notable(outcome: Outcome, target: Target) -> str | None:
    """Give the one line for a work that is not simply added or there; None for the others."""
    if outcome.result in _QUIET:
        return None
    line = f"{verdict(outcome, target)}: {heading(outcome)} - {outcome.subject.path}"
    reason, *names = _what_it_waits_for(outcome) or [""]
    return " - ".join(part for part in (line, ": ".join(filter(None, (reason, ", ".join(names))))) if part)


def _what_it_waits_for(outcome: Outcome) -> list[str]:
    """Give the reason why a work is held, and its nearest candidates."""
    if not isinstance(outcome.match, Held):
        return []
    names = [named(one.candidate.title, one.candidate.year, one.candidate.kind) for one in outcome.match.candidates]
    more = [f"and {len(names) - SHOWN} more"] if len(names) > SHOWN else []
    return [outcome.match.reason, *names[:SHOWN], *more]


class Transcript:
    """Turns outcomes into lines as they come, and keeps them for the report."""

    def __init__(self, target: Target, total: int, *, verbose: bool) -> None:
        self.outcomes: list[Outcome] = []
        self.target = target
        self._total = total
        self._verbose = verbose

    def lines(self, outcomes: Iterable[Outcome]) -> Iterator[str]:
        """Give a block for each work when ``verbose``, else a line for each that is not simply added or there."""
        for outcome in outcomes:
            self.outcomes.append(outcome)
            line = notable(outcome, self.target)
            if self._verbose:
                yield from block(outcome, self.target, len(self.outcomes), self._total)
            elif line is not None:
                yield line


def summary(counts: Counts, *, head: str | None) -> Iterator[str]:
    """Give the lines of the summary, below a head if there is one; the further ones only when not zero."""
    yield ""
    if head is not None:
        yield head
    yield from (RULE, "TRAKT SYNC SUMMARY", RULE)
    yield f"Total items processed: {counts.total}"
    yield f"Movies added: {counts.movies_added}"
    yield f"Shows added: {counts.shows_added}"
    yield from _unless_zero(("Episodes added", counts.episodes_added), ("Already there", counts.existing))
    yield f"Failed/Not found: {counts.failed}"
    yield from _unless_zero(
        ("of which held for review", counts.held),
        ("Over the account limit", counts.over_limit),
        ("Skipped", counts.skipped),
    )
    yield f"Success rate: {counts.success_rate:.1f}%"


def _unless_zero(*rows: tuple[str, int]) -> Iterator[str]:
    return (f"{label}: {number}" for label, number in rows if number)


def shortfall(outcomes: Iterable[Outcome]) -> str:
    """Say in one line what was not done, for a run that prints no summary."""
    counts = count(outcomes)
    parts = _unless_zero(("failed or not found", counts.failed), ("over the account limit", counts.over_limit))
    works = "1 work" if counts.total == 1 else f"{counts.total} works"
    return f"of {works}: {', '.join(parts)}"


def exit_code(outcomes: Iterable[Outcome], *, strict: bool) -> ExitCode:
    """Say how a run that came to its end went."""
    bad = {Result.FAILED, Result.OVER_LIMIT} | ({Result.NOT_FOUND, Result.HELD} if strict else set())
    return ExitCode.PARTIAL if any(one.result in bad for one in outcomes) else ExitCode.OK


def _base_name(path: str) -> str:
    return path.replace("\\", "/").rstrip("/").rpartition("/")[2] or path
