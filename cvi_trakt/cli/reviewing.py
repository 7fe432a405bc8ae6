"""One run of ``review``: what is held is asked about, and the answers are kept."""

from __future__ import annotations

from collections.abc import Iterable

from cvi_trakt import pipeline
from cvi_trakt.cli import held_works
from cvi_trakt.cli.app import App
from cvi_trakt.cli.late_trakt import LateTrakt
from cvi_trakt.config import Config
from cvi_trakt.errors import CviError, NoTerminalError
from cvi_trakt.match.choose import Chooser
from cvi_trakt.match.questions import Questions
from cvi_trakt.match.search import Matcher
from cvi_trakt.matches import Declined, Sure
from cvi_trakt.prompt import Terminal
from cvi_trakt.sync.plan import Decided


class Review:
    """Asks about works without their files: from what earlier runs kept of them."""

    def __init__(self, app: App, config: Config) -> None:
        self._app = app
        self._config = config
        self._console = app.console

    def run(self, kind: str | None, limit: int | None) -> None:
        """Ask, and say how many are settled. Raises ``CviError``, and ``KeyboardInterrupt`` when it is stopped."""
        with self._open_terminal() as terminal:
            decisions = self._app.decisions(self._config)
            held = {one.match.work: one.match for one in held_works.find(decisions, kind, limit)}
            if not held:
                self._console.say("Nothing is held: there is nothing to review.")
                return
            decisions.check_writable()
            trakt = LateTrakt(self._app, self._config)
            chooser = Chooser(terminal, Questions(Matcher(trakt, decisions), trakt, target=None), decisions)
            try:
                decided = pipeline.decide_all(tuple(held), held.__getitem__, _in_silence, choose=chooser.choose)
            except KeyboardInterrupt as signal:
                raise type(signal)("your answers so far are kept") from None
            except CviError:
                self._console.insist("Your answers so far are kept.")
                raise
        self._console.say(_summary(decided))

    def _open_terminal(self) -> Terminal:
        try:
            return self._app.terminal()
        except NoTerminalError as error:
            how = "Run it in a terminal, or see what is held with: cvi-trakt review --list"
            raise NoTerminalError(f"review: {error}. {how}") from error


def _in_silence(done: int, total: int | None, label: str) -> None:
    """Say nothing of how far it is: each question does."""


def _summary(decided: Iterable[Decided]) -> str:
    every = list(decided)
    settled = sum(isinstance(one, Sure) or (isinstance(one, Declined) and one.is_final) for one in every)
    works = "1 work" if len(every) == 1 else f"{len(every)} works"
    if not settled:
        return f"Nothing of {works} is settled; what is held stays held."
    return f"Settled: {settled} of {works}. The next `cvi-trakt sync` takes up what you said."
