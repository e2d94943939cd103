"""The rooms that somebody is in, or that are live: their states, their hubs, their ticks."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import TypeVar

import structlog

from causerie.accounts.opening import Openers
from causerie.captions.lines import last_lines
from causerie.clock import Clock
from causerie.copies import leaving
from causerie.db import Database, Tx
from causerie.errors import Away, Refusal
from causerie.floor import actions
from causerie.floor import store as floor
from causerie.floor.doors import admit
from causerie.floor.rules import hears_at_once, hears_backstage, leads
from causerie.ids import PersonId
from causerie.live.blocked import BlockedRooms
from causerie.live.counting import Counting
from causerie.live.grouped import GroupRooms, closed_as
from causerie.live.hub import Hub
from causerie.live.microphones import Microphones
from causerie.live.programs import Program
from causerie.live.recorder import Recorder
from causerie.live.stays import REMEMBERED
from causerie.live.take_files import TakeFiles
from causerie.live.telling import announcement
from causerie.live.ticks import Ticks
from causerie.media import Media, Peer
from causerie.questions import store as questions
from causerie.recordings import store as recordings
from causerie.recordings.following import follow
from causerie.recordings.live import RecordedRoom, fold
from causerie.recordings.queries import unfinished
from causerie.rooms import absence, queries, zones
from causerie.rooms.audience import attendance
from causerie.rooms.audience import store as audience
from causerie.rooms.audience.attendance import Attendance
from causerie.rooms.closed import circle_of
from causerie.rooms.errors import RoomUnknown
from causerie.rooms.leading import away
from causerie.rooms.state import Room
from causerie.rooms.withheld import closed_by
from causerie.safety import store as safety
from causerie.safety.comers import Comer
from causerie.stage import store as stage
from causerie.stage.moves import HELD
from causerie.turns import Turns

R = TypeVar("R")
log = structlog.get_logger()
Action = Callable[[Tx, RecordedRoom], Awaitable[R]]
Told = Callable[[list[object]], None]


class Rooms:
    """Brings a room to life when it is needed, has its actions done in turn, and ticks."""

    def __init__(
        self, database: Database, clock: Clock, media: Media, data: Path, *, told: Told = lambda _events: None
    ) -> None:
        """`told` hears what happened in every room, after everybody in it."""
        self.told = told
        self.openers: Openers = "verified"
        self.database = database
        self.clock = clock
        self.media = media
        self.recorder = Recorder(media, clock, TakeFiles(data))
        self.turns: Turns[RecordedRoom] = Turns(database, fold=fold, announce=self._announce)
        self.hubs: dict[str, Hub] = {}
        self.counting = Counting(database.write)
        self.names: dict[str, str] = {}
        self.microphones = Microphones(media, clock, self.alive)
        self._coming = asyncio.Lock()
        self.groups = GroupRooms(self, self._coming)
        self.blocks = BlockedRooms(self, self._coming)
        self.ticks = Ticks(self)

    async def open(self) -> None:
        """Rooms that were live go on: their seats are held, their people come back. What was recorded is finished."""
        async with self.database.read() as connection:
            going_on = await queries.live_rooms(connection)
            until = await absence.served_until(connection)
            ids = {room.id for room in going_on}
            begun = [await queries.room_by_id(connection, id) for id in await unfinished(connection) if id not in ids]
        for room in [*going_on, *(room for room in begun if room is not None)]:
            await self._bring_to_life(room)
            self.hubs[room.id].stays.back(self.state(room.id).audience.inside, self.clock.now())
            if absence.left_alone(room, until, self.clock.now()):
                await self.act(room.id, actions.end_by_itself)
        await self._keep_to_clocks()
        self.ticks.begin()

    async def _keep_to_clocks(self) -> None:
        """Countries change their clocks, and this program may have learned of it since it last ran."""
        async with self.database.read() as connection:
            planned = await queries.kept_to_clocks(connection, now=self.clock.now())
        for room in planned:
            if room.start is not None and zones.otherwise(room.start):
                await self.act_in(room.id, actions.keep_to_clock)

    async def close(self) -> None:
        await self.ticks.stop()
        self.microphones.forget()
        await self.recorder.files.stop()
        await self.turns.close()

    async def key_of(self, name: str) -> str:
        """The room of this public name, brought to life; or `RoomUnknown`."""
        if name not in self.names:
            async with self._coming:
                if name not in self.names:
                    async with self.database.read() as connection:
                        room = await queries.room_by_name(connection, name)
                    if room is None:
                        raise RoomUnknown
                    await self._bring_to_life(room)
        return self.names[name]

    def state(self, key: str) -> RecordedRoom:
        return self.turns.states[key]

    def alive(self, id: str) -> RecordedRoom | None:
        """The state of a room that is alive just now."""
        return self.turns.states.get(id)

    def seen_by(self, name: str, person: PersonId) -> RecordedRoom | None:
        """The room of this public name as it stands, for somebody who is in it."""
        key = self.names.get(name)
        return self.state(key) if key is not None and self.hubs[key].pages_of(person) else None

    def audience(self, key: str) -> int:
        return self.hubs[key].listeners(self.state(key)) if key in self.hubs else 0

    def by_stream(self, key: str) -> int:
        """How many listen there by a stream."""
        programs = self.hubs[key].programs if key in self.hubs else ()
        return sum(program.peer is None for program in programs)

    def name_shown(self, key: str, person: PersonId) -> str | None:
        """What everybody in the room may know somebody by: on its stage, and anywhere where all see who is here."""
        if (live := self.alive(key)) is None:
            return None
        if (seat := live.stage.seats.get(person)) is not None:
            return seat.name
        return self.hubs[key].name_of(person) if live.room.settings.visible_list else None

    def heard(self, key: str) -> list[int]:
        """Whom the audience of a room hears just now, by speaker number, loudest first."""
        if (live := self.alive(key)) is None or not live.room.safety_delay:
            return self.media.speaking(key)
        return self.hubs[key].voices.heard(live.room, self.clock.now())

    def captioned(self, key: str) -> bool:
        """What is said there was typed along until now, or somebody is there for it."""
        hub = self.hubs.get(key)
        return bool(hub and hub.said.last(at_once=True)) or self.state(key).room.captioner

    def joins(self, key: str, listener: str, comer: Comer, peer: Peer) -> None:
        """Somebody has a connection by another program than our page; it counts from the first packet on."""
        if (hub := self.hubs.get(key)) is not None:
            hub.programs.add(listener, Program(PersonId(listener), comer, peer, self.clock.now()))

    def streams(
        self, key: str, listener: str, comer: Comer, end: Callable[[], None], *, whose: PersonId | None = None
    ) -> None:
        """Somebody listens by a stream; `end` lets them go. With a page here, or by several, they are one (`whose`)."""
        if (hub := self.hubs.get(key)) is not None:
            who = whose or PersonId(listener)
            hub.programs.add(listener, Program(who, comer, None, self.clock.now(), hears=True, end=end))

    def listens(self, key: str, person: PersonId) -> bool:
        """Whether somebody hears just now by a stream; `person` may be a connection of which nothing else is known."""
        return key in self.hubs and person in self.hubs[key].programs.people

    def sent_out_at(self, key: str, person: PersonId) -> int:
        """When somebody was last sent out of a room; 0 where nobody knows of it."""
        return self.hubs[key].sent_out.get(person, 0)

    def hears(self, key: str, listener: str, *, now: bool) -> None:
        """Count somebody who hears by another program, from the first packet to the last."""
        if (hub := self.hubs.get(key)) is not None:
            hub.programs.hears(listener, now=now)

    def parts(self, key: str, listener: str) -> None:
        """A connection by another program is over."""
        if (hub := self.hubs.get(key)) is not None:
            hub.programs.discard(listener)

    def number(self, key: str, person: PersonId) -> int:
        return self.hubs[key].number(person)

    async def act(self, key: str, action: Action[R], *, closing: bool = False) -> R:
        """Have something done in the room's turn, with what follows for the recording."""

        async def followed(tx: Tx, live: RecordedRoom) -> R:
            made = await action(tx, live)
            await follow(tx, live)
            await leaving.follow(tx, live)
            return made

        return await self.turns.take(key, followed, closing=closing)

    async def act_in(self, id: str, action: Action[R]) -> R:
        """The same in a room that may not be alive just now."""
        if id not in self.hubs:
            async with self.database.read() as connection:
                room = await queries.room_by_id(connection, id)
            if room is None:
                raise RoomUnknown
            await self.key_of(room.name)
        return await self.act(id, action)

    def record(self, key: str) -> None:
        """Record whom the room says is recorded, and nobody else."""
        if (live := self.alive(key)) is not None:
            self.recorder.close(key, live)
            self.recorder.open(key, live)

    # ---- doors ----

    def admit(self, key: str, comer: Comer) -> None:
        """The one question of every door; or a refusal."""
        hub, live = self.hubs[key], self.state(key)
        now = self.clock.now()
        if (refusal := hub.closes_before(comer)) is not None and not leads(live, comer):
            raise refusal
        known = any(id in hub.stays.all for id in comer.ids)
        hears = any(id in hub.programs.people for id in comer.ids)
        admit(
            live,
            comer,
            now,
            lately=hears or not hub.stays.away(comer.ids, now, longer_than=REMEMBERED),
            back=known and not hub.stays.away(comer.ids, now, longer_than=HELD),
            listeners=hub.listeners(live),
            circle=hub.circle,
            blocked=hub.blocked,
            withheld_until=hub.withheld_until,
        )

    def end_programs(self, key: str, goes: Callable[[Comer], bool]) -> None:
        """Sound by other programs ends for all of these; not for those with authority in the room."""
        live = self.state(key)
        for program in list(self.hubs[key].programs):
            if goes(program.comer) and not leads(live, program.comer):
                program.over(self.media)

    def shut_out(self, key: str, people: Iterable[PersonId], code: int, sentence: str) -> None:
        """What closes, closes first: these people hear nothing and say nothing from this call on, by no program."""
        hub, live, out = self.hubs[key], self.state(key), set(people)

        def goes(comer: Comer) -> bool:
            return bool(out & comer.ids) and not leads(live, comer)

        pages = [page for page in hub.pages if page.person.id in out or goes(page.comer)]
        for person in out | {page.person.id for page in pages}:
            hub.sent_out[person] = self.clock.now()
            self.media.leave_person(key, person)
        self.end_programs(key, goes)
        for page in [page for page in hub.at_door if page.person.id in out]:
            hub.at_door.discard(page)
            page.stop(code, sentence)
        for page in pages:
            hub.pages.discard(page)
            hub.stays.left(page.person.id, self.clock.now(), sent_out=True)
            page.stop(code, sentence)

    # ---- lines ----

    async def came(self, key: str, person: PersonId) -> None:
        """Somebody is here: a held seat is theirs again, a hand that waited is as it was."""
        self.hubs[key].queue_changed = True
        if self._waits_for(key, person):
            try:
                await self.act(key, lambda tx, live: actions.find_line(tx, live, person))
            except Away:
                self.hubs[key].unfound.add(person)

    async def went(self, key: str, person: PersonId) -> None:
        """Somebody's last page is gone: nothing they say is heard, and their place waits for them."""
        if key not in self.hubs or self.hubs[key].pages_of(person):
            return
        self.hubs[key].queue_changed = True
        self.media.shut(key, person)
        if self._waits_for(key, person):
            await self.act(key, lambda tx, live: actions.lose_line(tx, live, person), closing=True)

    def _waits_for(self, key: str, person: PersonId) -> bool:
        live = self.state(key)
        stage = live.stage
        kept = person in stage.seats or person in stage.hands or person in stage.waiting
        kept = kept or person in stage.backstage or person in stage.aside
        return kept or person in live.room.leaders

    async def come(self, room: Room, *, away_since: int) -> None:
        """A room that is not alive comes to life, with its hosts away for that long."""
        async with self._coming:
            if room.name not in self.names:
                await self._bring_to_life(room, away_since=away_since)

    async def let_go(self, key: str) -> None:
        """Nobody needs the room any more; who comes meanwhile brings it to life anew."""
        self.recorder.forget(key)
        del self.hubs[key], self.names[self.state(key).room.name]
        await self.turns.drop(key)

    # ---- inside ----

    async def _bring_to_life(self, room: Room, *, away_since: int | None = None) -> None:
        async with self.database.read() as connection:
            room = away(await queries.with_helpers(connection, room), away_since or self.clock.now())
            stood = await stage.read(connection, room.id, now=self.clock.now(), expected=room.expected)
            asked = await questions.read(connection, room.id)
            kept_out = await safety.read(connection, room.id)
            said = await last_lines(connection, room.id)
            heard = await audience.read(connection, room.id)
            queue = await floor.read(connection, room.id)
            taken = await recordings.read(connection, room.id)
            numbers = await queries.speaker_numbers(connection, room.id)
            counted = await attendance.read(connection, room.id)
            around = await circle_of(connection, room)
            blocked, until = await closed_by(connection, room.host, now=self.clock.now())
        self.hubs[room.id] = Hub(room.id, self.media, {PersonId(person): n for person, n in numbers.items()})
        self.hubs[room.id].circle, self.hubs[room.id].circle_as = around, closed_as(room)
        self.hubs[room.id].blocked, self.hubs[room.id].blocked_of = blocked, room.host
        self.hubs[room.id].withheld_until = until
        live = RecordedRoom(room, stood, asked, audience=heard, safety=kept_out, floor=queue, recording=taken)
        self.hubs[room.id].said.hold(said, hears_at_once(live))
        self.hubs[room.id].said.due(room, self.clock.now())
        if room.phase == "live" and room.id not in self.counting.rooms:
            self.counting.rooms[room.id] = Attendance(counted, self.clock.now())
        self.turns.hold(room.id, live)
        self.media.let_hear_backstage(room.id, hears_backstage(live))
        self.media.let_hear_at_once(room.id, hears_at_once(live))
        if not room.over:
            self.media.safety_delay(room.id, room.settings.safety_delay)
        self.names[room.name] = room.id
        if stood.hands or stood.waiting or stood.backstage:
            with contextlib.suppress(Refusal):  # the database is away: they have the whole time after another restart
                await self.act(room.id, lambda tx, live: stage.note_absences(tx, live.room.id, live.stage))

    def _announce(self, key: str, before: RecordedRoom, events: list[object], after: RecordedRoom) -> None:
        """What closes is closed before anybody is told; what opens is opened when everybody has been."""
        self.microphones.shut(key, before, after)
        self.recorder.close(key, after)
        if not after.room.over:
            self.media.safety_delay(key, after.room.settings.safety_delay)
        self.media.let_hear_backstage(key, hears_backstage(before) & hears_backstage(after))
        self.hubs[key].say(announcement(events, before, after), after, self.clock.now())
        if after.room.over and not before.room.over:
            self.media.end_room(key)  # who heard it as it was said has heard it, and hears no word twice
        else:
            self.media.let_hear_backstage(key, hears_backstage(after))
            self.media.let_hear_at_once(key, hears_at_once(after))
        self.microphones.open(key, before, after)
        self.recorder.open(key, after)
        self.told(events)
