"""Both ways to sign in, refreshing and revoking: everything under ``/oauth``, and the activation page."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from html import escape
from typing import Any, Final
from urllib.parse import urlencode

from flask import Blueprint, Response, request

from cvi_trakt.sandbox import CLIENT_ID, CLIENT_SECRET
from cvi_trakt.sandbox.state import Grant
from cvi_trakt.sandbox.world import World, answer, refusal

_OUT_OF_BAND: Final = "urn:ietf:wg:oauth:2.0:oob"
_CODE_LIFE: Final = 600
_PAGE: Final = "<!DOCTYPE html><html><head><title>Trakt sandbox</title></head><body>{}</body></html>"
_FORM: Final = (
    '<form method="post" action="/activate"><input name="user_code" value="{}">'
    '<button name="answer" value="approve">Approve</button>'
    '<button name="answer" value="deny">Deny</button></form>'
)


@dataclass(slots=True, kw_only=True)
class _Device:
    user_code: str
    expires_at: float
    polled_at: float = float("-inf")
    answer: str = "pending"
    used: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Code:
    redirect_uri: str
    expires_at: float


def oauth_endpoints(world: World) -> Blueprint:
    """Make the endpoints under ``/oauth`` and ``/activate``."""
    pages = Blueprint("oauth", __name__)
    devices: dict[str, _Device] = {}
    codes: dict[str, _Code] = {}

    def seconds() -> float:
        return world.now().timestamp()

    def grant() -> Response:
        return answer(_tokens(world.state.sign_in(world.behaviour.sign_in_as, world.behaviour.token_life)))

    @pages.post("/oauth/device/code")
    def device_code() -> Response:
        _check_client(_body(), secret=False)
        code, user_code = secrets.token_hex(32), secrets.token_hex(4).upper()
        devices[code] = _Device(user_code=user_code, expires_at=seconds() + _CODE_LIFE)
        return answer(
            {
                "device_code": code,
                "user_code": user_code,
                "verification_url": f"{request.host_url}activate",
                "expires_in": _CODE_LIFE,
                "interval": world.behaviour.device_interval,
            }
        )

    @pages.post("/oauth/device/token")
    def device_token() -> Response:
        body = _body()
        _check_client(body, secret=True)
        device = devices.get(str(body.get("code")))
        if device is None:
            raise refusal(404, "not_found", "There is no such device code.")
        status = _poll(device, world.behaviour.device_auto, seconds(), world.behaviour.device_interval)
        return grant() if status == 200 else Response(status=status)

    @pages.route("/activate", methods=["GET", "POST"])
    def activate() -> str:
        if request.method == "GET":
            return _form("")
        for device in devices.values():
            if device.user_code == request.form.get("user_code", "").strip().upper():
                device.answer = "deny" if request.form.get("answer") == "deny" else "approve"
                return _PAGE.format("Thank you. You can close this page.")
        return _form("", "There is no such code. ")

    @pages.get("/activate/<user_code>")
    def activate_at_once(user_code: str) -> str:
        """Show the form with the code filled in: the address that QR codes lead to."""
        return _form(user_code)

    @pages.get("/oauth/authorize")
    def authorize() -> Response:
        _check_client(request.args.to_dict(), secret=False)
        if request.args.get("response_type") != "code":
            raise refusal(400, "unsupported_response_type", "response_type is code.")
        code, target = secrets.token_hex(32), request.args.get("redirect_uri", _OUT_OF_BAND)
        codes[code] = _Code(redirect_uri=target, expires_at=seconds() + _CODE_LIFE)
        if target != _OUT_OF_BAND:
            state = request.args.get("state", "")
            told = urlencode({"code": code, "state": state})
            return Response(status=302, headers={"Location": f"{target}?{told}"})
        shown = f'<p>Paste this code into the app:</p><code id="code">{escape(code)}</code>'
        return Response(_PAGE.format(shown), content_type="text/html; charset=utf-8")

    @pages.post("/oauth/token")
    def token() -> Response:
        body = _body()
        _check_client(body, secret=True)
        match body.get("grant_type"):
            case "authorization_code":
                code = codes.pop(str(body.get("code")), None)
                if code and code.redirect_uri == body.get("redirect_uri") and seconds() < code.expires_at:
                    return grant()
            case "refresh_token":
                used = world.state.take_refresh(str(body.get("refresh_token") or ""))
                if used:
                    return answer(_tokens(world.state.sign_in(used.user, world.behaviour.token_life)))
            case _:
                raise refusal(400, "unsupported_grant_type", "grant_type is not supported.")
        raise refusal(
            400,
            "invalid_grant",
            "The provided authorization grant is invalid, expired, revoked, does not match the"
            " redirection URI used in the authorization request, or was issued to another client.",
        )

    @pages.post("/oauth/revoke")
    def revoke() -> Response:
        body = _body()
        _check_client(body, secret=True)
        world.state.revoke(str(body.get("token")))
        return answer({})

    return pages


def _form(user_code: str, said: str = "") -> str:
    return _PAGE.format(said + _FORM.format(escape(user_code)))


def _poll(device: _Device, auto: str, now: float, interval: int) -> int:
    """Give the status that a poll is answered with."""
    if device.used:
        return 409
    if auto == "expire" or now >= device.expires_at:
        return 410
    too_fast = now < device.polled_at + 0.9 * interval
    device.polled_at = now
    if too_fast:
        return 429
    decided = device.answer if device.answer != "pending" else auto
    if decided == "deny":
        return 418
    device.used = decided == "approve"
    return 200 if device.used else 400


def _body() -> dict[str, Any]:
    body = request.get_json(silent=True)
    return body if isinstance(body, dict) else request.form.to_dict()


def _check_client(body: dict[str, Any], *, secret: bool) -> None:
    if body.get("client_id") != CLIENT_ID or (secret and body.get("client_secret") != CLIENT_SECRET):
        raise refusal(401, "invalid_client", "Client authentication failed due to an unknown client.")


def _tokens(grant: Grant) -> dict[str, Any]:
    return {
        "access_token": grant.access,
        "token_type": "bearer",
        "expires_in": grant.expires_at - grant.created_at,
        "refresh_token": grant.refresh,
        "scope": "public",
        "created_at": grant.created_at,
    }
