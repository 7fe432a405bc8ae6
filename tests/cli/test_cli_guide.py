"""Every command line of the guide runs as printed, and does at Trakt and on disk what the guide says."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from driving import Ended
from guide import (
    BREAKING_BAD,
    COCO,
    DUNE,
    LINES,
    MAD_MEN,
    MATRIX,
    MEMENTO,
    OLDBOY,
    OLGA,
    RELOADED,
    SANDY,
    THRONES,
    UP,
    Stage,
    Work,
    stage,
)
from guide_drives import (
    Drive,
    answering,
    pasting_the_code,
    pasting_the_code_at_a_terminal,
    run,
    where_the_settings_want_damaged_files,
    with_a_stored_sign_in,
    with_all_settings_in_the_file,
    with_the_makefile,
    with_videos_at,
    without_any_token,
)
from terminal import DOWN, ENTER

Effect = Callable[[Stage, Ended], None]

GUIDES_USER = "your_trakt_username"


@pytest.fixture
def on(tmp_path: Path) -> Iterator[Stage]:
    with stage(tmp_path) as ready:
        yield ready


# Effects: what must be seen at Trakt, on disk and in the output after a line


def stores_the_sign_in(on: Stage, ended: Ended) -> None:
    (file,) = on.shell.token_files()
    assert file == on.shell.token_file()
    assert oct(stat.S_IMODE(file.stat().st_mode)) == "0o600"
    assert "your-trakt-username" in on.signed_in()
    assert on.user_of(json.loads(file.read_text())["OAUTH_TOKEN"]) == GUIDES_USER
    assert f"✅ Signed in as {GUIDES_USER}; good until" in ended.out
    assert "not as" not in ended.out + ended.err


def signs_in_and_out_again(on: Stage, ended: Ended) -> None:
    assert ended.out == f"✅ Signed in as {GUIDES_USER}, for this run only: nothing was stored.\n"
    posted = [request["path"] for request in on.trakt.requests(method="POST")]
    assert posted == ["/oauth/token", "/oauth/revoke"]
    assert on.signed_in() == {"sandy", "olga"}
    kept = [path for folder in (on.shell.home, on.folder / "state") for path in folder.rglob("*") if path.is_file()]
    assert kept == []


def says_that_the_sign_in_is_good(on: Stage, ended: Ended) -> None:
    assert ended.out == "✅ Already authenticated! No setup needed.\n"
    assert on.trakt.requests("/users/settings") != []
    assert on.trakt.requests(method="POST") == []


def sets(shelves: dict[str, list[Work]]) -> dict[str, list[Work]]:
    """Take the order out: where in a list the works of one request come is Trakt's to say."""
    return {name: sorted(works) for name, works in shelves.items()}


def adds(*works: Work, to: str = "watchlist", user: str = "sandy", saying: tuple[str, ...] = ()) -> Effect:
    """Say what a list has more than before; every other list of both accounts has what it had."""

    def check(on: Stage, ended: Ended) -> None:
        before = {"sandy": SANDY, "olga": OLGA}
        before[user] = {**before[user], to: [*before[user][to], *works]}
        assert {name: sets(on.holdings(name)) for name in before} == {name: sets(before[name]) for name in before}
        for text in saying:
            assert f"{text}\n" in ended.out

    return check


def reports_each_work_as_it_goes(name: str, to: str) -> Effect:
    def check(on: Stage, ended: Ended) -> None:
        adds(MATRIX, BREAKING_BAD, to=to)(on, ended)
        assert ended.out.startswith(
            "Starting Trakt watchlist sync...\n"
            "Processing scan file: scan_results.json\n"
            "Found 3 media items to sync\n"
            f"Searching and adding to {name}...\n"
            "  (1/3) Processing: The Matrix (1999) [movie]\n"
            f"    ✅ Added to {name}\n"
            "  (2/3) Processing: Breaking Bad (2008) [show]\n"
            f"    ✅ Added to {name}\n"
            "  (3/3) Processing: Unknown Movie [movie]\n"
            "    ❌ Not found on Trakt\n"
            "\n" + "=" * 50 + "\nTRAKT SYNC SUMMARY\n" + "=" * 50 + "\n"
            "Total items processed: 3\n"
            "Movies added: 1\n"
            "Shows added: 1\n"
            "Failed/Not found: 1\n"
            "Success rate: 66.7%\n"
        )

    return check


