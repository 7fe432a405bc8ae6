"""Measures the reading of names: title, year, kind, season and episodes, beside guessit, PTT and PTN in one run.

    python benchmarks/identify.py [--misses FILE] [--data FILE]

Reads real names with the reading that parsers' own test suites assert, and scores all readers by the same rules.
Every name is read, also those of subtitles and archives, which the program itself would skip. Peers that are not
installed are left out, and it says so: pip install parsett parse-torrent-title.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

from cvi_trakt.columns import table
from cvi_trakt.identify.evidence import Evidence
from cvi_trakt.identify.names import Identifier
from cvi_trakt.media import Kind, ScanResult, Status

PROJECT = Path(__file__).resolve().parent.parent
DATA = PROJECT.parent / "shared" / "data" / "identify.jsonl"
METRICS = ("title", "title+year", "kind", "season+episode", "date", "all")

Row = dict[str, Any]
Got = dict[str, Any]
Reader = Callable[[str], Got]


def ours() -> Reader:
    """Read with the program's own reader."""
    identifier = Identifier()

    def read(name: str) -> Got:
        found = identifier.read(ScanResult(path=name, status=Status.HEALTHY))
        if not isinstance(found, Evidence):
            return {}
        heading, numbering = found.heading, found.numbering
        got: Got = {"kind": str(found.kind), "title": heading and heading.title, "year": heading and heading.year}
        if found.kind is Kind.SHOW:
            several = len(numbering.seasons) > 1
            got |= {
                "season": list(numbering.seasons) if several else numbering.season,
                "episode": list(numbering.episodes) or None,
                "date": numbering.date,
                "country": found.country,
            }
        return got

    return read


def guessit() -> Reader:
    """Read with guessit, given the whole path."""
    from guessit import guessit as guess

    def read(name: str) -> Got:
        got = guess(name)
        kind = {"movie": "movie", "episode": "show"}.get(str(got.get("type")))
        known = {field: got.get(field) for field in ("title", "year", "season", "episode")}
        date = got.get("date")
        country = got.get("country")
        return {
            **known,
            "kind": kind,
            "date": date.isoformat() if date else None,
            "country": str(getattr(country, "alpha2", country) or "") or None,
        }

    return read


def ptt() -> Reader:
    """Read with PTT (PyPI `parsett`), given the last part of the path."""
    from PTT import parse_title  # type: ignore[import-not-found,import-untyped,unused-ignore]  # a peer that need not be installed

    def read(name: str) -> Got:
        got = parse_title(_last(name))
        seasons, episodes = got.get("seasons") or [], got.get("episodes") or []
        is_show = bool(seasons or episodes or got.get("date"))
        return {
            "title": got.get("title"),
            "year": got.get("year"),
            "kind": "show" if is_show else "movie",
            "season": seasons if len(seasons) > 1 else (seasons[0] if seasons else None),
            "episode": episodes or None,
            "date": got.get("date"),
        }

    return read


def ptn() -> Reader:
    """Read with PTN (PyPI `parse-torrent-title`), given the last part of the path."""
    import PTN  # type: ignore[import-not-found,import-untyped,unused-ignore]  # a peer that need not be installed

    def read(name: str) -> Got:
        got = PTN.parse(_last(name))
        is_show = got.get("season") is not None or got.get("episode") is not None
        known = {field: got.get(field) for field in ("title", "year", "season", "episode")}
        return {**known, "kind": "show" if is_show else "movie"}

    return read


READERS: tuple[tuple[str, str, Callable[[], Reader]], ...] = (
    ("cvi-trakt", "cvi_trakt", ours),
    ("guessit", "guessit", guessit),
    ("PTT", "PTT", ptt),
    ("PTN", "PTN", ptn),
)


def _last(name: str) -> str:
    return name.rstrip("/").split("/")[-1]


def rules(data: Path) -> ModuleType:
    """Load the scoring rules that lie beside the data."""
    spec = importlib.util.spec_from_file_location("score", data.parent / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(data.parent / "score.py")
    module = importlib.util.module_from_spec(spec)
    sys.dont_write_bytecode = True
    spec.loader.exec_module(module)
    return module


def read_all(read: Reader, rows: Iterable[Row]) -> tuple[dict[str, Got], float]:
    """Read every name, and say how many seconds it took; a reader that fails on a name reads nothing in it."""
    began = time.perf_counter()
    got: dict[str, Got] = {}
    for row in rows:
        try:
            got[row["id"]] = read(row["name"])
        except Exception as error:  # noqa: BLE001 - peers raise what they like
            got[row["id"]] = {}
            print(f"{row['name']!r}: {type(error).__name__}", file=sys.stderr)
    return got, time.perf_counter() - began


def shares(rows: Iterable[Row], got: dict[str, Got], judge: Callable[[Row, Got], dict[str, bool]]) -> list[str]:
    """Give the share of right answers for each metric, in percent; a dash where no row can score it."""
    counts: dict[str, Counter[bool]] = defaultdict(Counter)
    for row in rows:
        for metric, right in judge(row, got[row["id"]]).items():
            counts[metric][right] += 1
    return [
        f"{100 * counts[metric][True] / counts[metric].total():.1f}" if counts[metric] else "-" for metric in METRICS
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="names with their right reading")
    parser.add_argument("--misses", type=Path, help="write what is read wrong to this file, a JSON line each")
    chosen = parser.parse_args()
    if not chosen.data.is_file():
        print(f"no data at {chosen.data}: nothing measured")
        return
    judge = rules(chosen.data).judge
    rows = [json.loads(line) for line in chosen.data.read_text("utf-8").splitlines()]
    results: dict[str, dict[str, Got]] = {}
    for name, module, make in READERS:
        if importlib.util.find_spec(module) is None:
            print(f"{name} is not installed: left out")
            continue
        results[name], seconds = read_all(make(), rows)
        print(f"{name}: {len(rows)} names in {seconds:.1f} s, {1000 * seconds / len(rows):.2f} ms a name")
    lines: list[list[str]] = []
    sources = dict(Counter(row["source"] for row in rows).most_common())
    groups = {"all": rows} | {source: [row for row in rows if row["source"] == source] for source in sources}
    for group, members in groups.items():
        for name, got in results.items():
            label = group if name == "cvi-trakt" else ""
            lines.append([label, name, str(len(members)), *shares(members, got, judge)])
    print("\n" + "\n".join(table(["", "", "rows", *METRICS], lines, right=range(2, 3 + len(METRICS)))))
    if chosen.misses:
        missed = [row for row in rows if not judge(row, results["cvi-trakt"][row["id"]])["all"]]
        texts = (json.dumps({**row, "got": results["cvi-trakt"][row["id"]]}, ensure_ascii=False) for row in missed)
        chosen.misses.write_text("\n".join(texts) + "\n", "utf-8")
        print(f"{len(missed)} misses are in {chosen.misses}")


if __name__ == "__main__":
    main()
