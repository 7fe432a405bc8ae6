"""``sync --interactive`` at a real pseudo-terminal, against the sandbox."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from signal import SIGHUP, SIGINT, SIGTERM, Signals

import pytest
from asking import (
    DUNE_1984,
    DUNE_2021,
    FARGO_FILM,
    FARGO_SHOW,
    INCEPTION,
    MATRIX,
    RELOADED,
    WESTWORLD_FILM,
    added,
    asking,
    finish,
)
from driving import Program, TraktProcess
from terminal import CTRL_C, CTRL_D, CTRL_U, DOWN, ENTER, UP, Terminal

MATRIX_SCREEN = """\

(1/1) /v/The.Matrix.1999.mkv
read as: movie 'The Matrix' (1999)
? Found 4 matches for 'The Matrix' (1999): (arrows or a key, then Enter)
   0. Skip (don't add to watchlist)
 » 1. The Matrix (1999) [movie] 136 min, US
   2. The Matrix Reloaded (2003) [movie] 138 min, US
   3. The Matrix Revolutions (2003) [movie] 129 min, US
   4. The Matrix Resurrections (2021) [movie] 148 min, US
   a. Accept The Matrix (1999) and every sure match from here
   s. Search with other words
   i. Enter an id or a url
   z. Never ask again
   x. Skip all from here
   d. Done: take the sure ones, hold the others
      title and year agree
      A hacker finds out that his world is a simulation.
      https://trakt.tv/movies/the-matrix-1999"""


def test_the_screen_shows_the_candidates_and_what_is_known_of_the_one_pointed_at(program: Program) -> None:
    with asking(program, "/v/The.Matrix.1999.mkv") as terminal:
        terminal.wait_for("https://trakt.tv/movies/the-matrix-1999")
        assert str(terminal) == MATRIX_SCREEN
        terminal.send(DOWN)
        terminal.wait_for("https://trakt.tv/movies/the-matrix-reloaded-2003")


def test_enter_takes_the_sure_candidate(program: Program, trakt: TraktProcess) -> None:
    with asking(program, "/v/The.Matrix.1999.mkv") as terminal:
        terminal.wait_for("» 1.")
        terminal.send(ENTER)
        finish(terminal)
        assert "Found 4 matches for 'The Matrix' (1999): The Matrix (1999) [movie] 136 min, US" in terminal.screen
        assert "Movies added: 1" in terminal.screen
    assert added(trakt) == [MATRIX]


def test_enter_takes_nothing_where_no_candidate_is_sure(program: Program, trakt: TraktProcess) -> None:
    with asking(program, "/v/Dune.mkv") as terminal:
        terminal.wait_for("» 0. Skip (don't add to watchlist)")
        assert "several of that title and no year in the path" in terminal.screen
        assert "? Found 2 matches for 'Dune': (arrows or a key, then Enter)" in terminal.screen
        terminal.send(ENTER)
        finish(terminal)
        assert "⏭ Skipped: by you: Dune [movie] - /v/Dune.mkv" in terminal.screen
        assert "Skipped: 1" in terminal.screen
    assert added(trakt) == []


@pytest.mark.parametrize(
    ("keys", "chosen"),
    [
        pytest.param([DOWN], [DUNE_2021], id="down"),
        pytest.param([DOWN, DOWN], [DUNE_1984], id="down-twice"),
        pytest.param([DOWN, DOWN, UP], [DUNE_2021], id="and-up-again"),
        pytest.param(["2"], [DUNE_1984], id="a-number"),
        pytest.param(["2", "1"], [DUNE_2021], id="another-number-before-enter"),
        pytest.param(["2", "0"], [], id="zero-skips"),
        pytest.param(["2", "7"], [DUNE_1984], id="a-number-that-is-not-there-does-nothing"),
        pytest.param(["2", CTRL_D], [DUNE_1984], id="the-end-of-input-is-no-answer"),
    ],
)
def test_keys_move_and_enter_confirms(
    program: Program, trakt: TraktProcess, keys: list[str], chosen: list[int]
) -> None:
    with asking(program, "/v/Dune.mkv") as terminal:
        terminal.wait_for("x. Skip all from here")
        terminal.send("".join(keys) + ENTER)
        finish(terminal)
    assert added(trakt) == chosen


def test_what_is_pasted_does_nothing(program: Program, trakt: TraktProcess) -> None:
    with asking(program, "/v/Dune.mkv") as terminal:
        terminal.wait_for("x. Skip all from here")
        terminal.send("\x1b[200~pasted\r1\r\x1b[201~2")
        terminal.wait_for("» 2.")
        assert not any("pasted" in line for line in terminal.screen)
        terminal.send(ENTER)
        finish(terminal)
    assert added(trakt) == [DUNE_1984]


def test_a_line_feed_is_enter(program: Program, trakt: TraktProcess) -> None:
    with asking(program, "/v/Dune.mkv") as terminal:
        terminal.wait_for("x. Skip all from here")
        terminal.send("1\n")
        finish(terminal)
    assert added(trakt) == [DUNE_2021]


def test_a_list_is_named_in_the_question_with_the_works_files(program: Program) -> None:
    paths = [f"/v/Breaking.Bad.S01E0{number}.mkv" for number in range(1, 8)]
    with asking(program, *paths, more=("-w", "Winter", "--create-list", "-n")) as terminal:
        terminal.wait_for("0. Skip (don't add to Winter)")
        assert "(1/1) /v/Breaking.Bad.S01E01.mkv + 6 more files" in terminal.screen
        assert "? Found 1 match for 'Breaking Bad': (arrows or a key, then Enter)" in terminal.screen
        terminal.send("0" + ENTER)
        finish(terminal)


def test_accepting_every_sure_match_asks_only_about_the_unsure(program: Program, trakt: TraktProcess) -> None:
    works = ("/v/The.Matrix.1999.mkv", "/v/Inception.2010.mkv", "/v/Dune.mkv", "/v/Fargo.1996.mkv")
    with asking(program, *works) as terminal:
        terminal.wait_for("a. Accept The Matrix (1999) and every sure match from here")
        terminal.send("a" + ENTER)
        terminal.wait_for("for 'Dune'")
        assert not any("a. Accept" in line for line in terminal.screen)
        terminal.send("1" + ENTER)
        finish(terminal)
    assert added(trakt) == [MATRIX, INCEPTION, DUNE_2021, FARGO_FILM]


def test_skipping_all_from_here_adds_what_came_before(program: Program, trakt: TraktProcess) -> None:
    with asking(program, "/v/The.Matrix.1999.mkv", "/v/Inception.2010.mkv", "/v/Dune.mkv") as terminal:
        terminal.wait_for("'The Matrix'")
        terminal.send(ENTER)
        terminal.wait_for("'Inception'")
        terminal.send("x" + ENTER)
        finish(terminal)
        assert "Skipped: 2" in terminal.screen
    assert added(trakt) == [MATRIX]


def test_other_words_find_what_the_name_does_not(program: Program, trakt: TraktProcess) -> None:
    with asking(program, "/v/Unknown.Movie.mkv") as terminal:
        terminal.wait_for("? Found no matches for 'Unknown Movie': (arrows or a key, then Enter)")
        terminal.send("s" + ENTER)
        terminal.wait_for("? Search for: Unknown Movie")
        terminal.send(CTRL_U + "matrix" + ENTER)
        terminal.wait_for("? Found 4 matches for 'matrix':")
        terminal.send("2" + ENTER)
        finish(terminal)
    assert added(trakt) == [RELOADED]


@pytest.mark.parametrize("back", [pytest.param(CTRL_U + ENTER, id="empty"), pytest.param(CTRL_U + CTRL_D, id="ctrl-d")])
def test_no_words_lead_back_to_the_question(program: Program, trakt: TraktProcess, back: str) -> None:
    with asking(program, "/v/The.Matrix.1999.mkv") as terminal:
        terminal.wait_for("» 1.")
        terminal.send("s" + ENTER)
        terminal.wait_for("? Search for: The Matrix")
        terminal.send(back)
        terminal.wait_for("» 1. The Matrix (1999) [movie] 136 min, US")
        terminal.send(ENTER)
        finish(terminal)
    assert added(trakt) == [MATRIX]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("tt1375666", INCEPTION, id="imdb-id"),
        pytest.param("https://trakt.tv/movies/inception-2010", INCEPTION, id="url-of-trakt"),
        pytest.param("https://www.imdb.com/de/title/tt1375666/", INCEPTION, id="url-of-imdb"),
        pytest.param("https://www.themoviedb.org/movie/27205-inception", INCEPTION, id="url-of-tmdb"),
        pytest.param("https://thetvdb.com/dereferrer/series/269613", FARGO_SHOW, id="url-of-tvdb-is-a-show"),
    ],
)
def test_an_id_or_a_url_is_looked_up_shown_and_confirmed(
    program: Program, trakt: TraktProcess, text: str, expected: int
) -> None:
    with asking(program, "/v/Unknown.Movie.mkv") as terminal:
        terminal.wait_for("i. Enter an id or a url")
        terminal.send("i" + ENTER)
        terminal.wait_for("? Id or url")
        terminal.send(text + ENTER)
        terminal.wait_for("» 1.")
        terminal.send(ENTER)
        finish(terminal)
    assert added(trakt) == [expected]


