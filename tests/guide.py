"""The guide's command lines, and the stage on which a test runs one as printed: files, accounts, a shell."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests
from driving import Program, TraktProcess

from cvi_trakt.sandbox import CLIENT_ID, TOKEN

LINES = """\
CVI trakt auth --username=YOUR_TRAKT_USERNAME --store
CVI trakt auth --username=YOUR_TRAKT_USERNAME --no-store
CVI trakt auth --username=YOUR_TRAKT_USERNAME --config config.yaml
CVI trakt auth --test-only
CVI trakt sync scan_results.json
CVI trakt sync results.json --watchlist "my-movies"
CVI trakt sync results.json --watchlist "to-watch" --interactive
CVI trakt sync results.json -w "to-watch" -i
CVI trakt sync scan_results.json --interactive --watchlist "to-review"
CVI trakt sync scan_results.json --watchlist "my-movies" --interactive --output sync_results.json
CVI trakt sync movie_scan.json --watchlist "my-movies"
CVI trakt sync scan_results.json --watchlist "my-collection" --verbose
CVI trakt sync scan_results.json --verbose
CVI trakt sync scan.json --dry-run
CVI trakt sync scan.json --include-status healthy
CVI trakt sync results.json --token YOUR_TOKEN
CVI trakt sync results.json --token YOUR_TOKEN --include-statuses HEALTHY CORRUPT SUSPICIOUS
CVI trakt sync results.json --token YOUR_TOKEN --include-statuses CORRUPT
CVI trakt list-watchlists
CVI trakt list-watchlists --format json
CVI trakt list-watchlists --output watchlists.json
CVI trakt list-watchlists --token YOUR_ACCESS_TOKEN
CVI trakt view
CVI trakt view --watchlist "my-movies"
CVI trakt view --watchlist "favorites" --format json
CVI trakt view --watchlist "to-watch" --output contents.json
CVI trakt view --token YOUR_ACCESS_TOKEN
CVI scan /path/to/videos --output scan_results.json
CVI scan /videos --output scan_results.json && CVI trakt sync scan_results.json
make secrets-init
"""

SHORTHAND = 'CVI() { corrupt-video-inspector "$@"; }\n'  # as the guide says of its lines
MAKEFILE = Path(__file__).parents[1] / "Makefile"
STATE = "sandbox.json"

Work = tuple[str, int]
MATRIX, RELOADED, INCEPTION = ("movie", 481), ("movie", 900000001), ("movie", 16662)
DUNE, MEMENTO, OLDBOY = ("movie", 900000005), ("movie", 900000113), ("movie", 900000054)
UP, COCO, HEAT, ALIEN = ("movie", 900000136), ("movie", 900000137), ("movie", 900000114), ("movie", 900000115)
BREAKING_BAD, MAD_MEN, THRONES = ("show", 1388), ("show", 4), ("show", 1390)

# what stands in the accounts before a line runs: sandy's are the sign-in and the lists that the guide speaks of,
# olga's is the account of the tokens in the guide
SANDY: dict[str, list[Work]] = {
    "watchlist": [ALIEN],
    "my-movies": [HEAT],
    "to-watch": [MEMENTO, MAD_MEN],
    "to-review": [],
    "favorites": [UP],
    "my-collection": [],
}
OLGA: dict[str, list[Work]] = {"watchlist": [COCO], "olgas": [MAD_MEN, UP]}
ACCOUNTS: dict[str, dict[str, list[Work]]] = {"sandy": SANDY, "olga": OLGA, "your-trakt-username": {"watchlist": []}}
TOKENS = {TOKEN: "sandy", "YOUR_TOKEN": "olga", "YOUR_ACCESS_TOKEN": "olga"}

FILES: dict[str, object] = {
    "scan_results.json": {
        "directory": "/videos",
        "results": [
            {"filename": "/videos/The.Matrix.1999.1080p.BluRay.x264.mkv", "status": "HEALTHY", "is_corrupt": False},
            {"filename": "/videos/Inception (2010) [1080p].mp4", "status": "CORRUPT", "is_corrupt": True},
            {"filename": "/videos/Breaking.Bad.S01E01.Pilot.2008.mkv", "status": "HEALTHY", "is_corrupt": False},
            {"filename": "/videos/Unknown.Movie.mkv", "status": "HEALTHY", "is_corrupt": False},
        ],
    },
    "results.json": [
        {"path": "/films/Dune.2021.mkv", "status": "healthy"},
        {"path": "/films/Memento.2000.mkv", "status": "corrupt"},
        {"path": "/films/Oldboy (2003).mkv", "status": "suspicious"},
    ],
    "movie_scan.json": {"results": [{"filename": "/films/Coco (2017).mkv", "is_corrupt": False}]},
    "scan.json": {
        "results": [
            {"video_file": {"path": "/films/Up (2009).mkv"}, "status": "FileStatus.HEALTHY"},
            {"video_file": {"path": "/films/Inception.2010.mkv"}, "status": "FileStatus.CORRUPT"},
        ]
    },
}


class Shell(Program):
    """A shell in place of the program: it runs command lines, with the program on its path."""

    before: tuple[str, ...] = ()  # words in front of the shell's own

    def start(
        self, *arguments: str, env: Mapping[str, str | None] | None = None, **more: Any
    ) -> subprocess.Popen[bytes]:
        (line,) = arguments
        changed = {**self.environment, **(env or {})}
        changed["PATH"] = f"{Path(sys.executable).parent}:{self.environment['PATH']}"
        environment = {name: value for name, value in changed.items() if value is not None}
        pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
        streams: dict[str, Any] = {**pipes, "start_new_session": True, **more}
        command = [*self.before, "bash", "-c", SHORTHAND + line]
        return subprocess.Popen(command, cwd=self.folder, env=environment, **streams)


@dataclass
class Stage:
    """Everything around one line: the sandbox with its accounts, the shell in a folder with the files."""

    trakt: TraktProcess
    shell: Shell
    env: dict[str, str | None] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        return self.shell.folder

    def read(self, name: str) -> Any:
        """Read a JSON file that the line wrote."""
        return json.loads((self.folder / name).read_text())

    def holdings(self, user: str = "sandy") -> dict[str, list[Work]]:
        """Give what stands on the watchlist and on each list of an account."""
        state = requests.get(f"{self.trakt.url}/_sandbox/state", timeout=10).json()["accounts"][user]
        shelves = {"watchlist": state["watchlist"], **{one["slug"]: one["items"] for one in state["lists"]}}
        return {name: [(item["type"], item["trakt"]) for item in items] for name, items in shelves.items()}

    def user_of(self, token: str) -> str | None:
        """Ask the sandbox whose token this is; None for a token that is not good."""
        headers = {"trakt-api-key": CLIENT_ID, "trakt-api-version": "2", "Authorization": f"Bearer {token}"}
        answer = requests.get(f"{self.trakt.url}/users/settings", headers=headers, timeout=10)
        return str(answer.json()["user"]["username"]) if answer.ok else None

    def signed_in(self) -> set[str]:
        """Name the accounts for which the sandbox has a sign-in that was not taken back."""
        state = json.loads((self.folder.parent / STATE).read_text())
        return {grant["user"] for grant in state["grants"]}


@contextmanager
def stage(folder: Path) -> Iterator[Stage]:
    """Set the stage in an empty folder."""
    (folder / "work").mkdir()
    state = folder / STATE
    state.write_text(json.dumps(_sandbox_state()))
    trakt = TraktProcess("--state", str(state))
    try:
        shell = Shell(folder / "work", trakt.url)
        for name, content in FILES.items():
            shell.write(name, content)
        yield Stage(trakt, shell)
        assert shell.leaks() == []
        assert [token for token in TOKENS if token in "".join(shell.said)] == []
    finally:
        trakt.stop()


def _sandbox_state() -> dict[str, Any]:
    accounts = {}
    for slug, shelves in ACCOUNTS.items():
        items = {name: [{"type": kind, "trakt": work} for kind, work in works] for name, works in shelves.items()}
        watchlist = items.pop("watchlist")
        lists = [{"name": name, "items": entries} for name, entries in items.items()]
        accounts[slug] = {"username": slug.replace("-", "_"), "watchlist": watchlist, "lists": lists}
    grants = [
        {"user": user, "access": token, "refresh": "", "created_at": 0, "expires_at": 2**53}
        for token, user in TOKENS.items()
    ]
    return {"last_number": 1000, "accounts": accounts, "grants": grants}
