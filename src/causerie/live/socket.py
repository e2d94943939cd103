"""One page at `/live`: hears one command after another and says what became of each."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, cast

import structlog

from causerie.accounts.people import Person
from causerie.errors import Refusal
from causerie.floor import actions
from causerie.floor.rules import Desk, desk_of
from causerie.live import protocol as wire
from causerie.live.commands import TABLE, Here
from causerie.live.decode import MessageUnknown, command
from causerie.live.outgoing import TRY_AGAIN, Outgoing
from causerie.live.page_sound import PageSound
from causerie.live.rooms import Rooms
from causerie.live.shut_out import ShutOut
from causerie.media import SoundRefused
from causerie.recordings.coming import note_minor
from causerie.rooms.audience.errors import DoorOpen, RoomLocked
from causerie.rooms.errors import NotInRoom
from causerie.safety.comers import Comer

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

LAST_WORD = 5.0
AGAINST_OUR_RULES, TOO_LARGE = 1008, 1009
# Closed for what was sent (RFC 6455, 7.4.1): against the protocol, no text, against our rules, too large.
SPOILED = {1002, 1007, AGAINST_OUR_RULES, TOO_LARGE}
LARGEST = 64 * 1024

log = structlog.get_logger()


class LivePage:
    """One page: its person and session, the room it is in, its sound."""

    def __init__(self, rooms: Rooms, shut_out: ShutOut, person: Person, session: str | None, send: Send) -> None:
        self.rooms = rooms
        self.shut_out = shut_out
        self.person = person
        self.session = session
        self.task = cast("asyncio.Task[None]", asyncio.current_task())
        self.desk: Desk | None = None
        self.came_as = Comer()
        self.knocks_at: str | None = None
        self.key: str | None = None
        self.sound = PageSound(rooms, self)
        self._send = send
        self.goodbye: tuple[int, str] | None = None
        self.outgoing = Outgoing(send, lambda: self.stop(TRY_AGAIN, "too slow; come back and resume"))

    @property
    def comer(self) -> Comer:
        """Whom a ban would know this page by: its person, the visitor of its browser, where it comes from."""
        return Comer(self.came_as.ids | {self.person.id}, self.came_as.network)

    # ---- the loop ----

    async def serve(self, receive: Receive) -> None:
        while True:
            message = await receive()
            if message["type"] != "websocket.receive":
                if message.get("code") in SPOILED:
                    self._shut_out()
                return
            text = message.get("text")
            if len(text or "") > LARGEST:
                self._shut_out()
                await self.close(TOO_LARGE, "frame too large")
                return
            await self._hear(text)

    async def _hear(self, text: str | None) -> None:
        """Do one command, and say what became of it. A bad one hurts nobody else, and not the next."""
        id: str | None = None
        try:
            wanted = command(text or "")
            id = wanted.id
            made = await self._do(wanted)
        except MessageUnknown as refusal:
            self.say(wire.Refused(id=refusal.id, code=refusal.code, text=refusal.text))
        except Refusal as refusal:
            self.say(wire.Refused(id=id, code=refusal.code, text=refusal.text))
        except TimeoutError:
            self.say(wire.Refused(id=id, code=SoundRefused.code, text=SoundRefused.text))
        except Exception:
            log.exception("live.fault", room=self.key)
            self.say(wire.Refused(id=id, code="fault", text="Something went wrong here. Try again."))
        else:
            self.say(wire.Ack(id=wanted.id, made=made))

    async def _do(self, wanted: wire.Command) -> str | None:
        match wanted:
            case wire.RoomEnter():
                await self._enter(wanted)
                return None
            case wire.RoomLeave():
                await self.gone()
                return None
            case wire.RoomKnock():
                await self._knock(wanted)
                return None
        if self.key is None:
            raise NotInRoom
        match wanted:
            case wire.MediaOffer(id=id, sdp=sdp):
                await self.sound.offer(self.key, id, sdp)
                return None
            case wire.MediaClose():
                await self.sound.stop(self.key)
                return None
            case wire.MediaLowestDelay(on=on):
                self.sound.lowest_delay(on)
                return None
        return await TABLE[type(wanted)](Here(self.rooms, self.key, self), wanted)

    # ---- the room ----

    async def _enter(self, wanted: wire.RoomEnter) -> None:
        rooms = self.rooms
        key = await rooms.key_of(wanted.room)
        rooms.admit(key, self.comer)
        if self.key is not None and self.key != key:
            await self.gone()
        hub = rooms.hubs[key]
        self.key, self.desk = key, desk_of(rooms.state(key), self.person)
        hub.pages.add(self)
        hub.stays.came(self.person, self.comer, rooms.clock.now())
        missed = hub.missed(self, wanted.since) if wanted.since else None
        if missed is None:
            self.frame(hub.snapshot(rooms.state(key), self, rooms.clock.now()))
        else:
            for frame in missed:
                self.frame(frame)
        await rooms.came(key, self.person.id)
        await self._note_minor(key)
        if wanted.sdp is not None:
            await self.sound.offer(key, wanted.id, wanted.sdp)

    async def _note_minor(self, key: str) -> None:
        """Who is never recorded is never asked, either."""
        person = self.person
        if person.minor and person.id not in self.rooms.state(key).recording.minors:
            await self.rooms.act(key, lambda tx, live: note_minor(tx, live, person))

    async def _knock(self, wanted: wire.RoomKnock) -> None:
        """Stand at the door of a locked room; to who is banned there is none."""
        rooms = self.rooms
        key = await rooms.key_of(wanted.room)
        hub = rooms.hubs[key]
        if not self._locked_out(key):
            await self._leave_door()
            raise DoorOpen
        if self.knocks_at != key:
            await self._leave_door()
        self.knocks_at = key
        hub.at_door.add(self)
        try:
            await rooms.act(
                key,
                lambda tx, live: actions.knock(
                    tx, live, self.person, self.comer.ids, name=wanted.name, note=wanted.note
                ),
            )
        except Refusal:
            hub.at_door.discard(self)
            raise

    def _locked_out(self, key: str) -> bool:
        """Whether all that keeps them out is the lock; or what else does, as a refusal."""
        try:
            self.rooms.admit(key, self.comer)
        except RoomLocked:
            return True
        return False

    async def _leave_door(self) -> None:
        """Knock no more, where no other page of theirs does."""
        key, self.knocks_at = self.knocks_at, None
        if key is None or (hub := self.rooms.hubs.get(key)) is None or self not in hub.at_door:
            return
        hub.at_door.discard(self)
        if all(page.person.id != self.person.id for page in hub.at_door):
            person = self.person.id
            await self.rooms.act(key, lambda tx, live: actions.stop_knocking(tx, live, person))

    async def gone(self) -> None:
        """The page left, or its line is lost."""
        with contextlib.suppress(Refusal):
            await self._leave_door()
        key, self.key = self.key, None
        spoke = key is not None and self.sound.leave(key)
        if key is None or (hub := self.rooms.hubs.get(key)) is None:
            return
        hub.pages.discard(self)
        if not hub.pages_of(self.person.id):
            hub.stays.left(self.person.id, self.rooms.clock.now())
        with contextlib.suppress(Refusal):  # the seat is shut already; the sweep finds who is away
            if spoke and hub.pages_of(self.person.id):
                await self.sound.back_muted(key)
            await self.rooms.went(key, self.person.id)

    def take_microphone(self) -> None:
        """This page is the one that speaks."""
        self.sound.take_microphone()

    # ---- out ----

    def frame(self, text: str, *, may_be_lost: bool = False) -> None:
        self.outgoing.frame(text, may_be_lost=may_be_lost)

    def say(self, frame: wire.Message) -> None:
        self.frame(frame.model_dump_json(by_alias=True))

    async def close(self, code: int, reason: str) -> None:
        self.outgoing.end()
        with contextlib.suppress(Exception):  # it may be closed already
            await self._send({"type": "websocket.close", "code": code, "reason": reason})

    def stop(self, code: int, reason: str) -> None:
        """End this page now, whatever it is doing: it leaves its room, its sound ends, and a last word follows."""
        if self.goodbye is None:
            self.goodbye = code, reason
            self.outgoing.end()
            self.task.cancel()

    async def say_goodbye(self) -> None:
        """Tell a page that it was stopped; a socket that nobody reads may not even take that."""
        if self.goodbye is not None:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LAST_WORD):
                    await self.close(*self.goodbye)

    def _shut_out(self) -> None:
        self.shut_out.add(self.session or self.person.id)
