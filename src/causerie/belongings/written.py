"""Where somebody stands inside what is written as one piece: orders by hand, reports, and what many were told."""

import json
from collections.abc import Collection

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.clock import DAY
from causerie.db import Tx
from causerie.floor.models import deck, own_orders
from causerie.ids import PersonId, RoomId
from causerie.notices.models import notices, tellings
from causerie.safety.models import reports

HELD_FOR = 30 * DAY
"""How long what was reported is there for those who run this place, whatever becomes of whom it is about."""


async def unlist(tx: Tx, room: RoomId, ids: Collection[PersonId]) -> None:
    """Their hands stand in no order that hosts made, and before nobody who was asked ahead."""
    for table, column in ((own_orders, own_orders.c.placed), (deck, deck.c.after)):
        wanted = select(*table.primary_key, column.label("listed")).where(table.c.room == room)
        for row in (await tx.run(wanted)).mappings().all():
            listed = json.loads(row["listed"])
            kept = [entry for entry in listed if entry[1] not in ids]
            if kept != listed:
                which = [key == row[key.name] for key in table.primary_key]
                await tx.run(update(table).where(*which).values({column.name: json.dumps(kept)}))


async def unname_reports(tx: Tx, room: RoomId, subjects: Collection[str], name: str) -> None:
    """What is reported says no name of theirs any more; its words are held for thirty days."""
    about = reports.c.room == room, reports.c.subject.in_(subjects)
    await tx.run(update(reports).where(*about).values(name=""))
    rows = (await tx.run(select(reports.c.id, reports.c.on_stage).where(reports.c.room == room))).all()
    for row in rows:
        stood = json.loads(row.on_stage)
        if name in stood:
            kept = json.dumps([one for one in stood if one != name])
            await tx.run(update(reports).where(reports.c.id == row.id).values(on_stage=kept))


async def reports_to_let_go(connection: AsyncConnection, *, now: int) -> list[str]:
    """What was reported thirty days ago of those who have gone, and is still held."""
    held = select(reports.c.id).where(reports.c.name == "", reports.c.at < now - HELD_FOR)
    return list((await connection.execute(held)).scalars())


async def let_reports_go(tx: Tx, found: Collection[str]) -> None:
    """Nothing of them is left in it."""
    emptied = update(reports).where(reports.c.id.in_(found))
    await tx.run(emptied.values(subject=None, name=None, text=None))


async def unname_told(tx: Tx, name: str) -> None:
    """What many were told of their rooms names no host."""
    if not name:
        return
    with_host = select(tellings.c.key, tellings.c.said).where(tellings.c.said.contains(json.dumps(name)))
    for row in (await tx.run(with_host)).all():
        words = json.loads(row.said)
        if words.get("host") == name:
            unnamed = json.dumps({**words, "host": ""})
            await tx.run(update(tellings).where(tellings.c.key == row.key).values(said=unnamed))
            await tx.run(update(notices).where(notices.c.about == row.key).values(said=unnamed))
