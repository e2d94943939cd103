"""How well what each speaker says arrives here: good, weak or breaking. A gust of bad network is not told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from causerie.clock import SECOND
from causerie.floor.live import LiveRoom
from causerie.ids import PersonId
from causerie.live import protocol as wire

LOOKS_APART = 2 * SECOND
WORSE_AFTER, BETTER_AFTER = 2, 5
ENOUGH = 50

Counts = Mapping[str, int]


@dataclass
class _Line:
    """What was counted when it was judged last, what is told, and for how many looks it has looked otherwise."""

    expected: int = 0
    arrived: int = 0
    seen: int = 0
    told: wire.Grade = "good"
    doubts: int = 0

    def look(self, counted: Counts, *, open: bool) -> bool:
        """Judge what came since the last time; says whether what is told changes."""
        since = self._since(counted)
        if since is None:
            return False
        fresh = judged(since, counted, open=open)
        self.doubts = 0 if fresh == self.told else self.doubts + 1
        worse = GRADES.index(fresh) > GRADES.index(self.told)
        if self.doubts < (WORSE_AFTER if worse else BETTER_AFTER):
            return False
        self.told, self.doubts = fresh, 0
        return True

    def _since(self, counted: Counts) -> tuple[int, int] | None:
        """What should have come and what came; None while it is too little to be judged, as somebody listens."""
        expected, arrived = counted["said_expected"], counted["said_arrived"]
        since, silent = (expected - self.expected, arrived - self.arrived), expected == self.seen
        self.seen = expected
        if since[0] < 0:  # another connection: it counts from its own beginning
            self.expected = self.arrived = 0
            return None
        if not silent and since[0] < ENOUGH:
            return None
        self.expected, self.arrived = expected, arrived
        return (0, 0) if silent else since


GRADES: tuple[wire.Grade, ...] = ("good", "weak", "breaking")


def judged(since: tuple[int, int], counted: Counts, *, open: bool) -> wire.Grade:
    """A tenth lost is heard by everybody; of an open microphone something comes at least each half second."""
    expected, arrived = since
    if expected == 0:
        return "breaking" if open and counted["said_expected"] else "good"
    lost, jitter = 100 * max(expected - arrived, 0) / expected, counted["said_jitter_ms"]
    if lost >= 10 or jitter >= 80:
        return "breaking"
    return "weak" if lost >= 3 or jitter >= 30 or counted["round_trip_ms"] >= 400 else "good"


@dataclass
class Lines:
    """The lines of those on stage and backstage, looked at every two seconds."""

    lines: dict[PersonId, _Line] = field(default_factory=dict)
    _looked_at: int = 0

    def of(self, person: PersonId) -> wire.Grade:
        return self.lines[person].told if person in self.lines else "good"

    @property
    def told(self) -> dict[str, wire.Grade]:
        """Those that are not good."""
        return {person: line.told for person, line in self.lines.items() if line.told != "good"}

    def news(self, live: LiveRoom, counts: Callable[[PersonId], Counts | None], now: int) -> set[PersonId]:
        """Whose line is told otherwise from now on."""
        if now - self._looked_at < LOOKS_APART:
            return set()
        self._looked_at = now
        microphones = _microphones(live)
        gone = {person: self.lines.pop(person) for person in self.lines.keys() - microphones.keys()}
        changed = {person for person, line in gone.items() if line.told != "good"}
        for person, open in microphones.items():
            counted = counts(person)
            if counted is not None and self.lines.setdefault(person, _Line()).look(counted, open=open):
                changed.add(person)
        return changed


def _microphones(live: LiveRoom) -> dict[PersonId, bool]:
    """Whose line there is to look at, and whether their microphone is open. Whose line is lost is shown as that."""
    stage = live.stage
    seated = {seat.person: seat.sounds for seat in stage.seats.values() if seat.held_until is None and not seat.bot}
    return seated | {guest.person: not guest.muted for guest in stage.backstage.values()}
