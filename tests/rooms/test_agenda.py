"""An agenda: what can be a topic, a line each."""

import pytest

from causerie.rooms.agenda import agenda
from causerie.rooms.errors import AgendaLines


def test_its_lines_are_kept_in_their_order_and_none_twice():
    lines = ["  How a   river remembers ", "Dust", "How a river remembers", "Swifts\tand swallows"]

    assert agenda(lines) == ("How a river remembers", "Dust", "Swifts and swallows")


def test_twenty_lines_of_a_hundred_characters_are_an_agenda():
    assert len(agenda(f"{n:100}".replace(" ", "x") for n in range(20))) == 20


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([f"Line {n}" for n in range(21)], id="too many"),
        pytest.param(["Dust", "x" * 101], id="too long"),
        pytest.param(["Dust", "  "], id="nothing in it"),
        pytest.param(["Dust", "Swifts\x1b[2J"], id="steers a screen"),
        pytest.param(["Dust", "\x00"], id="no letter at all"),
    ],
)
def test_what_cannot_be_topics_is_refused(lines: list[str]):
    with pytest.raises(AgendaLines):
        agenda(lines)
