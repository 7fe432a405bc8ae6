"""Puts the sandbox together and serves it on the loopback interface."""

from __future__ import annotations

import signal
import socket
import struct
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, Final

from flask import Flask, Response
from werkzeug.exceptions import HTTPException
from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

from cvi_trakt.sandbox.behaviour import Behaviour
from cvi_trakt.sandbox.catalogue import Catalogue
from cvi_trakt.sandbox.control import control_endpoints
from cvi_trakt.sandbox.door import CutError, Door
from cvi_trakt.sandbox.faults import Faults
from cvi_trakt.sandbox.gate import install
from cvi_trakt.sandbox.limits import RateBuckets
from cvi_trakt.sandbox.lists import list_endpoints
from cvi_trakt.sandbox.loading import load_catalogue
from cvi_trakt.sandbox.oauth import oauth_endpoints
from cvi_trakt.sandbox.search import search_endpoints
from cvi_trakt.sandbox.state import State
from cvi_trakt.sandbox.sync import sync_endpoints
from cvi_trakt.sandbox.users import user_endpoints
from cvi_trakt.sandbox.works import work_endpoints
from cvi_trakt.sandbox.world import World, answer, skewed

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

_HOST: Final = "127.0.0.1"
_RESET_ON_CLOSE: Final = struct.pack("ii", 1, 0)


def _now() -> datetime:
    return datetime.now(UTC)


def create_app(
    catalogue: Catalogue,
    state_file: Path | None = None,
    *,
    now: Callable[[], datetime] = _now,
    sleep: Callable[[float], None] = time.sleep,
) -> Flask:
    """Make the app: all endpoints, behind the gate and the door. Raises ``InputError``."""
    behaviour = Behaviour()
    clock = skewed(now, behaviour)
    world = World(
        catalogue=catalogue,
        state=State(file=state_file, now=clock, holds=catalogue.holds),
        behaviour=behaviour,
        buckets=RateBuckets(clock),
        faults=Faults(),
    )
    app = Flask("cvi_trakt.sandbox", static_folder=None)
    install(app, world)
    app.register_error_handler(HTTPException, _as_json)
    for endpoints in (
        search_endpoints,
        work_endpoints,
        sync_endpoints,
        list_endpoints,
        user_endpoints,
        oauth_endpoints,
        control_endpoints,
    ):
        app.register_blueprint(endpoints(world))
    app.wsgi_app = Door(app.wsgi_app, world, sleep)  # type: ignore[method-assign]  # Flask's own way
    return app


def serve(*, port: int, catalogue: Path | None, state: Path | None, announce: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM; call ``announce`` with the base URL once connections are accepted.

    Port 0 takes any free one. Raises ``InputError`` for a file that cannot be used and ``OSError``
    for a port that is taken.
    """
    app = create_app(load_catalogue(catalogue), state)
    with socket.create_server((_HOST, port)) as listener:
        server = _Server(_HOST, port, app, _Handler, fd=listener.fileno())
        _stop_on_signals(server)
        announce(f"http://{_HOST}:{listener.getsockname()[1]}")
        server.serve_forever(poll_interval=0.05)


def _stop_on_signals(server: _Server) -> None:
    def stop(_number: int, _frame: FrameType | None) -> None:
        # From a thread: shutdown waits for the loop that this signal has interrupted.
        threading.Thread(target=server.shutdown, daemon=True).start()

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)


def _as_json(error: HTTPException) -> Response:
    if isinstance(error.response, Response):
        return error.response
    name = (error.name or "error").lower().replace(" ", "_")
    return answer({"error": name}, error.code or 500)


class _Server(ThreadedWSGIServer):
    daemon_threads = True

    def shutdown_request(self, request: Any) -> None:
        """Close without the polite end where the connection is to be reset."""
        if request.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, 8) == _RESET_ON_CLOSE:
            self.close_request(request)
        else:
            super().shutdown_request(request)


class _Handler(WSGIRequestHandler):
    """Keeps connections alive, which werkzeug's own handler does not: the door drains each request."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def run_wsgi(self) -> None:
        head: list[tuple[str, list[tuple[str, str]]]] = []

        def start_response(
            status: str, headers: list[tuple[str, str]], exc_info: Any = None
        ) -> Callable[[bytes], object]:
            del exc_info
            head[:] = [(status, headers)]
            return self.wfile.write

        app: WSGIApplication = self.server.app
        try:
            for content in app(self.make_environ(), start_response):
                self._send_head(*head.pop())
                if self.command != "HEAD":
                    self.wfile.write(content)
        except CutError as cut:
            self.close_connection = True
            if cut.reset:
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)

    def _send_head(self, status: str, headers: list[tuple[str, str]]) -> None:
        code, _, reason = status.partition(" ")
        self.send_response(int(code), reason)
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Write nothing; the control endpoints show the requests."""
