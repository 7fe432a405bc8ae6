"""Finds the settings: options, environment, secret files, config.yaml, defaults, in that order."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import platformdirs

from cvi_trakt.errors import SettingsError
from cvi_trakt.secret import Secret
from cvi_trakt.settings import SECTIONS, Entry, Settings, SyncSettings, TraktSettings, entries

RUN_SECRETS = Path("/run/secrets")
SECRETS = Path("docker/secrets")
MAX_SETTINGS_BYTES = 1_000_000

_APPS_PAGE = "https://app.trakt.tv/settings/apps/api"


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The effective settings, and where each came from.

    ``origins`` maps a dotted name to words such as ``environment CVI_TRAKT_TOKEN``; ``empty_files``
    names secret files that are there but hold nothing, by setting.
    """

    settings: Settings
    origins: Mapping[str, str]
    empty_files: Mapping[str, str]
    warnings: tuple[str, ...]
    file: Path | None

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
            raise self._missing("", "")

    def state_dir(self) -> Path:
        """Give the state folder. Raises ``SettingsError`` where there is no home folder to put it in."""
        found = self.settings.state_dir or platformdirs.user_state_path("cvi-trakt")
        if not found.expanduser().is_absolute() and self.settings.state_dir is None:
            raise SettingsError("no home folder to keep the state in: set CVI_STATE_DIR to a folder")
        return found.expanduser().absolute()

    def _missing(self, dotted: str, words: str) -> SettingsError:
        if self.empty_files:
            names = list(self.empty_files.values())
            plain = [Path(name).name for name in names]
            return SettingsError(
                f"Trakt credentials not configured. Empty files: {', '.join(plain)}. "
                f"Run 'make secrets-init' then populate {' and '.join(plain)}."
            )
        entry = next(entry for entry in entries() if entry.dotted == dotted)
        return SettingsError(
            f"Trakt credentials not configured. {words}: set {entry.variable}, or {dotted} in config.yaml, "
            f"or write it to {SECRETS / _secret_name(entry)}.txt (apps: {_APPS_PAGE})."
        )


def load(
    *,
    environ: Mapping[str, str],
    folder: Path,
    file: Path | None = None,
    options: Mapping[str, object] | None = None,
    run_secrets: Path = RUN_SECRETS,
) -> Config:
    """Find the effective settings.

    ``folder`` is the current one; ``file`` is what ``--config`` names; ``options`` maps dotted
    names to what the command line gave, None meaning not given. Raises ``SettingsError``.
    """
    return _Loader(environ, folder, file, options or {}, run_secrets).load()


