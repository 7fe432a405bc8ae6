"""A person's answers: taken back, never undone over another process, kept for ever, with the work beside them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cvi_trakt.matches import Candidate, DecidedBy, Declined, Distance, Held, Match, NoMatch, Scored, Sure, TitleBy
from cvi_trakt.media import (
    NAME,
    Clash,
    Episodes,
    Film,
    IdentifiedFile,
    Ids,
    Kind,
    OtherReading,
    ScanResult,
    Status,
    Work,
)
from cvi_trakt.store.decisions import Decisions, Taken

START = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
DUNE = Candidate(kind=Kind.MOVIE, title="Dune", year=2021, ids=Ids(trakt=1))
LYNCH = Candidate(kind=Kind.MOVIE, title="Dune", year=1984, ids=Ids(trakt=2))
SCORED = Scored(candidate=DUNE, distance=Distance(title=0.0, year=None, by=TitleBy.ALIAS))


def film(title: str = "Dune", year: int | None = 2021) -> Work:
    result = ScanResult(path=f"/v/{title}.mkv", status=Status.HEALTHY)
    file = IdentifiedFile(result=result, identity=Film(title=title, year=year))
    return Work(kind=Kind.MOVIE, title=title, year=year, files=(file,))


def picked(candidate: Candidate = DUNE, work: Work | None = None) -> Sure:
    by = DecidedBy.PERSON
    return Sure(work=work or film(), candidate=candidate, distance=None, reason="chosen by you", decided_by=by)


SKIPPED = Declined(work=film(), candidates=(SCORED,), reason="by you")
NEVER = Declined(work=film(), candidates=(SCORED,), reason="you said never", is_final=True)
BY_SCORE = Sure(work=film(), candidate=DUNE, distance=None, reason="x", decided_by=DecidedBy.SCORE)
HELD = Held(work=film(), candidates=(SCORED,), reason="two of them")

Open = Callable[..., Decisions]


@pytest.fixture
def open_store(tmp_path: Path) -> Open:
    """Open the store as another process would."""
    return lambda after=timedelta(): Decisions(tmp_path / "decisions.sqlite", days=30, now=lambda: START + after)


def remember(decisions: Decisions, match: Match | None) -> None:
    if match is not None:
        decisions.remember(match)
        decisions.flush()


def test_never_is_final_and_for_ever(open_store: Open) -> None:
    open_store().remember(NEVER)
    assert open_store(after=timedelta(days=3650)).recall(film()) == NEVER


def test_a_never_without_a_folder_is_of_that_title_wherever_it_lies(open_store: Open) -> None:
    everywhere, here = film(year=None), replace(film(year=None), folder="/films")
    open_store().remember(replace(NEVER, work=everywhere))
    found = open_store().recall(here)
    assert isinstance(found, Declined)
    assert (found.is_final, found.work) == (True, here)


def test_a_choice_without_a_folder_is_not_taken_for_another(open_store: Open) -> None:
    open_store().remember(picked(work=film(year=None)))
    assert open_store().recall(replace(film(year=None), folder="/films")) is None


def test_what_stands_beside_a_file_is_filed_under_both_names(open_store: Open) -> None:
    own = OtherReading(kind=Kind.MOVIE, title="Heat", year=1995, why=NAME)
    open_store().remember(picked(work=replace(film(), others=(own,))))
    assert open_store().recall(film()) is None
    assert open_store().recall(replace(film(), others=(own,))) is not None


@pytest.mark.parametrize("late", [BY_SCORE, HELD, NoMatch(work=film(), reason="x")], ids=["sure", "held", "not-found"])
def test_never_is_not_replaced_by_a_score_of_another_process(open_store: Open, late: Match) -> None:
    other = open_store()
    assert other.recall(film()) is None
    open_store().remember(NEVER)
    remember(other, late)
    assert open_store().recall(film()) == NEVER


def test_never_stays_when_the_scores_decisions_are_forgotten(open_store: Open) -> None:
    decisions = open_store()
    decisions.remember(NEVER)
    decisions.forget([film()])
    assert open_store().recall(film()) == NEVER


@pytest.mark.parametrize("answer", [picked(), SKIPPED, NEVER], ids=["pick", "skip", "never"])
@pytest.mark.parametrize(
    "before",
    [None, BY_SCORE, HELD, NoMatch(work=film(), reason="x"), picked(LYNCH), NEVER],
    ids=["nothing", "sure", "held", "not-found", "an-earlier-pick", "an-earlier-never"],
)
def test_an_answer_that_is_taken_back_leaves_what_was_there_before(
    open_store: Open, before: Match | None, answer: Match
) -> None:
    remember(open_store(), before)
    decisions = open_store()
    assert decisions.recall(film()) == before
    decisions.remember(answer)
    decisions.take_back(film())
    assert decisions.recall(film()) == before
    assert open_store().recall(film()) == before


def test_what_the_score_found_in_this_run_comes_back_though_it_was_not_on_disk(open_store: Open) -> None:
    decisions = open_store()
    decisions.remember(HELD)
    decisions.remember(picked())
    decisions.take_back(film())
    assert decisions.recall(film()) == HELD
    assert open_store().recall(film()) == HELD


def test_answers_are_taken_back_one_after_the_other(open_store: Open) -> None:
    decisions = open_store()
    decisions.remember(HELD)
    decisions.remember(picked())
    decisions.remember(NEVER)
    decisions.take_back(film())
    assert open_store().recall(film()) == picked()
    decisions.take_back(film())
    assert open_store().recall(film()) == HELD


def test_what_a_person_said_in_another_process_meanwhile_is_not_taken_back(open_store: Open) -> None:
    decisions = open_store()
    decisions.remember(picked())
    open_store(after=timedelta(seconds=1)).remember(picked(LYNCH))
    decisions.take_back(film())
    assert open_store().recall(film()) == picked(LYNCH)
    assert decisions.recall(film()) == picked(LYNCH)


def test_what_another_process_wrote_before_an_answer_comes_back(open_store: Open) -> None:
    decisions = open_store()
    assert decisions.recall(film()) is None
    open_store().remember(picked(LYNCH))
    decisions.remember(NEVER)
    decisions.take_back(film())
    assert open_store().recall(film()) == picked(LYNCH)


SHOW = Work(
    kind=Kind.SHOW,
    title="The Office",
    year=2009,
    year_is_first=False,
    country="US",
    folder="tv/The Office",
    doubt="two readings",
    clash=Clash(reason="two ids", ids=Ids(tvdb=5)),
    others=(OtherReading(kind=Kind.SHOW, title="Office", season=1, episodes=(1, 2), why="the folder"),),
    files=tuple(
        IdentifiedFile(
            result=ScanResult(path=f"/tv/The Office/\udcff{number}.mkv", status=Status.UNKNOWN),
            identity=Episodes(title="The Office", season=0, seasons=(0, 1), episodes=(number,)),
        )
        for number in (1, 2)
    ),
)


@pytest.mark.parametrize(
    "match",
    [
        Held(work=SHOW, candidates=(SCORED,), reason="two of them"),
        Declined(work=SHOW, candidates=(), reason="you said never", is_final=True),
    ],
    ids=["held", "never"],
)
def test_a_work_that_waits_is_kept_whole_with_its_files(open_store: Open, match: Match) -> None:
    remember(open_store(), match)
    (kept,) = open_store().kept()
    assert kept.match == match
    assert kept.is_whole
    assert open_store().recall(SHOW) == match


def test_a_held_work_is_renewed_when_a_later_run_meets_more_files_of_it(open_store: Open) -> None:
    first = replace(SHOW, files=SHOW.files[:1])
    remember(open_store(), Held(work=first, candidates=(SCORED,), reason="two of them"))
    later = open_store(after=timedelta(days=1))
    assert later.recall(SHOW) is not None
    later.flush()
    (kept,) = open_store().kept()
    assert kept.match.work == SHOW
    assert kept.decided_at == START.timestamp()


def test_a_work_of_a_stream_is_renewed_before_it_is_on_disk(open_store: Open) -> None:
    decisions = open_store()
    decisions.remember(Held(work=replace(SHOW, files=SHOW.files[:1]), candidates=(), reason="two of them"))
    assert decisions.recall(SHOW) is not None
    decisions.flush()
    assert [one.match.work for one in open_store().kept()] == [SHOW]


def test_what_a_person_said_meanwhile_is_not_renewed_away(open_store: Open) -> None:
    first = replace(SHOW, files=SHOW.files[:1])
    remember(open_store(), Held(work=first, candidates=(SCORED,), reason="two of them"))
    later = open_store()
    assert later.recall(SHOW) is not None
    open_store().remember(picked(work=SHOW))
    later.flush()
    assert open_store().recall(SHOW) == picked(work=SHOW)


def test_another_reading_that_a_match_is_comes_back_with_it(open_store: Open) -> None:
    match = Sure(
        work=SHOW, candidate=DUNE, distance=None, reason="x", decided_by=DecidedBy.SCORE, read_as=SHOW.others[0]
    )
    remember(open_store(), match)
    assert open_store().recall(SHOW) == match


def test_a_row_without_its_work_is_known_by_its_key(open_store: Open, tmp_path: Path) -> None:
    remember(open_store(), Held(work=SHOW, candidates=(SCORED,), reason="two of them"))
    with sqlite3.connect(tmp_path / "decisions.sqlite") as db:
        (body,) = db.execute("SELECT body FROM decisions").fetchone()
        older = json.dumps({name: value for name, value in json.loads(body).items() if name != "work"})
        db.execute("UPDATE decisions SET body=?", (older,))
    db.close()
    (kept,) = open_store().kept()
    work = kept.match.work
    assert not kept.is_whole
    assert (work.kind, work.title, work.year, work.country) == (Kind.SHOW, "the office", None, "US")
    assert (work.folder, work.path) == ("tv/The Office", "tv/The Office")
    open_store().remember(picked(work=work))
    assert isinstance(open_store().recall(SHOW), Sure)


def test_a_row_that_cannot_be_read_is_left_out(open_store: Open, tmp_path: Path) -> None:
    remember(open_store(), BY_SCORE)
    with sqlite3.connect(tmp_path / "decisions.sqlite") as db:
        db.execute("UPDATE decisions SET body='[]'")
    db.close()
    assert open_store().kept() == []


def test_what_is_dropped_is_gone_and_what_was_decided_anew_meanwhile_stays(open_store: Open) -> None:
    decisions = open_store()
    remember(decisions, BY_SCORE)
    remember(decisions, picked(work=film("Heat")))
    seen = decisions.kept()
    open_store(after=timedelta(seconds=1)).remember(picked(LYNCH))
    assert decisions.drop(seen) == 1
    assert open_store().recall(film()) == picked(LYNCH)
    assert open_store().recall(film("Heat")) is None


@pytest.mark.parametrize(
    ("before", "replace", "taken", "after"),
    [
        pytest.param(None, False, Taken(added=1, same=0, kept=0), picked(), id="nothing-there"),
        pytest.param(BY_SCORE, False, Taken(added=1, same=0, kept=0), picked(), id="by-score"),
        pytest.param(HELD, False, Taken(added=1, same=0, kept=0), picked(), id="held"),
        pytest.param(SKIPPED, False, Taken(added=1, same=0, kept=0), picked(), id="skipped-once"),
        pytest.param(picked(LYNCH), False, Taken(added=0, same=0, kept=1), picked(LYNCH), id="own-stays"),
        pytest.param(NEVER, False, Taken(added=0, same=0, kept=1), NEVER, id="own-never-stays"),
        pytest.param(picked(LYNCH), True, Taken(added=1, same=0, kept=0), picked(), id="own-replaced"),
        pytest.param(picked(), True, Taken(added=0, same=1, kept=0), picked(), id="the-same"),
    ],
)
def test_a_decision_from_elsewhere_gives_way_to_a_persons_own(
    open_store: Open, before: Match | None, replace: bool, taken: Taken, after: Match
) -> None:
    remember(open_store(), before)
    assert open_store().take_in([picked()], replace=replace) == taken
    assert open_store().recall(film()) == after


def test_the_same_never_twice_is_the_same(open_store: Open) -> None:
    open_store().remember(NEVER)
    assert open_store().take_in([NEVER], replace=True) == Taken(added=0, same=1, kept=0)
