"""Runs ffmpeg: finds the program, decodes one file in full, hands on what it says, and ends it when told to."""

from __future__ import annotations

import logging
import os
import selectors
import shutil
import signal
import subprocess
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from cvi_trakt.errors import CviError, ExitCode

LONGEST_LINE = 4096  # bytes of one line that are kept

_PIECE = 1 << 16
_START_SECONDS = 60.0
_LOOK_SECONDS = 1.0  # between two looks whether the run was stopped, should a killed ffmpeg hold its pipes
_DYING_SECONDS = 5.0  # a process that waits for a dead disk cannot even be killed; then it is left behind

log = logging.getLogger(__name__)


class FfmpegError(CviError):
    """There is no ffmpeg, or it does not start."""

    exit_code = ExitCode.USAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoding:
    """How one decode ended.

    ``code`` is ffmpeg's exit code, negative when a signal ended it, None when it was ended because
    its time was up or the run was stopped. ``decoded`` says whether any picture or sound came out;
    ``seconds`` is how much of the video that was.
    """

    code: int | None
    decoded: bool
    seconds: float


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
    """Decodes files, several at once where several threads ask, until it is stopped.

    Args:
        program: the ffmpeg to run.
        threads: how many threads one decode may use.
        environ: the environment of this program, from which ffmpeg's own switches are taken out.
        clock: gives seconds that only go forward.
    """

    def __init__(self, program: str, *, threads: int, environ: Mapping[str, str], clock: Callable[[], float]) -> None:
        self._program = program
        self._threads = threads
        kept = {name: value for name, value in environ.items() if name not in ("FFREPORT", "AV_LOG_FORCE_COLOR")}
        self._environ = {**kept, "AV_LOG_FORCE_NOCOLOR": "1"}
        self._clock = clock
        self._lock = threading.Lock()
        self._running: set[subprocess.Popen[bytes]] = set()
        self._stopped = False

    def decode(self, path: str, *, seconds: float, hear: Callable[[str], None]) -> Decoding:
        """Decode every picture and all sound of one file, and throw it away.

        Args:
            path: the file, as an absolute path.
            seconds: how long it may take.
            hear: is called with each line that ffmpeg says, as it comes.

        Raises ``FfmpegError`` when ffmpeg cannot be started.
        """
        process = self._start(path)
        if process is None:
            return Decoding(code=None, decoded=False, seconds=0.0)
        progress = _Progress()
        try:
            in_time = self._listen(process, self._clock() + seconds, hear, progress)
            code = process.returncode if in_time else None
        finally:
            self._end(process)
        log.debug("ffmpeg %s -> %s", path, code)
        return Decoding(code=code, decoded=progress.decoded, seconds=progress.seconds)

    def stop(self) -> None:
        """End every decode that runs, with whatever it has started, and begin no other."""
        with self._lock:
            self._stopped = True
            for process in self._running:
                _kill(process)

    def _start(self, path: str) -> subprocess.Popen[bytes] | None:
        with self._lock:
            if self._stopped:
                return None
            try:
                process = subprocess.Popen(  # noqa: S603 - a list of arguments, no shell
                    self._command(path),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    env=self._environ,
                    process_group=0,  # killed as a whole, and out of reach of the terminal's Ctrl-C
                )
            except OSError as error:
                raise FfmpegError(f"{self._program}: cannot be started: {error.strerror}") from error
            self._running.add(process)
        return process

    def _command(self, path: str) -> list[str]:
        quietly = ["-nostdin", "-hide_banner", "-nostats", "-loglevel", "level+warning"]
        # "file:" takes any name for what it is: one with a colon, a dash, a %d. Playlists must not lead elsewhere.
        # "sortdts" makes ffmpeg read AVI by its index: without it, frames that are gone are passed over in silence.
        reading = ["-protocol_whitelist", "file", "-fflags", "+sortdts", "-threads", str(self._threads)]
        # A capital V leaves out cover pictures: they say nothing about the film.
        chosen = ["-map", "0:V?", "-map", "0:a?", "-sn", "-dn"]
        nowhere = ["-progress", "pipe:1", "-f", "null", "-"]
        return [self._program, *quietly, *reading, "-i", f"file:{path}", *chosen, *nowhere]

    def _listen(
        self, process: subprocess.Popen[bytes], deadline: float, hear: Callable[[str], None], progress: _Progress
    ) -> bool:
        """Hear ffmpeg out to its end; False when its time is up or the run was stopped."""
        assert process.stderr is not None
        assert process.stdout is not None
        with selectors.DefaultSelector() as ready:
            ready.register(process.stderr, selectors.EVENT_READ, _Lines(hear))
            ready.register(process.stdout, selectors.EVENT_READ, _Lines(progress.take))
            while ready.get_map():
                left = deadline - self._clock()
                if left <= 0 or self._stopped:
                    return False
                for key, _ in ready.select(min(left, _LOOK_SECONDS)):
                    piece = os.read(key.fd, _PIECE)
                    key.data.feed(piece)
                    if not piece:
                        ready.unregister(key.fileobj)
        try:
            process.wait(max(0.0, deadline - self._clock()))
        except subprocess.TimeoutExpired:
            return False
        return not self._stopped

    def _end(self, process: subprocess.Popen[bytes]) -> None:
        _kill(process)
        with suppress(subprocess.TimeoutExpired):
            process.wait(_DYING_SECONDS)
        with self._lock:
            self._running.discard(process)
        for stream in (process.stdout, process.stderr):
            if stream is not None:
                stream.close()


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


class _Progress:
    """Reads ``-progress``: how many pictures, and how much time, have been decoded."""

    def __init__(self) -> None:
        self.decoded = False
        self.seconds = 0.0

    def take(self, line: str) -> None:
        """Take one line, such as ``frame=200`` or ``out_time_us=8040000``, which may be ``N/A``."""
        name, _, value = line.partition("=")
        if name not in ("frame", "out_time_us") or not value.strip().isdecimal():
            return
        number = int(value)
        self.decoded = self.decoded or number > 0
        if name == "out_time_us":
            self.seconds = number / 1e6


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
