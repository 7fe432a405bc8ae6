"""Videos that are odd and whole: whatever a careless check would call damaged."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from damage_bases import Encoder
from damage_boxes import free_appended, mdat_split, mdat_unsized, second_track_hidden
from damage_recipes import Recipe, recipes

_SUBTITLE = "1\n00:00:01,000 --> 00:00:03,000\nOne\n\n2\n{} --> {}\nTwo\n"
_SMALL_FILES = {
    "text.srt": _SUBTITLE.format("00:00:05,000", "00:00:08,000"),
    "late.srt": _SUBTITLE.format("00:00:14,000", "00:00:20,000"),
    "chapters.txt": ";FFMETADATA1\n"
    "[CHAPTER]\nTIMEBASE=1/1\nSTART=0\nEND=5\ntitle=One\n[CHAPTER]\nTIMEBASE=1/1\nSTART=5\nEND=10\ntitle=Two\n",
    "font.ttf": "no real font, and nobody looks " * 100,
    "data.bin": "words that are neither picture nor sound " * 40,
}
_JUNK_BEHIND = (
    *("mp4-h264-aac", "mkv-h264-aac", "avi-mpeg4-mp3", "ts-h264-aac", "mpg-mpeg2-mp2", "webm-vp9-opus"),
    *("flv-h264-aac", "wmv-wmv2-wma"),
)
_WRONG_EXTENSIONS = {
    "mkv-h264-aac": (".mp4", ".ts", ".mpg"),
    "mp4-h264-aac": (".avi", ".mkv", ".ts", ".flv"),
    "ts-h264-aac": (".mpg", ".mp4", ".m2ts"),
    "m2ts-h264-ac3": (".ts",),
    "avi-mpeg4-mp3": (".mkv",),
    "mpg-mpeg2-mp2": (".ts", ".mp4"),
    "webm-vp9-opus": (".mp4", ".mkv"),
    "wmv-wmv2-wma": (".avi",),
    "flv-h264-aac": (".mp4",),
}
_REBUILT: tuple[tuple[str, str, str, Callable[[bytes], bytes]], ...] = (
    ("padding", "free-after.mp4", "mp4-h264-aac", free_appended),
    ("boxes in an unusual order", "two-mdats.mp4", "mp4first-h264-aac", mdat_split),
    ("boxes in an unusual order", "mdat-to-the-end.mp4", "mp4first-h264-aac", mdat_unsized),
    ("boxes in an unusual order", "track-taken-out.mp4", "mp4first-h264-aac", second_track_hidden),
)
# Bases, or ones that begin so many seconds later, or with other options, end to end.
_JOINED = {
    "twice.ts": ("ts-h264-aac", "ts-h264-aac"),
    "three-times.ts": ("ts-mpeg2-mp2",) * 3,
    "hevc-twice.ts": ("ts-hevc-ac3", "ts-hevc-ac3"),
    "goes-on.ts": ("ts-h264-aac", "ts-h264-aac -output_ts_offset 10"),
    "forth-and-back.ts": ("ts-h264-aac", "ts-h264-aac -output_ts_offset 2000", "ts-h264-aac"),
    "far-back.ts": ("ts-h264-aac -output_ts_offset 50000", "ts-h264-aac"),
    "other-size.ts": ("ts-h264-aac", "ts-h264-aac -c:v libx264 -preset veryfast -s 320x180 -g 48"),
    "other-channels.ts": ("ts-hevc-ac3", "ts-hevc-ac3 -c:a ac3 -ac 6"),
    "twice.m2ts": ("m2ts-h264-ac3", "m2ts-h264-ac3"),
    "twice.mpg": ("mpg-mpeg2-mp2", "mpg-mpeg2-mp2"),
    "twice.vob": ("vob-mpeg2-ac3", "vob-mpeg2-ac3"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Good:
    """One odd and good video; ``make`` writes it to a path."""

    kind: str
    name: str
    make: Callable[[Path], object]


def goods(encoder: Encoder) -> Iterator[Good]:
    """Give all odd and good videos, none of them made yet but the small files that they take."""
    folder = encoder.folder / "work"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in _SMALL_FILES.items():
        (folder / name).write_text(text, encoding="ascii")
    for name in ("cover.jpg", "cover.png"):
        encoder.make(folder / name, "-f", "lavfi", "-i", "testsrc2=size=320x240", "-frames:v", "1")
    yield from (_cooked(encoder, recipe) for recipe in recipes())
    yield from _changed(encoder)


def path_of(good: Good) -> str:
    """Give the place of a video below the folder of all good ones."""
    return f"{slug(good.kind)}/{good.name}"


def slug(kind: str) -> str:
    """Give the name of a kind's folder, such as ``open-gop``."""
    return "-".join(re.findall(r"[a-z0-9]+", kind.lower()))


