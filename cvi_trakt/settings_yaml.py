"""Reads settings as YAML, with bounds and without showing what may be a secret."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cvi_trakt.errors import SettingsError

if TYPE_CHECKING:
    import yaml

MAX_BYTES = 1_000_000
MAX_KEYS = 1000
_QUOTED = re.compile(r"'[^']{4,}'")


def content(path: Path, shown: str) -> bytes:
    """Read a settings file; ``shown`` is how errors name it. Raises ``SettingsError``."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise SettingsError(f"{shown}: too large for a settings file")
        return path.read_bytes()
    except FileNotFoundError:
        raise SettingsError(
            f"{shown}: no such settings file; `cvi-trakt config init --config {shown}` writes one"
        ) from None
    except OSError as error:
        raise SettingsError(f"{shown}: cannot be read: {error.strerror}") from error


def parse(text: bytes, shown: str) -> dict[Any, Any]:
    """Read YAML that holds sections, or nothing. Raises ``SettingsError``; what it quotes is cut out of the words."""
    import yaml

    try:
        document = yaml.load(text, Loader=_loader())  # noqa: S506 - a child of SafeLoader
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" line {mark.line + 1}, column {mark.column + 1}:" if mark else ""
        # what YAML quotes may be a secret that lacks its quotes
        problem = _QUOTED.sub("'...'", getattr(error, "problem", None) or "not readable as YAML")
        raise SettingsError(f"{shown}:{where} {problem}") from None
    if document is None:
        return {}
    if not isinstance(document, dict):
        raise SettingsError(f"{shown}: expected sections such as 'trakt:', not a {type(document).__name__}")
    return document


def _loader() -> type[yaml.SafeLoader]:
    import yaml

    class Loader(yaml.SafeLoader):
        """Reads plain values only, and no more merged keys than a person writes."""

        def flatten_mapping(self, node: yaml.MappingNode) -> None:
            super().flatten_mapping(node)
            if len(node.value) > MAX_KEYS:
                raise yaml.constructor.ConstructorError(problem="too many merged keys")

    return Loader