def adds_and_writes_the_report(on: Stage, ended: Ended) -> None:
    adds(MATRIX, BREAKING_BAD, to="my-movies")(on, ended)
    report = on.read("sync_results.json")
    assert (report["total"], report["movies_added"], report["shows_added"]) == (2, 1, 1)
    assert [(one["title"], one["year"], one["type"], one["status"]) for one in report["results"]] == [
        ("The Matrix", 1999, "movie", "added"),
        ("Breaking Bad", 2008, "show", "added"),
        ("Unknown Movie", None, "movie", "skipped"),
    ]


def writes_nothing_to_trakt(on: Stage, ended: Ended) -> None:
    adds()(on, ended)
    assert on.trakt.requests(method="POST") == []
    assert on.trakt.requests("/search") != []
    assert "Dry run: nothing was written\n" in ended.out
    assert "Movies added: 1\n" in ended.out


def table(*rows: str) -> Effect:
    """Say which words the rows of the printed table have, but for their last column, a date."""

    def check(on: Stage, ended: Ended) -> None:
        head, *found = [line.split() for line in ended.out.splitlines()]
        assert head[0] in ("NAME", "#")
        assert [" ".join(line[: len(row.split())]) for line, row in zip(found, rows, strict=True)] == list(rows)
        adds()(on, ended)

    return check


MY_LISTS = [("Watchlist", "watchlist", 1), ("my-movies", "my-movies", 1), ("to-watch", "to-watch", 2)]
MY_LISTS += [("to-review", "to-review", 0), ("favorites", "favorites", 1), ("my-collection", "my-collection", 0)]


def prints_json(select: Callable[[Any], Any], expected: object) -> Effect:
    def check(on: Stage, ended: Ended) -> None:
        assert select(ended.json) == expected
        assert ended.err == ""

    return check


def writes_json(name: str, select: Callable[[Any], Any], expected: object) -> Effect:
    def check(on: Stage, ended: Ended) -> None:
        assert select(on.read(name)) == expected
        assert ended.out == ""

    return check


def each_list(document: Any) -> Any:
    return [(one["name"], one["slug"], one["item_count"]) for one in document]


def each_entry(document: Any) -> Any:
    return [(one["title"], one["year"], one["type"], one["ids"]["trakt"]) for one in document]


def finds_what_is_damaged(on: Stage, ended: Ended) -> None:
    results = on.read("scan_results.json")["results"]
    assert sorted((one["filename"], one["status"]) for one in results) == [
        ("/path/to/videos/Game.of.Thrones.1x01.Winter.Is.Coming.mkv", "HEALTHY"),
        ("/path/to/videos/Inception (2010) [1080p].mp4", "CORRUPT"),
        ("/path/to/videos/Oldboy.2003.1080p.mp4", "HEALTHY"),
    ]
    assert on.trakt.requests() == []


def makes_secret_files(on: Stage, ended: Ended) -> None:
    secrets = on.folder / "docker" / "secrets"
    modes = {path.name: oct(stat.S_IMODE(path.stat().st_mode)) for path in (secrets, *secrets.iterdir())}
    assert modes == {"secrets": "0o700", "trakt_client_id.txt": "0o600", "trakt_client_secret.txt": "0o600"}


