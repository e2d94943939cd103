"""One report: what somebody found wrong in a room, and how the room stood then. Nothing is recorded for it."""

from dataclasses import dataclass
from typing import Literal

from causerie.ids import PersonId

About = Literal["room", "person", "question"]
Grounds = Literal["insults", "hate", "threats", "private", "deception", "spam", "other"]
Outcome = Literal["acted", "nothing"]
"""What came of it: something was done about it, or nothing against the rules was found."""
LONGEST_ANSWER = 500


@dataclass(frozen=True)
class Report:
    """What is reported: the room, a person, or a question, with the words it had then.

    `subject`: the person's or the question's id. `on_stage` and `on_air`: who spoke and what about. `apart`: it is
    about somebody who leads the room, and only those who run this place read it. `reporter` is told to nobody.
    """

    id: str
    about: About
    subject: str | None
    name: str | None
    text: str | None
    grounds: Grounds
    note: str
    at: int
    on_stage: tuple[str, ...]
    on_air: str | None
    apart: bool
    reporter: PersonId
