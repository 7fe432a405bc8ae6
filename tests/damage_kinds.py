"""What disks, downloads and networks do to a video: each kind of damage as a function of its bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

HOLE = 64 * 1024
_SMALL_FILE = 1_000_000  # bytes; holes in smaller ones are a twentieth
_CLUSTER = 4096
_SHARE_OF_SOUND = 8  # one packet in so many is overwritten

Damage = Callable[[bytes, Random], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of damage; ``damage`` takes the whole file, and its own random numbers."""

    name: str
    damage: Damage
    is_cut: bool = False


def hole_length(size: int) -> int:
    """Say how many bytes a hole has in a file of this size."""
    return HOLE if size >= _SMALL_FILE else size // 20


def sound_overwritten(content: bytes, spans: list[tuple[int, int]], random: Random) -> bytes:
    """Put noise into one in eight of the packets at these positions, as (start, end); their neighbours stay."""
    changed = bytearray(content)
    for start, end in random.sample(spans, max(1, len(spans) // _SHARE_OF_SOUND)):
        changed[start:end] = random.randbytes(end - start)
    return bytes(changed)


def _cut(at: float) -> Damage:
    return lambda content, _: content[: int(len(content) * at)]


def _hole(at: float, length: int | None = None, *, noise: bool) -> Damage:
    def dig(content: bytes, random: Random) -> bytes:
        start, size = int(len(content) * at), length or hole_length(len(content))
        filling = random.randbytes(size) if noise else bytes(size)
        return content[:start] + filling + content[start + size :]

    return dig


def _flipped(content: bytes, random: Random) -> bytes:
    changed = bytearray(content)
    for bit in random.sample(range(len(content) * 8), 100):
        changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


_HOLES = {"25 %": 0.25, "50 %": 0.5, "75 %": 0.75}

KINDS = (
    *(Kind(name=f"cut at {share} %", damage=_cut(share / 100), is_cut=True) for share in (10, 50, 90, 99)),
    Kind(name="first 64 KB zeroed", damage=lambda content, _: bytes(HOLE) + content[HOLE:]),
    *(Kind(name=f"hole of zeros at {name}", damage=_hole(at, noise=False)) for name, at in _HOLES.items()),
    *(Kind(name=f"hole of noise at {name}", damage=_hole(at, noise=True)) for name, at in _HOLES.items()),
    Kind(name="4 KB of zeros at 50 %", damage=_hole(0.5, _CLUSTER, noise=False)),
    Kind(name="4 KB of noise at 50 %", damage=_hole(0.5, _CLUSTER, noise=True)),
    Kind(name="100 bits flipped", damage=_flipped),
    Kind(name="16 bytes overwritten", damage=_hole(0.5, 16, noise=True)),
)
