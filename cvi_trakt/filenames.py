"""Names of the files and folders that the program keeps. Imports nothing of ours."""

from __future__ import annotations


def safe_name(text: str) -> str:
    """Give a name for one file or folder, whatever the text holds."""
    return "".join(char if (char.isascii() and char.isalnum()) or char in ".-" else "-" for char in text).lstrip(".")


def host_name(url: str) -> str:
    """Give the name for what is kept per host: ``api.trakt.tv``, ``127.0.0.1-8080``."""
    return safe_name(url.partition("//")[2])
