from __future__ import annotations

import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cvi_trakt.errors import StoreBusyError, StoreError
from cvi_trakt.matches import Candidate, DecidedBy, Declined, Distance, Held, Match, NoMatch, Scored, Sure
from cvi_trakt.media import Film, IdentifiedFile, Ids, Kind, ScanResult, Status, Work
from cvi_trakt.store.database import writing_run
from cvi_trakt.store.decisions import Decisions

START = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
DUNE = Candidate(kind=Kind.MOVIE, title="Dune", year=2021, ids=Ids(trakt=1, imdb="tt1160419"), overview="Sand.", rank=2)
NEAR = Distance(title=0.0, year=0)


def film(title: str = "Dune", year: int | None = 2021, *, folder: str = "", ids: Ids | None = None) -> Work:
    result = ScanResult(path=f"/v/{title}.mkv", status=Status.HEALTHY)
    file = IdentifiedFile(result=result, identity=Film(title=title, year=year))
    return Work(kind=Kind.MOVIE, title=title, year=year, folder=folder, ids=ids or Ids(), files=(file,))


def sure(work: Work, by: DecidedBy = DecidedBy.SCORE) -> Sure:
    return Sure(work=work, candidate=DUNE, distance=NEAR, reason="title and year agree", decided_by=by)


