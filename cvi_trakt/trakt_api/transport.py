"""One HTTP edge: PyTrakt's client over our own session, paced, judged and tried again by our rules."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy
from typing import Any, Protocol
from urllib.parse import urlencode, urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase
from trakt.api import HttpClient
from trakt.errors import BadResponseException, TraktException
from urllib3.exceptions import HTTPError, NewConnectionError

from cvi_trakt import __version__
from cvi_trakt.errors import RateLimitError, SignInSpentError, TraktError, TraktUnavailableError, UnauthorizedError
from cvi_trakt.secret import Secret
from cvi_trakt.trakt_api.pacing import Pacer, Patience
from cvi_trakt.trakt_api.statuses import error_for

_SEARCHES = ("/search/movie", "/search/show")  # by words; the other ones find by an id
USER_AGENT = f"cvi-trakt/{__version__}"
QUOTED = 4000  # characters of an error's body that are looked at
CONNECTIONS = 16  # kept open, one for each thread that asks

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A good answer: the decoded JSON (None for 204) and the headers, looked up in any case."""

    body: Any
    headers: Mapping[str, str]


class SignIn(Protocol):
    """Where the access token comes from."""

    def access(self) -> Secret:
        """Give the token to use now."""
        ...

    def renew(self, refused: Secret) -> bool:
        """Get another token in place of one that Trakt refused; False where that cannot be."""
        ...

    def is_for(self, person: str) -> None:
        """Hold the run to this account: no other one's token may come in its place."""
        ...


class TraktAuth(AuthBase):
    """Puts the client id, and the token if there is one, on each request.

    PyTrakt's own ``TokenAuth`` sends no ``trakt-api-key`` without a token and refreshes on the wrong host.
    """

    def __init__(self, client_id: Secret, sign_in: SignIn | None) -> None:
        self._client_id = client_id
        self._sign_in = sign_in
        self._used = threading.local()

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """Add the headers; called by requests for each one it prepares."""
        request.headers["trakt-api-key"] = self._client_id.reveal()
        if self._sign_in is not None:
            self._used.token = token = self._sign_in.access()
            request.headers["Authorization"] = f"Bearer {token.reveal()}"
        return request

    def renew(self) -> bool:
        """Get another token after a 401 to this thread's last request; False where there is none to get."""
        return self._sign_in is not None and self._sign_in.renew(self._used.token)


class JudgingSession(requests.Session):
    """A session that judges each status itself: PyTrakt passes seven bad ones on as data.

    Several threads may share it: nothing of it changes with a request. So it keeps no cookies, which
    Trakt's API does not need, and which one thread could add while another goes through them.
    """

    def __init__(self, base_url: str) -> None:
        super().__init__()
        for scheme in ("https://", "http://"):
            self.mount(scheme, HTTPAdapter(pool_maxsize=CONNECTIONS))
        self.cookies.set_policy(DefaultCookiePolicy(allowed_domains=()))
        self.headers["User-Agent"] = USER_AGENT
        self.trust_env = urlsplit(base_url).scheme == "https"  # a local server is never behind a proxy

    def request(self, method: Any, url: Any, *args: Any, **kwargs: Any) -> requests.Response:
        """Send once. Raises one of our errors for everything but a good answer."""
        path = urlsplit(str(url)).path
        kwargs["allow_redirects"] = False  # a redirect would take the client id elsewhere
        started = time.monotonic()
        try:
            response = super().request(method, url, *args, **kwargs)
        except (OSError, HTTPError, ValueError) as error:  # requests lets some of each through
            log.debug("%s %s -> %s", method.upper(), path, type(error).__name__)
            raise _unavailable(error, str(url)) from None
        log.debug("%s %s -> %d in %.2f s", method.upper(), path, response.status_code, time.monotonic() - started)
        error_found = error_for(response.status_code, response.headers, response.text[:QUOTED], path)
        if error_found is not None:
            raise error_found
        return response


class Transport:
    """Requests to one host, from any thread. Raises ``TraktError`` and its children, nothing else."""

    def __init__(self, base_url: str, *, auth: TraktAuth, pacer: Pacer, patience: Patience, timeout: float) -> None:
        self._client = HttpClient(base_url, JudgingSession(base_url), timeout)
        self._client.auth = self._auth = auth
        self._pacer = pacer
        self._patience = patience
        self.sent: dict[str, int] = {"search": 0, "lookup": 0, "read": 0, "write": 0}
        self._counting = threading.Lock()

    def get(self, path: str, query: Mapping[str, object] | None = None) -> Answer:
        """Read; repeated freely."""
        url = f"{path}?{urlencode(query)}" if query else path
        kind = "search" if path.startswith(_SEARCHES) else "lookup" if path.startswith("/search/") else "read"
        return self._call("get", url, None, kind=kind, repeatable=True)

    def post(self, path: str, body: object, *, repeatable: bool) -> Answer:
        """Write; ``repeatable`` says that doing it twice is harmless."""
        return self._call("post", path, body, kind="write", repeatable=repeatable)

    def _call(self, method: str, url: str, body: object, *, kind: str, repeatable: bool) -> Answer:
        def request() -> Answer:
            return self._patience.call(lambda: self._once(method, url, body, kind), repeatable=repeatable)

        try:
            return request()
        except UnauthorizedError as error:
            if isinstance(error, SignInSpentError) or not self._auth.renew():
                raise
            return request()  # refused unread, so that a write is not done twice

    def _once(self, method: str, url: str, body: object, kind: str) -> Answer:
        self._pacer.before(method.upper())
        with self._counting:
            self.sent[kind] += 1
        try:
            decoded, headers = self._client.request(method, url, data=body, include_headers=True)
        except RateLimitError as error:
            if method == "get":
                self._pacer.slow_down()
            self._pacer.hold(method.upper(), error.retry_after or 0.0)
            raise
        except TraktException as error:
            raise from_pytrakt(error, url.partition("?")[0]) from None
        except (ValueError, RecursionError):
            raise from_pytrakt(BadResponseException(), url.partition("?")[0]) from None
        self._pacer.after(method.upper(), headers)
        return Answer(body=decoded, headers=headers)


def from_pytrakt(error: TraktException, path: str) -> TraktError:
    """Give our error for one of PyTrakt's, by the status it stands for."""
    status = getattr(error, "http_code", None)
    if isinstance(status, int) and status > 0:
        response = getattr(error, "response", None)
        found = error_for(status, getattr(response, "headers", {}), "", path)
        if found is not None:
            return found
    return TraktUnavailableError(
        f"Trakt's answer on {path} is broken: not whole, or not JSON. Run again later.", path=path
    )


def _unavailable(error: Exception, url: str) -> TraktUnavailableError:
    parts = urlsplit(url)
    cause = error.args[0] if error.args else None
    never_connected = isinstance(error, requests.exceptions.ConnectTimeout) or isinstance(
        getattr(cause, "reason", None), NewConnectionError
    )
    words = {
        requests.exceptions.SSLError: "the certificate is not accepted",
        requests.exceptions.ProxyError: "the proxy does not answer",
        requests.exceptions.Timeout: "no answer in time",
    }
    why = next((text for kind, text in words.items() if isinstance(error, kind)), "the connection was lost")
    if never_connected:
        why = "no connection"
    return TraktUnavailableError(
        f"Trakt did not answer: {why} ({parts.netloc}{parts.path}). Run again later.",
        path=parts.path,
        sent=not never_connected,
    )
