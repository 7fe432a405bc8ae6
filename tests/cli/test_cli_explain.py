"""Why a path is which film or show, as ``explain`` tells it."""

from __future__ import annotations

from pathlib import Path

import pytest
from driving import Program, TraktProcess

EPISODE = "/tv/Breaking Bad (2008)/Season 1/Breaking.Bad.S01E03.720p.mkv"

OF_THE_EPISODE = """\
/tv/Breaking Bad (2008)/Season 1/Breaking.Bad.S01E03.720p.mkv
  below root   Breaking Bad (2008)/Season 1/Breaking.Bad.S01E03.720p.mkv
  guessit      show 'Breaking Bad' (2008), season 1, episode 3, from the folder
  grammar      show 'Breaking Bad', season 1, episode 3 (sure sign)
  read as      show 'Breaking Bad' (2008), season 1, episode 3
  asked        exact search for the show 'Breaking Bad': 1 found
  candidate 1  Breaking Bad (2008) [show]: title and year agree; distance 0.00
               https://trakt.tv/shows/breaking-bad
  decision     Breaking Bad (2008) [show], by score: title and year agree
"""

OF_A_FILM_THAT_IS_HELD = """\
/films/Dune.mkv
  below root   Dune.mkv
  guessit      movie 'Dune'
  grammar      movie 'Dune'
  read as      movie 'Dune'
  asked        exact search for the movie 'Dune': 2 found
  candidate 1  Dune (2021) [movie]: title agrees; distance 0.00
               https://trakt.tv/movies/dune-2021
  candidate 2  Dune (1984) [movie]: title agrees; distance 0.00
               https://trakt.tv/movies/dune-1984
  decision     held: several of that title and no year in the path
"""

OF_A_SAMPLE = """\
/films/Dune (2021)/Sample/dune-sample.mkv
  below root  Dune (2021)/Sample/dune-sample.mkv
  decision    skipped: sample
"""

OF_AN_ID = """\
/x/Foo {imdb-tt0133093}.mkv
  below root   x/Foo {imdb-tt0133093}.mkv
  ids in path  imdb tt0133093
  guessit      movie 'Foo'
  grammar      movie 'Foo'
  read as      movie 'Foo', imdb tt0133093
  asked        look-up of the movie imdb tt0133093: 1 found
  asked        exact search for the movie 'Foo': 0 found
  candidate 1  The Matrix (1999) [movie]: title differs; distance 1.30 = title 1.30
               https://trakt.tv/movies/the-matrix-1999
  decision     The Matrix (1999) [movie], by id: id in the path
"""

NOT_ASKED = """\
/films/Dune.2021.mkv
  below root  Dune.2021.mkv
  guessit     movie 'Dune' (2021)
  grammar     movie 'Dune' (2021)
  read as     movie 'Dune' (2021)
  or as       movie 'Dune 2021'
  to ask      exact search for the movie 'Dune': would be asked first
  decision    not asked
"""


def row(text: str, label: str) -> list[str]:
    """Give what stands behind a label, line by line."""
    rows = (line.strip().partition("  ") for line in text.splitlines() if line.startswith("  "))
    return [says.strip() for name, _, says in rows if name == label]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        pytest.param(EPISODE, OF_THE_EPISODE, id="an-episode"),
        pytest.param("/films/Dune.mkv", OF_A_FILM_THAT_IS_HELD, id="a-film-that-is-held"),
        pytest.param("/films/Dune (2021)/Sample/dune-sample.mkv", OF_A_SAMPLE, id="a-sample-that-is-skipped"),
        pytest.param("/x/Foo {imdb-tt0133093}.mkv", OF_AN_ID, id="an-id-in-the-path"),
    ],
)
def test_a_path_is_explained(program: Program, path: str, text: str) -> None:
    ended = program.run("explain", path)
    assert (ended.code, ended.out, ended.err) == (0, text, "")


def test_the_questions_that_are_told_are_those_that_were_asked(program: Program, trakt: TraktProcess) -> None:
    ended = program.run("explain", "/films/Gojira.1954.mkv")
    assert row(ended.out, "asked") == [
        "exact search for the movie 'Gojira': 1 found",
        "other titles of 'Godzilla': 3 found",
    ]
    assert [one["path"] for one in trakt.requests()] == [
        "/search/movie/exact",
        "/movies/900000047/aliases",
        "/movies/900000047/translations",
    ]


def test_the_parts_of_a_distance_add_up(program: Program) -> None:
    candidates = row(program.run("explain", "/films/Dune.2020.mkv").out, "candidate 1")
    candidates += row(program.run("explain", "/films/Dune.2000.mkv").out, "candidate 1")
    assert candidates == [
        "Dune (2021) [movie]: title agrees, year off by 1; distance 0.10 = year off by one 0.10",
        "Dune (2021) [movie]: title agrees, year off by 21; distance 0.50 = year 0.50",
    ]


