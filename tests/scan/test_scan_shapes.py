"""Every shape of scan result gives the paths and statuses that its program meant."""

from __future__ import annotations

import codecs
import io
import json
import sqlite3
from pathlib import Path

import pytest

from cvi_trakt.media import ScanResult, Status
from cvi_trakt.scan.results.reader import ScanInput, read_scan

HEALTHY, SUSPICIOUS, CORRUPT = Status.HEALTHY, Status.SUSPICIOUS, Status.CORRUPT
UNREADABLE, UNKNOWN = Status.UNREADABLE, Status.UNKNOWN
NO_END = "the scan was cut off: no closing line"


def read(content: str | bytes) -> tuple[list[ScanResult], ScanInput, list[str]]:
    warnings: list[str] = []
    stream = io.BytesIO(content.encode() if isinstance(content, str) else content)
    reader = read_scan("-", stream, warn=warnings.append)
    results = list(reader)
    return results, reader.summary(), warnings


def pairs(content: str | bytes) -> list[tuple[str, Status]]:
    return [(result.path, result.status) for result in read(content)[0]]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(
            "Video File,Corrupted\r\nA.mkv,0\r\nB.mkv,1\r\n",
            [("A.mkv", HEALTHY), ("B.mkv", CORRUPT)],
            id="1-csv-of-base-names",
        ),
        pytest.param(
            '{"scan_summary": {"total_files": 4}, "results": ['
            '{"filename": "/m/A.mkv", "is_corrupt": false, "needs_deep_scan": false, "error_message": ""},'
            '{"filename": "/m/B.mkv", "is_corrupt": false, "needs_deep_scan": true},'
            '{"filename": "/m/C.mkv", "is_corrupt": 0, "needs_deep_scan": true, "deep_scan_completed": true},'
            '{"filename": "/m/D.mkv", "is_corrupt": true, "needs_deep_scan": true}]}',
            [("/m/A.mkv", HEALTHY), ("/m/B.mkv", SUSPICIOUS), ("/m/C.mkv", HEALTHY), ("/m/D.mkv", CORRUPT)],
            id="2-no-status-but-flags",
        ),
        pytest.param(
            '{"directory": "/media", "entries": [{"filename": "/media/A.mkv", "result": '
            '{"filename": "/media/A.mkv", "is_corrupt": true}, "timestamp": 1752520265.1},'
            '{"filename": "/media/B.mkv", "result": {"filename": null, "is_corrupt": false}}]}',
            [("/media/A.mkv", CORRUPT), ("/media/B.mkv", HEALTHY)],
            id="3-write-ahead-file",
        ),
        pytest.param(
            '{"directory": "/media", "results": [{"filename": "/media/A.mkv", "is_corrupt": false}]}',
            [("/media/A.mkv", HEALTHY)],
            id="4-directory-and-results",
        ),
        pytest.param(
            '{"metadata": {"results": [1]}, "summary": {}, "results": [{"video_file": {"path": "/m/A.mkv", '
            '"duration": 0.0}, "is_corrupt": true, "error_message": "moov atom not found", '
            '"filename": "/m/A.mkv", "file_size": 123, "status": "CORRUPT"},'
            '{"video_file": {"path": "/m/B.mkv"}, "status": "HEALTHY"}]}',
            [("/m/A.mkv", CORRUPT), ("/m/B.mkv", HEALTHY)],
            id="6-report",
        ),
        pytest.param(
            "Scan of /media finished [3 files]:\n[INFO] results follow\n"
            '{\n "scan_mode": "ScanMode.QUICK",\n "results": [\n'
            '  {"filename": "/m/A.mkv", "status": "FileStatus.HEALTHY"},\n'
            '  {"filename": "/m/B.mkv", "status": "ScanStatus.corrupt"}\n ]\n}\nDone.\n',
            [("/m/A.mkv", HEALTHY), ("/m/B.mkv", CORRUPT)],
            id="7-printed-between-text",
        ),
        pytest.param(
            'Results: {"results": [{"filename": "/m/A.mkv", "status": "HEALTHY"}]}',
            [("/m/A.mkv", HEALTHY)],
            id="7-printed-behind-a-word",
        ),
        pytest.param(
            '{"directory": "/media", "files": [{"path": "A.mkv", "size": 123}]}',
            [("/media/A.mkv", UNKNOWN)],
            id="8-files-with-relative-paths",
        ),
        pytest.param(
            '[{"id": 7, "scan_id": 42, "filename": "/m/A.mkv", "is_corrupt": 0, "status": "HEALTHY"},'
            '{"id": 8, "scan_id": 42, "filename": "/m/B.mkv", "is_corrupt": 1, "status": null}]',
            [("/m/A.mkv", HEALTHY), ("/m/B.mkv", CORRUPT)],
            id="9-database-rows",
        ),
        pytest.param(
            "id,scan_id,filename,is_corrupt,status\n7,42,/m/A.mkv,0,HEALTHY\n8,42,/m/B.mkv,1,\n",
            [("/m/A.mkv", HEALTHY), ("/m/B.mkv", CORRUPT)],
            id="9-database-rows-as-csv",
        ),
        pytest.param(
            'filename,is_corrupt,status,confidence\n/m/A.mkv,False,,0.0\n"/m/B, C.mkv",True,,0.9\n'
            "/m/D.mkv,False,SUSPICIOUS,0.5\n",
            [("/m/A.mkv", HEALTHY), ("/m/B, C.mkv", CORRUPT), ("/m/D.mkv", SUSPICIOUS)],
            id="10-csv-report",
        ),
        pytest.param(
            "Video File,Corrupted\nHello, Dolly.mkv,1\n", [("Hello, Dolly.mkv", CORRUPT)], id="1-comma-without-quotes"
        ),
        pytest.param(
            "Filename;Is_Corrupt\r\n/m/A.mkv;False\r\n",
            [("/m/A.mkv", HEALTHY)],
            id="10-csv-with-semicolons",
        ),
        pytest.param(
            '{"scan_id": "x", "results": [{"path": "/m/A.mkv", "status": "needs_deep_scan", '
            '"needs_deep_scan": true}, {"path": "/m/B.mkv", "status": "error"}]}',
            [("/m/A.mkv", SUSPICIOUS), ("/m/B.mkv", UNREADABLE)],
            id="11-rest",
        ),
        pytest.param(
            '{"data": {"scanJob": {"id": 1, "results": [{"path": "/m/A.mkv", "status": "healthy"}]}}}',
            [("/m/A.mkv", HEALTHY)],
            id="11-graphql",
        ),
        pytest.param(
            '{"processed_files": ["/m/A.mkv", "/m/B.mkv"]}',
            [("/m/A.mkv", UNKNOWN), ("/m/B.mkv", UNKNOWN)],
            id="12-resume-file",
        ),
        pytest.param(
            '{"results": {"total": 1, "details": [{"file_path": "/m/A.mkv", "is_corrupt": false}]}}',
            [("/m/A.mkv", HEALTHY)],
            id="results-details",
        ),
        pytest.param(
            "/films/Alien (1979)/Alien (1979).mkv,unknown\n/films/Hello, Dolly! (1969).mkv,data problem\n",
            [("/films/Alien (1979)/Alien (1979).mkv", CORRUPT), ("/films/Hello, Dolly! (1969).mkv", CORRUPT)],
            id="checkrr-csv-where-the-last-comma-separates",
        ),
        pytest.param(
            '"/films/Hello, Dolly! (1969).mkv",unknown',
            [("/films/Hello, Dolly! (1969).mkv", CORRUPT)],
            id="checkrr-csv-with-quotes",
        ),
        pytest.param(
            '[{"Path": "/films/A.mkv", "Data": {"reacquire": false, "reason": "data problem"}},'
            '{"Path": "/films/B.mkv", "Data": {"reacquire": false, "reason": "not a known type"}},'
            '{"Path": "/films/C.mkv", "Data": {"reacquire": true, "reason": "data problem"}}]',
            [("/films/A.mkv", CORRUPT), ("/films/B.mkv", UNKNOWN)],
            id="checkrr-api",
        ),
        pytest.param(
            "file_name,error_message,file_size[bytes]\n/films/A.mkv,moov atom not found,12\n",
            [("/films/A.mkv", CORRUPT)],
            id="check-media-integrity",
        ),
        pytest.param(
            '{"Version": {}, "Results": {"Results": ['
            '{"OriginalFileName": "/f/A.avi", "NewFileName": "/f/A.mkv", "State": "SetLanguage, Verified"},'
            '{"OriginalFileName": "/f/B.mkv", "NewFileName": "", "State": "VerifyFailed"},'
            '{"OriginalFileName": "/f/C.mkv", "State": "SetLanguage"}]}}',
            [("/f/A.mkv", HEALTHY), ("/f/B.mkv", CORRUPT), ("/f/C.mkv", UNKNOWN)],
            id="plexcleaner",
        ),
        pytest.param(
            '\n{"path": "/m/A.mkv", "status": "HEALTHY"}\n\n{"path": "/m/B.mkv", "status": "CORRUPT"}\r\n'
            '{"end": true, "files": 2}\n',
            [("/m/A.mkv", HEALTHY), ("/m/B.mkv", CORRUPT)],
            id="json-lines",
        ),
        pytest.param(
            '{\n  "path": "/m/A.mkv",\n  "status": "HEALTHY"\n}\n{\n  "path": "/m/B.mkv",\n  "status": "CORRUPT"\n}',
            [("/m/A.mkv", HEALTHY), ("/m/B.mkv", CORRUPT)],
            id="objects-one-after-another-as-jq-prints-them",
        ),
        pytest.param(
            '[{"path": "/m/A.mkv", "status": "HEALTHY"}]\n[{"path": "/m/B.mkv", "status": "HEALTHY"}]',
            [("/m/A.mkv", HEALTHY), ("/m/B.mkv", HEALTHY)],
            id="two-documents-one-after-another",
        ),
        pytest.param(
            "/m/A.mkv\r\n\r\n/m/Folder without extension\r\n",
            [("/m/A.mkv", HEALTHY), ("/m/Folder without extension", HEALTHY)],
            id="list-with-crlf",
        ),
        pytest.param("/m/A.mkv", [("/m/A.mkv", HEALTHY)], id="list-of-one-without-line-feed"),
        pytest.param(
            "[Group] Show - 01.mkv\nI, Tonya (2017).mkv\n",
            [("[Group] Show - 01.mkv", HEALTHY), ("I, Tonya (2017).mkv", HEALTHY)],
            id="list-of-base-names",
        ),
        pytest.param(
            '"C:\\Videos\\new, A.mkv"\n\\\\nas\\films\\B.mkv\n',
            [("C:\\Videos\\new, A.mkv", HEALTHY), ("\\\\nas\\films\\B.mkv", HEALTHY)],
            id="list-of-windows-paths",
        ),
        pytest.param(
            "/m/A\nB.mkv\0./C.mkv\0films/D.mkv\0",
            [("/m/A\nB.mkv", HEALTHY), ("./C.mkv", HEALTHY), ("films/D.mkv", HEALTHY)],
            id="list-with-nuls",
        ),
        pytest.param(b"/m/Am\xe9lie.mkv\n", [("/m/Am\udce9lie.mkv", HEALTHY)], id="list-of-names-that-are-not-utf-8"),
        pytest.param(
            b"/m/Am\xe9lie.mkv\0",
            [("/m/Am\udce9lie.mkv", HEALTHY)],
            id="nul-list-of-names-that-are-not-utf-8",
        ),
    ],
)
def test_a_shape_gives_paths_and_statuses(content: str | bytes, expected: list[tuple[str, Status]]) -> None:
    assert pairs(content) == expected


