"""One run of ``sync``: the edges are built, the stages called in order, their results printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cvi_trakt import pipeline
from cvi_trakt.choices import Back
from cvi_trakt.cli import naming
from cvi_trakt.cli.app import App, is_stdout
from cvi_trakt.cli.opening import Opening
from cvi_trakt.cli.target_read import There
from cvi_trakt.config import Config
from cvi_trakt.console import write_file
from cvi_trakt.errors import CviError, ExitCode, NoTerminalError
from cvi_trakt.identify.declared import Sources
from cvi_trakt.match.ahead import Ahead
from cvi_trakt.match.choose import Chooser
from cvi_trakt.match.questions import Questions
from cvi_trakt.match.search import Matcher
from cvi_trakt.match.there import Shelf
from cvi_trakt.matches import Held, Match
from cvi_trakt.media import Kind, Level, Status
from cvi_trakt.pipeline import Collected, Selection
from cvi_trakt.plans import Plan, Target
from cvi_trakt.scan.results.reader import ScanReader
from cvi_trakt.scan.results.tally import STDIN
from cvi_trakt.store.decisions import Decisions
from cvi_trakt.sync import report
from cvi_trakt.sync.apply import Application
from cvi_trakt.sync.document import Run, to_json
from cvi_trakt.sync.plan import Decided
from cvi_trakt.sync.planfile import to_yaml
from cvi_trakt.trakt_api.client import Trakt
from cvi_trakt.trakt_api.targets import AccountTargets

if TYPE_CHECKING:
    from cvi_trakt.prompt import Terminal


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What the command line asks of this run, beside the settings."""

    scans: tuple[str, ...]
    target: str | None
    dry_run: bool
    refresh: bool
    output: Path | None
    plan_out: Path | None
    interactive: bool = False
    names: tuple[str, ...] = ()  # what the transcript calls the scans, where their paths say nothing

    @property
    def writes(self) -> bool:
        """Whether Trakt is written to: not in a dry run, and not when the plan goes into a file."""
        return not self.dry_run and self.plan_out is None


