"""``decisions export`` and ``import``: out of one store, edited, into another one."""

from __future__ import annotations

import shutil

import pytest
from asking import DUNE_1984, DUNE_2021, MATRIX, finish
from driving import NOTHING_THERE, Program, TraktProcess
from terminal import ENTER, Terminal

from cvi_trakt.sandbox import CLIENT_ID

DUNE, HEAT, OFFICE = "/v/Dune.mkv", "/v/Scarface.mkv", "/tv/The.Office.S01E01.mkv"
WIDE = (60, 120)
EXPORTED = """\
version: 1
decisions:
- kind: movie
  title: Dune
  folder: /v
  decision:
    movie: trakt:900000004 tt0087182 tmdb:841
    title: Dune
    year: 1984
- kind: movie
  title: Scarface
  folder: /v
  decision: never
"""


@pytest.fixture
def answered(program: Program) -> Program:
    """The program with two answers of a person's, a skip and a match by score."""
    program.scan(DUNE, HEAT, OFFICE, "/v/The.Matrix.1999.mkv")
    assert program.run("sync", "scan.json", "-n").code == 0
    with Terminal(program, "review", size=WIDE) as terminal:
        terminal.wait_for("for 'The Office': (arrows")
        terminal.send("0" + ENTER)
        terminal.wait_for("for 'Dune': (arrows")
        terminal.send("2" + ENTER)
        terminal.wait_for("for 'Scarface': (arrows")
        terminal.send("z" + ENTER)
        finish(terminal)
    return program


def move(program: Program) -> None:
    """Go to another machine: the same files, an empty state."""
    shutil.rmtree(program.folder / "state")


def outcomes(program: Program) -> list[object]:
    results = program.run("sync", "scan.json", "-n", "--format", "json").json["results"]
    return [one.get("trakt_id", one["status"]) for one in results]


def without_comments(text: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith("#"))


def test_a_persons_decisions_are_exported_as_yaml_to_read(answered: Program) -> None:
    ended = answered.run("decisions", "export")
    assert (ended.code, ended.err) == (0, "")
    assert without_comments(ended.out) == EXPORTED
    assert "# To change one, put one id in the place of all that stand after movie: or show:.\n" in ended.out


def test_others_decisions_are_exported_when_they_are_meant(answered: Program) -> None:
    exported = answered.run("decisions", "export", "--by", "score").out
    assert "movie: trakt:481 tt0133093 tmdb:603" in exported
    assert "Dune" not in exported


def test_words_and_kind_choose_what_is_exported(answered: Program) -> None:
    assert "Dune" not in without_comments(answered.run("decisions", "export", "scarface").out)
    assert without_comments(answered.run("decisions", "export", "--kind", "show").out) == "version: 1\ndecisions: []\n"


def test_what_is_exported_can_be_imported_elsewhere_without_a_request(answered: Program, trakt: TraktProcess) -> None:
    assert answered.run("decisions", "export", "-o", "mine.yaml").err == "Written to mine.yaml\n"
    move(answered)
    trakt.forget_requests()
    ended = answered.run("decisions", "import", "mine.yaml", env={"CVI_TRAKT_CLIENT_ID": None})
    assert (ended.code, ended.out) == (0, "Added: 2, there already: 0, kept as you had decided: 0\n")
    assert trakt.requests() == []
    assert outcomes(answered)[:2] == [DUNE_1984, "skipped"]
    exported = answered.run("decisions", "export").out
    assert exported == (answered.folder / "mine.yaml").read_text()


def test_a_file_may_be_piped(answered: Program) -> None:
    exported = answered.run("decisions", "export").out
    move(answered)
    assert answered.run("decisions", "import", "-", stdin=exported).out.startswith("Added: 2,")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param("tt1160419", DUNE_2021, id="imdb-id"),
        pytest.param("tmdb:603", MATRIX, id="tmdb-number"),
        pytest.param("tt0133093 tmdb:603", MATRIX, id="two-ids-of-one-film"),
        pytest.param("https://trakt.tv/movies/dune-2021", DUNE_2021, id="url-of-trakt"),
        pytest.param("https://www.imdb.com/title/tt1160419/", DUNE_2021, id="url-of-imdb"),
        pytest.param("trakt:481", MATRIX, id="trakts-number"),
    ],
)
def test_an_edited_id_is_looked_up_and_counts(answered: Program, written: str, expected: int) -> None:
    edited = answered.run("decisions", "export").out.replace("trakt:900000004 tt0087182 tmdb:841", written)
    answered.write("edited.yaml", edited)
    ended = answered.run("decisions", "import", "edited.yaml", "--replace")
    assert ended.out == "Added: 1, there already: 1, kept as you had decided: 0\n"
    assert outcomes(answered)[0] == expected


