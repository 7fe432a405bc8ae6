"""Turns decisions into the rows of the store, and rows into decisions."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from typing import Any, NamedTuple

from cvi_trakt.matches import Candidate, DecidedBy, Declined, Distance, Held, Match, NoMatch, Scored, Sure, TitleBy
from cvi_trakt.media import (
    Clash,
    Episodes,
    Film,
    IdentifiedFile,
    Ids,
    Kind,
    OtherReading,
    ScanResult,
    Status,
    Work,
    own_reading,
)
from cvi_trakt.titles import normalise

SKIPPED = "you skipped it"  # why a work is held that a person did not want added this time

_PLAIN = ("title", "year", "year_is_first", "country", "ids_from", "folder", "doubt", "duration")  # of a work


class Key(NamedTuple):
    """What a decision is filed under; what is not known is 0 or empty."""

    kind: str
    title: str
    year: int
    country: str
    folder: str
    ids: str


class Row(NamedTuple):
    """What is kept under a key: ``verdict`` is ``sure``, ``held``, ``none`` or ``never``; ``body`` is JSON."""

    verdict: str
    decided_by: str
    decided_at: float
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One decision of the store. ``decided_at`` counts seconds since 1970.

    ``is_whole`` says that the work was kept with it; of an older one only its key is known.
    """

    key: Key
    match: Sure | Held | NoMatch | Declined
    decided_by: DecidedBy
    decided_at: float
    is_whole: bool


def key_of(work: Work) -> Key:
    """Give what a decision is filed under: without a year also the folder; an id makes a key of its own.

    A year that may be an episode's own does not count, so that new episodes do not ask again. What
    stands beside a file is judged by the file's own name, so both names count where they differ.
    """
    year = work.year if work.year_is_first else None
    own = own_reading(work.others)
    title = f"{own.title} as {work.title}" if own else work.title
    return Key(
        kind=str(work.kind),
        title=_storable(normalise(title)),
        year=year or 0,
        country=work.country or "",
        folder="" if year or work.ids else _storable(work.folder),
        ids=json.dumps(work.ids.known()) if work.ids else "",
    )


def row_of(match: Match, at: float) -> Row | None:
    """Give the row of a decision; None for what is not kept.

    The work is kept beside it, with all its files where a person may be asked about it later.
    """
    match match:
        case Sure():
            body: dict[str, Any] = {
                "candidate": _candidate_json(match.candidate),
                "distance": asdict(match.distance) if match.distance else None,
                "reason": match.reason,
                "read_as": asdict(match.read_as) if match.read_as else None,
                "work": _work_json(match.work, match.work.files[:1]),
            }
            return Row("sure", match.decided_by, at, _dump(body))
        case Held():
            return Row("held", DecidedBy.SCORE, at, _held_json(match.work, match.candidates, match.reason))
        case Declined():
            # without "never" it is held, so that no later run adds it by score
            verdict, reason = ("never", match.reason) if match.is_final else ("held", SKIPPED)
            return Row(verdict, DecidedBy.PERSON, at, _held_json(match.work, match.candidates, reason))
        case NoMatch():
            body = {"reason": match.reason, "work": _work_json(match.work, match.work.files[:1])}
            return Row("none", DecidedBy.SCORE, at, _dump(body))
        case _:
            return None


def match_of(work: Work, row: Row) -> Sure | Held | NoMatch | Declined:
    """Read the decision of a row, for this work. Raises ``ValueError``, ``KeyError`` or ``TypeError``."""
    body = json.loads(row.body)
    match row.verdict:
        case "sure":
            candidate = _candidate(body["candidate"])
            if candidate.ids.trakt is None:
                raise ValueError("a decided candidate needs Trakt's own number")
            return Sure(
                work=work,
                candidate=candidate,
                distance=_distance(body["distance"]) if body["distance"] else None,
                reason=body["reason"],
                decided_by=DecidedBy(row.decided_by),
                read_as=_reading(body["read_as"]) if body.get("read_as") else None,
            )
        case "held":
            return Held(work=work, candidates=_candidates(body), reason=body["reason"])
        case "never":
            return Declined(work=work, candidates=_candidates(body), reason=body["reason"], is_final=True)
        case "none":
            return NoMatch(work=work, reason=body["reason"])
        case _:
            raise ValueError("not a verdict")


def with_work(row: Row, work: Work) -> Row:
    """Give a row with the work as it is now: there may be more files of it than when it was decided."""
    return row._replace(body=_dump({**json.loads(row.body), "work": _work_json(work, work.files)}))


