"""Keeps requests below Trakt's rate, and decides what is tried again and when."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import TypeVar

from cvi_trakt.errors import RateLimitError, TraktError, TraktUnavailableError
from cvi_trakt.trakt_api.statuses import whole

PERIOD = 300.0  # seconds over which Trakt counts reads
BURST = 10.0  # reads that may go out at once after a pause
SLOW_AGAIN = 60.0  # seconds after which another 429 is news
TELL_FROM = 5.0  # seconds: a wait that a person would wonder about
WRITE_GAP = 1.0  # seconds between writes: Trakt allows one POST, PUT or DELETE a second
FIRST_WAIT = 1.0
LONGEST_WAIT = 60.0

T = TypeVar("T")


class Pacer:
    """A bucket of reads that fills steadily, and a gap between writes; shared by all threads.

    ``reads`` is how many reads five minutes allow. ``clock`` gives seconds that only rise,
    ``sleep`` waits, ``tell`` hears of long waits, once of each. Follows ``X-Ratelimit``, or the older
    headers, where Trakt sends them.
    """

    def __init__(
        self,
        *,
        reads: float,
        clock: Callable[[], float],
        sleep: Callable[[float], None],
        tell: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._full = reads / PERIOD
        self._per_second = self._full
        self._burst = max(1.0, min(BURST, reads))
        self._clock = clock
        self._sleep = sleep
        self._tell = tell
        self._lock = threading.Lock()
        self._tokens = self._burst
        self._filled_at = self._next_write = self._told_until = clock()
        self._slowed_at: float | None = None
        self._held_until: dict[bool, float] = {True: clock(), False: clock()}
        self._holds: dict[bool, int] = {True: 0, False: 0}  # how often reads, and writes, were held

    def before(self, method: str) -> None:
        """Wait until a request of this method may go out; what is held meanwhile gets in line anew."""
        is_read = method == "GET"
        while True:
            with self._lock:
                now, holds = self._clock(), self._holds[is_read]
                wait = self._place_of_read(now) if is_read else self._place_of_write(now)
                is_news = wait >= TELL_FROM and now >= self._told_until
                if is_news:
                    self._told_until = now + wait
            if is_news:
                self._tell(f"Trakt's bucket of requests is empty; going on in {wait:.0f} s")
            if wait > 0:
                self._sleep(wait)
            with self._lock:
                if self._holds[is_read] == holds:
                    return

    def after(self, method: str, headers: Mapping[str, str]) -> None:
        """Learn from an answer: a bucket that it says is empty holds the next requests of its kind."""
        pause = empty_for(headers)
        if pause is not None:
            with self._lock:
                self._hold(method == "GET", pause)

    def hold(self, method: str, seconds: float) -> None:
        """Hold all requests of this kind: Trakt told one of them to wait so long, and whoever made it knows."""
        with self._lock:
            self._hold(method == "GET", seconds)
            self._told_until = max(self._told_until, self._clock() + seconds)

    def slow_down(self) -> None:
        """Halve the rate of reads for a while: Trakt said 429, so somebody else shares the bucket.

        One busy stretch counts once, however often it says so, and the rate never falls below an eighth.
        """
        with self._lock:
            now = self._clock()
            if self._slowed_at is None or now - self._slowed_at > SLOW_AGAIN:
                self._per_second = max(self._full / 8, self._per_second / 2)
                self._slowed_at = now
            self._tokens = min(self._tokens, 0.0)

    def _place_of_read(self, now: float) -> float:
        """Take a read out of the bucket; gives the seconds until it may go out."""
        if self._slowed_at is not None and now - self._slowed_at > PERIOD:
            self._per_second, self._slowed_at = self._full, None
        filled_at = max(now, self._filled_at)  # while reads are held, the time when that ends
        self._tokens = min(self._burst, self._tokens + (filled_at - self._filled_at) * self._per_second)
        self._filled_at = filled_at
        self._tokens -= 1
        return filled_at - now + max(0.0, -self._tokens / self._per_second)

    def _place_of_write(self, now: float) -> float:
        """Take the next second for a write; gives the seconds until then."""
        at = max(now, self._next_write)
        self._next_write = at + WRITE_GAP
        return at - now

    def _hold(self, is_read: bool, seconds: float) -> None:
        until = self._clock() + seconds
        if seconds <= 0 or until <= self._held_until[is_read]:
            return
        self._held_until[is_read] = until
        self._holds[is_read] += 1
        if is_read:  # those in line take their places anew, one after another from then on
            self._tokens, self._filled_at = 1.0, max(self._filled_at, until)
        else:
            self._next_write = max(self._next_write, until)


def empty_for(headers: Mapping[str, str]) -> float | None:
    """Say for how many seconds the bucket of an answer is empty; None when it is not, or does not say.

    Reads ``X-Ratelimit`` (``remaining``, ``until``, ``period``) and the older
    ``X-RateLimit-Remaining`` and ``-Reset`` (seconds since 1970), counted from the answer's ``Date``.
    """
    try:
        now = parsedate_to_datetime(headers["Date"]).timestamp()
    except (KeyError, TypeError, ValueError):
        return None
    try:
        limit = json.loads(headers.get("X-Ratelimit", ""))
        if int(limit["remaining"]) > 0:
            return None
        until = datetime.fromisoformat(limit["until"]).timestamp()
    except (ValueError, TypeError, KeyError, OverflowError):
        if whole(headers.get("X-RateLimit-Remaining", "")) != 0:
            return None
        until = float(whole(headers.get("X-RateLimit-Reset", "")) or now)
    return min(PERIOD, max(0.0, until - now))


class Patience:
    """The one retry rule: what is tried again, after how long, and when to give up.

    ``tries`` bounds the tries of one request, ``max_wait`` the seconds that all waiting of a run
    may take together; threads that wait at the same time wait once. ``clock`` gives seconds that only
    rise, ``jitter`` a number from 0 to 1. ``tell`` hears about each wait.
    """

    def __init__(
        self,
        *,
        tries: int,
        max_wait: float,
        clock: Callable[[], float],
        sleep: Callable[[float], None],
        jitter: Callable[[], float],
        tell: Callable[[str], None],
    ) -> None:
        self._tries = tries
        self._left = max_wait
        self._waits_until = clock()
        self._clock = clock
        self._sleep = sleep
        self._jitter = jitter
        self._tell = tell
        self._lock = threading.Lock()

    def call(self, request: Callable[[], T], *, repeatable: bool) -> T:
        """Call until it answers.

        A request that is not ``repeatable`` is tried again only when its last try cannot have
        reached Trakt or was refused unread (429). Raises the last error when tries or budget end.
        """
        for attempt in range(1, self._tries + 1):
            try:
                return request()
            except (RateLimitError, TraktUnavailableError) as error:
                done_perhaps = isinstance(error, TraktUnavailableError) and error.sent
                if attempt == self._tries or (done_perhaps and not repeatable):
                    raise
                self._wait(error, attempt)
        raise AssertionError("unreachable: the last try returns or raises")

    def _wait(self, error: RateLimitError | TraktUnavailableError, attempt: int) -> None:
        seconds = min(LONGEST_WAIT, FIRST_WAIT * 2 ** (attempt - 1)) * (0.5 + self._jitter() / 2)
        if isinstance(error, RateLimitError) and error.retry_after is not None:
            seconds = max(FIRST_WAIT, error.retry_after)
        with self._lock:
            now = self._clock()
            more = max(0.0, seconds - max(0.0, self._waits_until - now))  # beyond what others wait already
            if more > self._left:
                raise error
            self._left -= more
            self._waits_until = max(self._waits_until, now + seconds)
        if more >= min(seconds, TELL_FROM):
            self._tell(f"{_what_happened(error)}; next try in {seconds:.0f} s ({attempt} of {self._tries})")
        self._sleep(seconds)


def _what_happened(error: TraktError) -> str:
    if isinstance(error, RateLimitError):
        return "Rate limit exceeded"
    return f"Trakt answered {error.status}" if error.status else "Trakt does not answer"
