"""What the path of one file says in its parts, before two readings of it are held against each other."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from cvi_trakt.identify.grammar.plain import Plain
from cvi_trakt.identify.heading import Heading, film_heading, numeric_title, show_heading
from cvi_trakt.identify.numbering import Numbering, read_numbering
from cvi_trakt.identify.other_readings import Reading as SecondReading
from cvi_trakt.identify.paths import BelowRoot, season_number
from cvi_trakt.identify.reading import Reading
from cvi_trakt.identify.second import choose
from cvi_trakt.identify.spelling import readable_text, spaced
from cvi_trakt.identify.tags import Tagged
from cvi_trakt.media import Ids, Kind, OtherReading
from cvi_trakt.release_words import begins_release, first_release_word
from cvi_trakt.titles import normalise

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


def evidence_of(reading: Reading, path: BelowRoot, tagged: Tagged) -> Evidence:
    """Put together what guessit read in a path, what our rules make of it, and the ids in it."""
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
        edition=tagged.edition or edition_of(reading),
        part=part_of(reading),
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


def with_second(evidence: Evidence, doubt: str | None, plain: Plain | None, tagged: Tagged) -> Evidence:
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
        others=() if evidence.doubt else chosen.others,  # what the folder contradicts, no other reading settles
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


def edition_of(reading: Reading) -> str | None:
    """Give the editions that guessit knows, parted by commas."""
    return ", ".join(dict.fromkeys(str(mark.value) for mark in reading.named("edition"))) or None


def part_of(reading: Reading) -> int | None:
    """Give the number of the disc, or of the part where it follows the year; before it, it is the title's."""
    years = reading.named("year")
    discs = reading.named("cd")
    parts = [mark for mark in reading.named("part") if years and mark.start > years[-1].start]
    return next((mark.value for mark in (*discs, *parts) if isinstance(mark.value, int)), None)
