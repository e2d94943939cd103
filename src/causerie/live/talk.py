"""How long each speaker has spoken, measured by their voice and not by an open microphone."""

from dataclasses import dataclass, field

from causerie.clock import MINUTE, SECOND
from causerie.floor.live import LiveRoom
from causerie.ids import PersonId
from causerie.live import protocol as wire

TOLD_APART, WRITTEN_APART = 5 * SECOND, 10 * SECOND
# A tick that came later than this says nothing of the time before it.
LONGEST = 2 * SECOND


@dataclass
class Talk:
    """Who spoke since it was last written, and how long each has had the word since they opened their microphone."""

    fresh: dict[PersonId, int] = field(default_factory=dict)
    runs: dict[PersonId, int] = field(default_factory=dict)
    _heard_at: int | None = None
    _told_at: int = 0
    _told: wire.Talk | None = None
    _written_at: int = 0

    def hear(self, live: LiveRoom, speaking: list[int], now: int) -> None:
        """These speaker numbers sounded since the last tick."""
        since = min(now - self._heard_at, LONGEST) if self._heard_at is not None else 0
        self._heard_at = now
        for seat in live.stage.seats.values():
            if not seat.sounds:
                self.runs.pop(seat.person, None)
            elif since and seat.number in speaking:
                self.fresh[seat.person] = self.fresh.get(seat.person, 0) + since
                self.runs[seat.person] = self.runs.get(seat.person, 0) + since

    def news(self, live: LiveRoom, now: int) -> wire.Talk | None:
        """What those on stage and the desk are told of it: at most once in five seconds, and only what is new."""
        if now - self._told_at < TOLD_APART:
            return None
        told = self.told(live)
        if told == self._told or (self._told is None and not any(told.spoken.values())):
            return None
        self._told, self._told_at = told, now
        return told

    def told(self, live: LiveRoom) -> wire.Talk:
        """How long everybody on stage has spoken, in whole seconds; and who has had the word for long."""
        stage = live.stage
        spoken = {person: stage.talked.get(person, 0) + self.fresh.get(person, 0) for person in stage.seats}
        limit = live.room.settings.gentle_clock * MINUTE
        long = [person for person in stage.seats if limit and self.runs.get(person, 0) >= limit]
        whole = {str(person): milliseconds // SECOND * SECOND for person, milliseconds in spoken.items()}
        return wire.Talk(spoken=whole, long=[*long])

    def taken(self, now: int) -> dict[PersonId, int]:
        """What is to be written now: all since the last time, each ten seconds."""
        if not self.fresh or now - self._written_at < WRITTEN_APART:
            return {}
        self._written_at = now
        fresh, self.fresh = self.fresh, {}
        return fresh

    def given_back(self, fresh: dict[PersonId, int]) -> None:
        """It could not be written; it is not forgotten."""
        for person, milliseconds in fresh.items():
            self.fresh[person] = self.fresh.get(person, 0) + milliseconds
