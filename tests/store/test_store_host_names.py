"""What is kept for one address is never taken for another's."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from cvi_trakt.filenames import host_name
from cvi_trakt.store.database import host_folder

ALIKE = (
    "https://trakt.example",
    "https://trakt.example:8443",
    "https://trakt.example:84",
    "https://trakt.example/8443",
    "https://trakt.example/a/b",
    "https://trakt.example/a-b",
    "https://trakt.example/a_b",
    "https://trakt.example-a/b",
    "https://trakt_example",
    "https://trakt-example",
    "http://[::1]:80",
    "http://[::1:80]",
    "https://.trakt.example",
    "https://nas:8080",
    "https://nas-8080",
)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://api.trakt.tv", "api.trakt.tv"),
        ("http://127.0.0.1:8080", "127.0.0.1-8080"),
        ("http://localhost:1", "localhost-1"),
    ],
)
def test_a_host_and_its_port_are_the_name_of_a_folder(url: str, name: str) -> None:
    assert host_folder(Path("state"), url) == Path("state") / name


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("http://127.0.0.1:80/x", "127.0.0.1-80-x-30c9ec97"),
        ("http://[::1]:8", "---1--8-66a80379"),
    ],
)
def test_what_is_more_than_host_and_port_adds_a_mark(url: str, name: str) -> None:
    assert host_name(url) == name


@pytest.mark.parametrize(("one", "other"), list(combinations(ALIKE, 2)))
def test_two_addresses_never_have_one_name(one: str, other: str) -> None:
    assert host_name(one) != host_name(other)


@pytest.mark.parametrize("url", [*ALIKE, "https://../../x", "https://a/../..", "https://ä/ö"])
def test_a_name_is_that_of_one_folder_below(url: str) -> None:
    name = host_name(url)
    assert name == Path(name).name
    assert not name.startswith(".")
    assert name.isascii()
