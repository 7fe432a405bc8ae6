"""Puts the damage suite to the program and to its peers, as processes, and compares what they say with what is so."""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from damage_suite import Case

MODES = ("quick", "hybrid", "deep")
FULL_DECODE, FFPROBE = "full decode", "ffprobe"
_FINE = "HEALTHY"
_ADDRESS = re.compile(r" @ (?:0x)?[0-9a-f]+")
_NUMBER = re.compile(r"\b(?:0x[0-9a-f]+|\d+)")
_LONGEST_WORDS = 200  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was said about one file: a status, the words for it, and without their numbers the lines of a peer."""

    status: str
    words: str = ""
    lines: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """One check of a whole suite: ``answers`` by path; the seconds that it took, and those of all processors."""

    name: str
    answers: Mapping[str, Answer]
    seconds: float
    processor_seconds: float

    def found(self, case: Case) -> bool:
        """Whether it answers that the file is damaged, or that it is no video where it is none."""
        status = self.answers[case.path].status
        if self.name in MODES:
            return status == "UNREADABLE" if case.expect_unreadable else status in ("SUSPICIOUS", "CORRUPT")
        return status != _FINE

    def false_alarms(self, cases: Sequence[Case]) -> list[Case]:
        """Give the good files of which it does not say that they are."""
        return [case for case in cases if case.is_good and self.answers[case.path].status != _FINE]

    def missed(self, cases: Sequence[Case]) -> list[Case]:
        """Give the damaged files that it does not find."""
        return [case for case in cases if not case.is_good and not self.found(case)]


class Checks:
    """Runs checks over a suite that was built into a folder.

    Args:
        folder: where the suite is.
        cases: what is in it.
        ffmpeg: the program that decodes, for all of them.
        jobs: how many files are checked at once.
    """

    def __init__(self, folder: Path, cases: Sequence[Case], *, ffmpeg: str, jobs: int) -> None:
        self._folder = folder
        self._cases = cases
        self._jobs = jobs
        self._ffmpeg = ffmpeg
        beside = Path(ffmpeg).with_name("ffprobe")
        self.prober = str(beside) if beside.exists() else "ffprobe"

    def scan(self, mode: str) -> Checked:
        """Scan the suite with the program, which has a home and a state of its own.

        Raises ``CalledProcessError`` when the scan fails, ``KeyError`` for a file that it passes over.
        """
        home = self._folder / "work" / f"home-{mode}"
        shutil.rmtree(home, ignore_errors=True)  # nothing may be known from an earlier run
        home.mkdir(parents=True)
        results = home / "results.jsonl"
        programs = self._with_the_name_ffmpeg()
        environment = {
            "PATH": f"{programs}{os.pathsep}{os.environ.get('PATH', '')}",
            "HOME": str(home),
            "CVI_STATE_DIR": str(home / "state"),
        }
        options = ["--mode", mode, "--jobs", str(self._jobs), "--format", "jsonl", "-o", str(results)]
        command = [sys.executable, "-m", "cvi_trakt", "scan", *options, *(case.path for case in self._cases)]
        watch = _Watch()
        done = subprocess.run(command, cwd=home, env=environment, capture_output=True, text=True, check=False)
        seconds, processor_seconds = watch.read()
        if done.returncode not in (0, 1) or not results.exists():  # 1: something could not be read, as is meant
            raise subprocess.CalledProcessError(done.returncode, command, stderr=done.stderr)
        records = [json.loads(line) for line in results.read_text(encoding="utf-8").splitlines()]
        by_path = {record["filename"]: _answer_of(record) for record in records if "filename" in record}
        answers = {case.path: by_path[case.path] for case in self._cases}
        return Checked(name=mode, answers=answers, seconds=seconds, processor_seconds=processor_seconds)

    def full_decode(self) -> Checked:
        """Decode every file plainly; what ffmpeg says, or an exit code, is an alarm."""
        return self._ask(FULL_DECODE, lambda path: [self._ffmpeg, *_READ, path, "-map", "0", "-f", "null", "-"])

    def ffprobe(self) -> Checked:
        """Have ffprobe look at every file; what it says, or an exit code, is an alarm."""
        return self._ask(FFPROBE, lambda path: [self.prober, "-v", "error", path])

    def _ask(self, name: str, command: Callable[[str], list[str]]) -> Checked:
        watch = _Watch()
        paths = [case.path for case in self._cases]
        with ThreadPoolExecutor(self._jobs) as pool:
            answers = dict(zip(paths, pool.map(lambda path: _said(command(path), path), paths), strict=True))
        seconds, processor_seconds = watch.read()
        return Checked(name=name, answers=answers, seconds=seconds, processor_seconds=processor_seconds)

    def _with_the_name_ffmpeg(self) -> Path:
        """Give a folder in which the ffmpeg that decodes has the name by which it is looked for."""
        folder = self._folder / "work" / "programs"
        folder.mkdir(parents=True, exist_ok=True)
        link = folder / "ffmpeg"
        link.unlink(missing_ok=True)
        link.symlink_to(Path(self._ffmpeg).resolve())
        return folder


def bare(line: str) -> str:
    """Take the numbers and addresses out of a line: what is left is the same for many files."""
    return _NUMBER.sub("#", _ADDRESS.sub("", line))


def beyond(full_decode: Checked, deep: Checked, cases: Sequence[Case]) -> list[Case]:
    """Give the damaged files that a full decode finds and a deep scan does not.

    What the full decode says of the intact file, too, finds nothing: it complains of some files that are whole.
    """
    intact = {case.base: full_decode.answers[case.path] for case in cases if case.kind == "intact"}
    more = []
    for case in deep.missed(cases):
        answer = full_decode.answers[case.path]
        usual = intact.get(case.base, Answer(status=_FINE))
        if answer.lines - usual.lines or answer.status not in (_FINE, usual.status):
            more.append(case)
    return more


_READ = ("-nostdin", "-v", "error", "-i")


class _Watch:
    """Measures from when it is made what time passes, and what the processes use that have ended by then."""

    def __init__(self) -> None:
        self._began = self._now()

    def read(self) -> tuple[float, float]:
        """Give the seconds that have passed, and the processor's seconds."""
        passed, used = self._now()
        return passed - self._began[0], used - self._began[1]

    @staticmethod
    def _now() -> tuple[float, float]:
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        return time.monotonic(), children.ru_utime + children.ru_stime


def _answer_of(record: Mapping[str, str]) -> Answer:
    status = "UNREADABLE" if record.get("unreadable") else record["status"]
    words = " | ".join(words for key in ("reason", "error_message") if (words := record.get(key)))
    return Answer(status=status, words=words[:_LONGEST_WORDS])


def _said(command: list[str], path: str) -> Answer:
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    said = done.stderr.decode(errors="replace").replace(path, "FILE").strip()
    if done.returncode == 0 and not said:
        return Answer(status=_FINE)
    lines = frozenset(map(bare, said.splitlines()))
    status = f"exit code {done.returncode}" if done.returncode else "errors"
    return Answer(status=status, words=said[:_LONGEST_WORDS].replace("\n", " | "), lines=lines)
