from __future__ import annotations

from collections.abc import Sequence

import pytest

from cvi_trakt.choices import AcceptSure, Answer, LookUp, Pick, Question, SearchFor, Skip, SkipRest
from cvi_trakt.errors import RequestRefusedError
from cvi_trakt.match.choose import Chooser
from cvi_trakt.match.reference import ACCEPTED
from cvi_trakt.match.search import Matcher
from cvi_trakt.matches import Candidate, DecidedBy, Declined, Held, Match, SearchFailed, Sure
from cvi_trakt.media import Film, IdentifiedFile, Ids, Kind, ScanResult, Status, Work


def film(title: str, year: int, trakt: int, kind: Kind = Kind.MOVIE) -> Candidate:
    slug = f"{title.lower().replace(' ', '-')}-{year}" if kind is Kind.MOVIE else title.lower()
    return Candidate(kind=kind, title=title, year=year, ids=Ids(trakt=trakt, slug=slug, imdb=f"tt{trakt:07}"))


MATRIX, RELOADED = film("The Matrix", 1999, 1), film("The Matrix Reloaded", 2003, 2)
DUNE, DUNE_1984 = film("Dune", 2021, 3), film("Dune", 1984, 4)
FARGO, FARGO_SHOW = film("Fargo", 1996, 5), film("Fargo", 2014, 6, Kind.SHOW)
NUMBERED, OTHER = film("1883", 2021, 7, Kind.SHOW), film("Other", 2001, 1883, Kind.SHOW)
EVERY = (MATRIX, RELOADED, DUNE, DUNE_1984, FARGO, FARGO_SHOW, NUMBERED, OTHER)


def work(title: str, year: int | None = None, kind: Kind = Kind.MOVIE) -> Work:
    result = ScanResult(path=f"/v/{title}.mkv", status=Status.HEALTHY)
    file = IdentifiedFile(result=result, identity=Film(title=title, year=year))
    return Work(kind=kind, title=title, year=year, files=(file,))


class Catalogue:
    """A small Trakt; ``asked`` are the questions that came, ``refused`` the words that it refuses."""

    def __init__(self, refused: str = "") -> None:
        self.asked: list[tuple[object, ...]] = []
        self._refused = refused

    def search(self, kind: Kind, query: str, *, exact: bool) -> list[Candidate]:
        self.asked.append((kind, query, exact))
        if query == self._refused:
            raise RequestRefusedError("Trakt refused the words", status=400)
        words = query.lower()
        return [
            one for one in EVERY
            if one.kind is kind and (one.title.lower() == words if exact else words in one.title.lower())
        ]  # fmt: skip

    def look_up(self, kind: Kind, source: str, number: str | int) -> list[Candidate]:
        self.asked.append((kind, source, number))
        return [one for one in EVERY if one.kind is kind and one.ids.known().get(source) == number]

    def look_up_slug(self, kind: Kind, slug: str) -> list[Candidate]:
        numbered = [one for one in EVERY if one.kind is kind and slug == str(one.ids.trakt)]
        return numbered or [one for one in EVERY if one.kind is kind and slug == one.ids.slug]


class Notebook:
    """A memory for one run."""

    def __init__(self, *known: Match) -> None:
        self.kept = {match.work: match for match in known}

    def recall(self, work: Work) -> Match | None:
        return self.kept.get(work)

    def remember(self, match: Match) -> None:
        self.kept[match.work] = match


class Scripted:
    """A person who has made up their mind; ``questions`` are those that they were asked."""

    def __init__(self, answers: Sequence[Answer]) -> None:
        self.questions: list[Question] = []
        self._answers = list(answers)

    def choose(self, question: Question) -> Answer:
        self.questions.append(question)
        return self._answers.pop(0)


