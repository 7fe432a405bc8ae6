"""What writes change, and what they answer."""

from __future__ import annotations

from typing import Any

import pytest
from sandbox.sandbox_process import Sandbox

NONE = {"movies": 0, "shows": 0, "seasons": 0, "episodes": 0}
NOTHING_MISSING: dict[str, Any] = {"movies": [], "shows": [], "seasons": [], "episodes": []}
MATRIX = {"type": "movie", "trakt": 481}
EPISODE = {"type": "episode", "trakt": 1388, "season": 1, "episode": 2}


def refs(items: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    parts = ("type", "trakt", "season", "episode")
    return [tuple(item[part] for part in parts if part in item) for item in items]


@pytest.mark.parametrize("path", ["/sync/watchlist", "/users/me/lists/winter/items"])
def test_adding_to_watchlist_and_lists_counts_new_existing_and_missing(sandbox: Sandbox, path: str) -> None:
    sandbox.seed(watchlist=[MATRIX], lists=[{"name": "Winter", "items": [MATRIX]}])
    answer = sandbox.post(
        path,
        {
            "movies": [{"ids": {"imdb": "tt0133093"}}, {"ids": {"tmdb": 27205}}, {"ids": {"tmdb": 1}}],
            "shows": [
                {"ids": {"slug": "breaking-bad"}},
                {
                    "ids": {"tvdb": 121361},
                    "seasons": [
                        {"number": 2},
                        {"number": 1, "episodes": [{"number": 1}, {"number": 99}]},
                        {"number": 30},
                    ],
                },
            ],
        },
    )
    body = answer.json()
    assert answer.status_code == 201
    assert body["added"] == {"movies": 1, "shows": 1, "seasons": 1, "episodes": 1}
    assert body["existing"] == NONE | {"movies": 1}
    assert body["not_found"] == NOTHING_MISSING | {
        "movies": [{"ids": {"tmdb": 1}}],
        "shows": [
            {
                "ids": {"tvdb": 121361},
                "seasons": [{"number": 1, "episodes": [{"number": 99}]}, {"number": 30, "episodes": []}],
            }
        ],
    }
    assert body["list"]["item_count"] == 5
    account = sandbox.account()
    held = account["watchlist"] if "watchlist" in path else account["lists"][0]["items"]
    assert refs(held) == [
        ("movie", 481),
        ("movie", 16662),
        ("show", 1388),
        ("season", 1390, 2),
        ("episode", 1390, 1, 1),
    ]


@pytest.mark.parametrize("path", ["/sync/watchlist", "/users/me/lists/winter/items"])
def test_removing_from_watchlist_and_lists(sandbox: Sandbox, path: str) -> None:
    held = [MATRIX, EPISODE]
    sandbox.seed(watchlist=held, lists=[{"name": "Winter", "items": held}])
    body = {"movies": [{"ids": {"trakt": 481}}, {"ids": {"tmdb": 27205}}, {"ids": {"tmdb": 1}}]}
    answer = sandbox.post(f"{path}/remove", body)
    assert answer.status_code == 200
    assert answer.json()["deleted"] == NONE | {"movies": 1}
    assert answer.json()["not_found"]["movies"] == [{"ids": {"tmdb": 1}}]
    account = sandbox.account()
    left = account["watchlist"] if "watchlist" in path else account["lists"][0]["items"]
    assert refs(left) == [("episode", 1388, 1, 2)]


@pytest.mark.parametrize(
    ("key", "ids", "expected"),
    [
        pytest.param("movies", {"trakt": "481"}, ("movie", 481), id="a-number-as-text"),
        pytest.param("movies", {"slug": None, "imdb": "tt0133093"}, ("movie", 481), id="a-null-is-no-id"),
        pytest.param("seasons", {"trakt": 138803}, ("season", 1388, 3), id="a-season"),
        pytest.param("episodes", {"tvdb": 4_000_001_388_010_002}, ("episode", 1388, 1, 2), id="an-episode"),
    ],
)
def test_an_item_is_found_by_any_of_its_ids_among_its_kind(
    sandbox: Sandbox, key: str, ids: dict[str, Any], expected: tuple[Any, ...]
) -> None:
    sandbox.post("/sync/watchlist", {key: [{"ids": ids}]})
    assert refs(sandbox.account()["watchlist"]) == [expected]


def test_one_tmdb_number_is_a_film_among_films_and_a_show_among_shows(sandbox: Sandbox) -> None:
    sandbox.post("/sync/watchlist", {"movies": [{"ids": {"tmdb": 121}}], "shows": [{"ids": {"tmdb": 121}}]})
    film, show = sandbox.get("/sync/watchlist").json()
    assert film["movie"]["title"] == "The Lord of the Rings: The Two Towers"
    assert show["show"]["title"] == "Doctor Who"


def test_a_film_sent_as_title_and_year_becomes_whatever_the_search_finds_first(sandbox: Sandbox) -> None:
    sandbox.post("/sync/watchlist", {"movies": [{"title": "Dune", "year": 1984}]})
    (held,) = sandbox.get("/sync/watchlist").json()
    assert (held["movie"]["title"], held["movie"]["year"]) == ("Dune", 2021)


@pytest.mark.parametrize(
    "bad",
    [{}, {"year": 1999}, {"ids": 481}, "text", {"ids": {"trakt": 1390}, "seasons": [{"episodes": []}]}],
    ids=["empty", "no-title", "ids-not-an-object", "not-an-object", "season-without-number"],
)
def test_one_malformed_item_fails_the_whole_batch(sandbox: Sandbox, bad: Any) -> None:
    answer = sandbox.post("/sync/watchlist", {"movies": [{"ids": {"trakt": 481}}], "shows": [bad]})
    assert answer.status_code == 422
    assert sandbox.account()["watchlist"] == []


def test_over_the_watchlist_limit_the_whole_request_is_refused(sandbox: Sandbox) -> None:
    sandbox.seed(limits={"watchlist": 2}, watchlist=[MATRIX])
    two = {"movies": [{"ids": {"tmdb": 27205}}, {"ids": {"tmdb": 438631}}]}
    answer = sandbox.post("/sync/watchlist", two)
    assert answer.status_code == 420
    assert (answer.headers["X-VIP-User"], answer.headers["X-Account-Limit"]) == ("false", "2")
    assert answer.headers["X-Upgrade-URL"] == "https://trakt.tv/vip"
    assert refs(sandbox.account()["watchlist"]) == [("movie", 481)]
    assert sandbox.post("/sync/watchlist", {"movies": two["movies"][:1]}).status_code == 201


def test_a_full_watchlist_takes_what_is_there_already(sandbox: Sandbox) -> None:
    sandbox.seed(limits={"watchlist": 1}, watchlist=[MATRIX, EPISODE])
    answer = sandbox.post("/sync/watchlist", {"movies": [{"ids": {"trakt": 481}}]})
    assert (answer.status_code, answer.json()["existing"]["movies"]) == (201, 1)


@pytest.mark.parametrize(
    ("limits", "limit"),
    [
        pytest.param({"list_items": 1}, "1", id="of-the-list"),
        pytest.param({"all_list_items": 2}, "2", id="of-all-lists-together"),
    ],
)
def test_over_the_limit_of_list_items_is_420(sandbox: Sandbox, limits: dict[str, int], limit: str) -> None:
    sandbox.seed(limits=limits, lists=[{"name": "A", "items": [MATRIX]}, {"name": "B", "items": [MATRIX]}])
    answer = sandbox.post("/users/me/lists/a/items", {"movies": [{"ids": {"tmdb": 27205}}]})
    assert (answer.status_code, answer.headers["X-Account-Limit"]) == (420, limit)


def test_one_list_too_many_is_420(sandbox: Sandbox) -> None:
    answers = [sandbox.post("/users/me/lists", {"name": f"List {number}"}) for number in range(6)]
    assert [answer.status_code for answer in answers] == [201, 201, 201, 201, 201, 420]


def test_the_library_limit_counts_films_and_shows(sandbox: Sandbox) -> None:
    sandbox.seed(limits={"library": 1})
    assert sandbox.post("/sync/collection", {"shows": [{"ids": {"trakt": 1388}}]}).status_code == 201
    assert sandbox.post("/sync/collection", {"movies": [{"ids": {"trakt": 481}}]}).status_code == 420


def test_the_settings_state_the_limits_of_a_free_account_and_of_vip(sandbox: Sandbox) -> None:
    assert sandbox.get("/users/settings").json()["limits"] == {
        "list": {"count": 5, "item_count": 250},
        "watchlist": {"item_count": 250},
        "favorites": {"item_count": 250},
    }
    sandbox.seed(vip=True)
    settings = sandbox.get("/users/settings").json()
    assert settings["user"]["vip"] is True
    assert (settings["limits"]["watchlist"], settings["limits"]["list"]["count"]) == ({"item_count": 5000}, 100)
    sandbox.seed(limits=None)
    without = sandbox.get("/users/settings")
    assert (without.status_code, "limits" in without.json()) == (200, False)


def test_settings_can_be_changed(sandbox: Sandbox) -> None:
    assert sandbox.put("/users/settings", {"user": {"name": "S.", "private": True}}).status_code == 201
    user = sandbox.get("/users/settings").json()["user"]
    assert (user["name"], user["private"]) == ("S.", True)


@pytest.mark.parametrize(
    ("names", "slugs"),
    [
        pytest.param(["Ünder the Stars!"], ["under-the-stars"], id="letters-and-digits"),
        pytest.param(["Winter", "Winter", "winter"], ["winter", "winter-2", "winter-3"], id="same-names"),
    ],
)
def test_a_lists_slug_comes_from_its_name(sandbox: Sandbox, names: list[str], slugs: list[str]) -> None:
    answers = [sandbox.post("/users/me/lists", {"name": name}) for name in names]
    assert [answer.json()["ids"]["slug"] for answer in answers] == slugs
    assert [each["name"] for each in sandbox.get("/users/me/lists").json()] == names


def test_a_name_without_latin_letters_gives_the_lists_number_as_slug(sandbox: Sandbox) -> None:
    ids = sandbox.post("/users/me/lists", {"name": "お気に入り"}).json()["ids"]
    assert ids["slug"] == str(ids["trakt"])
    assert sandbox.get(f"/users/me/lists/{ids['trakt']}").json()["name"] == "お気に入り"


def test_a_list_can_be_changed_and_deleted(sandbox: Sandbox) -> None:
    created = sandbox.post("/users/me/lists", {"name": "Winter", "description": "Cold.", "privacy": "public"})
    assert (created.json()["privacy"], created.json()["description"]) == ("public", "Cold.")
    assert "user" not in created.json()  # as on Trakt while a list is new
    number = created.json()["ids"]["trakt"]
    (changed,) = sandbox.put(f"/users/me/lists/{number}", {"name": "Summer"}).json()
    assert (changed["name"], changed["ids"]["slug"], changed["description"]) == ("Summer", "summer", "Cold.")
    assert sandbox.delete("/users/sandy/lists/summer/").status_code == 204
    assert sandbox.get(f"/users/me/lists/{number}").status_code == 404


@pytest.mark.parametrize("body", [{}, {"name": " "}, {"name": 5}, {"name": "A", "privacy": 5}])
def test_a_list_needs_a_name_and_right_types(sandbox: Sandbox, body: dict[str, Any]) -> None:
    assert sandbox.post("/users/me/lists", body).status_code == 422


def test_a_list_entry_gets_notes_and_another_rank(sandbox: Sandbox) -> None:
    sandbox.seed(lists=[{"name": "Winter", "items": [MATRIX, EPISODE]}])
    second = sandbox.get("/users/me/lists/winter/items").json()[1]
    path = f"/users/me/lists/winter/items/{second['id']}"
    assert sandbox.put(path, {"notes": "Soon.", "rank": 1}).status_code == 204
    items = sandbox.get("/users/me/lists/winter/items").json()
    assert [(item["rank"], item["type"], item["notes"]) for item in items] == [
        (1, "episode", "Soon."),
        (2, "movie", None),
    ]
    assert sandbox.put("/users/me/lists/winter/items/5", {"notes": "?"}).status_code == 404


def test_the_watchlist_comes_by_type_and_in_the_wanted_order(sandbox: Sandbox) -> None:
    inception = {"type": "movie", "trakt": 16662}
    sandbox.seed(watchlist=[MATRIX, inception, {"type": "show", "trakt": 1388}])
    by_title = sandbox.get("/sync/watchlist/movies/title/asc")
    assert [item["movie"]["title"] for item in by_title.json()] == ["Inception", "The Matrix"]
    assert (by_title.headers["X-Sort-By"], by_title.headers["X-Sort-How"]) == ("title", "asc")
    assert [item["type"] for item in sandbox.get("/sync/watchlist/shows").json()] == ["show"]
    newest = sandbox.get("/sync/watchlist/all/released/desc").json()
    assert [item["rank"] for item in newest] == [2, 3, 1]


def test_history_doubles_a_play_that_is_sent_twice(sandbox: Sandbox) -> None:
    body = {"movies": [{"ids": {"trakt": 481}, "watched_at": "2026-01-02T03:04:05Z"}]}
    for _ in range(2):
        answer = sandbox.post("/sync/history", body)
        assert (answer.status_code, answer.json()["added"]) == (201, {"movies": 1, "episodes": 0})
    plays = sandbox.get("/sync/history/movies/481").json()
    assert [play["watched_at"] for play in plays] == ["2026-01-02T03:04:05.000Z"] * 2
    assert plays[0]["id"] != plays[1]["id"]
    (watched,) = sandbox.get("/sync/watched/movies").json()
    assert (watched["plays"], watched["movie"]["title"]) == (2, "The Matrix")


def test_history_takes_a_show_a_season_or_episodes(sandbox: Sandbox) -> None:
    body = {
        "shows": [
            {"ids": {"trakt": 1388}, "seasons": [{"number": 5}, {"number": 1, "episodes": [{"number": 1}]}]},
            {"ids": {"trakt": 1390}},
        ]
    }
    assert sandbox.post("/sync/history", body).json()["added"] == {"movies": 0, "episodes": 16 + 1 + 73}


def test_marking_as_watched_takes_off_the_watchlist(sandbox: Sandbox) -> None:
    sandbox.seed(watchlist=[MATRIX, EPISODE, {"type": "show", "trakt": 1388}, {"type": "show", "trakt": 1390}])
    body = {
        "movies": [{"ids": {"trakt": 481}}],
        "shows": [{"ids": {"trakt": 1388}, "seasons": [{"number": 1, "episodes": [{"number": 2}]}]}],
    }
    sandbox.post("/sync/history", body)
    assert refs(sandbox.account()["watchlist"]) == [("show", 1390)]


@pytest.mark.parametrize(
    ("stated", "kept"),
    [
        ("2026-01-02T03:04:05+02:00", "2026-01-02T01:04:05.000Z"),
        ("2026-01-02", "2026-01-02T00:00:00.000Z"),
        ("released", "1999-01-01T20:00:00.000Z"),
        ("unknown", "1970-01-01T00:00:00.000Z"),
    ],
)
def test_when_a_film_was_watched(sandbox: Sandbox, stated: str, kept: str) -> None:
    sandbox.post("/sync/history", {"movies": [{"ids": {"trakt": 481}, "watched_at": stated}]})
    assert sandbox.account()["history"][0]["watched_at"] == kept


def test_a_time_that_is_none_is_422_and_nothing_is_kept(sandbox: Sandbox) -> None:
    body = {"movies": [{"ids": {"tmdb": 27205}}, {"ids": {"trakt": 481}, "watched_at": "yesterday"}]}
    assert sandbox.post("/sync/history", body).status_code == 422
    assert sandbox.account()["history"] == []


def test_removing_a_film_from_history_removes_every_play_of_it(sandbox: Sandbox) -> None:
    sandbox.seed(history=[MATRIX, MATRIX, EPISODE])
    answer = sandbox.post("/sync/history/remove", {"movies": [{"ids": {"trakt": 481}}]})
    assert answer.json()["deleted"] == {"movies": 2, "episodes": 0}
    assert refs(sandbox.account()["history"]) == [("episode", 1388, 1, 2)]


def test_removing_plays_by_number_removes_only_those(sandbox: Sandbox) -> None:
    sandbox.seed(history=[{**MATRIX, "id": 7}, {**MATRIX, "id": 8}])
    answer = sandbox.post("/sync/history/remove", {"ids": [8, 9]})
    assert answer.json()["deleted"] == {"movies": 1, "episodes": 0}
    assert answer.json()["not_found"] == NOTHING_MISSING | {"ids": [9]}
    assert [play["id"] for play in sandbox.account()["history"]] == [7]


def test_history_comes_latest_first_and_within_times(sandbox: Sandbox) -> None:
    days = ["2026-01-02T00:00:00.000Z", "2026-01-03T00:00:00.000Z", "2026-01-01T00:00:00.000Z"]
    sandbox.seed(history=[{**MATRIX, "watched_at": day} for day in days])

    def shown(query: str = "") -> list[str]:
        return [play["watched_at"][:10] for play in sandbox.get(f"/sync/history{query}").json()]

    assert shown() == ["2026-01-03", "2026-01-02", "2026-01-01"]
    assert shown("?start_at=2026-01-02T00:00:00Z") == ["2026-01-03", "2026-01-02"]
    assert shown("?end_at=2026-01-02T00:00:00Z") == ["2026-01-02", "2026-01-01"]


@pytest.mark.parametrize(
    ("path", "count"),
    [
        ("/sync/history/shows/1388", 2),
        ("/sync/history/shows/breaking-bad", 2),
        ("/sync/history/seasons/138801", 1),
        ("/sync/history/episodes/1388010002", 1),
        ("/sync/history/episodes/1", 0),
        ("/sync/history/movies", 1),
    ],
)
def test_history_of_one_thing(sandbox: Sandbox, path: str, count: int) -> None:
    sandbox.seed(history=[MATRIX, EPISODE, {**EPISODE, "season": 2}])
    assert len(sandbox.get(path).json()) == count


def test_collecting_counts_new_changed_and_same_copies(sandbox: Sandbox) -> None:
    copy = {"ids": {"trakt": 481}, "media_type": "digital", "resolution": "hd_1080p"}
    first = sandbox.post("/sync/collection", {"movies": [copy], "shows": [{"ids": {"trakt": 1388}}]})
    assert (first.status_code, first.json()["added"]) == (201, NONE | {"movies": 1, "episodes": 62})
    again = sandbox.post("/sync/collection", {"movies": [copy]}).json()
    assert (again["added"], again["updated"], again["existing"]) == (NONE, NONE, NONE | {"movies": 1})
    better = sandbox.post("/sync/collection", {"movies": [copy | {"resolution": "uhd_4k"}]}).json()
    assert (better["updated"], better["existing"]) == (NONE | {"movies": 1}, NONE)
    (held,) = sandbox.get("/sync/collection/movies?extended=metadata").json()
    assert held["metadata"] == {"media_type": "digital", "resolution": "uhd_4k"}
    assert "metadata" not in sandbox.get("/sync/collection/movies").json()[0]


def test_the_seasons_of_a_collected_show_come_only_with_progress(sandbox: Sandbox) -> None:
    sandbox.seed(collection=[EPISODE])
    (plain,) = sandbox.get("/sync/collection/shows").json()
    assert "seasons" not in plain
    (full,) = sandbox.get("/sync/collection/shows?extended=progress").json()
    assert [(season["number"], [one["number"] for one in season["episodes"]]) for season in full["seasons"]] == [
        (1, [2])
    ]


def test_the_seasons_of_a_watched_show_come_only_with_progress(sandbox: Sandbox) -> None:
    sandbox.seed(history=[EPISODE, EPISODE])
    (plain,) = sandbox.get("/sync/watched/shows").json()
    assert ("seasons" in plain, plain["plays"]) == (False, 2)
    (full,) = sandbox.get("/sync/watched/shows?extended=progress").json()
    assert full["seasons"][0]["episodes"][0]["plays"] == 2


def test_a_show_alone_takes_all_its_episodes_out_of_the_collection(sandbox: Sandbox) -> None:
    sandbox.seed(collection=[MATRIX, EPISODE, {**EPISODE, "season": 2}])
    body = {"shows": [{"ids": {"trakt": 1388}}]}
    assert sandbox.post("/sync/collection/remove", body).json()["deleted"] == NONE | {"episodes": 2}
    assert refs(sandbox.account()["collection"]) == [("movie", 481)]


def test_a_named_episode_is_taken_out_of_the_collection_alone(sandbox: Sandbox) -> None:
    sandbox.seed(collection=[EPISODE, {**EPISODE, "season": 2}])
    body = {"shows": [{"ids": {"trakt": 1388}, "seasons": [{"number": 1, "episodes": [{"number": 2}]}]}]}
    assert sandbox.post("/sync/collection/remove", body).json()["deleted"] == NONE | {"episodes": 1}
    assert refs(sandbox.account()["collection"]) == [("episode", 1388, 2, 2)]


def test_ratings_are_set_changed_and_removed(sandbox: Sandbox) -> None:
    show = {
        "ids": {"trakt": 1388},
        "rating": 9,
        "seasons": [{"number": 1, "rating": 7, "episodes": [{"number": 2, "rating": 10}]}],
    }
    body = {"movies": [{"ids": {"trakt": 481}, "rating": 8}], "shows": [show]}
    answer = sandbox.post("/sync/ratings", body)
    assert answer.status_code == 201
    assert answer.json()["added"] == {"movies": 1, "shows": 1, "seasons": 1, "episodes": 1}
    sandbox.post("/sync/ratings", {"movies": [{"ids": {"trakt": 481}, "rating": 3}]})
    rated = {each["type"]: each["rating"] for each in sandbox.get("/sync/ratings").json()}
    assert rated == {"movie": 3, "show": 9, "season": 7, "episode": 10}
    assert [each["type"] for each in sandbox.get("/sync/ratings/all/9,10").json()] == ["show", "episode"]
    removed = sandbox.post("/sync/ratings/remove", {"movies": [{"ids": {"trakt": 481}}]}).json()
    assert removed["deleted"] == NONE | {"movies": 1}


@pytest.mark.parametrize("rating", [0, 11, "5", None, 5.5])
def test_a_rating_outside_1_to_10_is_422(sandbox: Sandbox, rating: Any) -> None:
    body = {"movies": [{"ids": {"trakt": 481}, "rating": rating}]}
    assert sandbox.post("/sync/ratings", body).status_code == 422
    assert sandbox.account()["ratings"] == []


@pytest.mark.parametrize(
    ("path", "part", "field"),
    [
        ("/sync/watchlist", "watchlist", "updated_at"),
        ("/sync/history", "episodes", "watched_at"),
        ("/sync/collection", "movies", "collected_at"),
    ],
)
def test_a_write_moves_its_last_activity_and_no_other(sandbox: Sandbox, path: str, part: str, field: str) -> None:
    before = sandbox.get("/sync/last_activities").json()
    assert before["all"] == "2020-01-01T00:00:00.000Z"
    sandbox.post(path, {"movies": [{"ids": {"trakt": 481}}]})
    after = sandbox.get("/sync/last_activities").json()
    assert after[part][field] == after["all"] > before["all"]
    assert after["movies"]["rated_at"] == before["movies"]["rated_at"]


def test_statistics_count_what_is_there(sandbox: Sandbox) -> None:
    sandbox.seed(history=[MATRIX, MATRIX, EPISODE], ratings=[{**MATRIX, "rating": 8}], collection=[EPISODE])
    stats = sandbox.get("/users/me/stats").json()
    assert (stats["movies"]["plays"], stats["movies"]["watched"], stats["movies"]["minutes"]) == (2, 1, 272)
    assert (stats["shows"]["collected"], stats["episodes"]["plays"]) == (1, 1)
    assert (stats["ratings"]["total"], stats["ratings"]["distribution"]["8"]) == (1, 1)
