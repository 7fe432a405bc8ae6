"""Both ways to sign in, refreshing and signing out."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
import requests
from sandbox.sandbox_process import API_KEY, Sandbox

CLIENT = {"client_id": "sandbox-client-id", "client_secret": "sandbox-client-secret"}
OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"
NO_KEY = {"User-Agent": "tests/1"}


def device_code(sandbox: Sandbox) -> Any:
    return sandbox.post("/oauth/device/code", {"client_id": "sandbox-client-id"}, headers=NO_KEY).json()


def poll(sandbox: Sandbox, code: str) -> requests.Response:
    return sandbox.post("/oauth/device/token", {**CLIENT, "code": code}, headers=NO_KEY)


def exchange(sandbox: Sandbox, **fields: str) -> requests.Response:
    return sandbox.post("/oauth/token", {**CLIENT, "redirect_uri": OUT_OF_BAND, **fields}, headers=NO_KEY)


def works(sandbox: Sandbox, token: str) -> bool:
    headers = {**API_KEY, "Authorization": f"Bearer {token}"}
    return sandbox.get("/users/settings", headers=headers).status_code == 200


def test_device_flow_gives_tokens_that_work(sandbox: Sandbox) -> None:
    asked = device_code(sandbox)
    assert (asked["interval"], asked["verification_url"]) == (1, f"{sandbox.url}/activate")
    answer = poll(sandbox, asked["device_code"])
    tokens = answer.json()
    assert (answer.status_code, tokens["token_type"], tokens["expires_in"]) == (200, "bearer", 604_800)
    assert abs(tokens["created_at"] - time.time()) < 60
    assert works(sandbox, tokens["access_token"])


@pytest.mark.parametrize(("user", "status"), [("pending", 400), ("deny", 418), ("expire", 410), ("approve", 200)])
def test_a_poll_says_what_the_user_did(sandbox: Sandbox, user: str, status: int) -> None:
    sandbox.behave(device_auto=user)
    assert poll(sandbox, device_code(sandbox)["device_code"]).status_code == status


def test_an_unknown_device_code_is_404(sandbox: Sandbox) -> None:
    assert poll(sandbox, "nothing").status_code == 404


def test_a_device_code_works_once(sandbox: Sandbox) -> None:
    code = device_code(sandbox)["device_code"]
    assert [poll(sandbox, code).status_code for _ in range(2)] == [200, 409]


def test_polling_too_fast_is_429(sandbox: Sandbox) -> None:
    sandbox.behave(device_auto="pending", device_interval=60)
    code = device_code(sandbox)["device_code"]
    assert [poll(sandbox, code).status_code for _ in range(2)] == [400, 429]


def test_a_device_code_expires(sandbox: Sandbox) -> None:
    code = device_code(sandbox)["device_code"]
    sandbox.behave(clock_skew=601)
    assert poll(sandbox, code).status_code == 410


@pytest.mark.parametrize(("answer", "status"), [("approve", 200), ("deny", 418)])
def test_the_user_can_answer_on_the_activation_page(sandbox: Sandbox, answer: str, status: int) -> None:
    sandbox.behave(device_auto="pending", device_interval=0)
    asked = device_code(sandbox)
    assert poll(sandbox, asked["device_code"]).status_code == 400
    form = {"user_code": asked["user_code"].lower(), "answer": answer}
    assert "Approve" in requests.get(asked["verification_url"], timeout=5).text
    assert "Thank you" in requests.post(asked["verification_url"], data=form, timeout=5).text
    assert poll(sandbox, asked["device_code"]).status_code == status


def test_the_address_of_a_qr_code_has_the_code_filled_in(sandbox: Sandbox) -> None:
    sandbox.behave(device_auto="pending", device_interval=0)
    asked = device_code(sandbox)
    page = requests.get(f"{asked['verification_url']}/{asked['user_code']}", timeout=5).text
    form = re.search(r'<form method="post" action="(\S+)"><input name="user_code" value="(\w+)">', page)
    assert form is not None
    assert form[2] == asked["user_code"]
    answered = requests.post(sandbox.url + form[1], data={"user_code": form[2], "answer": "approve"}, timeout=5)
    assert "Thank you" in answered.text
    assert poll(sandbox, asked["device_code"]).status_code == 200


def test_looking_at_the_page_of_a_code_does_not_approve_it(sandbox: Sandbox) -> None:
    sandbox.behave(device_auto="pending", device_interval=0)
    asked = device_code(sandbox)
    assert requests.get(f"{asked['verification_url']}/{asked['user_code']}", timeout=5).status_code == 200
    assert poll(sandbox, asked["device_code"]).status_code == 400


def test_a_code_that_is_markup_stays_text_in_the_page(sandbox: Sandbox) -> None:
    page = requests.get(f"{sandbox.url}/activate/%22%3E%3Cb%3E{{}}", timeout=5).text
    assert 'value="&quot;&gt;&lt;b&gt;{}"' in page


def authorized_code(sandbox: Sandbox) -> str:
    page = sandbox.get(
        "/oauth/authorize",
        params={"response_type": "code", "client_id": "sandbox-client-id", "redirect_uri": OUT_OF_BAND},
        headers=NO_KEY,
    )
    assert page.headers["Content-Type"].startswith("text/html")
    shown = re.search(r'<code id="code">(\w+)</code>', page.text)
    assert shown
    return shown[1]


def test_code_flow_gives_tokens_that_work_once(sandbox: Sandbox) -> None:
    code = authorized_code(sandbox)
    answer = exchange(sandbox, grant_type="authorization_code", code=code)
    assert answer.status_code == 200
    assert works(sandbox, answer.json()["access_token"])
    again = exchange(sandbox, grant_type="authorization_code", code=code)
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")


def test_a_code_for_another_redirect_uri_is_refused(sandbox: Sandbox) -> None:
    code = authorized_code(sandbox)
    answer = exchange(sandbox, grant_type="authorization_code", code=code, redirect_uri="http://localhost")
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_grant")


def test_a_redirect_uri_gets_the_code_and_the_state(sandbox: Sandbox) -> None:
    query = {
        "response_type": "code",
        "client_id": "sandbox-client-id",
        "redirect_uri": "http://127.0.0.1:9/back",
        "state": "s t",
    }
    answer = sandbox.get("/oauth/authorize", params=query, headers=NO_KEY, allow_redirects=False)
    assert answer.status_code == 302
    assert re.fullmatch(r"http://127\.0\.0\.1:9/back\?code=\w+&state=s\+t", answer.headers["Location"])


def test_a_refresh_token_works_once_and_ends_the_old_access_token(sandbox: Sandbox) -> None:
    old = poll(sandbox, device_code(sandbox)["device_code"]).json()
    answer = exchange(sandbox, grant_type="refresh_token", refresh_token=old["refresh_token"])
    new = answer.json()
    assert answer.status_code == 200
    assert works(sandbox, new["access_token"])
    assert not works(sandbox, old["access_token"])
    again = exchange(sandbox, grant_type="refresh_token", refresh_token=old["refresh_token"])
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")
    assert works(sandbox, new["access_token"])


def test_an_expired_access_token_can_still_be_refreshed(sandbox: Sandbox) -> None:
    sandbox.behave(token_life=0)
    old = poll(sandbox, device_code(sandbox)["device_code"]).json()
    assert not works(sandbox, old["access_token"])
    sandbox.behave(token_life=3600)
    new = exchange(sandbox, grant_type="refresh_token", refresh_token=old["refresh_token"]).json()
    assert new["expires_in"] == 3600
    assert works(sandbox, new["access_token"])


def test_an_empty_refresh_token_is_refused(sandbox: Sandbox) -> None:
    assert exchange(sandbox, grant_type="refresh_token", refresh_token="").status_code == 400
    assert works(sandbox, "sandbox-access-token")


def test_revoking_ends_both_tokens(sandbox: Sandbox) -> None:
    tokens = poll(sandbox, device_code(sandbox)["device_code"]).json()
    body = {**CLIENT, "token": tokens["access_token"]}
    assert sandbox.post("/oauth/revoke", body, headers=NO_KEY).status_code == 200
    assert not works(sandbox, tokens["access_token"])
    dead = exchange(sandbox, grant_type="refresh_token", refresh_token=tokens["refresh_token"])
    assert dead.json()["error"] == "invalid_grant"


@pytest.mark.parametrize("path", ["/oauth/device/token", "/oauth/token", "/oauth/revoke"])
@pytest.mark.parametrize("wrong", ["client_id", "client_secret"])
def test_wrong_client_credentials_are_401(sandbox: Sandbox, path: str, wrong: str) -> None:
    answer = sandbox.post(path, {**CLIENT, wrong: "wrong"}, headers=NO_KEY)
    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")


def test_another_user_can_sign_in(sandbox: Sandbox) -> None:
    sandbox.seed("olga", name="Olga")
    sandbox.behave(sign_in_as="olga")
    token = poll(sandbox, device_code(sandbox)["device_code"]).json()["access_token"]
    headers = {**API_KEY, "Authorization": f"Bearer {token}"}
    assert sandbox.get("/users/settings", headers=headers).json()["user"]["name"] == "Olga"


def test_a_pair_of_tokens_can_be_had_without_a_flow(sandbox: Sandbox) -> None:
    pair = sandbox.post("/_sandbox/tokens", {"life": 100})
    assert pair.status_code == 201
    assert works(sandbox, pair.json()["access"])
    sandbox.post("/_sandbox/tokens/expire")
    assert not works(sandbox, pair.json()["access"])
