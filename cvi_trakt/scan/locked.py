"""Opens a file that one process at a time may have; the lock dies with the process."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
from pathlib import Path

_TRIES = 100
# What file systems without locks answer. There, two scans at once are the person's own care.
_HAS_NO_LOCKS = frozenset({errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL})


class LockedError(Exception):
    """Another process has the file; never leaves ``cvi_trakt.scan``."""


def open_locked(file: Path) -> int:
    """Open a file for reading and appending, make it where it is not there, and lock it; gives its descriptor.

    Raises ``LockedError`` when another process has it, ``OSError`` when it cannot be opened, or is no
    ordinary file.
    """
    for _ in range(_TRIES):
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW
        descriptor = os.open(file, flags, 0o666)
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise OSError(errno.EINVAL, "it is no ordinary file")
            _lock(descriptor)
            if _is_still_there(file, descriptor):
                return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)  # its last holder has taken it away in between
    raise LockedError


def _lock(descriptor: int) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise LockedError from None
    except OSError as error:
        if error.errno not in _HAS_NO_LOCKS:
            raise


def _is_still_there(file: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(file.lstat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False
