"""One run of ``explain``, and its answer as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from cvi_trakt.cli import naming
from cvi_trakt.cli.app import App
from cvi_trakt.config import Config
from cvi_trakt.errors import SettingsError
from cvi_trakt.explain import Explainer, Explanation
from cvi_trakt.identify.grammar.plain import Plain
from cvi_trakt.identify.names import Identifier
from cvi_trakt.identify.other_readings import Reading
from cvi_trakt.match.decide import wants_year
from cvi_trakt.match.distance import costs
from cvi_trakt.match.words import likeness
from cvi_trakt.matches import Declined, Held, Match, NoMatch, Scored, SearchFailed, Sure
from cvi_trakt.media import Declared, Ids, Kind
from cvi_trakt.menus import url_of
from cvi_trakt.readings import readings_of
from cvi_trakt.sync.report import named

SHOWN = 5  # candidates that the text names


def explained(app: App, config: Config, paths: Sequence[str], *, asks: bool) -> tuple[list[Any], list[str]]:
    """Explain paths; gives the document and the lines. Raises ``CviError``."""
    found = naming.sources(config, base=str(Path.cwd()))
    source = None
    if asks:
        try:
            source = app.trakt(config, app.token(config))
        except SettingsError as error:
            app.console.note(f"Trakt is asked nothing: {error}")
    explainer = Explainer(Identifier(found.root), found, app.decisions(config), source)
    every = [explainer.explain(f"{path.rstrip('/')}/" if Path(path).is_dir() else path) for path in paths]
    lines = [line for one in every for line in (*_lines(one), "")]
    return [_document(one) for one in every], lines[:-1]


def _lines(one: Explanation) -> Iterator[str]:
    yield one.path
    yield from _aligned(_rows(one))


def _rows(one: Explanation) -> Iterator[tuple[str, str]]:
    yield "below root", "/".join(one.below_root) or "nothing"
    yield from _evidence(one)
    if one.work is None:
        yield "decision", f"skipped: {one.skipped}"
        return
    for line in readings_of(one.work):
        label, _, text = line.partition(": ")
        yield label, text
    for asked in one.asked:
        answer = "would be asked first" if asked.answers is None else f"{asked.answers} found"
        yield "asked" if asked.answers is not None else "to ask", f"{asked.what}: {answer}"
    for number, scored in enumerate(one.candidates[:SHOWN], start=1):
        yield f"candidate {number}", _candidate(one, scored)
        if url := url_of(scored.candidate):
            yield "", url
    if len(one.candidates) > SHOWN:
        yield "", f"and {len(one.candidates) - SHOWN} more"
    if one.remembered is not None:
        yield "remembered", _decision(one.remembered)
    yield "decision", _decision(one.match) if one.match is not None else "not asked"


def _aligned(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Put labels and texts into two columns."""
    every = list(rows)
    margin = max((len(label) for label, _ in every), default=0)
    return (f"  {label:<{margin}}  {text}".rstrip() for label, text in every)


def _evidence(one: Explanation) -> Iterator[tuple[str, str]]:
    evidence = one.evidence
    if evidence is not None:
        if evidence.ids:
            yield "ids in path", _ids(evidence.ids)
        if evidence.first is not None:
            yield "guessit", _reading(evidence.first)
        yield "grammar", _plain(evidence.plain) if evidence.plain is not None else "nothing"
    yield from ((declared.source, _declared(declared)) for declared in one.declared)


def _reading(reading: Reading) -> str:
    heading, numbering = reading.heading, reading.numbering
    text = _title(reading.kind, heading.title if heading else None, heading.year if heading else None)
    country = f", {reading.country}" if reading.country else ""
    folder = ", from the folder" if reading.from_folder else ""
    return text + _numbers(numbering.seasons, numbering.season, numbering.episodes, numbering.date) + country + folder


def _plain(plain: Plain) -> str:
    text = _title(plain.kind, plain.title, plain.year)
    sign = plain.sign
    if sign is not None:
        text += _numbers(sign.seasons, sign.season, sign.episodes, sign.date) + f" ({sign.strength.name.lower()} sign)"
    return text + "".join(f", also {title!r}" for title in plain.titles)


def _title(kind: Kind, title: str | None, year: int | None) -> str:
    return f"{kind} {title!r}" + (f" ({year})" if year else "") if title else f"{kind} without a title"


def _numbers(seasons: Sequence[int], season: int | None, episodes: Sequence[int], date: str | None) -> str:
    parts = []
    if len(seasons) > 1:
        parts.append(f"seasons {seasons[0]} to {seasons[-1]}")
    elif season is not None:
        parts.append(f"season {season}")
    if episodes:
        parts.append(f"episode {episodes[0]}" if len(episodes) == 1 else f"episodes {episodes[0]} to {episodes[-1]}")
    if date:
        parts.append(date)
    return "".join(f", {part}" for part in parts)


def _declared(declared: Declared) -> str:
    words = [str(declared.kind)] if declared.kind else []
    words += [repr(declared.title)] if declared.title else []
    words += [f"({declared.year})"] if declared.year else []
    numbers = _numbers((), declared.season, declared.episodes, None)
    ids = f"{', ' if words or numbers else ''}{_ids(declared.ids)}" if declared.ids else ""
    return " ".join(words) + numbers + ids


def _ids(ids: Ids) -> str:
    return ", ".join(f"{name} {number}" for name, number in ids.known().items())


def _candidate(one: Explanation, scored: Scored) -> str:
    if one.work is None:
        raise ValueError("only works have candidates")
    parts = costs(scored.distance, year_wanted=wants_year(one.work))
    sums = " + ".join(f"{name} {cost:.2f}" for name, cost in parts.items())
    name = named(scored.candidate.title, scored.candidate.year, scored.candidate.kind)
    return f"{name}: {likeness(one.work, scored)}; distance {sum(parts.values()):.2f}{f' = {sums}' if sums else ''}"


def _decision(match: Match) -> str:
    match match:
        case Sure():
            name = named(match.candidate.title, match.candidate.year, match.candidate.kind)
            return f"{name}, by {match.decided_by}: {match.reason}"
        case Held() | NoMatch() | Declined():
            word = {Held: "held", NoMatch: "not found", Declined: "skipped"}[type(match)]
            return f"{word}: {match.reason}"
        case SearchFailed():
            return f"failed: {match.error}"


def _document(one: Explanation) -> dict[str, Any]:
    work = one.work
    return {
        "path": one.path,
        "below_root": list(one.below_root),
        "evidence": [{"source": source, "says": says} for source, says in _evidence(one)],
        "skipped": one.skipped,
        "read_as": None
        if work is None
        else {
            "kind": work.kind,
            "title": work.title,
            "year": work.year,
            "country": work.country,
            "ids": work.ids.known(),
        },
        "or_as": [] if work is None else [{"kind": r.kind, "title": r.title, "year": r.year} for r in work.others],
        "doubt": None if work is None else work.doubt,
        "asked": [{"question": asked.what, "found": asked.answers} for asked in one.asked],
        "candidates": [
            {
                "title": scored.candidate.title,
                "year": scored.candidate.year,
                "type": scored.candidate.kind,
                "ids": scored.candidate.ids.known(),
                "distance": costs(scored.distance, year_wanted=work is not None and wants_year(work)),
            }
            for scored in one.candidates
        ],
        "remembered": _decision(one.remembered) if one.remembered is not None else None,
        "decision": f"skipped: {one.skipped}" if work is None else _decision(one.match) if one.match else "not asked",
    }
