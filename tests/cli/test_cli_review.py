"""``review`` beside its screen: what it lists, without a scan, a terminal, Trakt or a client id."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from asking import DUNE_2021, MATRIX, finish
from driving import NOTHING_THERE, Program, TraktProcess
from terminal import CTRL_C, ENTER, Terminal

from cvi_trakt.cli.held_works import HOW

DUNE, SCARFACE, OFFICE = "/v/Dune.mkv", "/v/Scarface.mkv", "/v/The.Office.S01E01.mkv"
WIDE = (60, 120)


def hold(program: Program, *paths: str) -> None:
    """Let a plain run hold these works back."""
    assert program.run("sync", program.scan(*paths), "-n").code == 0


@contextmanager
def opened(program: Program) -> Iterator[sqlite3.Connection]:
    """Open the store; what is changed is committed."""
    (file,) = (program.folder / "state").glob("*/decisions.sqlite")
    db = sqlite3.connect(file)
    yield db
    db.commit()
    db.close()


def test_it_says_how_many_are_settled_and_sends_nothing(program: Program, trakt: TraktProcess) -> None:
    hold(program, DUNE, SCARFACE, OFFICE, "/v/The.Office.S01E02.mkv")
    trakt.forget_requests()
    with Terminal(program, "review", size=WIDE) as terminal:
        terminal.wait_for("0. Skip (leave it held)")
        terminal.wait_for("d. Done: leave the rest held")
        terminal.send("1" + ENTER)
        terminal.wait_for("(2/3) /v/Scarface.mkv")
        terminal.wait_for("for 'Scarface': (arrows")
        terminal.send("z" + ENTER)
        terminal.wait_for("(3/3) /v/The.Office.S01E01.mkv + 1 more file")
        terminal.wait_for("read as: show 'The Office', season 1, episodes 1-2")
        terminal.wait_for("for 'The Office': (arrows")
        terminal.send("0" + ENTER)
        finish(terminal)
        assert "Settled: 2 of 3 works. The next `cvi-trakt sync` takes up what you said." in terminal.screen
    assert trakt.requests() == []
    results = program.run("sync", "scan.json", "--format", "json").json["results"]
    assert [(one["status"], one.get("trakt_id")) for one in results] == [
        ("added", DUNE_2021),
        ("skipped", None),
        ("held", None),
    ]


def test_a_run_that_holds_works_names_review_where_there_is_a_person(program: Program) -> None:
    with Terminal(program, "sync", program.scan(DUNE), "-n", size=WIDE) as terminal:
        finish(terminal)
        assert "What is held waits for your word: cvi-trakt review" in terminal.screen


def test_nothing_settled_is_said_as_well(program: Program) -> None:
    hold(program, DUNE)
    with Terminal(program, "review") as terminal:
        terminal.wait_for("for 'Dune': (arrows")
        terminal.send("d" + ENTER)
        finish(terminal)
        assert "Nothing of 1 work is settled; what is held stays held." in terminal.screen


def test_kind_and_limit_choose_what_is_asked(program: Program) -> None:
    hold(program, DUNE, SCARFACE, OFFICE)
    with Terminal(program, "review", "--kind", "show", size=WIDE) as terminal:
        terminal.wait_for("(1/1) /v/The.Office.S01E01.mkv")
        terminal.wait_for("for 'The Office': (arrows")
        terminal.send(CTRL_C)
        assert terminal.end().code == 130
        assert "cvi-trakt: stopped: your answers so far are kept" in terminal.screen
    with Terminal(program, "review", "--limit", "2", size=WIDE) as terminal:
        terminal.wait_for("(1/2) /v/Dune.mkv")
        terminal.wait_for("for 'Dune': (arrows")
        terminal.send(CTRL_C)
        assert terminal.end().code == 130


def test_without_a_client_id_and_without_trakt_it_settles_what_it_has_candidates_for(program: Program) -> None:
    hold(program, DUNE)
    program.environment.pop("CVI_TRAKT_CLIENT_ID")
    with Terminal(program, "review", size=WIDE) as terminal:
        terminal.wait_for("for 'Dune': (arrows")
        terminal.send("s" + ENTER)
        terminal.wait_for("? Search for: Dune")
        terminal.send(ENTER)
        terminal.wait_for("Client ID not found")
        terminal.wait_for("for 'Dune': (arrows")
        terminal.send("i" + ENTER)
        terminal.wait_for("? Id or url")
        terminal.send("481" + ENTER)
        terminal.wait_for("Client ID not found", times=2)
        terminal.wait_for("for 'Dune': (arrows")
        terminal.send("1" + ENTER)
        finish(terminal)
        assert "Settled: 1 of 1 work. The next `cvi-trakt sync` takes up what you said." in terminal.screen


def test_what_was_held_longer_ago_than_matches_count_is_still_asked_about(program: Program) -> None:
    hold(program, DUNE)
    with opened(program) as db:
        db.execute("UPDATE decisions SET decided_at = 1000")
    with Terminal(program, "review", size=WIDE) as terminal:
        terminal.wait_for("for 'Dune': (arrows")
        terminal.send("1" + ENTER)
        finish(terminal)
    assert program.run("sync", "scan.json", "-n", "--format", "json").json["results"][0]["trakt_id"] == DUNE_2021


def test_what_an_older_version_kept_is_shown_with_what_its_key_has(program: Program, trakt: TraktProcess) -> None:
    hold(program, DUNE)
    with opened(program) as db:
        (body,) = db.execute("SELECT body FROM decisions").fetchone()
        older = {name: value for name, value in json.loads(body).items() if name != "work"}
        db.execute("UPDATE decisions SET body = ?", (json.dumps(older),))
    listed = program.run("review", "--list")
    assert "v\n  read as: movie 'dune'\n" in listed.out
    with Terminal(program, "review", size=WIDE) as terminal:
        terminal.wait_for("(1/1) v")
        terminal.wait_for("for 'dune': (arrows")
        terminal.send("1" + ENTER)
        finish(terminal)
    assert program.run("sync", "scan.json", "-n", "--format", "json").json["results"][0]["trakt_id"] == DUNE_2021


def test_without_a_terminal_it_is_an_error_that_names_the_list(program: Program, trakt: TraktProcess) -> None:
    ended = program.run("review")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == (
        "cvi-trakt: review: there is no terminal to ask at. "
        "Run it in a terminal, or see what is held with: cvi-trakt review --list\n"
    )
    assert trakt.requests() == []


def test_nothing_held_is_said_and_asks_nothing(program: Program, trakt: TraktProcess) -> None:
    program.environment["CVI_TRAKT_API_URL"] = NOTHING_THERE
    with Terminal(program, "review") as terminal:
        finish(terminal)
        assert "Nothing is held: there is nothing to review." in terminal.screen
    assert program.run("review", "--list").out == "Nothing is held.\n"
    assert program.run("review", "--list", "--format", "json").json == []


def test_the_list_names_files_reasons_candidates_and_marks(program: Program, trakt: TraktProcess) -> None:
    hold(program, DUNE, "/v/The.Matrix.1999.mkv", OFFICE)
    trakt.forget_requests()
    listed = program.run("review", "--list", "--kind", "movie")
    assert listed.out.splitlines()[1:2] + listed.out.splitlines()[3:] == [
        "  read as: movie 'Dune'",
        "  - Dune (2021) [movie]: title agrees",
        "    {imdb-tt1160419}  https://trakt.tv/movies/dune-2021",
        "  - Dune (1984) [movie]: title agrees",
        "    {imdb-tt0087182}  https://trakt.tv/movies/dune-1984",
        "",
        f"1 work is held. {HOW}",
    ]
    assert trakt.requests() == []


def test_a_mark_that_is_listed_settles_the_work_when_it_stands_in_the_name(program: Program) -> None:
    hold(program, DUNE)
    (work,) = program.run("review", "--list", "--format", "json").json
    assert (work["filename"], work["files"], work["skipped_by_you"]) == (DUNE, 1, False)
    assert work["candidates"][0]["likeness"] == "title agrees"
    mark = work["candidates"][0]["mark"]
    program.scan(f"/v/Dune {mark}.mkv")
    result = program.run("sync", "scan.json", "-n", "--format", "json").json["results"][0]
    assert (result["decided_by"], result["trakt_id"]) == ("id", DUNE_2021)


def test_a_format_without_a_list_is_refused(program: Program) -> None:
    ended = program.run("review", "--format", "json")
    assert ended.code == 2
    assert "--format is for --list." in ended.err


def test_a_held_work_without_candidates_can_be_looked_up(program: Program) -> None:
    hold(program, DUNE)
    with opened(program) as db:
        (body,) = db.execute("SELECT body FROM decisions").fetchone()
        db.execute("UPDATE decisions SET body = ?", (json.dumps({**json.loads(body), "candidates": []}),))
    with Terminal(program, "review", size=WIDE) as terminal:
        terminal.wait_for("for 'Dune': (arrows")
        terminal.send("i" + ENTER)
        terminal.wait_for("? Id or url")
        terminal.send("481" + ENTER)
        terminal.wait_for("» 1. The Matrix")
        terminal.send(ENTER)
        finish(terminal)
    assert program.run("sync", "scan.json", "-n", "--format", "json").json["results"][0]["trakt_id"] == MATRIX


@pytest.mark.parametrize("number", ["0", "-1", "many"])
def test_a_limit_that_is_no_number_of_works_is_refused(program: Program, number: str) -> None:
    assert program.run("review", "--list", "--limit", number).code == 2
