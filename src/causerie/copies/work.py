"""How an edition of a copy is made, step by step. Each step can be done twice, and is as good as done once.

Whoever calls these waits in a thread of their own; what they ask of the database is done by the server's loop.
"""

import asyncio
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import Future, wait
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import structlog

from causerie.copies import actions, contents, keys
from causerie.copies.contents import File
from causerie.copies.errors import CopyNotMade
from causerie.copies.files import REFUSED
from causerie.copies.finding import There, clips_to_make, there
from causerie.copies.gathered import contents as gathered
from causerie.copies.gathered import stored
from causerie.copies.left_out import time_out
from causerie.copies.plan import Plan, read, written
from causerie.copies.planning import planned
from causerie.copies.queries import copy_by_id, edition
from causerie.copies.state import Copy
from causerie.copies.storage import Storage
from causerie.db import Database, Tx
from causerie.errors import Away, Refusal
from causerie.ids import RoomId
from causerie.recordings.live import RecordedRoom
from causerie.rooms.covers import key_of
from causerie.rooms.queries import room_by_id

R = TypeVar("R")
Act = Callable[[RoomId, Callable[[Tx, RecordedRoom], Awaitable[Any]]], Awaitable[Any]]
AGAIN_AFTER = 1.0
CHILD = "causerie.copies.child"
WORK, PLAN, MADE, HELD, SAID = "work", "plan.json", "made", "contents.json", "said"
log = structlog.get_logger()


class Leaving(BaseException):
    """The program ends: this step is begun again at the next start. It is no failure of the work, so no `Exception`."""


class Broken(Exception):
    """A process that made a copy ended without saying why."""


@dataclass(frozen=True)
class Progress:
    """How far the making of a copy is: the part it is at, and how much of that is there."""

    part: str = "plan"
    share: float = 0.0


