"""What is drawn for a telephone is the code of the text, module by module."""

from __future__ import annotations

import subprocess
import sys

import pytest
import segno

from cvi_trakt.qr import lines

TRAKT = "https://trakt.tv/activate/5055CC52"
HALVES = {" ": (False, False), "▀": (True, False), "▄": (False, True), "█": (True, True)}


def modules(drawn: list[str], *, color: bool) -> list[list[bool]]:
    """Read the modules back from the characters as a camera would see them; True is dark."""
    rows: list[list[bool]] = []
    for line in drawn:
        if color:
            assert line.startswith("\x1b[30;47;107m")
            assert line.endswith("\x1b[0m")
            line = line.removeprefix("\x1b[30;47;107m").removesuffix("\x1b[0m")
        # in colour the letters are dark and the ground light; without colour it is the other way round
        rows += [[HALVES[char][half] is color for char in line] for half in (0, 1)]
    return rows


@pytest.mark.parametrize("color", [True, False], ids=["colour", "no-colour"])
@pytest.mark.parametrize("text", [TRAKT, "A", "http://127.0.0.1:43211/activate/5055CC52", "é" * 300])
def test_the_characters_are_the_code_with_its_quiet_zone(text: str, color: bool) -> None:
    code = segno.make(text, micro=False)
    size = len(code.matrix)
    rows = modules(lines(text, color=color), color=color)
    assert [row[4:-4] for row in rows[4 : 4 + size]] == [[module == 1 for module in row] for row in code.matrix]
    around = [*rows[:4], *rows[4 + size :], *(row[:4] + row[-4:] for row in rows[4 : 4 + size])]
    assert not any(any(row) for row in around)
    assert len(rows) - size in (8, 9)
    assert {len(row) for row in rows} == {size + 8}


@pytest.mark.parametrize("color", [True, False], ids=["colour", "no-colour"])
def test_the_code_of_an_activation_page_fits_into_20_lines_of_40_columns(color: bool) -> None:
    drawn = lines(TRAKT, color=color)
    assert (len(drawn), len(modules(drawn, color=color)[0])) == (19, 37)


def test_without_colour_nothing_but_blocks_is_drawn() -> None:
    assert set("".join(lines(TRAKT, color=False))) == set("▀▄█ ")


def test_a_text_that_is_too_long_for_any_code_is_refused() -> None:
    with pytest.raises(ValueError, match="too large"):
        lines("x" * 3000, color=False)


def test_the_drawing_library_is_not_loaded_before_it_is_needed() -> None:
    script = "import sys, cvi_trakt.qr; print('segno' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "False\n"
    )
