"""Plex's `.plexmatch`: hints for a folder and for single files."""

import random
import time

import pytest

from cvi_trakt.identify.plexmatch import read_plexmatch
from cvi_trakt.media import NO_IDS, Declared, Ids, Kind


def declared(
    kind: Kind | None = None,
    ids: Ids = NO_IDS,
    title: str | None = None,
    year: int | None = None,
    season: int | None = None,
) -> Declared:
    return Declared(source=".plexmatch", kind=kind, ids=ids, title=title, year=year, season=season)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Title: Breaking Bad\nYear: 2008\nTvdbId: 81189\nImdbId: tt0903747\n",
            declared(None, Ids(imdb="tt0903747", tvdb=81189), "Breaking Bad", 2008),
            id="as-sonarr-writes-it",
        ),
        pytest.param("show: Breaking Bad", declared(Kind.SHOW, title="Breaking Bad"), id="show"),
        pytest.param("  TITLE :  A: B  \r\n", declared(title="A: B"), id="capitals-spaces-and-a-colon"),
        pytest.param("# title: A\n  # year: 1999\n\ntmdbid: 603", declared(ids=Ids(tmdb=603)), id="comments"),
        pytest.param("title: A\nseason: 2", declared(Kind.SHOW, title="A", season=2), id="season"),
        pytest.param("title: A\nseason: 0", declared(Kind.SHOW, title="A", season=0), id="specials"),
        pytest.param("guid: imdb://tt0133093", declared(ids=Ids(imdb="tt0133093")), id="guid-imdb"),
        pytest.param("guid: tmdb://603", declared(ids=Ids(tmdb=603)), id="guid-tmdb"),
        pytest.param("guid: tvdb://81189", declared(ids=Ids(tvdb=81189)), id="guid-tvdb"),
        pytest.param(
            "guid: com.plexapp.agents.thetvdb://81189?lang=en", declared(ids=Ids(tvdb=81189)), id="guid-of-an-old-agent"
        ),
        pytest.param("guid: tvdb://1\ntvdbid: 81189", declared(ids=Ids(tvdb=81189)), id="id-before-guid"),
        pytest.param(
            "Title: A\nYear: 1999\nGuid: plex://movie/5d776827880197001ec90904",
            declared(Kind.MOVIE, title="A", year=1999),
            id="plex-film",
        ),
        pytest.param(
            "Title: A\nGuid: plex://show/5d9c086c02391c001f5864e2", declared(Kind.SHOW, title="A"), id="plex-show"
        ),
        pytest.param("guid: plex://show/5d9c086c02391c001f5864e2", None, id="plex-number-alone"),
        pytest.param("tvdbid: 0\nimdbid:\ntmdbid: x\nyear: -1", None, id="garbage"),
        pytest.param("breaking bad", None, id="no-hint"),
        pytest.param("", None, id="empty"),
    ],
)
def test_hints_for_the_folder_are_read(text: str, expected: Declared | None) -> None:
    assert read_plexmatch(text.encode(), source=".plexmatch", name="a.mkv") == expected


@pytest.mark.parametrize(
    ("line", "season", "episodes"),
    [
        pytest.param("ep: S01E05: a.mkv", 1, (5,), id="season-and-episode"),
        pytest.param("Episode: s1e5: A.MKV", 1, (5,), id="small-letters-and-capitals"),
        pytest.param("ep: 5: a.mkv", 3, (5,), id="number-alone-is-of-the-folder-s-season"),
        pytest.param("ep: E05: a.mkv", 3, (5,), id="episode-alone"),
        pytest.param("ep: SP02: a.mkv", 0, (2,), id="special"),
        pytest.param("ep: S01E05-E06: a.mkv", 1, (5, 6), id="range"),
        pytest.param("ep: S01E05-07: a.mkv", 1, (5, 6, 7), id="range-without-e"),
        pytest.param("ep: S01E05E06: a.mkv", 1, (5, 6), id="two-episodes"),
        pytest.param("ep: 5-6: a.mkv", 3, (5, 6), id="range-of-numbers"),
        pytest.param("ep: S01E05: Season 1/a.mkv", 1, (5,), id="below-a-folder"),
        pytest.param("ep: S01E05: Season 1\\a.mkv", 1, (5,), id="below-a-windows-folder"),
        pytest.param("ep: S01E05: a.mkv\nep: S01E06: a.mkv", 1, (5, 6), id="two-lines"),
        pytest.param("ep: S01E05: a.mkv\nep: S02E01: a.mkv", 1, (5,), id="the-first-season-stands"),
        pytest.param("ep: S01E05: b.mkv", 3, (), id="another-file"),
        pytest.param("ep: S01E05", 3, (), id="no-file"),
        pytest.param("ep: 6-5: a.mkv", 3, (), id="backwards"),
        pytest.param("ep: 1-99999: a.mkv", 3, (), id="too-many"),
        pytest.param("ep: -1: a.mkv", 3, (), id="below-zero"),
    ],
)
def test_a_line_for_a_file_gives_its_numbers(line: str, season: int, episodes: tuple[int, ...]) -> None:
    found = read_plexmatch(f"title: A\n{line}\nseason: 3".encode(), source=".plexmatch", name="a.mkv")
    assert found is not None
    assert (found.kind, found.season, found.episodes) == (Kind.SHOW, season, episodes)


def test_a_name_is_found_however_its_accents_are_written() -> None:
    found = read_plexmatch("ep: S01E05: Cafe\u0301.mkv".encode(), source=".plexmatch", name="Caf\u00e9.mkv")
    assert found is not None
    assert found.episodes == (5,)


def test_any_bytes_are_read_without_an_error() -> None:
    source = random.Random(20261120)
    pieces = [
        b"ep: ",
        b"S01E05",
        b": a.mkv",
        b"\n",
        b"guid: imdb://tt",
        b"9" * 5000,
        b"season: ",
        b"\xff\xfe",
        b"-",
        b"year:",
    ]
    for _ in range(3000):
        data = b"".join(
            source.choice(pieces) if source.random() < 0.7 else source.randbytes(source.randrange(5))
            for _ in range(source.randrange(20))
        )
        read_plexmatch(data, source=".plexmatch", name="a.mkv")


def test_very_many_lines_for_one_file_are_read_in_no_time() -> None:
    data = "\n".join(f"ep: {number}: a.mkv" for number in range(60_000)).encode()
    begin = time.process_time()
    found = read_plexmatch(data, source=".plexmatch", name="a.mkv")
    assert found is not None
    assert len(found.episodes) == 100
    assert time.process_time() - begin < 3.0
