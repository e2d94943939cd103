"""Answers for who came later: made while the room goes on, by a process of low priority, one at a time.

Nothing of it is written down but the files. What is wanted follows from the room as it stands, and each file is called
by what it is made of; so a sweep finds after a restart what is there, what is missing, and what is nobody's any more.
"""

import asyncio
import contextlib
import os
import shutil
import sys
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from pathlib import Path

import structlog

from causerie.clock import MINUTE, SECOND, Clock
from causerie.copies import planning
from causerie.copies.files import CATCH_UP, REFUSED
from causerie.copies.outline import MILLISECOND
from causerie.copies.plan import Plan, Range, written
from causerie.copies.storage import Storage
from causerie.copies.work import MADE, PLAN, WORK, keep_plan
from causerie.db import Database, Tx
from causerie.errors import Away, Refusal
from causerie.questions.events import QuestionAnswered, QuestionReopened
from causerie.recordings import actions
from causerie.recordings.catch_up import Stretch, stretches
from causerie.recordings.events import TakeCopied, TakeDropped, Withdrawn
from causerie.recordings.files import log_of
from causerie.recordings.live import RecordedRoom
from causerie.recordings.queries import KeptTrack, parts_of
from causerie.rooms.events import MomentDumped

CHILD = "causerie.copies.catch_up_child"
HOME = "catch-up/"
EACH = 5.0
SETTLES = 10 * SECOND
"""An answer can be opened again for so long, and by then its last words are on the disk."""
AGAIN_AFTER = MINUTE
HINTS = (QuestionAnswered, QuestionReopened, Withdrawn, TakeCopied, TakeDropped, MomentDumped)
Act = Callable[[str, Callable[[Tx, RecordedRoom], Awaitable[None]]], Awaitable[None]]
log = structlog.get_logger()


def key_of(room: str, file: str) -> str:
    """Where the sound of an answer lies in the storage."""
    return f"{HOME}{room}/{file}.m4a"


