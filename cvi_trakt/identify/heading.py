"""Title and year of a film or show: from the file name, or from the folder that is named after it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from cvi_trakt.identify.numbering import Numbering
from cvi_trakt.identify.paths import BelowRoot
from cvi_trakt.identify.reading import Mark, Reading
from cvi_trakt.identify.spelling import article_first, readable_text, spaced
from cvi_trakt.titles import normalise

_FOLDER = re.compile(
    r"(?P<title>\S.*?)[\s._]*[(\[](?P<year>(?:18|19|20)\d\d)(?:[-–](?:\d{4})?)?[)\]]"
    r"(?P<rest>(?:\s*(?:\[[^\[\]]*\]|\([^()]*\)|\{[^{}]*\}))*)\s*",
    re.DOTALL,
)
_YEAR_IN_BRACKETS = re.compile(r"[(\[](?P<year>(?:18|19|20)\d\d)[)\]]")
# What guessit may find in the words before "(1999)" although they are simply the title.
_NUMBER_LABELS = frozenset({"year", "season", "episode"})
_TITLE_LIKE = _NUMBER_LABELS | {
    "alternative_title",
    "bonus",
    "bonus_title",
    "cd",
    "episode_count",
    "episode_details",
    "episode_title",
    "film",
    "film_title",
    "language",
    "part",
    "season_count",
    "title",
    "version",
    "week",
}
_LEADING_GROUP = re.compile(r"\s*(?:\[[^\[\]]*\]|\(\d{1,2}\))[\s._-]*")
_BRACKET_TITLE = re.compile(r"\s*\[[^\[\]]+\](?:\s*\d)?\s*")  # "[REC] (2007)", "[REC] 2 (2009)"
_INNER_BRACKETS = re.compile(r"[\s._]*[(\[][^()\[\]]*[)\]]")
_NUMERIC_NAME = re.compile(r"(?P<title>\d+)\.\w{2,4}")
_PART = re.compile(r"[\s._-]*part[\s._]*", re.IGNORECASE)
_BRACKETS = re.compile(r"[\[【](?P<inner>[^\[\]【】]+)[\]】]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A title and its year; ``year_is_first`` as in :class:`cvi_trakt.media.Episodes`."""

    title: str
    year: int | None = None
    year_is_first: bool = True


def film_heading(reading: Reading, numbering: Numbering, path: BelowRoot) -> Heading | None:
    """Find the title and year of a film.

    A folder ``Title (Year)`` decides, unless the file has another year: then it is a box set, and
    the file decides. A year in the folder's own title is none: ``1917 (2019)/1917.mkv``.
    """
    own = _from_file(reading, numbering)
    folder = _from_folder(reading, path)
    if folder is not None:
        is_of_title = str(own.year) in folder.title and normalise(folder.title) in normalise(path.name) if own else True
        if is_of_title or own is None or own.year in (None, folder.year):
            return folder
    plain = _plain_folder(path)
    return own or folder or numeric_title(path) or (plain if plain and len(plain.title) > 1 else None)


def numeric_title(path: BelowRoot) -> Heading | None:
    """Take a file name that is only a number for the title: ``300.mkv``."""
    found = _NUMERIC_NAME.fullmatch(path.name)
    return Heading(title=found["title"]) if found else None


def show_heading(reading: Reading, numbering: Numbering, path: BelowRoot) -> Heading | None:
    """Find the title of a show and the year, first in its folder, then in the file name.

    A folder ``Title (Year)`` decides when season folders lie in it, or the file says the same
    title or none.
    """
    folder = _from_folder(reading, path)
    own = _from_file(reading, numbering, file_only=folder is not None)
    if own is not None and _is_episode_title(reading, numbering, path):
        own = _plain_folder(path)
    if folder is not None and (own is None or path.work_folders != path.folders or _agree(own.title, folder.title)):
        return folder
    return _completed(own, reading, numbering, path) if own is not None else _plain_folder(path)


def _completed(own: Heading, reading: Reading, numbering: Numbering, path: BelowRoot) -> Heading:
    """Take the whole name of the folder where guessit stopped at a dash in it: ``NCIS - New Orleans``."""
    plain = _plain_folder(path)
    start = _folder_start(reading, path)
    if plain is None or start is None or not _agree(own.title, plain.title):
        return own
    end = start + len(path.work_folders[-1])
    numbers = [*numbering.marks, *reading.named("year")]
    rest = plain.title[len(own.title) :].lstrip()
    if not rest or rest.startswith("(") or any(start <= mark.start < end for mark in numbers):
        return own
    return replace(own, title=plain.title) if _is_all_title(reading, start, end) else own


def _from_folder(reading: Reading, path: BelowRoot) -> Heading | None:
    """Read ``Title (Year)`` on the folder of the work."""
    folders = path.work_folders
    found = _FOLDER.fullmatch(readable_text(folders[-1])) if folders else None
    if found is None:
        return None
    title = found["title"]
    start = _folder_start(reading, path)
    for inner in reversed(list(_INNER_BRACKETS.finditer(title))) if start is not None else ():
        if start is not None and not _is_all_title(reading, start + inner.start(), start + inner.end()):
            title = title[: inner.start()] + title[inner.end() :]
    title = spaced(title)
    return Heading(title=title, year=int(found["year"])) if title else None


def _folder_start(reading: Reading, path: BelowRoot) -> int | None:
    """Find where the folder of the work begins in the text, if it is among the folders read."""
    index = len(reading.starts) - 1 - (len(path.parts) - len(path.work_folders))
    return reading.starts[index] if index >= 0 else None


def _plain_folder(path: BelowRoot) -> Heading | None:
    title = spaced(readable_text(path.work_folders[-1])) if path.work_folders else ""
    return Heading(title=title) if title else None


