"""Drives the program as its user does, and the sandbox beside it."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from cvi_trakt.sandbox import CLIENT_ID, CLIENT_SECRET, TOKEN, USER

NOTHING_THERE = "http://127.0.0.1:9"  # the discard port: nobody listens


@dataclass(frozen=True)
class Ended:
    """A run that has ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class TraktProcess:
    """A sandbox in a process of its own."""

    def __init__(self, *arguments: str) -> None:
        command = [sys.executable, "-m", "cvi_trakt.sandbox", "--port", "0", *arguments]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        self.url = self._process.stdout.readline().strip()

    def stop(self) -> None:
        self._process.terminate()
        self._process.communicate(timeout=10)

    def reset(self) -> None:
        self._control("POST", "reset")

    def fault(self, kind: str, *, method: str | None = None, path: str = "", **more: Any) -> None:
        self._control("POST", "faults", {"match": {"method": method, "path": path}, "kind": kind, **more})

    def behave(self, **behaviour: Any) -> None:
        self._control("PUT", "behaviour", behaviour)

    def seed(self, **account: Any) -> None:
        self._control("PUT", "state", {"accounts": {"sandy": account}})

    def people(self, *names: str) -> None:
        """Make further accounts, empty ones."""
        self._control("PUT", "state", {"accounts": {name: {} for name in names}})

    def account(self, name: str = USER) -> dict[str, Any]:
        account: dict[str, Any] = self._control("GET", "state")["accounts"][name]
        return account

    def requests(self, prefix: str = "", method: str | None = None) -> list[dict[str, Any]]:
        every: list[dict[str, Any]] = self._control("GET", "requests")
        return [one for one in every if one["path"].startswith(prefix) and method in (None, one["method"])]

    def token(self, user: str = USER, life: int = 604_800) -> dict[str, Any]:
        """Sign somebody in: gives access and refresh token, and when they were made and end."""
        grant: dict[str, Any] = self._control("POST", "tokens", {"user": user, "life": life})
        return grant

    def expire_tokens(self) -> None:
        self._control("POST", "tokens/expire")

    def forget_requests(self) -> None:
        self._control("DELETE", "requests")

    def _control(self, method: str, name: str, body: Any = None) -> Any:
        answer = requests.request(method, f"{self.url}/_sandbox/{name}", json=body, timeout=10)
        answer.raise_for_status()
        return answer.json() if answer.content else None


class Program:
    """``cvi-trakt`` in a folder and a home of its own, pointed at a sandbox."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder = folder
        self.said: list[str] = []
        self.home = folder / "home"
        self.home.mkdir()
        kept = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "TMPDIR")
        self.environment = {name: os.environ[name] for name in kept if name in os.environ} | {
            "HOME": str(self.home),
            "CVI_STATE_DIR": str(folder / "state"),
            "CVI_TRAKT_API_URL": url,
            "CVI_TRAKT_AUTH_URL": url,
            "CVI_TRAKT_CLIENT_ID": CLIENT_ID,
            "CVI_TRAKT_CLIENT_SECRET": CLIENT_SECRET,
            "CVI_TRAKT_TOKEN": TOKEN,
            "CVI_TRAKT_RATE": "1000000",
        }

    def start(
        self, *arguments: str, env: Mapping[str, str | None] | None = None, **more: Any
    ) -> subprocess.Popen[bytes]:
        """Start it; a variable set to None is taken out of the environment."""
        changed = {**self.environment, **(env or {})}
        environment = {name: value for name, value in changed.items() if value is not None}
        streams: dict[str, Any] = {
            "stdin": subprocess.PIPE,
            "stdout": subprocess.PIPE,
            "stderr": subprocess.PIPE,
            "start_new_session": True,  # no controlling terminal: a question must not reach the tester's own
        } | more
        command: Sequence[str] = [sys.executable, "-m", "cvi_trakt", *arguments]
        return subprocess.Popen(command, cwd=self.folder, env=environment, **streams)

    def run(self, *arguments: str, stdin: str | bytes = b"", env: Mapping[str, str | None] | None = None) -> Ended:
        """Run it to its end."""
        given = stdin.encode("utf-8", "surrogateescape") if isinstance(stdin, str) else stdin
        process = self.start(*arguments, env=env)
        out, err = process.communicate(given, timeout=60)
        ended = Ended(process.returncode, out.decode("utf-8"), err.decode("utf-8"))
        self.said.append(ended.out + ended.err)
        return ended

    def leaks(self) -> list[str]:
        """Name the secrets that stand in anything this program has printed, or in the state it keeps."""
        state = [path for path in (self.folder / "state").rglob("*") if path.is_file() and "tokens" not in path.parts]
        own = [json.loads(file.read_text()) for file in self.token_files()]
        signed_in = [one[name] for one in own for name in ("OAUTH_TOKEN", "OAUTH_REFRESH") if one.get(name)]
        kept = "".join(self.said) + "".join(path.read_bytes().decode("latin-1") for path in state)
        return [secret for secret in (CLIENT_ID, CLIENT_SECRET, TOKEN, *signed_in) if secret in kept]

    def token_files(self) -> list[Path]:
        """Name the files with sign-ins, of all hosts."""
        return [*(self.folder / "state" / "tokens").glob("*.json"), *self.home.glob(".pytrakt.json")]

    def token_file(self, client_id: str = CLIENT_ID) -> Path:
        """Say where the sign-in at the sandbox is kept."""
        host = self.environment["CVI_TRAKT_API_URL"].removeprefix("http://").replace(":", "-")
        mark = hashlib.sha256(client_id.encode()).hexdigest()[:8]
        return self.folder / "state" / "tokens" / f"{host}-{mark}.json"

    def sign_in(self, grant: Mapping[str, Any], **changed: object) -> Path:
        """Keep a sign-in as the program itself does; gives its file. The environment's token goes away."""
        self.environment.pop("CVI_TRAKT_TOKEN", None)
        file = self.token_file()
        file.parent.mkdir(parents=True, exist_ok=True)
        stored = {
            "CLIENT_ID": CLIENT_ID,
            "OAUTH_TOKEN": grant["access"],
            "OAUTH_REFRESH": grant["refresh"],
            "OAUTH_CREATED_AT": grant["created_at"],
            "OAUTH_EXPIRES_AT": grant["expires_at"],
        }
        file.write_text(json.dumps(stored | changed))
        file.chmod(0o600)
        return file

    def write(self, name: str, content: object) -> str:
        """Write a file into the folder: text as it is, anything else as JSON; gives its name."""
        text = content if isinstance(content, str) else json.dumps(content)
        (self.folder / name).write_text(text, encoding="utf-8")
        return name

    def scan(self, *paths: str, status: str = "HEALTHY", name: str = "scan.json") -> str:
        """Write a scan-result file in which every path has one status; gives its name."""
        return self.write(name, {"results": [{"filename": path, "status": status} for path in paths]})
