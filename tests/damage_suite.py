"""The damage suite: small real videos, damaged in every usual way, beside odd ones that are whole.

    python tests/damage_suite.py FOLDER     builds it, with its list in FOLDER/index.json

The same ffmpeg builds the same files: whatever is random has a seed.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random
from subprocess import CalledProcessError

from damage_bases import BASES, Encoder
from damage_boxes import moov_removed
from damage_good import Good, goods, path_of, slug, write
from damage_kinds import KINDS, Kind, sound_overwritten
from damage_sound import sound_spans

_NO_MOOV, _SOUND = "no moov", "sound damaged alone"
_NO_VIDEOS = {"zero bytes": b"", "a text": b"This is no video.\n" * 3000}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One file of the suite, and what is known of it.

    ``base`` is the video that was damaged, or the file's own name. ``kind`` is the damage, or in
    which way it is good. ``states_size``: it is cut off, and its container states size, index or
    duration, so that this shows without a decode. ``expect_unreadable``: it is no video at all, so
    that UNREADABLE is the right answer and CORRUPT a wrong one.
    """

    path: str
    base: str
    kind: str
    is_good: bool
    is_cut: bool = False
    states_size: bool = False
    lacks_moov: bool = False
    expect_unreadable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What of the suite is built: names of ``BASES``, kinds of damage, and odd ones such as ``edit-list/none.mp4``.

    None means all of them. No damage is done to what is odd, and what is no video at all is always there.
    """

    bases: Collection[str] | None = None
    damages: Collection[str] | None = None
    odd: Collection[str] | None = None


WHOLE = Part()


def build(
    folder: Path, ffmpeg: str, part: Part = WHOLE, *, leave_out: Callable[[str], None] | None = None
) -> list[Case]:
    """Build the suite; what is there already stays.

    Args:
        folder: where it goes, into ``bases``, ``damaged`` and ``good``; ``work`` is none of it.
        ffmpeg: the program that encodes.
        part: how much of it.
        leave_out: is called with what this ffmpeg cannot make and why; without it that is an error.

    Raises ``CalledProcessError`` when ffmpeg cannot make something.
    """
    encoder = Encoder(ffmpeg, folder.resolve())
    encoder.source()
    chosen = [name for name in BASES if _is_in(name, part.bases)]
    jobs: list[Callable[[], list[Case]]] = [_of_base(encoder, name, part.damages) for name in chosen]
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        cases = [case for made in pool.map(_trying(leave_out), jobs) for case in made]
        jobs = [_of_good(encoder, good) for good in goods(encoder) if _is_in(path_of(good), part.odd)]
        cases += [case for made in pool.map(_trying(leave_out), jobs) for case in made]
    return [*cases, *_no_videos(encoder.folder)]


def _is_in(name: str, chosen: Collection[str] | None) -> bool:
    return chosen is None or name in chosen


def _trying(leave_out: Callable[[str], None] | None) -> Callable[[Callable[[], list[Case]]], list[Case]]:
    def attempt(job: Callable[[], list[Case]]) -> list[Case]:
        try:
            return job()
        except CalledProcessError as error:
            if leave_out is None:
                raise
            said = str(error.stderr).strip().splitlines()
            leave_out(f"{Path(error.cmd[-1]).name}: {said[-1] if said else f'exit code {error.returncode}'}")
            return []

    return attempt


def _of_base(encoder: Encoder, name: str, damages: Collection[str] | None) -> Callable[[], list[Case]]:
    def make() -> list[Case]:
        file = encoder.base(name)
        content = file.read_bytes()
        cases = [Case(path=str(file), base=name, kind="intact", is_good=True)]
        every = (*KINDS, *_further_kinds(encoder, name, content))
        for kind in (kind for kind in every if _is_in(kind.name, damages)):
            target = encoder.folder / "damaged" / slug(kind.name) / file.name
            if not target.exists():
                write(target, kind.damage(content, Random(f"{name} {kind.name}")))
            cases.append(_damaged(str(target), name, kind))
        return cases

    return make


def _damaged(path: str, name: str, kind: Kind) -> Case:
    return Case(
        path=path,
        base=name,
        kind=kind.name,
        is_good=False,
        is_cut=kind.is_cut,
        states_size=kind.is_cut and BASES[name].states_size,
        lacks_moov=kind.name == _NO_MOOV,
    )


def _further_kinds(encoder: Encoder, name: str, content: bytes) -> Iterator[Kind]:
    """Give the kinds of damage that not every container can have."""
    if BASES[name].has_moov:
        yield Kind(name=_NO_MOOV, damage=lambda content, _: moov_removed(content))
    if spans := sound_spans(encoder, name, content):
        yield Kind(name=_SOUND, damage=lambda content, random: sound_overwritten(content, spans, random))


def _of_good(encoder: Encoder, good: Good) -> Callable[[], list[Case]]:
    target = encoder.folder / "good" / path_of(good)

    def make() -> list[Case]:
        if not target.exists():
            good.make(target)
        return [Case(path=str(target), base=good.name, kind=good.kind, is_good=True)]

    return make


def _no_videos(folder: Path) -> list[Case]:
    cases = []
    for kind, content in _NO_VIDEOS.items():
        for name in ("film.mkv", "film.mp4", "film.ts"):
            target = folder / "damaged" / slug(kind) / name
            write(target, content)
            cases.append(Case(path=str(target), base=name, kind=kind, is_good=False, expect_unreadable=True))
    return cases


def main() -> int:
    """Build the whole suite into the folder named on the command line."""
    folder = Path(sys.argv[1])
    cases = build(folder, "ffmpeg", leave_out=lambda words: _say(f"left out: {words}"))
    write(folder / "index.json", json.dumps([asdict(case) for case in cases], indent=1).encode())
    _say(f"{len(cases)} files, {sum(case.is_good for case in cases)} of them good")
    return 0


def _say(words: str) -> None:
    sys.stderr.write(f"{words}\n")


if __name__ == "__main__":
    sys.exit(main())
