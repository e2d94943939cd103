"""A media core without sound: it answers offers, remembers gates, and speaks when a story says so."""

# ruff: noqa: ARG002  every call takes what the core takes

import os
from dataclasses import dataclass, field

from causerie._engine import GATE_BACKSTAGE, GATE_SHUT, GATE_STAGE
from causerie.media import Link

OFFER, ANSWER = "v=0\r\n(an offer)", "v=0\r\n(its answer)"


@dataclass(frozen=True)
class Change:
    """What became of one connection."""

    peer: int
    link: Link = "new"
    answer: str | None = None
    refusal: tuple[str, str] | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Figures:
    """How one listener hears, and how well."""

    peer: int
    programme: int | None = None
    by_tcp: bool = False
    fraction_lost_256: int = 0
    round_trip_ms: int = 0
    jitter_ms: int = 0
    delay_ms: int = 0
    bytes: int = 0
    heard_ms: int = 0


@dataclass(frozen=True)
class Audience:
    """How many hear what in a room, and some of them."""

    all: int
    programme: tuple[int, int, int]
    by_tcp: int
    some: list[Figures]


@dataclass
class PaperEngine:
    """As `SoundEngine` asks; `open` are the peers that may be heard, `gates` all that was said of gates, in order.

    `aside` are the peers that may be heard backstage, `ears` those that hear what is said there, `counted` is what is
    counted of a peer, `listening` whoever hears in any room, `asked_for` which of them were asked for. `mixed` and
    `streamed` are rooms, `direct` the peers that want no programme.
    """

    peers: dict[int, int] = field(default_factory=dict)
    open: set[int] = field(default_factory=set)
    aside: set[int] = field(default_factory=set)
    ears: set[int] = field(default_factory=set)
    at_once: set[int] = field(default_factory=set)
    gates: list[tuple[int, bool]] = field(default_factory=list)
    rooms_closed: list[int] = field(default_factory=list)
    delays: dict[int, int] = field(default_factory=dict)
    dumped: list[int] = field(default_factory=list)
    loudest: list[int] = field(default_factory=list)
    counted: dict[int, dict[str, int]] = field(default_factory=dict)
    listening: list[Figures] = field(default_factory=list)
    asked_for: list[tuple[int, str, int, int]] = field(default_factory=list)
    logs: dict[int, str] = field(default_factory=dict)
    recorded: dict[int, int] = field(default_factory=dict)
    mixed: set[int] = field(default_factory=set)
    direct: set[int] = field(default_factory=set)
    streamed: set[int] = field(default_factory=set)
    on_programme_line: dict[int, int | None] = field(default_factory=dict)
    led: int | None = None
    trouble: str | None = None
    stopped: bool = False
    _waiting: list[Change] = field(default_factory=list)
    _bell: tuple[int, int] = field(default_factory=os.pipe)

    def fileno(self) -> int:
        return self._bell[0]

    def changes(self) -> list[Change]:
        os.read(self._bell[0], 1 << 16)
        changes, self._waiting = self._waiting, []
        return changes

    def becomes(self, peer: int, link: Link, *, answer: str | None = None, reason: str | None = None) -> None:
        """Tell what became of a connection."""
        self._tell(Change(peer, link, answer, None, reason))

    def join(
        self,
        *,
        peer: int,
        room: int,
        speaker: int,
        offer: str,
        listens: bool = True,
        publishes: bool = True,
        programme: int | None = None,
    ) -> None:
        if not offer.startswith("v=0"):
            self._tell(Change(peer, "gone", refusal=("sdp.unreadable", "This is no offer of sound.")))
            return
        self.peers[peer] = speaker
        self.on_programme_line[peer] = programme
        self._tell(Change(peer, answer=ANSWER))

    def play(self, *, peer: int, room: int, speaker: int, path: str, loop: bool = False) -> None:
        self.peers[peer] = speaker

    def gate(self, peer: int, gate: int) -> None:
        assert gate in (GATE_SHUT, GATE_STAGE, GATE_BACKSTAGE)
        self.gates.append((peer, gate == GATE_STAGE))
        (self.open.add if gate == GATE_STAGE else self.open.discard)(peer)
        (self.aside.add if gate == GATE_BACKSTAGE else self.aside.discard)(peer)

    def hear_backstage(self, peer: int, on: bool) -> None:
        (self.ears.add if on else self.ears.discard)(peer)

    def hear_at_once(self, peer: int, on: bool) -> None:
        (self.at_once.add if on else self.at_once.discard)(peer)

    def programme(self, room: int, on: bool) -> None:
        (self.mixed.add if on else self.mixed.discard)(room)

    def lowest_delay(self, peer: int, on: bool) -> None:
        (self.direct.add if on else self.direct.discard)(peer)

    def safety_delay(self, room: int, seconds: int) -> None:
        self.delays[room] = seconds

    def dump(self, room: int) -> None:
        self.dumped.append(room)

    def lead_streams(self, fd: int) -> None:
        self.led = fd

    def stream(self, room: int, on: bool) -> None:
        (self.streamed.add if on else self.streamed.discard)(room)

    def open_track(self, track: int, path: str) -> None:
        self.logs[track] = path

    def close_track(self, track: int) -> None:
        self.logs.pop(track, None)

    def record(self, peer: int, track: int | None) -> None:
        self.recorded.pop(peer, None)
        if track is not None:
            self.recorded[peer] = track

    def tracks(self) -> list[tuple[int, int, int, str | None]]:
        return [(track, 0, 0, self.trouble) for track in self.logs]

    def leave(self, peer: int) -> None:
        self.peers.pop(peer, None)
        self.recorded.pop(peer, None)

    def close_room(self, room: int) -> None:
        self.rooms_closed.append(room)

    def speaking(self, room: int) -> list[tuple[int, int]]:
        return [(speaker, -20) for speaker in self.loudest]

    def audience(self, room: int, *, by: str, first: int, most: int) -> Audience:
        self.asked_for.append((room, by, first, most))
        some = self.listening[first : first + most]
        mixed = [one for one in self.listening if one.programme is not None]
        programme = tuple(sum(one.programme == copies for one in mixed) for copies in range(3))
        by_tcp = sum(one.by_tcp for one in self.listening)
        return Audience(len(self.listening), (programme[0], programme[1], programme[2]), by_tcp, some)

    def peer_statistics(self, peer: int) -> dict[str, int] | None:
        return self.counted.get(peer)

    def statistics(self) -> dict[str, int]:
        return {"packets": 7}

    def stop(self) -> None:
        if not self.stopped:
            self.stopped = True
            os.close(self._bell[0])
            os.close(self._bell[1])

    @property
    def heard(self) -> set[int]:
        """The speaker numbers that may be heard now."""
        return {self.peers[peer] for peer in self.open if peer in self.peers}

    def numbers(self, peers: set[int]) -> set[int]:
        """The speaker numbers of these peers."""
        return {self.peers[peer] for peer in peers if peer in self.peers}

    def _tell(self, change: Change) -> None:
        self._waiting.append(change)
        os.write(self._bell[1], b"!")
