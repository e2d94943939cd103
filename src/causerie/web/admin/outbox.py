"""The outbox: letters that no mail server takes, as long as they are true; whoever runs the place hands them over."""

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response

from causerie.mail.letters import Letter
from causerie.notices import asking, handing
from causerie.notices.deliveries import Delivery, waiting_letters
from causerie.notices.strangers import NAME
from causerie.notices.waiting import ID_LENGTH
from causerie.web.admin.shapes import PAGE, Admin, Home
from causerie.web.codes import drawn

outbox = APIRouter()

After = Annotated[str, Query(pattern=r"^(\d{1,15}|[0-9A-Z]{26})?$")]
Waiting = Annotated[str, Path(pattern=r"^(\d{1,15}|[0-9A-Z]{26})$", examples=["12"])]


@outbox.get("/outbox")
async def waiting(home: Home, after: After = "", handed: bool = False) -> dict[str, Any]:
    """The oldest first: those to who is told of something, then those to who was asked along by e-mail.

    `handed`: instead of those that wait, those that were handed over.
    """
    ways, now, begins = home.notices.delivering, home.clock.now(), len(after) < ID_LENGTH
    told: list[tuple[str, Delivery]] = []
    asked: list[asking.Asking] = []
    goes_on, state = None, "handed" if handed else "waiting"
    async with home.database.read() as connection:
        if begins:
            told, goes_on = await waiting_letters(connection, now=now, after=int(after or 0), most=PAGE, state=state)
        if goes_on is None:
            later = "" if begins else after
            asked, goes_on = await asking.waiting(connection, now=now, after=later, most=PAGE, handed=handed)
    letters = [_line(str(one.id), name, one.tries, ways.letter(one), one.good_until) for name, one in told]
    letters += [_line(one.id, one.address, one.tries - 1, asking.letter(ways, one), None) for one in asked]
    return {"found": letters, "next": goes_on}


@outbox.get("/outbox/{id}/code", response_class=Response)
async def code(home: Home, id: Waiting) -> Response:
    """The link of a letter that waits as a code to scan; it is kept nowhere."""
    async with home.database.read() as connection:
        return drawn(await handing.link_of(connection, home.notices.delivering, id, now=home.clock.now()))


@outbox.put("/outbox/{id}/handed", status_code=204)
async def hand_over(home: Home, by: Admin, id: Waiting) -> None:
    """Say that it was handed over: it waits no more, and goes out by no mail."""
    await home.database.write(partial(handing.hand_over, id=id, by=by.id))


@outbox.delete("/outbox/{id}/handed", status_code=204)
async def keep(home: Home, by: Admin, id: Waiting) -> None:
    """Say that it was not handed over after all: it waits as before."""
    await home.database.write(partial(handing.keep_waiting, id=id, by=by.id))


def _line(id: str, name: str, tries: int, letter: Letter, until: int | None) -> dict[str, Any]:
    """A letter as it is handed over; who has no account is called by their address.

    `until`: when it is worth nothing any more; nothing where it is worth it until it is answered or the room is over.
    """
    to = letter.to if name == NAME else name
    told = {"subject": letter.subject, "text": letter.text, "link": letter.link}
    return {"id": id, "to": to, **told, "tries": tries, "until": until}
