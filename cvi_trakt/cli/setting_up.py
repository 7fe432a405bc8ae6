"""The steps of ``init``: each asks, can be skipped, and keeps its answer at once."""

from __future__ import annotations

import json
import os
import shlex
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from cvi_trakt import settings_file
from cvi_trakt.cli.app import App
from cvi_trakt.config import Config
from cvi_trakt.errors import CviError, InputError, SettingsError, TraktRefusedError
from cvi_trakt.prompt import Terminal
from cvi_trakt.secret import Secret
from cvi_trakt.settings import APPS_PAGE, IMPORT_PAGE, OUT_OF_BAND, secret

FIRST = 25  # works that the dry run takes: enough to see, few enough to wait for

ABOUT_APPS = f"""\
Trakt knows programs by a client id. Register an app and copy its id and secret from its page:
  {APPS_PAGE}
  (as redirect address take {OUT_OF_BAND})
Trakt gives API apps to VIP members only. Without one you can still
  - try everything with a stand-in for Trakt on this machine: cvi-trakt sandbox
  - bring your own CSV to Trakt's import page: {IMPORT_PAGE}"""


class SettingUp:
    """One round of questions at a terminal. Raises ``NoTerminalError`` when it goes away, and ``CviError``."""

    def __init__(self, app: App, terminal: Terminal) -> None:
        self._app = app
        self._terminal = terminal
        self._console = app.console
        self._file = app.settings_file()

    def run(self) -> None:
        """Ask for the app, the sign-in and the folder, show a dry run, and say what comes next."""
        self._console.answer("Enter alone takes what is offered, or skips. Ctrl-C stops; what was answered is kept.")
        try:
            self._step(1, "The app")
            self._credentials()
            self._step(2, "The sign-in")
            signed_in = self._sign_in()
            self._step(3, "The folder")
            folder, videos = self._folder()
            if folder is not None:
                self._step(4, "A dry run")
                self._dry_run(folder, videos)
        except KeyboardInterrupt as signal:
            raise type(signal)("what was answered is kept; go on with: cvi-trakt init") from None
        self._next(folder, signed_in=signed_in)

    def _credentials(self, *, anew: bool = False) -> None:
        found = self._app.settings()
        for name, ask in (("client_id", self._terminal.text), ("client_secret", self._terminal.secret)):
            dotted, words = f"trakt.{name}", name.replace("_", " ")
            if getattr(found.settings.trakt, name) is not None and not anew:
                self._console.answer(f"The {words} is there already ({found.origins[dotted]}).")
                continue
            if name == "client_id" and not anew:
                self._console.answer(*ABOUT_APPS.splitlines())
            given = self._credential(words, ask)
            if given is None:
                self._console.answer(f"No {words} for now.")
                return
            self._keep({dotted: given})

    def _credential(self, words: str, ask: Callable[[str], str]) -> Secret | None:
        while True:
            typed = ask(f"The {words}:")
            if not typed:
                return None
            try:
                return secret(typed)
            except ValueError as error:
                self._console.answer(f"That is no {words}: {error}.")

    def _sign_in(self) -> bool:
        """Sign in; gives whether somebody is signed in now."""
        from cvi_trakt.cli import standing
        from cvi_trakt.cli.signing_in import Choice, SigningIn

        wanted = False
        while True:
            found = self._app.settings()
            if found.settings.trakt.client_id is None or found.settings.trakt.client_secret is None:
                self._console.answer("Signing in needs client id and secret; skipped.")
                return False
            try:
                current = standing.of(self._app, found)
                if current.account is not None:
                    self._console.answer(*current.lines())
                    return True
                if not wanted and not self._terminal.confirm("Sign in to Trakt now?", default=True):
                    self._console.answer("Not signed in for now: cvi-trakt auth does it later.")
                    return False
                SigningIn(self._app, found).run(Choice())
                return True
            except CviError as error:
                self._console.warn(str(error))
                if not self._tries_again(error):
                    return False
                wanted = True

    def _tries_again(self, error: CviError) -> bool:
        """Ask whether to try again, with other credentials where Trakt did not take these."""
        if isinstance(error, TraktRefusedError) and self._terminal.confirm(
            "Type client id and client secret anew?", default=True
        ):
            self._credentials(anew=True)
            return True
        return self._terminal.confirm("Try again?", default=False)

    def _folder(self) -> tuple[Path | None, list[str]]:
        """Ask for the folder; gives it with the videos in it."""
        from cvi_trakt.cli.scan import wanted_by
        from cvi_trakt.scan.find import find

        root = self._app.settings().settings.sync.root
        while True:
            typed = self._terminal.text("The folder with your films and shows:", default=str(root) if root else "")
            if not typed:
                self._console.answer("No folder for now.")
                return None, []
            folder = Path(os.path.abspath(os.path.expanduser(typed)))  # noqa: PTH100, PTH111 - never raise
            if folder.is_file():
                self._console.answer("That is a file; the folder that holds it is what is asked for.")
                continue
            try:
                wanted = wanted_by(self._app.settings().settings.scan)
                videos = [one.path for one in find([str(folder)], wanted, self._cannot_be_read)]
            except InputError as error:
                self._console.answer(str(error))
                continue
            self._console.answer("One video is there." if len(videos) == 1 else f"{len(videos)} videos are there.")
            self._keep({"sync.root": str(folder)})
            return folder, videos

    def _dry_run(self, folder: Path, videos: list[str]) -> None:
        from cvi_trakt.cli.syncing import Choice, SyncRun

        if self._app.settings().settings.trakt.client_id is None:
            self._console.answer("A dry run needs a client id; skipped.")
            return
        if not self._terminal.confirm(f"See what would be added, for the first {FIRST} films and shows?", default=True):
            return
        self._console.answer("Only names are read here: whether the files are whole is for `cvi-trakt scan` to say.")
        found = self._app.settings({"sync.limit": FIRST, "sync.root": str(folder)})
        with tempfile.TemporaryDirectory() as place:
            scan = Path(place) / "videos.json"
            results = [{"filename": path, "status": "HEALTHY"} for path in videos]
            scan.write_text(json.dumps({"results": results}), encoding="utf-8")
            choice = Choice(
                scans=(str(scan),),
                names=(f"the names of the videos in {folder}",),
                target=None,
                dry_run=True,
                refresh=False,
                output=None,
                plan_out=None,
            )
            try:
                SyncRun(self._app, choice, found).run()
            except CviError as error:
                self._console.warn(str(error))

    def _cannot_be_read(self, folder: str, why: str) -> None:
        self._console.warn(f"{folder}: cannot be read: {why}")

    def _keep(self, values: Mapping[str, object]) -> None:
        try:
            settings_file.update(self._file, values)
        except SettingsError as error:
            self._console.warn(f"not kept: {error}")
            return
        self._console.answer(f"Kept in {self._file}")
        found = self._app.settings()
        for dotted in values:
            self._warn_if_hidden(dotted, found)

    def _warn_if_hidden(self, dotted: str, found: Config) -> None:
        """Say it when another source goes before the file that was just written."""
        origin = found.origins[dotted]
        if not Path(origin).exists() or not Path(origin).samefile(self._file):
            self._console.warn(f"{dotted} is taken from {origin}, which goes before {self._file}")

    def _step(self, number: int, name: str) -> None:
        self._console.answer("", f"{number}/4 {name}")

    def _next(self, folder: Path | None, *, signed_in: bool) -> None:
        place = "FOLDER" if folder is None else shlex.quote(str(folder))
        trakt = self._app.settings().settings.trakt
        if trakt.client_id is None or trakt.client_secret is None:
            self._console.answer("", "Not set up yet: the client id or secret is missing. Go on with: cvi-trakt init")
        elif not signed_in:
            self._console.answer("", "Not signed in yet. Do that next: cvi-trakt auth")
        self._console.answer(
            "",
            "Check the videos, then bring the healthy ones to Trakt:",
            f"  cvi-trakt scan {place} -o scan.json",
            "  cvi-trakt sync scan.json",
        )
