"""Stands before the app: takes each request in whole, lets it go wrong if asked, and writes it down."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

from cvi_trakt.sandbox.faults import BEFORE_THE_WORK, Fault
from cvi_trakt.sandbox.state import timestamp
from cvi_trakt.sandbox.world import World

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

Headers = list[tuple[str, str]]

_CONTROL: Final = "/_sandbox"
_HIDDEN: Final = frozenset({"access_token", "refresh_token", "token", "client_secret", "code", "device_code"})
_HIDDEN_IN_QUERY: Final = re.compile(r"\b(code|token|access_token|client_secret)=[^&]*")
_EDGE_PAGE: Final = "<!DOCTYPE html><html><title>{0}</title><h1>Error {0}</h1></html>"
_REASONS: Final = {520: "Unknown Error", 521: "Web Server Is Down", 522: "Connection Timed Out"}
_LONG: Final = 3600.0


class CutError(ConnectionError):
    """The connection is to be closed at this point of the answer."""

    def __init__(self, *, reset: bool) -> None:
        super().__init__("cut on demand")
        self.reset = reset


class Door:
    """The outermost WSGI layer. Every request is one transaction of the state."""

    def __init__(self, app: WSGIApplication, world: World, sleep: Callable[[float], None]) -> None:
        self._app = app
        self._world = world
        self._sleep = sleep

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request, or cut the connection by raising ``CutError``."""
        body = _take_in(environ)
        environ["PATH_INFO"] = environ["PATH_INFO"].rstrip("/") or "/"
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")  # WSGI's own encoding
        if path.startswith(_CONTROL):
            return _send(self._work(environ), start_response)
        fault = self._world.faults.next(environ["REQUEST_METHOD"], path)
        record = self._write_down(environ, path, body)
        if fault:
            record["fault"] = fault.kind
        self._wait(fault)
        skipped = fault is not None and fault.kind in BEFORE_THE_WORK
        answer = _instead(fault) if fault and skipped else self._work(environ)
        if fault and fault.kind == "lost_answer":
            raise CutError(reset=True)
        status, headers, content = answer
        record["status"] = int(status.split()[0])
        if fault and fault.kind in ("truncate", "reset_mid_body"):
            return _cut_short(answer, start_response, reset=fault.kind == "reset_mid_body")
        if fault and fault.kind == "invalid_json":
            content = content[: len(content) // 2] + b"\x00{"
        return _send((status, headers, content), start_response)

    def _wait(self, fault: Fault | None) -> None:
        self._sleep(self._world.behaviour.latency)
        if fault and fault.kind == "delay":
            self._sleep(1.0 if fault.seconds is None else fault.seconds)
        if fault and fault.kind == "silence":
            self._sleep(_LONG if fault.seconds is None else fault.seconds)

    def _work(self, environ: WSGIEnvironment) -> tuple[str, Headers, bytes]:
        started: list[tuple[str, Headers]] = []
        written: list[bytes] = []

        def start(status: str, headers: Headers, exc_info: Any = None) -> Callable[[bytes], object]:
            del exc_info  # nothing was sent yet, so an error page simply takes the place
            started[:] = [(status, headers)]
            return written.append

        with self._world.state.transaction():
            written.extend(self._app(environ, start))
        status, headers = started[0]
        return status, headers, b"".join(written)

    def _write_down(self, environ: WSGIEnvironment, path: str, body: bytes) -> dict[str, Any]:
        record = {
            "time": timestamp(self._world.now()),
            "method": environ["REQUEST_METHOD"],
            "path": path,
            "query": _HIDDEN_IN_QUERY.sub(r"\1=***", environ.get("QUERY_STRING", "")),
            "status": None,
            "fault": None,
            "user_agent": environ.get("HTTP_USER_AGENT"),
            "content_type": environ.get("CONTENT_TYPE") or None,
            "has_authorization": "HTTP_AUTHORIZATION" in environ,
            "json": _readable(body),
        }
        self._world.requests.append(record)
        return record


def _take_in(environ: WSGIEnvironment) -> bytes:
    source = environ["wsgi.input"]
    if environ.get("wsgi.input_terminated"):
        body: bytes = source.read()
    else:
        length = environ.get("CONTENT_LENGTH") or "0"
        body = source.read(int(length)) if length.isdecimal() else b""
    environ["CONTENT_LENGTH"] = str(len(body))
    environ["wsgi.input"] = io.BytesIO(body)
    return body


def _readable(body: bytes) -> Any:
    try:
        return _without_secrets(json.loads(body))
    except (ValueError, RecursionError):
        return None


def _without_secrets(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return {name: "***" if name in _HIDDEN else part for name, part in value.items()}


def _instead(fault: Fault) -> tuple[str, Headers, bytes]:
    if fault.kind in ("reset", "silence"):
        raise CutError(reset=True)
    headers = dict(fault.headers)
    if fault.kind == "html":
        text = str(fault.body) if fault.body is not None else _EDGE_PAGE.format(fault.status)
        headers.setdefault("Content-Type", "text/html; charset=utf-8")
    elif isinstance(fault.body, str):
        text = fault.body
        headers.setdefault("Content-Type", "text/plain; charset=utf-8")
    else:
        text = "" if fault.body is None else json.dumps(fault.body)
        headers.setdefault("Content-Type", "application/json; charset=utf-8")
    return f"{fault.status} {_REASONS.get(fault.status, 'Fault')}", list(headers.items()), text.encode()


def _with_length(headers: Headers, length: int) -> Headers:
    rest = [(name, value) for name, value in headers if name.lower() != "content-length"]
    return [*rest, ("Content-Length", str(length))]


def _send(answer: tuple[str, Headers, bytes], start_response: StartResponse) -> Iterable[bytes]:
    status, headers, content = answer
    start_response(status, _with_length(headers, len(content)))
    return [content]


def _cut_short(answer: tuple[str, Headers, bytes], start_response: StartResponse, *, reset: bool) -> Iterator[bytes]:
    status, headers, content = answer
    start_response(status, _with_length(headers, max(2, len(content))))
    yield content[: len(content) // 2]
    raise CutError(reset=reset)
