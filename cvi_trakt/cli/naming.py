"""Opens what says what files are: the rules, the cache of what paths say, the list of ids, the disk."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from cvi_trakt.cli.app import App
from cvi_trakt.config import Config
from cvi_trakt.disk import RealDisk
from cvi_trakt.errors import InputError
from cvi_trakt.identification import Naming
from cvi_trakt.identify.beside import Beside
from cvi_trakt.identify.bodies import version_of_rules
from cvi_trakt.identify.declared import Sources
from cvi_trakt.identify.ids_file import read_ids
from cvi_trakt.identify.ids_map import IdsMap
from cvi_trakt.identify.names import Identifier
from cvi_trakt.media import LIST_SOURCE
from cvi_trakt.store.names import Names

MOST_IDS = 100_000_000  # bytes; Radarr answers with some kilobytes a film


def sources(config: Config, *, base: str) -> Sources:
    """Say where else than in its path it may be said what a file is. Raises ``InputError`` for a wrong list of ids."""
    sync = config.settings.sync
    return Sources(
        listed=_ids(sync.ids) if sync.ids is not None else None,
        beside=Beside(RealDisk()) if sync.nfo else None,
        root=str(sync.root) if sync.root else None,
        base=base,
    )


@contextlib.contextmanager
def opened(app: App, config: Config, found: Sources) -> Iterator[Naming]:
    """Give what identifies files; what was read is kept at the end, also of a run that is stopped."""
    cache = Names(config.state_dir() / "names.sqlite", version=version_of_rules(), now=app.now, tell=app.console.warn)
    try:
        yield Naming(Identifier(found.root), found, cache, jobs=config.settings.sync.jobs)
    finally:
        cache.flush()
        if found.beside is not None and found.beside.unreadable_count:
            first = found.beside.unreadable[0]
            app.console.warn(f"{found.beside.unreadable_count} files or folders beside videos cannot be read: {first}")


def _ids(file: Path) -> IdsMap:
    try:
        with file.open("rb") as stream:
            data = stream.read(MOST_IDS + 1)
    except OSError as error:
        raise InputError(f"{LIST_SOURCE} {file}: cannot be read: {error.strerror}") from error
    if len(data) > MOST_IDS:
        raise InputError(f"{LIST_SOURCE} {file}: is larger than {MOST_IDS // 1_000_000} MB")
    return read_ids(data, source=f"{LIST_SOURCE} {file}")
