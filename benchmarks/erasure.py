"""Somebody with twenty rooms deletes their account: how long until every file and page of theirs is gone."""

import asyncio
import os
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

import httpx
from sqlalchemy import insert, select, update

from benchmarks.report import write
from causerie.accounts import actions as accounts
from causerie.accounts.cookies import SESSION
from causerie.accounts.handles import take_handle
from causerie.accounts.models import departures
from causerie.accounts.people import Person
from causerie.clock import DAY, WallClock
from causerie.copies import contents, keys, store
from causerie.copies.clips import files_of
from causerie.copies.contents import Contents, File, Voice
from causerie.copies.files import CLIP_M4A
from causerie.copies.models import clips, editions
from causerie.copies.state import Clip, Copy
from causerie.copies.storage import Storage
from causerie.db import Database, Tx
from causerie.ids import new_id, secret
from causerie.recordings.files import log_of
from causerie.recordings.models import consents, takes, tracks
from causerie.recordings.words import WORDS
from causerie.rooms.actions import open_room
from causerie.rooms.models import rooms
from causerie.rooms.state import Room
from tests.e2e.house import House

ROOMS, COPIES, CLIPS = 20, 5, 4
GOAL_S = 60
NAME = "Ada Quill"
HOUR = 3_600_000
MIB = 1 << 20
# As an hour has them: each file's name and its size.
FILES = {
    "sound/room.mp3": 55 * MIB,
    "sound/room.m4a": 45 * MIB,
    "pictures/cover.jpg": MIB // 4,
    "words/chapters.json": 4096,
}
TRACK, LOG, CLIP = 90 * MIB, 16 * MIB, 2 * MIB


async def measure() -> None:
    with tempfile.TemporaryDirectory() as name:
        house = House(Path(name) / "data")
        house.data.mkdir(parents=True)
        database = Database(f"sqlite+aiosqlite:///{house.data / 'causerie.sqlite'}", WallClock())
        await database.open()
        ada, cookie = await _somebody(database)
        pages = await _pages(database, house.data, ada)
        before = _files(house.data)
        house.start()
        try:
            took = await _goes(house, database, cookie, pages)
        finally:
            house.stop()
            await database.close()
        left = _files(house.data)
    lines = [
        f"{ROOMS} rooms, {COPIES} of them held, recorded and published, each with {CLIPS} clips and a spoken track; "
        f"SQLite, the program beside the measurement. The goal is {GOAL_S} s for all of it.",
        "",
        f"- before: {len(pages)} addresses answered with 200; {len(before)} files, "
        f"{sum(before.values()) / MIB:,.0f} MiB",
        *(f"- {what}: {seconds:.2f} s" for what, seconds in took.items()),
        f"- left: {len(left)} files",
        f"- {'within' if max(took.values()) <= GOAL_S and not left else 'BEYOND'} the goal",
    ]
    write("erasure", "make bench ARGS=erasure", lines)


async def _somebody(database: Database) -> tuple[Person, str]:
    async def made(tx: Tx) -> tuple[Person, str]:
        ada = await accounts.add_person(tx, name=NAME, may_open_rooms=True)
        await take_handle(tx, ada.id, "ada")
        return ada, f"{SESSION}={await accounts.open_session(tx, ada)}"

    return (await database.write(made))[0]


async def _pages(database: Database, data: Path, ada: Person) -> list[str]:
    """Her rooms, with copies of the first; gives every address that leads to her or to what she published."""
    storage, found = Storage.folder(data / "files"), ["/@ada", f"/h/{ada.id}/feed.xml"]
    for n in range(ROOMS):

        async def planned(tx: Tx, title: str = f"Terns {n}") -> Room:
            return await open_room(tx, ada, title=title, starts_at=tx.now + DAY)

        room, _ = await database.write(planned)
        if n < COPIES:
            found += await _held(database, storage, data, ada, room)
    return found


