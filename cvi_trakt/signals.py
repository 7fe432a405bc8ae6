"""Lets what must not be torn apart come to its end before a signal ends the program. Imports nothing of ours."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import Any

Handler = Callable[[int, FrameType | None], None]

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextmanager
def heard_by(handler: Handler, numbers: Sequence[signal.Signals] = ENDING) -> Iterator[dict[int, Any]]:
    """Let a handler hear signals that are not ignored; gives the handlers before it, which are back afterwards."""
    before = {int(number): signal.getsignal(number) for number in numbers}
    before = {number: earlier for number, earlier in before.items() if earlier is not signal.SIG_IGN}
    for number in before:
        signal.signal(number, handler)
    try:
        yield before
    finally:
        for number, earlier in before.items():
            signal.signal(number, earlier)


@contextmanager
def held() -> Iterator[None]:
    """Hold back the signals that end a program; the one that came is raised when the block is over.

    A second one ends the block at once: the person does not want to wait. Signals that are ignored
    stay so. Only the main thread can hold signals, and only there they are heard.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []

    def hold(number: int, frame: FrameType | None) -> None:
        came.append(number)
        if len(came) > 1 and callable(before[number]):
            came.clear()
            before[number](number, frame)

    try:
        with heard_by(hold) as before:
            yield
    finally:
        if came:
            signal.raise_signal(came[0])
