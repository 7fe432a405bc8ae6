"""The whole job on small made-up videos, against a local stand-in for Trakt: no account, nothing outside ``.demo``.

python examples/demo.py [FOLDER]
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent
DEMO = Path(sys.argv[1]).absolute() if len(sys.argv) > 1 else HERE.parent / ".demo"
VIDEOS = DEMO / "videos"
PROGRAM = [sys.executable, "-m", "cvi_trakt"]

NAMES = (
    "Movies/The Matrix (1999)/The.Matrix.1999.1080p.BluRay.x264.mkv",
    "Movies/Inception (2010) [1080p].mp4",
    "Movies/Dune (2021)/Dune.2021.mkv",
    "Movies/Dune (2021)/sample/dune-sample.mkv",
    "Movies/Dune.mkv",
    "TV/Breaking Bad/Season 01/Breaking.Bad.S01E01.Pilot.2008.mkv",
    "TV/Breaking Bad/Season 01/Breaking.Bad.S01E02.mkv",
    "TV/Game.of.Thrones.1x01.Winter.Is.Coming.mkv",
    "Holiday in the Hills.mkv",
)
DAMAGED = ("Movies/Inception (2010) [1080p].mp4", "TV/Breaking Bad/Season 01/Breaking.Bad.S01E02.mkv")


def main() -> int:
    """Make the videos, damage two, scan them, and sync: the healthy to the watchlist, the damaged to a list."""
    shutil.rmtree(DEMO, ignore_errors=True)
    make_videos(find_ffmpeg())
    with sandbox() as url:
        environment = settings(url)
        run(environment, "scan", "videos", "--output", "scan.json")
        run(environment, "sync", "scan.json", "--verbose")
        run(environment, "sync", "scan.json", "--include-status", "CORRUPT", "-w", "Re-acquire", "--create-list")
        run(environment, "view")
        run(environment, "view", "--watchlist", "Re-acquire")
        run(environment, "list-watchlists")
    return 0


def find_ffmpeg() -> str:
    """Find ffmpeg: the machine's own, or the one that the package index bundles."""
    found = shutil.which("ffmpeg")
    if found is None:
        import imageio_ffmpeg

        found = imageio_ffmpeg.get_ffmpeg_exe()
    return str(found)


def make_videos(ffmpeg: str) -> None:
    """Make one short video, copy it to every name, and overwrite the middle of the damaged ones."""
    say(f"Making {len(NAMES)} small videos in {VIDEOS}, {len(DAMAGED)} of them damaged ...")
    for name in NAMES:
        path = VIDEOS / name
        path.parent.mkdir(parents=True, exist_ok=True)
        first = next((one for one in VIDEOS.rglob(f"*{path.suffix}")), None)
        if first is None:
            picture, sound = "testsrc=size=320x180:rate=25:duration=2", "sine=frequency=440:duration=2"
            command = [ffmpeg, "-nostdin", "-v", "error", "-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", sound]
            subprocess.run([*command, "-c:v", "mpeg4", "-c:a", "aac", str(path)], check=True)
        else:
            shutil.copy(first, path)
    for name in DAMAGED:
        with (VIDEOS / name).open("r+b") as video:
            video.seek((VIDEOS / name).stat().st_size // 2)
            video.write(bytes(20_000))


@contextmanager
def sandbox() -> Iterator[str]:
    """Run the stand-in for Trakt as a process of its own; gives its address."""
    command = [sys.executable, "-m", "cvi_trakt.sandbox", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        url = server.stdout.readline().strip()
        try:
            yield url
        finally:
            server.terminate()


def settings(url: str) -> dict[str, str]:
    """Give the environment that points the program at the stand-in, and its state and home into ``.demo``."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CVI_", "TRAKT_", "XDG_"))}
    return {
        **kept,
        "HOME": str(DEMO / "home"),
        "CVI_STATE_DIR": str(DEMO / "state"),
        "CVI_TRAKT_API_URL": url,
        "CVI_TRAKT_AUTH_URL": url,
        "CVI_TRAKT_CLIENT_ID": "sandbox-client-id",
        "CVI_TRAKT_CLIENT_SECRET": "sandbox-client-secret",
        "CVI_TRAKT_TOKEN": "sandbox-access-token",
    }


def run(environment: dict[str, str], *arguments: str) -> None:
    """Show a command line and run it, in the demo's folder."""
    shown = " ".join(f'"{word}"' if " " in word else word for word in arguments)
    say(f"\n$ cvi-trakt {shown}")
    subprocess.run([*PROGRAM, *arguments], cwd=DEMO, env=environment, check=True)


def say(text: str) -> None:
    """Print at once, so that the lines keep their order beside the commands' own."""
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
