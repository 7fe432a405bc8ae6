"""Reads a paginated list to its end, and knows whether it did."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from cvi_trakt.errors import TraktUnavailableError
from cvi_trakt.trakt_api.statuses import whole
from cvi_trakt.trakt_api.transport import Answer

PAGE_SIZE = 250  # the largest that Trakt honours; more is clamped silently
READINGS = 3

Fetch = Callable[[int, int], Answer]


def read_all(fetch: Fetch, *, page_size: int = PAGE_SIZE) -> list[Any]:
    """Read every entry; ``fetch`` takes the page number from 1 and the page size.

    Trakt's page count can be too low, so it is a lower bound: a full page is a sign of more, and
    the end is a short or empty page. The result counts as complete only when a second signal
    agrees: the item count, the same on every page, is not above what was read. A list that changed
    between two pages is read again. Raises ``TraktUnavailableError`` when three readings do not add up.
    """
    for _ in range(READINGS):
        entries, announced = _read_once(fetch, page_size)
        if not announced or (len(announced) == 1 and min(announced) <= len(entries)):
            return entries
    raise TraktUnavailableError(
        f"Trakt's pages do not add up: {len(entries)} entries where {max(announced)} were announced. "
        "Nothing was changed; run again later.",
        sent=False,
    )


def _read_once(fetch: Fetch, page_size: int) -> tuple[list[Any], set[int]]:
    entries: list[Any] = []
    announced: set[int] = set()
    previous: list[Any] | None = None
    page = 1
    while True:
        answer = fetch(page, page_size)
        if not isinstance(answer.body, list):
            raise TraktUnavailableError("Trakt's answer is not a list. Run again later.", sent=False)
        count = _number(answer.headers, "X-Pagination-Item-Count")
        announced |= {count} if count is not None else set()
        if not answer.body or answer.body == previous:  # the same again: an endpoint that ignores `page`
            return entries, announced
        entries.extend(answer.body)
        full = _number(answer.headers, "X-Pagination-Limit") or page_size
        pages = _number(answer.headers, "X-Pagination-Page-Count")
        if len(answer.body) < full and pages is not None and page >= pages:
            return entries, announced
        previous = answer.body
        page += 1


def _number(headers: Mapping[str, str], name: str) -> int | None:
    return whole(headers.get(name, ""))