def test_what_is_no_id_or_unknown_is_said_and_asked_again(program: Program) -> None:
    with asking(program, "/v/Dune.mkv") as terminal:
        terminal.wait_for("i. Enter")
        terminal.send("i" + ENTER)
        terminal.wait_for("? Id or url")
        terminal.send("the matrix" + ENTER)
        terminal.wait_for("Not an id or url that can be looked up: the matrix")
        terminal.wait_for("Type tt0133093, tmdb:603, tvdb:81189, trakt:481, or a url.")
        terminal.wait_for("x. Skip all from here")
        terminal.send("i" + ENTER + "tt9999999" + ENTER)
        terminal.wait_for("Trakt knows nothing under tt9999999")
        terminal.wait_for("x. Skip all from here")
        terminal.send("i" + ENTER + "https://trakt.tv/movies/nope" + ENTER)
        terminal.wait_for("Trakt knows nothing under https://trakt.tv/movies/nope")


def test_a_film_may_be_said_to_be_a_show(program: Program, trakt: TraktProcess) -> None:
    with asking(program, "/v/Fargo.2014.mkv", more=("-o", "report.json")) as terminal:
        terminal.wait_for("x. Skip all from here")
        terminal.send("i" + ENTER + "https://trakt.tv/shows/fargo" + ENTER)
        terminal.wait_for("» 1. Fargo (2014) [show]")
        terminal.send(ENTER)
        finish(terminal)
        assert "Shows added: 1" in terminal.screen
    assert [(item["type"], item["trakt"]) for item in trakt.account()["watchlist"]] == [("show", FARGO_SHOW)]
    report = json.loads((program.folder / "report.json").read_text())
    assert (report["movies_added"], report["shows_added"]) == (0, 1)
    assert (report["results"][0]["type"], report["results"][0]["decided_by"]) == ("show", "person")


