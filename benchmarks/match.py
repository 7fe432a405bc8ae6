"""Measures matching: real paths through ``sync --dry-run`` against the sandbox with a big catalogue.

    python benchmarks/match.py [--by-convention] [--failures FILE] [--no-peers] [--conventions NAME,...] [--data FOLDER]

Every row has a root of its own, so that no path speaks for another. The program runs as a process, with only a
client id, twice with one state; then once more, with a fresh state, over the rows that carry an id. Beside it are
the peers, "as the other tools do it", against the same sandbox. Wrong adds are the error that matters.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from benchmarks.matching.peers import PEERS, Search, choose, read_all
from benchmarks.matching.program import Run, Sandbox, sandbox, sync
from benchmarks.matching.rows import Judge, Row, by_group, lay_out, load
from cvi_trakt.columns import table
from cvi_trakt.titles import normalise
from cvi_trakt.workers import cores

PROJECT = Path(__file__).resolve().parent.parent
DATA = PROJECT.parent / "shared" / "data"
COLUMNS = ("right", "wrong_add", "held", "missed", "tolerated", "right_skip")
HEAD = ("rows", "right adds", "wrong adds", "% of adds", "held", "missed", "tolerated", "right skips", "right %")

Outcomes = dict[str, str]  # by the row's id


def judged(run: Run, rows: Sequence[Row], judge: Judge) -> Outcomes:
    """Score a run; what is held is told apart from what is missed."""
    outcomes = {row.id: judge(row.raw, run.got(row.id)) for row in rows}
    held = {row: "held" for row, outcome in outcomes.items() if outcome == "missed" and run.status(row) == "held"}
    return outcomes | held


def numbers(outcomes: Outcomes, rows: Sequence[Row]) -> list[str]:
    """Give the numbers of a table's row, in the order of ``HEAD``."""
    count = Counter(outcomes[row.id] for row in rows)
    adds = count["right"] + count["wrong_add"]
    share = f"{100 * count['wrong_add'] / adds:.2f}" if adds else "-"
    cells = [str(count[name]) for name in COLUMNS]
    good = count["right"] + count["right_skip"]
    right = f"{100 * good / len(rows):.1f}" if rows else "-"
    return [str(len(rows)), *cells[:2], share, *cells[2:], right]


def results(named: dict[str, Outcomes], rows: Sequence[Row]) -> list[str]:
    """Make the table of all outcomes, group by group."""
    lines = [
        [name if at == 0 else "", who, *numbers(outcomes, part)]
        for name, part in by_group(rows).items()
        if part
        for at, (who, outcomes) in enumerate(named.items())
    ]
    return table(("", "", *HEAD), lines, right=range(2, 2 + len(HEAD)))


def conventions(outcomes: Outcomes, rows: Sequence[Row]) -> list[str]:
    """Make the table of our outcomes, convention by convention."""
    parts: dict[str, list[Row]] = {}
    for row in rows:
        parts.setdefault(row.convention, []).append(row)
    lines = [[name, *numbers(outcomes, part)] for name, part in sorted(parts.items())]
    return table(("convention", *HEAD), lines, right=range(1, 1 + len(HEAD)))


def asked(first: Run, second: Run, of_ids: Run, rows: Sequence[Row]) -> list[str]:
    """Say how many requests the runs took, and how many searches a work."""
    searched = [entry for entry in first.report["results"] if entry["status"] != "skipped"]
    without = [entry for entry in searched if not any("ids" in item for item in entry["items"])]
    read = {(entry["items"][0]["kind"], normalise(entry["title"] or ""), entry["year"]) for entry in without}
    by_row = [row for row in rows if not row.has_id and first.status(row.id) != "skipped"]
    wanted = {(want["kind"], want["trakt"]) for row in by_row if (want := row.raw["want"])}
    traps = {normalise(str(first.entries[row.id]["title"])) for row in by_row if not row.raw["want"]}
    words, works = first.asked["words"], len(wanted) + len(traps)
    return [
        f"cold: {_said(first)}",
        f"      {_each(words, len(read))} distinct works without an id, as read from their paths",
        f"      {_each(words, works)} distinct works without an id, as the data tells them apart",
        f"      {_each(words, len(without))} works without an id in the report (without a year, one a folder)",
        f"again, with the state of the first: {_said(second)}",
        f"only the rows that carry an id, cold: {_said(of_ids)}",
    ]


