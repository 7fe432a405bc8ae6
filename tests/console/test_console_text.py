from __future__ import annotations

import json

import pytest
from driving import Program

from cvi_trakt.columns import table
from cvi_trakt.console import clean, json_pieces


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("The Matrix [x264] (1999)", "The Matrix [x264] (1999)", id="brackets-stay"),
        pytest.param("Amélie 千と千尋 🎬", "Amélie 千と千尋 🎬", id="every-script-stays"),
        pytest.param("two\nlines\tand a tab", "two\\nlines\\tand a tab", id="one-line-stays-one"),
        pytest.param("\x1b[31mred\x07", "\\x1b[31mred\\x07", id="no-terminal-codes"),
        pytest.param("abc\u202egpj.exe", "abc\\u202egpj.exe", id="no-turning-of-the-text"),
        pytest.param("Am\udce9lie", "Am\\udce9lie", id="bytes-that-are-no-text"),
    ],
)
def test_text_from_outside_is_safe_to_print(text: str, shown: str) -> None:
    assert clean(text) == shown


def test_json_keeps_bytes_that_are_no_text_as_escapes() -> None:
    text = "".join(json_pieces({"file": "Am\udce9lie 千"}))
    text.encode("utf-8")
    assert "千" in text
    assert json.loads(text) == {"file": "Am\udce9lie 千"}


@pytest.mark.parametrize("rows", [[], [{"a": "x\ny"}], [{"a": 1}, {"b": [1, {"c": None}]}]])
def test_json_that_is_written_row_by_row_is_the_same_as_json_at_once(rows: list[object]) -> None:
    document = {"total": len(rows), "results": rows}
    lazily = {"total": len(rows), "results": iter(rows)}
    assert "".join(json_pieces(lazily)) == json.dumps(document, indent=2)


def test_a_table_counts_wide_characters_as_two_columns() -> None:
    assert table(("TITLE", "N"), [("千と千尋", "1"), ("Heat", "10")], right=(1,)) == [
        "TITLE      N",
        "千と千尋   1",
        "Heat      10",
    ]


def test_a_name_that_is_no_utf8_goes_all_the_way(program: Program) -> None:
    path = b"/v/Am\xe9lie.2001.mkv\n"
    ended = program.run("sync", "-", "-n", "-v", "-o", "report.json", stdin=path)
    assert ended.code == 0
    report = json.loads((program.folder / "report.json").read_text(encoding="utf-8"))
    assert report["results"][0]["filename"].encode("utf-8", "surrogateescape") == path.strip()


@pytest.mark.parametrize("locale", ["C", "POSIX", "C.UTF-8"])
def test_no_locale_breaks_the_printing(program: Program, locale: str) -> None:
    environment = {"LC_ALL": locale, "LANG": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    ended = program.run("sync", "-", "-v", stdin="/v/千と千尋の神隠し (2001).mkv\n", env=environment)
    assert ended.code == 0
    assert "Traceback" not in ended.err


def test_quiet_prints_nothing_but_what_was_asked_for(program: Program) -> None:
    program.scan("/v/Dune.2021.mkv")
    assert (lambda ended: (ended.code, ended.out, ended.err))(program.run("sync", "scan.json", "-q")) == (0, "", "")
    assert program.run("view", "-q").out.splitlines()[1].split()[1] == "Dune"


def test_json_is_valid_in_a_locale_without_unicode(program: Program) -> None:
    environment = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}
    ended = program.run("sync", "-", "-n", "--format", "json", stdin="/v/Film 🎬 千.mkv\n", env=environment)
    assert ended.json["results"][0]["filename"] == "/v/Film 🎬 千.mkv"


def test_output_follows_a_link_and_never_replaces_a_device(program: Program) -> None:
    (program.folder / "link.json").symlink_to("real.json")
    program.run("sync", program.scan("/v/Dune.2021.mkv"), "-n", "-o", "link.json")
    assert (program.folder / "link.json").is_symlink()
    assert json.loads((program.folder / "real.json").read_text())["total"] == 1
    ended = program.run("view", "-q", "-o", "/dev/stdout")
    assert ended.json == []
