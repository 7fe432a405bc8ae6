"""The sign-in host: device codes, codes of the authorize page, renewing, revoking. Shapes: Trakt's OAuth contract."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from cvi_trakt.errors import (
    ItemNotFoundError,
    RateLimitError,
    RequestRefusedError,
    SignInError,
    SignInSpentError,
    TraktRefusedError,
    TraktUnavailableError,
    UnauthorizedError,
)
from cvi_trakt.secret import Secret
from cvi_trakt.trakt_api.statuses import APPS_PAGE
from cvi_trakt.trakt_api.tokens import Token
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
class DeviceCode:
    """What a person enters where. ``expires_in`` and ``interval`` are in seconds."""

    device_code: Secret
    user_code: str
    verification_url: str
    expires_in: float
    interval: float

    @property
    def direct_url(self) -> str:
        """The address that has the code filled in, for a QR code: Trakt takes it behind the page's own address."""
        return f"{self.verification_url.rstrip('/')}/{self.user_code}"


class OAuth:
    """The sign-in host for one app. Raises ``SignInError`` and ``TraktError``.

    ``transport`` goes to the sign-in host, ``once`` too, but tries nothing twice; ``now`` gives
    seconds since 1970, for answers that do not say when they were made.
    """

    def __init__(
        self,
        transport: Transport,
        once: Transport,
        *,
        client_id: Secret,
        client_secret: Secret,
        redirect_uri: str,
        now: Callable[[], float],
    ) -> None:
        self._transport = transport
        self._once = once
        self._client_id = client_id
        self._client_secret = client_secret
        self._redirect_uri = redirect_uri
        self._now = now

    def device_code(self) -> DeviceCode:
        """Ask for a code to enter on Trakt's page: ``POST /oauth/device/code``."""
        body = self._post("/oauth/device/code", {"client_id": self._client_id.reveal()})
        return DeviceCode(
            device_code=Secret(_text(body, "device_code")),
            user_code=_text(body, "user_code"),
            verification_url=_text(body, "verification_url"),
            expires_in=_number(body, "expires_in"),
            interval=_number(body, "interval"),
        )

    def wait_for(self, device: DeviceCode, *, sleep: Callable[[float], None], clock: Callable[[], float]) -> Token:
        """Poll ``/oauth/device/token`` until the person has answered; ``clock`` gives seconds that only rise.

        A host that does not answer is asked again until the code has expired. Raises ``SignInError``
        for a refusal, and for a code that has expired, was used, or is not known.
        """
        ends = clock() + device.expires_in
        gap = max(1.0, device.interval)
        question = {"code": device.device_code.reveal(), **self._app()}
        while clock() + gap <= ends:
            sleep(gap)
            try:
                return self._token(self._post("/oauth/device/token", question, self._once))
            except RateLimitError as error:
                gap = max(gap + SLOWER, error.retry_after or 0.0)
            except TraktUnavailableError:
                continue
            except (RequestRefusedError, ItemNotFoundError) as error:
                if error.status != 400:
                    raise SignInError(f"{_ENDED.get(error.status or 0, str(error))} {AGAIN}") from error
        raise SignInError(f"{_ENDED[410]} {AGAIN}")

    def authorize_url(self, host: str, state: str) -> str:
        """Give the page on which a person gets a code, at the sign-in host's address."""
        query = {
            "response_type": "code",
            "client_id": self._client_id.reveal(),
            "redirect_uri": self._redirect_uri,
            "state": state,
        }
        return f"{host}/oauth/authorize?{urlencode(query)}"

    def exchange(self, code: str) -> Token:
        """Turn a code of the authorize page into a sign-in. Raises ``SignInError`` for a wrong or old one."""
        question = {"code": code, **self._app(), "redirect_uri": self._redirect_uri, "grant_type": "authorization_code"}
        try:
            return self._token(self._post("/oauth/token", question))
        except RequestRefusedError as error:
            raise SignInError(
                "Authentication failed: Trakt does not accept this code: mistyped, too old, used already, "
                "or made for another redirect address. Run the command again for a new one."
            ) from error

    def renew(self, refresh: Secret, *, patiently: bool) -> Token:
        """Turn a refresh token, which works once, into the next sign-in.

        Patience is for when nothing goes on without it. Raises ``SignInSpentError`` for a dead one.
        """
        question = {
            "refresh_token": refresh.reveal(),
            **self._app(),
            "redirect_uri": self._redirect_uri,
            "grant_type": "refresh_token",
        }
        try:
            return self._token(self._post("/oauth/token", question, self._transport if patiently else self._once))
        except RequestRefusedError as error:
            if error.reason != "invalid_grant":
                raise SignInError(f"Authentication failed: the sign-in could not be renewed: {error}") from error
            raise SignInSpentError("Trakt says that it is spent, revoked or expired", status=400) from error

    def revoke(self, token: Secret) -> None:
        """Make a token worthless: ``POST /oauth/revoke``."""
        self._post("/oauth/revoke", {"token": token.reveal(), **self._app()})

    def _app(self) -> dict[str, str]:
        return {"client_id": self._client_id.reveal(), "client_secret": self._client_secret.reveal()}

    def _post(self, path: str, body: dict[str, str], transport: Transport | None = None) -> Any:
        # a repeat is harmless: an answer that is lost has spent its code, whether it is asked again or not
        try:
            return (transport or self._transport).post(path, body, repeatable=True).body
        except (UnauthorizedError, RequestRefusedError) as error:
            if isinstance(error, RequestRefusedError) and error.reason != "invalid_client":
                raise
            raise TraktRefusedError(
                f"Invalid client credentials: Trakt does not accept this client id with this client secret ({path}). "
                f"Compare both with the app's page: {APPS_PAGE}",
                status=error.status,
                path=path,
            ) from error

    def _token(self, body: Any) -> Token:
        created = body.get("created_at") if isinstance(body, dict) else None
        life = body.get("expires_in") if isinstance(body, dict) else None
        born = created if isinstance(created, int) else int(self._now())
        return Token(
            access=_credential(body, "access_token"),
            refresh=_credential(body, "refresh_token"),
            created_at=born,
            expires_at=born + life if isinstance(life, int) else None,
        )


