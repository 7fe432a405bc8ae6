"""Whether a file name speaks of the film that its folder is named after, or of another one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cvi_trakt.identify.paths import BelowRoot
from cvi_trakt.identify.reading import Reading
from cvi_trakt.identify.sequels import after_title, counting, says_sequel
from cvi_trakt.identify.spelling import readable_text, spaced, without_extension
from cvi_trakt.release_words import first_release_word
from cvi_trakt.titles import normalise

_DATED = re.compile(
    r"(?:\[[^\[\]]*\]\s*)?(?P<title>\S.*?)[\s._-]*[\s._(\[](?P<year>(?:18|19|20)\d\d)(?=[)\]\s._–-]|$)", re.DOTALL
)
_NUMBERED = re.compile(
    r"(?P<before>(?:\[[^\[\]]*\][\s._]*)?(?P<title>\S.*?)[\s._]+-[\s._]+)"
    r"(?P<after>\d{2,3}(?:v\d)?(?:[\s._]*[-\[(].*|\.[^\W_]{2,4})?)",
    re.DOTALL,
)
_ARTICLE = re.compile(r"^(?:the|an?|der|die|das|les?|la|el|los|las|il) (?=.)")
# What programs call a film whose title they do not know.
_GENERIC = re.compile(
    r"(?:the ?)?(?:main ?|full ?)?(?:movie|film|video|feature|main|title|untitled|dis[ck]|dvd|cd|index|file|output)"
    r"(?: ?t?\d{1,3})*|0?1|[a-z]"
    r"|(?:part|pt|teil|act|chapter|vol|volume) ?(?:\d{1,3}|[ivx]+|one|two|three|four|five|six|seven|eight|nine|ten)"
    r"|(?:the )?(?:(?:final|directors?|director s|extended|theatrical|unrated|uncut|special|ultimate|collectors?"
    r"|remastered|redux|original|international|alternate|cut|edition|version)(?: |$))+"
)
# Well-known groups: after a title in small letters (``thing-amiable``) any other word may be one of a title.
_GROUP_NAMES = """
    alliance amiable blow cinefile cmrg diamond drones evo fgt flux geckos ntb psychd rarbg refined rovers sparks
    tigole veto yify yts
"""
_GROUPS = frozenset(_GROUP_NAMES.split())
_TITLE_FIRST = re.compile(r"(?P<title>[a-z0-9][a-z0-9._]*)-(?P<group>[a-z0-9]+)")
# What downloads are called to hide it: numbers in hex, and words of letters and digits in turn.
_HIDDEN = re.compile(r"(?=.*\d)(?=.*[a-f])[0-9a-f]{8,}(?:-[0-9a-f]{4,})*|(?=(?:\d*[a-z]+\d+){2})[a-z0-9]{12,}", re.I)
_SCENE_NAME = re.compile(
    r"(?<![^\W_])(?P<first>[a-z0-9]+)-(?P<last>[a-z0-9]+?)(?:[._-]?(?:480|576|720|1080|2160)[pi]?)?(?:[.-].*)?$"
)
_LEADING = re.compile(r"^\s*(?:\[[^\[\]]*\][\s._-]*(?=[^\W\d_])|\(\d{1,2}\)\s*)")
_DISC = re.compile(r"(?<![^\W_])(?:cd|dvd|dis[ck])[ ._-]?\d{1,2}(?![^\W_])", re.IGNORECASE)
_NOISE = frozenset({"copy", "feature", "film", "full", "hq", "movie", "rip"})
_COPY = re.compile(r"\s*\(\d\)\s*")
_SEQUEL = re.compile(r"\d+|[ivx]+|part|pt|vol|volume|chapter|two|three|four|five|six", re.ASCII)
# What guessit finds in names that may as well be words of the title.
_MAY_BE_TITLE = """
    alternative_title bonus bonus_title country date episode episode_count episode_details episode_title film
    film_title part release_group season season_count title type version volume week
