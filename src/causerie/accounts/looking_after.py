"""What those who run the place do for an account and to it; each is written down, whoever does it and from wherever."""

from causerie.accounts import actions
from causerie.db import Tx
from causerie.ids import PersonId


async def link(tx: Tx, person: PersonId, *, by: str) -> str:
    """What opens a fresh way in as somebody."""
    await tx.audit("person.link", actor=by, subject=person)
    return await actions.person_link(tx, person)


async def let(tx: Tx, person: PersonId, *, may: bool, by: str) -> None:
    """Say whether somebody may open rooms here."""
    await actions.let_open_rooms(tx, person, may=may)
    await tx.audit("person.let" if may else "person.let_no_more", actor=by, subject=person)


async def mark_minor(tx: Tx, person: PersonId, *, minor: bool, by: str) -> str | None:
    """Say whether somebody is a minor; gives the key of a picture whose file goes with it."""
    gone = await actions.mark_minor(tx, person, minor=minor)
    await tx.audit("person.minor" if minor else "person.minor_no_more", actor=by, subject=person)
    return gone
