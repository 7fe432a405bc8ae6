from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import pytest

from cvi_trakt.choices import (
    AcceptSure,
    Answer,
    Done,
    LookUp,
    Never,
    Pick,
    Question,
    SearchFor,
    Skip,
    SkipRest,
    Undo,
)
from cvi_trakt.errors import (
    ItemNotFoundError,
    RateLimitError,
    RequestRefusedError,
    TraktError,
    TraktUnavailableError,
    UnauthorizedError,
)
from cvi_trakt.match.choose import Chooser
from cvi_trakt.match.questions import Questions
from cvi_trakt.match.reference import ACCEPTED
from cvi_trakt.match.search import Matcher
from cvi_trakt.matches import Candidate, DecidedBy, Declined, Held, Match, NoMatch, SearchFailed, Sure
from cvi_trakt.media import Film, IdentifiedFile, Ids, Kind, OtherReading, ScanResult, Status, Work
from cvi_trakt.pipeline import decide_all


def film(title: str, year: int, trakt: int, kind: Kind = Kind.MOVIE, *, tmdb: int | None = None) -> Candidate:
    slug = f"{title.lower().replace(' ', '-')}-{year}" if kind is Kind.MOVIE else title.lower()
    ids = Ids(trakt=trakt, slug=slug, imdb=f"tt{trakt:07}", tmdb=tmdb)
    return Candidate(kind=kind, title=title, year=year, ids=ids)


MATRIX, RELOADED = film("The Matrix", 1999, 1, tmdb=603), film("The Matrix Reloaded", 2003, 2)
DUNE, DUNE_1984 = film("Dune", 2021, 3), film("Dune", 1984, 4)
FARGO, FARGO_SHOW = film("Fargo", 1996, 5), film("Fargo", 2014, 6, Kind.SHOW, tmdb=60622)
NUMBERED, OTHER = film("1883", 2021, 7, Kind.SHOW), film("Other", 2001, 1883, Kind.SHOW, tmdb=603)
EVERY = (MATRIX, RELOADED, DUNE, DUNE_1984, FARGO, FARGO_SHOW, NUMBERED, OTHER)


def work(title: str, year: int | None = None, kind: Kind = Kind.MOVIE) -> Work:
    result = ScanResult(path=f"/v/{title}.mkv", status=Status.HEALTHY)
    file = IdentifiedFile(result=result, identity=Film(title=title, year=year))
    return Work(kind=kind, title=title, year=year, files=(file,))


class Catalogue:
    """A small Trakt; ``asked`` are the questions that came, ``faults`` what words, numbers and slugs meet, once."""

    def __init__(self, faults: Mapping[str | int, TraktError]) -> None:
        self.asked: list[tuple[object, ...]] = []
        self._faults = dict(faults)

    def _meet(self, asked: str | int) -> None:
        if asked in self._faults:
            raise self._faults.pop(asked)

    def search(self, kind: Kind, query: str, *, exact: bool) -> list[Candidate]:
        self.asked.append((kind, query, exact))
        self._meet(query)
        words = query.lower()
        return [
            one for one in EVERY
            if one.kind is kind and (one.title.lower() == words if exact else words in one.title.lower())
        ]  # fmt: skip

    def look_up(self, kind: Kind, source: str, number: str | int) -> list[Candidate]:
        self.asked.append((kind, source, number))
        self._meet(number)
        return [one for one in EVERY if one.kind is kind and one.ids.known().get(source) == number]

    def other_titles(self, candidate: Candidate) -> list[str]:
        return []

    def look_up_slug(self, kind: Kind, slug: str) -> list[Candidate]:
        self._meet(slug)
        numbered = [one for one in EVERY if one.kind is kind and slug == str(one.ids.trakt)]
        return numbered or [one for one in EVERY if one.kind is kind and slug == one.ids.slug]


class Notebook:
    """A memory for one run."""

    def __init__(self, *known: Match) -> None:
        self.kept = {match.work: match for match in known}
        self.before: list[tuple[Work, Match | None]] = []

    def recall(self, work: Work) -> Match | None:
        return self.kept.get(work)

    def remember(self, match: Match) -> None:
        self.before.append((match.work, self.kept.get(match.work)))
        self.kept[match.work] = match

    def take_back(self, work: Work) -> None:
        _, before = next(one for one in reversed(self.before) if one[0] == work)
        if before is None:
            del self.kept[work]
        else:
            self.kept[work] = before


