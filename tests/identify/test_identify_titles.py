"""Two spellings of one title are equal once normalised, and different titles are not."""

import pytest

from cvi_trakt.titles import normalise


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        pytest.param("The Matrix", "the matrix", id="case"),
        pytest.param("Amélie", "amelie", id="accent"),
        pytest.param("Ame\u0301lie", "amelie", id="accent-of-its-own"),
        pytest.param("Straße", "strasse", id="sharp-s"),
        pytest.param("Bølgen", "bolgen", id="o-slash"),
        pytest.param("Æon Flux", "aeon flux", id="ae"),
        pytest.param("Łódź", "lodz", id="l-slash"),
        pytest.param("Kısmet", "kismet", id="dotless-i"),
        pytest.param("İstanbul", "istanbul", id="dotted-capital-i"),
        pytest.param("Fast & Furious", "fast and furious", id="ampersand"),
        pytest.param("Winter's Bone", "winters bone", id="apostrophe"),
        pytest.param("Winter’s Bone", "winters bone", id="typographic-apostrophe"),
        pytest.param("Mission: Impossible - Fallout", "mission impossible fallout", id="punctuation"),
        pytest.param("Moon_(2009)", "moon 2009", id="underscore"),
        pytest.param("S.H.I.E.L.D.", "s h i e l d", id="dots"),
        pytest.param("千と千尋の神隠し", "千と千尋の神隠し", id="japanese"),
        pytest.param("가나다", "가나다", id="korean"),
        pytest.param("Ночной дозор", "ночнои дозор", id="cyrillic"),
        pytest.param("दंगल", "द गल", id="devanagari-is-not-empty"),
        pytest.param("$", "$", id="only-a-sign"),
        pytest.param("  ", "", id="only-space"),
    ],
)
def test_a_title_has_one_normal_form(title: str, expected: str) -> None:
    assert normalise(title) == expected


def test_titles_of_signs_only_stay_apart() -> None:
    assert normalise("$") != normalise("???")


def test_normalising_twice_changes_nothing() -> None:
    assert normalise(normalise("Æon Flux: Łódź & Straße")) == "aeon flux lodz and strasse"
