"""The files and folders that a person names for a scan: whether they are there, and what holds them all."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cvi_trakt.errors import InputError


@dataclass(frozen=True, slots=True, kw_only=True)
class Root:
    """What a person named: their words, the absolute path, the path without links, and what the system says of it."""

    named: str
    path: str
    real: str
    status: os.stat_result

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder, or a link to one; else it is a file."""
        return stat.S_ISDIR(self.status.st_mode)

    @property
    def has_name(self) -> bool:
        """Whether the person used its name; ``.`` and ``..`` and ``/`` are none."""
        return Path(self.named).name not in ("", "..")


def existing(root: str) -> Root:
    """Look at a root. Raises ``InputError`` for one that is not there, or is neither a file nor a folder."""
    if not root:
        raise InputError("a PATH is empty; name a file or folder")
    try:
        path = absolute(root)
        status = Path(path).stat()
    except FileNotFoundError as error:
        raise InputError(f"{root}: no such file or folder; name what is to be scanned") from error
    except OSError as error:
        raise InputError(f"{root}: cannot be read: {error.strerror}") from error
    except ValueError as error:  # a NUL in the name
        raise InputError("a file name cannot hold a NUL character; name another file") from error
    if not stat.S_ISDIR(status.st_mode) and not stat.S_ISREG(status.st_mode):
        raise InputError(f"{root}: is neither a file nor a folder; name what is to be scanned")
    return Root(named=root, path=path, real=os.path.realpath(path), status=status)


def absolute(root: str) -> str:
    """Make a path absolute; links in it stay, but for ``..``, which leads out of where a link leads to."""
    path = Path(root).absolute()
    return os.path.realpath(path) if ".." in path.parts else str(path)


def common_folder(roots: Sequence[str]) -> str | None:
    """Give the folder that holds all roots, itself one of them when it is the only one.

    None when a root is a file, whose folders may say what it is, or when nothing is common.
    """
    if not all(Path(root).is_dir() for root in roots):
        return None
    folder = os.path.commonpath([absolute(root) for root in roots])
    return folder if folder != os.path.sep else None
