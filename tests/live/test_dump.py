"""The audience hears and reads a room so much later; what was said meanwhile a host can take out."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from causerie.captions.lines import Line
from causerie.captions.models import captions
from causerie.clock import SECOND
from causerie.db.tables import audit
from causerie.rooms.models import dumped
from tests.hall import NOW
from tests.live.conftest import Evening, evening_in
from tests.live.test_captions import lines, log
from tests.outages import locked
from tests.place import Page, Place, opened
from tests.sound_on_paper import OFFER


def texts(page: Page) -> list[object]:
    """What somebody has read of what is typed along."""
    return [line["text"] for line in lines(page)]


async def shown(page: Page) -> list[str]:
    """The last lines for who comes just now."""
    return [line["text"] for line in (await page.enter())["room"]["captions"]]


def delays(place: Place) -> list[int]:
    """How much later the audience of each room hears it, as the media core knows."""
    return list(place.engine.delays.values())


async def delayed(evening: Evening, seconds: int = 10) -> Evening:
    """Who listens hears it so much later; Ben is on stage."""
    await evening.ada.does("room.set", safety_delay=seconds)
    await evening.ben.enter(sdp=OFFER)
    await evening.ada.does("stage.invite", person=evening.id("Ben"))
    await evening.ben.does("stage.accept")
    return evening


async def says(evening: Evening, text: str) -> None:
    assert (await evening.ada.does("caption.say", text=text))["type"] == "ack"


async def test_the_delay_is_as_hosts_set_it_and_everybody_is_told(evening: Evening):
    told = []
    for seconds in (10, 20, 0):
        await evening.ada.does("room.set", safety_delay=seconds)
        settings = (await evening.visitor.enter())["room"]["settings"]
        told.append((delays(evening.place), settings["safety_delay"]))

    assert told == [([10], 10), ([20], 20), ([0], 0)]
    assert evening.visitor.events("room").count("room.changed") == 3


async def test_a_cohost_may_set_it_and_dump_too(evening: Evening):
    await evening.ada.does("role.give", person=evening.id("Ben"), role="cohost")

    told = [await evening.ben.does("room.set", safety_delay=20), await evening.ben.does("room.dump")]

    assert [frame["type"] for frame in told] == ["ack", "ack"]


async def test_what_is_dumped_is_gone_at_the_core_told_to_everybody_and_written_down(evening: Evening):
    await evening.ada.does("room.set", safety_delay=10)
    evening.place.clock.turn(30 * SECOND)
    gone: list[bool] = []
    dump = evening.place.engine.dump

    def hear(room: int) -> None:
        dump(room)
        gone.append("room.dumped" in evening.visitor.events("room"))

    evening.place.engine.dump = hear
    told = await evening.ada.does("room.dump")

    at = evening.place.clock.now()
    event = {"is": "room.dumped", "begins": at - 10 * SECOND, "ends": at}
    frames = [frame for frame in evening.visitor.frames if frame["type"] == "events"]
    assert (told["type"], gone) == ("ack", [False])
    assert [one for frame in frames for one in frame["events"] if one["is"] == "room.dumped"] == [event]
    async with evening.place.causerie.database.read() as connection:
        rows = (await connection.execute(select(dumped.c.begins, dumped.c.ends))).all()
        verbs = (await connection.execute(select(audit.c.verb).order_by(audit.c.id))).scalars().all()
    assert [tuple(row) for row in rows] == [(at - 10 * SECOND, at)]
    assert verbs[-1] == "room.dump"


async def test_what_was_taken_out_once_is_not_taken_out_again(evening: Evening):
    await evening.ada.does("room.set", safety_delay=10)
    for seconds in (3, 4, 0):
        evening.place.clock.turn(seconds * SECOND)
        await evening.ada.does("room.dump")

    assert evening.place.state().room.dumped == ((NOW, NOW + 3000), (NOW + 3000, NOW + 7000))
    assert len(evening.place.engine.dumped) == 3


async def test_the_audience_reads_a_line_when_it_has_heard_it_and_who_is_on_stage_at_once(evening: Evening):
    await delayed(evening)
    await says(evening, "Rivers have memories.")
    on_stage, before = (texts(evening.ada), texts(evening.ben)), (texts(evening.cho), texts(evening.visitor))
    entered = await shown(evening.ben), await shown(evening.cho)
    logs = (await log(evening.ben))[0], (await log(evening.cho))[0]
    await evening.place.tick(9999)
    nearly = texts(evening.cho)
    await evening.place.tick(1)

    line = ["Rivers have memories."]
    assert (on_stage, before) == ((line, line), ([], []))
    assert (entered, logs, nearly) == ((line, []), (line, []), [])
    assert [texts(page) for page in (evening.ada, evening.ben, evening.cho, evening.visitor)] == [line] * 4
    assert (await shown(evening.cho), (await log(evening.cho))[0]) == (line, line)


async def test_a_dumped_line_is_read_by_nobody_in_the_audience_then_or_later(evening: Evening):
    await delayed(evening)
    await says(evening, "Heard before.")
    await evening.place.tick(10 * SECOND)
    await says(evening, "A name that should not fall.")
    await evening.place.tick(5 * SECOND)
    await evening.ada.does("room.dump")
    on_stage = await shown(evening.ben)
    await says(evening, "And after.")
    await evening.place.tick(30 * SECOND)

    kept = ["Heard before.", "And after."]
    assert (texts(evening.cho), await shown(evening.cho), (await log(evening.cho))[0]) == (kept, kept, kept)
    assert (on_stage, await shown(evening.ben), (await log(evening.ben))[0]) == (kept[:1], kept, kept)


async def test_a_line_that_is_written_while_it_is_dumped_is_dumped(evening: Evening):
    await delayed(evening)
    line = {"room": evening.place.state().room.id, "text": "Late.", "by": evening.id("Ada")}
    evening.place.clock.turn(SECOND)
    await evening.ada.does("room.dump")
    late = captions.insert().values(id="late", at=evening.place.clock.now() - 1, **line)
    await evening.place.causerie.database.write(lambda tx: tx.run(late))
    hub, now = evening.place.causerie.rooms.hubs[line["room"]], evening.place.clock.now()
    hub.caption(Line("Ada", "Late.", now - 1), evening.place.state(), now)
    await evening.place.tick(30 * SECOND)

    assert ((await log(evening.cho))[0], texts(evening.cho), await shown(evening.cho)) == ([], [], [])


async def test_a_captioner_in_the_audience_types_what_they_hear_when_others_hear_it(evening: Evening):
    await delayed(evening)
    await evening.ada.does("role.give", person=evening.id("Cho"), role="captioner")
    evening.place.clock.turn(30 * SECOND)
    evening.place.engine.loudest = [evening.place.state().stage.seats[evening.people["Ben"].id].number]
    await evening.cho.does("caption.say", text="As I hear it.")

    line = {"speaker": None, "text": "As I hear it.", "at": evening.place.clock.now() - 10 * SECOND}
    assert lines(evening.visitor) == lines(evening.cho) == lines(evening.ben) == [line]


async def test_with_less_delay_what_waited_is_read_sooner(evening: Evening):
    await delayed(evening, 20)
    await says(evening, "Rivers have memories.")
    await evening.place.tick(10 * SECOND)
    await evening.ada.does("room.set", safety_delay=10)
    await evening.place.tick(0)

    assert texts(evening.cho) == ["Rivers have memories."]


async def test_killed_between_the_press_and_all_that_follows_it_stays_out(tmp_path: Path, database_url: str):
    async with opened(tmp_path, url=database_url) as place:
        evening = await delayed(await evening_in(place))
        await says(evening, "Long ago.")
        place.clock.turn(15 * SECOND)
        await says(evening, "A name that should not fall.")
        place.clock.turn(5 * SECOND)
        await evening.ada.does("room.dump")
        await says(evening, "Not heard yet.")
        dumped_before, now = place.state().room.dumped, place.clock.now()
    async with opened(tmp_path, url=database_url) as place:
        place.clock.turn(now - place.clock.now() + SECOND)
        await place.causerie.rooms.open()
        at_once = delays(place)
        ada, cho = place.page(evening.ada.cookie), place.page(evening.cho.cookie)
        seen = await shown(ada), await shown(cho)
        stands = place.state().room.dumped, at_once, delays(place)
        await place.tick(10 * SECOND)

    assert seen == (["Long ago.", "Not heard yet."], ["Long ago."])
    assert stands == (dumped_before, [10], [10])
    assert (texts(cho), texts(ada)) == (["Not heard yet."], [])


async def test_while_the_database_is_away_it_is_gone_and_kept_for_later(tmp_path: Path):
    async with opened(tmp_path) as place:
        evening = await delayed(await evening_in(place))
        place.clock.turn(30 * SECOND)
        async with locked(place.causerie.database):
            told = await evening.ada.does("room.dump")
            gone, stands = place.engine.dumped, place.state().room.dumped
            await place.causerie.database.close()
        place.killed = True
        async with opened(tmp_path) as again:
            await again.causerie.rooms.open()
            await again.page(evening.ada.cookie).enter()
            found = again.state().room.dumped

    assert (told["type"], len(gone), len(stands)) == ("ack", 1, 1)
    assert found == stands


@pytest.mark.parametrize(
    ("set_before", "waits"),
    [
        # Set to 10 and to 20 s so many seconds before the dump; what was said so long before it waits.
        ((None, 4), 4),
        ((30, 4), 14),
        ((30, 10), 20),
        ((30, 15), 20),
        ((8, 4), 8),
    ],
)
async def test_only_what_still_waited_is_marked_where_the_delay_was_raised_a_moment_ago(
    evening: Evening, set_before: tuple[int | None, int], waits: int
):
    ten, twenty = set_before
    evening.place.clock.turn(60 * SECOND)
    if ten is not None:
        await evening.ada.does("room.set", safety_delay=10)
        evening.place.clock.turn((ten - twenty) * SECOND)
    await evening.ada.does("room.set", safety_delay=20)
    evening.place.clock.turn(twenty * SECOND)

    await evening.ada.does("room.dump")

    at = evening.place.clock.now()
    assert evening.place.state().room.dumped == ((at - waits * SECOND, at),)


async def test_a_shorter_delay_marks_no_more_than_waits(evening: Evening):
    await evening.ada.does("room.set", safety_delay=20)
    evening.place.clock.turn(60 * SECOND)
    await evening.ada.does("room.set", safety_delay=10)
    evening.place.clock.turn(2 * SECOND)
    await evening.ada.does("room.set", safety_delay=20)
    evening.place.clock.turn(3 * SECOND)

    await evening.ada.does("room.dump")

    at = evening.place.clock.now()
    assert evening.place.state().room.dumped == ((at - 13 * SECOND, at),)


async def spoke(evening: Evening, seconds: int, *speaking: int) -> None:
    """So long these sounded."""
    evening.place.engine.loudest = list(speaking)
    for _ in range(seconds):
        await evening.place.tick(SECOND)


def lit(page: Page) -> list[object]:
    """Whose names lit up at each tick, for this page."""
    return [frame["speaking"] for frame in page.frames if frame["type"] == "tick"]


def forget(evening: Evening) -> None:
    for page in (evening.ada, evening.ben, evening.visitor):
        page.frames.clear()


async def test_names_light_up_for_the_audience_when_they_are_heard(evening: Evening):
    await delayed(evening)
    await spoke(evening, 30)
    forget(evening)

    await spoke(evening, 3, 2)
    await spoke(evening, 17, 1)

    said, heard = {tuple(who) for who in lit(evening.ben)}, lit(evening.visitor)
    assert (lit(evening.ada), said) == (lit(evening.ben), {(2,), (1,)})
    assert [who for n, who in enumerate(heard) if n == 0 or who != heard[n - 1]] == [[], [2], [1]]
    at = [frame["now"] for frame in evening.visitor.frames if frame["type"] == "tick" and frame["speaking"] == [2]]
    first = next(frame["now"] for frame in evening.ben.frames if frame["type"] == "tick" and frame["speaking"] == [2])
    assert at[0] == first + 10 * SECOND


async def test_who_spoke_in_what_was_taken_out_the_audience_never_sees(evening: Evening):
    await delayed(evening)
    await spoke(evening, 30)
    forget(evening)
    await spoke(evening, 5, 2)

    await evening.ada.does("room.dump")
    await spoke(evening, 20)

    assert [2] in lit(evening.ben)
    assert [2] not in lit(evening.visitor)


async def test_without_a_delay_a_tick_is_the_same_for_everybody(evening: Evening):
    await evening.ben.enter(sdp=OFFER)
    await spoke(evening, 30)
    forget(evening)

    await spoke(evening, 4, 2)

    assert lit(evening.ada) == lit(evening.visitor) == [[2]] * len(lit(evening.ada))


@pytest.mark.parametrize("delay", [5, 15, 30, -10, True, "10", 10.5])
async def test_no_other_delay_is_taken(evening: Evening, delay: Any):
    told = await evening.ada.does("room.set", safety_delay=delay)

    assert (told["type"], told["code"], delays(evening.place)) == ("refused", "message.unknown", [])


@pytest.mark.parametrize(
    ("who", "delay", "code"),
    [
        ("ben", 10, "room.may_not"),
        ("visitor", 10, "room.may_not"),
        ("ada", 0, "room.no_delay"),
    ],
)
async def test_what_is_refused_takes_nothing_out(evening: Evening, who: str, delay: int, code: str):
    await evening.ada.does("room.set", safety_delay=delay)

    told = await getattr(evening, who).does("room.dump")

    assert (told["code"], evening.place.engine.dumped, evening.place.state().room.dumped) == (code, [], ())
    assert "room.dumped" not in evening.visitor.events("room")


async def test_before_it_is_live_there_is_nothing_to_take_out(place: Place):
    ada, cookie = await place.person("Ada", may_open_rooms=True)
    await place.room(ada, safety_delay=10)
    host = place.page(cookie)
    await host.enter()

    assert (await host.does("room.dump"))["code"] == "room.not_live"
    assert place.state().room.settings.safety_delay == 10


async def test_when_the_room_ends_its_audience_hears_the_rest_and_nobody_on_stage_is_heard(evening: Evening):
    await delayed(evening)
    await evening.visitor.enter(sdp=OFFER)
    media = evening.place.causerie.media
    before = {peer.person for peer in media.peers.values()}

    await evening.ada.does("room.end")

    after = {peer.person for peer in media.peers.values()}
    assert (len(before), evening.id("Ben") in after, len(after)) == (2, False, 1)
    assert (delays(evening.place), evening.place.engine.open, evening.place.engine.rooms_closed) == ([10], set(), [])


async def test_what_was_dumped_before_the_room_ends_nobody_hears_after_it(evening: Evening):
    await delayed(evening)
    await evening.ada.does("room.dump")

    await evening.ada.does("room.end")

    assert len(evening.place.engine.dumped) == 1
    assert (await evening.ada.does("room.dump"))["code"] == "room.ended"
