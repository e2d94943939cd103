"""The WebSocket at `/live`: a plain ASGI app. Origin first, then who it is, then one command after another."""

import asyncio
import contextlib
import time
from collections import deque
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, cast
from urllib.parse import urlsplit

import structlog

from causerie.accounts.cookies import Cookies
from causerie.accounts.people import Person
from causerie.errors import Refusal
from causerie.floor import actions
from causerie.live import protocol as wire
from causerie.live.commands import TABLE, Here
from causerie.live.decode import MessageUnknown, command
from causerie.live.outgoing import TRY_AGAIN, Outgoing
from causerie.live.rooms import Rooms
from causerie.live.shut_out import ShutOut
from causerie.live.views import sees_desk
from causerie.media import Media, Peer, SoundRefused
from causerie.rooms.audience.errors import RoomFull, RoomLocked
from causerie.rooms.errors import NotInRoom
from causerie.safety.comers import Comer, comer

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

COMMANDS_A_SECOND = 20
LAST_WORD = 5.0
TOO_FAST, TOO_LARGE = 1008, 1009
# Closed for what was sent (RFC 6455, 7.4.1): against the protocol, no text, against our rules, too large.
SPOILED = {1002, 1007, TOO_FAST, TOO_LARGE}
SIGNED_OUT = 1008
ENDED_KEPT = 1000
NAMED_KEPT = 100
LARGEST = 64 * 1024

log = structlog.get_logger()


class Gateway:
    """Every open WebSocket of this program."""

    def __init__(self, rooms: Rooms, media: Media, cookies: Cookies, origins: Callable[[Scope], set[str]]) -> None:
        self.rooms = rooms
        self.media = media
        self.cookies = cookies
        self.origins = origins
        self.pages: set[LivePage] = set()
        self.ended: deque[str] = deque(maxlen=ENDED_KEPT)
        self.named_lately: deque[tuple[Person, str]] = deque(maxlen=NAMED_KEPT)
        self.shut_out = ShutOut()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        await receive()  # websocket.connect
        origin = headers.get(b"origin", "")
        if origin not in self.origins(scope) or not _plain(origin):
            await _refuse(send, 403)
            return
        cookie = headers.get(b"cookie", "")
        person = await self._who(cookie)
        if person is None:
            await _refuse(send, 403)
            return
        if wait := self.shut_out.wait(self.cookies.session(cookie) or person.id):
            await asyncio.sleep(wait)
        await send({"type": "websocket.accept"})
        host = (scope.get("client") or ("",))[0]
        page = LivePage(self, person, self.cookies.session(cookie), send)
        page.came_as = comer(self.cookies.visitor(cookie), host=host)
        self.pages.add(page)
        for named, session in self.named_lately:
            if named.id == page.person.id and page.person.name is None:  # took a name while it came
                page.person, page.session = named, session
        if page.session in self.ended:  # signed out while it came
            page.stop(SIGNED_OUT, "signed out")
        try:
            await page.serve(receive)
        except asyncio.CancelledError:
            if page.goodbye is None:
                raise
            page.task.uncancel()
        finally:
            self.pages.discard(page)
            await page.gone()
        await page.say_goodbye()

    async def _who(self, cookie: str) -> Person | None:
        async with self.rooms.database.read() as connection:
            return await self.cookies.who(connection, cookie, now=self.rooms.clock.now())

    def named(self, person: Person, session: str) -> None:
        """A visitor has a name now, on all their open pages, and a session; their sound goes on."""
        self.named_lately.append((person, session))
        theirs = [page for page in self.pages if page.person.id == person.id]
        for page in theirs:
            page.person, page.session = person, session
            if page.key is not None:
                self.rooms.hubs[page.key].stays.came(person, page.comer, self.rooms.clock.now())
        now = self.rooms.clock.now()
        for key in {page.key for page in theirs if page.key is not None}:
            self.rooms.hubs[key].tell(person.id, [wire.MeNamed(name=person.name or "")], now)
            self.rooms.hubs[key].tell_rights(person.id, self.rooms.state(key), now)

    def signed_out(self, session: str) -> None:
        """A session is over: its pages stop wherever they are, their sound ends. Other sessions of the person stay."""
        self.ended.append(session)
        for page in self.pages:
            if page.session == session:
                page.stop(SIGNED_OUT, "signed out")


