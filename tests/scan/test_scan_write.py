"""Scan results as they are written, and read back: the same files, the same verdicts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cvi_trakt.console import json_pieces, write_file
from cvi_trakt.media import Facts, Hdr, ScanResult, Status
from cvi_trakt.scan.earlier import own_results
from cvi_trakt.scan.findings import findings, in_a_line, notes, totals
from cvi_trakt.scan.inspection import Inspection, Mode, Trouble
from cvi_trakt.scan.own_record import as_record, inspection_of
from cvi_trakt.scan.results.reader import read_scan
from cvi_trakt.scan.write import Scan, csv_rows, document, json_lines

FACTS = Facts(
    container="matroska",
    video_codec="hevc",
    width=3840,
    height=2160,
    hdr=Hdr.HDR10,
    audio_codec="dts",
    audio_profile="DTS-HD MA",
    channels="5.1",
)
HEALTHY = Inspection(
    result=ScanResult(path="/v/Dune.2021.mkv", status=Status.HEALTHY, size=1 << 40, duration=9312.5, facts=FACTS),
    note="an edit list",
    changed_at=1_752_520_265_123_456_789,
    seconds=61.25,
)
CORRUPT = Inspection(
    result=ScanResult(path="/v/Up.2009.mkv", status=Status.CORRUPT, reason="pictures in it are damaged", size=5),
    message="[h264] error while decoding MB 3 4",
    first_bad=2467.9,
    errors=17,
    damaged_share=0.03125,
    changed_at=-1,
    seconds=0.5,
)
DOUBTFUL = Inspection(
    result=ScanResult(path="/v/Heat.1995.mkv", status=Status.SUSPICIOUS, reason="nothing in it can be decoded", size=9),
    mode=Mode.QUICK,
    changed_at=0,
)
EMPTY = Inspection(
    result=ScanResult(path="/v/Coco.2017.mkv", status=Status.UNREADABLE, reason="the file is empty", size=0),
    trouble=Trouble.EMPTY,
    changed_at=7,
)
GONE = Inspection(
    result=ScanResult(path="/v/Ran.1985.mkv", status=Status.UNREADABLE, reason="it is not there"), trouble=Trouble.GONE
)
ODD_NAMES = ["/v/=1+1.mkv", '/v/"a", b.mkv', "/v/a\n\n'b'\r.mkv", "/v/caf\udce9 \u202e 千.mkv", "/v/ ; .mkv "]
EVERY = (HEALTHY, CORRUPT, DOUBTFUL, EMPTY, GONE)


def scan_of(*inspections: Inspection, seconds: float = 1.0, earlier: int = 0) -> Scan:
    return Scan(directory="/v", mode=Mode.HYBRID, inspections=inspections, seconds=seconds, earlier=earlier)


def named(path: str) -> Inspection:
    return Inspection(result=ScanResult(path=path, status=Status.HEALTHY, size=1), changed_at=1)


@pytest.mark.parametrize("one", EVERY, ids=["healthy", "corrupt", "doubtful", "empty", "gone"])
def test_a_record_reads_back_as_what_it_was_made_from(one: Inspection) -> None:
    record = json.loads(json.dumps(as_record(one)))
    back = inspection_of(record)
    assert back is not None
    assert as_record(back) == record
    assert (back.result, back.mode, back.trouble, back.changed_at) == (
        one.result,
        one.mode,
        one.trouble,
        one.changed_at,
    )


def test_the_record_of_a_damaged_file_says_where_and_how_much() -> None:
    assert as_record(CORRUPT) == {
        "filename": "/v/Up.2009.mkv",
        "status": "CORRUPT",
        "is_corrupt": True,
        "needs_deep_scan": False,
        "deep_scan_completed": True,
        "scan_mode": "deep",
        "file_size": 5,
        "duration": None,
        "inspection_time": 0.5,
        "error_message": "[h264] error while decoding MB 3 4",
        "reason": "pictures in it are damaged",
        "first_bad": "00:41:07",
        "first_bad_seconds": 2467.9,
        "errors": 17,
        "damaged_share": 0.0312,
        "changed_at": "-0.000000001",
    }


def test_the_record_of_a_file_that_could_not_be_read_says_why_and_is_no_damage() -> None:
    record = as_record(EMPTY)
    assert (record["status"], record["unreadable"], record["unreadable_because"]) == ("SUSPICIOUS", True, "empty")
    assert (record["is_corrupt"], record["needs_deep_scan"], record["deep_scan_completed"]) == (False, True, False)


def test_the_record_of_a_healthy_file_says_what_it_is_made_of() -> None:
    record = as_record(HEALTHY)
    assert {key: record[key] for key in ("container", "video_codec", "width", "height", "hdr", "note")} == {
        "container": "matroska",
        "video_codec": "hevc",
        "width": 3840,
        "height": 2160,
        "hdr": "hdr10",
        "note": "an edit list",
    }
    assert (record["audio_codec"], record["audio_profile"], record["channels"]) == ("dts", "DTS-HD MA", "5.1")


@pytest.mark.parametrize(
    "record",
    [
        {},
        {"filename": "/v/a.mkv"},
        {"filename": "/v/a.mkv", "status": "HEALTHY"},
        {"filename": "/v/a.mkv", "status": "HEALTHY", "scan_mode": "full"},
        {"filename": "/v/a.mkv", "status": ["HEALTHY"], "scan_mode": "deep"},
        {"filename": 3, "status": "HEALTHY", "scan_mode": "deep"},
        {"filename": "", "status": "HEALTHY", "scan_mode": "deep"},
        {"filename": "/v/a.mkv", "status": "UNKNOWN", "scan_mode": "deep"},
    ],
)
def test_a_record_that_is_not_ours_is_not_read_back(record: dict[str, object]) -> None:
    assert inspection_of(record) is None


def written(tmp_path: Path, form: str, scan: Scan) -> Path:
    file = tmp_path / "scan"
    pieces = {
        "json": lambda: json_pieces(document(scan)),
        "jsonl": lambda: json_lines(scan),
        "csv": lambda: csv_rows(scan),
    }
    write_file(file, pieces[form]())
    return file


@pytest.mark.parametrize("form", ["json", "jsonl", "csv"])
def test_every_form_is_read_by_sync_with_the_same_statuses_and_facts(tmp_path: Path, form: str) -> None:
    complaints: list[str] = []
    reader = read_scan(str(written(tmp_path, form, scan_of(*EVERY))), None, warn=complaints.append)
    results = list(reader)
    assert [(one.path, one.status) for one in results] == [(one.result.path, one.result.status) for one in EVERY]
    assert (results[0].facts, results[0].duration, results[0].size) == (FACTS, 9312.5, 1 << 40)
    assert [one.reason for one in results[1:]] == [one.result.reason for one in EVERY[1:]]
    assert (reader.summary().damaged, complaints) == (None, [])


@pytest.mark.parametrize("form", ["json", "jsonl", "csv"])
def test_every_form_keeps_every_name(tmp_path: Path, form: str) -> None:
    file = written(tmp_path, form, scan_of(*map(named, ODD_NAMES)))
    assert [one.path for one in read_scan(str(file), None, warn=print)] == ODD_NAMES
    assert [one.result.path for one in own_results(file)] == ODD_NAMES


@pytest.mark.parametrize("form", ["json", "jsonl", "csv"])
def test_every_form_gives_back_what_was_found(tmp_path: Path, form: str) -> None:
    back = list(own_results(written(tmp_path, form, scan_of(*EVERY))))
    assert [as_record(one) for one in back] == [as_record(one) for one in EVERY]


def test_the_row_of_a_csv_that_is_cut_off_is_not_taken_over(tmp_path: Path) -> None:
    file = written(tmp_path, "csv", scan_of(HEALTHY, CORRUPT))
    file.write_text(file.read_text()[:-30])
    assert [one.result.path for one in own_results(file)] == ["/v/Dune.2021.mkv"]


def test_wrong_types_among_the_facts_of_a_record_are_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "scan.json"
    record = {"filename": "/v/a.mkv", "status": "HEALTHY", "width": True, "height": "tall", "hdr": "HDR", "channels": 6}
    file.write_text(json.dumps({"results": [record, record | {"filename": "/v/b.mkv", "video_codec": "vp9"}]}))
    assert [one.facts for one in read_scan(str(file), None, warn=print)] == [None, Facts(video_codec="vp9")]


WORST_FIRST = (
    HEALTHY,
    EMPTY,
    DOUBTFUL,
    CORRUPT,
    Inspection(
        result=ScanResult(path="/v/Alien.1979.mkv", status=Status.CORRUPT, reason="it is cut off"),
        first_bad=61,
        damaged_share=0.5,
    ),
    Inspection(result=ScanResult(path="/v/Brazil.1985.mkv", status=Status.CORRUPT, reason="no index")),
)


def test_the_table_has_what_is_wrong_the_worst_first() -> None:
    assert findings(scan_of(*WORST_FIRST), None) == [
        "STATUS      FIRST BAD  DAMAGED  REASON                        FILE",
        "CORRUPT     00:01:01   50%      it is cut off                 Alien.1979.mkv",
        "CORRUPT     00:41:07   3.1%     pictures in it are damaged    Up.2009.mkv",
        "CORRUPT                         no index                      Brazil.1985.mkv",
        "SUSPICIOUS                      nothing in it can be decoded  Heat.1995.mkv",
        "UNREADABLE                      the file is empty             Coco.2017.mkv",
    ]


def test_where_the_table_is_too_wide_each_file_has_a_line_of_its_own() -> None:
    assert findings(scan_of(*WORST_FIRST), 59) == [
        "STATUS      FIRST BAD  DAMAGED  REASON",
        "    FILE",
        "CORRUPT     00:01:01   50%      it is cut off",
        "    Alien.1979.mkv",
        "CORRUPT     00:41:07   3.1%     pictures in it are damaged",
        "    Up.2009.mkv",
        "CORRUPT                         no index",
        "    Brazil.1985.mkv",
        "SUSPICIOUS                      nothing in it can be decod…",
        "    Heat.1995.mkv",
        "UNREADABLE                      the file is empty",
        "    Coco.2017.mkv",
    ]


def test_columns_that_say_nothing_are_left_out() -> None:
    assert findings(scan_of(DOUBTFUL), 80)[0] == "STATUS      REASON                        FILE"


def test_wide_letters_count_twice_where_the_table_must_fit() -> None:
    wide = Inspection(result=ScanResult(path=f"/v/{'千' * 30}.mkv", status=Status.SUSPICIOUS, reason="odd"))
    assert len(findings(scan_of(wide), 84)) == 2
    assert findings(scan_of(wide), 83)[-1] == f"    {'千' * 30}.mkv"


def test_a_healthy_library_has_no_table() -> None:
    assert findings(scan_of(HEALTHY), 80) == []


@pytest.mark.parametrize(
    ("scan", "line"),
    [
        pytest.param(scan_of(HEALTHY), "1 file checked: 1 healthy", id="one"),
        pytest.param(scan_of(), "0 files checked", id="none"),
        pytest.param(
            scan_of(*EVERY),
            "5 files checked: 1 healthy, 1 suspicious, 1 corrupt, 2 unreadable (1 empty, 1 not there)",
            id="every-kind",
        ),
        pytest.param(
            scan_of(HEALTHY, HEALTHY, seconds=7325.0, earlier=1),
            "2 files checked in 2 h 2 min (1 of them earlier): 2 healthy",
            id="long",
        ),
    ],
)
def test_the_totals_are_one_line(scan: Scan, line: str) -> None:
    assert totals(scan) == line


def test_notes_of_healthy_files_are_counted_and_shown_in_their_lines() -> None:
    assert notes(scan_of(CORRUPT)) is None
    assert notes(scan_of(HEALTHY)) == "1 healthy file has a note: -v shows it"
    assert notes(scan_of(HEALTHY, HEALTHY)) == "2 healthy files have a note: -v shows them"
    assert in_a_line(HEALTHY, earlier=False) == "HEALTHY /v/Dune.2021.mkv (an edit list)"
    assert in_a_line(CORRUPT, earlier=True) == "CORRUPT /v/Up.2009.mkv (pictures in it are damaged; checked earlier)"
