"""Finds the videos in folders, by their names; nothing is opened."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from cvi_trakt.errors import InputError
from cvi_trakt.scan.globs import Glob
from cvi_trakt.scan.roots import Root, existing
from cvi_trakt.scan.roots import common_folder as common_folder  # for those, too, who write where it was found

_EXTENSIONS = """
    3g2 3gp asf avi divx dv evo f4v flv m1v m2p m2t m2ts m2v m4v mk3d mkv mov mp4 mpe mpeg mpg mts mxf ogm ogv
    qt rm rmvb tp trp ts vob webm wmv wtv
"""
VIDEO_EXTENSIONS = frozenset(_EXTENSIONS.split())
# Folders in which storage devices keep previews, deleted files, fragments, and how everything was at earlier times.
_STORAGE = ["@eadir", ".@__thumb", "#recycle", "@recycle", "$recycle.bin", "lost+found", "#snapshot", "~snapshot"]
_LEFT_OUT = frozenset({*_STORAGE, "system volume information"})
_LEADS_NOWHERE = frozenset({errno.ELOOP, errno.ENOTDIR})  # said of links: in a circle, or through a file

Complaint = Callable[[str, str], None]
Kind = Literal["folder", "video"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which files of a folder are taken: those with these endings, but for patterns and small ones.

    ``extensions`` are in lower case, without a dot. ``exclude`` are patterns as ``Glob`` reads them.
    ``min_size`` is in bytes.
    """

    extensions: frozenset[str] = VIDEO_EXTENSIONS
    exclude: tuple[str, ...] = ()
    min_size: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One video, by its absolute path, as the system describes it.

    ``size`` is in bytes, ``changed_at`` is the time of its last change in nanoseconds; both are None
    when the system gave none, as for a link to nothing: the check will say why.
    """

    path: str
    size: int | None
    changed_at: int | None


def find(roots: Sequence[str], wanted: Wanted, unreadable: Complaint) -> list[Found]:
    """List the videos of files and folders, each file once.

    Roots keep their order; in a folder entries are sorted by name, folders and files together. Links
    are followed. A file that is named itself is taken whatever its name and size; only a pattern that
    fits it leaves it out. Bytes that are not UTF-8 stand in the paths as surrogates.

    Args:
        roots: files and folders, as the person gave them.
        wanted: which files of the folders are taken.
        unreadable: is called with each folder that cannot be read, and why; the rest goes on.

    Raises ``InputError`` for a root that is not there, cannot be read, or holds no video.
    """
    there = [existing(root) for root in roots]
    walk = _Walk(wanted, unreadable)
    found = [one for root in there for one in walk.videos_of(root)]
    if not found:
        raise InputError(f"nothing to scan: --exclude (scan.exclude) leaves out {', '.join(roots)}")
    return found


def is_video_name(path: str, extensions: frozenset[str] = VIDEO_EXTENSIONS) -> bool:
    """Whether a name ends like a video's: it has one of these extensions, in any case."""
    stem, _, ending = path.rpartition("/")[2].rpartition(".")
    return bool(stem) and ending.lower() in extensions


def chosen_extensions(words: Sequence[str] | None) -> frozenset[str]:
    """Give the extensions that words ask for: these, or, where they begin with ``+`` and ``-``, the usual ones changed.

    None asks for the usual ones.
    """
    added = {word[1:] for word in words or () if word.startswith("+")}
    taken_away = {word[1:] for word in words or () if word.startswith("-")}
    listed = {word for word in words or () if word[0] not in "+-"}
    return frozenset(listed or (VIDEO_EXTENSIONS | added) - taken_away)


@dataclass(slots=True)
class _Folder:
    """What is known of a folder: whether it holds a video that was taken, which folders, and what is not taken."""

    has_video: bool = False
    below: list[str] = field(default_factory=list)
    passed_over: set[str] = field(default_factory=set)


