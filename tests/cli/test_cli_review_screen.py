"""Each action of the screen that ``sync --interactive`` and ``review`` share, at a real pseudo-terminal, in both."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from asking import DUNE_1984, DUNE_2021, FARGO_SHOW, INCEPTION, MATRIX, RELOADED, finish
from driving import Program, TraktProcess
from terminal import CTRL_C, CTRL_U, ENTER, Terminal

SCARFACE_1932, SCARFACE_1983 = 900000014, 900000015
THING_2011 = 900000008
WIDE = (60, 120)  # rows and columns: all that is asked stays in view
# works of which Trakt has two, in the order in which both commands ask
DUNE, SCARFACE, THING = "/v/Dune.mkv", "/v/Scarface.mkv", "/v/The.Thing.mkv"

Ask = Callable[..., Terminal]


@pytest.fixture(params=["sync", "review"])
def ask(request: pytest.FixtureRequest, program: Program) -> Ask:
    """Start the one or the other command over files of these paths, which earlier runs held back."""

    def start(*paths: str) -> Terminal:
        program.scan(*paths)
        if request.param == "sync":
            return Terminal(program, "sync", "scan.json", "-i", "-n", size=WIDE)
        assert program.run("sync", "scan.json", "-n").code == 0
        return Terminal(program, "review", size=WIDE)

    return start


def outcomes(program: Program) -> list[Any]:
    """Give what a run without questions makes of the works: Trakt's number, or the status."""
    results = program.run("sync", "scan.json", "-n", "--format", "json").json["results"]
    return [one.get("trakt_id", one["status"]) for one in results]


def asked(terminal: Terminal, title: str, times: int = 1) -> None:
    """Wait until the question about a title is open."""
    terminal.wait_for(f"for '{title}': (arrows", times=1)
    terminal.wait_for(f"read as: movie '{title}'", times=times)
    terminal.wait_for("d. Done:")


def test_the_screen_says_what_was_read_and_how_near_each_candidate_is(ask: Ask) -> None:
    with ask("/v/Dune (2010).mkv") as terminal:
        terminal.wait_for("d. Done:")
        assert "(1/1) /v/Dune (2010).mkv" in terminal.screen
        assert "read as: movie 'Dune' (2010)" in terminal.screen
        assert "the year disagrees" in terminal.screen
        assert any("1. Dune (2021) [movie] 155 min, US" in line for line in terminal.screen)
        terminal.send("1")
        terminal.wait_for("      title agrees, year off by 11")
        terminal.wait_for("      A family is sent to rule a desert planet.")
        terminal.wait_for("      https://trakt.tv/movies/dune-2021")
        terminal.send("3")
        terminal.wait_for("      title differs, year off by 14")


def test_a_number_and_enter_accept(program: Program, ask: Ask) -> None:
    with ask(DUNE) as terminal:
        asked(terminal, "Dune")
        terminal.send("2" + ENTER)
        finish(terminal)
    assert outcomes(program) == [DUNE_1984]


def test_a_skip_is_for_once(program: Program, ask: Ask) -> None:
    with ask(DUNE) as terminal:
        asked(terminal, "Dune")
        terminal.send("0" + ENTER)
        finish(terminal)
    assert outcomes(program) == ["held"]
    with ask(DUNE) as terminal:
        asked(terminal, "Dune")
        assert "you skipped it" in terminal.screen


def test_never_is_for_ever_and_nothing_is_asked_or_searched_any_more(
    program: Program, trakt: TraktProcess, ask: Ask
) -> None:
    with ask(DUNE) as terminal:
        asked(terminal, "Dune")
        terminal.send("z" + ENTER)
        finish(terminal)
    trakt.forget_requests()
    for more in ((), ("--refresh",), ("-i",), ("-i", "--refresh")):
        with Terminal(program, "sync", "scan.json", "-n", *more, size=WIDE) as terminal:
            finish(terminal)
            assert "⏭ Skipped: you said never: Dune [movie] - /v/Dune.mkv" in terminal.screen
    with Terminal(program, "review") as terminal:
        finish(terminal)
        assert "Nothing is held: there is nothing to review." in terminal.screen
    assert trakt.requests("/search") == []
    report = program.run("sync", "scan.json", "-n", "--format", "json").json
    assert (report["skipped"], report["total"]) == (1, 0)
    assert report["results"][0]["reason"] == "you said never"


