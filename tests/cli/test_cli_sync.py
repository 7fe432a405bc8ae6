from __future__ import annotations

import json
import shutil
import sqlite3
import time
from pathlib import Path

import pytest
from driving import Program, TraktProcess

EXAMPLES = Path(__file__).parents[2] / "examples"

TRANSCRIPT = """\
Starting Trakt watchlist sync...
Processing scan file: scan_results.json
Found 3 media items to sync
Searching and adding to watchlist...
  (1/3) Processing: The Matrix (1999) [movie]
    ✅ Added to watchlist
  (2/3) Processing: Breaking Bad (2008) [show]
    ✅ Added to watchlist
  (3/3) Processing: Unknown Movie [movie]
    ❌ Not found on Trakt

==================================================
TRAKT SYNC SUMMARY
==================================================
Total items processed: 3
Movies added: 1
Shows added: 1
Failed/Not found: 1
Success rate: 66.7%
"""


def titles(items: list[dict[str, object]]) -> list[object]:
    return [item["trakt"] for item in items]


@pytest.fixture
def example(program: Program) -> str:
    shutil.copy(EXAMPLES / "scan_results.json", program.folder)
    return "scan_results.json"


def test_the_transcript_is_the_designs_word_for_word(program: Program, example: str) -> None:
    ended = program.run("sync", example, "--verbose")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == TRANSCRIPT


def test_what_it_says_is_what_is_on_the_watchlist(program: Program, trakt: TraktProcess, example: str) -> None:
    program.run("sync", example)
    assert titles(trakt.account()["watchlist"]) == [481, 1388]


def test_a_second_run_adds_and_searches_nothing(program: Program, trakt: TraktProcess, example: str) -> None:
    program.run("sync", example)
    trakt.forget_requests()
    ended = program.run("sync", example, "--verbose")
    assert ended.out.count("    ✅ Already there") == 2
    assert "    ❌ Not found on Trakt" in ended.out
    assert "Already there: 2" in ended.out
    assert "Success rate: 66.7%" in ended.out
    assert trakt.requests("/search") == []
    assert trakt.requests(method="POST") == []


def test_a_held_work_is_not_searched_for_again_either(program: Program, trakt: TraktProcess) -> None:
    program.run("sync", program.scan("/v/Dune.mkv"))
    trakt.forget_requests()
    ended = program.run("sync", "scan.json")
    assert "⏸ Held for review (2 candidates): Dune [movie] - /v/Dune.mkv" in ended.out
    assert trakt.requests("/search") == []


def test_refresh_searches_again(program: Program, trakt: TraktProcess, example: str) -> None:
    program.run("sync", example)
    trakt.forget_requests()
    program.run("sync", example, "--refresh")
    assert len(trakt.requests("/search")) == 3  # the film, whose path has a year, is known by what the target holds


def test_without_verbose_only_what_is_not_simply_added_has_a_line(program: Program, example: str) -> None:
    lines = program.run("sync", example).out.splitlines()
    assert lines[0] == "❌ Not found on Trakt: Unknown Movie [movie] - /videos/Unknown.Movie.mkv"
    assert lines[1] == ""
    assert lines[3] == "TRAKT SYNC SUMMARY"


def test_the_output_file_holds_the_whole_report(program: Program, example: str) -> None:
    program.run("sync", example, "--output", "report.json")
    report = json.loads((program.folder / "report.json").read_text())
    run = report.pop("run")
    assert len(run) == len("2026-11-20T06-12-09-3f")
    assert report.pop("results")[0] == {
        "title": "The Matrix",
        "year": 1999,
        "type": "movie",
        "status": "added",
        "trakt_id": 481,
        "filename": "/videos/The.Matrix.1999.mkv",
        "items": [
            {
                "file": "/videos/The.Matrix.1999.mkv",
                "kind": "movie",
                "title": "The Matrix",
                "year": 1999,
                "season": None,
                "episodes": [],
                "date": None,
            }
        ],
        "ids": {"trakt": 481, "slug": "the-matrix-1999", "imdb": "tt0133093", "tmdb": 603},
        "distance": {"title": 0.0, "year": 0},
        "reason": "title and year agree",
        "decided_by": "score",
    }
    assert report == {
        "total": 3, "movies_added": 1, "shows_added": 1, "failed": 1, "existing": 0, "held": 0, "skipped": 0,
        "over_limit": 0, "success_rate": 66.7, "filtered": {}, "watchlist": None, "dry_run": False,
        "requests": {"search": 4, "read": 2, "write": 1},
    }  # fmt: skip


