from __future__ import annotations

import pytest
from requests.structures import CaseInsensitiveDict
from trakt import errors as pytrakt

from cvi_trakt.errors import (
    AccountLimitError,
    ExitCode,
    ItemNotFoundError,
    RateLimitError,
    RequestRefusedError,
    TraktError,
    TraktRefusedError,
    TraktUnavailableError,
    UnauthorizedError,
)
from cvi_trakt.trakt_api.statuses import error_for, retry_after
from cvi_trakt.trakt_api.transport import from_pytrakt


@pytest.mark.parametrize(
    ("status", "kind", "code", "words"),
    [
        (301, RequestRefusedError, ExitCode.PARTIAL, "did not take the request"),
        (400, RequestRefusedError, ExitCode.PARTIAL, "could not read the request"),
        (401, UnauthorizedError, ExitCode.AUTH, "Authentication failed"),
        (403, TraktRefusedError, ExitCode.AUTH, "Invalid client credentials"),
        (404, ItemNotFoundError, ExitCode.PARTIAL, "no such item, list or user"),
        (405, RequestRefusedError, ExitCode.PARTIAL, "method"),
        (409, RequestRefusedError, ExitCode.PARTIAL, "done already"),
        (410, RequestRefusedError, ExitCode.PARTIAL, "did not take the request"),
        (412, RequestRefusedError, ExitCode.PARTIAL, "content type"),
        (418, RequestRefusedError, ExitCode.PARTIAL, "did not take the request"),
        (420, AccountLimitError, ExitCode.PARTIAL, "account limit"),
        (422, RequestRefusedError, ExitCode.PARTIAL, ": Trakt says so."),
        (423, TraktRefusedError, ExitCode.AUTH, "account is locked"),
        (426, TraktRefusedError, ExitCode.AUTH, "VIP members only"),
        (429, RateLimitError, ExitCode.UNAVAILABLE, "Rate limit exceeded"),
        *[
            (status, TraktUnavailableError, ExitCode.UNAVAILABLE, "fault")
            for status in (500, 502, 503, 504, 520, 521, 522, 530)
        ],
    ],
)
def test_every_bad_status_is_an_error_that_names_status_and_path(
    status: int, kind: type[TraktError], code: ExitCode, words: str
) -> None:
    error = error_for(status, CaseInsensitiveDict(), "Trakt says so", "/sync/watchlist")
    assert type(error) is kind
    assert error.exit_code == code
    assert words in str(error)
    assert f"({status} on /sync/watchlist)" in str(error)


@pytest.mark.parametrize("status", [200, 201, 204])
def test_a_good_status_is_no_error(status: int) -> None:
    assert error_for(status, CaseInsensitiveDict(), "", "/search/movie") is None


def test_an_html_page_with_403_comes_from_the_edge_not_from_the_client_id() -> None:
    error = error_for(403, CaseInsensitiveDict({"content-type": "text/html"}), "<html>", "/search/movie")
    assert "edge" in str(error)
    assert "client" not in str(error)


def test_a_deactivated_account_is_told_from_a_locked_one() -> None:
    error = error_for(423, CaseInsensitiveDict({"X-Account-Deactivated": "true"}), "", "/sync/watchlist")
    assert "deactivated" in str(error)


def test_the_account_limit_is_named() -> None:
    error = error_for(420, CaseInsensitiveDict({"X-Account-Limit": "250"}), "", "/sync/watchlist")
    assert isinstance(error, AccountLimitError)
    assert error.limit == 250
    assert "of 250 items" in str(error)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "7"}, 7.0),
        ({"Retry-After": "Fri, 20 Nov 2026 10:00:30 GMT", "Date": "Fri, 20 Nov 2026 10:00:00 GMT"}, 30.0),
        ({"Retry-After": "soon"}, None),
        ({}, None),
    ],
)
def test_retry_after_is_seconds_or_a_date(headers: dict[str, str], seconds: float | None) -> None:
    assert retry_after(CaseInsensitiveDict(headers)) == seconds


class _Response:
    headers = CaseInsensitiveDict({"Retry-After": "3"})


WANTED = {
    "TraktException": TraktUnavailableError,
    "BadResponseException": TraktUnavailableError,
    "OAuthRefreshException": UnauthorizedError,
    "AccountLimitExceeded": AccountLimitError,
    "BadRequestException": RequestRefusedError,
    "OAuthException": UnauthorizedError,
    "ForbiddenException": TraktRefusedError,
    "NotFoundException": ItemNotFoundError,
    "MethodNotAllowedException": RequestRefusedError,
    "ConflictException": RequestRefusedError,
    "ProcessException": RequestRefusedError,
    "LockedUserAccountException": TraktRefusedError,
    "RateLimitException": RateLimitError,
    "TraktInternalException": TraktUnavailableError,
    "TraktBadGateway": TraktUnavailableError,
    "TraktUnavailable": TraktUnavailableError,
}


def test_the_table_of_pytrakts_errors_is_complete() -> None:
    assert set(WANTED) == set(pytrakt.__all__)


@pytest.mark.parametrize("name", WANTED)
def test_each_error_of_pytrakt_becomes_ours(name: str) -> None:
    theirs = getattr(pytrakt, name)(None if name == "OAuthRefreshException" else _Response())
    assert type(from_pytrakt(theirs, "/search/movie")) is WANTED[name]