def test_a_film_that_is_said_to_be_a_show_has_no_episodes_to_add(program: Program, trakt: TraktProcess) -> None:
    with asking(program, "/v/Fargo.2014.mkv", more=("--level", "episode")) as terminal:
        terminal.wait_for("x. Skip all from here")
        terminal.send("i" + ENTER + "https://trakt.tv/shows/fargo" + ENTER)
        terminal.wait_for("» 1. Fargo (2014) [show]")
        terminal.send(ENTER)
        assert terminal.end().code == 1
        assert any("❌ Failed: no season number in the names: Fargo (2014) [show]" in line for line in terminal.screen)
    assert added(trakt) == []


def test_an_episode_may_be_said_to_be_a_film(program: Program, trakt: TraktProcess) -> None:
    with asking(program, "/v/Westworld.S01E01.mkv", more=("--level", "episode")) as terminal:
        terminal.wait_for("x. Skip all from here")
        terminal.send("i" + ENTER + "https://trakt.tv/movies/westworld-1973" + ENTER)
        terminal.wait_for("» 1. Westworld (1973) [movie]")
        terminal.send(ENTER)
        finish(terminal)
        assert "Movies added: 1" in terminal.screen
    assert [(item["type"], item["trakt"]) for item in trakt.account()["watchlist"]] == [("movie", WESTWORLD_FILM)]


def test_a_work_with_an_id_in_its_path_is_not_asked_about(program: Program, trakt: TraktProcess) -> None:
    with asking(program, "/v/The Matrix {imdb-tt0133093}.mkv") as terminal:
        finish(terminal)
    assert added(trakt) == [MATRIX]