@pytest.mark.parametrize(
    "content",
    [
        "[]",
        "[ ]\n",
        '{"results": []}',
        '{"results": null}',
        "null\n",
        "Video File,Corrupted\r\n",
        '{"end": true, "files": 0}\n',
    ],
)
def test_an_empty_result_is_no_error(content: str) -> None:
    results, summary, warnings = read(content)
    assert (results, warnings) == ([], [])
    assert summary == ScanInput(name="standard input", records=0, dropped=0, damaged=None)


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        pytest.param('{"status": "hEaLtHy"}', HEALTHY, id="status-in-any-case"),
        pytest.param('{"status": "SUSPICIOUS", "unreadable": true}', UNREADABLE, id="unreadable-goes-first"),
        pytest.param('{"status": "HEALTHY", "is_corrupt": true}', HEALTHY, id="status-goes-before-is-corrupt"),
        pytest.param('{"status": "queued", "is_corrupt": false}', SUSPICIOUS, id="unknown-word-is-not-healthy"),
        pytest.param('{"status": "queued", "is_corrupt": true}', CORRUPT, id="unknown-word-but-corrupt"),
        pytest.param('{"status": "queued", "healthy": true}', SUSPICIOUS, id="unknown-word-is-not-healthy-either"),
        pytest.param('{"status": "Moov atom not found."}', SUSPICIOUS, id="a-sentence-is-a-word-not-known"),
        pytest.param('{"status": "unknown"}', UNKNOWN, id="status-unknown-is-no-verdict"),
        pytest.param('{"status": "unknown", "is_corrupt": false}', UNKNOWN, id="status-unknown-is-not-healthy"),
        pytest.param('{"status": "unknown", "is_corrupt": true}', CORRUPT, id="status-unknown-but-corrupt"),
        pytest.param('{"status": "unknown", "errors": ["cut"]}', SUSPICIOUS, id="status-unknown-but-errors"),
        pytest.param('{"status": ""}', UNKNOWN, id="empty-status-is-no-verdict"),
        pytest.param('{"healthy": false}', CORRUPT, id="not-healthy"),
        pytest.param('{"Healthy": true}', HEALTHY, id="healthy"),
        pytest.param('{"is_healthy": "False"}', CORRUPT, id="not-is-healthy-as-word"),
        pytest.param('{"ok": 0}', CORRUPT, id="not-ok-as-number"),
        pytest.param('{"ok": true, "healthy": false}', CORRUPT, id="one-good-flag-is-false"),
        pytest.param('{"corrupt": true}', CORRUPT, id="corrupt"),
        pytest.param('{"corrupt": false}', HEALTHY, id="not-corrupt"),
        pytest.param('{"is_corrupt": true, "healthy": true}', CORRUPT, id="is-corrupt-goes-before-healthy"),
        pytest.param('{"corrupted": 1, "ok": true}', CORRUPT, id="corrupted-goes-before-ok"),
        pytest.param('{"healthy": true, "needs_deep_scan": true}', SUSPICIOUS, id="healthy-but-needs-deep-scan"),
        pytest.param('{"healthy": null}', UNKNOWN, id="healthy-null-is-no-verdict"),
        pytest.param('{"errors": ["moov atom not found"]}', SUSPICIOUS, id="errors-and-no-verdict"),
        pytest.param('{"error": "moov atom not found"}', SUSPICIOUS, id="error-and-no-verdict"),
        pytest.param('{"error": {"code": 5}}', SUSPICIOUS, id="error-object-and-no-verdict"),
        pytest.param('{"error_message": "cut"}', SUSPICIOUS, id="error-message-and-no-verdict"),
        pytest.param('{"errors": 3}', SUSPICIOUS, id="number-of-errors-and-no-verdict"),
        pytest.param('{"errors": [""], "error": null, "error_message": "None"}', UNKNOWN, id="no-errors-no-verdict"),
        pytest.param('{"errors": 0, "error": {}}', UNKNOWN, id="no-number-of-errors-is-no-verdict"),
        pytest.param('{"is_corrupt": false, "error_message": "odd"}', HEALTHY, id="a-verdict-goes-before-errors"),
        pytest.param('{"Corrupted": 1}', CORRUPT, id="corrupted-as-number"),
        pytest.param('{"is_corrupt": "True"}', CORRUPT, id="corrupt-as-word"),
        pytest.param('{"is_corrupt": null}', UNKNOWN, id="null-is-no-verdict"),
        pytest.param('{"needs_deep_scan": false}', HEALTHY, id="no-deep-scan-needed"),
        pytest.param('{"size": NaN, "duration": Infinity}', UNKNOWN, id="no-verdict-and-odd-numbers"),
    ],
)
def test_the_status_follows_the_rules(record: str, expected: Status) -> None:
    assert pairs('[{"path": "/m/A.mkv", ' + record[1:] + "]") == [("/m/A.mkv", expected)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("ok OK good valid passed clean healthy FileStatus.OK", HEALTHY),
        ("corrupt corrupted damaged broken bad invalid ScanStatus.BROKEN", CORRUPT),
        ("FAILED failure error timeout timed-out unreadable skipped not_found", UNREADABLE),
        ("suspicious needs_deep_scan needs-deep-scan", SUSPICIOUS),
    ],
)
def test_the_usual_words_for_a_status_are_known(words: str, expected: Status) -> None:
    records = [{"path": f"/m/{word}.mkv", "status": word} for word in words.split()]
    results, _, warnings = read(json.dumps(records))
    assert {result.status for result in results} == {expected}
    assert warnings == []