def test_with_json_the_transcript_goes_to_standard_error(program: Program, example: str) -> None:
    ended = program.run("sync", example, "--format", "json", "-v")
    assert [result["status"] for result in ended.json["results"]] == ["added", "added", "not_found"]
    assert ended.err == TRANSCRIPT


def test_a_dry_run_needs_only_a_client_id_and_writes_nothing(
    program: Program, trakt: TraktProcess, example: str
) -> None:
    signed_out = {"CVI_TRAKT_TOKEN": None, "CVI_TRAKT_CLIENT_SECRET": None}
    ended = program.run("sync", example, "--dry-run", "--verbose", env=signed_out)
    assert ended.code == 0
    assert ended.out.count("    ✅ Would be added") == 2
    assert "\nDry run: nothing was written\n" in ended.out
    assert "Movies added: 1" in ended.out
    assert trakt.account()["watchlist"] == []


def test_a_dry_run_of_a_person_who_is_signed_in_knows_what_is_there(program: Program, example: str) -> None:
    program.run("sync", example)
    ended = program.run("sync", example, "--dry-run", "--verbose")
    assert ended.out.count("    ✅ Already there") == 2


def test_a_pipe_of_paths_is_synced(program: Program) -> None:
    ended = program.run("sync", "-", "--dry-run", "--format", "json", stdin="/v/The.Matrix.1999.mkv\n")
    assert ended.json["results"][0]["trakt_id"] == 481


def test_standard_input_is_read_when_no_scan_is_named(program: Program) -> None:
    ended = program.run("sync", "--dry-run", "--format", "json", stdin="/v/The.Matrix.1999.mkv\n")
    assert ended.json["total"] == 1


def test_json_lines_are_searched_while_they_arrive(program: Program, trakt: TraktProcess) -> None:
    process = program.start("sync", "-", "--verbose")
    assert process.stdin is not None
    process.stdin.write(b'{"path": "/v/The.Matrix.1999.mkv", "status": "HEALTHY"}\n')
    process.stdin.flush()
    deadline = time.monotonic() + 20
    while not trakt.requests("/search") and time.monotonic() < deadline:
        time.sleep(0.02)
    assert trakt.requests("/search") != []
    assert trakt.requests(method="POST") == []
    out, _ = process.communicate(b'{"end": true, "files": 1}\n', timeout=30)
    assert "✅ Added to watchlist" in out.decode()
    assert process.returncode == 0


def test_a_scan_that_was_cut_off_is_said_and_what_came_is_synced(program: Program, trakt: TraktProcess) -> None:
    ended = program.run("sync", stdin='{"path": "/v/The.Matrix.1999.mkv", "status": "HEALTHY"}\n')
    assert ended.code == 1
    assert "cut off" in ended.err
    assert titles(trakt.account()["watchlist"]) == [481]


