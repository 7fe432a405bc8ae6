"""`--ids`: the person's own list of what their files are."""

import json
import pickle
import time

import pytest

from cvi_trakt.errors import InputError
from cvi_trakt.identify.ids_file import read_ids
from cvi_trakt.media import Ids, Kind

ALIEN = Ids(imdb="tt0078748")

RADARR = [
    {
        "title": "Alien",
        "year": 1979,
        "path": "/movies/Alien (1979)",
        "tmdbId": 348,
        "imdbId": "tt0078748",
        "movieFile": {"relativePath": "Alien.1979.mkv", "path": "/movies/Alien (1979)/Alien.1979.mkv"},
    },
    {
        "title": "Heat",
        "year": 1995,
        "path": "/movies/Heat (1995)",
        "tmdbId": 949,
        "movieFile": {"relativePath": "heat.mkv"},
    },
    {"title": "Nobody knows", "year": 0, "path": "/movies/Nobody knows", "tmdbId": 0, "imdbId": None},
]
SONARR = [
    {
        "title": "Breaking Bad",
        "year": 2008,
        "path": "/tv/Breaking Bad",
        "tvdbId": 81189,
        "tmdbId": 1396,
        "imdbId": "tt0903747",
    },
    {"title": "Extras", "year": 2005, "path": "/tv/Extras", "tvdbId": 78835, "tmdbId": 0},
]


def find(text: str, path: str) -> Ids | None:
    found = read_ids(text.encode(), source="ids.yaml").find(path)
    return found.ids if found else None


@pytest.mark.parametrize(
    ("text", "ids", "kind"),
    [
        pytest.param("/films/A: tt0078748", ALIEN, None, id="imdb"),
        pytest.param("/films/A: imdb:tt0078748", ALIEN, None, id="imdb-named"),
        pytest.param("/films/A: tmdb:348", Ids(tmdb=348), None, id="tmdb"),
        pytest.param("/films/A: TMDB-348", Ids(tmdb=348), None, id="tmdb-with-a-hyphen"),
        pytest.param("/films/A: trakt:481", Ids(trakt=481), None, id="trakt"),
        pytest.param("/films/A: tvdb:81189", Ids(tvdb=81189), Kind.SHOW, id="tvdb-is-of-shows"),
        pytest.param(
            "/films/A: {tvdb: 81189, imdb: tt0903747}", Ids(tvdb=81189, imdb="tt0903747"), Kind.SHOW, id="map"
        ),
        pytest.param("/films/A:\n  tmdb: 348\n  kind: movie", Ids(tmdb=348), Kind.MOVIE, id="map-with-kind"),
        pytest.param("# mine\n/films/B: tmdb:1\n/films/A: tmdb:348", Ids(tmdb=348), None, id="comment-and-two"),
        pytest.param('{"/films/A": "tt0078748"}', ALIEN, None, id="json"),
        pytest.param('{"/films/A": {"tmdb": 348, "kind": "show"}}', Ids(tmdb=348), Kind.SHOW, id="json-map"),
        pytest.param('\ufeff{"/films/A": "tmdb:348"}', Ids(tmdb=348), None, id="byte-order-mark"),
        pytest.param("path,id\n/films/A,tt0078748\n", ALIEN, None, id="csv-with-heading"),
        pytest.param("/films/A,tt0078748\n/films/B,tmdb:949\n", ALIEN, None, id="csv"),
        pytest.param('"/films/A", "tmdb:348"\r\n', Ids(tmdb=348), None, id="csv-quoted"),
        pytest.param("/films/A;tmdb:348", Ids(tmdb=348), None, id="csv-with-semicolons"),
        pytest.param("# mine\n\n/films/A\ttmdb:348", Ids(tmdb=348), None, id="csv-with-tabs"),
    ],
)
def test_an_entry_is_read_in_every_form(text: str, ids: Ids, kind: Kind | None) -> None:
    found = read_ids(text.encode(), source="ids.yaml").find("/films/A/a.mkv")
    assert found is not None
    assert (found.ids, found.kind, found.source) == (ids, kind, "ids.yaml")


def test_a_path_of_csv_may_hold_commas_and_brackets() -> None:
    text = "[REC] (2007),tt1038988\nMe, Myself & Irene (2000),tt0183505\n"
    assert find(text, "/films/Me, Myself & Irene (2000)/a.mkv") == Ids(imdb="tt0183505")
    assert find(text, "/films/[REC] (2007)/a.mkv") == Ids(imdb="tt1038988")


def test_a_list_in_utf_16_is_read() -> None:
    assert read_ids("/films/A,tt0078748".encode("utf-16"), source="ids.csv").find("/films/A/a.mkv") is not None


def test_a_name_that_is_no_utf_8_is_found_in_csv() -> None:
    assert read_ids(b"/films/\xff,tt0078748", source="ids.csv").find("/films/\udcff/a.mkv") is not None


