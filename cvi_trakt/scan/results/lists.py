"""Reads plain lists of paths, and checkrr's list of bad files."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator

from cvi_trakt.media import ScanResult, Status
from cvi_trakt.scan.results.sources import Text
from cvi_trakt.scan.results.tally import ENDS_IN_A_RECORD, Tally
from cvi_trakt.scan.results.verdict import quoted

_VIDEO = (
    r"\.(?:3g2|3gp|asf|avi|divx|dv|f4v|flv|iso|m1v|m2t|m2ts|m2v|m4v|mk3d|mkv|mov|mp4|mpe?g|mpv|mts|mxf"
    r"|og[mv]|qt|rm|rmvb|strm|tp|ts|vob|webm|wmv|wtv|y4m)"
)
# A file that is not whole yet has a further extension: `.mkv.!qB`, `.mkv.part`.
_ENDS_AS_VIDEO = re.compile(_VIDEO + r"(?:\.[^\s./\\:]{1,12})?\Z", re.IGNORECASE)
_MESSAGE = re.compile(_VIDEO + r"'?:|:\Z", re.IGNORECASE)  # `/a.mkv: Invalid data found`, `./folder:`
# Something is said about the file: `/a.mkv,CORRUPT`, `/a.mkv - bad`, `/a.mkv (corrupt)`
_REMARK = re.compile(_VIDEO + r"\"?(?:\s*[,;|]|\s+[-=(])", re.IGNORECASE)
_LISTING = re.compile(r"[-bcdlps]([r-][w-][xsStT-]){3}")  # a line of `ls -l`
_ROOT = r"/(?![/*])|\.{1,2}[\\/]|~[\\/]|[A-Za-z]:[\\/]|\\\\[^\\]"
_ANCHORED = re.compile(_ROOT)
# A TAB that separates: behind a size or a video, or before a path. Any other may stand in a name.
_COLUMNS = re.compile(rf"[\d.,]+[KMGTP]?i?B?\t|.*(?:{_VIDEO}\t|\t(?:{_ROOT}))", re.IGNORECASE)
_EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,5}\Z")
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f\ufffe\uffff]")  # not the TAB
_SLASH = re.compile(r"[\\/]")
_READ_SIZE = 1 << 16


def looks_like_path(line: str) -> bool:
    """Say whether a line can be the path of a video.

    That is one that begins as an absolute or anchored path, or ends as a file name does. Messages
    that name a file, listings and addresses do not.
    """
    if not line or _CONTROL.search(line) or _MESSAGE.search(line) or _LISTING.match(line):
        return False
    if "\t" in line and (_COLUMNS.match(line) or not _ENDS_AS_VIDEO.search(line)):
        return False
    if _REMARK.search(line) and not _ENDS_AS_VIDEO.search(line):
        return False
    if _ANCHORED.match(line):
        return True
    if "://" in line or " /" in line or line.startswith("<"):
        return False
    return bool(_ENDS_AS_VIDEO.search(line) or (_SLASH.search(line) and _EXTENSION.search(line)))


def path_of_line(line: str) -> str:
    """Take a path out of its line: no line end, no white space or quotes around it."""
    path = line.strip()
    return path[1:-1] if len(path) > 2 and path[0] == path[-1] == '"' else path


def read_lines(text: Text, tally: Tally) -> Iterator[ScanResult]:
    """Give the paths of a list with one path a line."""
    yield from _paths((path_of_line(line) for line in text.lines()), tally)


def read_nul_list(text: Text, tally: Tally) -> Iterator[ScanResult]:
    """Give the paths of a list with a NUL after each, as ``find -print0`` writes it."""
    yield from _paths(_between_nuls(text), tally)


def is_nul_list(first: bytes) -> bool:
    """Say whether the beginning of an input is that of a list with NULs."""
    *paths, rest = first.decode("utf-8", "surrogateescape").split("\0")
    if not all(paths) or any(_CONTROL.search(path.replace("\n", " ")) for path in (*paths, rest)):
        return False
    return sum(map(_is_path_between_nuls, paths)) * 2 >= len(paths)


def bad_file(line: str) -> tuple[str, str] | None:
    """Take a line of checkrr apart into path and reason, if it is one.

    A path may hold commas without quotes around it: the last comma separates.
    """
    line = line.rstrip("\r\n")
    if line.startswith('"'):
        fields = next(csv.reader([line]), [])
        path, reason = (fields[0], fields[1]) if len(fields) == 2 else ("", "")
    else:
        path, _, reason = line.rpartition(",")
    if not looks_like_path(path) or not _ends_as_file(path):
        return None
    if not reason.strip() or reason[0] == " " or _SLASH.search(reason) or _ends_as_file(reason):
        return None
    return path, reason.strip()


def read_bad_files(text: Text, tally: Tally) -> Iterator[ScanResult]:
    """Give the files of checkrr's CSV, which lists bad ones only: path and reason, without a header."""
    for line in text.lines():
        if not line.strip():
            continue
        try:
            found = bad_file(line)
        except csv.Error:
            found = None
        if found:
            path, reason = found
            yield tally.keep(ScanResult(path=path, status=Status.CORRUPT, reason=reason))
        elif line.endswith("\n"):
            tally.leave_out("no path and reason")
        else:
            tally.damage(ENDS_IN_A_RECORD)


def _between_nuls(text: Text) -> Iterator[str]:
    rest = ""
    while piece := text.read(_READ_SIZE):
        *paths, rest = (rest + piece).split("\0")
        yield from paths
    yield rest


def _ends_as_file(text: str) -> bool:
    return bool(_EXTENSION.search(text) or _ENDS_AS_VIDEO.search(text))


def _is_path_between_nuls(path: str) -> bool:
    return looks_like_path(path.replace("\n", " "))  # a name may hold line feeds: that is what NULs are for


def _paths(paths: Iterable[str], tally: Tally) -> Iterator[ScanResult]:
    for path in paths:
        if _is_path_between_nuls(path):
            yield tally.keep(ScanResult(path=path, status=Status.HEALTHY))
        elif path:
            tally.leave_out(f"{quoted(path)} does not look like a path")
