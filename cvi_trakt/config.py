"""Finds the settings: options, environment, secret files, settings files, defaults, in that order."""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import platformdirs

from cvi_trakt.errors import SettingsError
from cvi_trakt.secret import Secret
from cvi_trakt.settings import APPS_PAGE, SECTIONS, Entry, Settings, entries
from cvi_trakt.settings_file import read_settings

RUN_SECRETS = Path("/run/secrets")
SECRETS = Path("docker/secrets")
MERELY_FOUND = Path("config.yaml")  # in the current folder, which may be anybody's
SHOWN = 60  # characters of a wrong value that an error quotes
OUR_VARIABLES = tuple(f"CVI_{section.upper()}_" for section in SECTIONS if section)
TRUSTED = frozenset(entry.dotted for entry in entries() if entry.key.trusted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The effective settings, and where each came from.

    ``files`` are the settings files that were read; ``origins`` maps a dotted name to words such as
    ``environment CVI_TRAKT_TOKEN``; ``empty_files`` names secret files that are there but hold
    nothing, by setting.
    """

    settings: Settings
    origins: Mapping[str, str]
    empty_files: Mapping[str, str]
    warnings: tuple[str, ...]
    files: tuple[Path, ...]

    def client_id(self) -> Secret:
        """Give the client id. Raises ``SettingsError`` when there is none."""
        found = self.settings.trakt.client_id
        if found is None:
            raise self._missing("trakt.client_id", "Client ID not found")
        return found

    def client_secret(self) -> Secret:
        """Give the client secret, which only signing in and refreshing need. Raises ``SettingsError``."""
        found = self.settings.trakt.client_secret
        if found is None:
            raise self._missing("trakt.client_secret", "Client secret not found")
        return found

    def check_credentials(self) -> None:
        """Raise ``SettingsError`` unless both halves of the credential are there."""
        self.client_id()
        self.client_secret()

    def check_no_empty_files(self) -> None:
        """Raise ``SettingsError`` when a secret file waits to be filled in and nothing else stands in."""
        if self.empty_files:
            raise self._empty()

    def state_dir(self) -> Path:
        """Give the state folder. Raises ``SettingsError`` where there is no home folder to put it in."""
        found = self.settings.state_dir or _users(platformdirs.user_state_path)
        if found is None:
            raise SettingsError("no home folder to keep the state in: set CVI_STATE_DIR to a folder")
        return found.absolute()

    def _empty(self) -> SettingsError:
        names = [Path(name).name for name in self.empty_files.values()]
        return SettingsError(
            f"Trakt credentials not configured. Empty files: {', '.join(names)}. "
            f"Run 'make secrets-init' then populate {' and '.join(names)}."
        )

    def _missing(self, dotted: str, words: str) -> SettingsError:
        if self.empty_files:
            return self._empty()
        entry = next(entry for entry in entries() if entry.dotted == dotted)
        return SettingsError(
            f"Trakt credentials not configured. {words}: set {entry.variable}, or {dotted} in config.yaml, "
            f"or write it to {SECRETS / _secret_name(entry)}.txt (apps: {APPS_PAGE}). "
            "Or let `cvi-trakt init` ask for it."
        )


def load(
    *,
    environ: Mapping[str, str],
    folder: Path,
    file: Path | None = None,
    options: Mapping[str, object] | None = None,
    run_secrets: Path = RUN_SECRETS,
    may_be_new: bool = False,
) -> Config:
    """Find the effective settings.

    ``folder`` is the current one; ``file`` is what ``--config`` names; ``options`` maps dotted
    names to what the command line gave, None meaning not given; ``may_be_new`` says that a file
    that is named need not be there yet. Raises ``SettingsError``.
    """
    return _Loader(environ, folder, file, options or {}, run_secrets, may_be_new=may_be_new).load()


def user_config_file() -> Path | None:
    """The settings file in the user's own config folder; None for a user without a home."""
    folder = _users(platformdirs.user_config_path)
    return folder / "config.yaml" if folder else None


def _users(find: Callable[[str], Path]) -> Path | None:
    try:
        folder = find("cvi-trakt").expanduser()
    except RuntimeError:  # a uid without an entry and no HOME, as containers have it
        return None
    return folder if folder.is_absolute() else None


def _secret_name(entry: Entry) -> str:
    return f"{entry.section}_{entry.name}"


class _Loader:
    def __init__(
        self,
        environ: Mapping[str, str],
        folder: Path,
        file: Path | None,
        options: Mapping[str, object],
        run_secrets: Path,
        *,
        may_be_new: bool,
    ) -> None:
        self._environ = environ
        self._folder = folder
        self._options = options
        self._run_secrets = run_secrets
        self._warnings: list[str] = []
        self._empty: dict[str, str] = {}
        named = [file] if file is not None else self._find_files()
        self._files = [one for one in named if (folder / one).exists()] if may_be_new else named
        self._by_chance = file is None and not environ.get("CVI_CONFIG")
        self._token_file_is_token = self._names_a_token()

    def load(self) -> Config:
        written = [(file, self._read(file)) for file in self._files]
        values: dict[str, dict[str, Any]] = {section: {} for section in SECTIONS}
        origins: dict[str, str] = {}
        for entry in entries():
            origins[entry.dotted] = "default"
            for value, origin in self._sources(entry, written):
                values[entry.section][entry.name] = self._parse(entry, value, origin)
                origins[entry.dotted] = origin
                self._empty.pop(entry.dotted, None)
                break
        self._warn_of_unknown_variables()
        parts = {section: kind(**values[section]) for section, kind in SECTIONS.items() if section}
        settings = Settings(**parts, **values[""])
        return Config(
            settings=settings,
            origins=origins,
            empty_files=dict(self._empty),
            warnings=tuple(self._warnings),
            files=tuple(self._files),
        )

    def _find_files(self) -> list[Path]:
        """Give the file that the environment names, else the one here and the user's own after it."""
        if self._environ.get("CVI_CONFIG"):
            return [Path(os.path.expanduser(self._environ["CVI_CONFIG"]))]  # noqa: PTH111 - never raises
        users = user_config_file()
        here = self._folder / MERELY_FOUND
        if users is None or not users.is_file():
            return [MERELY_FOUND] if here.is_file() else []
        return [MERELY_FOUND, users] if here.is_file() and not here.samefile(users) else [users]

    def _sources(self, entry: Entry, written: list[tuple[Path, dict[str, Any]]]) -> Iterator[tuple[object, str]]:
        if self._options.get(entry.dotted) is not None:
            yield self._options[entry.dotted], "option"
        if self._variable(entry.variable) and not (entry.dotted == "trakt.token_file" and self._token_file_is_token):
            yield self._environ[entry.variable], f"environment {entry.variable}"
        named = self._variable(entry.variable + "_FILE")
        if named and not (entry.dotted == "trakt.token" and not self._token_file_is_token):
            path = Path(os.path.expanduser(named))  # noqa: PTH111 - never raises
            yield from self._secret_file(entry, path, f"{entry.variable}_FILE", must_be_there=True)
        if entry.key.secret:
            name = _secret_name(entry)
            yield from self._secret_file(entry, self._run_secrets / name, "secret file")
            yield from self._secret_file(entry, self._run_secrets / f"{name}.txt", "secret file")
            yield from self._secret_file(entry, SECRETS / f"{name}.txt", "secret file")
        yield from ((values[entry.dotted], str(file)) for file, values in written if entry.dotted in values)
        if entry.key.late and self._variable(entry.key.late):
            yield self._environ[entry.key.late], f"environment {entry.key.late}"

    def _warn_of_unknown_variables(self) -> None:
        names = {entry.variable for entry in entries()}
        names |= {f"{name}_FILE" for name in names}
        for name in sorted(self._environ):
            if name.startswith(OUR_VARIABLES) and name not in names:
                near = difflib.get_close_matches(name, names, 1, 0.75)
                hint = f" (did you mean {near[0]}?)" if near else ""
                self._warnings.append(f"environment: {name} is not a setting{hint}")

    def _variable(self, name: str) -> str:
        return self._environ.get(name, "").strip()

    def _names_a_token(self) -> bool:
        """Whether ``CVI_TRAKT_TOKEN_FILE`` names a file with a token: its name stands for two settings.

        It is the ``_FILE`` form of ``trakt.token`` and the variable of ``trakt.token_file``. A file
        that is not there yet, or holds the JSON of a sign-in, is the latter.
        """
        path = self._folder / os.path.expanduser(self._variable("CVI_TRAKT_TOKEN_FILE"))  # noqa: PTH111
        try:
            if path.exists() and not path.is_file():
                return True  # a pipe, which can be read once
            return not path.read_text(encoding="utf-8-sig", errors="replace").lstrip().startswith("{")
        except OSError:
            return False

    def _secret_file(
        self, entry: Entry, path: Path, origin: str, *, must_be_there: bool = False
    ) -> Iterator[tuple[object, str]]:
        try:
            content = (self._folder / path).read_text(encoding="utf-8-sig").strip()
        except (FileNotFoundError, NotADirectoryError):
            if must_be_there:
                raise SettingsError(f"{origin}: no such file: {path}") from None
            return
        except OSError as error:
            raise SettingsError(f"{origin}: {path} cannot be read: {error.strerror}") from error
        except UnicodeDecodeError:
            raise SettingsError(f"{origin}: {path} is not text") from None
        if content:
            yield content, f"{origin} {path}"
        elif entry.key.secret and entry.key.in_file:  # a token is not needed where a sign-in is kept
            self._empty.setdefault(entry.dotted, str(path))

    def _parse(self, entry: Entry, value: object, origin: str) -> object:
        try:
            return entry.key.parse(value)
        except ValueError as error:
            hidden = entry.key.secret or entry.key.trusted or not isinstance(value, (str, int, float))
            shown = "" if hidden else f", not {repr(value)[:SHOWN]}"
            raise SettingsError(f"{origin}: {entry.dotted}: {error}{shown}") from None

    def _read(self, file: Path) -> dict[str, Any]:
        values, warnings = read_settings(self._folder / file, str(file))
        self._warnings += warnings
        hosts = [dotted for dotted in values if dotted in TRUSTED] if self._by_chance and file == MERELY_FOUND else []
        for dotted in hosts:
            del values[dotted]
            self._warnings.append(
                f"{file}: {dotted} is not taken from a file that was merely found here; name it with --config {file}"
            )
        return values
