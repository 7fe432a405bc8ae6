from __future__ import annotations

import pytest

from cvi_trakt.match.spelling import is_nearly, queries, respelled, squished


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("The Godfather Part II", "The Godfather Pt. 2", id="roman-numeral-and-part"),
        pytest.param("Rocky IV", "Rocky 4", id="roman-numeral"),
        pytest.param("Apollo 13", "Apollo XIII", id="roman-numeral-of-two-digits"),
        pytest.param("Ocean's Eleven", "Oceans 11", id="number-in-words"),
        pytest.param("Kill Bill Vol. 2", "Kill Bill Volume Two", id="volume"),
        pytest.param("Alien vs. Predator", "Alien versus Predator", id="versus-as-vs"),
        pytest.param("Dr. Strangelove", "Doctor Strangelove", id="doctor"),
        pytest.param("Mr. Nobody", "Mister Nobody", id="mister"),
        pytest.param("St. Elsewhere", "Saint Elsewhere", id="saint"),
        pytest.param("Fast & Furious", "Fast Furious", id="and-is-left-out"),
        pytest.param("Tōkyō", "Toukyou", id="long-vowel-as-ou"),
        pytest.param("Gintama no Yūsha", "Gintama no Yuusha", id="long-vowel-as-uu"),
        pytest.param("Kimi no Na wa.", "Kiminonawa", id="words-written-together"),
        pytest.param("S.W.A.T.", "SWAT", id="letters-with-dots"),
    ],
)
def test_two_spellings_of_one_title_are_equal(one: str, other: str) -> None:
    assert respelled(one) == respelled(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Rocky II", "Rocky III", id="another-number"),
        pytest.param("Rocky", "Rocky II", id="a-number-and-none"),
        pytest.param("Ocean's Eleven", "Ocean's Twelve", id="another-number-in-words"),
        pytest.param("Apollo 13", "Apollo 11", id="other-digits"),
        pytest.param("Alien", "Aliens", id="plural"),
        pytest.param("V", "5", id="a-title-that-is-one-numeral"),
        pytest.param("I, Robot", "1 Robot", id="i-at-the-beginning-is-a-word"),
        pytest.param("Henry and I", "Henry and 1", id="i-at-the-end-is-a-word"),
        pytest.param("Malcolm X", "Malcolm 10", id="x-is-a-name"),
        pytest.param("Seven", "7", id="a-word-at-the-beginning-is-none"),
        pytest.param("Se7en", "Seven", id="a-digit-for-a-letter"),
        pytest.param("The Ring", "Ring", id="the-article"),
        pytest.param("Ptolemy", "Partolemy", id="a-short-form-is-a-whole-word"),
    ],
)
def test_two_titles_are_not_equal(one: str, other: str) -> None:
    assert respelled(one) != respelled(other)


@pytest.mark.parametrize(
    ("title", "letters"),
    [
        pytest.param("Marvel's Agents of S.H.I.E.L.D.", "marvelsagentsofshield", id="dots-and-apostrophe"),
        pytest.param("WALL·E", "walle", id="a-dot-between-words"),
        pytest.param("Amélie", "amelie", id="accent"),
        pytest.param("$", "$", id="no-letter-and-no-digit"),
    ],
)
def test_the_letters_of_a_title_are_compared_without_spaces(title: str, letters: str) -> None:
    assert squished(title) == letters


@pytest.mark.parametrize(
    ("title", "spellings"),
    [
        pytest.param("Rocky 4", ["Rocky IV"], id="digit"),
        pytest.param("Rocky IV", ["Rocky 4"], id="roman-numeral"),
        pytest.param("The Godfather Part II", ["The Godfather Part 2"], id="part"),
        pytest.param("Henry V", ["Henry 5"], id="v-behind-a-name"),
        pytest.param("Star Wars Episode IV A New Hope", ["Star Wars Episode 4 A New Hope"], id="in-the-middle"),
        pytest.param("2 Fast 2 Furious", ["2 Fast II Furious"], id="the-first-word-stays"),
        pytest.param("Winter s Bone", ["Winter's Bone"], id="s-that-was-cut-off"),
        pytest.param("Don t Look Up", ["Don't Look Up"], id="t-that-was-cut-off"),
        pytest.param("L Avventura", ["L'Avventura"], id="an-article-that-was-cut-off"),
        pytest.param("Rocky II s Return", ["Rocky II's Return", "Rocky 2 s Return"], id="both-the-apostrophe-first"),
        pytest.param("Heat", [], id="nothing-to-respell"),
        pytest.param("V for Vendetta", [], id="a-numeral-that-begins-the-title"),
        pytest.param("Room 237", [], id="a-number-that-nobody-writes-in-roman"),
        pytest.param("Area 51", [], id="a-number-beyond-fifteen"),
        pytest.param("Blade 2.0", [], id="a-decimal"),
        pytest.param("Ocean's Eleven", [], id="an-apostrophe-that-is-there"),
    ],
)
def test_other_spellings_to_search_for(title: str, spellings: list[str]) -> None:
    assert list(queries(title)) == spellings


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Interstellar", "Intersteller", id="a-wrong-letter"),
        pytest.param("Interstellar", "Interstelar", id="a-missing-letter"),
        pytest.param("Interstellar", "Interstelllar", id="a-letter-too-many"),
        pytest.param("Interstellar", "Interstelalr", id="two-letters-swapped"),
        pytest.param("Interstellar", "Interstella", id="the-last-letter"),
        pytest.param("Interstellar", "Onterstellar", id="the-first-letter"),
        pytest.param("The Hunt for Red Oktober", "The Hunt for Red October", id="in-one-of-many-words"),
        pytest.param("Matrix", "The Matrix", id="the-article"),
        pytest.param("Der Untergang", "Untergang", id="a-german-article"),
        pytest.param("La Haine", "Haine", id="a-french-article"),
        pytest.param("A Star Is Born", "The Star Is Born", id="another-article"),
    ],
)
def test_a_title_with_one_letter_or_article_off_is_nearly_the_same(one: str, other: str) -> None:
    assert is_nearly(one, other)
    assert is_nearly(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Alien", "Aliens", id="plural"),
        pytest.param("The Gift", "The Gifts", id="plural-of-the-last-word"),
        pytest.param("Predators of Prey", "Predator of Prey", id="plural-of-another-word"),
        pytest.param("Room 237", "Room 238", id="another-digit"),
        pytest.param("Apollo 13", "Apollo 3", id="a-missing-digit"),
        pytest.param("Se7en Days", "Seven Days", id="a-digit-for-a-letter"),
        pytest.param("Heat", "Head", id="a-short-title"),
        pytest.param("Coco", "Cocoa", id="a-short-title-and-a-letter-more"),
        pytest.param("The Cat in the Hat", "The Cut in the Hat", id="a-short-word-of-a-long-title"),
        pytest.param("Interstellar", "Intersteler", id="two-letters"),
        pytest.param("Star Wars", "Stir Wors", id="one-letter-in-each-of-two-words"),
        pytest.param("Star Trek", "Star Trek Beyond", id="a-word-more"),
        pytest.param("The Terminator", "Terminater", id="an-article-and-a-letter"),
        pytest.param("The The Matrix", "Matrix", id="two-articles"),
    ],
)
def test_a_title_with_more_than_that_off_is_another_title(one: str, other: str) -> None:
    assert not is_nearly(one, other)
    assert not is_nearly(other, one)
