"""The sandbox as a process: how it starts and ends, what it keeps, which catalogue it loads."""

from __future__ import annotations

import json
import signal
import socket
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import requests
from sandbox.sandbox_process import API_KEY, Sandbox, running

SCHEMA = """
CREATE TABLE movies(trakt INTEGER PRIMARY KEY, slug TEXT UNIQUE, title TEXT, original_title TEXT,
    year INTEGER, imdb TEXT, tmdb INTEGER, votes INTEGER, ids_real INTEGER);
CREATE TABLE shows(trakt INTEGER PRIMARY KEY, slug TEXT UNIQUE, title TEXT, original_title TEXT,
    year INTEGER, imdb TEXT, tmdb INTEGER, tvdb INTEGER, votes INTEGER, country TEXT, ids_real INTEGER);
CREATE TABLE aliases(kind TEXT, trakt INTEGER, alias TEXT);
INSERT INTO movies VALUES (11, 'the-long-night-1999', 'The Long Night', 'Die lange Nacht', 1999, 'tt11', 5, 40, 1);
INSERT INTO movies VALUES (12, 'the-long-night-2009', 'The Long Night', NULL, 2009, NULL, NULL, 900, 1);
INSERT INTO movies VALUES (13, 'no-year', 'No Year', NULL, NULL, NULL, NULL, NULL, 0);
INSERT INTO shows VALUES (21, 'the-long-day', 'The Long Day', NULL, 2005, 'tt21', 5, 7, 3, 'US', 1);
INSERT INTO aliases VALUES ('show', 21, 'Der lange Tag');
"""


def start_and_fail(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "cvi_trakt.sandbox", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_with_0_even_while_a_connection_is_open(number: signal.Signals) -> None:
    with running() as sandbox:
        sandbox.fault("silence", match={"path": "^/shows"})
        silent = socket.create_connection(("127.0.0.1", int(sandbox.url.rpartition(":")[2])))
        silent.sendall(b"GET /shows/1388 HTTP/1.1\r\nHost: a\r\n\r\n")
        assert sandbox.get("/movies/481").status_code == 200
        sandbox.process.send_signal(number)
        assert sandbox.process.wait(timeout=5) == 0
        silent.close()


def test_it_listens_on_loopback_only_and_says_where(sandbox: Sandbox) -> None:
    assert sandbox.url.startswith("http://127.0.0.1:")


def test_a_port_that_is_taken_is_exit_2_in_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ended = start_and_fail("--port", str(taken.getsockname()[1]))
    assert (ended.returncode, ended.stdout) == (2, "")
    assert len(ended.stderr.splitlines()) == 1


def test_what_is_done_is_there_after_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    with running("--state", str(file)) as sandbox:
        sandbox.seed("olga", private=True)
        sandbox.post("/sync/watchlist", {"movies": [{"ids": {"trakt": 481}}]})
        sandbox.post("/users/me/lists", {"name": "Winter", "privacy": "public"})
        sandbox.post("/users/me/lists/winter/items", {"shows": [{"ids": {"trakt": 1388}}]})
        sandbox.post("/sync/history", {"movies": [{"ids": {"tmdb": 27205}}]})
        sandbox.post("/sync/collection", {"movies": [{"ids": {"tmdb": 27205}, "media_type": "dvd"}]})
        sandbox.post("/sync/ratings", {"movies": [{"ids": {"tmdb": 27205}, "rating": 9}]})
        token = sandbox.post("/_sandbox/tokens", {}).json()["access"]
        before = {name: sandbox.account(name) for name in ("sandy", "olga")}
    with running("--state", str(file)) as sandbox:
        assert {name: sandbox.account(name) for name in ("sandy", "olga")} == before
        headers = {**API_KEY, "Authorization": f"Bearer {token}"}
        assert sandbox.get("/users/me/lists/winter/items", headers=headers).json()[0]["type"] == "show"
        new = sandbox.post("/users/me/lists", {"name": "B"}).json()["ids"]["trakt"]
        assert new > max(play["id"] for play in before["sandy"]["history"])


def test_what_was_answered_is_in_the_file_even_after_a_kill(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    with running("--state", str(file)) as sandbox:
        sandbox.post("/sync/watchlist", {"movies": [{"ids": {"trakt": 481}}]})
        sandbox.process.kill()
        sandbox.process.wait(timeout=5)
    kept = json.loads(file.read_text())
    assert [item["trakt"] for item in kept["accounts"]["sandy"]["watchlist"]] == [481]
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("content", ["{", "[]", '{"accounts": {}}'])
def test_a_state_file_that_is_none_is_exit_2_and_is_left_alone(tmp_path: Path, content: str) -> None:
    file = tmp_path / "state.json"
    file.write_text(content)
    ended = start_and_fail("--state", str(file))
    assert (ended.returncode, file.read_text()) == (2, content)
    assert "not a state file" in ended.stderr


def test_a_state_file_in_no_folder_is_exit_2_at_once(tmp_path: Path) -> None:
    ended = start_and_fail("--state", str(tmp_path / "nowhere" / "state.json"))
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "cannot be written" in ended.stderr


def test_a_state_of_another_catalogue_is_exit_2(tmp_path: Path, catalogue: Path) -> None:
    file = tmp_path / "state.json"
    with running("--state", str(file), "--catalogue", str(catalogue)) as sandbox:
        sandbox.seed(watchlist=[{"type": "movie", "trakt": 11}])
    ended = start_and_fail("--state", str(file))
    assert ended.returncode == 2
    assert "not in the catalogue" in ended.stderr


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("catalogue") / "big # 100%.sqlite"
    with sqlite3.connect(file) as database:
        database.executescript(SCHEMA)
    database.close()
    file.chmod(0o400)
    return file


@pytest.fixture(scope="module")
def _with_catalogue(catalogue: Path) -> Any:
    with running("--catalogue", str(catalogue)) as sandbox:
        yield sandbox


@pytest.fixture
def other(_with_catalogue: Sandbox) -> Sandbox:
    _with_catalogue.reset()
    return _with_catalogue


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/search/movie/exact?query=the long night", ["the-long-night-2009", "the-long-night-1999"]),
        ("/search/movie/exact?query=die lange nacht", ["the-long-night-1999"]),
        ("/search/show/exact?query=der lange tag", ["the-long-day"]),
        ("/search/movie,show?query=the lnog", ["the-long-night-2009", "the-long-night-1999", "the-long-day"]),
        ("/search/tmdb/5?type=show", ["the-long-day"]),
        ("/search/imdb/tt11?type=movie", ["the-long-night-1999"]),
        ("/search/movie/exact?query=the matrix", []),
    ],
)
def test_a_bigger_catalogue_is_searched_in_place_of_the_built_in(
    other: Sandbox, path: str, expected: list[str]
) -> None:
    found = other.get(path).json()
    assert [hit[hit["type"]]["ids"]["slug"] for hit in found] == expected


