"""A film in several files is whole only when every part is."""

import pytest

from cvi_trakt.identify.names import Identifier
from cvi_trakt.identify.parts import without_torn
from cvi_trakt.media import IdentifiedFile, Identity, NotAWork, ScanResult, Status


class CountingIdentifier(Identifier):
    """Notes the paths that it reads."""

    def __init__(self) -> None:
        super().__init__()
        self.paths: list[str] = []

    def identify(self, result: ScanResult) -> Identity:
        self.paths.append(result.path)
        return super().identify(result)


@pytest.fixture(scope="module")
def identifier() -> Identifier:
    return Identifier()


def files(identifier: Identifier, *paths: str) -> list[IdentifiedFile]:
    results = [ScanResult(path=path, status=Status.HEALTHY) for path in paths]
    return [IdentifiedFile(result=result, identity=identifier.identify(result)) for result in results]


def broken(path: str, status: Status = Status.CORRUPT) -> ScanResult:
    return ScanResult(path=path, status=status)


def reasons(kept: list[IdentifiedFile]) -> list[str | None]:
    return [one.identity.reason if isinstance(one.identity, NotAWork) else None for one in kept]


@pytest.mark.parametrize(
    ("good", "bad", "reason"),
    [
        pytest.param(
            "/f/Heat (1995)/Heat.1995.CD1.avi",
            "/f/Heat (1995)/Heat.1995.CD2.avi",
            "part 2 is CORRUPT: Heat.1995.CD2.avi",
            id="second-disc",
        ),
        pytest.param(
            "/f/Heat (1995)/Heat.1995.CD2.avi",
            "/f/Heat (1995)/Heat.1995.CD1.avi",
            "part 1 is CORRUPT: Heat.1995.CD1.avi",
            id="first-disc",
        ),
        pytest.param(
            "/f/Heat (1995)/Heat (1995) - part1.mkv",
            "/f/Heat (1995)/Heat (1995) - part2.mkv",
            "part 2 is CORRUPT: Heat (1995) - part2.mkv",
            id="part",
        ),
        pytest.param(
            "/f/Heat (1995)/CD1/Heat.1995.CD1.avi",
            "/f/Heat (1995)/CD2/Heat.1995.CD2.avi",
            "part 2 is CORRUPT: Heat.1995.CD2.avi",
            id="folder-for-each",
        ),
        pytest.param(
            "D:\\f\\Heat (1995)\\Heat.1995.CD1.avi",
            "D:\\f\\Heat (1995)\\Heat.1995.CD2.avi",
            "part 2 is CORRUPT: Heat.1995.CD2.avi",
            id="windows",
        ),
        pytest.param(
            "/f/Heat (1995)/Heat (1995) - disc1.avi",
            "/f/Heat (1995)/Heat (1995) - disc2.avi",
            "part 2 is CORRUPT: Heat (1995) - disc2.avi",
            id="suffix-disc",
        ),
        pytest.param(
            "/f/Heat (1995)/Heat (1995) - dvd1.avi",
            "/f/Heat (1995)/Heat (1995) - dvd2.avi",
            "part 2 is CORRUPT: Heat (1995) - dvd2.avi",
            id="suffix-dvd",
        ),
        pytest.param(
            "/f/Heat (1995)/Heat (1995) (1 of 2).avi",
            "/f/Heat (1995)/Heat (1995) (2 of 2).avi",
            "part 2 is CORRUPT: Heat (1995) (2 of 2).avi",
            id="counted",
        ),
        pytest.param(
            "/f/Heat (1995)/Heat (1995) Disk 1 of 2.avi",
            "/f/Heat (1995)/Heat (1995) Disk 2 of 2.avi",
            "part 2 is CORRUPT: Heat (1995) Disk 2 of 2.avi",
            id="counted-disks",
        ),
        pytest.param(
            "/f/Heat (1995)/Heat (1995) part a.avi",
            "/f/Heat (1995)/Heat (1995) part b.avi",
            "part 2 is CORRUPT: Heat (1995) part b.avi",
            id="lettered-part",
        ),
        pytest.param(
            "/f/Heat (1995)/Heat (1995)-A.avi",
            "/f/Heat (1995)/Heat (1995)-B.avi",
            "part 2 is CORRUPT: Heat (1995)-B.avi",
            id="letter",
        ),
        pytest.param(
            "/f/Heat (1995)/VTS_01_1.VOB",
            "/f/Heat (1995)/VTS_01_2.VOB",
            "part 2 is CORRUPT: VTS_01_2.VOB",
            id="title-set",
        ),
        pytest.param(
            "/f/Heat (1995)/Disc 1/VIDEO_TS/VTS_01_1.VOB",
            "/f/Heat (1995)/Disc 2/VIDEO_TS/VTS_01_1.VOB",
            "part 1 is CORRUPT: VTS_01_1.VOB",
            id="title-set-of-another-disc",
        ),
        pytest.param(
            "/f/Heat CD1/heat.1995.cd1.avi",
            "/f/Heat CD2/heat.1995.cd2.avi",
            "part 2 is CORRUPT: heat.1995.cd2.avi",
            id="sibling-folders",
        ),
        pytest.param(
            "/f/Heat (1995) CD1/Heat.1995.avi",
            "/f/Heat (1995) CD2/Heat.1995.avi",
            "part 2 is CORRUPT: Heat.1995.avi",
            id="only-sibling-folders",
        ),
        pytest.param(
            "/f/Heat (1995)/Disk 1 of 2/heat.avi",
            "/f/Heat (1995)/Disk 2 of 2/heat.avi",
            "part 2 is CORRUPT: heat.avi",
            id="folders-of-counted-disks",
        ),
    ],
)
def test_a_part_is_skipped_where_another_was_left_out(identifier: Identifier, good: str, bad: str, reason: str) -> None:
    assert reasons(without_torn(files(identifier, good), [broken(bad)], identifier.identify)) == [reason]


