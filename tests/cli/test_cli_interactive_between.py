"""``sync --interactive`` between two answers: what was typed too early, what failed, a stop and going on."""

from __future__ import annotations

import json
import signal
from typing import Any

import pytest
from asking import DUNE_1984, DUNE_2021, INCEPTION, MATRIX, added, asking, finish
from driving import Program, TraktProcess
from terminal import CTRL_U, DOWN, ENTER, Terminal

ONE_TRY = {"CVI_TRAKT_MAX_TRIES": "1"}
SEARCHED_TWICE = 2  # requests before a question about a sure match is open: the exact and the broad search
SLOW = 3.0  # seconds


def test_what_is_typed_together_with_an_answer_does_not_answer_the_next_question(
    program: Program, trakt: TraktProcess
) -> None:
    with asking(program, "/v/The.Matrix.1999.mkv", "/v/Inception.2010.mkv") as terminal:
        terminal.wait_for("» 1. The Matrix (1999)")
        terminal.send("0" + ENTER + ENTER + ENTER)
        terminal.wait_for("'Inception' (2010): (arrows")
        terminal.send("0" + ENTER)
        finish(terminal)
    assert added(trakt) == []


def test_what_is_typed_while_a_search_is_slow_does_not_answer_the_question_after_it(
    program: Program, trakt: TraktProcess
) -> None:
    trakt.fault("delay", path="/search/movie", after=SEARCHED_TWICE, seconds=SLOW)
    with asking(program, "/v/The.Matrix.1999.mkv", "/v/Inception.2010.mkv") as terminal:
        terminal.wait_for("» 1. The Matrix (1999)")
        terminal.send("0" + ENTER)
        terminal.wait_for("'The Matrix' (1999): Skip")
        terminal.send(ENTER + "1" + ENTER)
        terminal.wait_for("'Inception' (2010): (arrows")
        terminal.send("0" + ENTER)
        finish(terminal)
    assert added(trakt) == []


def test_an_id_may_be_typed_at_once_and_what_it_finds_must_be_seen_before_it_is_taken(
    program: Program, trakt: TraktProcess
) -> None:
    with asking(program, "/v/Unknown.Movie.mkv") as terminal:
        terminal.wait_for("d. Done")
        terminal.send("i" + ENTER + "481" + ENTER + ENTER)
        terminal.wait_for("» 1. The Matrix (1999) [movie]")
        terminal.send("0" + ENTER)
        finish(terminal)
    assert added(trakt) == []


def test_words_may_be_typed_at_once_and_what_they_find_must_be_seen_before_it_is_taken(
    program: Program, trakt: TraktProcess
) -> None:
    with asking(program, "/v/Dune.mkv") as terminal:
        terminal.wait_for("d. Done")
        terminal.send("s" + ENTER + CTRL_U + "matrix" + ENTER + "1" + ENTER)
        terminal.wait_for("for 'matrix': (arrows")
        terminal.send("0" + ENTER)
        finish(terminal)
    assert added(trakt) == []


@pytest.mark.parametrize("term", [pytest.param("dumb", id="dumb"), pytest.param("unknown", id="unknown")])
def test_line_by_line_what_is_typed_early_does_not_answer_the_next_question(
    program: Program, trakt: TraktProcess, term: str
) -> None:
    trakt.fault("delay", path="/search/movie", after=SEARCHED_TWICE, seconds=SLOW)
    program.scan("/v/The.Matrix.1999.mkv", "/v/Inception.2010.mkv")
    with Terminal(program, "sync", "scan.json", "-i", env={"TERM": term}) as terminal:
        terminal.wait_for("for 'The Matrix' (1999): [1]")
        terminal.send("0\n")
        terminal.wait_for("'The Matrix' (1999): Skip")
        terminal.send("\n1\n")
        terminal.wait_for("for 'Inception' (2010): [1]")
        terminal.send("0\n")
        finish(terminal)
    assert added(trakt) == []


def test_each_question_says_how_many_there_may_be(program: Program) -> None:
    with asking(program, "/v/The.Matrix.1999.mkv", "/v/Inception {imdb-tt1375666}.mkv", "/v/Dune.mkv") as terminal:
        terminal.wait_for("(1/3) /v/The.Matrix.1999.mkv")
        terminal.wait_for("» 1. The Matrix")
        terminal.send(ENTER)
        terminal.wait_for("(3/3) /v/Dune.mkv")
        terminal.wait_for("» 0. Skip")
        terminal.send(ENTER)
        finish(terminal)


