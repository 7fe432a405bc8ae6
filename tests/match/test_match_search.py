"""Which questions are asked about a work, in which order, and when no more are."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from match.counting import Catalogue, Notebook, film, work

from cvi_trakt.errors import RequestRefusedError, TraktUnavailableError
from cvi_trakt.match.search import Matcher
from cvi_trakt.match.there import Shelf
from cvi_trakt.matches import Candidate, DecidedBy, Held, Match, NoMatch, SearchFailed, Sure, TitleBy
from cvi_trakt.media import NAME, Clash, Ids, Kind, OtherReading, Work

MATRIX = film("The Matrix", 1999, 481, imdb="tt0133093", tmdb=603)
INCEPTION = film("Inception", 2010, 16662, imdb="tt1375666", tmdb=27205)
DUNE_1984, DUNE_2021 = film("Dune", 1984, 4), film("Dune", 2021, 5)
BLADE, BLADE_2049 = film("Blade Runner", 1982, 73), film("Blade Runner 2049", 2017, 74)
FARGO_FILM, FARGO_SHOW = film("Fargo", 1996, 142), film("Fargo", 2014, 166, kind=Kind.SHOW)
GODZILLA = film("Godzilla", 1954, 47)
GOJIRA = {47: ["Gojira"]}


def asked_by(catalogue: Catalogue, wanted: Work) -> Match:
    return Matcher(catalogue, Notebook()).match(wanted)


def chosen(match: Match) -> int | None:
    assert isinstance(match, Sure), match
    return match.candidate.ids.trakt


def held(match: Match) -> tuple[str, list[int | None]]:
    assert isinstance(match, Held), match
    return match.reason, [one.candidate.ids.trakt for one in match.candidates]


def test_an_exact_hit_with_its_year_is_one_search() -> None:
    catalogue = Catalogue(DUNE_1984, DUNE_2021)
    assert chosen(asked_by(catalogue, work("Dune", 2021))) == 5
    assert catalogue.asked == ["exact movie Dune"]


def test_several_of_a_title_without_a_year_are_one_search() -> None:
    catalogue = Catalogue(DUNE_1984, DUNE_2021)
    assert held(asked_by(catalogue, work("Dune"))) == ("several of that title and no year in the path", [4, 5])
    assert catalogue.asked == ["exact movie Dune"]


def test_what_nothing_is_known_of_is_the_exact_and_the_broad_search() -> None:
    catalogue = Catalogue(DUNE_1984)
    assert isinstance(asked_by(catalogue, work("Holiday in Rome", 2014)), NoMatch)
    assert catalogue.asked == ["exact movie Holiday in Rome", "broad movie Holiday in Rome"]


def test_a_name_without_a_title_asks_nothing() -> None:
    catalogue = Catalogue(DUNE_1984)
    found = asked_by(catalogue, work(""))
    assert isinstance(found, NoMatch)
    assert (found.reason, catalogue.asked) == ("no title in the name", [])


def test_a_year_more_than_one_off_is_held_with_what_the_broad_search_finds() -> None:
    catalogue = Catalogue(DUNE_1984, film("Dune Part Two", 2024, 6))
    assert held(asked_by(catalogue, work("Dune", 2000))) == ("the year disagrees", [4, 6])
    assert catalogue.asked == ["exact movie Dune", "broad movie Dune"]


# Ids


def test_an_id_is_looked_up_and_nothing_is_searched() -> None:
    catalogue = Catalogue(MATRIX)
    found = asked_by(catalogue, work("Matrix", 1999, ids=Ids(imdb="tt0133093")))
    assert chosen(found) == 481
    assert isinstance(found, Sure)
    assert found.decided_by is DecidedBy.ID
    assert catalogue.asked == ["movie imdb tt0133093"]


def test_of_two_ids_the_second_is_asked_for_where_the_first_is_unknown() -> None:
    catalogue = Catalogue(film("The Matrix", 1999, 481, tmdb=603))
    assert chosen(asked_by(catalogue, work("The Matrix", 1999, ids=Ids(imdb="tt9999999", tmdb=603)))) == 481
    assert catalogue.asked == ["movie imdb tt9999999", "show imdb tt9999999", "movie tmdb 603"]


def test_an_id_that_is_unknown_is_held_without_a_search() -> None:
    catalogue = Catalogue(MATRIX)
    found = asked_by(catalogue, work("The Matrix", 1999, ids=Ids(imdb="tt9999999")))
    assert held(found) == ("Trakt knows no movie under imdb tt9999999", [])
    assert catalogue.asked == ["movie imdb tt9999999", "show imdb tt9999999"]


def test_an_id_of_the_other_kind_is_unknown() -> None:
    catalogue = Catalogue(film("The Matrix", 1999, 481, tmdb=603))
    found = asked_by(catalogue, work("The Matrix", ids=Ids(tmdb=603), kind=Kind.SHOW))
    assert held(found) == ("Trakt knows no show under tmdb 603", [])


def test_an_id_that_title_and_year_contradict_is_held_beside_what_the_name_finds() -> None:
    catalogue = Catalogue(MATRIX, INCEPTION)
    found = asked_by(catalogue, work("Inception", 2010, ids=Ids(imdb="tt0133093")))
    assert held(found) == ("the id in the path is 'The Matrix' (1999), the name says 'Inception' (2010)", [481, 16662])
    assert catalogue.asked == ["movie imdb tt0133093", "exact movie Inception"]


def test_an_id_whose_year_is_contradicted_is_held_where_the_name_finds_another() -> None:
    catalogue = Catalogue(DUNE_1984, DUNE_2021)
    found = asked_by(catalogue, work("Dune", 2021, ids=Ids(trakt=4), ids_from="movie.nfo"))
    assert held(found) == ("the id in movie.nfo is 'Dune' (1984), the name says 'Dune' (2021)", [4, 5])
    assert catalogue.asked == ["movie trakt 4", "exact movie Dune"]


@pytest.mark.parametrize(
    ("title", "year", "asked"),
    [
        pytest.param("Dune", 2000, ["movie trakt 4", "exact movie Dune"], id="the-name-finds-nothing-else"),
        pytest.param("Dune", 1985, ["movie trakt 4"], id="a-year-off-by-one"),
        pytest.param("Dune Part One", None, ["movie trakt 4"], id="no-year"),
        pytest.param("Whatever", None, ["movie trakt 4", "exact movie Whatever"], id="a-name-of-nothing"),
        pytest.param("Whatever", 1984, ["movie trakt 4", "exact movie Whatever"], id="another-title-of-that-year"),
    ],
)
def test_an_id_wins_where_nothing_else_has_title_and_year(title: str, year: int | None, asked: list[str]) -> None:
    catalogue = Catalogue(DUNE_1984, DUNE_2021)
    assert chosen(asked_by(catalogue, work(title, year, ids=Ids(trakt=4)))) == 4
    assert catalogue.asked == asked


@pytest.mark.parametrize("year", [2010, None])
def test_an_id_is_held_where_the_name_finds_another_work(year: int | None) -> None:
    catalogue = Catalogue(MATRIX, INCEPTION)
    _, candidates = held(asked_by(catalogue, work("Inception", year, ids=Ids(imdb="tt0133093"))))
    assert candidates == [481, 16662]


def test_the_files_own_name_judges_the_id_that_an_nfo_names() -> None:
    catalogue = Catalogue(MATRIX, INCEPTION)
    own = OtherReading(kind=Kind.MOVIE, title="Inception", year=2010, why=NAME)
    wanted = work("The Matrix", 1999, ids=Ids(imdb="tt0133093"), ids_from="movie.nfo", others=(own,))
    reason, candidates = held(asked_by(catalogue, wanted))
    assert reason == "the id in movie.nfo is 'The Matrix' (1999), the name says 'Inception' (2010)"
    assert candidates == [481, 16662]


@pytest.mark.parametrize(
    ("title", "year", "expected"),
    [
        pytest.param("Inception", 2010, [481, 16662], id="the-name-of-another-work"),
        pytest.param("A1B2", None, None, id="a-name-that-finds-nothing"),
    ],
)
def test_a_title_beside_a_file_is_judged_by_its_name(title: str, year: int | None, expected: list[int] | None) -> None:
    own = OtherReading(kind=Kind.MOVIE, title=title, year=year, why=NAME)
    found = asked_by(Catalogue(MATRIX, INCEPTION), work("The Matrix", 1999, others=(own,)))
    if expected is None:
        assert chosen(found) == 481
    else:
        assert held(found)[1] == expected


def test_the_persons_own_list_overrules_any_name() -> None:
    catalogue = Catalogue(MATRIX, INCEPTION)
    wanted = work("Inception", 2010, ids=Ids(imdb="tt0133093"), ids_from="--ids ids.yaml")
    assert chosen(asked_by(catalogue, wanted)) == 481
    assert catalogue.asked == ["movie imdb tt0133093"]


def test_two_sources_with_different_ids_are_held_and_both_are_shown() -> None:
    catalogue = Catalogue(MATRIX, INCEPTION)
    clash = Clash(reason="movie.nfo says tmdb 27205, the path says tmdb 603", ids=Ids(tmdb=27205))
    wanted = work("The Matrix", 1999, ids=Ids(tmdb=603), clash=clash)
    assert held(asked_by(catalogue, wanted)) == ("movie.nfo says tmdb 27205, the path says tmdb 603", [481, 16662])
    assert catalogue.asked == ["movie tmdb 603", "movie tmdb 27205"]


# Other readings


def read(title: str, year: int | None = None, kind: Kind = Kind.MOVIE) -> OtherReading:
    return OtherReading(kind=kind, title=title, year=year)


def test_other_readings_are_searched_for_in_their_order_until_one_is_sure() -> None:
    second, third = read("Face Off", 1997), read("Blade Runner", 1982)
    catalogue = Catalogue(BLADE, film("Face/Off", 1997, 141))
    wanted = work("Face Off Remastered", 1997, others=(read("Off Remastered", 1997), second, third))
    found = asked_by(catalogue, wanted)
    assert chosen(found) == 141
    assert isinstance(found, Sure)
    assert found.read_as == second
    assert found.work == wanted
    assert catalogue.asked == ["exact movie Face Off Remastered", "exact movie Off Remastered", "exact movie Face Off"]


def test_the_first_reading_counts_where_its_title_and_year_agree() -> None:
    catalogue = Catalogue(BLADE, BLADE_2049)
    found = asked_by(catalogue, work("Blade Runner", 1982, others=(read("Blade Runner 2049", 2017),)))
    assert chosen(found) == 73
    assert catalogue.asked == ["exact movie Blade Runner"]


def test_without_a_year_the_longer_reading_wins() -> None:
    longer = read("Blade Runner 2049")
    catalogue = Catalogue(BLADE, BLADE_2049)
    found = asked_by(catalogue, work("Blade Runner", others=(longer,)))
    assert chosen(found) == 74
    assert isinstance(found, Sure)
    assert found.read_as == longer
    assert catalogue.asked == ["exact movie Blade Runner", "exact movie Blade Runner 2049"]


def test_a_longer_reading_that_finds_nothing_changes_nothing() -> None:
    catalogue = Catalogue(BLADE)
    assert chosen(asked_by(catalogue, work("Blade Runner", others=(read("Blade Runner Remux"),)))) == 73
    assert catalogue.asked == ["exact movie Blade Runner", "exact movie Blade Runner Remux"]


def test_without_a_year_a_reading_of_the_other_kind_that_finds_something_holds_it() -> None:
    catalogue = Catalogue(FARGO_FILM, FARGO_SHOW)
    found = asked_by(catalogue, work("Fargo", others=(read("Fargo", kind=Kind.SHOW),)))
    assert held(found) == ("the name may also say 'Fargo' [show]", [142, 166])
    assert catalogue.asked == ["exact movie Fargo", "exact show Fargo"]


def test_a_reading_that_leaves_words_out_is_not_sure_without_a_year() -> None:
    catalogue = Catalogue(BLADE)
    found = asked_by(catalogue, work("Blade Runner Behind the Scenes", others=(read("Blade Runner"),)))
    assert not isinstance(found, Sure)


def test_a_reading_that_leaves_words_out_is_sure_with_its_year() -> None:
    catalogue = Catalogue(BLADE)
    found = asked_by(catalogue, work("Blade Runner Final Cut", 1982, others=(read("Blade Runner", 1982),)))
    assert chosen(found) == 73


def test_another_reading_is_measured_by_its_own_year_and_country() -> None:
    catalogue = Catalogue(film("The Office", 2005, 146, kind=Kind.SHOW, country="us"))
    other = OtherReading(kind=Kind.SHOW, title="The Office", country="gb")
    found = asked_by(catalogue, work("The Office GB", kind=Kind.SHOW, others=(other,)))
    assert not isinstance(found, Sure)


# Other spellings


@pytest.mark.parametrize(
    ("title", "there", "spelling"),
    [
        pytest.param("Rocky 4", film("Rocky IV", 1985, 9), "Rocky IV", id="roman-numeral"),
        pytest.param("Rocky IV", film("Rocky 4", 1985, 9), "Rocky 4", id="digit"),
    ],
)
def test_another_spelling_is_searched_for(title: str, there: Candidate, spelling: str) -> None:
    catalogue = Catalogue(there)
    found = asked_by(catalogue, work(title, 1985))
    assert chosen(found) == 9
    assert isinstance(found, Sure)
    assert found.distance is not None
    assert found.distance.by is TitleBy.SPELLING
    assert catalogue.asked == [f"exact movie {title}", f"exact movie {spelling}"]


def test_an_apostrophe_that_was_cut_off_is_put_back() -> None:
    catalogue = Catalogue(film("Winter's Bone", 2010, 9))
    assert chosen(asked_by(catalogue, work("Winter s Bone", 2010))) == 9
    assert catalogue.asked == ["exact movie Winter s Bone", "exact movie Winter's Bone"]


def test_another_spelling_is_searched_for_after_the_other_readings() -> None:
    catalogue = Catalogue(film("Rocky IV", 1985, 9))
    asked_by(catalogue, work("Rocky 4", 1985, others=(read("Rocky", 1985),)))
    assert catalogue.asked == ["exact movie Rocky 4", "exact movie Rocky", "exact movie Rocky IV"]


def test_a_typo_is_left_to_the_broad_search() -> None:
    catalogue = Catalogue(film("The Matrix", 1999, 481))
    found = asked_by(catalogue, work("Matrix", 1999))
    assert chosen(found) == 481
    assert catalogue.asked == ["exact movie Matrix", "broad movie Matrix"]


# Other titles


def test_what_the_exact_search_found_under_another_title_is_asked_for_it() -> None:
    catalogue = Catalogue(GODZILLA, aliases=GOJIRA)
    found = asked_by(catalogue, work("Gojira", 1954))
    assert chosen(found) == 47
    assert isinstance(found, Sure)
    assert found.reason == "another title of it and year agree"
    assert catalogue.asked == ["exact movie Gojira", "titles of Godzilla (1954)"]


def test_other_titles_count_before_other_readings() -> None:
    catalogue = Catalogue(GODZILLA, film("Gojira of 1954", 1954, 48), aliases=GOJIRA)
    found = asked_by(catalogue, work("Gojira", 1954, others=(read("Gojira of 1954", 1954),)))
    assert chosen(found) == 47
    assert catalogue.asked == ["exact movie Gojira", "titles of Godzilla (1954)"]


def test_what_the_broad_search_found_is_asked_for_its_other_titles_where_none_agrees() -> None:
    there = film("Run Lola Run", 1998, 87)
    catalogue = Catalogue(there, aliases={87: ["Lola rennt (Run Lola Run)"]})
    asked_by(catalogue, work("Run Lola", 1998))
    assert catalogue.asked == ["exact movie Run Lola", "broad movie Run Lola", "titles of Run Lola Run (1998)"]


@pytest.mark.parametrize(
    ("title", "searches"),
    [
        pytest.param("Gojira", ["exact movie Gojira"], id="found-by-the-exact-search"),
        pytest.param("Gojira Returns", ["exact movie Gojira Returns", "broad movie Gojira Returns"], id="by-the-broad"),
    ],
)
def test_no_more_than_two_are_asked_for_their_other_titles(title: str, searches: list[str]) -> None:
    there = [film(f"Gojira Returns {name}", 1954, number) for number, name in enumerate(("A", "B", "C"), start=1)]
    names = ["Gojira"]
    catalogue = Catalogue(*there, aliases={1: names, 2: names, 3: names})
    asked_by(catalogue, work(title, 1954))
    titles = [f"titles of Gojira Returns {name} (1954)" for name in ("A", "B")]
    assert catalogue.asked[: len(searches)] == searches
    assert [question for question in catalogue.asked if question.startswith("titles")] == titles


def test_what_the_year_speaks_against_is_not_asked_for_its_other_titles() -> None:
    catalogue = Catalogue(GODZILLA, film("Godzilla", 2014, 49), aliases={47: ["Gojira"], 49: ["Gojira"]})
    assert chosen(asked_by(catalogue, work("Gojira", 2014))) == 49
    assert catalogue.asked == ["exact movie Gojira", "titles of Godzilla (2014)"]


def test_a_work_without_a_year_is_held_where_another_has_its_title_as_well() -> None:
    ring = film("Ring", 1998, 58)
    catalogue = Catalogue(ring, film("The Ring Two", 2005, 60), aliases={60: ["Ring"]})
    assert held(asked_by(catalogue, work("Ring"))) == ("another work has this title as well", [58, 60])
    assert catalogue.asked == ["exact movie Ring"]


def test_a_year_tells_a_work_from_another_that_has_its_title_as_well() -> None:
    catalogue = Catalogue(film("Ring", 1998, 58), film("The Ring Two", 2005, 60), aliases={60: ["Ring"]})
    assert chosen(asked_by(catalogue, work("Ring", 1998))) == 58


def test_a_country_tells_a_work_from_another_that_has_its_title_as_well() -> None:
    office = film("The Office", 2005, 146, kind=Kind.SHOW, country="us")
    other = film("Stromberg", 2004, 147, kind=Kind.SHOW, country="de")
    catalogue = Catalogue(office, other, aliases={147: ["The Office"]})
    assert chosen(asked_by(catalogue, work("The Office", kind=Kind.SHOW, country="us"))) == 146


# Each question once


def test_a_question_is_asked_once_for_all_works() -> None:
    catalogue = Catalogue(DUNE_1984, DUNE_2021)
    matcher = Matcher(catalogue, Notebook())
    found = [matcher.ask(work(title, year)) for title, year in (("Dune", 2021), ("DUNE", 1984), ("Dune", None))]
    assert [type(one) for one in found] == [Sure, Sure, Held]
    assert catalogue.asked == ["exact movie Dune"]


def test_other_titles_are_asked_for_once_for_all_works() -> None:
    catalogue = Catalogue(GODZILLA, aliases={47: ["Gojira", "Godzilla, King of the Monsters"]})
    matcher = Matcher(catalogue, Notebook())
    for title in ("Gojira", "Godzilla King of the Monsters"):
        assert chosen(matcher.ask(work(title, 1954))) == 47
    assert [question for question in catalogue.asked if question.startswith("titles")] == ["titles of Godzilla (1954)"]


def test_a_look_up_is_asked_once_for_all_works() -> None:
    catalogue = Catalogue(MATRIX)
    matcher = Matcher(catalogue, Notebook())
    for title in ("Matrix", "The Matrix"):
        matcher.ask(work(title, ids=Ids(tmdb=603)))
    assert catalogue.asked == ["movie tmdb 603"]


def test_a_question_is_asked_once_for_all_threads() -> None:
    threads = 8
    everybody_is_here = threading.Barrier(threads)
    goes_on = threading.Event()
    catalogue = Catalogue(DUNE_2021, before=lambda question: _wait(goes_on))
    matcher = Matcher(catalogue, Notebook())

    def ask() -> Match:
        everybody_is_here.wait(timeout=10)
        return matcher.ask(work("Dune", 2021))

    with ThreadPoolExecutor(threads) as pool:
        found = [pool.submit(ask) for _ in range(threads)]
        goes_on.set()
        assert [chosen(one.result(timeout=10)) for one in found] == [5] * threads
    assert catalogue.asked == ["exact movie Dune"]


def test_a_question_that_failed_is_asked_again_by_the_next_work() -> None:
    failures = [TraktUnavailableError("Trakt did not answer")]

    def fail_once(question: str) -> None:
        if failures:
            raise failures.pop()

    catalogue = Catalogue(DUNE_2021, before=fail_once)
    matcher = Matcher(catalogue, Notebook())
    with pytest.raises(TraktUnavailableError):
        matcher.ask(work("Dune", 2021))
    assert chosen(matcher.ask(work("Dune", 2021))) == 5
    assert catalogue.asked == ["exact movie Dune", "exact movie Dune"]


@pytest.mark.parametrize("status", [400, 409, 422])
def test_a_search_that_is_refused_fails_its_work_alone(status: int) -> None:
    def refuse(question: str) -> None:
        if "Dune" in question:
            raise RequestRefusedError("Trakt refused the search", status=status)

    matcher = Matcher(Catalogue(MATRIX, before=refuse), Notebook())
    failed = matcher.match(work("Dune"))
    assert isinstance(failed, SearchFailed)
    assert failed.error == "Trakt refused the search"
    assert chosen(matcher.match(work("The Matrix", 1999))) == 481


def test_a_refusal_that_meets_every_search_is_raised() -> None:
    def refuse(question: str) -> None:
        raise RequestRefusedError("Trakt wants no searches", status=405)

    with pytest.raises(RequestRefusedError):
        Matcher(Catalogue(MATRIX, before=refuse), Notebook()).match(work("Dune"))


# What needs no question


def test_what_is_remembered_is_not_asked_for() -> None:
    catalogue = Catalogue(DUNE_2021)
    notebook = Notebook()
    first = Matcher(catalogue, notebook).match(work("Dune", 2021))
    assert Matcher(catalogue, notebook).match(work("Dune", 2021)) == first
    assert catalogue.asked == ["exact movie Dune"]


def test_what_the_target_holds_is_not_asked_for() -> None:
    catalogue = Catalogue(DUNE_2021)
    shelf = Shelf(lambda: [DUNE_2021], [Kind.MOVIE])
    found = Matcher(catalogue, Notebook(), shelf).match(work("Dune", 2021))
    assert chosen(found) == 5
    assert isinstance(found, Sure)
    assert (found.decided_by, catalogue.asked) == (DecidedBy.TARGET, [])


def test_what_is_remembered_counts_before_what_the_target_holds() -> None:
    notebook = Notebook()
    remembered = Matcher(Catalogue(DUNE_2021), notebook).match(work("Dune", 2021))
    shelf = Shelf(lambda: [DUNE_2021], [Kind.MOVIE])
    assert Matcher(Catalogue(), notebook, shelf).match(work("Dune", 2021)) is remembered


def test_a_person_who_may_choose_causes_only_what_was_not_asked() -> None:
    catalogue = Catalogue(DUNE_1984, DUNE_2021, film("Dune Part Two", 2024, 6))
    matcher = Matcher(catalogue, Notebook())
    matcher.match(work("Dune", 2021))
    assert [one.candidate.ids.trakt for one in matcher.candidates(work("Dune", 2021))] == [5, 4, 6]
    assert catalogue.asked == ["exact movie Dune", "broad movie Dune"]


def test_a_held_work_keeps_three_pages_of_candidates() -> None:
    remakes = [film("Dune", 1900 + 2 * number, number) for number in range(1, 31)]
    found = asked_by(Catalogue(*remakes), work("Dune"))
    assert len(held(found)[1]) == 27


def _wait(event: threading.Event) -> None:
    assert event.wait(timeout=10)


# What a reading leaves out of the name


def reading(title: str, year: int | None = None, kind: Kind = Kind.MOVIE) -> OtherReading:
    return OtherReading(kind=kind, title=title, year=year)


EIGHT_MILE, HEAT = film("8 Mile", 2002, 11), replace(film("Heat", 1995, 12), original_title="Hitze")


@pytest.mark.parametrize(
    "wanted",
    [
        pytest.param(work("Lose Yourself (8 Mile)", 2002, others=(reading("8 Mile", 2002),)), id="a-part-of-that-year"),
        pytest.param(work("Heat", others=(reading("Heat (Commentary)"),)), id="a-bracket-and-no-year"),
        pytest.param(work("Heat", 1996, others=(reading("Heat (Commentary)", 1996),)), id="a-bracket-and-a-year-off"),
        pytest.param(work("Heat Vol 2", 1995, others=(reading("Heat", 1995),)), id="a-number-of-that-year"),
        pytest.param(work("Heat", 2006, others=(reading("Heat"),)), id="the-year-of-the-path"),
    ],
)
def test_what_leaves_words_or_the_year_out_is_never_chosen(wanted: Work) -> None:
    found = asked_by(Catalogue(EIGHT_MILE, HEAT), wanted)
    assert isinstance(found, Held | NoMatch)


@pytest.mark.parametrize(
    "wanted",
    [
        pytest.param(work("Heat (Hitze)", others=(reading("Heat"),)), id="another-title-of-it"),
        pytest.param(work("Fire AKA Heat", 1995, others=(reading("Heat", 1995),)), id="joined-by-aka"),
        pytest.param(work("Heat", others=(reading("Heat Director's Cut German"),)), id="an-edition"),
        pytest.param(work("Heat", 1995, others=(reading("Heat (Uncut Gem)", 1995),)), id="a-bracket-behind-a-year"),
        pytest.param(work("Heat 1995", others=(reading("Heat", 1995),)), id="the-year"),
    ],
)
def test_what_is_explained_may_be_left_out(wanted: Work) -> None:
    assert chosen(asked_by(Catalogue(EIGHT_MILE, HEAT), wanted)) == 12


def test_a_film_in_a_row_is_held_beside_the_show_of_its_title() -> None:
    tremors = [film("Tremors", 1990, 1), replace(film("Tremors", 2003, 2), kind=Kind.SHOW)]
    wanted = work("Tremors", kind=Kind.SHOW, others=(reading("18 - Tremors"), reading("Tremors")))
    assert held(asked_by(Catalogue(*tremors), wanted)) == ("the name may also say 'Tremors' [movie]", [2, 1])
