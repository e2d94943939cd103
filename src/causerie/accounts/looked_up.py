"""People, as those who run this place look for them: by how a name begins, by a whole handle or a whole address."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, CompoundSelect, and_, exists, or_, select, union
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.elements import KeyedColumnElement

from causerie.accounts.models import decisions, emails, handles, people
from causerie.accounts.people import Person
from causerie.accounts.queries import PERSON
from causerie.accounts.suspending import lasting
from causerie.texts import one_line

LAST = "\U0010ffff"


@dataclass(frozen=True)
class Wanted:
    """Whom one looks for. `before`: accounts older than this one; `only`: those of one kind."""

    said: str = ""
    before: str = ""
    only: str = ""


async def looked_up(connection: AsyncConnection, wanted: Wanted, *, now: int, most: int) -> list[Person]:
    """Accounts, bots left out, the newest first. What others' addresses are is told to nobody."""
    found = select(*PERSON).where(people.c.guest.is_(False), people.c.bot.is_(False))
    if wanted.said:
        found = found.where(people.c.id.in_(called(connection, wanted.said)))
    if wanted.before:
        found = found.where(people.c.id < wanted.before)
    if wanted.only == "admins":
        found = found.where(people.c.admin.is_(True))
    elif wanted.only == "suspended":
        found = found.where(exists().where(decisions.c.person == people.c.id, lasting(now)))
    rows = (await connection.execute(found.order_by(people.c.id.desc()).limit(most))).mappings()
    return [Person(**row) for row in rows]


def called(connection: AsyncConnection, said: str) -> CompoundSelect[tuple[str]]:
    """The ids of whoever is called so."""
    plain = one_line(said)
    by_name = select(people.c.id).where(begins(connection, people.c.name, plain))
    by_handle = select(handles.c.person).where(handles.c.handle == plain.lower().removeprefix("@"))
    by_address = select(emails.c.person).where(emails.c.address == plain.lower())
    return union(by_name, by_handle, by_address)


def begins(connection: AsyncConnection, column: KeyedColumnElement[str], said: str) -> ColumnElement[bool]:
    """It begins so, as it was typed, in small letters or with capitals: each a stretch of the column's index."""
    ways = {said, said.lower(), said.capitalize(), said.title(), said.upper()}
    if connection.dialect.name == "sqlite":
        return or_(*(and_(column >= way, column < way + LAST) for way in sorted(ways)))
    # PostgreSQL sorts by language; these compare letter by letter, as the index does (text_pattern_ops).
    return or_(*(and_(column.op("~>=~")(way), column.op("~<~")(way + LAST)) for way in sorted(ways)))