def kept_of(key: Key, row: Row) -> Kept:
    """Read a whole row, with its work. Raises ``ValueError``, ``KeyError`` or ``TypeError``."""
    body = json.loads(row.body)
    is_whole = "work" in body
    work = _work(body["work"]) if is_whole else work_of_key(key)
    return Kept(
        key=key,
        match=match_of(work, row),
        decided_by=DecidedBy(row.decided_by),
        decided_at=row.decided_at,
        is_whole=is_whole,
    )


def _storable(text: str) -> str:
    """Give text that SQLite takes: bytes that are no UTF-8 stand in paths as surrogates."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _held_json(work: Work, candidates: Iterable[Scored], reason: str) -> str:
    scored = [{"candidate": _candidate_json(one.candidate), "distance": asdict(one.distance)} for one in candidates]
    return _dump({"candidates": scored, "reason": reason, "work": _work_json(work, work.files)})


def _candidates(body: dict[str, Any]) -> tuple[Scored, ...]:
    return tuple(
        Scored(candidate=_candidate(one["candidate"]), distance=_distance(one["distance"]))
        for one in body["candidates"]
    )


def _candidate_json(candidate: Candidate) -> dict[str, Any]:
    known = {item.name: getattr(candidate, item.name) for item in fields(candidate)}
    known["ids"] = candidate.ids.known()
    return {name: value for name, value in known.items() if value is not None}


def _candidate(body: dict[str, Any]) -> Candidate:
    given = {"year": None, **body, "kind": Kind(body["kind"]), "ids": Ids(**body["ids"])}
    return Candidate(**given)


def _distance(body: dict[str, Any]) -> Distance:
    return Distance(**{**body, "by": TitleBy(body.get("by", TitleBy.TITLE))})


def _reading(body: dict[str, Any]) -> OtherReading:
    given: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in body.items()}
    return OtherReading(**{**given, "kind": Kind(body["kind"])})


def _work_json(work: Work, files: Iterable[IdentifiedFile]) -> dict[str, Any]:
    """Write a work; what it does not know is left out."""
    known: dict[str, Any] = {"kind": str(work.kind), **{name: getattr(work, name) for name in _PLAIN}}
    known |= {"ids": work.ids.known(), "others": [asdict(one) for one in work.others]}
    known["clash"] = {"reason": work.clash.reason, "ids": work.clash.ids.known()} if work.clash else None
    known["files"] = [_file_json(one) for one in files]
    return {name: value for name, value in known.items() if value not in (None, "", [], {})}


def _file_json(file: IdentifiedFile) -> dict[str, Any]:
    found: dict[str, Any] = {"path": file.result.path}
    if isinstance(file.identity, Episodes):
        numbers = {name: getattr(file.identity, name) for name in ("season", "seasons", "episodes", "date")}
        found |= {name: value for name, value in numbers.items() if value not in (None, ())}  # season 0 is one
    return found


def _work(body: dict[str, Any]) -> Work:
    kind, clash = Kind(body["kind"]), body.get("clash")
    given = {
        "year": None,
        **body,
        "kind": kind,
        "ids": Ids(**body.get("ids", {})),
        "clash": Clash(reason=clash["reason"], ids=Ids(**clash["ids"])) if clash else None,
        "others": tuple(_reading(one) for one in body.get("others", ())),
        "files": tuple(_file(one, kind, body["title"]) for one in body["files"]),
    }
    return Work(**given)


def _file(body: dict[str, Any], kind: Kind, title: str) -> IdentifiedFile:
    """Give a file as far as it was kept: what a scan said of it was not."""
    identity: Film | Episodes = Film(title=title)
    if kind is Kind.SHOW:
        identity = Episodes(
            title=title,
            season=body.get("season"),
            seasons=tuple(body.get("seasons", ())),
            episodes=tuple(body.get("episodes", ())),
            date=body.get("date"),
        )
    return IdentifiedFile(result=ScanResult(path=body["path"], status=Status.UNKNOWN), identity=identity)


def work_of_key(key: Key) -> Work:
    """Give a work as far as its key tells; the title is in small letters there, and the path not known at all."""
    kind = Kind(key.kind)
    return Work(
        kind=kind,
        title=key.title,
        year=key.year or None,
        country=key.country or None,
        ids=Ids(**json.loads(key.ids)) if key.ids else Ids(),
        folder=key.folder,
        files=(_file({"path": key.folder or key.title}, kind, key.title),),
    )


def _dump(body: dict[str, Any]) -> str:
    return json.dumps(body, ensure_ascii=True, separators=(",", ":"))
