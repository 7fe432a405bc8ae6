from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from driving import Program, TraktProcess
from trakt.config import AuthConfig

from cvi_trakt.errors import NotSignedInError, TokenFileError
from cvi_trakt.sandbox import CLIENT_ID, TOKEN
from cvi_trakt.secret import Secret
from cvi_trakt.trakt_api.tokens import Token, TokenFile, token_files

HOME = Path("/home/somebody")
STATE = Path("/state")
TOKENS = STATE / "tokens"
LOCAL = "http://127.0.0.1:80"
MARK = "3fd30542"  # of the client id "mine"
PUBLIC_FILE = TOKENS / f"auth.trakt.tv_api.trakt.tv-{MARK}.json"
PUBLIC = ("https://api.trakt.tv", "https://auth.trakt.tv")


@pytest.mark.parametrize(
    ("urls", "home", "wanted"),
    [
        pytest.param(
            PUBLIC, HOME, (HOME / ".pytrakt.json", TOKENS / f"auth.trakt.tv_api.trakt.tv-{MARK}.json"), id="trakt"
        ),
        pytest.param(PUBLIC, None, (PUBLIC_FILE,), id="no-home"),
        pytest.param((LOCAL, LOCAL), HOME, (TOKENS / f"127.0.0.1-80-{MARK}.json",), id="a-sandbox"),
        pytest.param(
            (LOCAL, PUBLIC[1]),
            HOME,
            (TOKENS / f"auth.trakt.tv_127.0.0.1-80-{MARK}.json",),
            id="another-api-behind-trakts-sign-in",
        ),
    ],
)
def test_pytrakts_file_serves_trakts_own_hosts_only(
    urls: tuple[str, str], home: Path | None, wanted: tuple[Path, ...]
) -> None:
    assert token_files(urls, PUBLIC, Secret("mine"), home=home, state_dir=STATE) == wanted


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
    token = TokenFile(tmp_path / "t.json", Secret("mine")).read()
    assert token is not None
    assert (token.access, token.refresh, token.expires_at) == (Secret("now"), Secret("next"), 1800000000)


@pytest.mark.parametrize(
    "content",
    [stored(CLIENT_ID="another"), stored(OAUTH_TOKEN=None), "{}"],
    ids=["another-client", "no-token", "empty"],
)
def test_a_sign_in_that_does_not_fit_counts_as_none(tmp_path: Path, content: str) -> None:
    (tmp_path / "t.json").write_text(content)
    assert TokenFile(tmp_path / "t.json", Secret("mine")).read() is None


@pytest.mark.parametrize("content", ["{", "[]", "", "[" * 100_000], ids=["cut-off", "a-list", "empty", "deep"])
def test_a_broken_sign_in_is_named_and_left_alone(tmp_path: Path, content: str) -> None:
    (tmp_path / "t.json").write_text(content)
    with pytest.raises(NotSignedInError, match=r"t\.json: not a sign-in"):
        TokenFile(tmp_path / "t.json", Secret("mine")).read()
    assert (tmp_path / "t.json").read_text() == content


@pytest.mark.parametrize(
    ("created", "expires", "half"),
    [
        pytest.param(1000, 3000, 2000.0, id="half-way"),
        pytest.param(None, 3000, 3000, id="birth-not-known"),
        pytest.param(4000, 3000, 3000, id="born-after-its-end"),
        pytest.param(1000, None, None, id="end-not-known"),
    ],
)
def test_half_of_the_life_is_counted_from_its_beginning(
    created: int | None, expires: int | None, half: float | None
) -> None:
    assert Token(access=Secret("x"), created_at=created, expires_at=expires).half_life() == half


def test_a_sign_in_that_pytrakt_wrote_began_when_its_file_was_written(tmp_path: Path) -> None:
    (tmp_path / "t.json").write_text(stored())
    os.utime(tmp_path / "t.json", (1700000000, 1700000000))
    token = TokenFile(tmp_path / "t.json", Secret("mine")).read()
    assert token is not None
    assert token.created_at == 1700000000


FRESH = Token(access=Secret("a2"), refresh=Secret("r2"), expires_at=1900000000, created_at=1890000000)


def keep(file: TokenFile, token: Token = FRESH) -> None:
    with file.locked(), file.writer() as writer:
        writer.write(token)


