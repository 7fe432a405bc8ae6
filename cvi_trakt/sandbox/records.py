"""Shows what an account has collected, watched and rated, for its owner and for others alike."""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter
from typing import Any, Final

from flask import Response, request

from cvi_trakt.sandbox.accounts import Account, Collected, Json, Play
from cvi_trakt.sandbox.catalogue import Catalogue, Ref
from cvi_trakt.sandbox.paging import FEW, MOST, SOME, extended, page_headers, paged, window
from cvi_trakt.sandbox.shapes import entry_body, item_body
from cvi_trakt.sandbox.shelves import kinds_in
from cvi_trakt.sandbox.world import World, answer, refusal
from cvi_trakt.sandbox.writes import moment

Nested = dict[str, Any]

_MINIMAL_DEFAULT: Final = MOST


def show_collection(world: World, account: Account, types: str) -> Response:
    """Answer with the collected films, shows or episodes."""
    full, metadata = extended("full"), extended("metadata")
    single, by_show = types.removesuffix("s"), types in ("show", "shows")
    if not by_show and single not in ("movie", "episode"):
        raise refusal(404, "not_found", f"Nothing of type {types} is collected.")

    def one(pair: tuple[Ref, Collected]) -> Json:
        ref, each = pair
        body: Json = {"collected_at": each.collected_at, "updated_at": each.updated_at}
        body |= {"metadata": each.metadata} if metadata else {}
        return body | item_body(world.catalogue, ref, full=full)

    if not by_show:
        pairs = [pair for pair in account.collection.items() if pair[0].kind == single]
        return paged(world, pairs, one, default=SOME)

    def show(pair: tuple[Ref, list[tuple[Ref, Collected]]]) -> Json:
        ref, episodes = pair
        body: Json = {
            "last_collected_at": max(each.collected_at for _, each in episodes),
            "last_updated_at": max(each.updated_at for _, each in episodes),
        } | item_body(world.catalogue, ref, full=full)
        if extended("progress"):
            body["seasons"] = _by_season((part, {"collected_at": each.collected_at}) for part, each in episodes)
        return body

    return paged(world, list(_by_show(account.collection.items()).items()), show, default=SOME)


def show_minimal_collection(account: Account, types: str) -> Response:
    """Answer with times by number only; pages come without a count, until an empty one."""
    collected: list[tuple[Ref, Collected]] = list(account.collection.items())
    if types in ("show", "shows"):
        shows = list(_by_show(collected).items())
        page, _, _ = window(shows, _MINIMAL_DEFAULT)
        episodes = [pair for _, pairs in page for pair in pairs]
        return answer(_nested((ref, each.collected_at) for ref, each in episodes))
    kind = types.removesuffix("s")
    if kind not in ("movie", "episode"):
        raise refusal(404, "not_found")
    page_of, _, _ = window([pair for pair in collected if pair[0].kind == kind], _MINIMAL_DEFAULT)
    return answer({str(_number(ref)): each.collected_at for ref, each in page_of})


def show_history(world: World, account: Account, types: str | None = None, number: str | None = None) -> Response:
    """Answer with plays, the latest first."""
    kinds = kinds_in(types)
    start = moment(request.args, "start_at", released=None, now="")
    end = moment(request.args, "end_at", released=None, now="~")  # after every time
    plays = [
        play
        for play in account.history
        if _is_of(play.ref, kinds, number, world.catalogue) and start <= play.watched_at <= end
    ]
    plays.sort(key=lambda play: (play.watched_at, play.id), reverse=True)
    full = extended("full")

    def show(play: Play) -> Json:
        body = {"id": play.id, "watched_at": play.watched_at, "action": play.action}
        return body | item_body(world.catalogue, play.ref, full=full)

    return paged(world, plays, show, default=FEW)


def _is_of(ref: Ref, kinds: Iterable[str], number: str | None, catalogue: Catalogue) -> bool:
    parts = {
        "movie": ref if ref.kind == "movie" else None,
        "show": ref.show if ref.kind == "episode" else None,
        "season": Ref("season", ref.work, ref.season) if ref.kind == "episode" else None,
        "episode": ref if ref.kind == "episode" else None,
    }
    held = [part for kind in kinds if (part := parts[kind])]
    if number is None:
        return bool(held)
    return any(number in _names(part, catalogue) for part in held)


