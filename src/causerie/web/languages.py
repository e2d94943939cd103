"""In which language somebody is told something outside the page: their account's, else their browser's."""

from fastapi import Request
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.i18n import asked_for
from causerie.ids import PersonId
from causerie.notices.wishes import language_of
from causerie.web.house import house


def browsers(request: Request) -> str:
    """The language that a browser asks for, where it is one of ours; else this place's."""
    return asked_for(request.headers.get("accept-language", ""), house(request).settings.instance.language)


async def language_for(connection: AsyncConnection, person: PersonId | None, *, otherwise: str) -> str:
    """The language somebody said they want to be told in; else this one."""
    return (await language_of(connection, person) if person is not None else None) or otherwise
