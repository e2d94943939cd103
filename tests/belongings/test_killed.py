"""Killed with -9 while somebody's account is being deleted, the program finishes it by itself when it is back."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from causerie.accounts import actions as accounts
from causerie.accounts.cookies import SESSION
from causerie.accounts.models import departures
from causerie.clock import DAY, WallClock
from causerie.db import Database
from causerie.rooms.actions import open_room
from causerie.rooms.models import rooms
from tests.belongings.everywhere import named_in
from tests.belongings.test_leaving import STAYS
from tests.e2e.house import House

PLANNED = 40
WITHIN = 60.0


@pytest.fixture
async def house(tmp_path: Path, database_url: str) -> AsyncIterator[House]:
    house = House(tmp_path / "data", settings={"CAUSERIE_DATABASE_URL": database_url})
    yield house
    house.stop()


@pytest.fixture
async def beside(database_url: str) -> AsyncIterator[Database]:
    """The same database, looked at from outside."""
    database = Database(database_url, WallClock())
    await database.open()
    yield database
    await database.close()


async def ada_plans(database: Database) -> tuple[str, str]:
    """Ada has planned forty rooms; gives her id and the cookie she carries."""

    async def planned(tx) -> tuple[str, str]:
        ada = await accounts.add_person(tx, name="Ada Quill", may_open_rooms=True)
        for n in range(PLANNED):
            await open_room(tx, ada, title=f"Terns {n}", starts_at=tx.now + DAY)
        return ada.id, f"{SESSION}={await accounts.open_session(tx, ada)}"

    return (await database.write(planned))[0]


async def cancelled(database: Database) -> int:
    async with database.read() as connection:
        counted = select(func.count()).select_from(rooms).where(rooms.c.cancelled_at.is_not(None))
        return int(await connection.scalar(counted) or 0)


async def gone(database: Database) -> Any:
    async with database.read() as connection:
        return await connection.scalar(select(departures.c.done_at))


async def test_killed_in_between_it_goes_on_when_it_is_back(house: House, beside: Database):
    ada, cookie = await ada_plans(beside)
    house.start()
    async with httpx.AsyncClient(headers={"cookie": cookie, "origin": house.address}) as browser:
        answer = await browser.post(f"{house.address}/api/v1/me/deletion", json={"name": "Ada Quill"})
        async with asyncio.timeout(WITHIN):
            while not (so_far := await cancelled(beside)):  # noqa: ASYNC110  another program's rows have no bell
                await asyncio.sleep(0.005)
        house.kill()
        before = await gone(beside)
        house.start()
        async with asyncio.timeout(WITHIN):
            while await gone(beside) is None:  # noqa: ASYNC110  nor has this
                await asyncio.sleep(0.05)
        after = await browser.get(f"{house.address}/api/v1/me")

    async with beside.read() as connection:
        named = await named_in(connection, ada) - STAYS, await named_in(connection, "Ada Quill")
    assert (answer.status_code, before, so_far < PLANNED) == (204, None, True)
    assert (await cancelled(beside), named) == (PLANNED, (set(), set()))
    assert after.json()["person"] is None