def _from_file(reading: Reading, numbering: Numbering, *, file_only: bool = False) -> Heading | None:
    """Read the title as guessit has it, or the whole text before ``(Year)`` where nothing else is in it."""
    year = _year(reading, file_only=file_only)
    is_first = year is None or numbering.start is None or year.start < numbering.start
    title = _before_year(reading, numbering) or _guessed_title(reading, numbering)
    if not title:
        return None
    return Heading(title=title, year=int(year.value) if year else None, year_is_first=is_first)


def _year(reading: Reading, *, file_only: bool) -> Mark | None:
    """Give the year, the file name's if it has one; not one that is a season's number (``S2014E11``)."""
    years = [mark for mark in reading.named("year") if "SxxExx" not in mark.tags]
    years = [mark for mark in years if mark.start >= reading.file_start] or ([] if file_only else years)
    in_brackets = [mark for mark in years if _YEAR_IN_BRACKETS.fullmatch(reading.text[mark.start : mark.end])]
    return next(iter(in_brackets or years), None)


def _before_year(reading: Reading, numbering: Numbering) -> str | None:
    """Give the text of the file name before ``(Year)``, if it can only be the title."""
    name = reading.part(len(reading.starts) - 1)
    found = _YEAR_IN_BRACKETS.search(name)
    if found is None:
        return None
    leading = _LEADING_GROUP.match(name)
    begin = leading.end() if leading and leading.end() < found.start() else 0
    if _BRACKET_TITLE.fullmatch(name[: found.start()]):
        return spaced(re.sub(r"[\[\]]", " ", name[: found.start()])) or None
    if name[begin] == "[":
        return None  # a row of brackets: the title is one of them
    start, end = reading.file_start + begin, reading.file_start + found.start()
    if numbering.start is not None and start <= numbering.start < end:
        return None
    title = spaced(name[begin : found.start()])
    is_title = _is_all_title(reading, start, end) or " " not in title
    return (title or None) if is_title else None


def _is_all_title(reading: Reading, start: int, end: int) -> bool:
    """Whether guessit finds nothing in this text that cannot be a word of a title."""
    return not any(
        start <= mark.start < end
        for label in reading.marks
        if label not in _TITLE_LIKE
        for mark in (reading.countries() if label == "country" else reading.named(label))
    )


def _guessed_title(reading: Reading, numbering: Numbering) -> str:
    """Give guessit's title, with the numbers before it and the halves after it that are part of it."""
    # One letter of a folder is rather a disk or a shelf: "/m/[REC].mkv".
    titles = [mark for mark in reading.named("title") if mark.start >= reading.file_start or len(str(mark.value)) > 1]
    if not titles and numbering.in_title:
        return spaced(reading.text[numbering.in_title[0].start : numbering.in_title[0].end])
    if not titles:
        return _bracketed_title(reading)
    in_file = [mark for mark in titles if mark.start >= reading.file_start]
    mark = (in_file or titles)[0]
    start, end = mark.start, mark.end
    for number in numbering.in_title:
        if 0 <= start - number.end <= 1:
            start = number.start
        elif number.start >= end:
            end = _end_of_title(reading, number)
    for other in reading.named("alternative_title"):
        if 0 <= other.start - end <= 1 and any(char.isalpha() for char in str(other.value)):
            end = other.end
    parts = reading.named("part")
    if len(parts) == 1 and not numbering and _PART.fullmatch(reading.text[end : parts[0].start]):
        end = parts[0].end
    for other in reading.named("country"):
        if other not in reading.countries() and 0 <= other.start - end <= 1:
            end = other.end
    if (start, end) == (mark.start, mark.end):
        return article_first(str(mark.value))
    return spaced(reading.text[start:end]).rstrip(".")


def _end_of_title(reading: Reading, number: Mark) -> int:
    """Find where a title with a number in it ends: where the next mark that is none of it begins."""
    after = [
        mark.start
        for label in reading.marks
        if label not in _TITLE_LIKE - _NUMBER_LABELS
        for mark in reading.named(label)
        if mark.start >= number.end
    ]
    return min(after, default=number.end)


def _bracketed_title(reading: Reading) -> str:
    """Find the title in a name like ``[Group][Title][05][1080p]``, where guessit finds none."""
    brackets = list(_BRACKETS.finditer(reading.part(len(reading.starts) - 1)))
    known = [
        mark
        for label in reading.marks
        if label not in _TITLE_LIKE - _NUMBER_LABELS and label != "release_group"
        for mark in reading.named(label)
    ]
    for found in brackets[1:] or brackets:
        start, end = reading.file_start + found.start(), reading.file_start + found.end()
        if any(char.isalpha() for char in found["inner"]) and not any(
            mark.start < end and start < mark.end for mark in known
        ):
            return spaced(found["inner"])
    return ""


def _is_episode_title(reading: Reading, numbering: Numbering, path: BelowRoot) -> bool:
    """Whether guessit's title stands after the episode's number or date, so that it is the episode's.

    A bare number before a title (``03-Criminal.Minds``) tells so only inside a folder.
    """
    in_file = [mark for mark in reading.named("title") if mark.start >= reading.file_start]
    if not in_file:
        return False
    if numbering.is_leading:
        return True
    before = [mark for mark in numbering.marks if reading.file_start <= mark.start < in_file[0].start]
    return any("SxxExx" in mark.tags or isinstance(mark.value, str) or path.folders for mark in before)


def _agree(one: str, other: str) -> bool:
    """Whether one title begins with the other."""
    first, second = normalise(one), normalise(other)
    return first.startswith(second) or second.startswith(first)