class _Walk:
    """One walk over several roots. Real paths are what makes a file or folder the same as another."""

    def __init__(self, wanted: Wanted, unreadable: Complaint) -> None:
        self._wanted = wanted
        self._globs = [Glob(pattern) for pattern in wanted.exclude]
        self._unreadable = unreadable
        self._folders: dict[str, _Folder] = {}
        self._files: set[str] = set()

    def videos_of(self, root: Root) -> list[Found]:
        """Give the videos of a root that are not those of an earlier one."""
        if root.has_name and self._is_left_out(root.path, None, is_folder=root.is_folder):
            return []
        if not root.is_folder:
            return [_described(root.path, root.status)] if self._is_new(root.real) else []
        entries = _entries(root)
        if not entries:
            raise InputError(f"{root.named}: no video in this folder, it is empty; is its disk there, and mounted?")
        new = list(self._below(root, entries))
        if not new:
            self._check_for_videos(root)
        return new

    def _below(self, root: Root, entries: list[os.DirEntry[str]]) -> Iterator[Found]:
        """Walk with a stack of our own: folders may lie deeper than calls may."""
        self._folders[root.real] = _Folder()
        stack = [(entry, root.real) for entry in reversed(entries)]
        while stack:
            entry, parent = stack.pop()
            folder = self._folders[parent]
            here = os.path.realpath(entry.path) if entry.is_symlink() else f"{parent.rstrip('/')}/{entry.name}"
            kind = self._kind(entry, root, folder)
            if kind is None:
                continue
            if self._is_left_out(entry.path, root.path, is_folder=kind == "folder"):
                folder.passed_over.add("what --exclude (scan.exclude) leaves out")
            elif kind == "folder":
                folder.below.append(here)
                if here not in self._folders:
                    stack += [(one, here) for one in reversed(self._readable(entry.path, here))]
            elif video := self._video(entry, folder):
                folder.has_video = True
                if self._is_new(here):
                    yield video

    def _kind(self, entry: os.DirEntry[str], root: Root, parent: _Folder) -> Kind | None:
        is_video = is_video_name(entry.name, self._wanted.extensions)
        try:
            return "folder" if entry.is_dir() else "video" if is_video else None
        except OSError as error:  # a link whose end cannot be reached
            if is_video:
                return "video"
            if error.errno not in _LEADS_NOWHERE and not self._is_left_out(entry.path, root.path, is_folder=True):
                self._complain(entry.path, error, parent)
            return None

    def _video(self, entry: os.DirEntry[str], parent: _Folder) -> Found | None:
        """Describe a video; None for a small one, and for a pipe or device with the name of a video."""
        try:
            status = entry.stat()
        except OSError:
            return Found(path=entry.path, size=None, changed_at=None)
        if not stat.S_ISREG(status.st_mode):
            return None
        if status.st_size < self._wanted.min_size:
            parent.passed_over.add("what --min-size (scan.min_size) leaves out")
            return None
        return _described(entry.path, status)

    def _is_left_out(self, path: str, root: str | None, *, is_folder: bool) -> bool:
        return any(glob.fits(path, root, is_folder=is_folder) for glob in self._globs)

    def _is_new(self, real: str) -> bool:
        new = real not in self._files
        self._files.add(real)
        return new

    def _readable(self, folder: str, real: str) -> list[os.DirEntry[str]]:
        self._folders[real] = _Folder()
        try:
            return _sorted(folder)
        except OSError as error:
            self._complain(folder, error, self._folders[real])
            return []

    def _complain(self, path: str, error: OSError, folder: _Folder) -> None:
        folder.passed_over.add("what cannot be read")
        self._unreadable(path, error.strerror or str(error))

    def _check_for_videos(self, root: Root) -> None:
        """Raise ``InputError`` unless there is a video in a root, be it one that was found before."""
        passed_over: set[str] = set()
        waiting, seen = [root.real], {root.real}
        while waiting:
            folder = self._folders[waiting.pop()]
            if folder.has_video:
                return
            passed_over |= folder.passed_over
            waiting += [one for one in folder.below if one not in seen]
            seen.update(folder.below)
        apart = f", apart from {' and '.join(sorted(passed_over))}" if passed_over else ""
        raise InputError(f"{root.named}: no video in this folder{apart}; name a folder that holds videos")


def _entries(root: Root) -> list[os.DirEntry[str]]:
    try:
        return _sorted(root.path)
    except OSError as error:
        raise InputError(f"{root.named}: the folder cannot be read: {error.strerror}") from error


def _sorted(folder: str) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        kept = (one for one in entries if not one.name.startswith(".") and one.name.lower() not in _LEFT_OUT)
        return sorted(kept, key=lambda one: one.name)


def _described(path: str, status: os.stat_result) -> Found:
    return Found(path=path, size=status.st_size, changed_at=status.st_mtime_ns)
