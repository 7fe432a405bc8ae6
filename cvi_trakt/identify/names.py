"""One scan result → what its path says the file is."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from cvi_trakt.identify.agreement import DatedFolder, dated_folder, other_film, with_episode_word
from cvi_trakt.identify.extras import reason_to_skip
from cvi_trakt.identify.filetypes import reason_no_video, with_last_word
from cvi_trakt.identify.grammar.plain import Plain, read_plain
from cvi_trakt.identify.grammar.words import begins_release, first_release_word
from cvi_trakt.identify.heading import Heading, film_heading, numeric_title, show_heading
from cvi_trakt.identify.numbering import Numbering, read_numbering
from cvi_trakt.identify.other_shows import other_show, show_folder
from cvi_trakt.identify.paths import BelowRoot, below_root, season_number
from cvi_trakt.identify.reading import Reader, Reading
from cvi_trakt.identify.second import Reading as SecondReading
from cvi_trakt.identify.second import choose
from cvi_trakt.identify.sequels import counted, numbered
from cvi_trakt.identify.spelling import readable_text, spaced, without_extension
from cvi_trakt.identify.tags import Tagged, read_tags
from cvi_trakt.media import Episodes, Film, Identity, Ids, Kind, NotAWork, OtherReading, ScanResult
from cvi_trakt.titles import normalise

NO_TITLE = "no title in the name"
NOT_READABLE = "the name could not be read"

_LEADING = re.compile(r"^\s*\[[^\[\]]*\][\s._-]*(?=[^\W_])")
_YEAR_FOLLOWS = re.compile(r" [(\[](?:18|19|20)\d\d[)\]]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Everything that the path of one film or episode says, before it is judged.

    ``heading`` is None where there is no title, as in ``S01E01.mkv`` without a folder. ``first`` is
    guessit's reading put right by our rules, ``plain`` the grammar's: one of them, or of both, was chosen.
    """

    kind: Kind
    path: BelowRoot
    heading: Heading | None
    numbering: Numbering
    country: str | None
    ids: Ids
    edition: str | None
    part: int | None
    doubt: str | None = None
    others: tuple[OtherReading, ...] = ()
    number_is_late: bool = False
    word_follows: bool = False
    number_in_release: bool = False
    first: SecondReading | None = None
    plain: Plain | None = None


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
        return self.read(result)

    def read(self, result: ScanResult) -> Evidence | NotAWork:
        """Say what a path says whatever kind of file it names, also where that is no video, or an extra."""
        path = below_root(result.path, root=self.root, scan_root=result.root)
        tagged = read_tags((*path.folders, with_last_word(path.name)) if path.parts else ())
        cleaned = BelowRoot(parts=tagged.parts)
        if not cleaned.parts:
            return NotAWork(reason=NO_TITLE)
        reading = self._reader.read(with_episode_word(cleaned))
        if reading is None:
            return NotAWork(reason=NOT_READABLE)
        evidence = _evidence(reading, cleaned, tagged)
        evidence = _counted(evidence) or evidence
        other = self._other_film if evidence.kind is Kind.MOVIE else self._other_show
        evidence = other(evidence, tagged) or evidence
        numbered = _numbered(evidence)
        doubt = (numbered.doubt or _bare_number(evidence, reading)) if evidence.doubt is None else None
        first = replace(numbered, doubt=evidence.doubt)
        return _with_second(first, doubt, read_plain(readable_text(cleaned.name)), tagged)

    def _other_film(self, evidence: Evidence, tagged: Tagged) -> Evidence | None:
        """Say what the file name says alone, where it speaks of another film than the folder's."""
        folder = dated_folder(evidence.path)
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
        return replace(
            evidence,
            path=name,
            heading=heading,
            ids=ids,
            edition=_edition(reading),
            part=_part(reading),
            doubt=None if own.year else _says(folder),
        )

    def _other_show(self, evidence: Evidence, tagged: Tagged) -> Evidence | None:
        """Say what the file name says alone, where it speaks of another show than the folder's."""
        folder = show_folder(evidence.path)
        own = other_show(folder, evidence.path.name) if folder else None
        name = BelowRoot(parts=evidence.path.parts[-1:])
        reading = self._reader.read(name.parts) if own else None
        if folder is None or own is None or reading is None:
            return None
        alone = _evidence(reading, name, tagged)
        heading = alone.heading if alone.kind is Kind.SHOW else None
        if heading is None or heading.year != own.year:
            heading = Heading(title=own.title, year=own.year)
        ids = evidence.ids if own.year == folder.year else tagged.show_ids_on_file()
        doubt = None if own.year else _says(folder)
        return replace(evidence, path=name, heading=heading, country=alone.country, ids=ids, doubt=doubt)


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
        number_is_late=_is_late(reading, numbering),
        word_follows=_word_follows(reading, numbering),
        number_in_release=_in_release(reading, numbering),
    )


def _is_late(reading: Reading, numbering: Numbering) -> bool:
    """Whether the number stands behind the year in the file's name: ``castle.2009.416``."""
    years = [mark for mark in reading.named("year") if mark.start >= reading.file_start]
    release = first_release_word(reading.text, reading.file_start)
    return bool(years) and any(years[0].end <= mark.start < release for mark in numbering.marks)


def _in_release(reading: Reading, numbering: Numbering) -> bool:
    """Whether the numbers stand among the words of the release: ``crf18.S97.E-AC3``."""
    release = first_release_word(reading.text, reading.file_start)
    return bool(numbering.marks) and all(mark.start >= release for mark in numbering.marks)