MAP = """
/films: tmdb:1
/films/Alien (1979): tmdb:348
/films/Alien (1979)/extended.mkv: tmdb:349
Heat.mkv: tmdb:949
Breaking Bad: tvdb:81189
"D:\\\\Films\\\\Speed": tmdb:1637
/elsewhere/The Thing (1982): tmdb:1091
/elsewhere/Season 1: tvdb:5
/one/Solaris: tmdb:593
/two/Solaris: tmdb:2103
/one/Fargo: {tmdb: 275, kind: movie}
/two/Fargo: {tmdb: 275, kind: movie}
"""


@pytest.mark.parametrize(
    ("path", "ids"),
    [
        pytest.param("/films/Alien (1979)/a.mkv", Ids(tmdb=348), id="folder"),
        pytest.param("/films/Alien (1979)/extended.mkv", Ids(tmdb=349), id="the-longest"),
        pytest.param("/films/Alien (1979)/deep/er/a.mkv", Ids(tmdb=348), id="far-above"),
        pytest.param("/films//./Alien (1979)/a.mkv", Ids(tmdb=348), id="odd-slashes"),
        pytest.param("/films/Alien (1979) 2/a.mkv", Ids(tmdb=1), id="not-half-a-name"),
        pytest.param("/films/Aliens/Heat.mkv", Ids(tmdb=949), id="bare-file-name-is-nearer-than-a-folder"),
        pytest.param("x/heat.MKV", Ids(tmdb=949), id="bare-name-in-other-letters"),
        pytest.param("/tv/Breaking Bad/Season 1/a.mkv", Ids(tvdb=81189), id="bare-folder-name"),
        pytest.param("d:\\films\\SPEED\\a.mkv", Ids(tmdb=1637), id="windows"),
        pytest.param("D:/Films/Speed/a.mkv", Ids(tmdb=1637), id="windows-with-slashes"),
        pytest.param("/mnt/d/Speed/a.mkv", Ids(tmdb=1637), id="windows-list-elsewhere"),
        pytest.param("\\\\nas\\x\\The Thing (1982)\\a.mkv", Ids(tmdb=1091), id="network-path"),
        pytest.param("/mnt/films/The Thing (1982)/a.mkv", Ids(tmdb=1091), id="another-mount"),
        pytest.param("/mnt/films/Fargo/a.mkv", Ids(tmdb=275), id="two-entries-that-agree"),
        pytest.param("/mnt/films/Solaris/a.mkv", None, id="two-entries-that-differ"),
        pytest.param("/two/Solaris/a.mkv", Ids(tmdb=2103), id="two-entries-and-the-whole-path"),
        pytest.param("/tv/Other/Season 1/a.mkv", None, id="a-season-is-everywhere"),
        pytest.param("/mnt/Fargo/The Thing (1982)/a.mkv", None, id="two-folders-that-differ"),
        pytest.param("/other/a.mkv", None, id="not-there"),
        pytest.param("", None, id="no-path"),
    ],
)
def test_the_nearest_entry_counts(path: str, ids: Ids | None) -> None:
    assert find(MAP, path) == ids


def test_accents_are_equal_however_they_are_written() -> None:
    assert find("/films/Ame\u0301lie: tmdb:194", "/films/Am\u00e9lie/a.mkv") == Ids(tmdb=194)


@pytest.mark.parametrize(
    ("path", "kind", "ids", "title", "year"),
    [
        pytest.param(
            "/movies/Alien (1979)/x.mkv", Kind.MOVIE, Ids(imdb="tt0078748", tmdb=348), "Alien", 1979, id="radarr"
        ),
        pytest.param(
            "/data/media/Alien (1979)/x.mkv", Kind.MOVIE, Ids(imdb="tt0078748", tmdb=348), "Alien", 1979, id="mount"
        ),
        pytest.param("/flat/Alien.1979.mkv", Kind.MOVIE, Ids(imdb="tt0078748", tmdb=348), "Alien", 1979, id="file"),
        pytest.param("/flat/heat.mkv", Kind.MOVIE, Ids(tmdb=949), "Heat", 1995, id="relative-file"),
        pytest.param(
            "/tv/Breaking Bad/Season 1/x.mkv",
            Kind.SHOW,
            Ids(imdb="tt0903747", tmdb=1396, tvdb=81189),
            "Breaking Bad",
            2008,
            id="sonarr",
        ),
    ],
)
def test_answers_of_radarr_and_sonarr_are_read(path: str, kind: Kind, ids: Ids, title: str, year: int) -> None:
    found = read_ids(json.dumps(RADARR + SONARR).encode(), source="library.json").find(path)
    assert found is not None
    assert (found.kind, found.ids, found.title, found.year) == (kind, ids, title, year)


def test_a_folder_of_extras_is_not_taken_for_the_series_of_that_name() -> None:
    ids_map = read_ids(json.dumps(RADARR + SONARR).encode(), source="library.json")
    assert ids_map.find("/data/Alien (1979)/Extras/making of.mkv") is None


