"""Signing in, step by step: what a person must act on goes to standard error, the token into its file."""

from __future__ import annotations

import secrets
import sys
import time
from contextlib import ExitStack, suppress
from dataclasses import dataclass

from cvi_trakt.accounts import Account
from cvi_trakt.cli.app import App
from cvi_trakt.config import Config
from cvi_trakt.errors import CviError, NoTerminalError, SignInError, TokenBusyError, TokenFileError
from cvi_trakt.trakt_api.codes import pasted_code
from cvi_trakt.trakt_api.oauth import Keep, OAuth
from cvi_trakt.trakt_api.sign_in import GivenToken, place, until
from cvi_trakt.trakt_api.tokens import Token, TokenFile

TRIES = 3  # of pasting something that is no code
LOCK_SECONDS = 5.0  # to wait for another process before a new sign-in is written all the same
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
        if choice.store:
            warn_of_token(self._app, self._config)
        files = self._app.token_files(self._config)
        file = _writable(files) if choice.store else None
        kept: list[TokenFile] = []

        def keep(token: Token) -> None:
            if file is not None:
                _keep_only_in(file, files, token)
                kept.append(file)

        try:
            by_code = choice.username is not None and not choice.device
            token = self._by_code(keep) if by_code else self._by_device(keep, choice.qr)
        except KeyboardInterrupt as signal:
            done = f"you are signed in, kept in {kept[0].path}" if kept else "nobody was signed in, nothing was stored"
            raise type(signal)(done) from None
        if file is not None:
            self._console.note(f"Kept in {file.path}")
        account = self._account(token, kept=file is not None)
        self._say(account, token, file)
        return account

    def _by_device(self, keep: Keep, qr: bool | None) -> Token:
        """Let the person enter a code on Trakt's page, on any device."""
        device = self._host.device_code()
        self._console.insist(f"Open {device.verification_url} on any device and enter the code: {device.user_code}")
        if qr or (qr is None and sys.stderr.isatty()):
            self._show_qr(device.direct_url)
        minutes = max(1, round(device.expires_in / 60))
        self._console.insist(f"Waiting for {device.user_code} to be entered there, {minutes} minutes at the most ...")
        return self._host.wait_for(device, sleep=time.sleep, clock=time.monotonic, keep=keep)

    def _show_qr(self, address: str) -> None:
        from cvi_trakt import qr

        try:
            lines = qr.lines(address, color=sys.stderr.isatty() and self._app.uses_color)
        except ValueError:  # an address that no QR code can hold: it stands in words above
            return
        self._console.drawing(lines, columns=qr.columns(lines))

    def _by_code(self, keep: Keep) -> Token:
        """Let the person open Trakt's page and paste the code that it shows."""
        state = secrets.token_urlsafe(16)
        address = self._host.authorize_url(self._config.settings.trakt.auth_url, state)
        self._console.insist("Open this address in a browser, and allow the app:", address)
        return self._host.exchange(pasted_code(self._pasted(), state), keep)

    def _account(self, token: Token, *, kept: bool) -> Account:
        """Ask Trakt whose sign-in it is; one that is not kept is made worthless after that."""
        try:
            return self._app.trakt(self._config, GivenToken(token.access)).account()
        finally:
            if not kept:
                try:
                    self._host.revoke(token.access)
                except CviError as error:
                    self._console.warn(f"the sign-in is forgotten here, but could not be revoked at Trakt: {error}")

    def _pasted(self) -> str:
        """Read the code at the terminal device; without one, a line of standard input."""
        try:
            with self._app.terminal() as terminal:
                for _ in range(TRIES):
                    typed = terminal.text("Paste the code, or the address that the page led to:")
                    if typed and " " not in typed:
                        return typed
                raise SignInError("Authentication failed: no code was pasted. Run the command again.")
        except NoTerminalError:
            self._console.insist("Waiting for the code on standard input ...")
        line = sys.stdin.readline(LONGEST_LINE) if sys.stdin else ""
        if not line.strip():
            raise SignInError(
                "Authentication failed: no code came, and there is no terminal to ask at. "
                "Sign in without one by `cvi-trakt auth --device`."
            )
        return line

    def _say(self, account: Account, token: Token, file: TokenFile | None) -> None:
        if file is None:
            self._console.answer(f"✅ Signed in as {account.name}, for this run only: nothing was stored.")
        else:
            self._console.answer(f"✅ {told(account, token)}")
        wanted = wanted_instead(self._config, account)
        if wanted is not None:
            remedy = f"; to change that: cvi-trakt auth logout, and sign in at Trakt as {wanted}" if file else ""
            self._console.warn(f"signed in as {account.name}, not as {wanted}{remedy}")


def _writable(files: tuple[TokenFile, ...]) -> TokenFile:
    """Give the file for the new sign-in, tried for writability before the person is sent to Trakt."""
    chosen = place(files)
    with chosen.locked(), chosen.writer():
        return chosen


def _keep_only_in(file: TokenFile, files: tuple[TokenFile, ...], token: Token) -> None:
    """Put a sign-in on disk; an older one of the same client id in another file would come back after a logout."""
    with ExitStack() as held:
        # a lock that another process keeps must not cost a sign-in that was given once
        with suppress(TokenBusyError):
            held.enter_context(file.locked(seconds=LOCK_SECONDS))
        held.enter_context(file.writer()).write(token)
    for other in files:
        if other is not file:
            with suppress(TokenFileError), other.locked(seconds=LOCK_SECONDS):
                other.delete()


def warn_of_token(app: App, config: Config) -> None:
    """Say it when a token is set, because it goes before the sign-in."""
    if config.settings.trakt.token is not None:
        app.console.warn(f"a token is set ({config.origins['trakt.token']}), and goes before this sign-in")


def told(account: Account, token: Token) -> str:
    """Say who is signed in, and until when."""
    renewed = ", and renewed before that" if token.refresh is not None else ""
    return f"Signed in as {account.name}; good until {until(token)}{renewed}."


def wanted_instead(config: Config, account: Account) -> str | None:
    """Give the user name that was asked for where this account is another's; as name or slug, in any case."""
    wanted = config.settings.trakt.username
    same = wanted is None or wanted.strip().lower() in (account.name.lower(), account.slug.lower())
    return None if same else wanted