def test_a_year_that_a_candidate_lacks_is_a_part_of_the_distance(program: Program, trakt: TraktProcess) -> None:
    undated = [{"type": "movie", "score": 1, "movie": {"title": "Dune", "year": None, "ids": {"trakt": 5}}}]
    trakt.fault("status", path="/search/movie", status=200, body=undated, times=None)
    trakt.fault("status", path="/movies/5", status=404, times=None)
    text = program.run("explain", "/films/Dune.2021.mkv").out
    assert row(text, "candidate 1") == ["Dune [movie]: title agrees; distance 0.20 = year unknown 0.20"]
    assert row(text, "decision") == ["held: the candidate has no year to compare"]
    (film,) = program.run("explain", "/films/Dune.2021.mkv", "--json").json
    assert [one["distance"] for one in film["candidates"]] == [{"year unknown": 0.2}]


def test_a_work_that_trakt_does_not_know_says_so(program: Program) -> None:
    ended = program.run("explain", "/films/Holiday in Rome.mkv")
    assert row(ended.out, "asked") == [
        "exact search for the movie 'Holiday in Rome': 0 found",
        "broad search for the movie 'Holiday in Rome': 0 found",
    ]
    assert row(ended.out, "decision") == ["not found: no candidate"]


def test_files_beside_the_video_are_evidence(program: Program) -> None:
    folder = program.folder / "films" / "odd"
    folder.mkdir(parents=True)
    (folder / "odd.mkv").touch()
    (folder / "odd.nfo").write_text(
        "<movie><title>Heat</title><year>1995</year><uniqueid type='tmdb'>949</uniqueid></movie>"
    )
    ended = program.run("explain", "films/odd/odd.mkv")
    assert row(ended.out, "odd.nfo") == ["movie 'Heat' (1995), tmdb 949"]
    assert row(ended.out, "read as") == ["movie 'Heat' (1995), tmdb 949 from odd.nfo"]
    assert row(ended.out, "decision") == ["Heat (1995) [movie], by id: id in odd.nfo"]
    without = program.run("explain", "films/odd/odd.mkv", "--no-nfo")
    assert row(without.out, "read as") == ["movie 'odd'"]


def test_a_list_of_ids_is_evidence(program: Program) -> None:
    program.write("ids.yaml", "/films/odd: tmdb:949\n")
    program.write("config.yaml", "sync:\n  ids: ids.yaml\n")
    ended = program.run("explain", "/films/odd/odd.mkv")
    assert row(ended.out, "--ids ids.yaml") == ["tmdb 949"]
    assert row(ended.out, "decision") == ["Heat (1995) [movie], by id: id in --ids ids.yaml"]


def test_a_list_of_ids_may_be_an_option(program: Program) -> None:
    program.write("ids.yaml", "/films/odd: tmdb:949\n")
    ended = program.run("explain", "/films/odd/odd.mkv", "--ids", "ids.yaml")
    assert row(ended.out, "decision") == ["Heat (1995) [movie], by id: id in --ids ids.yaml"]


def test_no_search_asks_nothing_and_says_what_would_be_asked(program: Program, trakt: TraktProcess) -> None:
    ended = program.run("explain", "/films/Dune.2021.mkv", "/x/Foo {imdb-tt0133093}.mkv", "--no-search")
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith(NOT_ASKED)
    assert row(ended.out, "to ask")[1:] == ["look-up of the movie imdb tt0133093: would be asked first"]
    assert trakt.requests() == []


def test_without_a_client_id_it_says_so_and_explains_what_is_read(program: Program, trakt: TraktProcess) -> None:
    ended = program.run("explain", "/films/Dune.2021.mkv", env={"CVI_TRAKT_CLIENT_ID": None})
    assert (ended.code, ended.out) == (0, NOT_ASKED)
    assert ended.err.startswith("Trakt is asked nothing: Trakt credentials not configured. Client ID not found")
    assert trakt.requests() == []


def test_nobody_needs_to_be_signed_in(program: Program) -> None:
    ended = program.run("explain", EPISODE, env={"CVI_TRAKT_TOKEN": None, "CVI_TRAKT_CLIENT_SECRET": None})
    assert (ended.code, ended.out, ended.err) == (0, OF_THE_EPISODE, "")


def test_a_trakt_that_does_not_answer_ends_it(program: Program, trakt: TraktProcess) -> None:
    trakt.fault("status", path="/search", status=503, times=None)
    ended = program.run("explain", EPISODE, env={"CVI_TRAKT_MAX_TRIES": "1"})
    assert (ended.code, ended.out) == (5, "")
    assert len(ended.err.splitlines()) == 1


