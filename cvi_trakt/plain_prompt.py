"""Asks line by line, at a terminal that cannot move its cursor."""

from __future__ import annotations

import termios
from contextlib import suppress

from cvi_trakt.errors import NoTerminalError
from cvi_trakt.menus import Menu, MenuEntry
from cvi_trakt.terminal_device import GONE, TerminalDevice
from cvi_trakt.visible import clean


class PlainPrompt:
    """Questions as lines of text, answers as lines typed."""

    def __init__(self, device: TerminalDevice) -> None:
        self._device = device

    def pick(self, menu: Menu) -> MenuEntry:
        """Print the choices and read the key of one; an empty line takes the preselected one."""
        for entry in menu.entries:
            lines = (f"  {entry.key}. {entry.line}", *(f"     {one}" for one in entry.details))
            self._device.write("".join(f"{clean(line)}\n" for line in lines))
        while True:
            typed = self._line(f"{clean(str(menu.message))} [{menu.preselected}] ")
            if not typed:
                raise NoTerminalError(GONE)
            chosen = menu.entry(typed.strip().lower() or menu.preselected)
            if chosen is not None:
                return chosen
            self._device.write("Type the number or letter of a line.\n")

    def text(self, message: str, default: str) -> str:
        """Read one line; an empty one takes the default, the end of input (Ctrl-D) gives an empty text."""
        typed = self._line(f"{message} [{default}] " if default else f"{message} ")
        return (typed.strip() or default) if typed else ""

    def secret(self, message: str) -> str:
        """Read one line without showing it."""
        number = self._device.reader.fileno()
        try:
            before = termios.tcgetattr(number)
        except termios.error as error:
            raise NoTerminalError(GONE) from error
        silent = [*before[:3], before[3] & ~termios.ECHO, *before[4:]]
        try:
            termios.tcsetattr(number, termios.TCSAFLUSH, silent)
            return self._line(f"{message} ").strip()
        finally:
            with suppress(termios.error, NoTerminalError):  # the terminal may be gone
                termios.tcsetattr(number, termios.TCSADRAIN, before)
                self._device.write("\n")

    def confirm(self, message: str, *, default: bool) -> bool:
        """Read yes or no; an empty line takes the default."""
        while True:
            typed = self._line(f"{message} [{'Y/n' if default else 'y/N'}] ")
            if not typed:
                raise NoTerminalError(GONE)
            word = typed.strip().lower()
            if not word:
                return default
            if word in ("y", "yes", "n", "no"):
                return word.startswith("y")

    def _line(self, message: str) -> str:
        self._device.write(message)
        try:
            return self._device.reader.readline()
        except OSError as error:
            raise NoTerminalError(GONE) from error
