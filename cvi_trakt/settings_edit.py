"""Sets one key in the text of a settings file and leaves every other character alone. Imports nothing of ours."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One key and what it becomes.

    ``section`` is empty for a key that stands in none. ``value`` is text, a number, a truth value or
    a list of these; None takes the key away. ``placeholder`` is the commented line that the template
    has for the key: a value comes in its place, and it comes back when a value is taken away.
    """

    section: str
    name: str
    value: object
    placeholder: str

    @property
    def line(self) -> str:
        """The line that sets the key, without what stands before it."""
        return f"{self.name}: {self.spelled()}"

    def spelled(self) -> str:
        """Spell the value as YAML does, on one line; text in quotes, so that no reader takes it for a number."""
        import yaml

        style = '"' if isinstance(self.value, str) else None
        text = yaml.safe_dump(
            self.value, default_style=style, default_flow_style=True, allow_unicode=True, width=float("inf")
        )
        return text.removesuffix("...\n").rstrip("\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Key:
    """Where a key and its value stand. All numbers count characters; ``column`` from the line's begin."""

    name: str
    column: int
    begin: int
    end: int
    value_begin: int
    value_end: int
    below: tuple[_Key, ...]


def edited(text: str, edit: Edit) -> str:
    """Give the text with one key set where it stands, or where the template or its section has a place for it.

    The caller reads the new text and compares: this function knows the layouts that people write,
    not all that YAML allows. Raises ``ValueError`` for a layout that it does not know, and
    ``yaml.YAMLError`` for what is no YAML.
    """
    import yaml

    keys = _keys(yaml.compose(text, Loader=yaml.SafeLoader), levels=2)
    section = _last(keys, edit.section) if edit.section else None
    there = _last(section.below if section else () if edit.section else keys, edit.name)
    if there is not None:
        return _replaced(text, there, edit)
    if edit.value is None:
        return text
    margin = " " * keys[0].column if keys else ""
    if section is not None:
        return _added_to_section(text, keys, section, edit)
    if edit.section:
        return _appended(text, f"{margin}{edit.section}:", f"{margin}  {edit.line}")
    found = re.search(_places(edit, ""), text)
    return _put(text, found, edit.line) if found else _appended(text, margin + edit.line)


def _keys(node: object, *, levels: int) -> tuple[_Key, ...]:
    import yaml

    if not isinstance(node, yaml.MappingNode) or not levels:
        return ()
    return tuple(_key(key, value, levels) for key, value in node.value)


def _key(key: object, value: object, levels: int) -> _Key:
    import yaml

    assert isinstance(key, yaml.Node)
    assert isinstance(value, yaml.Node)
    marks = (key.start_mark, key.end_mark, value.start_mark, value.end_mark)
    begin, end, value_begin, value_end = (mark.index if mark else 0 for mark in marks)
    return _Key(
        name=str(key.value),
        column=key.start_mark.column if key.start_mark else 0,
        begin=begin,
        end=end,
        value_begin=value_begin,
        value_end=value_end,
        below=_keys(value, levels=levels - 1)
        if begin <= value_begin
        else (),  # not those of an alias, which stand elsewhere
    )


def _last(keys: tuple[_Key, ...], name: str) -> _Key | None:
    """Find a key; of two of one name the later one counts, as for the reader."""
    return next((key for key in reversed(keys) if key.name == name), None)


def _replaced(text: str, key: _Key, edit: Edit) -> str:
    if key.value_begin < key.end or "\n" in text[key.begin : key.value_end]:
        raise ValueError("the value is an alias, or has several lines")
    if edit.value is None:
        return text[: key.begin] + edit.placeholder + text[key.value_end :]
    blank = " " if text[key.value_begin - 1] == ":" else ""  # a key without a value: its place is at the colon
    return text[: key.value_begin] + blank + edit.spelled() + text[key.value_end :]


def _added_to_section(text: str, keys: tuple[_Key, ...], section: _Key, edit: Edit) -> str:
    """Put a new key where the template's commented line stands in the section, else first in it."""
    begin = _line_end(text, section.begin)
    following = [key.begin for key in keys if key.begin >= begin]
    found = re.compile(_places(edit, " *")).search(text, begin, min(following, default=len(text)))
    if section.below:
        margin = " " * section.below[0].column
    else:
        margin = (found[1] if found else "") or " " * (section.column + 2)
    return _put(text, found, margin + edit.line) if found else _inserted(text, begin, margin + edit.line)


def _places(edit: Edit, margin: str) -> str:
    """Give the pattern of the commented line that a key may take the place of."""
    return rf"(?m)^({margin})(?:{re.escape(edit.placeholder)}|# {edit.name}:) *(?=\r?$)"


def _put(text: str, found: re.Match[str], line: str) -> str:
    return text[: found.start()] + line + text[found.end() :]


def _appended(text: str, *lines: str) -> str:
    """Put lines at the end of the document, after a blank one."""
    import yaml

    ends = (event for event in yaml.parse(text, Loader=yaml.SafeLoader) if isinstance(event, yaml.DocumentEndEvent))
    at = next((event.start_mark.index for event in ends if event.explicit and event.start_mark), len(text))
    return _inserted(text, at, *([""] if text[:at].strip() else []), *lines)


def _inserted(text: str, at: int, *lines: str) -> str:
    ending = "\r\n" if "\r\n" in text else "\n"
    start = ending if text[:at] and not text[:at].endswith("\n") else ""
    return text[:at] + start + "".join(line + ending for line in lines) + text[at:]


def _line_end(text: str, index: int) -> int:
    found = text.find("\n", index)
    return len(text) if found < 0 else found + 1
