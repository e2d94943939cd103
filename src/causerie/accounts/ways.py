"""All the ways somebody can come in by; the last one stays."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts import emails, passkeys, passwords, sessions
from causerie.accounts.emails import Email
from causerie.accounts.errors import LastWay
from causerie.accounts.passkeys import Passkey
from causerie.accounts.people import Person
from causerie.accounts.stepping_up import must_have_proved
from causerie.db import Tx
from causerie.ids import PersonId


@dataclass(frozen=True)
class Ways:
    """What somebody has to come in with."""

    passkeys: list[Passkey]
    emails: list[Email]
    password: bool

    def __len__(self) -> int:
        return len(self.passkeys) + len(self.emails) + self.password


async def ways_of(connection: AsyncConnection, person: PersonId) -> Ways:
    return Ways(
        await passkeys.passkeys_of(connection, person),
        await emails.emails_of(connection, person),
        await passwords.password_of(connection, person) is not None,
    )


async def may_change(connection: AsyncConnection, person: Person, session: str | None, *, now: int) -> None:
    """Ways in are brought and taken by who has proved themselves lately; or `SignInAgain`.

    Otherwise an old session in another's hands would bring its own passkey, and with that prove anything. Who has no
    way in yet has none to prove themselves by: their first is free, unless they run this place.
    """
    if person.admin or len(await ways_of(connection, person.id)) > 0:
        await must_have_proved(connection, session, now=now)


async def remove_passkey(tx: Tx, person: PersonId, id: str, *, here: str | None) -> list[str]:
    """A passkey opens nothing any more, and nobody it let in stays; gives the sessions that ended."""
    await passkeys.remove(tx, person, id)
    return await _less(tx, person, here)


async def remove_email(tx: Tx, person: PersonId, id: str, *, here: str | None) -> list[str]:
    """The same of an address."""
    await emails.remove(tx, person, id)
    return await _less(tx, person, here)


async def forget_password(tx: Tx, person: PersonId, *, here: str | None) -> list[str]:
    """The same of the password."""
    await passwords.forget(tx, person)
    return await _less(tx, person, here)


async def set_password(tx: Tx, person: PersonId, hash: str, *, here: str | None) -> list[str]:
    """A password of one's own, or another one: who came in by the one before does not stay."""
    await passwords.keep(tx, person, hash)
    return await sessions.end_all(tx, person, but=here)


async def _less(tx: Tx, person: PersonId, here: str | None) -> list[str]:
    """Where nothing would be left, all of it stays; otherwise only the session that asks goes on."""
    if len(await ways_of(tx.connection, person)) == 0:
        raise LastWay
    return await sessions.end_all(tx, person, but=here)