@pytest.mark.parametrize("status", [Status.SUSPICIOUS, Status.UNREADABLE, Status.UNKNOWN])
def test_the_reason_says_the_status(identifier: Identifier, status: Status) -> None:
    kept = without_torn(
        files(identifier, "/f/Heat.1995.CD1.avi"), [broken("/f/Heat.1995.CD2.avi", status)], identifier.identify
    )
    assert reasons(kept) == [f"part 2 is {status.value}: Heat.1995.CD2.avi"]


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        pytest.param("/f/Heat.1995.CD1.avi", "/f/Ronin.1998.CD2.avi", id="another-film"),
        pytest.param("/f/Heat.1995.CD1.avi", "/f/Heat.1986.CD2.avi", id="another-year"),
        pytest.param("/f/Heat.1995.CD1.avi", "/g/Heat.1995.CD2.avi", id="another-folder"),
        pytest.param("/f/Heat.1995.CD1.avi", "/f/Heat.1995.avi", id="the-whole-film"),
        pytest.param("/f/Heat.1995.avi", "/f/Heat.1995.CD2.avi", id="whole-beside-a-part"),
        pytest.param("/f/Heat.1995.CD1.avi", "/f/Heat.1995.CD1.mkv", id="another-copy-of-the-part"),
        pytest.param("/f/Firefly.S01E01.mkv", "/f/Firefly.S01E02.mkv", id="episodes"),
        pytest.param("/f/Heat.1995.CD1.avi", "/f/sample.avi", id="sample"),
        pytest.param("/f/Kill Bill Part 1 (2003).avi", "/f/Kill Bill Part 2 (2003).avi", id="part-in-the-title"),
        pytest.param("/f/Heat.1995.DVD9.avi", "/f/Heat.1995.DVD5.avi", id="sizes-of-discs"),
        pytest.param("/f/Heat.1995.XviD-A.avi", "/f/Heat.1995.x264-B.avi", id="groups-of-one-letter"),
        pytest.param("/f/Heat (1995)-A.avi", "/f/Heat (1995).avi", id="letter-without-another"),
        pytest.param("/f/Heat/VTS_01_1.VOB", "/f/Heat/VTS_02_1.VOB", id="another-title-set"),
        pytest.param("/mnt/disk 1/Heat.1995.avi", "/mnt/disk 2/Heat.1995.avi", id="copies-on-two-disks"),
        pytest.param("/f/Films disk 1/Heat.1995.avi", "/f/Films disk 2/Heat.1995.avi", id="copies-on-two-named-disks"),
        pytest.param("/f/Planet Earth (2006) 1of11.avi", "/f/Planet Earth (2006) 2of11.avi", id="counted-episodes"),
        pytest.param(
            "/f/Show (2006)/Show.S01E01.1of2.mkv", "/f/Show (2006)/Show.S01E02.2of2.mkv", id="episodes-that-are-parts"
        ),
    ],
)
def test_what_no_part_of_it_is_tears_no_film(identifier: Identifier, good: str, bad: str) -> None:
    whole = files(identifier, good)
    assert without_torn(whole, [broken(bad)], identifier.identify) == whole