def test_an_answer_is_kept_for_ever_also_by_a_dry_run(program: Program, trakt: TraktProcess) -> None:
    with asking(program, "/v/Dune.mkv", more=("-n",)) as terminal:
        terminal.wait_for("'Dune'")
        terminal.send("2" + ENTER)
        finish(terminal)
        assert "Dry run: nothing was written" in terminal.screen
    assert added(trakt) == []
    with asking(program, "/v/Dune.mkv") as terminal:
        finish(terminal)
    assert added(trakt) == [DUNE_1984]


def test_what_was_skipped_is_held_without_a_person_and_asked_again_with_one(
    program: Program, trakt: TraktProcess
) -> None:
    with asking(program, "/v/The.Matrix.1999.mkv") as terminal:
        terminal.wait_for("'The Matrix'")
        terminal.send("0" + ENTER)
        finish(terminal)
    plain = program.run("sync", "scan.json", "--refresh")
    assert "⏸ Held for review (4 candidates): The Matrix (1999) [movie]" in plain.out
    assert "you skipped it" in plain.out
    assert added(trakt) == []
    with asking(program, "/v/The.Matrix.1999.mkv") as terminal:
        terminal.wait_for("» 0. Skip")
        assert "you skipped it" in terminal.screen
        terminal.send("1" + ENTER)
        finish(terminal)
    assert added(trakt) == [MATRIX]


def test_what_skipping_all_never_showed_is_added_by_the_next_plain_run(program: Program, trakt: TraktProcess) -> None:
    with asking(program, "/v/Dune.mkv", "/v/The.Matrix.1999.mkv") as terminal:
        terminal.wait_for("'Dune'")
        terminal.send("x" + ENTER)
        finish(terminal)
    program.run("sync", "scan.json")
    assert added(trakt) == [MATRIX]


@pytest.mark.parametrize(
    ("how", "code"),
    [
        pytest.param(CTRL_C, 130, id="ctrl-c"),
        pytest.param(SIGINT, 130, id="sigint"),
        pytest.param(SIGTERM, 143, id="sigterm"),
        pytest.param(SIGHUP, 143, id="sighup"),
    ],
)
@pytest.mark.parametrize("opens", [pytest.param("", id="at-the-list"), pytest.param("s" + ENTER, id="at-the-words")])
def test_a_run_that_is_stopped_at_a_question_keeps_the_answers_and_the_terminal(
    program: Program, trakt: TraktProcess, how: str | Signals, code: int, opens: str
) -> None:
    with asking(program, "/v/Dune.mkv", "/v/The.Matrix.1999.mkv") as terminal:
        terminal.wait_for("'Dune'")
        terminal.send("2" + ENTER)
        terminal.wait_for("» 1. The Matrix (1999)")
        terminal.send(opens)
        terminal.wait_for("Search for:" if opens else "» 1. The Matrix (1999)")
        if isinstance(how, str):
            terminal.send(how)
        else:
            terminal.signal(how)
        assert terminal.end().code == code
        assert terminal.is_restored
        assert "cvi-trakt: stopped: nothing was written; your answers so far are kept" in terminal.screen
    assert added(trakt) == []
    with asking(program, "/v/Dune.mkv", "/v/The.Matrix.1999.mkv") as terminal:
        terminal.wait_for("'The Matrix'")
        assert not any("Dune" in line for line in terminal.screen)
        terminal.send(ENTER)
        finish(terminal)
        assert terminal.is_restored
    assert added(trakt) == [DUNE_1984, MATRIX]


def test_piped_lines_answer_no_question(program: Program, trakt: TraktProcess) -> None:
    lines = b"\n\n/v/Dune.mkv\n\n\n\n"
    with Terminal(program, "sync", "-", "-i", stdin=lines) as terminal:
        terminal.wait_for("» 0. Skip")
        terminal.send("x" + ENTER)
        finish(terminal)
    assert added(trakt) == []


def test_json_on_standard_output_is_json_and_nothing_else(program: Program) -> None:
    program.scan("/v/Dune.mkv", "/v/The.Matrix.1999.mkv")
    with Terminal(program, "sync", "scan.json", "-i", "--format", "json", piped_output=True) as terminal:
        terminal.wait_for("'Dune'")
        terminal.send("0" + ENTER)
        terminal.wait_for("'The Matrix'")
        terminal.send(ENTER)
        report = terminal.end().json
    assert report["skipped"] == 1
    assert report["total"] == 1
    assert [result["status"] for result in report["results"]] == ["skipped", "added"]
    assert report["results"][0]["reason"] == "by you"


