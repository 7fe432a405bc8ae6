"""The videos of the damage suite before anything is done to them: every container and codec in pairs, encoded once."""

from __future__ import annotations

import subprocess
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

SECONDS = 10
_SIZE, _RATE = "512x288", 24

# Two scenes with noise, so that 64 KB are a hole and not half of the file, and sound in which no two bits repeat.
_SOURCE = (
    f"testsrc2=size={_SIZE}:rate={_RATE}:duration={SECONDS / 2},noise=alls=20:allf=t:all_seed=1[first];"
    f"mandelbrot=size={_SIZE}:rate={_RATE}:start_scale=0.3:end_scale=0.05:end_pts=200,trim=duration={SECONDS / 2},"
    "noise=alls=8:allf=t:all_seed=2[second];[first][second]concat,format=yuv420p[picture];"
    f"sine=frequency=330:beep_factor=3:sample_rate=48000:duration={SECONDS}[tone];"
    f"anoisesrc=color=pink:amplitude=0.2:seed=3:sample_rate=48000:duration={SECONDS}[hiss];"
    "[tone][hiss]amix=duration=shortest,aformat=sample_fmts=s16:channel_layouts=stereo[sound]"
)

VIDEO = {
    "h264": "-c:v libx264 -preset veryfast -b:v 1200k",
    "hevc": "-c:v libx265 -preset ultrafast -b:v 1200k -x265-params log-level=error:pools=1:frame-threads=1",
    "av1": "-c:v libsvtav1 -preset 12 -b:v 1200k -svtav1-params lp=1",
    "vp9": "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -b:v 1200k",
    "vp8": "-c:v libvpx -deadline good -cpu-used 5 -b:v 1200k",
    "mpeg4": "-c:v mpeg4 -b:v 1200k -bf 2",
    "mpeg2": "-c:v mpeg2video -b:v 1500k -bf 2",
    "mpeg1": "-c:v mpeg1video -b:v 1500k -bf 2",
    "wmv2": "-c:v wmv2 -b:v 1200k",
    "flv1": "-c:v flv -b:v 1200k",
    "theora": "-c:v libtheora -b:v 1200k",
    "mjpeg": "-c:v mjpeg -q:v 14 -pix_fmt yuvj420p",
}
AUDIO = {
    "aac": "-c:a aac -b:a 160k",
    "ac3": "-c:a ac3 -b:a 192k",
    "eac3": "-c:a eac3 -b:a 192k",
    "dts": "-c:a dca -strict experimental -b:a 768k",
    "mp3": "-c:a libmp3lame -b:a 160k -ar 44100",
    "mp2": "-c:a mp2 -b:a 192k",
    "opus": "-c:a libopus -b:a 128k",
    "vorbis": "-c:a libvorbis -b:a 160k",
    "flac": "-c:a flac",
    "wma": "-c:a wmav2 -b:a 160k",
    "pcm": "-c:a pcm_s16le",
}
EVERY = f"-g {_RATE * 2}"  # two seconds from key frame to key frame
# No dates, no random numbers, one thread: the same ffmpeg writes the same bytes.
_REPEATABLE = ("-threads", "1", "-fflags", "+bitexact")


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """One video: its container, what is in it, and how ffmpeg writes it.

    ``states_size`` says whether the container states its size, an index or its duration, so that a
    missing end shows without a decode. ``is_piped``: written where ffmpeg cannot go back to fill
    anything in.
    """

    name: str  # container-picture-sound
    extension: str
    options: str = ""
    states_size: bool = True
    is_piped: bool = False
    has_moov: bool = False

    @property
    def codecs(self) -> tuple[str, str]:
        """Give the names of the picture's and the sound's codec."""
        _, picture, sound = self.name.split("-")
        return picture, sound


def _mp4(name: str, options: str = "", *, extension: str = ".mp4", states_size: bool = True) -> Base:
    return Base(name=name, extension=extension, options=options, states_size=states_size, has_moov=True)


