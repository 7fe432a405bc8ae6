"""Looks beside a video for the small files that say what it is: NFO and `.plexmatch`, here and in the folders above."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Generic, Protocol, TypeVar

from cvi_trakt.identify.filetypes import reason_no_video
from cvi_trakt.identify.nfo import MOST_BYTES, read_nfo
from cvi_trakt.identify.plexmatch import Hints, read_hints
from cvi_trakt.media import Declared, Kind

MOST_UNREADABLE = 10  # so many are named

# A library is walked in order: a folder and those above it are asked for again at once, or never.
_FOLDERS_KEPT = 200
_FILES_KEPT = 500
_DISC_FOLDERS = frozenset({"video_ts", "bdmv", "stream", "hvdvd_ts"})
_DISC_NFOS = ("video_ts.nfo", "index.nfo")
# Descriptions of something larger or smaller than the one video of a folder.
_NOT_OF_A_VIDEO = frozenset({"tvshow.nfo", "season.nfo", "movie.nfo", "artist.nfo", "album.nfo", "collection.nfo"})
_KINDS = {"movie.nfo": Kind.MOVIE, "tvshow.nfo": Kind.SHOW}  # what the name says where only an address stands in it
_MOST_PARTS = 8  # videos of one film in one folder: parts, editions, and what a trailer is called otherwise
_PART = re.compile(r"[ ._-]+(?:cd|dvd|dis[ck]|part|pt)[ ._-]*[0-9]{1,2}$")
_WORD = re.compile(r"[^\W_]{3,}")
_ASIDE = re.compile(r"(?<![^\W_])(?:sample|trailer)(?![^\W_])", re.IGNORECASE)

_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")


class Disk(Protocol):
    """Where videos lie."""

    def names(self, folder: str) -> frozenset[str]:
        """Give the names of the files in a folder. Raises ``OSError``."""

    def read(self, path: str, most: int) -> bytes:
        """Give at most so many bytes from the beginning of a file. Raises ``OSError``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Folder:
    """The files of one folder: all names, those of NFOs by their name in small letters, the stems of videos."""

    name: str
    names: frozenset[str]
    hints: tuple[str, ...]
    nfos: dict[str, str]
    videos: tuple[str, ...]

    def of_the_video(self, stem: str) -> Iterator[str]:
        """Give the NFOs here that are about the video of this name without extension, the surest first."""
        own = (stem, _PART.sub("", stem))
        yield from (self.nfos[f"{name}.nfo"] for name in own if f"{name}.nfo" in self.nfos)
        others = self.nfos.keys() - _NOT_OF_A_VIDEO - {f"{name}.nfo" for name in own}
        # In a folder of many films, a film's own NFO tells that `movie.nfo` is not about all of them.
        if "movie.nfo" in self.nfos and (len(self.videos) <= 1 or (not others and _are_parts(self.videos))):
            yield self.nfos["movie.nfo"]
        if len(others) == 1 and len(self.videos) <= 1:
            (other,) = others  # as release groups leave it, and leave it behind
            if not _words(stem) or _words(other.removesuffix(".nfo")) & (_words(stem) | _words(self.name)):
                yield self.nfos[other]


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """One small file: where it is, and how a person who looks at the video would look for it."""

    path: str
    source: str

    @staticmethod
    def of(folder: str, name: str, *, is_above: bool) -> _File:
        """Name a file; one in a folder above the video is named with its folder."""
        place = PurePath(folder)
        return _File(path=str(place / name), source=f"{place.name}/{name}" if is_above and place.name else name)


class _Recent(Generic[_Key, _Value]):
    """The last answers to a question; older ones are forgotten and asked for again."""

    def __init__(self, ask: Callable[[_Key], _Value], *, kept: int) -> None:
        self._ask = ask
        self._kept = kept
        self._answers: OrderedDict[_Key, _Value] = OrderedDict()

    def __call__(self, key: _Key) -> _Value:
        if key in self._answers:
            self._answers.move_to_end(key)
            return self._answers[key]
        answer = self._answers[key] = self._ask(key)
        if len(self._answers) > self._kept:
            self._answers.popitem(last=False)
        return answer