class Run:
    """One interactive run over some works."""

    def __init__(self, works: Sequence[Work], *answers: Answer, known: Sequence[Match] = (), refused: str = "") -> None:
        self.catalogue, self.notebook, self.person = Catalogue(refused), Notebook(*known), Scripted(answers)
        matcher = Matcher(self.catalogue, self.notebook)
        chooser = Chooser(self.person, matcher, self.catalogue, self.notebook, target="watchlist")
        self.matches = [chooser.choose(matcher.match(one)) for one in works]

    @property
    def questions(self) -> list[Question]:
        return self.person.questions

    def chosen(self) -> list[tuple[Candidate, DecidedBy] | None]:
        return [(one.candidate, one.decided_by) if isinstance(one, Sure) else None for one in self.matches]


def sure(one: Work, candidate: Candidate, by: DecidedBy) -> Sure:
    return Sure(work=one, candidate=candidate, distance=None, reason="", decided_by=by)


def test_a_sure_match_is_asked_about_with_the_sure_one_first_and_preselected() -> None:
    run = Run([work("The Matrix", 1999)], Pick(candidate=MATRIX))
    (question,) = run.questions
    assert question.candidates == (MATRIX, RELOADED)
    assert (question.sure, question.preselected, question.notes) == (MATRIX, MATRIX, ())
    assert run.chosen() == [(MATRIX, DecidedBy.PERSON)]


def test_a_held_match_is_asked_about_with_its_reason_and_nothing_preselected() -> None:
    run = Run([work("Dune")], Pick(candidate=DUNE_1984))
    (question,) = run.questions
    assert set(question.candidates) == {DUNE, DUNE_1984}
    assert (question.sure, question.preselected) == (None, None)
    assert question.notes == ("several of that title and no year in the path",)
    assert run.chosen() == [(DUNE_1984, DecidedBy.PERSON)]


def test_a_work_without_a_candidate_is_asked_about() -> None:
    run = Run([work("Unheard")], Skip())
    assert run.questions[0].candidates == ()


@pytest.mark.parametrize("by", [DecidedBy.ID, DecidedBy.PERSON])
def test_what_an_id_or_a_person_decided_is_not_asked_about(by: DecidedBy) -> None:
    known = sure(work("The Matrix"), MATRIX, by)
    assert Run([known.work], known=[known]).matches == [known]


def test_a_work_whose_search_failed_is_not_asked_about() -> None:
    failed = SearchFailed(work=work("The Matrix"), error="no")
    assert Run([failed.work], known=[failed]).matches == [failed]


def test_a_skipped_work_is_declined_and_kept_with_its_candidates() -> None:
    run = Run([work("The Matrix", 1999)], Skip())
    (declined,) = run.matches
    assert isinstance(declined, Declined)
    assert [one.candidate for one in declined.candidates] == [MATRIX, RELOADED]
    assert run.notebook.kept[declined.work] == declined


def test_accepting_all_sure_takes_them_unasked_and_asks_about_the_others() -> None:
    works = [work("The Matrix", 1999), work("Fargo", 1996), work("Dune"), work("The Matrix Reloaded", 2003)]
    run = Run(works, AcceptSure(candidate=MATRIX), Pick(candidate=DUNE))
    assert [question.work.title for question in run.questions] == ["The Matrix", "Dune"]
    assert run.chosen() == [
        (MATRIX, DecidedBy.PERSON),
        (FARGO, DecidedBy.SCORE),
        (DUNE, DecidedBy.PERSON),
        (RELOADED, DecidedBy.SCORE),
    ]


def test_skipping_all_asks_nothing_more_and_remembers_nothing_of_the_rest() -> None:
    works = [work("The Matrix", 1999), work("Fargo", 1996), work("Dune")]
    run = Run(works, SkipRest())
    assert len(run.questions) == 1
    assert [type(one) for one in run.matches] == [Declined, Declined, Declined]
    assert [type(run.notebook.kept[one]) for one in works] == [Declined, Sure, Held]


def test_skipping_all_leaves_what_an_id_decided() -> None:
    by_id = sure(work("Fargo"), FARGO, DecidedBy.ID)
    run = Run([work("Dune"), by_id.work], SkipRest(), known=[by_id])
    assert run.matches[1] == by_id


