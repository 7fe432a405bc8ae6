"""The person's own list of what their files are: which entry of it a path falls under."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from cvi_trakt.errors import InputError
from cvi_trakt.identify.paths import below_root
from cvi_trakt.media import Declared, Ids, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One path of the list, and what it says of all that lies there.

    ``where`` names the entry in messages: its line, or its number.
    """

    path: str
    declared: Declared
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IdsMap:
    """Entries by the path they stand at, by their bare name, and by the last name of their path.

    Only plain values, so that it can be handed to other processes. None among ``last_names``: entries
    of that name differ.
    """

    paths: dict[str, Declared] = field(default_factory=dict)
    bare_names: dict[str, Declared] = field(default_factory=dict)
    last_names: dict[str, Declared | None] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.paths) + len(self.bare_names)

    def find(self, path: str) -> Declared | None:
        """Give what the list says of a path: the nearest entry that is the path, its name or a folder above.

        Where no entry is, the list may be of another machine or container: then one that ends in a
        folder of the path, or in its file name, speaks for it, if no different one does.
        """
        parts = _parts(path)
        names = [_same(part) for part in parts]
        for count in range(len(parts), 0, -1):
            here = self.paths.get("/".join(parts[:count])) or self.bare_names.get(names[count - 1])
            if here is not None:
                return here
        ends = [self.last_names[name] for name in reversed(names) if name in self.last_names]
        agree = len({_meaning(declared) for declared in ends}) == 1
        return ends[0] if agree else None


def make_ids_map(entries: Iterable[Entry], *, source: str) -> IdsMap:
    """Sort entries by their paths. Raises ``InputError`` for two that give one path different ids."""
    ids_map = IdsMap()
    seen: dict[str, Entry] = {}
    for entry in entries:
        parts = _parts(entry.path)
        if not any(parts):
            raise InputError(f"{source}: {entry.where}: the path is empty; give a file or a folder")
        key = "/".join(parts)
        first = seen.setdefault(key, entry)
        if _meaning(first.declared) != _meaning(entry.declared):
            raise InputError(
                f"{source}: {entry.where}: {entry.path!r} has other ids than at {first.where}; keep one of the two"
            )
        if len(parts) == 1:
            ids_map.bare_names[_same(key)] = entry.declared
            continue
        ids_map.paths[key] = entry.declared
        name = _same(parts[-1])
        known = ids_map.last_names.get(name, entry.declared)
        if name in ids_map.last_names or _says_something(parts[-1]):
            ids_map.last_names[name] = known if _meaning(known) == _meaning(entry.declared) else None
    return ids_map


def _meaning(declared: Declared | None) -> tuple[Kind | None, Ids] | None:
    return (declared.kind, declared.ids) if declared else None


def _parts(path: str) -> list[str]:
    """Take a path apart, in one spelling: a first part that is empty, or a drive, is that of an absolute path."""
    text = unicodedata.normalize("NFC", path)
    drive = re.match(r"[A-Za-z]:(?=[/\\])", text)
    # A backslash parts folders only where the path looks like one of Windows: POSIX allows it in names.
    if drive or text.startswith("\\\\") or ("\\" in text and "/" not in text):
        text = _same(text.replace("\\", "/"))  # Windows does not tell small letters from capitals
    absolute = [""] if text.startswith("/") else []
    return absolute + [part for part in text.split("/") if part not in ("", ".")]


def _same(name: str) -> str:
    return unicodedata.normalize("NFC", name.casefold())


def _says_something(name: str) -> bool:
    """Whether a last name is that of a work: `Season 1` and `Movies` are in many places."""
    return bool(below_root(f"/{name}/file").work_folders)