def test_several_paths_are_explained_in_their_order_with_a_line_between(program: Program) -> None:
    ended = program.run("explain", "/films/Dune.mkv", "/films/Dune (2021)/Sample/dune-sample.mkv", EPISODE)
    assert ended.out == f"{OF_A_FILM_THAT_IS_HELD}\n{OF_A_SAMPLE}\n{OF_THE_EPISODE}"


def test_no_path_is_a_usage_error(program: Program) -> None:
    ended = program.run("explain")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "cvi-trakt: Missing argument 'PATH...'. Try `cvi-trakt explain --help`.\n"


@pytest.mark.parametrize(
    ("arguments", "below", "reading"),
    [
        pytest.param([], "The Matrix (1999)/new/x.mkv", "movie 'The Matrix' (1999)", id="without-a-root"),
        pytest.param(["--root", "/srv/The Matrix (1999)"], "new/x.mkv", "movie 'x'", id="with-a-root"),
    ],
)
def test_what_is_above_the_root_says_nothing(program: Program, arguments: list[str], below: str, reading: str) -> None:
    ended = program.run("explain", "/srv/The Matrix (1999)/new/x.mkv", "--no-search", *arguments)
    assert (row(ended.out, "below root"), row(ended.out, "read as")) == ([below], [reading])


def test_json_has_one_entry_for_each_path(program: Program) -> None:
    ended = program.run("explain", "/films/Dune.2020.mkv", "/films/Dune (2021)/Sample/dune-sample.mkv", "--json")
    film, sample = ended.json
    assert film.pop("evidence") == [
        {"source": "guessit", "says": "movie 'Dune' (2020)"},
        {"source": "grammar", "says": "movie 'Dune' (2020)"},
    ]
    assert film == {
        "path": "/films/Dune.2020.mkv",
        "below_root": ["Dune.2020.mkv"],
        "skipped": None,
        "read_as": {"kind": "movie", "title": "Dune", "year": 2020, "country": None, "ids": {}},
        "or_as": [{"kind": "movie", "title": "Dune 2020", "year": None}],
        "doubt": None,
        "asked": [{"question": "exact search for the movie 'Dune'", "found": 2}],
        "candidates": [
            {
                "title": "Dune",
                "year": 2021,
                "type": "movie",
                "ids": {"trakt": 900000005, "slug": "dune-2021", "imdb": "tt1160419", "tmdb": 438631},
                "distance": {"year off by one": 0.1},
            },
            {
                "title": "Dune",
                "year": 1984,
                "type": "movie",
                "ids": {"trakt": 900000004, "slug": "dune-1984", "imdb": "tt0087182", "tmdb": 841},
                "distance": {"year": 0.5},
            },
        ],
        "remembered": None,
        "decision": "Dune (2021) [movie], by score: title agrees, year off by one",
    }
    assert sample == {
        "path": "/films/Dune (2021)/Sample/dune-sample.mkv",
        "below_root": ["Dune (2021)", "Sample", "dune-sample.mkv"],
        "evidence": [],
        "skipped": "sample",
        "read_as": None,
        "or_as": [],
        "doubt": None,
        "asked": [],
        "candidates": [],
        "remembered": None,
        "decision": "skipped: sample",
    }


def test_json_without_a_search_says_that_nothing_was_asked(program: Program) -> None:
    (film,) = program.run("explain", "/films/Dune.2021.mkv", "--json", "--no-search").json
    assert film["asked"] == [{"question": "exact search for the movie 'Dune'", "found": None}]
    assert (film["candidates"], film["decision"]) == ([], "not asked")


def state(program: Program) -> dict[str, bytes]:
    """Give all that the program keeps, by path."""
    folder = program.folder / "state"
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_an_earlier_decision_is_told_and_stays_as_it_is(program: Program, trakt: TraktProcess) -> None:
    program.run("sync", program.scan("/films/Dune.2021.mkv", "/films/Dune.mkv"), "-n")
    kept = state(program)
    assert {Path(path).name for path in kept} >= {"decisions.sqlite", "names.sqlite"}
    trakt.forget_requests()
    ended = program.run("explain", "/films/Dune.2021.mkv", "/films/Dune.mkv", "/films/Heat.1995.mkv")
    dune = "Dune (2021) [movie], by score: title and year agree"
    held = "held: several of that title and no year in the path"
    assert row(ended.out, "remembered") == [dune, held]
    assert row(ended.out, "decision") == [dune, held, "Heat (1995) [movie], by score: title and year agree"]
    assert len(trakt.requests("/search")) == 3
    assert state(program) == kept


def test_nothing_is_kept_where_nothing_was(program: Program, trakt: TraktProcess) -> None:
    program.run("explain", EPISODE, "/films/Dune.mkv")
    assert state(program) == {}
    assert trakt.account()["watchlist"] == []
    assert trakt.requests(method="POST") == []
