"""The sign-in host: device codes, codes of the authorize page, renewing, revoking. Shapes: Trakt's OAuth contract."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from cvi_trakt.errors import (
    ItemNotFoundError,
    RateLimitError,
    RequestRefusedError,
    SignInError,
    SignInSpentError,
    TraktError,
    TraktRefusedError,
    TraktUnavailableError,
    UnauthorizedError,
)
from cvi_trakt.secret import Secret
from cvi_trakt.settings import APPS_PAGE
from cvi_trakt.trakt_api.codes import DeviceCode
from cvi_trakt.trakt_api.pacing import Patience
from cvi_trakt.trakt_api.parse import wrong_shape
from cvi_trakt.trakt_api.tokens import Token, time_of
from cvi_trakt.trakt_api.transport import Transport

SLOWER = 5.0  # seconds that polling too fast adds to the gap (RFC 8628, section 3.5)
AGAIN = "Start again: cvi-trakt auth"

_ENDED = {
    404: "Authentication failed: Trakt does not know this device code.",
    409: "Authentication failed: the code was used already, and the answer to it is lost.",
    410: "Authentication failed: the code has expired before anybody entered it.",
    418: "Authentication failed: you refused the sign-in on Trakt's page.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OAuthApp:
    """The app that people sign in to, as its page at Trakt has it."""

    client_id: Secret
    client_secret: Secret
    redirect_uri: str

    def credentials(self) -> dict[str, str]:
        """Give client id and secret as the bodies have them."""
        return {"client_id": self.client_id.reveal(), "client_secret": self.client_secret.reveal()}


Keep = Callable[[Token], None]


class OAuth:
    """The sign-in host for one app. Raises ``SignInError`` and ``TraktError``.

    ``transport`` goes to the sign-in host and tries nothing twice; ``patience`` does where that
    helps. ``held`` holds back what would end the program between an answer that is given once and
    its being kept. ``now`` gives seconds since 1970, for answers that do not say when they were made.
    """

    def __init__(
        self,
        transport: Transport,
        patience: Patience,
        app: OAuthApp,
        *,
        held: Callable[[], AbstractContextManager[None]],
        now: Callable[[], float],
    ) -> None:
        self._transport = transport
        self._patience = patience
        self._app = app
        self._held = held
        self._now = now

    def device_code(self) -> DeviceCode:
        """Ask for a code to enter on Trakt's page: ``POST /oauth/device/code``."""
        body = self._ask("/oauth/device/code", {"client_id": self._app.client_id.reveal()})
        return DeviceCode(
            device_code=Secret(_text(body, "device_code")),
            user_code=_text(body, "user_code"),
            verification_url=_text(body, "verification_url"),
            expires_in=_number(body, "expires_in"),
            interval=_number(body, "interval"),
        )

    def wait_for(
        self, device: DeviceCode, *, sleep: Callable[[float], None], clock: Callable[[], float], keep: Keep
    ) -> Token:
        """Poll ``/oauth/device/token`` until the person has answered; ``clock`` gives seconds that only rise.

        A host that does not answer is asked again until the code has expired. ``keep`` takes the
        sign-in before anything can stop the program. Raises ``SignInError`` for a refusal, and for a
        code that has expired, was used, or is not known; ``RateLimitError`` when Trakt asks to wait
        for longer than that.
        """
        ends = clock() + device.expires_in
        gap = pause = max(1.0, device.interval)
        question = {"code": device.device_code.reveal(), **self._app.credentials()}
        while (left := ends - clock()) > 0:
            sleep(min(pause, left))
            pause = gap
            try:
                return self._once("/oauth/device/token", question, keep)
            except RateLimitError as error:
                gap += SLOWER
                pause = max(gap, error.retry_after or 0.0)
                if pause > ends - clock():
                    raise
            except TraktUnavailableError:
                continue
            except (RequestRefusedError, ItemNotFoundError) as error:
                if error.status != 400:
                    raise SignInError(f"{_ENDED.get(error.status or 0, _refused(error))} {AGAIN}") from error
        raise SignInError(f"{_ENDED[410]} {AGAIN}")

    def authorize_url(self, host: str, state: str) -> str:
        """Give the page on which a person gets a code, at the sign-in host's address."""
        query = {
            "response_type": "code",
            "client_id": self._app.client_id.reveal(),
            "redirect_uri": self._app.redirect_uri,
            "state": state,
        }
        return f"{host}/oauth/authorize?{urlencode(query)}"

    def exchange(self, code: str, keep: Keep) -> Token:
        """Turn a code of the authorize page into a sign-in, which ``keep`` takes at once.

        Raises ``SignInError`` for a wrong or old code.
        """
        question = {
            "code": code,
            **self._app.credentials(),
            "redirect_uri": self._app.redirect_uri,
            "grant_type": "authorization_code",
        }
        try:
            return self._patience.call(lambda: self._once("/oauth/token", question, keep), repeatable=True)
        except (RequestRefusedError, ItemNotFoundError) as error:
            if error.status != 400:
                raise SignInError(_refused(error)) from error
            raise SignInError(
                "Authentication failed: Trakt does not accept this code: mistyped, too old, used already, "
                "or made for another redirect address. Run the command again for a new one."
            ) from error

    def renew(self, refresh: Secret, keep: Keep, *, patiently: bool) -> Token:
        """Turn a refresh token, which works once, into the next sign-in, which ``keep`` takes at once.

        Patience is for when nothing goes on without it. Raises ``SignInSpentError`` for a dead one.
        """
        question = {
            "refresh_token": refresh.reveal(),
            **self._app.credentials(),
            "redirect_uri": self._app.redirect_uri,
            "grant_type": "refresh_token",
        }

        def once() -> Token:
            return self._once("/oauth/token", question, keep, refresh)

        try:
            return self._patience.call(once, repeatable=True) if patiently else once()
        except (RequestRefusedError, ItemNotFoundError) as error:
            if isinstance(error, RequestRefusedError) and error.reason == "invalid_grant":
                raise SignInSpentError("Trakt says that it is spent, revoked or expired", status=400) from error
            raise SignInError(_refused(error)) from error

    def revoke(self, token: Secret) -> None:
        """Make a token worthless: ``POST /oauth/revoke``."""
        self._ask("/oauth/revoke", {"token": token.reveal(), **self._app.credentials()})

    def _once(self, path: str, question: dict[str, str], keep: Keep, refresh: Secret | None = None) -> Token:
        """Ask once for a sign-in, and have it kept before a signal can end the program."""
        with self._held():
            token = self._token(self._post(path, question), refresh)
            keep(token)
            return token

    def _ask(self, path: str, question: dict[str, str]) -> Any:
        """Ask for what does no harm when it is asked twice."""
        try:
            return self._patience.call(lambda: self._post(path, question), repeatable=True)
        except (RequestRefusedError, ItemNotFoundError) as error:
            raise SignInError(_refused(error)) from error

    def _post(self, path: str, body: dict[str, str]) -> Any:
        try:
            return self._transport.post(path, body, repeatable=False).body
        except (UnauthorizedError, RequestRefusedError) as error:
            if isinstance(error, RequestRefusedError) and error.reason != "invalid_client":
                raise
            raise TraktRefusedError(
                f"Invalid client credentials: Trakt does not accept this client id with this client secret ({path}). "
                f"Compare both with the app's page: {APPS_PAGE}",
                status=error.status,
                path=path,
            ) from error

    def _token(self, body: Any, refresh: Secret | None) -> Token:
        """Read a sign-in; RFC 6749, section 6, lets an answer leave a refresh token out that stays the same."""
        access = _credential(_text(body, "access_token"))
        fresh = body.get("refresh_token")
        created = time_of(body.get("created_at"))
        born = int(self._now()) if created is None else created
        life = body.get("expires_in")
        return Token(
            access=access,
            refresh=_credential(fresh) if isinstance(fresh, str) and fresh else refresh,
            created_at=born,
            expires_at=time_of(born + life) if isinstance(life, int) else None,
        )


def _refused(error: TraktError) -> str:
    return (
        f"Authentication failed: the sign-in host did not take the request ({error.status} on {error.path}). "
        "Look at trakt.auth_url, or run again later."
    )


def _credential(text: str) -> Secret:
    if not text.isascii() or not text.isprintable():
        raise wrong_shape("a sign-in")
    return Secret(text)


def _text(body: Any, name: str) -> str:
    value = body.get(name) if isinstance(body, dict) else None
    if not isinstance(value, str) or not value:
        raise wrong_shape("a sign-in")
    return value


def _number(body: Any, name: str) -> float:
    value = body.get(name) if isinstance(body, dict) else None
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not 0 <= value < 1e6:
        raise wrong_shape("a sign-in")
    return float(value)