def user_config_file() -> Path:
    """The settings file in the user's own config folder."""
    return platformdirs.user_config_path("cvi-trakt") / "config.yaml"


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
    ) -> None:
        self._environ = environ
        self._folder = folder
        self._options = options
        self._run_secrets = run_secrets
        self._warnings: list[str] = []
        self._empty: dict[str, str] = {}
        self._file, self._merely_found = self._choose_file(file)

    def load(self) -> Config:
        written = self._read_file()
        values: dict[str, dict[str, Any]] = {section: {} for section in SECTIONS}
        origins: dict[str, str] = {}
        for entry in entries():
            origins[entry.dotted] = "default"
            for value, origin in self._sources(entry, written):
                values[entry.section][entry.name] = self._parse(entry, value, origin)
                origins[entry.dotted] = origin
                self._empty.pop(entry.dotted, None)
                break
        settings = Settings(trakt=TraktSettings(**values["trakt"]), sync=SyncSettings(**values["sync"]), **values[""])
        return Config(
            settings=settings,
            origins=origins,
            empty_files=dict(self._empty),
            warnings=tuple(self._warnings),
            file=self._file,
        )

    def _choose_file(self, file: Path | None) -> tuple[Path | None, bool]:
        if file is not None:
            return file, False
        if self._environ.get("CVI_CONFIG"):
            return Path(self._environ["CVI_CONFIG"]).expanduser(), False
        if (self._folder / "config.yaml").is_file():
            return Path("config.yaml"), True
        users = user_config_file()
        return (users if users.is_file() else None), False

    def _sources(self, entry: Entry, written: Mapping[str, Any]) -> Iterator[tuple[object, str]]:
        if self._options.get(entry.dotted) is not None:
            yield self._options[entry.dotted], "option"
        if self._environ.get(entry.variable, "").strip():
            yield self._environ[entry.variable], f"environment {entry.variable}"
        if self._environ.get(entry.variable + "_FILE", "").strip():
            named = Path(self._environ[entry.variable + "_FILE"].strip()).expanduser()
            yield from self._secret_file(entry, named, f"{entry.variable}_FILE", must_be_there=True)
        if entry.key.secret:
            name = _secret_name(entry)
            for path in (
                self._run_secrets / name,
                self._run_secrets / f"{name}.txt",
                SECRETS / f"{name}.txt",
            ):
                yield from self._secret_file(entry, path, "secret file", must_be_there=False)
        if entry.dotted in written:
            yield written[entry.dotted], str(self._file)
        if entry.key.late and self._environ.get(entry.key.late, "").strip():
            yield self._environ[entry.key.late], f"environment {entry.key.late}"

    def _secret_file(
        self, entry: Entry, path: Path, origin: str, *, must_be_there: bool
    ) -> Iterator[tuple[object, str]]:
        try:
            content = (self._folder / path).read_text(encoding="utf-8").strip()
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
        elif entry.key.secret:
            self._empty.setdefault(entry.dotted, str(path))

    def _parse(self, entry: Entry, value: object, origin: str) -> object:
        try:
            return entry.key.parse(value)
        except ValueError as error:
            shown = "" if entry.key.secret or not isinstance(value, (str, int, float)) else f", not {value!r}"
            raise SettingsError(f"{origin}: {entry.dotted}: {error}{shown}") from None

    def _read_file(self) -> dict[str, Any]:
        if self._file is None:
            return {}
        document = _parse_yaml(self._folder / self._file, str(self._file))
        known = {entry.dotted: entry for entry in entries() if entry.key.in_file}
        written: dict[str, Any] = {}
        for name, value in document.items():
            if name in SECTIONS and name:
                if not isinstance(value, (dict, type(None))):
                    raise SettingsError(f"{self._file}: {name}: expected keys below it, not {type(value).__name__}")
                for key, below in (value or {}).items():
                    written.update(self._written(f"{name}.{key}", below, known))
            elif name in known:
                written.update(self._written(str(name), value, known))
            else:
                near = difflib.get_close_matches(str(name), [*SECTIONS, "state_dir"], 1, 0.75)
                hint = f" (did you mean {near[0]}?)" if near else ""
                self._warnings.append(f"{self._file}: section '{name}' is not ours and is left alone{hint}")
        return written

    def _written(self, dotted: str, value: object, known: Mapping[str, Entry]) -> dict[str, object]:
        if dotted not in known:
            near = difflib.get_close_matches(dotted, known, 1, 0.5)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise SettingsError(f"{self._file}: unknown key {dotted}.{hint}")
        if value is None or value == "":
            return {}
        if known[dotted].key.trusted and self._merely_found:
            self._warnings.append(
                f"{self._file}: {dotted} is not taken from a file that was merely found here; "
                f"name it with --config {self._file}"
            )
            return {}
        return {dotted: value}


def _parse_yaml(path: Path, shown: str) -> dict[Any, Any]:
    import yaml

    try:
        if path.stat().st_size > MAX_SETTINGS_BYTES:
            raise SettingsError(f"{shown}: too large for a settings file")
        document = yaml.safe_load(path.read_bytes())
    except FileNotFoundError:
        raise SettingsError(f"{shown}: no such settings file; `cvi-trakt config init` writes one") from None
    except OSError as error:
        raise SettingsError(f"{shown}: cannot be read: {error.strerror}") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" line {mark.line + 1}, column {mark.column + 1}:" if mark else ""
        problem = getattr(error, "problem", None) or "not readable as YAML"
        raise SettingsError(f"{shown}:{where} {problem}") from None
    if document is None:
        return {}
    if not isinstance(document, dict):
        raise SettingsError(f"{shown}: expected sections such as 'trakt:', not a {type(document).__name__}")
    return document
