"""The words for files and works: scan results, what a path says, films and shows. Imports nothing of ours."""

from __future__ import annotations

from collections.abc import Iterable
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


@unique
class Hdr(StrEnum):
    """Kinds of high dynamic range, in Trakt's words; HDR10+ shows only in the pictures, never in a header."""

    DOLBY_VISION = "dolby_vision"
    HDR10 = "hdr10"
    HLG = "hlg"


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a video is made of, as its header says; anything may be unknown.

    Codecs and containers have ffmpeg's names: ``hevc``, ``eac3``, ``matroska``. ``audio_profile`` tells
    kinds of one codec apart, as in ``DTS-HD MA``. ``channels`` is how the sound is laid out:
    ``mono``, ``stereo``, ``5.1``. ``width`` and ``height`` are in pixels.
    """

    container: str | None = None
    video_codec: str | None = None
    width: int | None = None
    height: int | None = None
    hdr: Hdr | None = None
    audio_codec: str | None = None
    audio_profile: str | None = None
    channels: str | None = None


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
    facts: Facts | None = None


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

LIST_SOURCE = "--ids"  # how the person's own list is named as a source
NAME = "the name"  # why a reading is there beside what a file beside the video says


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherReading:
    """Another way to read the same path; the search decides between them, nothing is patched over.

    ``why`` says what is read differently, in words. ``season``, ``seasons`` and ``episodes`` as in
    :class:`Episodes`; a film has none.
    """

    kind: Kind
    title: str
    year: int | None = None
    year_is_first: bool = True
    country: str | None = None
    season: int | None = None
    seasons: tuple[int, ...] = ()
    episodes: tuple[int, ...] = ()
    why: str = ""


def own_reading(others: Iterable[OtherReading]) -> OtherReading | None:
    """Give what the name of a file says itself, where something beside the file says another title or year."""
    return next((other for other in others if other.why == NAME), None)


def is_listed(source: str | None) -> bool:
    """Whether this source is the person's own list of ids."""
    return source is not None and source.startswith(LIST_SOURCE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """Two sources that name different ids: ``reason`` says which, ``ids`` are those that do not count."""

    reason: str
    ids: Ids


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What a file beside the video, or the person's own list of ids, says the video is.

    ``source`` names it as a person would look for it (``movie.nfo``, ``--ids``). ``kind`` is None
    where it does not say. ``ids`` are those of the film or of the whole show, never an episode's.
    ``season`` and ``episodes`` are numbers that it gives for this very file.
    """

    source: str
    kind: Kind | None = None
    ids: Ids = NO_IDS
    title: str | None = None
    year: int | None = None
    season: int | None = None
    episodes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """What a path says of a film. ``ids_from`` says where the ids were found, where that is not the path."""

    title: str
    year: int | None = None
    ids: Ids = NO_IDS
    edition: str | None = None
    part: int | None = None  # cd1, part2: one film in several files
    # Another reading of the path that speaks against this one, in words; a match is then held.
    doubt: str | None = None
    others: tuple[OtherReading, ...] = ()
    ids_from: str | None = None
    clash: Clash | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Episodes:
    """What a path says of one or more episodes of a show.

    ``year_is_first`` says that the year stands before the episode number or in the show's folder,
    so that it is the year the show began; otherwise it may be the episode's own.
    ``season`` is None for anime with absolute numbers and for dated shows; ``seasons`` are all that a
    pack of several lists; ``date`` is ISO 8601.
    """

    title: str
    year: int | None = None
    year_is_first: bool = True
    season: int | None = None
    seasons: tuple[int, ...] = ()
    episodes: tuple[int, ...] = ()
    date: str | None = None
    country: str | None = None  # two letters, from `The Office (US)`
    ids: Ids = NO_IDS
    # Another reading of the path that speaks against this one, in words; a match is then held.
    doubt: str | None = None
    others: tuple[OtherReading, ...] = ()
    ids_from: str | None = None
    clash: Clash | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotAWork:
    """A file that is no film and no episode: a sample, a trailer, an extra, or a name with no title.

    ``untitled`` are the numbers of an episode whose title the path does not say.
    """

    reason: str
    untitled: Episodes | None = None


Identity = Film | Episodes | NotAWork


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentifiedFile:
    """One file of the input and what its path says it is."""

    result: ScanResult
    identity: Identity


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One film or one show with all its files: the unit that is searched, matched and added.

    ``folder`` is the whole folder of the first file: where no year tells two films of one title
    apart, the folder does. ``doubt`` is the first one among the files: another reading of the
    path that speaks against this one, in words; a match is then held. ``others`` are the other
    readings of its files. ``duration`` is that of a film, in seconds: the sum over its parts, None
    where it is not known.
    """

    kind: Kind
    title: str
    year: int | None
    year_is_first: bool = True
    country: str | None = None
    ids: Ids = NO_IDS
    ids_from: str | None = None
    clash: Clash | None = None
    folder: str = ""
    doubt: str | None = None
    others: tuple[OtherReading, ...] = ()
    duration: float | None = None
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