def test_status_words_that_are_not_known_are_suspicious_and_told_once_each() -> None:
    records = [{"path": f"/m/{n}.mkv", "status": "JobStatus.QUEUED" if n % 2 else "on hold"} for n in range(5)]
    records.append({"path": "/m/5.mkv", "status": "a\tb" * 30, "reason": "cut"})
    results, _, warnings = read(json.dumps(records))
    assert {result.status for result in results} == {SUSPICIOUS}
    long = "'" + "a\\tb" * 14 + "a...'"
    assert [result.reason for result in results[3:]] == [
        "status 'queued' is not known",
        "status 'on hold' is not known",
        f"status {long} is not known: cut",
    ]
    assert warnings == [
        "standard input: 3 records say 'on hold', which is not a known status: taken as SUSPICIOUS",
        "standard input: 2 records say 'queued', which is not a known status: taken as SUSPICIOUS",
        f"standard input: 1 record says {long}, which is not a known status: taken as SUSPICIOUS",
    ]


def test_many_status_words_do_not_flood_the_screen() -> None:
    _, _, warnings = read("path,status\n" + "".join(f"/m/{n}.mkv,word {n}\n" for n in range(100)))
    assert len(warnings) == 11
    assert warnings[10] == "standard input: 90 more records with other such words: taken as SUSPICIOUS"


