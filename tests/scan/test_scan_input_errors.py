"""Input that cannot be used is refused in one line that says what would do; no other error escapes."""

from __future__ import annotations

import io
import json
import os
import random
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from cvi_trakt.errors import ExitCode, InputError
from cvi_trakt.scan.results.reader import ScanInput, read_scan

SHAPES = "give JSON, JSON Lines, CSV or SQLite with a result for each file, or a list of paths"
TOTALS = (
    "has totals only, no result for each file; give the scan's own result file, "
    "or scan again: cvi-trakt scan PATH -o scan.json"
)
UNKNOWN_SHAPE = f"not a known shape of scan result; {SHAPES}"
BINARY = f"is neither text nor an SQLite database that can be read; {SHAPES}"
NOTHING = "and nothing before that can be used; scan again"


def read(content: bytes) -> tuple[list[str], ScanInput, list[str]]:
    warnings: list[str] = []
    reader = read_scan("-", io.BytesIO(content), warn=warnings.append)
    paths = [result.path for result in reader]
    return paths, reader.summary(), warnings


def error_of(name: str) -> str:
    with pytest.raises(InputError) as caught:
        list(read_scan(name, None, warn=lambda _: None))
    assert caught.value.exit_code is ExitCode.USAGE
    return str(caught.value)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(b"", "is empty (zero bytes); scan again, or name another file", id="zero-bytes"),
        pytest.param(b" \r\n\n", "holds nothing but white space; scan again, or name another file", id="white-space"),
        pytest.param(b"{", f"the JSON breaks off at its beginning, {NOTHING}", id="brace"),
        pytest.param(b'{"results": [', f"the JSON breaks off at its beginning, {NOTHING}", id="no-record"),
        pytest.param(
            b'{"results": [{"path": "/m/A.m',
            f"the JSON breaks off at its beginning, {NOTHING}",
            id="half-record",
        ),
        pytest.param(
            b'{"scan": "cvi-trakt", "version": 1, "directory": "/m"}\n',
            f"the scan was cut off: no closing line, {NOTHING}",
            id="header-alone",
        ),
        pytest.param(
            b'{"scan": "cvi-trakt", "version": 2}\n{"path": "/m/A.mkv"}\n',
            "is of version 2, known here is 1; update cvi-trakt",
            id="later-version",
        ),
        pytest.param(b"\0\0\0\x20ftypisom\0\0\2\0", BINARY, id="video"),
        pytest.param(bytes(100), BINARY, id="nuls"),
        pytest.param(b'{"a": 1}\0', BINARY, id="nul-after-json"),
        pytest.param(b"\x1a\x45\xdf\xa3\x93\x42\x82\x88matroska\n", UNKNOWN_SHAPE, id="binary-without-nul"),
        pytest.param(b"{}", UNKNOWN_SHAPE, id="empty-object"),
        pytest.param(b'{\n"path": "/m", "error": "not found"}', UNKNOWN_SHAPE, id="answer-of-a-server"),
        pytest.param(b'{\n"path": "/m", "status": "running"}', UNKNOWN_SHAPE, id="state-of-a-scan"),
        pytest.param(b'{\n"path": "/m", "status": "ok", "total_files": 2}', TOTALS, id="totals-with-path-and-status"),
        pytest.param(b'{"a": {"results": [{"path": "/m/A.mkv"}]}}', UNKNOWN_SHAPE, id="foreign-object"),
        pytest.param(b"[1, 2]", UNKNOWN_SHAPE, id="numbers"),
        pytest.param(b"hello\n", UNKNOWN_SHAPE, id="a-word"),
        pytest.param(b"name,size\nA,1\n", UNKNOWN_SHAPE, id="csv-without-paths"),
        pytest.param(
            b'{"scan_mode": "hybrid", "total_files": 2, "processed_files": 2, "corrupt_files": 1, '
            b'"healthy_files": 1, "scan_time": 12.5}',
            TOTALS,
            id="totals-only",
        ),
        pytest.param(b'{\n  "scan_summary": {\n    "total_files": 2\n  }\n}\n', TOTALS, id="summary-only"),
        pytest.param(b"<!DOCTYPE html>\n/m/A.mkv\n/m/B.mkv\n/m/C.mkv\n", UNKNOWN_SHAPE, id="html-with-paths-in-it"),
        pytest.param(
            b"A film is a work of art.\nIt and/or a show is seen at home.\nSee http://x.example/a.mp4\n",
            UNKNOWN_SHAPE,
            id="prose",
        ),
        pytest.param(
            b"2026-01-02 10:00:00 INFO Checking /videos/A.mkv\n2026-01-02 10:00:01 INFO Checking /videos/B.mkv\n",
            UNKNOWN_SHAPE,
            id="log",
        ),
        pytest.param(b"trakt:\n  username: me\nscan:\n  - /videos/A.mkv\n", UNKNOWN_SHAPE, id="yaml"),
        pytest.param(b"/m/A.mkv: Invalid data found when processing input\n", UNKNOWN_SHAPE, id="message-of-ffmpeg"),
        pytest.param(
            b"total 8\n-rw-r--r-- 1 me me 4 Jan  1 10:00 A.mkv\n-rw-r--r-- 1 me me 4 Jan  1 10:00 B.mkv\n",
            UNKNOWN_SHAPE,
            id="listing",
        ),
        pytest.param(b'[{"title": "A"}, 5]', f"not one of 2 records can be used; {SHAPES}", id="records-without-paths"),
    ],
)
def test_unusable_content_is_refused(content: bytes, expected: str, tmp_path: Path) -> None:
    file = tmp_path / "scan.json"
    file.write_bytes(content)
    assert error_of(str(file)) == f"{file}: {expected}"
    with pytest.raises(InputError, match=re.escape(f"standard input: {expected}")):
        read(content)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    name = str(tmp_path / "no.json")
    assert error_of(name) == f"{name}: no such file; name the file that the scan wrote, or -"


