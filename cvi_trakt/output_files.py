"""Files that the person asked for: tried for writability first, written as a whole, JSON piece by piece."""

from __future__ import annotations

import json
import os
import secrets
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from cvi_trakt.errors import OutputError, OutputLostError
from cvi_trakt.private_files import beginning_of, leftovers


def check_writable(file: Path) -> None:
    """Raise ``OutputError`` unless a file can be written there; asked before the first request."""
    try:
        if file.is_dir():
            raise OutputError(f"{file}: is a folder; name a file")
        if is_special(file):
            return
        with tempfile.NamedTemporaryFile(dir=file.resolve().parent, prefix=beginning_of(file)):
            pass
    except (OSError, RuntimeError) as error:  # a RuntimeError is a link that leads to itself
        raise OutputError(f"{file}: cannot be written: {getattr(error, 'strerror', 'a link to itself')}") from error


def write_file(file: Path, pieces: Iterable[str], *, otherwise: str = "the rest was done") -> None:
    """Write text and a line end to a file atomically, with an ordinary new file's mode.

    A link is followed; a device or pipe (``/dev/stdout``) is written to, never replaced. Bytes that
    are no UTF-8, as surrogates, are written as they are. Raises ``OutputLostError``, with what became
    of everything else.
    """
    special, target = is_special(file), file.resolve()
    temporary = target.parent / f"{beginning_of(target)}{secrets.token_hex(4)}.tmp"
    try:
        with (file if special else temporary).open(
            "w" if special else "x", encoding="utf-8", errors="surrogateescape", newline="\n"
        ) as stream:
            stream.writelines(pieces)
            stream.write("\n")
            stream.flush()
            if not special:
                os.fsync(stream.fileno())
        if not special:
            temporary.replace(target)
    except OSError as error:
        raise OutputLostError(f"{file}: cannot be written: {error.strerror}; {otherwise}") from error
    finally:
        with suppress(OSError):
            temporary.unlink()


def remove_leftovers(file: Path) -> None:
    """Take away what killed processes left that were about to write a file; nobody may be writing it now."""
    for one in leftovers(file):
        with suppress(OSError):
            one.unlink()


def is_special(file: Path) -> bool:
    """Whether something stands there that is no ordinary file: a device, a pipe, a folder."""
    return file.exists() and not file.is_file()


def json_pieces(document: Any, *, ascii_only: bool = False) -> Iterator[str]:
    """Give JSON text piece by piece; bytes that are no UTF-8 in a path stay as escapes.

    The last value of a mapping may be any iterable that is no list: its rows are made, written and
    dropped one by one, so that a long report never stands in memory as a whole.
    """
    name, rows = next(reversed(document.items()), ("", [])) if isinstance(document, dict) else ("", [])
    if isinstance(rows, (list, dict, str)) or not isinstance(rows, Iterable):
        yield _json(document, ascii_only)
        return
    head = _json({**document, name: []}, ascii_only)
    yield head.removesuffix("]\n}")
    before = "\n    "
    for row in rows:
        yield before + _json(row, ascii_only).replace("\n", "\n    ")
        before = ",\n    "
    yield "]\n}" if before == "\n    " else "\n  ]\n}"


def _json(value: Any, ascii_only: bool) -> str:
    text = json.dumps(value, ensure_ascii=ascii_only, indent=2)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
