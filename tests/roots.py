"""A root folder for one command: the machine's own, and in it folders that the machine has not."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from functools import cache
from pathlib import Path

# $1 is an empty folder for the new root, $2 how many places follow: pairs of where and what; then the command
_BUILD = r"""
set -e
root=$1 places=$2
shift 2
mount -t tmpfs tmpfs "$root"
while [ "$places" -gt 0 ]; do
    mkdir -p "$root$1"
    mount --bind "$2" "$root$1"
    places=$((places - 1))
    shift 2
done
for top in /*; do
    if [ -e "$root$top" ]; then continue
    elif [ -L "$top" ]; then cp -P "$top" "$root$top"
    elif [ -d "$top" ]; then mkdir "$root$top"; mount --rbind "$top" "$root$top"
    fi
done
exec chroot "$root" sh -c 'cd "$0" && exec "$@"' "$PWD" "$@"
"""


def command_in_root(root: Path, places: Mapping[str, Path]) -> list[str]:
    """Give the words before a command that run it in a root of its own, in the folder it is started in.

    ``places`` maps absolute paths below the new root to the folders that stand there. ``root`` is an
    empty folder. The command is root there and the machine outside stays as it is: both the user
    and the mounts are of a namespace that ends with the command.
    """
    pairs = [word for where, folder in places.items() for word in (where, str(folder))]
    return ["unshare", "--map-root-user", "--mount", "sh", "-c", _BUILD, "sh", str(root), str(len(places)), *pairs]


@cache
def why_not() -> str:
    """Say why no root of its own can be had here; empty when it can."""
    try:
        tried = subprocess.run(
            ["unshare", "--map-root-user", "--mount", "sh", "-c", "mount -t tmpfs tmpfs /tmp && chroot / true"],
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError:
        return "there is no `unshare` here to make a root folder with"
    return f"no root folder of one's own can be made here: {tried.stderr.strip()}" if tried.returncode else ""
