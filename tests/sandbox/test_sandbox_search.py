"""What the search finds, exactly, broadly and by id."""

from __future__ import annotations

from typing import Any

import pytest
from sandbox.sandbox_process import Sandbox

TWO_TOWERS = ("The Lord of the Rings: The Two Towers", 2002)


def titles(answer: Any) -> list[tuple[str, int | None]]:
    assert answer.status_code == 200, answer.text
    works = [hit.get("movie") or hit.get("show") for hit in answer.json()]
    return [(work["title"], work["year"]) for work in works]


@pytest.mark.parametrize(
    ("kind", "query", "expected"),
    [
        pytest.param("movie", "Dune", [("Dune", 2021), ("Dune", 1984)], id="the-best-known-first"),
        pytest.param("movie", "the MATRIX", [("The Matrix", 1999)], id="in-any-case-and-no-sequel"),
        pytest.param("movie", "Amelie", [("Amélie", 2001)], id="without-accents"),
        pytest.param("movie", "千と千尋の神隠し", [("Spirited Away", 2001)], id="by-the-original-title"),
        pytest.param("movie", "Seven", [("Se7en", 1995)], id="by-an-alias"),
        pytest.param("movie", r"\[REC\]", [("[REC]", 2007)], id="with-escaped-brackets"),
        pytest.param("movie", r"D\une", [("Dune", 2021), ("Dune", 1984)], id="an-escape-is-not-a-space"),
        pytest.param("movie", r"WALL\-E", [("WALL·E", 2008)], id="with-an-escaped-hyphen"),
        pytest.param("show", "the office", [("The Office", 2005), ("The Office", 2001)], id="shows"),
        pytest.param("show", "Dune", [], id="not-a-film-among-shows"),
        pytest.param("movie,show", "Westworld", [("Westworld", 2016), ("Westworld", 1973)], id="both-kinds"),
        pytest.param("movie", "Matrix", [], id="a-part-of-a-title-is-not-exact"),
        pytest.param("movie", "Unknown Movie", [], id="nothing"),
    ],
)
def test_exact_search_finds_whole_titles(
    sandbox: Sandbox, kind: str, query: str, expected: list[tuple[str, int]]
) -> None:
    assert titles(sandbox.get(f"/search/{kind}/exact", params={"query": query})) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param("matrix", ("The Matrix", 1999), id="a-word"),
        pytest.param("The Matrx", ("The Matrix", 1999), id="a-missing-letter"),
        pytest.param("The Matirx", ("The Matrix", 1999), id="swapped-letters"),
        pytest.param("inceptoin", ("Inception", 2010), id="a-typing-error-in-the-only-word"),
        pytest.param("lenin goodbye good bye", ("Good Bye, Lenin!", 2003), id="one-word-too-many"),
    ],
)
def test_broad_search_finds_titles_with_the_words(sandbox: Sandbox, query: str, expected: tuple[str, int]) -> None:
    assert titles(sandbox.get("/search/movie", params={"query": query}))[0] == expected


def test_broad_search_finds_sequels_too(sandbox: Sandbox) -> None:
    assert titles(sandbox.get("/search/movie?query=the matrix")) == [
        ("The Matrix", 1999),
        ("The Matrix Reloaded", 2003),
        ("The Matrix Revolutions", 2003),
        ("The Matrix Resurrections", 2021),
    ]


def test_a_well_known_sequel_may_come_before_the_title_itself(sandbox: Sandbox) -> None:
    found = titles(sandbox.get("/search/movie?query=batman&limit=3"))
    assert ("Batman", 1989) in found
    assert titles(sandbox.get("/search/movie?query=mad max"))[0] == ("Mad Max: Fury Road", 2015)


@pytest.mark.parametrize("query", ["Unknown Movie", "zzzz", "", "   "])
def test_a_query_without_a_reasonable_hit_finds_nothing(sandbox: Sandbox, query: str) -> None:
    answer = sandbox.get("/search/movie,show", params={"query": query})
    assert (answer.status_code, answer.json()) == (200, [])


def test_the_years_filter_is_ignored(sandbox: Sandbox) -> None:
    found = titles(sandbox.get("/search/movie?query=dune&years=1984"))
    assert ("Dune", 2021) in found


