"""Finds the list that a person means; lists are always addressed by what Trakt gave."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Callable, Sequence

from cvi_trakt.accounts import UserList
from cvi_trakt.errors import ListNotFoundError
from cvi_trakt.plans import Target

LIST_PREFIX = "list:"
MAIN = "watchlist"  # the name of the one watchlist that every account has


def open_target(name: str | None, read_lists: Callable[[], Sequence[UserList]], *, create: bool = False) -> Target:
    """Give the target of a name or slug; the lists are read only when it is not the main watchlist.

    ``None`` and ``watchlist`` mean the main watchlist, ``list:NAME`` always a list. With ``create`` a
    list that is not there is a new one. Raises ``ListNotFoundError``.
    """
    if is_main(name):
        return Target(name=MAIN)
    assert name is not None
    name = name.removeprefix(LIST_PREFIX)
    lists = read_lists()
    found = _find(name, lists)
    if len(found) > 1:
        slugs = ", ".join(one.slug for one in found)
        raise ListNotFoundError(f"Several lists are named {name!r}: use one of the slugs {slugs}")
    if found:
        return Target(name=found[0].name, id=found[0].id, slug=found[0].slug)
    if create:
        return Target(name=name, is_new=True)
    raise _not_found(name, lists)


def is_main(name: str | None) -> bool:
    """Whether a name means the main watchlist: none given, or ``watchlist`` in any case."""
    return name is None or _fold(name) == MAIN


def _find(name: str, lists: Sequence[UserList]) -> list[UserList]:
    """Find by slug, else by number, else by name in any case; only names can stand for several lists."""
    by_slug = [one for one in lists if one.slug == name] or [one for one in lists if str(one.id) == name]
    return by_slug or [one for one in lists if _fold(one.name) == _fold(name)]


def _not_found(name: str, lists: Sequence[UserList]) -> ListNotFoundError:
    names = {_fold(one.name): one.name for one in lists} | {_fold(one.slug): one.slug for one in lists}
    near = [names[key] for key in difflib.get_close_matches(_fold(name), names, 3, 0.5)]
    near = near or [one.name for one in lists[:3]]
    hint = f"Lists there: {', '.join(dict.fromkeys(near))}." if near else "The account has no lists."
    return ListNotFoundError(
        f"Watchlist not found: {name}. {hint} `cvi-trakt list-watchlists` shows all; sync --create-list makes one."
    )


def _fold(name: str) -> str:
    return unicodedata.normalize("NFC", name).strip().casefold()
