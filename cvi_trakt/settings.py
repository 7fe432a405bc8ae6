"""Every setting of the program: its name, type, default and meaning, in one table of typed fields."""

from __future__ import annotations

from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any

from cvi_trakt.media import Level, Status
from cvi_trakt.secret import Secret
from cvi_trakt.settings_values import (
    Parser,
    bad_statuses,
    base_url,
    endings,
    folder,
    globs,
    level,
    number,
    one_of,
    size,
    statuses,
    text,
    truth,
    whole,
)
from cvi_trakt.settings_values import secret as secret  # for those, too, who read a credential elsewhere

PUBLIC_API = "https://api.trakt.tv"
PUBLIC_AUTH = "https://auth.trakt.tv"
APPS_PAGE = "https://app.trakt.tv/settings/apps/api"
IMPORT_PAGE = "https://app.trakt.tv/settings/data?source=trakt-csv"
OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"  # the redirect address of programs without one

# The inspector's own keys in the section `scan` of a file that both programs read; it has `mode` and `extensions`, too.
INSPECTORS_KEYS = frozenset({"scan.default_input_dir", "scan.max_workers", "scan.recursive"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """How one setting is read, and what it is for.

    ``parse`` takes what YAML or the environment gives and raises ``ValueError`` with what was
    expected. ``in_file`` is False for what does not belong into a settings file. ``trusted`` keys
    are not taken from a ``config.yaml`` that was merely found in the current folder. ``late``
    variables are read after everything else.
    """

    parse: Parser
    help: str
    in_file: bool = True
    trusted: bool = False
    secret: bool = False
    late: str | None = None


def _key(default: Any, parse: Parser, help_text: str, **more: Any) -> Any:
    return field(default=default, metadata={"key": Key(parse=parse, help=help_text, **more)})


@dataclass(frozen=True, slots=True, kw_only=True)
class TraktSettings:
    """How to reach Trakt, and as whom."""

    client_id: Secret | None = _key(
        None, secret, "The app's client id, from Trakt's apps page.", secret=True, late="TRAKT_CLIENT_ID"
    )
    client_secret: Secret | None = _key(
        None,
        secret,
        "The app's client secret; needed to sign in, to stay signed in and to sign out.",
        secret=True,
        late="TRAKT_CLIENT_SECRET",
    )
    token: Secret | None = _key(
        None, secret, "An access token to use instead of a sign-in.", secret=True, in_file=False
    )
    username: str | None = _key(None, text, "Your Trakt user name; signing in says so when it is another's account.")
    default_watchlist: str | None = _key(None, text, "Where sync adds without --watchlist: a name or slug.")
    include_statuses: tuple[Status, ...] = _key(
        (Status.HEALTHY,), statuses, "Which scan statuses are taken: HEALTHY, SUSPICIOUS, CORRUPT."
    )
    api_url: str = _key(PUBLIC_API, base_url, "Trakt's API.", trusted=True)
    auth_url: str = _key(PUBLIC_AUTH, base_url, "Trakt's sign-in host.", trusted=True)
    redirect_uri: str = _key(
        OUT_OF_BAND, text, "The app's redirect address, as its page at Trakt has it.", trusted=True
    )
    token_file: Path | None = _key(
        None, folder, "The file of the sign-in; by default ~/.pytrakt.json for Trakt itself.", trusted=True
    )
    timeout: float = _key(30.0, number(0.1), "Seconds to wait for an answer.")
    max_tries: int = _key(5, whole(1), "How often a request is tried.")
    max_wait: float = _key(600.0, number(0), "Seconds a run may spend waiting for Trakt to recover.")
    rate: float = _key(500.0, number(1), "Reads in five minutes.")
    cache_days: float = _key(30.0, number(0), "Days for which a match found by score is remembered.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanSettings:
    """Defaults of the options of ``scan``. ``extensions`` is None for the usual ones; ``min_size`` is in bytes."""

    mode: str = _key("hybrid", one_of("quick", "deep", "hybrid"), "How files are checked: quick, deep or hybrid.")
    jobs: int | None = _key(None, whole(1), "Files that are checked at once; the number of cores by default.")
    extensions: tuple[str, ...] | None = _key(
        None, endings, "Which files are videos: [mkv, mp4] instead of the usual ones, or [+iso, -ts] beside them."
    )
    exclude: tuple[str, ...] = _key((), globs, 'Files and folders to leave out, such as ["Extras", "*.iso"].')
    min_size: int = _key(0, size, "Leave smaller files out: bytes, or 50M, 1.5GiB.")
    fail_on: tuple[Status, ...] = _key((), bad_statuses, "Exit 1 also when such files are found: corrupt, suspicious.")
    nice: int = _key(0, whole(0, 19), "How far ffmpeg stands back for other programs: 0 to 19.")
    timeout: float = _key(300.0, number(1), "Seconds after which an ffmpeg that says nothing is given up.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncSettings:
    """Defaults of the options of ``sync``."""

    level: Level = _key(Level.SHOW, level, "How shows are added: show, season or episode.")
    root: Path | None = _key(None, folder, "The folder above which paths say nothing.")
    create_list: bool = _key(False, truth, "Make the list when it is not there.")
    assume_healthy: bool = _key(False, truth, "Take files without any verdict as healthy.")
    limit: int | None = _key(None, whole(1), "Take only the first works.")
    max_adds: int | None = _key(None, whole(0), "Write nothing when more than this would be added.")
    ids: Path | None = _key(None, folder, "A list of which path is which film or show.")
    nfo: bool = _key(True, truth, "Look for NFO files and .plexmatch beside the videos.")
    jobs: int | None = _key(None, whole(1), "Processes that read names; the number of cores by default.")
    strict: bool = _key(False, truth, "Exit 1 also when works were not found or held.")
    format: str = _key("text", one_of("text", "json"), "What is printed: text or json.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings; ``state_dir`` is where decisions, sign-ins of other hosts and locks are kept."""

    trakt: TraktSettings = TraktSettings()
    scan: ScanSettings = ScanSettings()
    sync: SyncSettings = SyncSettings()
    state_dir: Path | None = _key(None, folder, "Where the program keeps its state.", trusted=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One setting with its place: ``trakt.timeout`` is key ``timeout`` of section ``trakt``."""

    section: str
    name: str
    key: Key
    default: object

    @property
    def dotted(self) -> str:
        """The name as errors and ``config show`` print it."""
        return f"{self.section}.{self.name}" if self.section else self.name

    @property
    def variable(self) -> str:
        """The environment variable: ``CVI_`` + section + ``_`` + key."""
        return "CVI_" + (f"{self.section}_" if self.section else "").upper() + self.name.upper()


SECTIONS: dict[str, type[Any]] = {"trakt": TraktSettings, "scan": ScanSettings, "sync": SyncSettings, "": Settings}


def entries() -> tuple[Entry, ...]:
    """List every setting, section by section."""
    return tuple(
        Entry(section=section, name=item.name, key=item.metadata["key"], default=item.default)
        for section, kind in SECTIONS.items()
        for item in _keys_of(kind)
    )


def _keys_of(kind: type[Any]) -> list[Field[Any]]:
    return [item for item in fields(kind) if "key" in item.metadata]
