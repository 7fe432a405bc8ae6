"""Results arrive as they are made, several inputs become one, and a status chooses among them."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from cvi_trakt.media import ScanResult, Status
from cvi_trakt.scan.results.reader import ScanReader, merge, read_scan
from cvi_trakt.scan.select import Selection, select


def result(path: str, status: Status) -> ScanResult:
    return ScanResult(path=path, status=status)


@pytest.fixture
def echo() -> Iterator[subprocess.Popen[bytes]]:
    """Start a program whose output is a pipe and follows what it is told, as a scan that goes on."""
    program = "import sys\nfor line in sys.stdin: print(line, end='', flush=True)"
    with subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        yield process


def test_json_lines_from_a_pipe_are_given_on_before_the_next_one_is_written(
    echo: subprocess.Popen[bytes],
) -> None:
    assert echo.stdin
    reader: ScanReader | None = None
    for number in range(3):
        echo.stdin.write(b'{"path": "/m/%d.mkv", "status": "HEALTHY"}\n' % number)
        echo.stdin.flush()
        reader = reader or read_scan("-", echo.stdout, warn=print)  # type: ignore[arg-type]  # IO[bytes] is one
        assert next(reader) == result(f"/m/{number}.mkv", Status.HEALTHY)
    assert reader
    with pytest.raises(ValueError, match="not been read to its end"):
        reader.summary()
    echo.stdin.write(b'{"end": true, "files": 3}\n')
    echo.stdin.close()
    assert list(reader) == []
    assert reader.summary().damaged is None


def test_a_stream_that_was_passed_in_stays_open() -> None:
    reading, writing = os.pipe()
    os.write(writing, b"/m/A.mkv\n")
    os.close(writing)
    with os.fdopen(reading, "rb") as stream:
        assert list(read_scan("-", stream, warn=print)) == [result("/m/A.mkv", Status.HEALTHY)]
        assert not stream.closed


def test_of_the_same_path_the_later_result_wins_at_the_place_of_the_first() -> None:
    merged = merge(
        [
            result("/m/A.mkv", Status.UNKNOWN),
            result("/m/B.mkv", Status.HEALTHY),
            result("/m/A.mkv", Status.CORRUPT),
        ]
    )
    assert list(merged.items()) == [
        ("/m/A.mkv", result("/m/A.mkv", Status.CORRUPT)),
        ("/m/B.mkv", result("/m/B.mkv", Status.HEALTHY)),
    ]


RESULTS = [
    result("/m/A.mkv", Status.HEALTHY),
    result("/m/B.mkv", Status.CORRUPT),
    result("/m/C.mkv", Status.UNKNOWN),
    result("/m/D.mkv", Status.CORRUPT),
]


def test_results_of_other_statuses_are_counted() -> None:
    assert select(RESULTS, {Status.HEALTHY}, assume_healthy=False) == Selection(
        kept=(RESULTS[0],), left_out=tuple(RESULTS[1:]), filtered={Status.CORRUPT: 2, Status.UNKNOWN: 1}
    )


def test_assumed_healthy_a_result_without_verdict_becomes_healthy() -> None:
    assert select(RESULTS, {Status.HEALTHY}, assume_healthy=True) == Selection(
        kept=(RESULTS[0], result("/m/C.mkv", Status.HEALTHY)),
        left_out=(RESULTS[1], RESULTS[3]),
        filtered={Status.CORRUPT: 2},
    )


@pytest.mark.parametrize(
    "verdict",
    [
        '"status": "damaged"',
        '"status": "broken"',
        '"status": "FAILED"',
        '"status": "bad"',
        '"status": "timeout"',
        '"status": "queued"',
        '"healthy": false',
        '"errors": ["moov atom not found"]',
    ],
)
def test_what_has_a_verdict_that_is_not_good_is_never_assumed_healthy(verdict: str) -> None:
    stream = io.BytesIO(f'[{{"path": "/m/Heat (1995).mkv", {verdict}}}]'.encode())
    results = list(read_scan("-", stream, warn=lambda _: None))
    assert select(results, {Status.HEALTHY}, assume_healthy=True).kept == ()
