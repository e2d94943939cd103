"""What is found while somebody writes: a repeated question always, one on something else never."""

import pytest

from causerie.ids import QuestionId
from causerie.questions.likeness import like
from tests.hall import BEN, CHO, NOW, asked, box

MAP = "Who decided where the red line on the flood map goes?"
BOX = box(
    asked("map", BEN, text=MAP),
    asked("dust", CHO, text="Why do sparrows bathe in dust?"),
    asked("song", BEN, text="لماذا تغني الطيور في الصباح؟"),
    asked("dike", CHO, text="Pourquoi les cartes d'inondation ignorent-elles la digue ?"),
    asked("accents", BEN, text="Été créé à Égée ?"),
)


def found(text: str) -> list[QuestionId]:
    return like(text, BOX.open)


@pytest.mark.parametrize(
    ("text", "id"),
    [
        (MAP, "map"),
        ("who decided where the red line on the flood map goes", "map"),
        ("Who has decided where that red line goes on the flood map??", "map"),
        ("Who desided where the red line on the flod map goes?", "map"),
        ("Who decided where the red", "map"),
        ("WHY DO SPARROWS BATHE IN DUST", "dust"),
        ("In dust, why do sparrows bathe?", "dust"),
        ("لماذا تغني الطيور في الصباح", "song"),
        ("Pourquoi les cartes d\u2019inondation ignorent elles la digue", "dike"),
        ("Ete cree a Egee", "accents"),
    ],
)
def test_a_repeated_question_is_found(text: str, id: str):
    assert found(text)[:1] == [id]


@pytest.mark.parametrize("text", ["", "?", "Who", "How long is a river?", "What does a lawyer cost?", "متى نأكل؟"])
def test_something_else_is_not(text: str):
    assert found(text) == []


SWIFTS = "Why do swifts sleep high up in the air?"
LONG = "In winter, when the reeds are cut and the water is low, where do all the herons of the valley go to sleep?"


@pytest.mark.parametrize(
    ("text", "there", "alike"),
    [
        pytest.param("Where do swifts sleep in the winter?", SWIFTS, True, id="half of it"),
        pytest.param("Where do swifts go in the winter?", SWIFTS, False, id="less than half"),
        pytest.param("In winter, when the reeds", LONG, True, id="a beginning that says something"),
        pytest.param("In winter", LONG, False, id="one that says little yet"),
    ],
)
def test_how_much_is_enough(text: str, there: str, alike: bool):
    assert (like(text, [asked("there", BEN, text=there)]) == ["there"]) == alike


def test_the_most_like_comes_before_the_most_wanted():
    wanted = asked("wanted", CHO, text=f"{MAP} And when?", voters=frozenset({BEN}))

    assert like(MAP, [wanted, asked("same", CHO, text=MAP)]) == ["same", "wanted"]


def test_at_most_three_the_most_wanted_first_among_equals():
    same = [asked(id, BEN, text=MAP, asked_at=NOW + n) for n, id in enumerate("abcd")]
    wanted = asked("e", BEN, text=MAP, asked_at=NOW + 9, voters=frozenset({CHO}))

    assert like(MAP, [*same, wanted]) == ["e", "a", "b"]


def test_what_is_not_open_is_not_among_them():
    hidden = box(asked("map", BEN, text=MAP, state="pending"))

    assert like(MAP, hidden.open) == []