def test_other_words_are_searched_for(program: Program, ask: Ask) -> None:
    with ask(DUNE) as terminal:
        asked(terminal, "Dune")
        terminal.send("s" + ENTER)
        terminal.wait_for("? Search for: Dune")
        terminal.send(CTRL_U + "matrix" + ENTER)
        terminal.wait_for("for 'matrix': (arrows")
        terminal.send("2")
        terminal.wait_for("      title differs")
        terminal.send(ENTER)
        finish(terminal)
    assert outcomes(program) == [RELOADED]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("tt1375666", INCEPTION, id="imdb-id"),
        pytest.param("481", MATRIX, id="trakts-number"),
        pytest.param("https://trakt.tv/movies/inception-2010", INCEPTION, id="url"),
        pytest.param("https://trakt.tv/shows/fargo", FARGO_SHOW, id="url-of-a-show"),
    ],
)
def test_an_id_or_a_url_is_looked_up(program: Program, ask: Ask, text: str, expected: int) -> None:
    with ask(DUNE) as terminal:
        asked(terminal, "Dune")
        terminal.send("i" + ENTER)
        terminal.wait_for("? Id or url")
        terminal.send(text + ENTER)
        terminal.wait_for("» 1.")
        terminal.send(ENTER)
        finish(terminal)
    assert outcomes(program) == [expected]


def test_the_last_answer_is_undone(program: Program, ask: Ask) -> None:
    with ask(DUNE, SCARFACE) as terminal:
        asked(terminal, "Dune")
        assert not any("Undo" in line for line in terminal.screen)
        terminal.send("2" + ENTER)
        asked(terminal, "Scarface")
        terminal.wait_for("u. Undo the last answer ('Dune')")
        terminal.send("u" + ENTER)
        asked(terminal, "Dune", times=2)
        assert not any("u. Undo" in line for line in terminal.screen)
        terminal.send("1" + ENTER)
        asked(terminal, "Scarface", times=2)
        terminal.send("2" + ENTER)
        finish(terminal)
    assert outcomes(program) == [DUNE_2021, SCARFACE_1932]


def test_two_answers_are_undone_one_after_the_other(program: Program, ask: Ask) -> None:
    with ask(DUNE, SCARFACE, THING) as terminal:
        asked(terminal, "Dune")
        terminal.send("2" + ENTER)
        asked(terminal, "Scarface")
        terminal.send("1" + ENTER)
        asked(terminal, "The Thing")
        terminal.send("u" + ENTER)
        asked(terminal, "Scarface", times=2)
        terminal.wait_for("u. Undo the last answer ('Dune')")
        terminal.send("u" + ENTER)
        asked(terminal, "Dune", times=2)
        terminal.send("1" + ENTER)
        asked(terminal, "Scarface", times=3)
        terminal.send("2" + ENTER)
        asked(terminal, "The Thing", times=2)
        terminal.send("2" + ENTER)
        finish(terminal)
    assert outcomes(program) == [DUNE_2021, SCARFACE_1932, THING_2011]


@pytest.mark.parametrize(
    "answer", [pytest.param("2", id="a-choice"), pytest.param("0", id="a-skip"), pytest.param("z", id="never")]
)
def test_what_is_undone_is_as_it_was_also_when_the_run_is_stopped_then(program: Program, ask: Ask, answer: str) -> None:
    with ask(DUNE, SCARFACE) as terminal:
        asked(terminal, "Dune")
        terminal.send(answer + ENTER)
        asked(terminal, "Scarface")
        terminal.send("u" + ENTER)
        asked(terminal, "Dune", times=2)
        terminal.send(CTRL_C)
        assert terminal.end().code == 130
    results = program.run("sync", "scan.json", "-n", "--format", "json").json["results"]
    assert [one["status"] for one in results] == ["held", "held"]
    assert results[0]["reason"] == "several of that title and no year in the path"


