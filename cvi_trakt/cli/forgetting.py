"""``decisions forget``: which go, asked before many do."""

from __future__ import annotations

from collections.abc import Sequence

from cvi_trakt.cli.app import App
from cvi_trakt.errors import NoTerminalError
from cvi_trakt.matches import DecidedBy
from cvi_trakt.store import listing


def forget(app: App, words: Sequence[str], kind: str | None, by: str | None, *, everyones: bool, yes: bool) -> None:
    """Forget what is chosen, and say how many; a person's only when they are meant.

    Raises ``NoTerminalError`` where it would have to ask and cannot.
    """
    decisions = app.decisions(app.settings())
    fitting = listing.choose(decisions.kept(), words, kind, by)
    spares = by is None and not everyones
    going = [one for one in fitting if not (spares and one.decided_by is DecidedBy.PERSON)]
    spared = len(fitting) - len(going)
    if len(going) > 1 and not yes and not _agrees(app, len(going)):
        app.console.say("Nothing was forgotten.")
        return
    gone = decisions.drop(going) if going else 0
    app.console.say(f"Forgotten: {_counted(gone)}")
    if spared:
        app.console.note(f"Kept: {_counted(spared)} by a person; --by person or --all forgets these, too")


def _agrees(app: App, number: int) -> bool:
    try:
        with app.terminal() as terminal:
            return terminal.confirm(f"Forget {_counted(number)}?", default=False)
    except NoTerminalError as error:
        raise NoTerminalError(
            f"{_counted(number)} would be forgotten, and {error}. Add --yes to forget them."
        ) from error


def _counted(number: int) -> str:
    return "1 decision" if number == 1 else f"{number} decisions"
