"""Films in several files: one of them is whole only when every part is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from cvi_trakt.identify.paths import work_folder
from cvi_trakt.media import Film, IdentifiedFile, Identity, NotAWork, ScanResult
from cvi_trakt.titles import normalise

_SEPARATOR = r"[/\\]"
_Key = tuple[str, str, int | None]


def without_torn(
    files: Sequence[IdentifiedFile],
    left_out: Iterable[ScanResult],
    identify: Callable[[ScanResult], Identity],
    *,
    base: str = "",
) -> list[IdentifiedFile]:
    """Skip the parts of a film of which another part was left out because of its status.

    Only results in the folders of such films are read; ``base`` is the folder that relative paths
    count from. A part that is there as a good copy, too, is not missed.
    """
    parts = ((file.identity, _folder(file.result, base)) for file in files)
    kept = {(_key(film, folder), film.part) for film, folder in parts if isinstance(film, Film) and film.part}
    folders = {key[0] for key, _ in kept}
    torn: dict[_Key, str] = {}
    for result in left_out if kept else ():
        folder = _folder(result, base)
        identity = identify(result) if folder in folders else None
        if not isinstance(identity, Film) or identity.part is None:
            continue
        key = _key(identity, folder)
        if (key, identity.part) not in kept:
            torn.setdefault(key, f"part {identity.part} is {result.status}: {re.split(_SEPARATOR, result.path)[-1]}")
    return [_skipped(file, torn, base) for file in files]


def _skipped(file: IdentifiedFile, torn: dict[_Key, str], base: str) -> IdentifiedFile:
    if not isinstance(file.identity, Film) or file.identity.part is None:
        return file
    reason = torn.get(_key(file.identity, _folder(file.result, base)))
    return replace(file, identity=NotAWork(reason=reason)) if reason else file


def _key(film: Film, folder: str) -> _Key:
    return (folder, normalise(film.title), film.year)


def _folder(result: ScanResult, base: str) -> str:
    return work_folder(result.path, result.root or "", base)