async def _held(database: Database, storage: Storage, data: Path, ada: Person, room: Room) -> list[str]:
    """One of them was recorded, copied, clipped and published."""
    copy = Copy(new_id(), secret(), room.id, "ready", "published", 1, 1, 1, 1, published_at=1)
    folder = keys.of_edition(copy.name, 1)
    named = {**FILES, "sound/speakers/01.flac": TRACK}
    held = [File(_kind(path), _put(data, folder + path, size), size, _number(path)) for path, size in named.items()]
    spoken = Contents(HOUR, tuple(held), (Voice(1, ada.id, NAME, ((0, HOUR),), HOUR),))
    cut = [_clip(copy, ada) for _ in range(CLIPS)]
    for key in (key for clip in cut for key in files_of(clip)):
        _put(data, key, CLIP)

    async def written(tx: Tx) -> None:
        past = {"started_at": tx.now - DAY, "ended_at": tx.now - DAY + HOUR}
        await tx.run(update(rooms).where(rooms.c.id == room.id).values(past))
        await store.add(tx, replace(copy, created_at=tx.now, published_at=tx.now))
        edition = {"copy": copy.id, "number": 1, "edits": "{}", "wanted_at": tx.now, "made_at": tx.now}
        await tx.run(insert(editions).values(**edition, contents=contents.written(spoken)))
        await tx.run(insert(clips).values([asdict(clip) for clip in cut]))
        await _recorded(tx, data, ada, room)

    await database.write(written)
    assert await storage.size(folder + "sound/room.mp3")  # where the program looks for it
    return [f"/c/{copy.name}", *(f"/k/{clip.name}" for clip in cut)]


async def _recorded(tx: Tx, data: Path, ada: Person, room: Room) -> None:
    take, track = new_id(), new_id()
    times = {"requested_at": tx.now - DAY, "since": tx.now - DAY + HOUR, "ended_at": tx.now - DAY + HOUR}
    await tx.run(insert(takes).values(id=take, room=room.id, rule="each", words=WORDS, state="ready", **times))
    who = {"person": ada.id, "name": NAME, "number": 1, "opened_at": tx.now - DAY}
    await tx.run(insert(tracks).values(id=track, take=take, withdrawn=False, **who))
    said = {"person": ada.id, "answer": "kept", "words": WORDS, "at": tx.now - DAY}
    await tx.run(insert(consents).values(take=take, room=room.id, **said))
    log = log_of(data, take, track)
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_bytes(os.urandom(LOG))


def _clip(copy: Copy, ada: Person) -> Clip:
    name = secret()
    sound = keys.of_clip(copy.name, 1, name) + CLIP_M4A
    return Clip(new_id(), name, copy.id, "A rule", 0, 30_000, "ready", 1, ada.id, 1, made_at=1, sound=sound)


def _put(data: Path, key: str, size: int) -> str:
    path = data / "files" / key
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(os.urandom(size))
    return key


def _kind(path: str) -> contents.FileKind:
    return keys.KINDS.get(path, "track")


def _number(path: str) -> int | None:
    return 1 if _kind(path) == "track" else None


async def _goes(house: House, database: Database, cookie: str, pages: Sequence[str]) -> dict[str, float]:
    """Seconds from the press until it is answered, no page is there, no file is, and nothing more is to be found."""
    took: dict[str, float] = {}
    async with (
        httpx.AsyncClient(base_url=house.address, timeout=GOAL_S) as others,
        httpx.AsyncClient(headers={"cookie": cookie, "origin": house.address}) as own,
    ):
        assert {(await others.get(page)).status_code for page in pages} == {200}
        begun = time.perf_counter()
        answer = await own.post(f"{house.address}/api/v1/me/deletion", json={"name": NAME}, timeout=GOAL_S)
        assert answer.status_code == 204, answer.text
        took["answered"] = time.perf_counter() - begun
        while len(took) < 4 and time.perf_counter() - begun < 3 * GOAL_S:
            if "every page gone" not in took and {(await others.get(page)).status_code for page in pages} == {404}:
                took["every page gone"] = time.perf_counter() - begun
            if "every file gone" not in took and not _files(house.data):
                took["every file gone"] = time.perf_counter() - begun
            if "found everywhere" not in took and await _found(database):
                took["found everywhere"] = time.perf_counter() - begun
            await asyncio.sleep(0.02)
    unseen = {what: float("inf") for what in ("every page gone", "every file gone", "found everywhere")}
    return {**took, **{what: never for what, never in unseen.items() if what not in took}}


async def _found(database: Database) -> bool:
    async with database.read() as connection:
        return await connection.scalar(select(departures.c.done_at)) is not None


def _files(data: Path) -> dict[str, int]:
    """What is kept of recordings and copies, and how large each is."""
    kept = [path for folder in ("files", "recordings") for path in (data / folder).rglob("*")]
    return {str(path): path.stat().st_size for path in kept if path.is_file()}
