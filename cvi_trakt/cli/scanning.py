"""One run of ``scan``: the videos are found and inspected, the results written or printed."""

from __future__ import annotations

import os
import shlex
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from cvi_trakt.cli.app import App, is_stdout
from cvi_trakt.errors import ExitCode, OutputLostError
from cvi_trakt.media import Status
from cvi_trakt.scan.ffmpeg import Ffmpeg, find_ffmpeg
from cvi_trakt.scan.find import common_folder, find
from cvi_trakt.scan.inspect import Inspection, Inspector
from cvi_trakt.scan.run import inspections
from cvi_trakt.scan.write import JsonLines, Scan, document, findings, totals
from cvi_trakt.workers import cores


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What the command line asks of this run. ``form`` is None where it was not said."""

    paths: tuple[str, ...]
    output: Path | None
    form: str | None
    jobs: int | None

    @property
    def file(self) -> Path | None:
        """The file that the results go to; None for standard output."""
        return None if self.output is None or is_stdout(self.output) else self.output


class ScanRun:
    """One run, from its paths to its results."""

    def __init__(self, app: App, choice: Choice) -> None:
        self._app = app
        self._choice = choice
        self._console = app.console
        self._unread_folders = 0
        self._done: list[Inspection] = []

    def run(self) -> ExitCode:
        """Do it; gives the exit code. Raises ``CviError`` for what ends a run, or stopped it."""
        choice, began = self._choice, time.monotonic()
        self._app.check_output(choice.file)
        videos = find(choice.paths, self._warn_of_folder)
        program = find_ffmpeg(os.environ.get("PATH"))
        directory = common_folder(choice.paths)
        form = choice.form or self._usual_form()
        if form == "table" and len(videos) > 1:
            self._console.note("The results are shown at the end, not kept: --output FILE keeps them.")
        if choice.file is None and form != "table":
            self._console.reserve_stdout()
        with self._lines(form) as lines:
            try:
                self._inspect(videos, program, lines, directory)
            except BrokenPipeError:  # nobody is there to read the rest
                return self._exit_code()
            except KeyboardInterrupt as signal:
                self._console.end_progress()
                if form == "table":
                    self._console.answer(*findings(self._scan(directory, began)))
                raise type(signal)(self._what_is_kept(len(videos), form)) from None
        self._console.end_progress()
        scan = self._scan(directory, began)
        if form == "json":
            self._app.deliver(document(scan), choice.file, to_stdout=choice.file is None)
        self._report(scan, form)
        if choice.file is not None:
            self._console.note(f"Written to {choice.file}")
            self._console.hint(f"Next: cvi-trakt sync {shlex.quote(str(choice.file))} --dry-run")
        code = self._exit_code()
        if code is not ExitCode.OK:
            self._console.note("Exit code 1, because some of it could not be read; the rest was checked.")
        return code

    def _inspect(self, videos: list[str], program: str, lines: JsonLines | None, directory: str | None) -> None:
        jobs = min(self._choice.jobs or cores(), len(videos))
        ffmpeg = Ffmpeg(program, threads=max(1, cores() // jobs), environ=os.environ, clock=time.monotonic)
        inspector = Inspector(ffmpeg, clock=time.monotonic)
        if lines is not None:
            lines.begin(directory)
        with inspections(
            videos, inspector.inspect, jobs=jobs, stop=ffmpeg.stop, progress=self._console.progress
        ) as results:
            for one in results:
                self._done.append(one)
                if lines is not None:
                    self._console.end_progress()  # both may be at the same terminal
                    lines.add(one)
                if self._console.verbose:
                    self._console.say(f"{one.result.status} {one.result.path}")
        if lines is not None:
            lines.end()

    def _usual_form(self) -> str:
        if self._choice.file is not None:
            return "json"
        return "table" if self._choice.output is None and sys.stdout.isatty() else "jsonl"

    @contextmanager
    def _lines(self, form: str) -> Iterator[JsonLines | None]:
        """Open what JSON Lines go to; None where the results are written at the end."""
        if form != "jsonl":
            yield None
        elif self._choice.file is None:
            yield JsonLines(sys.stdout, "standard output")
        else:
            with _open(self._choice.file) as stream:
                yield JsonLines(stream, str(self._choice.file))

    def _scan(self, directory: str | None, began: float) -> Scan:
        return Scan(directory=directory, inspections=tuple(self._done), seconds=time.monotonic() - began)

    def _report(self, scan: Scan, form: str) -> None:
        """Print what is wrong, and the totals; beside results on standard output only the totals."""
        if form == "table":
            self._console.answer(*findings(scan), totals(scan))
        elif self._choice.file is not None:
            self._console.say(*findings(scan), totals(scan))
        else:
            self._console.note(totals(scan))

    def _what_is_kept(self, videos: int, form: str) -> str:
        done = f"{len(self._done)} of {videos} files were checked"
        if form == "jsonl":
            return f"{done}; what was written stays, without the closing line"
        if form == "json":
            return f"{done}; nothing was written (--format jsonl keeps what is done)"
        return done

    def _warn_of_folder(self, folder: str, why: str) -> None:
        self._unread_folders += 1
        self._console.warn(f"{folder}: the folder cannot be read: {why}")

    def _exit_code(self) -> ExitCode:
        unread = self._unread_folders or any(one.result.status is Status.UNREADABLE for one in self._done)
        return ExitCode.PARTIAL if unread else ExitCode.OK


def _open(file: Path) -> TextIO:
    try:
        return file.open("w", encoding="utf-8")
    except OSError as error:
        raise OutputLostError(f"{file}: cannot be written: {error.strerror}; name another file") from error
