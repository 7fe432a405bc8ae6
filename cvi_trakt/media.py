"""The words of the domain: frozen values that the stages pass on. No I/O, imports nothing of ours."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, unique


@unique
class Status(StrEnum):
    """What a scan says about one file."""

    HEALTHY = "HEALTHY"
    SUSPICIOUS = "SUSPICIOUS"  # needs a deeper look
    CORRUPT = "CORRUPT"
    UNREADABLE = "UNREADABLE"  # could not be read: says nothing about the file
    UNKNOWN = "UNKNOWN"  # no verdict at all


@unique
class Kind(StrEnum):
    """What Trakt files a work under."""

    MOVIE = "movie"
    SHOW = "show"


@unique
class Level(StrEnum):
    """How finely a show is added: as a whole, by season or by episode."""

    SHOW = "show"
    SEASON = "season"
    EPISODE = "episode"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanResult:
    """What one check said about one video file.

    ``path`` is as the scan wrote it: it may be relative, Windows style or a base name only, and
    bytes that are not UTF-8 stand in it as surrogates. ``root`` is the scan's own ``directory``.
    Units: ``size`` in bytes, ``duration`` in seconds.
    """

    path: str
    status: Status
    reason: str | None = None
    root: str | None = None
    size: int | None = None
    duration: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ids:
    """Numbers of one film or show in the usual catalogues; any of them may be unknown."""

    trakt: int | None = None
    slug: str | None = None
    imdb: str | None = None
    tmdb: int | None = None
    tvdb: int | None = None

    def known(self) -> dict[str, int | str]:
        """Give the ids that are known, by catalogue, in a fixed order."""
        pairs = (
            ("trakt", self.trakt),
            ("slug", self.slug),
            ("imdb", self.imdb),
            ("tmdb", self.tmdb),
            ("tvdb", self.tvdb),
        )
        return {name: value for name, value in pairs if value is not None}

    def __bool__(self) -> bool:
        return bool(self.known())


NO_IDS = Ids()


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """What a path says of a film."""

    title: str
    year: int | None = None
    ids: Ids = NO_IDS
    edition: str | None = None
    part: int | None = None  # cd1, part2: one film in several files


@dataclass(frozen=True, slots=True, kw_only=True)
class Episodes:
    """What a path says of one or more episodes of a show.

    ``year_is_first`` says that the year stands before the episode number or in the show's folder,
    so that it is the year the show began; otherwise it may be the episode's own.
    ``season`` is None for anime with absolute numbers and for dated shows; ``date`` is ISO 8601.
    """

    title: str
    year: int | None = None
    year_is_first: bool = True
    season: int | None = None
    episodes: tuple[int, ...] = ()
    date: str | None = None
    country: str | None = None  # two letters, from `The Office (US)`
    ids: Ids = NO_IDS


@dataclass(frozen=True, slots=True, kw_only=True)
class NotAWork:
    """A file that is no film and no episode: a sample, a trailer, an extra, or a name with no title."""

    reason: str


Identity = Film | Episodes | NotAWork


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentifiedFile:
    """One file of the input and what its path says it is."""

    result: ScanResult
    identity: Identity


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One film or one show with all its files: the unit that is searched, matched and added.

    ``folder`` is the folder of the first file below the root: where no year tells two films of one
    title apart, the folder does.
    """

    kind: Kind
    title: str
    year: int | None
    year_is_first: bool = True
    country: str | None = None
    ids: Ids = NO_IDS
    folder: str = ""
    files: tuple[IdentifiedFile, ...]

    @property
    def path(self) -> str:
        """The path of the first file, as the input gave it."""
        return self.files[0].result.path


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """One file that is not searched, and why."""

    file: IdentifiedFile
    reason: str

    @property
    def path(self) -> str:
        """The path, as the input gave it."""
        return self.file.result.path


Subject = Work | Skipped


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A film or show that Trakt, or the local catalogue, answered with.

    ``rank`` is its place in the answer, from 0; ``runtime`` is in minutes; ``votes`` only says how
    well known it is.
    """

    kind: Kind
    title: str
    year: int | None
    ids: Ids
    original_title: str | None = None
    country: str | None = None
    language: str | None = None
    runtime: int | None = None
    votes: int | None = None
    overview: str | None = None
    rank: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Distance:
    """How far a candidate is from what the path says, in named parts.

    ``title`` runs from 0.0 (equal once normalised) to 1.0; ``year`` counts years and is None where
    one side has none; ``country`` is 0 or 1, and None where the path names none; ``rank`` is the
    candidate's place in the answer.
    """

    title: float
    year: int | None
    country: int | None = None
    rank: int = 0

    def parts(self) -> dict[str, float | int]:
        """Give the parts a report shows; a part that could not be measured is left out."""
        shown: dict[str, float | int] = {"title": round(self.title, 3)}
        if self.year is not None:
            shown["year"] = self.year
        if self.country is not None:
            shown["country"] = self.country
        return shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A candidate with its distance."""

    candidate: Candidate
    distance: Distance


