"""The sandbox in a process of its own, and calls to it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import requests

API_KEY = {"trakt-api-version": "2", "trakt-api-key": "sandbox-client-id", "User-Agent": "tests/1"}
SIGNED_IN = {**API_KEY, "Authorization": "Bearer sandbox-access-token"}


@dataclass(frozen=True)
class Sandbox:
    url: str
    process: subprocess.Popen[str]
    http: requests.Session

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        headers: Mapping[str, str | None] = SIGNED_IN,
        **options: Any,
    ) -> requests.Response:
        options.setdefault("timeout", 10)
        return self.http.request(method, self.url + path, json=body, headers=headers, **options)

    def get(self, path: str, **options: Any) -> requests.Response:
        return self.call("GET", path, **options)

    def post(self, path: str, body: Any = None, **options: Any) -> requests.Response:
        return self.call("POST", path, body, **options)

    def put(self, path: str, body: Any, **options: Any) -> requests.Response:
        return self.call("PUT", path, body, **options)

    def delete(self, path: str, **options: Any) -> requests.Response:
        return self.call("DELETE", path, **options)

    def seed(self, user: str = "sandy", **parts: Any) -> None:
        self._control("PUT", "state", {"accounts": {user: parts}})

    def account(self, user: str = "sandy") -> Any:
        return self._control("GET", "state").json()["accounts"][user]

    def behave(self, **behaviour: Any) -> None:
        self._control("PUT", "behaviour", behaviour)

    def fault(self, kind: str, **more: Any) -> None:
        self._control("POST", "faults", {"kind": kind, **more})

    def requests_so_far(self) -> Any:
        return self._control("GET", "requests").json()

    def reset(self) -> None:
        self._control("POST", "reset")

    def _control(self, method: str, name: str, body: Any = None) -> requests.Response:
        answer = self.call(method, f"/_sandbox/{name}", body)
        answer.raise_for_status()
        return answer


@contextmanager
def running(*arguments: str) -> Iterator[Sandbox]:
    command = [sys.executable, "-m", "cvi_trakt.sandbox", "--port", "0", *arguments]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        with requests.Session() as http:
            yield Sandbox(process.stdout.readline().strip(), process, http)
    finally:
        process.terminate()
        process.communicate(timeout=10)
