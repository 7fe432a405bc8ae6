"""NFO files: what they say, and that nothing in them can do harm."""

import random
import time

import pytest

from cvi_trakt.identify.nfo import MOST_BYTES, read_nfo
from cvi_trakt.media import NO_IDS, Declared, Ids, Kind

MATRIX = "tt0133093"

FILM = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<movie>
  <title>The Matrix</title>
  <originaltitle>Matrix</originaltitle>
  <year>1999</year>
  <plot>Tom &amp; Jerry are not in it.</plot>
  <uniqueid type="imdb" default="true">tt0133093</uniqueid>
  <uniqueid type="tmdb">603</uniqueid>
  <set><name>The Matrix Collection</name></set>
  <actor><name>Keanu Reeves</name><tmdbid>6384</tmdbid></actor>
</movie>
"""
SHOW = """<tvshow>
  <title>Breaking Bad</title>
  <premiered>2008-01-20</premiered>
  <id>81189</id>
  <uniqueid type="tvdb" default="true">81189</uniqueid>
  <uniqueid type="imdb">tt0903747</uniqueid>
  <uniqueid type="tvmaze">169</uniqueid>
</tvshow>
"""


def episode(number: int) -> str:
    return (
        f"<episodedetails><title>Pilot</title><showtitle>Breaking Bad</showtitle><season>1</season>"
        f"<episode>{number}</episode><aired>2009-01-20</aired><year>2009</year>"
        f'<uniqueid type="tvdb">349232</uniqueid><imdbid>tt0959621</imdbid></episodedetails>'
    )


def film(inner: str) -> bytes:
    return f"<movie>{inner}</movie>".encode()


def show(inner: str) -> bytes:
    return f"<tvshow>{inner}</tvshow>".encode()


def declared(
    kind: Kind | None = None, ids: Ids = NO_IDS, title: str | None = None, year: int | None = None
) -> Declared:
    return Declared(source="a.nfo", kind=kind, ids=ids, title=title, year=year)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(
            FILM.encode(), declared(Kind.MOVIE, Ids(imdb=MATRIX, tmdb=603), "The Matrix", 1999), id="film-of-kodi"
        ),
        pytest.param(
            SHOW.encode(),
            declared(Kind.SHOW, Ids(imdb="tt0903747", tvdb=81189), "Breaking Bad", 2008),
            id="show-of-sonarr",
        ),
        pytest.param(
            FILM.encode("utf-16"), declared(Kind.MOVIE, Ids(imdb=MATRIX, tmdb=603), "The Matrix", 1999), id="utf-16"
        ),
        pytest.param(b"\xef\xbb\xbf" + film("<title>A</title>"), declared(Kind.MOVIE, title="A"), id="utf-8-with-mark"),
        pytest.param(
            "<movie><title>Amélie</title></movie>".encode("latin-1"), declared(Kind.MOVIE, title="Amélie"), id="latin-1"
        ),
        pytest.param(
            "<?xml version='1.0' encoding='windows-1251'?><movie><title>Брат</title></movie>".encode("cp1251"),
            declared(Kind.MOVIE, title="Брат"),
            id="encoding-of-the-declaration",
        ),
        pytest.param(
            film("<title>  The\n Matrix </title>"), declared(Kind.MOVIE, title="The Matrix"), id="white-space"
        ),
        pytest.param(
            film("<title>L&eacute;on &amp; Co</title>"), declared(Kind.MOVIE, title="Léon & Co"), id="html-entity"
        ),
        pytest.param(
            film("<title>Tom & Jerry</title>"), declared(Kind.MOVIE, title="Tom & Jerry"), id="loose-ampersand"
        ),
        pytest.param(film("<title><![CDATA[A <b> C]]></title>"), declared(Kind.MOVIE, title="A <b> C"), id="cdata"),
        pytest.param(film("<title>A\x0b</title>"), declared(Kind.MOVIE, title="A"), id="control-character"),
        pytest.param(b"<!-- <movie> -->" + film("<title>A</title>"), declared(Kind.MOVIE, title="A"), id="comment"),
        pytest.param(
            film("<year>0</year><premiered>1999-03-31</premiered>"), declared(Kind.MOVIE, year=1999), id="year-zero"
        ),
        pytest.param(film(""), declared(Kind.MOVIE), id="empty-film"),
    ],
)
def test_a_description_says_kind_ids_title_and_year(data: bytes, expected: Declared) -> None:
    assert read_nfo(data, source="a.nfo") == (expected,)


@pytest.mark.parametrize(
    ("data", "ids"),
    [
        pytest.param(film("<id>tt0133093</id>"), Ids(imdb=MATRIX), id="id-of-imdb"),
        pytest.param(film("<id>603</id>"), NO_IDS, id="id-of-who-knows-what"),
        pytest.param(film('<id IMDB="tt0133093" TMDB="603">x</id>'), Ids(imdb=MATRIX, tmdb=603), id="id-attributes"),
        pytest.param(film("<imdb>tt0133093</imdb>"), Ids(imdb=MATRIX), id="imdb"),
        pytest.param(film("<imdbid>tt0133093</imdbid><tmdbid>603</tmdbid>"), Ids(imdb=MATRIX, tmdb=603), id="emby"),
        pytest.param(film("<imdb_id>133093</imdb_id>"), Ids(imdb=MATRIX), id="imdb-without-tt"),
        pytest.param(film('<uniqueid type="unknown">tt0133093</uniqueid>'), Ids(imdb=MATRIX), id="unknown-type"),
        pytest.param(film('<uniqueid type="Imdb"> tt0133093 </uniqueid>'), Ids(imdb=MATRIX), id="capital-and-space"),
        pytest.param(
            film('<imdbid>tt7777777</imdbid><uniqueid type="imdb">tt0133093</uniqueid>'),
            Ids(imdb=MATRIX),
            id="uniqueid-first",
        ),
        pytest.param(film("<tmdbid>0</tmdbid><imdbid></imdbid>"), NO_IDS, id="zero-and-empty"),
        pytest.param(film("<tmdbid>2147483648</tmdbid><imdbid>tt12</imdbid>"), NO_IDS, id="too-large-and-too-short"),
        pytest.param(film("<tmdbid>-603</tmdbid><imdbid>nm0000206</imdbid>"), NO_IDS, id="garbage"),
        pytest.param(film("<actor><tmdbid>6384</tmdbid></actor>"), NO_IDS, id="an-actor-s-own"),
        pytest.param(film('<uniqueid type="tmdbSet">2344</uniqueid>'), NO_IDS, id="a-set-s-own"),
        pytest.param(show("<id>81189</id>"), Ids(tvdb=81189), id="show-id-is-tvdb"),
        pytest.param(show("<id>tt0903747</id>"), Ids(imdb="tt0903747"), id="show-id-is-imdb"),
        pytest.param(
            show('<id>1396</id><uniqueid type="tmdb" default="true">1396</uniqueid>'),
            Ids(tmdb=1396),
            id="id-repeats-tmdb",
        ),
        pytest.param(
            show('<episodeguide>{"tvdb": "81189", "tmdb": 1396, "imdb": "tt0903747"}</episodeguide>'),
            Ids(imdb="tt0903747", tmdb=1396, tvdb=81189),
            id="guide-json",
        ),
        pytest.param(
            show(
                '<episodeguide><url cache="x">http://thetvdb.com/api/1D62F2F90030C444/series/81189/all/en.zip</url></episodeguide>'
            ),
            Ids(tvdb=81189),
            id="guide-tvdb",
        ),
        pytest.param(
            show("<episodeguide>https://api.themoviedb.org/3/tv/1396?api_key=x&language=en</episodeguide>"),
            Ids(tmdb=1396),
            id="guide-tmdb",
        ),
        pytest.param(
            show("<title>A</title>") + b"\nhttps://www.thetvdb.com/?tab=series&id=81189",
            Ids(tvdb=81189),
            id="address-after-xml",
        ),
        pytest.param(
            film("<title>A</title>") + b"\nhttps://www.imdb.com/title/tt0133093/", Ids(imdb=MATRIX), id="imdb-after-xml"
        ),
        pytest.param(
            film("<tmdbid>603</tmdbid>") + b"\nhttps://www.themoviedb.org/tv/1396",
            Ids(tmdb=603),
            id="address-of-another-kind",
        ),
        pytest.param(
            film("<tmdbid>603</tmdbid>") + b"\nhttps://www.themoviedb.org/movie/949",
            Ids(tmdb=603),
            id="xml-before-address",
        ),
    ],
)
def test_ids_are_read_from_every_place_that_programs_use(data: bytes, ids: Ids) -> None:
    (found,) = read_nfo(data, source="a.nfo")
    assert found.ids == ids


def test_an_episode_gives_its_numbers_and_show_but_not_its_own_ids_and_year() -> None:
    expected = Declared(source="a.nfo", kind=Kind.SHOW, title="Breaking Bad", season=1, episodes=(1,))
    assert read_nfo(episode(1).encode(), source="a.nfo") == (expected,)


def test_several_roots_are_several_episodes() -> None:
    data = f"<?xml version='1.0'?>{episode(1)}\n<?xml version='1.0'?>{episode(2)}".encode()
    assert [found.episodes for found in read_nfo(data, source="a.nfo")] == [(1,), (2,)]


def test_an_episode_that_ends_later_is_several() -> None:
    data = (
        b"<episodedetails><season>0</season><episode>3</episode><episodenumberend>5</episodenumberend></episodedetails>"
    )
    (found,) = read_nfo(data, source="a.nfo")
    assert (found.season, found.episodes) == (0, (3, 4, 5))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        pytest.param(b"https://www.imdb.com/title/tt0133093/", declared(ids=Ids(imdb=MATRIX)), id="imdb"),
        pytest.param(b"http://us.imdb.com/Title?0133093", declared(ids=Ids(imdb=MATRIX)), id="imdb-of-old"),
        pytest.param(
            b"https://m.imdb.com/de/title/tt0133093/?ref_=x", declared(ids=Ids(imdb=MATRIX)), id="imdb-in-german"
        ),
        pytest.param(b"tt0133093", declared(ids=Ids(imdb=MATRIX)), id="number-alone"),
        pytest.param(
            b"https://www.themoviedb.org/movie/603-the-matrix", declared(Kind.MOVIE, Ids(tmdb=603)), id="tmdb-film"
        ),
        pytest.param(b"https://www.themoviedb.org/tv/1396", declared(Kind.SHOW, Ids(tmdb=1396)), id="tmdb-show"),
        pytest.param(b"http://thetvdb.com/?tab=series&id=81189&lid=7", declared(Kind.SHOW, Ids(tvdb=81189)), id="tvdb"),
        pytest.param(
            b"http://thetvdb.com/index.php?tab=series&amp;id=81189",
            declared(Kind.SHOW, Ids(tvdb=81189)),
            id="tvdb-escaped",
        ),
        pytest.param(
            b"http://thetvdb.com/?tab=episode&seriesid=81189&seasonid=30272&id=349232",
            declared(Kind.SHOW, Ids(tvdb=81189)),
            id="tvdb-episode",
        ),
        pytest.param(
            b"https://thetvdb.com/dereferrer/series/81189", declared(Kind.SHOW, Ids(tvdb=81189)), id="dereferrer"
        ),
        pytest.param(
            b"https://www.imdb.com/title/tt0133093/\nhttps://www.themoviedb.org/movie/603",
            declared(Kind.MOVIE, Ids(imdb=MATRIX, tmdb=603)),
            id="two-catalogues",
        ),
        pytest.param(
            b"\xdb\xdb\xb2\xb1\xb0 iMDB..: http://www.imdb.com/title/tt0133093 \xb0\xb1\xb2\xdb\n\xc9\xcd\xcd\xbb",
            declared(ids=Ids(imdb=MATRIX)),
            id="art-of-letters",
        ),
        pytest.param(b"\xdb\xdbtt0133093\xdb\xdb", declared(ids=Ids(imdb=MATRIX)), id="art-without-gaps"),
        pytest.param(
            b"<movie><title>A<year>1999</title><id>tt0133093</id>", declared(Kind.MOVIE, Ids(imdb=MATRIX)), id="torn"
        ),
        pytest.param(
            b"<movie><uniqueid type='imdb'>tt0133093</uniqueid><b>like tt0234215",
            declared(Kind.MOVIE, Ids(imdb=MATRIX)),
            id="torn-with-uniqueid",
        ),
        pytest.param(
            b"<tvshow><uniqueid type='tvdb'>81189</uniqueid><b>", declared(Kind.SHOW, Ids(tvdb=81189)), id="torn-show"
        ),
        pytest.param(b"x" * MOST_BYTES + b" tt0234215 " + FILM.encode(), None, id="what-is-past-the-limit-is-not-read"),
        pytest.param(
            b"<movie><id>tt0133093</id></movie>" + b" " * MOST_BYTES,
            declared(Kind.MOVIE, Ids(imdb=MATRIX)),
            id="too-long",
        ),
        pytest.param(b" " * (MOST_BYTES - 9) + b"tt01330931", None, id="cut-through-the-number"),
        pytest.param(b"tt0133093 and tt0234215", None, id="two-films"),
        pytest.param(b"<movie><id>tt0133093</id><b>tt0234215", None, id="torn-with-two-films"),
        pytest.param(b"<movie><b>https://www.themoviedb.org/tv/1396", None, id="torn-and-of-two-kinds"),
        pytest.param(b"https://www.themoviedb.org/movie/603 https://www.themoviedb.org/tv/603", None, id="two-kinds"),
        pytest.param(b"https://thetvdb.com/series/1899", None, id="a-name-that-looks-like-a-number"),
        pytest.param(b"http://thetvdb.com/?tab=season&seasonid=1&id=30272", None, id="a-season"),
        pytest.param(b"tt0000000 att0133093 tt0133093x tt1234567890", None, id="no-numbers"),
        pytest.param(b"<episodedetails><id>tt0959621</id>", None, id="torn-episode"),
        pytest.param(b"<season><tvdbid>30272</tvdbid> tt0959621</season>", None, id="season"),
        pytest.param(b"<musicvideo><id>tt0133093</id></musicvideo>", None, id="music"),
        pytest.param(b"", None, id="empty"),
        pytest.param("Nur Text".encode("utf-16"), None, id="text"),
    ],
)
def test_what_is_no_xml_is_searched_for_one_film_or_show(data: bytes, expected: Declared | None) -> None:
    assert read_nfo(data, source="a.nfo") == ((expected,) if expected else ())


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE movie [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    + b"".join(b'<!ENTITY %c "%s">' % (99 + step, b"&%c;" % (98 + step) * 10) for step in range(10))
    + b"]><movie><title>&l;</title><id>tt0133093</id></movie>"
)
OUTSIDE = (
    b'<?xml version="1.0"?><!DOCTYPE movie [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    b"<movie><title>&x;</title><id>tt0133093</id></movie>"
)


@pytest.mark.parametrize(
    ("data", "title"),
    [pytest.param(LAUGHS, "&l;", id="a-billion-laughs"), pytest.param(OUTSIDE, "&x;", id="a-file-of-the-machine")],
)
def test_an_entity_stays_text(data: bytes, title: str) -> None:
    assert read_nfo(data, source="a.nfo") == (declared(Kind.MOVIE, Ids(imdb=MATRIX), title),)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"<!--" * 250_000, id="comments-without-end"),
        pytest.param(b"<movie>" + b"<a>" * 330_000, id="elements-without-end"),
        pytest.param(b"<movie><plot>" + b"a<b/>" * 190_000 + b"</plot></movie>", id="text-in-pieces"),
        pytest.param(b"<movie></movie>" * 60_000, id="roots-without-end"),
        pytest.param(b"<movie>" + b"<uniqueid type='" * 60_000, id="attributes-without-end"),
        pytest.param(b"<movie>" + b"</movie " * 120_000, id="white-space-without-end"),
        pytest.param(b"&" * 990_000, id="ampersands"),
        pytest.param(b"thetvdb.com/?" + b"a=1&" * 240_000, id="query-without-end"),
        pytest.param(b"tt" * 490_000, id="prefixes"),
        pytest.param(b'<?xml encoding="' * 60_000 + b"\xff", id="declarations"),
    ],
)
def test_a_file_made_to_be_slow_is_not(data: bytes) -> None:
    begin = time.process_time()
    read_nfo(data, source="a.nfo")
    assert time.process_time() - begin < 3.0


@pytest.mark.parametrize("text", [FILM, SHOW, episode(1) + episode(2)], ids=["film", "show", "episodes"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp437"])
def test_a_file_cut_off_anywhere_is_read_without_an_error(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    for length in range(len(data)):
        for found in read_nfo(data[:length], source="a.nfo"):
            assert found.ids.imdb in (None, MATRIX, "tt0903747")


def test_random_bytes_are_read_without_an_error() -> None:
    source = random.Random(20261120)
    pieces = [
        b"<movie>",
        b"</movie>",
        b"<id>",
        b"tt0133093",
        b"&#0;",
        b"&x;",
        b"<![CDATA[",
        b"\xff\xfe",
        b"\0<",
        b"]]>",
    ]
    for _ in range(3000):
        data = b"".join(
            source.choice(pieces) if source.random() < 0.5 else source.randbytes(source.randrange(8))
            for _ in range(source.randrange(20))
        )
        read_nfo(data, source="a.nfo")
