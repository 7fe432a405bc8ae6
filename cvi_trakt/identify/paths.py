"""The part of a path that says something: what lies below the root, without library folders."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Names of whole libraries, parted by commas: nothing before them says what a file is.
_LIBRARY_NAMES = """
    anime, animes, cartoons, docu, docus, documentaries, dokumentationen, dokus, feature films, film, filme,
    filmer, films, filmes, filmek, filmovi, filmy, kino, movie, movies, my videos, peliculas, películas,
    seriale, serials, serie, serien, series, series tv, serier, seriály, séries, séries tv, shows, sorozatok,
    television, tv, tv series, tv serien, tv shows, tv.shows, tv-shows, tv_shows, tvshows, video, videos,
    vídeos, videot, фильмы, сериалы, видео, 电影, 電影, 电视剧, 電視劇, 映画, 영화, 드라마
"""
_LIBRARIES = frozenset(name.strip() for name in _LIBRARY_NAMES.split(","))

# Names of disks, mounts and download places: they say nothing, but only at the beginning.
_PLACE_NAMES = """
    complete, completed, content, data, descargas, disk, download, downloaded, downloads, emby, export,
    finished, hdd, home, incoming, jellyfin, kodi, library, media, mediathek, mnt, mount, nas, nfs, nzbget,
    plex, pool, public, qbittorrent, radarr, sabnzbd, scaricati, share, shared, shares, sonarr, srv, storage,
    torrent, torrents, transmission, téléchargements, unsorted, usb, usenet, users, vol, volume, volumes
"""
_PLACES = frozenset(name.strip() for name in _PLACE_NAMES.split(","))
_NUMBERED_PLACE = re.compile(r"(?:volume|disk|hdd|drive|usb|nas|data|media|pool)[ _-]?\d+", re.IGNORECASE)

_SEASON_WORDS = (
    "season|series|staffel|saison|temporada|stagione|seizoen|säsong|sæson|sesong|kausi|sezon|sezona|série|évad|сезон"
)
_SEASON = re.compile(
    rf"(?:(?:{_SEASON_WORDS})[ ._-]*(?P<after>\d{{1,4}})|s[ ._-]?(?P<short>\d{{1,4}})"
    rf"|(?P<before>\d{{1,2}})(?:\.|st|nd|rd|th|ª|a)?[ ._-]*(?:{_SEASON_WORDS})|第(?P<han>\d{{1,2}})[季期])"
    r"(?:[\s._]*[-–(\[].*)?|(?:season|staffel|saison|temporada|stagione)[ ._-]*(?P<named>\d{1,2})\s.*",
    re.IGNORECASE,
)
_SPECIALS = frozenset(
    {
        "specials",
        "special",
        "season specials",
        "spezial",
        "extras & specials",
        "spéciaux",
        "especiales",
        "speciali",
    }
)
_DISC = re.compile(r"(?:cd|dvd|disc|disk|disque|part|pt)[ ._-]*\d{1,2}|video_ts|bdmv|stream", re.IGNORECASE)
_PART = re.compile(r"(?:cd|dvd|disc|part|pt)[ ._-]*\d{1,2}|video_ts|bdmv|stream", re.IGNORECASE)
_TITLE_AND_YEAR = re.compile(r".*\S[ ._]*[(\[](?:18|19|20)\d\d[)\]]")
_FOLDERS_WITHOUT_ROOT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class BelowRoot:
    """The folders below the root and, last, the file name, as the input spells them."""

    parts: tuple[str, ...]

    @property
    def name(self) -> str:
        """The file name, or nothing for a path without one."""
        return self.parts[-1] if self.parts else ""

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders, outermost first."""
        return self.parts[:-1]

    @property
    def work_folders(self) -> tuple[str, ...]:
        """The folders down to the one of the film or show: those of seasons and discs left out."""
        return _without_seasons(self.folders)


def work_folder(path: str, *bases: str) -> str:
    """Give the whole folder of a film or show, with what is above the root, without those of seasons and discs.

    Two libraries may have folders of one name. A relative path counts from ``bases``, the innermost
    first, as far as it takes to make it absolute.
    """
    path = joined_to(path, *bases)
    drive = path[:2].upper() if re.match(r"[A-Za-z]:", path) else ""
    folders = _split(path)[:-1]
    while folders and (season_number(folders[-1]) is not None or _is_disc_of_a_work(folders)):
        folders = folders[:-1]
    return "/".join(filter(None, (drive, *folders)))


