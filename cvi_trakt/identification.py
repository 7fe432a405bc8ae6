"""Says what files are: from a cache of what paths say, in several processes, and from what lies beside the videos."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol

from cvi_trakt.identify.bodies import from_body, to_body
from cvi_trakt.identify.declared import Sources
from cvi_trakt.identify.names import Identifier
from cvi_trakt.media import IdentifiedFile, Identity, ScanResult
from cvi_trakt.workers import ordered_map

Key = tuple[str, str]  # root and path


class Cache(Protocol):
    """What earlier runs read in paths, as texts."""

    def known(self, keys: Sequence[Key]) -> dict[Key, str]:
        """Give the texts of these paths; those that are not known are missing."""
        ...

    def keep(self, rows: Mapping[Key, str]) -> None:
        """Keep texts."""
        ...


class Naming:
    """Identifies files; ``cache`` None keeps nothing, ``jobs`` is the number of processes, None for one a core.

    Only what the path says is kept: the files beside a video may change, and are looked at anew.
    """

    def __init__(self, identifier: Identifier, sources: Sources, cache: Cache | None, *, jobs: int | None) -> None:
        self._identifier = identifier
        self._sources = sources
        self._cache = cache
        self._jobs = jobs
        self._read: dict[Key, Identity] = {}

    def identity(self, result: ScanResult) -> Identity:
        """Say what one file is."""
        key = self.key(result)
        if key not in self._read:
            self._read[key] = self._identifier.identify(result)
        return self._sources.settle(result, self._read[key])

    def identities(
        self, results: Sequence[ScanResult], progress: Callable[[int, int | None, str], None]
    ) -> Iterator[IdentifiedFile]:
        """Say what many files are, in their order; ``progress`` hears how many names are read of how many."""
        known = {
            **self._read,
            **self._known([key for result in results if (key := self.key(result)) not in self._read]),
        }
        unread = [result for result in results if self.key(result) not in known]
        for number, (result, identity) in enumerate(
            zip(unread, ordered_map(self._identifier.identify, unread, jobs=self._jobs), strict=True), start=1
        ):
            known[self.key(result)] = identity
            if self._cache is not None:
                self._cache.keep({self.key(result): to_body(identity)})
            progress(number, len(unread), "names read")
        for result in results:
            yield IdentifiedFile(result=result, identity=self._sources.settle(result, known[self.key(result)]))

    def _known(self, keys: Sequence[Key]) -> dict[Key, Identity]:
        found: dict[Key, Identity] = {}
        for key, body in self._cache.known(keys).items() if self._cache is not None else ():
            try:
                found[key] = from_body(body)
            except ValueError:
                continue  # a text that is none of ours is as good as none
        return found

    def key(self, result: ScanResult) -> Key:
        """Say under what the cache keeps a file: its path and the roots it is read below."""
        return (f"{self._identifier.root or ''}\0{result.root or ''}", result.path)
