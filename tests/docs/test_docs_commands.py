"""What the documents say, against the program: commands run and print what is shown, and nothing is left out."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import pytest
from driving import Program
from terminal import CTRL_C, Terminal
from videos import cut_off, make_video

from cvi_trakt.cli.root import COMMANDS
from cvi_trakt.cli.root import program as build
from cvi_trakt.scan.inspection import Trouble
from cvi_trakt.settings import Entry, entries

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
STATE = ".local/state/cvi-trakt"  # below the home folder, where Linux has it
VARIES = (
    (re.compile(r"\d{4}-\d\d-\d\d( \d\d:\d\d(?= UTC)|T[\d:.+-]+(Z|-[0-9a-f]{2})?)?"), "DATE"),
    (re.compile(r"http://127\.0\.0\.1:\d+"), "ADDRESS"),
    (re.compile(r"\b127\.0\.0\.1-\d+"), "HOST"),
    (re.compile(r"\b[0-9A-F]{8}\b"), "CODE"),
    (re.compile(r'"id": \d+'), '"id": N'),
)


@dataclass(frozen=True)
class Block:
    """One fenced block of a document: its info string, the line it begins at, its text."""

    info: str
    line: int
    text: str


def blocks(document: Path) -> list[Block]:
    found: list[Block] = []
    info, begin, lines = "", 0, list[str]()
    for number, line in enumerate(document.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("```") and not begin:
            info, begin, lines = line[3:].strip(), number, []
        elif line.startswith("```"):
            found.append(Block(info, begin, "\n".join(lines) + "\n"))
            begin = 0
        elif begin:
            lines.append(line)
    assert not begin, f"{document.name}:{begin}: the block has no end"
    return found


def shell(script: str, program: Program, without: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    """Run a script as a reader would who has the program on the path."""
    path = f"{Path(sys.executable).parent}:{program.environment['PATH']}"
    left_out = ("CVI_TRAKT_RATE", *without)
    environment = {name: value for name, value in program.environment.items() if name not in left_out}
    ended = subprocess.run(
        ["bash", "-c", script],
        cwd=program.folder,
        env={**environment, "PATH": path},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=30,
        check=False,
    )
    program.said.append(ended.stdout)
    return ended


def masked(text: str) -> str:
    for pattern, word in VARIES:
        text = pattern.sub(word, text)
    return re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE).strip()


def session(text: str) -> list[tuple[str, str]]:
    """Take a console block apart into commands and what each printed."""
    commands = re.split(r"^\$ ", text, flags=re.MULTILINE)
    assert not commands[0].strip(), "a console block begins with a command"
    return [(command, output) for command, _, output in (one.partition("\n") for one in commands[1:])]


@pytest.fixture
def reader(program: Program) -> Program:
    """Who reads the documents: with the examples, three videos, and the state where a home has it."""
    shutil.copytree(ROOT / "examples", program.folder / "examples")
    shutil.copy(ROOT / "examples" / "scan_results.json", program.folder)
    make_video(program.folder / "videos/The.Matrix.1999.mkv")
    make_video(program.folder / "videos/Breaking.Bad.S01E01.mkv")
    cut_off(make_video(program.folder / "videos/Inception.2010.mp4"))
    (program.home / STATE).mkdir(parents=True)
    (program.folder / "state").symlink_to(program.home / STATE)  # where it is searched for secrets
    program.environment["CVI_STATE_DIR"] = str(program.home / STATE)
    return program


def at_home(text: str, program: Program) -> str:
    """Name folders as the documents do: the reader's home, and the folder they work in, are ``/home/me``."""
    return text.replace(str(program.home), "/home/me").replace(str(program.folder), "/home/me")


@pytest.mark.parametrize("document", [pytest.param(one, id=one.name) for one in DOCUMENTS])
def test_every_command_of_a_document_runs_and_prints_what_is_shown(document: Path, reader: Program) -> None:
    code = 0
    for block in blocks(document):
        where = f"{document.name}:{block.line}"
        language, *words = block.info.split()
        without = ("CVI_TRAKT_TOKEN",) if "no-token" in words else ()
        if language == "sh" and "no-run" not in words:
            ended = shell(f"set -eo pipefail\n{block.text}", reader, without)
            assert ended.returncode == 0, f"{where}: exit {ended.returncode}\n{block.text}\n{ended.stdout}"
        elif language == "console":
            for command, expected in session(block.text):
                ended = shell(f"(exit {code})\n{command}", reader, without)
                code = ended.returncode
                assert masked(at_home(ended.stdout, reader)) == masked(expected), f"{where}: {command}"