def test_a_number_of_no_catalogue_is_refused(answered: Program) -> None:
    answered.write("a.yaml", "decisions: [{kind: movie, title: Dune, folder: /v, decision: {movie: 841}}]")
    ended = answered.run("decisions", "import", "a.yaml")
    assert (ended.code, ended.out) == (2, "")
    assert "841 does not say of which catalogue it is; expected trakt:841 or tmdb:841" in ended.err


def test_an_own_decision_stays_unless_it_is_to_be_replaced(answered: Program) -> None:
    edited = answered.run("decisions", "export").out.replace("trakt:900000004 tt0087182 tmdb:841", "trakt:900000005")
    answered.write("edited.yaml", edited)
    ended = answered.run("decisions", "import", "edited.yaml")
    assert ended.out == "Added: 0, there already: 1, kept as you had decided: 1\n"
    assert ended.err == "--replace puts the file's decisions in the place of yours\n"
    assert outcomes(answered)[0] == DUNE_1984
    assert answered.run("decisions", "import", "edited.yaml", "--replace").out.startswith("Added: 1,")
    assert outcomes(answered)[0] == DUNE_2021


def test_what_is_imported_counts_as_a_persons_and_is_not_asked_about(program: Program) -> None:
    program.write("a.yaml", "decisions: [{kind: movie, title: Dune, folder: /v, decision: {movie: trakt:481}}]")
    program.run("decisions", "import", "a.yaml")
    with Terminal(program, "sync", program.scan(DUNE), "-i", "-n", "-o", "report.json", size=WIDE) as terminal:
        finish(terminal)
    assert [one["decided_by"] for one in program.run("decisions", "list", "--format", "json").json] == ["person"]


def test_numbers_and_words_of_yaml_are_titles(program: Program) -> None:
    program.write("a.yaml", "decisions: [{kind: movie, title: 1917, year: 2019, decision: never},"
                            " {kind: movie, title: No, year: 2012, decision: never}]")  # fmt: skip
    assert program.run("decisions", "import", "a.yaml").out.startswith("Added: 2,")
    assert [one["title"] for one in program.run("decisions", "list", "--format", "json").json] == ["1917", "No"]


def test_a_country_is_meant_in_any_case_and_ids_of_the_path_are_a_key(program: Program) -> None:
    program.write("a.yaml", "decisions: [{kind: show, title: The Office, country: us, folder: /tv, decision: never},"
                            " {kind: movie, title: Inception, ids: {imdb: tt1375666}, decision: never}]")  # fmt: skip
    program.run("decisions", "import", "a.yaml")
    program.scan("/tv/The.Office.US.S01E01.mkv", "/v/Inception {imdb-tt1375666}.mkv")
    assert outcomes(program) == ["skipped", "skipped"]


DUNE_IS = "- {kind: movie, title: Dune, folder: /v, decision: "
BROKEN = [
    pytest.param("", "is empty; expected `decisions:`", id="empty"),
    pytest.param("# only a comment\n", "is empty; expected `decisions:`", id="only-comments"),
    pytest.param("\x00\x01\x02", "not readable as YAML", id="binary"),
    pytest.param("decisions: [", "line 1: not readable as YAML", id="not-yaml"),
    pytest.param("- a\n- b\n", "expected version and decisions", id="a-list"),
    pytest.param("just words\n", "expected version and decisions", id="text"),
    pytest.param("decisons: []\n", "unknown key 'decisons'; did you mean decisions?", id="typo-at-the-top"),
    pytest.param("version: 1\n", "expected `decisions:` with entries", id="no-decisions"),
    pytest.param("version: 7\ndecisions: []\n", "version: expected 1; a newer", id="newer"),
    pytest.param("decisions: {kind: movie}\n", "decisions: expected a list of entries", id="no-list"),
    pytest.param("decisions: [movie]\n", "entry 1 (line 1): expected kind and title", id="no-entry"),
    pytest.param(
        "decisions:\n" + DUNE_IS + "never}\n- kind: movie\n  tilte: Heat\n",
        "entry 2 (line 3), line 4: unknown key 'tilte'; did you mean title?",
        id="typo-in-a-key",
    ),
    pytest.param("decisions: [{kind: movie, title: A, title: B}]", "title stands there twice", id="a-key-twice"),
    pytest.param("decisions: [{title: A, decision: never}]", "entry 1 (line 1): kind is missing", id="no-kind"),
    pytest.param("decisions: [{kind: movie, title: A}]", "decision is missing", id="no-decision"),
    pytest.param(
        "decisions: [{kind: film, title: A, decision: never}]", "kind: expected movie or show, not 'film'", id="kind"
    ),
    pytest.param("decisions: [{kind: movie, title: [A], decision: never}]", "title: expected text", id="wrong-type"),
    pytest.param("decisions: [{kind: movie, title: , decision: never}]", "title: expected text", id="no-title"),
    pytest.param(
        "decisions: [{kind: movie, title: A, year: soon, decision: never}]", "year: expected a year", id="no-year"
    ),
    pytest.param(
        "decisions: [{kind: movie, title: A, country: USA, decision: never}]", "expected two letters", id="country"
    ),
    pytest.param("decisions: [{kind: movie, title: A, ids: {imdb: 5}, decision: never}]", "imdb: expected", id="id"),
    pytest.param(
        "decisions: [{kind: movie, title: A, ids: {omdb: 5}, decision: never}]", "unknown key 'omdb'", id="catalogue"
    ),
    pytest.param("decisions:\n" + DUNE_IS + "maybe}", "decision: expected never, or movie: or show:", id="neither"),
    pytest.param("decisions:\n" + DUNE_IS + "{}}", "decision: expected movie: or show:", id="nothing-decided"),
    pytest.param("decisions:\n" + DUNE_IS + "{movie: tt1, show: tt2}}", "only one of them", id="both"),
    pytest.param("decisions:\n" + DUNE_IS + "{movie: the matrix!}}", "Type tt0133093, tmdb:603", id="no-id"),
    pytest.param(
        "decisions:\n" + DUNE_IS + "{movie: 'https://trakt.tv/shows/fargo'}}", "expected a movie", id="another-kind"
    ),
    pytest.param(
        "decisions:\n" + DUNE_IS + "never}\n" + DUNE_IS + "{movie: trakt:481}}\n",
        "entry 2 (line 3): is about the same work as entry 1 (line 2)",
        id="the-same-work-twice",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "said"), BROKEN)
