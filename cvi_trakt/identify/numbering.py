"""Season, episodes and date of a file, from the numbers that guessit found in its path."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from cvi_trakt.identify.paths import season_number
from cvi_trakt.identify.reading import Mark, Reading
from cvi_trakt.release_words import begins_release

_SET_OFF = re.compile(r"[\s._]-[\s._]*$")
_RANGE = re.compile(r"(?:v\d)?(?P<spaces>[\s._]*)[-~–](?P<more>[\s._]*)(?:e|ep|episode)?[\s._]*", re.IGNORECASE)
_WORD_FOLLOWS = re.compile(r"[ ._][^\W_]|\.\w{2,4}$")
_JOINED = re.compile(r"(?:v\d)?[\s._]*(?:[-~–+&,]|and|et|en|y|und)?[\s._]*(?:e|ep|episode|x)?[\s._]*", re.IGNORECASE)
_MOST_SEASONS = 100
_LONGEST_RANGE = 400
# What counts a file in a season's folder: "06 - Title", "06. Title", "06_Title", "06.mkv", "01-02 - Title"; one or
# three digits only where they are set off, for "2 Broke Girls" and "101 Dalmatians" begin so.
_LEADING = re.compile(
    r"(?P<number>\d{1,3})(?:(?:-|\s?[+&]\s?)E?(?P<last>\d{1,3})(?=\s+[-–]\s|\.[^\W_]{2,4}$))?(?!\d)"
    r"(?P<set_off>[\s_]+[-–][\s_]|\.[\s_]+[^\W_]|\.[^\W_]{2,4}$)?",
    re.IGNORECASE,
)
_WORDS_FOLLOW = re.compile(r"[\s._]+[^\W\d_]|-[^\W\d_]")
_SEASON_BEFORE = re.compile(r"[\s._]*-[\s._]*\d\d(?:[\s_]+-[\s_]|\.[^\W_]{2,4}$)")  # "2 - 05 - Title"
# What outweighs it, wherever it stands behind it: "06 - Show S02E07", "06 - Show Season 2 Episode 7".
_SURE = re.compile(r"(?<![^\W_])s(?:eason)?[\s._-]*\d{1,4}[\s._,-]*(?:e|x)[a-z]*[\s._]*\d", re.IGNORECASE)
_CROSS = re.compile(r"(?<![^\W_])(?P<season>\d{1,2})x\d{2,3}(?!\d)", re.IGNORECASE)
_YEAR_LAST = re.compile(r"[\s._]*[(\[](?:18|19|20)\d\d[)\]].*$")
_EPISODE_FOLLOWS = re.compile(r"[\s._-]*(?:e|ep|episode|folge)[\s._]*\d", re.IGNORECASE)
_BARE_NUMBER = re.compile(
    r"(?:e|ep|episode|folge|afl|#)?[ ._-]*(?P<number>\d{1,3})(?:-(?P<last>\d{1,3})(?=[ .]))?(?!\d)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbering:
    """What numbers a file has, and the marks in the text that say so.

    ``seasons`` are all that a name lists (``S01-S03``), ``season`` is the first of them. ``in_title``
    are the numbers that guessit took for episodes, but that belong to the title. ``is_leading`` says
    that a file in a season's folder begins with its number: what follows is the title of the episode.
    """

    season: int | None = None
    episodes: tuple[int, ...] = ()
    date: str | None = None
    seasons: tuple[int, ...] = ()
    in_title: tuple[Mark, ...] = ()
    marks: tuple[Mark, ...] = ()
    is_leading: bool = False

    @property
    def start(self) -> int | None:
        """Where in the text the first number stands."""
        return min((mark.start for mark in self.marks), default=None)

    def __bool__(self) -> bool:
        return self.season is not None or bool(self.episodes) or self.date is not None


def read_numbering(reading: Reading) -> Numbering:
    """Find season, episodes and date.

    Where a file names several seasons (``S01E10-S02E01``), the first one counts: its work is the
    show either way.
    """
    folder_season = _folder_season(reading)
    if folder_season is not None and (leading := _leading(reading, folder_season)):
        return leading
    dates = tuple(mark for mark in reading.named("date") if not mark.start < reading.file_start < mark.end)
    seasons = _seasons(reading)
    episodes, in_title = _without_title_numbers(reading, _in_file(reading, _episodes(reading)), seasons)
    absolute = _absolute(reading, seasons)
    season = _first_value(_in_file(reading, seasons)) if absolute is None else None
    numbers = _expanded(reading, episodes) if absolute is None else [absolute]
    if season is None:
        season = folder_season
    if not numbers and not dates and folder_season is not None:
        numbers = _bare_number(reading, folder_season)
    return Numbering(
        season=season,
        episodes=tuple(sorted(set(numbers))),
        date=str(dates[0].value) if dates else None,
        seasons=tuple(dict.fromkeys(int(mark.value) for mark in _in_file(reading, seasons)))
        if season is not None
        else (),
        marks=(*seasons, *episodes, *dates),
        in_title=in_title,
    )


def _episodes(reading: Reading) -> tuple[Mark, ...]:
    """Give the episodes that a path can mean."""
    return tuple(mark for mark in reading.named("episode") if _may_count(mark, reading))


def _seasons(reading: Reading) -> tuple[Mark, ...]:
    """Give the seasons, without the year that guessit repeats as one (``Show 2018 EP06``)."""
    years = reading.named("year")
    return tuple(
        mark
        for mark in reading.named("season")
        if _may_count(mark, reading)
        and _is_season(mark)
        and (mark.tags or (mark.digits and not any(mark.overlaps(year) for year in years)))
    )


def _may_count(mark: Mark, reading: Reading) -> bool:
    """Whether more than a folder's bare number says it, where the file's name says nothing or a folder the season.

    ``Disc 104/.mkv``; ``The 4400/Season 2/Pilot.mkv``.
    """
    is_weak = mark.is_weak or "weak-duplicate" in mark.tags
    if not is_weak or mark.start >= reading.file_start:
        return not (mark.is_weak and reading.text.startswith(".", reading.file_start))
    return not reading.text.startswith(".", reading.file_start) and _folder_season(reading) is None


def _is_season(mark: Mark) -> bool:
    """Whether a season can have this number: below 100, a year, or anything in ``S101E01``."""
    number = int(mark.value)
    return number < _MOST_SEASONS or 1900 < number < 2100 or "e" in mark.digits.casefold()


def _in_file(reading: Reading, marks: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """Prefer what the file name says to what its folders say."""
    in_file = tuple(mark for mark in marks if mark.start >= reading.file_start)
    return in_file or marks


def _without_title_numbers(
    reading: Reading, episodes: tuple[Mark, ...], seasons: tuple[Mark, ...]
) -> tuple[tuple[Mark, ...], tuple[Mark, ...]]:
    """Part the episodes from the numbers that are words of the title.

    Those are weak numbers beside a sure one (``Yamato 2199 episode 18``), weak ones before the one
    that a dash sets off (``Kaiji 2 - 12``), and one that begins a name as a word of it
    (``10 Cloverfield Lane``) where no folder says that it is an episode.
    """
    chosen = [mark for mark in episodes if not mark.is_weak] or [
        mark for mark in episodes if _SET_OFF.search(reading.text[: mark.start])
    ]
    kept = _connected(chosen, episodes, reading) if chosen else list(episodes)
    if kept and not chosen and _is_first_word(kept[0], reading, seasons):
        del kept[0]
    in_title = [mark for mark in episodes if mark not in kept and (not kept or mark.start < kept[0].start)]
    return tuple(kept), tuple(in_title)


def _connected(chosen: list[Mark], episodes: tuple[Mark, ...], reading: Reading) -> list[Mark]:
    """Give the sure numbers and those that are joined to one by a range or in a list."""
    kept: list[Mark] = []
    for index, mark in enumerate(episodes):
        previous = kept[-1] if kept else None
        between = reading.text[previous.end : mark.start] if previous else ""
        following = episodes[index + 1] if index + 1 < len(episodes) else None
        if (
            mark in chosen
            or "weak-duplicate" in mark.tags
            or (previous is not None and (previous.overlaps(mark) or _JOINED.fullmatch(between) is not None))
            or (following in chosen and _is_range(mark, following, reading.text[mark.end : following.start]))
        ):
            kept.append(mark)
    return kept


def _is_first_word(mark: Mark, reading: Reading, seasons: tuple[Mark, ...]) -> bool:
    """Whether a number at the beginning of the file name is a word of the title."""
    if mark.start > reading.file_start or mark.digits.startswith("0") or _folder_season(reading) is not None:
        return False
    if any("weak-duplicate" in season.tags for season in seasons):
        return False
    follows = _WORD_FOLLOWS.match(reading.text, mark.end) is not None
    return follows and all(title.start >= mark.end for title in reading.named("title"))


def _absolute(reading: Reading, seasons: tuple[Mark, ...]) -> int | None:
    """Undo guessit's parting of three digits where they are one number: ``Show - 102``, ``Show 001``."""
    if not seasons or any("weak-duplicate" not in mark.tags for mark in seasons):
        return None
    digits, before = seasons[0].digits, reading.text[: seasons[0].start]
    if len(digits) == 3 and digits.isdecimal() and (digits.startswith("0") or _SET_OFF.search(before)):
        return int(digits)
    return None