def joined_to(path: str, *bases: str) -> str:
    """Make a relative path absolute: it counts from ``bases``, the innermost first, as far as it takes."""
    for base in bases:
        if base and not re.match(r"[A-Za-z]:|[/\\]", path):
            path = f"{base}/{path}"
    return path


def _is_disc_of_a_work(folders: tuple[str, ...]) -> bool:
    """Whether the innermost folder is a part of a work: `Heat/CD1`, but not `/mnt/disk 1`, which is a place."""
    return _PART.fullmatch(folders[-1]) is not None and len(folders) > 1 and not _is_place(folders[-2])


def season_number(folder: str) -> int | None:
    """Give the season that a folder holds (``Season 01``, ``S01``, ``Staffel 1``; specials: 0), or None."""
    if folder.strip().casefold() in _SPECIALS:
        return 0
    found = _SEASON.fullmatch(folder.strip())
    if found is None:
        return None
    return int(found["after"] or found["short"] or found["before"] or found["han"] or found["named"])


def below_root(path: str, *, root: str | None = None, scan_root: str | None = None) -> BelowRoot:
    """Give the parts of a path that lie below its root.

    The root is the one that the person named; else the scan's own folder, or the folder above it
    where that one is itself the folder of a season or of one film; else the file counts with up
    to three parent folders. Folders that only name a library or a place are dropped.
    """
    parts = _split(path)
    for base in (_split(root or ""), _outside_a_work(_split(scan_root or ""), parts)):
        if base and len(base) < len(parts) and base == parts[: len(base)]:
            return BelowRoot(parts=_without_generic(parts[len(base) :]))
    return BelowRoot(parts=_without_generic(parts[-_FOLDERS_WITHOUT_ROOT - 1 :]))


def _split(path: str) -> tuple[str, ...]:
    """Take a POSIX, Windows or UNC path apart; drive letters and ``.`` go, ``..`` is followed."""
    # A backslash parts folders only where the path looks like one of Windows: POSIX allows it in names.
    windows = re.match(r"[A-Za-z]:|\\\\", path) is not None or ("\\" in path and "/" not in path)
    text = path.replace("\\", "/") if windows else path
    parts: list[str] = []
    for part in re.sub(r"^[A-Za-z]:", "", text).split("/") if windows else text.split("/"):
        if part == "..":
            del parts[-1:]
        elif part.strip() not in ("", "."):
            parts.append(part)
    return tuple(parts)


def _outside_a_work(root: tuple[str, ...], parts: tuple[str, ...]) -> tuple[str, ...]:
    """Move the root of a scan up until it is not the folder of one season, film or show."""
    first = parts[len(root) : -1][:1]
    if root and first and season_number(first[0]) is not None and not _is_generic(root[-1]):
        return root[:-1]
    moved = root
    while moved and season_number(moved[-1]) is not None:
        moved = moved[:-1]
    if moved and (moved != root or _TITLE_AND_YEAR.match(moved[-1])):
        moved = moved[:-1]
    return moved


def _without_generic(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Drop what names a library and everything before it, and places at the beginning."""
    folders = parts[:-1]
    start = 0
    for index, folder in enumerate(folders):
        holds_seasons = index + 1 < len(folders) and season_number(folders[index + 1]) is not None
        if folder.strip().casefold() in _LIBRARIES and not (holds_seasons and index > 0):
            start = index + 1
    if start == 0:
        while start < len(folders) and _is_place(folders[start]):
            if 0 < start < len(folders) - 1 and season_number(folders[start + 1]) is not None:
                break
            start += 1
    return parts[start:]


def _without_seasons(folders: tuple[str, ...]) -> tuple[str, ...]:
    while folders and (season_number(folders[-1]) is not None or _DISC.fullmatch(folders[-1])):
        folders = folders[:-1]
    return folders


def _is_place(folder: str) -> bool:
    name = folder.strip().casefold()
    return name in _PLACES or _NUMBERED_PLACE.fullmatch(name) is not None


def _is_generic(folder: str) -> bool:
    return folder.strip().casefold() in _LIBRARIES or _is_place(folder)
