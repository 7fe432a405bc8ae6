"""Which calls pass: key, content type, sign-in, rate, account, pages, and whose data is seen."""

from __future__ import annotations

import json
import time

import pytest
import requests
from sandbox.sandbox_process import API_KEY, SIGNED_IN, Sandbox

FILMS = [{"type": "movie", "trakt": number} for number in (481, 16662, 900000001, 900000002, 900000003)]
GAME_OF_THRONES = [
    {"type": "episode", "trakt": 1390, "season": season, "episode": episode}
    for season, count in ((1, 10), (2, 10), (3, 10), (4, 10), (5, 10), (6, 10), (7, 7), (8, 6))
    for episode in range(1, count + 1)
]
WALKING_DEAD = [
    {"type": "episode", "trakt": 1393, "season": season, "episode": episode}
    for season in range(3, 10)
    for episode in range(1, 17)
]


@pytest.mark.parametrize("key", [None, "some-other-client"])
def test_a_call_without_the_right_client_id_is_403(sandbox: Sandbox, key: str | None) -> None:
    answer = sandbox.get("/movies/481", headers={"trakt-api-key": key, "User-Agent": "tests/1"})
    assert (answer.status_code, answer.json()["error"]) == (403, "invalid_api_key")


def test_a_call_without_a_user_agent_is_stopped_at_the_edge_with_a_page(sandbox: Sandbox) -> None:
    answer = requests.get(f"{sandbox.url}/movies/481", headers={**API_KEY, "User-Agent": ""}, timeout=5)
    assert answer.status_code == 403
    assert answer.headers["Content-Type"].startswith("text/html")


def test_a_write_with_another_content_type_is_412(sandbox: Sandbox) -> None:
    answer = sandbox.call("POST", "/sync/watchlist", headers={**SIGNED_IN, "Content-Type": "text/plain"}, data="{}")
    assert answer.status_code == 412


@pytest.mark.parametrize("body", ["{", "[]", '"text"', ""])
def test_a_write_without_a_json_object_is_400(sandbox: Sandbox, body: str) -> None:
    headers = {**SIGNED_IN, "Content-Type": "application/json"}
    assert sandbox.call("POST", "/sync/watchlist", headers=headers, data=body).status_code == 400


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/sync/watchlist"),
        ("GET", "/users/settings"),
        ("GET", "/users/me/lists"),
        ("POST", "/sync/history"),
        ("DELETE", "/users/sandy/lists/winter"),
    ],
)
@pytest.mark.parametrize("authorization", [None, "Bearer wrong", "Basic sandbox-access-token"])
def test_personal_data_and_writes_need_a_good_token(
    sandbox: Sandbox, method: str, path: str, authorization: str | None
) -> None:
    body: dict[str, str] | None = {} if method == "POST" else None
    answer = sandbox.call(method, path, body, headers={**API_KEY, "Authorization": authorization})
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_token")


def test_an_expired_token_is_401(sandbox: Sandbox) -> None:
    assert sandbox.get("/sync/watchlist").status_code == 200
    sandbox.post("/_sandbox/tokens/expire")
    assert sandbox.get("/sync/watchlist").status_code == 401


def test_search_needs_only_the_client_id(sandbox: Sandbox) -> None:
    assert sandbox.get("/search/movie?query=dune", headers=API_KEY).status_code == 200


@pytest.mark.parametrize("path", ["/users/sandy", "/users/sandy/", "/sync/watchlist/", "/users/settings/"])
def test_a_slash_at_the_end_makes_no_difference(sandbox: Sandbox, path: str) -> None:
    assert sandbox.get(path).status_code == 200


def test_every_endpoint_of_a_public_profile_is_read_by_slug_with_only_the_client_id(sandbox: Sandbox) -> None:
    sandbox.seed("olga", history=FILMS[:1], lists=[{"name": "Open", "privacy": "public"}, {"name": "Closed"}])
    parts = ("watchlist", "collection/movies", "history", "ratings", "watched/movies", "stats")
    for part in parts:
        assert sandbox.get(f"/users/olga/{part}", headers=API_KEY).status_code == 200
    assert sandbox.get("/users/olga/watching", headers=API_KEY).status_code == 204
    lists = sandbox.get("/users/olga/lists", headers=API_KEY).json()
    assert [each["name"] for each in lists] == ["Open"]
    assert sandbox.get("/users/olga/lists/closed", headers=API_KEY).status_code == 404
    assert sandbox.get("/users/olga/lists/open/items", headers=API_KEY).json() == []