def test_what_radarr_does_not_know_and_an_empty_library_are_no_errors() -> None:
    assert read_ids(json.dumps(RADARR).encode(), source="library.json").find("/movies/Nobody knows/a.mkv") is None
    assert len(read_ids(b"[]", source="library.json")) == 0
    assert len(read_ids(b"{}", source="ids.json")) == 0


def test_an_answer_about_one_film_is_read() -> None:
    assert read_ids(json.dumps(RADARR[0]).encode(), source="x.json").find("/movies/Alien (1979)/a.mkv") is not None


@pytest.mark.parametrize(
    ("data", "parts"),
    [
        pytest.param(b"", ["ids: is empty", "expected a map"], id="empty"),
        pytest.param(b"\0\1\2", ["ids: is no text"], id="binary"),
        pytest.param(b"just words", ["ids: expected a map of paths"], id="words"),
        pytest.param(b"- a\n- b", ["ids: expected a map of paths"], id="yaml-list"),
        pytest.param(b"3", ["ids: expected a map of paths"], id="number"),
        pytest.param(b"/a: tt0078748\n/b: [1", ["ids: line 3, column 1: is no YAML"], id="broken-yaml"),
        pytest.param(b'{"/a": "tt0078748",}', ["ids: line 1, column 20: is no JSON"], id="broken-json"),
        pytest.param(b"[" * 200_000, ["ids: is nested too deeply"], id="deep-json"),
        pytest.param(b'{"/a": "tt0078748", "/a": "tmdb:1"}', ["'/a' is there twice"], id="json-twice"),
        pytest.param(b"/a: 603", ["line 1, '/a': 603 does not say of which catalogue", "tmdb:348"], id="bare-number"),
        pytest.param(b"/x: tmdb:1\n/a: alien", ["line 2, '/a': 'alien' is no id", "tt0078748"], id="no-id"),
        pytest.param(b"/a: {tvmaze: 5}", ["line 1, '/a': 'tvmaze' is no catalogue", "imdb, tmdb"], id="no-catalogue"),
        pytest.param(b"/a: {tmdb: x}", ["'x' is no number of tmdb"], id="no-number"),
        pytest.param(b"/a: tmdb:0", ["'0' is no number of tmdb"], id="zero"),
        pytest.param(b"/a: {tmdb: 1, kind: song}", ["'song' is no kind", "movie or show"], id="no-kind"),
        pytest.param(b"/a: {kind: movie}", ["holds no id"], id="kind-alone"),
        pytest.param(b"/a: [tmdb, 1]", ["line 1, '/a'", "is no id"], id="list-as-id"),
        pytest.param(b'{"/a": null}', ["entry '/a': None is no id"], id="null"),
        pytest.param(b'{"/a": true}', ["entry '/a': True is no id"], id="truth"),
        pytest.param(b"[REC]: tt1038988", ["quotes", "is no JSON"], id="bracket-without-quotes"),
        pytest.param(b"/a,tt0078748\n/b", ["line 2: has one column, '/b'"], id="one-column"),
        pytest.param(b"/a,tt0078748\n/b,heat", ["line 2, '/b': 'heat' is no id"], id="csv-no-id"),
        pytest.param(b"/a,tt0078748\n/a/,tmdb:5", ["line 2: '/a/' has other ids than at line 1"], id="twice"),
        pytest.param(b'"": tmdb:5', ["line 1: the path is empty"], id="empty-path"),
        pytest.param(
            b'[{"title": "Alien", "tmdbId": 348}]', ["entry 1 (Alien): lacks its path", "/api/v3/movie"], id="no-path"
        ),
        pytest.param(b'[{"path": "/a"}]', ["entry 1: lacks its path or its ids"], id="no-ids"),
        pytest.param(b'["a"]', ["entry 1: is 'a'"], id="no-object"),
        pytest.param(b"/\xff: tmdb:1", ["is not UTF-8"], id="yaml-not-utf-8"),
    ],
)
def test_wrong_input_says_in_one_line_what_is_wrong_where_and_what_would_do(data: bytes, parts: list[str]) -> None:
    with pytest.raises(InputError) as raised:
        read_ids(data, source="ids")
    message = str(raised.value)
    assert message.startswith("ids: ")
    assert "\n" not in message
    for part in parts:
        assert part in message


def test_the_map_can_be_handed_to_another_process() -> None:
    ids_map = read_ids(MAP.encode(), source="ids.yaml")
    assert pickle.loads(pickle.dumps(ids_map)) == ids_map


def test_a_large_list_is_fast() -> None:
    films = [
        {"title": f"Film {n}", "year": 1999, "path": f"/movies/Film {n} (1999)", "tmdbId": n, "imdbId": f"tt{n:07d}"}
        for n in range(1, 20_001)
    ]
    data = json.dumps(films).encode()
    paths = [f"/mnt/media/films/Film {n % 25_000} (1999)/Film {n}.mkv" for n in range(1, 100_001)]
    begin = time.process_time()
    ids_map = read_ids(data, source="library.json")
    found = sum(ids_map.find(path) is not None for path in paths)
    assert found == 80_000
    assert time.process_time() - begin < 10.0
