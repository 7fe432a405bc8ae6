"""The two programs and their commands; a command's module is imported when it is called, not before."""

from __future__ import annotations

import importlib
from collections.abc import Collection
from typing import Any

import click

from cvi_trakt import __version__
from cvi_trakt.cli.options import common_options

# name → (module, help of one line): the help is here so that the list of commands imports nothing
COMMANDS = {
    "init": ("init", "Set everything up, step by step."),
    "scan": ("scan", "Check videos with ffmpeg."),
    "auth": ("auth", "Sign in to Trakt; see whether you are, renew, sign out."),
    "sync": ("sync", "Bring scan results to the watchlist or a list."),
    "review": ("review", "Settle the works that earlier runs held back."),
    "explain": ("explain", "Show why a path is which film or show."),
    "decisions": ("decisions", "List, forget and share what was decided."),
    "list-watchlists": ("list_watchlists", "Show the watchlist and the lists of the account."),
    "view": ("view", "Show what is on the watchlist or a list."),
    "config": ("config", "Show, check or write the settings."),
    "sandbox": ("sandbox", "Serve a local stand-in for Trakt, for trying without an account."),
}
ALIASES = {"lists": "list-watchlists"}
# what people type first, and how it is said here
SAID_OTHERWISE = {
    "login": "auth",
    "signin": "auth",
    "logout": "auth logout",
    "status": "auth status",
    "whoami": "auth status",
    "list": "lists",
    "add": "sync",
    "setup": "init",
    "help": "--help",
    "version": "--version",
}
CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class LazyGroup(click.Group):
    """A group whose commands are imported at their first use: all of them, or those that are named."""

    def __init__(self, *args: Any, names: Collection[str] = tuple(COMMANDS), **more: Any) -> None:
        super().__init__(*args, **more)
        self._names = names

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands, in the order in which people need them."""
        return [*self._names, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and give a command."""
        name = ALIASES.get(cmd_name, cmd_name)
        if name not in self._names:
            return super().get_command(ctx, cmd_name)
        module = importlib.import_module(f"cvi_trakt.cli.{COMMANDS[name][0]}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        del ctx
        rows = [(name, COMMANDS[name][1]) for name in self._names]
        rows += [(name, one.get_short_help_str()) for name, one in self.commands.items()]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Find the command, with the near ones named when there is none of that name."""
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            import difflib

            said = SAID_OTHERWISE.get(args[0].lower())
            known = [*self.list_commands(ctx), *ALIASES]
            near = [said] if said else difflib.get_close_matches(args[0], known, 2, 0.5)
            hint = f" Did you mean {' or '.join(near)}?" if near else ""
            raise click.UsageError(f"No such command {args[0]!r}.{hint}", ctx)
        return super().resolve_command(ctx, args)


def program(name: str) -> click.Group:
    """Build one of the two programs: ``cvi-trakt``, or ``corrupt-video-inspector`` with its ``trakt`` group."""
    trakt = LazyGroup("trakt", help="Bring checked videos to Trakt.tv, and read Trakt back.", context_settings=CONTEXT)
    _finish(trakt, name)
    if name == "cvi-trakt":
        trakt.help = "Check a video library for damaged files and bring it to Trakt.tv."
        return trakt
    inspector = LazyGroup(
        name, names=("scan",), help="Check videos and bring them to Trakt.tv.", context_settings=CONTEXT
    )
    _finish(inspector, name)
    inspector.add_command(trakt)
    return inspector


def _finish(group: click.Group, name: str) -> None:
    group.params += common_options()
    click.version_option(__version__, "-V", "--version", prog_name=name)(group)
