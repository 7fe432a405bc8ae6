"""Trakt's JSON bodies, turned once into our types; a body of another shape is an error, not an empty answer."""

from __future__ import annotations

from typing import Any

from cvi_trakt.accounts import Account, ListEntry, UserList
from cvi_trakt.errors import TraktUnavailableError
from cvi_trakt.matches import Candidate
from cvi_trakt.media import Ids, Kind
from cvi_trakt.plans import WriteAnswer
from cvi_trakt.trakt_api.statuses import whole

_WHOLE_WORKS = ("movie", "show")


def candidates(body: object, kind: Kind) -> list[Candidate]:
    """Read a search answer; results of another kind, and those without number or title, are left out."""
    found: list[Candidate] = []
    for row in _rows(body):
        work = row.get(kind)
        if row.get("type") == kind and isinstance(work, dict):
            one = candidate(work, kind, rank=len(found))
            found += [one] if one.ids.trakt is not None and one.title else []
    return found


def candidate(work: dict[str, Any], kind: Kind, *, rank: int = 0) -> Candidate:
    """Read one film or show, plain or with ``extended=full``."""
    return Candidate(
        kind=kind,
        title=_text(work, "title") or "",
        year=_whole(work, "year"),
        ids=ids(work),
        original_title=_text(work, "original_title"),
        country=_text(work, "country"),
        language=_text(work, "language"),
        runtime=_whole(work, "runtime"),
        votes=_whole(work, "votes"),
        overview=_text(work, "overview"),
        rank=rank,
    )


def ids(work: dict[str, Any]) -> Ids:
    """Read the ids of a film or show; zero and empty stand for unknown."""
    given = work.get("ids")
    given = given if isinstance(given, dict) else {}
    return Ids(
        trakt=_whole(given, "trakt") or None,
        slug=_text(given, "slug") or None,
        imdb=_text(given, "imdb") or None,
        tmdb=_whole(given, "tmdb") or None,
        tvdb=_whole(given, "tvdb") or None,
    )


def titles(body: object) -> list[str]:
    """Read the titles of an ``/aliases`` or ``/translations`` answer; a translation may have none."""
    return [title for row in _rows(body) if (title := _text(row, "title"))]


def list_entry(row: object) -> ListEntry:
    """Read one entry of the watchlist or of a list."""
    if not isinstance(row, dict):
        raise wrong_shape("a list entry")
    kind = _text(row, "type") or ""
    inner = row.get(kind)
    if not isinstance(inner, dict):
        raise wrong_shape(f"a list entry of type {kind[:20]!r}")
    work = inner if kind in _WHOLE_WORKS else row.get("show")
    work = work if isinstance(work, dict) else inner
    return ListEntry(
        id=_whole(row, "id"),
        rank=_whole(row, "rank"),
        type=kind,
        title=_text(work, "title") or _text(work, "name") or "",
        year=_whole(work, "year"),
        ids=ids(work),
        season=_whole(inner, "season") if kind == "episode" else _season_number(inner, kind),
        episode=_whole(inner, "number") if kind == "episode" else None,
        episode_title=_text(inner, "title") if kind == "episode" else None,
        listed_at=_text(row, "listed_at"),
        notes=_text(row, "notes"),
    )


def user_list(row: object) -> UserList:
    """Read one list of a user."""
    given = row.get("ids") if isinstance(row, dict) else None
    if not isinstance(row, dict) or not isinstance(given, dict) or _whole(given, "trakt") is None:
        raise wrong_shape("a list")
    number = _whole(given, "trakt") or 0
    return UserList(
        id=number,
        slug=_text(given, "slug") or str(number),
        name=_text(row, "name") or "",
        privacy=_text(row, "privacy"),
        description=_text(row, "description"),
        item_count=_whole(row, "item_count") or 0,
        updated_at=_text(row, "updated_at"),
    )


def account(body: object) -> Account:
    """Read ``/users/settings``; ``limits`` may be absent."""
    if not isinstance(body, dict) or not isinstance(body.get("user"), dict):
        raise wrong_shape("the account")
    user = body["user"]
    limits = _part(body, "limits")
    slug = _text(_part(user, "ids"), "slug") or _text(user, "username")
    if not slug:
        raise wrong_shape("the account's user")
    return Account(
        slug=slug,
        name=_text(user, "username") or slug,
        watchlist_limit=_whole(_part(limits, "watchlist"), "item_count"),
        list_limit=_whole(_part(limits, "list"), "count"),
        items_per_list=_whole(_part(limits, "list"), "item_count"),
    )


def write_answer(body: object) -> WriteAnswer:
    """Read the counts of a bulk write, over all types of items."""
    if not isinstance(body, dict) or not isinstance(body.get("added"), dict):
        raise wrong_shape("a write")
    missing = _part(body, "not_found")
    return WriteAnswer(
        added=sum(_counts(body["added"])),
        existing=sum(_counts(_part(body, "existing"))),
        not_found=sum(len(value) for value in missing.values() if isinstance(value, list)),
    )


def _rows(body: object) -> list[dict[str, Any]]:
    if not isinstance(body, list) or not all(isinstance(row, dict) for row in body):
        raise wrong_shape("a search")
    return body


def _part(body: dict[str, Any], name: str) -> dict[str, Any]:
    value = body.get(name)
    return value if isinstance(value, dict) else {}


def _counts(part: dict[str, Any]) -> list[int]:
    return [value for value in part.values() if isinstance(value, int)]


def _text(row: dict[str, Any], name: str) -> str | None:
    value = row.get(name)
    return value if isinstance(value, str) else None


def _whole(row: dict[str, Any], name: str) -> int | None:
    value = row.get(name)
    if isinstance(value, str):  # a season's tmdb id has been sent as text
        return whole(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _season_number(inner: dict[str, Any], kind: str) -> int | None:
    return _whole(inner, "number") if kind == "season" else None


def wrong_shape(what: str) -> TraktUnavailableError:
    """Give the error for an answer that does not look like what was asked for."""
    return TraktUnavailableError(
        f"Trakt's answer does not look like {what}. Run again later, or look for a newer cvi-trakt."
    )
