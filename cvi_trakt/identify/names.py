"""One scan result → what its path says the file is."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from cvi_trakt.identify.agreement import dated_folder, other_film, with_episode_word
from cvi_trakt.identify.extras import reason_to_skip
from cvi_trakt.identify.filetypes import reason_no_video
from cvi_trakt.identify.heading import Heading, film_heading, numeric_title, show_heading
from cvi_trakt.identify.numbering import Numbering, read_numbering
from cvi_trakt.identify.paths import BelowRoot, below_root
from cvi_trakt.identify.reading import Reader, Reading
from cvi_trakt.identify.tags import Tagged, read_tags
from cvi_trakt.media import Episodes, Film, Identity, Ids, Kind, NotAWork, ScanResult

NO_TITLE = "no title in the name"
NOT_READABLE = "the name could not be read"

_YEAR_FOLLOWS = re.compile(r" [(\[](?:18|19|20)\d\d[)\]]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Everything that the path of one film or episode says, before it is judged.

    ``heading`` is None where there is no title, as in ``S01E01.mkv`` without a folder.
    """

    kind: Kind
    path: BelowRoot
    heading: Heading | None
    numbering: Numbering
    country: str | None
    ids: Ids
    edition: str | None
    part: int | None


class Identifier:
    """Identifies files by their paths; can be pickled, so that each process has its own.

    Args:
        root: the folder of the library as the person named it, or None to take the scan's own.
    """

    def __init__(self, root: str | None = None) -> None:
        self.root = root
        self._reader = Reader()

    def identify(self, result: ScanResult) -> Identity:
        """Say what the path of a file says it is. Never raises because of a name."""
        evidence = self.evidence(result)
        return evidence if isinstance(evidence, NotAWork) else _judged(evidence)

    def evidence(self, result: ScanResult) -> Evidence | NotAWork:
        """Say what the path says in its parts, or why it is not read."""
        path = below_root(result.path, root=self.root, scan_root=result.root)
        if reason := reason_no_video(result.path) or reason_to_skip(path):
            return NotAWork(reason=reason)
        tagged = read_tags(path.parts)
        cleaned = BelowRoot(parts=tagged.parts)
        if not cleaned.parts:
            return NotAWork(reason=NO_TITLE)
        reading = self._reader.read(with_episode_word(cleaned))
        if reading is None:
            return NotAWork(reason=NOT_READABLE)
        evidence = _evidence(reading, cleaned, tagged)
        return self._without_folder(evidence, tagged) or evidence

    def _without_folder(self, evidence: Evidence, tagged: Tagged) -> Evidence | None:
        """Say what the file name says alone, where it speaks of another film than the folder's."""
        folder = dated_folder(evidence.path) if evidence.kind is Kind.MOVIE else None
        if folder is None or folder.is_plainly(evidence.path.name):
            return None
        name = BelowRoot(parts=evidence.path.parts[-1:])
        reading = self._reader.read(name.parts)
        own = other_film(folder, reading) if reading else None
        if reading is None or own is None:
            return None
        # The folder's id is that of its own film; of two names of one year it may well be the same.
        ids = evidence.ids if own.year == folder.year else tagged.file_ids()
        heading = Heading(title=own.title, year=own.year) if own.title else None
        return replace(evidence, path=name, heading=heading, ids=ids, edition=_edition(reading), part=_part(reading))


def identify(result: ScanResult, *, root: str | None = None) -> Identity:
    """Identify one file; for many, one :class:`Identifier` spares guessit's start each time."""
    return Identifier(root).identify(result)


def _evidence(reading: Reading, path: BelowRoot, tagged: Tagged) -> Evidence:
    numbering = read_numbering(reading)
    is_show = (
        reading.is_episode
        and bool(numbering)
        and not _is_numeric_title(path)
        and not _is_season_in_title(reading, numbering)
    )
    if not is_show:
        numbering = Numbering(in_title=numbering.in_title)
    countries = reading.countries()
    return Evidence(
        kind=Kind.SHOW if is_show else Kind.MOVIE,
        path=path,
        heading=(show_heading if is_show else film_heading)(reading, numbering, path),
        numbering=numbering,
        country=str(countries[0].value).upper() if countries else None,
        ids=tagged.show_ids() if is_show else tagged.film_ids(),
        edition=tagged.edition or _edition(reading),
        part=_part(reading),
    )


def _judged(evidence: Evidence) -> Identity:
    heading, numbering = evidence.heading, evidence.numbering
    if heading is None and evidence.ids:  # an id is enough; something must stand for the title
        heading = Heading(title=str(next(iter(evidence.ids.known().values()))))
    if heading is None:
        return NotAWork(reason=NO_TITLE)
    if evidence.kind is Kind.MOVIE:
        return Film(
            title=heading.title,
            year=heading.year,
            ids=evidence.ids,
            edition=evidence.edition,
            part=evidence.part,
        )
    return Episodes(
        title=heading.title,
        year=heading.year,
        year_is_first=heading.year_is_first,
        season=numbering.season,
        episodes=numbering.episodes,
        date=numbering.date,
        country=evidence.country,
        ids=evidence.ids,
    )


def _is_numeric_title(path: BelowRoot) -> bool:
    """Whether a name without folders, or on the disk ``m``, is only a number: ``300.mkv`` is a film."""
    return all(len(folder) == 1 for folder in path.folders) and numeric_title(path) is not None


def _is_season_in_title(reading: Reading, numbering: Numbering) -> bool:
    """Whether the only number is a word of a film's title: ``Open Season 2 (2008)``."""
    in_file = [mark for mark in numbering.marks if mark.start >= reading.file_start]
    return (
        bool(in_file)
        and not numbering.episodes
        and numbering.date is None
        and all(_YEAR_FOLLOWS.match(reading.text, mark.end) is not None for mark in in_file)
    )


def _edition(reading: Reading) -> str | None:
    return ", ".join(dict.fromkeys(str(mark.value) for mark in reading.named("edition"))) or None


def _part(reading: Reading) -> int | None:
    """Give the number of the disc, or of the part where it follows the year; before it, it is the title's."""
    years = reading.named("year")
    discs = reading.named("cd")
    parts = [mark for mark in reading.named("part") if years and mark.start > years[-1].start]
    return next((mark.value for mark in (*discs, *parts) if isinstance(mark.value, int)), None)
