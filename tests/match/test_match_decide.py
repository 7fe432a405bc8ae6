# ruff: noqa: E501 - a row is easier to read on one line
from __future__ import annotations

import pytest

from cvi_trakt.match.decide import check_id, decide
from cvi_trakt.matches import Candidate, DecidedBy, Held, NoMatch, Sure
from cvi_trakt.media import NO_IDS, Film, IdentifiedFile, Ids, Kind, ScanResult, Status, Work


def work(
    title: str,
    year: int | None = None,
    *,
    kind: Kind = Kind.MOVIE,
    first: bool = True,
    country: str | None = None,
    minutes: int | None = None,
    doubt: str | None = None,
    ids: Ids = NO_IDS,
    ids_from: str | None = None,
) -> Work:
    file = IdentifiedFile(
        result=ScanResult(path=f"/v/{title}.mkv", status=Status.HEALTHY), identity=Film(title=title, year=year)
    )
    return Work(
        kind=kind,
        title=title,
        year=year,
        year_is_first=first,
        country=country,
        duration=None if minutes is None else minutes * 60.0,
        doubt=doubt,
        ids=ids,
        ids_from=ids_from,
        files=(file,),
    )


def film(
    title: str,
    year: int | None,
    trakt: int,
    *,
    original: str | None = None,
    country: str | None = None,
    rank: int = 0,
    runtime: int | None = None,
    votes: int | None = None,
    imdb: str | None = None,
) -> Candidate:
    return Candidate(
        kind=Kind.MOVIE,
        title=title,
        year=year,
        ids=Ids(trakt=trakt, imdb=imdb),
        original_title=original,
        country=country,
        rank=rank,
        runtime=runtime,
        votes=votes,
    )


@pytest.mark.parametrize(
    ("wanted", "candidates", "chosen"),
    [
        pytest.param(work("Dune", 2021), [film("Dune", 1984, 1), film("Dune", 2021, 2)], 2, id="the-year-tells-remakes-apart"),
        pytest.param(work("The Matrix", 1999), [film("The Matrix Reloaded", 2003, 1), film("The Matrix", 1999, 2)], 2, id="a-sequel-that-ranks-first-loses"),
        pytest.param(work("Heat", 1996), [film("Heat", 1995, 1)], 1, id="a-year-off-by-one-wins-when-nothing-competes"),
        pytest.param(work("Unheard Of"), [film("Unheard of", 1995, 1)], 1, id="no-year-and-one-of-that-title"),
        pytest.param(work("Amelie", 2001), [film("Le Fabuleux Destin", 2001, 1, original="Amélie")], 1, id="the-original-title-counts"),
        pytest.param(work("Wall E", 2008), [film("WALL·E", 2008, 1)], 1, id="punctuation-does-not-count"),
        pytest.param(
            work("Breaking Bad", 2010, kind=Kind.SHOW, first=False), [film("Breaking Bad", 2008, 1)], 1,
            id="an-episodes-year-does-not-speak-against-an-older-show",
        ),
        pytest.param(
            work("The Office", country="US", kind=Kind.SHOW),
            [film("The Office", 2001, 1, country="gb"), film("The Office", 2005, 2, country="us")],
            2,
            id="the-country-tells-two-shows-apart",
        ),
        pytest.param(work("Heat", 1995), [film("Heat", 1994, 1), film("Heat", 1995, 2)], 2, id="a-year-off-by-one-does-not-compete-with-the-year"),
        pytest.param(work("Gojira", 1954), [film("Gojira", 1954, 1), film("Godzilla", 1954, 2, original="Gojira")], 1, id="title-and-year-beat-an-original-title-of-that-year"),
        pytest.param(work("Rocky 4", 1985), [film("Rocky IV", 1985, 1), film("Rocky 4", 1985, 2)], 2, id="title-and-year-beat-another-spelling-of-that-year"),
        pytest.param(work("Intersteller", 2014), [film("Interstellar", 2014, 1)], 1, id="a-typo-when-all-else-agrees"),
        pytest.param(work("Heat", 1995, minutes=20), [film("Heat", 1995, 1, runtime=170)], 1, id="a-length-does-not-speak-against-title-and-year"),
        pytest.param(work("Heat", minutes=85), [film("Heat", 1995, 1, runtime=170)], 1, id="a-file-of-half-the-length"),
        pytest.param(work("Heat", minutes=340), [film("Heat", 1995, 1, runtime=170)], 1, id="a-file-of-twice-the-length"),
        pytest.param(work("Heat", minutes=20), [film("Heat", 1995, 1)], 1, id="a-film-of-unknown-length"),
    ],
)  # fmt: skip
def test_a_near_and_clearly_nearer_candidate_is_sure(wanted: Work, candidates: list[Candidate], chosen: int) -> None:
    found = decide(wanted, candidates)
    assert isinstance(found, Sure)
    assert found.candidate.ids.trakt == chosen


