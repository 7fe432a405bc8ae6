"""``explain``: why a path is which film or show."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from cvi_trakt.cli.app import App
from cvi_trakt.cli.options import Command, as_setting, token_option
from cvi_trakt.errors import ExitCode


@click.command("explain", cls=Command, short_help="Show why a path is which film or show.")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--root", metavar="DIR", help="The library's folder: what is above it says nothing.")
@click.option(
    "--ids",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="A list of paths and their ids, as for sync.",
)
@click.option(
    "--no-nfo", is_flag=True, default=None, help="Do not look for NFO files and .plexmatch beside the videos."
)
@click.option("--no-search", is_flag=True, help="Ask Trakt nothing: show what is read, and what would be asked.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
@token_option
@click.pass_obj
def command(app: App, /, **given: Any) -> ExitCode:
    """Show why each PATH is which film or show.

    Prints every piece of evidence, each reading of the name, the requests that were made, the candidates with the
    parts of their distance, and the decision. The files need not exist; nothing is written or remembered. Without a
    client id, or with --no-search, nothing is asked.
    """
    from cvi_trakt.cli.explaining import explained

    config = app.settings(
        {
            **as_setting(given["token"]),
            "sync.root": given["root"],
            "sync.ids": given["ids"] and str(given["ids"]),
            "sync.nfo": None if given["no_nfo"] is None else not given["no_nfo"],
        }
    )
    document, lines = explained(app, config, given["paths"], asks=not given["no_search"])
    app.show(document, lines, "json" if given["as_json"] else "text", None)
    return ExitCode.OK
