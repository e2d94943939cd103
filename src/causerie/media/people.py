"""Peers by number, people by name: the one place that maps one to the other."""

import asyncio
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

import structlog

from causerie._engine import GATE_BACKSTAGE, GATE_SHUT, GATE_STAGE
from causerie.media.engine import Audience, Change, Link, SoundEngine, SoundRefused
from causerie.media.headroom import LOOKS_APART, Headroom, refused
from causerie.media.programme import Programmes

ANSWER_WITHIN = 10.0
MIXED_ABOVE = 30
# A page hears the programme on the fourth line of its offer, another program on its first.
ON_A_PAGE, ELSEWHERE = 3, 0
# The last word is still on its way when the delay is over.
LAST_WORDS = 2.0
log = structlog.get_logger()


@dataclass(eq=False)
class Peer:
    """One connection of one page (or encoder, or file) in a room. `moved`: its person speaks by another one now.

    `hears` is whether it takes part in what is heard: files and encoders do not.
    """

    number: int
    room: str
    person: str
    speaker: int
    changed: Callable[["Peer"], None]
    hears: bool = False
    link: Link = "new"
    reason: str | None = None
    answer: "asyncio.Future[str] | None" = None
    moved: Callable[[], None] | None = None


@dataclass
class _Sounding:
    """Whose microphone may be heard in a room, through which of their connections, and who is recorded where."""

    open: dict[str, int] = field(default_factory=dict)
    backstage: frozenset[str] = frozenset()
    at_once: frozenset[str] = frozenset()
    tracks: dict[str, int] = field(default_factory=dict)
    microphone: dict[str, Peer] = field(default_factory=dict)


