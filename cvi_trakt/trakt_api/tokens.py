"""Where sign-ins are kept, and reading one: PyTrakt's own file for Trakt itself, our own for other hosts."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cvi_trakt.errors import NotSignedInError
from cvi_trakt.filenames import host_name
from cvi_trakt.secret import Secret

SIGN_IN_REQUIRED = (
    "Trakt access token is required. Provide it using the --token option. "
    "See docs/trakt.md for instructions on obtaining a token.\n"
    "Or sign in once: cvi-trakt auth"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A sign-in. ``expires_at`` is in seconds since 1970; None where it is not known."""

    access: Secret
    refresh: Secret | None = None
    expires_at: int | None = None


def token_file(urls: tuple[str, str], public: tuple[str, str], *, home: Path | None, state_dir: Path) -> Path:
    """Say where the sign-in of a pair of hosts, API and sign-in, is kept.

    ``~/.pytrakt.json`` serves Trakt's ``public`` hosts only, so that PyTrakt's users stay signed in
    and no other host ever sees or replaces that token.
    """
    if urls == public and home is not None:
        return home / ".pytrakt.json"
    hosts = dict.fromkeys(map(host_name, reversed(urls)))
    return state_dir / "tokens" / f"{'_'.join(hosts)}.json"


def stored_token(file: Path, client_id: Secret) -> Token | None:
    """Read the sign-in from a file in PyTrakt's format; None when there is none for this client id.

    Raises ``NotSignedInError`` when the file is there and cannot be used: it is never overwritten unread.
    """
    try:
        stored = json.loads(file.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise NotSignedInError(f"{file}: the sign-in cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError):
        raise NotSignedInError(f"{file}: not a sign-in (broken JSON); move it away and sign in again") from None
    if not isinstance(stored, dict):
        raise NotSignedInError(f"{file}: not a sign-in; move it away and sign in again")
    token = _text(stored, "OAUTH_TOKEN")
    if token is None or stored.get("CLIENT_ID") != client_id.reveal():
        return None
    if not token.isascii() or not token.isprintable():
        raise NotSignedInError(f"{file}: the token in it is not one; move the file away and sign in again")
    refresh = _text(stored, "OAUTH_REFRESH")
    expires = stored.get("OAUTH_EXPIRES_AT")
    return Token(
        access=Secret(token),
        refresh=Secret(refresh) if refresh else None,
        expires_at=expires if isinstance(expires, int) else None,
    )


def _text(stored: dict[str, Any], name: str) -> str | None:
    value = stored.get(name)
    return value if isinstance(value, str) and value else None
