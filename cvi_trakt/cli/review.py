"""``review``: settle the works that earlier runs held back."""

from __future__ import annotations

import click

from cvi_trakt.cli.app import App
from cvi_trakt.cli.options import Command
from cvi_trakt.errors import ExitCode
from cvi_trakt.media import Kind


@click.command("review", cls=Command, short_help="Settle the works that earlier runs held back.")
@click.option("--kind", type=click.Choice([str(kind) for kind in Kind]), help="Only films (movie), or only shows.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Take only the first N works.")
@click.option("--list", "lists", is_flag=True, help="Print what is held, and ask nothing.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"], case_sensitive=False),
    help="With --list: text for people (default), JSON for programs.",
)
@click.pass_obj
def command(app: App, kind: str | None, limit: int | None, lists: bool, form: str | None) -> ExitCode:
    """Settle the works that earlier runs held back.

    Asks at the terminal about each, with the candidates that were found then. Nothing is written to Trakt: the
    next sync takes up what you said.
    """
    from cvi_trakt.cli import held_works
    from cvi_trakt.cli.reviewing import Review

    if form is not None and not lists:
        raise click.UsageError("--format is for --list.", click.get_current_context())
    config = app.settings()
    if not lists:
        Review(app, config).run(kind, limit)
        return ExitCode.OK
    held = held_works.find(app.decisions(config), kind, limit)
    app.show(held_works.as_json(held), held_works.as_text(held), form or "text", None)
    return ExitCode.OK