@pytest.mark.parametrize(
    ("wanted", "candidates", "reason"),
    [
        pytest.param(work("Dune"), [film("Dune", 1984, 1), film("Dune", 2021, 2)], "several of that title and no year in the path", id="remakes-without-a-year"),
        pytest.param(work("Dune", 2000), [film("Dune", 1984, 1), film("Dune", 2021, 2)], "the year disagrees", id="a-year-more-than-one-off"),
        pytest.param(work("Heat", 1995), [film("Heat", 1995, 1), film("Heat", 1995, 2)], "more than one candidate fits", id="two-of-one-title-and-year"),
        pytest.param(work("Heat", 1995), [film("Heat", 1994, 1), film("Heat", 1996, 2)], "more than one candidate fits", id="two-that-are-a-year-off"),
        pytest.param(work("Heat", 1995), [film("Heat", None, 1)], "the candidate has no year to compare", id="a-candidate-without-a-year"),
        pytest.param(work("Aliens", 1986), [film("Alien", 1986, 1)], "no title agrees", id="one-letter-is-another-film"),
        pytest.param(work("Alien", 1979), [film("Alien Covenant", 1979, 1)], "no title agrees", id="a-partial-title"),
        pytest.param(
            work("The Office", kind=Kind.SHOW), [film("The Office", 2001, 1), film("The Office", 2005, 2)],
            "several of that title and no year in the path", id="a-show-of-two-countries",
        ),
        pytest.param(
            work("New Show", 2001, kind=Kind.SHOW, first=False), [film("New Show", 2010, 1)], "the year disagrees",
            id="an-episode-from-before-the-show-began",
        ),
        pytest.param(work("Gojira"), [film("Gojira", 2000, 1), film("Godzilla", 1954, 2, original="Gojira")], "several of that title and no year in the path", id="an-original-title-competes-without-a-year"),
        pytest.param(work("Gojira", 1954), [film("Godzilla", 1954, 1, original="Gojira"), film("Kong", 1954, 2, original="Gojira")], "more than one candidate fits", id="two-original-titles-of-one-year"),
        pytest.param(work("Gojira", 1955), [film("Gojira", 1954, 1), film("Godzilla", 1954, 2, original="Gojira")], "more than one candidate fits", id="a-year-off-by-one-does-not-beat-an-original-title"),
        pytest.param(work("Intersteller", 2013), [film("Interstellar", 2014, 1)], "the title differs by one letter", id="a-typo-and-a-year-off-by-one"),
        pytest.param(work("Intersteller"), [film("Interstellar", 2014, 1)], "the title differs by one letter", id="a-typo-without-a-year"),
        pytest.param(work("Intersteller", 2014), [film("Interstellar", 2014, 1), film("Interstaller", 2014, 2)], "more than one candidate fits", id="a-typo-of-two"),
        pytest.param(work("Heat", 1995, country="us"), [film("Heat", 1995, 1, country="gb")], "the country disagrees", id="another-country"),
        pytest.param(
            work("Lost", 2008, kind=Kind.SHOW, first=False), [film("Lost", 2004, 1), film("Lost", 2001, 2)],
            "several of that title, and the year may be the episode's", id="two-shows-older-than-the-episodes-year",
        ),
        pytest.param(work("Heat", 1995, doubt="the folder says another film"), [film("Heat", 1995, 1)], "the folder says another film", id="a-doubt"),
        pytest.param(work("Heat", minutes=20), [film("Heat", 1995, 1, runtime=170)], "the file lasts 20 min, 'Heat' 170 min", id="a-file-far-shorter-than-the-only-film-of-that-title"),
        pytest.param(work("Heat", minutes=84), [film("Heat", 1995, 1, runtime=170)], "the file lasts 84 min, 'Heat' 170 min", id="a-file-of-less-than-half-the-length"),
        pytest.param(work("Heat", minutes=341), [film("Heat", 1995, 1, runtime=170)], "the file lasts 341 min, 'Heat' 170 min", id="a-file-of-more-than-twice-the-length"),
        pytest.param(work("Heat", 1996, minutes=20), [film("Heat", 1995, 1, runtime=170)], "the file lasts 20 min, 'Heat' 170 min", id="a-file-far-shorter-and-a-year-off-by-one"),
    ],
)  # fmt: skip
def test_an_unsure_match_is_held(wanted: Work, candidates: list[Candidate], reason: str) -> None:
    found = decide(wanted, candidates)
    assert isinstance(found, Held)
    assert found.reason == reason


