"""What the program asks of Trakt, in our own types; paths and bodies are known here and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

from cvi_trakt.accounts import Account, ListEntry, UserList
from cvi_trakt.errors import ItemNotFoundError
from cvi_trakt.matches import Candidate
from cvi_trakt.media import Kind
from cvi_trakt.plans import Target, Unit, UnitKind, WriteAnswer
from cvi_trakt.trakt_api import parse
from cvi_trakt.trakt_api.pages import read_all
from cvi_trakt.trakt_api.statuses import whole
from cvi_trakt.trakt_api.transport import Transport

CANDIDATES = 30  # one page of search results: enough to see every remake of a title
_OPERATORS = re.compile(r'([-+&|!(){}\[\]^"~*?:/\\])')


class Trakt:
    """Reads and writes at one Trakt host, for one account. Raises ``TraktError``."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    @property
    def requests(self) -> dict[str, int]:
        """How many requests were sent so far: ``search``, ``read``, ``write``, and ``lookup`` where there was one."""
        return {name: number for name, number in self._transport.sent.items() if number or name != "lookup"}

    def search(self, kind: Kind, query: str, *, exact: bool) -> list[Candidate]:
        """Search films or shows by title: ``/search/{type}/exact`` or the broad ``/search/{type}``."""
        path = f"/search/{kind}/exact" if exact else f"/search/{kind}"
        page = {"query": escape(query), "extended": "full", "page": 1, "limit": CANDIDATES}
        return parse.candidates(self._transport.get(path, page).body, kind)

    def look_up(self, kind: Kind, source: str, number: str | int) -> list[Candidate]:
        """Find by id at ``/search/{source}/{id}``; what does not carry that id or is of another kind is left out."""
        query = {"type": str(kind), "extended": "full", "page": 1, "limit": 10}
        try:
            body = self._transport.get(f"/search/{source}/{quote(str(number), safe='')}", query).body
        except ItemNotFoundError:
            return []
        found = parse.candidates(body, kind)
        return [candidate for candidate in found if candidate.ids.known().get(source) == number]

    def look_up_slug(self, kind: Kind, slug: str) -> list[Candidate]:
        """Read the film or show of a slug, or of Trakt's number; nothing where there is none of that kind."""
        place = "movies" if kind is Kind.MOVIE else "shows"
        try:
            body = self._transport.get(f"/{place}/{quote(slug, safe='')}", {"extended": "full"}).body
        except ItemNotFoundError:
            return []
        if isinstance(body, list):  # a page of many, such as /shows/popular
            return []
        if not isinstance(body, dict):
            raise parse.wrong_shape(f"a {kind}")
        return parse.candidates([{"type": kind, kind: body}], kind)

    def other_titles(self, candidate: Candidate) -> list[str]:
        """Read what else a work is called: ``/aliases`` and ``/translations``; nothing where Trakt has neither."""
        place = "movies" if candidate.kind is Kind.MOVIE else "shows"
        titles: list[str] = []
        for what in ("aliases", "translations"):
            try:
                body = self._transport.get(f"/{place}/{candidate.ids.trakt}/{what}").body
            except ItemNotFoundError:
                continue
            titles.extend(parse.titles(body))
        return list(dict.fromkeys(titles))

    def account(self) -> Account:
        """Say whose token it is, with the account's limits."""
        return parse.account(self._transport.get("/users/settings").body)

    def lists(self) -> list[UserList]:
        """Read every list of the account."""
        return [parse.user_list(row) for row in self._read("/users/me/lists")]

    def create_list(self, name: str, *, privacy: str) -> UserList:
        """Make a list. Not repeated when the answer is lost: names need not be unique."""
        body = {"name": name, "privacy": privacy}
        return parse.user_list(self._transport.post("/users/me/lists", body, repeatable=False).body)

    def entries(self, target: Target) -> list[ListEntry]:
        """Read the watchlist or a list completely, in Trakt's own order."""
        return [parse.list_entry(row) for row in self._read(_entries(target))]

    def count(self, target: Target) -> int:
        """Say how many entries a target has, by the item count that comes with one of them."""
        answer = self._transport.get(_entries(target), {"page": 1, "limit": 1})
        announced = whole(answer.headers.get("X-Pagination-Item-Count", ""))
        return len(self.entries(target)) if announced is None else announced

    def add(self, target: Target, units: Sequence[Unit]) -> WriteAnswer:
        """Add units in one request; a lost answer is for the caller to settle, by reading the target again."""
        path = "/sync/watchlist" if target.is_watchlist else _list(target)
        return parse.write_answer(self._transport.post(path, bulk_body(units), repeatable=False).body)

    def _read(self, path: str) -> list[Any]:
        return read_all(lambda page, limit: self._transport.get(path, {"page": page, "limit": limit}))


def escape(query: str) -> str:
    """Put a backslash before each character that Trakt's search takes for an operator."""
    return _OPERATORS.sub(r"\\\1", query)


def bulk_body(units: Iterable[Unit]) -> dict[str, Any]:
    """Write units as Trakt's bulk bodies want them: films and shows by their ids, the rest nested in shows.

    A whole season and episodes of it stand in two entries of the show: in one, the season would be
    taken for the sum of the episodes.
    """
    films: list[dict[str, Any]] = []
    shows: dict[tuple[int, UnitKind], dict[str, Any]] = {}
    for unit in units:
        if unit.kind is UnitKind.MOVIE:
            films.append({"ids": unit.ids.known()})
            continue
        show = shows.setdefault((unit.key[1], unit.kind), {"ids": unit.ids.known()})
        if unit.kind is not UnitKind.SHOW:
            seasons = show.setdefault("seasons", [])
            season = next((one for one in seasons if one["number"] == unit.season), None)
            if season is None:
                season = {"number": unit.season}
                seasons.append(season)
            if unit.kind is UnitKind.EPISODE:
                season.setdefault("episodes", []).append({"number": unit.episode})
    body = {"movies": films, "shows": list(shows.values())}
    return {name: items for name, items in body.items() if items}


def _entries(target: Target) -> str:
    return "/sync/watchlist/all/rank/asc" if target.is_watchlist else f"{_list(target)}/all/rank/asc"


def _list(target: Target) -> str:
    """Address a list by its number: a slug of digits, as a list named 2024 has it, would mean another list."""
    if target.id is None:
        raise ValueError("a list that is not made yet has no address")
    return f"/users/me/lists/{target.id}/items"
