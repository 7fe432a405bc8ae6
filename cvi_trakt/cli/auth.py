"""``auth``: sign in to Trakt, see whether one is, renew it, sign out."""

from __future__ import annotations

from typing import Any

import click
from click.core import ParameterSource

from cvi_trakt.cli.app import App
from cvi_trakt.cli.options import Command, CommandGroup, as_setting, format_option, token_option
from cvi_trakt.config import Config
from cvi_trakt.errors import ExitCode, NotSignedInError, SignInError, TraktRefusedError
from cvi_trakt.secret import Secret

ALREADY = "✅ Already authenticated! No setup needed."
HOW = "Sign in with: cvi-trakt auth"


@click.group(
    "auth",
    cls=CommandGroup,
    invoke_without_command=True,
    short_help="Sign in to Trakt; see whether you are, renew, sign out.",
)
@click.option("--device", is_flag=True, help="Enter a code on Trakt's page, on any device (the default).")
@click.option(
    "--username",
    metavar="NAME",
    help="Paste a code from Trakt's page instead; warn when another user than NAME signs in.",
)
@click.option("--store/--no-store", default=True, help="Keep the sign-in (default), or use it for this run only.")
@click.option("--test-only", is_flag=True, help="Only say whether the sign-in, or the token, is good.")
@click.option("--qr/--no-qr", default=None, help="Show the address as a QR code (default: on a terminal).")
@token_option
@click.pass_context
def command(ctx: click.Context, /, *, test_only: bool, token: Secret | None, **given: Any) -> ExitCode:
    """Sign in to Trakt, and keep the sign-in.

    By default you enter a code on Trakt's page, on any device. It works without a terminal too: address and code
    go to standard error, and the command waits for you.
    """
    from cvi_trakt.cli.signing_in import Choice, SigningIn

    if ctx.invoked_subcommand is not None:
        _refuse_options_of_signing_in(ctx)
        return ExitCode.OK
    if given["username"] is not None and not given["username"].strip():
        raise click.BadOptionUsage("username", "--username: the name is empty.", ctx)
    app = ctx.ensure_object(App)
    config = app.settings({"trakt.username": given["username"], **as_setting(token)})
    if test_only:
        return _test(app, config)
    if token is not None:
        raise click.UsageError("--token is for --test-only and the commands; signing in gets one.", ctx)
    choice = Choice(**given)
    if choice.store and _is_signed_in(app, config):
        return ExitCode.OK
    SigningIn(app, config).run(choice)
    return ExitCode.OK


@command.command("status", cls=Command)
@format_option
@token_option
@click.pass_context
def status(ctx: click.Context, form: str, token: Secret | None) -> ExitCode:
    """Say whether you are signed in.

    Trakt is asked: as whom, and until when. Exit 4 when you are not.
    """
    from cvi_trakt.cli import standing

    app = ctx.ensure_object(App)
    config = app.settings(as_setting(token or _given_before(ctx)))
    found = standing.of(app, config)
    app.show(found.as_json(), found.lines(), form, None)
    return ExitCode.OK if found.account else ExitCode.AUTH


@command.command("refresh", cls=Command)
@click.pass_obj
def refresh(app: App) -> ExitCode:
    """Renew the sign-in now.

    Every command that needs it renews it by itself when half of its life is over.
    """
    from cvi_trakt.trakt_api.sign_in import until

    stored = app.stored_sign_in(app.settings())
    if stored is None:
        raise NotSignedInError(f"Not signed in: there is nothing to renew. {HOW}")
    if not stored.renew(stored.token.access):
        raise NotSignedInError(f"{stored.file.path}: has no refresh token, so it cannot be renewed. {HOW}")
    app.console.answer(f"✅ Renewed; good until {until(stored.token)}.")
    return ExitCode.OK


@command.command("logout", cls=Command)
@click.pass_obj
def logout(app: App) -> ExitCode:
    """Sign out.

    The kept sign-in is revoked at Trakt, then deleted.
    """
    from cvi_trakt.cli.signing_out import sign_out

    sign_out(app, app.settings())
    return ExitCode.OK


def _test(app: App, config: Config) -> ExitCode:
    from cvi_trakt.cli.signing_in import wanted_instead

    account = app.trakt(config, app.needed_token(config)).account()
    wanted = wanted_instead(config, account)
    if wanted is not None:
        raise NotSignedInError(f"Signed in as {account.name}, not as {wanted}. To change that: cvi-trakt auth logout")
    app.console.answer(ALREADY)
    app.console.note(f"Signed in as {account.name}.")
    return ExitCode.OK


def _is_signed_in(app: App, config: Config) -> bool:
    """Say so when the stored sign-in is good; one that is no use, or another user's, is not."""
    from cvi_trakt.cli.signing_in import told, wanted_instead, warn_of_token

    try:
        stored = app.stored_sign_in(config)
        if stored is None:
            return False
        account = app.trakt(config, stored).account()
    except (NotSignedInError, SignInError, TraktRefusedError):
        return False  # whatever it is, signing in meets it again, or mends it
    wanted = wanted_instead(config, account)
    if wanted is not None:
        app.console.note(f"Signed in as {account.name}, not as {wanted}: signing in anew.")
        return False
    if stored.renewal_failed:
        return False
    app.console.answer(ALREADY, told(account, stored.token))
    warn_of_token(app, config)
    return True


def _refuse_options_of_signing_in(ctx: click.Context) -> None:
    """Refuse what would be ignored: options of signing in before a command of ``auth``."""
    taken = {"token"} if ctx.invoked_subcommand == "status" else set()
    for option in ctx.command.params:
        name = option.name or ""
        if option.expose_value and name not in taken and ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            words = "/".join([*option.opts, *option.secondary_opts])
            raise click.UsageError(f"{words} is not for `auth {ctx.invoked_subcommand}`.", ctx)


def _given_before(ctx: click.Context) -> Secret | None:
    given = ctx.parent.params.get("token") if ctx.parent else None
    return given if isinstance(given, Secret) else None