@pytest.mark.parametrize(
    ("wanted", "found", "reason"),
    [
        pytest.param(work("Heat", 1995), film("Heat", 1995, 1), "title and year agree", id="title-and-year"),
        pytest.param(work("Heat", 1996), film("Heat", 1995, 1), "title agrees, year off by one", id="year-off-by-one"),
        pytest.param(work("Heat"), film("Heat", 1995, 1), "the only one of that title", id="no-year"),
        pytest.param(work("Gojira", 1954), film("Godzilla", 1954, 1, original="Gojira"), "original title and year agree", id="original-title"),
        pytest.param(work("Rocky 4", 1985), film("Rocky IV", 1985, 1), "title, spelled differently, and year agree", id="spelling"),
        pytest.param(work("Intersteller", 2014), film("Interstellar", 2014, 1), "title agrees but for one letter, and the year", id="typo"),
        pytest.param(work("Heat", country="us"), film("Heat", 1995, 1, country="us"), "title and country agree", id="country"),
    ],
)  # fmt: skip
def test_a_sure_match_says_what_agrees(wanted: Work, found: Candidate, reason: str) -> None:
    assert decide(wanted, [found]).reason == reason


def test_another_title_agrees_where_it_was_asked_for() -> None:
    found = decide(work("Gojira", 1954), [film("Godzilla", 1954, 7)], {7: ["Gojira"]})
    assert isinstance(found, Sure)
    assert found.reason == "another title of it and year agree"


TWO_OF_A_TITLE = "several of that title and no year in the path"


def test_of_several_of_a_title_the_only_one_of_the_files_length_is_sure() -> None:
    found = decide(work("Dune", minutes=155), [film("Dune", 1984, 1, runtime=137), film("Dune", 2021, 2, runtime=158)])
    assert isinstance(found, Sure)
    assert (found.candidate.ids.trakt, found.reason) == (2, "the only one of that title and length")


@pytest.mark.parametrize(
    ("minutes", "candidates"),
    [
        pytest.param(None, [film("Dune", 1984, 1, runtime=137), film("Dune", 2021, 2, runtime=155)], id="the-file-has-no-length"),
        pytest.param(155, [film("Dune", 1984, 1), film("Dune", 2021, 2, runtime=155)], id="one-has-no-runtime"),
        pytest.param(155, [film("Dune", 1984, 1, runtime=137), film("Dune", 2021, 2, runtime=155), film("Dune", 2000, 3)], id="a-third-has-no-runtime"),
        pytest.param(155, [film("Dune", 1984, 1, runtime=146), film("Dune", 2021, 2, runtime=155)], id="the-other-is-not-plainly-of-another-length"),
        pytest.param(155, [film("Dune", 1984, 1, runtime=137), film("Dune", 2021, 2, runtime=159)], id="none-is-of-that-length"),
        pytest.param(155, [film("Dune", 1984, 1, runtime=154), film("Dune", 2021, 2, runtime=155)], id="both-are-of-that-length"),
    ],
)  # fmt: skip
def test_a_length_that_does_not_tell_them_apart_decides_nothing(
    minutes: int | None, candidates: list[Candidate]
) -> None:
    found = decide(work("Dune", minutes=minutes), candidates)
    assert isinstance(found, Held)
    assert found.reason == TWO_OF_A_TITLE


@pytest.mark.parametrize(
    ("most", "next_most"),
    [
        pytest.param(30_000, 1_000, id="thirty-times"),
        pytest.param(1_000, 33, id="as-few-as-a-thousand"),
        pytest.param(1_000, None, id="the-other-has-none"),
    ],
)
def test_of_two_of_a_title_and_year_the_one_with_thirty_times_the_votes_is_sure(
    most: int, next_most: int | None
) -> None:
    found = decide(work("Heat", 1995), [film("Heat", 1995, 1, votes=next_most), film("Heat", 1995, 2, votes=most)])
    assert isinstance(found, Sure)
    assert (found.candidate.ids.trakt, found.reason) == (2, "title and year agree, by far the best known")


