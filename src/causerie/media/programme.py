"""Which rooms' audience hears the programme, the loudest mixed into one, instead of each voice by itself."""

from dataclasses import dataclass, field

from causerie.media.engine import SoundEngine


@dataclass
class Programmes:
    """A room is mixed once it has more listeners than `above`, and until it has fewer than two thirds of that."""

    engine: SoundEngine
    above: int
    _hearing: dict[int, set[int]] = field(default_factory=dict)
    _on: set[int] = field(default_factory=set)

    def comes(self, room: int, peer: int) -> None:
        """A connection hears this room."""
        self._hearing.setdefault(room, set()).add(peer)

    def goes(self, room: int, peer: int) -> None:
        """A connection hears it no more."""
        self._hearing.get(room, set()).discard(peer)

    def weigh(self, room: int, speaking: int) -> None:
        """Decide anew, where so many of those who hear may be heard themselves: they hear voices in any case."""
        listeners = len(self._hearing.get(room, ())) - speaking
        on = listeners > self.above or (room in self._on and listeners > self.above * 2 // 3)
        if on != (room in self._on):
            (self._on.add if on else self._on.discard)(room)
            self.engine.programme(room, on)

    def over(self, room: int) -> None:
        """A room is closed."""
        self._hearing.pop(room, None)
        self._on.discard(room)
