"""Asked ahead, ready, and on air by one press; the microphone opens when the count-down is over, and not before."""

from pathlib import Path

import pytest

from causerie.clock import SECOND
from tests.live.conftest import Evening, evening_in
from tests.place import opened
from tests.sound_on_paper import OFFER


async def ready(evening: Evening) -> int:
    """Ben's hand is up, he was asked ahead, and is ready; his speaker number."""
    await evening.ben.does("media.offer", sdp=OFFER)
    await evening.ben.does("hand.raise")
    await evening.place.tick()
    assert (await evening.ben.does("deck.ready"))["type"] == "ack"
    return evening.place.causerie.rooms.number(evening.place.causerie.rooms.names["sparrows"], evening.id("Ben"))


async def test_the_microphone_opens_when_the_count_down_is_over(evening: Evening):
    number = await ready(evening)

    await evening.ada.does("floor.pick", hand=evening.id("Ben"))

    told = await evening.cho.enter()
    assert told["room"]["opens"]["opens_at"] == evening.place.clock.now() + 3 * SECOND
    assert [seat["name"] for seat in told["room"]["seats"]] == ["Ada", "Ben"]
    await evening.place.tick(2 * SECOND)
    assert number not in evening.place.engine.heard
    await evening.place.tick(SECOND)
    assert number in evening.place.engine.heard


@pytest.mark.parametrize("how", ["muted", "moved down", "left"])
async def test_who_is_stopped_during_the_count_down_is_not_heard_after_it(evening: Evening, how: str):
    number = await ready(evening)
    await evening.ada.does("floor.pick", hand=evening.id("Ben"))

    if how == "muted":
        await evening.ada.does("stage.mute", person=evening.id("Ben"))
    elif how == "moved down":
        await evening.ada.does("stage.move_down", person=evening.id("Ben"))
    else:
        await evening.ben.leave()

    await evening.place.tick(4 * SECOND)
    assert number not in evening.place.engine.heard


async def test_muting_and_unmuting_oneself_does_not_shorten_the_count_down(evening: Evening):
    number = await ready(evening)
    await evening.ada.does("floor.pick", hand=evening.id("Ben"))

    await evening.ben.does("microphone.mute")
    await evening.ben.does("microphone.unmute")

    assert number not in evening.place.engine.heard
    await evening.place.tick(3 * SECOND)
    assert number in evening.place.engine.heard


async def test_only_who_was_asked_hears_of_it_and_the_desk_sees_what_they_say(evening: Evening):
    await ready(evening)
    await evening.place.settle()

    desk = (await evening.ada.enter())["desk"]
    assert [(entry["id"], entry["deck"], entry["reasons"][0]["why"]) for entry in desk["entries"]] == [
        (evening.id("Ben"), "ready", "on_deck")
    ]
    assert [page.events("me").count("me.on_deck") for page in (evening.ben, evening.cho)] == [2, 0]
    refused = [
        (await evening.cho.does("deck.ready"))["code"],
        (await evening.cho.does("floor.pick", hand=evening.id("Ben")))["code"],
        (await evening.ada.does("floor.pick", hand=evening.id("Cho")))["code"],
    ]
    assert refused == ["deck.not_asked", "room.may_not", "floor.not_waiting"]


async def test_after_a_restart_who_was_ready_is_asked_again(tmp_path: Path, database_url: str):
    async with opened(tmp_path, url=database_url) as place:
        evening = await evening_in(place)
        await ready(evening)

        place.killed = True
        async with opened(tmp_path, url=database_url) as again:
            told = await again.page(evening.ben.cookie).enter()

            assert told["me"]["on_deck"] == {
                "kind": "hand",
                "id": evening.id("Ben"),
                "answer": "asked",
                "ready_until": None,
            }


async def on_deck(evening: Evening) -> list[tuple[str, str]]:
    """Who is asked ahead, in order, and what they said."""
    live = evening.place.state()
    names = {evening.id(name): name for name in ("Ben", "Cho")}
    return [(names[asked.person], asked.answer) for asked in live.floor.deck.values()]


async def test_whoever_loses_the_line_stays_on_deck_and_is_asked_again(evening: Evening):
    await ready(evening)
    await evening.ben.leave()

    await evening.place.tick(29 * SECOND)
    assert await on_deck(evening) == [("Ben", "asked")]

    ben = evening.place.page(evening.ben.cookie)
    assert (await ben.enter())["me"]["on_deck"]["answer"] == "asked"
    await evening.place.tick(29 * SECOND)
    assert await on_deck(evening) == [("Ben", "asked")]


async def test_whoever_does_not_come_back_is_not_on_deck_any_more(evening: Evening):
    await ready(evening)
    await evening.ben.leave()

    await evening.place.tick(31 * SECOND)

    assert await on_deck(evening) == []


async def test_whoever_is_asked_ahead_is_so_after_a_restart_though_others_are_back_first(
    tmp_path: Path, database_url: str
):
    async with opened(tmp_path, url=database_url) as place:
        evening = await evening_in(place)
        await ready(evening)
        question = (await evening.ben.does("question.ask", text="And this?"))["made"]
        await evening.ada.does("floor.shortlist", entry={"kind": "question", "id": question}, on=True)

        place.killed = True
        async with opened(tmp_path, url=database_url) as again:
            await again.causerie.rooms.open()
            await again.causerie.rooms.ticks.stop()
            ada = again.page(evening.ada.cookie)
            await ada.enter()
            await again.tick(20 * SECOND)
            ben = again.page(evening.ben.cookie)
            told = await ben.enter()

            assert told["me"]["on_deck"]["answer"] == "asked"
            seen = (await ada.enter())["desk"]["entries"]
            assert [(entry["kind"], entry["deck"]) for entry in seen] == [("hand", "asked"), ("question", None)]
