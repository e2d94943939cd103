"""What one turn writes: rows at once, events to be announced after the commit, audit lines."""

from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import Executable, Table, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import CursorResult
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.db.closings import Paper
from causerie.db.tables import audit, commands
from causerie.ids import new_id


class Tx:
    """One turn's hold on the database. Nothing of it is seen by anybody before the commit."""

    def __init__(self, connection: AsyncConnection, now: int) -> None:
        self.connection = connection
        self.now = now
        self.events: list[object] = []

    @classmethod
    def on_paper(cls, paper: Paper, now: int) -> "Tx":
        """A turn that is decided now and written later."""
        return cls(cast("AsyncConnection", paper), now)

    async def run(self, statement: Executable, parameters: Mapping[str, Any] | None = None) -> CursorResult[Any]:
        return await self.connection.execute(statement, parameters)

    async def put(self, table: Table, **row: Any) -> None:
        """Write a row, or write it anew where one with its key is there; a table says where that is no primary key."""
        upsert = sqlite.insert if self.connection.dialect.name == "sqlite" else postgresql.insert
        keys = list(table.info.get("key") or (column.name for column in table.primary_key))
        rest = {name: value for name, value in row.items() if name not in keys}
        statement = upsert(table).values(**row)
        if rest:
            await self.run(statement.on_conflict_do_update(index_elements=keys, set_=rest))
        else:
            await self.run(statement.on_conflict_do_nothing())

    async def made_before(self, person: str, command: str) -> str | None:
        """What a creating command of this id made when it came the first time."""
        wanted = select(commands.c.made).where(commands.c.person == person, commands.c.command == command)
        made: str | None = (await self.run(wanted)).scalar()
        return made

    async def remember(self, person: str, command: str, made: str) -> None:
        """Keep what a creating command made, so that sent again it makes nothing more."""
        await self.put(commands, person=person, command=command, made=made, at=self.now)

    def emit(self, *events: object) -> None:
        """Announce these when the commit is done."""
        self.events.extend(events)

    async def audit(
        self,
        verb: str,
        *,
        actor: str,
        room: str | None = None,
        subject: str | None = None,
        group: str | None = None,
        reason: str | None = None,
    ) -> None:
        """Keep who used which power on whom, and why where it has to be said; it lives and dies with the turn."""
        row = {"id": new_id(), "at": self.now, "actor": actor, "verb": verb, "room": room, "subject": subject}
        await self.run(insert(audit).values(row | {"group_id": group, "reason": reason}))
