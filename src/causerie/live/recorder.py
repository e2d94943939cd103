"""What is written of a room: which logs are open, and whose sound goes to which of them."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import Any, get_args

from causerie.clock import Clock
from causerie.errors import Refusal
from causerie.ids import PersonId
from causerie.live import protocol as wire
from causerie.live.take_files import TakeFiles
from causerie.media import Media
from causerie.recordings import actions
from causerie.recordings.files import log_of
from causerie.recordings.following import without_yes
from causerie.recordings.live import RecordedRoom
from causerie.recordings.state import Take, Track

Act = Callable[[Callable[..., Awaitable[Any]]], Awaitable[Any]]
# The worst first: what a host is told where several logs are in trouble.
WORST: tuple[wire.Trouble, ...] = get_args(wire.Trouble)
# So long the disk may take with the last words when the program ends, and how often it is looked at.
LAST_WORDS, LOOKS = 1.0, 0.01


@dataclass
class Recorder:
    """Brings the media core to what a room's state says. What closes, closes first; what opens, opens last."""

    media: Media
    clock: Clock
    files: TakeFiles
    logs: dict[str, int] = field(default_factory=dict)
    on: dict[str, dict[PersonId, str]] = field(default_factory=dict)
    troubles: dict[int, str] = field(default_factory=dict)
    over: bool = False
    _silent: list[tuple[str, frozenset[PersonId]]] = field(default_factory=list)
    _closing: dict[str, int] = field(default_factory=dict)
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    # ---- as the state says ----

    @contextlib.contextmanager
    def silent(self, key: str, people: Iterable[PersonId]) -> Iterator[None]:
        """Nothing more of these people is written from this call on, while it is being decided that it stays so."""
        held = key, frozenset(people)
        self._silent.append(held)
        self._silence(key, held[1])
        try:
            yield
        finally:
            self._silent.remove(held)

    def _silence(self, key: str, people: Iterable[PersonId]) -> None:
        for person in people:
            if self.on.get(key, {}).pop(person, None) is not None:
                self.media.record(key, person, None)

    def close(self, key: str, live: RecordedRoom) -> None:
        """Whoever is not recorded any more is not from this call on; logs that end are brought to the disk."""
        wanted = live.recorded
        written = self.on.get(key, {})
        if gone := [one for one, track in written.items() if one not in wanted or wanted[one].id != track]:
            self._silence(key, gone)
        for take in live.recording.takes.values():
            for track in take.tracks.values():
                if track.id in self.logs and (track.withdrawn or not take.on):
                    self._closing[track.id] = self.logs.pop(track.id)
                    self.media.engine.close_track(self._closing[track.id])

    def open(self, key: str, live: RecordedRoom) -> None:
        """Write what these people say on stage, each to their own log."""
        take = live.recording.take
        if take is None or self.over:
            return
        if take.state == "requested":
            self.files.make_folder(take.id)
        written = self.on.setdefault(key, {})
        held = {person for room, people in self._silent if room == key for person in people}
        for person, track in live.recorded.items():
            if person not in held and written.get(person) != track.id:
                written[person] = track.id
                self.media.record(key, person, self._log(take.id, track.id))

    def _log(self, take: str, track: str) -> int:
        """The number of a log, which is opened at first need; one that is there goes on."""
        if track not in self.logs:
            self.logs[track] = next(self._numbers)
            self.media.engine.open_track(self.logs[track], str(log_of(self.files.data, take, track)))
        return self.logs[track]

    def forget(self, key: str) -> None:
        """Nobody needs this room any more."""
        self.on.pop(key, None)

    async def end(self) -> None:
        """The program ends: all that was said is on the disk. What is recorded goes on when it begins again."""
        self.over = True
        for key, written in self.on.items():
            self._silence(key, list(written))
        for number in self.logs.values():
            self.media.engine.close_track(number)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LAST_WORDS):
                while self.media.engine.tracks():  # noqa: ASYNC110  the media core has no bell for it
                    await asyncio.sleep(LOOKS)

    # ---- each second ----

    def look(self) -> None:
        """How every log stands."""
        if not (self.logs or self._closing):
            self.troubles = {}
            return
        states = self.media.engine.tracks()
        named = {number for number, *_ in states}
        self._closing = {track: number for track, number in self._closing.items() if number in named}
        self.troubles = {number: trouble for number, _, _, trouble in states if trouble is not None}

    def trouble(self, live: RecordedRoom) -> wire.Trouble | None:
        """What keeps the take from being written, where anything does."""
        take = live.recording.take
        if take is None:
            return None
        said = {self.troubles.get(self.logs.get(track, 0)) for track in take.tracks}
        return next((trouble for trouble in WORST if trouble in said), None)

    def closed(self, take: Take) -> bool:
        """Whether all of a take that was stopped is on the disk."""
        return not any(track in self.logs or track in self._closing for track in take.tracks)

    def busy(self, live: RecordedRoom) -> bool:
        """Whether something is still to be done for this room, though nobody is in it."""
        return any(take.state == "stopping" or _to_go(take) for take in live.recording.takes.values())

    async def sweep(self, live: RecordedRoom, act: Act) -> None:
        """What is to follow by time alone: it goes on, its logs are closed, what was withdrawn is gone."""
        if without_yes(live, self.clock.now()):
            await act(actions.sweep)
        for take in live.recording.takes.values():
            if take.on:
                self.files.make_folder(take.id)
            if take.interrupted:
                await act(actions.go_on)
            elif take.state == "stopping" and self.closed(take):
                await act(partial(actions.close, take=take.id))
            for track in _to_go(take):
                if track.id not in self._closing:
                    self.files.erase(take.id, track.id, partial(self._erased, act, track.id))

    async def _erased(self, act: Act, track: str) -> None:
        with contextlib.suppress(Refusal):  # tried again in a second
            await act(partial(actions.erase, track=track))


def _to_go(take: Take) -> list[Track]:
    return [track for track in take.tracks.values() if track.withdrawn and not track.erased]