def test_a_work_without_a_year_has_null(other: Sandbox) -> None:
    full = other.get("/movies/no-year?extended=full").json()
    assert (full["year"], full["released"], full["runtime"]) == (None, None, None)


@pytest.mark.parametrize(
    ("season", "episode", "known"),
    [(1, 1, True), (60, 2000, True), (0, 1, True), (61, 1, False), (1, 2001, False), (1, 0, False)],
)
def test_a_show_without_a_list_of_episodes_has_any_reasonable_one(
    other: Sandbox, season: int, episode: int, known: bool
) -> None:
    show = {"ids": {"trakt": 21}, "seasons": [{"number": season, "episodes": [{"number": episode}]}]}
    added = other.post("/sync/watchlist", {"shows": [show]}).json()["added"]["episodes"]
    assert added == (1 if known else 0)


def test_made_up_numbers_of_episodes_stay_the_same(other: Sandbox) -> None:
    ids = other.get("/shows/21/seasons/3/episodes/4").json()["ids"]
    assert ids == {"trakt": 21030004, "tvdb": 4000000021030004, "imdb": None, "tmdb": 2000000021030004}


def test_the_catalogue_file_is_not_written_to(other: Sandbox, catalogue: Path) -> None:
    assert other.get("/movies/11").status_code == 200
    assert [file.name for file in catalogue.parent.iterdir()] == [catalogue.name]


@pytest.mark.parametrize("content", [None, "no database at all", ""])
def test_a_catalogue_that_is_none_is_exit_2(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "catalogue.sqlite"
    if content is not None:
        file.write_text(content)
    ended = start_and_fail("--catalogue", str(file))
    assert ended.returncode == 2
    assert str(file) in ended.stderr


def test_writes_at_the_same_time_are_all_kept(sandbox: Sandbox) -> None:
    episodes = [{"ids": {"trakt": 1_388_000_000 + season * 10_000 + 1}} for season in range(1, 6)]

    def add(number: int) -> int:
        body = {"episodes": [episodes[number % 5]]}
        with requests.Session() as http:
            return replace(sandbox, http=http).post("/sync/history", body).status_code

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(add, range(40))) == {201}
    plays = sandbox.account()["history"]
    assert len({play["id"] for play in plays}) == 40


@pytest.mark.parametrize(
    "wrong",
    [
        {"accounts": {"sandy": {"watchlist": [{"type": "movie", "trakt": 5}]}}},
        {"accounts": {"sandy": {"limits": {"films": 5}}}},
        {"accounts": {"sandy": {"history": [{}]}}},
        {"accounts": []},
        {},
    ],
    ids=["not-in-the-catalogue", "no-such-limit", "no-type", "no-object", "nothing"],
)
def test_a_seed_that_makes_no_sense_changes_nothing(sandbox: Sandbox, wrong: dict[str, Any]) -> None:
    before = sandbox.account()
    assert sandbox.put("/_sandbox/state", wrong).status_code == 400
    assert sandbox.account() == before


def test_seeding_sets_the_named_parts_and_leaves_the_others(sandbox: Sandbox) -> None:
    sandbox.seed(watchlist=[{"type": "movie", "trakt": 481}], name="S.")
    sandbox.seed(ratings=[{"type": "show", "trakt": 1388, "rating": 8}])
    account = sandbox.account()
    assert (account["name"], len(account["watchlist"]), account["ratings"][0]["rating"]) == ("S.", 1, 8)


def test_a_reset_makes_everything_new(sandbox: Sandbox) -> None:
    sandbox.seed(watchlist=[{"type": "movie", "trakt": 481}])
    sandbox.seed("olga")
    sandbox.behave(exact_empty=True, account="locked", rate_limits=True)
    sandbox.fault("status", times=None)
    sandbox.reset()
    assert sandbox.get("/sync/watchlist").json() == []
    assert sandbox.get("/users/olga").status_code == 404
    assert len(sandbox.get("/search/movie/exact?query=dune").json()) == 2
