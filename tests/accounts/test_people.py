"""Names as they are shown, people as they are kept, and the links that bring them in once."""

import pytest

from causerie.accounts import actions, queries
from causerie.accounts.errors import LinkUnknown, NameLength, NameNeeded, NameTaken
from causerie.accounts.people import Person, cleaned, hashed
from causerie.clock import HOUR, HandClock
from causerie.db import Database


async def write(database: Database, action, *given, **more):
    return (await database.write(lambda tx: action(tx, *given, **more)))[0]


# ---- names ----


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Ada", "Ada"),
        ("  Ada \t\n Byron ", "Ada Byron"),
        ("Ada\u0000\u202e\u200b", "Ada"),
        ("A\u030ada", "Åda"),
        ("أدا", "أدا"),
        ("x" * 60, "x" * 60),
        ("\u00a0Ada\u3000B", "Ada B"),
        ("A\u3164d\u115fa\u2800\ufe0f", "Ada"),
    ],
)
def test_a_name_is_shown_on_one_line_without_what_cannot_be_seen(given: str, shown: str):
    assert cleaned(given) == shown


@pytest.mark.parametrize("given", ["", " ", "\u200b\u202e", "\u3164\u2800", "x" * 61, "x" * 10_000, "\u0301" * 5_000])
def test_a_name_has_its_length(given: str):
    with pytest.raises(NameLength):
        cleaned(given)


async def test_an_accounts_name_is_its_own_and_guests_may_share_one(database: Database):
    await write(database, actions.add_person, name="Ada")

    with pytest.raises(NameTaken):
        await write(database, actions.add_person, name="  Ada ")
    guests = [await write(database, actions.add_person, name="Ada", guest=True) for _ in range(2)]

    assert guests[0].id != guests[1].id
    async with database.read() as connection:
        assert [person.name for person in await queries.accounts(connection)] == ["Ada"]
        assert not (await queries.person_named(connection, "Ada")).guest


async def test_who_may_open_rooms(database: Database):
    ben = await write(database, actions.add_person, name="Ben")
    admin = await write(database, actions.add_person, name="Ada", admin=True)

    await write(database, actions.let_open_rooms, ben.id, may=True)

    async with database.read() as connection:
        may = {person.name: person.may_open_rooms for person in await queries.accounts(connection)}
        assert (may, await queries.has_admin(connection)) == ({"Ada": True, "Ben": True}, True)
    assert (ben.may_open_rooms, admin.may_open_rooms) == (False, True)


# ---- links ----


async def test_the_first_admin_comes_in_once_within_a_day(database: Database, clock: HandClock):
    token = await write(database, actions.setup_link)
    clock.turn(24 * HOUR - 1)

    with pytest.raises(NameNeeded):
        await write(database, actions.use_link, token, name=None)
    ada = await write(database, actions.use_link, token, name="Ada")

    assert ada == Person(ada.id, "Ada", guest=False, admin=True, may_open_rooms=True)
    with pytest.raises(LinkUnknown):
        await write(database, actions.use_link, token, name="Eve")


async def test_a_setup_link_is_over_after_a_day(database: Database, clock: HandClock):
    token = await write(database, actions.setup_link)
    clock.turn(24 * HOUR)

    async with database.read() as connection:
        assert await queries.link_there(connection, token, now=clock.now()) is None
    with pytest.raises(LinkUnknown):
        await write(database, actions.use_link, token, name="Ada")


async def test_a_new_setup_link_ends_the_one_before(database: Database):
    first, second = await write(database, actions.setup_link), await write(database, actions.setup_link)

    with pytest.raises(LinkUnknown):
        await write(database, actions.use_link, first, name="Eve")
    assert (await write(database, actions.use_link, second, name="Ada")).admin


async def test_a_persons_link_brings_them_in_as_themselves_once_within_a_week(database: Database, clock: HandClock):
    ben = await write(database, actions.add_person, name="Ben", may_open_rooms=True)
    token, late = [await write(database, actions.person_link, ben.id) for _ in range(2)]

    async with database.read() as connection:
        looked_at = [await queries.link_there(connection, token, now=clock.now()) for _ in range(2)]
    assert looked_at == [("person", "Ben")] * 2
    assert await write(database, actions.use_link, token, name="Somebody else") == ben
    with pytest.raises(LinkUnknown):
        await write(database, actions.use_link, token, name=None)
    clock.turn(7 * 24 * HOUR)
    with pytest.raises(LinkUnknown):
        await write(database, actions.use_link, late, name=None)


async def test_a_link_that_was_guessed(database: Database):
    with pytest.raises(LinkUnknown):
        await write(database, actions.use_link, "guessed", name="Eve")


# ---- sessions ----


@pytest.mark.parametrize(("guest", "lasts"), [(True, 24 * HOUR), (False, 90 * 24 * HOUR)])
async def test_a_session_lasts_its_time(database: Database, clock: HandClock, guest: bool, lasts: int):
    ben = await write(database, actions.add_person, name="Ben", guest=guest)
    token = await write(database, actions.open_session, ben)

    async def who(moment: int) -> Person | None:
        async with database.read() as connection:
            return (await queries.people_of_sessions(connection, [hashed(token)], now=moment)).get(hashed(token))

    assert [await who(clock.now() + lasts - 1), await who(clock.now() + lasts)] == [ben, None]


async def test_what_is_kept_opens_nothing(database: Database):
    ben = await write(database, actions.add_person, name="Ben")
    tokens = [await write(database, actions.open_session, ben), await write(database, actions.person_link, ben.id)]

    async with database.read() as connection:
        for table in ("sessions", "links"):
            rows = str((await connection.exec_driver_sql(f"SELECT * FROM {table}")).all())
            assert not any(token in rows for token in tokens)