def _word_follows(reading: Reading, numbering: Numbering) -> bool:
    """Whether a word that is none of the release stands behind a bare number: ``Zom 100 Zombie ni``."""
    in_file = [mark for mark in numbering.marks if mark.start >= reading.file_start]
    if any(mark.digits.startswith("0") for mark in in_file):
        return False
    if any(re.search(r"(?<!\d)\d[._]$", reading.text[: mark.start]) and mark.end - mark.start == 2 for mark in in_file):
        return True  # a decimal: Evangelion 1.11
    if any(re.fullmatch(r"20[4-9]\d", mark.digits) for mark in in_file):
        return True  # a year to come: Blade Runner 2049
    rest = reading.text[max((mark.end for mark in in_file), default=len(reading.text)) :]
    return re.match(r"[\s._]+[^\W\d_]{2}", rest) is not None and not begins_release(rest) and "." in rest.lstrip(" ._")


def _with_second(evidence: Evidence, doubt: str | None, plain: Plain | None, tagged: Tagged) -> Evidence:
    """Hold the grammar's reading of the file name against the first one; ``doubt`` is of the first alone."""
    first = SecondReading(
        kind=evidence.kind,
        heading=evidence.heading,
        numbering=evidence.numbering,
        country=evidence.country,
        from_folder=_is_from_folder(evidence),
        folder_season=next(
            (number for folder in reversed(evidence.path.folders) if (number := season_number(folder)) is not None),
            None,
        ),
        has_weak_number=_has_weak_number(evidence),
        number_is_late=evidence.number_is_late,
        word_follows=evidence.word_follows,
        number_in_release=evidence.number_in_release,
    )
    chosen = choose(first, plain)
    best = chosen.reading
    is_other = best is not first
    ids = (
        evidence.ids
        if best.kind is evidence.kind
        else tagged.show_ids()
        if best.kind is Kind.SHOW
        else tagged.film_ids()
    )
    return replace(
        evidence,
        kind=best.kind,
        heading=best.heading,
        numbering=best.numbering,
        country=best.country,
        ids=ids,
        doubt=evidence.doubt or (None if is_other else doubt),
        others=chosen.others,
        first=first,
        plain=plain,
    )


def _is_from_folder(evidence: Evidence) -> bool:
    """Whether the title is that of the work's folder, rather than one that the file name says."""
    folders = evidence.path.work_folders
    if evidence.heading is None or not folders:
        return False
    return normalise(spaced(readable_text(folders[-1]))).startswith(normalise(evidence.heading.title))


def _has_weak_number(evidence: Evidence) -> bool:
    """Whether only bare numbers say that it is an episode."""
    numbering = evidence.numbering
    return (
        evidence.kind is Kind.SHOW
        and numbering.date is None
        and all(mark.is_weak or "weak-duplicate" in mark.tags for mark in numbering.marks)
    )


def _says(folder: DatedFolder) -> str:
    return f"the folder says {folder.title!r} ({folder.year})"


def _counted(evidence: Evidence) -> Evidence | None:
    """Read ``Title.2of3`` as one of a few films where nothing else says that it is an episode."""
    numbering, heading = evidence.numbering, evidence.heading
    is_show = evidence.kind is Kind.SHOW and len(numbering.episodes) == 1
    if not is_show or evidence.ids or numbering.season is not None or (heading and heading.year):
        return None
    film = counted(readable_text(evidence.path.name))
    if film is None:
        return None
    heading = Heading(title=film.title)
    return replace(evidence, kind=Kind.MOVIE, heading=heading, numbering=Numbering(), country=None, doubt=film.doubt)


def _bare_number(evidence: Evidence, reading: Reading) -> str | None:
    """Doubt an episode that only a bare number in a name without folders tells: ``Special.26.720p``."""
    numbering, heading = evidence.numbering, evidence.heading
    is_bare = len(numbering.marks) == 1 and numbering.marks[0].is_weak and numbering.season is None
    if heading is None or heading.year or not is_bare or evidence.path.folders or evidence.ids:
        return None
    before = reading.text[: numbering.marks[0].start]
    if numbering.marks[0].digits.startswith("0") or not before.strip():
        return None
    if evidence.kind is Kind.MOVIE or re.search(r"[\[\](]|-[\s._]*$|[^\W\d_]$", before):
        return None
    return f"the number {numbering.marks[0].value} after {heading.title!r} may be a word of a film's title"


def _numbered(evidence: Evidence) -> Evidence:
    """Put a number that follows a film's title back into it where no year says which film it is."""
    heading = evidence.heading
    if evidence.kind is not Kind.MOVIE or heading is None or heading.year or evidence.ids or evidence.part:
        return evidence
    stem = _LEADING.sub("", without_extension(readable_text(evidence.path.name)), count=1)
    film = numbered(heading.title, stem)
    if film is None:
        return evidence
    return replace(evidence, heading=replace(heading, title=film.title), doubt=evidence.doubt or film.doubt)


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
            doubt=evidence.doubt,
            others=evidence.others,
        )
    return Episodes(
        title=heading.title,
        year=heading.year,
        year_is_first=heading.year_is_first,
        season=numbering.season,
        seasons=numbering.seasons if len(numbering.seasons) > 1 else (),
        episodes=numbering.episodes,
        date=numbering.date,
        country=evidence.country,
        ids=evidence.ids,
        doubt=evidence.doubt,
        others=evidence.others,
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
