"""``decisions list`` and ``forget``."""

from __future__ import annotations

import pytest
from asking import finish
from driving import NOTHING_THERE, Program, TraktProcess
from terminal import ENTER, Terminal

WIDE = (40, 120)
DUNE, MATRIX, OFFICE = "/v/Dune.mkv", "/v/The.Matrix.1999.mkv", "/tv/The.Office.US.S01E01.mkv"
CHOSEN = """\
decisions:
- kind: movie
  title: Dune
  folder: /v
  decision: {movie: "trakt:900000004 tt0087182", title: Dune, year: 1984}
- kind: movie
  title: Heat
  year: 1995
  decision: never
"""


@pytest.fixture
def stocked(program: Program) -> Program:
    """The program with six decisions: two of a person's, three by score, one by an id."""
    paths = (DUNE, MATRIX, OFFICE, "/v/Unknown.Film.mkv", "/v/Inception {imdb-tt1375666}.mkv")
    assert program.run("sync", program.scan(*paths), "-n").code == 0
    program.write("chosen.yaml", CHOSEN)
    assert program.run("decisions", "import", "chosen.yaml").code == 0
    return program


def listed(program: Program, *arguments: str) -> list[tuple[str, str, str]]:
    """Give title, verdict and decider of what is listed."""
    rows = program.run("decisions", "list", "--format", "json", *arguments).json
    return [(one["title"], one["verdict"], one["decided_by"]) for one in rows]


EVERY = [
    ("Dune", "matched", "person"),
    ("Heat", "never", "person"),
    ("Inception", "matched", "id"),
    ("The Matrix", "matched", "score"),
    ("The Office", "matched", "score"),
    ("Unknown Film", "not_found", "score"),
]


def test_the_table_says_what_was_read_what_was_decided_by_whom_and_when(stocked: Program) -> None:
    ended = stocked.run("decisions", "list")
    head, *rows = ended.out.splitlines()
    assert head.split() == ["READ", "FROM", "FILES", "DECISION", "BY", "SINCE"]
    assert [" ".join(row.split()[:-1]) for row in rows] == [
        "Dune [movie] in v Dune (1984) [movie] person",
        "Heat (1995) [movie] never person",
        "Inception [movie] imdb tt1375666 Inception (2010) [movie] id",
        "The Matrix (1999) [movie] The Matrix (1999) [movie] score",
        "The Office (US) [show] in tv The Office (2005) [show] score",
        "Unknown Film [movie] in v not found score",
    ]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        pytest.param([], EVERY, id="all"),
        pytest.param(["--by", "person"], EVERY[:2], id="by-a-person"),
        pytest.param(["--by", "score"], EVERY[3:], id="by-score"),
        pytest.param(["--by", "id"], EVERY[2:3], id="by-id"),
        pytest.param(["--kind", "show"], EVERY[4:5], id="shows"),
        pytest.param(["MATRIX"], EVERY[3:4], id="a-word-in-any-case"),
        pytest.param(["dune", "1984"], EVERY[:1], id="words-of-the-decision"),
        pytest.param(["tt1375666"], EVERY[2:3], id="an-id"),
        pytest.param(["the", "1999"], EVERY[3:4], id="all-words-must-stand-there"),
        pytest.param(["zebra"], [], id="none"),
    ],
)
def test_words_kind_and_decider_choose(
    stocked: Program, arguments: list[str], expected: list[tuple[str, str, str]]
) -> None:
    assert listed(stocked, *arguments) == expected


def test_the_list_says_everything_as_json(stocked: Program) -> None:
    first, never, by_id, *_ = stocked.run("decisions", "list", "--format", "json").json
    assert first["match"] == {
        "type": "movie",
        "title": "Dune",
        "year": 1984,
        "ids": {"trakt": 900000004, "imdb": "tt0087182"},
    }
    assert (first["folder"], first["year"], first["type"]) == ("v", None, "movie")
    assert ("match" in never, never["reason"], never["year"]) == (False, "you said never", 1995)
    assert (by_id["ids"], by_id["filename"]) == ({"imdb": "tt1375666"}, "/v/Inception {imdb-tt1375666}.mkv")