@unique
class DecidedBy(StrEnum):
    """Who chose the candidate."""

    ID = "id"
    SCORE = "score"
    PERSON = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sure:
    """A work whose candidate is decided."""

    work: Work
    candidate: Candidate
    distance: Distance | None
    reason: str
    decided_by: DecidedBy


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A work that waits for a person: more than one candidate fits, or none is near enough."""

    work: Work
    candidates: tuple[Scored, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoMatch:
    """A work for which Trakt has no candidate."""

    work: Work
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFailed:
    """A work whose search Trakt refused; the others go on."""

    work: Work
    error: str


Match = Sure | Held | NoMatch | SearchFailed


@unique
class UnitKind(StrEnum):
    """What one entry of a target can be."""

    MOVIE = "movie"
    SHOW = "show"
    SEASON = "season"
    EPISODE = "episode"


UnitKey = tuple[UnitKind, int, int | None, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One entry that a target can hold: a film, a show, a season or an episode.

    ``ids`` are those of the film or of the show; ``season`` and ``episode`` are numbers within it.
    """

    kind: UnitKind
    ids: Ids
    season: int | None = None
    episode: int | None = None

    @property
    def key(self) -> UnitKey:
        """What tells two units apart. Raises ``ValueError`` where Trakt's own number is unknown."""
        if self.ids.trakt is None:
            raise ValueError("a unit needs Trakt's own number")
        return (self.kind, self.ids.trakt, self.season, self.episode)


@unique
class Result(StrEnum):
    """What became of a work, as the report spells it."""

    ADDED = "added"
    WOULD_ADD = "would_add"
    EXISTING = "existing"
    NOT_FOUND = "not_found"
    HELD = "held"
    SKIPPED = "skipped"
    OVER_LIMIT = "over_limit"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one work; every file of the input is in exactly one.

    ``units`` are the entries that the result is about; ``reason`` says why, or what went wrong.
    """

    subject: Subject
    result: Result
    match: Match | None = None
    reason: str = ""
    units: tuple[Unit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where works go: the watchlist (``slug`` None) or one list, addressed by what Trakt gave.

    ``name`` is what the person reads; ``is_new`` says that the list is made before the first add.
    """

    name: str
    slug: str | None = None
    is_new: bool = False

    @property
    def is_watchlist(self) -> bool:
        """Whether this is the account's one watchlist."""
        return self.slug is None and not self.is_new


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteAnswer:
    """The counts with which Trakt answers a bulk write; it names no item but the unknown ones."""

    added: int
    existing: int
    not_found: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Whose token it is, and how much the account holds; None where Trakt does not say."""

    slug: str
    name: str
    watchlist_limit: int | None = None
    list_limit: int | None = None
    items_per_list: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UserList:
    """One list of a user. ``updated_at`` is Trakt's ISO 8601 time."""

    id: int
    slug: str
    name: str
    privacy: str | None = None
    description: str | None = None
    item_count: int = 0
    updated_at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListEntry:
    """One entry of the watchlist or a list, as Trakt gives it.

    ``title``, ``year`` and ``ids`` are those of the film or show; a season or episode adds its numbers
    and, for an episode, its own title. ``listed_at`` is ISO 8601. A person in a list has only a title.
    """

    id: int | None
    rank: int | None
    type: str
    title: str
    year: int | None
    ids: Ids
    season: int | None = None
    episode: int | None = None
    episode_title: str | None = None
    listed_at: str | None = None
    notes: str | None = None

    @property
    def unit(self) -> Unit | None:
        """The entry as a unit of a target; None for a person, or where Trakt gave no number."""
        if self.type not in UnitKind.__members__.values() or self.ids.trakt is None:
            return None
        return Unit(kind=UnitKind(self.type), ids=self.ids, season=self.season, episode=self.episode)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a run would do: a value; nothing is written until it is applied.

    ``outcomes`` are what will become of each work, in the order of the input; those with
    ``would_add`` carry the units that are not in the target yet.
    """

    target: Target
    outcomes: tuple[Outcome, ...]

    def to_add(self) -> int:
        """Count the works that would be added."""
        return sum(outcome.result is Result.WOULD_ADD for outcome in self.outcomes)