def test_done_adds_the_sure_ones_and_holds_the_others(program: Program, trakt: TraktProcess) -> None:
    works = ("/v/The.Matrix.1999.mkv", "/v/Inception.2010.mkv", "/v/Dune.mkv")
    with asking(program, *works, more=("-o", "report.json")) as terminal:
        terminal.wait_for("» 1. The Matrix (1999)")
        terminal.send(ENTER)
        terminal.wait_for("'Inception' (2010): (arrows")
        terminal.send("d" + ENTER)
        finish(terminal)
    assert added(trakt) == [MATRIX, INCEPTION]
    results = json.loads((program.folder / "report.json").read_text())["results"]
    assert [(one["status"], one.get("decided_by")) for one in results] == [
        ("added", "person"),
        ("added", "score"),
        ("held", None),
    ]
    assert results[2]["reason"] == "several of that title and no year in the path"


def test_after_done_the_next_run_asks_about_what_was_left(program: Program, trakt: TraktProcess) -> None:
    with asking(program, "/v/Inception.2010.mkv", "/v/Dune.mkv", more=("-n",)) as terminal:
        terminal.wait_for("'Inception' (2010): (arrows")
        terminal.send("d" + ENTER)
        finish(terminal)
    with asking(program, "/v/Inception.2010.mkv", "/v/Dune.mkv") as terminal:
        terminal.wait_for("'Inception' (2010): (arrows")
        terminal.send("0" + ENTER)
        terminal.wait_for("'Dune': (arrows")
        assert "several of that title and no year in the path" in terminal.screen
        terminal.send("1" + ENTER)
        finish(terminal)
    assert added(trakt) == [DUNE_2021]


def test_refresh_asks_again_about_earlier_answers_and_points_at_them(program: Program, trakt: TraktProcess) -> None:
    with asking(program, "/v/Dune.mkv", more=("-n",)) as terminal:
        terminal.wait_for("'Dune': (arrows")
        terminal.send("2" + ENTER)
        finish(terminal)
    assert program.run("sync", "scan.json", "--refresh", "-n", "--format", "json").json["movies_added"] == 1
    with asking(program, "/v/Dune.mkv", more=("--refresh",)) as terminal:
        terminal.wait_for("» 1. Dune (1984) [movie]")
        assert "your earlier choice" in terminal.screen
        assert not any("a. Accept" in line for line in terminal.screen)
        terminal.send("2" + ENTER)
        finish(terminal)
    assert added(trakt) == [DUNE_2021]
    with asking(program, "/v/Dune.mkv") as terminal:
        finish(terminal)
    assert added(trakt) == [DUNE_2021]


def test_enter_keeps_an_earlier_answer(program: Program, trakt: TraktProcess) -> None:
    with asking(program, "/v/Dune.mkv", more=("-n",)) as terminal:
        terminal.wait_for("'Dune': (arrows")
        terminal.send("2" + ENTER)
        finish(terminal)
    with asking(program, "/v/Dune.mkv", more=("--refresh",)) as terminal:
        terminal.wait_for("» 1. Dune (1984) [movie]")
        terminal.send(ENTER)
        finish(terminal)
    assert added(trakt) == [DUNE_1984]


def test_equal_folders_of_two_libraries_are_asked_about_and_remembered_apart(
    program: Program, trakt: TraktProcess
) -> None:
    films = ("/mnt/disk1/Films/Dune/Dune.mkv", "/mnt/disk2/Films/Dune/Dune.mkv")
    with asking(program, *films, more=("-n",)) as terminal:
        terminal.wait_for("(1/2) /mnt/disk1/Films/Dune/Dune.mkv")
        terminal.wait_for("d. Done")
        terminal.send("2" + ENTER)
        terminal.wait_for("(2/2) /mnt/disk2/Films/Dune/Dune.mkv")
        terminal.wait_for("d. Done")
        terminal.send("1" + ENTER)
        finish(terminal)
    with asking(program, *films) as terminal:
        finish(terminal)
    assert added(trakt) == [DUNE_1984, DUNE_2021]


@pytest.mark.parametrize("status", [404, 429, 500, 503])
def test_a_search_of_the_persons_that_fails_is_said_and_asked_again(
    program: Program, trakt: TraktProcess, status: int
) -> None:
    program.environment |= ONE_TRY
    with asking(program, "/v/Dune.mkv") as terminal:
        terminal.wait_for("d. Done")
        trakt.fault("status", path="/search/movie", status=status)
        terminal.send("s" + ENTER + " 1984" + ENTER)
        terminal.wait_for(f"({status} on /search/movie")
        terminal.wait_for("for 'Dune': (arrows")
        terminal.send("2" + ENTER)
        finish(terminal)
    assert added(trakt) == [DUNE_1984]


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        pytest.param({"kind": "status", "status": 503}, "has a fault (503 on /search/imdb", id="503"),
        pytest.param({"kind": "reset"}, "Trakt did not answer: the connection was lost", id="lost-connection"),
        pytest.param({"kind": "invalid_json"}, "on /search/imdb", id="no-json"),
    ],
)
def test_a_look_up_that_fails_is_said_and_can_be_tried_again(
    program: Program, trakt: TraktProcess, fault: dict[str, Any], said: str
) -> None:
    program.environment |= ONE_TRY
    with asking(program, "/v/Dune.mkv") as terminal:
        terminal.wait_for("d. Done")
        trakt.fault(**fault, path="/search/imdb")
        terminal.send("i" + ENTER + "tt1375666" + ENTER)
        terminal.wait_for(said)
        terminal.wait_for("for 'Dune': (arrows")
        terminal.send("i" + ENTER + "tt1375666" + ENTER)
        terminal.wait_for("» 1. Inception (2010) [movie]")
        terminal.send(ENTER)
        finish(terminal)
    assert added(trakt) == [INCEPTION]


