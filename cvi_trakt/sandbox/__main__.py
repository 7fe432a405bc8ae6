"""Runs the sandbox: ``python -m cvi_trakt.sandbox --port 0``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from cvi_trakt.errors import ExitCode, InputError
from cvi_trakt.sandbox.server import serve


def main() -> int:
    """Serve as the arguments say; the first line of the output is the base URL."""
    parser = argparse.ArgumentParser(prog="python -m cvi_trakt.sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="Port to listen on; 0 takes any free one.")
    parser.add_argument("--catalogue", type=Path, metavar="FILE.sqlite", help="A bigger catalogue.")
    parser.add_argument("--state", type=Path, metavar="FILE", help="Keep accounts in this file.")
    options = parser.parse_args()
    try:
        serve(port=options.port, catalogue=options.catalogue, state=options.state, announce=_announce)
    except (InputError, OSError, OverflowError) as error:
        parser.exit(ExitCode.USAGE, f"{parser.prog}: {error}\n")
    return ExitCode.OK


def _announce(url: str) -> None:
    sys.stdout.write(f"{url}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
