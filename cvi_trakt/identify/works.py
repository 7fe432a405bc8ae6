"""Files → works: what is searched once, however many files it has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from cvi_trakt.identify.paths import work_folder
from cvi_trakt.media import (
    NO_IDS,
    Clash,
    Episodes,
    Film,
    IdentifiedFile,
    Ids,
    Kind,
    NotAWork,
    OtherReading,
    Skipped,
    Subject,
    Work,
    is_listed,
    own_reading,
)
from cvi_trakt.titles import normalise

_Key = tuple[object, ...]
_SHORT_WORD = 3  # letters: such words stand in many titles


@dataclass(slots=True, kw_only=True, eq=False)
class _Bucket:
    """One work in the making; ``name`` is the first file's own title, ``year`` a film's, or the one a show began in."""

    kind: Kind
    title: str
    name: str
    year: int | None = None
    country: str | None = None
    ids: Ids = NO_IDS
    folder: str = ""
    files: list[IdentifiedFile] = field(default_factory=list)
    later_years: set[int] = field(default_factory=set)

    def work(self) -> Work:
        """Give the finished work; of the years that stand after episode numbers the smallest counts."""
        is_later = self.year is None and bool(self.later_years)
        return Work(
            kind=self.kind,
            title=self.title,
            year=min(self.later_years) if is_later else self.year,
            year_is_first=not is_later,
            country=self.country,
            ids=self.ids,
            folder=self.folder,
            ids_from=next((source for file in self.files if (source := _ids_from(file))), None),
            clash=next((clash for file in self.files if (clash := _clash(file))), None),
            doubt=next((doubt for file in self.files if (doubt := _doubt(file))), None),
            others=_others(self.files),
            duration=_duration(self.files) if self.kind is Kind.MOVIE else None,
            files=tuple(self.files),
        )


def group(files: Iterable[IdentifiedFile], *, base: str = "") -> list[Subject]:
    """Group files into works, in the order in which each work first appears.

    Films are one work if they have one id and names that are alike, or neither has any and title
    and year agree; without a year the folder must agree as well, unless they are numbered parts.
    Shows are one work if they have one id and such names, or neither has any and title, country and
    the year the show began agree; files without that year join the only show of that title in their
    folder that has one. ``files`` are in the order of the input; ``base`` is the folder that relative
    paths count from.
    """
    buckets = _Buckets()
    found: list[tuple[IdentifiedFile, str, _Bucket | None]] = []
    for file in files:
        folder = work_folder(file.result.path, file.result.root or "", base)
        found.append((file, folder, buckets.bucket(file, folder)))
    joined = buckets.joined()
    order: list[_Bucket | Skipped] = []
    for file, folder, first_bucket in found:
        if first_bucket is None:
            reason = file.identity.reason if isinstance(file.identity, NotAWork) else ""
            order.append(Skipped(file=file, reason=reason))
            continue
        bucket = joined.get(first_bucket, first_bucket)
        if not bucket.files:
            bucket.folder = folder
            order.append(bucket)
        bucket.files.append(file)
    return [entry.work() if isinstance(entry, _Bucket) else entry for entry in order]


def _doubt(file: IdentifiedFile) -> str | None:
    return None if isinstance(file.identity, NotAWork) else file.identity.doubt


def _ids_from(file: IdentifiedFile) -> str | None:
    return None if isinstance(file.identity, NotAWork) else file.identity.ids_from


def _clash(file: IdentifiedFile) -> Clash | None:
    return None if isinstance(file.identity, NotAWork) else file.identity.clash


def _others(files: Iterable[IdentifiedFile]) -> tuple[OtherReading, ...]:
    """Give the other readings that every file of a work shares: what only one of them may say is chance."""
    shared: tuple[OtherReading, ...] | None = None
    for file in files:
        own = () if isinstance(file.identity, NotAWork) else file.identity.others
        names = {_name(other) for other in own}
        shared = own if shared is None else tuple(other for other in shared if _name(other) in names)
    return shared or ()


def _name(other: OtherReading) -> tuple[Kind, str, int | None]:
    return (other.kind, normalise(other.title), other.year)


def _duration(files: Iterable[IdentifiedFile]) -> float | None:
    """Give how long a film lasts: its longest copy, or all its parts together where each is there."""
    parts: dict[int | None, float] = {}
    for file in files:
        if file.result.duration is None:
            return None
        part = file.identity.part if isinstance(file.identity, Film) else None
        parts[part] = max(parts.get(part, 0.0), file.result.duration)
    numbered = sorted(part for part in parts if part is not None)
    if numbered and (None in parts or numbered != list(range(1, len(numbered) + 1)) or len(numbered) < 2):
        return None
    return sum(parts.values()) or None


class _Buckets:
    """The works so far, to be found by their ids and by their names."""

    def __init__(self) -> None:
        self._by_id: dict[_Key, list[_Bucket]] = {}
        self._by_name: dict[_Key, _Bucket] = {}
        # Shows by title, country and folder: those with a year, as an ordered set.
        self._dated: dict[_Key, dict[_Bucket, None]] = {}
        # Shows without a year, and the titles and folders they were met in.
        self._undated: dict[_Bucket, dict[_Key, None]] = {}

    def bucket(self, file: IdentifiedFile, folder: str) -> _Bucket | None:
        """Find or make the work that a file belongs to; None for what is no work."""
        match file.identity:
            case Film() as film:
                return self._film(film, folder)
            case Episodes() as episodes:
                return self._show(episodes, folder)
            case NotAWork():
                return None

    def joined(self) -> dict[_Bucket, _Bucket]:
        """Say which shows without a year are one with a year: the only one in all their folders."""
        targets: dict[_Bucket, _Bucket] = {}
        for bucket, places in self._undated.items():
            candidates = dict.fromkeys(dated for place in places for dated in self._dated.get(place, ()))
            if len(candidates) == 1:
                (targets[bucket],) = candidates
        return targets

    def _film(self, film: Film, folder: str) -> _Bucket:
        is_free = film.year is not None or film.part is not None
        name = (Kind.MOVIE, normalise(film.title), film.year, None if is_free else folder)
        bucket = self._find(name, film) or self._new(Kind.MOVIE, name, film)
        bucket.year = bucket.year or film.year
        return bucket

    def _show(self, episodes: Episodes, folder: str) -> _Bucket:
        year = episodes.year if episodes.year_is_first else None
        title = (normalise(episodes.title), episodes.country)
        # what may as well be a film's number must not speak for the files of another folder
        name = (Kind.SHOW, *title, year, folder if episodes.doubt else None)
        bucket = self._find(name, episodes) or self._new(Kind.SHOW, name, episodes)
        bucket.year = bucket.year or year
        bucket.country = bucket.country or episodes.country
        if year is None and episodes.year is not None:
            bucket.later_years.add(episodes.year)
        if not episodes.ids:
            place = (*title, folder)
            if year is None:
                self._undated.setdefault(bucket, {})[place] = None
            else:
                self._dated.setdefault(place, {})[bucket] = None
        return bucket

    def _find(self, name: _Key, identity: Film | Episodes) -> _Bucket | None:
        """Find a work by any of the ids; by its name only where there are none.

        Files of one id whose names are unlike are each checked against it, so that an id in the wrong
        place cannot take them all.
        """
        if not identity.ids:
            return self._by_name.get(name)
        known = (bucket for key in _id_keys(name[0], identity.ids) for bucket in self._by_id.get(key, ()))
        found = next(
            (
                bucket
                for bucket in known
                if is_listed(identity.ids_from) or _are_alike(bucket.name, _own_name(identity))
            ),
            None,
        )
        if found is not None:
            self._remember(found, name, identity.ids)
        return found

    def _new(self, kind: Kind, name: _Key, identity: Film | Episodes) -> _Bucket:
        bucket = _Bucket(kind=kind, title=identity.title, name=_own_name(identity))
        self._remember(bucket, name, identity.ids)
        return bucket

    def _remember(self, bucket: _Bucket, name: _Key, ids: Ids) -> None:
        if not ids:
            self._by_name[name] = bucket
            return
        bucket.ids = Ids(
            trakt=bucket.ids.trakt or ids.trakt,
            slug=bucket.ids.slug or ids.slug,
            imdb=bucket.ids.imdb or ids.imdb,
            tmdb=bucket.ids.tmdb or ids.tmdb,
            tvdb=bucket.ids.tvdb or ids.tvdb,
        )
        for key in _id_keys(name[0], ids):
            known = self._by_id.setdefault(key, [])
            if bucket not in known:
                known.append(bucket)


def _own_name(identity: Film | Episodes) -> str:
    """Give the title that the name of a file says, whatever lies beside it."""
    own = own_reading(identity.others)
    return own.title if own else identity.title


def _are_alike(one: str, other: str) -> bool:
    """Whether two names may be of one work: they share a word of some length, or one is in the other."""
    first, second = normalise(one), normalise(other)
    if first.replace(" ", "") in second.replace(" ", "") or second.replace(" ", "") in first.replace(" ", ""):
        return True
    return any(len(word) > _SHORT_WORD for word in {*first.split()} & {*second.split()})


def _id_keys(kind: object, ids: Ids) -> list[_Key]:
    """Give the keys of ids; films and shows share TMDB's and TVDB's numbers without being one."""
    return [(kind, catalogue, value) for catalogue, value in ids.known().items()]
