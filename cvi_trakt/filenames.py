"""Names of the files and folders that the program keeps. Imports nothing of ours."""

from __future__ import annotations

import hashlib
import re


def safe_name(text: str) -> str:
    """Give a name for one file or folder, whatever the text holds."""
    return "".join(char if (char.isascii() and char.isalnum()) or char in ".-" else "-" for char in text).lstrip(".")


def host_name(url: str) -> str:
    """Give the name for what is kept per host: ``api.trakt.tv``, ``127.0.0.1-8080``.

    Two addresses never have one name: what is more than host and port adds a mark.
    """
    place = url.partition("//")[2]
    host, _, port = place.partition(":")
    plain = all(char.isascii() and (char.isalnum() or char in ".-") for char in host)
    looks_like_a_port = re.search(r"-\d+$", host) is not None
    is_odd = url.startswith("https://") and host in ("localhost", "127.0.0.1")  # plain http is the usual one there
    if plain and not is_odd and (port.isdigit() or not port) and not host.startswith(".") and not looks_like_a_port:
        return safe_name(place)
    return f"{safe_name(place)}-{hashlib.sha256(place.encode()).hexdigest()[:8]}"
