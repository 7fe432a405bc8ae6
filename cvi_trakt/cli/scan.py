"""``scan``: videos → scan results."""

from __future__ import annotations

import os
from pathlib import Path

import click

from cvi_trakt.cli.app import App, is_stdout
from cvi_trakt.cli.options import Command, output_option
from cvi_trakt.errors import ExitCode
from cvi_trakt.scan.find import is_video_name


@click.command(
    "scan",
    cls=Command,
    short_help="Check videos with ffmpeg.",
    epilog="Exit codes: 0 done, also when damaged files were found, 1 something could not be read, "
    "2 wrong option or input, or no ffmpeg.",
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@output_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "jsonl"], case_sensitive=False),
    help="json: one document at the end; jsonl: a line for each file as soon as it is done.",
)
@click.option(
    "--jobs", type=click.IntRange(min=1), metavar="N", help="Files that are checked at once (default: cores)."
)
@click.pass_obj
def command(app: App, paths: tuple[str, ...], output: Path | None, form: str | None, jobs: int | None) -> ExitCode:
    """Check videos with ffmpeg, and write scan results.

    PATH is a video, or a folder with videos in it and in the folders below. Every file is decoded
    from its beginning to its end, which takes its time. Without --output the results go to standard
    output: as a table on a terminal, as JSON Lines into a pipe.
    """
    from cvi_trakt.cli.scanning import Choice, ScanRun

    _refuse_to_write_over_a_video(paths, output)
    return ScanRun(app, Choice(paths=paths, output=output, form=form, jobs=jobs)).run()


def _refuse_to_write_over_a_video(paths: tuple[str, ...], output: Path | None) -> None:
    if output is None or is_stdout(output):
        return
    real = os.path.realpath(output)
    if is_video_name(real) or real in map(os.path.realpath, paths):
        raise click.UsageError("--output would write over a video: name another file.", click.get_current_context())
