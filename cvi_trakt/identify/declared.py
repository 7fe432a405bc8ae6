"""What a path says, put right by what lies beside the video and by the person's own list of ids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cvi_trakt.identify.beside import Beside
from cvi_trakt.identify.ids_map import IdsMap
from cvi_trakt.identify.names import NO_TITLE, NOT_READABLE
from cvi_trakt.identify.paths import below_root, joined_to
from cvi_trakt.media import (
    NAME,
    Clash,
    Declared,
    Episodes,
    Film,
    Identity,
    Ids,
    Kind,
    NotAWork,
    OtherReading,
    ScanResult,
    is_listed,
)
from cvi_trakt.titles import normalise

_PATH = "the path"
_OF_A_SHOW = ("tvshow.nfo", ".plexmatch")
_NAMELESS = frozenset({NO_TITLE, NOT_READABLE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Where else than in its path it may be said what a file is.

    ``listed`` is the person's own list (``--ids``), ``beside`` looks at the disk; either may be None.
    ``root`` and ``base`` are the library's folder and the one that relative paths count from.
    """

    listed: IdsMap | None = None
    beside: Beside | None = None
    root: str | None = None
    base: str = ""

    def declared(self, result: ScanResult) -> tuple[Declared, ...]:
        """Give what is said of a file elsewhere, the strongest first."""
        path = joined_to(result.path, result.root or "", self.base)
        listed = self.listed.find(path) if self.listed is not None else None
        return (*((listed,) if listed else ()), *self._beside(result, path))

    def settle(self, result: ScanResult, identity: Identity) -> Identity:
        """Put right what the path says by what is said elsewhere."""
        return with_declared(identity, self.declared(result))

    def _beside(self, result: ScanResult, path: str) -> tuple[Declared, ...]:
        if self.beside is None:
            return ()
        folders = below_root(result.path, root=self.root, scan_root=result.root).folders
        return self.beside.declared(path, max(0, len(folders) - 1))


def with_declared(identity: Identity, declared: Sequence[Declared]) -> Identity:
    """Put an identity right by what is declared of the file, the strongest first.

    An id counts before a name; the ids of a film or show come from the strongest source that has any,
    those of other catalogues from the weaker ones. Two that contradict each other are kept as a clash.
    What is no film or episode by its name (a sample, an extra) stays so.
    """
    fitting = [one for one in declared if _fits(one, identity)]
    if not fitting or (isinstance(identity, NotAWork) and identity.reason not in _NAMELESS):
        return identity
    kind = next((one.kind for one in fitting if one.kind is not None), None)
    titled = next((one for one in fitting if one.title), None)
    known = _as_kind(identity, kind, titled)
    if isinstance(known, NotAWork):
        return known
    return _with_ids(_with_numbers(_with_title(known, titled), fitting), fitting)


def _fits(one: Declared, identity: Identity) -> bool:
    """Whether it is about the work.

    An address beside an episode may be that of the episode. What describes a show does so for the
    episodes in its folder, not for a film that lies there as well.
    """
    source = one.source.casefold()
    if isinstance(identity, Episodes):
        return one.kind is not None or not source.endswith(".nfo")
    if isinstance(identity, Film) and source.endswith(_OF_A_SHOW):
        is_named_so = bool(one.title) and normalise(one.title or "") == normalise(identity.title)
        may_be_one = identity.year is None and any(other.kind is Kind.SHOW for other in identity.others)
        return bool(one.episodes) or is_named_so or may_be_one
    return True


def _as_kind(identity: Identity, kind: Kind | None, titled: Declared | None) -> Identity:
    """Give the identity as one of the declared kind."""
    title = titled.title if titled and titled.title else ""
    if isinstance(identity, NotAWork):
        if kind is Kind.MOVIE:
            return Film(title=title)
        if kind is None and identity.untitled is None:
            return identity
        return replace(identity.untitled or Episodes(title=title), title=title)
    if isinstance(identity, Film) and kind is Kind.SHOW:
        return _as_episodes(identity)
    if isinstance(identity, Episodes) and kind is Kind.MOVIE:
        year = identity.year if identity.year_is_first else None
        return Film(title=identity.title, year=year, ids=identity.ids)
    return identity