class Book:
    """The decisions on disk, opened anew each time, at a time that the test sets."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.now = START

    def open(self) -> Decisions:
        return Decisions(self.file, days=30, now=lambda: self.now)

    def remember(self, match: Match) -> None:
        decisions = self.open()
        decisions.remember(match)
        decisions.flush()

    def recall(self, work: Work, *, after: timedelta = timedelta()) -> Match | None:
        self.now = START + after
        return self.open().recall(work)


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book(tmp_path / "state" / "decisions.sqlite")


@pytest.mark.parametrize(
    "match",
    [
        sure(film()),
        sure(film(), DecidedBy.PERSON),
        Held(work=film(), candidates=(Scored(candidate=DUNE, distance=NEAR),), reason="two of them"),
        NoMatch(work=film(), reason="no candidate"),
    ],
    ids=["sure", "by-a-person", "held", "not-found"],
)
def test_a_decision_comes_back_as_it_was(book: Book, match: Match) -> None:
    book.remember(match)
    assert book.recall(match.work) == match


@pytest.mark.parametrize(
    ("match", "days", "kept"),
    [
        pytest.param(sure(film()), 29, True, id="by-score-for-a-month"),
        pytest.param(sure(film()), 31, False, id="by-score-not-longer"),
        pytest.param(sure(film(), DecidedBy.PERSON), 3650, True, id="by-a-person-for-ever"),
        pytest.param(NoMatch(work=film(), reason="x"), 6, True, id="not-found-for-a-week"),
        pytest.param(NoMatch(work=film(), reason="x"), 8, False, id="not-found-not-longer"),
        pytest.param(Held(work=film(), candidates=(), reason="x"), 8, False, id="held-for-a-week"),
    ],
)
def test_a_decision_counts_for_its_time(book: Book, match: Match, days: int, kept: bool) -> None:
    book.remember(match)
    assert (book.recall(match.work, after=timedelta(days=days)) is not None) is kept


@pytest.mark.parametrize(
    ("other", "same"),
    [
        pytest.param(film("dune"), True, id="case-does-not-count"),
        pytest.param(film(folder="elsewhere"), True, id="with-a-year-the-folder-does-not-count"),
        pytest.param(film(year=1984), False, id="another-year"),
        pytest.param(film(ids=Ids(imdb="tt1")), False, id="an-id-is-a-key-of-its-own"),
    ],
)
def test_what_a_decision_is_filed_under(book: Book, other: Work, same: bool) -> None:
    book.remember(sure(film()))
    assert (book.recall(other) is not None) is same


def test_without_a_year_the_folder_counts(book: Book) -> None:
    book.remember(sure(film(year=None, folder="Lynch")))
    assert book.recall(film(year=None, folder="Lynch")) is not None
    assert book.recall(film(year=None, folder="Villeneuve")) is None


def test_equal_folders_of_two_libraries_have_two_memories(book: Book) -> None:
    book.remember(sure(film(year=None, folder="disk1/Films/Dune"), DecidedBy.PERSON))
    assert book.recall(film(year=None, folder="disk2/Films/Dune")) is None


def test_forget_keeps_what_a_person_decided(book: Book) -> None:
    book.remember(sure(film("Dune")))
    book.remember(sure(film("Heat"), DecidedBy.PERSON))
    book.open().forget([film("Dune"), film("Heat")])
    assert book.recall(film("Dune")) is None
    assert book.recall(film("Heat")) is not None


def test_a_persons_decision_is_on_disk_at_once(book: Book) -> None:
    book.open().remember(sure(film(), DecidedBy.PERSON))
    assert book.recall(film()) is not None


def scored(work: Work) -> list[Match]:
    return [
        sure(work),
        Held(work=work, candidates=(Scored(candidate=DUNE, distance=NEAR),), reason="two of them"),
        NoMatch(work=work, reason="no candidate"),
    ]


@pytest.mark.parametrize("late", scored(film()), ids=["sure", "held", "not-found"])
@pytest.mark.parametrize(
    "by_person",
    [
        pytest.param(sure(film(), DecidedBy.PERSON), id="over-a-pick"),
        pytest.param(Declined(work=film(), candidates=(), reason="by you"), id="over-a-skip"),
    ],
)
def test_a_decision_by_score_never_replaces_a_persons_of_another_process(
    book: Book, by_person: Match, late: Match
) -> None:
    other_process = book.open()
    assert other_process.recall(film()) is None
    book.remember(by_person)
    kept = book.recall(film())
    other_process.remember(late)
    other_process.flush()
    assert kept is not None
    assert book.recall(film()) == kept


def test_a_persons_later_decision_replaces_an_earlier_one(book: Book) -> None:
    other_process = book.open()
    assert other_process.recall(film()) is None
    book.remember(Declined(work=film(), candidates=(), reason="by you"))
    other_process.remember(sure(film(), DecidedBy.PERSON))
    assert book.recall(film()) == sure(film(), DecidedBy.PERSON)


def test_a_later_decision_by_score_replaces_an_earlier_one(book: Book) -> None:
    book.remember(NoMatch(work=film(), reason="no candidate"))
    book.remember(sure(film()))
    assert book.recall(film()) == sure(film())


def test_forget_keeps_what_a_person_decided_in_another_process_meanwhile(book: Book) -> None:
    book.remember(sure(film()))
    other_process = book.open()
    assert other_process.recall(film()) == sure(film())
    book.remember(sure(film(), DecidedBy.PERSON))
    other_process.forget([film()])
    assert book.recall(film()) == sure(film(), DecidedBy.PERSON)


def test_whether_decisions_can_be_kept_is_known_before_there_are_any(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file, not a folder")
    book = Book(tmp_path / "state" / "decisions.sqlite")
    with pytest.raises(StoreError, match="Set CVI_STATE_DIR to a writable folder"):
        book.open().check_writable()


def test_a_check_that_decisions_can_be_kept_leaves_them_as_they_are(book: Book) -> None:
    book.open().check_writable()
    book.remember(sure(film()))
    book.open().check_writable()
    assert book.recall(film()) == sure(film())


def test_a_damaged_file_is_named_and_left_as_it_is(book: Book) -> None:
    book.remember(sure(film()))
    junk = b"not a database at all" * 500
    book.file.write_bytes(junk)
    with pytest.raises(StoreError, match=r"decisions.sqlite: damaged"):
        book.recall(film())
    assert book.file.read_bytes() == junk


def test_a_file_of_a_newer_program_is_refused(book: Book) -> None:
    book.remember(sure(film()))
    db = sqlite3.connect(book.file)
    db.execute("PRAGMA user_version=99")
    db.close()
    with pytest.raises(StoreError, match="newer cvi-trakt"):
        book.recall(film())


def test_no_shared_memory_file_is_made(book: Book) -> None:
    book.remember(sure(film()))
    assert [path.name for path in book.file.parent.iterdir()] == ["decisions.sqlite"]


def test_two_writing_runs_cannot_hold_one_store(tmp_path: Path) -> None:
    with (
        writing_run(tmp_path, START),
        pytest.raises(StoreBusyError, match=r"process \d+, since 2026-11-20T06:00:00"),
        writing_run(tmp_path, START),
    ):
        pass
    with writing_run(tmp_path, START):
        pass


def test_the_lock_dies_with_its_process(tmp_path: Path) -> None:
    script = (
        "import os, sys; from datetime import datetime, UTC; from pathlib import Path\n"
        "from cvi_trakt.store.database import writing_run\n"
        "with writing_run(Path(sys.argv[1]), datetime.now(UTC)): os.kill(os.getpid(), 9)\n"
    )
    ended = subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False)
    assert ended.returncode == -9
    with writing_run(tmp_path, START):
        pass
