from __future__ import annotations

import pytest

from cvi_trakt.match.words import in_words, likeness
from cvi_trakt.matches import Candidate, Distance, Scored, TitleBy
from cvi_trakt.media import Film, IdentifiedFile, Ids, Kind, ScanResult, Status, Work


@pytest.mark.parametrize(
    ("distance", "words"),
    [
        pytest.param(Distance(title=0.0, year=0), "title and year agree", id="both"),
        pytest.param(Distance(title=0.0, year=None), "title agrees", id="title-only"),
        pytest.param(
            Distance(title=0.0, year=0, country=0, runtime=1), "title, year, country and runtime agree", id="all"
        ),
        pytest.param(Distance(title=0.4, year=2), "title differs, year off by 2", id="neither"),
        pytest.param(Distance(title=0.4, year=0), "title differs, year agrees", id="only-the-year"),
        pytest.param(Distance(title=0.0, year=12), "title agrees, year off by 12", id="another-year"),
        pytest.param(Distance(title=0.0, year=0, by=TitleBy.ALIAS), "alias and year agree", id="alias"),
        pytest.param(Distance(title=0.0, year=None, by=TitleBy.ORIGINAL), "original title agrees", id="original-title"),
        pytest.param(Distance(title=0.5, year=None, by=TitleBy.ALIAS), "title differs", id="no-alias-either"),
        pytest.param(
            Distance(title=0.0, year=0, by=TitleBy.SPELLING),
            "title agrees but for its spelling, year agrees",
            id="spelling",
        ),
        pytest.param(
            Distance(title=0.0, year=1, by=TitleBy.TYPO), "title agrees but for one letter, year off by 1", id="typo"
        ),
        pytest.param(Distance(title=0.0, year=None, country=1), "title agrees, country differs", id="country"),
        pytest.param(
            Distance(title=0.0, year=0, runtime=9), "title and year agree, runtime off by 9 min", id="runtime"
        ),
    ],
)
def test_a_distance_is_said_in_words(distance: Distance, words: str) -> None:
    assert in_words(distance) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        pytest.param(98 * 60 + 20.0, "title and year agree, 107 min against 98", id="both-lengths-are-named"),
        pytest.param(None, "title and year agree, runtime off by 9 min", id="or-the-difference"),
    ],
)
def test_lengths_that_differ_are_named(seconds: float | None, words: str) -> None:
    result = ScanResult(path="/v/Heat.1995.mkv", status=Status.HEALTHY)
    file = IdentifiedFile(result=result, identity=Film(title="Heat", year=1995))
    work = Work(kind=Kind.MOVIE, title="Heat", year=1995, duration=seconds, files=(file,))
    heat = Candidate(kind=Kind.MOVIE, title="Heat", year=1995, ids=Ids(trakt=1), runtime=107)
    assert likeness(work, Scored(candidate=heat, distance=Distance(title=0.0, year=0, runtime=9))) == words
