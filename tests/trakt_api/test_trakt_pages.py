from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from requests.structures import CaseInsensitiveDict

from cvi_trakt.errors import TraktUnavailableError
from cvi_trakt.trakt_api.pages import read_all
from cvi_trakt.trakt_api.transport import Answer


class Shelf:
    """A paginated endpoint that can lie about its length."""

    def __init__(self, count: int, *, pages_short: int = 0, headers: bool = True, announced: int | None = None) -> None:
        self.entries = list(range(count))
        self.asked: list[int] = []
        self._pages_short = pages_short
        self._headers = headers
        self._announced = announced
        self.insert_after: int | None = None

    def __call__(self, page: int, limit: int) -> Answer:
        self.asked.append(page)
        headers = {
            "X-Pagination-Item-Count": str(len(self.entries) if self._announced is None else self._announced),
            "X-Pagination-Page-Count": str(max(1, -(-len(self.entries) // limit) - self._pages_short)),
            "X-Pagination-Limit": str(limit),
        }
        body: Sequence[Any] = self.entries[(page - 1) * limit : page * limit]
        if self.insert_after == page:
            self.insert_after = None
            self.entries.insert(0, -1)
        return Answer(body=list(body), headers=CaseInsensitiveDict(headers if self._headers else {}))


@pytest.mark.parametrize("count", [0, 1, 9, 10, 11, 20, 25])
def test_every_entry_is_read(count: int) -> None:
    assert read_all(Shelf(count), page_size=10) == list(range(count))


def test_a_page_count_that_is_too_low_does_not_end_the_reading() -> None:
    assert read_all(Shelf(25, pages_short=1), page_size=10) == list(range(25))


def test_without_any_headers_the_reading_ends_at_an_empty_page() -> None:
    assert read_all(Shelf(25, headers=False), page_size=10) == list(range(25))


def test_an_entry_that_appears_between_two_pages_makes_it_read_again() -> None:
    shelf = Shelf(15)
    shelf.insert_after = 1
    assert read_all(shelf, page_size=10) == [-1, *range(15)]
    assert shelf.asked == [1, 2, 1, 2]


def test_a_list_that_never_adds_up_is_an_error_not_a_short_list() -> None:
    with pytest.raises(TraktUnavailableError, match="25 entries where 30 were announced"):
        read_all(Shelf(25, announced=30), page_size=10)


def test_an_endpoint_that_ignores_the_page_is_read_once() -> None:
    assert read_all(lambda _page, _limit: Answer(body=[1, 2, 3], headers={}), page_size=3) == [1, 2, 3]


def test_an_answer_that_is_no_list_is_an_error() -> None:
    with pytest.raises(TraktUnavailableError, match="not a list"):
        read_all(lambda _page, _limit: Answer(body={"error": "x"}, headers={}))
