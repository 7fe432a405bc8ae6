"""Builds the edges of one run: settings, console, Trakt, store. Nothing is built before it is needed."""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from cvi_trakt import config, signals
from cvi_trakt.accounts import Account
from cvi_trakt.config import Config
from cvi_trakt.console import Console, check_writable, json_pieces, set_up_logging, write_file
from cvi_trakt.errors import InputError, NotSignedInError, SettingsError
from cvi_trakt.settings import PUBLIC_API, PUBLIC_AUTH
from cvi_trakt.trakt_api.waiting import Waiting

if TYPE_CHECKING:
    from cvi_trakt.prompt import Terminal
    from cvi_trakt.store.decisions import Decisions
    from cvi_trakt.trakt_api.client import Trakt
    from cvi_trakt.trakt_api.oauth import OAuth
    from cvi_trakt.trakt_api.pacing import Patience
    from cvi_trakt.trakt_api.sign_in import StoredSignIn
    from cvi_trakt.trakt_api.tokens import TokenFile
    from cvi_trakt.trakt_api.transport import SignIn, Transport

_STDOUT = ("-", "/dev/stdout", "/dev/fd/1")


def is_stdout(output: Path | None) -> bool:
    """Whether what stands where a file is asked for names standard output."""
    return str(output) in _STDOUT


