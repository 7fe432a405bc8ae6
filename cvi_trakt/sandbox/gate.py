"""Decides before each API call whether it may pass: key, content type, sign-in, rate, account."""

from __future__ import annotations

from typing import Final

from flask import Flask, Response, g, request

from cvi_trakt.sandbox import CLIENT_ID
from cvi_trakt.sandbox.accounts import Account
from cvi_trakt.sandbox.world import World, refusal

_OPEN: Final = ("/oauth", "/activate", "/_sandbox")
_PERSONAL: Final = ("/sync", "/users/settings", "/users/me")
_WRITES: Final = frozenset({"POST", "PUT", "DELETE"})
_BLOCKED: Final = "<!DOCTYPE html><html><title>Attention Required!</title><h1>You have been blocked</h1></html>"


def install(app: Flask, world: World) -> None:
    """Let every API call of the app pass the gate."""

    @app.before_request
    def check() -> Response | None:
        if _within(_OPEN):
            return None
        if not request.headers.get("User-Agent"):
            return Response(_BLOCKED, 403, content_type="text/html; charset=utf-8")
        if request.headers.get("trakt-api-key") != CLIENT_ID:
            raise refusal(403, "invalid_api_key", "The trakt-api-key is missing or not that of an app.")
        if request.method in {"POST", "PUT"} and request.mimetype != "application/json":
            raise refusal(412, "precondition_failed", "Use the content type application/json.")
        g.account = _account(world)
        _count(world)
        _check_account(world)
        return None

    @app.after_request
    def tell_rate(response: Response) -> Response:
        response.headers.update(g.get("rate_headers", {}))
        return response


def _within(places: tuple[str, ...]) -> bool:
    return any(request.path == place or request.path.startswith(f"{place}/") for place in places)


def _account(world: World) -> Account | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    needed = request.method in _WRITES or _within(_PERSONAL)
    if not scheme and not needed:
        return None
    grant = world.state.grant_of(token.strip()) if scheme.lower() == "bearer" else None
    if grant is None:
        raise refusal(
            401,
            "invalid_token",
            "The access token is missing, expired or revoked.",
            {"WWW-Authenticate": 'Bearer realm="Trakt", error="invalid_token"'},
        )
    return world.state.accounts[grant.user]


def _count(world: World) -> None:
    limits = world.behaviour.rate_limits
    if limits is None:
        return
    user = g.account.slug if g.account else None
    allowance = world.buckets.take(user, write=request.method in _WRITES, limits=limits)
    if allowance.exceeded:
        raise refusal(429, "rate_limit_exceeded", "Too many requests.", allowance.headers())
    g.rate_headers = allowance.headers()


def _check_account(world: World) -> None:
    if g.account is None:
        return
    match world.behaviour.account:
        case "locked":
            raise refusal(423, "account_locked", "The account is locked.", {"X-Account-Locked": "true"})
        case "deactivated":
            raise refusal(423, "account_deactivated", "It is off.", {"X-Account-Deactivated": "true"})
        case "vip_only":
            raise refusal(426, "vip_only", "This is for VIP members.", {"X-Upgrade-URL": "https://trakt.tv/vip"})
        case "ok":
            return