def test_other_words_find_works_of_every_year_and_any_likeness() -> None:
    run = Run([work("Mtrx", 2003)], SearchFor(words="matrix"), Pick(candidate=RELOADED))
    question = run.questions[1]
    assert question.candidates == (MATRIX, RELOADED)
    assert (question.words, question.preselected, question.sure) == ("matrix", None, None)
    assert run.chosen() == [(RELOADED, DecidedBy.PERSON)]


def test_words_that_make_it_sure_preselect_the_one() -> None:
    run = Run([work("Dunee", 2021)], SearchFor(words="dune"), Skip())
    assert run.questions[1].preselected == DUNE


def test_words_that_find_nothing_say_so_and_leave_the_question() -> None:
    run = Run([work("The Matrix", 1999)], SearchFor(words="zzz"), Pick(candidate=MATRIX))
    assert run.questions[1].notes == ("Nothing found for 'zzz'",)
    assert run.questions[1].candidates == run.questions[0].candidates
    assert run.questions[1].sure == MATRIX


def test_words_that_trakt_refuses_say_so_and_leave_the_question() -> None:
    run = Run([work("The Matrix", 1999)], SearchFor(words="bad"), Pick(candidate=MATRIX), refused="bad")
    assert run.questions[1].notes == ("Trakt refused the words",)
    assert run.chosen() == [(MATRIX, DecidedBy.PERSON)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("tt0000001", [MATRIX], id="imdb-id"),
        pytest.param("tt0000006", [FARGO_SHOW], id="imdb-id-of-the-other-kind"),
        pytest.param("1", [MATRIX], id="trakts-number"),
        pytest.param("https://trakt.tv/movies/dune-1984", [DUNE_1984], id="url-of-a-film"),
        pytest.param("https://trakt.tv/shows/fargo", [FARGO_SHOW], id="url-of-a-show"),
        pytest.param("https://trakt.tv/shows/1883", [NUMBERED, OTHER], id="a-slug-of-digits-may-be-a-number-too"),
    ],
)
def test_what_is_looked_up_is_the_next_question_with_the_first_preselected(
    text: str, expected: list[Candidate]
) -> None:
    run = Run([work("Unheard")], LookUp(text=text), Pick(candidate=expected[0]))
    question = run.questions[1]
    assert question.candidates == tuple(expected)
    assert (question.preselected, question.words) == (expected[0], text)
    assert run.chosen() == [(expected[0], DecidedBy.PERSON)]


def test_a_bare_number_is_looked_up_as_the_works_own_kind_only() -> None:
    run = Run([work("Unheard")], LookUp(text="tmdb:603"), Skip())
    assert [one for one in run.catalogue.asked if "tmdb" in one] == [(Kind.MOVIE, "tmdb", 603)]


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        pytest.param("tt9999999", ("Trakt knows nothing under tt9999999",), id="nobody-knows-it"),
        pytest.param("the matrix", ("This is no id that can be looked up: the matrix", ACCEPTED), id="no-id"),
    ],
)
def test_what_cannot_be_looked_up_says_so_and_leaves_the_question(text: str, notes: tuple[str, ...]) -> None:
    run = Run([work("Dune")], LookUp(text=text), Skip())
    assert run.questions[1].notes == notes
    assert run.questions[1].candidates == run.questions[0].candidates


def test_what_was_held_without_candidates_is_searched_for_again() -> None:
    stale = Held(work=work("The Matrix", 1999), candidates=(), reason="you skipped it")
    run = Run([stale.work], Pick(candidate=MATRIX), known=[stale])
    assert run.questions[0].candidates == (MATRIX, RELOADED)


def test_a_question_asks_trakt_only_what_this_run_has_not_asked() -> None:
    run = Run([work("Unheard")], Skip())
    assert run.catalogue.asked == [(Kind.MOVIE, "Unheard", True), (Kind.MOVIE, "Unheard", False)]
