"""The server ends without a goodbye and comes back: everybody finds the room as it was, and nobody is heard."""

from pathlib import Path
from typing import Any

import pytest

from causerie.clock import MINUTE, SECOND
from tests.live.conftest import evening_in
from tests.place import Place, opened
from tests.sound_on_paper import OFFER


def kept(snapshot: dict[str, Any]) -> dict[str, Any]:
    """What has to be there again; who listens has to come back first."""
    room = {key: value for key, value in snapshot["room"].items() if key not in ("seats", "listeners")}
    return {"room": room, "me": {key: snapshot["me"][key] for key in ("person", "name", "number", "role", "voted")}}


async def test_everything_is_there_again_and_microphones_are_shut(tmp_path: Path, database_url: str):
    async with opened(tmp_path, url=database_url) as place:
        evening = await evening_in(place)
        asked = (await evening.cho.does("question.ask", text="Is this kept?", myself=False))["made"]
        await evening.ada.does("question.vote", question=asked)
        await evening.ben.does("question.vote", question=asked)
        await evening.ben.does("media.offer", sdp=OFFER)
        await evening.ada.does("stage.invite", person=evening.id("Ben"))
        await evening.ben.does("stage.accept")
        await evening.cho.does("hand.raise", note="A wish")
        cookies = [page.cookie for page in (evening.ada, evening.ben, evening.cho)]
        before = [await page.enter() for page in (evening.ada, evening.ben, evening.cho)]

        # The first one still runs: nothing was said to it, as when a program is killed.
        place.killed = True
        async with opened(tmp_path, url=database_url) as again:
            again.clock.turn(MINUTE)
            await again.causerie.rooms.open()
            seats = again.state().stage.seats.values()
            pages = [again.page(cookie) for cookie in cookies]
            after = [await page.enter() for page in pages]

            assert [kept(snapshot) for snapshot in after] == [kept(snapshot) for snapshot in before]
            assert [(seat.name, seat.muted, seat.held_until - again.clock.now()) for seat in seats] == [
                ("Ada", True, 10 * MINUTE),
                ("Ben", True, 10 * MINUTE),
            ]
            assert [(hand["name"], hand["note"]) for hand in after[0]["desk"]["hands"]] == [("Cho", "A wish")]
            assert after[0]["epoch"] != before[0]["epoch"]
            assert again.engine.heard == set()
            await pages[1].does("media.offer", sdp=OFFER)
            await pages[1].does("microphone.unmute")
            assert again.engine.heard == {after[1]["me"]["number"]}


async def test_a_command_sent_again_after_a_restart_is_done_once(tmp_path: Path, database_url: str):
    async with opened(tmp_path, url=database_url) as place:
        evening = await evening_in(place)
        first = await evening.ben.does("question.ask", id="on-its-way", text="Did you hear me?")

        place.killed = True
        async with opened(tmp_path, url=database_url) as again:
            page = again.page(evening.ben.cookie)
            await page.enter()
            second = await page.does("question.ask", id="on-its-way", text="Did you hear me?")

            assert second["made"] == first["made"]
            assert len(again.state().questions.all) == 1


async def test_who_does_not_come_back_has_left(tmp_path: Path, database_url: str):
    async with opened(tmp_path, url=database_url) as place:
        evening = await evening_in(place)
        await evening.ben.does("hand.raise")
        await evening.ada.does("stage.invite", person=evening.id("Ben"))
        await evening.ben.does("stage.accept")

        place.killed = True
        async with opened(tmp_path, url=database_url) as again:
            await again.causerie.rooms.open()
            await again.tick(30 * SECOND)

            assert [seat.name for seat in again.state().stage.seats.values()] == ["Ada"]


@pytest.mark.parametrize(("minutes", "phase", "on_stage"), [(15, "live", ["Ada", "Ben"]), (16, "ended", [])])
async def test_a_room_whose_server_is_away_for_long_is_over(
    minutes: int, phase: str, on_stage: list[str], tmp_path: Path, database_url: str
):
    async with opened(tmp_path, url=database_url) as place:
        evening = await evening_in(place)
        await evening.ada.does("stage.invite", person=evening.id("Ben"))
        await evening.ben.does("stage.accept")
        for _ in range(40):
            await place.tick(MINUTE)

        place.killed = True
        async with opened(tmp_path, url=database_url) as again:
            again.clock.turn((40 + minutes) * MINUTE)
            await again.causerie.rooms.open()
            room = (await again.page(evening.ben.cookie).enter())["room"]

    assert (room["phase"], [seat["name"] for seat in room["seats"]]) == (phase, on_stage)


async def test_whoever_knocked_and_does_not_come_back_is_not_shown_at_the_door(tmp_path: Path, database_url: str):
    async with opened(tmp_path, url=database_url) as place:
        evening = await evening_in(place)
        await evening.ada.does("room.lock", on=True)
        cookies = [(await place.person(name, guest=True))[1] for name in ("Dee", "Eve", "Fay")]
        dee, eve, fay = (place.page(cookie) for cookie in cookies)
        for page in (dee, eve, fay):
            await page.does("room.knock", room="sparrows")
        await evening.ada.does("knock.answer", person=fay_id(place), let_in=False)

        place.killed = True
        async with opened(tmp_path, url=database_url) as again:
            await again.causerie.rooms.open()
            await again.causerie.rooms.ticks.stop()
            ada = again.page(evening.ada.cookie)
            first = await ada.enter()
            await again.page(cookies[1]).does("room.knock", room="sparrows")
            await again.tick(SECOND)
            await again.tick(10 * SECOND)
            later = await ada.enter()

    assert [knock["name"] for knock in first["desk"]["knocks"]] == ["Dee", "Eve", "Fay"]
    assert [knock["name"] for knock in later["desk"]["knocks"]] == ["Eve", "Fay"]


def fay_id(place: Place) -> str:
    return next(person for person, knock in place.state().audience.knocks.items() if knock.name == "Fay")


async def test_restarts_one_after_another_do_not_keep_the_places_of_who_stays_away(tmp_path: Path, database_url: str):
    async with opened(tmp_path, url=database_url) as place:
        evening = await evening_in(place)
        await evening.ada.does("room.set", backstage=True)
        await evening.cho.does("hand.raise")
        await evening.ada.does("stage.invite", person=evening.id("Ben"))
        await evening.ben.does("stage.accept")

        place.killed = True
        for minutes in (1, 9):
            async with opened(tmp_path, url=database_url) as again:
                again.clock.turn(minutes * MINUTE)
                await again.causerie.rooms.open()
                desk = (await again.page(evening.ada.cookie).enter())["desk"]
                waiting = [(one["name"], one["here"]) for one in desk["hands"] + desk["backstage"]]
                assert waiting == [("Cho", False), ("Ben", False)]

                for _ in range(3 if minutes == 9 else 0):
                    await again.tick(MINUTE)
                stage = again.state().stage
                assert (len(stage.hands), len(stage.backstage)) == ((0, 0) if minutes == 9 else (1, 1))
                again.killed = True
