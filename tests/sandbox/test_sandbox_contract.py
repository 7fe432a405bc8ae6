"""Every endpoint's answer has the shape that Trakt's contract states."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from sandbox.sandbox_process import Sandbox

CONTRACT: dict[str, Any] = json.loads((Path(__file__).parents[1] / "data" / "contract.json").read_text())

MATRIX = {"type": "movie", "trakt": 481}
BREAKING_BAD = {"type": "show", "trakt": 1388}
SEASON = {"type": "season", "trakt": 1388, "season": 2}
EPISODE = {"type": "episode", "trakt": 1388, "season": 1, "episode": 2}
EVERYTHING = [MATRIX, BREAKING_BAD, SEASON, EPISODE]
BULK = {
    "movies": [{"ids": {"imdb": "tt1375666", "tmdb": 27205}}, {"ids": {"trakt": 5}}],
    "shows": [{"ids": {"trakt": 1390}, "seasons": [{"number": 1, "episodes": [{"number": 1}, {"number": 99}]}]}],
    "seasons": [{"ids": {"trakt": 139002}}, {"ids": {"trakt": 139099}}],
    "episodes": [{"ids": {"tvdb": 1}}],
}
RATED = {"movies": [{"ids": {"trakt": 481}, "rating": 9}, {"ids": {"trakt": 5}, "rating": 1}]}
LIST = "/users/me/lists/winter"

# Operation of the contract, path, body. Paths with a slash at the end are so in the contract.
READS = [
    ("GET /movies/{id}", "/movies/481?extended=full"),
    ("GET /movies/{id}", "/movies/the-matrix-1999"),
    ("GET /movies/{id}/aliases", "/movies/se7en-1995/aliases"),
    ("GET /movies/{id}/translations/{language}", "/movies/spirited-away-2001/translations/ja"),
    ("GET /search/{id_type}/{id}", "/search/tmdb/603?type=movie"),
    ("GET /search/{id_type}/{id}", "/search/trakt/1388010002?type=episode&extended=full"),
    ("GET /search/{type}", "/search/movie,show?query=matrix&extended=full"),
    ("GET /search/{type}/exact", "/search/movie/exact?query=Dune"),
    ("GET /shows/{id}", "/shows/breaking-bad?extended=full"),
    ("GET /shows/{id}/aliases", "/shows/house/aliases"),
    ("GET /shows/{id}/seasons", "/shows/1388/seasons?extended=full"),
    ("GET /shows/{id}/seasons", "/shows/1388/seasons"),
    ("GET /shows/{id}/seasons/{season}", "/shows/1388/seasons/1"),
    ("GET /shows/{id}/seasons/{season}/episodes/{episode}", "/shows/1388/seasons/1/episodes/2?extended=full"),
    ("GET /shows/{id}/translations/{language}", "/shows/money-heist/translations/es"),
    ("GET /sync/collection/episodes", "/sync/collection/episodes"),
    ("GET /sync/collection/movies", "/sync/collection/movies"),
    ("GET /sync/collection/shows", "/sync/collection/shows?extended=progress"),
    ("GET /sync/collection/{type}", "/sync/collection/movies?extended=full"),
    ("GET /sync/history/{type}/{id}", "/sync/history/movies/481"),
    ("GET /sync/last_activities", "/sync/last_activities"),
    ("GET /sync/ratings/{type}/{rating}", "/sync/ratings/movies/8"),
    ("GET /sync/watched/{type}", "/sync/watched/shows?extended=progress"),
    ("GET /sync/watchlist/{type}/{sort_by}/{sort_how}", "/sync/watchlist/all/rank/asc"),
    ("GET /users/settings", "/users/settings"),
    ("GET /users/{id}/", "/users/sandy/?extended=full"),
    ("GET /users/{id}/collection/{type}", "/users/sandy/collection/movies"),
    ("GET /users/{id}/history/", "/users/sandy/history/"),
    ("GET /users/{id}/history/episodes", "/users/sandy/history/episodes"),
    ("GET /users/{id}/history/movies", "/users/sandy/history/movies"),
    ("GET /users/{id}/history/shows", "/users/sandy/history/shows?extended=full"),
    ("GET /users/{id}/lists", "/users/me/lists"),
    ("GET /users/{id}/lists/{list_id}/", f"{LIST}/"),
    ("GET /users/{id}/lists/{list_id}/items/movie", f"{LIST}/items/movie"),
    ("GET /users/{id}/lists/{list_id}/items/movie,show", f"{LIST}/items/movie,show?extended=full"),
    (
        "GET /users/{id}/lists/{list_id}/items/movie,show,season,episode",
        f"{LIST}/items/movie,show,season,episode?extended=full",
    ),
    ("GET /users/{id}/lists/{list_id}/items/show", f"{LIST}/items/show"),
    ("GET /users/{id}/lists/{list_id}/items/{type}/{sort_by}/{sort_how}", f"{LIST}/items/all/added/desc"),
    ("GET /users/{id}/ratings/", "/users/sandy/ratings/"),
    ("GET /users/{id}/ratings/episodes", "/users/sandy/ratings/episodes"),
    ("GET /users/{id}/ratings/movies", "/users/sandy/ratings/movies"),
    ("GET /users/{id}/ratings/shows", "/users/sandy/ratings/shows"),
    ("GET /users/{id}/ratings/{type}/{rating}", "/users/sandy/ratings/seasons/8"),
    ("GET /users/{id}/stats", "/users/sandy/stats"),
    ("GET /users/{id}/watched/movies", "/users/sandy/watched/movies?extended=min"),
    ("GET /users/{id}/watched/shows", "/users/sandy/watched/shows?extended=min"),
    ("GET /users/{id}/watched/{type}", "/users/sandy/watched/movies"),
    ("GET /users/{id}/watched/{type}", "/users/sandy/watched/shows?extended=progress"),
    ("GET /users/{id}/watchlist/movie,show/{sort}", "/users/sandy/watchlist/movie,show/rank"),
    ("GET /users/{id}/watchlist/movies/{sort}", "/users/sandy/watchlist/movies/added"),
    ("GET /users/{id}/watchlist/shows/{sort}", "/users/sandy/watchlist/shows/title"),
    ("GET /users/{id}/watchlist/{type}/{sort_by}/{sort_how}", "/users/sandy/watchlist/movies/rank/asc"),
]
WRITES = [
    ("POST /sync/collection", "/sync/collection", BULK),
    ("POST /sync/collection/remove", "/sync/collection/remove", BULK),
    ("POST /sync/history", "/sync/history", BULK),
    ("POST /sync/history/remove", "/sync/history/remove", BULK | {"ids": [1]}),
    ("POST /sync/ratings", "/sync/ratings", RATED),
    ("POST /sync/ratings/remove", "/sync/ratings/remove", RATED),
    ("POST /sync/watchlist", "/sync/watchlist", BULK),
    ("PUT /sync/watchlist", "/sync/watchlist", BULK),
    ("POST /sync/watchlist/remove", "/sync/watchlist/remove", BULK),
    ("POST /users/{id}/lists", "/users/me/lists", {"name": "New", "privacy": "public"}),
    ("PUT /users/{id}/lists/{list_id}/", f"{LIST}/", {"description": "Cold."}),
    ("POST /users/{id}/lists/{list_id}/items", f"{LIST}/items", BULK),
    ("POST /users/{id}/lists/{list_id}/items/remove", f"{LIST}/items/remove", BULK),
]
SIGN_IN = ["POST /oauth/device/code", "POST /oauth/device/token", "POST /oauth/token"]


def as_json_schema(schema: Any) -> Any:
    """OpenAPI 3.0 to JSON Schema, closed: a field that the contract does not have is an error."""
    if isinstance(schema, list):
        return [as_json_schema(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return as_json_schema(CONTRACT["components"][schema["$ref"].rpartition("/")[2]])
    parts = {name: as_json_schema(part) for name, part in schema.items() if name != "nullable"}
    # An item's ids come together, so more than one branch holds.
    if "oneOf" in parts:
        parts["anyOf"] = parts.pop("oneOf")
    if isinstance(parts.get("properties"), dict):
        parts.setdefault("additionalProperties", False)
    return {"anyOf": [parts, {"type": "null"}]} if schema.get("nullable") else parts


def expected_shape(operation: str, status: str) -> Any:
    shape = as_json_schema(CONTRACT["responses"][operation][status])
    if operation == "POST /sync/collection":
        # In life it answers `updated`, and no `list`.
        shape["required"].remove("list")
        shape["required"].append("updated")
        del shape["properties"]["list"]
        shape["properties"]["updated"] = shape["properties"]["added"]
    if operation == "POST /users/{id}/lists":
        # In life a list that was just created comes without its user.
        shape["required"].remove("user")
    if operation == "POST /sync/history/remove":
        # In life the numbers of plays that are not there are named, too.
        shape["properties"]["not_found"]["properties"]["ids"] = {"type": "array", "items": {"type": "integer"}}
    return shape


def check(operation: str, body: Any, status: str = "200") -> None:
    jsonschema.Draft202012Validator(expected_shape(operation, status)).validate(body)


@pytest.fixture
def filled(sandbox: Sandbox) -> Sandbox:
    sandbox.seed(
        watchlist=EVERYTHING,
        lists=[{"name": "Winter", "items": EVERYTHING}],
        collection=[MATRIX, EPISODE],
        history=[MATRIX, EPISODE, EPISODE],
        ratings=[{**item, "rating": 8} for item in EVERYTHING],
    )
    return sandbox


@pytest.mark.parametrize(("operation", "path"), READS, ids=[path for _, path in READS])
def test_a_read_answers_in_the_shape_of_the_contract(filled: Sandbox, operation: str, path: str) -> None:
    answer = filled.get(path)
    assert answer.status_code == 200
    assert answer.json()
    check(operation, answer.json())


@pytest.mark.parametrize(("operation", "path", "body"), WRITES, ids=[operation for operation, _, _ in WRITES])
def test_a_write_answers_in_the_shape_of_the_contract(filled: Sandbox, operation: str, path: str, body: Any) -> None:
    answer = filled.put(path, body) if operation.startswith("PUT") else filled.post(path, body)
    stated = next(iter(CONTRACT["responses"][operation]))
    # The contract says 200 for a new play, life says 201.
    assert answer.status_code == (201 if operation == "POST /sync/history" else int(stated))
    check(operation, answer.json(), stated)


def test_sign_in_answers_in_the_shape_of_the_contract(sandbox: Sandbox) -> None:
    client = {"client_id": "sandbox-client-id"}
    device = sandbox.post("/oauth/device/code", client).json()
    check("POST /oauth/device/code", device)
    secret = client | {"client_secret": "sandbox-client-secret"}
    tokens = sandbox.post("/oauth/device/token", secret | {"code": device["device_code"]}).json()
    check("POST /oauth/device/token", tokens)
    refresh = {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}
    check("POST /oauth/token", sandbox.post("/oauth/token", secret | refresh).json())


def test_every_operation_of_the_contract_is_checked() -> None:
    checked = {operation for operation, *_ in [*READS, *WRITES]} | set(SIGN_IN)
    assert checked == set(CONTRACT["responses"])


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("movies", {"481": "2026-01-02T03:04:05.000Z"}),
        ("episodes", {"1388010002": "2026-01-02T03:04:05.000Z"}),
        ("shows", {"1388": {"1": {"2": "2026-01-02T03:04:05.000Z"}}}),
    ],
)
def test_the_minimal_collection_which_the_contract_lacks_maps_numbers_to_times(
    sandbox: Sandbox, kind: str, expected: Any
) -> None:
    at = {"collected_at": "2026-01-02T03:04:05.000Z"}
    sandbox.seed(collection=[MATRIX | at, EPISODE | at])
    answer = sandbox.get(f"/sync/collection/minimal/{kind}")
    assert answer.json() == expected
    assert "X-Pagination-Page-Count" not in answer.headers
    assert sandbox.get(f"/sync/collection/minimal/{kind}?page=2").json() == {}