def test_several_inputs_are_one_and_the_later_verdict_wins(program: Program) -> None:
    program.scan("/v/The.Matrix.1999.mkv", "/v/Inception.2010.mkv", name="a.json")
    program.scan("/v/The.Matrix.1999.mkv", status="CORRUPT", name="b.json")
    report = program.run("sync", "a.json", "b.json", "-n", "--format", "json").json
    assert [result["title"] for result in report["results"]] == ["Inception"]
    assert report["filtered"] == {"CORRUPT": 1}


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        pytest.param([], ["Inception"], id="healthy-by-default"),
        pytest.param(["--include-status", "corrupt"], ["The Matrix"], id="one-in-any-case"),
        pytest.param(["--include-statuses", "HEALTHY", "CORRUPT"], ["Inception", "The Matrix"], id="several-words"),
        pytest.param(
            ["--include-status", "healthy", "--include-status", "Corrupt"], ["Inception", "The Matrix"], id="repeated"
        ),
        pytest.param(["--assume-healthy"], ["Inception", "Dune"], id="no-verdict-is-healthy"),
    ],
)
def test_the_status_decides_what_takes_part(program: Program, arguments: list[str], wanted: list[str]) -> None:
    program.write(
        "scan.json",
        [
            {"path": "/v/Inception.2010.mkv", "status": "HEALTHY"},
            {"path": "/v/The.Matrix.1999.mkv", "status": "CORRUPT"},
            {"path": "/v/Dune.2021.mkv"},
        ],
    )
    report = program.run("sync", "scan.json", "-n", "--format", "json", *arguments).json
    assert [result["title"] for result in report["results"]] == wanted


def test_statuses_can_be_set(program: Program) -> None:
    program.write("config.yaml", "trakt:\n  include_statuses: [corrupt]\n")
    report = program.run("sync", program.scan("/v/Dune.2021.mkv", status="CORRUPT"), "-n", "--format", "json").json
    assert report["total"] == 1


def test_files_without_a_verdict_are_left_out_in_one_line(program: Program) -> None:
    ended = program.run("sync", program.write("scan.json", [{"path": "/v/Dune.2021.mkv"}]))
    assert (ended.code, ended.out) == (0, "No media items found\n")
    assert ended.err == "Left out by status: 1 UNKNOWN; --assume-healthy takes the UNKNOWN\n"


def test_a_sample_is_skipped_and_said(program: Program) -> None:
    scan = program.scan("/v/Dune (2021)/Dune.2021.mkv", "/v/Dune (2021)/Sample/dune-sample.mkv")
    ended = program.run("sync", scan, "-v")
    assert "    ⏭ Skipped: sample" in ended.out
    assert "Total items processed: 1\n" in ended.out
    assert "Skipped: 1\n" in ended.out


def test_all_episodes_of_a_show_are_one_search(program: Program, trakt: TraktProcess) -> None:
    paths = [f"/tv/Breaking Bad/Season 1/Breaking.Bad.S01E{number:02d}.mkv" for number in range(1, 8)]
    report = program.run("sync", program.scan(*paths), "--format", "json").json
    assert (report["total"], report["shows_added"], report["requests"]["search"]) == (1, 1, 1)
    assert [item["episodes"] for item in report["results"][0]["items"]] == [[1], [2], [3], [4], [5], [6], [7]]


@pytest.mark.parametrize(
    ("level", "listed"),
    [
        pytest.param("show", [("show", None, None)], id="show"),
        pytest.param("season", [("season", 1, None), ("season", 2, None)], id="season"),
        pytest.param("episode", [("episode", 1, 1), ("episode", 1, 2), ("episode", 2, 5)], id="episode"),
    ],
)
def test_a_show_can_be_added_by_season_or_episode(
    program: Program, level: str, listed: list[tuple[str, int | None, int | None]]
) -> None:
    scan = program.scan("/v/Breaking.Bad.S01E01E02.mkv", "/v/Breaking.Bad.S02E05.mkv")
    program.run("sync", scan, "--level", level)
    entries = program.run("view", "--format", "json").json
    found = [(entry["type"], entry.get("season"), entry.get("episode")) for entry in entries]
    assert found == listed
    again = program.run("sync", scan, "--level", level, "-v")
    assert "    ✅ Already there" in again.out


