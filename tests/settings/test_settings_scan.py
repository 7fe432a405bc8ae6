"""The section ``scan``: its values in every spelling, and a file that is shared with the inspector."""

from __future__ import annotations

from pathlib import Path

import pytest

from cvi_trakt.config import Config, load
from cvi_trakt.errors import SettingsError
from cvi_trakt.media import Status
from cvi_trakt.scan.inspection import Mode
from cvi_trakt.settings import ScanSettings, entries
from cvi_trakt.settings_values import Parser, bad_statuses, endings, globs, number, one_of, size, whole


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    return tmp_path


def loaded(folder: Path, text: str = "", environ: dict[str, str] | None = None, **options: object) -> Config:
    (folder / "config.yaml").write_text(text)
    given = {f"scan.{name}": value for name, value in options.items()}
    return load(environ=environ or {}, folder=folder, options=given, run_secrets=folder / "none")


def test_every_key_is_read_from_the_file(here: Path) -> None:
    text = """\
scan:
  mode: Deep
  jobs: 2
  extensions: [+iso, -ts]
  exclude: ["*.iso", Extras, "Shows/Old/**"]
  min_size: 1.5GiB
  fail_on: [corrupt]
  nice: 19
  timeout: 60
"""
    found = loaded(here, text)
    assert found.settings.scan == ScanSettings(
        mode="deep",
        jobs=2,
        extensions=("+iso", "-ts"),
        exclude=("*.iso", "Extras", "Shows/Old/**"),
        min_size=1_610_612_736,
        fail_on=(Status.CORRUPT,),
        nice=19,
        timeout=60.0,
    )
    assert found.warnings == ()


def test_every_key_is_read_from_the_environment_and_goes_before_the_file(here: Path) -> None:
    environ = {
        "CVI_SCAN_MODE": "quick",
        "CVI_SCAN_JOBS": "3",
        "CVI_SCAN_EXTENSIONS": ".mkv, MP4",
        "CVI_SCAN_EXCLUDE": "Extras Old,\n*.iso\n/mnt/x,\n",
        "CVI_SCAN_MIN_SIZE": "50M",
        "CVI_SCAN_FAIL_ON": "suspicious, Corrupt",
        "CVI_SCAN_NICE": "5",
        "CVI_SCAN_TIMEOUT": "1",
    }
    found = loaded(here, "scan:\n  mode: deep\n  nice: 1\n", environ)
    assert found.settings.scan == ScanSettings(
        mode="quick",
        jobs=3,
        extensions=("mkv", "mp4"),
        exclude=("Extras Old", "*.iso", "/mnt/x"),
        min_size=52_428_800,
        fail_on=(Status.SUSPICIOUS, Status.CORRUPT),
        nice=5,
        timeout=1.0,
    )
    assert found.origins["scan.mode"] == "environment CVI_SCAN_MODE"


def test_an_option_goes_before_both_and_takes_the_place_of_a_whole_list(here: Path) -> None:
    environ = {"CVI_SCAN_EXCLUDE": "a,b", "CVI_SCAN_MODE": "quick"}
    scan = loaded(
        here, "scan:\n  fail_on: [suspicious]\n", environ, exclude=["c"], fail_on=[Status.CORRUPT]
    ).settings.scan
    assert (scan.exclude, scan.fail_on, scan.mode) == (("c",), (Status.CORRUPT,), "quick")


def test_without_any_of_them_the_defaults_hold(here: Path) -> None:
    assert loaded(here, "scan:\n").settings.scan == ScanSettings(
        mode="hybrid", jobs=None, extensions=None, exclude=(), min_size=0, fail_on=(), nice=0, timeout=300.0
    )


def test_the_modes_of_the_settings_are_those_of_the_scan() -> None:
    entry = next(entry for entry in entries() if entry.dotted == "scan.mode")
    assert [Mode(entry.key.parse(word)) for word in ("quick", "deep", "hybrid")] == list(Mode)


def test_an_unknown_variable_of_the_section_is_a_warning_that_names_a_near_one(here: Path) -> None:
    assert loaded(here, environ={"CVI_SCAN_MODES": "quick"}).warnings == (
        "environment: CVI_SCAN_MODES is not a setting (did you mean CVI_SCAN_MODE?)",
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param(0, 0, id="zero"),
        pytest.param("1000000", 1_000_000, id="bytes"),
        pytest.param("700b", 700, id="bytes-with-a-unit"),
        pytest.param("1K", 1024, id="k"),
        pytest.param("50M", 52_428_800, id="m"),
        pytest.param(" 1.5 GiB ", 1_610_612_736, id="fraction"),
        pytest.param("2tib", 2_199_023_255_552, id="lower-case"),
        pytest.param("50MB", 50_000_000, id="by-1000"),
        pytest.param("0.1kB", 100, id="small"),
    ],
)
def test_a_size_in_every_spelling(value: object, expected: int) -> None:
    assert size(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        pytest.param("mkv", ("mkv",), id="one"),
        pytest.param(".MKV,mp4 Avi", ("mkv", "mp4", "avi"), id="dots-capitals-commas-blanks"),
        pytest.param(["mkv", ".mkv"], ("mkv",), id="twice"),
        pytest.param("+iso,-.TS", ("+iso", "-ts"), id="added-and-taken-away"),
        pytest.param(("+iso",), ("+iso",), id="what-it-gave-itself"),
    ],
)
def test_endings_in_every_spelling(value: object, expected: tuple[str, ...]) -> None:
    assert endings(value) == expected


