"""Where the links in letters lead: looking changes nothing, one press does, also a mail program's (RFC 8058)."""

from fastapi import APIRouter, Request, Response

from causerie.db import Tx
from causerie.i18n import t
from causerie.notices import strangers, wishes
from causerie.notices.errors import LetterLinkUnknown
from causerie.notices.links import Leaving
from causerie.web.house import house
from causerie.web.languages import browsers
from causerie.web.letter_pages import letter_page, stale

letters = APIRouter(include_in_schema=False)


@letters.get("/u/{token}")
async def look(request: Request, token: str) -> Response:
    """What the link is for, and a button; programs that look at every link of a letter press nothing."""
    if _read(request, token) is None:
        return stale(request)
    said = t(browsers(request), "No such letters any more")
    return letter_page(request, said, button=t(browsers(request), "Yes"))


@letters.post("/u/{token}")
async def press(request: Request, token: str) -> Response:
    """Leave. The link says all; no cookie and no origin is asked for, as whoever presses may be a mail program."""
    leaving = _read(request, token)
    if leaving is None:
        return stale(request)
    who, topic = leaving.person, leaving.topic

    async def left(tx: Tx) -> None:
        if not await strangers.forget(tx, who):
            await wishes.switch(tx, who, topic, "mail", on=False)

    await house(request).database.write(left)
    told = t(browsers(request), "You get no such letters any more. You can switch them on again in your inbox.")
    return letter_page(request, told)


def _read(request: Request, token: str) -> Leaving | None:
    try:
        return house(request).notices.delivering.links.read(token)
    except LetterLinkUnknown:
        return None