def test_without_a_terminal_nothing_is_read_and_nothing_requested(program: Program, trakt: TraktProcess) -> None:
    ended = program.run("sync", "missing.json", "--interactive")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == (
        "cvi-trakt: --interactive: there is no terminal to ask at. Run it in a terminal, or leave the option out.\n"
    )
    assert trakt.requests() == []


def test_a_terminal_that_is_only_a_stream_is_asked_at_too(program: Program, trakt: TraktProcess) -> None:
    program.scan("/v/Dune.mkv")
    with Terminal(program, "sync", "scan.json", "-i", controls=False) as terminal:
        terminal.wait_for("x. Skip all from here")
        terminal.send("1" + ENTER)
        finish(terminal)
    assert added(trakt) == [DUNE_2021]


def test_a_terminal_that_goes_away_is_no_answer(program: Program, trakt: TraktProcess) -> None:
    program.scan("/v/Dune.mkv", "/v/The.Matrix.1999.mkv")
    with Terminal(program, "sync", "scan.json", "-i", nohup=True) as terminal:
        terminal.wait_for("'Dune'")
        terminal.send("1" + ENTER)
        terminal.wait_for("» 1. The Matrix (1999)")
        assert terminal.hang_up() == 2
    assert added(trakt) == []
    assert [one["status"] for one in program.run("sync", "scan.json", "--format", "json").json["results"]] == [
        "added",
        "added",
    ]
    assert added(trakt) == [DUNE_2021, MATRIX]


@pytest.mark.parametrize(
    ("options", "environment", "colored"),
    [
        pytest.param([], {}, True, id="by-default"),
        pytest.param([], {"NO_COLOR": "1"}, False, id="NO_COLOR"),
        pytest.param(["--no-color"], {}, False, id="option"),
    ],
)
def test_colour_is_shown_unless_it_is_not_wanted(
    program: Program, options: list[str], environment: dict[str, str], colored: bool
) -> None:
    program.scan("/v/Dune.mkv")
    with Terminal(program, "sync", "scan.json", "-i", *options, env=environment) as terminal:
        terminal.wait_for("'Dune'")
        terminal.send("s" + ENTER)
        terminal.wait_for("Search for:")
        terminal.send(ENTER)
        terminal.wait_for("x. Skip all from here")
        terminal.send("1" + ENTER)
        finish(terminal)
        assert terminal.has_color is colored


def test_a_terminal_that_cannot_move_its_cursor_is_asked_line_by_line(program: Program, trakt: TraktProcess) -> None:
    program.scan("/v/Dune.mkv", "/v/Unknown.Movie.mkv")
    with Terminal(program, "sync", "scan.json", "-i", "-q", env={"TERM": "dumb"}) as terminal:
        terminal.wait_for("Found 2 matches for 'Dune': [0]")
        terminal.send("9\n")
        terminal.wait_for("Type the number or letter of a line.")
        terminal.send("2\n")
        terminal.wait_for("Found no matches for 'Unknown Movie': [0]")
        terminal.send("i\n")
        terminal.wait_for("Id or url")
        terminal.send("481\n")
        terminal.wait_for("Found 1 match for '481': [1]")
        terminal.send("\n")
        finish(terminal)
        assert b"\x1b" not in terminal.raw
    assert added(trakt) == [DUNE_1984, MATRIX]


def test_a_terminal_of_unknown_type_works_as_well(program: Program, trakt: TraktProcess) -> None:
    program.scan("/v/Dune.mkv")
    with Terminal(program, "sync", "scan.json", "-i", env={"TERM": None}) as terminal:
        terminal.wait_for("» 0. Skip")
        terminal.send(DOWN + ENTER)
        finish(terminal)
    assert added(trakt) == [DUNE_2021]


