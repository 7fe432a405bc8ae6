"""Turns one record of a scan, whatever program wrote it, into a ``ScanResult``."""

from __future__ import annotations

import math
import ntpath
import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from cvi_trakt.media import Facts, Hdr, ScanResult, Status
from cvi_trakt.scan.results.verdict import (
    ERROR_KEYS,
    PLEXCLEANER_KEYS,
    VERDICT_KEYS,
    RecordError,
    text_of,
    verdict_of,
)

PATH_KEYS = (
    "path",
    "filename",
    "file_path",
    "file",
    "video_file",  # Corrupt Video Inspector: an object with a path, or a column "Video File"
    "file_name",  # check-media-integrity
    *PLEXCLEANER_KEYS,  # the file that is on the disk now goes first
)
_SIZE_KEYS = ("size", "file_size", "file_size[bytes]")
_OTHER_KEYS = ("deep_scan_completed", "state", "reason", "duration")
FACT_KEYS = ("container", "video_codec", "width", "height", "hdr", "audio_codec", "audio_profile", "channels")
RECORD_KEYS = frozenset((*PATH_KEYS, *VERDICT_KEYS, *ERROR_KEYS, *_SIZE_KEYS, *_OTHER_KEYS, *FACT_KEYS))

_NO_FACTS = Facts()
_HDR_WORDS = frozenset(Hdr)
_WINDOWS = re.compile(r"[A-Za-z]:[\\/]|\\\\")

Record = dict[str, object]


class DeletedFileError(RecordError):
    """The record is about a file that its program has already deleted."""


def to_result(raw: object, unknown_word: Callable[[str], object]) -> ScanResult:
    """Read one record: an object with any of the known keys, or a path alone.

    ``unknown_word`` is called with the word of a status that is not known, in quotes.
    Raises ``RecordError`` when it has no path, or a wrong type where the verdict should be.
    """
    if isinstance(raw, str):
        return ScanResult(path=_path({"path": raw}), status=Status.UNKNOWN)
    if not isinstance(raw, dict):
        raise RecordError("not a record")
    record = _lowered(raw)
    if isinstance(inner := record.get("result"), dict):  # entries[].result of the write-ahead file
        record |= {key: value for key, value in _lowered(inner).items() if value is not None}
    video = record.get("video_file")
    if isinstance(video, dict):
        record = {"duration": video.get("duration")} | record | {"video_file": video.get("path")}
    if isinstance(data := record.get("data"), dict) and ("reason" in data or "reacquire" in data):
        return _checkrr_result(_path(record), data)
    path = _path(record)
    verdict = verdict_of(record)
    if verdict.unknown_word:
        unknown_word(verdict.unknown_word)
    return ScanResult(
        path=path,
        status=verdict.status,
        reason=verdict.reason,
        size=_size(record),
        duration=number_of(record.get("duration")) or None,
        facts=facts_of(record),
    )


def under(result: ScanResult, directory: str | None) -> ScanResult:
    """Put a result under the scan's own folder: it becomes the root, and a relative path is joined to it."""
    if directory is None:
        return result
    path = result.path
    windows = _WINDOWS.match(directory) is not None and "\\" in directory
    inside = path.startswith(directory.rstrip("/\\") + ("\\" if windows else "/"))
    if not (inside or path.startswith("/") or _WINDOWS.match(path)):
        joined = ntpath.join if windows else posixpath.join
        path = joined(directory, path.removeprefix("./"))
    return replace(result, path=path, root=directory)


def number_of(value: object) -> float | None:
    """Read a number that is only told, never relied on: what is none, or negative, is left out."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) and number >= 0 else None


def facts_of(record: Mapping[str, object]) -> Facts | None:
    """Read what a record says the video is made of; a value of a wrong type is none. None when nothing is known."""
    if all(record.get(key) in (None, "") for key in FACT_KEYS):
        return None
    facts = Facts(
        container=text_of(record.get("container")),
        video_codec=text_of(record.get("video_codec")),
        width=_pixels(record.get("width")),
        height=_pixels(record.get("height")),
        hdr=_hdr(record.get("hdr")),
        audio_codec=text_of(record.get("audio_codec")),
        audio_profile=text_of(record.get("audio_profile")),
        channels=text_of(record.get("channels")),
    )
    return None if facts == _NO_FACTS else facts


def _lowered(raw: Mapping[object, object]) -> Record:
    return {str(key).lower(): value for key, value in raw.items()}


def _path(record: Record) -> str:
    wrong = False
    for key in PATH_KEYS:
        value = record.get(key)
        if isinstance(value, str):
            if value.strip() and "\0" not in value:
                return value
        elif value is not None:
            wrong = True
    raise RecordError("the path is not text" if wrong else "no path")


def _checkrr_result(path: str, data: Mapping[object, object]) -> ScanResult:
    if data.get("reacquire") is True:
        raise DeletedFileError("already deleted")
    reason = text_of(data.get("reason"))
    status = Status.CORRUPT if reason and reason.lower() == "data problem" else Status.UNKNOWN
    return ScanResult(path=path, status=status, reason=reason)


def _size(record: Record) -> int | None:
    for key in _SIZE_KEYS:
        number = number_of(record.get(key))
        if number is not None:
            return int(number)
    return None


def _pixels(value: object) -> int | None:
    number = number_of(value)
    return int(number) if number and number.is_integer() else None


def _hdr(value: object) -> Hdr | None:
    return Hdr(value) if isinstance(value, str) and value in _HDR_WORDS else None