@pytest.mark.parametrize("part", ["", "/watchlist", "/history", "/lists", "/stats", "/watching"])
def test_a_private_profile_and_an_unknown_one_are_404(sandbox: Sandbox, part: str) -> None:
    sandbox.seed("olga", private=True)
    assert sandbox.get(f"/users/olga{part}").status_code == 404
    assert sandbox.get(f"/users/nobody{part}").status_code == 404


def test_a_private_user_still_sees_the_own_data(sandbox: Sandbox) -> None:
    sandbox.seed(private=True, watchlist=FILMS)
    assert len(sandbox.get("/users/sandy/watchlist").json()) == 5
    assert sandbox.get("/users/sandy/watchlist", headers=API_KEY).status_code == 404


def test_the_lists_of_another_user_cannot_be_changed(sandbox: Sandbox) -> None:
    sandbox.seed("olga", lists=[{"name": "Open", "privacy": "public"}])
    assert sandbox.delete("/users/olga/lists/open").status_code == 403
    assert [each["slug"] for each in sandbox.account("olga")["lists"]] == ["open"]


def page_headers(answer: requests.Response) -> dict[str, str]:
    start = "X-Pagination-"
    return {name.removeprefix(start): value for name, value in answer.headers.items() if name.startswith(start)}


def test_a_page_says_which_it_is_and_how_many_there_are(sandbox: Sandbox) -> None:
    sandbox.seed(watchlist=FILMS)
    answer = sandbox.get("/sync/watchlist?page=2&limit=2")
    assert [item["rank"] for item in answer.json()] == [3, 4]
    assert page_headers(answer) == {"Page": "2", "Limit": "2", "Page-Count": "3", "Item-Count": "5"}
    assert sandbox.get("/sync/watchlist?page=4&limit=2").json() == []


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        pytest.param("/sync/watchlist", 100, id="watchlist-100"),
        pytest.param("/sync/history", 10, id="history-10"),
        pytest.param("/sync/ratings", 300, id="ratings-all"),
        pytest.param("/sync/watchlist?limit=1000", 250, id="no-more-than-250"),
        pytest.param("/sync/collection/episodes?limit=250&extended=progress", 100, id="with-progress-100"),
        pytest.param("/sync/watchlist?limit=120", 120, id="as-asked"),
    ],
)
def test_how_much_comes_without_a_limit_and_at_most(sandbox: Sandbox, path: str, expected: int) -> None:
    episodes = (GAME_OF_THRONES + WALKING_DEAD + shows_of(1388, (7, 13, 13, 13, 16)) + shows_of(4, (13,) * 6))[:300]
    assert len(episodes) == 300
    sandbox.seed(
        limits=None,
        watchlist=episodes,
        history=episodes,
        collection=episodes,
        ratings=[{**each, "rating": 5} for each in episodes],
    )
    answer = sandbox.get(path)
    assert len(answer.json()) == expected
    assert answer.headers["X-Pagination-Item-Count"] == "300"


def shows_of(trakt: int, counts: tuple[int, ...]) -> list[dict[str, object]]:
    return [
        {"type": "episode", "trakt": trakt, "season": season, "episode": episode}
        for season, count in enumerate(counts, start=1)
        for episode in range(1, count + 1)
    ]


def test_the_page_count_can_be_made_too_low(sandbox: Sandbox) -> None:
    sandbox.seed(watchlist=FILMS)
    sandbox.behave(page_count_short=1)
    assert sandbox.get("/sync/watchlist?limit=2").headers["X-Pagination-Page-Count"] == "2"
    assert len(sandbox.get("/sync/watchlist?limit=2&page=3").json()) == 1


def test_things_can_appear_in_front_one_after_each_page(sandbox: Sandbox) -> None:
    sandbox.seed(watchlist=FILMS[:3])
    sandbox.behave(insert_between_pages={"watchlist": [FILMS[4], FILMS[3]]})
    pages = [sandbox.get(f"/sync/watchlist?limit=2&page={page}").json() for page in (1, 2, 3)]
    numbers = [[item["movie"]["ids"]["trakt"] for item in page] for page in pages]
    assert numbers == [[481, 16662], [16662, 900000001], [900000001]]
    assert [item["trakt"] for item in sandbox.account()["watchlist"]][:3] == [900000002, 900000003, 481]