def test_a_folder_is_refused(tmp_path: Path) -> None:
    expected = f"{tmp_path}: is a folder; scan it first: cvi-trakt scan {tmp_path} -o scan.json"
    assert error_of(str(tmp_path)) == expected


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "scan.json"
    file.touch(mode=0)
    assert error_of(str(file)) == f"{file}: permission denied; make the file readable for this user"


@pytest.mark.parametrize("name", ["a\0b", "n" * 5000])
def test_a_name_that_no_file_can_have_is_refused(name: str) -> None:
    assert "name another file" in error_of(name)


def test_closed_standard_input_is_refused() -> None:
    expected = "standard input: is closed; pipe a scan into it, or name a file"
    assert error_of("-") == expected


def test_a_database_without_the_table_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "other.db"
    with sqlite3.connect(file) as db:
        db.execute("CREATE TABLE films (path)")
    expected = f"{file}: the database has no table scan_results; give the inspector's own database"
    assert error_of(str(file)) == expected


def test_a_table_without_paths_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "other.db"
    with sqlite3.connect(file) as db:
        db.execute("CREATE TABLE scan_results (id, status)")
    expected = f"{file}: the table scan_results has no column with a path; export it as CSV with one"
    assert error_of(str(file)) == expected


@pytest.mark.parametrize("rest", [b"", b"junk" * 1000])
def test_a_database_that_is_broken_is_refused(tmp_path: Path, rest: bytes) -> None:
    file = tmp_path / "broken.db"
    file.write_bytes(b"SQLite format 3\0" + rest)
    assert error_of(str(file)).startswith(f"{file}: the database ")


