"""Signing in, step by step: what a person must act on goes to standard error, the token into its file."""

from __future__ import annotations

import secrets
import sys
import time
from dataclasses import dataclass

from cvi_trakt.accounts import Account
from cvi_trakt.cli.app import App
from cvi_trakt.config import Config
from cvi_trakt.errors import NoTerminalError, SignInError
from cvi_trakt.trakt_api.oauth import OAuth, pasted_code
from cvi_trakt.trakt_api.sign_in import GivenToken, place, until
from cvi_trakt.trakt_api.tokens import Token, TokenFile

LONGEST_LINE = 4096  # characters of a pasted code or address


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What the command line asks of a sign-in; ``qr`` None shows a QR code on a terminal."""

    device: bool = False
    username: str | None = None
    store: bool = True
    qr: bool | None = None


class SigningIn:
    """One sign-in with the settings' client id, at their host."""

    def __init__(self, app: App, config: Config) -> None:
        self._app = app
        self._config = config
        self._console = app.console
        self._host: OAuth = app.oauth(config)

    def run(self, choice: Choice) -> Account:
        """Sign in, and keep it or not as chosen; gives whose account it is. Raises ``CviError``."""
        file = self._file() if choice.store else None
        try:
            by_code = choice.username is not None and not choice.device
            token = self._by_code() if by_code else self._by_device(choice.qr)
        except KeyboardInterrupt as signal:
            raise type(signal)("nobody was signed in, and nothing was stored") from None
        if file is not None:
            with file.locked(), file.writer() as writer:
                writer.write(token)
            self._console.note(f"Kept in {file.path}")
        try:
            account = self._app.trakt(self._config, GivenToken(token.access)).account()
        finally:
            if file is None:
                self._host.revoke(token.access)
        self._say(account, token, file)
        return account

    def _by_device(self, qr: bool | None) -> Token:
        """Let the person enter a code on Trakt's page, on any device."""
        device = self._host.device_code()
        self._console.insist(f"Open {device.verification_url} on any device and enter the code: {device.user_code}")
        on_terminal = sys.stderr.isatty()
        if qr or (qr is None and on_terminal):
            from cvi_trakt.qr import lines

            self._console.drawing(lines(device.direct_url, color=on_terminal and self._app.uses_color))
        minutes = max(1, round(device.expires_in / 60))
        self._console.insist(f"Waiting for you there, {minutes} minutes at the most ...")
        return self._host.wait_for(device, sleep=time.sleep, clock=time.monotonic)

    def _by_code(self) -> Token:
        """Let the person open Trakt's page and paste the code that it shows."""
        state = secrets.token_urlsafe(16)
        address = self._host.authorize_url(self._config.settings.trakt.auth_url, state)
        self._console.insist("Open this address in a browser, and allow the app:", address)
        return self._host.exchange(pasted_code(self._pasted(), state))

    def _pasted(self) -> str:
        """Read the code at the terminal device; without one, a line of standard input."""
        try:
            with self._app.terminal() as terminal:
                return terminal.text("Paste the code, or the address that the page led to:")
        except NoTerminalError:
            self._console.insist("Waiting for the code on standard input ...")
        line = sys.stdin.readline(LONGEST_LINE) if sys.stdin else ""
        if not line.strip():
            raise SignInError(
                "Authentication failed: no code came, and there is no terminal to ask at. "
                "Sign in without one by `cvi-trakt auth --device`."
            )
        return line

    def _file(self) -> TokenFile:
        """Give the file for the new sign-in, tried for writability before the person is sent to Trakt."""
        chosen = place(self._app.token_files(self._config))
        with chosen.locked(), chosen.writer():
            return chosen

    def _say(self, account: Account, token: Token, file: TokenFile | None) -> None:
        if file is None:
            self._console.answer(f"✅ Signed in as {account.name}, for this run only: nothing was stored.")
        else:
            self._console.answer(f"✅ {told(account, token)}")
            warn_of_token(self._app, self._config)
        wanted = self._config.settings.trakt.username
        if wanted is not None and not same_person(account, wanted):
            remedy = f"; to change that: cvi-trakt auth logout, and sign in at Trakt as {wanted}" if file else ""
            self._console.warn(f"signed in as {account.name}, not as {wanted}{remedy}")


def warn_of_token(app: App, config: Config) -> None:
    """Say it when a token is set, because it goes before the sign-in."""
    if config.settings.trakt.token is not None:
        app.console.warn(f"a token is set ({config.origins['trakt.token']}), and goes before this sign-in")


def told(account: Account, token: Token) -> str:
    """Say who is signed in, and until when."""
    return f"Signed in as {account.name}; good until {until(token)}, and renewed before that."


def same_person(account: Account, name: str) -> bool:
    """Whether a user name that a person typed is this account's: in any case, as name or slug."""
    return name.strip().lower() in (account.name.lower(), account.slug.lower())