def write(target: Path, content: bytes) -> None:
    """Write a file whole, in folders that need not be there."""
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".unfinished-{target.name}")
    unfinished.write_bytes(content)
    unfinished.replace(target)


def _cooked(encoder: Encoder, recipe: Recipe) -> Good:
    def make(target: Path) -> None:
        words = [_ingredient(encoder, word) for word in recipe.words]
        encoder.make(target, *words, is_piped=recipe.is_piped)

    return Good(kind=recipe.kind, name=recipe.name, make=make)


def _ingredient(encoder: Encoder, word: str) -> str:
    if word == "SOURCE":
        return str(encoder.source())
    if word.startswith("{"):
        return str(encoder.base(word[1:-1]))
    if word.startswith("<"):
        return str(encoder.folder / "work" / word[1:-1])
    if word.startswith("@"):
        kind, name = word[1:].split("/")
        [other] = [one for one in recipes() if (slug(one.kind), one.name) == (kind, name)]
        target = encoder.folder / "good" / kind / name
        _cooked(encoder, other).make(target)
        return str(target)
    return word


def _changed(encoder: Encoder) -> Iterator[Good]:
    """Give the ones that no ffmpeg writes, made of the bytes of others."""
    for name in _JUNK_BEHIND:
        for kind in _JUNK:
            yield Good(kind=kind, name=encoder.file_name(name), make=_with_junk(encoder, name, kind))
    for name, extensions in _WRONG_EXTENSIONS.items():
        for extension in extensions:
            yield Good(kind="wrong extension", name=f"{name}{extension}", make=_rebuilt(encoder, name, bytes))
    for kind, file, name, change in _REBUILT:
        yield Good(kind=kind, name=file, make=_rebuilt(encoder, name, change))
    for file, parts in _JOINED.items():
        yield Good(kind="joined end to end", name=file, make=_joined(encoder, parts))


_JUNK: dict[str, Callable[[Random], bytes]] = {
    "1 KB of noise behind": lambda random: random.randbytes(1 << 10),
    "1 KB of zeros behind": lambda _: bytes(1 << 10),
    "1 KB of text behind": lambda _: (b"Downloaded from nowhere. " * 50)[: 1 << 10],
    "100 KB of noise behind": lambda random: random.randbytes(100 << 10),
    "100 KB of zeros behind": lambda _: bytes(100 << 10),
    "100 KB of text behind": lambda _: (b"Downloaded from nowhere. " * 5000)[: 100 << 10],
    "ID3v1 tag behind": lambda _: b"TAG" + b"A title".ljust(125, b"\0"),
}


def _with_junk(encoder: Encoder, name: str, kind: str) -> Callable[[Path], None]:
    return lambda target: write(target, encoder.base(name).read_bytes() + _JUNK[kind](Random(f"{name} {kind}")))


def _rebuilt(encoder: Encoder, name: str, change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    return lambda target: write(target, change(encoder.base(name).read_bytes()))


def _joined(encoder: Encoder, parts: tuple[str, ...]) -> Callable[[Path], None]:
    def content(part: str) -> bytes:
        name, *options = part.split()
        base = encoder.base(name)
        if not options:
            return base.read_bytes()
        target = encoder.folder / "work" / f"{slug(part)}{base.suffix}"
        return encoder.make(target, "-i", str(base), "-c", "copy", *options).read_bytes()

    return lambda target: write(target, b"".join(map(content, parts)))
