"""Names are read once and kept; what lies beside the videos is looked at anew in every run."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cvi_trakt.disk import RealDisk
from cvi_trakt.identification import Key, Naming
from cvi_trakt.identify.beside import Beside
from cvi_trakt.identify.declared import Sources
from cvi_trakt.identify.names import Identifier
from cvi_trakt.media import Episodes, Film, Identity, Ids, NotAWork, ScanResult, Status
from cvi_trakt.store.names import Names

HEAT = ScanResult(path="/f/Heat (1995).mkv", status=Status.HEALTHY)
RONIN = ScanResult(path="/f/Ronin (1998).mkv", status=Status.HEALTHY)
PILOT = ScanResult(path="/f/Firefly - S01E01.mkv", status=Status.HEALTHY)
SAMPLE = ScanResult(path="/f/sample.mkv", status=Status.HEALTHY)
EVERY = [HEAT, PILOT, SAMPLE, RONIN]
WHAT_THEY_ARE = [
    Film(title="Heat", year=1995),
    Episodes(title="Firefly", season=1, episodes=(1,)),
    NotAWork(reason="sample"),
    Film(title="Ronin", year=1998),
]


class CountingIdentifier(Identifier):
    """Notes the paths that it reads."""

    def __init__(self, root: str | None = None) -> None:
        super().__init__(root)
        self.paths: list[str] = []

    def identify(self, result: ScanResult) -> Identity:
        self.paths.append(result.path)
        return super().identify(result)


class Notebook:
    """A cache in memory that notes what it was asked."""

    def __init__(self) -> None:
        self.rows: dict[Key, str] = {}
        self.asked: list[Key] = []

    def known(self, keys: Sequence[Key]) -> dict[Key, str]:
        self.asked.extend(keys)
        return {key: self.rows[key] for key in keys if key in self.rows}

    def keep(self, rows: Mapping[Key, str]) -> None:
        self.rows.update(rows)


class Run:
    """One run over a library, with what it read and what its progress said."""

    def __init__(self, cache: Notebook | Names | None, sources: Sources | None = None, root: str | None = None) -> None:
        self.identifier = CountingIdentifier(root)
        self.naming = Naming(self.identifier, sources or Sources(), cache, jobs=1)
        self.steps: list[tuple[int, int | None, str]] = []

    def over(self, results: Sequence[ScanResult]) -> list[Identity]:
        files = list(self.naming.identities(results, lambda *step: self.steps.append(step)))
        assert [file.result for file in files] == list(results)
        return [file.identity for file in files]

    @property
    def read(self) -> list[str]:
        return self.identifier.paths


@pytest.fixture
def sqlite(tmp_path: Path) -> Names:
    return names_in(tmp_path / "names.db")


def names_in(file: Path, version: str = "1") -> Names:
    told: list[str] = []
    return Names(file, version=version, now=lambda: datetime(2026, 1, 1, tzinfo=UTC), tell=told.append)


def test_files_are_identified_in_their_order() -> None:
    run = Run(None)
    assert run.over(EVERY) == WHAT_THEY_ARE
    assert run.read == [result.path for result in EVERY]
    assert run.steps == [(1, 4, "names read"), (2, 4, "names read"), (3, 4, "names read"), (4, 4, "names read")]


def test_a_second_run_reads_nothing() -> None:
    cache = Notebook()
    Run(cache).over(EVERY)
    second = Run(cache)
    assert second.over(EVERY) == WHAT_THEY_ARE
    assert (second.read, second.steps) == ([], [])


def test_a_second_run_reads_nothing_of_what_is_on_disk(tmp_path: Path) -> None:
    surrogate = ScanResult(path="/f/Am\udce9lie (2001).mkv", status=Status.HEALTHY)
    first = names_in(tmp_path / "names.db")
    Run(first).over([*EVERY, surrogate])
    first.flush()
    second = Run(names_in(tmp_path / "names.db"))
    assert second.over([surrogate, *EVERY]) == [Film(title="Amélie", year=2001), *WHAT_THEY_ARE]
    assert second.read == []


def test_what_other_rules_read_is_read_anew(tmp_path: Path) -> None:
    first = names_in(tmp_path / "names.db", version="1")
    Run(first).over(EVERY)
    first.flush()
    second = Run(names_in(tmp_path / "names.db", version="2"))
    assert second.over(EVERY) == WHAT_THEY_ARE
    assert second.read == [result.path for result in EVERY]


def test_only_what_is_new_is_read() -> None:
    cache = Notebook()
    Run(cache).over([HEAT, SAMPLE])
    second = Run(cache)
    assert second.over(EVERY) == WHAT_THEY_ARE
    assert second.read == [PILOT.path, RONIN.path]
    assert second.steps == [(1, 2, "names read"), (2, 2, "names read")]


def test_what_was_read_is_kept_though_the_run_ends_early() -> None:
    cache = Notebook()
    files = Naming(Identifier(), Sources(), cache, jobs=1).identities(EVERY, _stop_after_two)
    with pytest.raises(KeyboardInterrupt):
        list(files)
    second = Run(cache)
    second.over(EVERY)
    assert second.read == [SAMPLE.path, RONIN.path]


def _stop_after_two(number: int, _total: int | None, _what: str) -> None:
    if number == 2:
        raise KeyboardInterrupt


@pytest.mark.parametrize("text", ["", "nonsense", "{}", '{"Film":{"director":"Mann"}}'])
def test_a_kept_text_that_says_nothing_is_read_anew_and_replaced(text: str) -> None:
    cache = Notebook()
    Run(cache).over([HEAT])
    (key,) = cache.rows
    cache.rows[key] = text
    second = Run(cache)
    assert second.over([HEAT]) == [Film(title="Heat", year=1995)]
    assert second.read == [HEAT.path]
    assert cache.rows == {key: '{"Film":{"title":"Heat","year":1995}}'}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param((None, None), ("/f/Firefly (2002)", None), id="named"),
        pytest.param((None, None), (None, "/f/Firefly (2002)/x"), id="of-the-scan"),
        pytest.param(("/f/Firefly (2002)", None), (None, "/f/Firefly (2002)"), id="named-and-of-the-scan"),
    ],
)
def test_below_another_root_a_path_is_another(
    first: tuple[str | None, str | None], second: tuple[str | None, str | None]
) -> None:
    cache = Notebook()
    path, read = "/f/Firefly (2002)/x/S01E01.mkv", []
    for root, scan_root in (first, second):
        run = Run(cache, root=root)
        run.over([ScanResult(path=path, status=Status.HEALTHY, root=scan_root)])
        read.append(run.read)
    assert read == [[path], [path]]


def test_one_file_is_read_once_however_often_it_is_asked_for() -> None:
    run = Run(None)
    assert [run.naming.identity(HEAT) for _ in range(3)] == [Film(title="Heat", year=1995)] * 3
    assert run.over([HEAT, RONIN]) == [Film(title="Heat", year=1995), Film(title="Ronin", year=1998)]
    assert run.read == [HEAT.path, RONIN.path]


def test_the_cache_is_not_asked_for_what_was_just_read() -> None:
    cache = Notebook()
    run = Run(cache)
    run.naming.identity(HEAT)
    run.over([HEAT, RONIN])
    assert [path for _, path in cache.asked] == [RONIN.path]


def test_no_results_are_no_files() -> None:
    run = Run(Notebook())
    assert (run.over([]), run.steps) == ([], [])


def test_what_lies_beside_a_video_is_looked_at_though_its_name_is_kept(tmp_path: Path, sqlite: Names) -> None:
    (tmp_path / "Heat (1995).mkv").touch()
    result = ScanResult(path=str(tmp_path / "Heat (1995).mkv"), status=Status.HEALTHY)
    found: list[Ids] = []
    reads: list[int] = []
    for number in (949, 950, None):
        nfo = tmp_path / "Heat (1995).nfo"
        nfo.write_text(f"<movie><tmdbid>{number}</tmdbid></movie>") if number else nfo.unlink()
        run = Run(sqlite, Sources(beside=Beside(RealDisk())))
        (identity,) = run.over([result])
        sqlite.flush()
        assert isinstance(identity, Film)
        found.append(identity.ids)
        reads.append(len(run.read))
    assert found == [Ids(tmdb=949), Ids(tmdb=950), Ids()]
    assert reads == [1, 0, 0]


def test_one_file_alone_is_put_right_by_what_lies_beside_it(tmp_path: Path) -> None:
    (tmp_path / "Heat (1995).mkv").touch()
    (tmp_path / "Heat (1995).nfo").write_text("<movie><tmdbid>949</tmdbid></movie>")
    run = Run(None, Sources(beside=Beside(RealDisk())))
    identity = run.naming.identity(ScanResult(path=str(tmp_path / "Heat (1995).mkv"), status=Status.HEALTHY))
    assert isinstance(identity, Film)
    assert (identity.ids, identity.ids_from) == (Ids(tmdb=949), "Heat (1995).nfo")
