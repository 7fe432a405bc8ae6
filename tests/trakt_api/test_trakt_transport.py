from __future__ import annotations

from collections.abc import Callable

import pytest
from driving import NOTHING_THERE, TraktProcess
from requests.structures import CaseInsensitiveDict

from cvi_trakt.errors import RateLimitError, RequestRefusedError, TraktUnavailableError
from cvi_trakt.sandbox import CLIENT_ID, TOKEN
from cvi_trakt.secret import Secret
from cvi_trakt.trakt_api.pacing import Pacer, Patience, empty_for
from cvi_trakt.trakt_api.sign_in import GivenToken
from cvi_trakt.trakt_api.transport import TraktAuth, Transport


class Clock:
    """A clock that only moves when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        self.slept.append(seconds)


def door(
    url: str, clock: Clock, *, tries: int = 3, max_wait: float = 600, timeout: float = 2, token: str = TOKEN,
    reads: float = 1e6, tell: Callable[[str], None] = lambda _: None,
) -> Transport:  # fmt: skip
    return Transport(
        url,
        auth=TraktAuth(Secret(CLIENT_ID), GivenToken(Secret(token))),
        pacer=Pacer(reads=reads, clock=clock, sleep=clock.sleep),
        patience=Patience(
            tries=tries, max_wait=max_wait, clock=clock, sleep=clock.sleep, jitter=lambda: 1.0, tell=tell
        ),
        timeout=timeout,
    )


QUERY = {"query": "matrix", "limit": 3, "page": 1}
ONE_FILM = {"movies": [{"ids": {"trakt": 481}}]}


def test_a_read_is_answered_with_body_and_headers(trakt: TraktProcess) -> None:
    answer = door(trakt.url, Clock()).get("/search/movie", QUERY)
    assert [row["type"] for row in answer.body] == ["movie"] * len(answer.body)
    assert answer.headers["x-pagination-page"] == "1"


def test_every_request_says_who_asks(trakt: TraktProcess) -> None:
    door(trakt.url, Clock()).get("/search/movie", QUERY)
    (seen,) = trakt.requests("/search")
    assert seen["user_agent"].startswith("cvi-trakt/")
    assert seen["has_authorization"] is True


def test_waits_exactly_as_long_as_trakt_asked(trakt: TraktProcess) -> None:
    trakt.fault("status", path="/search", status=429, headers={"Retry-After": "7"})
    clock, told = Clock(), list[str]()
    door(trakt.url, clock, tell=told.append).get("/search/movie", QUERY)
    assert clock.slept[0] == 7.0
    assert told == ["Rate limit exceeded; next try in 7 s (1 of 3)"]


def test_without_retry_after_the_waits_double(trakt: TraktProcess) -> None:
    trakt.fault("status", path="/search", status=503, times=2)
    clock = Clock()
    door(trakt.url, clock).get("/search/movie", QUERY)
    assert clock.slept == [1.0, 2.0]


def test_the_budget_of_a_run_bounds_all_waiting_together(trakt: TraktProcess) -> None:
    trakt.fault("status", path="/search", status=429, headers={"Retry-After": "300"}, times=None)
    clock = Clock()
    with pytest.raises(RateLimitError, match="asks to wait 300 s"):
        door(trakt.url, clock, tries=9).get("/search/movie", QUERY)
    assert clock.slept == [300.0, 300.0]


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "status", "status": 500},
        {"kind": "status", "status": 502},
        {"kind": "status", "status": 504},
        {"kind": "status", "status": 520},
        {"kind": "html", "status": 522},
        {"kind": "reset"},
        {"kind": "reset_mid_body"},
        {"kind": "truncate"},
        {"kind": "invalid_json"},
        {"kind": "silence", "seconds": 5},
    ],
    ids=lambda fault: f"{fault['kind']}-{fault.get('status', '')}",
)
def test_a_read_is_tried_again_until_it_answers(trakt: TraktProcess, fault: dict[str, object]) -> None:
    trakt.fault(path="/search", **fault)  # type: ignore[arg-type]  # the row names its own arguments
    answer = door(trakt.url, Clock(), timeout=1).get("/search/movie", QUERY)
    assert answer.body
    assert len(trakt.requests("/search")) == 2


def test_a_write_whose_answer_was_lost_is_not_sent_again(trakt: TraktProcess) -> None:
    trakt.fault("lost_answer", method="POST", path="/sync/watchlist")
    with pytest.raises(TraktUnavailableError) as caught:
        door(trakt.url, Clock()).post("/sync/watchlist", ONE_FILM, repeatable=False)
    assert caught.value.sent is True
    assert len(trakt.requests("/sync/watchlist")) == 1


def test_a_write_that_was_refused_unread_is_sent_again(trakt: TraktProcess) -> None:
    trakt.fault("status", method="POST", path="/sync/watchlist", status=429, headers={"Retry-After": "2"})
    answer = door(trakt.url, Clock()).post("/sync/watchlist", ONE_FILM, repeatable=False)
    assert answer.body["added"]["movies"] == 1


def test_no_connection_is_known_not_to_have_been_sent() -> None:
    clock = Clock()
    with pytest.raises(TraktUnavailableError, match="no connection") as caught:
        door(NOTHING_THERE, clock).post("/sync/watchlist", ONE_FILM, repeatable=False)
    assert caught.value.sent is False
    assert clock.slept == [1.0, 2.0]


@pytest.mark.parametrize("status", [410, 412, 418, 522])
def test_a_bad_status_with_a_json_body_is_not_taken_for_data(trakt: TraktProcess, status: int) -> None:
    trakt.fault("status", path="/search", status=status, body=[{"type": "movie"}], times=None)
    with pytest.raises((RequestRefusedError, TraktUnavailableError), match=str(status)):
        door(trakt.url, Clock(), tries=1).get("/search/movie", QUERY)


def test_a_redirect_is_not_followed(trakt: TraktProcess) -> None:
    trakt.fault("status", path="/search", status=302, headers={"Location": f"{trakt.url}/users/settings"})
    with pytest.raises(RequestRefusedError, match="302"):
        door(trakt.url, Clock()).get("/search/movie", QUERY)
    assert trakt.requests("/users") == []


def test_requests_are_counted_by_kind(trakt: TraktProcess) -> None:
    transport = door(trakt.url, Clock())
    transport.get("/search/movie", QUERY)
    transport.get("/users/settings")
    transport.post("/sync/watchlist", ONE_FILM, repeatable=False)
    assert transport.sent == {"search": 1, "lookup": 0, "read": 1, "write": 1}


def test_reads_go_out_in_a_small_burst_and_then_at_the_rate() -> None:
    clock = Clock()
    pacer = Pacer(reads=500, clock=clock, sleep=clock.sleep)
    for _ in range(110):
        pacer.before("GET")
    assert clock.now - 1000.0 == pytest.approx(100 * 0.6, abs=0.01)


def test_writes_go_out_once_a_second() -> None:
    clock = Clock()
    pacer = Pacer(reads=500, clock=clock, sleep=clock.sleep)
    for _ in range(4):
        pacer.before("POST")
    assert clock.now - 1000.0 == 3.0


def test_after_a_429_reads_go_at_half_the_rate_for_a_while() -> None:
    clock = Clock()
    pacer = Pacer(reads=500, clock=clock, sleep=clock.sleep)
    pacer.slow_down()
    for _ in range(10):
        pacer.before("GET")
    assert clock.now - 1000.0 == pytest.approx(10 * 1.2, abs=0.01)
    clock.now += 400
    started = clock.now
    for _ in range(60):
        pacer.before("GET")
    assert clock.now - started == pytest.approx(50 * 0.6, abs=0.01)


def test_one_busy_stretch_counts_once_and_the_rate_has_a_floor() -> None:
    clock = Clock()
    pacer = Pacer(reads=500, clock=clock, sleep=clock.sleep)
    for _ in range(20):
        pacer.slow_down()
    pacer.before("GET")
    assert clock.slept == [pytest.approx(1.2)]
    for _ in range(20):
        clock.now += 61
        pacer.slow_down()
    for _ in range(12):
        pacer.before("GET")
    assert clock.slept[-1] == pytest.approx(4.8)


EMPTY = '{"name": "AUTHED_API_GET_LIMIT", "period": 300, "limit": 500, "remaining": 0, "until": "2026-11-20T10:00:42Z"}'
AT_TEN = "Fri, 20 Nov 2026 10:00:00 GMT"


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        pytest.param({"X-Ratelimit": EMPTY}, 42.0, id="until"),
        pytest.param({"X-Ratelimit": EMPTY.replace('"remaining": 0', '"remaining": 3')}, None, id="not-empty"),
        pytest.param({"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1795168807"}, 7.0, id="the-older-headers"),
        pytest.param({"X-RateLimit-Remaining": "5", "X-RateLimit-Reset": "1795168807"}, None, id="older-not-empty"),
        pytest.param({"X-Ratelimit": EMPTY.replace("10:00:42", "23:00:00")}, 300.0, id="never-longer-than-a-period"),
        pytest.param({"X-Ratelimit": '{"remaining": 0, "limit": null}'}, None, id="odd"),
        pytest.param({"X-Ratelimit": "[]"}, None, id="a-list"),
        pytest.param({"X-Ratelimit": '{"remaining": 1e400}'}, None, id="endless"),
        pytest.param({}, None, id="not-sent"),
    ],
)
def test_an_empty_bucket_says_for_how_long(headers: dict[str, str], seconds: float | None) -> None:
    assert empty_for(CaseInsensitiveDict({"Date": AT_TEN, **headers})) == seconds


def test_an_empty_bucket_holds_requests_of_its_kind_only() -> None:
    clock = Clock()
    pacer = Pacer(reads=500, clock=clock, sleep=clock.sleep)
    pacer.after("POST", CaseInsensitiveDict({"Date": AT_TEN, "X-Ratelimit": EMPTY}))
    pacer.before("GET")
    assert clock.slept == []
    pacer.before("POST")
    assert clock.slept == [42.0]


def test_a_429_that_asks_for_no_wait_is_not_hammered(trakt: TraktProcess) -> None:
    trakt.fault("status", path="/search", status=429, headers={"Retry-After": "0"})
    clock = Clock()
    door(trakt.url, clock).get("/search/movie", QUERY)
    assert clock.slept[0] == 1.0


@pytest.mark.parametrize(
    "url", ["http://" + "a" * 70 + ".localhost:1", "http://127.0.0.1:9"], ids=["a-name-too-long", "nobody-there"]
)
def test_only_our_own_errors_come_out(url: str) -> None:
    with pytest.raises(TraktUnavailableError):
        door(url, Clock(), tries=1).get("/search/movie", QUERY)


def test_an_answer_nested_too_deep_is_a_broken_answer(trakt: TraktProcess) -> None:
    trakt.fault("status", path="/search", status=200, body="[" * 200_000, times=None)
    with pytest.raises(TraktUnavailableError, match="broken"):
        door(trakt.url, Clock(), tries=1).get("/search/movie", QUERY)
