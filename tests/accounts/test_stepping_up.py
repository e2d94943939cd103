"""What cannot be undone is asked of who has signed in a short while ago."""

import pytest

from causerie.accounts import actions as accounts
from causerie.accounts.errors import SignInAgain
from causerie.accounts.people import Person, hashed
from causerie.accounts.stepping_up import LATELY, must_have_proved, proved_lately
from causerie.clock import HandClock
from causerie.db import Database


async def ada_in(database: Database) -> tuple[Person, str]:
    """Ada, and the hash of the session she has begun just now."""

    async def added(tx) -> tuple[Person, str]:
        ada = await accounts.add_person(tx, name="Ada")
        return ada, hashed(await accounts.open_session(tx, ada))

    return (await database.write(added))[0]


async def test_a_session_proves_its_person_for_ten_minutes(database: Database, clock: HandClock):
    _, session = await ada_in(database)

    proved = []
    for wait in (0, LATELY - 1, 1):
        clock.turn(wait)
        async with database.read() as connection:
            proved.append(await proved_lately(connection, session, now=clock.now()))

    assert proved == [True, True, False]


async def test_signing_in_again_proves_it_and_the_old_session_still_does_not(database: Database, clock: HandClock):
    ada, old = await ada_in(database)
    clock.turn(LATELY)
    token, _ = await database.write(lambda tx: accounts.open_session(tx, ada))

    async with database.read() as connection:
        proved = [await proved_lately(connection, one, now=clock.now()) for one in (old, hashed(token))]

    assert proved == [False, True]


@pytest.mark.parametrize("session", [None, "", "no session of ours"])
async def test_no_session_proves_nobody(database: Database, clock: HandClock, session: str | None):
    async with database.read() as connection:
        with pytest.raises(SignInAgain):
            await must_have_proved(connection, session, now=clock.now())