"""
_TITLE_LABELS = frozenset(_MAY_BE_TITLE.split())
_TECHNICAL = ("screen_size", "source", "video_codec", "audio_codec")
_SHORTEST = 4  # letters of a title; shorter ones stand in many others by chance


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedFolder:
    """The title and year that the folder of a film says: ``Title (Year)``, ``Title.Year.1080p``."""

    title: str
    year: int

    def is_plainly(self, name: str) -> bool:
        """Whether a file name says this title, also before its release, this title and year, or nothing."""
        stem = without_extension(readable_text(name))
        words, wanted = _counted(stem), _counted(self.title)
        before_release = _counted(stem[: first_release_word(stem)])
        return wanted in (words, before_release) or words.startswith(f"{wanted}{self.year}") or _says_nothing(stem)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFilm:
    """Another film than the folder's, as the file name has it."""

    title: str | None
    year: int | None


def dated_folder(path: BelowRoot) -> DatedFolder | None:
    """Read title and year on the folder of the work."""
    folders = path.work_folders
    found = _DATED.match(readable_text(folders[-1])) if folders else None
    title = spaced(found["title"]) if found else ""
    return DatedFolder(title=title, year=int(found["year"])) if found and _words(title) else None


def with_episode_word(path: BelowRoot) -> tuple[str, ...]:
    """Give the parts of a path, and in ``Show (Year)/Show - 01 - Title`` say that the number is an episode's."""
    folder = dated_folder(path)
    found = _NUMBERED.fullmatch(readable_text(path.name)) if folder else None
    if found is None or folder is None or _squished(found["title"]) != _squished(folder.title):
        return path.parts
    return (*path.folders, f"{found['before']}E{found['after']}")


def other_film(folder: DatedFolder, name: Reading) -> OwnFilm | None:
    """Give the film that a file name, read without its folder, says where it is not the folder's.

    A name speaks of the folder's film if it says the same title with words of a release and noise
    at most, or a short form that leaves no number out; or, where it says the same year as well,
    more or less of the title, but no sequel's number. Any other name stands for itself.
    """
    stem = without_extension(name.text)
    years = [int(mark.value) for mark in name.named("year")]
    said = _without_release(name, stem)
    if folder.year in years:
        is_other = not _is_version(folder, stem, said)
    else:
        year = years[-1] if years else folder.year
        is_other = abs(year - folder.year) > 1 or not _is_same(folder, name, stem, said)
    if not is_other:
        return None
    title = _first_run(said)
    is_number = re.fullmatch(r"\d{1,2}", title)
    return OwnFilm(title=None if is_number else title or None, year=years[-1] if years else None)


def _without_release(name: Reading, stem: str) -> str:
    """Put a zero character for each one that guessit knows to be none of the title's.

    The name of a group is known only beside other words of a release, or in brackets before a title.
    """
    groups = name.named("release_group") if name.named(*_TECHNICAL) else ()
    found = [mark for label in name.marks if label not in _TITLE_LABELS for mark in name.named(label)]
    spans = [(mark.start, mark.end) for mark in (*found, *groups)]
    spans += [(match.start(), match.end()) for match in (*_DISC.finditer(stem), *_LEADING.finditer(stem))]
    chars = list(stem)
    for start, end in spans:
        chars[start:end] = "\0" * len(chars[start:end])
    return "".join(chars)


def _is_same(folder: DatedFolder, name: Reading, stem: str, said: str) -> bool:
    """Whether a name without the folder's year says the folder's title."""
    if "3D" in stem and not name.named(*_TECHNICAL):
        return False  # as likely the third film
    if _says_other_part(folder.title, stem):
        return False
    if _is_before_a_group(stem, folder.title):
        return True
    rest = _after(folder.title, stem, said)
    if rest is not None:
        return _COPY.fullmatch(rest) is not None or all(word in _NOISE for word in _words(rest))
    title = _first_run(said)
    if not title or sorted(_words(title)) == sorted(_words(folder.title)) or _says_nothing(title):
        return True
    if _counted(title) == _counted(folder.title):
        return True
    return _is_short_for(title, folder.title) or _is_of_scene(stem, folder.title)


