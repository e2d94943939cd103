"""A guest who comes in by an account they have: in each room the two are one person from now on."""

from causerie.accounts.people import Person
from causerie.db import Tx
from causerie.floor.actions.guards import named
from causerie.floor.actions.safety import out
from causerie.floor.live import LiveRoom
from causerie.ids import PersonId
from causerie.questions import joining as asking
from causerie.questions import store as questions
from causerie.safety import moves as banning
from causerie.safety import store as safety
from causerie.safety.events import BanWidened
from causerie.stage import moves as staging
from causerie.stage import store as stage


async def join(tx: Tx, live: LiveRoom, guest: PersonId, account: Person) -> list[PersonId]:
    """Questions, votes and hands move to the account; gives who is to be sent out, where either of them is banned.

    Who agreed to what, and the audit, stay. Who leads the room is not sent out of it.
    """
    room, name = live.room.id, named(account)
    shut: list[PersonId] = []
    if account.id not in {live.room.host, *live.room.helpers}:
        wider = banning.join(live.safety, guest, account.id)
        shut = sorted({event.person for event in wider if isinstance(event, BanWidened)})
        await safety.store(tx, room, wider)
    await questions.store(tx, room, asking.join(live.questions, guest, account.id, name))
    if shut:
        await out(tx, live, shut)
    else:
        await stage.store(tx, room, staging.join(live.stage, guest, account.id, name, now=tx.now))
    await tx.audit("person.join", actor=account.id, room=room, subject=guest)
    return shut
