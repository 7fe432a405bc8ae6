"""``config``: show, check and write the settings."""

from __future__ import annotations

import click

from cvi_trakt.cli.app import App
from cvi_trakt.cli.options import Command, CommandGroup, format_option
from cvi_trakt.errors import ExitCode


@click.group("config", cls=CommandGroup, short_help="Show, check or write the settings.")
def command() -> None:
    """Show, check or write the settings."""


@command.command("show", cls=Command)
@format_option
@click.pass_obj
def show(app: App, form: str) -> ExitCode:
    """Show the effective settings, each with where it came from; secrets are masked."""
    from cvi_trakt import settings_text

    found = app.settings()
    app.show(settings_text.as_json(found), settings_text.as_table(found), form, None)
    return ExitCode.OK


@command.command("check", cls=Command)
@click.pass_obj
def check(app: App) -> ExitCode:
    """Check the settings and the credentials, without asking Trakt."""
    from cvi_trakt import settings_text

    found = app.settings()
    found.check_credentials()
    app.console.answer(*settings_text.verdict(found))
    return ExitCode.OK


@command.command("init", cls=Command)
@click.option("--force", is_flag=True, help="Replace a settings file that is there.")
@click.pass_obj
def init(app: App, force: bool) -> ExitCode:
    """Write a settings file with every key and its default, commented.

    It goes where --config or CVI_CONFIG say, else into the user's config folder.
    """
    from cvi_trakt import settings_file

    written = settings_file.write(app.settings_file(), force=force)
    app.console.answer(f"Settings written to {written}")
    return ExitCode.OK
