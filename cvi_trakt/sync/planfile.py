"""Writes a plan as a YAML file that a person can read."""

from __future__ import annotations

from typing import Any

from cvi_trakt.matches import Held, Sure
from cvi_trakt.media import Skipped
from cvi_trakt.plans import Outcome, Plan, Result, Unit

VERSION = 1

_HEAD = """\
# What a run of cvi-trakt would do. Nothing of it was written to Trakt.
# Each work says what was read from its files, what it was matched with and why,
# and what would become of it; `add` names the entries that are not in the target yet.
"""


def to_yaml(plan: Plan, run: str) -> str:
    """Give the plan as YAML text."""
    import yaml

    document = {
        "version": VERSION,
        "run": run,
        "target": plan.target.name
        if plan.target.is_watchlist
        else {"list": plan.target.name, "slug": plan.target.slug},
        "works": [_work(outcome) for outcome in plan.outcomes],
    }
    body = yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=100)
    return _HEAD + str(body)


def _work(outcome: Outcome) -> dict[str, Any]:
    subject, match = outcome.subject, outcome.match
    action = "add" if outcome.result is Result.WOULD_ADD else str(outcome.result)
    if isinstance(subject, Skipped):
        return {"files": [subject.path], "action": action, "reason": outcome.reason}
    work: dict[str, Any] = {
        "title": subject.title,
        "year": subject.year,
        "kind": str(match.candidate.kind if isinstance(match, Sure) else subject.kind),
        "action": action,
        "reason": outcome.reason,
    }
    if isinstance(match, Sure):
        candidate = match.candidate
        work["match"] = {"title": candidate.title, "year": candidate.year, "ids": candidate.ids.known()}
    if outcome.result is Result.WOULD_ADD:
        work["add"] = [_unit(unit) for unit in outcome.units]
    if isinstance(match, Held):
        work["candidates"] = [
            {"title": one.candidate.title, "year": one.candidate.year, "ids": one.candidate.ids.known()}
            for one in match.candidates
        ]
    work["files"] = [file.result.path for file in subject.files]
    return work


def _unit(unit: Unit) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": str(unit.kind), "trakt": unit.ids.trakt}
    if unit.season is not None:
        found["season"] = unit.season
    if unit.episode is not None:
        found["episode"] = unit.episode
    return found