class Scripted:
    """A person who has made up their mind; ``questions`` are those that they were asked."""

    def __init__(self, answers: Sequence[Answer]) -> None:
        self.questions: list[Question] = []
        self._answers = list(answers)

    def choose(self, question: Question) -> Answer:
        self.questions.append(question)
        return self._answers.pop(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a run finds: decisions of earlier runs, faults of Trakt, whether ``--refresh`` was said."""

    known: Sequence[Match] = ()
    faults: Mapping[str | int, TraktError] = field(default_factory=dict)
    asks_again: bool = False


class Run:
    """One interactive run over some works."""

    def __init__(self, works: Sequence[Work], *answers: Answer, given: Given | None = None) -> None:
        given = given or Given()
        self.catalogue, self.notebook, self.person = Catalogue(given.faults), Notebook(*given.known), Scripted(answers)
        matcher = Matcher(self.catalogue, self.notebook)
        questions = Questions(matcher, self.catalogue, target="watchlist")
        chooser = Chooser(self.person, questions, self.notebook, asks_again=given.asks_again)
        self.matches = list(decide_all(works, matcher.match, lambda *_: None, choose=chooser.choose))

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
    assert Run([known.work], given=Given(known=[known])).matches == [known]


def test_a_work_whose_search_failed_is_not_asked_about() -> None:
    failed = SearchFailed(work=work("The Matrix"), error="no")
    assert Run([failed.work], given=Given(known=[failed])).matches == [failed]


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
    run = Run([work("Dune"), by_id.work], SkipRest(), given=Given(known=[by_id]))
    assert run.matches[1] == by_id


def test_done_asks_nothing_more_and_leaves_the_rest_as_without_questions() -> None:
    works = [work("The Matrix", 1999), work("Fargo", 1996), work("Dune"), work("The Matrix Reloaded", 2003)]
    run = Run(works, Pick(candidate=RELOADED), Done())
    assert [question.work.title for question in run.questions] == ["The Matrix", "Fargo"]
    assert run.chosen() == [
        (RELOADED, DecidedBy.PERSON),
        (FARGO, DecidedBy.SCORE),
        None,
        (RELOADED, DecidedBy.SCORE),
    ]
    assert isinstance(run.matches[2], Held)


def test_done_keeps_nothing_in_the_persons_name() -> None:
    works = [work("Dune"), work("Fargo", 1996), work("Unheard")]
    run = Run(works, Done())
    assert [type(run.notebook.kept[one]) for one in works] == [Held, Sure, NoMatch]
    assert run.chosen() == [None, (FARGO, DecidedBy.SCORE), None]


def test_a_persons_own_choice_is_asked_about_again_when_they_want_it() -> None:
    known = sure(work("Dune"), DUNE_1984, DecidedBy.PERSON)
    run = Run([known.work], Pick(candidate=DUNE), given=Given(known=[known], asks_again=True))
    (question,) = run.questions
    assert question.candidates == (DUNE_1984, DUNE)
    assert (question.preselected, question.sure) == (DUNE_1984, None)
    assert question.notes == ("your earlier choice",)
    assert run.chosen() == [(DUNE, DecidedBy.PERSON)]
    assert run.notebook.kept[known.work] == run.matches[0]


def test_accepting_all_sure_keeps_a_persons_own_choice_unasked() -> None:
    known = sure(work("Dune"), DUNE_1984, DecidedBy.PERSON)
    given = Given(known=[known], asks_again=True)
    run = Run([work("The Matrix", 1999), known.work], AcceptSure(candidate=MATRIX), given=given)
    assert [question.work.title for question in run.questions] == ["The Matrix"]
    assert run.matches[1] == known


def test_done_leaves_a_persons_own_choice_as_it_was() -> None:
    known = sure(work("Dune"), DUNE_1984, DecidedBy.PERSON)
    run = Run([known.work], Done(), given=Given(known=[known], asks_again=True))
    assert run.matches == [known]


def test_what_an_id_decided_is_not_asked_about_again_either() -> None:
    known = sure(work("The Matrix"), MATRIX, DecidedBy.ID)
    assert Run([known.work], given=Given(known=[known], asks_again=True)).matches == [known]


def test_each_question_says_how_far_the_run_is() -> None:
    run = Run([work("Dune"), work("Fargo", 1996)], SearchFor(words="zzz"), Skip(), Skip())
    assert [question.place for question in run.questions] == ["(1/2) ", "(1/2) ", "(2/2) "]


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


# what is over when it is tried again, or is about what the person typed
PASSING = [
    pytest.param(RequestRefusedError("Trakt refused the words", status=400), id="refused"),
    pytest.param(ItemNotFoundError("Trakt knows no such place", status=404), id="not-found"),
    pytest.param(TraktUnavailableError("Trakt has a fault", status=503), id="a-fault"),
    pytest.param(TraktUnavailableError("The connection broke"), id="no-answer"),
    pytest.param(RateLimitError("Rate limit exceeded", retry_after=3600), id="too-many-requests"),
]


@pytest.mark.parametrize("fault", PASSING)
@pytest.mark.parametrize(
    ("answer", "asked"),
    [
        pytest.param(SearchFor(words="matrix"), "matrix", id="searching"),
        pytest.param(LookUp(text="tt0000001"), "tt0000001", id="looking-up-an-id"),
        pytest.param(LookUp(text="https://trakt.tv/movies/dune-2021"), "dune-2021", id="looking-up-a-slug"),
    ],
)
def test_what_fails_is_said_and_the_question_stays_open(answer: Answer, asked: str, fault: TraktError) -> None:
    run = Run([work("The Matrix", 1999)], answer, Pick(candidate=MATRIX), given=Given(faults={asked: fault}))
    first, second = run.questions
    assert second.notes == (str(fault),)
    assert (second.candidates, second.sure, second.preselected) == (first.candidates, MATRIX, MATRIX)
    assert run.chosen() == [(MATRIX, DecidedBy.PERSON)]


def test_what_failed_can_be_tried_again() -> None:
    given = Given(faults={"tt0000003": TraktUnavailableError("Trakt has a fault", status=503)})
    look_up = LookUp(text="tt0000003")
    run = Run([work("Unheard")], look_up, look_up, Pick(candidate=DUNE), given=given)
    assert [question.notes for question in run.questions] == [(), ("Trakt has a fault",), ()]
    assert run.questions[2].preselected == DUNE


def test_a_sure_match_is_asked_about_alone_when_the_search_for_others_fails() -> None:
    known = sure(work("The Matrix", 1999), MATRIX, DecidedBy.SCORE)
    given = Given(known=[known], faults={"The Matrix": TraktUnavailableError("Trakt has a fault", status=503)})
    run = Run([known.work], Pick(candidate=MATRIX), given=given)
    (question,) = run.questions
    assert (question.candidates, question.preselected, question.notes) == ((MATRIX,), MATRIX, ("Trakt has a fault",))


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(UnauthorizedError("Authentication failed", status=401), id="signed-out"),
        pytest.param(RequestRefusedError("Trakt wants another content type", status=412), id="refuses-every-request"),
    ],
)
def test_what_would_meet_every_request_ends_the_questions(fault: TraktError) -> None:
    with pytest.raises(TraktError, match=str(fault)):
        Run([work("Dune")], SearchFor(words="dune 2"), given=Given(faults={"dune 2": fault}))


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


def test_a_number_that_is_of_the_works_own_kind_is_looked_up_as_that_only() -> None:
    run = Run([work("Unheard")], LookUp(text="tmdb:603"), Skip())
    assert (run.questions[1].candidates, run.questions[1].preselected) == ((MATRIX,), MATRIX)
    assert [one for one in run.catalogue.asked if "tmdb" in one] == [(Kind.MOVIE, "tmdb", 603)]


def test_a_number_that_may_be_of_the_other_kind_is_looked_up_and_not_taken_by_enter_alone() -> None:
    run = Run([work("Unheard")], LookUp(text="tmdb:60622"), Skip())
    assert (run.questions[1].candidates, run.questions[1].preselected) == ((FARGO_SHOW,), None)
    assert [one for one in run.catalogue.asked if "tmdb" in one] == [
        (Kind.MOVIE, "tmdb", 60622),
        (Kind.SHOW, "tmdb", 60622),
    ]


@pytest.mark.parametrize(
    ("text", "preselected"),
    [
        pytest.param("6", None, id="trakts-number"),
        pytest.param("trakt:6", None, id="trakts-number-named"),
        pytest.param("tt0000006", FARGO_SHOW, id="imdb-numbers-both-kinds-in-one-row"),
        pytest.param("https://www.themoviedb.org/tv/60622-fargo", FARGO_SHOW, id="a-url-names-the-kind"),
        pytest.param("https://trakt.tv/shows/fargo", FARGO_SHOW, id="a-url-of-trakt"),
    ],
)
def test_enter_takes_a_work_of_the_other_kind_only_where_it_cannot_be_another(
    text: str, preselected: Candidate | None
) -> None:
    run = Run([work("Unheard")], LookUp(text=text), Skip())
    assert run.questions[1].candidates == (FARGO_SHOW,)
    assert run.questions[1].preselected == preselected


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        pytest.param("tt9999999", ("Trakt knows nothing under tt9999999",), id="nobody-knows-it"),
        pytest.param("the matrix", ("Not an id or url that can be looked up: the matrix", ACCEPTED), id="no-id"),
    ],
)
def test_what_cannot_be_looked_up_says_so_and_leaves_the_question(text: str, notes: tuple[str, ...]) -> None:
    run = Run([work("Dune")], LookUp(text=text), Skip())
    assert run.questions[1].notes == notes
    assert run.questions[1].candidates == run.questions[0].candidates


def test_what_was_held_without_candidates_is_searched_for_again() -> None:
    stale = Held(work=work("The Matrix", 1999), candidates=(), reason="you skipped it")
    run = Run([stale.work], Pick(candidate=MATRIX), given=Given(known=[stale]))
    assert run.questions[0].candidates == (MATRIX, RELOADED)


def test_a_question_asks_trakt_only_what_this_run_has_not_asked() -> None:
    run = Run([work("Unheard")], Skip())
    assert run.catalogue.asked == [(Kind.MOVIE, "Unheard", True), (Kind.MOVIE, "Unheard", False)]


def test_never_is_final_and_kept_with_its_candidates() -> None:
    run = Run([work("The Matrix", 1999)], Never())
    (declined,) = run.matches
    assert isinstance(declined, Declined)
    assert (declined.is_final, declined.reason) == (True, "you said never")
    assert [one.candidate for one in declined.candidates] == [MATRIX, RELOADED]
    assert run.notebook.kept[declined.work] == declined


@pytest.mark.parametrize("asks_again", [False, True])
def test_what_a_person_never_wants_is_not_asked_about(asks_again: bool) -> None:
    known = Declined(work=work("Dune"), candidates=(), reason="you said never", is_final=True)
    assert Run([known.work], given=Given(known=[known], asks_again=asks_again)).matches == [known]


def test_an_answer_is_undone_and_the_question_asked_again() -> None:
    run = Run([work("Dune"), work("Fargo", 1996)], Pick(candidate=DUNE), Undo(), Pick(candidate=DUNE_1984), Skip())
    assert [(one.work.title, one.undoes) for one in run.questions] == [
        ("Dune", None),
        ("Fargo", "Dune"),
        ("Dune", None),
        ("Fargo", "Dune"),
    ]
    assert run.questions[2] == run.questions[0]
    assert run.chosen() == [(DUNE_1984, DecidedBy.PERSON), None]


def test_undo_passes_by_what_was_not_asked_about() -> None:
    by_id = sure(work("The Matrix"), MATRIX, DecidedBy.ID)
    works = [work("Dune"), by_id.work, work("Fargo", 1996)]
    run = Run(works, Never(), Undo(), Pick(candidate=DUNE), Skip(), given=Given(known=[by_id]))
    assert [one.work.title for one in run.questions] == ["Dune", "Fargo", "Dune", "Fargo"]
    assert run.chosen() == [(DUNE, DecidedBy.PERSON), (MATRIX, DecidedBy.ID), None]


def test_what_is_undone_is_kept_as_it_was_before() -> None:
    works = [work("Dune"), work("Fargo", 1996)]
    run = Run(works, Never(), Undo(), Done())
    assert isinstance(run.notebook.kept[works[0]], Held)
    assert [type(one) for one in run.matches] == [Held, Sure]


def test_undoing_the_answer_that_accepted_all_asks_about_them_again() -> None:
    works = [work("The Matrix", 1999), work("Fargo", 1996), work("Dune")]
    run = Run(works, AcceptSure(candidate=MATRIX), Undo(), Pick(candidate=MATRIX), Skip(), Skip())
    assert [one.work.title for one in run.questions] == ["The Matrix", "Dune", "The Matrix", "Fargo", "Dune"]


def test_undoing_a_later_answer_keeps_what_was_accepted_before_it() -> None:
    works = [work("The Matrix", 1999), work("Dune"), work("Fargo", 1996), work("Unheard")]
    run = Run(works, AcceptSure(candidate=MATRIX), Skip(), Undo(), Pick(candidate=DUNE), Skip())
    assert [one.work.title for one in run.questions] == ["The Matrix", "Dune", "Unheard", "Dune", "Unheard"]
    assert run.chosen()[2] == (FARGO, DecidedBy.SCORE)


@pytest.mark.parametrize(
    ("picked", "read_as"),
    [pytest.param(FARGO_SHOW, 1, id="of-the-other-kind"), pytest.param(FARGO, None, id="of-the-works-own-kind")],
)
def test_a_choice_of_the_other_kind_is_read_as_the_reading_of_that_kind(picked: Candidate, read_as: int | None) -> None:
    others = (
        OtherReading(kind=Kind.MOVIE, title="Fargo 101"),
        OtherReading(kind=Kind.SHOW, title="Fargo", season=1, episodes=(1,)),
    )
    run = Run(
        [replace(work("Fargo", 1996), others=others)], LookUp(text=f"trakt:{picked.ids.trakt}"), Pick(candidate=picked)
    )
    (chosen,) = run.matches
    assert isinstance(chosen, Sure)
    assert chosen.read_as == (others[read_as] if read_as is not None else None)


def test_each_candidate_is_offered_with_its_distance_in_words() -> None:
    run = Run([work("Dune", 2021)], SearchFor(words="fargo"), Skip())
    first, second = run.questions
    assert [one.likeness for one in first.offers] == ["title and year agree", "title agrees, year off by 37"]
    assert [one.likeness for one in second.offers] == ["title differs, year off by 25"]
