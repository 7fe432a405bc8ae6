"""``make secrets-init``, with the project's own Makefile: private files to fill in, and nothing that is there lost."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

MAKEFILE = Path(__file__).parents[2] / "Makefile"
NAMES = ("trakt_client_id.txt", "trakt_client_secret.txt")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the project with nothing in it but the Makefile."""
    shutil.copy(MAKEFILE, tmp_path)
    return tmp_path


def secrets_init(folder: Path, mask: str = "022") -> str:
    command = ["sh", "-c", f"umask {mask} && make secrets-init"]
    alone = {name: value for name, value in os.environ.items() if not name.startswith("MAKE") and name != "MFLAGS"}
    return subprocess.run(command, cwd=folder, env=alone, check=True, capture_output=True, text=True).stdout


def modes(folder: Path) -> dict[str, str]:
    secrets = folder / "docker" / "secrets"
    return {path.name: oct(stat.S_IMODE(path.stat().st_mode)) for path in (secrets, *sorted(secrets.iterdir()))}


@pytest.mark.parametrize("mask", ["022", "000", "077"])
def test_the_files_and_their_folder_are_for_their_owner_only_whatever_the_mask(folder: Path, mask: str) -> None:
    secrets_init(folder, mask)
    assert modes(folder) == {"secrets": "0o700", "trakt_client_id.txt": "0o600", "trakt_client_secret.txt": "0o600"}


def test_a_folder_that_others_could_look_into_is_closed(folder: Path) -> None:
    (folder / "docker" / "secrets").mkdir(parents=True, mode=0o755)
    secrets_init(folder)
    assert modes(folder)["secrets"] == "0o700"


def test_it_names_each_file_it_made_and_says_what_comes_next(folder: Path) -> None:
    assert secrets_init(folder) == (
        "docker/secrets/trakt_client_id.txt made\n"
        "docker/secrets/trakt_client_secret.txt made\n"
        "Now write the client id and the client secret into them: https://app.trakt.tv/settings/apps/api\n"
    )
    assert [(folder / "docker" / "secrets" / name).read_text() for name in NAMES] == ["", ""]


def test_a_second_run_overwrites_nothing_and_says_so(folder: Path) -> None:
    secrets_init(folder)
    client_id, client_secret = (folder / "docker" / "secrets" / name for name in NAMES)
    client_id.write_text("mine\n")
    client_id.chmod(0o400)
    before = client_id.stat().st_mtime_ns
    client_secret.unlink()
    assert secrets_init(folder).splitlines()[:2] == [
        "docker/secrets/trakt_client_id.txt is there already",
        "docker/secrets/trakt_client_secret.txt made",
    ]
    assert (client_id.read_text(), client_id.stat().st_mtime_ns) == ("mine\n", before)
    assert modes(folder)["trakt_client_id.txt"] == "0o400"
    assert client_secret.read_text() == ""


def test_other_files_in_the_folder_stay(folder: Path) -> None:
    (folder / "docker" / "secrets").mkdir(parents=True)
    (folder / "docker" / "secrets" / "trakt_token.txt").write_text("token-for-tests")
    secrets_init(folder)
    assert (folder / "docker" / "secrets" / "trakt_token.txt").read_text() == "token-for-tests"


def test_a_file_that_cannot_be_made_is_a_failure(folder: Path) -> None:
    (folder / "docker").write_text("a file where the folder should be")
    with pytest.raises(subprocess.CalledProcessError):
        secrets_init(folder)
