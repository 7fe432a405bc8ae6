from __future__ import annotations

import pytest

from cvi_trakt.match.reference import IdReference, NoReference, Reference, SlugReference, read_reference
from cvi_trakt.media import Kind

MATRIX_SLUG = SlugReference(slug="the-matrix-1999", kind=Kind.MOVIE)
BAD_SLUG = SlugReference(slug="breaking-bad", kind=Kind.SHOW)
MATRIX_IMDB = IdReference(source="imdb", number="tt0133093")
MATRIX_TMDB = IdReference(source="tmdb", number=603, kind=Kind.MOVIE)
BAD_TMDB = IdReference(source="tmdb", number=1396, kind=Kind.SHOW)
BAD_TVDB = IdReference(source="tvdb", number=81189, kind=Kind.SHOW)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("tt0133093", MATRIX_IMDB, id="imdb-alone"),
        pytest.param(" TT0133093 ", MATRIX_IMDB, id="imdb-in-capitals-with-space-around"),
        pytest.param("imdb:tt0133093", MATRIX_IMDB, id="imdb-named"),
        pytest.param("IMDb: tt0133093", MATRIX_IMDB, id="imdb-named-with-space"),
        pytest.param("imdb-tt0133093", MATRIX_IMDB, id="imdb-as-plex-writes-it"),
        pytest.param("imdbid=tt0133093", MATRIX_IMDB, id="imdb-as-jellyfin-writes-it"),
        pytest.param("tmdb:603", IdReference(source="tmdb", number=603), id="tmdb-names-no-kind"),
        pytest.param("tvdb:81189", IdReference(source="tvdb", number=81189), id="tvdb-names-no-kind"),
        pytest.param("trakt:481", IdReference(source="trakt", number=481), id="trakt-number"),
        pytest.param("481", IdReference(source="trakt", number=481), id="a-bare-number-is-trakts"),
        pytest.param("trakt:the-matrix-1999", SlugReference(slug="the-matrix-1999"), id="trakt-slug-named"),
    ],
)
def test_an_id_is_read(text: str, expected: Reference) -> None:
    assert read_reference(text) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://trakt.tv/movies/the-matrix-1999", MATRIX_SLUG),
        ("http://www.trakt.tv/movies/The-Matrix-1999/", MATRIX_SLUG),
        ("trakt.tv/movies/the-matrix-1999", MATRIX_SLUG),
        ("//trakt.tv/movies/the-matrix-1999", MATRIX_SLUG),
        ("https://app.trakt.tv/movies/the-matrix-1999?ref=x#top", MATRIX_SLUG),
        ("https://trakt.tv/movies/481", SlugReference(slug="481", kind=Kind.MOVIE)),
        ("https://trakt.tv/shows/breaking-bad", BAD_SLUG),
        ("https://trakt.tv/shows/breaking-bad/seasons/2/episodes/1", BAD_SLUG),
        ("https://app.trakt.tv/shows/24", SlugReference(slug="24", kind=Kind.SHOW)),
        ("https://trakt.tv/search/imdb/tt0133093", MATRIX_IMDB),
        ("https://www.imdb.com/title/tt0133093/?ref_=nv_sr_1", MATRIX_IMDB),
        ("https://m.imdb.com/title/tt0133093", MATRIX_IMDB),
        ("imdb.com/de/title/tt0133093/reference", MATRIX_IMDB),
        ("https://www.themoviedb.org/movie/603-the-matrix?language=de", MATRIX_TMDB),
        ("https://www.themoviedb.org/movie/603", MATRIX_TMDB),
        ("https://www.themoviedb.org/tv/1396-breaking-bad/season/1", BAD_TMDB),
        ("https://thetvdb.com/dereferrer/series/81189", BAD_TVDB),
        ("https://thetvdb.com/?tab=series&id=81189&lid=7", BAD_TVDB),
        ("http://www.thetvdb.com/index.php?tab=episode&seriesid=81189&id=349232", BAD_TVDB),
    ],
)
def test_a_url_is_read(url: str, expected: Reference) -> None:
    assert read_reference(url) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param('"tt0133093"', MATRIX_IMDB, id="double-quotes"),
        pytest.param("'481'", IdReference(source="trakt", number=481), id="single-quotes"),
        pytest.param("(tt0133093)", MATRIX_IMDB, id="parentheses"),
        pytest.param("[imdbid-tt0133093]", MATRIX_IMDB, id="as-jellyfin-names-a-folder"),
        pytest.param("{imdb-tt0133093}", MATRIX_IMDB, id="as-plex-names-a-folder"),
        pytest.param("<https://trakt.tv/movies/the-matrix-1999>", MATRIX_SLUG, id="a-url-as-a-letter-has-it"),
        pytest.param("tt0133093.", MATRIX_IMDB, id="the-end-of-a-sentence"),
        pytest.param("https://trakt.tv/movies/the-matrix-1999,", MATRIX_SLUG, id="a-url-in-a-sentence"),
        pytest.param('"https://trakt.tv/shows/breaking-bad";', BAD_SLUG, id="quotes-and-an-end-mark"),
        pytest.param("tmdb:603/", IdReference(source="tmdb", number=603), id="a-slash"),
    ],
)
def test_what_is_copied_along_with_an_id_or_a_url_does_not_count(text: str, expected: Reference) -> None:
    assert read_reference(text) == expected


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param("The Matrix", "Not an id or url that can be looked up: The Matrix", id="a-title"),
        pytest.param("tmdb:the-matrix", "Not an id or url that can be looked up: the-matrix", id="a-word-for-a-number"),
        pytest.param("imdb:603", "Not an id or url that can be looked up: 603", id="a-number-without-tt"),
        pytest.param("9" * 5000, f"Not an id or url that can be looked up: {'9' * 60}", id="a-number-without-end"),
        pytest.param("٣", "Not an id or url that can be looked up: ٣", id="a-digit-of-another-script"),
        pytest.param("https://example.org/tt0133093", "Urls of example.org cannot be looked up", id="another-site"),
        pytest.param(
            "https://trakt.tv.example.org/movies/x", "Urls of trakt.tv.example.org cannot be looked up", id="a-trap"
        ),
        pytest.param("https://[trakt.tv/movies/x", "This is no url", id="a-broken-url"),
        pytest.param("https://trakt.tv/users/sandy", "This Trakt url is not a movie or a show", id="a-users-page"),
        pytest.param("https://trakt.tv/movies/%2e%2e", "This Trakt url is not a movie or a show", id="dots-for-a-slug"),
        pytest.param("https://www.imdb.com/name/nm0000206/", "No tt number in this IMDb url", id="a-person"),
        pytest.param(
            "https://www.themoviedb.org/person/6384",
            "This TMDB url is not a movie or a show",
            id="a-person-too",
        ),
        pytest.param(
            "https://thetvdb.com/series/breaking-bad",
            "No number in this url: type tvdb:NUMBER, as its page shows",
            id="a-slug-of-tvdb",
        ),
    ],
)
def test_what_names_no_work_says_why(text: str, why: str) -> None:
    assert read_reference(text) == NoReference(why=why)
