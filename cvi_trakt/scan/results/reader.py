"""Reads scan results: one input of any known shape as ``ScanResult`` values, and several as one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO, assert_never

from cvi_trakt.media import ScanResult
from cvi_trakt.scan.results.json_lines import read_json_lines
from cvi_trakt.scan.results.json_records import read_json
from cvi_trakt.scan.results.lists import read_bad_files, read_lines, read_nul_list
from cvi_trakt.scan.results.shapes import Shape, Sniffed, is_sqlite, sniff
from cvi_trakt.scan.results.sources import Source, cannot_read, open_source
from cvi_trakt.scan.results.tables import read_csv, read_sqlite
from cvi_trakt.scan.results.tally import ScanInput, Tally

__all__ = ["ScanInput", "ScanReader", "merge", "read_scan"]


class ScanReader:
    """The results of one input, in its order, each as soon as it has arrived; they can be read once."""

    def __init__(self, source: Source, sniffed: Sniffed | None, tally: Tally) -> None:
        self._summary: ScanInput | None = None
        self._results = self._read(source, sniffed, tally)

    def __iter__(self) -> Iterator[ScanResult]:
        return self

    def __next__(self) -> ScanResult:
        return next(self._results)

    def summary(self) -> ScanInput:
        """Say what the input was. Raises ``ValueError`` as long as it has not been read to its end."""
        if self._summary is None:
            raise ValueError("the input has not been read to its end")
        return self._summary

    def _read(self, source: Source, sniffed: Sniffed | None, tally: Tally) -> Iterator[ScanResult]:
        try:
            yield from _results(source, sniffed, tally)
        except OSError as error:
            raise cannot_read(source.name, error) from error
        finally:
            source.close()
        self._summary = tally.finish()


def read_scan(name: str, stream: BinaryIO | None, *, warn: Callable[[str], None]) -> ScanReader:
    """Open one input and tell its shape; iterating the answer reads it.

    Args:
        name: the file, or ``-`` for standard input.
        stream: what to read when the name is ``-``.
        warn: is called with one line for each record that is left out.

    Raises ``InputError``, here or while it is read, when the input cannot be used.
    """
    source = open_source(name, stream)
    try:
        sniffed = None if is_sqlite(source) else sniff(source)
    except OSError as error:
        source.close()
        raise cannot_read(name, error) from error
    except BaseException:
        source.close()
        raise
    return ScanReader(source, sniffed, Tally(name, warn))


def merge(results: Iterable[ScanResult]) -> dict[str, ScanResult]:
    """Bring several inputs together by path: the later result wins, at the place of the first."""
    return {result.path: result for result in results}


def _results(source: Source, sniffed: Sniffed | None, tally: Tally) -> Iterator[ScanResult]:
    if sniffed is None:
        return read_sqlite(source, tally)
    match sniffed.shape:
        case Shape.JSON:
            return read_json(source.name, sniffed.text, tally)
        case Shape.JSON_LINES:
            return read_json_lines(source.name, sniffed.text, tally)
        case Shape.CSV:
            return read_csv(sniffed.text, sniffed.delimiter, tally)
        case Shape.BAD_FILES:
            return read_bad_files(sniffed.text, tally)
        case Shape.LIST:
            return read_lines(sniffed.text, tally)
        case Shape.NUL_LIST:
            return read_nul_list(sniffed.text, tally)
        case _:
            assert_never(sniffed.shape)
