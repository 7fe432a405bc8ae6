"""Recognises works that the target holds already, without a search."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from cvi_trakt.match.decide import check_id
from cvi_trakt.matches import Candidate, DecidedBy, Held, Sure
from cvi_trakt.media import Kind, Work
from cvi_trakt.titles import normalise

_CATALOGUES = ("trakt", "imdb", "tmdb", "tvdb")


class Shelf:
    """The films and shows of a target, by their ids, and by title and year; only of the given kinds.

    Nothing can be added wrongly from it: what is recognised is there. ``read`` gives what is there; it
    is called when the first work is looked for, so that a run that needs no search reads nothing.
    """

    def __init__(self, read: Callable[[], Iterable[Candidate]], kinds: Collection[Kind]) -> None:
        self._read: Callable[[], Iterable[Candidate]] | None = read
        self._kinds = kinds
        self._by_id: dict[tuple[Kind, str, object], Candidate] = {}
        self._by_name: dict[tuple[Kind, str, int], Candidate | None] = {}

    def _fill(self, entries: Iterable[Candidate]) -> None:
        for entry in entries:
            if entry.kind not in self._kinds:
                continue
            known = entry.ids.known()
            for catalogue in _CATALOGUES:
                if catalogue in known:
                    self._by_id[entry.kind, catalogue, known[catalogue]] = entry
            if entry.year is not None:
                name = (entry.kind, normalise(entry.title), entry.year)
                self._by_name[name] = None if name in self._by_name else entry  # two of one name: not told apart

    def find(self, work: Work) -> Sure | None:
        """Give the entry that a work is: by an id, or, without any, by its title and year."""
        if self._read is not None:
            entries, self._read = self._read(), None
            self._fill(entries)
        if work.doubt is not None or work.clash is not None or work.country is not None:
            return None
        if work.ids:
            found = [self._by_id.get((work.kind, name, number)) for name, number in work.ids.known().items()]
            known = {entry.ids.trakt: entry for entry in found if entry is not None}
            entry = next(iter(known.values())) if len(known) == 1 else None
        elif work.year is None or not work.year_is_first:
            entry = None
        else:
            entry = self._by_name.get((work.kind, normalise(work.title), work.year))
        if entry is None or (work.ids and isinstance(check_id(work, entry), Held)):
            return None
        return Sure(
            work=work,
            candidate=entry,
            distance=None,
            reason="in the target under this id" if work.ids else "in the target under this title and year",
            decided_by=DecidedBy.TARGET,
        )
