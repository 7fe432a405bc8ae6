"""Lets what must not be torn apart come to its end before a signal ends the program. Imports nothing of ours."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


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
        handler = before[number]
        if len(came) > 1 and callable(handler):
            came.clear()
            handler(number, frame)

    heard = [number for number in ENDING if signal.getsignal(number) is not signal.SIG_IGN]
    before = {int(number): signal.getsignal(number) for number in heard}
    for number in heard:
        signal.signal(number, hold)
    try:
        yield
    finally:
        for number in heard:
            signal.signal(number, before[number])
        if came:
            signal.raise_signal(came[0])
