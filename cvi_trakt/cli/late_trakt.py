"""Trakt for those who may not need it: the door is built when something is first asked of it."""

from __future__ import annotations

from functools import cached_property

from cvi_trakt.cli.app import App
from cvi_trakt.config import Config
from cvi_trakt.errors import SettingsError, TraktUnavailableError
from cvi_trakt.matches import Candidate
from cvi_trakt.media import Kind
from cvi_trakt.trakt_api.client import Trakt


class LateTrakt:
    """Searches and looks up, with the client id and no token.

    Where there is no client id, that is told as any fault of a search: what needs none goes on.
    """

    def __init__(self, app: App, config: Config) -> None:
        self._app = app
        self._config = config

    def search(self, kind: Kind, query: str, *, exact: bool) -> list[Candidate]:
        """Search by title."""
        return self._trakt.search(kind, query, exact=exact)

    def look_up(self, kind: Kind, source: str, number: str | int) -> list[Candidate]:
        """Find by id."""
        return self._trakt.look_up(kind, source, number)

    def look_up_slug(self, kind: Kind, slug: str) -> list[Candidate]:
        """Find by slug, or Trakt's number."""
        return self._trakt.look_up_slug(kind, slug)

    def other_titles(self, candidate: Candidate) -> list[str]:
        """Give what else a work is called."""
        return self._trakt.other_titles(candidate)

    @cached_property
    def _trakt(self) -> Trakt:
        try:
            return self._app.trakt(self._config, None)
        except SettingsError as error:
            raise TraktUnavailableError(str(error), sent=False) from error
