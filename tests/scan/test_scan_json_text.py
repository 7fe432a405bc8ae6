"""JSON that arrives in pieces is read the same wherever the pieces end."""

from __future__ import annotations

import json

import pytest

from cvi_trakt.scan.results.json_text import BrokenJsonError, JsonText

DOCUMENT = {
    "text": 'é" \\ \U0001f600',
    "number": 3.25,
    "small": -1.5e-300,
    "words": [True, None, False],
    "nested": [{"a": [0.5, {"b": 12345}]}, 1.25e17],
    "empty": {"list": [], "object": {}},
}


def in_pieces(text: str, size: int) -> JsonText:
    pieces = [text[at : at + size] for at in range(0, len(text), size)]
    return JsonText(lambda _: pieces.pop(0) if pieces else "")


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("size", range(1, 40))
def test_values_are_whole_wherever_a_piece_ends(size: int, indent: int | None) -> None:
    json_text = in_pieces(json.dumps(DOCUMENT, indent=indent), size)
    assert {key: json_text.value() for key in json_text.members()} == DOCUMENT
    assert json_text.next() == ""


@pytest.mark.parametrize("size", range(1, 40))
def test_skipping_ends_at_the_same_place_as_reading(size: int) -> None:
    json_text = in_pieces(json.dumps([DOCUMENT, "next"]), size)
    elements = json_text.elements()
    next(elements)
    json_text.skip()
    next(elements)
    assert json_text.value() == "next"


@pytest.mark.parametrize("text", ["", "{", '{"a"', '{"a":', '{"a": 1', '{"a": 1,', "{1: 2}", '{"a": 1 "b"', '{"a": x}'])
def test_what_breaks_off_is_an_error(text: str) -> None:
    json_text = in_pieces(text, 2)
    with pytest.raises(BrokenJsonError):
        json_text.skip()
