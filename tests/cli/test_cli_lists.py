from __future__ import annotations

import json
from importlib.resources import files

from driving import Program, TraktProcess

FILMS = json.loads((files("cvi_trakt.sandbox") / "catalogue.json").read_text(encoding="utf-8"))["movies"]


def test_a_list_is_found_by_name_in_any_case_and_by_slug(program: Program, trakt: TraktProcess) -> None:
    program.run("sync", program.scan("/v/Dune.2021.mkv"), "-w", "My Movies", "--create-list")
    for name in ("my movies", "MY MOVIES", "my-movies"):
        assert [entry["title"] for entry in program.run("view", "-w", name, "--format", "json").json] == ["Dune"]
    assert trakt.account()["watchlist"] == []


def test_create_list_makes_the_list_once_and_private(program: Program, trakt: TraktProcess) -> None:
    for _ in range(2):
        program.run("sync", program.scan("/v/Dune.2021.mkv"), "-w", "My Movies", "--create-list")
    (made,) = trakt.account()["lists"]
    assert (made["name"], made["privacy"]) == ("My Movies", "private")


def test_a_dry_run_makes_no_list(program: Program, trakt: TraktProcess) -> None:
    ended = program.run("sync", program.scan("/v/Dune.2021.mkv"), "-w", "My Movies", "--create-list", "-n", "-v")
    assert "✅ Would be added" in ended.out
    assert trakt.account()["lists"] == []


def test_added_to_a_list_names_the_list(program: Program) -> None:
    ended = program.run("sync", program.scan("/v/Dune.2021.mkv"), "--to", "list:Kids", "--create-list", "-v")
    assert "Searching and adding to Kids...\n" in ended.out
    assert "    ✅ Added to Kids\n" in ended.out


def test_the_default_watchlist_is_used(program: Program, trakt: TraktProcess) -> None:
    program.write("config.yaml", "trakt:\n  default_watchlist: Kids\n")
    program.run("sync", program.scan("/v/Dune.2021.mkv"), "--create-list")
    assert trakt.account()["lists"][0]["name"] == "Kids"
    program.run("sync", "scan.json", "-w", "watchlist")
    assert len(trakt.account()["watchlist"]) == 1


def test_a_list_that_is_not_there_names_the_near_ones(program: Program) -> None:
    program.run("sync", program.scan("/v/Dune.2021.mkv"), "-w", "My Movies", "--create-list")
    for command in (["sync", "scan.json"], ["view"]):
        ended = program.run(*command, "-w", "my-movie")
        assert ended.code == 2
        assert ended.err.startswith("cvi-trakt: Watchlist not found: my-movie. Lists there: ")
        assert "my-movies" in ended.err.casefold().replace(" ", "-")


def test_two_lists_of_one_name_are_told_apart_by_slug(program: Program, trakt: TraktProcess) -> None:
    trakt.seed(lists=[{"name": "Kids", "slug": "kids"}, {"name": "Kids", "slug": "kids-2"}])
    ended = program.run("view", "-w", "Kids")
    assert ended.code == 2
    assert "use one of the slugs kids, kids-2" in ended.err
    assert program.run("view", "-w", "kids-2").code == 0


def test_the_json_of_an_entry(program: Program) -> None:
    program.run("sync", program.scan("/v/The.Matrix.1999.mkv", "/v/Breaking.Bad.S01E01.mkv"))
    film, show = program.run("view", "--format", "json").json
    assert film["listed_at"].endswith("Z")
    assert {key: film[key] for key in film if key not in ("id", "listed_at")} == {
        "rank": 1, "title": "The Matrix", "year": 1999, "type": "movie", "media_type": "movie",
        "tmdb_id": 603, "imdb_id": "tt0133093", "notes": None,
        "ids": {"trakt": 481, "slug": "the-matrix-1999", "imdb": "tt0133093", "tmdb": 603},
    }  # fmt: skip
    assert (show["type"], show["media_type"], show["rank"]) == ("show", "tv", 2)


def test_the_table_of_a_list(program: Program) -> None:
    program.run("sync", program.scan("/v/The.Matrix.1999.mkv"))
    lines = program.run("view").out.splitlines()
    assert lines[0].split() == ["#", "TITLE", "YEAR", "TYPE", "LISTED"]
    assert lines[1].split()[:5] == ["1", "The", "Matrix", "1999", "movie"]