@dataclass
class Work:
    """The steps. `act` does something in a room's turn; `progress` is kept in memory alone."""

    database: Database
    storage: Storage
    data: Path
    act: Act
    loop: asyncio.AbstractEventLoop = field(init=False)
    progress: dict[str, Progress] = field(default_factory=dict)
    leaving: bool = False
    _children: dict[tuple[str, int], "subprocess.Popen[str]"] = field(default_factory=dict)

    # ---- the steps ----

    def plan(self, copy: str, number: int) -> bool:
        """Write down what the copy is made of; no more, where another edition is wanted by now."""
        try:
            return self._do(partial(self._plan, copy, number))
        except Refusal as refusal:
            if isinstance(refusal, Away):
                raise
            self._do(partial(self._fail, copy, number, refusal))
            return False

    def make(self, copy: str, number: int) -> bool:
        """Have its files made by a process of low priority."""
        folder = self._folder(copy, number)
        if not (folder / PLAN).exists() and not self.plan(copy, number):
            return False
        command = [sys.executable, "-m", CHILD, str(folder / PLAN), str(folder / MADE)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=dict(os.environ)) as child:
            self._children[copy, number] = child
            try:
                said = self._hear(copy, child)
            finally:
                self._children.pop((copy, number), None)
        return self._made(copy, number, child.returncode, said)

    def store(self, copy: str, number: int) -> bool:
        """Bring its files to where people are given them; nobody has their addresses yet."""
        folder, found = self._folder(copy, number), self._do(partial(self._wanted, copy, number))
        if found is None:
            return False
        self.progress[copy] = Progress("store")
        files = stored(folder / MADE, found.name, number, self.storage.put)
        plan, out = read((folder / PLAN).read_bytes()), self._do(partial(self._time_out, found))
        held = replace(gathered(folder / MADE, plan, files), left_out=out)
        (folder / HELD).write_text(contents.written(held), encoding="utf-8")
        return True

    def finish(self, copy: str, number: int) -> bool:
        """Let people see it, all at once."""
        return self._do(partial(self._finish, copy, number))

    def clear(self, copy: str, number: int) -> None:
        """What nobody sees any more is gone: files of other editions, and what it was made in."""
        self._do(partial(self.clear_files, copy))
        for folder in (self.data / WORK).glob(f"{copy}-*"):
            if int(folder.name.rpartition("-")[2]) <= number:
                shutil.rmtree(folder, ignore_errors=True)
        self.progress.pop(copy, None)

    def give_up(self, copy: str, number: int) -> None:
        """Say that it could not be made, though nobody knows why."""
        self._do(partial(self._fail, copy, number, CopyNotMade()))

    # ---- from the server's loop ----

    def stop(self, copy: str | None = None, *, before: int = sys.maxsize) -> None:
        """End the processes of a copy whose editions are not wanted any more, or all."""
        for (of, number), child in list(self._children.items()):
            if copy in (None, of) and number < before:
                child.terminate()

    def leave(self) -> None:
        """The program ends; what is begun is gone on with at the next start."""
        self.leaving = True
        self.stop()

    async def clear_gone(self) -> None:
        """Nothing lies anywhere of copies that are deleted, nor of editions that nobody sees or makes."""
        found = await asyncio.to_thread(self.storage.keys, "copies/")
        begun = list((self.data / WORK).glob("*-*"))
        async with self.database.read() as connection:
            known = await there(connection)
            cut = await clips_to_make(connection, most=sys.maxsize)
        making = {f"{one.copy}-{one.making}" for one in known.values()} | {f"clip-{one.id}" for one in cut}
        gone = [key for key in found if not _kept(key, known.get(key.split("/")[1]))]
        await asyncio.to_thread(self.storage.remove, gone)
        for folder in begun:
            if folder.name not in making:
                self.stop(folder.name.rpartition("-")[0])
                await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)

    # ---- inside ----

    def _hear(self, copy: str, child: "subprocess.Popen[str]") -> dict[str, Any]:
        """Read its lines until the last."""
        said: dict[str, Any] = {}
        assert child.stdout is not None
        for line in child.stdout:
            said = json.loads(line)
            if "part" in said:
                self.progress[copy] = Progress(said["part"], said["share"])
        return said

    def _made(self, copy: str, number: int, status: int, said: dict[str, Any]) -> bool:
        if status == 0:
            return True
        if status == REFUSED:
            refusal = Refusal(said["refused"]["text"], code=said["refused"]["code"])
            self._do(partial(self._fail, copy, number, refusal))
            return False
        if self.leaving:
            raise Leaving
        if self._do(partial(self._wanted, copy, number)) is None:
            return False
        raise Broken(f"exit status {status}")

    async def _plan(self, copy: str, number: int) -> bool:
        wanted = await self._wanted(copy, number)
        if wanted is None:
            return False
        await self.database.write(lambda tx: actions.outline(tx, wanted))
        async with self.database.read() as connection:
            plan = await planned(connection, self.data.absolute(), wanted, partial(beside, self._folder(copy, number)))
            room = await room_by_id(connection, wanted.room)
        if plan.cover is None and room is not None:
            plan = replace(plan, cover=await self._cover_of(room.cover))
        await self._bring(plan, self._folder(copy, number))
        await asyncio.to_thread(keep_plan, self._folder(copy, number), written(plan))
        return True

    async def _cover_of(self, address: str | None) -> bytes | None:
        """The picture of the plan, which a copy has until it is given another."""
        key = key_of(address)
        return await self.storage.whole(key) if key is not None else None

    async def _bring(self, plan: Plan, folder: Path) -> None:
        """What was said after the room lies in the storage; a making reads files of this machine alone."""
        for spoken in (one for speaker in plan.speakers for one in speaker.later):
            key = spoken.file.as_posix().removeprefix(beside(folder, "").as_posix() + "/")
            await asyncio.to_thread(spoken.file.parent.mkdir, parents=True, exist_ok=True)
            size = await self.storage.size(key) or 0
            with spoken.file.open("wb") as file:
                async for part in self.storage.read(key, 0, size):
                    file.write(part)

    async def _time_out(self, copy: Copy) -> int:
        async with self.database.read() as connection:
            return await time_out(connection, copy.room)

    async def _finish(self, copy: str, number: int) -> bool:
        found = await self._wanted(copy, number)
        if found is None:
            return False
        if found.made == number:
            return True
        held = contents.read((self._folder(copy, number) / HELD).read_text(encoding="utf-8"))
        return bool(await self.act(found.room, lambda tx, live: actions.made(tx, live, copy, number, held)))

    async def _fail(self, copy: str, number: int, refusal: Refusal) -> None:
        log.warning("copy.failed", copy=copy, number=number, code=refusal.code)
        found = await self._wanted(copy, number)
        if found is not None:
            await self.act(found.room, lambda tx, live: actions.failed(tx, live, copy, number, refusal))
        self.progress.pop(copy, None)

    async def _wanted(self, copy: str, number: int) -> Copy | None:
        """The copy, while it is this edition of it that is wanted."""
        async with self.database.read() as connection:
            found = await copy_by_id(connection, copy)
        return found if found is not None and found.wanted == number else None

    async def clear_files(self, copy: str) -> None:
        """Only what the edition that people see holds is left of its editions."""
        async with self.database.read() as connection:
            found = await copy_by_id(connection, copy)
            seen = await edition(connection, copy, found.made) if found else None
        if found is None:
            return
        held: tuple[File, ...] = seen.contents.files if seen and seen.contents else ()
        kept = {file.key for file in held}
        all_ = await asyncio.to_thread(self.storage.keys, keys.home(found.name))
        kept |= {key for key in all_ if found.made and key.startswith(keys.clips_of(found.name, found.made))}
        gone = [key for key in all_ if key not in kept and keys.edition_of(key) not in (None, found.wanted)]
        await asyncio.to_thread(self.storage.remove, gone)

    def _folder(self, copy: str, number: int) -> Path:
        return self.data / WORK / f"{copy}-{number}"

    def _do(self, work: Callable[[], Coroutine[Any, Any, R]]) -> R:
        """Done by the server's loop; while the database is away it is tried again."""
        while not self.leaving:
            doing = asyncio.run_coroutine_threadsafe(work(), self.loop)
            try:
                return self._waited(doing)
            except Away:
                time.sleep(AGAIN_AFTER)
        raise Leaving

    def _waited(self, doing: "Future[R]") -> R:
        """Nobody waits for a loop that has ended."""
        while True:
            done, _ = wait([doing], timeout=AGAIN_AFTER)
            if done:
                return doing.result()
            if self.leaving:
                raise Leaving


def beside(folder: Path, key: str) -> Path:
    """Where a file of the storage lies for a making."""
    return folder.absolute() / SAID / key


def _kept(key: str, of: There | None) -> bool:
    return of is not None and keys.edition_of(key) in (None, *of.editions)


def keep_plan(folder: Path, plan: bytes) -> None:
    """A plan is there whole, or not."""
    folder.mkdir(parents=True, exist_ok=True)
    new = folder / f"{PLAN}.new"
    with new.open("wb") as file:
        file.write(plan)
        file.flush()
        os.fsync(file.fileno())
    new.rename(folder / PLAN)
