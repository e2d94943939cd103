"""Makes the file that somebody takes along. Asked for once, it is made, kill or not, and goes after three days."""

import asyncio
import json
import zipfile
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import structlog
from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.models import exports, profiles
from causerie.belongings import taking
from causerie.belongings.emptying import ids_of
from causerie.belongings.errors import ExportTooSoon
from causerie.belongings.page import page
from causerie.clock import DAY, Clock
from causerie.copies.own import Own, own_part
from causerie.copies.queries import copy_of_room
from causerie.copies.storage import Storage
from causerie.db import Database, Tx
from causerie.errors import Away
from causerie.ids import PersonId, new_id, slug
from causerie.rooms.queries import room_by_id

LASTS, APART = 3 * DAY, DAY
WORK, FOLDER = "exports", "exports/"
log = structlog.get_logger()


@dataclass(frozen=True)
class Export:
    """One file of somebody's; nothing of it is there until it is made."""

    id: str
    person: PersonId
    asked_at: int
    made_at: int | None
    until: int | None
    file: str | None
    bytes: int | None


@dataclass
class Packing:
    """Packs one file at a time, beside everything else, in the folder `data`; `told` hears that one is there."""

    database: Database
    clock: Clock
    storage: Storage
    data: Path
    told: Callable[[], None] = lambda: None

    async def sweep(self) -> None:
        """Make what was asked for; take away what is too old, and what belongs to nobody any more."""
        await self._let_go()
        async with self.database.read() as connection:
            wanted = await _wanted(connection)
        for one in wanted:
            try:
                await self._make(one)
            except Away:
                raise
            except Exception:  # one that goes wrong keeps no other waiting; it is tried again with the next sweep
                log.exception("export", id=one.id)

    async def _make(self, one: Export) -> None:
        """Packed beside, then put where files are given from, then told; a kill in between leaves it to be made."""
        folder = self.data / WORK
        folder.mkdir(parents=True, exist_ok=True)
        beside = folder / f"{one.id}.zip"
        try:
            await self._pack(one.person, beside)
            stored = await asyncio.to_thread(self.storage.put, f"{FOLDER}{one.id}.zip", beside)
        finally:
            beside.unlink(missing_ok=True)
        await self.database.write(partial(_made, id=one.id, file=stored.key, size=stored.bytes))
        self.told()

    async def _pack(self, person: PersonId, to: Path) -> None:
        async with self.database.read() as connection:
            ids = await ids_of(connection, person)
            told = await taking.told(connection, ids)
            titles = await taking.titled(connection, told)
            shown = (await connection.execute(select(profiles.c.picture).where(profiles.c.person == person))).scalar()
            parts = [part async for part in self._parts(connection, ids)]
        with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as pack:
            written = [name async for name in self._with_parts(pack, parts)]
            if shown is not None and await self._add(pack, "picture.jpg", shown):
                written.append("picture.jpg")
            for heading, rows in told.items():
                pack.writestr(f"data/{heading}.json", json.dumps(rows, ensure_ascii=False, indent=1))
            pack.writestr("index.html", page("What is kept of you", told, titles, written))

    async def _parts(self, connection: AsyncConnection, ids: list[PersonId]) -> AsyncIterator[tuple[str, Own]]:
        """What each copy holds of them, under a name of its own."""
        for n, id in enumerate(await taking.rooms_with_part(connection, ids), 1):
            copy, room = await copy_of_room(connection, id), await room_by_id(connection, id)
            assert copy is not None  # they were found by it
            assert room is not None
            for own in [await own_part(connection, copy, room, person) for person in ids]:
                if own is not None:
                    yield f"rooms/{n:03}-{slug(room.title) or 'room'}", own

    async def _with_parts(self, pack: zipfile.ZipFile, parts: list[tuple[str, Own]]) -> AsyncIterator[str]:
        for folder, own in parts:
            pack.writestr(f"{folder}/part.json", json.dumps(own.told, ensure_ascii=False, indent=1))
            yield f"{folder}/part.json"
            for key in own.tracks:
                name = f"{folder}/track-{key.rpartition('/')[2]}"
                if await self._add(pack, name, key):
                    yield name

    async def _add(self, pack: zipfile.ZipFile, name: str, key: str) -> bool:
        """A file of the storage, a piece at a time; whether it was there."""
        size = await self.storage.size(key)
        if size is None:
            return False
        info = zipfile.ZipInfo(name)
        with pack.open(info, "w", force_zip64=True) as into:
            async for chunk in self.storage.read(key, 0, size):
                await asyncio.to_thread(into.write, chunk)
        return True

    async def _let_go(self) -> None:
        """Files that are too old, and those whose person has gone."""
        await self.database.write(_forget_old) if await self._any_old() else None
        async with self.database.read() as connection:
            there = set((await connection.execute(select(exports.c.file))).scalars())
        lying = await asyncio.to_thread(self.storage.keys, FOLDER)
        self.storage.remove([key for key in lying if key not in there])

    async def _any_old(self) -> bool:
        async with self.database.read() as connection:
            old = select(exports.c.id).where(exports.c.until <= self.clock.now()).limit(1)
            return (await connection.execute(old)).first() is not None


async def ask(tx: Tx, person: PersonId) -> None:
    """Have it made. While it is being made asking again is asking once; or `ExportTooSoon`."""
    last = await last_of(tx.connection, person)
    if last is not None and last.made_at is None:
        return
    if last is not None and tx.now < last.asked_at + APART:
        raise ExportTooSoon
    await tx.run(delete(exports).where(exports.c.person == person))
    await tx.run(insert(exports).values(id=new_id(), person=person, asked_at=tx.now))
    await tx.audit("account.export", actor=person, subject=person)


async def last_of(connection: AsyncConnection, person: PersonId) -> Export | None:
    """The one that somebody asked for last, as long as it is there."""
    wanted = select(exports).where(exports.c.person == person).order_by(exports.c.asked_at.desc())
    row = (await connection.execute(wanted)).mappings().first()
    return Export(**row) if row else None


async def _wanted(connection: AsyncConnection) -> list[Export]:
    rows = await connection.execute(select(exports).where(exports.c.made_at.is_(None)).order_by(exports.c.id))
    return [Export(**row) for row in rows.mappings()]


async def _made(tx: Tx, id: str, file: str, size: int) -> None:
    done = {"made_at": tx.now, "until": tx.now + LASTS, "file": file, "bytes": size}
    await tx.run(update(exports).where(exports.c.id == id).values(done))


async def _forget_old(tx: Tx) -> None:
    await tx.run(delete(exports).where(exports.c.until <= tx.now))
