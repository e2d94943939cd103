"""A program that takes turns of chance and says each one it was promised: `python -m tests.turns.dies URL SEED ROOMS`.

It is killed by its parent at some moment. What it has said until then must be there afterwards.
"""

import asyncio
import contextlib
import os
import random
import sys

from causerie.clock import HandClock
from causerie.db import Database
from causerie.errors import Refusal
from causerie.floor.live import LiveRoom, fold
from causerie.turns import Turns
from tests.chance import turn_of_chance
from tests.stored import called, with_people_and

TURNS = 2000


async def evening(turns: Turns[LiveRoom], room: str, chance: random.Random) -> None:
    for number in range(TURNS):
        with contextlib.suppress(Refusal):
            await turns.take(room, turn_of_chance(chance, number))
        os.write(1, f"{room} {number}\n".encode())


async def main(url: str, seed: str, rooms: int) -> None:
    database = Database(url, HandClock())
    await database.open()
    plans = [called(f"room-{n}") for n in range(rooms)]
    await with_people_and(database, *plans)
    turns: Turns[LiveRoom] = Turns(database, fold=fold, announce=lambda *_: None)
    for plan in plans:
        turns.hold(plan.id, LiveRoom(plan))
    os.write(1, b"ready\n")
    await asyncio.gather(*(evening(turns, plan.id, random.Random(f"{seed} {plan.id}")) for plan in plans))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3])))
