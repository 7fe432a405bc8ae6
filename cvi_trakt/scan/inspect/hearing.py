"""Runs ffmpeg over a file and hears it out; once more without the streams that ffmpeg knows too little of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from cvi_trakt.scan.inspect.ear import Ear
from cvi_trakt.scan.inspect.ffmpeg import Ending, Listener


class Runner(Protocol):
    """Runs ffmpeg; one decode may use so many threads."""

    @property
    def threads(self) -> int:
        """How many threads one decode may use."""
        ...

    def run(self, words: Sequence[str], listener: Listener) -> Ending:
        """Take the words of the command, and who hears what it says."""
        ...


def hear_out(
    ffmpeg: Runner, words: Callable[[Sequence[int]], list[str]], new_ear: Callable[[], Ear]
) -> tuple[Ear, Ending]:
    """Run ffmpeg to its end, and give what was heard.

    A broadcast may announce a stream and never send it. ffmpeg then gives the whole file up, so it is asked
    again without that stream.

    Args:
        ffmpeg: runs it.
        words: gives the words of the command, without these streams.
        new_ear: makes what hears one run.
    """
    ear = new_ear()
    ending = ffmpeg.run(words(()), ear)
    ear.finish()
    unclear = ear.header.unclear()
    if ending.code in (0, None) or ear.timeline.packets or not unclear:
        return ear, ending
    again = new_ear()
    ending_again = ffmpeg.run(words(unclear), again)
    again.finish()
    return (again, ending_again) if again.timeline.packets else (ear, ending)
