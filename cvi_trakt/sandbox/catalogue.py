"""The films and shows the sandbox knows, looked up by any of their ids."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

from cvi_trakt.sandbox.titles import Found, TitleIndex

Kind = Literal["movie", "show", "season", "episode"]
WorkKind = Literal["movie", "show"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
WORK_KINDS: Final[tuple[WorkKind, ...]] = get_args(WorkKind)

MOST_SEASONS: Final = 60
MOST_EPISODES: Final = 2000
# Seasons and episodes have made-up numbers that tell which they are, so no table is needed. They
# are offset by catalogue, so that a number taken for one of another catalogue finds nothing.
_OFFSETS: Final = {"trakt": 0, "tmdb": 2 * 10**15, "tvdb": 4 * 10**15}


@dataclass(frozen=True, slots=True)
class Ref:
    """One thing that a list can hold; ``work`` is Trakt's number of the film or the show."""

    kind: Kind
    work: int
    season: int | None = None
    episode: int | None = None

    @property
    def numbers(self) -> dict[str, int]:
        """The made-up ids of a season or an episode."""
        if self.kind == "season":
            number = self.work * 100 + (self.season or 0)
        else:
            number = self.work * 1_000_000 + (self.season or 0) * 10_000 + (self.episode or 0)
        return {name: number + offset for name, offset in _OFFSETS.items()}

    @property
    def show(self) -> Ref:
        """The show that a season or an episode belongs to."""
        return Ref("show", self.work)


def ref_from_number(kind: Kind, source: str, number: int) -> Ref | None:
    """Give back the season or episode that a made-up number stands for."""
    offset = _OFFSETS.get(source)
    if offset is None or number < offset:
        return None
    if kind == "season":
        work, season = divmod(number - offset, 100)
        return Ref("season", work, season)
    work, rest = divmod(number - offset, 1_000_000)
    return Ref("episode", work, *divmod(rest, 10_000))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One film or show. ``runtime`` is in minutes; ``seasons`` holds the number of episodes of each."""

    kind: WorkKind
    trakt: int
    slug: str
    title: str
    year: int | None
    imdb: str | None = None
    tmdb: int | None = None
    tvdb: int | None = None
    original_title: str | None = None
    aliases: tuple[tuple[str | None, str], ...] = ()  # country, title
    votes: int = 0
    runtime: int | None = None
    country: str | None = None
    language: str | None = None
    genres: tuple[str, ...] = ()
    overview: str | None = None
    seasons: Mapping[int, int] | None = None

    @property
    def ref(self) -> Ref:
        """What lists hold of it."""
        return Ref(self.kind, self.trakt)

    @property
    def all_titles(self) -> tuple[str, ...]:
        """Every title it is found under."""
        original = (self.original_title,) if self.original_title else ()
        return (self.title, *original, *(alias for _, alias in self.aliases))

    def season_counts(self) -> Mapping[int, int]:
        """How many episodes each season has; a show without a list gets a made-up one."""
        if self.seasons is not None:
            return self.seasons
        return dict.fromkeys(range(1, 2 + self.trakt % 5), 10)


@dataclass(frozen=True, slots=True)
class Hit:
    """What a search found, and how well it fits."""

    entry: Entry
    score: float


class Catalogue:
    """All entries. Never changes, so any thread may read it."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._by_id: dict[tuple[str, str], dict[str, Entry]] = {
            (kind, source): {} for kind in WORK_KINDS for source in ("trakt", "slug", "imdb", "tmdb", "tvdb")
        }
        self._entries = tuple(entries)
        self._index = TitleIndex()
        for entry in self._entries:
            self._index.add(entry.all_titles, entry.votes)
            for source in ("trakt", "slug", "imdb", "tmdb", "tvdb"):
                value = getattr(entry, source)
                if value is not None:
                    self._by_id[entry.kind, source].setdefault(str(value), entry)

    def __len__(self) -> int:
        return len(self._entries)

    def exact(self, kinds: Collection[Kind], query: str) -> list[Hit]:
        """Find the entries of which one title is the query, the best known first."""
        return self._hits(kinds, self._index.exact(query))

    def broad(self, kinds: Collection[Kind], query: str) -> list[Hit]:
        """Find the entries that contain the words of the query."""
        return self._hits(kinds, self._index.broad(query))

    def _hits(self, kinds: Collection[Kind], found: list[Found]) -> list[Hit]:
        pairs = ((self._entries[each.place], each.score) for each in found)
        return [Hit(entry, score) for entry, score in pairs if entry.kind in kinds]

    def entry(self, ref: Ref) -> Entry:
        """Give the film, or the show that ``ref`` belongs to. Raises ``KeyError``."""
        kind = "movie" if ref.kind == "movie" else "show"
        return self._by_id[kind, "trakt"][str(ref.work)]

    def named(self, kind: WorkKind, name: str) -> Entry | None:
        """Find by what a path of the API may name it with: Trakt's number, slug or IMDb id."""
        for source in ("trakt", "slug", "imdb"):
            entry = self._by_id[kind, source].get(name)
            if entry is not None:
                return entry
        return None

    def find(self, kind: Kind, source: str, value: str) -> Ref | None:
        """Find by one id; the same TMDB or TVDB number may be a film, a show and an episode."""
        if kind in WORK_KINDS:
            entry = self._by_id.get((kind, source), {}).get(value)
            return entry.ref if entry else None
        ref = ref_from_number(kind, source, int(value)) if value.isdecimal() else None
        return ref if ref and self.holds(ref) else None

    def find_any(self, kind: Kind, ids: Mapping[str, object]) -> Ref | None:
        """Find by the first id of an item that is known, in the order in which Trakt trusts them."""
        for source in ("trakt", "slug", "imdb", "tmdb", "tvdb"):
            value = ids.get(source)
            if value is not None and (ref := self.find(kind, source, str(value))):
                return ref
        return None

    def holds(self, ref: Ref) -> bool:
        """Say whether there is such a film, show, season or episode."""
        try:
            entry = self.entry(ref)
        except KeyError:
            return False
        if ref.season is None:
            return True
        episode = 1 if ref.episode is None else ref.episode
        if entry.seasons is None:
            return 0 <= ref.season <= MOST_SEASONS and 1 <= episode <= MOST_EPISODES
        return ref.season in entry.seasons and 1 <= episode <= entry.seasons[ref.season]

    def episodes(self, ref: Ref) -> Iterator[Ref]:
        """Give every episode of a show or a season, without the specials of a whole show."""
        if ref.kind == "episode":
            yield ref
            return
        counts = self.entry(ref).season_counts()
        wanted = [ref.season] if ref.season is not None else [number for number in counts if number > 0]
        for season in wanted:
            for number in range(1, counts.get(season, 10) + 1):
                yield Ref("episode", ref.work, season, number)


def kind_of(word: str) -> Kind | None:
    """Read a kind as paths spell it, in the singular or the plural."""
    singular = word.removesuffix("s") if word not in KINDS else word
    return next((kind for kind in KINDS if kind == singular), None)
