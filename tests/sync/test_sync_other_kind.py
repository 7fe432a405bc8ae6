"""What is added follows the candidate: a person may say that a file is of the other kind."""

from __future__ import annotations

import pytest

from cvi_trakt.matches import Candidate, DecidedBy, Declined, Match, Sure
from cvi_trakt.media import Episodes, Film, IdentifiedFile, Ids, Kind, Level, ScanResult, Status, Work
from cvi_trakt.plans import Outcome, Result, Target, UnitKind
from cvi_trakt.sync.plan import make_plan
from cvi_trakt.sync.report import count, heading, verdict

WATCHLIST = Target(name="watchlist")
FILM = Candidate(kind=Kind.MOVIE, title="Westworld", year=1973, ids=Ids(trakt=1))
SHOW = Candidate(kind=Kind.SHOW, title="Westworld", year=2016, ids=Ids(trakt=2))


def work(identity: Film | Episodes) -> Work:
    kind = Kind.MOVIE if isinstance(identity, Film) else Kind.SHOW
    file = IdentifiedFile(result=ScanResult(path="/v/x.mkv", status=Status.HEALTHY), identity=identity)
    return Work(kind=kind, title="Westworld", year=None, files=(file,))


AS_FILM = work(Film(title="Westworld"))
AS_EPISODE = work(Episodes(title="Westworld", season=1, episodes=(1,)))
AS_DATED = work(Episodes(title="Westworld", date="2016-10-02"))


def picked(one: Work, candidate: Candidate) -> Sure:
    return Sure(work=one, candidate=candidate, distance=None, reason="chosen by you", decided_by=DecidedBy.PERSON)


def planned(match: Match, level: Level) -> Outcome:
    plan = make_plan([match], target=WATCHLIST, present=frozenset(), room=None, level=level)
    return plan.outcomes[0]


@pytest.mark.parametrize("level", list(Level))
@pytest.mark.parametrize("one", [AS_EPISODE, AS_DATED], ids=["an-episode", "a-dated-episode"])
def test_an_episode_that_is_a_film_is_added_as_the_film(one: Work, level: Level) -> None:
    outcome = planned(picked(one, FILM), level)
    assert [unit.key for unit in outcome.added] == [(UnitKind.MOVIE, 1, None, None)]
    assert outcome.reason == "chosen by you"
    assert (count([outcome]).movies_added, count([outcome]).shows_added) == (1, 0)
    assert heading(outcome) == "Westworld (1973) [movie]"


def test_a_film_that_is_a_show_is_added_as_the_show() -> None:
    outcome = planned(picked(AS_FILM, SHOW), Level.SHOW)
    assert [unit.key for unit in outcome.added] == [(UnitKind.SHOW, 2, None, None)]
    assert (count([outcome]).movies_added, count([outcome]).shows_added) == (0, 1)
    assert heading(outcome) == "Westworld (2016) [show]"


@pytest.mark.parametrize("level", [Level.SEASON, Level.EPISODE])
def test_a_film_that_is_a_show_has_no_season_to_add(level: Level) -> None:
    outcome = planned(picked(AS_FILM, SHOW), level)
    assert (outcome.result, outcome.reason, outcome.added) == (Result.FAILED, "no season number in the names", ())


def test_what_a_person_skipped_counts_as_skipped_and_not_in_the_total() -> None:
    outcome = planned(Declined(work=AS_FILM, candidates=(), reason="by you"), Level.SHOW)
    assert verdict(outcome, WATCHLIST) == "⏭ Skipped: by you"
    assert (count([outcome]).total, count([outcome]).skipped) == (0, 1)