def _said(run: Run) -> str:
    count = run.asked
    sent = json.dumps(run.report["requests"])
    return (
        f"{run.seconds:.1f} s, {count['words']} searches by words, {count['id']} look-ups by id, "
        f"{count['read']} other reads; the report says {sent}"
    )


def _each(words: int, works: int) -> str:
    return f"{words / works if works else 0:.3f} searches for each of {works}"


def write_failures(stream: TextIO, run: Run, outcomes: Outcomes, rows: Sequence[Row]) -> None:
    """Write each row that is not right: what was wanted, what was read, what became of it and why."""
    for row in rows:
        if outcomes[row.id] in ("right", "right_skip", "tolerated"):
            continue
        entry = run.entries.get(row.id, {})
        failure = {
            "outcome": outcomes[row.id],
            "id": row.id,
            "convention": row.convention,
            "path": row.path,
            "want": row.raw["want"] and {**row.raw["want"], "title": row.raw["title"], "year": row.raw["year"]},
            "read": {name: value for name, value in entry.get("item", {}).items() if name != "file"},
            "status": run.status(row.id),
            "said": {name: entry.get(name) for name in ("title", "year", "type", "trakt_id", "ids", "distance")},
            "reason": entry.get("reason"),
            "candidates": entry.get("candidates", [])[:3],
        }
        stream.write(json.dumps(failure, ensure_ascii=False) + "\n")


def against(server: Sandbox, rows: Sequence[Row], judge: Judge) -> dict[str, Outcomes]:
    """Let the peers choose, and score them."""
    began = time.monotonic()
    readings = read_all([row.path for row in rows])
    print(f"peers: guessit over {len(rows)} paths took {time.monotonic() - began:.1f} s on {cores()} cores", flush=True)
    search = Search(server.url)
    named: dict[str, Outcomes] = {}
    for name, choice in PEERS.items():
        chosen = choose(readings, search, choice)
        named[name] = {row.id: judge(row.raw, got) for row, got in zip(rows, chosen, strict=True)}
    pace = search.asked / search.seconds if search.seconds else 0
    print(f"peers: the sandbox answered {search.asked} searches, one after another, in {search.seconds:.1f} s ", end="")
    print(f"({pace:.0f} a second)", flush=True)
    return named


def main() -> int:
    """Run everything and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, metavar="FOLDER", help="where match.jsonl is")
    parser.add_argument("--by-convention", action="store_true", help="also a table of the naming conventions")
    parser.add_argument("--conventions", metavar="NAME,...", help="only the rows of these")
    parser.add_argument("--failures", type=Path, metavar="FILE", help="write the rows that are not right, as JSON")
    parser.add_argument("--no-peers", action="store_true", help="leave the other tools out")
    given = parser.parse_args()
    if not (given.data / "match.jsonl").is_file():
        where = "../shared/data" if given.data == DATA else given.data
        print(f"left out: the matching set is not in {where}")
        return 0
    rows, judge = load(given.data)
    if given.conventions:
        rows = [row for row in rows if row.convention in given.conventions.split(",")]
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as temporary, sandbox(given.data / "catalogue.sqlite") as server:
        folder = Path(temporary).resolve()
        root, scan, few = folder / "library", folder / "scan.json", folder / "ids.json"
        lay_out(rows, root, scan)
        lay_out([row for row in rows if row.has_id], root, few)
        print(f"{len(rows)} paths, {cores()} cores; the sandbox took {time.monotonic() - began:.1f} s to start")
        first = sync(scan, root, server, folder / "home")
        second = sync(scan, root, server, folder / "home")
        has_ids = any(row.has_id for row in rows)
        of_ids = sync(few, root, server, folder / "other") if has_ids else second
        ours = judged(first, rows, judge)
        named = {"cvi-trakt": ours} | ({} if given.no_peers else against(server, rows, judge))
    print("", *results(named, rows), "", *asked(first, second, of_ids, rows), sep="\n")
    if given.by_convention:
        print("", *conventions(ours, rows), sep="\n")
    if given.failures:
        with given.failures.open("w", encoding="utf-8") as stream:
            write_failures(stream, first, ours, rows)
    print(f"\n{time.monotonic() - began:.0f} s in all, on {cores()} cores")
    return 0


if __name__ == "__main__":
    sys.exit(main())
