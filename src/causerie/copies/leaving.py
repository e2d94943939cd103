"""Who wants to be left out after all. Until a copy is shown, and where everybody's yes was asked, it is so at once.

Where a yes was the condition of speaking, the host of a copy that is shown answers within seven days; none is a yes.
"""

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.people import Person
from causerie.clock import DAY
from causerie.copies import actions
from causerie.copies.errors import NotInIt, WithdrawalUnknown
from causerie.copies.models import copies, withdrawals
from causerie.copies.queries import copy_of_room, withdrawals_of
from causerie.copies.state import Copy, Withdrawal
from causerie.db import Tx
from causerie.ids import PersonId, RoomId, new_id
from causerie.questions.events import QuestionNameHidden
from causerie.recordings import coming
from causerie.recordings.events import Withdrawn
from causerie.recordings.live import RecordedRoom

TO_ANSWER = 7 * DAY


async def withdraw(tx: Tx, live: RecordedRoom, person: Person) -> None:
    """Take one's yes back: at once, or by asking the host."""
    copy = await copy_of_room(tx.connection, live.room.id) if live.room.over else None
    if copy is None or copy.visibility == "private" or not _on_condition(live, person.id):
        await coming.withdraw(tx, live, person)
        return
    if any(one.person == person.id and one.state == "asked" for one in await withdrawals_of(tx.connection, copy.id)):
        return
    asked = Withdrawal(new_id(), copy.id, person.id, person.name or "", "asked", tx.now, tx.now + TO_ANSWER)
    await tx.run(insert(withdrawals).values(**asdict(asked)))
    await tx.audit("copy.ask_out", actor=person.id, room=live.room.id, subject=asked.id)


async def withdraw_from(tx: Tx, live: RecordedRoom, person: Person) -> None:
    """The same of a room that is over, where something of them is there."""
    if not any(person.id in take.kept for take in live.recording.takes.values()):
        raise NotInIt
    await withdraw(tx, live, person)


async def answer(tx: Tx, live: RecordedRoom, copy: Copy, id: str, *, grant: bool, by: str) -> None:
    """The host's answer; those who run this place can let somebody go whom the host would not."""
    asked = next((one for one in await withdrawals_of(tx.connection, copy.id) if one.id == id), None)
    if asked is None or asked.state == "granted" or (asked.state == "refused" and not grant):
        raise WithdrawalUnknown
    state = "granted" if grant else "refused"
    said = {"state": state, "answered_at": tx.now, "answered_by": by}
    await tx.run(update(withdrawals).where(withdrawals.c.id == id).values(said))
    await tx.audit(f"copy.out_{state}", actor=by, room=copy.room, subject=id)
    if grant:
        await coming.withdraw(tx, live, Person(asked.person, asked.name))


async def grant(tx: Tx, live: RecordedRoom, *, id: str, by: str) -> None:
    """No answer is a yes."""
    if (copy := await copy_of_room(tx.connection, live.room.id)) is not None:
        await answer(tx, live, copy, id, grant=True, by=by)


async def due(connection: AsyncConnection, *, now: int) -> list[tuple[RoomId, str]]:
    """Who has waited for an answer for seven days, each with their room."""
    late = withdrawals.c.state == "asked", withdrawals.c.due_at <= now, copies.c.deleted_at.is_(None)
    wanted = select(copies.c.room, withdrawals.c.id).join(copies, copies.c.id == withdrawals.c.copy).where(*late)
    return [(RoomId(room), id) for room, id in await connection.execute(wanted)]


async def follow(tx: Tx, live: RecordedRoom) -> None:
    """Whoever is gone from the recording, and whose name is off a question, is gone from the copy, in the same turn."""
    if live.room.over and any(isinstance(event, (Withdrawn, QuestionNameHidden)) for event in tx.events):
        await actions.again(tx, live.room.id)


def _on_condition(live: RecordedRoom, person: PersonId) -> bool:
    return any(take.rule == "condition" and person in take.kept for take in live.recording.takes.values())


def waiting(all_: Sequence[Withdrawal]) -> list[Withdrawal]:
    """Those that the host has not answered."""
    return [one for one in all_ if one.state == "asked"]
