"""The effective settings as people and programs see them, each with where it came from; secrets are masked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cvi_trakt.columns import table
from cvi_trakt.config import Config
from cvi_trakt.secret import Secret
from cvi_trakt.settings import Entry, entries
from cvi_trakt.settings_file import as_yaml


def as_json(found: Config) -> dict[str, Any]:
    """Give each setting with its value, masked if it is a secret, and where it came from."""
    return {
        entry.dotted: {"value": _plain(_value(found, entry)), "from": found.origins[entry.dotted]}
        for entry in entries()
    }


def as_table(found: Config) -> list[str]:
    """Give the effective settings as a table."""
    rows = [(entry.dotted, as_yaml(_value(found, entry)) or "-", found.origins[entry.dotted]) for entry in entries()]
    return table(("SETTING", "VALUE", "FROM"), rows)


def verdict(found: Config) -> list[str]:
    """Say what a check of good settings found."""
    source = ", ".join(str(file) for file in found.files) or "no settings file"
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
