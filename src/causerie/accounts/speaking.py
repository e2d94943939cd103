"""In which language somebody is spoken to: by the page, in letters, by push and in their inbox alike.

It is the one of the page by which they first came in, until they choose another.
"""

from dataclasses import replace

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.errors import LanguageUnknown
from causerie.accounts.models import people
from causerie.accounts.people import Person
from causerie.db import Tx
from causerie.i18n import LANGUAGES
from causerie.ids import PersonId


async def speak(tx: Tx, person: PersonId, language: str) -> None:
    """Be spoken to in this language from now on; or `LanguageUnknown`."""
    if language not in LANGUAGES:
        raise LanguageUnknown
    await tx.run(update(people).where(people.c.id == person).values(language=language))


async def begin_to_speak(tx: Tx, person: Person, language: str) -> Person:
    """Somebody came in by a page that speaks this: where nothing else is known, it is theirs."""
    known = await language_of(tx.connection, person.id)
    if known is None:
        await speak(tx, person.id, language)
    return replace(person, language=known or language)


async def language_of(connection: AsyncConnection, person: PersonId) -> str | None:
    """The language somebody is spoken to in; nothing where it is not known yet."""
    found: str | None = (await connection.execute(select(people.c.language).where(people.c.id == person))).scalar()
    return found
