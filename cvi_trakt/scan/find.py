"""Finds the videos in folders, by their names; nothing is opened."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Literal

from cvi_trakt.errors import InputError

_EXTENSIONS = """
    3g2 3gp asf avi divx dv evo f4v flv m1v m2p m2t m2ts m2v m4v mk3d mkv mov mp4 mpe mpeg mpg mts mxf ogm ogv
    qt rm rmvb tp trp ts vob webm wmv wtv
"""
VIDEO_EXTENSIONS = frozenset(_EXTENSIONS.split())
# Folders in which storage devices keep previews, deleted files and fragments.
_LEFT_OUT = frozenset({"@eadir", ".@__thumb", "#recycle", "@recycle", "$recycle.bin", "lost+found"})

Complaint = Callable[[str, str], None]


def find(roots: Sequence[str], unreadable: Complaint) -> list[str]:
    """List the videos of files and folders as absolute paths, each file once.

    Roots keep their order; in a folder entries are sorted by name, folders and files together. A
    file that is named itself is taken whatever its extension is. Links are followed; a link to
    nothing is listed, since the check will say so. Bytes that are not UTF-8 stand in the paths as
    surrogates.

    Args:
        roots: files and folders, as the person gave them.
        unreadable: is called with each folder that cannot be read, and why; the rest goes on.

    Raises ``InputError`` for a root that is not there, cannot be read, or holds no video.
    """
    walk = _Walk(unreadable)
    return [path for root in roots for path in walk.videos_of(root)]


def is_video_name(path: str) -> bool:
    """Whether a name ends like a video's: it has one of the usual extensions, in any case."""
    return Path(path).suffix[1:].lower() in VIDEO_EXTENSIONS


def common_folder(roots: Sequence[str]) -> str | None:
    """Give the folder that holds all roots, itself one of them when it is the only one.

    None when a root is a file, whose folders may say what it is, or when nothing is common.
    """
    if not all(Path(root).is_dir() for root in roots):
        return None
    folder = os.path.commonpath([_absolute(root) for root in roots])
    return folder if folder != os.path.sep else None


class _Walk:
    """One walk over several roots. Real paths are what makes a file or folder the same as another."""

    def __init__(self, unreadable: Complaint) -> None:
        self._unreadable = unreadable
        self._folders: set[str] = set()
        self._files: set[str] = set()

    def videos_of(self, root: str) -> list[str]:
        """Give the videos of a root that are not those of an earlier one."""
        path = _existing(root)
        real = os.path.realpath(path)
        if not Path(path).is_dir():
            return [path] if self._is_new(real) else []
        new = list(self._below(real, _entries(path, root)))
        if not new and not any(file.startswith(f"{real.rstrip('/')}/") for file in self._files):
            raise InputError(f"{root}: no video in this folder; name a folder that holds videos")
        return new

    def _below(self, real: str, entries: list[os.DirEntry[str]]) -> Iterator[str]:
        """Walk with a stack of our own: folders may lie deeper than calls may."""
        self._folders.add(real)
        stack = [(entry, real) for entry in reversed(entries)]
        while stack:
            entry, parent = stack.pop()
            here = os.path.realpath(entry.path) if entry.is_symlink() else f"{parent.rstrip('/')}/{entry.name}"
            match _kind(entry):
                case "folder" if here not in self._folders:
                    self._folders.add(here)
                    stack += [(below, here) for below in reversed(self._readable(entry.path))]
                case "video" if self._is_new(here):
                    yield entry.path

    def _is_new(self, real: str) -> bool:
        new = real not in self._files
        self._files.add(real)
        return new

    def _readable(self, folder: str) -> list[os.DirEntry[str]]:
        try:
            return _sorted(folder)
        except OSError as error:
            self._unreadable(folder, error.strerror or str(error))
            return []


def _existing(root: str) -> str:
    try:
        path = _absolute(root)
        Path(path).stat()
    except FileNotFoundError as error:
        raise InputError(f"{root}: no such file or folder; name what is to be scanned") from error
    except OSError as error:
        raise InputError(f"{root}: cannot be read: {error.strerror}") from error
    except ValueError as error:  # a NUL in the name
        raise InputError("a file name cannot hold a NUL character; name another file") from error
    return path


def _absolute(root: str) -> str:
    """Make a path absolute; links in it stay, but for ``..``, which leads out of where a link leads to."""
    path = Path(root).absolute()
    return os.path.realpath(path) if ".." in path.parts else str(path)


def _entries(path: str, root: str) -> list[os.DirEntry[str]]:
    try:
        return _sorted(path)
    except OSError as error:
        raise InputError(f"{root}: the folder cannot be read: {error.strerror}") from error


def _sorted(folder: str) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        kept = (one for one in entries if not one.name.startswith(".") and one.name.lower() not in _LEFT_OUT)
        return sorted(kept, key=lambda one: one.name)


def _kind(entry: os.DirEntry[str]) -> Literal["folder", "video"] | None:
    """Tell folders and videos; a pipe or a device with the name of a video is neither."""
    try:
        if entry.is_dir():
            return "folder"
        there = entry.is_file() or (entry.is_symlink() and not Path(entry.path).exists())
    except OSError:  # a link that leads to itself
        there = True
    return "video" if there and is_video_name(entry.name) else None
