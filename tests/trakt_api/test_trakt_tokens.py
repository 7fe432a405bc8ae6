from __future__ import annotations

import json
from pathlib import Path

import pytest
from driving import Program, TraktProcess

from cvi_trakt.errors import NotSignedInError
from cvi_trakt.sandbox import CLIENT_ID, TOKEN
from cvi_trakt.secret import Secret
from cvi_trakt.trakt_api.tokens import stored_token, token_file

HOME = Path("/home/somebody")
STATE = Path("/state")
PUBLIC = ("https://api.trakt.tv", "https://auth.trakt.tv")


@pytest.mark.parametrize(
    ("urls", "home", "wanted"),
    [
        pytest.param(PUBLIC, HOME, HOME / ".pytrakt.json", id="trakt-itself"),
        pytest.param(PUBLIC, None, STATE / "tokens/auth.trakt.tv_api.trakt.tv.json", id="no-home"),
        pytest.param(
            ("http://127.0.0.1:80", "http://127.0.0.1:80"), HOME, STATE / "tokens/127.0.0.1-80.json", id="a-sandbox"
        ),
        pytest.param(
            ("http://127.0.0.1:80", PUBLIC[1]),
            HOME,
            STATE / "tokens/auth.trakt.tv_127.0.0.1-80.json",
            id="another-api-behind-trakts-sign-in",
        ),
    ],
)
def test_pytrakts_file_serves_trakts_own_hosts_only(urls: tuple[str, str], home: Path | None, wanted: Path) -> None:
    assert token_file(urls, PUBLIC, home=home, state_dir=STATE) == wanted


def stored(**changed: object) -> str:
    return json.dumps(
        {
            "APPLICATION_ID": None,
            "CLIENT_ID": "mine",
            "CLIENT_SECRET": "x",
            "OAUTH_EXPIRES_AT": 1800000000,
            "OAUTH_REFRESH": "next",
            "OAUTH_TOKEN": "now",
        }
        | changed
    )


def test_a_sign_in_of_pytrakt_is_read(tmp_path: Path) -> None:
    (tmp_path / "t.json").write_text(stored())
    token = stored_token(tmp_path / "t.json", Secret("mine"))
    assert token is not None
    assert (token.access, token.refresh, token.expires_at) == (Secret("now"), Secret("next"), 1800000000)


@pytest.mark.parametrize(
    "content",
    [stored(CLIENT_ID="another"), stored(OAUTH_TOKEN=None), "{}"],
    ids=["another-client", "no-token", "empty"],
)
def test_a_sign_in_that_does_not_fit_counts_as_none(tmp_path: Path, content: str) -> None:
    (tmp_path / "t.json").write_text(content)
    assert stored_token(tmp_path / "t.json", Secret("mine")) is None


@pytest.mark.parametrize("content", ["{", "[]", "", "[" * 100_000], ids=["cut-off", "a-list", "empty", "deep"])
def test_a_broken_sign_in_is_named_and_left_alone(tmp_path: Path, content: str) -> None:
    (tmp_path / "t.json").write_text(content)
    with pytest.raises(NotSignedInError, match=r"t\.json: not a sign-in"):
        stored_token(tmp_path / "t.json", Secret("mine"))
    assert (tmp_path / "t.json").read_text() == content


def test_the_sign_in_of_a_host_is_used(program: Program, trakt: TraktProcess) -> None:
    host = trakt.url.removeprefix("http://").replace(":", "-")
    file = program.folder / "state" / "tokens" / f"{host}.json"
    file.parent.mkdir(parents=True)
    file.write_text(stored(CLIENT_ID=CLIENT_ID, OAUTH_TOKEN=TOKEN))
    assert program.run("view", env={"CVI_TRAKT_TOKEN": None}).code == 0


@pytest.mark.parametrize("taken_out", ["CVI_TRAKT_TOKEN", "CVI_TRAKT_AUTH_URL"])
def test_pytrakts_own_file_is_never_sent_to_another_host(program: Program, trakt: TraktProcess, taken_out: str) -> None:
    (program.home / ".pytrakt.json").write_text(stored(CLIENT_ID=CLIENT_ID, OAUTH_TOKEN=TOKEN))
    assert program.run("view", env={"CVI_TRAKT_TOKEN": None, taken_out: None}).code == 4
    assert trakt.requests() == []
