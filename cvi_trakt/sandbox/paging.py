"""Cuts an answer into pages and says so in the headers, as Trakt does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, TypeVar

from flask import Response, request

from cvi_trakt.sandbox.world import World, answer

MOST: Final = 250
MOST_WITH_PROGRESS: Final = 100
FEW: Final = 10  # where Trakt gives this many unless asked for more: search, history
SOME: Final = 100  # the same for watchlist, lists, collection and watched

T = TypeVar("T")


def extended(word: str) -> bool:
    """Say whether ``extended`` asks for something."""
    return word in request.args.get("extended", "").split(",")


def _number(name: str) -> int | None:
    text = request.args.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 and int(text) > 0 else None


def window(things: Sequence[T], default: int | None) -> tuple[Sequence[T], int, int]:
    """Give the page that was asked for, its number and the limit that was honoured.

    ``default`` is the limit of the endpoint when none is asked for; None gives everything.
    """
    most = MOST_WITH_PROGRESS if extended("progress") else MOST
    asked = _number("limit")
    limit = min(asked, most) if asked else default if default is not None else max(1, len(things))
    page = _number("page") or 1
    return things[(page - 1) * limit : page * limit], page, limit


def paged(world: World, things: Sequence[T], show: Callable[[T], Any], *, default: int | None) -> Response:
    """Answer with one page of things, each as ``show`` gives it."""
    part, page, limit = window(things, default)
    return answer([show(thing) for thing in part], 200, page_headers(world, len(things), page, limit))


def page_headers(world: World, count: int, page: int, limit: int) -> dict[str, str]:
    """The headers of one page."""
    pages = -(-count // limit) if count else 0
    stated = max(min(1, pages), pages - world.behaviour.page_count_short)
    return {
        "X-Pagination-Page": str(page),
        "X-Pagination-Limit": str(limit),
        "X-Pagination-Page-Count": str(stated),
        "X-Pagination-Item-Count": str(count),
    }
