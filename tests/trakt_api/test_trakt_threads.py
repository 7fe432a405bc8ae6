"""One transport under several threads: paced together, counted exactly, held together, stopped by Ctrl-C."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

import pytest
from driving import Program, TraktProcess
from requests.structures import CaseInsensitiveDict

from cvi_trakt.cli.app import App
from cvi_trakt.errors import RateLimitError, SignInSpentError, TraktError
from cvi_trakt.sandbox import CLIENT_ID, TOKEN
from cvi_trakt.secret import Secret
from cvi_trakt.trakt_api.pacing import Pacer, Patience
from cvi_trakt.trakt_api.sign_in import GivenToken
from cvi_trakt.trakt_api.transport import TraktAuth, Transport
from cvi_trakt.trakt_api.waiting import Waiting

T = TypeVar("T")

THREADS = 8
START = 1000.0
GAP = 0.6  # seconds between reads at 500 in five minutes
BURST = 10
QUERY = {"query": "dune", "limit": 1, "page": 1}
ALMOST = 1e-6


class SharedClock:
    """Time for several threads: it stands while one of them is at work, and leaps on when all sleep."""

    def __init__(self, threads: int = THREADS) -> None:
        self._now = START
        self._awake = threads
        self._wakes: list[float] = []
        self._changed = threading.Condition()

    def __call__(self) -> float:
        return self._now

    def sleep(self, seconds: float) -> None:
        with self._changed:
            until = self._now + seconds
            self._wakes.append(until)
            self._leave()
            while self._now < until:
                self._changed.wait(10)

    def leave(self) -> None:
        with self._changed:
            self._leave()

    def _leave(self) -> None:
        self._awake -= 1
        if self._awake == 0 and self._wakes:
            self._now = min(self._wakes)
            due = [wake for wake in self._wakes if wake <= self._now]
            self._wakes = [wake for wake in self._wakes if wake > self._now]
            self._awake = len(due)
            self._changed.notify_all()


class WatchedPacer(Pacer):
    """A pacer that writes down when requests went out."""

    def __init__(self, clock: SharedClock, tell: Callable[[str], None] = lambda _: None) -> None:
        super().__init__(reads=500, clock=clock, sleep=clock.sleep, tell=tell)
        self._watch = clock
        self.went_out: list[float] = []

    def before(self, method: str) -> None:
        super().before(method)
        self.went_out.append(self._watch())


def together(clock: SharedClock, *works: Callable[[], T]) -> list[T]:
    """Do these works at once, each in a thread of its own."""

    def work(one: Callable[[], T]) -> T:
        try:
            return one()
        finally:
            clock.leave()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(work, works))


def door(url: str, clock: SharedClock, pacer: Pacer) -> Transport:
    return Transport(
        url,
        auth=TraktAuth(Secret(CLIENT_ID), GivenToken(Secret(TOKEN))),
        pacer=pacer,
        patience=patience(clock, lambda _: None),
        timeout=20,
    )


def patience(clock: SharedClock, tell: Callable[[str], None], max_wait: float = 600) -> Patience:
    return Patience(tries=3, max_wait=max_wait, clock=clock, sleep=clock.sleep, jitter=lambda: 1.0, tell=tell)


def fifty_reads(transport: Transport) -> Callable[[], list[Any]]:
    return lambda: [transport.get("/search/movie/exact", QUERY).body for _ in range(50)]


def gaps(times: list[float]) -> list[float]:
    ordered = sorted(times)
    return [later - earlier for earlier, later in pairwise(ordered)]


def test_eight_threads_never_take_more_than_the_bucket_holds(trakt: TraktProcess) -> None:
    clock = SharedClock()
    pacer = WatchedPacer(clock)
    transport = door(trakt.url, clock, pacer)
    answers = together(clock, *[fifty_reads(transport)] * THREADS)
    assert [len(bodies) for bodies in answers] == [50] * THREADS
    assert all(body for bodies in answers for body in bodies)
    assert (transport.sent["search"], sum(transport.sent.values())) == (400, 400)
    assert len(trakt.requests("/search")) == 400
    went_out = sorted(pacer.went_out)
    assert went_out[-1] - START == pytest.approx((400 - BURST) * GAP, abs=0.01)
    assert all(
        later - earlier >= (50 - BURST) * GAP - ALMOST for earlier, later in zip(went_out, went_out[50:], strict=False)
    )


def test_a_wait_that_one_thread_is_told_holds_all_of_them(trakt: TraktProcess) -> None:
    trakt.fault("status", path="/search", status=429, headers={"Retry-After": "7"}, after=100)
    clock = SharedClock()
    pacer = WatchedPacer(clock)
    transport = door(trakt.url, clock, pacer)
    answers = together(clock, *[fifty_reads(transport)] * THREADS)
    assert sum(map(len, answers)) == 400
    assert transport.sent["search"] == len(trakt.requests("/search")) == 401
    between = gaps(pacer.went_out)
    (held,) = [at for at, gap in enumerate(between) if gap >= 7 - ALMOST]
    assert min(between[held + 1 : held + 100]) >= 2 * GAP - ALMOST  # one after another, at half the rate


EMPTY = CaseInsensitiveDict(
    {
        "Date": "Fri, 20 Nov 2026 10:00:00 GMT",
        "X-Ratelimit": '{"period": 300, "limit": 500, "remaining": 0, "until": "2026-11-20T10:00:42Z"}',
    }
)


def test_an_empty_bucket_also_holds_those_that_wait_already() -> None:
    clock = SharedClock(2)
    told: list[str] = []
    pacer = WatchedPacer(clock, told.append)
    for _ in range(BURST):
        pacer.before("GET")

    def hears() -> None:
        clock.sleep(0.3)
        pacer.after("GET", EMPTY)

    together(clock, lambda: pacer.before("GET"), hears)
    assert pacer.went_out[-1] == pytest.approx(START + 0.3 + 42)
    assert told == ["Trakt's bucket of requests is empty; going on in 42 s"]


def test_a_long_wait_is_told_once_for_all_threads() -> None:
    clock = SharedClock()
    told: list[str] = []
    pacer = WatchedPacer(clock, told.append)
    pacer.after("GET", EMPTY)
    together(clock, *[lambda: pacer.before("GET")] * THREADS)
    assert told == ["Trakt's bucket of requests is empty; going on in 42 s"]
    assert gaps(pacer.went_out) == pytest.approx([GAP] * (THREADS - 1))


def refused_once(retry_after: float) -> Callable[[], str]:
    answers: Iterator[RateLimitError | None] = iter([RateLimitError("", retry_after=retry_after), None])

    def request() -> str:
        error = next(answers)
        if error is not None:
            raise error
        return "ok"

    return request


def test_threads_that_wait_at_the_same_time_use_up_the_budget_once() -> None:
    clock = SharedClock()
    told: list[str] = []
    shared = patience(clock, told.append, max_wait=10)
    calls = [lambda: shared.call(refused_once(7), repeatable=True)] * THREADS
    assert together(clock, *calls) == ["ok"] * THREADS
    assert told == ["Rate limit exceeded; next try in 7 s (1 of 3)"]
    clock = SharedClock(1)
    with pytest.raises(RateLimitError):
        together(clock, lambda: shared.call(refused_once(7), repeatable=True))


@pytest.fixture
def signed_in(program: Program, trakt: TraktProcess, monkeypatch: pytest.MonkeyPatch) -> TraktProcess:
    """Let an App in this process find the sign-in of the program, whose token Trakt takes no longer."""
    program.sign_in(trakt.token())
    trakt.expire_tokens()
    for name, value in program.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("CVI_TRAKT_TOKEN", raising=False)
    monkeypatch.chdir(program.folder)
    return trakt


def account_or_error(app: App) -> Callable[[], str]:
    found = app.settings()
    trakt = app.trakt(found, app.token(found))

    def ask() -> str:
        try:
            return trakt.account().slug
        except TraktError as error:
            return type(error).__name__

    return ask


def test_a_token_that_all_threads_see_refused_is_renewed_once(signed_in: TraktProcess) -> None:
    ask = account_or_error(App())
    with ThreadPoolExecutor(THREADS) as pool:
        assert list(pool.map(lambda _: ask(), range(THREADS))) == ["sandy"] * THREADS
    assert len(signed_in.requests("/oauth/token")) == 1


def test_a_sign_in_that_cannot_be_renewed_is_tried_once(signed_in: TraktProcess) -> None:
    signed_in.fault("status", path="/oauth/token", status=400, body={"error": "invalid_grant"}, times=None)
    ask = account_or_error(App())
    with ThreadPoolExecutor(THREADS) as pool:
        assert set(pool.map(lambda _: ask(), range(THREADS))) == {SignInSpentError.__name__}
    assert len(signed_in.requests("/oauth/token")) == 1


def test_waiting_that_was_called_off_ends_now_and_from_now_on() -> None:
    waiting = Waiting()
    waiting.call_off()
    with pytest.raises(KeyboardInterrupt):
        waiting(60)


SCRIPT = """
import json, sys, time
from concurrent.futures import ThreadPoolExecutor
from cvi_trakt.secret import Secret
from cvi_trakt.trakt_api.pacing import Pacer, Patience
from cvi_trakt.trakt_api.transport import TraktAuth, Transport
from cvi_trakt.trakt_api.waiting import Waiting

