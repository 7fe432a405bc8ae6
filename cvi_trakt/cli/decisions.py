"""``decisions``: list, forget, export and import what was decided about works."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from cvi_trakt.cli.app import App
from cvi_trakt.cli.options import Command, CommandGroup, format_option
from cvi_trakt.errors import ExitCode
from cvi_trakt.matches import DecidedBy
from cvi_trakt.media import Kind

F = TypeVar("F", bound=Callable[..., Any])


def _chosen(function: F) -> F:
    """Add what chooses decisions: words, ``--kind`` and ``--by``."""
    by = click.Choice([str(one) for one in DecidedBy])
    function = click.option("--by", type=by, help="Only what a person, the score, an id or the target decided.")(
        function
    )
    function = click.option("--kind", type=click.Choice([str(one) for one in Kind]), help="Only films, or only shows.")(
        function
    )
    return click.argument("words", nargs=-1, metavar="[WORDS]...")(function)


@click.group("decisions", cls=CommandGroup, short_help="List, forget and share what was decided.")
def command() -> None:
    """List, forget and share what was decided about films and shows."""


@command.command("list", cls=Command)
@_chosen
@format_option
@click.pass_obj
def list_command(app: App, words: tuple[str, ...], kind: str | None, by: str | None, form: str) -> ExitCode:
    """List the decisions, or those in which all the WORDS stand."""
    from cvi_trakt.store import listing

    found = listing.choose(app.decisions(app.settings()).kept(), words, kind, by)
    app.show(listing.as_json(found), listing.as_table(found), form, None)
    return ExitCode.OK


@command.command("forget", cls=Command)
@_chosen
@click.option("--all", "everyones", is_flag=True, help="Also a person's; without WORDS, all there are.")
@click.option("--yes", is_flag=True, help="Do not ask before more than one is forgotten.")
@click.pass_obj
def forget(app: App, /, words: tuple[str, ...], everyones: bool, yes: bool, **which: str | None) -> ExitCode:
    """Forget the decisions in which all the WORDS stand; the next sync searches and asks anew.

    What a person decided goes only with --by person or --all.
    """
    from cvi_trakt.cli.forgetting import forget as run

    context = click.get_current_context()
    if not words and not everyones and not any(which.values()):
        raise click.UsageError("say which: WORDS, --kind, --by, or --all.", context)
    run(app, words, which["kind"], which["by"], everyones=everyones, yes=yes)
    return ExitCode.OK


@command.command("export", cls=Command)
@_chosen
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write the YAML to this file.")
@click.pass_obj
def export(app: App, words: tuple[str, ...], kind: str | None, by: str | None, output: Path | None) -> ExitCode:
    """Write decisions as YAML, to be read, edited and shared: a person's, unless --by says otherwise."""
    from cvi_trakt.cli.sharing_decisions import export as run

    run(app, words, kind, by or str(DecidedBy.PERSON), output)
    return ExitCode.OK


@command.command("import", cls=Command)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Also take those that say something else than you have decided.")
@click.pass_obj
def import_command(app: App, file: Path, replace: bool) -> ExitCode:
    """Take in decisions from a FILE as export writes it; '-' is standard input.

    They count as a person's. The whole file is checked before any is taken.
    """
    from cvi_trakt.cli.sharing_decisions import take_in

    take_in(app, file, replace=replace)
    return ExitCode.OK
