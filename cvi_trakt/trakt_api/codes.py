"""The codes of a sign-in: the one that a person enters on Trakt's page, and the one that a person pastes."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from cvi_trakt.errors import SignInError
from cvi_trakt.secret import Secret


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
    try:
        query = parse_qs(urlsplit(pasted).query or pasted.rpartition("?")[2])
    except ValueError:
        raise SignInError(
            "Authentication failed: that is not an address. Run the command again and paste it."
        ) from None
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
