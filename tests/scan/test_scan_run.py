"""Many files at once: results come as they are done, errors in their place, and who has enough ends the work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event

import pytest

from cvi_trakt.media import ScanResult, Status
from cvi_trakt.scan.find import Found
from cvi_trakt.scan.inspect.ffmpeg import FfmpegError
from cvi_trakt.scan.inspection import Inspection
from cvi_trakt.scan.run import inspections


def found(*paths: str) -> list[Found]:
    return [Found(path=path, size=1, changed_at=1) for path in paths]


def healthy(file: Found) -> Inspection:
    return Inspection(result=ScanResult(path=file.path, status=Status.HEALTHY))


def nothing() -> None:
    return


@dataclass
class Doing:
    """Work that a test makes up; it remembers what was kept, and whether it was stopped."""

    inspect: Callable[[Found], Inspection]
    kept: list[str] = field(default_factory=list)
    stopped: Event = field(default_factory=Event)

    def keep(self, one: Inspection) -> None:
        self.kept.append(one.result.path)

    def stop(self) -> None:
        self.stopped.set()


def test_results_come_as_soon_as_they_are_done() -> None:
    first_may_end = Event()

    def slow_first(file: Found) -> Inspection:
        if file.path == "first":
            assert first_may_end.wait(20)
        return healthy(file)

    came: list[str] = []
    with inspections(found("first", "second", "third"), Doing(slow_first), jobs=2, look=nothing) as results:
        for one in results:
            came.append(one.result.path)
            if len(came) == 2:
                first_may_end.set()
    assert came == ["second", "third", "first"]


def test_an_error_stops_the_work_and_comes_where_the_result_would() -> None:
    def fails(file: Found) -> Inspection:
        if file.path == "bad":
            raise FfmpegError("ffmpeg cannot be started")
        return healthy(file)

    came: list[str] = []
    work = Doing(fails)
    with (
        pytest.raises(FfmpegError, match="cannot be started"),
        inspections(found("good", "bad", "good"), work, jobs=1, look=nothing) as results,
    ):
        came.extend(one.result.path for one in results)
    assert (came, work.stopped.is_set()) == (["good"], True)


def test_a_reader_that_has_enough_ends_the_work_and_what_was_stopped_is_not_kept() -> None:
    begun: list[str] = []

    def inspect_one(file: Found) -> Inspection:
        begun.append(file.path)
        if file.path != "first":
            assert work.stopped.wait(20)
        return healthy(file)

    work = Doing(inspect_one)
    with inspections(found("first", "second", "third", "fourth"), work, jobs=1, look=nothing) as results:
        assert next(results).result.path == "first"
    assert begun in (["first"], ["first", "second"])
    assert work.kept == ["first"]


def test_a_result_is_kept_before_the_next_file_is_begun() -> None:
    kept_before: list[list[str]] = []

    def inspect_one(file: Found) -> Inspection:
        kept_before.append(list(work.kept))
        return healthy(file)

    work = Doing(inspect_one)
    with inspections(found("first", "second", "third"), work, jobs=1, look=nothing) as results:
        assert len(list(results)) == 3
    assert kept_before == [[], ["first"], ["first", "second"]]


def test_there_is_a_look_aside_while_nothing_is_done() -> None:
    looked = Event()

    def until_looked(file: Found) -> Inspection:
        assert looked.wait(20)
        return healthy(file)

    with inspections(found("one"), Doing(until_looked), jobs=1, look=looked.set) as results:
        assert [one.result.path for one in results] == ["one"]


def test_ten_thousand_files_are_no_trouble() -> None:
    files = found(*map(str, range(10_000)))
    with inspections(files, Doing(healthy), jobs=4, look=nothing) as results:
        assert sorted(int(one.result.path) for one in results) == list(range(10_000))
