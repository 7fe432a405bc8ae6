from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cvi_trakt.store.names import Names

START = datetime(2026, 11, 20, 6, 0, tzinfo=UTC)
DUNE = ("/v", "/v/Dune (2021).mkv")
ALIEN = ("/v", "/v/Alien (1979).mkv")


class Shelf:
    """The file of names, opened anew by each run."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "names.sqlite"
        self.today = START
        self.told: list[str] = []

    def open(self, version: str = "1", *, room: int = 2) -> Names:
        return Names(
            self.file, version=version, now=lambda: self.today, tell=self.told.append, room=room, patience=0.05
        )

    def keep(self, rows: dict[tuple[str, str], str], version: str = "1", *, room: int = 2) -> None:
        names = self.open(version, room=room)
        names.keep(rows)
        names.flush()

    def count(self) -> int:
        with closing(sqlite3.connect(self.file)) as db:
            (number,) = db.execute("SELECT count(*) FROM names").fetchone()
            return int(number)


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    kept = Shelf(tmp_path / "state")
    yield kept
    assert len(kept.told) <= 1


def test_what_was_kept_is_known_to_the_next_run(shelf: Shelf) -> None:
    assert shelf.open().known([DUNE]) == {}
    shelf.keep({DUNE: "a film of 2021"})
    assert shelf.open().known([ALIEN, DUNE]) == {DUNE: "a film of 2021"}
    assert shelf.told == []


def test_one_path_below_two_roots_is_two_things(shelf: Shelf) -> None:
    shelf.keep({("/v", "/v/x/1.mkv"): "one", ("/v/x", "/v/x/1.mkv"): "another"})
    assert shelf.open().known([("/v/x", "/v/x/1.mkv"), ("", "/v/x/1.mkv")]) == {("/v/x", "/v/x/1.mkv"): "another"}


def test_the_later_reading_of_a_path_counts(shelf: Shelf) -> None:
    shelf.keep({DUNE: "first"})
    shelf.keep({DUNE: "second"})
    assert shelf.open().known([DUNE]) == {DUNE: "second"}


def test_names_that_are_no_utf_8_survive(shelf: Shelf) -> None:
    path = os.fsdecode(b"/v/Caf\xe9.mkv")
    shelf.keep({("/v", path): f"title: {path}"})
    assert shelf.open().known([("/v", path), ("/v", "/v/Caf\\udce9.mkv")]) == {("/v", path): f"title: {path}"}


def test_what_another_version_read_is_dropped(shelf: Shelf) -> None:
    shelf.keep({DUNE: "old", ALIEN: "old"})
    assert shelf.open("2").known([DUNE, ALIEN]) == {}
    shelf.keep({DUNE: "new"}, "2")
    assert shelf.open("2").known([DUNE, ALIEN]) == {DUNE: "new"}
    assert shelf.count() == 1


def test_many_paths_are_known_at_once_and_kept_before_the_end(shelf: Shelf) -> None:
    rows = {("/v", f"/v/{number}.mkv"): str(number) for number in range(12_001)}
    names = shelf.open()
    names.keep(rows)  # a killed run: no flush
    known = shelf.open().known([*rows])
    assert len(known) == 10_000
    assert known["/v", "/v/9999.mkv"] == "9999"


def test_a_run_over_a_known_library_writes_nothing(shelf: Shelf) -> None:
    shelf.keep({DUNE: "a film"})
    before = shelf.file.stat().st_mtime_ns, shelf.file.read_bytes()
    shelf.today += timedelta(days=6)
    names = shelf.open()
    names.known([DUNE])
    names.flush()
    assert (shelf.file.stat().st_mtime_ns, shelf.file.read_bytes()) == before


def test_above_the_room_what_was_not_seen_for_long_is_removed(shelf: Shelf) -> None:
    gone, seen = ("/v", "/v/gone.mkv"), ("/v", "/v/seen.mkv")
    shelf.keep({gone: "gone", seen: "seen"})
    shelf.today += timedelta(days=80)
    names = shelf.open()
    names.known([seen])
    names.flush()
    shelf.today += timedelta(days=11)
    shelf.keep({DUNE: "new"})
    assert shelf.open().known([gone, seen, DUNE]) == {seen: "seen", DUNE: "new"}


def test_below_the_room_nothing_is_removed_for_its_age(shelf: Shelf) -> None:
    shelf.keep({DUNE: "old"})
    shelf.today += timedelta(days=1000)
    shelf.keep({ALIEN: "new"})
    assert shelf.open().known([DUNE, ALIEN]) == {DUNE: "old", ALIEN: "new"}


def test_a_damaged_file_is_told_once_left_alone_and_stops_nothing(shelf: Shelf) -> None:
    shelf.keep({DUNE: "a film"})
    junk = b"not a database at all" * 500
    shelf.file.write_bytes(junk)
    names = shelf.open()
    assert names.known([DUNE]) == {}
    names.keep({DUNE: "a film"})
    names.flush()
    assert shelf.file.read_bytes() == junk
    (said,) = shelf.told
    assert said.startswith(f"names are read anew, without what is known of them: {shelf.file}: damaged")


def test_a_folder_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file, not a folder")
    told: list[str] = []
    names = Names(tmp_path / "state" / "names.sqlite", version="1", now=lambda: START, tell=told.append)
    names.keep({DUNE: "a film"})
    names.flush()
    assert names.known([DUNE]) == {}
    assert len(told) == 1


def test_a_file_that_another_process_holds_stops_nothing(shelf: Shelf) -> None:
    shelf.keep({DUNE: "a film"})
    holds, done = threading.Event(), threading.Event()

    def hold() -> None:
        with closing(sqlite3.connect(shelf.file, isolation_level=None)) as db:
            db.execute("PRAGMA locking_mode=EXCLUSIVE")
            db.execute("BEGIN IMMEDIATE")
            holds.set()
            done.wait(10)

    other = threading.Thread(target=hold)
    other.start()
    assert holds.wait(10)
    try:
        assert shelf.open().known([DUNE]) == {}
    finally:
        done.set()
        other.join()
    assert len(shelf.told) == 1
    assert shelf.open().known([DUNE]) == {DUNE: "a film"}


def test_no_file_lies_beside_it(shelf: Shelf) -> None:
    shelf.keep({DUNE: "a film"})
    shelf.open().known([DUNE])
    assert [path.name for path in shelf.file.parent.iterdir()] == ["names.sqlite"]