def pasted_code(text: str, state: str) -> str:
    """Read what a person pasted: the code itself, or the whole address that the page led to.

    An address must carry the ``state`` of this sign-in: one of another sign-in may be somebody
    else's account. Raises ``SignInError``.
    """
    pasted = text.strip()
    if "://" not in pasted and "code=" not in pasted:
        if not pasted or not pasted.isascii() or not pasted.isprintable() or " " in pasted:
            raise SignInError("Authentication failed: that is not a code. Run the command again and paste it.")
        return pasted
    query = parse_qs(urlsplit(pasted).query or pasted.rpartition("?")[2])
    if "error" in query:
        raise SignInError("Authentication failed: you refused the sign-in on Trakt's page.")
    if query.get("state") != [state]:
        raise SignInError(
            "Authentication failed: this address is not the answer to this sign-in (its state differs). "
            "Nothing was sent; run the command again and use the address that it prints."
        )
    if len(query.get("code", [])) != 1:
        raise SignInError("Authentication failed: there is no code in this address.")
    return query["code"][0]


def _credential(body: Any, name: str) -> Secret:
    text = _text(body, name)
    if not text.isascii() or not text.isprintable():
        raise _wrong_shape()
    return Secret(text)


def _text(body: Any, name: str) -> str:
    value = body.get(name) if isinstance(body, dict) else None
    if not isinstance(value, str) or not value:
        raise _wrong_shape()
    return value


def _number(body: Any, name: str) -> float:
    value = body.get(name) if isinstance(body, dict) else None
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not 0 <= value < 1e6:
        raise _wrong_shape()
    return float(value)


def _wrong_shape() -> TraktUnavailableError:
    return TraktUnavailableError(
        "Trakt's answer does not look like a sign-in. Run again later, or look for a newer cvi-trakt."
    )