class SyncRun:
    """One run, from its inputs to its report."""

    def __init__(self, app: App, choice: Choice, config: Config) -> None:
        self._app = app
        self._choice = choice
        self._config = config
        self._sync = config.settings.sync
        self._id = app.new_run()
        self._console = app.console

    def run(self) -> ExitCode:
        """Do it; gives the exit code. Raises ``CviError`` for what ends a run before its report, or stopped it."""
        if not self._choice.interactive:
            return self._run(None)
        with self._open_terminal() as terminal:
            return self._run(terminal)

    def _open_terminal(self) -> Terminal:
        try:
            return self._app.terminal()
        except NoTerminalError as error:
            raise NoTerminalError(f"--interactive: {error}. Run it in a terminal, or leave the option out.") from error

    def _run(self, terminal: Terminal | None) -> ExitCode:
        app, choice = self._app, self._choice
        if self._sync.format == "json" or is_stdout(choice.output):
            self._console.reserve_stdout()
        app.check_output(choice.output)
        app.check_output(choice.plan_out)
        inputs = pipeline.open_inputs(choice.scans, app.stdin, self._console.warn)
        found = naming.sources(self._config, base=str(Path.cwd()))
        opening = Opening(app, self._config, writes=choice.writes)
        token = opening.token()
        self._say_start()
        trakt, targets = opening.sign_in(token)
        target = opening.target(choice.target, targets)
        if targets is not None and choice.writes:
            with app.writing_run(self._config, targets.account):
                pass  # known to be busy now rather than after the search
        decisions = app.decisions(self._config)
        if terminal is not None:
            decisions.check_writable()
        there = There(target, targets)
        matcher = Matcher(trakt, decisions, Shelf(there.works, self._kinds_in_whole()))
        try:
            collected, decided = self._decide(inputs, found, matcher, trakt, decisions, target, terminal)
        except KeyboardInterrupt as signal:
            kept = "your answers so far are kept" if terminal is not None else "what was matched so far is remembered"
            raise type(signal)(f"nothing was written; {kept}") from None
        except CviError:
            if terminal is not None:
                self._console.insist("Nothing was written; your answers so far are kept.")
            raise
        finally:
            decisions.flush()
            self._console.end_progress()
        if targets is None or not choice.writes:
            plan = pipeline.plan(decided, target, self._sync.level, targets, there.still())
            return self._finish(collected, plan, trakt, None)
        with app.writing_run(self._config, targets.account):
            plan = pipeline.plan(decided, target, self._sync.level, targets, there.still())
            return self._finish(collected, plan, trakt, targets)

    def _decide(
        self,
        inputs: Iterator[ScanReader],
        found: Sources,
        matcher: Matcher,
        trakt: Trakt,
        decisions: Decisions,
        target: Target,
        terminal: Terminal | None,
    ) -> tuple[Collected, tuple[Decided, ...]]:
        # looking ahead would search more than --limit takes, and before --refresh forgets
        looks_ahead = STDIN in self._choice.scans and self._sync.limit is None and not self._choice.refresh
        with naming.opened(self._app, self._config, found) as names:
            collected = pipeline.collect(
                inputs,
                Selection(
                    statuses=self._config.settings.trakt.include_statuses,
                    assume_healthy=self._sync.assume_healthy,
                    limit=self._sync.limit,
                    base=str(Path.cwd()),
                ),
                names,
                early=matcher.match if looks_ahead else None,
                progress=self._console.progress,
            )
        self._say_found(collected, target)
        if self._choice.refresh:
            decisions.forget(pipeline.works_of(collected.subjects))
        choose = None
        if terminal is not None:
            questions = Questions(matcher, trakt, target=target.name)
            chooser = Chooser(terminal, questions, decisions, asks_again=self._choice.refresh)
            choose = partial(self._choose, chooser)
        works = tuple(pipeline.works_of(collected.subjects))
        with Ahead(matcher, works, call_off=self._app.waiting.call_off) as ahead:
            progress = self._console.progress
            return collected, pipeline.decide_all(collected.subjects, ahead.match, progress, choose=choose)

    def _kinds_in_whole(self) -> frozenset[Kind]:
        """Say what the target holds as wholes: at a finer level, a show that is there may lack episodes."""
        return frozenset(Kind) if self._sync.level is Level.SHOW else frozenset({Kind.MOVIE})

    def _choose(self, chooser: Chooser, match: Match, place: str) -> Match | Back:
        self._console.end_progress()  # no live line on the screen of a question
        return chooser.choose(match, place)

    def _finish(self, collected: Collected, plan: Plan, trakt: Trakt, targets: AccountTargets | None) -> ExitCode:
        """Apply the plan where there are ``targets`` to write to, and report."""
        most = self._sync.max_adds
        too_many = most is not None and targets is not None and plan.to_add() > most
        plan_file = self._app.plan_file(self._config, self._id) if too_many else self._choice.plan_out
        if plan_file is not None:
            write_file(plan_file, [to_yaml(plan, self._id).rstrip()])
        transcript = report.Transcript(plan.target, len(plan.outcomes), verbose=self._console.verbose)
        stopped = None
        if targets is None or too_many:
            self._console.stream(transcript.lines(plan.outcomes))
        else:
            stopped = self._apply(Application(plan, targets, tell=self._console.note), transcript)
        self._report(collected, transcript, trakt, dry_run=targets is None or too_many)
        if plan_file is not None:
            self._console.note(f"The plan is in {plan_file}")
        if stopped is not None:
            raise stopped
        if too_many:
            works = "1 work" if plan.to_add() == 1 else f"{plan.to_add()} works"
            self._console.warn(f"{works} would be added, more than --max-adds {most}: nothing was written")
        asks_later = not self._choice.interactive and not self._choice.names
        if asks_later and any(isinstance(one.match, Held) for one in transcript.outcomes):
            self._console.hint("What is held waits for your word: cvi-trakt review")
        code = report.exit_code(transcript.outcomes, strict=self._sync.strict)
        if code != ExitCode.OK and self._console.quiet:
            self._console.warn(report.shortfall(transcript.outcomes))
        return ExitCode.PARTIAL if collected.damaged or too_many else code

    def _apply(self, application: Application, transcript: report.Transcript) -> CviError | KeyboardInterrupt | None:
        """Apply and print; a signal between two batches ends the writing, not the telling."""
        try:
            self._console.stream(transcript.lines(application.outcomes()))
        except KeyboardInterrupt as signal:
            application.stop(signal)
            self._console.stream(transcript.lines(application.outcomes(after=len(transcript.outcomes))))
        if isinstance(application.stopped, KeyboardInterrupt):
            return type(application.stopped)("what was written stays, the rest was not sent; see the report")
        return application.stopped

    def _report(self, collected: Collected, transcript: report.Transcript, trakt: Trakt, *, dry_run: bool) -> None:
        if collected.subjects:
            head = "Dry run: nothing was written" if self._choice.dry_run else "Nothing was written: see the plan"
            counts = report.count(transcript.outcomes)
            self._console.say(*report.summary(counts, head=head if dry_run else None))
        else:
            self._console.say("No media items found")
        run = Run(
            id=self._id,
            target=transcript.target,
            dry_run=dry_run,
            filtered=collected.filtered,
            requests=trakt.requests,
        )
        document = to_json(run, transcript.outcomes)
        self._app.deliver(document, self._choice.output, to_stdout=self._sync.format == "json")

    def _say_start(self) -> None:
        if self._console.verbose:
            self._console.say("Starting Trakt watchlist sync...")
            self._console.say(*(f"Processing scan file: {name}" for name in self._choice.names or self._choice.scans))

    def _say_found(self, collected: Collected, target: Target) -> None:
        if collected.filtered:
            counts = ", ".join(f"{number} {status}" for status, number in collected.filtered.items())
            hint = "; --assume-healthy takes the UNKNOWN" if Status.UNKNOWN in collected.filtered else ""
            self._console.note(f"Left out by status: {counts}{hint}")
        for damaged in collected.damaged:
            self._console.warn(damaged)
        if self._console.verbose and collected.subjects:
            count = len(collected.subjects)
            self._console.say(f"Found {count} media {'item' if count == 1 else 'items'} to sync")
            self._console.say(f"Searching and adding to {target.name}..." if self._choice.writes else "Searching...")
