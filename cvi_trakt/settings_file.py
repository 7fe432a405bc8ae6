"""The settings file: reading one, and writing one with every key at its default, commented."""

from __future__ import annotations

import difflib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cvi_trakt.errors import SettingsError
from cvi_trakt.settings import SECTIONS, Entry, entries

if TYPE_CHECKING:
    import yaml

MAX_BYTES = 1_000_000
MAX_KEYS = 1000

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
                lines.append(f"{indent}# {entry.name}: {as_yaml(entry.default)}".rstrip())
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


def read_settings(path: Path, shown: str) -> tuple[dict[str, Any], list[str]]:
    """Read a settings file; gives the values by dotted name, and warnings.

    ``shown`` is how errors name the file. Values are as YAML gives them; keys without a value are
    left out. A section that is not ours is one warning: the file may be shared. Raises
    ``SettingsError`` for what is no such file, and for an unknown key of a section of ours.
    """
    known = {entry.dotted: entry for entry in entries() if entry.key.in_file}
    values: dict[str, Any] = {}
    warnings = []
    for name, value in _parse(path, shown).items():
        if name in SECTIONS and name:
            if not isinstance(value, (dict, type(None))):
                raise SettingsError(f"{shown}: {name}: expected keys below it, not {type(value).__name__}")
            values |= {f"{name}.{key}": below for key, below in (value or {}).items()}
        elif name in known:
            values[str(name)] = value
        else:
            near = difflib.get_close_matches(str(name), [*SECTIONS, *known], 1, 0.75)
            hint = f" (did you mean {near[0]}?)" if near else ""
            warnings.append(f"{shown}: section '{name}' is not ours and is left alone{hint}")
    for dotted in values:
        _check_known(dotted, known, shown)
    given = {dotted: value for dotted, value in values.items() if value is not None and str(value).strip()}
    return given, warnings


def _check_known(dotted: str, known: dict[str, Entry], shown: str) -> None:
    if dotted not in known:
        near = difflib.get_close_matches(dotted, known, 1, 0.5)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise SettingsError(f"{shown}: unknown key {dotted}.{hint}")


def _parse(path: Path, shown: str) -> dict[Any, Any]:
    import yaml

    try:
        if path.stat().st_size > MAX_BYTES:
            raise SettingsError(f"{shown}: too large for a settings file")
        document = yaml.load(path.read_bytes(), Loader=_loader())  # noqa: S506 - a child of SafeLoader
    except FileNotFoundError:
        raise SettingsError(f"{shown}: no such settings file; `cvi-trakt config init` writes one") from None
    except OSError as error:
        raise SettingsError(f"{shown}: cannot be read: {error.strerror}") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" line {mark.line + 1}, column {mark.column + 1}:" if mark else ""
        problem = getattr(error, "problem", None) or "not readable as YAML"
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


def as_yaml(value: object) -> str:
    """Write one value as the settings file has it; None is nothing at all."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"[{', '.join(str(one) for one in value)}]"
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return str(value)