def test_the_prompt_that_is_shown_is_what_the_terminal_shows(reader: Program) -> None:
    (shown,) = (one for one in blocks(ROOT / "docs" / "trakt.md") if one.info == "text prompt")
    reader.write("films.txt", "/films/Dune.mkv\n")
    with Terminal(reader, "sync", "films.txt", "--interactive") as terminal:
        terminal.wait_for("x. Skip all from here")
        terminal.send("1")
        terminal.wait_for("» 1.")
        terminal.wait_for("https://trakt.tv/movies/dune-2021")
        screen = str(terminal)
        terminal.send(CTRL_C)
        assert terminal.end().code == 130
    assert screen.strip() == shown.text.strip()


def test_the_sandbox_prints_the_settings_that_are_shown(reader: Program) -> None:
    (shown,) = (one.text for one in blocks(ROOT / "docs" / "trakt.md") if one.text.startswith("Sandbox at "))
    process = reader.start("sandbox", "--port", "0")
    try:
        assert process.stdout is not None
        printed = b"".join(process.stdout.readline() for _ in shown.splitlines()).decode()
    finally:
        process.terminate()
        process.communicate(timeout=10)
    assert masked(printed) == masked(shown)


@pytest.mark.parametrize("document", [pytest.param(one, id=one.name) for one in DOCUMENTS])
def test_every_link_inside_the_project_leads_somewhere(document: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8"))
    local = [target for target in targets if "://" not in target]
    assert [target for target in local if not (document.parent / target).exists()] == []


def commands() -> dict[str, click.Command]:
    root = build("cvi-trakt")
    assert isinstance(root, click.Group)
    found: dict[str, click.Command] = {}
    for name in COMMANDS:
        command = root.get_command(click.Context(root), name)
        assert command is not None
        found[name] = command
        if isinstance(command, click.Group):
            found |= {f"{name} {below}": one for below, one in command.commands.items()}
    return found


def section(name: str) -> str:
    """Give the text of the reference under the heading of this name."""
    text = (ROOT / "docs" / "CLI.md").read_text(encoding="utf-8")
    found = re.search(rf"^#+ `?{re.escape(name)}`?\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found is not None, f"docs/CLI.md has no section {name}"
    return found[1]


@pytest.mark.parametrize("name", commands())
def test_the_reference_names_every_option_of_a_command(name: str) -> None:
    told = section(name) + section("Options of every command")
    options = {spelling for one in commands()[name].params if isinstance(one, click.Option) for spelling in one.opts}
    assert {option for option in options if f"`{option}" not in told} == set()


@pytest.mark.parametrize("entry", [pytest.param(entry, id=entry.dotted) for entry in entries()])
def test_the_settings_page_names_every_key_with_its_variable(entry: Entry) -> None:
    text = (ROOT / "docs" / "config.md").read_text(encoding="utf-8")
    row = next((line for line in text.splitlines() if line.startswith(f"| `{entry.dotted}` |")), "")
    assert f"`{entry.variable}`" in row


def messages() -> Iterator[str]:
    """Give every text of the program, with … for what is filled in."""
    for file in sorted((ROOT / "cvi_trakt").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                yield "".join(str(one.value) if isinstance(one, ast.Constant) else "…" for one in node.values)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def unknown(explained: list[str]) -> list[str]:
    """Give those that are no words of the program."""
    known = "\n".join(messages())
    return [words for words in explained if not all(part.strip() in known for part in words.split("…"))]


def test_every_message_that_is_explained_is_one_of_the_program() -> None:
    text = (ROOT / "docs" / "trakt.md").read_text(encoding="utf-8").partition("## Troubleshooting")[2]
    first_cells = re.findall(r"^\| (`.*?) \|", text, re.MULTILINE)
    explained = [words for cell in first_cells for words in re.findall(r"`([^`]+)`", cell)]
    assert len(explained) > 60
    assert unknown(explained) == []


def column(document: Path, name: str) -> list[str]:
    """Give the cells of the columns of this name, of all tables of a document."""
    cells: list[str] = []
    head: list[str] = []
    for line in document.read_text(encoding="utf-8").splitlines():
        row = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else []
        if row and head and name in head and not line.startswith("|---"):
            cells.append(row[head.index(name)])
        head = (head or row) if row else []
    return cells


def test_every_reason_of_a_scan_that_is_explained_is_one_of_the_program() -> None:
    page = ROOT / "docs" / "scan.md"
    cells = column(page, "reason") + column(page, "note")
    explained = [words for cell in cells for words in re.findall("`(.+?)`", cell)]
    assert len(explained) > 40
    assert unknown(explained) == []


def test_every_kind_of_unreadable_is_explained() -> None:
    assert column(ROOT / "docs" / "scan.md", "kind") == [str(trouble) for trouble in Trouble]