def test_what_is_written_is_what_pytrakt_reads_and_nobody_else(tmp_path: Path) -> None:
    path = tmp_path / "folder" / "t.json"
    keep(TokenFile(path, Secret("mine"), Secret("hush")))
    assert json.loads(path.read_text()) == {
        "APPLICATION_ID": None,
        "CLIENT_ID": "mine",
        "CLIENT_SECRET": "hush",
        "OAUTH_EXPIRES_AT": 1900000000,
        "OAUTH_CREATED_AT": 1890000000,
        "OAUTH_REFRESH": "r2",
        "OAUTH_TOKEN": "a2",
    }
    assert [stat.S_IMODE(one.stat().st_mode) for one in (path, path.parent)] == [0o600, 0o700]
    config = AuthConfig(str(path)).update(CLIENT_ID=None, CLIENT_SECRET=None)
    config.load()
    assert (config.CLIENT_ID, config.OAUTH_TOKEN, config.OAUTH_REFRESH) == ("mine", "a2", "r2")


def test_a_file_that_others_could_read_becomes_private_and_keeps_its_other_keys(
    tmp_path: Path,
) -> None:
    path = tmp_path / "t.json"
    path.write_text(stored(APPLICATION_ID="app", MORE="kept"))
    path.chmod(0o644)
    keep(TokenFile(path, Secret("mine")))
    written = json.loads(path.read_text())
    assert (written["APPLICATION_ID"], written["MORE"], written["CLIENT_SECRET"]) == ("app", "kept", "x")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert sorted(one.name for one in tmp_path.iterdir()) == ["t.json", "t.json.lock"]


def test_a_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "t.json").write_text(stored())
    (tmp_path / "t.json").symlink_to(tmp_path / "real" / "t.json")
    keep(TokenFile(tmp_path / "t.json", Secret("mine")))
    assert (tmp_path / "t.json").is_symlink()
    assert json.loads((tmp_path / "real" / "t.json").read_text())["OAUTH_TOKEN"] == "a2"


def test_another_client_ids_sign_in_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "t.json"
    path.write_text(stored(CLIENT_ID="another"))
    with pytest.raises(TokenFileError, match="another client id"):
        keep(TokenFile(path, Secret("mine")))
    assert path.read_text() == stored(CLIENT_ID="another")


def test_a_sign_in_that_is_not_written_leaves_the_old_one_and_no_litter(tmp_path: Path) -> None:
    path = tmp_path / "t.json"
    path.write_text(stored())
    file = TokenFile(path, Secret("mine"))
    with pytest.raises(KeyboardInterrupt), file.locked(), file.writer():
        raise KeyboardInterrupt
    assert path.read_text() == stored()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["t.json", "t.json.lock"]


MOUNTED = """
mount --bind "$1/inner.json" "$1/t.json"
exec "$2" -c 'import sys
from cvi_trakt.secret import Secret
from cvi_trakt.trakt_api.tokens import TokenFile
from pathlib import Path
file = TokenFile(Path(sys.argv[1]) / "t.json", Secret("mine"))
with file.locked(), file.writer():
    pass' "$1"
"""


def test_a_file_that_is_a_mount_of_its_own_is_refused_before_anything_is_spent(tmp_path: Path) -> None:
    for name in ("t.json", "inner.json"):
        (tmp_path / name).write_text(stored())
    command = ["unshare", "-rm", "sh", "-c", MOUNTED, "sh", str(tmp_path), sys.executable]
    if subprocess.run([*command[:2], "true"], check=False).returncode != 0:
        pytest.skip("mounts are not permitted here")
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "it is a mount of its own; mount the folder around it instead" in ended.stderr


@pytest.mark.parametrize("taken_out", ["CVI_TRAKT_TOKEN", "CVI_TRAKT_AUTH_URL"])
def test_pytrakts_own_file_is_never_sent_to_another_host(program: Program, trakt: TraktProcess, taken_out: str) -> None:
    (program.home / ".pytrakt.json").write_text(stored(CLIENT_ID=CLIENT_ID, OAUTH_TOKEN=TOKEN))
    assert program.run("view", env={"CVI_TRAKT_TOKEN": None, taken_out: None}).code == 4
    assert trakt.requests() == []
