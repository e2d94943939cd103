"""The sound of one page: a connection to hear by, and to speak by where this page has the microphone."""

from causerie.floor import actions
from causerie.floor.rules import desk_of
from causerie.live import protocol as wire
from causerie.live.commands.here import Speaker
from causerie.live.rooms import Rooms
from causerie.media import Peer


class PageSound:
    """What a page hears by. While a new connection is made, the one before still sounds."""

    def __init__(self, rooms: Rooms, page: Speaker) -> None:
        self.rooms = rooms
        self.media = rooms.media
        self.page = page
        self.peer: Peer | None = None
        self.coming: Peer | None = None
        self.lowest = False

    async def offer(self, key: str, id: str, sdp: str) -> None:
        """Hear, or hear again: the connection before ends when the new one sounds; the microphone comes back muted."""
        if self.coming is not None:
            self.media.leave(self.coming)
        person = self.page.person.id
        number = self.rooms.hubs[key].number(person)
        yields = not self._needed(key)
        peer, answer = await self.media.offer(key, person, number, sdp, self._changed, yields=yields)
        self.coming = peer
        peer.moved = self._moved
        if self.lowest:
            self.media.lowest_delay(peer, True)
        if self.media.microphone_of(key, person) in (None, self.peer):
            await self.back_muted(key)
        self.page.say(wire.Answer(id=id, sdp=answer))

    def _needed(self, key: str) -> bool:
        """Without those who lead the room, and who are on stage or on their way there, there is nothing to hear."""
        live, person = self.rooms.state(key), self.page.person
        stage = live.stage
        places = (stage.seats, stage.backstage, stage.waiting, stage.invitations)
        return desk_of(live, person) is not None or any(person.id in place for place in places)

    async def back_muted(self, key: str) -> None:
        """Who spoke through the connection before opens the new one's microphone themselves."""
        person = self.page.person
        self.media.shut(key, person.id)
        if person.id in self.rooms.state(key).stage.lanes:
            await self.rooms.act(
                key,
                lambda tx, live: actions.begin_shut(tx, live, person),
                closing=True,
            )

    def lowest_delay(self, on: bool) -> None:
        """Hear the voices themselves, or the programme: by what this page hears now, and by what it offers later."""
        self.lowest = on
        for peer in (self.peer, self.coming):
            if peer is not None:
                self.media.lowest_delay(peer, on)

    def take_microphone(self) -> None:
        """This page is the one that speaks."""
        peer = self.peer or self.coming
        if peer is not None:
            self.media.take_microphone(peer)

    def _moved(self) -> None:
        self.page.say(wire.MicrophoneMoved())

    async def stop(self, key: str) -> None:
        """Hear no more; who spoke by this page is muted."""
        if self.leave(key):
            await self.back_muted(key)

    def leave(self, key: str) -> bool:
        """End this page's sound; whether it was the one that its person speaks by."""
        mine = [peer for peer in (self.peer, self.coming) if peer is not None]
        spoke = self.media.microphone_of(key, self.page.person.id) in mine
        for peer in mine:
            self.media.leave(peer)
        self.peer = self.coming = None
        return spoke

    def _changed(self, peer: Peer) -> None:
        if peer is self.coming and peer.link == "up":
            before, self.peer, self.coming = self.peer, peer, None
            if before is not None:
                self.media.leave(before)
        if peer is self.peer and peer.link in ("up", "lost", "gone"):
            self.page.say(wire.Sound(link=peer.link, reason=peer.reason))
        if peer.link == "gone":
            self.peer = None if peer is self.peer else self.peer
            self.coming = None if peer is self.coming else self.coming
