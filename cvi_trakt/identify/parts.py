"""Films in several files: one of them is whole only when every part is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from cvi_trakt.identify.paths import joined_to, work_folder
from cvi_trakt.media import Episodes, Film, IdentifiedFile, Identity, NotAWork, ScanResult
from cvi_trakt.titles import normalise

_SEPARATOR = r"[/\\]"
_START, _END = r"(?<![^\W_])", r"(?![^\W_])"
_OF = r"[ ._-]*of[ ._-]*"
# "DVD5" and "DVD9" are sizes of discs; more than four are the episodes of a series.
_MARK = re.compile(
    rf"[ ._(\[-]{{0,5}}{_START}(?:"
    rf"(?:cd|dis[ck]|dvd(?![59]))[ ._-]*(?P<disc>\d{{1,2}})(?:{_OF}\d{{1,2}})?"
    rf"|(?P<counted>[1-4]){_OF}[2-4]"
    rf"|(?:part|pt)[ ._-]*(?:(?P<part>\d{{1,2}})|(?P<lettered>[a-d])(?=[)\]]*$))"
    rf"){_END}[)\]]*",
    re.IGNORECASE,
)
_TITLE_SET = re.compile(r"(?P<stem>vts_\d\d)_(?P<number>[1-9])", re.IGNORECASE)
# A letter may be anything, and counts only beside a name that differs in nothing else.
_LETTER = re.compile(r"(?P<stem>.*\S)(?:[ ._]*-[ ._]*|(?<=[)\]])[ ._]*)(?P<letter>[a-d])", re.IGNORECASE | re.DOTALL)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_DISC_INSIDE = re.compile(r"video_ts|bdmv|stream", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """One part of a film; ``stem`` is what a name must share with the others, where its title says too little."""

    folder: str
    title: str
    year: int | None
    stem: str = ""
    number: tuple[int, ...]

    @property
    def film(self) -> _Part:
        """What all parts of one film have in common."""
        return replace(self, number=())


def without_torn(
    files: Sequence[IdentifiedFile],
    left_out: Iterable[ScanResult],
    identify: Callable[[ScanResult], Identity],
    *,
    base: str = "",
) -> list[IdentifiedFile]:
    """Skip the parts of a film of which another part was left out because of its status.

    Only results in the folders of such films are read; ``base`` is the folder that relative paths
    count from. A part that is there as a good copy, too, is not missed.
    """
    parts = [_part(file.identity, file.result, base) for file in files]
    kept = {part for part in parts if part}
    places = {_place(file.result, base) for file, part in zip(files, parts, strict=True) if part}
    torn: dict[_Part, str] = {}
    for result in left_out if kept else ():
        part = _part(identify(result), result, base) if _place(result, base) in places else None
        if part and part not in kept:
            torn.setdefault(part.film, f"part {part.number[-1]} is {result.status}: {_steps(result.path)[-1]}")
    reasons = [torn.get(part.film) if part else None for part in parts]
    return [
        replace(file, identity=NotAWork(reason=reason)) if reason else file
        for file, reason in zip(files, reasons, strict=True)
    ]


def _part(identity: Identity, result: ScanResult, base: str) -> _Part | None:
    """Say which part of which film a file is; None for what is whole, or no film."""
    stem = re.sub(r"\.\w{1,4}$", "", _steps(result.path)[-1]).strip()
    folder, disc = _folder(result, base, normalise("" if isinstance(identity, NotAWork) else identity.title))
    mark = _mark(stem)
    match identity:
        case Film():
            numbered = identity.part or (mark and _number(mark)) or disc
        case Episodes(season=None, date=None, year=int()):
            # "Heat (1995) (1 of 2)" reads as an episode, too.
            counted = mark or _mark(_steps(result.path)[-2])
            numbered = _number(counted) if counted and "of" in counted[0].casefold() else None
            if (numbered,) != identity.episodes:
                return None
        case _:
            return None
    film = _Part(folder=folder, title=normalise(identity.title), year=identity.year, number=())
    if found := _TITLE_SET.fullmatch(stem):
        return replace(film, stem=found["stem"].casefold(), number=(disc or 1, int(found["number"])))
    if numbered:
        return replace(film, number=(numbered,))
    if found := _LETTER.fullmatch(stem):
        return replace(film, title="", year=None, stem=found["stem"].casefold(), number=(_of_letter(found["letter"]),))
    return None


def _mark(stem: str) -> re.Match[str] | None:
    """Find the last mark in a name; behind its year, if it has one: "Kill Bill Part 2 (2004)" is a title."""
    years = list(_YEAR.finditer(stem))
    marks = list(_MARK.finditer(stem, years[-1].end() if years else 0))
    return next((mark for mark in reversed(marks) if years or not mark["part"]), None)


def _number(mark: re.Match[str]) -> int:
    digits = mark["disc"] or mark["counted"] or mark["part"]
    return int(digits) if digits else _of_letter(mark["lettered"])


def _of_letter(letter: str) -> int:
    return ord(letter.casefold()) - ord("a") + 1


def _folder(result: ScanResult, base: str, title: str) -> tuple[str, int | None]:
    """Give the folder of a film without the mark of a part, and the number that the mark says.

    A mark counts only on a name that begins with the film's title: ``/mnt/disk 1`` is a place.
    """
    folder = work_folder(result.path, result.root or "", base)
    inner = [step for step in _steps(joined_to(result.path, result.root or "", base))[:-1] if step]
    while inner and _DISC_INSIDE.fullmatch(inner[-1]):
        inner.pop()
    mark = _ending(inner[-1]) if inner else None
    if mark is None:
        return folder, None
    if not folder.endswith(inner[-1]):  # a bare "CD1", which work_folder leaves out
        return folder, _number(mark)
    *above, last = folder.split("/")
    bare = last[: mark.start()].strip()
    name = bare or (above[-1] if above else "")
    if not title or not normalise(name).startswith(title):
        return folder, None
    return "/".join((*above, bare) if bare else above), _number(mark)


def _ending(folder: str) -> re.Match[str] | None:
    return next((mark for mark in _MARK.finditer(folder) if mark.end() == len(folder)), None)


def _place(result: ScanResult, base: str) -> str:
    """Give the folder in which the parts of a film may lie, whatever its title is."""
    folder = work_folder(result.path, result.root or "", base)
    *above, last = folder.split("/")
    mark = _ending(last)
    bare = last[: mark.start()].strip() if mark else last
    return "/".join((*above, bare) if bare else above)


def _steps(path: str) -> list[str]:
    return re.split(_SEPARATOR, path)
