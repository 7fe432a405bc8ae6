"""What the other files of a folder say: where they agree, they decide between the readings of one that differs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from cvi_trakt.identify.paths import work_folder
from cvi_trakt.media import Episodes, Film, IdentifiedFile, Identity, Kind, NotAWork, OtherReading
from cvi_trakt.titles import normalise

FEWEST = 3  # files of a folder that must agree
SHARE = 0.6  # of the folder's films and episodes

_Named = tuple[Kind, str]


def agreed(files: Iterable[IdentifiedFile], *, base: str = "") -> list[IdentifiedFile]:
    """Read each file as its neighbours are read, where most of them agree and it can be read so, too.

    ``base`` is the folder that relative paths count from. Only other readings of its own name are
    taken: a film in the folder of a show stays one. Where episodes agree, a bare number is no doubt.
    """
    every = list(files)
    folders: dict[str, list[int]] = {}
    for index, file in enumerate(every):
        folders.setdefault(work_folder(file.result.path, file.result.root or "", base), []).append(index)
    for members in folders.values():
        common = _common([every[index].identity for index in members])
        if common is None:
            continue
        for index in members:
            identity = _as(every[index].identity, common)
            if identity is not every[index].identity:
                every[index] = replace(every[index], identity=identity)
    return every


def _common(identities: Sequence[Identity]) -> _Named | None:
    """Give what most files of a folder are, if enough of them agree on a show."""
    names = Counter(_name(identity) for identity in identities if not isinstance(identity, NotAWork))
    if not names:
        return None
    name, count = names.most_common(1)[0]
    is_enough = count >= FEWEST and count >= SHARE * names.total()
    return name if is_enough and name[0] is Kind.SHOW else None


def _as(identity: Identity, common: _Named) -> Identity:
    if isinstance(identity, NotAWork) or identity.ids:
        return identity
    if _name(identity) == common:
        return replace(identity, doubt=None) if isinstance(identity, Episodes) and not identity.year else identity
    other = next((one for one in identity.others if (one.kind, normalise(one.title)) == common), None)
    return _from(other, identity) if other else identity


def _from(other: OtherReading, identity: Film | Episodes) -> Episodes:
    """Give the episode that another reading says, with the first one among the others."""
    own = OtherReading(
        kind=Kind.MOVIE if isinstance(identity, Film) else Kind.SHOW, title=identity.title, year=identity.year
    )
    return Episodes(
        title=other.title,
        year=other.year,
        year_is_first=other.year_is_first,
        season=other.season,
        seasons=other.seasons,
        episodes=other.episodes,
        country=other.country,
        others=(own, *(one for one in identity.others if one is not other)),
    )


def _name(identity: Film | Episodes) -> _Named:
    return (Kind.MOVIE if isinstance(identity, Film) else Kind.SHOW, normalise(identity.title))