def test_episodes_are_counted(program: Program) -> None:
    ended = program.run("sync", program.scan("/v/Breaking.Bad.S01E01E02.mkv"), "--level", "episode")
    assert "Episodes added: 2\n" in ended.out


def test_limit_takes_only_the_first_works(program: Program) -> None:
    scan = program.scan("/v/Dune.2021.mkv", "/v/Inception.2010.mkv", "/v/The.Matrix.1999.mkv")
    report = program.run("sync", scan, "--limit", "2", "--format", "json").json
    assert [result["title"] for result in report["results"]] == ["Dune", "Inception"]


def test_more_than_max_adds_writes_a_plan_and_nothing_else(program: Program, trakt: TraktProcess) -> None:
    scan = program.scan("/v/Dune.2021.mkv", "/v/Inception.2010.mkv")
    ended = program.run("sync", scan, "--max-adds", "1")
    assert ended.code == 1
    assert "2 works would be added, more than --max-adds 1: nothing was written" in ended.err
    assert trakt.account()["watchlist"] == []
    (plan,) = (program.folder / "state" / "plans").iterdir()
    assert "title: Dune" in plan.read_text()


def test_max_adds_that_is_not_exceeded_changes_nothing(program: Program, trakt: TraktProcess) -> None:
    assert program.run("sync", program.scan("/v/Dune.2021.mkv"), "--max-adds", "1").code == 0
    assert len(trakt.account()["watchlist"]) == 1


def test_plan_out_writes_the_plan_instead_of_doing_it(program: Program, trakt: TraktProcess) -> None:
    ended = program.run("sync", program.scan("/v/Dune.2021.mkv"), "--plan-out", "plan.yaml")
    assert ended.code == 0
    assert "action: add" in (program.folder / "plan.yaml").read_text()
    assert trakt.account()["watchlist"] == []


@pytest.mark.parametrize(("arguments", "code"), [([], 0), (["--strict"], 1)])
def test_strict_makes_not_found_an_error(program: Program, arguments: list[str], code: int) -> None:
    assert program.run("sync", program.scan("/v/Unknown.Movie.mkv"), *arguments).code == code


def test_two_spellings_of_one_film_are_added_once(program: Program, trakt: TraktProcess) -> None:
    ended = program.run("sync", program.scan("/v/WALL-E (2008).mkv", "/v/WALL E (2008) {imdb-tt0910970}.mkv"), "-v")
    assert "✅ Added to watchlist" in ended.out
    assert "✅ Already there" in ended.out
    assert len(trakt.account()["watchlist"]) == 1


def test_an_id_in_the_path_is_looked_up_and_not_searched(program: Program, trakt: TraktProcess) -> None:
    report = program.run("sync", program.scan("/v/Matrix, The {imdb-tt0133093}.mkv"), "--format", "json").json
    assert (report["results"][0]["trakt_id"], report["results"][0]["decided_by"]) == (481, "id")
    assert [one["path"] for one in trakt.requests("/search")] == ["/search/imdb/tt0133093"]


def test_titles_with_search_operators_are_found(program: Program) -> None:
    report = program.run("sync", program.scan("/v/[REC] (2007).mkv"), "--format", "json").json
    assert report["results"][0]["status"] != "failed"


def test_a_long_library_is_written_in_batches_of_a_hundred(program: Program, trakt: TraktProcess) -> None:
    paths = [f"/tv/Game of Thrones/Game.of.Thrones.S{s:02d}E{e:02d}.mkv" for s in range(1, 7) for e in range(1, 11)]
    paths += [f"/tv/Breaking Bad/Breaking.Bad.S{s:02d}E{e:02d}.mkv" for s in range(2, 6) for e in range(1, 13)]
    trakt.seed(limits={"watchlist": 5000})
    report = program.run("sync", program.scan(*paths), "--level", "episode", "--format", "json").json
    sizes = [
        sum(len(season["episodes"]) for show in one["json"]["shows"] for season in show["seasons"])
        for one in trakt.requests("/sync/watchlist", "POST")
    ]
    assert sizes == [100, 8]
    assert report["episodes_added"] == 108


