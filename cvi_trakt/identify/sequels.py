"""Numbers that part one film of a series from the next, and that are no words to guessit: ``Vol.2``, ``(2)``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cvi_trakt.identify.spelling import spaced
from cvi_trakt.numerals import SMALL_NUMBER, value
from cvi_trakt.titles import normalise

_END = r"(?![^\W_]|[.,]\d)"
_NAMED = re.compile(
    rf"[\s._,:(\[-]*(?P<word>vol(?:ume)?|pt|part|teil|chapter)[\s._]*(?P<number>{SMALL_NUMBER}){_END}", re.IGNORECASE
)
# As likely the number of a copy, of a version or of a part as that of a film.
_UNNAMED = re.compile(
    rf"(?:[\s._]*[(\[]\s*(?P<bracketed>\d{{1,2}})\s*[)\]]|[\s._-]v(?P<version>\d){_END}"
    rf"|[\s._]*-[\s._]*(?P<dashed>\d{{1,2}}){_END}|[\s._-]*[(\[]?(?P<counted>\d{{1,2}})[\s._]?of[\s._]?\d{{1,2}}{_END}"
    rf"|[\s._]+(?P<bare>\d{{1,2}}){_END})",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"(?P<title>\S.*?)[\s._-]+[(\[]?(?P<number>\d{1,2})[\s._]?of[\s._]?[2-4][)\]]?(?:\.[^\W_]{2,4})?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """A film's title with its number in it; ``doubt`` where the number may mean something else."""

    title: str
    doubt: str | None = None


def counted(name: str) -> Numbered | None:
    """Read ``Title.2of3`` as a film: of a series of two to four, with no episode's title behind."""
    found = _COUNTED.fullmatch(name)
    title = spaced(found["title"]) if found else ""
    return _unnamed(title, found["number"]) if found and title else None


def numbered(title: str, stem: str) -> Numbered | None:
    """Put the number that follows a title in a file name back into it; None if none does."""
    rest = after_title(title, stem)
    if rest is None:
        return None
    if found := _NAMED.match(rest):
        return Numbered(title=f"{title.rstrip('.')} {found['word']} {found['number']}")
    if found := _UNNAMED.match(rest):
        number = next(value for value in found.groups() if value)
        return _unnamed(title, number) if int(number) > 1 or found["counted"] else None
    return None


def says_sequel(rest: str) -> bool:
    """Whether the words after a title begin with a volume or part by name: ``Vol.2``, ``Pt.2``."""
    return _NAMED.match(rest) is not None


def after_title(title: str, stem: str) -> str | None:
    """Give what follows the title in a name that begins with it."""
    wanted = normalise(title).replace(" ", "")
    ends = [found.start() for found in re.finditer(r"[\W_]", stem)]
    fitting = [end for end in ends if normalise(spaced(stem[:end])).replace(" ", "") == wanted]
    return stem[min(fitting) :] if fitting else None


def counting(word: str) -> str:
    """Give a number in digits, however a title writes it: ``IV`` and ``four`` are ``4``."""
    try:
        return str(value(word))
    except ValueError:
        return word


def _unnamed(title: str, number: str) -> Numbered:
    doubt = f"the number {int(number)} after {title!r} may be that of a part, a version or a copy"
    return Numbered(title=f"{title.rstrip('.')} {int(number)}", doubt=doubt)