def test_a_part_that_is_there_as_a_good_copy_is_not_missed(identifier: Identifier) -> None:
    whole = files(identifier, "/f/Heat.1995.CD1.avi", "/f/Heat.1995.CD2.mkv")
    assert without_torn(whole, [broken("/f/Heat.1995.CD2.avi")], identifier.identify) == whole


def test_all_good_parts_of_a_torn_film_are_skipped_and_nothing_else(identifier: Identifier) -> None:
    kept = without_torn(
        files(identifier, "/f/Heat.1995.CD1.avi", "/f/Ronin.1998.CD1.avi", "/f/Heat.1995.CD3.avi"),
        [broken("/f/Heat.1995.CD2.avi")],
        identifier.identify,
    )
    torn = "part 2 is CORRUPT: Heat.1995.CD2.avi"
    assert reasons(kept) == [torn, None, torn]
    assert [one.result.path for one in kept] == [
        "/f/Heat.1995.CD1.avi",
        "/f/Ronin.1998.CD1.avi",
        "/f/Heat.1995.CD3.avi",
    ]


def test_of_two_missing_parts_the_first_is_named(identifier: Identifier) -> None:
    kept = without_torn(
        files(identifier, "/f/Heat.1995.CD1.avi"),
        [broken("/f/Heat.1995.CD3.avi"), broken("/f/Heat.1995.CD2.avi")],
        identifier.identify,
    )
    assert reasons(kept) == ["part 3 is CORRUPT: Heat.1995.CD3.avi"]


def test_relative_paths_count_from_the_base(identifier: Identifier) -> None:
    kept = without_torn(
        files(identifier, "/f/Heat.1995.CD1.avi"), [broken("Heat.1995.CD2.avi")], identifier.identify, base="/f"
    )
    assert reasons(kept) == ["part 2 is CORRUPT: Heat.1995.CD2.avi"]


@pytest.mark.parametrize(
    ("good", "read"),
    [
        pytest.param("/f/Heat/Heat.1995.CD1.avi", ["/f/Heat/Heat.1995.CD2.avi"], id="only-the-folder-of-a-part"),
        pytest.param("/f/Heat/Heat.1995.avi", [], id="none-without-parts"),
    ],
)
def test_only_names_beside_a_part_are_read(identifier: Identifier, good: str, read: list[str]) -> None:
    counting = CountingIdentifier()
    left_out = [broken("/f/Heat/Heat.1995.CD2.avi"), broken("/f/Ronin/Ronin.1998.CD2.avi")]
    without_torn(files(identifier, good), left_out, counting.identify)
    assert counting.paths == read
