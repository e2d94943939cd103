"""The audience's side of a room: what is written of it is what comes back."""

from causerie.clock import HandClock
from causerie.db import Database
from causerie.ids import RoomId
from causerie.rooms.audience import moves
from causerie.rooms.audience import store as audience
from causerie.rooms.audience.events import Event
from causerie.rooms.audience.state import Audience, Pin, fold
from tests.hall import ADA
from tests.stored import called, with_people_and

SPARROWS = RoomId("sparrows")


async def written(database: Database, before: Audience, events: list[Event]) -> Audience:
    """These events written, and folded."""
    await database.write(lambda tx: audience.store(tx, SPARROWS, events))
    after = before
    for event in events:
        after = fold(event, after)
    return after


async def read_back(database: Database) -> Audience:
    async with database.read() as connection:
        return await audience.read(connection, SPARROWS)


async def test_the_line_that_is_pinned_comes_back(database: Database, clock: HandClock):
    await with_people_and(database, called("sparrows"), called("swifts"))
    state = Audience()

    for text, link in [("The map", "https://example.org/map"), ("Until nine", None)]:
        clock.turn(1000)
        state = await written(database, state, moves.pin(state, text, link, by=ADA, now=clock.now()))
    pinned = await read_back(database)
    down = await written(database, state, moves.unpin(state, now=clock.now()))

    assert pinned == state == Audience(Pin("Until nine", None, clock.now()))
    assert await read_back(database) == down == Audience()
