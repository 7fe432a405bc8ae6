"""``scan``: videos → scan results."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from cvi_trakt.cli.app import App, is_stdout
from cvi_trakt.cli.options import Command
from cvi_trakt.errors import ExitCode
from cvi_trakt.media import Status
from cvi_trakt.scan.find import VIDEO_EXTENSIONS, Wanted, chosen_extensions, is_video_name
from cvi_trakt.scan.inspection import Mode
from cvi_trakt.settings import ScanSettings
from cvi_trakt.settings_values import Parser, bad_statuses, endings, globs, number, size, whole


class Value(click.ParamType[Any]):
    """The value of an option, read as the setting of the same name is."""

    name = "value"

    def __init__(self, parse: Parser) -> None:
        self._parse = parse

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Read what was given; the complaint quotes it."""
        try:
            return self._parse(value)
        except ValueError as error:
            self.fail(f"{error}, not {value!r}", param, ctx)


@click.command(
    "scan",
    cls=Command,
    short_help="Check videos with ffmpeg.",
    epilog="Exit codes: 0 done, also when damaged files were found, 1 something could not be read, or files of "
    "--fail-on were found, 2 wrong option, setting or input, or no ffmpeg, 3 another scan writes to the same file, "
    "130 stopped by Ctrl-C.",
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write the results to this file.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "jsonl", "csv"], case_sensitive=False),
    help="json: one document (default for a file); jsonl: JSON Lines (default for a pipe); csv: a table for programs.",
)
@click.option(
    "--mode",
    type=click.Choice([str(mode) for mode in Mode], case_sensitive=False),
    help="How thoroughly files are checked: see above.",
)
@click.option(
    "--jobs", type=click.IntRange(min=1), metavar="N", help="Files that are checked at once (default: cores)."
)
@click.option(
    "--exclude",
    multiple=True,
    type=Value(lambda one: globs([one])),
    metavar="GLOB",
    help="Leave out files and folders of this name; with a slash in it, of this path below PATH, where ** stands for "
    "any number of folders; with a slash before it, of this whole path; with a slash behind it, folders only. "
    "Repeatable.",
)
@click.option(
    "--min-size",
    type=Value(size),
    metavar="SIZE",
    help="Leave out smaller files: bytes, or 50M, 1.5GiB (by 1024), 50MB (by 1000).",
)
@click.option(
    "--extensions",
    multiple=True,
    type=Value(endings),
    metavar="EXT[,EXT...]",
    help="Which files of a folder are videos: mkv,mp4 instead of the usual ones, or +iso,-ts beside them.",
)
@click.option(
    "--fail-on",
    multiple=True,
    type=Value(bad_statuses),
    metavar="STATUS",
    help="Exit 1 also when such files were found: corrupt, or suspicious, which means corrupt ones, too.",
)
@click.option("--fresh", is_flag=True, help="Start over, where a scan into the same --output FILE was cut off.")
@click.option("--rescan", is_flag=True, help="Check also the files that have not changed since FILE was written.")
@click.option(
    "--nice",
    type=Value(whole(0, 19)),
    metavar="N",
    help="Let other programs go first: 0 (default, not) to 19.",
)
@click.option(
    "--timeout",
    type=Value(number(1)),
    metavar="SECONDS",
    help="Give a file up when ffmpeg says nothing for so long (default: 300).",
)
@click.pass_obj
def command(app: App, /, **given: Any) -> ExitCode:
    """Check videos with ffmpeg, and write scan results.

    PATH is a video, or a folder with videos in it and in the folders below. Without --output the
    results go to standard output: as a table on a terminal, as JSON Lines into a pipe.

    \b
    --mode quick   header, structure and samples: fast, not thorough
    --mode deep    every picture and all sound are decoded: thorough, slow
    --mode hybrid  quick, then deep for what looks suspicious (the default)
    """  # noqa: D301 - Click wants the character, not its name
    from cvi_trakt.cli.scanning import Choice, ScanRun

    scan = app.settings(_settings(given)).settings.scan
    wanted = wanted_by(scan)
    _refuse_to_write_over_a_video(given["paths"], given["output"], wanted)
    choice = Choice(
        paths=given["paths"],
        output=given["output"],
        form=given["form"],
        mode=Mode(scan.mode),
        jobs=scan.jobs,
        wanted=wanted,
        fail_on=_or_worse(scan.fail_on),
        fresh=given["fresh"],
        rescan=given["rescan"],
        nice=scan.nice,
        timeout=scan.timeout,
    )
    return ScanRun(app, choice).run()


def wanted_by(scan: ScanSettings) -> Wanted:
    """Say which files of a folder the settings ask for."""
    return Wanted(extensions=chosen_extensions(scan.extensions), exclude=scan.exclude, min_size=scan.min_size)


def _settings(given: dict[str, Any]) -> dict[str, object]:
    """Name the settings that the command line overrides; None is not given."""
    return {
        "scan.mode": given["mode"],
        "scan.jobs": given["jobs"],
        "scan.extensions": _together(given["extensions"]),
        "scan.exclude": _together(given["exclude"]),
        "scan.min_size": given["min_size"],
        "scan.fail_on": _together(given["fail_on"]),
        "scan.nice": given["nice"],
        "scan.timeout": given["timeout"],
    }


def _together(given: Iterable[tuple[Any, ...]]) -> list[Any] | None:
    return [one for several in given for one in several] or None


def _or_worse(statuses: tuple[Status, ...]) -> frozenset[Status]:
    return frozenset({*statuses, Status.CORRUPT} if Status.SUSPICIOUS in statuses else statuses)


def _refuse_to_write_over_a_video(paths: tuple[str, ...], output: Path | None, wanted: Wanted) -> None:
    if output is None or is_stdout(output):
        return
    real = os.path.realpath(output)
    if is_video_name(real, VIDEO_EXTENSIONS | wanted.extensions) or real in map(os.path.realpath, paths):
        raise click.UsageError("--output would write over a video: name another file.", click.get_current_context())
