"""Files that only their owner may read, replaced as a whole or not at all. Imports nothing of ours."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

MOUNTS = Path("/proc/self/mountinfo")  # Linux; elsewhere the rename itself says it


class Replacement:
    """A file made ready to take another's place: what could go wrong has gone wrong before it is needed."""

    def __init__(self, target: Path, temporary: Path, descriptor: int) -> None:
        self._target = target
        self._temporary = temporary
        self._descriptor = descriptor

    def put(self, text: str) -> None:
        """Make the file hold this text; it is on disk when this returns. Raises ``OSError``."""
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        _write(self._descriptor, text.encode())
        os.ftruncate(self._descriptor, os.lseek(self._descriptor, 0, os.SEEK_CUR))
        os.fsync(self._descriptor)
        self._temporary.replace(self._target)
        _sync_folder(self._target.parent)


@contextmanager
def replacement(file: Path, *, room: int = 0, mode: int = 0o600) -> Iterator[Replacement]:
    """Make ready to write a file, whose folder is made if it is not there, with so many bytes of ``room``.

    A link is followed. The earlier file stays as it is until ``put``, and for good when that is
    never called. Raises ``OSError``: also where the file is a mount of its own, as a single file
    mounted into a container is, because such a file cannot be replaced.
    """
    target = Path(os.path.realpath(file))
    make_folder(target.parent)
    if _is_mount(target):
        raise OSError(errno.EBUSY, "it is a mount of its own; mount the folder around it instead", str(file))
    temporary = target.parent / f".{target.name.lstrip('.')[:50]}.{secrets.token_hex(4)}.tmp"
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
    try:
        _keep_owner(target, descriptor)
        _write(descriptor, bytes(room))
        os.fsync(descriptor)
        yield Replacement(target, temporary, descriptor)
    finally:
        os.close(descriptor)
        with suppress(OSError):
            temporary.unlink()


def make_folder(folder: Path) -> None:
    """Make a folder and what is above it, readable by its owner only; one that is there stays as it is.

    Raises ``OSError``, also where a file stands in its place.
    """
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
    missing = [above for above in (folder, *folder.parents) if not above.exists()]
    for one in reversed(missing):
        one.mkdir(mode=0o700, exist_ok=True)


def _keep_owner(target: Path, descriptor: int) -> None:
    """Let the file stay its owner's where root replaces it, as a container without a user does."""
    with suppress(FileNotFoundError, PermissionError):
        earlier = target.stat()
        os.fchown(descriptor, earlier.st_uid, earlier.st_gid)


def _write(descriptor: int, data: bytes) -> None:
    """Write all of it: a nearly full disk takes a part first and refuses the rest."""
    while data:
        data = data[os.write(descriptor, data) :]


def _is_mount(file: Path) -> bool:
    try:
        rows = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return False
    # mountinfo writes blanks and the like in octal; field five is the place in our own tree
    places = (row.split()[4].encode("latin-1", "replace").decode("unicode_escape", "replace") for row in rows)
    return file.exists() and str(file) in places


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError:  # some network file systems cannot sync a folder
        return
    finally:
        os.close(descriptor)
