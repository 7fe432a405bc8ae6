"""Keys are set in a settings file, and all else in it stays as the person wrote it."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from cvi_trakt.errors import SettingsError
from cvi_trakt.media import Status
from cvi_trakt.secret import Secret
from cvi_trakt.settings_file import read_settings, template, update

ID = Secret("id-for-tests")


def mode_of(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.yaml"


def test_a_file_that_is_not_there_is_the_template_with_the_keys_in_their_places(tmp_path: Path) -> None:
    file = tmp_path / "new" / "folder" / "config.yaml"
    update(file, {"trakt.client_id": ID, "sync.root": Path("/videos"), "state_dir": "~/state", "trakt.timeout": 5})
    expected = template()
    for line, place in {
        '  client_id: "id-for-tests"': "  # client_id:",
        '  root: "/videos"': "  # root:",
        'state_dir: "~/state"': "# state_dir:",
        "  timeout: 5": "  # timeout: 30",
    }.items():
        assert f"{place}\n" in expected
        expected = expected.replace(f"{place}\n", f"{line}\n", 1)
    assert file.read_text() == expected
    assert mode_of(file) == 0o600
    assert mode_of(file.parent) == 0o700


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(
            "trakt:\n  client_id: old # mine\n  timeout: 3\n",
            'trakt:\n  client_id: "id-for-tests" # mine\n  timeout: 3\n',
            id="replaced-where-it-stands-and-the-comment-behind-it-stays",
        ),
        pytest.param(
            "trakt:\n  client_id: \"old # no comment\"   # 'mine'\n",
            "trakt:\n  client_id: \"id-for-tests\"   # 'mine'\n",
            id="quoted-value",
        ),
        pytest.param("trakt:\n  client_id:\n", 'trakt:\n  client_id: "id-for-tests"\n', id="key-without-a-value"),
        pytest.param(
            "trakt:\n  client_id:  # todo\n",
            'trakt:\n  client_id: "id-for-tests"  # todo\n',
            id="key-without-a-value-before-a-comment",
        ),
        pytest.param(
            "# my own\ntrakt: # account\n    # fast\n    timeout: 3\n",
            '# my own\ntrakt: # account\n    client_id: "id-for-tests"\n    # fast\n    timeout: 3\n',
            id="first-in-its-section-with-the-section-s-own-indent",
        ),
        pytest.param(
            "trakt:\n    # client_id:\n    timeout: 3\n",
            'trakt:\n    client_id: "id-for-tests"\n    timeout: 3\n',
            id="in-place-of-the-commented-line",
        ),
        pytest.param(
            "trakt:\n  # client_id: the one of my sister\n  timeout: 3\n",
            'trakt:\n  client_id: "id-for-tests"\n  # client_id: the one of my sister\n  timeout: 3\n',
            id="a-comment-with-words-of-the-person-stays",
        ),
        pytest.param(
            "sync:\n  # client_id:\n  strict: true\n# client_id:\ntrakt:\n  timeout: 3\n",
            "sync:\n  # client_id:\n  strict: true\n# client_id:\n"
            'trakt:\n  client_id: "id-for-tests"\n  timeout: 3\n',
            id="a-commented-line-of-another-section-stays",
        ),
        pytest.param(
            "trakt:\n  timeout: 3\nsync:\n  # client_id:\n",
            'trakt:\n  client_id: "id-for-tests"\n  timeout: 3\nsync:\n  # client_id:\n',
            id="a-commented-line-of-a-later-section-stays",
        ),
        pytest.param("trakt:\n", 'trakt:\n  client_id: "id-for-tests"\n', id="empty-section"),
        pytest.param("trakt:", 'trakt:\n  client_id: "id-for-tests"\n', id="empty-section-without-a-line-end"),
        pytest.param(
            "sync:\n  strict: true\n",
            'sync:\n  strict: true\n\ntrakt:\n  client_id: "id-for-tests"\n',
            id="missing-section",
        ),
        pytest.param(
            "sync:\n  strict: true",
            'sync:\n  strict: true\n\ntrakt:\n  client_id: "id-for-tests"\n',
            id="missing-section-without-a-last-line-end",
        ),
        pytest.param("", 'trakt:\n  client_id: "id-for-tests"\n', id="empty-file"),
        pytest.param("# mine\n", '# mine\n\ntrakt:\n  client_id: "id-for-tests"\n', id="comments-only"),
        pytest.param(
            "trakt:\r\n  timeout: 3\r\n  # client_id:\r\n",
            'trakt:\r\n  timeout: 3\r\n  client_id: "id-for-tests"\r\n',
            id="windows-line-ends-in-place-of-a-comment",
        ),
        pytest.param(
            "sync:\r\n  strict: true\r\n",
            'sync:\r\n  strict: true\r\n\r\ntrakt:\r\n  client_id: "id-for-tests"\r\n',
            id="windows-line-ends-at-the-end",
        ),
        pytest.param(
            "---\nsync:\n  strict: true\n...\n# after\n",
            '---\nsync:\n  strict: true\n\ntrakt:\n  client_id: "id-for-tests"\n...\n# after\n',
            id="document-markers",
        ),
        pytest.param("---\n", '---\n\ntrakt:\n  client_id: "id-for-tests"\n', id="a-marker-and-nothing-else"),
        pytest.param(
            "\ufefftrakt:\n  client_id: old\n", '\ufefftrakt:\n  client_id: "id-for-tests"\n', id="byte-order-mark"
        ),
        pytest.param(
            "  trakt:\n    timeout: 3\n",
            '  trakt:\n    client_id: "id-for-tests"\n    timeout: 3\n',
            id="everything-indented",
        ),
        pytest.param(
            "  sync:\n    strict: true\n",
            '  sync:\n    strict: true\n\n  trakt:\n    client_id: "id-for-tests"\n',
            id="missing-section-where-everything-is-indented",
        ),
        pytest.param(
            'trakt: {client_id: old, timeout: 3} # short\nnotes: "\u2028é"\n',
            'trakt: {client_id: "id-for-tests", timeout: 3} # short\nnotes: "\u2028é"\n',
            id="flow-style-with-the-key-in-it",
        ),
        pytest.param(
            "base: &base\n  timeout: 3\ntrakt:\n  <<: *base\n  rate: 100\n",
            'base: &base\n  timeout: 3\ntrakt:\n  client_id: "id-for-tests"\n  <<: *base\n  rate: 100\n',
            id="merged-keys",
        ),
        pytest.param(
            "trakt:\n  client_id: a\n  client_id: b\n",
            'trakt:\n  client_id: a\n  client_id: "id-for-tests"\n',
            id="the-later-of-two-is-the-one-that-counts",
        ),
        pytest.param(
            "inspector:\n  trakt:\n    client_id: other\nlist:\n- trakt:\n",
            'inspector:\n  trakt:\n    client_id: other\nlist:\n- trakt:\n\ntrakt:\n  client_id: "id-for-tests"\n',
            id="sections-of-others-with-our-words-in-them",
        ),
        pytest.param(
            "trakt:\n\tclient_id: old\n", None, id="tabs",
        ),
        pytest.param("trakt: {}\n", None, id="flow-style-without-the-key"),
        pytest.param("trakt: null # off\n", None, id="a-section-that-is-null"),
        pytest.param("trakt:\n  client_id: |\n    old\n", None, id="a-value-of-several-lines"),
        pytest.param("trakt:\n  client_id: >-\n    old\n  timeout: 3\n", None, id="a-folded-value"),
        pytest.param("mine: &id old\ntrakt:\n  client_id: *id\n", None, id="an-alias"),
        pytest.param("trakt:\n  client_id: &id old\nmine: *id\n", None, id="an-anchor-that-others-use"),
        pytest.param("base: &base\n  timeout: 3\ntrakt: *base\n", None, id="a-section-that-is-an-alias"),
        pytest.param("trakt:\n  username: |\n    # client_id:\n", None, id="a-comment-that-is-none"),
        pytest.param("trakt:\n  ? client_id\n  : old\n", None, id="a-key-and-its-value-on-two-lines"),
        pytest.param("trakt: [1]\n", None, id="no-section"),
        pytest.param("trakt:\n  clientid: old\n", None, id="an-unknown-key"),
        pytest.param("--- {}\n--- {}\n", None, id="two-documents"),
        pytest.param("just words\n", None, id="no-settings-at-all"),
        pytest.param("trakt: &a {b: *a}\n", None, id="an-alias-of-itself"),
    ],
)  # fmt: skip
def test_a_key_is_set_and_every_other_character_stays(file: Path, before: str, after: str | None) -> None:
    file.write_bytes(before.encode())
    if after is None:
        with pytest.raises(SettingsError) as raised:
            update(file, {"trakt.client_id": ID})
        assert str(file) in str(raised.value)
        assert "id-for-tests" not in str(raised.value)
    else:
        update(file, {"trakt.client_id": ID})
    assert file.read_bytes().decode() == (before if after is None else after)
    assert list(file.parent.iterdir()) == [file]


def test_what_cannot_be_edited_is_named_with_what_to_do(file: Path) -> None:
    file.write_text("trakt: {}\n")
    with pytest.raises(SettingsError) as raised:
        update(file, {"trakt.client_id": ID, "sync.strict": True})
    assert str(raised.value) == (
        f"{file}: cannot be edited safely (flow style, anchors or values of several lines): "
        "set trakt.client_id, sync.strict by hand"
    )


@pytest.mark.parametrize(
    ("dotted", "value", "line", "read"),
    [
        pytest.param("trakt.username", "12", 'username: "12"', "12", id="text-that-looks-like-a-number"),
        pytest.param("trakt.username", "no", 'username: "no"', "no", id="text-that-looks-like-a-truth"),
        pytest.param("trakt.username", "null", 'username: "null"', "null", id="text-that-looks-like-nothing"),
        pytest.param("trakt.username", 'a "b" \\ #: {x}', 'username: "a \\"b\\" \\\\ #: {x}"', 'a "b" \\ #: {x}',
                     id="text-with-signs"),
        pytest.param("trakt.username", "Zoë", 'username: "Zoë"', "Zoë", id="letters-of-other-languages"),
        pytest.param("sync.root", Path("/v\udc80/a\nb"), 'root: "/v\\uDC80/a\\nb"', "/v\udc80/a\nb", id="a-wild-path"),
        pytest.param("sync.root", "x " * 300 + "x", 'root: "' + "x " * 300 + 'x"', "x " * 300 + "x", id="long-text"),
        pytest.param("sync.strict", True, "strict: true", True, id="a-truth"),
        pytest.param("sync.limit", 7, "limit: 7", 7, id="a-whole-number"),
        pytest.param("trakt.timeout", 2.5, "timeout: 2.5", 2.5, id="a-number"),
        pytest.param("trakt.include_statuses", (Status.HEALTHY, Status.CORRUPT), "include_statuses: [HEALTHY, CORRUPT]",
                     ["HEALTHY", "CORRUPT"], id="statuses"),
    ],
)  # fmt: skip
def test_a_value_reads_back_as_it_was_given(file: Path, dotted: str, value: object, line: str, read: object) -> None:
    update(file, {dotted: value})
    assert f"  {line}\n" in file.read_text()
    assert read_settings(file, "f") == ({dotted: read}, [])


def test_several_new_keys_stand_in_the_order_in_which_they_were_given(file: Path) -> None:
    file.write_text("state_dir: /s\n")
    update(file, {"trakt.client_id": ID, "trakt.client_secret": Secret("secret"), "sync.limit": 3, "sync.strict": True})
    assert file.read_text() == (
        "state_dir: /s\n"
        "\nsync:\n  limit: 3\n  strict: true\n"
        '\ntrakt:\n  client_id: "id-for-tests"\n  client_secret: "secret"\n'
    )


def test_a_key_without_a_section_goes_to_the_end(file: Path) -> None:
    file.write_text("trakt:\n  # state_dir:\n  timeout: 3")
    update(file, {"state_dir": "/state"})
    assert file.read_text() == 'trakt:\n  # state_dir:\n  timeout: 3\n\nstate_dir: "/state"\n'


def test_none_brings_the_commented_line_of_the_template_back(file: Path) -> None:
    file.write_text("trakt:\n  client_id: old # mine\n  timeout: 3\n  username:  # who\n")
    update(file, {"trakt.client_id": None, "trakt.timeout": None, "trakt.username": None, "sync.root": None})
    assert file.read_text() == "trakt:\n  # client_id: # mine\n  # timeout: 30\n  username:  # who\n"


def test_a_value_that_is_there_keeps_its_spelling(file: Path) -> None:
    file.write_text("trakt:\n  client_id: 'id-for-tests'\n  timeout: 3\n")
    update(file, {"trakt.client_id": ID, "trakt.timeout": 4})
    assert file.read_text() == "trakt:\n  client_id: 'id-for-tests'\n  timeout: 4\n"


def test_setting_twice_changes_nothing_more(file: Path) -> None:
    update(file, {"trakt.client_id": ID, "sync.root": "/videos"})
    once = file.read_text()
    update(file, {"trakt.client_id": ID, "sync.root": "/videos"})
    assert file.read_text() == once


@pytest.mark.parametrize(
    ("values", "message"),
    [
        pytest.param({"trakt.timeout": "soon"}, "trakt.timeout: expected a number", id="no-number"),
        pytest.param({"trakt.client_id": Secret("two words")}, "trakt.client_id: expected one line of letters and"
                     " digits (look for line breaks, blanks, accents)", id="no-secret"),
        pytest.param({"trakt.clientid": "a"}, "FILE: unknown key trakt.clientid. Did you mean trakt.client_id?",
                     id="no-key"),
        pytest.param({"trakt.token": Secret("a")}, "FILE: unknown key trakt.token. Did you mean trakt.token_file?",
                     id="not-for-a-file"),
    ],
)  # fmt: skip
def test_a_value_that_the_setting_does_not_take_is_not_written(
    file: Path, values: dict[str, object], message: str
) -> None:
    with pytest.raises(SettingsError) as raised:
        update(file, values)
    assert str(raised.value) == message.replace("FILE", str(file))
    assert not file.exists()


@pytest.mark.parametrize(
    ("before", "values", "mode"),
    [
        pytest.param("trakt:\n  timeout: 3\n", {"trakt.client_id": ID}, 0o600, id="a-secret-comes"),
        pytest.param("trakt:\n  client_secret: x\n", {"trakt.timeout": 5}, 0o600, id="a-secret-stood-there"),
        pytest.param("trakt:\n  client_id: x\n", {"trakt.client_id": None}, 0o664, id="the-secret-goes"),
        pytest.param("trakt:\n  timeout: 3\n", {"trakt.timeout": 5}, 0o664, id="no-secret"),
    ],
)
def test_the_file_is_private_when_a_secret_stands_in_it_and_else_keeps_its_mode(
    file: Path, before: str, values: dict[str, object], mode: int
) -> None:
    file.write_text(before)
    file.chmod(0o664)
    update(file, values)
    assert oct(mode_of(file)) == oct(mode)


def test_a_new_file_is_private_though_no_secret_stands_in_it_yet(file: Path) -> None:
    update(file, {"trakt.timeout": 5})
    assert oct(mode_of(file)) == "0o600"


@pytest.mark.parametrize("there", [True, False], ids=["to-a-file", "to-nothing-yet"])
def test_a_link_is_followed(file: Path, there: bool) -> None:
    target = file.parent / "real" / "settings.yaml"
    if there:
        target.parent.mkdir()
        target.write_text("trakt:\n  timeout: 3\n")
    file.symlink_to(target)
    update(file, {"trakt.timeout": 4})
    assert file.is_symlink()
    assert read_settings(target, "f")[0] == {"trakt.timeout": 4}


def test_the_file_is_put_in_place_as_a_whole(file: Path) -> None:
    file.write_text("trakt:\n  timeout: 3\n")
    with file.open() as earlier:
        update(file, {"trakt.timeout": 4})
        assert earlier.read() == "trakt:\n  timeout: 3\n"
    assert list(file.parent.iterdir()) == [file]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(b"trakt:\n  username: \xe9\n", "is not UTF-8 text; save it as UTF-8 first", id="latin-1"),
        pytest.param("trakt:\n".encode("utf-16"), "is not UTF-8 text; save it as UTF-8 first", id="utf-16"),
        pytest.param(b"#" * 1_000_001, "too large for a settings file", id="too-large"),
    ],
)
def test_a_file_that_is_no_text_of_ours_is_left_alone(file: Path, content: bytes, message: str) -> None:
    file.write_bytes(content)
    with pytest.raises(SettingsError) as raised:
        update(file, {"trakt.timeout": 4})
    assert str(raised.value) == f"{file}: {message}"
    assert file.read_bytes() == content


def test_a_folder_or_a_place_that_cannot_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for place in (tmp_path, tmp_path / "file" / "config.yaml"):
        with pytest.raises(SettingsError, match=r"cannot be (read|written)"):
            update(place, {"trakt.timeout": 4})
