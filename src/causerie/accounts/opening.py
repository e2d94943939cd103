"""Who may open rooms in this place: who is verified, everybody with an account, or everybody with a name."""

from dataclasses import replace
from typing import Literal

from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.checks import verified
from causerie.accounts.people import Person

Openers = Literal["verified", "members", "everybody"]


async def may_open(connection: AsyncConnection, person: Person, openers: Openers) -> bool:
    """Who runs this place, and whom they let, in any case; verified is of whom something was proved or checked."""
    if person.name is None:
        return False
    if person.may_open_rooms or person.admin or person.bot or openers == "everybody":
        return True
    if person.guest:
        return False
    return openers == "members" or await verified(connection, person.id)


async def with_rights(connection: AsyncConnection, person: Person, openers: Openers) -> Person:
    """Somebody, and what this place's rule makes of their right to open rooms."""
    return replace(person, may_open_rooms=await may_open(connection, person, openers))
