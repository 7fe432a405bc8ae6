"""Writes to collection, history and ratings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from flask import Response

from cvi_trakt.sandbox.accounts import Account, Collected, Play, Rated
from cvi_trakt.sandbox.catalogue import Ref
from cvi_trakt.sandbox.limits import over_limit_headers
from cvi_trakt.sandbox.shapes import released_at
from cvi_trakt.sandbox.world import World, answer, refusal
from cvi_trakt.sandbox.writes import Bulk, Wanted, counts, expanded, moment, read_body, read_bulk

_PLAYED: Final = ("movie", "episode")


def _read(world: World) -> Bulk:
    return read_bulk(world.catalogue, read_body())


def _stated(world: World, each: Wanted, name: str, now: str) -> str:
    released = released_at(world.catalogue.entry(each.ref), each.ref)
    return moment(each.fields, name, released=released, now=now)


def collect(world: World, account: Account) -> Response:
    """Add what the body names to the collection; a show stands for all of its episodes."""
    bulk, at = _read(world), world.state.changed()
    wanted = {each.ref: each for each in expanded(world.catalogue, bulk.wanted)}
    copies = {
        ref: Collected(
            collected_at=_stated(world, each, "collected_at", at),
            updated_at=at,
            metadata={name: value for name, value in each.fields.items() if name != "collected_at"},
        )
        for ref, each in wanted.items()
    }
    new = [ref for ref in copies if ref not in account.collection]
    _check_library(account, new)
    changed = [
        ref
        for ref, copy in copies.items()
        if ref in account.collection and copy.metadata not in ({}, account.collection[ref].metadata)
    ]
    account.collection.update({ref: copies[ref] for ref in (*new, *changed)})
    account.note(at, "movies.collected_at", "episodes.collected_at")
    same = [ref for ref in copies if ref not in {*new, *changed}]
    return answer(
        {
            "added": counts(new),
            "updated": counts(changed),
            "existing": counts(same),
            "not_found": bulk.not_found,
        },
        201,
    )


def _check_library(account: Account, new: Iterable[Ref]) -> None:
    if account.limits is None:
        return
    held = {_work(ref) for ref in account.collection}
    added = {_work(ref) for ref in new} - held
    if added and len(held) + len(added) > account.limits.library:
        headers = over_limit_headers(account, account.limits.library)
        raise refusal(420, "account_limit_exceeded", "", headers)


def _work(ref: Ref) -> Ref:
    return ref if ref.kind == "movie" else ref.show


def uncollect(world: World, account: Account) -> Response:
    """Remove what the body names from the collection; a show alone takes all of its episodes."""
    bulk, at = _read(world), world.state.changed()
    gone = _held_by(bulk, account.collection)
    for ref in gone:
        del account.collection[ref]
    account.note(at, "movies.collected_at", "episodes.collected_at")
    return answer(
        {
            "deleted": counts(gone),
            "not_found": bulk.not_found,
            "list": {"updated_at": at, "item_count": len(account.collection)},
        }
    )


def _held_by(bulk: Bulk, held: Iterable[Ref]) -> list[Ref]:
    named = {each.ref for each in bulk.wanted}
    return [ref for ref in held if named & {ref, *_above(ref)}]


def _above(ref: Ref) -> tuple[Ref, ...]:
    return (ref.show, Ref("season", ref.work, ref.season)) if ref.kind == "episode" else ()


def watch(world: World, account: Account) -> Response:
    """Add plays, one more for each time a thing is sent, and take the things off the watchlist."""
    bulk, at = _read(world), world.state.changed()
    wanted = list(expanded(world.catalogue, bulk.wanted))
    times = [_stated(world, each, "watched_at", at) for each in wanted]
    for each, watched_at in zip(wanted, times, strict=True):
        account.history.append(Play(id=world.state.number(), ref=each.ref, watched_at=watched_at))
        for ref in (each.ref, *_above(each.ref)):
            account.watchlist.pop(ref, None)
    account.note(at, "movies.watched_at", "episodes.watched_at", "watchlist.updated_at")
    return answer(
        {
            "added": counts((each.ref for each in wanted), _PLAYED),
            "updated": counts((), _PLAYED),
            "not_found": bulk.not_found,
        },
        201,
    )


def unwatch(world: World, account: Account) -> Response:
    """Remove single plays by their numbers, and every play of the things that the body names."""
    body, at = read_body(), world.state.changed()
    bulk = read_bulk(world.catalogue, body)
    numbers = body.get("ids") or []
    if not isinstance(numbers, list):
        raise refusal(422, "validation_failed", "ids is not a list of numbers.")
    known = {play.id for play in account.history}
    of_things = set(_held_by(bulk, {play.ref for play in account.history}))
    gone: list[Play] = []
    left: list[Play] = []
    for play in account.history:
        (gone if play.id in numbers or play.ref in of_things else left).append(play)
    account.history = left
    account.note(at, "movies.watched_at", "episodes.watched_at")
    missing = {"ids": [number for number in numbers if number not in known]}
    return answer(
        {
            "deleted": counts((play.ref for play in gone), _PLAYED),
            "not_found": bulk.not_found | missing,
        }
    )


def rate(world: World, account: Account) -> Response:
    """Rate what the body names."""
    bulk, at = _read(world), world.state.changed()
    for each in bulk.wanted:
        rating = each.fields.get("rating")
        if not isinstance(rating, int) or not 1 <= rating <= 10:
            raise refusal(422, "validation_failed", "A rating is a whole number from 1 to 10.")
    for each in bulk.wanted:
        rated_at = _stated(world, each, "rated_at", at)
        account.ratings[each.ref] = Rated(rating=each.fields["rating"], rated_at=rated_at)
    account.note(at, *(f"{part}.rated_at" for part in ("movies", "shows", "seasons", "episodes")))
    return answer({"added": counts({each.ref for each in bulk.wanted}), "not_found": bulk.not_found}, 201)


def unrate(world: World, account: Account) -> Response:
    """Remove the ratings of what the body names."""
    bulk, at = _read(world), world.state.changed()
    gone = [ref for ref in {each.ref for each in bulk.wanted} if ref in account.ratings]
    for ref in gone:
        del account.ratings[ref]
    account.note(at, *(f"{part}.rated_at" for part in ("movies", "shows", "seasons", "episodes")))
    return answer({"deleted": counts(gone), "not_found": bulk.not_found})
