"""Finds what one record says about its file, in the words and flags of whatever program wrote it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from cvi_trakt.media import Status

_BAD_FLAGS = ("is_corrupt", "corrupted", "corrupt")
_GOOD_FLAGS = ("healthy", "is_healthy", "ok")
VERDICT_KEYS = frozenset(("status", "unreadable", *_BAD_FLAGS, *_GOOD_FLAGS, "needs_deep_scan"))
ERROR_KEYS = ("error_message", "error", "errors")
PLEXCLEANER_KEYS = ("newfilename", "originalfilename")

_STATUS_WORDS = {
    Status.HEALTHY: "healthy ok okay good valid passed pass clean",
    Status.SUSPICIOUS: "suspicious suspect needs_deep_scan",
    Status.CORRUPT: "corrupt corrupted damaged broken bad invalid",
    Status.UNREADABLE: (
        "unreadable error errored failed fail failure timeout timed_out timedout skipped skip "
        "missing not_found inaccessible access_denied permission_denied aborted cancelled canceled"
    ),
}
_STATUSES = {word: status for status, words in _STATUS_WORDS.items() for word in words.split()}
_UNDECIDED = "unknown"  # a status that says there is none
_MEMBER = re.compile(r"(?:\w+\.)*\w*status\.(\w+)", re.ASCII)  # FileStatus.HEALTHY
_GAP = re.compile(r"[\s-]+")
_TRUTH_WORDS = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}
_NO_ERROR = frozenset(("", "0", "none", "null", "false", "no", "no error", "no errors", "ok", "n/a", "-", "[]", "{}"))
_LONGEST_QUOTE = 60  # characters


class RecordError(Exception):
    """Why a record cannot be used, in words for the person; never leaves ``cvi_trakt.scan``."""


class Verdict(NamedTuple):
    """A status, why, and the word in quotes that was taken as SUSPICIOUS for want of its meaning."""

    status: Status
    reason: str | None
    unknown_word: str | None = None


def verdict_of(record: Mapping[str, object]) -> Verdict:
    """Follow the status rules; the keys are in lower case.

    UNKNOWN is for a record without any verdict. A verdict in words that are not known is SUSPICIOUS.
    Raises ``RecordError`` when a verdict is of a wrong type.
    """
    complaint = _complaint(record)
    reason = text_of(record.get("reason")) or complaint
    if _truth(record, "unreadable"):
        return Verdict(Status.UNREADABLE, reason)
    if isinstance(state := record.get("state"), str) and any(key in record for key in PLEXCLEANER_KEYS):
        return Verdict(_plexcleaner_status(state), reason)
    word = _status_word(record)
    if status := _STATUSES.get(word):
        return Verdict(status, reason)
    flagged = _flagged(record)
    if flagged in (Status.CORRUPT, Status.SUSPICIOUS):
        return Verdict(flagged, reason)
    if word not in ("", _UNDECIDED):
        why = f"status {quoted(word)} is not known"
        return Verdict(Status.SUSPICIOUS, f"{why}: {reason}" if reason else why, quoted(word))
    if flagged is Status.HEALTHY and not word:
        return Verdict(flagged, reason)
    return Verdict(Status.SUSPICIOUS if complaint else Status.UNKNOWN, reason)


def quoted(text: str) -> str:
    """Put foreign text in quotes for a message: on one line, printable, and not too long."""
    text = text[: _LONGEST_QUOTE + 1]
    printable = text if text.isprintable() else "".join(map(_printable, text))
    return f"'{printable}'" if len(printable) <= _LONGEST_QUOTE else f"'{printable[: _LONGEST_QUOTE - 3]}...'"


def text_of(value: object) -> str | None:
    """Give text without the space around it; None when there is none."""
    return value.strip() or None if isinstance(value, str) else None


def _printable(char: str) -> str:
    return char if char.isprintable() else char.encode("unicode_escape").decode("ascii")


def _status_word(record: Mapping[str, object]) -> str:
    value = record.get("status")
    if value is None:
        return ""
    if not isinstance(value, str):
        raise RecordError("the status is not text")
    word = value.strip().lower()
    if word in _STATUSES:
        return word
    if member := _MEMBER.fullmatch(word):
        word = member[1]
    joined = _GAP.sub("_", word)
    return joined if joined in _STATUSES else word


def _flagged(record: Mapping[str, object]) -> Status | None:
    bad = [flag for key in _BAD_FLAGS if (flag := _truth(record, key)) is not None]
    bad += [not flag for key in _GOOD_FLAGS if (flag := _truth(record, key)) is not None]
    corrupt = any(bad) if bad else None  # where flags contradict each other, the bad one counts
    deeper = _truth(record, "needs_deep_scan")
    if corrupt:
        return Status.CORRUPT
    if deeper and not _truth(record, "deep_scan_completed"):
        return Status.SUSPICIOUS
    return None if corrupt is None and deeper is None else Status.HEALTHY


def _plexcleaner_status(state: str) -> Status:
    flags = {flag.strip() for flag in state.split(",")}
    if "VerifyFailed" in flags:
        return Status.CORRUPT
    return Status.HEALTHY if "Verified" in flags else Status.UNKNOWN


def _truth(record: Mapping[str, object], key: str) -> bool | None:
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


def _complaint(record: Mapping[str, object]) -> str | None:
    """Put the errors of a record in words; None when it has none."""
    for key in ERROR_KEYS:
        if value := record.get(key):
            errors = [text for one in (value if isinstance(value, list) else [value]) if (text := _in_words(one))]
            if errors:
                return errors[0] if len(errors) == 1 else f"{errors[0]} (and {len(errors) - 1} more)"
    return None


def _in_words(error: object) -> str | None:
    if isinstance(error, str):
        return None if error.strip().lower() in _NO_ERROR else error.strip()
    message = text_of(error.get("message")) if isinstance(error, dict) else None
    return message or ("has errors" if error else None)