@pytest.mark.parametrize(
    ("content", "paths", "damaged"),
    [
        pytest.param(
            b'{"results": [{"path": "/m/A.mkv"}, {"path": "/m/B.mkv"}, {"path": "/m/C',
            ["/m/A.mkv", "/m/B.mkv"],
            "the JSON breaks off after record 2",
            id="json-in-a-record",
        ),
        pytest.param(
            b'[{"path": "/m/A.mkv"}',
            ["/m/A.mkv"],
            "the JSON breaks off after record 1",
            id="json-after-a-record",
        ),
        pytest.param(
            b'{"results": [{"path": "/m/A.mkv"}]',
            ["/m/A.mkv"],
            "the JSON breaks off after record 1",
            id="json-brace",
        ),
        pytest.param(
            b'{\n"path": "/m/A.mkv",\n"status": "HEALTHY"}\n{\n"path": "/m/B.mkv",\n"is_corrupt": false,\n"sta',
            ["/m/A.mkv"],
            "the JSON breaks off after record 1",
            id="objects-one-after-another",
        ),
        pytest.param(
            b'{"path": "/m/A.mkv"}\n{"path": "/m/B',
            ["/m/A.mkv"],
            "ends in the middle of a record",
            id="json-lines",
        ),
        pytest.param(
            b'{"path": "/m/A.mkv"}\n',
            ["/m/A.mkv"],
            "the scan was cut off: no closing line",
            id="json-lines-without-closing-line",
        ),
        pytest.param(
            b'{"path": "/m/A.mkv"}\n{"end": true, "files": 2}\n',
            ["/m/A.mkv"],
            "the closing line counts 2 files, but 1 came",
            id="json-lines-with-a-line-lost",
        ),
        pytest.param(
            b'{"path": "/m/A.mkv"}\n{"scan": "cvi-trakt", "version": 1}\n{"end": true, "files": 0}\n',
            ["/m/A.mkv"],
            "the scan was cut off: no closing line",
            id="json-lines-of-two-scans-the-first-cut-off",
        ),
        pytest.param(
            b"path,status,size\n/m/A.mkv,HEALTHY,1\n/m/B.mkv,HEA",
            ["/m/A.mkv"],
            "ends in the middle of a record",
            id="csv",
        ),
        pytest.param(
            b"/m/A.mkv,unknown\n/m/B.m",
            ["/m/A.mkv"],
            "ends in the middle of a record",
            id="csv-without-header",
        ),
    ],
)
def test_of_a_cut_off_input_the_whole_records_are_used(content: bytes, paths: list[str], damaged: str) -> None:
    read_paths, summary, warnings = read(content)
    assert (read_paths, summary.records, summary.dropped) == (paths, len(paths), 0)
    assert (summary.damaged, warnings) == (damaged, [])


@pytest.mark.parametrize(
    ("content", "warning"),
    [
        (b'[{"path": "/m/A.mkv"}, {"status": "HEALTHY"}]', "record 2: no path"),
        (b'[{"path": "/m/A.mkv"}, {"path": " "}]', "record 2: no path"),
        (b'[{"path": "/m/A.mkv"}, {"path": 5}]', "record 2: the path is not text"),
        (b'[{"path": "/m/A.mkv"}, 7]', "record 2: not a record"),
        (b'[{"path": "/m/A.mkv"}, {"path": "/m/B.mkv", "status": 1}]', "record 2: the status is not text"),
        (
            b'[{"path": "/m/A.mkv"}, {"path": "/m/B.mkv", "is_corrupt": []}]',
            "record 2: is_corrupt is neither true nor false",
        ),
        (
            b'{"path": "/m/A.mkv"}\n{"pa\n{"end": true, "files": 2}\n',
            "record 2: not a whole JSON object",
        ),
        (b'{"pa\n{"path": "/m/A.mkv"}\n{"end": true, "files": 2}\n', "record 1: not a whole JSON object"),
        (b"path,status\n/m/A.mkv,HEALTHY\n/m/B.mkv\n", "record 2: 1 columns where the header has 2"),
        (b"Video File,Corrupted\n/m/A.mkv,0\nB.mkv,maybe\n", "record 2: corrupted is neither true nor false"),
        (b"/m/A.mkv,unknown\n/m/B.mkv,unknown\nC\n", "record 3: no path and reason"),
        (b"/m/A.mkv\nframe= 100 fps=25\n/m/B.mkv\n", "record 2: 'frame= 100 fps=25' does not look like a path"),
        (b"/m/A.mkv\nlib/.DS_Store\n", "record 2: 'lib/.DS_Store' does not look like a path"),
        (b"/m/A.mkv\na\x1b[1m \xe9\n/m/B.mkv\n", r"record 2: 'a\x1b[1m \udce9' does not look like a path"),
        (
            b"/m/A.mkv\n" + b"word " * 100 + b"\n/m/B.mkv\n",
            "record 2: 'word word word word word word word word word word word wo...' does not look like a path",
        ),
        (b"/m/A.mkv\n4.0K\tB.mkv\n", r"record 2: '4.0K\tB.mkv' does not look like a path"),
        (b"/m/A.mkv\n/m/B.mkv\t/n/B.mkv\n", r"record 2: '/m/B.mkv\t/n/B.mkv' does not look like a path"),
        (b"/m/A.mkv\n/m/B.mkv\tHEALTHY\n", r"record 2: '/m/B.mkv\tHEALTHY' does not look like a path"),
        (
            b'[{"path": "/m/A.mkv"}, {"path": "/m/B.mkv", "healthy": "maybe"}]',
            "record 2: healthy is neither true nor false",
        ),
    ],
)
def test_a_record_that_cannot_be_used_is_named_and_left_out(content: bytes, warning: str) -> None:
    paths, summary, warnings = read(content)
    assert "/m/A.mkv" in paths
    assert (warnings, summary.dropped, summary.damaged) == ([f"standard input: {warning}; left out"], 1, None)


