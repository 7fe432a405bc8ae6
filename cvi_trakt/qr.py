"""A QR code drawn with characters, for a telephone to read off the terminal. Imports nothing of ours."""

from __future__ import annotations

QUIET = 4  # light modules that the standard wants around a code
# black on white on any terminal: 47 is for those that have no bright white (107)
PAPER = "\x1b[30;47;107m"
PLAIN = "\x1b[0m"

_BLOCKS = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


def lines(text: str, *, color: bool) -> list[str]:
    """Draw the QR code of a text, two modules a character, with the quiet zone around it.

    With ``color`` it is black on white by the terminal's own escape sequences, so that it is
    readable on dark and light terminals. Without, the light modules are drawn and the dark ones
    left out: readable where letters are light on dark. Raises ``ValueError`` for a text of more
    than about 2,900 bytes.
    """
    import segno

    code = segno.make_qr(text, error="l", boost_error=True)  # boosted: better where that costs no room
    rows = [[bool(module) for module in row] for row in code.matrix_iter(border=QUIET)]
    if len(rows) % 2:
        rows.append([False] * len(rows[0]))
    drawn = []
    for upper, lower in zip(rows[::2], rows[1::2], strict=True):
        line = "".join(_BLOCKS[(a is color, b is color)] for a, b in zip(upper, lower, strict=True))
        drawn.append(f"{PAPER}{line}{PLAIN}" if color else line)
    return drawn


def columns(drawn: list[str]) -> int:
    """Count the columns that a drawn code takes: escape sequences take none."""
    return len(drawn[0].removeprefix(PAPER).removesuffix(PLAIN))
