"""``list-watchlists``: the watchlist and the lists of the account."""

from __future__ import annotations

from pathlib import Path

import click

from cvi_trakt.cli.app import App
from cvi_trakt.cli.options import Command, as_setting, format_option, output_option, token_option
from cvi_trakt.errors import ExitCode
from cvi_trakt.secret import Secret


@click.command("list-watchlists", cls=Command, short_help="Show the watchlist and the lists of the account.")
@format_option
@output_option
@token_option
@click.pass_obj
def command(app: App, form: str, output: Path | None, token: Secret | None) -> ExitCode:
    """Show the watchlist and the lists of the account (also: lists)."""
    from cvi_trakt.library import show
    from cvi_trakt.library.lists import MAIN
    from cvi_trakt.plans import Target

    config = app.settings(as_setting(token))
    app.check_output(output)
    trakt = app.trakt(config, app.needed_token(config))
    lists = show.lists_json(trakt.lists(), trakt.count(Target(name=MAIN)))
    app.show(lists, show.lists_table(lists), form, output)
    return ExitCode.OK
