"""Every room's streams: begun when somebody comes, handed out to all who listen, let go when nobody does."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import Callable
from typing import Protocol

from causerie.clock import Clock
from causerie.ids import PersonId
from causerie.streams.covers import Covers
from causerie.streams.errors import NotOnAirAnyMore, StreamNotReady, StreamsFull
from causerie.streams.followers import Follower, Followers
from causerie.streams.hls import Window
from causerie.streams.labels import Labels
from causerie.streams.listening import Listener
from causerie.streams.maker import Maker
from causerie.streams.pieces import Format, Piece
from causerie.streams.room import RoomStreams

LINGERS = 30.0
READY_WITHIN = 8.0
LAST_WORDS = 2.0
KEPT_AFTER = 60.0
EACH = 0.5


class Programmes(Protocol):
    """What streams ask of the sound of rooms."""

    def lead_streams(self, fd: int) -> None: ...
    def stream(self, room: str, on: bool) -> int: ...


class Streams:
    """Whether there is something to hear of a room, `is_on_air` says.

    `most`: so many connections, and followers of lists, at once.
    """

    def __init__(self, programmes: Programmes, clock: Clock, is_on_air: Callable[[str], bool], *, most: int) -> None:
        self.programmes, self.clock, self.is_on_air, self.most = programmes, clock, is_on_air, most
        self.maker = Maker(self._hear, self._began)
        self.followers, self.covers = Followers(), Covers()
        self.rooms: dict[str, RoomStreams] = {}
        self.slow = 0
        self.behind = 0.0
        self._numbers: dict[int, RoomStreams] = {}
        self._news = asyncio.Condition()
        self._tasks: set[asyncio.Task[None]] = set()
        self._sweeping: asyncio.Task[None] | None = None
        self._closed = self._led = False

    # ---- from the beginning to the end ----

    def open(self) -> None:
        self._sweeping = asyncio.create_task(self._sweep_again_and_again(), name="streams sweep")

    async def end(self) -> None:
        """The program ends: everybody is let go at once."""
        self._closed = True
        for streams in self.rooms.values():
            for listener in streams.everybody:
                listener.cut()
        await self._tell()

    async def close(self) -> None:
        await self.end()
        if self._sweeping is not None:
            self._sweeping.cancel()
            await asyncio.gather(self._sweeping, return_exceptions=True)
        await self.maker.rest()
        self.maker.close()

    # ---- who listens ----

    @property
    def listening(self) -> Counter[str]:
        """How many take each format; who follows a list is `hls`."""
        counted = Counter(dict.fromkeys(("mp3", "aac", "opus"), 0))
        for streams in self.rooms.values():
            counted.update({format: len(all_) for format, all_ in streams.listeners.items()})
        counted["hls"] = len(self.followers)
        return counted

    def room_for_one(self) -> None:
        """Or `StreamsFull`."""
        if self._closed or self.listening.total() >= self.most:
            raise StreamsFull

    def listen(self, room: str, format: Format, labels: Labels, *, by: PersonId | None = None) -> Listener:
        """Somebody takes a stream until `leave`; `by` is who, where that is known."""
        self.room_for_one()
        streams = self._of(room, labels)
        self._want(streams, format)
        return streams.listen(format, by=by, since=self.clock.now())

    def audience(self, room: str) -> list[Listener | Follower]:
        """Who hears a room by a stream just now: whoever follows least well first, then by when they came."""
        streams = self.rooms.get(room)
        here: list[Listener | Follower] = list(streams.everybody) if streams is not None else []
        here += self.followers.of(room)
        return sorted(here, key=lambda one: (-one.waits, one.since))

    def leave(self, listener: Listener) -> None:
        if (streams := self.rooms.get(listener.room)) is not None:
            streams.listeners[listener.format].discard(listener)

    async def window(self, room: str, labels: Labels) -> Window:
        """What a room has by HLS, once there is something to play; or `StreamNotReady`."""
        streams = self._of(room, labels)
        self._want(streams, "aac")
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(READY_WITHIN), self._news:
                await self._news.wait_for(lambda: streams.window.there or streams.window.over or self._closed)
        if not streams.window.there:
            raise StreamNotReady
        return streams.window

    def window_of(self, room: str) -> Window | None:
        """The same where somebody has asked for it lately, also a moment after the end."""
        streams = self.rooms.get(room)
        return streams.window if streams is not None else None

    # ---- what is wanted ----

    def _of(self, room: str, labels: Labels) -> RoomStreams:
        streams = self.rooms.get(room)
        if streams is None:
            self._lead()
            number = self.programmes.stream(room, True)
            streams = RoomStreams(room, number, labels, Window(self.clock.now()))
            streams.begins_anew(self.maker.starts)
            self.rooms[room] = self._numbers[number] = streams
        elif streams.over_at is not None:
            raise NotOnAirAnyMore
        streams.labels = labels
        return streams

    def _lead(self) -> None:
        """Ticks come from the first stream on."""
        if not self._led:
            self._led = True
            self.programmes.lead_streams(self.maker.entrance.fileno())

    def _want(self, streams: RoomStreams, format: Format) -> None:
        self.maker.begin()
        if streams.wants(format, _now() + LINGERS):
            self.maker.want(streams.wanted)

    def _began(self) -> None:
        """A process that knows of nothing."""
        for streams in self.rooms.values():
            streams.begins_anew(self.maker.starts)
            self.maker.want(streams.wanted)

    # ---- what comes ----

    def _hear(self, piece: Piece) -> None:
        if (streams := self._numbers.get(piece.room)) is None:
            return
        for slow in streams.hear(piece):
            self.slow += 1
            self.leave(slow)
        if piece.kind == "end":
            streams.end()
        else:
            self.behind = max(0.0, (self.clock.now() - piece.ends) / 1000)
        if piece.kind in ("segment", "end"):
            task = asyncio.ensure_future(self._tell())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _tell(self) -> None:
        async with self._news:
            self._news.notify_all()

    # ---- time ----

    async def _sweep_again_and_again(self) -> None:
        while True:
            await asyncio.sleep(EACH)
            await self.sweep(_now())

    async def sweep(self, now: float) -> None:
        """Rooms that are over end, what nobody takes is not made any more, and for nothing there is no process."""
        self.followers.sweep(now)
        for streams in list(self.rooms.values()):
            if streams.over_at is not None:
                self._after(streams, now)
            elif not self.is_on_air(streams.key):
                streams.over_at = now
                self.maker.want(streams.wanted)
            elif streams.lets_go(now, LINGERS):
                self.maker.want(streams.wanted)
                if not streams.until:
                    self._forget(streams)
        if not any(streams.until for streams in self.rooms.values()):
            await self.maker.rest()

    def _after(self, streams: RoomStreams, now: float) -> None:
        """The last words come within a moment, or never; the list is there a little longer."""
        over = now - (streams.over_at or now)
        if over >= LAST_WORDS and streams.until:
            streams.end()
            streams.until.clear()
            self.programmes.stream(streams.key, False)
        if over >= KEPT_AFTER:
            self._drop(streams)

    def _forget(self, streams: RoomStreams) -> None:
        self.programmes.stream(streams.key, False)
        self._drop(streams)

    def _drop(self, streams: RoomStreams) -> None:
        del self.rooms[streams.key], self._numbers[streams.number]


def _now() -> float:
    return asyncio.get_running_loop().time()
