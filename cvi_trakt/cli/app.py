"""Builds the edges of one run: settings, console, Trakt, store. Nothing is built before it is needed."""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from cvi_trakt import config
from cvi_trakt.accounts import Account
from cvi_trakt.config import Config
from cvi_trakt.console import Console, check_writable, json_pieces, set_up_logging, write_file
from cvi_trakt.errors import InputError, NotSignedInError, SettingsError
from cvi_trakt.secret import Secret
from cvi_trakt.settings import PUBLIC_API, PUBLIC_AUTH

if TYPE_CHECKING:
    from cvi_trakt.store.decisions import Decisions
    from cvi_trakt.trakt_api.client import Trakt

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
        found = config.load(environ=os.environ, folder=Path.cwd(), file=self.config_file, options=options)
        for warning in found.warnings:
            self.console.warn(warning)
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

    def token(self, found: Config) -> Secret | None:
        """Give the access token: the option, the environment, or the stored sign-in; None without any."""
        from cvi_trakt.trakt_api.tokens import stored_token, token_file

        trakt = found.settings.trakt
        if trakt.token is not None:
            return trakt.token
        file = trakt.token_file or token_file(
            (trakt.api_url, trakt.auth_url), (PUBLIC_API, PUBLIC_AUTH), home=_home(), state_dir=found.state_dir()
        )
        stored = stored_token(file, found.client_id())
        return stored.access if stored else None

    def needed_token(self, found: Config) -> Secret:
        """Give the access token. Raises ``NotSignedInError`` when there is none."""
        from cvi_trakt.trakt_api.tokens import SIGN_IN_REQUIRED

        found.client_id()
        found.check_no_empty_files()
        token = self.token(found)
        if token is None:
            raise NotSignedInError(SIGN_IN_REQUIRED)
        return token

    def trakt(self, found: Config, token: Secret | None) -> Trakt:
        """Build the door to Trakt."""
        from cvi_trakt.trakt_api.client import Trakt
        from cvi_trakt.trakt_api.pacing import Pacer, Patience
        from cvi_trakt.trakt_api.transport import TraktAuth, Transport

        chosen = found.settings.trakt
        patience = Patience(
            tries=chosen.max_tries,
            max_wait=chosen.max_wait,
            sleep=time.sleep,
            jitter=random.random,
            tell=self.console.note,
        )
        return Trakt(
            Transport(
                chosen.api_url,
                auth=TraktAuth(found.client_id(), token),
                pacer=Pacer(reads=chosen.rate, clock=time.monotonic, sleep=time.sleep, tell=self.console.note),
                patience=patience,
                timeout=chosen.timeout,
            )
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
    try:
        return Path.home()
    except RuntimeError:
        return None
