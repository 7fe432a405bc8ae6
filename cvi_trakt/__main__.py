"""Runs the program: ``python -m cvi_trakt``."""

import sys

from cvi_trakt.cli import main

if __name__ == "__main__":
    sys.exit(main())
