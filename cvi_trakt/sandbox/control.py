"""The endpoints under ``/_sandbox`` with which tests seed accounts, order faults and look on."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, request

from cvi_trakt.sandbox import USER
from cvi_trakt.sandbox.behaviour import Behaviour
from cvi_trakt.sandbox.faults import fault_from_json
from cvi_trakt.sandbox.seeds import account_to_json
from cvi_trakt.sandbox.world import World, answer, refusal
from cvi_trakt.sandbox.writes import read_body


def control_endpoints(world: World) -> Blueprint:
    """Make the control endpoints."""
    pages = Blueprint("control", __name__, url_prefix="/_sandbox")

    @pages.get("/state")
    def state() -> Response:
        return answer(_accounts(world))

    @pages.put("/state")
    def seed() -> Response:
        accounts = read_body().get("accounts")
        if not isinstance(accounts, dict):
            raise refusal(400, "bad_request", 'The body is {"accounts": {slug: {...}}}.')
        try:
            world.state.seed(accounts)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise refusal(400, "bad_request", f"{type(error).__name__}: {error}") from error
        return answer(_accounts(world))

    @pages.post("/reset")
    def reset() -> Response:
        world.state.reset()
        world.behaviour.change(Behaviour().to_json())
        world.faults.clear()
        world.buckets.clear()
        world.requests.clear()
        return answer({})

    @pages.get("/behaviour")
    def behaviour() -> Response:
        return answer(world.behaviour.to_json())

    @pages.put("/behaviour")
    def behave() -> Response:
        try:
            world.behaviour.change(read_body())
        except (TypeError, ValueError) as error:
            raise refusal(400, "bad_request", str(error)) from error
        world.buckets.clear()
        return answer(world.behaviour.to_json())

    @pages.post("/faults")
    def order_fault() -> Response:
        try:
            world.faults.add(fault_from_json(read_body()))
        except ValueError as error:
            raise refusal(400, "bad_request", str(error)) from error
        return answer({}, 201)

    @pages.delete("/faults")
    def no_faults() -> Response:
        world.faults.clear()
        return Response(status=204)

    @pages.get("/requests")
    def requests() -> Response:
        return answer(list(world.requests))

    @pages.delete("/requests")
    def forget_requests() -> Response:
        world.requests.clear()
        return Response(status=204)

    @pages.post("/tokens")
    def sign_in() -> Response:
        body = request.get_json(silent=True, force=True) or {}
        user = body.get("user", USER)
        if user not in world.state.accounts:
            raise refusal(400, "bad_request", f"There is no account {user}.")
        return answer(asdict(world.state.sign_in(user, body.get("life", world.behaviour.token_life))), 201)

    @pages.post("/tokens/expire")
    def expire() -> Response:
        world.state.expire_all()
        return answer({})

    return pages


def _accounts(world: World) -> dict[str, Any]:
    return {"accounts": {slug: account_to_json(each) for slug, each in world.state.accounts.items()}}