@dataclass
class App:
    """One run of the program: the common options, and the edges made from them."""

    config_file: Path | None = None
    verbose: bool = False
    quiet: bool = False
    debug: bool = False
    no_color: bool = False
    may_be_new: bool = False  # the settings file that is named need not be there yet
    waiting: Waiting = field(default_factory=Waiting)  # of all requests: Ctrl-C may call it off
    _warned: set[str] = field(default_factory=set)

    @cached_property
    def console(self) -> Console:
        """The console, and with it our own log."""
        set_up_logging(debug=self.debug, stream=sys.stderr)
        return Console(
            stdout=sys.stdout,
            stderr=sys.stderr,
            verbose=self.verbose,
            quiet=self.quiet,
            clock=time.monotonic,
        )

    def settings(self, options: Mapping[str, object] | None = None) -> Config:
        """Find the effective settings and print their warnings. Raises ``SettingsError``."""
        found = config.load(
            environ=os.environ,
            folder=Path.cwd(),
            file=self.config_file,
            options=options,
            may_be_new=self.may_be_new,
        )
        for warning in found.warnings:
            if warning not in self._warned:
                self.console.warn(warning)
                self._warned.add(warning)
        return found

    def now(self) -> datetime:
        """Give the time, with its zone."""
        return datetime.now(UTC)

    def new_run(self) -> str:
        """Name a run: when it began, and two digits that tell runs of one second apart."""
        return f"{self.now():%Y-%m-%dT%H-%M-%S}-{random.randrange(256):02x}"  # noqa: S311 - not a secret

    def stdin(self) -> BinaryIO:
        """Open standard input as a stream of its own: Python's shutdown fails on its own while a thread reads it."""
        if sys.stdin is None:
            raise InputError("standard input: is closed; name a file")
        return open(sys.stdin.fileno(), "rb", closefd=False)

    def settings_file(self) -> Path:
        """Say which settings file `config init` writes."""
        named = self.config_file or os.environ.get("CVI_CONFIG") or config.user_config_file()
        if named is None:
            raise SettingsError("no home folder to write the settings to: name a file with --config")
        return Path(named).expanduser()

    def token_files(self, found: Config) -> tuple[TokenFile, ...]:
        """Say which files may hold the sign-in of these settings; the first is preferred."""
        from cvi_trakt.trakt_api.tokens import TokenFile, token_files

        trakt, client_id = found.settings.trakt, found.client_id()
        if trakt.token_file is not None:
            return (TokenFile(trakt.token_file, client_id, trakt.client_secret),)
        urls, public = (trakt.api_url, trakt.auth_url), (PUBLIC_API, PUBLIC_AUTH)
        paths = token_files(urls, public, client_id, home=_home(), state_dir=found.state_dir())
        return tuple(TokenFile(path, client_id, trakt.client_secret) for path in paths)

    def stored_sign_in(self, found: Config) -> StoredSignIn | None:
        """Give the stored sign-in of this client id; None without one. Raises ``TokenFileError``."""
        from cvi_trakt.trakt_api.sign_in import GivenToken, StoredSignIn, find

        stored = find(self.token_files(found))
        if stored is None:
            return None
        file, token = stored
        return StoredSignIn(
            file,
            token,
            host=lambda: self.oauth(found),
            whose=lambda access: self.trakt(found, GivenToken(access)).account().slug,
            now=time.time,
            warn=self.console.warn,
        )

    def token(self, found: Config) -> SignIn | None:
        """Give where the access token comes from: the option, the environment, or the stored sign-in."""
        from cvi_trakt.trakt_api.sign_in import GivenToken

        given = found.settings.trakt.token
        return GivenToken(given) if given is not None else self.stored_sign_in(found)

    def needed_token(self, found: Config) -> SignIn:
        """Give where the access token comes from. Raises ``NotSignedInError`` when there is none."""
        from cvi_trakt.trakt_api.tokens import SIGN_IN_REQUIRED

        found.client_id()
        token = self.token(found)
        if token is None:
            found.check_no_empty_files()
            raise NotSignedInError(SIGN_IN_REQUIRED)
        return token

    def trakt(self, found: Config, token: SignIn | None) -> Trakt:
        """Build the door to Trakt."""
        from cvi_trakt.trakt_api.client import Trakt

        return Trakt(self._transport(found, found.settings.trakt.api_url, token))

    def oauth(self, found: Config) -> OAuth:
        """Build the door to the sign-in host. Raises ``SettingsError`` without client id and secret."""
        from cvi_trakt.trakt_api.oauth import OAuth, OAuthApp

        found.check_credentials()
        chosen = found.settings.trakt
        app = OAuthApp(
            client_id=found.client_id(), client_secret=found.client_secret(), redirect_uri=chosen.redirect_uri
        )
        once = self._transport(found, chosen.auth_url, None, tries=1)
        return OAuth(once, self._patience(found, chosen.max_tries), app, held=signals.held, now=time.time)

    def terminal(self) -> Terminal:
        """Open the terminal device for questions. Raises ``NoTerminalError``."""
        from cvi_trakt.prompt import Terminal

        return Terminal.open(color=self.uses_color, term=os.environ.get("TERM", ""))

    @property
    def uses_color(self) -> bool:
        """Whether colour may be shown; ``NO_COLOR`` counts when it is not empty (no-color.org)."""
        return not self.no_color and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"

    def _transport(self, found: Config, url: str, token: SignIn | None, tries: int | None = None) -> Transport:
        from cvi_trakt.trakt_api.pacing import Pacer
        from cvi_trakt.trakt_api.transport import TraktAuth, Transport

        chosen = found.settings.trakt
        return Transport(
            url,
            auth=TraktAuth(found.client_id(), token),
            pacer=Pacer(reads=chosen.rate, clock=time.monotonic, sleep=self.waiting, tell=self.console.note),
            patience=self._patience(found, tries or chosen.max_tries),
            timeout=chosen.timeout,
        )

    def _patience(self, found: Config, tries: int) -> Patience:
        from cvi_trakt.trakt_api.pacing import Patience

        return Patience(
            tries=tries,
            max_wait=found.settings.trakt.max_wait,
            clock=time.monotonic,
            sleep=self.waiting,
            jitter=random.random,
            tell=self.console.note,
        )

    def decisions(self, found: Config) -> Decisions:
        """Open what earlier runs decided for this host."""
        from cvi_trakt.store.database import host_folder
        from cvi_trakt.store.decisions import Decisions

        folder = host_folder(found.state_dir(), found.settings.trakt.api_url)
        return Decisions(folder / "decisions.sqlite", days=found.settings.trakt.cache_days, now=self.now)

    def writing_run(self, found: Config, account: Account) -> AbstractContextManager[None]:
        """Hold the account's store for one writing run."""
        from cvi_trakt.filenames import safe_name
        from cvi_trakt.store.database import host_folder, writing_run

        folder = host_folder(found.state_dir(), found.settings.trakt.api_url) / "users" / safe_name(account.slug)
        return writing_run(folder, self.now())

    def plan_file(self, found: Config, run: str) -> Path:
        """Say where the plan of a run goes that nobody named a file for."""
        from cvi_trakt.store.database import make_folder

        folder = found.state_dir() / "plans"
        make_folder(folder)
        return folder / f"{run}.yaml"

    def deliver(self, document: object, output: Path | None, *, to_stdout: bool) -> None:
        """Write JSON to the file that was asked for, and to standard output if that was asked for."""
        if output is not None and not is_stdout(output):
            write_file(output, json_pieces(document))
        if to_stdout or is_stdout(output):
            self.console.document(document)

    def show(self, document: object, table: Sequence[str], form: str, output: Path | None) -> None:
        """Answer with a table or JSON on standard output, or with JSON in a file."""
        self.deliver(document, output, to_stdout=form == "json")
        if output is not None and not is_stdout(output):
            self.console.note(f"Written to {output}")
        elif output is None and form != "json":
            self.console.answer(*table)

    def check_output(self, output: Path | None) -> None:
        """Raise ``OutputError`` where the file that was asked for cannot be written."""
        if output is not None and not is_stdout(output):
            check_writable(output)


def _home() -> Path | None:
    """Give the home folder; None for a user without one, as containers have it."""
    try:
        home = Path.home()
    except RuntimeError:
        return None
    return home if home.is_absolute() and home.is_dir() else None