@pytest.mark.parametrize(
    ("errors", "reason"),
    [
        ('"errors": ["moov atom not found"]', "moov atom not found"),
        ('"errors": ["", "no index", {"message": "cut"}, 5]', "no index (and 2 more)"),
        ('"errors": 5', "has errors"),
        ('"error": {"message": "cut", "code": 1}', "cut"),
        ('"errors": ["x"], "error": "y", "reason": "z"', "z"),
    ],
)
def test_errors_are_the_reason(errors: str, reason: str) -> None:
    results, _, _ = read('[{"path": "/m/A.mkv", ' + errors + "}]")
    assert results == [ScanResult(path="/m/A.mkv", status=SUSPICIOUS, reason=reason)]


def test_a_table_may_have_a_column_with_a_flag_or_with_errors() -> None:
    assert pairs("file_name,healthy\nA.mkv,True\nB.mkv,False\n") == [("A.mkv", HEALTHY), ("B.mkv", CORRUPT)]
    assert pairs("path,error\nA.mkv,\nB.mkv,no index\n") == [("A.mkv", UNKNOWN), ("B.mkv", SUSPICIOUS)]


def test_among_objects_one_after_another_none_is_lost_for_want_of_a_verdict() -> None:
    records = [
        {"path": "A.mkv"},
        {"path": "B.mkv", "status": "HEALTHY"},
        {"path": "C.mkv", "status": "queued"},
        {"path": "D.mkv", "errors": ["no index"]},
        {"total_files": 4, "path": "."},
    ]
    assert pairs("\n".join(json.dumps(record, indent=1) for record in records)) == [
        ("B.mkv", HEALTHY),
        ("A.mkv", UNKNOWN),
        ("C.mkv", SUSPICIOUS),
        ("D.mkv", SUSPICIOUS),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Coco\t(2017).mkv",
        "/m/My\tfilms/Coco (2017).mkv",
        "Coco (2017).mkv.!qB",
        "films/Coco (2017).mkv.part",
        "/m/Coco\t(2017).MKV.crdownload",
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\0"])
def test_a_list_may_hold_tabs_in_names_and_files_that_are_not_whole_yet(line: str, ends: str) -> None:
    assert pairs(f"{line}{ends}/m/A.mkv{ends}") == [(line, HEALTHY), ("/m/A.mkv", HEALTHY)]


def test_in_a_list_with_nuls_one_odd_name_is_left_out_alone() -> None:
    results, summary, warnings = read("lib/A.mkv\0lib/.DS_Store\0lib/B.mkv\0")
    assert ([result.path for result in results], summary.dropped) == (["lib/A.mkv", "lib/B.mkv"], 1)
    assert warnings == ["standard input: record 2: 'lib/.DS_Store' does not look like a path; left out"]


def test_checkrr_may_list_a_file_that_is_not_whole_yet() -> None:
    assert pairs("/m/Coco, the film.mkv.!qB,unknown\n") == [("/m/Coco, the film.mkv.!qB", CORRUPT)]


def test_size_duration_and_reason_are_taken_along() -> None:
    results, _, _ = read(
        '[{"path": "/a.mkv", "status": "CORRUPT", "size": 5, "duration": 7.5, "reason": "no index"},'
        '{"filename": "/b.mkv", "status": "CORRUPT", "file_size": "6", "error_message": "cut",'
        ' "video_file": {"path": "/b.mkv", "duration": 0.0}, "reason": ""}]'
    )
    assert results == [
        ScanResult(path="/a.mkv", status=CORRUPT, reason="no index", size=5, duration=7.5),
        ScanResult(path="/b.mkv", status=CORRUPT, reason="cut", size=6, duration=None),
    ]


@pytest.mark.parametrize(
    ("directory", "path", "expected"),
    [
        ("/media", "A.mkv", "/media/A.mkv"),
        ("/media/", "./sub/A.mkv", "/media/sub/A.mkv"),
        ("/media", "/other/A.mkv", "/other/A.mkv"),
        ("videos", "videos/A.mkv", "videos/A.mkv"),
        ("C:\\Videos", "sub\\A.mkv", "C:\\Videos\\sub\\A.mkv"),
        ("C:/Videos", "A.mkv", "C:/Videos/A.mkv"),
        ("\\\\nas\\films", "A.mkv", "\\\\nas\\films\\A.mkv"),
        ("/media", "D:\\A.mkv", "D:\\A.mkv"),
    ],
)
def test_a_relative_path_is_joined_with_the_directory_wherever_that_stands(
    directory: str, path: str, expected: str
) -> None:
    record = {"path": path, "status": "HEALTHY"}
    placed = [ScanResult(path=expected, status=HEALTHY, root=directory)]
    assert read(json.dumps({"directory": directory, "results": [record]}))[0] == placed
    assert read(json.dumps({"results": [record], "directory": directory}, indent=1))[0] == placed
    header = json.dumps({"scan": "cvi-trakt", "version": 1, "directory": directory})
    assert read(f'{header}\n{json.dumps(record)}\n{{"end": true, "files": 1}}\n')[0] == placed


def test_all_results_share_one_root() -> None:
    results, _, _ = read('{"directory": "/m", "files": [{"path": "A.mkv"}, {"path": "B.mkv"}]}')
    assert results[0].root is results[1].root


@pytest.mark.parametrize(
    "flags",
    ['"is_corrupt": false, "ok": false', '"is_corrupt": false, "corrupted": true', '"healthy": true, "ok": false'],
)
def test_of_flags_that_contradict_each_other_the_bad_one_counts(flags: str) -> None:
    assert pairs(f'[{{"path": "/a.mkv", {flags}}}]') == [("/a.mkv", CORRUPT)]


@pytest.mark.parametrize(
    "remark", [";CORRUPT", ", CORRUPT", " - CORRUPT", " => corrupt", " (corrupt)", "|1", ",0,1,0", ",I/O error", " , x"]
)
def test_a_path_with_a_remark_behind_it_is_not_taken_for_healthy(remark: str) -> None:
    found, _, warnings = read(f"/films/Alien (1979).mkv\n/films/Heat (1995).mkv{remark}\n/films/Up (2009).mkv\n")
    assert [result.path for result in found] == ["/films/Alien (1979).mkv", "/films/Up (2009).mkv"]
    assert len(warnings) == 1


def test_a_list_beside_the_results_is_not_passed_over_in_silence() -> None:
    results = '"results": [{"path": "/a.mkv", "status": "HEALTHY"}]'
    read_results, _, warnings = read(f'{{{results}, "files": [{{"path": "/b.mkv"}}, {{"path": "/c.mkv"}}]}}')
    assert [result.path for result in read_results] == ["/a.mkv"]
    assert warnings == ["standard input: 2 entries beside the results are no results; passed over"]


@pytest.mark.parametrize("arrays", ['"results": [R], "files": [F]', '"files": [F], "results": [R]'])
def test_of_several_arrays_the_one_with_verdicts_has_the_last_word(arrays: str) -> None:
    record = '{"path": "/m/A.mkv", "status": "HEALTHY"}'
    content = "{" + arrays.replace("[R]", f"[{record}]").replace("[F]", '[{"path": "/m/A.mkv"}]') + "}"
    assert pairs(content)[-1] == ("/m/A.mkv", HEALTHY)


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
    ],
)
@pytest.mark.parametrize(
    "content",
    [
        '{"results": [\r\n{"path": "/m/Amélie.mkv", "status": "HEALTHY"}]}\r\n',
        '{"path": "/m/Amélie.mkv", "status": "HEALTHY"}\r\n{"end": true, "files": 1}\r\n',
        "path,status\r\n/m/Amélie.mkv,HEALTHY\r\n",
        "/m/Amélie.mkv\r\n",
    ],
)
def test_utf_8_and_utf_16_are_read(content: str, encoding: str, mark: bytes) -> None:
    assert pairs(mark + content.encode(encoding)) == [("/m/Amélie.mkv", HEALTHY)]


