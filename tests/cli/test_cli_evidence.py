"""What says which film or show a file is, beside its name: a list of ids, files beside it, its parts, the target."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from driving import Program, TraktProcess

MATRIX, INCEPTION, HEAT, BREAKING_BAD, MAD_MEN = 481, 16662, 900000114, 1388, 4


def library(program: Program, *files: tuple[str, str]) -> str:
    """Make empty videos and the small files beside them, by path and text; gives the scan of the videos."""
    for path, text in files:
        file = program.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return program.scan(*(path for path, _ in files if path.endswith((".mkv", ".avi"))))


def added(trakt: TraktProcess) -> list[object]:
    return [item["trakt"] for item in trakt.account()["watchlist"]]


def searched(trakt: TraktProcess) -> list[str]:
    return [one["path"] for one in trakt.requests("/search")]


# A list of ids


def give_list(program: Program, listed: str) -> None:
    """Write a list, and set it."""
    program.write("ids.yaml", listed)
    program.write("config.yaml", "sync:\n  ids: ids.yaml\n")


RADARR = [
    {
        "title": "The Matrix",
        "year": 1999,
        "path": "/in/the/container/Some Film",
        "tmdbId": 603,
        "imdbId": "tt0133093",
        "movieFile": {"relativePath": "some.mkv", "path": "/in/the/container/Some Film/some.mkv"},
    }
]


@pytest.mark.parametrize(
    ("listed", "asked"),
    [
        pytest.param("films/Some Film: tt0133093\n", "/search/imdb/tt0133093", id="map-of-a-folder"),
        pytest.param("films/Some Film/some.mkv: {tmdb: 603}\n", "/search/tmdb/603", id="map-of-a-file"),
        pytest.param('{"Some Film": "trakt:481"}', "/search/trakt/481", id="json-with-a-bare-name"),
        pytest.param("path,id\nfilms/Some Film,tt0133093\n", "/search/imdb/tt0133093", id="csv"),
        pytest.param(json.dumps(RADARR), "/search/imdb/tt0133093", id="radarrs-answer-of-another-machine"),
    ],
)
def test_a_list_says_what_files_are(program: Program, trakt: TraktProcess, listed: str, asked: str) -> None:
    give_list(program, listed)
    report = program.run("sync", program.scan("films/Some Film/some.mkv"), "--format", "json").json
    (result,) = report["results"]
    assert (result["trakt_id"], result["decided_by"], result["reason"]) == (MATRIX, "id", "id in --ids ids.yaml")
    assert (added(trakt), searched(trakt)) == ([MATRIX], [asked])


def test_a_list_may_be_an_option_beside_the_setting(program: Program, trakt: TraktProcess) -> None:
    give_list(program, "films/Some Film: tmdb:949\n")
    program.write("mine.csv", "path,id\nfilms/Some Film,tt0133093\n")
    report = program.run("sync", program.scan("films/Some Film/some.mkv"), "--ids", "mine.csv", "--format", "json").json
    assert [one["reason"] for one in report["results"]] == ["id in --ids mine.csv"]
    assert added(trakt) == [MATRIX]


def test_a_list_says_what_a_show_is(program: Program, trakt: TraktProcess) -> None:
    scan = program.scan("tv/BB/Season 1/bb.S01E02.mkv", "tv/BB/Season 1/bb.S01E03.mkv")
    give_list(program, "tv/BB: {tvdb: 81189}\n")
    program.run("sync", scan, "--level", "episode")
    assert [(item["season"], item["episode"]) for item in trakt.account()["watchlist"]] == [(1, 2), (1, 3)]
    assert searched(trakt) == ["/search/tvdb/81189"]


@pytest.mark.parametrize(
    ("listed", "line"),
    [
        pytest.param(
            "films/A: 603\n",
            "line 1, 'films/A': 603 does not say of which catalogue it is; "
            "expected tt0078748, tmdb:348, tvdb:81189 or trakt:481",
            id="a-number-of-no-catalogue",
        ),
        pytest.param(
            "films/A: tmdb:603\nfilms/A: tmdb:604\n",
            "line 2: 'films/A' has other ids than at line 1; keep one of the two",
            id="two-ids-for-one-path",
        ),
        pytest.param(
            '{"films/A": tt0133093}',
            "line 1, column 13: is no JSON: Expecting value; "
            "in YAML, put a path that begins with a bracket into quotes",
            id="no-json",
        ),
        pytest.param(
            "",
            "is empty; expected a map of paths to ids in YAML or JSON, CSV lines of path,id, or a saved answer of "
            "Radarr's /api/v3/movie or Sonarr's /api/v3/series",
            id="empty",
        ),
        pytest.param(None, "cannot be read: No such file or directory", id="not-there"),
    ],
)
def test_a_wrong_list_is_one_line_and_no_request(
    program: Program, trakt: TraktProcess, listed: str | None, line: str
) -> None:
    give_list(program, listed or "")
    if listed is None:
        (program.folder / "ids.yaml").unlink()
    ended = program.run("sync", program.scan("films/A/a.mkv"))
    assert (ended.code, ended.out, ended.err) == (2, "", f"cvi-trakt: --ids ids.yaml: {line}\n")
    assert trakt.requests() == []


# Files beside the videos

FILM_NFO = "<movie><title>Inception</title><year>2010</year><uniqueid type='imdb'>tt1375666</uniqueid></movie>"
SHOW_NFO = "<tvshow><title>Breaking Bad</title><uniqueid type='tvdb'>81189</uniqueid></tvshow>"


@pytest.mark.parametrize(
    ("video", "beside", "text", "number", "reason"),
    [
        pytest.param("films/odd/odd.mkv", "films/odd/odd.nfo", FILM_NFO, INCEPTION, "id in odd.nfo", id="film"),
        pytest.param(
            "films/odd/odd.mkv", "films/odd/movie.nfo", FILM_NFO, INCEPTION, "id in movie.nfo", id="movie-nfo"
        ),
        pytest.param(
            "films/odd/odd.mkv", "films/odd/odd.nfo", "https://www.imdb.com/title/tt0133093/\n", MATRIX,
            "id in odd.nfo", id="url-alone",
        ),
        pytest.param(
            "tv/odd/Season 1/odd.S01E02.mkv", "tv/odd/tvshow.nfo", SHOW_NFO, BREAKING_BAD,
            "id in odd/tvshow.nfo", id="tvshow-nfo-above",
        ),
        pytest.param(
            "tv/odd/odd.S02E01.mkv", "tv/odd/.plexmatch", "title: Mad Men\nyear: 2007\ntvdbid: 80337\n", MAD_MEN,
            "id in .plexmatch", id="plexmatch",
        ),
        pytest.param(
            "films/odd/odd.mkv", "films/odd/odd.nfo", "<movie><title>Heat</title><year>1995</year></movie>", HEAT,
            "title and year agree", id="title-and-year-without-an-id",
        ),
    ],
)  # fmt: skip
def test_a_file_beside_a_video_says_what_it_is(
    program: Program, trakt: TraktProcess, video: str, beside: str, text: str, number: int, reason: str
) -> None:
    report = program.run("sync", library(program, (video, ""), (beside, text)), "--format", "json").json
    (result,) = report["results"]
    assert (result["trakt_id"], result["reason"], added(trakt)) == (number, reason, [number])


def test_the_episodes_of_a_show_with_an_nfo_are_those_of_their_names(program: Program, trakt: TraktProcess) -> None:
    scan = library(
        program,
        ("tv/odd/tvshow.nfo", SHOW_NFO),
        ("tv/odd/Season 1/odd.S01E02.mkv", ""),
        ("tv/odd/Season 1/odd.S01E05.mkv", ""),
    )
    program.run("sync", scan, "--level", "episode")
    listed = [(item["trakt"], item["season"], item["episode"]) for item in trakt.account()["watchlist"]]
    assert listed == [(BREAKING_BAD, 1, 2), (BREAKING_BAD, 1, 5)]


def test_plexmatch_says_which_episode_a_file_is(program: Program, trakt: TraktProcess) -> None:
    hints = "tvdbid: 80337\nep: S02E05: the new girl.mkv\n"
    scan = library(program, ("tv/Mad Men/.plexmatch", hints), ("tv/Mad Men/the new girl.mkv", ""))
    program.run("sync", scan, "--level", "episode")
    listed = [(item["trakt"], item["season"], item["episode"]) for item in trakt.account()["watchlist"]]
    assert listed == [(MAD_MEN, 2, 5)]


def test_a_file_beside_a_video_that_is_not_here_says_nothing(program: Program, trakt: TraktProcess) -> None:
    library(program, ("films/Inception (2010)/movie.nfo", "https://www.imdb.com/title/tt0133093/\n"))
    program.run("sync", program.scan("films/Inception (2010)/Inception.2010.mkv"))
    assert added(trakt) == [INCEPTION]


CLASH = (
    ("films/The Matrix (1999) {tmdb-603}/m.mkv", ""),
    ("films/The Matrix (1999) {tmdb-603}/m.nfo", "<movie><uniqueid type='tmdb'>27205</uniqueid></movie>"),
)


def test_ids_that_clash_are_held_and_both_are_said(program: Program, trakt: TraktProcess) -> None:
    ended = program.run("sync", library(program, *CLASH))
    assert ended.out.splitlines()[0] == (
        "⏸ Held for review (2 candidates): The Matrix (1999) [movie] - films/The Matrix (1999) {tmdb-603}/m.mkv - "
        "the path says tmdb 603, m.nfo says tmdb 27205: The Matrix (1999) [movie], Inception (2010) [movie]"
    )
    assert added(trakt) == []


def test_the_list_settles_ids_that_clash(program: Program, trakt: TraktProcess) -> None:
    give_list(program, "films/The Matrix (1999) {tmdb-603}: tmdb:603\n")
    program.run("sync", library(program, *CLASH))
    assert added(trakt) == [MATRIX]


def looked_at(program: Program, *arguments: str) -> list[str]:
    """Sync the clashing library; gives what the program opened or listed of it."""
    noted = program.folder / "noted"
    noted.write_text("")
    hook = program.folder / "hook"
    hook.mkdir()
    (hook / "sitecustomize.py").write_text(
        "import os, sys\n"
        f"noted = os.open({str(noted)!r}, os.O_WRONLY | os.O_APPEND)\n"
        "def note(event, values):\n"
        "    if event in ('open', 'os.listdir', 'os.scandir') and 'films' in str(values[0]):\n"
        "        os.write(noted, f'{values[0]}\\n'.encode())\n"
        "sys.addaudithook(note)\n"
    )
    paths = [str(hook), *filter(None, [program.environment.get("PYTHONPATH")])]
    program.environment["PYTHONPATH"] = ":".join(paths)
    program.run("sync", library(program, *CLASH), *arguments)
    return [str(Path(line).relative_to(program.folder)) for line in noted.read_text().splitlines()]


def test_no_nfo_leaves_the_disk_alone(program: Program, trakt: TraktProcess) -> None:
    assert looked_at(program, "--no-nfo") == []
    assert added(trakt) == [MATRIX]


def test_the_disk_is_looked_at_once(program: Program) -> None:
    folder = "films/The Matrix (1999) {tmdb-603}"
    assert sorted(looked_at(program)) == [folder, f"{folder}/m.nfo"]


def test_no_nfo_can_be_set(program: Program, trakt: TraktProcess) -> None:
    program.write("config.yaml", "sync:\n  nfo: false\n")
    program.run("sync", library(program, *CLASH))
    assert added(trakt) == [MATRIX]


# Films in parts

CD1, CD2 = "/v/Heat (1995)/Heat.1995.cd1.avi", "/v/Heat (1995)/Heat.1995.cd2.avi"


def parts(program: Program, *rows: tuple[str, str]) -> str:
    return program.write("scan.json", [{"path": path, "status": status} for path, status in rows])


def test_a_film_of_which_a_part_is_corrupt_is_skipped_and_says_which(program: Program, trakt: TraktProcess) -> None:
    ended = program.run("sync", parts(program, (CD1, "HEALTHY"), (CD2, "CORRUPT")))
    assert ended.out.splitlines()[0] == (
        f"⏭ Skipped: part 2 is CORRUPT: Heat.1995.cd2.avi: Heat.1995.cd1.avi [file] - {CD1}"
    )
    assert (ended.code, ended.err) == (0, "Left out by status: 1 CORRUPT\n")
    assert (added(trakt), searched(trakt)) == ([], [])


def test_a_film_of_which_all_parts_are_healthy_is_one_film(program: Program, trakt: TraktProcess) -> None:
    report = program.run("sync", parts(program, (CD1, "HEALTHY"), (CD2, "HEALTHY")), "--format", "json").json
    assert [len(result["items"]) for result in report["results"]] == [2]
    assert (added(trakt), searched(trakt)) == ([HEAT], ["/search/movie/exact"])


def test_a_part_that_is_there_as_a_good_copy_too_is_not_missed(program: Program, trakt: TraktProcess) -> None:
    copy = "/v/Heat (1995)/Heat.1995.cd2.mkv"
    program.run("sync", parts(program, (CD1, "HEALTHY"), (CD2, "CORRUPT"), (copy, "HEALTHY")))
    assert added(trakt) == [HEAT]


def test_a_corrupt_part_of_another_film_is_none_of_this_ones(program: Program, trakt: TraktProcess) -> None:
    other = "/v/Alien (1979)/Alien.1979.cd2.avi"
    program.run("sync", parts(program, (CD1, "HEALTHY"), (CD2, "HEALTHY"), (other, "CORRUPT")))
    assert added(trakt) == [HEAT]


def test_a_corrupt_part_that_is_taken_after_all_leaves_the_film_whole(program: Program, trakt: TraktProcess) -> None:
    scan = parts(program, (CD1, "HEALTHY"), (CD2, "CORRUPT"))
    program.run("sync", scan, "--include-statuses", "healthy", "corrupt")
    assert added(trakt) == [HEAT]


# What is known without a request


def test_a_film_on_the_watchlist_is_found_without_a_search(program: Program, trakt: TraktProcess) -> None:
    trakt.seed(watchlist=[{"type": "movie", "trakt": MATRIX}])
    report = program.run("sync", program.scan("/v/The.Matrix.1999.mkv"), "--format", "json").json
    (result,) = report["results"]
    assert (result["status"], result["decided_by"]) == ("existing", "target")
    assert result["reason"] == "in the target under this title and year"
    assert report["requests"] == {"search": 0, "read": 2, "write": 0}
    assert searched(trakt) == []


def test_a_film_on_the_watchlist_is_found_by_its_id_without_a_look_up(program: Program, trakt: TraktProcess) -> None:
    trakt.seed(watchlist=[{"type": "movie", "trakt": MATRIX}])
    report = program.run("sync", program.scan("/v/x {imdb-tt0133093}.mkv"), "--format", "json").json
    assert report["results"][0]["reason"] == "in the target under this id"
    assert searched(trakt) == []


def test_a_film_on_the_watchlist_without_a_year_in_its_path_is_searched_for(
    program: Program, trakt: TraktProcess
) -> None:
    trakt.seed(watchlist=[{"type": "movie", "trakt": MATRIX}])
    program.run("sync", program.scan("/v/The Matrix.mkv"))
    assert searched(trakt) == ["/search/movie/exact"]


@pytest.mark.parametrize(
    ("level", "searches"), [("show", []), ("season", ["/search/show/exact"]), ("episode", ["/search/show/exact"])]
)
def test_a_show_on_the_watchlist_is_known_only_where_shows_are_added(
    program: Program, trakt: TraktProcess, level: str, searches: list[str]
) -> None:
    trakt.seed(watchlist=[{"type": "show", "trakt": BREAKING_BAD}])
    program.run("sync", program.scan("/tv/Breaking Bad (2008)/Breaking.Bad.S01E02.mkv"), "--level", level)
    assert searched(trakt) == searches


def test_a_second_run_makes_no_search_and_no_look_up(program: Program, trakt: TraktProcess) -> None:
    scan = program.scan(
        "/v/The.Matrix.1999.mkv",
        "/v/Dune.mkv",
        "/v/Unknown Film.mkv",
        "/v/x {imdb-tt1375666}.mkv",
        "/v/Gojira.1954.mkv",
    )
    first = program.run("sync", scan, "--format", "json").json
    assert [result["status"] for result in first["results"]] == ["added", "held", "not_found", "added", "added"]
    assert first["requests"]["lookup"] == 1
    trakt.forget_requests()
    second = program.run("sync", scan, "--format", "json").json
    assert [result["status"] for result in second["results"]] == [
        "existing",
        "held",
        "not_found",
        "existing",
        "existing",
    ]
    assert second["requests"] == {"search": 0, "read": 2, "write": 0}
    assert [one["path"] for one in trakt.requests()] == ["/users/settings", "/sync/watchlist/all/rank/asc"]


def test_a_title_that_only_another_title_agrees_with_costs_its_titles(program: Program, trakt: TraktProcess) -> None:
    program.run("sync", program.scan("/v/Gojira.1954.mkv"))
    paths = [one["path"] for one in trakt.requests() if one["path"].startswith(("/search", "/movies"))]
    assert paths == ["/search/movie/exact", "/movies/900000047/aliases", "/movies/900000047/translations"]


# What names say, kept


def names_file(program: Program) -> Path:
    return program.folder / "state" / "names.sqlite"


def test_what_names_say_is_kept_for_nobody_else(program: Program) -> None:
    program.run("sync", program.scan("/v/The.Matrix.1999.mkv"), "-n")
    assert stat.S_IMODE(names_file(program).stat().st_mode) == 0o600
    assert b"Matrix" in names_file(program).read_bytes()
    assert b"The.Matrix.1999.mkv" not in names_file(program).read_bytes()


def test_what_is_kept_of_names_makes_the_same_works(program: Program) -> None:
    scan = program.scan("/v/Heat (1995) cd1.avi", "/tv/Breaking.Bad.S01E02.mkv", "/v/Dune (2021)/Sample/sample.mkv")
    first, second = (program.run("sync", scan, "-n", "--format", "json").json["results"] for _ in range(2))
    assert [result["items"] for result in first] == [result["items"] for result in second]
    assert [result["status"] for result in second] == ["would_add", "would_add", "skipped"]


def test_a_damaged_file_of_names_is_told_and_changes_nothing(program: Program, trakt: TraktProcess) -> None:
    names_file(program).parent.mkdir()
    names_file(program).write_bytes(b"x" * 5000)
    ended = program.run("sync", program.scan("/v/The.Matrix.1999.mkv"))
    assert ended.code == 0
    assert ended.err == (
        f"warning: names are read anew, without what is known of them: {names_file(program)}: damaged "
        "(file is not a database). It was left as it is; move it away to start anew.\n"
    )
    assert names_file(program).read_bytes() == b"x" * 5000
    assert added(trakt) == [MATRIX]