@pytest.mark.parametrize(
    ("parse", "value", "words"),
    [
        pytest.param(size, "lots", "expected a size such as 50M", id="size-word"),
        pytest.param(size, "-1", "expected a size", id="size-below-zero"),
        pytest.param(size, "1.5", "expected a size", id="size-of-half-a-byte"),
        pytest.param(size, "1,5G", "expected a size", id="size-with-a-comma"),
        pytest.param(size, "5X", "expected a size", id="size-unit"),
        pytest.param(size, True, "expected a size", id="size-truth"),
        pytest.param(size, "", "expected a size", id="size-empty"),
        pytest.param(endings, [264], "put numbers in quotes", id="ending-number"),
        pytest.param(endings, "*.mkv", "expected endings of file names such as mkv", id="ending-pattern"),
        pytest.param(endings, "tar.gz", "expected endings", id="ending-with-a-dot"),
        pytest.param(endings, "+", "expected endings", id="ending-missing"),
        pytest.param(endings, [], "at least one", id="ending-none"),
        pytest.param(endings, "+iso,mkv", r"before all endings, or before none", id="ending-of-both-kinds"),
        pytest.param(globs, [""], "not an empty one", id="pattern-empty"),
        pytest.param(globs, ["/"], "not an empty one", id="pattern-slash"),
        pytest.param(globs, ["../Old"], r"without \. and \.\.", id="pattern-dots"),
        pytest.param(globs, ["a/./b"], r"without \. and \.\.", id="pattern-dot"),
        pytest.param(globs, [2010], "put it in quotes", id="pattern-number"),
        pytest.param(bad_statuses, "healthy", "out of CORRUPT, SUSPICIOUS", id="status-good"),
        pytest.param(bad_statuses, "all", "out of CORRUPT, SUSPICIOUS", id="status-unknown"),
        pytest.param(whole(0, 19), 20, "from 0 to 19", id="nice-above"),
        pytest.param(whole(0, 19), -1, "from 0 to 19", id="nice-below"),
        pytest.param(number(1), "0.5", "from 1 up", id="timeout-short"),
        pytest.param(number(1), "nan", "from 1 up", id="timeout-not-a-number"),
        pytest.param(number(1), "inf", "from 1 up", id="timeout-endless"),
        pytest.param(one_of(*Mode), "full", "quick, deep, hybrid", id="mode"),
    ],
)
def test_what_cannot_be_read_says_what_was_expected(parse: Parser, value: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse(value)


def test_a_wrong_value_is_named_with_its_place(here: Path) -> None:
    with pytest.raises(SettingsError, match=r"^config.yaml: scan.min_size: expected a size such as 50M.*, not 'lots'$"):
        loaded(here, "scan:\n  min_size: lots\n")


def test_a_file_that_is_shared_with_the_inspector_is_read_with_one_warning_a_section(here: Path) -> None:
    """The inspector's sample file: ``mode`` and ``extensions`` mean the same in both programs."""
    text = """\
ffmpeg:
  quick_timeout: 30
scan:
  recursive: true
  max_workers: 8
  mode: "quick"
  default_input_dir: /videos
  extensions: [".mp4", ".mkv"]
trakt:
  include_statuses: ["healthy"]
"""
    found = loaded(here, text)
    assert (found.settings.scan.mode, found.settings.scan.extensions) == ("quick", ("mp4", "mkv"))
    assert found.warnings == (
        "config.yaml: section 'ffmpeg' is not ours and is left alone",
        "config.yaml: scan.default_input_dir, scan.max_workers, scan.recursive: Corrupt Video Inspector's, left alone",
    )


@pytest.mark.parametrize(
    ("key", "near"), [("mod", "scan.mode"), ("excludes", "scan.exclude"), ("minsize", "scan.min_size")]
)
def test_a_key_that_neither_program_knows_is_an_error_that_names_the_nearest(here: Path, key: str, near: str) -> None:
    with pytest.raises(SettingsError, match=rf"^config.yaml: unknown key scan.{key}. Did you mean {near}\?$"):
        loaded(here, f"scan:\n  recursive: true\n  {key}: 1\n")
