"""Starts the sandbox for a person: with the settings that point the other commands at it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from cvi_trakt.errors import InputError, SettingsError
from cvi_trakt.sandbox import CLIENT_ID, CLIENT_SECRET, TOKEN


def run(*, port: int, catalogue: Path | None, state: Path | None, say: Callable[..., None]) -> None:
    """Serve until Ctrl-C. Raises ``SettingsError`` without Flask, ``InputError`` for a port that is taken."""
    try:
        from cvi_trakt.sandbox.server import serve
    except ModuleNotFoundError as error:
        raise SettingsError(
            f"the sandbox needs {error.name}, which is not installed: pip install 'cvi-trakt[sandbox]'"
        ) from None
    try:
        serve(port=port, catalogue=catalogue, state=state, announce=lambda url: say(*_introduction(url)))
    except OSError as error:
        raise InputError(f"port {port} cannot be used: {os.strerror(error.errno or 0)}; --port 0 takes any") from error


def _introduction(url: str) -> list[str]:
    return [
        f"Sandbox at {url}",
        "In another terminal:",
        f"  export CVI_TRAKT_API_URL={url} CVI_TRAKT_AUTH_URL={url}",
        f"  export CVI_TRAKT_CLIENT_ID={CLIENT_ID} CVI_TRAKT_CLIENT_SECRET={CLIENT_SECRET}",
        "  export CVI_STATE_DIR=/tmp/cvi-sandbox",
        "Then sign in (it approves by itself): cvi-trakt auth",
        f"  or use its token instead: export CVI_TRAKT_TOKEN={TOKEN}",
    ]