def test_lists_as_table_json_and_file(program: Program) -> None:
    program.run("sync", program.scan("/v/The.Matrix.1999.mkv"), "-w", "Kids", "--create-list")
    assert program.run("list-watchlists").out.splitlines()[1].split() == ["Watchlist", "watchlist", "0", "-"]
    found = program.run("lists", "--format", "json").json
    assert [(one["name"], one["slug"], one["item_count"]) for one in found] == [
        ("Watchlist", "watchlist", 0),
        ("Kids", "kids", 1),
    ]
    ended = program.run("list-watchlists", "--output", "lists.json")
    assert ended.out == ""
    assert json.loads((program.folder / "lists.json").read_text()) == found


def test_a_watchlist_of_many_pages_is_read_completely_when_the_page_count_is_too_low(
    program: Program, trakt: TraktProcess
) -> None:
    shows = {1388: (7, 13, 13, 13, 16), 1390: (10, 10, 10, 10, 10, 10, 7, 6)}
    episodes = [
        {"type": "episode", "trakt": show, "season": season, "episode": number}
        for show, seasons in shows.items()
        for season, count in enumerate(seasons, start=1)
        for number in range(1, count + 1)
    ]
    seasons = [{"type": "season", "trakt": show, "season": season} for show in shows for season in (1, 2, 3, 4, 5)]
    films = [{"type": "movie", "trakt": film["trakt"]} for film in FILMS]
    trakt.behave(page_count_short=1)
    trakt.seed(watchlist=[*episodes, *seasons, *films])
    assert len(program.run("view", "--format", "json").json) == 135 + 10 + len(FILMS) > 250


def test_a_list_whose_name_is_a_number_is_not_taken_for_the_list_of_that_number(
    program: Program, trakt: TraktProcess
) -> None:
    trakt.seed(lists=[{"name": "A", "id": 2024}, {"name": "2024"}])
    program.run("sync", program.scan("/v/Dune.2021.mkv"), "-w", "2024")
    assert {one["name"]: len(one["items"]) for one in trakt.account()["lists"]} == {"A": 0, "2024": 1}


def test_a_list_named_watchlist_is_reached_by_saying_list(program: Program, trakt: TraktProcess) -> None:
    trakt.seed(lists=[{"name": "Watchlist"}])
    program.run("sync", program.scan("/v/Dune.2021.mkv"), "--to", "list:watchlist")
    assert trakt.account()["watchlist"] == []
    assert len(trakt.account()["lists"][0]["items"]) == 1


def test_a_list_that_cannot_be_made_for_want_of_room_is_said_of_each_work(
    program: Program, trakt: TraktProcess
) -> None:
    trakt.seed(limits={"lists": 1}, lists=[{"name": "Kids"}])
    ended = program.run("sync", program.scan("/v/Dune.2021.mkv"), "-w", "New", "--create-list", "-o", "report.json")
    assert ended.code == 1
    assert "❌ Over the account limit: Dune (2021) [movie]" in ended.out
    assert json.loads((program.folder / "report.json").read_text())["over_limit"] == 1
    assert len(trakt.account()["lists"]) == 1


def test_a_list_whose_making_was_not_answered_is_made_once(program: Program, trakt: TraktProcess) -> None:
    trakt.fault("lost_answer", method="POST", path="^/users/me/lists$")
    ended = program.run("sync", program.scan("/v/Dune.2021.mkv"), "-w", "New", "--create-list")
    assert ended.code == 0
    assert [(one["name"], len(one["items"])) for one in trakt.account()["lists"]] == [("New", 1)]


def test_a_list_that_is_gone_ends_the_writing_at_once(program: Program, trakt: TraktProcess) -> None:
    trakt.seed(lists=[{"name": "Kids"}])
    trakt.fault("status", method="POST", path="/items$", status=404, times=None)
    scan = program.scan("/v/Dune.2021.mkv", "/v/Inception.2010.mkv", "/v/The.Matrix.1999.mkv")
    ended = program.run("sync", scan, "-w", "Kids")
    assert ended.code == 1
    assert "Failed/Not found: 3" in ended.out
    assert len(trakt.requests(method="POST")) == 1


def test_view_takes_the_list_without_an_option(program: Program, trakt: TraktProcess) -> None:
    ended = program.run("view", "no-such-list")
    assert (ended.code, "Watchlist not found: no-such-list" in ended.err) == (2, True)
    assert program.run("view", "watchlist").code == 0
    assert "use one" in program.run("view", "one", "--watchlist", "two").err
    assert program.run("view", "").code == 2
