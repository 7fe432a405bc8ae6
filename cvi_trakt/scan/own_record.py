"""One record of our own scan results: made from an inspection, and read back into one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict

from cvi_trakt.media import ScanResult, Status
from cvi_trakt.scan.inspection import Inspection, Mode, Trouble, moment
from cvi_trakt.scan.results.record import FACT_KEYS, facts_of, number_of

# Every key of a record, in the order in which a table has them.
KEYS = (
    *("filename", "status", "unreadable", "unreadable_because", "is_corrupt"),
    *("needs_deep_scan", "deep_scan_completed", "scan_mode", "file_size", "changed_at", "duration"),
    *("first_bad", "first_bad_seconds", "errors", "damaged_share", "reason", "note", "error_message"),
    *FACT_KEYS,
    "inspection_time",
)

_STATUSES = {str(status): status for status in (Status.HEALTHY, Status.SUSPICIOUS, Status.CORRUPT)}
_MODES = {str(mode): mode for mode in (Mode.QUICK, Mode.DEEP)}  # a pass decides, hybrid is none
_TROUBLES = {str(trouble): trouble for trouble in Trouble}
_TRUE = (True, "True")
_MOMENT = re.compile(r"(?P<sign>-?)(?P<seconds>\d{1,15})\.(?P<fraction>\d{9})", re.ASCII)
_SECOND = 1_000_000_000  # nanoseconds


def as_record(one: Inspection) -> dict[str, object]:
    """Give the record of one file.

    The first ten keys are those of Corrupt Video Inspector, so that its tools read them, too.
    UNREADABLE is SUSPICIOUS with a flag: other programs know three statuses. What is not known is not
    there, but for the size and the duration, which are None then.
    """
    result = one.result
    unreadable = result.status is Status.UNREADABLE
    record: dict[str, object] = {
        "filename": result.path,
        "status": str(Status.SUSPICIOUS if unreadable else result.status),
        "is_corrupt": result.status is Status.CORRUPT,
        "needs_deep_scan": unreadable or result.status is Status.SUSPICIOUS,
        "deep_scan_completed": one.mode is Mode.DEEP and not unreadable,
        "scan_mode": str(one.mode),
        "file_size": result.size,
        "duration": result.duration,
        "inspection_time": round(one.seconds, 3),
        "error_message": one.message or "",
    }
    further = {
        "unreadable": unreadable or None,
        "unreadable_because": str(one.trouble) if one.trouble else None,
        "reason": result.reason,
        "note": one.note,
        "first_bad": None if one.first_bad is None else moment(one.first_bad),
        "first_bad_seconds": None if one.first_bad is None else round(one.first_bad, 3),
        "errors": one.errors or None,
        "damaged_share": None if one.damaged_share is None else round(one.damaged_share, 4),
        **(asdict(result.facts) if result.facts else {}),
        "changed_at": None if one.changed_at is None else _time(one.changed_at),
    }
    return record | {key: value for key, value in further.items() if value is not None}


def inspection_of(record: Mapping[str, object]) -> Inspection | None:
    """Read a record of ours back, also one whose values are all text; None for any other.

    What is not essential and of a wrong type is left out.
    """
    path = record.get("filename")
    status, mode = _STATUSES.get(str(record.get("status"))), _MODES.get(str(record.get("scan_mode")))
    if not isinstance(path, str) or not path or status is None or mode is None:
        return None
    unreadable = record.get("unreadable") in _TRUE
    size, errors = number_of(record.get("file_size")), number_of(record.get("errors"))
    return Inspection(
        result=ScanResult(
            path=path,
            status=Status.UNREADABLE if unreadable else status,
            reason=_text(record.get("reason")),
            size=None if size is None else int(size),
            duration=number_of(record.get("duration")),
            facts=facts_of(record),
        ),
        mode=mode,
        trouble=_TROUBLES.get(str(record.get("unreadable_because"))),
        message=_text(record.get("error_message")),
        note=_text(record.get("note")),
        first_bad=number_of(record.get("first_bad_seconds")),
        errors=int(errors or 0),
        damaged_share=number_of(record.get("damaged_share")),
        changed_at=_nanoseconds(record.get("changed_at")),
        seconds=number_of(record.get("inspection_time")) or 0.0,
    )


def _time(nanoseconds: int) -> str:
    """Give a time since 1970 as text: numbers so long lose their last digits in many readers of JSON."""
    seconds, fraction = divmod(abs(nanoseconds), _SECOND)
    return f"{'-' if nanoseconds < 0 else ''}{seconds}.{fraction:09d}"


def _nanoseconds(value: object) -> int | None:
    found = _MOMENT.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return None
    size = int(found["seconds"]) * _SECOND + int(found["fraction"])
    return -size if found["sign"] else size


def _text(value: object) -> str | None:
    return value or None if isinstance(value, str) else None
