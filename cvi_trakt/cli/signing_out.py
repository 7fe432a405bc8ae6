"""Signing out: every kept sign-in of the client id is revoked at Trakt, then deleted."""

from __future__ import annotations

from cvi_trakt.cli.app import App
from cvi_trakt.config import Config
from cvi_trakt.errors import (
    CviError,
    SettingsError,
    SignInError,
    TraktError,
    TraktRefusedError,
    TraktUnavailableError,
)
from cvi_trakt.trakt_api.sign_in import ask_each
from cvi_trakt.trakt_api.tokens import Token, TokenFile


def sign_out(app: App, config: Config) -> None:
    """Sign out; where Trakt does not answer the sign-in stays, so that it can be tried again. Raises ``CviError``."""
    read, unusable = ask_each(app.token_files(config), TokenFile.read)
    gone = [file for file, token in read if token is not None and _sign_out_of(app, config, file)]
    for file in gone:
        app.console.answer(f"✅ Signed out; {file.path} is deleted.")
    if not gone:
        if unusable is not None:
            raise unusable
        app.console.answer("Not signed in: nothing to do.")
    if config.settings.trakt.token is not None:
        app.console.warn(f"a token is still set ({config.origins['trakt.token']})")


def _sign_out_of(app: App, config: Config, file: TokenFile) -> bool:
    with file.locked():
        token = file.read()  # it may have become another one before the lock was ours
        if token is None:
            return False
        _revoke(app, config, file, token)
        file.delete()
    return True


def _revoke(app: App, config: Config, file: TokenFile, token: Token) -> None:
    """Revoke at Trakt; a refusal is a warning, since trying again would meet it again."""
    try:
        app.oauth(config).revoke(token.access)
    except TraktUnavailableError as error:
        raise TraktUnavailableError(
            f"{error} Still signed in; deleting {file.path} forgets the sign-in here only.",
            status=error.status,
            path=error.path,
        ) from error
    except (TraktRefusedError, SignInError, SettingsError) as error:
        app.console.warn(
            f"the sign-in is deleted here, but not revoked at Trakt ({_why(error)}); "
            "revoke it in your settings at Trakt"
        )


def _why(error: CviError) -> str:
    return f"{error.status} on {error.path}" if isinstance(error, TraktError) else str(error)
