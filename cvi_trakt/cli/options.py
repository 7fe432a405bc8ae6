"""Options that several commands share; the common ones are taken before and after the command."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from cvi_trakt.cli.app import App
from cvi_trakt.secret import Secret
from cvi_trakt.settings import secret

F = TypeVar("F", bound=Callable[..., Any])


def common_options() -> list[click.Parameter]:
    """Make the options that every command and group takes."""
    return [
        click.Option(
            ["--config"],
            type=click.Path(path_type=Path),
            metavar="FILE",
            expose_value=False,
            callback=_note("config_file"),
            help="Settings file instead of ./config.yaml or the user's own.",
        ),
        _flag(["-v", "--verbose"], "verbose", "Say what becomes of every work, or file."),
        _flag(["-q", "--quiet"], "quiet", "Say only what was asked for, and errors."),
        _flag(["--debug"], "debug", "Log each request and check, and show where an error came from."),
        _flag(["--no-color"], "no_color", "Use no colour (also: NO_COLOR)."),
    ]


class Command(click.Command):
    """A command that takes the common options too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params += common_options()
        self.context_settings.setdefault("help_option_names", ["-h", "--help"])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse, and let every complaint name this command, not the program."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise


class CommandGroup(Command, click.Group):
    """A group that takes the common options too."""


class SecretText(click.ParamType[Secret]):
    """Text that is a credential from the moment it is read."""

    name = "token"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Secret:
        """Wrap what was given; an empty one is refused."""
        try:
            return secret(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


class ListName(click.ParamType[str]):
    """The name or slug of a list; an empty one is a variable that was not set, not the watchlist."""

    name = "name"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Take the name as it is."""
        text = str(value)
        if not text.strip():
            self.fail("the name is empty", param, ctx)
        if not text.isprintable():
            self.fail("the name has characters that no list can have", param, ctx)
        return text


def token_option(function: F) -> F:
    """Add ``--token``."""
    return click.option(
        "--token",
        type=SecretText(),
        metavar="TOKEN",
        help="Access token to use (safer: CVI_TRAKT_TOKEN, which other users cannot see).",
    )(function)


def format_option(function: F) -> F:
    """Add ``--format`` for a table or JSON."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(["table", "json"], case_sensitive=False),
        default="table",
        help="Table for people, JSON for programs.",
    )(function)


def output_option(function: F) -> F:
    """Add ``--output``."""
    return click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Write JSON to this file.",
    )(function)


def as_setting(token: Secret | None) -> dict[str, object]:
    """Give ``--token`` as the setting that it overrides."""
    return {"trakt.token": token}


def _flag(names: list[str], attribute: str, text: str) -> click.Option:
    return click.Option([*names, attribute], is_flag=True, expose_value=False, callback=_note(attribute), help=text)


def _note(attribute: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    """Keep a common option on the one ``App``; one not given leaves what stands before the command."""

    def callback(ctx: click.Context, _: click.Parameter, value: Any) -> None:
        if value:
            setattr(ctx.ensure_object(App), attribute, value)

    return callback