BASES = {
    base.name: base
    for base in (
        _mp4("mp4-h264-aac"),
        _mp4("mp4first-h264-aac", "-movflags +faststart"),
        _mp4("mp4first-hevc-ac3", "-movflags +faststart -tag:v hvc1"),
        _mp4("mp4-hevc-flac", "-tag:v hvc1 -strict experimental"),
        _mp4("mp4-av1-opus", "-strict experimental"),
        _mp4("mp4-mpeg4-mp3"),
        _mp4("mp4frag-h264-aac", "-movflags +frag_keyframe+empty_moov+skip_trailer", states_size=False),
        _mp4("mp4sidx-h264-aac", "-movflags +frag_keyframe+empty_moov+default_base_moof+global_sidx"),
        _mp4("mov-h264-pcm", extension=".mov"),
        Base(name="mkv-h264-aac", extension=".mkv"),
        Base(name="mkv-hevc-ac3", extension=".mkv"),
        Base(name="mkv-av1-opus", extension=".mkv"),
        Base(name="mkv-vp9-flac", extension=".mkv"),
        Base(name="mkv-mpeg2-dts", extension=".mkv"),
        Base(name="mkv-mpeg4-mp3", extension=".mkv"),
        Base(name="mkvpipe-h264-eac3", extension=".mkv", options="-f matroska", states_size=False, is_piped=True),
        Base(name="avi-mpeg4-mp3", extension=".avi"),
        Base(name="avi-h264-ac3", extension=".avi"),
        Base(name="avi-mjpeg-pcm", extension=".avi"),
        Base(name="ts-h264-aac", extension=".ts", states_size=False),
        Base(name="ts-mpeg2-mp2", extension=".ts", states_size=False),
        Base(name="ts-hevc-ac3", extension=".ts", states_size=False),
        Base(name="m2ts-h264-ac3", extension=".m2ts", options="-mpegts_m2ts_mode 1", states_size=False),
        Base(name="webm-vp9-opus", extension=".webm"),
        Base(name="webm-vp8-vorbis", extension=".webm"),
        Base(name="webm-av1-opus", extension=".webm"),
        Base(name="mpg-mpeg2-mp2", extension=".mpg", states_size=False),
        Base(name="mpg-mpeg1-mp2", extension=".mpg", states_size=False),
        Base(name="vob-mpeg2-ac3", extension=".vob", states_size=False),
        Base(name="wmv-wmv2-wma", extension=".wmv"),
        Base(name="flv-h264-aac", extension=".flv"),
        Base(name="flv-flv1-mp3", extension=".flv"),
        Base(name="ogv-theora-vorbis", extension=".ogv", states_size=False),
    )
}


class Encoder:
    """Runs ffmpeg for files that are made once: what is there already is not made again."""

    def __init__(self, program: str, folder: Path) -> None:
        self.program = program
        self.folder = folder
        self._making: defaultdict[Path, Lock] = defaultdict(Lock)

    def source(self) -> Path:
        """Give the picture and the sound that everything is encoded from, uncoded."""
        made = ["-filter_complex", _SOURCE, "-map", "[picture]", "-map", "[sound]"]
        return self.make(self.folder / "work" / "source.nut", *made, "-c:v", "rawvideo", "-c:a", "pcm_s16le")

    def base(self, name: str) -> Path:
        """Give the file of a base."""
        base = BASES[name]
        picture, sound = base.codecs
        words = f"{VIDEO[picture]} {AUDIO[sound]} {EVERY} {base.options}".split()
        target = self.folder / "bases" / self.file_name(name)
        return self.make(target, "-i", str(self.source()), *words, is_piped=base.is_piped)

    @staticmethod
    def file_name(name: str) -> str:
        """Give the file name of a base."""
        return f"{name}{BASES[name].extension}"

    def make(self, target: Path, *words: str, is_piped: bool = False) -> Path:
        """Run ffmpeg with these arguments for a target, unless that is there; gives the target.

        Raises ``CalledProcessError``, with what ffmpeg said, when it fails.
        """
        with self._making[target]:  # several threads may want the same file to make others of it
            if not target.exists():
                self._run(target, words, is_piped)
        return target

    def _run(self, target: Path, words: Sequence[str], is_piped: bool) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished = target.with_name(f".unfinished-{target.name}")
        command = [self.program, "-nostdin", "-v", "error", "-y", *words, *_REPEATABLE]
        if is_piped:
            done = subprocess.run([*command, "pipe:1"], capture_output=True, check=False)
            unfinished.write_bytes(done.stdout)
        else:
            done = subprocess.run([*command, str(unfinished)], capture_output=True, check=False)
        if done.returncode != 0:
            unfinished.unlink(missing_ok=True)
            said = done.stderr.decode(errors="replace")
            raise subprocess.CalledProcessError(done.returncode, [*command, str(target)], stderr=said)
        unfinished.replace(target)
