"""Turns one record of a scan, whatever program wrote it, into a ``ScanResult``: the path and status rules."""

from __future__ import annotations

import math
import ntpath
import posixpath
import re
from collections.abc import Mapping

from cvi_trakt.media import ScanResult, Status

PATH_KEYS = (
    "path",
    "filename",
    "file_path",
    "file",
    "video_file",  # Corrupt Video Inspector: an object with a path, or a column "Video File"
    "file_name",  # check-media-integrity
    "newfilename",  # PlexCleaner: the file that is on the disk now
    "originalfilename",
)
VERDICT_KEYS = ("status", "unreadable", "is_corrupt", "corrupted", "needs_deep_scan")
_SIZE_KEYS = ("size", "file_size", "file_size[bytes]")
_OTHER_KEYS = ("deep_scan_completed", "state", "reason", "error_message", "duration")
RECORD_KEYS = frozenset((*PATH_KEYS, *VERDICT_KEYS, *_SIZE_KEYS, *_OTHER_KEYS))

_PLEXCLEANER_KEYS = frozenset({"newfilename", "originalfilename"})
_STATUS_WORDS = {
    "healthy": Status.HEALTHY,
    "suspicious": Status.SUSPICIOUS,
    "needs_deep_scan": Status.SUSPICIOUS,
    "corrupt": Status.CORRUPT,
    "unreadable": Status.UNREADABLE,
    "error": Status.UNREADABLE,
    "unknown": Status.UNKNOWN,
}
_TRUTH_WORDS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
_WINDOWS = re.compile(r"[A-Za-z]:[\\/]|\\\\")

Record = dict[str, object]


class RecordError(Exception):
    """Why a record cannot be used, in words for the person; never leaves ``cvi_trakt.scan``."""


class DeletedFileError(RecordError):
    """The record is about a file that its program has already deleted."""


def to_result(raw: object) -> ScanResult:
    """Read one record: an object with any of the known keys, or a path alone.

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
    return ScanResult(
        path=_path(record),
        status=_status(record),
        reason=_text(record.get("reason")) or _text(record.get("error_message")),
        size=_size(record),
        duration=_number(record.get("duration")) or None,
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
    return ScanResult(
        path=path,
        status=result.status,
        reason=result.reason,
        root=directory,
        size=result.size,
        duration=result.duration,
    )


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


def _status(record: Record) -> Status:
    if _truth(record, "unreadable"):
        return Status.UNREADABLE
    if isinstance(state := record.get("state"), str) and not _PLEXCLEANER_KEYS.isdisjoint(record):
        return _plexcleaner_status(state)
    word = record.get("status")
    if not isinstance(word, str | None):
        raise RecordError("the status is not text")
    word = (word or "").strip().rpartition(".")[2].lower()  # FileStatus.HEALTHY
    if word in _STATUS_WORDS:
        return _STATUS_WORDS[word]
    corrupt = _truth(record, "is_corrupt")
    if corrupt is None:
        corrupt = _truth(record, "corrupted")
    deeper = _truth(record, "needs_deep_scan")
    if corrupt:
        return Status.CORRUPT
    if deeper and not _truth(record, "deep_scan_completed"):
        return Status.SUSPICIOUS
    if word or (corrupt is None and deeper is None):  # a status nobody knows is no clean bill
        return Status.UNKNOWN
    return Status.HEALTHY


def _plexcleaner_status(state: str) -> Status:
    flags = {flag.strip() for flag in state.split(",")}
    if "VerifyFailed" in flags:
        return Status.CORRUPT
    return Status.HEALTHY if "Verified" in flags else Status.UNKNOWN


def _checkrr_result(path: str, data: Mapping[object, object]) -> ScanResult:
    if data.get("reacquire") is True:
        raise DeletedFileError("already deleted")
    reason = _text(data.get("reason"))
    status = Status.CORRUPT if reason and reason.lower() == "data problem" else Status.UNKNOWN
    return ScanResult(path=path, status=status, reason=reason)


def _truth(record: Record, key: str) -> bool | None:
    value = record.get(key)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int) and value in (0, 1):
        return value == 1
    if isinstance(value, str):
        word = value.strip().lower()
        if not word:
            return None
        if word in _TRUTH_WORDS:
            return _TRUTH_WORDS[word]
    raise RecordError(f"{key} is neither true nor false")


def _text(value: object) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _size(record: Record) -> int | None:
    for key in _SIZE_KEYS:
        number = _number(record.get(key))
        if number is not None:
            return int(number)
    return None


def _number(value: object) -> float | None:
    """Read a number that is only told, never relied on: what is none, or negative, is left out."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) and number >= 0 else None
