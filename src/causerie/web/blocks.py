"""Whom one has blocked, over HTTP: seen, blocked, let be. Only one's own, and told to nobody."""

from dataclasses import asdict
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path

from causerie.accounts import blocking
from causerie.ids import PersonId
from causerie.web.house import House, house
from causerie.web.interests import Named

blocks = APIRouter(prefix="/api/v1/me/blocks")

Home = Annotated[House, Depends(house)]
Id = Annotated[str, Path(pattern=r"^[0-9A-Z]{26}$")]


@blocks.get("")
async def every_one(home: Home, person: Named) -> list[dict[str, Any]]:
    """Whom one has blocked, the latest first."""
    async with home.database.read() as connection:
        return [asdict(one) for one in await blocking.blocked_by(connection, person.id)]


@blocks.put("/{id}", status_code=204)
async def block(home: Home, person: Named, id: Id) -> None:
    """Block somebody: they find no room of one's own any more, and neither is told of the other."""
    await home.database.write(lambda tx: blocking.block(tx, person.id, PersonId(id)))
    await home.rooms.blocks.changed(person.id)


@blocks.delete("/{id}", status_code=204)
async def let_be(home: Home, person: Named, id: Id) -> None:
    """Block them no more."""
    await home.database.write(lambda tx: blocking.unblock(tx, person.id, PersonId(id)))
    await home.rooms.blocks.changed(person.id)
