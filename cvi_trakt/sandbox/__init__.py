"""A local stand-in for Trakt, for trying the program without an account and for tests."""

from __future__ import annotations

from typing import Final

CLIENT_ID: Final = "sandbox-client-id"
CLIENT_SECRET: Final = "sandbox-client-secret"  # noqa: S105 - opens nothing but this stand-in
TOKEN: Final = "sandbox-access-token"  # noqa: S105 - opens nothing but this stand-in
USER: Final = "sandy"