def test_reads_over_the_limit_are_429_with_the_time_to_wait(sandbox: Sandbox) -> None:
    sandbox.behave(rate_limits={"reads": 2, "period": 300})
    first = sandbox.get("/movies/481")
    stated = json.loads(first.headers["X-Ratelimit"])
    assert (stated["name"], stated["period"], stated["limit"], stated["remaining"]) == (
        "AUTHED_API_GET_LIMIT",
        300,
        2,
        1,
    )
    sandbox.get("/movies/481")
    over = sandbox.get("/movies/481")
    assert over.status_code == 429
    assert 290 <= int(over.headers["Retry-After"]) <= 300
    assert json.loads(over.headers["X-Ratelimit"])["remaining"] == 0


def test_the_bucket_is_the_users(sandbox: Sandbox) -> None:
    sandbox.behave(rate_limits={"reads": 1, "period": 300})
    assert [sandbox.get("/movies/481").status_code for _ in range(2)] == [200, 429]
    assert sandbox.get("/movies/481", headers=API_KEY).status_code == 200


def test_one_write_a_second(sandbox: Sandbox) -> None:
    sandbox.behave(rate_limits=True)
    body = {"movies": [{"ids": {"trakt": 481}}]}
    first, second = (sandbox.post("/sync/watchlist", body) for _ in range(2))
    assert (first.status_code, second.status_code, second.headers["Retry-After"]) == (201, 429, "1")
    time.sleep(1.05)
    assert sandbox.post("/sync/watchlist", body).status_code == 201


def test_nothing_is_limited_unless_asked_for(sandbox: Sandbox) -> None:
    answers = [sandbox.post("/sync/watchlist", {}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [201, 201, 201]
    assert "X-Ratelimit" not in answers[0].headers


@pytest.mark.parametrize(
    ("account", "status", "header"),
    [
        ("locked", 423, "X-Account-Locked"),
        ("deactivated", 423, "X-Account-Deactivated"),
        ("vip_only", 426, "X-Upgrade-URL"),
    ],
)
def test_an_account_can_be_refused(sandbox: Sandbox, account: str, status: int, header: str) -> None:
    sandbox.behave(account=account)
    answer = sandbox.get("/sync/watchlist")
    assert answer.status_code == status
    assert header in answer.headers
    assert sandbox.get("/movies/481", headers=API_KEY).status_code == 200


def test_the_clock_can_be_ahead(sandbox: Sandbox) -> None:
    sandbox.behave(clock_skew=86_400 * 3650)
    sandbox.post("/sync/watchlist", {"movies": [{"ids": {"trakt": 481}}]})
    assert sandbox.account()["watchlist"][0]["listed_at"] > "2035"


def test_answers_can_be_slow(sandbox: Sandbox) -> None:
    sandbox.behave(latency=0.2)
    started = time.monotonic()
    sandbox.get("/movies/481")
    assert time.monotonic() - started >= 0.2


def test_an_unknown_behaviour_is_refused(sandbox: Sandbox) -> None:
    for wrong in ({"colour": "red"}, {"account": "happy"}, {"rate_limits": {"writes": 1}}):
        assert sandbox.put("/_sandbox/behaviour", wrong).status_code == 400


def test_requests_are_written_down_without_credentials(sandbox: Sandbox) -> None:
    sandbox.get("/movies/481?extended=full")
    sandbox.post(
        "/oauth/token",
        {"client_id": "a", "client_secret": "b", "grant_type": "refresh_token", "refresh_token": "c"},
        headers={"User-Agent": "tests/1"},
    )
    read, refresh = sandbox.requests_so_far()
    assert (read["method"], read["path"], read["query"], read["status"]) == (
        "GET",
        "/movies/481",
        "extended=full",
        200,
    )
    assert (read["user_agent"], read["has_authorization"], read["json"]) == ("tests/1", True, None)
    assert (refresh["status"], refresh["has_authorization"]) == (401, False)
    assert refresh["json"] == {
        "client_id": "a",
        "client_secret": "***",
        "grant_type": "refresh_token",
        "refresh_token": "***",
    }
    assert "sandbox-access-token" not in json.dumps(sandbox.requests_so_far())
    sandbox.delete("/_sandbox/requests")
    assert sandbox.requests_so_far() == []


def test_a_connection_is_kept_for_the_next_call(sandbox: Sandbox) -> None:
    with requests.Session() as http:
        first = http.get(f"{sandbox.url}/movies/481", headers=API_KEY, stream=True, timeout=5)
        connection = first.raw._connection
        assert first.json()["year"] == 1999
        second = http.get(f"{sandbox.url}/movies/481", headers=API_KEY, stream=True, timeout=5)
        assert second.raw._connection is connection
        assert second.json()["year"] == 1999
