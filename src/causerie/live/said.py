"""What is typed along: read at once by who hears the stage as it is, and by the audience when they have heard it."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from causerie.captions.lines import LAST, Line
from causerie.ids import PersonId
from causerie.rooms.state import Room

# More than anybody types while the longest safety delay lasts.
MOST = 100


@dataclass(frozen=True)
class Waiting:
    """A line on its way to the audience, and who has read it."""

    line: Line
    readers: frozenset[PersonId]


@dataclass
class Said:
    """The last lines the audience has read, and those that wait until they have heard them."""

    read: deque[Line] = field(default_factory=lambda: deque(maxlen=LAST))
    waiting: deque[Waiting] = field(default_factory=lambda: deque(maxlen=MOST))

    def hold(self, lines: Iterable[Line], readers: frozenset[PersonId]) -> None:
        """These were typed; the audience has not read them."""
        self.waiting.extend(Waiting(line, readers) for line in lines)

    def due(self, room: Room, now: int) -> list[Waiting]:
        """What the audience has heard by now, and reads from now on; never what was dumped."""
        until = now - room.safety_delay
        heard = [one for one in self.waiting if one.line.at <= until and not room.took_out(one.line.at)]
        self.waiting = deque((one for one in self.waiting if one.line.at > until), MOST)
        self.read.extend(one.line for one in heard)
        return heard

    def last(self, *, at_once: bool) -> tuple[Line, ...]:
        """The last lines, for who hears the stage as it is, or for the audience."""
        waiting = (one.line for one in self.waiting) if at_once else ()
        return (*self.read, *waiting)[-LAST:]

    def dump(self, at: int) -> None:
        """Nobody reads what was said before this moment and the audience has not heard."""
        self.waiting = deque((one for one in self.waiting if one.line.at >= at), MOST)
