"""Works out what to add: what is in the target already is left out, what has no room is said."""

from __future__ import annotations

from collections.abc import Iterable, Set
from typing import assert_never

from cvi_trakt.matches import Declined, Held, Match, NoMatch, SearchFailed, Sure
from cvi_trakt.media import Episodes, Kind, Level, NotAWork, OtherReading, Skipped
from cvi_trakt.plans import SAME_AS, Outcome, Plan, Result, Target, Unit, UnitKey, UnitKind
from cvi_trakt.titles import normalise

Decided = Match | Skipped


def make_plan(
    decided: Iterable[Decided], *, target: Target, present: Set[UnitKey], room: int | None, level: Level
) -> Plan:
    """Plan one run.

    ``present`` is what a complete read of the target found; ``room`` is how many entries the
    account still has space for, None for no limit. What does not fit is ``over_limit``, in the
    order of the input.
    """
    planner = _Planner(present, room, level)
    return Plan(target=target, outcomes=tuple(planner.outcome(one) for one in decided))


class _Planner:
    def __init__(self, present: Set[UnitKey], room: int | None, level: Level) -> None:
        self._present = present
        self._planned: dict[UnitKey, str] = {}
        self._room = room
        self._level = level

    def outcome(self, decided: Decided) -> Outcome:
        match decided:
            case Skipped():
                return Outcome(subject=decided, result=Result.SKIPPED, reason=decided.reason)
            case NoMatch():
                return _unmatched(decided, Result.NOT_FOUND, decided.reason)
            case Held():
                return _unmatched(decided, Result.HELD, decided.reason)
            case Declined():
                return _unmatched(decided, Result.SKIPPED, decided.reason)
            case SearchFailed():
                return _unmatched(decided, Result.FAILED, decided.error)
            case Sure():
                return self._add(decided)
            case _:
                assert_never(decided)

    def _add(self, match: Sure) -> Outcome:
        units = units_of(match, self._level)
        unnumbered = _unnumbered(match, self._level)
        if not units:
            return _unmatched(match, Result.FAILED, "no season number in the names")
        reason = f"{match.reason}; left out without a season number: {unnumbered}" if unnumbered else match.reason
        missing = tuple(unit for unit in units if unit.key not in self._present)
        if not missing:
            return Outcome(subject=match.work, result=Result.EXISTING, match=match, reason=reason, units=units)
        new = tuple(unit for unit in missing if unit.key not in self._planned)
        if not new:
            twin = f"{SAME_AS}{self._planned[missing[0].key]}"
            return Outcome(subject=match.work, result=Result.EXISTING, match=match, reason=twin, units=missing)
        if self._room is not None:
            if len(new) > self._room:
                full = f"room for {self._room} more, {len(new)} needed"
                return Outcome(subject=match.work, result=Result.OVER_LIMIT, match=match, reason=full, units=new)
            self._room -= len(new)
        self._planned.update((unit.key, match.work.path) for unit in new)
        return Outcome(subject=match.work, result=Result.WOULD_ADD, match=match, reason=reason, units=new, added=new)


def units_of(match: Sure, level: Level) -> tuple[Unit, ...]:
    """Give the entries that stand for a work at a level, each once, in order of season and episode.

    A show's season pack has no episode numbers: at the level of episodes it stands as its seasons.
    A work whose names carry no number that the level needs gives none. What it is follows the candidate:
    a person may have said that a file read as a film is a show.
    """
    candidate = match.candidate
    if candidate.kind is Kind.MOVIE:
        return (Unit(kind=UnitKind.MOVIE, ids=candidate.ids),)
    if level is Level.SHOW:
        return (Unit(kind=UnitKind.SHOW, ids=candidate.ids),)
    found: set[tuple[int, int | None]] = set()
    for numbers in _numbers(match):
        episodes = numbers.episodes if level is Level.EPISODE else ()
        seasons = numbers.seasons or ((numbers.season,) if numbers.season is not None else ())
        if len(seasons) == 1 and episodes:
            found |= {(seasons[0], episode) for episode in episodes}
        else:
            found |= {(season, None) for season in seasons}
    return tuple(
        Unit(
            kind=UnitKind.SEASON if episode is None else UnitKind.EPISODE,
            ids=candidate.ids,
            season=season,
            episode=episode,
        )
        for season, episode in sorted(found, key=lambda pair: (pair[0], pair[1] or 0))
    )


def _numbers(match: Sure) -> list[Episodes | OtherReading]:
    """Give what numbers a work's files: the reading that was matched, where it is not the first one."""
    if match.read_as is not None and match.read_as.kind is Kind.SHOW:
        every = [file.identity.others for file in match.work.files if not isinstance(file.identity, NotAWork)]
        wanted = (normalise(match.read_as.title), match.read_as.year)
        shows = [one for others in every for one in others if one.kind is Kind.SHOW]
        same = [one for one in shows if (normalise(one.title), one.year) == wanted]
        return [*same]
    return [file.identity for file in match.work.files if isinstance(file.identity, Episodes)]


def _unnumbered(match: Sure, level: Level) -> int:
    """Count the files that a level finer than the show cannot place: dated ones, absolute numbers."""
    if match.candidate.kind is Kind.MOVIE or level is Level.SHOW:
        return 0
    return sum(numbers.season is None for numbers in _numbers(match))


def _unmatched(match: Match, result: Result, reason: str) -> Outcome:
    return Outcome(subject=match.work, result=result, match=match, reason=reason)