def test_a_file_that_is_wrong_anywhere_changes_nothing(
    program: Program, trakt: TraktProcess, text: str, said: str
) -> None:
    program.write("good.yaml", "decisions: [{kind: movie, title: Heat, year: 1995, decision: never}]")
    program.run("decisions", "import", "good.yaml")
    before = program.run("decisions", "list", "--format", "json").out
    program.write("broken.yaml", text)
    ended = program.run("decisions", "import", "broken.yaml", "--replace")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("cvi-trakt: broken.yaml")
    assert said in ended.err
    assert ended.err.count("\n") == 1
    assert program.run("decisions", "list", "--format", "json").out == before
    assert trakt.requests() == []


def test_a_file_that_is_no_text_is_said(program: Program) -> None:
    (program.folder / "film.mkv").write_bytes(bytes(range(256)) * 10)
    ended = program.run("decisions", "import", "film.mkv")
    assert (ended.code, ended.err.startswith("cvi-trakt: film.mkv: not readable as YAML (")) == (2, True)


def test_a_file_that_is_not_there_or_a_folder_is_said(program: Program) -> None:
    assert program.run("decisions", "import", "no.yaml").err == (
        "cvi-trakt: no.yaml: cannot be read: No such file or directory\n"
    )
    assert program.run("decisions", "import", ".").code == 2


GOOD = "decisions:\n- {kind: movie, title: Heat, year: 1995, decision: never}\n"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        pytest.param("tt9999999", "Trakt knows no movie under tt9999999; nothing was changed", id="unknown-id"),
        pytest.param("tt0386676", "Trakt knows no movie under tt0386676", id="a-shows-id"),
        pytest.param("tt0133093 tmdb:841", "tt0133093 and tmdb:841 are not one movie", id="two-films"),
    ],
)
def test_an_id_that_is_not_that_of_one_film_changes_nothing(program: Program, written: str, said: str) -> None:
    program.write("a.yaml", GOOD + DUNE_IS + "{movie: " + written + "}}\n")
    ended = program.run("decisions", "import", "a.yaml")
    assert ended.code == 2
    assert f"a.yaml: entry 2 (line 3): {said}" in ended.err
    assert program.run("decisions", "list", "--format", "json").json == []


def test_a_look_up_needs_a_client_id_and_trakt(program: Program) -> None:
    program.write("a.yaml", GOOD + DUNE_IS + "{movie: tt1160419}}\n")
    without = program.run("decisions", "import", "a.yaml", env={"CVI_TRAKT_CLIENT_ID": None})
    assert (without.code, "Client ID not found" in without.err) == (2, True)
    nowhere = program.run(
        "decisions", "import", "a.yaml", env={"CVI_TRAKT_API_URL": NOTHING_THERE, "CVI_TRAKT_MAX_TRIES": "1"}
    )
    assert nowhere.code == 5
    assert program.run("decisions", "list", "--format", "json").json == []
    assert CLIENT_ID not in nowhere.err


def test_an_output_that_cannot_be_written_is_said_first(program: Program) -> None:
    assert program.run("decisions", "export", "-o", "no/such/folder.yaml").code == 2
