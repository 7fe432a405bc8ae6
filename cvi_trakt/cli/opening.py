"""Opens Trakt for one run of ``sync``: with whose token, and which target."""

from __future__ import annotations

from cvi_trakt.cli.app import App
from cvi_trakt.config import Config
from cvi_trakt.errors import CviError, NotSignedInError, SettingsError, UnauthorizedError
from cvi_trakt.library.lists import open_target
from cvi_trakt.plans import Target
from cvi_trakt.trakt_api.client import Trakt
from cvi_trakt.trakt_api.targets import AccountTargets
from cvi_trakt.trakt_api.transport import SignIn


class Opening:
    """What a run begins with. One that does not write goes on without a sign-in, or one that is no good."""

    def __init__(self, app: App, config: Config, *, writes: bool) -> None:
        self._app = app
        self._config = config
        self._writes = writes

    def token(self) -> SignIn | None:
        """Give where the token comes from. Raises ``NotSignedInError`` for a run that writes."""
        if self._writes:
            return self._app.needed_token(self._config)
        self._config.client_id()
        try:
            return self._app.token(self._config)
        except NotSignedInError as error:
            self._warn(error)
            return None

    def sign_in(self, token: SignIn | None) -> tuple[Trakt, AccountTargets | None]:
        """Open the door to Trakt and read whose token it is. Raises ``TraktError``."""
        trakt = self._app.trakt(self._config, token)
        if token is None:
            return trakt, None
        try:
            account = trakt.account()
        except (UnauthorizedError, NotSignedInError, SettingsError) as error:
            if self._writes:
                raise
            self._warn(error)
            return self._app.trakt(self._config, None), None
        token.is_for(account.slug)
        return trakt, AccountTargets(trakt, account)

    def target(self, chosen: str | None, targets: AccountTargets | None) -> Target:
        """Find the target; without a sign-in a list cannot be looked at, and counts as new."""
        name = self._config.settings.trakt.default_watchlist if chosen is None else chosen
        if targets is not None:
            return open_target(name, targets.lists, create=self._config.settings.sync.create_list)
        target = open_target(name, list, create=True)
        if target.is_new:
            self._app.console.note(f"Not signed in: whether there is a list {target.name} is not known")
        return target

    def _warn(self, error: CviError) -> None:
        why = "the access token is not accepted" if type(error) is UnauthorizedError else f"not signed in ({error})"
        self._app.console.warn(f"{why}: what is on Trakt already is not known")
