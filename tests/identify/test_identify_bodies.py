"""An identity is written as a short text and read back."""

import re
from importlib import resources

import pytest

from cvi_trakt.identify.bodies import WORDS, from_body, to_body, version_of_rules
from cvi_trakt.media import Episodes, Film, Identity, Ids, Kind, NotAWork, OtherReading

IDS = Ids(trakt=1, slug="heat-1995", imdb="tt0113277", tmdb=949, tvdb=2)


@pytest.mark.parametrize(
    ("identity", "body"),
    [
        pytest.param(NotAWork(reason="sample"), '{"NotAWork":{"reason":"sample"}}', id="no-work"),
        pytest.param(Film(title="Heat"), '{"Film":{"title":"Heat"}}', id="film"),
        pytest.param(Film(title="Heat", year=1995), '{"Film":{"title":"Heat","year":1995}}', id="year"),
        pytest.param(
            Film(title="949", ids=Ids(tmdb=949)), '{"Film":{"title":"949","ids":{"tmdb":949}}}', id="film-with-an-id"
        ),
        pytest.param(
            Episodes(title="Firefly", season=0, episodes=(0, 1)),
            '{"Episodes":{"title":"Firefly","season":0,"episodes":[0,1]}}',
            id="numbers-that-are-zero",
        ),
        pytest.param(
            Episodes(title="Firefly", year=2003, year_is_first=False),
            '{"Episodes":{"title":"Firefly","year":2003,"year_is_first":false}}',
            id="later-year",
        ),
        pytest.param(
            Film(title="Kaguya 2", others=(OtherReading(kind=Kind.SHOW, title="Kaguya", season=2),)),
            '{"Film":{"title":"Kaguya 2","others":[{"kind":"show","title":"Kaguya","season":2}]}}',
            id="other-reading",
        ),
    ],
)
def test_only_what_is_known_is_written(identity: Identity, body: str) -> None:
    assert to_body(identity) == body
    assert from_body(body) == identity


@pytest.mark.parametrize(
    "identity",
    [
        pytest.param(
            Film(
                title="Heat",
                year=1995,
                ids=IDS,
                edition="Director's Cut",
                part=2,
                doubt="the folder says 'Ronin' (1998)",
                others=(
                    OtherReading(kind=Kind.MOVIE, title="Heat 1995"),
                    OtherReading(
                        kind=Kind.SHOW,
                        title="Heat",
                        year=1995,
                        year_is_first=False,
                        country="US",
                        season=1,
                        seasons=(1, 2),
                        episodes=(3, 4),
                        why="a number",
                    ),
                ),
                ids_from="movie.nfo",
            ),
            id="film-with-everything",
        ),
        pytest.param(
            Episodes(
                title="Firefly",
                year=2002,
                year_is_first=False,
                season=1,
                seasons=(1, 2, 3),
                episodes=(1, 2),
                date="2002-09-20",
                country="US",
                ids=IDS,
                doubt="a doubt",
                others=(OtherReading(kind=Kind.MOVIE, title="Serenity", year=2005),),
                ids_from=".plexmatch",
            ),
            id="episodes-with-everything",
        ),
        pytest.param(Episodes(title="Firefly"), id="show-alone"),
        pytest.param(Film(title="", ids=Ids(tmdb=949)), id="no-title"),
        pytest.param(Episodes(title="", season=1, episodes=(1,)), id="no-title-of-a-show"),
        pytest.param(Film(title="Am\udce9lie", year=2001), id="byte-that-is-no-utf-8"),
        pytest.param(Film(title="\ud800"), id="half-a-character"),
        pytest.param(Film(title='a "b" \\ \n \x00 / 星 😀'), id="signs-that-json-escapes"),
        pytest.param(NotAWork(reason="no title in the name"), id="no-work"),
    ],
)
def test_what_is_written_is_read_back_the_same(identity: Identity) -> None:
    assert from_body(to_body(identity)) == identity


def test_a_text_can_be_stored_as_utf_8_whatever_the_name() -> None:
    to_body(Film(title="Am\udce9lie \ud800")).encode("utf-8")


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("", id="empty"),
        pytest.param("Heat", id="words"),
        pytest.param('{"Film":{"title":"Heat"', id="cut-short"),
        pytest.param("null", id="null"),
        pytest.param("949", id="number"),
        pytest.param('"Film"', id="text"),
        pytest.param("[]", id="list"),
        pytest.param("{}", id="nothing-in-it"),
        pytest.param('{"Film":{"title":"a"},"Episodes":{"title":"b"}}', id="two"),
        pytest.param('{"Film":null}', id="film-of-nothing"),
        pytest.param('{"Film":["Heat"]}', id="film-of-a-list"),
        pytest.param('{"Film":{"title":"Heat","director":"Mann"}}', id="unknown-field"),
        pytest.param('{"Film":{"title":"Heat","season":1}}', id="field-of-an-episode"),
        pytest.param('{"Film":{"title":"Heat","ids":{"omdb":1}}}', id="unknown-catalogue"),
        pytest.param('{"Film":{"title":"Heat","others":[{"title":"Heat"}]}}', id="reading-without-a-kind"),
        pytest.param('{"Film":{"title":"Heat","others":[{"kind":"game"}]}}', id="reading-of-an-unknown-kind"),
        pytest.param('{"Episodes":{"title":"Firefly","episodes":1}}', id="number-for-a-list"),
        pytest.param('{"NotAWork":{}}', id="no-reason"),
    ],
)
def test_any_other_text_is_refused(body: str) -> None:
    with pytest.raises(ValueError, match=r"not an identity|Expecting|not enough values|too many values|is not a valid"):
        from_body(body)


def test_the_version_names_guessit_s_and_a_checksum() -> None:
    assert re.fullmatch(r"\d+(\.\d+)+\S*-[0-9a-f]{8}", version_of_rules())


def test_the_version_stays_while_the_rules_do() -> None:
    assert version_of_rules() == version_of_rules()


def test_the_version_is_of_all_that_the_rules_rest_on() -> None:
    """A name must be read anew when a word list beside this package changed; errors say nothing of a name."""
    package = resources.files("cvi_trakt") / "identify"
    sources = [
        one.read_text() for folder in (package, package / "grammar") for one in folder.iterdir() if one.is_file()
    ]
    imported = {name for text in sources for name in re.findall(r"^from cvi_trakt\.(\w+) import", text, re.MULTILINE)}
    assert imported - {"errors"} == {*WORDS}