def _is_range(first: Mark, last: Mark, between: str) -> bool:
    """Whether a dash between two episodes means "to": ``01-13``, but not ``Kaiji 2 - 12``."""
    found = _RANGE.fullmatch(between)
    if found is None or not isinstance(first.value, int) or not isinstance(last.value, int):
        return False
    if not 0 < last.value - first.value <= _LONGEST_RANGE:
        return False
    same_width = last.end - last.start == first.end - first.start
    return not first.is_weak or same_width or first.digits.startswith("0") or not found["spaces"]


def _expanded(reading: Reading, episodes: tuple[Mark, ...]) -> list[int]:
    numbers = [int(mark.value) for mark in episodes]
    for first, last in pairwise(episodes):
        if _is_range(first, last, reading.text[first.end : last.start]):
            numbers.extend(range(int(first.value), int(last.value)))
    return numbers


def _first_value(marks: tuple[Mark, ...]) -> int | None:
    return int(marks[0].value) if marks else None


def _folder_season(reading: Reading) -> int | None:
    """Give the season of the nearest folder that is one of a season."""
    for index in range(len(reading.starts) - 2, -1, -1):
        season = season_number(reading.part(index))
        if season is not None:
            return season
    return None


def _leading(reading: Reading, season: int) -> Numbering | None:
    """Read the number that counts a file in a season's folder: ``06 - Apollo 13``, ``06.mkv``, ``30 Rock - 05``.

    None where a sure sign follows, or where the number may be a word of the title.
    """
    name = reading.part(len(reading.starts) - 1)
    begin = _after_show(reading, name)
    found = _LEADING.match(name, begin) if begin is not None else None
    if begin is None or found is None or _has_sure_sign(name, season):
        return None
    end = max(found.end("number"), found.end("last"))
    number, rest = found["number"], name[end:]
    is_apart = found["set_off"] or begins_release(rest) or (len(number) == 2 and _WORDS_FOLLOW.match(rest))
    if not is_apart or (int(number) == season and (_EPISODE_FOLLOWS.match(rest) or _SEASON_BEFORE.match(rest))):
        return None
    episodes = _counted(number, found["last"], season)
    if not episodes or (found["last"] and begin):
        return None
    start = reading.file_start
    mark = Mark(value=episodes[0], start=start + begin, end=start + end, digits=number)
    of_folders = tuple(mark for mark in _seasons(reading) if mark.start < start)
    return Numbering(season=season, seasons=(season,), episodes=episodes, marks=(*of_folders, mark), is_leading=True)


