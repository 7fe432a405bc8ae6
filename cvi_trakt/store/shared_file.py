"""Reads a file of decisions that a person may have edited; what is wrong is named with its line."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Mapping, Sequence
from typing import NoReturn

import yaml

from cvi_trakt.errors import InputError
from cvi_trakt.match.reference import ACCEPTED, NoReference, read_reference
from cvi_trakt.media import Kind
from cvi_trakt.store.rows import Key, work_of_key
from cvi_trakt.store.sharing import NEVER, VERSION, Choice, Named, Shared

MAX_BYTES = 20_000_000
_KEYS = ("kind", "title", "year", "country", "folder", "ids", "decision")
_OF_CHOICE = ("movie", "show", "title", "year")
_ID_FORMS = {
    "trakt": r"[0-9]{1,12}",
    "slug": r"[\w-]+",
    "imdb": r"tt[0-9]{5,12}",
    "tmdb": r"[0-9]{1,12}",
    "tvdb": r"[0-9]{1,12}",
}


def read(text: bytes, name: str) -> tuple[Shared, ...]:
    """Read a whole file. Raises ``InputError`` that names file, line, entry, and what was expected."""
    if len(text) > MAX_BYTES:
        raise InputError(f"{name}: too large; expected a file as `cvi-trakt decisions export` writes it")
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{name}: line {mark.line + 1}" if mark else name
        problem = getattr(error, "problem", None) or "not text"
        raise InputError(f"{where}: not readable as YAML ({problem}); expected a file as export writes it") from None
    if root is None:
        raise InputError(f"{name}: is empty; expected `decisions:` and entries, as `decisions export` writes them")
    reader = _Reader(name)
    top = reader.mapping(root, name, ("version", "decisions"))
    if "version" in top and reader.text(top["version"], f"{name}: version") != str(VERSION):
        raise InputError(f"{name}: version: expected {VERSION}; a newer cvi-trakt may have written it")
    if "decisions" not in top:
        raise InputError(f"{name}: expected `decisions:` with entries, as `decisions export` writes them")
    return tuple(reader.entry(node, number) for number, node in enumerate(reader.items(top["decisions"]), start=1))


class _Reader:
    """Takes YAML's nodes apart, which know their lines; scalars are taken as they were typed."""

    def __init__(self, name: str) -> None:
        self._name = name

    def items(self, node: yaml.Node) -> Sequence[yaml.Node]:
        """Give the entries of a list; nothing counts as an empty one."""
        if not isinstance(node, yaml.SequenceNode) and not _is_null(node):
            self._fail(f"{self._name}: line {_line(node)}: decisions", "a list of entries, each with a dash before it")
        return node.value if isinstance(node, yaml.SequenceNode) else ()

    def mapping(self, node: yaml.Node, where: str, known: Sequence[str]) -> dict[str, yaml.Node]:
        """Give what stands under each key; every key must be known, and stand once."""
        if not isinstance(node, yaml.MappingNode):
            self._fail(where, f"{' and '.join(known[:2])} and the like, as `decisions export` writes them")
        found: dict[str, yaml.Node] = {}
        for key, value in node.value:
            word = str(key.value) if isinstance(key, yaml.ScalarNode) else "?"
            if word not in known:
                near = difflib.get_close_matches(word, known, 1)
                hint = f"; did you mean {near[0]}?" if near else f"; expected {', '.join(known)}"
                raise InputError(f"{where}, line {_line(key)}: unknown key {word!r}{hint}")
            if word in found:
                raise InputError(f"{where}, line {_line(key)}: {word} stands there twice; keep one")
            found[word] = value
        return found

    def entry(self, node: yaml.Node, number: int) -> Shared:
        """Read one entry."""
        where = f"{self._name}: entry {number} (line {_line(node)})"
        given = self.mapping(node, where, _KEYS)
        for needed in ("kind", "title", "decision"):
            if needed not in given:
                raise InputError(f"{where}: {needed} is missing")
        kind = self.matching(given["kind"], f"{where}: kind", "movie|show", "movie or show")
        country = self.optional(given, "country", where, r"[A-Za-z]{2}", "two letters, such as US")
        key = Key(
            kind=kind,
            title=self.text(given["title"], f"{where}: title"),
            year=int(self.optional(given, "year", where, r"[12][0-9]{3}", "a year, such as 1999") or 0),
            country=country.upper(),
            folder=self.optional(given, "folder", where, r"(?s).+", "a folder").strip("/"),
            ids=self._ids(given["ids"], f"{where}: ids") if "ids" in given else "",
        )
        return Shared(work=work_of_key(key), choice=self._choice(given["decision"], f"{where}: decision"), where=where)

    def _ids(self, node: yaml.Node, where: str) -> str:
        given = self.mapping(node, where, tuple(_ID_FORMS))
        found: dict[str, int | str] = {}
        for name, form in _ID_FORMS.items():
            if name in given:
                text = self.matching(
                    given[name], f"{where}.{name}", form, "tt0133093" if name == "imdb" else "a number"
                )
                found[name] = text if name in ("imdb", "slug") else int(text)
        return json.dumps(found) if found else ""

    def _choice(self, node: yaml.Node, where: str) -> Choice | None:
        if isinstance(node, yaml.ScalarNode):
            self.matching(node, where, NEVER, "never, or movie: or show: with an id")
            return None
        given = self.mapping(node, where, _OF_CHOICE)
        kinds = [kind for kind in Kind if kind in given]
        if len(kinds) != 1:
            self._fail(where, "movie: or show: with an id, and only one of them")
        title, year = (
            self.text(given["title"], f"{where}: title") if "title" in given else None,
            self.optional(given, "year", where, r"[0-9]{4}", "a year, such as 1999"),
        )
        ids = self._references(given[kinds[0]], kinds[0], f"{where}: {kinds[0]}")
        return Choice(kind=kinds[0], ids=ids, title=title, year=int(year) if year else None)

    def _references(self, node: yaml.Node, kind: Kind, where: str) -> tuple[Named, ...]:
        found: list[Named] = []
        for word in self.text(node, where).split():
            if word.isdigit():
                raise InputError(
                    f"{where}: {word} does not say of which catalogue it is; expected trakt:{word} or tmdb:{word}"
                )
            reference = read_reference(word)
            if isinstance(reference, NoReference):
                raise InputError(f"{where}: {reference.why}. {ACCEPTED}")
            if reference.kind not in (None, kind):
                self._fail(where, f"a {kind}; {word} is a {reference.kind}")
            found.append(reference)
        return tuple(found)

    def optional(self, given: Mapping[str, yaml.Node], key: str, where: str, form: str, expected: str) -> str:
        """Read a text of this form; empty where there is none."""
        node = given.get(key)
        return "" if node is None or _is_null(node) else self.matching(node, f"{where}: {key}", form, expected)

    def matching(self, node: yaml.Node, where: str, form: str, expected: str) -> str:
        """Read a text that must have this form."""
        text = self.text(node, where) if isinstance(node, yaml.ScalarNode) else ""
        if not re.fullmatch(form, text):
            self._fail(where, f"{expected}, not {text[:40]!r}" if text else expected)
        return text

    def text(self, node: yaml.Node, where: str) -> str:
        """Read one line of text as it was typed: a title may be 1917, or No."""
        text = str(node.value).strip() if isinstance(node, yaml.ScalarNode) and not _is_null(node) else ""
        if not text:
            self._fail(where, "text")
        return text

    def _fail(self, where: str, expected: str) -> NoReturn:
        raise InputError(f"{where}: expected {expected}")


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _is_null(node: yaml.Node) -> bool:
    return str(node.tag) == "tag:yaml.org,2002:null"
