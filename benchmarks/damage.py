"""Measures what a scan finds: the damage suite in every mode, beside a full decode and ffprobe, in one run.

    python benchmarks/damage.py [--ffmpeg PROGRAM] [--keep FOLDER] [--jobs N] [--bases NAME,...]

The suite is encoded with the ffmpeg of the PATH. PROGRAM, by default the same, is the one that decodes; ffprobe is
the one beside it, else that of the PATH. With --keep the suite goes to FOLDER and stays, and what is there already
is not built again. With --bases it is these videos and their damaged copies only.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from cvi_trakt.columns import table
from cvi_trakt.scan.inspect.ffmpeg import find_ffmpeg

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from damage_bases import BASES
from damage_checks import MODES, Checked, Checks, bare, beyond
from damage_suite import WHOLE, Case, Part, build


def by_mode(checks: Sequence[Checked], cases: Sequence[Case]) -> list[str]:
    """Make the table of what each check finds, misses, calls bad, and takes."""
    damaged = sum(not case.is_good for case in cases)
    rows = []
    for check in checks:
        missed, alarms = len(check.missed(cases)), len(check.false_alarms(cases))
        each = [f"{seconds / len(cases):.3f}" for seconds in (check.seconds, check.processor_seconds)]
        rows.append((check.name, str(damaged - missed), str(missed), str(alarms), *each))
    good = f"false alarms of {len(cases) - damaged}"
    head = ("", f"found of {damaged}", "missed", good, "seconds a file", "of a processor")
    return table(head, rows, right=range(1, len(head)))


def by_kind(checks: Sequence[Checked], cases: Sequence[Case]) -> list[str]:
    """Make the table of how many of each kind of damage each check finds."""
    every = Counter(case.kind for case in cases if not case.is_good)
    rows = []
    for kind, number in every.items():
        found = [sum(check.found(case) for case in cases if case.kind == kind) for check in checks]
        rows.append((kind, str(number), *map(str, found)))
    return table(("damage", "files", *(check.name for check in checks)), rows, right=range(1, len(checks) + 2))


def by_base(checks: Sequence[Checked], cases: Sequence[Case]) -> list[str]:
    """Make the table of how many of the damaged copies of each video each check finds."""
    every = Counter(case.base for case in cases if not case.is_good and case.base in BASES)
    rows = []
    for base, number in every.items():
        found = [sum(check.found(case) for case in cases if case.base == base and not case.is_good) for check in checks]
        rows.append((base, str(number), *map(str, found)))
    return table(("video", "copies", *(check.name for check in checks)), rows, right=range(1, len(checks) + 2))


def promises(quick: Checked, cases: Sequence[Case]) -> list[str]:
    """Say how far the quick scan keeps what is said of it."""
    cuts = [case for case in cases if case.is_cut]
    stated = [case for case in cuts if case.states_size]
    headless = [case for case in cases if case.lacks_moov]
    return [
        f"quick finds {_found(quick, stated)} of the cuts where the container states size, index or duration,",
        f"            {_found(quick, headless)} of the missing moovs, and {_found(quick, cuts)} of all cuts",
    ]


def _found(check: Checked, cases: Sequence[Case]) -> str:
    found = sum(check.found(case) for case in cases)
    return f"{found} of {len(cases)} ({100 * found / len(cases):.0f} %)" if cases else "0 of 0"


def listed(title: str, cases: Iterable[Case], *says: Checked) -> list[str]:
    """List files under a title, each with what checks say of it."""
    rows = []
    for case in cases:
        answers = [
            f"{one.name}: {one.answers[case.path].status} {one.answers[case.path].words}".strip() for one in says
        ]
        rows.append("  ".join((f"{case.kind}: {case.base}", *answers)))
    return ["", f"{title}: {len(rows)}", *(f"  {row}" for row in rows)]


def summed(peer: Checked, cases: Sequence[Case]) -> list[str]:
    """Say what a peer complains of in good files, and in how many."""
    first = Counter(bare(peer.answers[case.path].words.partition(" | ")[0]) for case in cases)
    return [
        "",
        f"False alarms of {peer.name}: {len(cases)}",
        *(f"  {n:>4}  {words}" for words, n in first.most_common()),
    ]


def report(checks: Sequence[Checked], cases: Sequence[Case]) -> list[str]:
    """Make everything that is printed of one run."""
    named = {check.name: check for check in checks}
    quick, deep, full = named["quick"], named["deep"], named["full decode"]
    lines = [*by_mode(checks, cases), "", *by_kind(checks, cases), "", *by_base(checks, cases), ""]
    lines += promises(quick, cases)
    quick_cuts = [case for case in quick.missed(cases) if case.is_cut and case.states_size]
    lines += listed("Cuts that quick misses where the container states size, index or duration", quick_cuts)
    lines += listed("Other cuts that quick misses", [c for c in quick.missed(cases) if c.is_cut and not c.states_size])
    lines += listed("Found by the full decode, not by deep", beyond(full, deep, cases), full)
    lines += listed("Missed by deep", deep.missed(cases))
    for check in checks:
        alarms = check.false_alarms(cases)
        lines += (
            listed(f"False alarms of {check.name}", alarms, check) if check.name in MODES else summed(check, alarms)
        )
    return lines


def main() -> int:
    """Build the suite, check it in every way, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ffmpeg", metavar="PROGRAM")
    parser.add_argument("--keep", type=Path, metavar="FOLDER")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, metavar="N")
    parser.add_argument("--bases", metavar="NAME,...")
    chosen = parser.parse_args()
    encoder = find_ffmpeg(os.environ.get("PATH"))
    decoder = shutil.which(chosen.ffmpeg) if chosen.ffmpeg else encoder
    if decoder is None:
        parser.error(f"{chosen.ffmpeg} is not there, or no program")
    with tempfile.TemporaryDirectory() as temporary:
        folder = chosen.keep or Path(temporary)
        print(subprocess.run([decoder, "-version"], capture_output=True, text=True, check=True).stdout.splitlines()[0])
        began = time.monotonic()
        part = Part(bases=chosen.bases.split(","), odd=()) if chosen.bases else WHOLE
        cases = build(folder, encoder, part, leave_out=lambda words: print(f"left out: {words}"))
        print(f"{len(cases)} files, built in {time.monotonic() - began:.0f} s; {chosen.jobs} at once", flush=True)
        checks = Checks(folder.resolve(), cases, ffmpeg=decoder, jobs=chosen.jobs)
        done = [*map(checks.scan, MODES), checks.full_decode()]
        if shutil.which(checks.prober):
            done.append(checks.ffprobe())
        else:
            print("left out: ffprobe, which is not installed")
        print(*report(done, cases), sep="\n")
        if chosen.keep:
            (folder / "index.json").write_text(json.dumps([asdict(case) for case in cases], indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
