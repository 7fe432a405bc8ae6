"""Ids in paths, and the path without them."""

import pytest

from cvi_trakt.identify.tags import read_tags
from cvi_trakt.media import NO_IDS, Ids


@pytest.mark.parametrize(
    ("part", "ids", "cleaned"),
    [
        pytest.param("A (1999) {imdb-tt0133093}", Ids(imdb="tt0133093"), "A (1999)", id="plex-imdb"),
        pytest.param("A (1999) {tmdb-603}", Ids(tmdb=603), "A (1999)", id="plex-tmdb"),
        pytest.param("A {tmdb=603}", Ids(tmdb=603), "A", id="equals"),
        pytest.param("A {tvdb-81189}", Ids(tvdb=81189), "A", id="plex-tvdb"),
        pytest.param("A [imdbid-tt0133093]", Ids(imdb="tt0133093"), "A", id="jellyfin-imdb"),
        pytest.param("A [tmdbid=603]", Ids(tmdb=603), "A", id="emby-tmdb"),
        pytest.param("A [tvdbid-81189]", Ids(tvdb=81189), "A", id="jellyfin-tvdb"),
        pytest.param("A [imdb-tt0133093]", Ids(imdb="tt0133093"), "A", id="imdb-in-brackets"),
        pytest.param("A (imdb tt0133093)", Ids(imdb="tt0133093"), "A", id="imdb-in-parentheses"),
        pytest.param("A (TMDB_603)", Ids(tmdb=603), "A", id="capitals"),
        pytest.param("A tmdbid-603", Ids(tmdb=603), "A", id="no-brackets"),
        pytest.param("A {imdb-133093}", Ids(imdb="tt0133093"), "A", id="imdb-without-tt"),
        pytest.param("A.tt0133093.mkv", Ids(imdb="tt0133093"), "A..mkv", id="bare"),
        pytest.param("A [tt0133093]", Ids(imdb="tt0133093"), "A", id="bare-in-brackets"),
        pytest.param("A_tt12345678", Ids(imdb="tt12345678"), "A_", id="eight-digits"),
        pytest.param("A {imdb-tt0133093} {tmdb-603}", Ids(imdb="tt0133093", tmdb=603), "A", id="two"),
        pytest.param("A {tmdb-603} B.mkv", Ids(tmdb=603), "A B.mkv", id="in-the-middle"),
        pytest.param("A (1999) {tmdb-603}.mkv", Ids(tmdb=603), "A (1999).mkv", id="before-the-extension"),
        pytest.param("A {anidb-17}", NO_IDS, "A", id="other-catalogue-goes"),
        pytest.param("A {tmdb-0}", NO_IDS, "A", id="zero-is-no-id"),
        pytest.param("A {tmdb-99999999999999}", NO_IDS, "A", id="too-large"),
        pytest.param(f"A {{tmdb-{'1' * 5000}}}", NO_IDS, f"A {{tmdb-{'1' * 5000}}}", id="no-number-at-all"),
        pytest.param("Att0133093", NO_IDS, "Att0133093", id="not-a-whole-token"),
        pytest.param("A tt12345", NO_IDS, "A tt12345", id="too-short"),
        pytest.param("A tt1234567890", NO_IDS, "A tt1234567890", id="too-long"),
        pytest.param("A (603)", NO_IDS, "A (603)", id="only-a-number"),
    ],
)
def test_a_tag_is_read_and_taken_out(part: str, ids: Ids, cleaned: str) -> None:
    tagged = read_tags((part,))
    assert (tagged.film_ids(), tagged.parts) == (ids, (cleaned,))


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        pytest.param(("A {tmdb-1}", "a {tmdb-2}.mkv"), Ids(tmdb=2), id="nearest-to-the-file"),
        pytest.param(("A {tmdb-1}", "a {imdb-tt0000002}.mkv"), Ids(imdb="tt0000002", tmdb=1), id="both-catalogues"),
        pytest.param(("A tt0000001", "a.mkv"), Ids(imdb="tt0000001"), id="bare-on-the-folder"),
        pytest.param(("A", "a tt0000001.mkv"), Ids(imdb="tt0000001"), id="bare-on-the-file"),
    ],
)
def test_the_ids_of_a_film_come_from_file_and_folders(parts: tuple[str, ...], expected: Ids) -> None:
    assert read_tags(parts).film_ids() == expected


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        pytest.param(("S {tvdb-1}", "Season 1", "e.mkv"), Ids(tvdb=1), id="show-folder"),
        pytest.param(("S [imdbid-tt0000001]", "e.mkv"), Ids(imdb="tt0000001"), id="imdb-on-the-folder"),
        pytest.param(("S tt0000001", "e.mkv"), Ids(imdb="tt0000001"), id="bare-on-the-folder"),
        pytest.param(("S", "S {tvdb-1} - S01E01.mkv"), Ids(tvdb=1), id="tvdb-on-the-file"),
        pytest.param(("S", "S S01E01 tt0000001.mkv"), NO_IDS, id="bare-on-the-file-may-be-the-episode"),
        pytest.param(("S", "S S01E01 {imdb-tt0000001}.mkv"), NO_IDS, id="imdb-on-the-file-may-be-the-episode"),
        pytest.param(("S {tvdb-1}", "Season 1 {tvdb-9}", "e.mkv"), Ids(tvdb=1), id="not-from-the-season"),
        pytest.param(("S {tvdb-1}", "Season 1", "S {tvdb-2} S01E01.mkv"), Ids(tvdb=2), id="nearest-to-the-file"),
    ],
)
def test_the_ids_of_a_show_come_from_its_folder(parts: tuple[str, ...], expected: Ids) -> None:
    assert read_tags(parts).show_ids() == expected


def test_an_edition_tag_is_read_and_taken_out() -> None:
    tagged = read_tags(("Blade Runner (1982) {edition-Final Cut}.mkv",))
    assert (tagged.edition, tagged.parts) == ("Final Cut", ("Blade Runner (1982).mkv",))
