"""``view``: what is on the watchlist or a list."""

from __future__ import annotations

from pathlib import Path

import click

from cvi_trakt.cli.app import App
from cvi_trakt.cli.options import Command, ListName, as_setting, format_option, output_option, token_option
from cvi_trakt.errors import ExitCode
from cvi_trakt.secret import Secret


@click.command("view", cls=Command, short_help="Show what is on the watchlist or a list.")
@click.option(
    "-w", "--watchlist", type=ListName(), metavar="NAME", help="List to show: a name or slug (default: the main one)."
)
@click.argument("words", nargs=-1, type=ListName(), metavar="[NAME]")
@format_option
@output_option
@token_option
@click.pass_obj
def command(
    app: App, /, watchlist: str | None, words: tuple[str, ...], form: str, output: Path | None, token: Secret | None
) -> ExitCode:
    """Show what is on the watchlist, or on the list NAME."""
    from cvi_trakt.library import show
    from cvi_trakt.library.lists import open_target

    name = " ".join(words) or None  # `view my movies` means one list
    if name is not None and watchlist is not None:
        raise click.UsageError("NAME and --watchlist say the same thing: use one.", click.get_current_context())
    config = app.settings(as_setting(token))
    app.check_output(output)
    trakt = app.trakt(config, app.needed_token(config))
    target = open_target(watchlist or name or config.settings.trakt.default_watchlist, trakt.lists)
    entries = trakt.entries(target)
    app.show(show.entries_json(entries), show.entries_table(entries), form, output)
    if not entries:
        app.console.hint(f"There is nothing on {target.name}.")
    return ExitCode.OK
