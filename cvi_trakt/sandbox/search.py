"""The search endpoints: exact, broad and by id."""

from __future__ import annotations

import re
from typing import Any, Final

from flask import Blueprint, Response, request

from cvi_trakt.sandbox.catalogue import KINDS, Hit, Kind, Ref, kind_of
from cvi_trakt.sandbox.paging import FEW, extended, paged
from cvi_trakt.sandbox.shapes import item_body
from cvi_trakt.sandbox.world import World, refusal

_ID_SOURCES: Final = ("trakt", "imdb", "tmdb", "tvdb")
_BY_ID_SCORE: Final = 1000
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_OPERATOR: Final = re.compile(r'[-+!(){}\[\]^"~*?:/\\]|&&|\|\|')


def search_endpoints(world: World) -> Blueprint:
    """Make the endpoints under ``/search``."""
    pages = Blueprint("search", __name__, url_prefix="/search")

    def hits(found: list[Hit]) -> Response:
        full = extended("full")

        def show(hit: Hit) -> dict[str, Any]:
            return {"score": hit.score} | item_body(world.catalogue, hit.entry.ref, full=full)

        return paged(world, found, show, default=FEW)

    @pages.get("/<types>/exact")
    def exact(types: str) -> Response:
        kinds, query = _kinds(types), _query()
        return hits([] if world.behaviour.exact_empty else world.catalogue.exact(kinds, query))

    @pages.get("/<types>")
    def broad(types: str) -> Response:
        return hits(world.catalogue.broad(_kinds(types), _query()))

    @pages.get("/<any(trakt, imdb, tmdb, tvdb):source>/<number>")
    def by_id(source: str, number: str) -> Response:
        wanted = request.args.get("type")
        kinds: list[Kind] = _kinds(wanted) if wanted else ["movie", "show", "episode"]
        found = [ref for kind in kinds if (ref := world.catalogue.find(kind, source, number))]
        full = extended("full")

        def show(ref: Ref) -> dict[str, Any]:
            return {"score": _BY_ID_SCORE} | item_body(world.catalogue, ref, full=full)

        return paged(world, found, show, default=FEW)

    return pages


def _kinds(types: str) -> list[Kind]:
    if types in _ID_SOURCES:
        raise refusal(404, "not_found")
    kinds = [kind for word in types.split(",") if (kind := kind_of(word)) in KINDS]
    known = [kind for kind in kinds if kind is not None]
    if not known and not set(types.split(",")) & {"person", "list"}:
        raise refusal(404, "not_found", f"There is nothing to search of type {types}.")
    return known


def _query() -> str:
    """Read the query; characters that are operators of Trakt's search must be escaped."""
    text = request.args.get("query", "")
    bare = _OPERATOR.search(_ESCAPED.sub("", text))
    if bare:
        raise refusal(400, "invalid_query", f"{bare[0]} is an operator: put a backslash before it.")
    return _ESCAPED.sub(r"\1", text)
