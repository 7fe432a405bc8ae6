"""How far a scan is: the arithmetic with a clock of the test's own, and what is drawn of it."""

from __future__ import annotations

import io

import pytest

from cvi_trakt.console import Console
from cvi_trakt.scan.find import Found
from cvi_trakt.scan.progress import Progress, Standing, as_bar, duration, in_words

GB = 1_000_000_000


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def files(*sizes: int | None) -> list[Found]:
    return [Found(path=f"/v/{number}.mkv", size=size, changed_at=0) for number, size in enumerate(sizes)]


def test_the_rate_and_the_time_left_come_from_what_was_done() -> None:
    clock, every = Clock(), files(3 * GB, 3 * GB, 4 * GB)
    progress = Progress(every, every, clock)
    progress.begin(every[0])
    clock.now += 10
    progress.watch("/v/0.mkv", 0.5)
    assert progress.standing() == Standing(
        files_done=0,
        files=3,
        size_done=1_500_000_000,
        size=10 * GB,
        rate=150_000_000,
        seconds_left=8_500 / 150,
        file="/v/0.mkv",
        share=0.5,
    )
    clock.now += 10
    progress.finish("/v/0.mkv")
    assert (progress.standing().files_done, progress.standing().size_done) == (1, 3 * GB)
    assert progress.standing().file is None


def test_the_rate_is_that_of_the_last_half_minute() -> None:
    clock, every = Clock(), files(100 * GB)
    progress = Progress(every, every, clock)
    progress.begin(every[0])
    for second in range(1, 61):
        clock.now += 1
        progress.watch("/v/0.mkv", second / 100 if second <= 30 else 0.3 + (second - 30) / 1000)
        progress.standing()
    assert progress.standing().rate == pytest.approx(GB / 10)


def test_files_that_need_not_be_looked_at_are_done_but_are_no_speed() -> None:
    clock, every = Clock(), files(9 * GB, GB)
    progress = Progress(every, every[1:], clock)
    clock.now += 5
    assert progress.standing() == Standing(files_done=1, files=2, size_done=9 * GB, size=10 * GB)


def test_nobody_knows_a_rate_in_the_first_moments_or_while_nothing_goes_on() -> None:
    clock, every = Clock(), files(GB, None)
    progress = Progress(every, every, clock)
    progress.begin(every[0])
    progress.watch("/v/0.mkv", 0.9)
    clock.now += 1
    assert progress.standing().rate is None
    clock.now += 60
    progress.standing()
    clock.now += 31
    assert (progress.standing().rate, progress.standing().seconds_left) == (None, None)


NOW = Standing(
    files_done=12,
    files=60,
    size_done=3_200_000_000,
    size=15_400_000_000,
    rate=85_000_000,
    seconds_left=130,
    file="/v/The.Matrix.1999.1080p.mkv",
    share=0.43,
)


def test_the_words_are_files_bytes_rate_and_time_left() -> None:
    assert in_words(NOW) == "12/60 files, 3.2 of 15.4 GB, 85 MB/s, 2 min left"
    assert in_words(Standing(files_done=0, files=1, size_done=0, size=0)) == "0/1 file"


@pytest.mark.parametrize(
    ("columns", "line"),
    [
        (
            119,
            "12/60 files [####----------------] 3.2 of 15.4 GB, 85 MB/s, 2 min left  The.Matrix.1999.1080p.mkv 43%",
        ),
        (79, "12/60 files [##--------] 3.2 of 15.4 GB, 85 MB/s, 2 min left  The.Matrix.1… 43%"),
        (64, "12/60 files [##--------] 3.2 of 15.4 GB, 85 MB/s, 2 min left"),
        (55, "12/60 files 3.2 of 15.4 GB, 85 MB/s, 2 min left"),
        (30, "12/60 files  The.Matrix.1… 43%"),
        (20, "12/60 files"),
    ],
)
def test_the_bar_fits_the_terminal(columns: int, line: str) -> None:
    assert as_bar(NOW, columns) == line
    assert len(line) <= columns


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 s"), (59.6, "1 min 0 s"), (3599, "59 min 59 s"), (3600, "1 h 0 min"), (1e6, "11 d 13 h")],
)
def test_a_time_has_its_two_biggest_units(seconds: float, words: str) -> None:
    assert duration(seconds) == words


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


class Shown:
    def __init__(self) -> None:
        self.text = "one"

    def bar(self, columns: int) -> str:
        return f"[{self.text}]"

    def words(self) -> str:
        return self.text


def console_at(stderr: io.StringIO, clock: Clock, *, quiet: bool = False) -> Console:
    return Console(stdout=io.StringIO(), stderr=stderr, verbose=False, quiet=quiet, clock=clock)


def test_on_a_terminal_the_bar_is_drawn_over_itself_ten_times_a_second() -> None:
    clock, screen, shown = Clock(), Screen(), Shown()
    console = console_at(screen, clock)
    for text in ("one", "two", "three", "four", "five"):
        shown.text = text
        console.live(shown)
        clock.now += 0.04
    console.end_progress()
    assert screen.getvalue() == "\r[one]\x1b[K\r[four]\x1b[K\r\x1b[K"


def test_a_bar_that_has_not_changed_is_not_drawn_again() -> None:
    clock, screen, shown = Clock(), Screen(), Shown()
    console = console_at(screen, clock)
    for _ in range(5):
        console.live(shown)
        clock.now += 1
    assert screen.getvalue() == "\r[one]\x1b[K"


def test_elsewhere_a_line_of_words_comes_every_ten_seconds() -> None:
    clock, lines, shown = Clock(), io.StringIO(), Shown()
    console = console_at(lines, clock)
    for second in range(25):
        shown.text = f"after {second} s"
        console.live(shown)
        clock.now += 1
    assert lines.getvalue() == "after 10 s\nafter 20 s\n"


def test_nothing_is_shown_when_quiet() -> None:
    clock, screen = Clock(), Screen()
    console = console_at(screen, clock, quiet=True)
    clock.now += 100
    console.live(Shown())
    assert screen.getvalue() == ""


def test_what_the_terminal_cannot_show_does_not_make_the_bar_too_wide() -> None:
    clock, screen, shown = Clock(), Screen(), Shown()
    screen.encoding = "ascii"
    shown.text = "千" * 40
    console_at(screen, clock).live(shown)
    drawn = screen.getvalue().removeprefix("\r").removesuffix("\x1b[K")
    assert drawn.startswith("[\\u5343\\u5343")
    assert len(drawn) == 79
