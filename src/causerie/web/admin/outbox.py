"""The outbox: letters that no mail server takes, as long as they are true; whoever runs the place hands them over."""

from typing import Annotated, Any

from fastapi import APIRouter, Query

from causerie.mail.letters import Letter
from causerie.notices import asking
from causerie.notices.deliveries import Delivery, waiting_letters
from causerie.notices.strangers import NAME
from causerie.web.admin.shapes import PAGE, Home

outbox = APIRouter()

After = Annotated[str, Query(pattern=r"^(\d{1,15}|[0-9A-Z]{26})?$")]


@outbox.get("/outbox")
async def waiting(home: Home, after: After = "") -> dict[str, Any]:
    """The oldest first: those to who is told of something, then those to who was asked along by e-mail."""
    ways, now, begins = home.notices.delivering, home.clock.now(), after.isdigit() or not after
    told: list[tuple[str, Delivery]] = []
    asked: list[asking.Asking] = []
    goes_on = None
    async with home.database.read() as connection:
        if begins:
            told, goes_on = await waiting_letters(connection, now=now, after=int(after or 0), most=PAGE)
        if goes_on is None:
            asked, goes_on = await asking.waiting(connection, now=now, after="" if begins else after, most=PAGE)
    letters = [_line(str(one.id), name, one.tries, ways.letter(one)) for name, one in told if one.to]
    letters += [_line(one.id, one.address, one.tries - 1, asking.letter(ways, one)) for one in asked]
    return {"found": letters, "next": goes_on}


def _line(id: str, name: str, tries: int, letter: Letter) -> dict[str, Any]:
    """A letter as it is handed over; who has no account is called by their address."""
    to = letter.to if name == NAME else name
    return {"id": id, "to": to, "subject": letter.subject, "text": letter.text, "link": letter.link, "tries": tries}