@pytest.mark.parametrize("operator", [*'+-!(){}[]^"~*?:/\\', "&&", "||"])
@pytest.mark.parametrize("path", ["/search/movie", "/search/movie/exact"])
def test_an_operator_must_be_escaped(sandbox: Sandbox, path: str, operator: str) -> None:
    bare = sandbox.get(path, params={"query": f"the {operator}"})
    assert (bare.status_code, bare.json()["error"]) == (400, "invalid_query")
    escaped = "".join(f"\\{mark}" for mark in operator)
    assert sandbox.get(path, params={"query": f"the {escaped}"}).status_code == 200


def test_exact_search_can_be_made_to_find_nothing(sandbox: Sandbox) -> None:
    sandbox.behave(exact_empty=True)
    assert titles(sandbox.get("/search/movie/exact?query=dune")) == []
    assert titles(sandbox.get("/search/movie?query=dune"))[0] == ("Dune", 2021)


def test_full_answers_add_fields_and_null_what_is_not_known(sandbox: Sandbox) -> None:
    plain = sandbox.get("/search/movie/exact?query=oldboy").json()[0]["movie"]
    assert set(plain) == {"title", "year", "ids"}
    full = sandbox.get("/search/movie/exact?query=oldboy&extended=full").json()[0]["movie"]
    assert (full["original_title"], full["country"], full["language"]) == ("올드보이", "kr", "ko")
    assert (full["runtime"], full["votes"], full["genres"]) == (120, 13000, ["thriller"])
    assert full["tagline"] is None


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param("/search/trakt/481?type=movie", [("The Matrix", 1999)], id="trakt"),
        pytest.param("/search/imdb/tt0133093?type=movie", [("The Matrix", 1999)], id="imdb"),
        pytest.param("/search/imdb/tt0133093?type=show", [], id="a-film-is-not-a-show"),
        pytest.param("/search/tvdb/81189?type=show", [("Breaking Bad", 2008)], id="tvdb"),
        pytest.param("/search/tmdb/655?type=movie", [], id="tmdb-number-of-a-show-asked-for-as-film"),
        pytest.param("/search/tmdb/121?type=movie", [TWO_TOWERS], id="tmdb-film"),
        pytest.param("/search/tmdb/121?type=show", [("Doctor Who", 1963)], id="same-tmdb-number-of-a-show"),
        pytest.param(
            "/search/tmdb/121",
            [("The Lord of the Rings: The Two Towers", 2002), ("Doctor Who", 1963)],
            id="without-type-both",
        ),
        pytest.param("/search/imdb/tt9999999?type=movie", [], id="not-there"),
    ],
)
def test_search_by_id_tells_kinds_apart(sandbox: Sandbox, path: str, expected: list[tuple[str, int]]) -> None:
    assert titles(sandbox.get(path)) == expected


def test_an_episode_is_found_by_the_number_that_the_season_states(sandbox: Sandbox) -> None:
    stated = sandbox.get("/shows/breaking-bad/seasons/5").json()[15]
    assert (stated["season"], stated["number"]) == (5, 16)
    for source in ("trakt", "tvdb", "tmdb"):
        found = sandbox.get(f"/search/{source}/{stated['ids'][source]}?type=episode").json()
        assert [(hit["episode"]["number"], hit["show"]["title"]) for hit in found] == [(16, "Breaking Bad")]


@pytest.mark.parametrize("name", ["481", "the-matrix-1999", "tt0133093"])
def test_a_film_is_named_by_number_slug_or_imdb_id(sandbox: Sandbox, name: str) -> None:
    assert sandbox.get(f"/movies/{name}").json() == {
        "title": "The Matrix",
        "year": 1999,
        "ids": {"trakt": 481, "slug": "the-matrix-1999", "imdb": "tt0133093", "tmdb": 603},
    }


@pytest.mark.parametrize(
    "path",
    [
        "/movies/nothing",
        "/shows/481",
        "/shows/1388/seasons/6",
        "/shows/1388/seasons/1/episodes/8",
        "/search/nothing?query=a",
        "/nothing",
    ],
)
def test_what_is_not_there_is_404_in_json(sandbox: Sandbox, path: str) -> None:
    answer = sandbox.get(path)
    assert (answer.status_code, answer.json()["error"]) == (404, "not_found")


def test_seasons_can_come_with_their_episodes(sandbox: Sandbox) -> None:
    seasons = sandbox.get("/shows/game-of-thrones/seasons?extended=episodes").json()
    assert [(one["number"], len(one["episodes"])) for one in seasons][6:] == [(7, 7), (8, 6)]


def test_no_title_of_the_catalogue_has_the_word_unknown(sandbox: Sandbox) -> None:
    assert titles(sandbox.get("/search/movie,show?query=unknown")) == []