def test_escapes_and_bytes_that_are_not_utf_8_become_the_same_name() -> None:
    escaped = b'{"results": [{"path": "/m/\\udce9.mkv", "status": "HEALTHY"}]}'
    raw = b'{"results": [{"path": "/m/\xe9.mkv", "status": "HEALTHY"}]}'
    assert pairs(escaped) == pairs(raw) == [("/m/\udce9.mkv", HEALTHY)]


def test_a_raw_control_character_in_a_message_does_no_harm() -> None:
    assert pairs('[{"path": "/m/A.mkv", "status": "CORRUPT", "reason": "one\n\ttwo"}]') == [("/m/A.mkv", CORRUPT)]


@pytest.mark.parametrize("journal", ["DELETE", "WAL"])
def test_an_sqlite_database_is_read_from_a_file_and_from_standard_input(tmp_path: Path, journal: str) -> None:
    file = tmp_path / "scans ü.db"
    db = sqlite3.connect(file)
    db.execute(f"PRAGMA journal_mode={journal}")
    db.execute("CREATE TABLE scan_results (id INTEGER PRIMARY KEY, scan_id, filename, is_corrupt, status)")
    db.execute("INSERT INTO scan_results VALUES (7, 42, '/m/A.mkv', 0, 'HEALTHY')")
    db.execute("INSERT INTO scan_results VALUES (8, 42, CAST(x'2f6de92e6d6b76' AS TEXT), 1, NULL)")
    db.execute("INSERT INTO scan_results VALUES (9, 42, NULL, 1, NULL)")
    db.commit()
    db.close()
    warnings: list[str] = []
    reader = read_scan(str(file), None, warn=warnings.append)
    expected = [("/m/A.mkv", HEALTHY), ("/m\udce9.mkv", CORRUPT)]
    assert [(result.path, result.status) for result in reader] == expected
    assert reader.summary() == ScanInput(name=str(file), records=2, dropped=1, damaged=None)
    assert warnings == [f"{file}: record 3: no path; left out"]
    assert pairs(file.read_bytes()) == expected
    assert list(tmp_path.iterdir()) == [file]


def test_rows_that_are_only_in_the_log_of_an_open_database_are_read(tmp_path: Path) -> None:
    file = tmp_path / "scans.db"
    db = sqlite3.connect(file)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("CREATE TABLE scan_results (path, status)")
    db.execute("INSERT INTO scan_results VALUES ('/m/A.mkv', 'HEALTHY')")
    db.commit()
    results = list(read_scan(str(file), None, warn=print))
    db.close()
    assert results == [ScanResult(path="/m/A.mkv", status=HEALTHY)]


def test_an_sqlite_table_without_rows_is_no_error(tmp_path: Path) -> None:
    file = tmp_path / "scans.db"
    db = sqlite3.connect(file)
    db.execute("CREATE TABLE scan_results (filename, is_corrupt)")
    db.commit()
    db.close()
    reader = read_scan(str(file), None, warn=print)
    assert list(reader) == []
    assert reader.summary() == ScanInput(name=str(file), records=0, dropped=0, damaged=None)