def test_an_episode_that_trakt_does_not_have_is_named_and_the_rest_is_added(
    program: Program, trakt: TraktProcess
) -> None:
    scan = program.scan("/v/Breaking.Bad.S01E07.mkv", "/v/Breaking.Bad.S01E99.mkv", "/v/Dune.2021.mkv")
    ended = program.run("sync", scan, "--level", "episode", "-v")
    assert ended.code == 1
    assert "    ❌ Failed: Trakt knows no such item: S01E99 (1 of 2)\n" in ended.out
    assert "Movies added: 1\n" in ended.out
    assert "Episodes added: 1\n" in ended.out
    assert [item["episode"] for item in trakt.account()["watchlist"] if item["type"] == "episode"] == [7]


def test_a_season_pack_and_episodes_of_that_season_are_both_added(program: Program, trakt: TraktProcess) -> None:
    scan = program.scan("/v/Breaking.Bad.S01.COMPLETE.1080p.mkv", "/v/Breaking.Bad.S01E01.mkv")
    assert program.run("sync", scan, "--level", "episode").code == 0
    listed = [(item["type"], item["season"], item.get("episode")) for item in trakt.account()["watchlist"]]
    assert sorted(listed) == [("episode", 1, 1), ("season", 1, None)]


def test_limit_counts_works_and_not_what_is_skipped(program: Program) -> None:
    scan = program.scan(
        "/v/Dune (2021)/Sample/dune-sample.mkv", "/v/Dune (2021)/Dune.2021.mkv", "/v/Inception.2010.mkv"
    )
    report = program.run("sync", scan, "--limit", "1", "--format", "json").json
    assert [result["status"] for result in report["results"]] == ["skipped", "added"]


def test_a_held_work_says_what_it_waits_for(program: Program) -> None:
    scan = program.scan("/v/Dune.mkv")
    names = "several of that title and no year in the path: Dune (2021) [movie], Dune (1984) [movie]"
    held = "⏸ Held for review (2 candidates)"
    assert program.run("sync", scan).out.splitlines()[0] == f"{held}: Dune [movie] - /v/Dune.mkv - {names}"
    assert program.run("sync", scan, "-v").out.splitlines()[4:9] == [
        "  (1/1) Processing: Dune [movie]",
        f"    {held}",
        "      several of that title and no year in the path",
        "      Dune (2021) [movie]",
        "      Dune (1984) [movie]",
    ]


def test_a_second_spelling_names_the_first(program: Program) -> None:
    scan = program.scan("/v/WALL-E (2008).mkv", "/v/WALL E (2008) {imdb-tt0910970}.mkv")
    assert "    ✅ Already there (same as /v/WALL-E (2008).mkv)\n" in program.run("sync", scan, "-v").out


def test_a_file_in_a_folder_that_is_no_utf8_is_synced_and_remembered(program: Program, trakt: TraktProcess) -> None:
    for _ in range(2):
        trakt.forget_requests()
        assert program.run("sync", "-", stdin=b"/m/Caf\xe9/Inception.mkv\n").code == 0
    assert trakt.requests("/search") == []


def test_a_candidate_without_a_number_is_no_candidate(program: Program, trakt: TraktProcess) -> None:
    nameless = [{"type": "movie", "score": 1, "movie": {"title": "Dune", "year": 2021, "ids": {}}}]
    trakt.fault("status", path="/search/movie", status=200, body=nameless, times=None)
    scan = program.scan("/v/Dune.2021.mkv")
    assert "❌ Not found on Trakt" in program.run("sync", scan).out
    trakt.reset()
    assert "Movies added: 1" in program.run("sync", scan, "--refresh").out