def test_many_unusable_records_do_not_flood_the_screen() -> None:
    content = json.dumps([{"path": "/m/A.mkv"}] + [{}] * 100)
    _, summary, warnings = read(content.encode())
    assert (len(warnings), summary.dropped) == (11, 100)
    assert warnings[9] == "standard input: record 11: no path; left out"
    assert warnings[10] == "standard input: 90 more records left out for the same kinds of reason"


def test_records_of_deleted_files_are_left_out_with_one_warning() -> None:
    record = {"Path": "/m/A.mkv", "Data": {"reacquire": True, "reason": "data problem"}}
    paths, summary, warnings = read(json.dumps([record, record]).encode())
    assert (paths, summary.dropped) == ([], 2)
    assert warnings == ["standard input: 2 records of deleted files left out"]


def _examples(folder: Path) -> Iterator[bytes]:
    record = {
        "path": "/m/A, é.mkv",
        "status": "HEALTHY",
        "is_corrupt": False,
        "size": 5,
        "result": {"a": [1]},
    }
    yield json.dumps({"directory": "/m", "results": [record] * 3, "data": {"x": {"results": [record]}}}).encode()
    yield json.dumps([{"Path": "/m/A.mkv", "Data": {"reacquire": False, "reason": "x"}}], indent=1).encode()
    yield (json.dumps(record) + "\n").encode() * 3 + b'{"end": true, "files": 3}\n'
    yield json.dumps([record]).encode("utf-16")
    yield b'path,is_corrupt,size\n/m/A.mkv,0,5\n"/m/B, ""b"".mkv",1,6\n'
    yield b"/m/A.mkv,unknown\n" * 3
    yield b"/m/A.mkv\n" * 3
    yield b"/m/A.mkv\0" * 3
    file = folder / "scans.db"
    with sqlite3.connect(file) as db:
        db.execute("PRAGMA page_size=512")
        db.execute("CREATE TABLE scan_results (filename, is_corrupt, status)")
        db.executemany("INSERT INTO scan_results VALUES (?, 0, 'HEALTHY')", [("/m/A.mkv",)] * 20)
    db.close()
    yield file.read_bytes()
    yield b'[{"path": "/m/A.mkv", "status": "on hold", "errors": [{"message": "cut"}, [1]], "healthy": 0}]'
    yield b'{"errors":' + b"[" * 100_000
    yield b"[" * 100_000
    yield b'{"a":' * 100_000
    yield b'[{"path": "/m/A.mkv", "size": ' + b"9" * 10_000 + b"}]"


def _mutated(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.randint(0, 6)):
        at = chance.randrange(len(changed) + 1)
        piece = chance.choice([b"", b"\0", b'"', b"{", b"[", b"}", b",", b"\n", b"\xff", b"null", chance.randbytes(3)])
        changed[at : at + chance.randint(0, 4)] = piece
    return bytes(changed[: chance.randint(0, len(changed))] if chance.random() < 0.3 else changed)


def test_whatever_the_bytes_only_an_input_error_escapes(tmp_path: Path) -> None:
    chance = random.Random(2026)
    file = tmp_path / "mutated"
    examples = list(_examples(tmp_path))
    for example in [*examples, *(chance.randbytes(chance.randint(1, 3000)) for _ in range(100))]:
        for round_ in range(100 if len(example) < 50_000 else 3):
            content = _mutated(example, chance) if round_ else example
            file.write_bytes(content)
            for name, stream in ((str(file), None), ("-", io.BytesIO(content))):
                try:
                    results = read_scan(name, stream, warn=lambda _: None)
                    assert all(result.path for result in results)
                    assert results.summary().name == ("standard input" if name == "-" else name)
                except InputError as error:
                    assert "\n" not in str(error)  # noqa: PT017 - that an error comes is not required