def test_names_cannot_steer_the_terminal(program: Program) -> None:
    with asking(program, "/v/Du\x1b[31mne\n0. Skip.mkv") as terminal:
        terminal.wait_for("x. Skip all from here")
        assert "(1/1) /v/Du\\x1b[31mne\\n0. Skip.mkv" in terminal.screen


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TraktProcess]:
    """A sandbox that knows twelve films of one title, with more to say than a line holds."""
    file = tmp_path_factory.mktemp("catalogue") / "catalogue.sqlite"
    with sqlite3.connect(file) as database:
        database.executescript(
            "CREATE TABLE movies (trakt, slug, title, original_title, year, imdb, tmdb, votes);"
            "CREATE TABLE shows (trakt, slug, title, original_title, year, imdb, tmdb, tvdb, votes, country);"
            "CREATE TABLE aliases (kind, trakt, alias);"
        )
        title = "The Night of the Day of the Dawn of the Son of the Bride of the Return"
        rows = [(number, f"night-{number}", title, None, 1950 + number, None, None, 0) for number in range(1, 13)]
        database.executemany("INSERT INTO movies VALUES (?,?,?,?,?,?,?,?)", rows)
    database.close()
    server = TraktProcess("--catalogue", str(file))
    yield server
    server.stop()


NIGHT = "/a/long/way/down/to/the/films/The.Night.of.the.Day.of.the.Dawn.of.the.Son.of.the.Bride.of.the.Return.mkv"
NARROW = """\
(1/1) …f.the.Dawn.of.the.Son.of.the.Bride.of.the.Return.mkv
read as: movie 'The Night of the Day of the Dawn of the So…
several of that title and no year in the path
? Found 12 matches for 'The Night of the Day of the Da…':
   0. Skip (don't add to watchlist)
   1. The Night of the Day of the Dawn of t… (1951) [movie]
   2. The Night of the Day of the Dawn of t… (1952) [movie]
   3. The Night of the Day of the Dawn of t… (1953) [movie]
   4. The Night of the Day of the Dawn of t… (1954) [movie]
   5. The Night of the Day of the Dawn of t… (1955) [movie]
   6. The Night of the Day of the Dawn of t… (1956) [movie]
   7. The Night of the Day of the Dawn of t… (1957) [movie]
   8. The Night of the Day of the Dawn of t… (1958) [movie]
 » 9. The Night of the Day of the Dawn of t… (1959) [movie]
   n. Next page (2 of 2)
   s. Search with other words
   i. Enter an id or a url
   z. Never ask again
   x. Skip all from here
   d. Done: take the sure ones, hold the others
      title agrees
      https://trakt.tv/movies/night-9"""


def test_nothing_wraps_in_sixty_columns(tmp_path: Path, crowded: TraktProcess) -> None:
    with asking(Program(tmp_path, crowded.url), NIGHT, size=(24, 60)) as terminal:
        terminal.wait_for("x. Skip all from here")
        terminal.send("9")
        terminal.wait_for("https://trakt.tv/movies/night-9")
        assert str(terminal).strip("\n").splitlines() == NARROW.splitlines()


def test_a_page_holds_what_a_small_screen_has_room_for(tmp_path: Path, crowded: TraktProcess) -> None:
    with asking(Program(tmp_path, crowded.url), NIGHT, size=(19, 80)) as terminal:
        terminal.wait_for("d. Done")
        assert any(line.startswith("(1/1) ") for line in terminal.screen)
        assert any("   4. The Night" in line for line in terminal.screen)
        assert not any("   5. " in line for line in terminal.screen)
        terminal.send("n" + ENTER)
        terminal.wait_for("n. Next page (3 of 3)")
        terminal.wait_for("(1955)")
        terminal.send("4")
        terminal.wait_for("https://trakt.tv/movies/night-8")
        assert any(line.startswith("(1/1) ") for line in terminal.screen)


def test_more_candidates_than_a_page_are_turned_to(tmp_path: Path, crowded: TraktProcess) -> None:
    crowded.reset()
    with asking(Program(tmp_path, crowded.url), NIGHT) as terminal:
        terminal.wait_for("n. Next page (2 of 2)")
        terminal.send("n" + ENTER)
        terminal.wait_for("p. Previous page (1 of 2)")
        assert not any("4. " in line for line in terminal.screen)
        terminal.send("p" + ENTER)
        terminal.wait_for("n. Next page (2 of 2)")
        terminal.send("n" + ENTER)
        terminal.wait_for("p. Previous page (1 of 2)")
        terminal.send("3" + ENTER)
        finish(terminal)
    assert added(crowded) == [12]
