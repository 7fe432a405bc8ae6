"""Makes small real videos, and damages them as disks, downloads and networks do."""

from __future__ import annotations

import os
import subprocess
import tempfile
from functools import lru_cache
from pathlib import Path

from cvi_trakt.scan.inspect.ffmpeg import find_ffmpeg

# Codecs that every usual ffmpeg has, by extension; each file has a picture and a tone.
CODECS = {
    ".avi": ("mpeg4", "mp2"),
    ".mkv": ("mpeg4", "aac"),
    ".mov": ("mpeg4", "aac"),
    ".mp4": ("mpeg4", "aac"),
    ".mpg": ("mpeg2video", "mp2"),
    ".ts": ("mpeg2video", "mp2"),
    ".webm": ("libvpx", "libopus"),
    ".wmv": ("wmv2", "wmav2"),
}


def make_video(path: Path, *, seconds: int = 2, picture: bool = True, sound: bool = True) -> Path:
    """Make one intact video, in the folders that it takes; its extension says of which kind. Gives the path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_content(path.suffix.lower(), seconds, picture, sound))
    return path


def cut_off(path: Path, *, keep: float = 0.6) -> Path:
    """Keep only the first part, as of a download that broke off."""
    with path.open("r+b") as video:
        video.truncate(int(path.stat().st_size * keep))
    return path


def zero_out(path: Path, *, at: float = 0.5, length: int = 20_000) -> Path:
    """Overwrite a part with zeros, as a download that never got it."""
    size = path.stat().st_size
    with path.open("r+b") as video:
        video.seek(int(size * at))
        video.write(bytes(min(length, size - int(size * at))))
    return path


@lru_cache
def _content(extension: str, seconds: int, picture: bool, sound: bool) -> bytes:
    picture_codec, sound_codec = CODECS[extension]
    words: list[str] = []
    if picture:
        words += ["-f", "lavfi", "-i", f"testsrc2=size=320x180:rate=25:duration={seconds}"]
    if sound:
        words += ["-f", "lavfi", "-i", f"sine=frequency=440:sample_rate=48000:duration={seconds}"]
    words += ["-c:v", picture_codec] if picture else []
    words += ["-c:a", sound_codec] if sound else []
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / f"made{extension}"
        command = [find_ffmpeg(os.environ.get("PATH")), "-nostdin", "-v", "error", *words, str(made)]
        subprocess.run(command, check=True)
        return made.read_bytes()


def fake_ffmpeg(folder: Path, script: str) -> Path:
    """Write a shell script that is found as ffmpeg in this folder, and starts like one; gives its path.

    The script has the file that is to be decoded in ``$file``, and the real program in ``$real``.
    """
    folder.mkdir(exist_ok=True)
    program = folder / "ffmpeg"
    real = find_ffmpeg(os.environ.get("PATH"))
    named = "for word; do case $word in file:*) file=${word#file:};; esac; done"
    program.write_text(f'#!/bin/sh\n[ "$1" = -version ] && exit 0\nreal={real}\n{named}\n{script}\n', encoding="utf-8")
    program.chmod(0o755)
    return program
