"""One run of ``scan``: the videos are found and inspected, the results kept, written and printed."""

from __future__ import annotations

import os
import shlex
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from cvi_trakt.cli.app import App, is_stdout
from cvi_trakt.cli.delivering import TABLE, Delivery
from cvi_trakt.cli.resuming import Resuming
from cvi_trakt.errors import ExitCode
from cvi_trakt.media import Status
from cvi_trakt.output_files import remove_leftovers
from cvi_trakt.scan.find import Found, Wanted, common_folder, find
from cvi_trakt.scan.findings import findings, in_a_line, notes, totals
from cvi_trakt.scan.inspect.ffmpeg import Ffmpeg, FfmpegError, find_ffmpeg
from cvi_trakt.scan.inspect.inspector import Inspector
from cvi_trakt.scan.inspection import Inspection, Mode
from cvi_trakt.scan.kept import Beginning, PartFile, part_beside, part_file
from cvi_trakt.scan.progress import Progress
from cvi_trakt.scan.run import inspections
from cvi_trakt.scan.write import JsonLines, Scan
from cvi_trakt.workers import cores


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What the command line asks of this run, over what the settings say.

    ``form`` is None where it was not said, ``jobs`` for one a core. ``fail_on`` are the statuses that
    make the run fail. ``nice`` is added to the niceness of this process and so of each ffmpeg;
    ``timeout`` is how many seconds an ffmpeg may say nothing.
    """

    paths: tuple[str, ...]
    output: Path | None
    form: str | None
    mode: Mode
    jobs: int | None
    wanted: Wanted
    fail_on: frozenset[Status]
    fresh: bool
    rescan: bool
    nice: int
    timeout: float

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
        self._delivery = Delivery(app.console, form=choice.form, file=choice.file, is_dash=choice.output is not None)
        self._began = time.monotonic()
        self._files: Sequence[Found] = ()
        self._results: dict[str, Inspection] = {}
        self._earlier = 0  # so many of them were not made by this run
        self._unread_folders = 0

    def run(self) -> ExitCode:
        """Do it; gives the exit code. Raises ``CviError`` for what ends a run, or stopped it."""
        self._app.check_output(self._choice.file)
        program = find_ffmpeg(os.environ.get("PATH"))
        os.nice(self._choice.nice)
        with self._keeping() as kept:
            self._files = find(self._choice.paths, self._choice.wanted, self._warn_of_folder)
            if kept is not None:
                self._take_earlier(kept)
            elif self._delivery.form == TABLE and len(self._files) > 1:
                self._console.note("The results are shown at the end, not kept: --output FILE keeps them.")
            try:
                self._inspect(program, kept)
            except BrokenPipeError:  # nobody is there to read the rest
                return self._exit_code()
            except FfmpegError:
                self._console.note(self._what_is_left(kept))
                raise
            except KeyboardInterrupt as signal:
                if self._delivery.form == TABLE:
                    self._console.answer(*findings(self._scan(), self._console.columns))
                raise type(signal)(self._what_is_left(kept)) from None
            scan = self._scan()
            self._delivery.finish(scan, kept)
        self._report(scan)
        return self._exit_code()

    def _keeping(self) -> AbstractContextManager[PartFile | None]:
        """Open what keeps the results while the scan runs, where they are kept."""
        choice = self._choice
        if choice.file is None or not self._delivery.is_kept:
            return nullcontext()
        beginning = Beginning(
            directory=common_folder(choice.paths),
            roots=choice.paths,
            mode=choice.mode,
            since=self._app.now(),
            process=os.getpid(),
        )
        return part_file(part_beside(choice.file), beginning, fresh=choice.fresh, clock=time.monotonic)

    def _take_earlier(self, kept: PartFile) -> None:
        """Take the results that need not be found anew."""
        assert self._choice.file is not None
        remove_leftovers(self._choice.file)
        resuming = Resuming(self._files, self._choice.mode, self._console)
        resuming.go_on_with(kept)
        if not self._choice.rescan:
            resuming.take_over(self._choice.file)
        self._results = resuming.taken
        self._earlier = len(resuming.taken)
        if self._console.verbose:
            self._console.say(*(in_a_line(one, earlier=True) for one in self._in_order()))

    def _inspect(self, program: str, kept: PartFile | None) -> None:
        """Inspect what there is no result of; each result is kept and handed on as soon as it is there."""
        todo = [file for file in self._files if file.path not in self._results]
        jobs = max(1, min(self._choice.jobs or cores(), len(todo)))
        threads = max(1, cores() // jobs)
        clock = time.monotonic
        ffmpeg = Ffmpeg(program, threads=threads, stall=self._choice.timeout, environ=os.environ, clock=clock)
        progress = Progress(self._files, todo, clock)
        inspector = Inspector(ffmpeg, mode=self._choice.mode, clock=clock, watch=progress.watch)
        work = _Work(inspector, ffmpeg, progress, kept, self._results)

        def look() -> None:
            self._console.live(progress)
            if kept is not None:
                kept.settle()

        with (
            self._delivery.lines() as lines,
            self._console.clearing(),
            inspections(todo, work, jobs=jobs, look=look) as results,
        ):
            if lines is not None:
                lines.begin(common_folder(self._choice.paths))
            for one in results:
                progress.finish(one.result.path)
                self._hand_on(one, lines)
            if lines is not None:
                lines.end()

    def _hand_on(self, one: Inspection, lines: JsonLines | None) -> None:
        if lines is not None:
            self._console.end_progress()  # both may be at the same terminal
            lines.add(one)
        if self._console.verbose:
            self._console.say(in_a_line(one, earlier=False))

    def _what_is_left(self, kept: PartFile | None) -> str:
        return self._delivery.when_stopped(len(self._results), len(self._files), kept)

    def _in_order(self) -> list[Inspection]:
        """Give the results that are there, in the order of the files."""
        return [self._results[file.path] for file in self._files if file.path in self._results]

    def _scan(self) -> Scan:
        return Scan(
            directory=common_folder(self._choice.paths),
            mode=self._choice.mode,
            inspections=self._in_order(),
            earlier=self._earlier,
            seconds=time.monotonic() - self._began,
        )

    def _report(self, scan: Scan) -> None:
        """Print what is wrong, and the totals; beside results on standard output only the totals."""
        console, file = self._console, self._choice.file
        if self._delivery.form == TABLE:
            console.answer(*findings(scan, console.columns), totals(scan))
        elif file is not None:
            console.say(*findings(scan, console.columns), totals(scan))
        else:
            console.note(totals(scan))
        if not console.verbose and (odd := notes(scan)):
            console.note(odd)
        if file is not None:
            console.note(f"Written to {file}")
            console.hint(f"Next: cvi-trakt sync {shlex.quote(str(file))} --dry-run")
        for why in self._failures():
            failure = f"Exit code {ExitCode.PARTIAL:d}, because {why}"
            if console.quiet:
                console.warn(failure)
            else:
                console.note(failure)

    def _failures(self) -> list[str]:
        """Say in words what makes the exit code 1."""
        counts = Counter(one.result.status for one in self._results.values())
        asked_for = [status for status in Status if counts[status] and status in self._choice.fail_on]
        failures = []
        if self._unread_folders or counts[Status.UNREADABLE]:
            failures.append("some of it could not be read; the rest was checked.")
        if asked_for:
            found = ", ".join(f"{counts[status]} {status.lower()}" for status in asked_for)
            failures.append(f"of --fail-on: {found}.")
        return failures

    def _exit_code(self) -> ExitCode:
        return ExitCode.PARTIAL if self._failures() else ExitCode.OK

    def _warn_of_folder(self, folder: str, why: str) -> None:
        self._unread_folders += 1
        self._console.warn(f"{folder}: the folder cannot be read: {why}")


@dataclass(frozen=True, slots=True)
class _Work:
    """What is done with each file: it is inspected, and its result kept at once, also among the ``results``."""

    inspector: Inspector
    ffmpeg: Ffmpeg
    progress: Progress
    kept: PartFile | None
    results: dict[str, Inspection]

    def inspect(self, file: Found) -> Inspection:
        self.progress.begin(file)
        return self.inspector.inspect(file.path)

    def keep(self, one: Inspection) -> None:
        if self.kept is not None:
            self.kept.add(one)
        self.results[one.result.path] = one

    def stop(self) -> None:
        self.ffmpeg.stop()
