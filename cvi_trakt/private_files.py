"""Files that only their owner may read, replaced as a whole or not at all. Imports nothing of ours."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

LONGEST_NAME = 50  # characters of a name that its temporary file shows: 255 bytes are all a name may have


class Replacement:
    """A file made ready to take another's place: what could go wrong has gone wrong before it is needed.

    ``left`` is the file that holds the text when it could not be put in its place in the end.
    """

    def __init__(self, target: Path, temporary: Path, descriptor: int) -> None:
        self.left: Path | None = None
        self._target = target
        self._temporary = temporary
        self._descriptor = descriptor

    def put(self, text: str) -> None:
        """Make the file hold this text; it is on disk when this returns. Raises ``OSError``."""
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        _write(self._descriptor, text.encode())
        os.ftruncate(self._descriptor, os.lseek(self._descriptor, 0, os.SEEK_CUR))
        os.fsync(self._descriptor)
        self.left = self._temporary
        self._temporary.replace(self._target)
        self.left = None
        _sync_folder(self._target.parent)


@contextmanager
def replacement(file: Path, *, room: int = 0, mode: int = 0o600, rehearses: bool = False) -> Iterator[Replacement]:
    """Make ready to write a file, whose folder is made if it is not there, with so many bytes of ``room``.

    A link is followed. The earlier file stays as it is until ``put``, and for good when that is
    never called. With ``rehearses`` a copy of the file takes its place first: a mount, a sticky
    folder or an attribute that forbids it shows in no other way before it is too late. Raises ``OSError``.
    """
    target = Path(os.path.realpath(file))
    make_folder(target.parent)
    if rehearses and target.exists():
        _rehearse(target, mode)
    temporary, descriptor = _temporary(target, mode)
    ready = Replacement(target, temporary, descriptor)
    try:
        _write(descriptor, bytes(room))
        os.fsync(descriptor)
        yield ready
    finally:
        os.close(descriptor)
        if ready.left is None:
            with suppress(OSError):
                temporary.unlink()


def leftovers(file: Path) -> list[Path]:
    """Name the files that replacements of this one have left behind, as a killed process does."""
    target = Path(os.path.realpath(file))
    name = re.compile(re.escape(beginning_of(target)) + r"[0-9a-f]{8}\.tmp")
    try:
        return sorted(one for one in target.parent.iterdir() if name.fullmatch(one.name))
    except OSError:
        return []


def make_folder(folder: Path) -> None:
    """Make a folder and what is above it, readable by its owner only; one that is there stays as it is.

    Raises ``OSError``, also where a file stands in its place.
    """
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))
    missing = [above for above in (folder, *folder.parents) if not above.exists()]
    for one in reversed(missing):
        one.mkdir(mode=0o700, exist_ok=True)


def _rehearse(target: Path, mode: int) -> None:
    """Put a copy of a file in its place."""
    temporary, descriptor = _temporary(target, mode)
    try:
        _write(descriptor, target.read_bytes())
        written = target.stat()
        os.utime(descriptor, ns=(written.st_atime_ns, written.st_mtime_ns))  # the time tells what is newer
        os.fsync(descriptor)
        temporary.replace(target)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink()
        if error.errno == errno.EBUSY:
            error.strerror = "it is a mount of its own; mount the folder around it instead"
        raise
    finally:
        os.close(descriptor)


def beginning_of(target: Path) -> str:
    """Give how the names of a file's temporary files begin, which stand beside it and are hidden."""
    name = target.name.lstrip(".")
    if len(name) > LONGEST_NAME:
        name = f"{name[:LONGEST_NAME]}-{hashlib.sha256(name.encode('utf-8', 'surrogateescape')).hexdigest()[:8]}"
    return f".{name}."


def _temporary(target: Path, mode: int) -> tuple[Path, int]:
    """Make a file beside the target; it stays the owner's where root replaces it, as a container may."""
    temporary = target.parent / f"{beginning_of(target)}{secrets.token_hex(4)}.tmp"
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
    with suppress(OSError):
        earlier = target.stat()
        os.fchown(descriptor, earlier.st_uid, earlier.st_gid)
    return temporary, descriptor


def _write(descriptor: int, data: bytes) -> None:
    """Write all of it: a nearly full disk takes a part first and refuses the rest."""
    while data:
        data = data[os.write(descriptor, data) :]


def _sync_folder(folder: Path) -> None:
    with suppress(OSError):  # some network file systems cannot sync a folder, and some folders cannot be opened
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
