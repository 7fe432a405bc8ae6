"""What a person said is remembered for ever: a pick as the match, a skip as held."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cvi_trakt.matches import Candidate, DecidedBy, Declined, Distance, Held, NoMatch, Scored, Sure
from cvi_trakt.media import Film, IdentifiedFile, Ids, Kind, ScanResult, Status, Work
from cvi_trakt.store.decisions import Decisions

START = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
FARGO = Candidate(kind=Kind.SHOW, title="Fargo", year=2014, ids=Ids(trakt=6))
SCORED = Scored(candidate=FARGO, distance=Distance(title=0.0, year=18))
WORK = Work(
    kind=Kind.MOVIE,
    title="Fargo",
    year=1996,
    files=(
        IdentifiedFile(
            result=ScanResult(path="/v/Fargo.1996.mkv", status=Status.HEALTHY), identity=Film(title="Fargo", year=1996)
        ),
    ),
)
PICKED = Sure(work=WORK, candidate=FARGO, distance=None, reason="chosen by you", decided_by=DecidedBy.PERSON)
SKIPPED = Declined(work=WORK, candidates=(SCORED,), reason="by you")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "decisions.sqlite"


def opened(file: Path, *, after: timedelta = timedelta()) -> Decisions:
    return Decisions(file, days=30, now=lambda: START + after)


def test_a_pick_of_the_other_kind_comes_back_as_it_was(file: Path) -> None:
    opened(file).remember(PICKED)
    assert opened(file).recall(WORK) == PICKED


def test_a_skip_is_on_disk_at_once_and_holds_the_work_for_ever(file: Path) -> None:
    opened(file).remember(SKIPPED)
    assert opened(file, after=timedelta(days=3650)).recall(WORK) == Held(
        work=WORK, candidates=(SCORED,), reason="you skipped it"
    )


def test_a_skip_stays_when_the_scores_decisions_are_forgotten(file: Path) -> None:
    decisions = opened(file)
    decisions.remember(SKIPPED)
    decisions.forget([WORK])
    assert isinstance(opened(file).recall(WORK), Held)


@pytest.mark.parametrize(
    "before",
    [
        pytest.param(Held(work=WORK, candidates=(), reason="x"), id="held"),
        pytest.param(NoMatch(work=WORK, reason="x"), id="not-found"),
        pytest.param(SKIPPED, id="skipped"),
    ],
)
def test_a_pick_replaces_what_was_remembered_before(file: Path, before: Held | NoMatch | Declined) -> None:
    earlier = opened(file)
    earlier.remember(before)
    earlier.flush()
    opened(file).remember(PICKED)
    assert opened(file).recall(WORK) == PICKED