def test_a_url_of_trakt_that_is_a_page_of_many_is_no_work(program: Program, trakt: TraktProcess) -> None:
    trakt.fault("status", path="/shows/popular", status=200, body=[{"title": "Breaking Bad"}])
    with asking(program, "/v/Dune.mkv") as terminal:
        terminal.wait_for("d. Done")
        terminal.send("i" + ENTER + "https://trakt.tv/shows/popular" + ENTER)
        terminal.wait_for("Trakt knows nothing under https://trakt.tv/shows/popular")
        terminal.wait_for("for 'Dune': (arrows")


def test_a_number_of_the_other_kind_is_found_and_not_taken_by_enter_alone(
    program: Program, trakt: TraktProcess
) -> None:
    with asking(program, "/v/Unknown.Movie.mkv") as terminal:
        terminal.wait_for("d. Done")
        terminal.send("i" + ENTER + "tvdb:81189" + ENTER)
        terminal.wait_for("1. Breaking Bad (2008) [show]")
        assert any("» 0. Skip" in line for line in terminal.screen)
        terminal.send(ENTER)
        finish(terminal)
    assert added(trakt) == []


def test_a_fault_that_ends_the_run_keeps_the_answers_and_says_so(program: Program, trakt: TraktProcess) -> None:
    program.environment |= ONE_TRY
    trakt.fault("status", path="/search/show", status=503)
    with asking(program, "/v/The.Matrix.1999.mkv", "/v/Breaking.Bad.S01E01.mkv") as terminal:
        terminal.wait_for("» 1. The Matrix (1999)")
        terminal.send("2" + ENTER)
        assert terminal.end().code == 5
        assert "Nothing was written; your answers so far are kept." in terminal.screen
        assert terminal.is_restored
    assert added(trakt) == []
    results = program.run("sync", "scan.json", "-n", "--format", "json").json["results"]
    assert [(one["title"], one["decided_by"]) for one in results] == [
        ("The Matrix Reloaded", "person"),
        ("Breaking Bad", "score"),
    ]


def test_where_no_answer_can_be_kept_nobody_is_asked(program: Program, trakt: TraktProcess) -> None:
    program.write("state", "a file, not a folder")
    with asking(program, "/v/Dune.mkv", more=("-n",)) as terminal:
        assert terminal.end().code == 2
        assert "SetCVI_STATE_DIRtoawritablefolder" in "".join(terminal.screen).replace(" ", "")  # wherever it wraps
    assert trakt.requests("/search") == []


def test_a_question_is_drawn_anew_after_a_stop_and_its_answer_counts(program: Program, trakt: TraktProcess) -> None:
    with asking(program, "/v/Dune.mkv") as terminal:
        terminal.wait_for("d. Done")
        terminal.send("2")
        terminal.wait_for("» 2. Dune (1984)")
        terminal.stop()
        assert str(terminal) == ""
        terminal.go_on()
        terminal.wait_for("? Found 2 matches for 'Dune': (arrows")
        terminal.wait_for("» 2. Dune (1984)")
        terminal.send(DOWN)
        terminal.wait_for("» s. Search with other words")
        terminal.send("1" + ENTER)
        finish(terminal)
        assert terminal.is_restored
    assert added(trakt) == [DUNE_2021]


def test_words_that_are_half_typed_stay_through_a_stop(program: Program, trakt: TraktProcess) -> None:
    with asking(program, "/v/Dune.mkv") as terminal:
        terminal.wait_for("d. Done")
        terminal.send("s" + ENTER + CTRL_U + "mat")
        terminal.wait_for("? Search for: mat")
        terminal.stop()
        terminal.go_on()
        terminal.wait_for("? Search for: mat")
        terminal.send("rix")
        terminal.wait_for("? Search for: matrix")
        terminal.send(ENTER)
        terminal.wait_for("for 'matrix': (arrows")
        terminal.send("0" + ENTER)
        finish(terminal)
    assert added(trakt) == []


def test_a_hang_up_that_is_ignored_leaves_the_question_open(program: Program, trakt: TraktProcess) -> None:
    scan = program.scan("/v/The.Matrix.1999.mkv")
    with Terminal(program, "sync", scan, "-i", nohup=True) as terminal:
        terminal.wait_for("» 1. The Matrix (1999)")
        terminal.signal(signal.SIGHUP)
        terminal.send(ENTER)
        assert terminal.end().code == 0
    assert added(trakt) == [MATRIX]
