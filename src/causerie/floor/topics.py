"""A topic on air: what those on stage speak of without a question."""

from causerie.floor import events as happened
from causerie.floor.errors import TopicLength
from causerie.floor.events import Event
from causerie.floor.state import Floor
from causerie.ids import new_id
from causerie.rooms.agenda import LONGEST
from causerie.texts import one_line


def put_on_air(floor: Floor, text: str, *, now: int) -> list[Event]:
    """They speak of this now, and no longer of another; the same again changes nothing."""
    said = one_line(text)
    if not 1 <= len(said) <= LONGEST:
        raise TopicLength
    if floor.topic is not None and floor.topic.text == said:
        return []
    return [*over(floor, now=now), happened.TopicOnAir(new_id(), said, now)]


def over(floor: Floor, *, now: int) -> list[Event]:
    """They speak of it no longer."""
    return [happened.TopicOver(floor.topic.id, now)] if floor.topic is not None else []
