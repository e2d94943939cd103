"""Killed in a moment few think of: who waits for a seat, was sent out by a raid, is ready, may undo, must be slow."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from unittest.mock import patch

from causerie.clock import MINUTE, SECOND
from tests.live.conftest import Evening, evening_in
from tests.place import Page, Place, opened


@asynccontextmanager
async def killed(evening: Evening, data: Path, url: str) -> AsyncIterator[tuple[Place, Page, Page, Page]]:
    """The server is gone without a goodbye; a few seconds later another is there, and Ada, Ben and Cho with it."""
    evening.place.killed = True
    async with opened(data, url=url) as again:
        again.clock.turn(evening.place.clock.now() - again.clock.now() + 5 * SECOND)
        await again.causerie.rooms.open()
        ada, ben, cho = (again.page(page.cookie) for page in (evening.ada, evening.ben, evening.cho))
        for page in (ada, ben, cho):
            await page.enter()
        yield again, ada, ben, cho


async def test_who_waits_for_a_seat_waits_on_and_comes_up(tmp_path: Path, database_url: str):
    with patch("causerie.stage.state.SEATS", 1), patch("causerie.stage.moves.SEATS", 1):
        async with opened(tmp_path, url=database_url) as place:
            evening = await evening_in(place)
            for page, name in ((evening.cho, "Cho"), (evening.ben, "Ben")):
                await evening.ada.does("stage.invite", person=evening.id(name))
                await page.does("stage.accept")
                place.clock.turn(SECOND)

            async with killed(evening, tmp_path, database_url) as (again, ada, ben, cho):
                waits = [(await page.enter())["me"]["waiting"] for page in (ben, cho)]
                await ada.does("stage.step_down")
                await again.tick(SECOND)
                on_stage = [seat.name for seat in again.state().stage.seats.values()]
                left = (await ben.enter())["me"]["waiting"]

    assert (waits, on_stage, left) == ([2, 1], ["Cho"], 1)


async def test_who_was_sent_out_by_the_raid_button_stays_out_until_let_in(tmp_path: Path, database_url: str):
    async with opened(tmp_path, url=database_url) as place:
        evening = await evening_in(place)
        place.clock.turn(20 * MINUTE)
        raiders = [await place.person(name, guest=True) for name in ("Dee", "Eve")]
        for _, cookie in raiders:
            await place.page(cookie).enter()
        await evening.ada.does("room.raid", minutes=5)
        before = (await evening.ada.enter())["desk"]["raided"]

        async with killed(evening, tmp_path, database_url) as (again, ada, ben, _):
            after = (await ada.enter())["desk"]["raided"]
            kept_out = [(await again.page(cookie).enter())["code"] for _, cookie in raiders]
            await ada.does("raid.undo", person=raiders[0][0].id)
            let_in = [(await again.page(cookie).enter())["type"] for _, cookie in raiders]
            is_in = (await ben.enter())["type"]

    assert ([one["name"] for one in before], after) == (["Dee", "Eve"], before)
    assert (kept_out, let_in, is_in) == (["room.locked"] * 2, ["snapshot", "refused"], "snapshot")


async def test_who_was_ready_is_asked_again_for_the_same(tmp_path: Path, database_url: str):
    async with opened(tmp_path, url=database_url) as place:
        evening = await evening_in(place)
        for page in (evening.ben, evening.cho):
            await page.does("hand.raise")
            place.clock.turn(SECOND)
        await place.settle()
        await evening.ben.does("deck.ready")
        await evening.cho.does("deck.not_ready")

        async with killed(evening, tmp_path, database_url) as (again, ada, ben, cho):
            asked = [(await page.enter())["me"]["on_deck"] for page in (ben, cho)]
            invited = (await ada.does("floor.pick", hand=evening.id("Ben")))["type"]
            on_stage = [seat.name for seat in again.state().stage.seats.values()]
            invitation = (await ben.enter())["me"]["invitation"]

    fresh = {"kind": "hand", "answer": "asked", "ready_until": None}
    assert asked == [{**fresh, "id": evening.id(name)} for name in ("Ben", "Cho")]
    assert (invited, on_stage, invitation is not None) == ("ack", ["Ada"], True)


async def test_what_was_answered_a_moment_ago_can_be_undone(tmp_path: Path, database_url: str):
    async with opened(tmp_path, url=database_url) as place:
        evening = await evening_in(place)
        asked = (await evening.ben.does("question.ask", text="Is this over?"))["made"]
        await evening.ada.does("floor.pick", question=asked)
        await evening.ada.does("floor.read_out", question=asked)
        await evening.ada.does("floor.answered", question=asked)
        answered = place.state().questions.all[asked]

        async with killed(evening, tmp_path, database_url) as (again, ada, _, cho):
            found = again.state().questions.all[asked]
            reopened = await ada.does("question.reopen", question=asked)
            shown = [question["state"] for question in (await cho.enter())["room"]["questions"]]

    assert (found.state, found.answered_at) == ("answered", answered.answered_at)
    assert (reopened["type"], shown) == ("ack", ["open"]), reopened


async def test_what_is_set_is_set_and_who_must_be_slow_waits_on(tmp_path: Path, database_url: str):
    async with opened(tmp_path, url=database_url) as place:
        evening = await evening_in(place)
        await evening.ada.does("room.set", slow=60, reactions=False)
        await evening.ada.does("room.pin", text="Read this")
        await evening.ben.does("question.ask", text="How slow is slow?")

        async with killed(evening, tmp_path, database_url) as (again, ada, ben, _):
            again.clock.turn(20 * SECOND)
            too_soon = await ben.does("question.ask", text="Is it still slow?")
            reacted = await ben.does("react", kind="clap")
            pinned = (await ada.enter())["room"]["pinned"]["text"]
            again.clock.turn(MINUTE)
            later = await ben.does("question.ask", text="Is it still slow?")

    assert (too_soon["code"], reacted["code"]) == ("question.slow", "reaction.off")
    assert (pinned, later["type"]) == ("Read this", "ack")


async def test_captions_are_there_as_a_log(tmp_path: Path, database_url: str):
    async with opened(tmp_path, url=database_url) as place:
        evening = await evening_in(place)
        await evening.ada.does("role.give", person=evening.id("Cho"), role="captioner")
        for n in range(7):
            await evening.cho.does("caption.say", text=f"Line {n}", speaker=evening.id("Ada"))
            place.clock.turn(SECOND)

        async with killed(evening, tmp_path, database_url) as (_, _, ben, _):
            shown = [line["text"] for line in (await ben.enter())["room"]["captions"]]
            await ben.does("caption.page")
            (log,) = [frame for frame in ben.frames if frame["type"] == "captions"]

    assert shown == [f"Line {n}" for n in range(2, 7)]
    assert [line["text"] for line in log["lines"]] == [f"Line {n}" for n in range(7)]