def _is_version(folder: DatedFolder, stem: str, said: str) -> bool:
    """Whether a name with the folder's year says its title, or more or less of it, but no other number."""
    wanted = _words(folder.title)
    rest = _after(folder.title, stem, said)
    if rest is not None:
        return _numbers(_words(rest)) <= _numbers(wanted)
    words = _words(said)
    starts = [index for index in range(len(words)) if words[index : index + len(wanted)] == wanted]
    if starts:  # "09.03.08.The.Doors.(1991)"
        return _numbers(words[starts[0] + len(wanted) :]) <= _numbers(wanted)
    short, long = sorted(("".join(wanted), "".join(words)), key=len)
    return not words or (len(short) >= _SHORTEST and short in long and _numbers(words) == _numbers(wanted))


def _numbers(words: list[str]) -> set[str]:
    return {counting(word) for word in words if _SEQUEL.fullmatch(word)}


def _says_other_part(title: str, stem: str) -> bool:
    """Whether a volume or part follows the title, also one that guessit takes for a language (``Pt.2``)."""
    rest = after_title(title, stem)
    return rest is not None and says_sequel(rest)


def _after(title: str, stem: str, said: str) -> str | None:
    """Give what is said after the title, up to the words of the release, where a name begins with it."""
    wanted = _counted(title)
    leading = _LEADING.match(stem)
    start = leading.end() if leading else 0
    ends = [len(stem), *(found.start() for found in re.finditer(r"[\W_]", stem))]
    fitting = [end for end in ends if end > start and _counted(stem[start:end]) == wanted]
    return said[max(fitting) :].partition("\0")[0] if fitting else None


def _first_run(said: str) -> str:
    """Give the words before those of the release."""
    return next((run for run in map(spaced, said.split("\0")) if _words(run)), "")


def _is_short_for(said: str, title: str) -> bool:
    """Whether one word is the initials of a title, or a word of it: ``lotr``, ``strangelove``.

    A title with a number is never meant by one of its words, for that may be the first film.
    """
    words = _words(title)
    whole = "".join(word[0] for word in words)
    initials = "".join(word[0] for word in _words(_ARTICLE.sub("", normalise(title), count=1)))
    short = normalise(said)
    if len(short) > 1 and short in (whole, initials):
        return True
    is_word = said.islower() and len(short) >= _SHORTEST and short in words
    return (is_word or (len(short) > 2 and initials.startswith(short))) and not _numbers(words)


def _is_before_a_group(stem: str, title: str) -> bool:
    """Whether a name is a title and a well-known group: ``heat-amiable``."""
    found = _TITLE_FIRST.fullmatch(stem)
    if found is None or found["group"] not in _GROUPS:
        return False
    return _counted(found["title"]) == _counted(title) or _is_short_for(found["title"], title)


def _is_of_scene(stem: str, title: str) -> bool:
    """Whether a name is a group and a title cut short: ``grp-heat``, ``grp-tstory720``."""
    found = _SCENE_NAME.search(stem)
    if found is None:
        return False
    wanted, words = _squished(title), _words(title)
    initials = {"".join(word[0] for word in words), "".join(word[0] for word in words[1:]), wanted}
    # Of a number in the title groups keep all digits: "kfp4" is the fourth, "8m" has eight miles.
    initials |= {"".join(word if word.isdigit() else word[0] for word in words)}
    short = found["last"]
    if any(whole == short or (len(short) >= _SHORTEST and whole.startswith(short)) for whole in initials):
        return True
    letters = iter(wanted)
    is_cut = short[0] == wanted[0] and len(short) > 1 and all(letter in letters for letter in short)
    return is_cut and re.findall(r"\d", short) == re.findall(r"\d", wanted)


def _says_nothing(text: str) -> bool:
    """Whether words are only what programs call any film, or what downloads are called to hide it."""
    plain = text.strip(" ._-")
    return _GENERIC.fullmatch(normalise(plain)) is not None or _HIDDEN.fullmatch(plain) is not None


def _words(text: str) -> list[str]:
    return [word for word in normalise(text).split() if word.isalnum()]


def _counted(text: str) -> str:
    """Give the letters and digits of a title, without the article, with every number in digits."""
    return "".join(map(counting, _without_article(text).split()))


def _squished(text: str) -> str:
    """Give the letters and digits of a title, without the article."""
    return _without_article(text).replace(" ", "")


def _without_article(text: str) -> str:
    return _ARTICLE.sub("", " ".join(_words(spaced(text))), count=1)
