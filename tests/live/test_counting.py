"""What is counted of a room while it is live: kept each minute and at the end, there again after a kill."""

from pathlib import Path
from unittest.mock import patch

from causerie.clock import MINUTE, SECOND
from causerie.errors import Away
from causerie.rooms.audience.attendance import Counted, read
from tests.live.conftest import Evening, evening_in
from tests.place import Place, opened


async def kept(place: Place) -> Counted | None:
    async with place.causerie.database.read() as connection:
        return await read(connection, place.state().room.id)


async def goes_on(place: Place, seconds: int) -> None:
    for _ in range(seconds // 5):
        await place.tick(5 * SECOND)


async def test_the_audience_is_counted_and_kept_each_minute(evening: Evening):
    await goes_on(evening.place, 70)
    first = await kept(evening.place)
    await evening.cho.leave()
    await goes_on(evening.place, 130)

    counted = await kept(evening.place)
    assert first == Counted(3, here={1: 3})
    assert counted is not None
    assert (counted.peak, counted.gone, counted.heard) == (3, {1: 1}, 3)


async def test_who_is_on_stage_is_no_listener(evening: Evening):
    assert evening.id("Ada") in evening.place.state().stage.seats

    await goes_on(evening.place, 5)

    counting = evening.place.causerie.rooms.counting.rooms[evening.place.state().room.id]
    assert counting.counted(evening.place.clock.now()).all == {0: 3}


async def test_the_end_of_the_room_is_the_end_of_every_stay(evening: Evening):
    await goes_on(evening.place, 65)
    await evening.ada.does("room.end")
    await goes_on(evening.place, 300)

    counted = await kept(evening.place)
    assert counted == Counted(3, gone={1: 3})
    assert evening.place.causerie.rooms.counting.rooms == {}


async def test_before_the_room_begins_nobody_is_counted(place: Place):
    ada, cookie = await place.person("Ada", may_open_rooms=True)
    await place.room(ada)
    await place.page(cookie).enter()

    await goes_on(place, 70)

    assert await kept(place) is None


async def test_a_kill_loses_no_more_than_a_minute(tmp_path: Path, database_url: str):
    async with opened(tmp_path, url=database_url) as place:
        await goes_on((await evening_in(place)).place, 10 * 60 + 30)

        async with opened(tmp_path, url=database_url) as again:
            again.clock.turn(11 * MINUTE)
            await again.causerie.rooms.open()
            visitor = again.page(again.visitor())
            await visitor.enter()
            await goes_on(again, 5 * 60)

            counted = await kept(again)
    assert counted is not None
    assert (counted.peak, sum(counted.all.values())) == (3, 3)
    assert sorted(counted.all) in ([9, 13], [9, 14], [10, 14], [10, 15])


async def test_what_cannot_be_kept_now_is_kept_later(evening: Evening):
    await goes_on(evening.place, 30)
    with patch.object(evening.place.causerie.rooms.counting, "write", side_effect=Away):
        await goes_on(evening.place, 60)
    before = await kept(evening.place)
    await goes_on(evening.place, 5)

    assert (before, await kept(evening.place)) == (None, Counted(3, here={1: 3}))
