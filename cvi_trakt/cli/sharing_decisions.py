"""``decisions export`` and ``import``: decisions into a file, and out of one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from cvi_trakt.cli.app import App, is_stdout
from cvi_trakt.cli.late_trakt import LateTrakt
from cvi_trakt.config import Config
from cvi_trakt.console import write_file
from cvi_trakt.errors import InputError
from cvi_trakt.match.choose import NEVER
from cvi_trakt.match.questions import LookUps
from cvi_trakt.match.reference import IdReference
from cvi_trakt.matches import Candidate, DecidedBy, Declined, Sure
from cvi_trakt.media import Ids
from cvi_trakt.store import listing
from cvi_trakt.store.rows import Key, key_of
from cvi_trakt.store.shared_file import read
from cvi_trakt.store.sharing import Choice, Named, Shared, to_yaml

BY_IMPORT = "chosen by you, imported"


def export(app: App, words: Sequence[str], kind: str | None, by: str, output: Path | None) -> None:
    """Write the chosen decisions to a file, or to standard output."""
    app.check_output(output)
    chosen = listing.choose(app.decisions(app.settings()).kept(), words, kind, by)
    text = to_yaml(chosen)
    if output is None or is_stdout(output):
        app.console.text([text])
        return
    write_file(output, [text])
    app.console.note(f"Written to {output}")


def take_in(app: App, file: Path, *, replace: bool) -> None:
    """Check a file, look up what needs it, and keep the decisions, all or none."""
    config = app.settings()
    shared = read(_content(app, file), str(file))
    _refuse_twins(shared)
    matches = _matches(app, config, shared)
    taken = app.decisions(config).take_in(matches, replace=replace)
    app.console.say(f"Added: {taken.added}, there already: {taken.same}, kept as you had decided: {taken.kept}")
    if taken.kept:
        app.console.note("--replace puts the file's decisions in the place of yours")


def _content(app: App, file: Path) -> bytes:
    try:
        if str(file) != "-":
            return file.read_bytes()
        with app.stdin() as stream:
            return stream.read()
    except OSError as error:
        raise InputError(f"{file}: cannot be read: {error.strerror}") from error


def _refuse_twins(shared: Iterable[Shared]) -> None:
    first: dict[Key, Shared] = {}
    for one in shared:
        earlier = first.setdefault(key_of(one.work), one)
        if earlier is not one:
            number = earlier.where.rpartition(": ")[2]
            raise InputError(f"{one.where}: is about the same work as {number}; keep one of them")


def _matches(app: App, config: Config, shared: Iterable[Shared]) -> list[Sure | Declined]:
    every = list(shared)
    if any(one.choice is not None and _trakt_id(one.choice) is None for one in every):
        config.client_id()  # what is missing is said before the first request
    source = LateTrakt(app, config)
    found: list[Sure | Declined] = []
    for number, one in enumerate(every, start=1):
        app.console.progress(number, len(every), one.work.title)
        found.append(_match(one, source))
    app.console.end_progress()
    return found


def _match(shared: Shared, source: LookUps) -> Sure | Declined:
    work, choice = shared.work, shared.choice
    if choice is None:
        return Declined(work=work, candidates=(), reason=NEVER, is_final=True)
    known = _trakt_id(choice)
    candidate = _looked_up(choice, source, shared.where) if known is None else _as_written(choice, work.title)
    return Sure(work=work, candidate=candidate, distance=None, reason=BY_IMPORT, decided_by=DecidedBy.PERSON)


def _trakt_id(choice: Choice) -> int | None:
    numbers = (one.number for one in choice.ids if isinstance(one, IdReference) and one.source == "trakt")
    return next((int(number) for number in numbers), None)


def _as_written(choice: Choice, title: str) -> Candidate:
    """Take the file's word for a work of which it has Trakt's own number."""
    ids = {one.source: one.number for one in choice.ids if isinstance(one, IdReference)}
    return Candidate(kind=choice.kind, title=choice.title or title, year=choice.year, ids=Ids(**ids))  # type: ignore[arg-type] # text for imdb, numbers for the others, as a reference has them


def _looked_up(choice: Choice, source: LookUps, where: str) -> Candidate:
    """Ask Trakt for the work of the first id; it must carry every other one as well."""
    first, *others = choice.ids
    found = _ask(choice, first, source)
    if not found:
        raise InputError(f"{where}: Trakt knows no {choice.kind} under {_spelt(first)}; nothing was changed")
    for one in others:
        if not _carries(found[0], one):
            raise InputError(f"{where}: {_spelt(first)} and {_spelt(one)} are not one {choice.kind}; keep one of them")
    return found[0]


def _ask(choice: Choice, named: Named, source: LookUps) -> list[Candidate]:
    if isinstance(named, IdReference):
        return source.look_up(choice.kind, named.source, named.number)
    return source.look_up_slug(choice.kind, named.slug)


def _carries(candidate: Candidate, named: Named) -> bool:
    known = candidate.ids.known()
    return (
        known.get(named.source) == named.number if isinstance(named, IdReference) else known.get("slug") == named.slug
    )


def _spelt(named: Named) -> str:
    if not isinstance(named, IdReference):
        return named.slug
    return str(named.number) if named.source == "imdb" else f"{named.source}:{named.number}"
