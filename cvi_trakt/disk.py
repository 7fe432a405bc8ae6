"""Reads what lies beside a video: names in a folder, and the beginning of small files. Imports nothing of ours."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path


class RealDisk:
    """The file system of this machine, read so that nothing on it can make the reader wait or run full."""

    def names(self, folder: str) -> frozenset[str]:
        """Give the names of what is no folder in a folder. Raises ``OSError``."""
        try:
            with os.scandir(folder) as entries:
                return frozenset(entry.name for entry in entries if not _is_folder(entry))
        except ValueError as error:  # a NUL, or a letter that no file name here can hold
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), folder) from error

    def read(self, path: str, most: int) -> bytes:
        """Give the first ``most`` bytes of a regular file. Raises ``OSError``, also for a pipe or a device."""
        # Opening a device can have an effect, so what it is is asked first; it may be another one after that.
        _require_regular(Path(path).stat().st_mode, path)
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as file:
            _require_regular(os.fstat(descriptor).st_mode, path)
            return file.read(most)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that cannot be followed: reading it will say so
        return False


def _require_regular(mode: int, path: str) -> None:
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "not a regular file", path)