@dataclass
class CatchUp:
    """Looks every few seconds, and when it hears of something. `rooms`: those that are alive, as they stand."""

    database: Database
    storage: Storage
    data: Path
    clock: Clock
    rooms: Mapping[str, RecordedRoom]
    act: Act
    _there: set[str] | None = None
    _silent: set[str] = field(default_factory=set)
    _again: dict[str, int] = field(default_factory=dict)
    _child: "asyncio.subprocess.Process | None" = None
    _heard: asyncio.Event = field(default_factory=asyncio.Event)
    _sweeping: "asyncio.Task[None] | None" = None

    def open(self) -> None:
        self._sweeping = asyncio.create_task(self._sweep_again_and_again(), name="catch up")

    async def close(self) -> None:
        """What is half made is made anew at the next start."""
        if self._sweeping is not None:
            self._sweeping.cancel()
            await asyncio.gather(self._sweeping, return_exceptions=True)

    def hear(self, events: Iterable[object]) -> None:
        """Something happened; where it may concern an answer, it is looked for at once."""
        heard = [event for event in events if isinstance(event, HINTS)]
        if heard:
            self._heard.set()
        if any(isinstance(event, (Withdrawn, MomentDumped)) for event in heard):
            self._stop()

    async def sweep(self) -> None:
        """Nobody is given what they should not hear any more; what is there is told, and then one more is made."""
        if self._there is None:
            await asyncio.to_thread(_clear_work, self.data)
            self._there = set(await asyncio.to_thread(self.storage.keys, HOME))
        recorded = {room: live for room, live in self.rooms.items() if live.recording.takes}
        wanted = {room: await self._wanted(live) for room, live in recorded.items()}
        await self._clear({key_of(room, one.file) for room, all_ in wanted.items() for one in all_})
        for room, all_ in wanted.items():
            await self._tell(room, all_)
        for room, all_ in wanted.items():
            if room in self.rooms and (missing := self._missing(room, all_)) is not None:
                await self._make(room, missing)
                self._heard.set()
                return

    # ---- inside ----

    async def _wanted(self, live: RecordedRoom) -> list[Stretch]:
        async with self.database.read() as connection:
            parts = {take: await parts_of(connection, take) for take in live.recording.takes}
        return stretches(live, parts)

    async def _clear(self, wanted: set[str]) -> None:
        there = self._there or set()
        if gone := there - wanted:
            await asyncio.to_thread(self.storage.remove, sorted(gone))
            self._there = there & wanted

    async def _tell(self, room: str, wanted: list[Stretch]) -> None:
        """The room knows what can be heard; where that is known, nothing is done."""
        there = {one.question: one.made for one in wanted if key_of(room, one.file) in (self._there or ())}
        if room in self.rooms and self.rooms[room].recording.catch_up != there:
            await self.act(room, partial(actions.catch_up, there=there))

    def _missing(self, room: str, wanted: list[Stretch]) -> Stretch | None:
        """The first answer that has no file, and can have one now: after the audience has heard it."""
        there = self._there or set()
        now = self.clock.now() - self.rooms[room].room.safety_delay
        due = (one for one in wanted if one.ends + SETTLES <= now and self._again.get(one.file, 0) <= self.clock.now())
        return next((one for one in due if key_of(room, one.file) not in there and one.file not in self._silent), None)

    async def _make(self, room: str, one: Stretch) -> None:
        data = self.data.absolute()
        folder, plan = data / WORK / f"catchup.{one.file}", plan_of(self.rooms[room], one, data)
        self._again[one.file] = self.clock.now() + AGAIN_AFTER
        try:
            await asyncio.to_thread(keep_plan, folder, written(plan))
            status = await self._ended(folder)
            if status == 0 and self._stands(room, one):
                await self._keep(key_of(room, one.file), folder / MADE / CATCH_UP)
                del self._again[one.file]
            elif status == REFUSED:
                self._silent.add(one.file)
            elif status:
                log.warning("catch_up.failed", room=room, status=status)
        finally:
            await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)

    async def _keep(self, key: str, sound: Path) -> None:
        await asyncio.to_thread(self.storage.put, key, sound)
        self._there = {*(self._there or ()), key}

    def _stands(self, room: str, one: Stretch) -> bool:
        """Whether everybody who is in it still is, and all of it."""
        live = self.rooms.get(room)
        takes = live.recording.takes.values() if live is not None else ()
        kept = {track.id for take in takes for track in take.kept.values()}
        dumped = live.room.dumped if live is not None else ()
        whole = not any(begins < on and out < ends for out, on in dumped for begins, ends in one.parts)
        return whole and all(track.id in kept for _, track in one.tracks)

    async def _ended(self, folder: Path) -> int:
        """Have the process make it; gives the status with which it ended."""
        command = [sys.executable, "-m", CHILD, str(folder / PLAN), str(folder / MADE)]
        quiet, env = asyncio.subprocess.DEVNULL, dict(os.environ)
        self._child = await asyncio.create_subprocess_exec(*command, stdout=quiet, env=env)
        try:
            return await self._child.wait()
        finally:
            self._stop()

    def _stop(self) -> None:
        """Whoever has left it is not worked on any further."""
        if self._child is not None and self._child.returncode is None:
            self._child.terminate()

    async def _sweep_again_and_again(self) -> None:
        while True:
            self._heard.clear()
            try:
                await self.sweep()
            except Away:
                log.warning("catch_up.away")
            except Refusal as refusal:
                log.warning("catch_up.later", code=refusal.code)
            except Exception:  # one fault must not keep all answers waiting for ever
                log.exception("catch_up.sweep")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._heard.wait(), EACH)


def plan_of(live: RecordedRoom, one: Stretch, data: Path) -> Plan:
    """What the process is told: the answer as a copy of its own, without what was not recorded of it."""
    kept = [
        KeptTrack(track.id, track.person, track.name, track.number, log_of(data, take, track.id))
        for take, track in one.tracks
    ]
    edges = [(one.begins, one.begins), *one.parts, (one.ends, one.ends)]
    gaps = [(ended, began) for (_, ended), (began, _) in pairwise(edges) if ended < began]
    return Plan(
        title=live.questions.all[one.question].text,
        host=live.room.host_name,
        begins=one.begins * MILLISECOND,
        ends=one.ends * MILLISECOND,
        speakers=planning.speakers(kept),
        hidden=tuple(Range(ended * MILLISECOND, began * MILLISECOND) for ended, began in gaps),
        language=live.room.language,
    )


def _clear_work(data: Path) -> None:
    """What was half made when the program ended."""
    for folder in (data / WORK).glob("catchup.*"):
        shutil.rmtree(folder, ignore_errors=True)
