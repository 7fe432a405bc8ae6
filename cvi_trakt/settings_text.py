"""The settings as text: the commented file with every default, and what is in force."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from cvi_trakt.columns import table
from cvi_trakt.config import Config
from cvi_trakt.errors import SettingsError
from cvi_trakt.secret import Secret
from cvi_trakt.settings import SECTIONS, Entry, entries

_HEAD = """\
# Settings of cvi-trakt: every key with its default. Take the `#` away to set one.
# Order: option, environment (CVI_TRAKT_TIMEOUT for trakt.timeout), ..._FILE, secret file, this file, default.
"""


def template() -> str:
    """Give the settings file with every key at its default, commented out."""
    lines = [_HEAD]
    for section in SECTIONS:
        if section:
            lines.append(f"{section}:")
        indent = "  " if section else ""
        for entry in entries():
            if entry.section == section and entry.key.in_file:
                lines.append(f"{indent}# {entry.key.help}")
                lines.append(f"{indent}# {entry.name}: {_yaml(entry.default)}".rstrip())
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def write(file: Path, *, force: bool) -> Path:
    """Write the template, readable by its owner only, because secrets may come to stand in it.

    Raises ``SettingsError`` when the file is there and ``force`` is not given, or cannot be written.
    """
    flags = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if force else os.O_EXCL)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(file, flags, 0o600), "w", encoding="utf-8") as stream:
            stream.write(template())
    except FileExistsError:
        raise SettingsError(f"{file}: is there already; --force replaces it") from None
    except OSError as error:
        raise SettingsError(f"{file}: cannot be written: {error.strerror}") from error
    return file


def as_json(found: Config) -> dict[str, Any]:
    """Give each setting with its value, masked if it is a secret, and where it came from."""
    return {
        entry.dotted: {"value": _plain(_value(found, entry)), "from": found.origins[entry.dotted]}
        for entry in entries()
    }


def as_table(found: Config) -> list[str]:
    """Give the effective settings as a table."""
    rows = [(entry.dotted, _yaml(_value(found, entry)) or "-", found.origins[entry.dotted]) for entry in entries()]
    return table(("SETTING", "VALUE", "FROM"), rows)


def verdict(found: Config) -> list[str]:
    """Say what a check of good settings found."""
    source = str(found.file) if found.file else "no settings file"
    given = sum(origin != "default" for origin in found.origins.values())
    return [f"✅ Settings are good ({source}, {given} set)"]


def _value(found: Config, entry: Entry) -> object:
    part = getattr(found.settings, entry.section) if entry.section else found.settings
    value: object = getattr(part, entry.name)
    return found.state_dir() if entry.dotted == "state_dir" and value is None else value


def _plain(value: object) -> object:
    if isinstance(value, (Secret, Path)):
        return str(value)
    return [str(one) for one in value] if isinstance(value, tuple) else value


def _yaml(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"[{', '.join(str(one) for one in value)}]"
    return f"{value:g}" if isinstance(value, float) else str(value)
