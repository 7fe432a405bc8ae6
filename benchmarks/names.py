"""How long it takes to read names: cold, in one process a core, and warm, out of the cache.

    python benchmarks/names.py [--files N] [--jobs N]

The paths are made up by rule, a tenth of them films, in the usual conventions. The floor in the same run is guessit
alone over the same paths, in as many processes. Processor seconds are those of all processes: they say more than
seconds on a machine that does something else as well.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from cvi_trakt.columns import table
from cvi_trakt.identification import Naming
from cvi_trakt.identify.bodies import to_body
from cvi_trakt.identify.declared import Sources
from cvi_trakt.identify.names import Identifier
from cvi_trakt.identify.neighbours import agreed
from cvi_trakt.identify.works import group
from cvi_trakt.media import Identity, ScanResult, Status
from cvi_trakt.store.names import Names
from cvi_trakt.workers import cores, ordered_map

T = TypeVar("T")
Times = tuple[float, float]  # seconds, and processor seconds

PARTS = 5
ROOT = "/videos"
FIRST = ("Silver", "Night", "Paper", "Winter", "The Harbour", "A Lantern", "Copper", "Falcon", "Mister", "Doctor", "No")
SECOND = ("River", "Stone", "Garden", "Signal", "Orchard", "Meadow", "of Iron", "and Salt", "Without Rain", "Line", "4")
THIRD = ("", "Again", "Returns", "Part Two", "in Winter", "at Sea", "Stories", "Academy", "II", "Reborn", "Country")
TAGS = ("1080p.BluRay.x264-FOG", "720p.HDTV.x264-MIST", "2160p.WEB-DL.DDP5.1.H.265-DEW", "DVDRip.XviD-RIME")

FILMS = (
    "Movies/{title} ({year})/{title} ({year}) Bluray-1080p.mkv",
    "Movies/{dots}.{year}.{tags}/{dots}.{year}.{tags}.mkv",
    "{dots}.{year}.{tags}.mkv",
    "Movies/{title} ({year}) {{imdb-tt{number:07}}}/{title} ({year}).mkv",
    "{title} [{year}].avi",
    "{title}.mkv",
)
EPISODES = (
    "TV/{title}/Season {season:02}/{title} - S{season:02}E{episode:02} - {other} WEBDL-1080p.mkv",
    "TV/{title} ({year})/Season {season:02}/{title} ({year}) - s{season:02}e{episode:02}.mkv",
    "TV/{dots}.S{season:02}.{tags}/{dots}.S{season:02}E{episode:02}.{tags}.mkv",
    "{dots}.S{season:02}E{episode:02}.{dotted}.{tags}.mkv",
    "TV/{title}/{title} - {season}x{episode:02} - {other}.avi",
    "TV/{title}/Season {season}/S{season:02}E{episode:02}.mkv",
    "Anime/[Fog] {title} - {number:03} [1080p].mkv",
    "TV/{title}/{title} - 20{season:02}-0{season}-{episode:02} - {other}.mkv",
)


def library(count: int) -> list[ScanResult]:
    """Make so many paths up."""
    paths = []
    for number in range(count):
        is_film = number % 10 == 0
        work = number // 10 if is_film else 7 * (number // 25)  # some two dozen episodes of a show
        words = title(work)
        other = title(3 * number + 1)
        form = FILMS[number // 10 % len(FILMS)] if is_film else EPISODES[work % len(EPISODES)]
        path = form.format(
            title=words,
            dots=words.replace(" ", "."),
            other=other,
            dotted=other.replace(" ", "."),
            tags=TAGS[work % len(TAGS)],
            year=1950 + work % 75,
            season=1 + number // 12 % 9,
            episode=1 + number % 24,
            number=1 + number % 400,
        )
        paths.append(f"{ROOT}/{path}")
    return [ScanResult(path=path, status=Status.HEALTHY, root=ROOT) for path in dict.fromkeys(paths)]


def title(number: int) -> str:
    """Put a title together."""
    words = (FIRST[number % 11], SECOND[number // 11 % 11], THIRD[number // 121 % 11])
    return " ".join(word for word in words if word)


def guess(result: ScanResult) -> None:
    """Let guessit alone read a path below its root."""
    from guessit import guessit

    guessit(result.path.removeprefix(f"{ROOT}/"))


def side_by_side(results: list[ScanResult], jobs: int) -> tuple[dict[str, Times], list[Identity]]:
    """Time guessit and the program's reading, part by part, so that both meet the same moods of the machine."""
    identities: list[Identity] = []
    guessed, read = [], []
    size = -(-len(results) // PARTS)
    for at in range(0, len(results), size):
        part = results[at : at + size]
        guessed.append(timed(partial(_all, guess, part, jobs)))
        read.append(timed(lambda: identities.extend(_all(Identifier().identify, part, jobs))))  # noqa: B023 - called here
    return {"guessit alone": _sum(guessed), "cold": _sum(read)}, identities


def _all(function: Callable[[ScanResult], T], results: list[ScanResult], jobs: int) -> list[T]:
    return [*ordered_map(function, results, jobs=jobs)]


def _sum(times: list[Times]) -> Times:
    return sum(seconds for seconds, _ in times), sum(used for _, used in times)


def timed(work: Callable[[], object]) -> Times:
    """Give the seconds that some work takes, and the processor seconds of it and its processes."""
    began, used = time.perf_counter(), _processor()
    work()
    seconds = time.perf_counter() - began
    for child in multiprocessing.active_children():
        child.join()  # before that, its time does not count
    return seconds, _processor() - used


def _processor() -> float:
    every = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in every)


def naming(names: Names, jobs: int) -> Naming:
    """Give what the program identifies files with; the disk is left alone, since the paths are made up."""
    return Naming(Identifier(), Sources(), names, jobs=jobs)


def remembered(names: Names, results: list[ScanResult], jobs: int) -> None:
    """Identify all of them as a second run does, into works."""
    files = list(naming(names, jobs).identities(results, lambda *_: None))
    if len(group(agreed(files))) == 0:
        raise RuntimeError("nothing was identified")


def keep(names: Names, results: list[ScanResult], identities: list[Identity]) -> None:
    """Put what was read into the cache."""
    known = naming(names, 1)
    names.keep({known.key(one): to_body(identity) for one, identity in zip(results, identities, strict=True)})
    names.flush()


def main() -> int:
    """Measure, and print a row for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=10_000, metavar="N")
    parser.add_argument("--jobs", type=int, default=cores(), metavar="N")
    given = parser.parse_args()
    results = library(given.files)
    measured, identities = side_by_side(results, given.jobs)
    with tempfile.TemporaryDirectory() as folder:

        def names() -> Names:
            file = Path(folder, "names.sqlite")
            return Names(file, version="1", now=lambda: datetime.now(UTC), tell=print)

        measured["keeping it"] = timed(lambda: keep(names(), results, identities))
        measured["warm"] = timed(lambda: remembered(names(), results, given.jobs))
    floor = measured["guessit alone"]
    rows = [
        [name, f"{seconds:.2f}", f"{seconds / floor[0]:.3f}", f"{used:.2f}", f"{used / floor[1]:.3f}"]
        for name, (seconds, used) in measured.items()
    ]
    print(f"{len(results)} paths, {given.jobs} processes on {cores()} cores")
    print(*table(("", "seconds", "of guessit's", "processor", "of guessit's"), rows, right=range(1, 5)), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
