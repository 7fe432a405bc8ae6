"""Whether somebody is signed in, as Trakt says it now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from cvi_trakt.accounts import Account
from cvi_trakt.cli.app import App
from cvi_trakt.config import Config
from cvi_trakt.errors import NotSignedInError, UnauthorizedError
from cvi_trakt.trakt_api.sign_in import StoredSignIn, moment, until

NO_SIGN_IN = "No sign-in of this client id is kept. Sign in with: cvi-trakt auth"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Who is signed in, or why nobody is. ``source`` says where the token comes from."""

    account: Account | None
    source: str | None
    stored: StoredSignIn | None
    host: str
    reason: str = ""

    def lines(self) -> list[str]:
        """Say it in words."""
        if self.account is None:
            return [f"Not signed in. {self.reason}"]
        said = [f"Signed in as {self.account.name} at {self.host}", f"Token from: {self.source}"]
        if self.stored is None:
            return [*said, "Good until: not known; a token that was given is not renewed"]
        said.append(f"Good until: {until(self.stored.token)}")
        half = self.stored.token.half_life()
        if half is not None and self.stored.token.refresh is not None:
            said.append(f"Renewed by the first run after: {moment(half)}")
        return said

    def as_json(self) -> dict[str, object]:
        """Give it for programs; times are ISO 8601, None where not known."""
        token = self.stored.token if self.stored else None
        return {
            "signed_in": self.account is not None,
            "user": self.account.name if self.account else None,
            "slug": self.account.slug if self.account else None,
            "api_url": self.host,
            "source": self.source,
            "expires_at": _iso(token.expires_at) if token else None,
            "renewable": bool(token and token.refresh),
            "reason": self.reason or None,
        }


def of(app: App, config: Config) -> Standing:
    """Ask Trakt whose token it is. Raises ``TraktError`` where that says nothing about the sign-in."""
    host = config.settings.trakt.api_url
    given = config.settings.trakt.token is not None
    source: str | None = config.origins["trakt.token"] if given else None
    stored = None
    try:
        token = app.token(config)
        if token is None:
            return Standing(account=None, source=None, stored=None, host=host, reason=NO_SIGN_IN)
        if isinstance(token, StoredSignIn):
            stored, source = token, str(token.file.path)
        account = app.trakt(config, token).account()
    except (NotSignedInError, UnauthorizedError) as error:
        return Standing(account=None, source=source, stored=None, host=host, reason=" ".join(str(error).split("\n")))
    return Standing(account=account, source=source, stored=stored, host=host)


def _iso(seconds: int | None) -> str | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC).isoformat()
