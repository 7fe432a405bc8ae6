"""Runs ffmpeg: finds the program, hands on what it says as it comes, and ends it when told to."""

from __future__ import annotations

import logging
import os
import selectors
import shutil
import signal
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from cvi_trakt.errors import CviError, ExitCode

LONGEST_LINE = 4096  # bytes of one line that are kept

_PIECE = 1 << 16
_PIPE = 4096  # bytes: so little that ffmpeg cannot run ahead of the one who listens by more than a second
_MOST_PIECES = 16  # of one pipe in a row, so that none goes unheard
_START_SECONDS = 60.0
_LOOK_SECONDS = 1.0  # between two looks whether the run was stopped, should a killed ffmpeg hold its pipes
_DYING_SECONDS = 5.0  # a process that waits for a dead disk cannot even be killed; then it is left behind

log = logging.getLogger(__name__)


class FfmpegError(CviError):
    """There is no ffmpeg, or it does not start."""

    exit_code = ExitCode.USAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How one run of ffmpeg ended.

    ``code`` is its exit code, negative when a signal ended it, None when it was ended here: because it
    had said nothing for too long (``stalled``), its time was up, or the whole run was stopped.
    """

    code: int | None
    stalled: bool = False


class Listener(Protocol):
    """Hears one run of ffmpeg."""

    def hear(self, line: str) -> None:
        """Take a line of standard error, as it comes."""
        ...

    def take(self, line: str) -> None:
        """Take a line of standard output; what came before a message is given before it."""
        ...

    def seconds_allowed(self) -> float:
        """Say how long the run may take in all; it may grow when the header has been read."""
        ...


def find_ffmpeg(search_path: str | None) -> str:
    """Find an ffmpeg that starts: on the search path, else the one that the package imageio-ffmpeg brings.

    Raises ``FfmpegError`` when there is none, or when it does not start.
    """
    found = shutil.which("ffmpeg", path=search_path) or _bundled()
    if found is None:
        raise FfmpegError(
            "ffmpeg is not installed; install it (Debian: apt install ffmpeg; macOS: brew install ffmpeg), "
            "or add the one of Python's package index: pip install imageio-ffmpeg"
        )
    try:
        tried = subprocess.run(  # noqa: S603 - a list of arguments, no shell
            [found, "-version"], stdin=subprocess.DEVNULL, capture_output=True, timeout=_START_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise FfmpegError(f"{found}: does not start: {getattr(error, 'strerror', None) or 'no answer'}") from error
    if tried.returncode != 0:
        raise FfmpegError(f"{found}: does not start (exit code {tried.returncode}); install ffmpeg anew")
    return found


class Ffmpeg:
    """Runs ffmpeg, several at once where several threads ask, until it is stopped.

    Args:
        program: the ffmpeg to run.
        threads: how many threads one decode may use.
        stall: after how many seconds without a word an ffmpeg is given up.
        environ: the environment of this program, from which ffmpeg's own switches are taken out.
        clock: gives seconds that only go forward.
    """

    def __init__(
        self, program: str, *, threads: int, stall: float, environ: Mapping[str, str], clock: Callable[[], float]
    ) -> None:
        self.threads = threads
        self._program = program
        self._stall = stall
        kept = {name: value for name, value in environ.items() if name not in ("FFREPORT", "AV_LOG_FORCE_COLOR")}
        # Builds that bring their own C library crash when they load this machine's modules for character sets,
        # as they do for the name of a broadcaster in any transport stream.
        self._environ = {**kept, "AV_LOG_FORCE_NOCOLOR": "1", "GCONV_PATH": os.devnull}
        self._clock = clock
        self._lock = threading.Lock()
        self._running: set[subprocess.Popen[bytes]] = set()
        self._stopped = False

    def run(self, words: Sequence[str], listener: Listener) -> Ending:
        """Run ffmpeg with these words to its end. Raises ``FfmpegError`` when it cannot be started."""
        process = self._start(words)
        if process is None:
            return Ending(code=None)
        try:
            ending = self._listen(process, listener)
        finally:
            self._end(process)
        log.debug("ffmpeg %s -> %s", words, ending)
        return ending

    def stop(self) -> None:
        """End every ffmpeg that runs, with whatever it has started, and begin no other."""
        with self._lock:
            self._stopped = True
            for process in self._running:
                _kill(process)

    def _start(self, words: Sequence[str]) -> subprocess.Popen[bytes] | None:
        with self._lock:
            if self._stopped:
                return None
            try:
                process = subprocess.Popen(  # noqa: S603 - a list of arguments, no shell
                    [self._program, *words],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    env=self._environ,
                    process_group=0,  # killed as a whole, and out of reach of the terminal's Ctrl-C
                    pipesize=_PIPE,
                )
            except OSError as error:
                raise FfmpegError(f"{self._program}: cannot be started: {error.strerror}") from error
            self._running.add(process)
        return process

    def _listen(self, process: subprocess.Popen[bytes], listener: Listener) -> Ending:
        """Hear ffmpeg out to its end, or end it."""
        assert process.stdout is not None
        assert process.stderr is not None
        # Standard output first: what was read before a message tells where the message belongs.
        pipes = {process.stdout.fileno(): _Lines(listener.take), process.stderr.fileno(): _Lines(listener.hear)}
        began = heard = self._clock()
        with selectors.DefaultSelector() as ready:
            for pipe in pipes:
                os.set_blocking(pipe, False)
                ready.register(pipe, selectors.EVENT_READ)
            while pipes:
                now = self._clock()
                left = min(began + listener.seconds_allowed(), heard + self._stall) - now
                if self._stopped or left <= 0:
                    return Ending(code=None, stalled=not self._stopped and now - heard >= self._stall)
                if ready.select(min(left, _LOOK_SECONDS)):
                    heard = self._clock()
                for pipe, lines in list(pipes.items()):
                    if not _drain(pipe, lines):
                        ready.unregister(pipe)
                        del pipes[pipe]
        try:
            process.wait(_DYING_SECONDS)
        except subprocess.TimeoutExpired:
            return Ending(code=None, stalled=True)
        return Ending(code=None if self._stopped else process.returncode)

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        _kill(process)
        with suppress(subprocess.TimeoutExpired):
            process.wait(_DYING_SECONDS)
        with self._lock:
            self._running.discard(process)
        for stream in (process.stdout, process.stderr):
            if stream is not None:
                stream.close()


def _drain(pipe: int, lines: _Lines) -> bool:
    """Take what is in a pipe now; False when it has come to its end."""
    for _ in range(_MOST_PIECES):
        try:
            piece = os.read(pipe, _PIECE)
        except BlockingIOError:
            return True
        lines.feed(piece)
        if len(piece) < _PIECE:
            return piece != b""
    return True


class _Lines:
    """Cuts bytes into lines as they come; of a long line only the beginning is kept."""

    def __init__(self, take: Callable[[str], None]) -> None:
        self._take = take
        self._rest = b""

    def feed(self, piece: bytes) -> None:
        """Take the next bytes; none are the end, where the last line may lack its line feed."""
        *whole, rest = (self._rest + piece).split(b"\n")
        for line in whole if piece else [*whole, rest]:
            if line:
                self._take(line[:LONGEST_LINE].decode("utf-8", "surrogateescape"))
        self._rest = rest[:LONGEST_LINE]


def _bundled() -> str | None:
    try:
        import imageio_ffmpeg
    except ImportError:
        return None
    try:
        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError:  # the package is there without a program for this machine
        return None


def _kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a process with everything in its group; one that has been waited for has given its number back."""
    if process.returncode is None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