url, client_id = sys.argv[1:]
waiting = Waiting()
transport = Transport(
    url,
    auth=TraktAuth(Secret(client_id), None),
    pacer=Pacer(reads=500, clock=time.monotonic, sleep=waiting),
    patience=Patience(
        tries=3, max_wait=600, clock=time.monotonic, sleep=waiting, jitter=lambda: 1.0,
        tell=lambda words: print(words, flush=True),
    ),
    timeout=20,
)
with ThreadPoolExecutor(8) as pool:
    try:
        futures = [pool.submit(transport.get, "/search/movie", {"query": "dune"}) for _ in range(40)]
        for future in futures:
            future.result()
    except KeyboardInterrupt:
        waiting.call_off()
        pool.shutdown(wait=False, cancel_futures=True)
print(json.dumps(transport.sent))
"""


def test_ctrl_c_in_the_main_thread_ends_the_waiting_of_all(trakt: TraktProcess, tmp_path: Path) -> None:
    trakt.fault("status", path="/search", status=429, headers={"Retry-After": "60"}, times=None)
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, trakt.url, CLIENT_ID], stdout=subprocess.PIPE, text=True, cwd=tmp_path
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "Rate limit exceeded; next try in 60 s (1 of 3)\n"
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=30)
    assert time.monotonic() - began < 10
    assert process.returncode == 0
    assert json.loads(out.splitlines()[-1])["search"] <= BURST
