"""A guest who comes in by an account they have: in each room the two are one person from now on."""

from causerie.accounts.people import Person
from causerie.db import Tx
from causerie.floor.actions.guards import named
from causerie.floor.live import LiveRoom
from causerie.ids import PersonId
from causerie.questions import joining as asking
from causerie.questions import store as questions
from causerie.safety import moves as banning
from causerie.safety import store as safety
from causerie.stage import moves as staging
from causerie.stage import store as stage


async def join(tx: Tx, live: LiveRoom, guest: PersonId, account: Person) -> None:
    """Questions, votes and hands move to the account; bans hit both. Who agreed to what, and the audit, stay."""
    room, name = live.room.id, named(account)
    await safety.store(tx, room, banning.join(live.safety, guest, account.id))
    await questions.store(tx, room, asking.join(live.questions, guest, account.id, name))
    await stage.store(tx, room, staging.join(live.stage, guest, account.id, name, now=tx.now))
    await tx.audit("person.join", actor=account.id, room=room, subject=guest)