def _as_episodes(film: Film) -> Episodes:
    """Give a film as episodes: with the numbers of another reading, where one says that it is an episode."""
    known = Episodes(title=film.title, year=film.year, ids=film.ids)
    other = next((one for one in film.others if one.kind is Kind.SHOW), None)
    if other is None:
        return known
    return replace(known, title=other.title, season=other.season, seasons=other.seasons, episodes=other.episodes)


def _with_title(identity: Film | Episodes, titled: Declared | None) -> Film | Episodes:
    """Put the declared title and year first, and keep those of the name as another reading."""
    if titled is None or not titled.title:
        return identity
    year = titled.year or (identity.year if normalise(titled.title) == normalise(identity.title) else None)
    if (normalise(titled.title), year) == (normalise(identity.title), identity.year):
        return identity
    own = OtherReading(
        kind=Kind.MOVIE if isinstance(identity, Film) else Kind.SHOW,
        title=identity.title,
        year=identity.year,
        why=NAME,
    )
    has_other_year = identity.year is not None and identity.year != year
    is_other = bool(normalise(identity.title)) and (
        normalise(identity.title) != normalise(titled.title) or has_other_year
    )
    others = (own, *identity.others) if is_other else identity.others
    if isinstance(identity, Film):
        return replace(identity, title=titled.title, year=year, others=others, doubt=None)
    return replace(identity, title=titled.title, year=year, year_is_first=True, others=others, doubt=None)


def _with_numbers(identity: Film | Episodes, declared: Sequence[Declared]) -> Film | Episodes:
    """Take season and episodes from the strongest source that has them for this very file."""
    if isinstance(identity, Film):
        return identity
    numbered = [one for one in declared if one.season is not None or one.episodes]
    if not numbered:
        return identity
    same = [one for one in numbered if (one.source, one.season) == (numbered[0].source, numbered[0].season)]
    episodes = tuple(sorted({episode for one in same for episode in one.episodes}))
    season = identity.season if numbered[0].season is None else numbered[0].season
    return replace(identity, season=season, episodes=episodes or identity.episodes)


def _with_ids(identity: Film | Episodes, declared: Sequence[Declared]) -> Film | Episodes:
    """Merge the ids: those of the list alone, if it has any; else those of the path, then of files beside the video."""
    listed = [(one.source, one.ids) for one in declared if is_listed(one.source) and one.ids]
    beside = [(one.source, one.ids) for one in declared if not is_listed(one.source) and one.ids]
    own = [(_PATH, identity.ids)] if identity.ids else []
    ranked = listed[:1] or [*own, *beside]
    if not ranked:
        return identity
    source, merged = ranked[0]
    clash: Clash | None = None
    for other_source, ids in ranked[1:]:
        clash = clash or _clash(source, merged, other_source, ids)
        merged = _merged(merged, ids)
    return replace(identity, ids=merged, ids_from=identity.ids_from if source == _PATH else source, clash=clash)


def _merged(first: Ids, second: Ids) -> Ids:
    return Ids(
        trakt=first.trakt or second.trakt,
        slug=first.slug or second.slug,
        imdb=first.imdb or second.imdb,
        tmdb=first.tmdb or second.tmdb,
        tvdb=first.tvdb or second.tvdb,
    )


def _clash(one_from: str, one: Ids, other_from: str, other: Ids) -> Clash | None:
    """Say which id of one catalogue is another in each of two sources."""
    known = one.known()
    for name, number in other.known().items():
        if known.get(name, number) != number:
            reason = f"{one_from} says {name} {known[name]}, {other_from} says {name} {number}"
            return Clash(reason=reason, ids=other)
    return None
