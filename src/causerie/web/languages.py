"""In which language somebody is told something: their account's, else their page's or browser's."""

from fastapi import Request
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.speaking import language_of
from causerie.i18n import asked_for
from causerie.ids import PersonId
from causerie.web.house import house, who


def browsers(request: Request) -> str:
    """The language that a page speaks or a browser asks for, where it is one of ours; else this place's.

    The page says with each thing it asks which one it speaks (`frontend/src/accounts/api.ts`).
    """
    return asked_for(request.headers.get("accept-language", ""), house(request).settings.instance.language)


async def readers(request: Request) -> str:
    """The language of who asks: their own, else their browser's."""
    person = await who(request)
    return (person.language if person else None) or browsers(request)


async def language_for(connection: AsyncConnection, person: PersonId | None, *, otherwise: str) -> str:
    """The language somebody is spoken to in; else this one."""
    return (await language_of(connection, person) if person is not None else None) or otherwise
