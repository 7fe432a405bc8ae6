from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from cvi_trakt.config import Config, load
from cvi_trakt.errors import SettingsError
from cvi_trakt.media import Level, Status
from cvi_trakt.secret import Secret
from cvi_trakt.settings import entries
from cvi_trakt.settings_file import template
from cvi_trakt.settings_text import as_json

HERE = Path(__file__).parent


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own: the user's config folder is looked for below it."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    return tmp_path / "home"


class Place:
    """The places that settings come from, all below one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.run_secrets = folder / "run-secrets"
        self.run_secrets.mkdir()

    def load(
        self,
        environ: Mapping[str, str] | None = None,
        *,
        file: Path | None = None,
        options: Mapping[str, object] | None = None,
    ) -> Config:
        return load(environ=environ or {}, folder=self.folder, file=file, options=options, run_secrets=self.run_secrets)

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path


@pytest.fixture
def place(tmp_path: Path, home: Path) -> Place:
    return Place(tmp_path)


def test_each_source_wins_over_the_ones_after_it(place: Place) -> None:
    """Every source is filled; then the winner is taken away, one after the other."""
    place.write("id.txt", "from-file-variable\n")
    place.write("run-secrets/trakt_client_id", "from-run-secret\n")
    place.write("run-secrets/trakt_client_id.txt", "from-run-secret-txt\n")
    place.write("docker/secrets/trakt_client_id.txt", "from-docker-secrets\n")
    place.write("config.yaml", "trakt:\n  client_id: from-yaml\n")
    environ = {
        "CVI_TRAKT_CLIENT_ID": "from-variable",
        "CVI_TRAKT_CLIENT_ID_FILE": str(place.folder / "id.txt"),
        "TRAKT_CLIENT_ID": "from-late-variable",
    }
    options: dict[str, object] = {"trakt.client_id": "from-option"}
    found = []
    for take_away in (
        lambda: options.clear(),
        lambda: environ.pop("CVI_TRAKT_CLIENT_ID"),
        lambda: environ.pop("CVI_TRAKT_CLIENT_ID_FILE"),
        lambda: (place.run_secrets / "trakt_client_id").unlink(),
        lambda: (place.run_secrets / "trakt_client_id.txt").unlink(),
        lambda: (place.folder / "docker/secrets/trakt_client_id.txt").unlink(),
        lambda: (place.folder / "config.yaml").unlink(),
        lambda: environ.pop("TRAKT_CLIENT_ID"),
    ):
        client_id = place.load(environ, options=options).settings.trakt.client_id
        assert client_id is not None
        found.append(client_id.reveal())
        take_away()
    assert found == [
        "from-option", "from-variable", "from-file-variable", "from-run-secret", "from-run-secret-txt",
        "from-docker-secrets", "from-yaml", "from-late-variable",
    ]  # fmt: skip
    assert place.load(environ, options=options).settings.trakt.client_id is None


def test_each_setting_says_where_it_came_from(place: Place) -> None:
    place.write("config.yaml", "trakt:\n  timeout: 3\n")
    origins = place.load({"CVI_SYNC_LIMIT": "4"}).origins
    assert origins["trakt.timeout"] == "config.yaml"
    assert origins["sync.limit"] == "environment CVI_SYNC_LIMIT"
    assert origins["trakt.rate"] == "default"


def test_the_settings_file_is_the_named_one_else_the_variables_else_the_one_here_else_the_users(
    place: Place, home: Path
) -> None:
    users = home / ".config" / "cvi-trakt"
    users.mkdir(parents=True)
    (users / "config.yaml").write_text("trakt:\n  username: users\n")
    named = place.write("named.yaml", "trakt:\n  username: named\n")
    place.write("variable.yaml", "trakt:\n  username: variable\n")
    here = place.write("config.yaml", "trakt:\n  username: here\n")
    variable = {"CVI_CONFIG": str(place.folder / "variable.yaml")}
    assert place.load(variable, file=named).settings.trakt.username == "named"
    assert place.load(variable).settings.trakt.username == "variable"
    assert place.load().settings.trakt.username == "here"
    here.unlink()
    assert place.load().settings.trakt.username == "users"


def test_a_key_that_the_file_here_does_not_have_comes_from_the_users_own(place: Place, home: Path) -> None:
    users = home / ".config" / "cvi-trakt"
    users.mkdir(parents=True)
    (users / "config.yaml").write_text("trakt:\n  username: users\n  timeout: 7\n")
    place.write("config.yaml", "trakt:\n  username: here\n")
    found = place.load().settings.trakt
    assert (found.username, found.timeout) == ("here", 7)


def test_the_variable_that_two_settings_share_goes_by_what_the_file_holds(place: Place) -> None:
    token = place.write("token.txt", "abc\n")
    found = place.load({"CVI_TRAKT_TOKEN_FILE": str(token)}).settings.trakt
    assert (found.token, found.token_file) == (Secret("abc"), None)
    sign_in = place.write("sign-in.json", ' {"OAUTH_TOKEN": "abc"}')
    for file in (sign_in, place.folder / "to-be-made.json"):
        found = place.load({"CVI_TRAKT_TOKEN_FILE": str(file)}).settings.trakt
        assert (found.token, found.token_file) == (None, file)


def test_white_space_around_a_secret_does_not_count(place: Place) -> None:
    place.write("docker/secrets/trakt_client_id.txt", "\n  abc \r\n")
    assert place.load().client_id() == Secret("abc")


def test_a_host_is_not_taken_from_a_file_that_was_merely_found(place: Place) -> None:
    file = place.write("config.yaml", "trakt:\n  api_url: https://evil.example\n")
    found = place.load()
    assert found.settings.trakt.api_url == "https://api.trakt.tv"
    (warning,) = found.warnings
    assert warning == (
        "config.yaml: trakt.api_url is not taken from a file that was merely found here; "
        "name it with --config config.yaml"
    )
    assert place.load(file=file).settings.trakt.api_url == "https://evil.example"


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://api.trakt.tv", "expected https"),
        ("ftp://api.trakt.tv", "expected an address"),
        ("api.trakt.tv", "expected an address"),
        ("https://me:secret@api.trakt.tv", "without a user name"),
        ("https://api.trakt.tv?x=1", "expected an address"),
        ("http://127.0.0.1:99999999", "expected an address"),
    ],
)
def test_an_address_that_will_not_do(place: Place, url: str, words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        place.load({"CVI_TRAKT_API_URL": url})


@pytest.mark.parametrize("url", ["http://127.0.0.1:8080", "http://localhost", "http://[::1]:1", "https://staging.tv/"])
def test_an_address_that_will_do(place: Place, url: str) -> None:
    assert place.load({"CVI_TRAKT_API_URL": url}).settings.trakt.api_url == url.rstrip("/")


@pytest.mark.parametrize(
    "written", ["[HEALTHY]", '["healthy"]', "[HEALTHY, CORRUPT, SUSPICIOUS]", "healthy", "HEALTHY, corrupt"]
)
def test_statuses_in_every_spelling(place: Place, written: str) -> None:
    place.write("config.yaml", f"trakt:\n  include_statuses: {written}\n")
    assert place.load().settings.trakt.include_statuses[0] is Status.HEALTHY


def test_values_have_their_types(place: Place) -> None:
    named = place.write("mine.yaml", "sync:\n  level: Episode\n  strict: yes\n  limit: 5\nstate_dir: ~/state\n")
    found = place.load(file=named).settings
    assert (found.sync.level, found.sync.strict, found.sync.limit) == (Level.EPISODE, True, 5)
    assert found.state_dir == Path("~/state").expanduser()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("trakt:\n  timeout: -1\n", "trakt.timeout: expected a number from 0.1 up, not -1"),
        ("trakt:\n  max_tries: 1.5\n", "trakt.max_tries: expected a whole number, not 1.5"),
        ("trakt:\n  username: 7\n", r"trakt.username: expected text \(put it in quotes\), not 7"),
        ("sync:\n  strict: perhaps\n", "sync.strict: expected true or false, not 'perhaps'"),
        ("sync:\n  level: film\n", "sync.level: expected one of show, season, episode, not 'film'"),
        ("sync:\n  levle: show\n", r"unknown key sync.levle. Did you mean sync.level\?"),
        ("trakt:\n  token: abc\n", "unknown key trakt.token"),
        ("[1, 2", "config.yaml: line 1, column 6: "),
        ("42", "expected sections such as 'trakt:', not a int"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(place: Place, text: str, words: str) -> None:
    place.write("config.yaml", text)
    with pytest.raises(SettingsError, match=words):
        place.load()


def test_an_empty_settings_file_is_fine(place: Place) -> None:
    place.write("config.yaml", "# nothing yet\ntrakt:\n")
    assert place.load().settings == place.load(file=place.write("empty.yaml", "")).settings


def test_an_empty_secret_file_gives_way_to_the_next_source(place: Place) -> None:
    place.write("docker/secrets/trakt_client_id.txt", "")
    place.write("config.yaml", "trakt:\n  client_id: from-yaml\n")
    found = place.load()
    assert found.client_id().reveal() == "from-yaml"
    assert found.empty_files == {}


def test_only_the_files_that_are_empty_are_named(place: Place) -> None:
    place.write("docker/secrets/trakt_client_id.txt", "abc")
    place.write("docker/secrets/trakt_client_secret.txt", " \n")
    with pytest.raises(SettingsError) as caught:
        place.load().client_secret()
    assert str(caught.value) == (
        "Trakt credentials not configured. Empty files: trakt_client_secret.txt. "
        "Run 'make secrets-init' then populate trakt_client_secret.txt."
    )


def test_a_file_variable_must_name_a_file(place: Place) -> None:
    with pytest.raises(SettingsError, match=r"CVI_TRAKT_CLIENT_ID_FILE: no such file: gone\.txt"):
        place.load({"CVI_TRAKT_CLIENT_ID_FILE": "gone.txt"})


def test_an_empty_variable_counts_as_not_set(place: Place) -> None:
    place.write("config.yaml", "trakt:\n  client_id: from-yaml\n")
    assert place.load({"CVI_TRAKT_CLIENT_ID": " "}).client_id().reveal() == "from-yaml"


def test_secrets_are_masked_where_settings_are_shown(place: Place) -> None:
    found = place.load({"CVI_TRAKT_CLIENT_ID": "hide-me", "CVI_TRAKT_TOKEN": "me-too"})
    shown = as_json(found)
    assert shown["trakt.client_id"] == {"value": "***", "from": "environment CVI_TRAKT_CLIENT_ID"}
    assert "hide-me" not in repr(found) + str(shown)
    assert "me-too" not in repr(found) + str(shown)


def test_the_settings_file_of_the_project_has_every_key_with_its_default() -> None:
    assert (HERE.parents[1] / "config.yaml").read_text(encoding="utf-8") == template()


def test_every_key_of_the_template_can_be_uncommented(place: Place) -> None:
    lines = [
        line.replace("# ", "", 1)
        for line in template().splitlines()
        if line.endswith(":") or any(line.strip().startswith(f"# {entry.name}: ") for entry in entries())
    ]
    place.write("all.yaml", "\n".join(lines) + "\n")
    assert place.load(file=place.folder / "all.yaml").settings == place.load().settings
