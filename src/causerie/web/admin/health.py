"""How this place is: whether what is said is heard, kept and made into copies, and how much room is left for it."""

import asyncio
import shutil
from dataclasses import asdict, dataclass
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends

from causerie.copies.unmade import how_many_unmade
from causerie.rooms.queries import live_rooms
from causerie.web.house import House, house

health = APIRouter()

# Recordings end with half a gigabyte left; who runs the place has a day to make room before.
TIGHT = 5 << 30


@dataclass(frozen=True)
class Kept:
    """The database: which one it is, whether it takes what is to be kept, and what waits for it."""

    kind: Literal["sqlite", "postgresql"]
    well: bool
    waiting: int


@dataclass(frozen=True)
class Sound:
    """The media core: whom it carries, and how often a packet brought a part of it down since the start."""

    connections: int
    faults: int

    @property
    def well(self) -> bool:
        return self.faults == 0


@dataclass(frozen=True)
class Disk:
    """The disk under the data folder, in bytes."""

    free: int
    total: int

    @property
    def well(self) -> bool:
        return self.free >= TIGHT


@dataclass(frozen=True)
class Listening:
    """The rooms that are live, and everybody who listens in them."""

    rooms: int
    people: int


@health.get("/health")
async def now(home: Annotated[House, Depends(house)]) -> dict[str, Any]:
    """How this place is just now; `well` is all of it together."""
    kept, sound, disk = await _kept(home), _sound(home), await asyncio.to_thread(_disk, home)
    async with home.database.read() as connection:
        unmade = await how_many_unmade(connection)
        live = [room.id for room in await live_rooms(connection)]
    listening = Listening(len(live), sum(home.rooms.audience(room) for room in live))
    return {
        "well": kept.well and sound.well and disk.well and unmade.failed == 0,
        "database": asdict(kept),
        "sound": {**asdict(sound), "well": sound.well},
        "disk": {**asdict(disk), "well": disk.well},
        "copies": asdict(unmade),
        "listening": asdict(listening),
    }


async def _kept(home: House) -> Kept:
    closings = home.database.closings
    waiting = len(closings.waiting) if closings is not None else 0
    return Kept("sqlite" if home.database.sqlite else "postgresql", await home.database.alive(), waiting)


def _sound(home: House) -> Sound:
    counted = home.media.engine.statistics()
    return Sound(len(home.media.peers), counted.get("panics", 0) + counted.get("worker_panics", 0))


def _disk(home: House) -> Disk:
    found = shutil.disk_usage(home.settings.data)
    return Disk(found.free, found.total)
