"""Reads whole JSON documents: finds the records in them, wherever their program puts these."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from cvi_trakt.errors import InputError
from cvi_trakt.media import ScanResult, Status
from cvi_trakt.scan.results.json_text import BrokenJsonError, JsonText
from cvi_trakt.scan.results.record import PATH_KEYS, RECORD_KEYS, to_result, under
from cvi_trakt.scan.results.sources import Text
from cvi_trakt.scan.results.tally import SHAPES_THAT_DO, Tally, shown
from cvi_trakt.scan.results.verdict import ERROR_KEYS, VERDICT_KEYS, RecordError

# Keys whose arrays hold records. Where a document has several, the first of this order counts.
RECORD_ARRAYS = ("results", "entries", "files", "processed_files")


def read_json(name: str, text: Text, tally: Tally) -> Iterator[ScanResult]:
    """Give the results of one JSON document, or of several one after another.

    Raises ``InputError`` when a document has no records for each file.
    """
    json_text = JsonText(text.read)
    keys: set[str] = set()
    has_records = has_own_records = False
    unsure: list[_Document] = []  # perhaps records, without a clear verdict: they are when others are
    while True:
        document = _Document(json_text, tally)
        held = document.read()
        while held:
            yield under(held.popleft(), document.directory)
        if document.may_be_record:
            unsure.append(document)
        has_records = has_records or document.has_records
        has_own_records = has_own_records or document.is_record
        keys |= document.keys
        if tally.damaged or not json_text.begins_container():
            break
    if has_own_records:
        for document in unsure:
            if result := tally.convert(document.own):
                yield under(result, document.directory)
    elif unsure and has_records:
        tally.pass_over(len(unsure))
    if not (has_records or tally.damaged):
        raise InputError(f"{shown(name)}: {_without_records(keys)}")


class _Document:
    """One top-level value. Its results are held back until its end, where ``directory`` may stand."""

    def __init__(self, json_text: JsonText, tally: Tally) -> None:
        self.directory: str | None = None
        self.has_records = False
        self.is_record = self.may_be_record = False
        self.keys: set[str] = set()
        self.own: dict[str, object] = {}  # the document may itself be a record: `jq '.results[]'`
        self._json = json_text
        self._tally = tally
        self._best_rank: int | None = None
        self._results: deque[ScanResult] = deque()

    def read(self) -> deque[ScanResult]:
        try:
            self._read_value(())
        except (BrokenJsonError, RecursionError):
            self._tally.damage(_breaks_off(self._tally.position))
            return self._results
        if not (self.has_records or _has_totals(self.keys)):
            self.has_records = self.is_record = self._is_clearly_a_record()
            self.may_be_record = not self.is_record and not self.own.keys().isdisjoint(PATH_KEYS)
        if self.is_record:
            self._add(self.own)
        return self._results

    def _read_value(self, place: tuple[str, ...]) -> None:
        """Take the value at this place: the keys that lead to it, in lower case."""
        rank = _rank(place)
        match self._json.next():
            case "[" if rank is not None:
                self._read_records(rank)
            case "n" if rank is not None:  # null, as checkrr writes for no bad files
                self._json.skip()
                self.has_records = True
            case "{" if not place or (place[0] in ("data", "results") and len(place) < 3):
                self._read_object(place)
            case _ if len(place) == 1 and place[0] in RECORD_KEYS | {"directory"}:
                self._read_own(place[0])
            case _:
                self._json.skip()

    def _read_object(self, place: tuple[str, ...]) -> None:
        for key in self._json.members():
            if not place:
                self.keys.add(key.lower())
            self._read_value((*place, key.lower()))

    def _read_records(self, rank: int) -> None:
        self.has_records = True
        known_better = self._best_rank is not None and self._best_rank < rank
        passed_over = 0
        for _ in self._json.elements():
            if known_better:
                self._json.skip()
                passed_over += 1
                continue
            self._best_rank = rank
            self._add(self._json.value())
        if passed_over:
            self._tally.pass_over(passed_over)

    def _read_own(self, key: str) -> None:
        if self._json.next() in "[{" and key not in ERROR_KEYS:
            self._json.skip()
            return
        self.own[key] = value = self._json.value()
        if key == "directory" and isinstance(value, str):
            self.directory = value or None

    def _add(self, raw: object) -> None:
        if result := self._tally.convert(raw):
            self._results.append(result)

    def _is_clearly_a_record(self) -> bool:
        """Say whether the document has a path and a known verdict: what a server answers may have a path, too."""
        unknown_words: list[str] = []
        try:
            status = to_result(self.own, unknown_words.append).status
        except RecordError:
            return False
        return status is not Status.UNKNOWN and not unknown_words and not VERDICT_KEYS.isdisjoint(self.own)


def _rank(place: tuple[str, ...]) -> int | None:
    """Say whether an array at this place holds records; the lowest number goes first."""
    match place:
        case ():
            return 0
        case (key,) if key in RECORD_ARRAYS[:3]:
            return RECORD_ARRAYS.index(key)
        case ("results", "details" | "results"):  # the second is PlexCleaner's
            return 3
        case ("data", _, "results"):  # GraphQL
            return 4
        case ("processed_files",):
            return 5
        case _:
            return None


def _breaks_off(position: int) -> str:
    return f"the JSON breaks off after record {position}" if position else "the JSON breaks off at its beginning"


def _has_totals(keys: set[str]) -> bool:
    return any(key.endswith("_files") or key in ("scan_summary", "summary", "totals") for key in keys)


def _without_records(keys: set[str]) -> str:
    if _has_totals(keys) or any(key.endswith("_count") for key in keys):
        return (
            "has totals only, no result for each file; give the scan's own result file, "
            "or scan again: cvi-trakt scan PATH -o scan.json"
        )
    return f"not a known shape of scan result; {SHAPES_THAT_DO}"