class LivePage:
    """One page: its person and session, the room it is in, its sound."""

    def __init__(self, gateway: Gateway, person: Person, session: str | None, send: Send) -> None:
        self.gateway = gateway
        self.person = person
        self.session = session
        self.task = cast("asyncio.Task[None]", asyncio.current_task())
        self.desk = False
        self.came_as = Comer()
        self.knocks_at: str | None = None
        self.key: str | None = None
        self.peer: Peer | None = None
        self.coming: Peer | None = None
        self._send = send
        self.goodbye: tuple[int, str] | None = None
        self.outgoing = Outgoing(send, lambda: self.stop(TRY_AGAIN, "too slow; come back and resume"))
        self._second, self._commands = 0.0, 0

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
            if self._too_fast():
                self._shut_out()
                await self.close(TOO_FAST, "too many commands")
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
                await self._offer(self.key, id, sdp)
                return None
            case wire.MediaClose():
                await self._stop_hearing(self.key)
                return None
        return await TABLE[type(wanted)](Here(self.gateway.rooms, self.key, self), wanted)

    # ---- the room ----

    async def _enter(self, wanted: wire.RoomEnter) -> None:
        rooms = self.gateway.rooms
        key = await rooms.key_of(wanted.room)
        rooms.admit(key, self.comer)
        if self.key is not None and self.key != key:
            await self.gone()
        hub = rooms.hubs[key]
        self.key, self.desk = key, sees_desk(rooms.state(key), self.person)
        hub.pages.add(self)
        hub.stays.came(self.person, self.comer, rooms.clock.now())
        missed = hub.missed(self, wanted.since) if wanted.since else None
        if missed is None:
            self.frame(hub.snapshot(rooms.state(key), self, rooms.clock.now()))
        else:
            for frame in missed:
                self.frame(frame)
        await rooms.came(key, self.person.id)
        if wanted.sdp is not None:
            await self._offer(key, wanted.id, wanted.sdp)

    async def _knock(self, wanted: wire.RoomKnock) -> None:
        """Stand at the door of a locked room; to who is banned there is none."""
        rooms = self.gateway.rooms
        key = await rooms.key_of(wanted.room)
        with contextlib.suppress(RoomLocked, RoomFull):
            rooms.admit(key, self.comer)
        hub = rooms.hubs[key]
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

    async def _leave_door(self) -> None:
        """Knock no more, where no other page of theirs does."""
        key, self.knocks_at = self.knocks_at, None
        if key is None or (hub := self.gateway.rooms.hubs.get(key)) is None or self not in hub.at_door:
            return
        hub.at_door.discard(self)
        if all(page.person.id != self.person.id for page in hub.at_door):
            person = self.person.id
            await self.gateway.rooms.act(key, lambda tx, live: actions.stop_knocking(tx, live, person))

    async def gone(self) -> None:
        """The page left, or its line is lost."""
        with contextlib.suppress(Refusal):
            await self._leave_door()
        key, self.key = self.key, None
        spoke = key is not None and self._leave_sound(key)
        if key is None or (hub := self.gateway.rooms.hubs.get(key)) is None:
            return
        hub.pages.discard(self)
        if not hub.pages_of(self.person.id):
            hub.stays.left(self.person.id, self.gateway.rooms.clock.now())
        with contextlib.suppress(Refusal):  # the seat is shut already; the sweep finds who is away
            if spoke and hub.pages_of(self.person.id):
                await self._back_muted(key)
            await self.gateway.rooms.went(key, self.person.id)

    # ---- sound ----

    async def _offer(self, key: str, id: str, sdp: str) -> None:
        """Hear, or hear again: the connection before ends when the new one sounds; the microphone comes back muted."""
        media, hub = self.gateway.media, self.gateway.rooms.hubs[key]
        if self.coming is not None:
            media.leave(self.coming)
        person = self.person.id
        peer, answer = await media.offer(key, person, hub.number(person), sdp, self._sound_changed)
        self.coming = peer
        if media.microphone_of(key, person) in (None, self.peer):
            await self._back_muted(key)
        self.say(wire.Answer(id=id, sdp=answer))

    async def _back_muted(self, key: str) -> None:
        """Who spoke through the connection before opens the new one's microphone themselves."""
        person = self.person.id
        self.gateway.media.shut(key, person)
        if person in self.gateway.rooms.state(key).stage.lanes:
            await self.gateway.rooms.act(
                key,
                lambda tx, live: actions.mute(tx, live, self.person, person=person),
                closing=True,
            )

    def _sound_changed(self, peer: Peer) -> None:
        if peer is self.coming and peer.link == "up":
            before, self.peer, self.coming = self.peer, peer, None
            if before is not None:
                self.gateway.media.leave(before)
        if peer is self.peer and peer.link in ("up", "lost", "gone"):
            self.say(wire.Sound(link=peer.link, reason=peer.reason))
        if peer.link == "gone":
            self.peer = None if peer is self.peer else self.peer
            self.coming = None if peer is self.coming else self.coming

    def take_microphone(self) -> None:
        """This page is the one that speaks."""
        peer = self.peer or self.coming
        if peer is not None:
            self.gateway.media.take_microphone(peer)

    async def _stop_hearing(self, key: str) -> None:
        if self._leave_sound(key):
            await self._back_muted(key)

    def _leave_sound(self, key: str) -> bool:
        """End this page's sound; whether it was the one that its person speaks by."""
        media = self.gateway.media
        mine = [peer for peer in (self.peer, self.coming) if peer is not None]
        spoke = media.microphone_of(key, self.person.id) in mine
        for peer in mine:
            media.leave(peer)
        self.peer = self.coming = None
        return spoke

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
        self.gateway.shut_out.add(self.session or self.person.id)

    def _too_fast(self) -> bool:
        now = time.monotonic()
        if now - self._second >= 1:
            self._second, self._commands = now, 0
        self._commands += 1
        return self._commands > COMMANDS_A_SECOND


def _plain(origin: str) -> bool:
    """scheme://host[:port] and nothing else; `null` and the like are not."""
    parts = urlsplit(origin)
    return bool(parts.scheme and parts.netloc) and f"{parts.scheme}://{parts.netloc}" == origin


async def _refuse(send: Send, status: int) -> None:
    await send({"type": "websocket.http.response.start", "status": status, "headers": []})
    await send({"type": "websocket.http.response.body", "body": b""})
