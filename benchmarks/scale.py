"""Measures a dry run over large scan results: seconds, CPU seconds, peak memory and requests, cold and warm.

    python benchmarks/scale.py [FILES ...]      default: 1000

A tenth of the files are films, the rest episodes of a few hundred shows. The floor in the same run is
guessit alone over the same names, in one process.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WORDS = (
    *("Silver", "River", "Night", "Stone", "Paper", "Iron", "Winter", "Garden"),
    *("Harbour", "Signal", "Lantern", "Orchard", "Copper", "Meadow", "Falcon"),
)
PROGRAM = [sys.executable, "-m", "cvi_trakt"]


def library(count: int) -> list[str]:
    """Name so many files."""
    films, shows = max(1, count // 10), max(1, min(300, count // 30))
    paths = [
        f"/videos/Movies/{title(n)} ({1960 + n % 60})/{title(n)} ({1960 + n % 60}) 1080p.mkv" for n in range(films)
    ]
    for number in range(count - films):
        name, episode = title(number % shows), number // shows
        season = f"S{1 + episode // 20:02d}"
        paths.append(f"/videos/TV/{name}/{season}/{name} - {season}E{1 + episode % 20:02d} - 1080p WEB-DL.mkv")
    return paths


def title(number: int) -> str:
    """Make a title that no other number has."""
    first, second, third = number % 15, number // 15 % 15, number // 225
    return f"{WORDS[first]} {WORDS[second]}" + (f" {WORDS[third % 15]}" + " Again" * (third // 15) if third else "")


@contextmanager
def sandbox() -> Iterator[str]:
    """Run the stand-in for Trakt."""
    command = [sys.executable, "-m", "cvi_trakt.sandbox", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield server.stdout.readline().strip()
        finally:
            server.terminate()


def measure(command: list[str], environment: dict[str, str], folder: str) -> tuple[float, float, float, str]:
    """Run a command; gives seconds, CPU seconds of it and its children, peak MB of its largest process, output."""
    started = time.monotonic()
    with subprocess.Popen(command, env=environment, cwd=folder, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        output = process.stdout.read()
        _, _, used = os.wait4(process.pid, 0)
        process.returncode = 0
    seconds = time.monotonic() - started
    return seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, output


def guessit_alone(paths: list[str]) -> float:
    """Give guessit's own seconds for these names, from a sample of them."""
    from guessit import guessit

    sample = paths[:: max(1, len(paths) // 300)]
    guessit(sample[0])
    before = resource.getrusage(resource.RUSAGE_SELF)
    for path in sample:
        guessit(path.removeprefix("/videos/"))
    after = resource.getrusage(resource.RUSAGE_SELF)
    return (after.ru_utime - before.ru_utime) / len(sample) * len(paths)


def main() -> int:
    """Print one row for each size and form."""
    sizes = [int(word) for word in sys.argv[1:]] or [1000]
    print(f"{'files':>7} {'form':>10} {'run':>5} {'seconds':>8} {'cpu s':>8} {'peak MB':>8}  requests")
    with sandbox() as url, tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            paths = library(size)
            records = [{"filename": path, "status": "HEALTHY", "file_size": 1} for path in paths]
            Path(folder, "scan.json").write_text(json.dumps({"directory": "/videos", "results": records}))
            lines = "".join(json.dumps(record) + "\n" for record in records)
            Path(folder, "scan.jsonl").write_text(lines + json.dumps({"end": True, "files": size}) + "\n")
            for form in ("json", "jsonl"):
                environment = os.environ | {
                    "CVI_STATE_DIR": f"{folder}/state-{size}-{form}",
                    "CVI_TRAKT_API_URL": url,
                    "CVI_TRAKT_CLIENT_ID": "sandbox-client-id",
                    "CVI_TRAKT_TOKEN": "sandbox-access-token",
                    "CVI_TRAKT_RATE": "100000000",
                    "HOME": folder,
                }
                command = [*PROGRAM, "sync", f"scan.{form}", "--dry-run", "-q", "-o", "report.json"]
                for run in ("cold", "warm"):
                    seconds, cpu, peak, _ = measure(command, environment, folder)
                    requests = json.loads(Path(folder, "report.json").read_text())["requests"]
                    print(
                        f"{size:>7} {form:>10} {run:>5} {seconds:>8.1f} {cpu:>8.1f} {peak:>8.0f}  {requests}",
                        flush=True,
                    )
            print(f"{size:>7} {'guessit':>10} {'alone':>5} {'':>8} {guessit_alone(paths):>8.1f}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
