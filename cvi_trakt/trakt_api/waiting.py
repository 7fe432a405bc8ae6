"""A sleep that several threads share, and that one call ends for all of them."""

from __future__ import annotations

import threading


class Waiting:
    """Waits as ``time.sleep`` does, until it is called off: Ctrl-C reaches the main thread only."""

    def __init__(self) -> None:
        self._is_over = threading.Event()

    def __call__(self, seconds: float) -> None:
        """Wait so many seconds. Raises ``KeyboardInterrupt`` when it is called off, before or meanwhile."""
        if self._is_over.wait(seconds):
            raise KeyboardInterrupt("waiting was called off")

    def call_off(self) -> None:
        """End all waiting, now and from now on; what is under way at Trakt comes to its end."""
        self._is_over.set()
