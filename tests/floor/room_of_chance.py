"""The room that evenings of chance are in: who is there, and how a turn of theirs is checked."""

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from tests.floor.small_model import Model
from tests.hall import ada, ben, cho, dee
from tests.paper import OnPaper

people = st.sampled_from([ada, ben, cho, dee])
guests = st.sampled_from([ben, cho, dee])
leaders = st.sampled_from([ada, ada, ada, ben])
which = st.integers(0, 3)
NUMBERS = {person.id: number for number, person in enumerate([ada, ben, cho, dee], 1)}


class RoomOfChance(OnPaper, RuleBasedStateMachine):
    """One live room, its people, and the model beside it."""

    model: Model
    ids: list[str]

    def does(self, action: Any, *given: Any, refused: bool = False, **more: Any) -> bool:
        return self.turn_unless(refused, action, *given, **more)

    def nth(self, n: int) -> str | None:
        """One of the questions so far."""
        return self.ids[-1 - n % len(self.ids)] if self.ids else None
