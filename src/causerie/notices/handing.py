"""Letters that somebody hands over instead of a mail server: each waits no more, and can be taken back."""

from sqlalchemy import Update, update
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.db import Tx
from causerie.ids import PersonId
from causerie.notices import asking, deliveries
from causerie.notices.delivering import Delivering
from causerie.notices.errors import LetterNotWaiting
from causerie.notices.models import deliveries as told
from causerie.notices.waiting import ID_LENGTH
from causerie.rooms.models import asked_letters


async def hand_over(tx: Tx, id: str, *, by: PersonId) -> None:
    """It was handed over: no mail server gets it any more. What is on its way by mail just now is refused."""
    if _is_told(id):
        waits = _told(id, "waiting").where(told.c.held_until <= tx.now).values(state="handed")
    else:
        waits = _asked(id).where(asked_letters.c.handed_at.is_(None), asked_letters.c.held_until <= tx.now)
        waits = waits.values(handed_at=tx.now)
    await _one(tx, waits)
    await tx.audit("letter.hand_over", actor=by, subject=await _whose(tx, id))


async def keep_waiting(tx: Tx, id: str, *, by: PersonId) -> None:
    """It was not handed over after all, and waits as before."""
    if _is_told(id):
        handed = _told(id, "handed").values(state="waiting")
    else:
        handed = _asked(id).where(asked_letters.c.handed_at.is_not(None)).values(handed_at=None)
    await _one(tx, handed)
    await tx.audit("letter.keep", actor=by, subject=await _whose(tx, id))


async def link_of(connection: AsyncConnection, ways: Delivering, id: str, *, now: int) -> str:
    """Where a letter that waits leads; or `LetterNotWaiting`, also when it is too late or not so any more."""
    if _is_told(id):
        delivery = await deliveries.waiting_letter(connection, int(id), now=now)
        letter = ways.letter(delivery) if delivery else None
    else:
        asked = await asking.waiting_one(connection, id, now=now)
        letter = asking.letter(ways, asked) if asked else None
    if letter is None:
        raise LetterNotWaiting
    return letter.link


async def _one(tx: Tx, change: Update) -> None:
    if (await tx.run(change)).rowcount == 0:
        raise LetterNotWaiting


async def _whose(tx: Tx, id: str) -> str:
    """Whom the log names: who is told; of who was asked along by e-mail the invitation, as they may be nobody here."""
    return await deliveries.whose(tx.connection, int(id)) if _is_told(id) else id


def _is_told(id: str) -> bool:
    """Whether it is a letter to who is told of something: those are counted, and invitations are called by long ids."""
    return len(id) < ID_LENGTH


def _told(id: str, state: str) -> Update:
    return update(told).where(told.c.id == int(id), told.c.channel == "mail", told.c.state == state)


def _asked(id: str) -> Update:
    return update(asked_letters).where(asked_letters.c.asked == id)