class Beside:
    """What lies beside videos, each file read once while videos near it are asked for.

    A file or folder that cannot be read is as if it were not there, but told: ``unreadable`` names the
    first ten, ``unreadable_count`` counts them all.
    """

    def __init__(self, disk: Disk) -> None:
        self._disk = disk
        self._folder = _Recent(self._list, kept=_FOLDERS_KEPT)
        self._nfo = _Recent(self._read_nfo, kept=_FILES_KEPT)
        self._hints = _Recent(self._read_hints, kept=_FILES_KEPT)
        self._told: set[str] = set()
        self.unreadable: list[str] = []

    @property
    def unreadable_count(self) -> int:
        """How many files and folders there are that could not be read."""
        return len(self._told)

    def declared(self, path: str, depth: int) -> tuple[Declared, ...]:
        """Give what lies beside one video, nearest first; nothing if the video itself is not there.

        ``depth`` is how many folders above the video's own may be looked into: so many as lie
        between it and the root, the root counted.
        """
        video = PurePath(path)
        folder = str(video.parent)
        if video.name not in self._folder(folder).names:
            return ()  # a scan of another machine: what lies here belongs to something else
        found: list[Declared] = []
        for file in dict.fromkeys(self._nfos_of(video, depth)):
            found.extend(self._nfo(file))
        for place in _upwards(folder, depth):
            listing = self._folder(place)
            for name in listing.hints:
                file = _File.of(place, name, is_above=place != folder)
                if said := self._hints(file).about(video.name, source=file.source):
                    found.append(said)
            if name := listing.nfos.get("tvshow.nfo", ""):
                found.extend(self._nfo(_File.of(place, name, is_above=place != folder)))
        return tuple(found)

    def _nfos_of(self, video: PurePath, depth: int) -> Iterator[_File]:
        """Give the NFOs about a film or an episode: in its folder, and in those above that hold one disc."""
        folder = str(video.parent)
        for name in self._folder(folder).of_the_video(video.stem.casefold()):
            yield _File.of(folder, name, is_above=False)
        if not _is_of_a_disc(folder):
            return
        for place in _upwards(folder, depth):
            listing = self._folder(place)
            for plain in _DISC_NFOS:
                if plain in listing.nfos:
                    yield _File.of(place, listing.nfos[plain], is_above=place != folder)
            if not _is_of_a_disc(place):
                for name in listing.of_the_video(PurePath(place).name.casefold()):
                    yield _File.of(place, name, is_above=True)
                return

    def _list(self, folder: str) -> _Folder:
        try:
            names = self._disk.names(folder)
        except (FileNotFoundError, NotADirectoryError):
            names = frozenset()
        except OSError:
            self._tell(folder)
            names = frozenset()
        plain = {name.casefold(): name for name in sorted(names)}
        return _Folder(
            name=PurePath(folder).name.casefold(),
            names=names,
            hints=tuple(name for key, name in plain.items() if key == ".plexmatch"),
            nfos={key: name for key, name in plain.items() if key.endswith(".nfo") and not key.startswith(".")},
            videos=tuple(PurePath(name).stem.casefold() for name in names if _may_be_the_video(name)),
        )

    def _read_nfo(self, file: _File) -> tuple[Declared, ...]:
        found = read_nfo(self._read(file.path), source=file.source)
        kind = _KINDS.get(PurePath(file.path).name.casefold())
        return tuple(replace(said, kind=kind) if kind and said.kind is None else said for said in found)

    def _read_hints(self, file: _File) -> Hints:
        return read_hints(self._read(file.path))

    def _read(self, path: str) -> bytes:
        try:
            return self._disk.read(path, MOST_BYTES + 1)
        except FileNotFoundError:
            return b""  # gone since the folder was listed
        except OSError:
            self._tell(path)
            return b""

    def _tell(self, path: str) -> None:
        if path not in self._told and len(self.unreadable) < MOST_UNREADABLE:
            self.unreadable.append(path)
        self._told.add(path)


def _upwards(folder: str, depth: int) -> Iterator[str]:
    """Give a folder and so many of those above it, the innermost first."""
    place = PurePath(folder)
    yield folder
    for above in list(place.parents)[: max(depth, 0)]:
        yield str(above)


def _is_of_a_disc(folder: str) -> bool:
    return PurePath(folder).name.casefold() in _DISC_FOLDERS


def _are_parts(stems: Sequence[str]) -> bool:
    """Whether videos are parts or editions of one film: few, and all beginning with the same words."""
    first, last = min(stems), max(stems)  # what these two share, all in between do
    shared = next((at for at, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), len(first))
    return len(stems) <= _MOST_PARTS and 2 * shared >= min(map(len, stems))


def _words(name: str) -> set[str]:
    return set(_WORD.findall(name))


def _may_be_the_video(name: str) -> bool:
    return not name.startswith(".") and reason_no_video(name) is None and not _ASIDE.search(name)
