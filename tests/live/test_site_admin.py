"""Who runs this place, in a room that others lead: seen like everybody, without a seat, and written down."""

import pytest
from sqlalchemy import select

from causerie.db.tables import audit
from tests.live.conftest import Evening
from tests.place import Page, Place


@pytest.fixture
async def max_(evening: Evening) -> Page:
    evening.people["Max"], cookie = await evening.place.person("Max", admin=True)
    page = evening.place.page(cookie)
    await page.enter()
    return page


async def written(place: Place, person: str) -> list[str]:
    """What the audit says somebody did."""
    async with place.causerie.database.read() as connection:
        lines = await connection.execute(select(audit.c.verb).where(audit.c.actor == person).order_by(audit.c.id))
        return list(lines.scalars())


async def test_they_see_who_is_here_as_one_of_them_and_that_is_written_once(evening: Evening, max_: Page):
    for skip in (0, 1):
        await max_.does("audience.page", skip=skip)

    first = next(frame for frame in max_.frames if frame["type"] == "audience")
    assert [one["name"] for one in first["people"]] == ["Ada", "Ben", "Cho", "Max"]
    assert await written(evening.place, evening.id("Max")) == ["audience.see"]


async def test_where_everybody_sees_the_list_nothing_is_written(evening: Evening, max_: Page):
    await evening.ada.does("room.set", visible_list=True)

    await max_.does("audience.page", skip=0)

    assert await written(evening.place, evening.id("Max")) == []


async def test_they_start_a_room_for_its_hosts_and_have_no_seat_by_that(evening: Evening, max_: Page):
    await evening.place.room(evening.people["Ada"], "Swifts")
    await max_.enter("swifts")

    told = await max_.does("room.start")

    live = evening.place.state("swifts")
    assert (told["type"], live.room.phase, live.room.host, live.stage.seats) == ("ack", "live", evening.id("Ada"), {})
    assert await written(evening.place, evening.id("Max")) == ["room.start"]