def _names(ref: Ref, catalogue: Catalogue) -> set[str]:
    slug = {catalogue.entry(ref).slug} if ref.kind in ("movie", "show") else set()
    return {str(_number(ref))} | slug


def _number(ref: Ref) -> int:
    return ref.work if ref.kind in ("movie", "show") else ref.numbers["trakt"]


def show_ratings(world: World, account: Account, types: str | None = None, rating: str | None = None) -> Response:
    """Answer with ratings of the wanted types, and only the wanted values if any are named."""
    kinds = kinds_in(types)
    values = {int(part) for part in rating.split(",") if part.isdecimal()} if rating else None
    rated = [
        (ref, each)
        for ref, each in account.ratings.items()
        if ref.kind in kinds and (values is None or each.rating in values)
    ]
    full = extended("full")

    def body(ref: Ref) -> Json:
        shown = item_body(world.catalogue, ref, full=full)
        if ref.kind == "season":
            counts = world.catalogue.entry(ref).season_counts()
            shown["season"]["aired_episodes"] = counts.get(ref.season or 0, 0)
        return shown

    return paged(
        world,
        rated,
        lambda pair: {"rated_at": pair[1].rated_at, "rating": pair[1].rating} | body(pair[0]),
        default=None,
    )


def show_watched(world: World, account: Account, types: str) -> Response:
    """Answer with the watched films or shows, each with its plays counted."""
    kind = types.removesuffix("s")
    if kind not in ("movie", "show"):
        raise refusal(404, "not_found")
    plays = [play for play in account.history if (play.ref.kind == "movie") == (kind == "movie")]
    by_work: dict[Ref, list[Play]] = {}
    for play in plays:
        by_work.setdefault(play.ref if kind == "movie" else play.ref.show, []).append(play)
    if extended("min"):
        return _minimal_watched(world, by_work)
    return paged(world, list(by_work.items()), lambda pair: _watched(world, *pair), default=SOME)


def _watched(world: World, ref: Ref, plays: list[Play]) -> Json:
    entry = world.catalogue.entry(ref)
    work = entry_body(entry, full=extended("full"))
    latest = max(play.watched_at for play in plays)
    body: Json = {"plays": len(plays), "last_watched_at": latest, "last_updated_at": latest}
    if entry.kind == "show":
        body["reset_at"] = None
        work["aired_episodes"] = sum(n for season, n in entry.season_counts().items() if season > 0)
        if extended("progress"):
            body["seasons"] = _watched_seasons(plays)
    return body | {entry.kind: work}


def _watched_seasons(plays: list[Play]) -> list[Json]:
    by_episode: dict[Ref, list[str]] = {}
    for play in plays:
        by_episode.setdefault(play.ref, []).append(play.watched_at)
    return _by_season((ref, {"plays": len(times), "last_watched_at": max(times)}) for ref, times in by_episode.items())


def _minimal_watched(world: World, by_work: dict[Ref, list[Play]]) -> Response:
    works = list(by_work.items())
    part, page, limit = window(works, SOME)
    body: Nested = {}
    for ref, plays in part:
        times: dict[Ref, list[str]] = {}
        for play in plays:
            times.setdefault(play.ref, []).append(play.watched_at)
        body |= {str(ref.work): times[ref]} if ref.kind == "movie" else _nested(times.items())
    return answer(body, 200, page_headers(world, len(works), page, limit))


def _by_show(
    collected: Iterable[tuple[Ref, Collected]],
) -> dict[Ref, list[tuple[Ref, Collected]]]:
    shows: dict[Ref, list[tuple[Ref, Collected]]] = {}
    for ref, each in collected:
        if ref.kind == "episode":
            shows.setdefault(ref.show, []).append((ref, each))
    return shows


def _by_season(episodes: Iterable[tuple[Ref, Json]]) -> list[Json]:
    seasons: dict[int, list[Json]] = {}
    for ref, facts in episodes:
        seasons.setdefault(ref.season or 0, []).append({"number": ref.episode} | facts)
    return [
        {"number": number, "episodes": sorted(seasons[number], key=itemgetter("number"))} for number in sorted(seasons)
    ]


def _nested(episodes: Iterable[tuple[Ref, Any]]) -> Nested:
    shows: Nested = {}
    for ref, value in episodes:
        seasons = shows.setdefault(str(ref.work), {})
        seasons.setdefault(str(ref.season), {})[str(ref.episode)] = value
    return shows
