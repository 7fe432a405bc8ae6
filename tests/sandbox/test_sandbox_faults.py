"""Every fault that can be ordered happens as ordered."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
import requests
from sandbox.sandbox_process import Sandbox

FILM = {"movies": [{"ids": {"trakt": 481}}]}
SEARCH = "/search/movie/exact?query=dune"


def test_a_status_comes_with_its_headers_and_body_and_nothing_is_done(sandbox: Sandbox) -> None:
    sandbox.fault("status", status=503, headers={"Retry-After": "7"}, body={"error": "busy"})
    answer = sandbox.post("/sync/watchlist", FILM)
    assert (answer.status_code, answer.headers["Retry-After"], answer.json()) == (503, "7", {"error": "busy"})
    assert sandbox.account()["watchlist"] == []
    assert sandbox.post("/sync/watchlist", FILM).status_code == 201


def test_a_status_may_have_no_body(sandbox: Sandbox) -> None:
    sandbox.fault("status", status=522)
    answer = sandbox.get(SEARCH)
    assert (answer.status_code, answer.text) == (522, "")


def test_html_comes_in_place_of_json(sandbox: Sandbox) -> None:
    sandbox.fault("html", status=429, headers={"Retry-After": "300"})
    answer = sandbox.get(SEARCH)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "300")
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.text.startswith("<!DOCTYPE html>")


def test_a_reset_ends_the_connection_before_the_work_is_done(sandbox: Sandbox) -> None:
    sandbox.fault("reset")
    with pytest.raises(requests.ConnectionError, match="reset by peer"):
        sandbox.post("/sync/watchlist", FILM)
    assert sandbox.account()["watchlist"] == []


def test_a_lost_answer_does_the_work_first(sandbox: Sandbox) -> None:
    sandbox.fault("lost_answer")
    with pytest.raises(requests.ConnectionError, match="reset by peer"):
        sandbox.post("/sync/watchlist", FILM)
    assert len(sandbox.account()["watchlist"]) == 1


@pytest.mark.parametrize(("kind", "message"), [("reset_mid_body", "reset by peer"), ("truncate", "IncompleteRead")])
def test_an_answer_is_cut_in_its_middle_after_the_work(sandbox: Sandbox, kind: str, message: str) -> None:
    sandbox.fault(kind)
    with pytest.raises(requests.exceptions.ChunkedEncodingError, match=message):
        sandbox.post("/sync/watchlist", FILM)
    assert len(sandbox.account()["watchlist"]) == 1


def test_invalid_json_has_a_whole_body_that_is_not_json(sandbox: Sandbox) -> None:
    sandbox.fault("invalid_json")
    answer = sandbox.get(SEARCH)
    assert answer.status_code == 200
    assert len(answer.content) == int(answer.headers["Content-Length"])
    with pytest.raises(json.JSONDecodeError):
        json.loads(answer.text)


def test_silence_answers_nothing_and_does_nothing(sandbox: Sandbox) -> None:
    sandbox.fault("silence")
    with pytest.raises(requests.ReadTimeout):
        sandbox.post("/sync/watchlist", FILM, timeout=0.2)
    assert sandbox.account()["watchlist"] == []


def test_silence_ends_with_a_reset_after_the_stated_seconds(sandbox: Sandbox) -> None:
    sandbox.fault("silence", seconds=0.2)
    started = time.monotonic()
    with pytest.raises(requests.ConnectionError):
        sandbox.get(SEARCH)
    assert time.monotonic() - started >= 0.2


def test_a_delay_answers_in_the_end(sandbox: Sandbox) -> None:
    sandbox.fault("delay", seconds=0.2)
    started = time.monotonic()
    assert sandbox.get(SEARCH).status_code == 200
    assert time.monotonic() - started >= 0.2


def statuses(sandbox: Sandbox, count: int) -> list[int]:
    return [sandbox.get(SEARCH).status_code for _ in range(count)]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        pytest.param({}, [503, 200, 200, 200], id="once-unless-told"),
        pytest.param({"times": 2}, [503, 503, 200, 200], id="as-often-as-told"),
        pytest.param({"after": 2}, [200, 200, 503, 200], id="after-some-went-well"),
        pytest.param({"times": None, "after": 1}, [200, 503, 503, 503], id="for-ever"),
    ],
)
def test_which_of_the_matching_requests_go_wrong(sandbox: Sandbox, counts: dict[str, Any], expected: list[int]) -> None:
    sandbox.fault("status", **counts)
    assert statuses(sandbox, 4) == expected


@pytest.mark.parametrize(
    ("match", "hit"),
    [
        ({"method": "POST"}, False),
        ({"method": "GET"}, True),
        ({"path": "^/search/movie"}, True),
        ({"path": "/sync/"}, False),
        ({"method": "GET", "path": "exact$"}, True),
    ],
)
def test_a_fault_waits_for_a_matching_request(sandbox: Sandbox, match: dict[str, str], hit: bool) -> None:
    sandbox.fault("status", match=match)
    assert statuses(sandbox, 1) == [503 if hit else 200]


def test_faults_come_in_the_order_in_which_they_were_ordered(sandbox: Sandbox) -> None:
    for status in (502, 503):
        sandbox.fault("status", status=status)
    assert statuses(sandbox, 3) == [502, 503, 200]


def test_faults_can_be_taken_back(sandbox: Sandbox) -> None:
    sandbox.fault("status", times=None)
    assert sandbox.delete("/_sandbox/faults").status_code == 204
    assert statuses(sandbox, 1) == [200]


def test_control_calls_never_go_wrong_and_are_not_written_down(sandbox: Sandbox) -> None:
    sandbox.fault("reset", times=None)
    assert sandbox.get("/_sandbox/behaviour").status_code == 200
    assert sandbox.requests_so_far() == []


def test_a_fault_is_written_down_with_its_request(sandbox: Sandbox) -> None:
    sandbox.fault("reset")
    with pytest.raises(requests.ConnectionError):
        sandbox.get(SEARCH)
    (record,) = sandbox.requests_so_far()
    assert (record["path"], record["status"], record["fault"]) == ("/search/movie/exact", None, "reset")


def test_the_connection_after_a_fault_is_a_good_one(sandbox: Sandbox) -> None:
    for kind in ("reset", "reset_mid_body", "truncate", "lost_answer", "invalid_json"):
        sandbox.fault(kind)
        with pytest.raises((requests.RequestException, ValueError)):
            sandbox.get(SEARCH).json()
        assert sandbox.get(SEARCH).json()[0]["movie"]["title"] == "Dune"


@pytest.mark.parametrize(
    "wrong", [{}, {"kind": "flood"}, {"kind": "status", "match": {"path": "("}}, {"kind": "status", "n": 1}]
)
def test_an_order_that_makes_no_sense_is_400(sandbox: Sandbox, wrong: dict[str, Any]) -> None:
    assert sandbox.post("/_sandbox/faults", wrong).status_code == 400
