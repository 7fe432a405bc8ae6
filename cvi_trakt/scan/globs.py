"""Patterns of file names and paths: which files and folders a person wants left out."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterable, Sequence
from functools import cached_property

_ESCAPED = re.compile(r"\\([*?\[\]\\])")
_ANY_FOLDERS = "**"


class Glob:
    """One pattern, as gitignore's users know them, without ``!``.

    ``*``, ``?`` and ``[abc]`` stand for characters of one name; a backslash takes their meaning away. A
    pattern without a slash is for names. One with a slash is for the path below the folder that is
    searched, or, if it begins with one, for the whole path; ``**`` in it stands for any number of
    folders. A slash at the end is for folders only. Letters count as they are, capital or small. A
    name that stands in the pattern letter by letter fits it too, also with brackets in it.
    """

    def __init__(self, pattern: str) -> None:
        self._folders_only = pattern.endswith("/")
        self._steps = [step for step in pattern.split("/") if step]
        self._of_whole_paths = pattern.startswith("/")
        self._of_names = not self._of_whole_paths and len(self._steps) == 1
        if self._steps[-1] == _ANY_FOLDERS:  # what is in a folder, not the folder itself
            self._steps.append("*")

    def fits(self, path: str, root: str | None, *, is_folder: bool) -> bool:
        """Whether a file or folder below ``root`` fits; ``root`` is None for one that is not below any."""
        if self._folders_only and not is_folder:
            return False
        if self._of_names:
            return self._names[0](path.rpartition("/")[2])
        if self._of_whole_paths:
            return self._fits_steps(path.split("/")[1:])
        return root is not None and self._fits_steps(path[len(root.rstrip("/")) + 1 :].split("/"))

    @cached_property
    def _names(self) -> list[_Name]:
        return [_Name(step) for step in self._steps]

    def _fits_steps(self, names: Sequence[str]) -> bool:
        """Follow every way through the steps at once, so that no pattern takes long."""
        reached = self._passed({0})
        for name in names:
            here = {at for at in reached if at < len(self._steps)}
            stay = {at for at in here if self._steps[at] == _ANY_FOLDERS}
            reached = self._passed(stay | {at + 1 for at in here - stay if self._names[at](name)})
        return len(self._steps) in reached

    def _passed(self, reached: Iterable[int]) -> set[int]:
        """Add where ``**`` leads to that stands for no folder."""
        every = set(reached)
        for at, step in enumerate(self._steps):
            if at in every and step == _ANY_FOLDERS:
                every.add(at + 1)
        return every


class _Name:
    """A pattern of one name."""

    def __init__(self, pattern: str) -> None:
        self._itself = pattern
        self._fits = re.compile(fnmatch.translate(_ESCAPED.sub(r"[\1]", pattern))).match

    def __call__(self, name: str) -> bool:
        return name == self._itself or self._fits(name) is not None
