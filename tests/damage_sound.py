"""Finds where in a file the sound is, so that it can be damaged alone."""

from __future__ import annotations

import subprocess

from damage_bases import BASES, Encoder

_TS_PACKET = 188
_SOUND_PIDS = (0x101, 0x1100)  # those that ffmpeg gives the sound in .ts and in .m2ts


def sound_spans(encoder: Encoder, name: str, content: bytes) -> list[tuple[int, int]]:
    """Give the places, as (start, end), that hold nothing but sound."""
    if BASES[name].extension in (".ts", ".m2ts"):
        return _payloads(content, 192 if BASES[name].extension == ".m2ts" else _TS_PACKET)
    read = [encoder.program, "-nostdin", "-v", "error", "-i", str(encoder.base(name)), "-map", "0:a", "-c", "copy"]
    listed = subprocess.run([*read, "-f", "framecrc", "-"], capture_output=True, text=True, check=True).stdout
    sound = subprocess.run([*read, "-f", "data", "-"], capture_output=True, check=True).stdout
    sizes = [int(line.split(",")[4]) for line in listed.splitlines() if not line.startswith("#")]
    spans, taken, after = [], 0, 0
    for size in sizes:
        found = content.find(sound[taken : taken + size], after)
        taken += size
        if found >= 0:  # some containers divide packets
            spans.append((found, found + size))
            after = found + size
    return spans


def _payloads(content: bytes, step: int) -> list[tuple[int, int]]:
    """Give the payloads of a transport stream's packets with sound, but for those with headers."""
    spans = []
    for end in range(step, len(content) + 1, step):
        start = end - _TS_PACKET
        pid = (content[start + 1] & 0x1F) << 8 | content[start + 2]
        begins, adapted = content[start + 1] & 0x40, content[start + 3] & 0x20
        payload = start + 4 + (1 + content[start + 4] if adapted else 0)
        if pid in _SOUND_PIDS and not begins and payload < end:
            spans.append((payload, end))
    return spans