class Media:
    """Offers and answers, gates by person, links. Nothing here waits for a packet."""

    def __init__(self, engine: SoundEngine, *, mixed_above: int = MIXED_ABOVE, chance: Random | None = None) -> None:
        self.engine = engine
        self.programmes = Programmes(engine, mixed_above)
        self.headroom = Headroom()
        self._chance = chance or Random()
        self._looking: asyncio.TimerHandle | None = None
        self.peers: dict[int, Peer] = {}
        self.rooms: dict[str, int] = {}
        self.sounding: dict[str, _Sounding] = {}
        self.delays: dict[str, int] = {}
        self._running_out: dict[str, asyncio.TimerHandle] = {}
        self._numbers = itertools.count(1)

    def start(self) -> None:
        """Begin to read what becomes of people's connections."""
        asyncio.get_running_loop().add_reader(self.engine.fileno(), self._read)
        self._look()

    def stop(self) -> None:
        if self._looking is not None:
            self._looking.cancel()
        for waits in self._running_out.values():
            waits.cancel()
        asyncio.get_running_loop().remove_reader(self.engine.fileno())
        self.engine.stop()

    # ---- connections ----

    async def offer(
        self,
        room: str,
        person: str,
        speaker: int,
        sdp: str,
        changed: Callable[[Peer], None],
        *,
        listens: bool = True,
        publishes: bool = True,
        programme: int | None = ON_A_PAGE,
        yields: bool = False,
    ) -> tuple[Peer, str]:
        """Let a page's connection in; gives it and the SDP answer, or raises `SoundRefused`.

        `programme` is the line of the offer on which it hears the programme; None is voices on each. Who `yields` only
        wants to listen: without headroom they are refused, unless they hear already.
        """
        if yields and self.headroom.full and not self._sounds(room, person):
            raise refused(self._chance)
        peer = self._peer(room, person, speaker, changed)
        peer.hears = listens
        peer.answer = asyncio.get_running_loop().create_future()
        self.engine.join(
            peer=peer.number,
            room=self._room(room),
            speaker=speaker,
            offer=sdp,
            listens=listens,
            publishes=publishes,
            programme=programme,
        )
        try:
            async with asyncio.timeout(ANSWER_WITHIN):
                return peer, await peer.answer
        except (TimeoutError, SoundRefused, asyncio.CancelledError):
            self.leave(peer)
            raise

    def play(self, room: str, person: str, speaker: int, path: str, changed: Callable[[Peer], None]) -> Peer:
        """Let a file speak as a person would."""
        peer = self._peer(room, person, speaker, changed)
        self.engine.play(peer=peer.number, room=self._room(room), speaker=speaker, path=path, loop=True)
        self.take_microphone(peer)
        return peer

    def leave(self, peer: Peer) -> None:
        """End one connection."""
        self.engine.gate(peer.number, GATE_SHUT)
        self.engine.leave(peer.number)
        self._forget(peer)

    def end(self, peer: Peer) -> None:
        """End one connection against the will of who has it; their program is told."""
        self.leave(peer)
        if peer.answer is not None and not peer.answer.done():
            peer.answer.set_exception(SoundRefused())
        peer.link, peer.reason = "gone", "removed"
        peer.changed(peer)

    def leave_person(self, room: str, person: str) -> None:
        """End every connection of a person in a room: pages, players, encoders."""
        self.shut(room, person)
        for peer in [peer for peer in self.peers.values() if peer.room == room and peer.person == person]:
            self.end(peer)

    def end_room(self, room: str) -> None:
        """Nobody in it is heard from this call on; where the audience hears it later, they hear the rest first."""
        if not (delay := self.delays.get(room, 0)):
            self.close_room(room)
        elif room not in self._running_out:
            self._end_stage(room)
            later = asyncio.get_running_loop().call_later
            self._running_out[room] = later(delay + LAST_WORDS, self.close_room, room)

    def runs_out(self, room: str) -> bool:
        """Whether it is over, and its audience has not heard all of it."""
        return room in self._running_out

    def close_room(self, room: str) -> None:
        """End every connection of a room."""
        if (waits := self._running_out.pop(room, None)) is not None:
            waits.cancel()
        for peer in [peer for peer in self.peers.values() if peer.room == room]:
            self.leave(peer)
        self.sounding.pop(room, None)
        self.delays.pop(room, None)
        if room in self.rooms:
            self.programmes.over(self.rooms[room])
            self.engine.close_room(self.rooms.pop(room))

    # ---- streams ----

    def lead_streams(self, fd: int) -> None:
        """Say what is heard in streamed rooms, each 20 ms, on this socket."""
        self.engine.lead_streams(fd)

    def stream(self, room: str, on: bool) -> int:
        """Make streams of a room's programme, or no longer; gives the number the room has in the core, 0 for none."""
        number = self._room(room) if on else self.rooms.get(room, 0)
        if number:
            self.engine.stream(number, on)
        return number

    # ---- the safety delay ----

    def safety_delay(self, room: str, seconds: int) -> None:
        """Let the audience of a room hear it so much later; 0 is as it is said."""
        if seconds != self.delays.get(room, 0):
            self.delays[room] = seconds
            self.engine.safety_delay(self._room(room), seconds)

    def dump(self, room: str) -> None:
        """What is said and the audience has not heard yet, they never hear."""
        self.engine.dump(self._room(room))

    # ---- gates ----

    def take_microphone(self, peer: Peer) -> None:
        """From now on this connection is the person's one microphone; another one of theirs goes quiet."""
        sounding = self._sounding(peer.room)
        before = sounding.microphone.get(peer.person)
        if before is not None and before is not peer:
            self.engine.gate(before.number, GATE_SHUT)
            self.engine.record(before.number, None)
            if before.moved is not None:
                before.moved()
        sounding.microphone[peer.person] = peer
        if (track := sounding.tracks.get(peer.person)) is not None:
            self.engine.record(peer.number, track)
        if (gate := sounding.open.get(peer.person)) is not None:
            self.engine.gate(peer.number, gate)

    def microphone_of(self, room: str, person: str) -> Peer | None:
        """The one connection through which a person speaks, where there is one."""
        sounding = self.sounding.get(room)
        return sounding.microphone.get(person) if sounding is not None else None

    def open(self, room: str, person: str, *, backstage: bool = False) -> None:
        """Let this person's microphone be heard: by the whole room, or by those backstage and nobody else."""
        sounding = self._sounding(room)
        sounding.open[person] = GATE_BACKSTAGE if backstage else GATE_STAGE
        if (peer := sounding.microphone.get(person)) is not None:
            self.engine.gate(peer.number, sounding.open[person])
        self._weigh(room)

    def lowest_delay(self, peer: Peer, on: bool) -> None:
        """Let this connection hear the voices themselves where others hear the programme, or no longer."""
        self.engine.lowest_delay(peer.number, on)

    def let_hear_backstage(self, room: str, people: frozenset[str]) -> None:
        """These people and no others hear what is said backstage, on whatever connections they have."""
        sounding = self._sounding(room)
        changed, sounding.backstage = sounding.backstage ^ people, people
        self._tell(room, changed, self.engine.hear_backstage, people)

    def let_hear_at_once(self, room: str, people: frozenset[str]) -> None:
        """These people hear each voice as it is said, muted or not, however much later the audience does."""
        sounding = self._sounding(room)
        changed, sounding.at_once = sounding.at_once ^ people, people
        self._tell(room, changed, self.engine.hear_at_once, people)

    def shut(self, room: str, person: str) -> None:
        """Nothing this person says is heard, from this call on."""
        sounding = self._sounding(room)
        sounding.open.pop(person, None)
        for peer in self.peers.values():
            if peer.room == room and peer.person == person:
                self.engine.gate(peer.number, GATE_SHUT)
        self._weigh(room)

    def record(self, room: str, person: str, track: int | None) -> None:
        """Write what this person says on stage to this track from now on, by whatever connection; or no more."""
        tracks = self._sounding(room).tracks
        if track is None:
            tracks.pop(person, None)
        else:
            tracks[person] = track
        if (peer := self.microphone_of(room, person)) is not None:
            self.engine.record(peer.number, track)

    def counts(self, room: str, person: str) -> dict[str, int] | None:
        """What the core counts of the connection a person speaks through; None where there is none."""
        peer = self.microphone_of(room, person)
        return self.engine.peer_statistics(peer.number) if peer is not None else None

    def audience(self, room: str, *, by: str, first: int, most: int) -> Audience | None:
        """How many hear what in a room, and some of them in this order; None where nobody has heard anything yet."""
        number = self.rooms.get(room)
        return self.engine.audience(number, by=by, first=first, most=most) if number is not None else None

    def person_of(self, peer: int) -> str | None:
        """Whose connection this is; None when it is over."""
        found = self.peers.get(peer)
        return found.person if found is not None else None

    def speaking(self, room: str) -> list[int]:
        """Speaker numbers that sound now, loudest first."""
        number = self.rooms.get(room)
        return [speaker for speaker, _ in self.engine.speaking(number)] if number is not None else []

    # ---- inside ----

    def _end_stage(self, room: str) -> None:
        """Whoever spoke, or heard it as it was said, has nothing more to hear."""
        sounding = self._sounding(room)
        heard_all = sounding.at_once | sounding.backstage | sounding.open.keys()
        for peer in [peer for peer in self.peers.values() if peer.room == room]:
            if peer.person in heard_all or not peer.hears:
                self.leave(peer)
        sounding.open.clear()

    def _look(self) -> None:
        """Each second: whether this machine can carry more."""
        if self.headroom.look(self.engine.statistics()):
            log.warning("media.full" if self.headroom.full else "media.free")
        self._looking = asyncio.get_running_loop().call_later(LOOKS_APART, self._look)

    def _sounds(self, room: str, person: str) -> bool:
        return any(peer.room == room and peer.person == person for peer in self.peers.values())

    def _peer(self, room: str, person: str, speaker: int, changed: Callable[[Peer], None]) -> Peer:
        peer = Peer(next(self._numbers), room, person, speaker, changed)
        self.peers[peer.number] = peer
        return peer

    def _room(self, room: str) -> int:
        return self.rooms.setdefault(room, next(self._numbers))

    def _sounding(self, room: str) -> _Sounding:
        return self.sounding.setdefault(room, _Sounding())

    def _tell(self, room: str, changed: frozenset[str], tell: Callable[[int, bool], None], on: frozenset[str]) -> None:
        """Tell the core, of all connections of those for whom it changed, whether they are among these now."""
        if changed:
            for peer in self.peers.values():
                if peer.room == room and peer.person in changed:
                    tell(peer.number, peer.person in on)

    def _weigh(self, room: str) -> None:
        """Whether the audience hears the programme, now that somebody came, went, or may be heard."""
        if (number := self.rooms.get(room)) is not None:
            sounding = self._sounding(room)
            on_stage = [sounding.microphone[person] for person in sounding.open if person in sounding.microphone]
            # Files and encoders speak, and are none of those who hear.
            self.programmes.weigh(number, sum(peer.hears for peer in on_stage))

    def _forget(self, peer: Peer) -> None:
        self.peers.pop(peer.number, None)
        if (number := self.rooms.get(peer.room)) is not None:
            self.programmes.goes(number, peer.number)
            self._weigh(peer.room)
        sounding = self.sounding.get(peer.room)
        if sounding is not None and sounding.microphone.get(peer.person) is peer:
            del sounding.microphone[peer.person]

    def _read(self) -> None:
        for change in self.engine.changes():
            peer = self.peers.get(change.peer)
            if peer is not None:
                self._apply(peer, change)

    def _hears(self, peer: Peer, sounding: _Sounding) -> None:
        """What this connection's person hears that others do not."""
        if peer.person in sounding.backstage:
            self.engine.hear_backstage(peer.number, True)
        if peer.person in sounding.at_once:
            self.engine.hear_at_once(peer.number, True)

    def _apply(self, peer: Peer, change: Change) -> None:
        if peer.answer is not None and not peer.answer.done():
            if change.refusal is not None:
                code, text = change.refusal
                peer.answer.set_exception(SoundRefused(text, code=code))
                return
            if change.answer is not None:
                peer.answer.set_result(change.answer)
        peer.link, peer.reason = change.link, change.reason  # type: ignore[assignment]  # the core's four words
        if peer.link == "up" and peer.hears:
            self.programmes.comes(self._room(peer.room), peer.number)
            self._weigh(peer.room)
        if peer.link == "gone":
            self._forget(peer)
        elif (sounding := self.sounding.get(peer.room)) is not None:
            self._hears(peer, sounding)
        peer.changed(peer)
