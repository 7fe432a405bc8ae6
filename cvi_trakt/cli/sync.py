"""``sync``: scan results → Trakt."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import click

from cvi_trakt.cli.app import App, is_stdout
from cvi_trakt.cli.options import Command, ListName, as_setting, output_option, token_option
from cvi_trakt.errors import ExitCode
from cvi_trakt.library.lists import LIST_PREFIX, MAIN
from cvi_trakt.media import Level, Status
from cvi_trakt.scan.results.tally import STDIN

STATUS_WORDS = frozenset(Status.__members__)


class SyncCommand(Command):
    """``sync``, whose ``--include-statuses`` takes the following words while they are statuses."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Give each word after ``--include-statuses`` an option of its own, then parse as usual."""
        return super().parse_args(ctx, spread_statuses(args))


def spread_statuses(args: list[str]) -> list[str]:
    """Turn ``--include-statuses A B`` (or ``A,B``) into ``--include-statuses A --include-statuses B``.

    A file whose name is a status is written ``./CORRUPT``.
    """
    spread: list[str] = []
    waiting = False
    for at, word in enumerate(args):
        if word == "--":
            return spread + args[at:]
        name, equals, value = word.partition("=")
        if name == "--include-statuses":
            named = _statuses(value if equals else args[at + 1] if at + 1 < len(args) else "")
            waiting = bool(named)
            spread += [] if waiting else [word]
            spread += [f"{name}={status}" for status in named] if equals else []
        elif waiting and _statuses(word):
            spread += [piece for status in _statuses(word) for piece in ("--include-statuses", status)]
        else:
            waiting = False
            spread.append(word)
    return spread


def _statuses(word: str) -> list[str]:
    """Give the statuses that a word names, also several with commas; nothing where one of them is none."""
    named = [one for one in word.split(",") if one]
    return named if all(one.upper() in STATUS_WORDS for one in named) else []


STATUS = click.Choice([str(status) for status in Status], case_sensitive=False)


@click.command(
    "sync",
    cls=SyncCommand,
    short_help="Bring scan results to the watchlist or a list.",
    epilog="Exit codes: 0 done, 1 something failed, 2 wrong option, setting or input, 3 another run is at work, "
    "4 not signed in, 5 no answer from Trakt.",
)
@click.argument("scans", nargs=-1, metavar="[SCAN]...")
@click.option(
    "-w",
    "--watchlist",
    type=ListName(),
    metavar="NAME",
    help="List to add to, by name or slug; 'watchlist' is the main one.",
)
@click.option("--to", type=ListName(), metavar="TARGET", help="Where works go: watchlist, or list:NAME.")
@click.option("--create-list", is_flag=True, default=None, help="Make the list when it is not there (private).")
@click.option("-i", "--interactive", is_flag=True, help="Ask at the terminal which film or show each work is.")
@click.option("-n", "--dry-run", is_flag=True, help="Do everything but write; needs no sign-in.")
@click.option(
    "--include-status",
    "one_status",
    multiple=True,
    type=STATUS,
    help="Take files of this status; repeatable.",
)
@click.option("--include-statuses", "statuses", multiple=True, type=STATUS, help="The same, several at once: A B C.")
@click.option("--assume-healthy", is_flag=True, default=None, help="Take files without any verdict as healthy.")
@click.option(
    "--level",
    type=click.Choice(list(Level), case_sensitive=False),
    help="How shows are added: as a whole (default), by season or by episode.",
)
@click.option("--root", metavar="DIR", help="The library's folder: what is above it says nothing.")
@click.option(
    "--ids",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="A list of paths and their ids, or a saved answer of Radarr or Sonarr.",
)
@click.option(
    "--no-nfo", is_flag=True, default=None, help="Do not look for NFO files and .plexmatch beside the videos."
)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Take only the first N works.")
@click.option(
    "--max-adds", type=click.IntRange(min=0), metavar="N", help="With more to add, write a plan file instead."
)
@click.option(
    "--plan-out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the plan to this file instead of doing it.",
)
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Processes that read names (default: cores).")
@click.option("--refresh", is_flag=True, help="Forget what earlier runs matched by score, and search again.")
@click.option("--strict", is_flag=True, default=None, help="Exit 1 also when works were not found or held.")
@click.option("--format", "form", type=click.Choice(["text", "json"], case_sensitive=False), help="What is printed.")
@output_option
@token_option
@click.pass_obj
def command(app: App, /, **given: Any) -> ExitCode:
    """Bring scan results to the watchlist or a list.

    SCAN is a file of scan results or a list of paths; '-' is standard input, which is also read
    when no SCAN is named and it is not a terminal.
    """
    from cvi_trakt.cli.syncing import Choice, SyncRun

    _check_files(given["scans"], given["output"], given["plan_out"])
    choice = Choice(
        scans=_inputs(given["scans"]),
        target=_target(given["watchlist"], given["to"]),
        interactive=given["interactive"],
        dry_run=given["dry_run"],
        refresh=given["refresh"],
        output=given["output"],
        plan_out=given["plan_out"],
    )
    return SyncRun(app, choice, app.settings(_settings(given))).run()


def _check_files(scans: tuple[str, ...], output: Path | None, plan_out: Path | None) -> None:
    """Refuse to write over an input, the plan over the report, or the plan on standard output."""
    context = click.get_current_context()
    if is_stdout(plan_out):
        raise click.UsageError("--plan-out -: name a file.", context)
    written = [_real(path) for path in (output, plan_out) if path is not None and not is_stdout(path)]
    if len(set(written)) < len(written):
        raise click.UsageError("--output and --plan-out name the same file.", context)
    if {_real(Path(name)) for name in scans if name != STDIN} & set(written):
        raise click.UsageError("--output or --plan-out would write over an input.", context)


def _real(path: Path) -> str:
    return os.path.realpath(path)  # unlike Path.resolve it puts up with a link that leads to itself


def _settings(given: dict[str, Any]) -> dict[str, object]:
    """Name the settings that the command line overrides; None is not given."""
    chosen: tuple[str, ...] = (*given["one_status"], *given["statuses"])
    return {
        "trakt.include_statuses": list(chosen) or None,
        **as_setting(given["token"]),
        "sync.level": given["level"],
        "sync.root": given["root"],
        "sync.ids": given["ids"] and str(given["ids"]),
        "sync.nfo": None if given["no_nfo"] is None else not given["no_nfo"],
        "sync.create_list": given["create_list"],
        "sync.assume_healthy": given["assume_healthy"],
        "sync.limit": given["limit"],
        "sync.max_adds": given["max_adds"],
        "sync.jobs": given["jobs"],
        "sync.strict": given["strict"],
        "sync.format": given["form"],
    }


def _inputs(scans: tuple[str, ...]) -> tuple[str, ...]:
    if scans:
        return scans
    if sys.stdin is None or sys.stdin.isatty():
        raise click.UsageError("no scan results: name a SCAN file, or pipe one in.", click.get_current_context())
    return (STDIN,)


def _target(watchlist: str | None, to: str | None) -> str | None:
    if to is None:
        return watchlist
    if watchlist is not None:
        raise click.UsageError("--to and --watchlist say the same thing: use one.", click.get_current_context())
    if to == MAIN or (to.startswith(LIST_PREFIX) and to.removeprefix(LIST_PREFIX).strip()):
        return to
    raise click.UsageError(f"--to {to}: expected watchlist or list:NAME.", click.get_current_context())
