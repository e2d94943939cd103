"""Words are found however somebody writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from causerie.terms import LONGEST, Sought, kept, pieces, sought


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Théâtre", "THEATRE"),
        ("cœur", "COEUR"),
        ("straße", "Strasse"),
        ("Łódź", "lodz"),
        ("e\u0301te\u0301", "été"),
        ("ﬁn", "fin"),
        ("إلى", "الي"),
        ("مَدْرَسَة", "مدرسه"),
        ("الـمـوسيقى", "الموسيقي"),
        ("کتاب", "كتاب"),
        ("٢٠٢٧", "2027"),
        ("ada_lovelace", "Ada Lovelace"),
        ("l'opéra", "L’OPERA"),
        ("İstanbul", "istanbul"),
        ("soft\u00adhyphen", "softhyphen"),
    ],
)
def test_it_is_the_same_word_however_it_is_written(one: str, other: str):
    assert kept(one) == kept(other) != ""


@pytest.mark.parametrize("nothing", ["", "   ", "?!… «»", "❤️🦉👩‍💻", "\ud800", "\u200b\ufe0f", "'\"*()^:-"])
def test_what_has_no_word_is_found_by_nothing(nothing: str):
    assert (kept(nothing), sought(nothing)) == ("", Sought(()))


def test_signs_that_stand_without_spaces_are_words():
    assert kept("東京の夜") == "東 京 の 夜"


def test_each_word_is_kept_once_and_so_much_of_it():
    assert kept("Owls, owls!", "and owls") == "owls and"
    assert kept("a" * 1000) == "a" * LONGEST


def test_the_last_word_may_go_on_where_there_is_enough_of_it():
    assert sought("Why do owls ow") == Sought(("why", "do", "owls"), "ow")
    assert sought("vitamin c") == Sought(("vitamin", "c"))
    assert (len(sought("a")), len(sought("owl s"))) == (1, 4)


@given(st.text() | st.text(st.characters(codec="ascii")))
def test_a_text_lies_whole_in_its_pieces_and_is_found_by_what_these_are(text: str):
    found = list(pieces(text))

    assert "".join(piece for piece, _ in found) == text
    assert kept(text).split(" ") == (list(dict.fromkeys(term for _, terms in found for term in terms)) or [""])


@given(st.text())
def test_no_word_has_anything_in_it_that_parts_words_or_that_a_database_reads(text: str):
    terms = kept(text).split()

    assert " ".join(terms) == kept(text)
    assert not any(letter in "\"'\\:*&|!()<>^\0" for letter in kept(text))


@given(st.text())
def test_whoever_asks_for_a_text_as_it_stands_asks_for_its_words(text: str):
    asked = sought(text)

    assert all(asked.met(term) for term in kept(text).split())