def _has_sure_sign(name: str, season: int) -> bool:
    """Whether a name says season and episode; ``3x3`` only in the folder of that season, and with two digits."""
    crosses = _CROSS.finditer(name)
    return _SURE.search(name) is not None or any(int(cross["season"]) == season for cross in crosses)


def _counted(number: str, last: str | None, season: int) -> tuple[int, ...]:
    """Give the episodes from a number to another; none for ``02-03`` in the second season's folder, ``2-05`` is one."""
    if last is None:
        return (_within(int(number), season),)
    if int(number) == season:
        return (int(last),) if number == str(season) and len(last) == 2 else ()
    return tuple(range(int(number), int(last) + 1)) if int(last) - int(number) <= _LONGEST_RANGE else ()


def _after_show(reading: Reading, name: str) -> int | None:
    """Give where the number stands behind the title of the folder (``30 Rock - 05``), 0 where a name has no title.

    None where no number follows. A title that is a number may also be that of the episode: ``24 - Last``.
    """
    for index in range(len(reading.starts) - 1):
        words = re.findall(r"[^\W_]+", _YEAR_LAST.sub("", reading.part(index)))
        if not words or season_number(reading.part(index)) is not None:
            continue
        if words[0].casefold() == "the":
            words[:2] = [f"(?:the[\\W_]+)?{''.join(words[1:2])}"]
        found = re.match(r"[\W_]+".join(words) + r"(?![^\W_])[\W_]*", name, re.IGNORECASE)
        if found and found.end() < len(name) and name[found.end()].isdecimal():
            return found.end()
        if found and (not re.fullmatch(r"[\d\W_]+", found[0]) or _EPISODE_FOLLOWS.match(name, found.end())):
            return None
    return 0


def _within(number: int, season: int) -> int:
    """Give the episode that a number says in a season's folder: ``205`` is the fifth of the second season."""
    return number % 100 if season > 0 and number // 100 == season else number


def _bare_number(reading: Reading, season: int) -> list[int]:
    """Read the number that a file in a season's folder begins with: ``01 - Pilot``, ``1 Pilot``, ``205``."""
    found = _BARE_NUMBER.match(reading.part(len(reading.starts) - 1))
    if found is None:
        return []
    number = _within(int(found["number"]), season)
    last = int(found["last"] or number)
    return list(range(number, last + 1)) if number < last else [number]
