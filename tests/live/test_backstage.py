"""Backstage: who is heard there, who hears it, and that none of it is on air."""

import pytest

from tests.live.conftest import Evening
from tests.place import Page
from tests.sound_on_paper import OFFER


async def waits_backstage(evening: Evening) -> dict[str, int]:
    """Ada speaks on stage, Ben is backstage, Cho and the visitor listen; everybody has sound. Gives their numbers."""
    engine = evening.place.engine
    pages = {"Ada": evening.ada, "Ben": evening.ben, "Cho": evening.cho, "visitor": evening.visitor}
    numbers = {name: (await page.enter(sdp=OFFER))["me"]["number"] for name, page in pages.items()}
    for peer in list(engine.peers):
        engine.becomes(peer, "up")
    await evening.ada.does("room.set", backstage=True)
    await evening.ada.does("microphone.unmute")
    await evening.ada.does("stage.invite", person=evening.id("Ben"))
    await evening.ben.does("stage.accept")
    return numbers


def lanes(evening: Evening) -> tuple[set[int], set[int], set[int]]:
    """The speaker numbers heard on stage, heard backstage, and those who hear backstage."""
    engine = evening.place.engine
    return engine.heard, engine.numbers(engine.aside), engine.numbers(engine.ears)


def aside(page: Page) -> list[bool]:
    changed = [event for frame in page.frames if frame["type"] == "events" for event in frame["events"]]
    return [event["seat"]["aside"] for event in changed if event["is"] == "speaker.changed"]


async def test_who_accepts_waits_backstage_and_is_heard_and_heard_of_only_there(evening: Evening):
    n = await waits_backstage(evening)

    assert lanes(evening) == ({n["Ada"]}, {n["Ben"]}, {n["Ada"], n["Ben"]})
    snapshot = await evening.visitor.enter()
    assert [seat["name"] for seat in snapshot["room"]["seats"]] == ["Ada"]
    assert (snapshot["desk"], snapshot["me"]["backstage"]) == (None, None)
    at_desk = (await evening.ada.enter())["desk"]["backstage"]
    assert [(guest["name"], guest["here"], guest["muted"]) for guest in at_desk] == [("Ben", True, False)]
    assert (await evening.ben.enter())["me"]["backstage"]["muted"] is False


async def test_a_host_brings_them_on_air_and_from_then_on_they_hear_no_more_of_backstage(evening: Evening):
    n = await waits_backstage(evening)

    await evening.ada.does("stage.put_on_air", person=evening.id("Ben"))

    assert lanes(evening) == ({n["Ada"], n["Ben"]}, set(), {n["Ada"]})
    assert evening.visitor.events("room")[-1] == "speaker.came"


async def test_who_shut_their_microphone_backstage_comes_on_air_with_it_shut(evening: Evening):
    n = await waits_backstage(evening)
    await evening.ben.does("microphone.mute")
    quiet = lanes(evening)

    await evening.ada.does("stage.put_on_air", person=evening.id("Ben"))

    assert quiet == ({n["Ada"]}, set(), {n["Ada"], n["Ben"]})
    assert lanes(evening) == ({n["Ada"]}, set(), {n["Ada"]})


async def test_a_hundred_presses_are_never_heard_in_two_places_and_the_tile_says_so(evening: Evening):
    n = await waits_backstage(evening)
    seen = []

    for on in (True, False) * 100:
        await evening.ada.does("backstage.talk", on=on)
        seen.append(lanes(evening)[:2])

    held, let_go = (set(), {n["Ada"], n["Ben"]}), ({n["Ada"]}, {n["Ben"]})
    assert seen == [held, let_go] * 100
    assert aside(evening.visitor)[-2:] == [True, False]


async def test_a_host_whose_line_is_lost_holds_no_button(evening: Evening):
    n = await waits_backstage(evening)
    await evening.ada.does("backstage.talk", on=True)

    await evening.ada.leave()

    assert (lanes(evening)[:2], evening.place.state().stage.aside) == ((set(), {n["Ben"]}), frozenset())


async def test_a_screener_speaks_with_them_and_passes_on_what_they_want(evening: Evening):
    n = await waits_backstage(evening)
    await evening.ada.does("role.give", person=evening.id("Cho"), role="screener")

    spoke = await evening.cho.does("backstage.talk", on=True)
    held = lanes(evening)
    noted = await evening.cho.does("backstage.note", person=evening.id("Ben"), topic="Rivers", ready=True)
    refused = await evening.cho.does("stage.put_on_air", person=evening.id("Ben"))

    assert (spoke["type"], noted["type"], refused["code"]) == ("ack", "ack", "room.may_not")
    assert held == ({n["Ada"]}, {n["Ben"], n["Cho"]}, {n["Ada"], n["Ben"], n["Cho"]})
    (guest,) = (await evening.ada.enter())["desk"]["backstage"]
    assert (guest["topic"], guest["note"], guest["ready"]) == ("Rivers", None, True)


async def test_who_waits_says_what_about_and_reads_nothing_of_what_the_desk_noted(evening: Evening):
    await waits_backstage(evening)
    await evening.ada.does("backstage.note", person=evening.id("Ben"), topic="Rivers", note="Speaks softly")

    said = await evening.ben.does("backstage.ready", topic="Rivers in court", ready=True)
    elsewhere = await evening.cho.does("backstage.ready", topic="Rivers", ready=True)

    assert (said["type"], elsewhere["code"]) == ("ack", "stage.not_backstage")
    mine = (await evening.ben.enter())["me"]["backstage"]
    assert (mine["topic"], mine["ready"], sorted(mine)) == (
        "Rivers in court",
        True,
        ["muted", "ready", "since", "topic"],
    )
    (guest,) = (await evening.ada.enter())["desk"]["backstage"]
    assert (guest["topic"], guest["note"], guest["ready"]) == ("Rivers in court", "Speaks softly", True)


async def test_the_desk_sees_who_of_them_speaks_backstage_seat_or_none(evening: Evening):
    await waits_backstage(evening)
    await evening.ada.does("role.give", person=evening.id("Cho"), role="screener")
    room = evening.visitor.events("room")

    await evening.cho.does("backstage.talk", on=True)

    assert (await evening.ada.enter())["desk"]["talking"] == [evening.id("Cho")]
    assert evening.visitor.events("room") == room


@pytest.mark.parametrize("who", ["ben", "cho", "visitor"])
async def test_nobody_else_speaks_or_brings_anybody_from_there(evening: Evening, who: str):
    await waits_backstage(evening)
    before, heard = evening.place.state(), lanes(evening)
    page = getattr(evening, who)

    told = [
        await page.does("backstage.talk", on=True),
        await page.does("backstage.note", person=evening.id("Ben"), note="x"),
        await page.does("stage.put_on_air", person=evening.id("Ben")),
    ]

    assert [frame["code"] for frame in told] == ["room.may_not"] * 3
    assert (evening.place.state(), lanes(evening)) == (before, heard)


async def test_a_press_or_a_release_that_changes_nothing_silences_nobody(evening: Evening):
    n = await waits_backstage(evening)

    await evening.ada.does("backstage.talk", on=False)
    on_stage = lanes(evening)[0]
    for _ in range(2):
        await evening.ada.does("backstage.talk", on=True)

    assert (on_stage, lanes(evening)[:2]) == ({n["Ada"]}, (set(), {n["Ada"], n["Ben"]}))


async def test_without_a_backstage_there_is_none(evening: Evening):
    told = await evening.ada.does("backstage.talk", on=True)

    assert told["code"] == "stage.no_backstage"
    assert lanes(evening) == (set(), set(), set())
