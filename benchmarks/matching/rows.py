"""The rows of the matching set: what is scored, in which groups, and how they become a library on disk."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Got = Mapping[str, object]
Judge = Callable[[dict[str, Any], Got | None], str]

CLUE, BARE, TRAP = "year or id in the path", "neither year nor id", "traps"
GROUPS = (CLUE, BARE, TRAP)

_ID = re.compile(
    r"\btt\d{7,}|\b(?:imdb|tmdb|tvdb)(?:id)?[-=:]\d|<uniqueid|<(?:imdb|tmdb|tvdb)_?id>|themoviedb\.org/|thetvdb\.com/",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<!\d)(?:18|19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Row:
    """One path, with what should be added for it. ``raw`` is the row as the data has it."""

    raw: dict[str, Any]

    @property
    def id(self) -> str:
        return str(self.raw["id"])

    @property
    def path(self) -> str:
        return str(self.raw["path"])

    @property
    def convention(self) -> str:
        return str(self.raw["convention"])

    @property
    def sidecars(self) -> list[dict[str, str]]:
        return self.raw.get("files") or []

    @property
    def has_id(self) -> bool:
        """Whether the path or a side-car names a catalogue's number."""
        return any(_ID.search(text) for text in self._texts())

    @property
    def group(self) -> str:
        """Which promise the row is about. A year counts when it is the work's own, or one off."""
        if self.raw["want"] is None:
            return TRAP
        own = self.raw.get("year")
        years = {int(found) for text in self._texts() for found in _YEAR.findall(text)}
        return CLUE if self.has_id or (own and years & {own - 1, own, own + 1}) else BARE

    def _texts(self) -> list[str]:
        return [self.path, *(file["content"] for file in self.sidecars)]


def load(folder: Path) -> tuple[list[Row], Judge]:
    """Read the rows, and the rule by which they are scored."""
    rows = [Row(json.loads(line)) for line in (folder / "match.jsonl").read_text("utf-8").splitlines()]
    found = importlib.util.spec_from_file_location("score", folder / "score.py")
    assert found is not None
    assert found.loader is not None
    rules = importlib.util.module_from_spec(found)
    sys.dont_write_bytecode = True  # the data stays as it is
    try:
        found.loader.exec_module(rules)
    finally:
        sys.dont_write_bytecode = False
    judge: Judge = rules.match_outcome
    return rows, judge


def lay_out(rows: Iterable[Row], root: Path, scan: Path) -> None:
    """Give each row a root of its own with its side-cars, and write what a scan would say of them all.

    The scan file holds one document a root, one after another; a video is there where side-cars are.
    """
    with scan.open("w", encoding="utf-8") as stream:
        for row in rows:
            own = root / row.id
            result = {"path": row.path.lstrip("/"), "status": "HEALTHY"}
            stream.write(json.dumps({"directory": str(own), "results": [result]}) + "\n")
            for file in row.sidecars:
                sidecar = own / file["path"].lstrip("/")
                sidecar.parent.mkdir(parents=True, exist_ok=True)
                sidecar.write_text(file["content"], encoding="utf-8")
            if row.sidecars:
                video = own / row.path.lstrip("/")
                video.parent.mkdir(parents=True, exist_ok=True)
                video.touch()


def by_group(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """Sort the rows into all of them and the three groups."""
    return {"all": [*rows]} | {name: [row for row in rows if row.group == name] for name in GROUPS}
