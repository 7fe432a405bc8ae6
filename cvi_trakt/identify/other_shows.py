"""Whether the name of an episode speaks of the show that its folder is named after, or of another one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cvi_trakt.identify.agreement import DatedFolder
from cvi_trakt.identify.paths import BelowRoot
from cvi_trakt.identify.sequels import counting
from cvi_trakt.identify.spelling import article_first, readable_text, spaced
from cvi_trakt.titles import normalise

_FOLDER = re.compile(r"(?P<title>\S.*?)[\s._]*[(\[](?P<year>(?:18|19|20)\d\d)(?:[-–](?:\d{4})?)?[)\]]", re.DOTALL)
_EPISODE = re.compile(
    r"(?<![^\W_])(?:s\d{1,4}[ ._-]*(?:e|ep)\d|\d{1,2}x\d{2,3}(?!\d))|[\s._]-[\s._]+(?:e|ep)?\d{2,4}(?![^\W_])",
    re.IGNORECASE,
)
_LEADING = re.compile(r"^\s*(?:\[[^\[\]]*\][\s._-]*|\(\d{1,2}\)\s*|\d{1,2}[.)]?[\s_]+-[\s_]+)")
_LAST_YEAR = re.compile(r"[\s._(\[-]+(?P<year>(?:18|19|20)\d\d)[)\]]?[\s._-]*$")
_SEASON = re.compile(r"(?<![^\W_])(?:season|series|staffel|saison|temporada)[\s._-]*\d{1,2}(?![^\W_])", re.IGNORECASE)
_SCENE = re.compile(r"[a-z0-9]{2,10}-(?P<title>[a-z0-9][a-z0-9._-]*)")
_COUNTRIES = {
    "us": "us", "usa": "us", "uk": "gb", "gb": "gb", "au": "au", "nz": "nz", "ca": "ca", "ie": "ie", "jp": "jp",
    "kr": "kr", "de": "de", "fr": "fr", "se": "se", "dk": "dk", "es": "es", "in": "in",
}  # fmt: skip
_NOISE_WORDS = (
    "complete show tv series the a an and bbc marvel marvels dc dcs dual audio dubbed subbed uncensored uncut"
)
_NOISE = frozenset(_NOISE_WORDS.split())
_SHORTEST = 3  # letters of a word cut short; fewer begin many others by chance


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnShow:
    """Another show than the folder's, as the file name has it before the episode's number."""

    title: str
    year: int | None


def show_folder(path: BelowRoot) -> DatedFolder | None:
    """Read ``Title (Year)`` on the folder of a show."""
    folders = path.work_folders
    found = _FOLDER.match(readable_text(folders[-1])) if folders else None
    title = spaced(found["title"]) if found else ""
    return DatedFolder(title=title, year=int(found["year"])) if found and _words(title) else None


def other_show(folder: DatedFolder, name: str) -> OwnShow | None:
    """Give the show that a file name says before the episode's number where it is not the folder's.

    A name speaks of the folder's show if it says the same title, a shorter form of it, or more by
    words of a country or of noise only, and no year that is more than one off.
    """
    text = readable_text(name)
    found = _EPISODE.search(text)
    before = _SEASON.sub(" ", _LEADING.sub("", text[: found.start()].rstrip(" ._-(["), count=1)) if found else ""
    said = spaced(before)
    if not _words(said) or _is_title(said, folder.title):
        return None
    dated = _LAST_YEAR.search(before)
    year = int(dated["year"]) if dated else None
    title = spaced(before[: dated.start()] if dated else before)
    if not _words(title):
        return None
    if year is not None and abs(year - folder.year) > 1:
        return OwnShow(title=title, year=year)
    return None if _is_title(title, folder.title) else OwnShow(title=title, year=year)


def _is_title(said: str, title: str) -> bool:
    scene = _SCENE.fullmatch(said.replace(" ", "."))
    forms = [said, scene["title"]] if scene else [said]
    return any(_is_form_of(_words(form), _words(title)) for form in forms)


def _is_form_of(said: list[str], title: list[str]) -> bool:
    """Whether words are those of the title, fewer of them, or short for them, beside noise."""
    if "".join(said) == "".join(title):
        return True
    said, ours = _without_country(said)
    title, theirs = _without_country(title)
    if ours and theirs and ours != theirs:
        return False
    plain = [word for word in said if word not in _NOISE]
    wanted = [word for word in title if word not in _NOISE]
    if not plain or "".join(plain) == "".join(wanted):
        return True
    return _is_shortened(plain, wanted) or _is_shortened(said, title)


def _is_shortened(said: list[str], title: list[str], *, is_first: bool = True) -> bool:
    """Whether each word is, in turn, a word of the title, the initials of some, or, not as the first, one cut short.

    So are ``star trek tng`` and ``star trek voy``.
    """
    if not said:
        return True
    word, rest = said[0], said[1:]
    for start in range(len(title)):
        is_cut = not is_first and len(word) >= _SHORTEST and title[start].startswith(word)
        if (title[start] == word or is_cut) and _is_shortened(rest, title[start + 1 :], is_first=False):
            return True
        part = title[start : start + len(word)]
        is_short = len(word) > 1 and word == "".join(one[0] for one in part)
        if is_short and _is_shortened(rest, title[start + len(word) :], is_first=False):
            return True
    return False


def _without_country(words: list[str]) -> tuple[list[str], str | None]:
    if len(words) > 1 and words[-1] in _COUNTRIES:
        return words[:-1], _COUNTRIES[words[-1]]
    return words, None


def _words(text: str) -> list[str]:
    return [counting(word) for word in normalise(article_first(text)).split() if word.isalnum()]
