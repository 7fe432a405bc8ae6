"""The settings file: reading one, writing one with every key at its default, commented, and setting keys in one."""

from __future__ import annotations

import difflib
import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cvi_trakt.errors import SettingsError
from cvi_trakt.private_files import replacement
from cvi_trakt.secret import Secret
from cvi_trakt.settings import INSPECTORS_KEYS, SECTIONS, Entry, entries
from cvi_trakt.settings_edit import Edit, edited
from cvi_trakt.settings_yaml import content, parse

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_. -]{0,39}")

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
                lines.append(indent + _placeholder(entry))
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


def update(file: Path, values: Mapping[str, object]) -> None:
    """Set keys by dotted name in a settings file and leave every other character in it as it is.

    A file that is not there is made from the template. None takes a key away. A ``Secret`` is
    revealed into the file only, whose mode becomes 0600 then; else the mode stays. The new text is
    read before it is put in the old one's place, as a whole; a link is followed.

    Raises ``SettingsError``, with the file untouched, for what is no settings file, for a value that
    is none for its key, for a layout that cannot be edited safely, and when it cannot be written.
    """
    known = {entry.dotted: entry for entry in entries() if entry.key.in_file}
    for dotted in values:
        _check_known(dotted, known, str(file))
    text, mode = _text_and_mode(file)
    changed = _changed(text, str(file), [(known[dotted], _plain(known[dotted], values[dotted])) for dotted in values])
    given, _ = _values(parse(changed.encode(), str(file)), str(file))
    if any(known[dotted].key.secret for dotted in given):
        mode = 0o600
    try:
        with replacement(file) as ready:
            ready.put(changed)
        file.chmod(mode)
    except OSError as error:
        raise SettingsError(f"{file}: cannot be written: {error.strerror}") from error


def _text_and_mode(file: Path) -> tuple[str, int]:
    try:
        if not file.exists():
            return template(), 0o600
        return content(file, str(file)).decode(), stat.S_IMODE(file.stat().st_mode)
    except UnicodeDecodeError:
        raise SettingsError(f"{file}: is not UTF-8 text; save it as UTF-8 first") from None
    except OSError as error:
        raise SettingsError(f"{file}: cannot be read: {error.strerror}") from error


def _plain(entry: Entry, value: object) -> object:
    """Give a value as YAML is to hold it. Raises ``SettingsError`` for one that the setting does not take."""
    match value:
        case None:
            return None
        case Secret():
            value = value.reveal()
        case tuple() | list():
            value = [str(one) for one in value]
        case str() | Path():
            value = str(value)
    try:
        entry.key.parse(value)
    except ValueError as error:
        raise SettingsError(f"{entry.dotted}: {error}") from None
    return value


def _changed(text: str, shown: str, wanted: list[tuple[Entry, object]]) -> str:
    """Give the text with these values, in which all others read as they did. Raises ``SettingsError``."""
    import yaml

    facts = _facts(parse(text.encode(), shown))
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    changed = text.removeprefix(mark)
    new = [(entry, value) for entry, value in wanted if facts.get(_place(entry), "None") != repr(value)]
    try:
        for entry, value in reversed(new):  # what is new in a section comes first in it
            edit = Edit(section=entry.section, name=entry.name, value=value, placeholder=_placeholder(entry))
            changed = edited(changed, edit)
            facts[_place(entry)] = repr(value)
        same = _facts(parse(changed.encode(), shown)) == {name: fact for name, fact in facts.items() if fact != "None"}
    except (yaml.YAMLError, ValueError, SettingsError):
        same = False
    if not same:
        names = ", ".join(entry.dotted for entry, _ in new)
        raise SettingsError(
            f"{shown}: cannot be edited safely (flow style, anchors or values of several lines): set {names} by hand"
        )
    return mark + changed


def _facts(document: dict[Any, Any]) -> dict[tuple[str, object], str]:
    """Give all that a document says, without empty keys, in a form that tells 1, true and 1.0 apart."""
    facts: dict[tuple[str, object], str] = {}
    for name, value in document.items():
        ours = name in SECTIONS and name and isinstance(value, dict)
        facts |= {(name, key): repr(below) for key, below in value.items()} if ours else {("", name): repr(value)}
    return {place: fact for place, fact in facts.items() if fact != "None"}


def _place(entry: Entry) -> tuple[str, object]:
    return entry.section, entry.name


def _placeholder(entry: Entry) -> str:
    return f"# {entry.name}: {as_yaml(entry.default)}".rstrip()


def read_settings(path: Path, shown: str) -> tuple[dict[str, Any], list[str]]:
    """Read a settings file; gives the values by dotted name, and warnings.

    ``shown`` is how errors name the file. Values are as YAML gives them; keys without a value are
    left out. The file may be shared: a section that is not ours is one warning, and so are keys of
    the inspector in one of ours. Raises ``SettingsError`` for what is no such file, and for an unknown
    key of a section of ours.
    """
    return _values(parse(content(path, shown), shown), shown)


def _values(document: dict[Any, Any], shown: str) -> tuple[dict[str, Any], list[str]]:
    known = {entry.dotted: entry for entry in entries() if entry.key.in_file}
    values: dict[str, Any] = {}
    warnings = []
    for name, value in document.items():
        if name in SECTIONS and name:
            if not isinstance(value, (dict, type(None))):
                raise SettingsError(f"{shown}: {name}: expected keys below it, not {type(value).__name__}")
            values |= {f"{name}.{key}": below for key, below in (value or {}).items()}
        elif name in known:
            values[str(name)] = value
        else:
            near = difflib.get_close_matches(str(name), [*SECTIONS, *known], 1, 0.75)
            hint = f" (did you mean {near[0]}?)" if near else ""
            warnings.append(f"{shown}: section '{_shown(name)}' is not ours and is left alone{hint}")
    if theirs := sorted(INSPECTORS_KEYS & set(values)):
        warnings.append(f"{shown}: {', '.join(theirs)}: Corrupt Video Inspector's, left alone")
    values = {dotted: value for dotted, value in values.items() if dotted not in theirs}
    for dotted in values:
        _check_known(dotted, known, shown)
    given = {dotted: value for dotted, value in values.items() if value is not None and str(value).strip()}
    return given, warnings


def _check_known(dotted: str, known: dict[str, Entry], shown: str) -> None:
    if dotted not in known:
        near = difflib.get_close_matches(dotted, known, 1, 0.5)
        hint = f" Did you mean {near[0]}?" if near else ""
        raise SettingsError(f"{shown}: unknown key {_shown(dotted)}.{hint}")


def _shown(name: object) -> str:
    """Give a name as an error quotes it; one with other characters may be a secret that lacks a blank."""
    return str(name) if _NAME.fullmatch(str(name)) else "... (is there a blank after the colon?)"


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