def test_what_is_held_and_what_was_skipped_is_listed_as_such(program: Program) -> None:
    program.scan(DUNE, "/v/Scarface.mkv")
    with Terminal(program, "sync", "scan.json", "-i", "-n", size=WIDE) as terminal:
        terminal.wait_for("for 'Dune': (arrows")
        terminal.send("0" + ENTER)
        terminal.wait_for("for 'Scarface': (arrows")
        terminal.send("d" + ENTER)
        finish(terminal)
    table = program.run("decisions", "list").out
    assert "skipped once  " in table
    assert "held: several of that title and no year in the path  score" in table


def test_nothing_kept_is_said_and_no_request_made(program: Program, trakt: TraktProcess) -> None:
    program.environment["CVI_TRAKT_API_URL"] = NOTHING_THERE
    assert program.run("decisions", "list").out == "No such decisions are kept.\n"
    assert program.run("decisions", "list", "--format", "json").json == []
    assert program.run("decisions", "forget", "--all").out == "Forgotten: 0 decisions\n"


def test_decisions_of_another_host_are_not_touched(stocked: Program) -> None:
    there = {"CVI_TRAKT_API_URL": NOTHING_THERE}
    assert stocked.run("decisions", "forget", "--all", "--yes", env=there).out == "Forgotten: 0 decisions\n"
    assert listed(stocked) == EVERY


@pytest.mark.parametrize(
    ("arguments", "left"),
    [
        pytest.param(["matrix"], [*EVERY[:3], *EVERY[4:]], id="one-by-words-unasked"),
        pytest.param(["--kind", "show"], [*EVERY[:4], *EVERY[5:]], id="one-by-kind-unasked"),
        pytest.param(["--by", "score", "--yes"], EVERY[:3], id="by-score"),
        pytest.param(["--kind", "movie", "--yes"], [*EVERY[:2], EVERY[4]], id="never-a-persons-by-the-way"),
        pytest.param(["dune"], EVERY, id="a-persons-not-by-words-alone"),
        pytest.param(["dune", "--by", "person"], EVERY[1:], id="a-persons-when-it-is-said"),
        pytest.param(["dune", "--all"], EVERY[1:], id="a-persons-with-all"),
        pytest.param(["--all", "--yes"], [], id="all"),
    ],
)
def test_what_is_chosen_is_forgotten(stocked: Program, arguments: list[str], left: list[tuple[str, str, str]]) -> None:
    ended = stocked.run("decisions", "forget", *arguments)
    assert ended.code == 0
    gone = len(EVERY) - len(left)
    assert ended.out == f"Forgotten: {gone} decision{'' if gone == 1 else 's'}\n"
    assert listed(stocked) == left


def test_a_persons_decision_that_is_spared_is_named(stocked: Program) -> None:
    ended = stocked.run("decisions", "forget", "dune")
    assert ended.err == "Kept: 1 decision by a person; --by person or --all forgets these, too\n"


def test_nothing_chosen_is_refused(stocked: Program) -> None:
    ended = stocked.run("decisions", "forget")
    assert (ended.code, listed(stocked)) == (2, EVERY)
    assert "say which: WORDS, --kind, --by, or --all." in ended.err


def test_more_than_one_is_not_forgotten_without_a_yes(stocked: Program) -> None:
    ended = stocked.run("decisions", "forget", "--all")
    assert (ended.code, ended.out, listed(stocked)) == (2, "", EVERY)
    assert ended.err == (
        "cvi-trakt: 6 decisions would be forgotten, and there is no terminal to ask at. Add --yes to forget them.\n"
    )


@pytest.mark.parametrize(
    ("answer", "said", "left"),
    [
        pytest.param("y", "Forgotten: 6 decisions", [], id="yes"),
        pytest.param("n", "Nothing was forgotten.", EVERY, id="no"),
        pytest.param("", "Nothing was forgotten.", EVERY, id="enter-alone-is-no"),
    ],
)
def test_at_a_terminal_it_is_asked(stocked: Program, answer: str, said: str, left: list[tuple[str, str, str]]) -> None:
    with Terminal(stocked, "decisions", "forget", "--all", size=WIDE) as terminal:
        terminal.wait_for("? Forget 6 decisions? (y/N)")
        terminal.send(answer + ENTER)
        finish(terminal)
        assert said in terminal.screen
    assert listed(stocked) == left


def test_what_was_forgotten_is_searched_and_asked_anew(stocked: Program, trakt: TraktProcess) -> None:
    stocked.run("decisions", "forget", "--all", "--yes")
    trakt.forget_requests()
    results = stocked.run("sync", "scan.json", "-n", "--format", "json").json["results"]
    assert results[0]["status"] == "held"
    assert trakt.requests("/search") != []