@pytest.mark.parametrize(
    ("wanted", "candidates"),
    [
        pytest.param(work("Heat", 1995), [film("Heat", 1995, 1, votes=29_999), film("Heat", 1995, 2, votes=1_000)], id="less-than-thirty-times"),
        pytest.param(work("Heat", 1995), [film("Heat", 1995, 1, votes=999), film("Heat", 1995, 2, votes=1)], id="hardly-known-itself"),
        pytest.param(work("Heat", 1995), [film("Heat", 1995, 1), film("Heat", 1995, 2)], id="no-votes-at-all"),
        pytest.param(work("Heat"), [film("Heat", 1995, 1, votes=90_000), film("Heat", 1972, 2, votes=1)], id="no-year-in-the-path"),
        pytest.param(work("Heat", 1995), [film("Heat", 1994, 1, votes=90_000), film("Heat", 1996, 2, votes=1)], id="a-year-off-by-one"),
        pytest.param(work("Lost", 1995, kind=Kind.SHOW, first=False), [film("Lost", 1990, 1, votes=90_000), film("Lost", 1980, 2, votes=1)], id="an-episodes-year"),
        pytest.param(
            work("Heat", 1995), [film("Heat", 1995, 1, votes=90_000), film("Heat", 1995, 2, votes=2_999), film("Heat", 1995, 3, votes=3_001)],
            id="a-third-is-known-too",
        ),
    ],
)  # fmt: skip
def test_votes_that_do_not_tell_them_apart_decide_nothing(wanted: Work, candidates: list[Candidate]) -> None:
    assert isinstance(decide(wanted, candidates), Held)


def test_votes_do_not_beat_a_title_and_year() -> None:
    found = decide(work("Heat", 1995), [film("Heat", 1995, 1, votes=1), film("Heat", 1996, 2, votes=90_000)])
    assert isinstance(found, Sure)
    assert found.candidate.ids.trakt == 1


def test_a_length_counts_before_votes() -> None:
    long, short = film("Heat", 1995, 1, runtime=170, votes=90_000), film("Heat", 1995, 2, runtime=90, votes=1)
    found = decide(work("Heat", 1995, minutes=90), [long, short])
    assert isinstance(found, Sure)
    assert found.candidate.ids.trakt == 2


def test_a_wholly_unlike_title_is_no_candidate() -> None:
    assert isinstance(decide(work("Heat", 1995), [film("Paddington", 1995, 1)]), NoMatch)


def test_the_same_work_in_both_answers_counts_once() -> None:
    found = decide(work("Dune", 2000), [film("Dune", 1984, 1), film("Dune", 1984, 1, rank=3)])
    assert isinstance(found, Held)
    assert len(found.candidates) == 1


@pytest.mark.parametrize(
    ("ids_from", "reason"), [(None, "id in the path"), ("movie.nfo", "id in movie.nfo")], ids=["path", "file-beside"]
)
def test_an_id_says_where_it_was_found(ids_from: str | None, reason: str) -> None:
    found = check_id(work("The Matrix", 1999, ids=Ids(trakt=481), ids_from=ids_from), film("The Matrix", 1999, 481))
    assert isinstance(found, Sure)
    assert (found.reason, found.decided_by) == (reason, DecidedBy.ID)


def test_an_id_wins_where_the_year_alone_disagrees() -> None:
    assert isinstance(check_id(work("The Matrix", 2003), film("The Matrix", 1999, 481)), Sure)


def test_an_id_wins_where_the_title_alone_disagrees() -> None:
    assert isinstance(check_id(work("Paddington", 1999), film("The Matrix", 1999, 481)), Sure)


@pytest.mark.parametrize("judged", ["by-id", "by-name"])
def test_another_id_of_the_candidate_is_held(judged: str) -> None:
    wanted, found = work("Heat", 1995, ids=Ids(imdb="tt0000001")), film("Heat", 1995, 1, imdb="tt0113277")
    held = check_id(wanted, found) if judged == "by-id" else decide(wanted, [found])
    assert isinstance(held, Held)
    assert held.reason == "the path says imdb tt0000001, 'Heat' has imdb tt0113277"


def test_an_id_wins_over_another_spelling() -> None:
    assert isinstance(check_id(work("Matrix 1", 1999), film("The Matrix", 1999, 481)), Sure)


def test_an_id_that_title_and_year_both_contradict_is_held() -> None:
    found = check_id(work("Paddington", 2014), film("The Matrix", 1999, 481))
    assert isinstance(found, Held)
    assert "'The Matrix'" in found.reason
    assert "'Paddington'" in found.reason