def test_a_remembered_decision_that_cannot_be_read_is_made_again(program: Program) -> None:
    scan = program.scan("/v/Dune.2021.mkv")
    program.run("sync", scan, "-n")
    (store,) = (program.folder / "state").rglob("decisions.sqlite")
    with sqlite3.connect(store) as db:
        db.execute("UPDATE decisions SET body='{'")
    db.close()
    assert "Movies added: 1" in program.run("sync", scan).out


def test_ids_of_two_different_films_are_held(program: Program, trakt: TraktProcess) -> None:
    ended = program.run("sync", program.scan("/x/Foo {imdb-tt0133093} {tmdb-27205}.mkv"))
    assert "the path says tmdb 27205, 'The Matrix' has tmdb 603" in ended.out
    assert trakt.account()["watchlist"] == []


def test_a_dry_run_goes_on_when_the_token_is_refused(program: Program) -> None:
    ended = program.run("sync", program.scan("/v/Dune.2021.mkv"), "-n", env={"CVI_TRAKT_TOKEN": "refused"})
    assert ended.code == 0
    assert "Movies added: 1" in ended.out
    assert "the access token is not accepted" in ended.err


def test_quiet_says_in_one_line_what_was_not_done(program: Program) -> None:
    ended = program.run("sync", program.scan("/v/Unknown.Movie.mkv"), "-q", "--strict")
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == "warning: of 1 work: failed or not found: 1\n"


def test_output_dash_is_standard_output(program: Program) -> None:
    ended = program.run("sync", program.scan("/v/Dune.2021.mkv"), "-n", "-o", "-")
    assert ended.json["total"] == 1
    assert "TRAKT SYNC SUMMARY" in ended.err


def test_a_run_in_which_nothing_is_sure_and_nothing_new_reads_no_target(program: Program, trakt: TraktProcess) -> None:
    program.run("sync", program.scan("/v/Unknown.Movie.mkv"))
    trakt.forget_requests()
    program.run("sync", "scan.json")
    assert trakt.requests("/sync") == []


def test_an_id_that_trakt_does_not_know_does_not_become_a_film_of_another_id(
    program: Program, trakt: TraktProcess
) -> None:
    ended = program.run("sync", program.scan("/m/Inception (2010) {imdb-tt9999999}.mkv"))
    assert "Trakt knows no movie under imdb tt9999999" in ended.out
    assert trakt.account()["watchlist"] == []


@pytest.mark.parametrize(
    "path",
    [
        "/m/The Matrix (1999)/The Matrix Reloaded.mkv",
        "/t/Breaking Bad (2008)/Better.Call.Saul.S01E01.mkv",
        "/m/Inception.Vol.2.mkv",
    ],
)
def test_a_path_whose_readings_disagree_is_not_added(program: Program, trakt: TraktProcess, path: str) -> None:
    ended = program.run("sync", program.scan(path))
    assert ended.code == 0
    assert "Movies added: 0\nShows added: 0\n" in ended.out
    assert trakt.account()["watchlist"] == []


def test_a_year_of_its_own_settles_what_the_folder_says(program: Program, trakt: TraktProcess) -> None:
    program.run("sync", program.scan("/m/The Matrix (1999)/The.Matrix.Reloaded.2003.mkv"))
    assert [entry["title"] for entry in program.run("view", "--format", "json").json] == ["The Matrix Reloaded"]


@pytest.mark.parametrize("words", [("healthy,corrupt",), ("healthy", "corrupt"), ("HEALTHY,CORRUPT", "suspicious")])
def test_statuses_are_taken_with_commas_too(program: Program, trakt: TraktProcess, words: tuple[str, ...]) -> None:
    results = [
        {"filename": "/v/Dune.2021.mkv", "status": "CORRUPT"},
        {"filename": "/v/Up.2009.mkv", "status": "UNKNOWN"},
    ]
    scan = program.write("scan.json", {"results": results})
    ended = program.run("sync", "--include-statuses", *words, scan, "--dry-run")
    assert "Movies added: 1" in ended.out
    assert "Left out by status: 1 UNKNOWN" in ended.err
