"""One scan result → what its path says the file is."""

from __future__ import annotations

import re
from dataclasses import replace

from cvi_trakt.identify.agreement import DatedFolder, dated_folder, other_film, with_episode_word
from cvi_trakt.identify.evidence import Evidence, edition_of, evidence_of, part_of, with_second
from cvi_trakt.identify.extras import reason_to_skip
from cvi_trakt.identify.filetypes import reason_no_video, with_last_word
from cvi_trakt.identify.grammar.plain import read_plain
from cvi_trakt.identify.heading import Heading
from cvi_trakt.identify.numbering import Numbering
from cvi_trakt.identify.other_shows import other_show, show_folder
from cvi_trakt.identify.paths import BelowRoot, below_root
from cvi_trakt.identify.reading import Reader, Reading
from cvi_trakt.identify.sequels import counted, numbered
from cvi_trakt.identify.spelling import readable_text, without_extension
from cvi_trakt.identify.tags import Tagged, read_tags
from cvi_trakt.media import Episodes, Film, Identity, Kind, NotAWork, ScanResult

NO_TITLE = "no title in the name"
NOT_READABLE = "the name could not be read"

_LEADING = re.compile(r"^\s*\[[^\[\]]*\][\s._-]*(?=[^\W_])")


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
        evidence = evidence_of(reading, cleaned, tagged)
        evidence = _counted(evidence) or evidence
        other = self._other_film if evidence.kind is Kind.MOVIE else self._other_show
        evidence = other(evidence, tagged) or evidence
        numbered = _numbered(evidence)
        doubt = (numbered.doubt or _bare_number(evidence, reading)) if evidence.doubt is None else None
        first = replace(numbered, doubt=evidence.doubt)
        return with_second(first, doubt, read_plain(readable_text(cleaned.name)), tagged)

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
            edition=edition_of(reading),
            part=part_of(reading),
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
        alone = evidence_of(reading, name, tagged)
        heading = alone.heading if alone.kind is Kind.SHOW else None
        if heading is None or heading.year != own.year:
            heading = Heading(title=own.title, year=own.year)
        ids = evidence.ids if own.year == folder.year else tagged.show_ids_on_file()
        doubt = None if own.year else _says(folder)
        return replace(evidence, path=name, heading=heading, country=alone.country, ids=ids, doubt=doubt)


def identify(result: ScanResult, *, root: str | None = None) -> Identity:
    """Identify one file; for many, one :class:`Identifier` spares guessit's start each time."""
    return Identifier(root).identify(result)


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
    heading = evidence.heading
    if heading is None and evidence.ids:  # an id is enough; something must stand for the title
        heading = Heading(title=str(next(iter(evidence.ids.known().values()))))
    if heading is None:
        is_numbered = evidence.kind is Kind.SHOW and bool(evidence.numbering)
        return NotAWork(reason=NO_TITLE, untitled=_episodes(evidence, Heading(title="")) if is_numbered else None)
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
    return _episodes(evidence, heading)


def _episodes(evidence: Evidence, heading: Heading) -> Episodes:
    numbering = evidence.numbering
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
