"""Every setting of the program: its name, type, default and meaning, in one table of typed fields."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cvi_trakt.media import Level, Status
from cvi_trakt.secret import Secret

PUBLIC_API = "https://api.trakt.tv"
PUBLIC_AUTH = "https://auth.trakt.tv"
APPS_PAGE = "https://app.trakt.tv/settings/apps/api"
IMPORT_PAGE = "https://app.trakt.tv/settings/data?source=trakt-csv"
OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"  # the redirect address of programs without one
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})

Parser = Callable[[object], Any]


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


def text(value: object) -> str:
    """Read text; numbers are refused, because YAML may have changed them on the way."""
    if not isinstance(value, str):
        raise ValueError("expected text (put it in quotes)")
    return value.strip()


def secret(value: object) -> Secret:
    """Read a credential: ASCII in one piece, because it goes into a header; it is never quoted in an error."""
    found = value if isinstance(value, Secret) else Secret(text(value))
    plain = found.reveal()
    if not plain or not plain.isascii() or not plain.isprintable() or " " in plain:
        raise ValueError("expected one line of letters and digits (look for line breaks, blanks, accents)")
    return found


def folder(value: object) -> Path:
    """Read a path; ``~`` is the home folder."""
    try:
        return Path(text(value)).expanduser()
    except RuntimeError:
        raise ValueError("expected a folder whose home is known") from None


def truth(value: object) -> bool:
    """Read yes or no, as YAML or an environment variable spells it."""
    known = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False}
    known["0"] = False
    word = str(value).strip().lower()
    if isinstance(value, (bool, str, int)) and word in known:
        return known[word]
    raise ValueError("expected true or false")


def number(least: float) -> Parser:
    """Read a number that is not below ``least``."""

    def parse(value: object) -> float:
        try:
            if isinstance(value, bool) or not isinstance(value, (int, float, str)):
                raise ValueError
            parsed = float(value)
        except (ValueError, OverflowError):
            raise ValueError("expected a number") from None
        if not least <= parsed < 1e9:
            raise ValueError(f"expected a number from {least:g} up")
        return parsed

    return parse


def whole(least: int) -> Parser:
    """Read a whole number that is not below ``least``."""

    def parse(value: object) -> int:
        parsed = number(least)(value)
        if parsed != int(parsed):
            raise ValueError("expected a whole number")
        return int(parsed)

    return parse


def one_of(*words: str) -> Parser:
    """Read one of these words, in any case."""

    def parse(value: object) -> str:
        if isinstance(value, str) and value.strip().lower() in words:
            return value.strip().lower()
        raise ValueError(f"expected one of {', '.join(words)}")

    return parse


def level(value: object) -> Level:
    """Read the level at which shows are added."""
    return Level(one_of(*Level)(value))


def statuses(value: object) -> tuple[Status, ...]:
    """Read statuses in any case: a YAML list, or words separated by commas or spaces."""
    words: Iterable[object] = value if isinstance(value, list) else str(value).replace(",", " ").split()
    found = []
    for word in words:
        if not isinstance(word, str) or word.strip().upper() not in Status.__members__:
            raise ValueError(f"expected statuses out of {', '.join(Status)}")
        found.append(Status(word.strip().upper()))
    if not found:
        raise ValueError("expected at least one status")
    return tuple(dict.fromkeys(found))


def base_url(value: object) -> str:
    """Read the address of a host: https, or plain http on loopback, with no credentials in it."""
    url = text(value).rstrip("/")
    try:
        parts = urlsplit(url)
        host, number = parts.hostname, parts.port
    except ValueError:
        raise ValueError("expected an address such as https://api.trakt.tv") from None
    if parts.scheme not in ("http", "https") or not host or parts.query or parts.fragment:
        raise ValueError("expected an address such as https://api.trakt.tv")
    if number == 0:
        raise ValueError("expected a port from 1 up")
    if parts.username or parts.password:
        raise ValueError("expected an address without a user name or password in it")
    if parts.scheme == "http" and host not in LOOPBACK:
        raise ValueError("expected https (plain http is for this machine only)")
    # one spelling a host: what is kept for it must be found again
    port = "" if parts.port == {"http": 80, "https": 443}[parts.scheme] else f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}{port}{parts.path}"


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
class SyncSettings:
    """Defaults of the options of ``sync``."""

    level: Level = _key(Level.SHOW, level, "How shows are added: show, season or episode.")
    root: Path | None = _key(None, folder, "The folder above which paths say nothing.")
    create_list: bool = _key(False, truth, "Make the list when it is not there.")
    assume_healthy: bool = _key(False, truth, "Take files without any verdict as healthy.")
    limit: int | None = _key(None, whole(1), "Take only the first works.")
    max_adds: int | None = _key(None, whole(0), "Write nothing when more than this would be added.")
    jobs: int | None = _key(None, whole(1), "Processes that read names; the number of cores by default.")
    strict: bool = _key(False, truth, "Exit 1 also when works were not found or held.")
    format: str = _key("text", one_of("text", "json"), "What is printed: text or json.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings; ``state_dir`` is where decisions, sign-ins of other hosts and locks are kept."""

    trakt: TraktSettings = TraktSettings()
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


SECTIONS: dict[str, type[Any]] = {"trakt": TraktSettings, "sync": SyncSettings, "": Settings}


def entries() -> tuple[Entry, ...]:
    """List every setting, section by section."""
    return tuple(
        Entry(section=section, name=item.name, key=item.metadata["key"], default=item.default)
        for section, kind in SECTIONS.items()
        for item in _keys_of(kind)
    )


def _keys_of(kind: type[Any]) -> list[Field[Any]]:
    return [item for item in fields(kind) if "key" in item.metadata]
