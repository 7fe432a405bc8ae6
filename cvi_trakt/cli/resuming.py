"""What a scan need not find out anew: it goes on with one that was cut off, and takes over what did not change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC
from pathlib import Path

from cvi_trakt.console import Console
from cvi_trakt.scan.earlier import Earlier, own_results, still_good
from cvi_trakt.scan.find import Found
from cvi_trakt.scan.inspection import Inspection, Mode
from cvi_trakt.scan.kept import PartFile


class Resuming:
    """Takes earlier results that still hold, and says so. They are in ``taken``, by path."""

    def __init__(self, files: Sequence[Found], mode: Mode, console: Console) -> None:
        self.taken: dict[str, Inspection] = {}
        self._files: Mapping[str, Found] = {file.path: file for file in files}
        self._mode = mode
        self._console = console

    def go_on_with(self, kept: PartFile) -> None:
        """Take the results of a scan that was cut off."""
        if kept.since is None:
            return
        began = f"{kept.since.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
        done = self._take(still_good(kept.results(), self._files, self._mode), str(kept.path))
        self._console.note(
            f"Going on with the scan of {began}: {done} of {self._counted} {_are(done)} done (--fresh starts over)"
        )
        if kept.broken:
            lines = "1 line" if kept.broken == 1 else f"{kept.broken} lines"
            self._console.warn(f"{kept.path}: {lines} in it cannot be read; passed over")

    def take_over(self, file: Path) -> None:
        """Take the results of the files that did not change since an earlier scan wrote them into this file."""
        if not file.is_file():
            return
        earlier = still_good(own_results(file), self._files, self._mode)
        if not earlier.read:
            self._console.note(f"{file}: has no results that could be taken over; every file is checked")
            return
        if earlier.damaged:
            self._console.warn(f"{file}: is damaged; only the results before the damage are taken over")
        if count := self._take(earlier, str(file)):
            results = "its result is" if count == 1 else "their results are"
            self._console.note(
                f"{count} of {self._counted} {_are(count)} unchanged: {results} taken over (--rescan checks again)"
            )

    def _take(self, earlier: Earlier, name: str) -> int:
        new = {path: one for path, one in earlier.taken.items() if path not in self.taken}
        self.taken |= new
        if earlier.gone:
            gone = "1 result is of a file" if earlier.gone == 1 else f"{earlier.gone} results are of files"
            self._console.note(f"{name}: {gone} not there any more, or not asked for; dropped")
        return len(new)

    @property
    def _counted(self) -> str:
        return "1 file" if len(self._files) == 1 else f"{len(self._files)} files"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"