ROWS: list[tuple[str, Drive, Effect]] = [
    (
        "CVI trakt auth --username=YOUR_TRAKT_USERNAME --store",
        pasting_the_code_at_a_terminal,
        stores_the_sign_in,
    ),
    (
        "CVI trakt auth --username=YOUR_TRAKT_USERNAME --no-store",
        pasting_the_code,
        signs_in_and_out_again,
    ),
    (
        "CVI trakt auth --username=YOUR_TRAKT_USERNAME --config config.yaml",
        with_all_settings_in_the_file,
        stores_the_sign_in,
    ),
    (
        "CVI trakt auth --test-only",
        with_a_stored_sign_in,
        says_that_the_sign_in_is_good,
    ),
    (
        "CVI trakt sync scan_results.json",
        run,
        adds(MATRIX, BREAKING_BAD, saying=("Total items processed: 3", "Failed/Not found: 1")),
    ),
    (
        'CVI trakt sync results.json --watchlist "my-movies"',
        run,
        adds(DUNE, to="my-movies", saying=("Movies added: 1",)),
    ),
    (
        'CVI trakt sync results.json --watchlist "to-watch" --interactive',
        answering(("for 'Dune' (2021):", ENTER)),
        adds(DUNE, to="to-watch"),
    ),
    (
        'CVI trakt sync results.json -w "to-watch" -i',
        answering(("0. Skip (don't add to to-watch)", "0" + ENTER)),
        adds(to="to-watch"),
    ),
    (
        'CVI trakt sync scan_results.json --interactive --watchlist "to-review"',
        answering(
            ("2. The Matrix Reloaded (2003) [movie]", DOWN + ENTER),
            ("Found 1 match for 'Breaking Bad' (2008):", ENTER),
            ("Found no matches for 'Unknown Movie':", ENTER),
        ),
        adds(RELOADED, BREAKING_BAD, to="to-review"),
    ),
    (
        'CVI trakt sync scan_results.json --watchlist "my-movies" --interactive --output sync_results.json',
        answering(
            ("1. The Matrix (1999) [movie]", "1" + ENTER),
            ("1. Breaking Bad (2008) [show]", ENTER),
            ("Found no matches for 'Unknown Movie':", ENTER),
        ),
        adds_and_writes_the_report,
    ),
    (
        'CVI trakt sync movie_scan.json --watchlist "my-movies"',
        run,
        adds(COCO, to="my-movies", saying=("Total items processed: 1", "Movies added: 1")),
    ),
    (
        'CVI trakt sync scan_results.json --watchlist "my-collection" --verbose',
        run,
        reports_each_work_as_it_goes("my-collection", to="my-collection"),
    ),
    (
        "CVI trakt sync scan_results.json --verbose",
        run,
        reports_each_work_as_it_goes("watchlist", to="watchlist"),
    ),
    (
        "CVI trakt sync scan.json --dry-run",
        run,
        writes_nothing_to_trakt,
    ),
    (
        "CVI trakt sync scan.json --include-status healthy",
        where_the_settings_want_damaged_files,
        adds(UP, saying=("Total items processed: 1",)),
    ),
    (
        "CVI trakt sync results.json --token YOUR_TOKEN",
        without_any_token,
        adds(DUNE, user="olga"),
    ),
    (
        "CVI trakt sync results.json --token YOUR_TOKEN --include-statuses HEALTHY CORRUPT SUSPICIOUS",
        without_any_token,
        adds(DUNE, MEMENTO, OLDBOY, user="olga"),
    ),
    (
        "CVI trakt sync results.json --token YOUR_TOKEN --include-statuses CORRUPT",
        without_any_token,
        adds(MEMENTO, user="olga"),
    ),
    (
        "CVI trakt list-watchlists",
        run,
        table(*(f"{name} {slug} {count}" for name, slug, count in MY_LISTS)),
    ),
    (
        "CVI trakt list-watchlists --format json",
        run,
        prints_json(each_list, MY_LISTS),
    ),
    (
        "CVI trakt list-watchlists --output watchlists.json",
        run,
        writes_json("watchlists.json", each_list, MY_LISTS),
    ),
    (
        "CVI trakt list-watchlists --token YOUR_ACCESS_TOKEN",
        without_any_token,
        table("Watchlist watchlist 1", "olgas olgas 2"),
    ),
    (
        "CVI trakt view",
        run,
        table("1 Alien 1979 movie"),
    ),
    (
        'CVI trakt view --watchlist "my-movies"',
        run,
        table("1 Heat 1995 movie"),
    ),
    (
        'CVI trakt view --watchlist "favorites" --format json',
        run,
        prints_json(each_entry, [("Up", 2009, "movie", UP[1])]),
    ),
    (
        'CVI trakt view --watchlist "to-watch" --output contents.json',
        run,
        writes_json(
            "contents.json",
            each_entry,
            [("Memento", 2000, "movie", MEMENTO[1]), ("Mad Men", 2007, "show", MAD_MEN[1])],
        ),
    ),
    (
        "CVI trakt view --token YOUR_ACCESS_TOKEN",
        without_any_token,
        table("1 Coco 2017 movie"),
    ),
    (
        "CVI scan /path/to/videos --output scan_results.json",
        with_videos_at("/path/to/videos"),
        finds_what_is_damaged,
    ),
    (
        "CVI scan /videos --output scan_results.json && CVI trakt sync scan_results.json",
        with_videos_at("/videos"),
        adds(THRONES, OLDBOY, saying=("Total items processed: 2",)),
    ),
    (
        "make secrets-init",
        with_the_makefile,
        makes_secret_files,
    ),
]


@pytest.mark.parametrize(("line", "drive", "effect"), [pytest.param(*row, id=row[0]) for row in ROWS])
def test_a_line_of_the_guide_does_what_it_says(on: Stage, line: str, drive: Drive, effect: Effect) -> None:
    ended = drive(on, line)
    assert ended.code == 0, ended.out + ended.err
    effect(on, ended)


def test_every_line_of_the_guide_is_run() -> None:
    assert [line for line, _, _ in ROWS] == LINES.splitlines()
