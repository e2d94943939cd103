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
    ],
)
def test_a_repeated_question_is_found(text: str, id: str):
    assert found(text)[:1] == [id]


@pytest.mark.parametrize("text", ["", "?", "Who", "How long is a river?", "What does a lawyer cost?", "متى نأكل؟"])
def test_something_else_is_not(text: str):
    assert found(text) == []


def test_at_most_three_the_most_wanted_first_among_equals():
    same = [asked(id, BEN, text=MAP, asked_at=NOW + n) for n, id in enumerate("abcd")]
    wanted = asked("e", BEN, text=MAP, asked_at=NOW + 9, voters=frozenset({CHO}))

    assert like(MAP, [*same, wanted]) == ["e", "a", "b"]


def test_what_is_not_open_is_not_among_them():
    hidden = box(asked("map", BEN, text=MAP, state="pending"))

    assert like(MAP, hidden.open) == []
