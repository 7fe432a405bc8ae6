"""Searches run ahead of the work that is decided: its caller sees them in order, and none goes on after the end."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from match.counting import Catalogue, Notebook, film, work

from cvi_trakt.errors import TraktUnavailableError
from cvi_trakt.match.ahead import THREADS, WINDOW, Ahead
from cvi_trakt.match.search import Matcher
from cvi_trakt.matches import Candidate, Match, Sure
from cvi_trakt.media import Work

NAMES = [f"Film {number}" for number in range(1, 61)]


class Gate:
    """Holds up questions of some works until it is opened, and tells how many wait."""

    def __init__(self, *names: str) -> None:
        self._questions = {f"exact movie {name}" for name in names}
        self._arrived = threading.Semaphore(0)
        self._open = threading.Event()

    def __call__(self, question: str) -> None:
        if question in self._questions:
            self._arrived.release()
            assert self._open.wait(timeout=10)

    def wait_for(self, number: int) -> None:
        for _ in range(number):
            assert self._arrived.acquire(timeout=10)

    def open(self) -> None:
        self._open.set()

    def open_after(self, number: int) -> threading.Thread:
        """Open it as soon as so many wait; gives the thread that does."""

        def watch() -> None:
            self.wait_for(number)
            self.open()

        watcher = threading.Thread(target=watch)
        watcher.start()
        return watcher


class Witness(Notebook):
    """Notes the thread of everything that it is asked and told."""

    def __init__(self) -> None:
        super().__init__()
        self.threads: set[int] = set()

    def recall(self, work: Work) -> Match | None:
        self.threads.add(threading.get_ident())
        return super().recall(work)

    def remember(self, match: Match) -> None:
        self.threads.add(threading.get_ident())
        super().remember(match)


class CallOff:
    """What ends the waiting of searches; counts how often it is asked to."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> None:
        self.count += 1


def library(names: list[str]) -> list[Candidate]:
    return [film(name, 2000, number) for number, name in enumerate(names, start=1)]


def works(names: list[str]) -> list[Work]:
    return [work(name, 2000) for name in names]


def title_of(match: Match) -> str:
    assert isinstance(match, Sure), match
    return match.candidate.title


@pytest.fixture(autouse=True)
def _no_thread_is_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    for thread in set(threading.enumerate()) - before:
        thread.join(timeout=10)
        assert not thread.is_alive()


def test_works_are_decided_in_their_order_whichever_answer_comes_first() -> None:
    gate = Gate(NAMES[0])
    catalogue = Catalogue(*library(NAMES), before=gate)
    notebook = Notebook()
    every = works(NAMES)
    with Ahead(Matcher(catalogue, notebook), every, call_off=CallOff()) as ahead:
        opener = gate.open_after(1)
        answers = [title_of(ahead.match(one)) for one in every]
        opener.join()
    assert answers == NAMES
    assert list(notebook.kept) == NAMES
    assert sorted(catalogue.asked) == sorted(f"exact movie {name}" for name in NAMES)


def test_works_are_searched_for_before_their_turn_but_not_without_end() -> None:
    gate = Gate(*NAMES)
    catalogue = Catalogue(*library(NAMES), before=gate)
    every = works(NAMES)
    with Ahead(Matcher(catalogue, Notebook()), every, call_off=CallOff()) as ahead:
        opener = gate.open_after(THREADS)
        ahead.match(every[0])
        opener.join()
    assert THREADS <= len(catalogue.asked) <= WINDOW


def test_what_is_remembered_is_recalled_and_kept_in_the_callers_thread() -> None:
    notebook = Witness()
    known = NAMES[1]
    first = Matcher(Catalogue(*library(NAMES)), notebook).match(work(known, 2000))
    catalogue = Catalogue(*library(NAMES))
    every = works(NAMES[:20])
    with Ahead(Matcher(catalogue, notebook), every, call_off=CallOff()) as ahead:
        answers = [ahead.match(one) for one in every]
    assert answers[1] == first
    assert f"exact movie {known}" not in catalogue.asked
    assert notebook.threads == {threading.get_ident()}


def test_what_was_decided_since_it_was_asked_for_counts() -> None:
    every = works(NAMES[:2])
    catalogue = Catalogue(*library(NAMES))
    notebook = Notebook()
    with Ahead(Matcher(catalogue, notebook), every, call_off=CallOff()) as ahead:
        chosen = notebook.kept[every[1].title] = ahead.match(every[0])  # as a person says of both
        assert ahead.match(every[1]) is chosen


def test_a_work_that_comes_twice_has_the_same_answer() -> None:
    every = works(NAMES[:3])
    catalogue = Catalogue(*library(NAMES))
    with Ahead(Matcher(catalogue, Notebook()), every, call_off=CallOff()) as ahead:
        answers = [title_of(ahead.match(one)) for one in (*every, every[1], every[2])]
    assert answers == [*NAMES[:3], NAMES[1], NAMES[2]]
    assert len(catalogue.asked) == 3


def test_a_search_that_fails_raises_at_its_work() -> None:
    def fail(question: str) -> None:
        if question == f"exact movie {NAMES[2]}":
            raise TraktUnavailableError("Trakt did not answer")

    every = works(NAMES)
    notebook = Notebook()
    call_off = CallOff()
    decided: list[str] = []

    def decide_all() -> None:
        with Ahead(Matcher(Catalogue(*library(NAMES), before=fail), notebook), every, call_off=call_off) as ahead:
            decided.extend(title_of(ahead.match(one)) for one in every)

    with pytest.raises(TraktUnavailableError, match="Trakt did not answer"):
        decide_all()
    assert decided == NAMES[:2]
    assert NAMES[2] not in notebook.kept
    assert call_off.count == 1


def test_after_an_error_nothing_is_asked_any_more_and_what_was_found_is_kept() -> None:
    found, under_way = NAMES[:4], NAMES[4 : 4 + THREADS]
    gate = Gate(*under_way)
    catalogue = Catalogue(*library(NAMES), before=gate)
    notebook = Notebook()
    call_off = CallOff()
    every = works(NAMES)

    def be_stopped() -> None:
        with Ahead(Matcher(catalogue, notebook), every, call_off=call_off) as ahead:
            ahead.match(every[0])
            gate.wait_for(THREADS)  # each thread is held up, so that what came before is found
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        be_stopped()
    assert (list(notebook.kept), call_off.count) == (found, 1)
    gate.open()
    for thread in threading.enumerate():
        if thread.name.startswith("search-"):
            thread.join(timeout=10)
    assert sorted(catalogue.asked) == sorted(f"exact movie {name}" for name in (*found, *under_way))
    assert list(notebook.kept) == found


def test_a_run_that_came_to_its_end_calls_nothing_off() -> None:
    call_off = CallOff()
    every = works(NAMES[:3])
    with Ahead(Matcher(Catalogue(*library(NAMES)), Notebook()), every, call_off=call_off) as ahead:
        for one in every:
            ahead.match(one)
    assert call_off.count == 0


def test_no_works_are_no_questions() -> None:
    catalogue = Catalogue()
    with Ahead(Matcher(catalogue, Notebook()), [], call_off=CallOff()):
        pass
    assert catalogue.asked == []
