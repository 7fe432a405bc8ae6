"""Says what was read from the files of a work, in lines for a person."""

from __future__ import annotations

from collections.abc import Iterator

from cvi_trakt.media import Episodes, Kind, OtherReading, Work

MOST_OTHERS = 3  # other readings that are shown


def files_of(work: Work) -> str:
    """Name the work's first file, and say how many more there are."""
    more = len(work.files) - 1
    return f"{work.path} + {more} more {'file' if more == 1 else 'files'}" if more > 0 else work.path


def readings_of(work: Work, *, told: tuple[str, ...] = (), is_sure: bool = False) -> tuple[str, ...]:
    """Give the lines: the reading that counts, the others, and the doubt, unless it is among what is ``told``.

    Of a work that ``is_sure`` other readings say nothing: most names with a year have one.
    """
    return tuple(_lines(work, told, () if is_sure else work.others))


def _lines(work: Work, told: tuple[str, ...], others: tuple[OtherReading, ...]) -> Iterator[str]:
    parts = [_named(work.kind, work.title, work.year), _country(work.country), numbers_of(work), _ids(work)]
    if work.year is not None and not work.year_is_first:
        parts.append("the year may be an episode's")
    yield f"read as: {', '.join(part for part in parts if part)}"
    for other in others[:MOST_OTHERS]:
        yield f"or as: {_other(other)}"
    more = len(others) - MOST_OTHERS
    if more > 0:
        yield f"and {more} more {'reading' if more == 1 else 'readings'}"
    doubts = (work.doubt, work.clash.reason if work.clash else None)
    yield from (f"in doubt: {doubt}" for doubt in doubts if doubt and doubt not in told)


def numbers_of(work: Work) -> str:
    """Sum up the seasons and episodes of a show: ``season 1, episodes 1-7``; empty for a film."""
    found = [file.identity for file in work.files if isinstance(file.identity, Episodes)]
    seasons = {one.season for one in found if one.season is not None} | {each for one in found for each in one.seasons}
    episodes = {(one.season, number) for one in found for number in one.episodes}
    dated = len({one.date for one in found if one.date})
    parts: list[str] = []
    if seasons:
        parts.append(_counted("season", seasons))
    if episodes:
        # of several seasons the numbers say little
        numbers = {number for _, number in episodes}
        parts.append(_counted("episode", numbers) if len(seasons) < 2 else f"{len(episodes)} episodes")
    if dated:
        parts.append("1 dated episode" if dated == 1 else f"{dated} dated episodes")
    return ", ".join(parts)


def _counted(word: str, numbers: set[int]) -> str:
    return f"{word}{'s' if len(numbers) > 1 else ''} {_ranges(sorted(numbers))}"


def _ranges(numbers: list[int]) -> str:
    """Write numbers, in order, as ranges: ``1-3, 5``."""
    ranges: list[tuple[int, int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1] = (ranges[-1][0], number)
        else:
            ranges.append((number, number))
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in ranges)


def _other(other: OtherReading) -> str:
    numbers = [_counted("season", {other.season})] if other.season is not None else []
    numbers += [_counted("episode", set(other.episodes))] if other.episodes else []
    parts = [_named(other.kind, other.title, other.year), _country(other.country), *numbers]
    why = f" ({other.why})" if other.why else ""
    return ", ".join(part for part in parts if part) + why


def _named(kind: Kind, title: str, year: int | None) -> str:
    return f"{kind} '{title}' ({year})" if year else f"{kind} '{title}'"


def _country(country: str | None) -> str:
    return country.upper() if country else ""


def _ids(work: Work) -> str:
    known = ", ".join(f"{name} {number}" for name, number in work.ids.known().items())
    return f"{known} from {work.ids_from}" if known and work.ids_from else known
