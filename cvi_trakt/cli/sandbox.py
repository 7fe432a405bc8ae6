"""``sandbox``: the local stand-in for Trakt."""

from __future__ import annotations

from pathlib import Path

import click

from cvi_trakt.cli.app import App
from cvi_trakt.cli.options import Command
from cvi_trakt.errors import ExitCode


@click.command("sandbox", cls=Command, short_help="Serve a local stand-in for Trakt.")
@click.option("--port", type=click.IntRange(0, 65535), default=8080, show_default=True, help="Port; 0 takes any.")
@click.option(
    "--catalogue",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Films and shows from this SQLite file.",
)
@click.option("--state", type=click.Path(path_type=Path), metavar="FILE", help="Keep the accounts in this file.")
@click.pass_obj
def command(app: App, port: int, catalogue: Path | None, state: Path | None) -> ExitCode:
    """Serve a local stand-in for Trakt on this machine, for trying without an account.

    It prints the settings that point the other commands at it. Ctrl-C ends it.
    """
    from cvi_trakt.sandbox.launch import run

    run(port=port, catalogue=catalogue, state=state, say=app.console.answer)
    return ExitCode.OK
