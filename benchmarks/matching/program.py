"""The program and the sandbox as processes, and what the one asked of the other."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from cvi_trakt.sandbox import CLIENT_ID

PROGRAM = (sys.executable, "-m", "cvi_trakt")
KEPT = ("PATH", "LANG", "LC_ALL", "TMPDIR", "PYTHONPATH")
RATE = "100000000"  # reads in five minutes: pacing must not be what is measured
CHOSEN = ("would_add", "existing")  # existing: the same work as an earlier row's

_WORDS = re.compile(r"/search/(?:movie|show)(?:/exact)?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of the program: its report, by row what became of it, what it asked, how long it took."""

    report: Mapping[str, Any]
    entries: Mapping[str, Mapping[str, Any]]
    asked: Counter[str]
    seconds: float

    def got(self, row: str) -> dict[str, object] | None:
        """Give what was chosen for a row, as the scoring rule wants it."""
        entry = self.entries.get(row, {})
        if entry.get("status") not in CHOSEN:
            return None
        return {"trakt": entry["trakt_id"], "kind": entry["type"]}

    def status(self, row: str) -> str:
        """Say what the report says of a row; a row that it does not name was not read at all."""
        return str(self.entries.get(row, {}).get("status", "unread"))


class Sandbox:
    """The stand-in for Trakt with the big catalogue; counts what it is asked."""

    def __init__(self, url: str) -> None:
        self.url = url

    def forget(self) -> None:
        requests.delete(f"{self.url}/_sandbox/requests", timeout=30).raise_for_status()

    def asked(self) -> Counter[str]:
        """Count the requests since the last ``forget``: by words, by id, and other reads."""
        answer = requests.get(f"{self.url}/_sandbox/requests", timeout=60)
        return Counter(_kind_of(one["path"]) for one in answer.json())


def _kind_of(path: str) -> str:
    if _WORDS.match(path):
        return "words"
    return "id" if path.startswith("/search/") else "read"


@contextmanager
def sandbox(catalogue: Path) -> Iterator[Sandbox]:
    """Serve the catalogue on loopback; it is ready when it has said where it is."""
    command = [*PROGRAM, "sandbox", "--port", "0", "--catalogue", str(catalogue)]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as server:
        assert server.stdout is not None
        try:
            found = re.search(r"http://\S+", server.stdout.readline())
            if found is None:
                raise RuntimeError("the sandbox did not start")
            yield Sandbox(found[0])
        finally:
            server.terminate()


def sync(scan: Path, root: Path, server: Sandbox, home: Path) -> Run:
    """Run ``sync --dry-run`` over the scan, with nothing but a client id; state and home are in ``home``."""
    home.mkdir(exist_ok=True)
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    environment = {
        **kept,
        "HOME": str(home),
        "CVI_STATE_DIR": str(home / "state"),
        "CVI_TRAKT_API_URL": server.url,
        "CVI_TRAKT_CLIENT_ID": CLIENT_ID,
        "CVI_TRAKT_RATE": RATE,
    }
    command = [*PROGRAM, "sync", str(scan), "--dry-run", "--format", "json", "--quiet"]
    server.forget()
    began = time.monotonic()
    ended = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=home, check=False)
    seconds = time.monotonic() - began
    if ended.returncode not in (0, 1) or not ended.stdout:  # 1: something failed, and the report says what
        raise SystemExit(f"sync ended with {ended.returncode}:\n{ended.stderr}")
    report = json.loads(ended.stdout)
    return Run(report=report, entries=_entries(report, f"{root}/"), asked=server.asked(), seconds=seconds)


def _entries(report: Mapping[str, Any], root: str) -> dict[str, Mapping[str, Any]]:
    """Say which entry of the report each row is in; ``item`` is what was read from the row's own path."""
    entries: dict[str, Mapping[str, Any]] = {}
    for entry in report["results"]:
        for item in entry["items"]:
            row = item["file"].removeprefix(root).partition("/")[0]
            entries[row] = {**entry, "item": item}
    return entries
