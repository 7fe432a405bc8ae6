"""Why a path is which film or show: all evidence, each reading, what is asked, the candidates, the decision."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cvi_trakt.identify.declared import Sources
from cvi_trakt.identify.evidence import Evidence
from cvi_trakt.identify.names import Identifier
from cvi_trakt.identify.paths import below_root
from cvi_trakt.identify.works import group
from cvi_trakt.match.answers import Source
from cvi_trakt.match.decide import rank
from cvi_trakt.match.search import Matcher, Memory
from cvi_trakt.matches import Candidate, Held, Match, Scored, Sure
from cvi_trakt.media import Declared, IdentifiedFile, Identity, Kind, ScanResult, Skipped, Status, Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question to Trakt, and the number of its answers; None where it was not asked, but would be the first."""

    what: str
    answers: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """All that leads from a path to a decision.

    ``evidence`` is what the path says in its parts, None where its name is not read. ``remembered``
    is what an earlier run or a person decided, ``match`` what is decided without that; None where
    nothing was asked. ``work`` is None for what is skipped.
    """

    path: str
    below_root: tuple[str, ...]
    evidence: Evidence | None
    declared: tuple[Declared, ...]
    identity: Identity
    skipped: str | None
    work: Work | None
    asked: tuple[Asked, ...]
    remembered: Match | None
    match: Match | None
    candidates: tuple[Scored, ...]


class Explainer:
    """Explains paths; ``source`` None asks nothing, ``memory`` is what earlier runs decided."""

    def __init__(self, identifier: Identifier, sources: Sources, memory: Memory, source: Source | None) -> None:
        self._identifier = identifier
        self._sources = sources
        self._memory = memory
        self._source = source

    def explain(self, path: str) -> Explanation:
        """Explain one path; the file need not be there. Raises ``TraktError``."""
        result = ScanResult(path=path, status=Status.HEALTHY)
        evidence = self._identifier.evidence(result)
        declared = self._sources.declared(result)
        identity = self._sources.settle(result, self._identifier.identify(result))
        (subject,) = group([IdentifiedFile(result=result, identity=identity)], base=self._sources.base)
        work = subject if isinstance(subject, Work) else None
        asked, match, candidates = self._ask(work) if work is not None else ((), None, ())
        return Explanation(
            path=path,
            below_root=below_root(path, root=self._sources.root).parts,
            evidence=evidence if isinstance(evidence, Evidence) else None,
            declared=declared,
            identity=identity,
            skipped=subject.reason if isinstance(subject, Skipped) else None,
            work=work,
            asked=asked,
            remembered=self._memory.recall(work) if work is not None else None,
            match=match,
            candidates=candidates,
        )

    def _ask(self, work: Work) -> tuple[tuple[Asked, ...], Match | None, tuple[Scored, ...]]:
        if self._source is None:
            return (Asked(what=first_question(work), answers=None),), None, ()
        recorder = _Recorder(self._source)
        match = Matcher(recorder, _Nothing()).ask(work)
        candidates = match.candidates if isinstance(match, Held) else rank(work, recorder.found)
        if isinstance(match, Sure) and match.distance is not None:
            chosen = Scored(candidate=match.candidate, distance=match.distance)
            rest = (one for one in candidates if one.candidate.ids.trakt != match.candidate.ids.trakt)
            candidates = (chosen, *rest)
        return tuple(recorder.asked), match, tuple(candidates)


def first_question(work: Work) -> str:
    """Say what would be asked first about a work."""
    for name, number in work.ids.known().items():
        return _look_up(work.kind, name, number)
    return _search(work.kind, work.title, exact=True)


class _Recorder:
    """A source that notes what is asked, and what it finds."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.asked: list[Asked] = []
        self.found: list[Candidate] = []

    def search(self, kind: Kind, query: str, *, exact: bool) -> list[Candidate]:
        return self._noted(_search(kind, query, exact=exact), lambda: self._source.search(kind, query, exact=exact))

    def look_up(self, kind: Kind, source: str, number: str | int) -> list[Candidate]:
        return self._noted(_look_up(kind, source, number), lambda: self._source.look_up(kind, source, number))

    def other_titles(self, candidate: Candidate) -> list[str]:
        titles = self._source.other_titles(candidate)
        self.asked.append(Asked(what=f"other titles of {candidate.title!r}", answers=len(titles)))
        return titles

    def _noted(self, what: str, ask: Callable[[], list[Candidate]]) -> list[Candidate]:
        found = ask()
        self.asked.append(Asked(what=what, answers=len(found)))
        self.found.extend(found)
        return found


class _Nothing:
    """A memory without memories: what is explained is decided anew."""

    def recall(self, work: Work) -> Match | None:
        del work
        return None

    def remember(self, match: Match) -> None:
        del match


def _search(kind: Kind, title: str, *, exact: bool) -> str:
    return f"{'exact' if exact else 'broad'} search for the {kind} {title!r}"


def _look_up(kind: Kind, source: str, number: str | int) -> str:
    return f"look-up of the {kind} {source} {number}"