def test_a_stop_keeps_the_answers_given(program: Program, trakt: TraktProcess, ask: Ask) -> None:
    with ask(DUNE, SCARFACE, THING) as terminal:
        asked(terminal, "Dune")
        terminal.send("2" + ENTER)
        asked(terminal, "Scarface")
        terminal.send("z" + ENTER)
        asked(terminal, "The Thing")
        terminal.send(CTRL_C)
        assert terminal.end().code == 130
        assert terminal.is_restored
        assert any("your answers so far are kept" in line for line in terminal.screen)
    assert outcomes(program) == [DUNE_1984, "skipped", "held"]


def test_done_leaves_the_rest_held(program: Program, ask: Ask) -> None:
    with ask(DUNE, SCARFACE) as terminal:
        asked(terminal, "Dune")
        terminal.send("2" + ENTER)
        asked(terminal, "Scarface")
        terminal.send("d" + ENTER)
        finish(terminal)
    assert outcomes(program) == [DUNE_1984, "held"]


def test_undo_leads_to_what_was_asked_not_to_what_was_taken_unasked(program: Program) -> None:
    program.scan("/v/The.Matrix.1999.mkv", "/v/Inception.2010.mkv", DUNE)
    with Terminal(program, "sync", "scan.json", "-i", "-n", size=WIDE) as terminal:
        terminal.wait_for("a. Accept The Matrix (1999)")
        terminal.send("a" + ENTER)
        asked(terminal, "Dune")
        terminal.wait_for("u. Undo the last answer ('The Matrix')")
        terminal.send("u" + ENTER)
        terminal.wait_for("read as: movie 'The Matrix' (1999)", times=2)
        terminal.wait_for("a. Accept The Matrix (1999)")
        terminal.send("2" + ENTER)
        terminal.wait_for("for 'Inception' (2010): (arrows")  # what came with `a` no longer holds
        terminal.send("0" + ENTER)
        asked(terminal, "Dune", times=2)
        terminal.send("1" + ENTER)
        finish(terminal)
    assert outcomes(program) == [RELOADED, "held", DUNE_2021]


def test_an_earlier_choice_comes_back_when_its_change_is_undone(program: Program) -> None:
    program.scan(DUNE, SCARFACE)
    with Terminal(program, "sync", "scan.json", "-i", "-n", size=WIDE) as terminal:
        asked(terminal, "Dune")
        terminal.send("2" + ENTER)
        asked(terminal, "Scarface")
        terminal.send("1" + ENTER)
        finish(terminal)
    with Terminal(program, "sync", "scan.json", "-i", "-n", "--refresh", size=WIDE) as terminal:
        asked(terminal, "Dune")
        terminal.send("z" + ENTER)
        asked(terminal, "Scarface")
        terminal.send("u" + ENTER)
        asked(terminal, "Dune", times=2)
        terminal.wait_for("your earlier choice", times=3)
        terminal.send(CTRL_C)
        assert terminal.end().code == 130
    assert outcomes(program) == [DUNE_1984, SCARFACE_1983]


def test_line_by_line_each_candidate_is_told_about_and_answers_can_be_undone(program: Program) -> None:
    program.scan(DUNE, SCARFACE)
    with Terminal(program, "sync", "scan.json", "-i", "-n", size=WIDE, env={"TERM": "dumb"}) as terminal:
        terminal.wait_for("Found 2 matches for 'Dune': [0]")
        terminal.wait_for("     title agrees", times=2)
        terminal.wait_for("     https://trakt.tv/movies/dune-1984")
        terminal.send("z\n")
        terminal.wait_for("Found 2 matches for 'Scarface': [0]")
        terminal.send("u\n")
        terminal.wait_for("Found 2 matches for 'Dune': [0]", times=2)
        terminal.send("2\n")
        terminal.wait_for("Found 2 matches for 'Scarface': [0]", times=2)
        terminal.send("z\n")
        finish(terminal)
    assert outcomes(program) == [DUNE_1984, "skipped"]
