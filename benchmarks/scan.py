"""How long a scan takes, beside plain ffmpeg on the same files in the same run.

python benchmarks/scan.py [--rounds N] [--keep FOLDER]

Makes four films of five minutes (1280x720) and one of ten minutes (1920x1080), all with sound. Then, turn by
turn, so that both meet the same moods of the machine:

- deep with one and with two jobs, against ``xargs -P`` of ``ffmpeg -v error -i FILE -map 0 -f null -``;
- quick and deep on the film of ten minutes.

Times are those of whole processes, start and all; the least of the rounds counts. ffmpeg is the one on the PATH.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

PLAIN = "ffmpeg -nostdin -v error -i {} -map 0 -f null -"
MAKE = ("ffmpeg", "-nostdin", "-v", "error", "-y")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--keep", type=Path, help="a folder for the films, to be used again")
    words = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder: Path = (words.keep or Path(temporary)).resolve()
        films = [make_film(folder / f"film-{number}.mkv", "1280x720", minutes=5) for number in range(1, 5)]
        long_film = make_film(folder / "long.mkv", "1920x1080", minutes=10)
        print(subprocess.run(["ffmpeg", "-version"], capture_output=True, text=True, check=True).stdout.splitlines()[0])
        print(f"{os.cpu_count()} cores; least of {words.rounds} rounds, in seconds\n")
        print(f"{'four films of 5 minutes, 720p':34} {'ffmpeg':>8} {'scan':>8} {'ratio':>7}")
        for jobs in (1, 2):
            ours, plain = [], []
            for _ in range(words.rounds):
                plain.append(timed(partial(run_plain, films, jobs)))
                ours.append(timed(partial(run_scan, films, "deep", jobs)))
            print(f"{f'deep, {jobs} at once':34} {min(plain):8.2f} {min(ours):8.2f} {min(ours) / min(plain):7.3f}")
        for jobs in (1, 2):
            quick = min(timed(partial(run_scan, films, "quick", jobs)) for _ in range(words.rounds))
            print(f"{f'quick, {jobs} at once':34} {'':8} {quick:8.2f}")
        print(f"\n{'one film of 10 minutes, 1080p':34} {'deep':>8} {'quick':>8} {'ratio':>7}")
        deep = min(timed(partial(run_scan, [long_film], "deep", 1)) for _ in range(words.rounds))
        quick = min(timed(partial(run_scan, [long_film], "quick", 1)) for _ in range(words.rounds))
        print(f"{'':34} {deep:8.2f} {quick:8.2f} {deep / quick:7.1f}")


def make_film(path: Path, size: str, *, minutes: int) -> Path:
    """Make a lively film with sound: half a minute is encoded, and repeated without encoding it again."""
    if path.exists():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    piece = path.with_suffix(f".{size}.piece.mkv")
    picture = f"testsrc2=size={size}:rate=25:duration=30,noise=alls=12:allf=t"
    sound = "sine=frequency=440:sample_rate=48000:duration=30"
    codecs = ("-c:v", "libx264", "-preset", "veryfast", "-b:v", "5M", "-g", "100", "-pix_fmt", "yuv420p", "-c:a", "aac")
    subprocess.run([*MAKE, "-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", sound, *codecs, piece], check=True)
    subprocess.run([*MAKE, "-stream_loop", str(2 * minutes - 1), "-i", piece, "-c", "copy", path], check=True)
    piece.unlink()
    return path


def timed(work: Callable[[], None]) -> float:
    """Give the seconds that it takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def run_plain(films: list[Path], jobs: int) -> None:
    names = "\0".join(map(str, films))
    command = ["xargs", "-0", "-P", str(jobs), "-I", "{}", *PLAIN.split()]
    # the noise of the null muxer about time stamps is not of interest here
    subprocess.run(command, input=names, text=True, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def run_scan(films: list[Path], mode: str, jobs: int) -> None:
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "HOME": home, "CVI_STATE_DIR": home}
        command = [sys.executable, "-m", "cvi_trakt", "scan", *map(str, films), "--mode", mode, "--jobs", str(jobs)]
        subprocess.run([*command, "-o", f"{home}/scan.json", "--quiet"], check=True, cwd=home, env=environment)


if __name__ == "__main__":
    main()
