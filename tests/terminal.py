"""A terminal for tests: the program runs at a real pseudo-terminal, whose screen an emulator keeps."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

import pyte
from driving import Ended, Program

PATIENCE = 30.0  # seconds after which what does not come is a failure
LOOK = 0.05  # seconds between two looks at whether the program has ended

ENTER, UP, DOWN, ESCAPE = "\r", "\x1b[A", "\x1b[B", "\x1b"
CTRL_C, CTRL_D, CTRL_U = "\x03", "\x04", "\x15"
COLOR = re.compile(rb"\x1b\[[0-9;]*\b(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])[0-9;]*m")


class Terminal:
    """The program at a pseudo-terminal that controls it; a context manager that kills what still runs.

    Its standard streams are the terminal, but for ``stdin`` given as bytes, which comes through a pipe,
    and for output with ``piped_output``, which ``end()`` gives. ``size`` is rows and columns.
    With ``controls`` false it is only its streams; with ``nohup`` it stays when the terminal goes away.
    ``raw`` is every byte that came to the screen.
    """

    def __init__(
        self,
        program: Program,
        *arguments: str,
        stdin: bytes | None = None,
        piped_output: bool = False,
        size: tuple[int, int] = (24, 80),
        env: Mapping[str, str | None] | None = None,
        controls: bool = True,
        nohup: bool = False,
    ) -> None:
        rows, columns = size
        self.raw = b""
        self._emulator = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._emulator)
        self._program = program
        self._controls, self._nohup = controls, nohup
        self._master, self._slave = pty.openpty()
        self._open = [self._master, self._slave]
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self._mode = termios.tcgetattr(self._slave)
        streams: dict[str, Any] = {
            "stdin": self._slave if stdin is None else subprocess.PIPE,
            "stdout": subprocess.PIPE if piped_output else self._slave,
            "stderr": self._slave,
            "start_new_session": True,
            "preexec_fn": self._prepare,
        }
        self._process = program.start(*arguments, env={"TERM": "xterm-256color", **(env or {})}, **streams)
        if self._process.stdin is not None:
            self._process.stdin.write(stdin or b"")
            self._process.stdin.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._close()
        self._program.said.append(self.raw.decode("utf-8", "replace"))

    @property
    def screen(self) -> list[str]:
        """The lines of the screen, without the space at their ends."""
        return [line.rstrip() for line in self._emulator.display]

    @property
    def has_color(self) -> bool:
        """Whether any colour was asked of the terminal."""
        return COLOR.search(self.raw) is not None

    @property
    def is_restored(self) -> bool:
        """Whether the terminal is as the program found it: echo on, cursor shown."""
        return termios.tcgetattr(self._slave) == self._mode and not self._emulator.cursor.hidden

    def send(self, keys: str) -> None:
        """Type."""
        os.write(self._master, keys.encode())

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the program."""
        self._process.send_signal(number)

    def stop(self) -> None:
        """Stop the program as Ctrl-Z does, and take the terminal as a shell does: its own mode, an empty screen.

        Not with SIGTSTP, which the system keeps from a process that no shell watches.
        """
        self._process.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, self._process.pid, os.WSTOPPED | os.WNOWAIT)
        while self._take():
            pass
        termios.tcsetattr(self._slave, termios.TCSANOW, self._mode)
        self._emulator.reset()

    def go_on(self) -> None:
        """Let the stopped program go on, as a shell's ``fg`` does."""
        self._process.send_signal(signal.SIGCONT)

    def hang_up(self) -> int:
        """Take the terminal away, as when a connection breaks; gives the exit code."""
        self._close()
        return self._process.wait(PATIENCE)

    def wait_for(self, text: str, *, times: int = 1) -> None:
        """Wait until so many lines of the screen show a text: a question that is asked again stands there twice."""
        deadline = time.monotonic() + PATIENCE
        while sum(text in line for line in self.screen) < times:
            ended = self._process.poll() is not None
            if not self._take() and ended:
                raise AssertionError(f"ended with {self._process.returncode} and never showed {text!r}:\n{self}")
            assert time.monotonic() < deadline, f"never shown: {text!r}. The screen:\n{self}"

    def end(self) -> Ended:
        """Wait until the program ends; gives its exit code and its piped output."""
        deadline = time.monotonic() + PATIENCE
        while self._process.poll() is None:
            self._take()
            assert time.monotonic() < deadline, f"does not end. The screen:\n{self}"
        while self._take():
            pass
        out = self._process.stdout.read().decode() if self._process.stdout is not None else ""
        self._program.said.append(out)
        return Ended(self._process.returncode, out, "")

    def __str__(self) -> str:
        return "\n".join(self.screen).rstrip()

    def _close(self) -> None:
        while self._open:
            os.close(self._open.pop())

    def _take(self) -> bool:
        """Take what came to the screen; gives whether anything did."""
        if not select.select([self._master], [], [], LOOK)[0]:
            return False
        data = os.read(self._master, 65536)
        self.raw += data
        self._stream.feed(data)
        return True

    def _prepare(self) -> None:
        if self._controls:
            fcntl.ioctl(self._slave, termios.TIOCSCTTY, 0)
        signal.signal(signal.SIGHUP, signal.SIG_IGN if self._nohup else signal.SIG_DFL)
