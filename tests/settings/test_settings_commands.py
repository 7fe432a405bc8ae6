from __future__ import annotations

import stat
from pathlib import Path

from driving import Program

MAKEFILE = Path(__file__).parents[2] / "Makefile"


def test_config_show_names_each_setting_its_value_and_its_source(program: Program) -> None:
    program.write("config.yaml", "trakt:\n  timeout: 3\n")
    lines = program.run("config", "show").out.splitlines()
    assert lines[0].split() == ["SETTING", "VALUE", "FROM"]
    assert ["trakt.timeout", "3", "config.yaml"] in [line.split() for line in lines]
    assert program.run("config", "show", "--format", "json").json["trakt.client_id"]["value"] == "***"


def test_config_check_says_good_or_what_is_wrong(program: Program) -> None:
    assert program.run("config", "check").out == "✅ Settings are good (no settings file, 7 set)\n"
    program.write("config.yaml", "trakt:\n  timeout: soon\n")
    assert program.run("config", "check").code == 2


def test_config_init_writes_a_private_file_once(program: Program) -> None:
    ended = program.run("config", "init", "--config", "mine.yaml")
    assert (ended.code, ended.out) == (0, "Settings written to mine.yaml\n")
    file = program.folder / "mine.yaml"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.write_text("trakt:\n  timeout: 3\n")
    again = program.run("config", "init", "--config", "mine.yaml")
    assert again.code == 2
    assert "is there already" in again.err
    assert file.read_text() == "trakt:\n  timeout: 3\n"
    assert program.run("config", "init", "--config", "mine.yaml", "--force").code == 0


def test_global_options_stand_before_or_after_the_command(program: Program) -> None:
    program.write("other.yaml", "trakt:\n  username: somebody\n")
    for arguments in (["--config", "other.yaml", "config", "show"], ["config", "show", "--config", "other.yaml"]):
        assert "somebody" in program.run(*arguments).out
