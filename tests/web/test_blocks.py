"""Whom a host blocks does not come in, hears nothing of them, and is not told; one lets them be again."""

import pytest

from causerie.accounts import aliases, blocking
from causerie.accounts.actions import add_person
from causerie.accounts.following import followed_by
from causerie.clock import DAY
from causerie.ids import PersonId
from causerie.notices.inbox import inbox
from causerie.notices.interest import remind
from causerie.rooms.withheld import closed_by
from tests.live.conftest import Evening
from tests.place import Place

BLOCKS, ROOM = "/api/v1/me/blocks", "/api/v1/rooms/sparrows"


async def blocks(evening: Evening, who: str, whom: str, *, verb: str = "put") -> int:
    place = evening.place
    cookie = {"Ada": evening.ada, "Ben": evening.ben, "Cho": evening.cho}[who].cookie
    async with place.browser(cookie) as browser:
        return (
            await getattr(browser, verb)(f"{BLOCKS}/{evening.id(whom)}", **({"json": {}} if verb == "put" else {}))
        ).status_code


async def seen(place: Place, cookie: str) -> int:
    async with place.browser(cookie) as browser:
        return (await browser.get(ROOM)).status_code


async def test_who_is_blocked_by_the_host_is_out_and_finds_no_such_room(evening: Evening):
    place = evening.place
    answered = await blocks(evening, "Ada", "Ben")
    await evening.ben.task
    again = place.page(evening.ben.cookie)
    refused = await again.enter()

    assert (answered, evening.ben.closed) == (204, 4002)
    assert refused["code"] == "room.unknown"
    assert [await seen(place, cookie) for cookie in (evening.ben.cookie, evening.cho.cookie)] == [404, 200]


async def test_their_seat_and_hand_are_gone(evening: Evening):
    await evening.ben.does("hand.raise")

    await blocks(evening, "Ada", "Ben")

    assert evening.place.state().stage.hands == {}


async def test_let_be_again_they_come_in_as_before(evening: Evening):
    await blocks(evening, "Ada", "Ben")
    await evening.ben.task
    let = await blocks(evening, "Ada", "Ben", verb="delete")
    twice = await blocks(evening, "Ada", "Ben", verb="delete")
    page = evening.place.page(evening.ben.cookie)

    assert (let, twice) == (204, 404)
    assert (await page.enter())["type"] == "snapshot"


async def test_whom_somebody_else_blocks_stays(evening: Evening):
    await blocks(evening, "Cho", "Ben")

    assert evening.ben.closed is None
    assert await seen(evening.place, evening.ben.cookie) == 200


async def test_who_comes_to_lead_the_room_has_whom_they_block_out_of_it(evening: Evening):
    place = evening.place
    await blocks(evening, "Cho", "Ben")
    await evening.ada.does("room.hand_over", person=evening.id("Cho"))
    await evening.cho.does("host.accept")

    await place.tick(1000)
    await evening.ben.task

    assert evening.ben.closed == 4002


async def test_neither_follows_the_other_nor_is_told(evening: Evening):
    place, (ada, ben) = evening.place, (evening.people["Ada"], evening.people["Ben"])
    coming = await place.room(ada, "Terns", starts_at=place.clock.now() + DAY)
    async with place.browser(evening.ben.cookie) as browser:
        await browser.put(f"/api/v1/following/{ada.id}", json={})
    await place.causerie.database.write(lambda tx: remind(tx, ben, coming))

    await blocks(evening, "Ada", "Ben")
    await place.causerie.notices.sweep()
    async with place.browser(evening.ben.cookie) as browser:
        refused = (await browser.put(f"/api/v1/following/{ada.id}", json={})).status_code
    async with place.causerie.database.read() as connection:
        told, follows = await inbox(connection, ben.id), await followed_by(connection, ben.id, now=place.clock.now())

    assert ([one.kind for one in told], follows, refused) == ([], [], 404)


async def test_the_list_is_ones_own_and_the_latest_first(evening: Evening):
    place = evening.place
    await blocks(evening, "Ada", "Ben")
    place.clock.turn(1)
    await blocks(evening, "Ada", "Cho")
    told = []
    for page in (evening.ada, evening.ben):
        async with place.browser(page.cookie) as browser:
            told.append([one["name"] for one in (await browser.get(BLOCKS)).json()])

    assert told == [["Cho", "Ben"], []]


@pytest.mark.parametrize(("whom", "code"), [("Ada", 422), ("nobody", 404)])
async def test_nobody_blocks_themselves_or_nobody(evening: Evening, whom: str, code: int):
    id = evening.id("Ada") if whom == "Ada" else "01KX0000000000000000000000"
    async with evening.place.browser(evening.ada.cookie) as browser:
        answer = await browser.put(f"{BLOCKS}/{id}", json={})

    assert answer.status_code == code


async def test_a_guest_who_was_blocked_is_so_as_the_account_they_come_in_by(evening: Evening):
    place, (ada, ben) = evening.place, (evening.people["Ada"], evening.people["Ben"])

    async def story(tx) -> frozenset[PersonId]:
        guest = await add_person(tx, name="Gwen", guest=True)
        await blocking.block(tx, ada.id, guest.id)
        await blocking.block(tx, guest.id, evening.people["Cho"].id)
        await aliases.note(tx, guest.id, ben.id)
        await blocking.take_along(tx, guest.id, ben.id)
        assert (await closed_by(tx.connection, ben.id, now=tx.now))[0] == {evening.id("Cho")}
        return (await closed_by(tx.connection, ada.id, now=tx.now))[0] - {guest.id}

    shut, _ = await place.causerie.database.write(story)

    assert shut == {ben.id}
