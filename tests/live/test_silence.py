"""Who is heard when hosts ask for quiet: told as the speaker numbers that the media core lets through."""

from unittest.mock import patch

import pytest

from causerie.clock import SECOND
from tests.live.conftest import Evening
from tests.place import Page
from tests.sound_on_paper import OFFER


async def speaks(evening: Evening, page: Page, name: str) -> int:
    """Somebody comes on stage and is heard; gives their speaker number."""
    told = await page.enter(sdp=OFFER)
    if page is not evening.ada:
        await evening.ada.does("stage.invite", person=evening.id(name))
        await page.does("stage.accept")
    else:
        await page.does("microphone.unmute")
    return told["me"]["number"]


def seat(evening: Evening, name: str) -> tuple[bool, bool, bool, bool]:
    """Muted, kept muted, asked to unmute, microphone away: as everybody is told of it."""
    told = [
        event["seat"]
        for frame in evening.visitor.frames
        if frame["type"] == "events"
        for event in frame["events"]
        if event["is"] in ("speaker.came", "speaker.changed") and event["seat"]["person"] == evening.id(name)
    ][-1]
    return told["muted"], told["kept"], told["wished"], told["away"]


async def test_kept_muted_until_a_host_lets_go(evening: Evening):
    ben = await speaks(evening, evening.ben, "Ben")

    await evening.ada.does("stage.mute", person=evening.id("Ben"), hold=True)
    refused = await evening.ben.does("microphone.unmute")
    await evening.ben.does("microphone.ask")
    asked = (await evening.ada.enter())["desk"]["asking"]
    silent = set(evening.place.engine.heard)
    await evening.ada.does("stage.release", person=evening.id("Ben"))
    still_silent = set(evening.place.engine.heard)
    await evening.ben.does("microphone.unmute")

    assert (refused["type"], refused["code"]) == ("refused", "stage.mute_kept")
    assert (asked, silent, still_silent, evening.place.engine.heard) == ([evening.id("Ben")], set(), set(), {ben})
    assert (await evening.ada.enter())["desk"]["asking"] == []


async def test_stepping_down_and_up_again_frees_nobody_who_is_kept_muted(evening: Evening):
    await speaks(evening, evening.ben, "Ben")
    await evening.ada.does("stage.mute", person=evening.id("Ben"), hold=True)

    await evening.ben.does("stage.step_down")
    await evening.ada.does("stage.invite", person=evening.id("Ben"))
    await evening.ben.does("stage.accept")

    assert (evening.place.engine.heard, seat(evening, "Ben")) == (set(), (True, True, False, False))


async def test_hush_leaves_the_hosts_and_late_openings_stay_shut(evening: Evening):
    ada, _, cho = [
        await speaks(evening, page, name)
        for page, name in ((evening.ada, "Ada"), (evening.ben, "Ben"), (evening.cho, "Cho"))
    ]

    await evening.ada.does("stage.hush", on=True)
    late = await evening.ben.does("microphone.unmute")
    hushed, heard = (await evening.visitor.enter())["room"]["hushed"], set(evening.place.engine.heard)
    await evening.ada.does("stage.hush", on=False)
    lifted = set(evening.place.engine.heard)
    await evening.cho.does("microphone.unmute")

    assert (late["code"], hushed, heard, lifted) == ("stage.hushed", True, {ada}, {ada})
    assert evening.place.engine.heard == {ada, cho}


async def test_mute_all_is_silent_at_the_media_before_it_is_written(evening: Evening):
    ada, *_ = [
        await speaks(evening, page, name)
        for page, name in ((evening.ada, "Ada"), (evening.ben, "Ben"), (evening.cho, "Cho"))
    ]
    heard: list[set[int]] = []
    write = evening.place.causerie.database.write

    async def watched(work, **how):
        heard.append(set(evening.place.engine.heard))
        return await write(work, **how)

    with patch.object(evening.place.causerie.rooms.turns.database, "write", watched):
        await evening.ada.does("stage.mute_all")

    assert heard == [{ada}]


@pytest.mark.parametrize(
    ("do", "fields"),
    [
        ("stage.mute_all", {}),
        ("stage.hush", {"on": True}),
        ("stage.mute", {"hold": True, "person": "Cho"}),
        ("stage.release", {"person": "Cho"}),
        ("stage.ask_unmute", {"person": "Cho"}),
    ],
)
async def test_who_leads_nothing_silences_nobody(evening: Evening, do: str, fields: dict[str, object]):
    cho = await speaks(evening, evening.cho, "Cho")
    before = evening.place.state()
    told = len(evening.visitor.frames)

    fields = {name: evening.id("Cho") if name == "person" else value for name, value in fields.items()}
    refused = await evening.ben.does(do, **fields)

    assert (refused["type"], refused["code"]) == ("refused", "room.may_not")
    assert (evening.place.state(), evening.place.engine.heard) == (before, {cho})
    assert evening.visitor.frames[told:] == []


async def test_please_unmute_opens_nothing(evening: Evening):
    ben = await speaks(evening, evening.ben, "Ben")
    await evening.ben.does("microphone.mute")

    await evening.ada.does("stage.ask_unmute", person=evening.id("Ben"))
    wished, heard = seat(evening, "Ben"), set(evening.place.engine.heard)
    await evening.ben.does("microphone.unmute")

    assert (wished, heard) == ((True, False, True, False), set())
    assert (seat(evening, "Ben"), evening.place.engine.heard) == ((False, False, False, False), {ben})


async def test_a_microphone_taken_by_a_call_is_silent_and_the_tile_says_so(evening: Evening):
    ben = await speaks(evening, evening.ben, "Ben")

    await evening.ben.does("microphone.away", on=True)
    away, heard = seat(evening, "Ben"), set(evening.place.engine.heard)
    await evening.ben.does("microphone.away", on=False)
    back, offered = seat(evening, "Ben"), set(evening.place.engine.heard)
    await evening.ben.does("microphone.unmute")

    assert (away, heard, back, offered) == ((True, False, False, True), set(), (True, False, False, False), set())
    assert evening.place.engine.heard == {ben}


async def test_who_accepts_when_the_stage_is_full_is_told_their_place_and_comes_up_by_themselves(evening: Evening):
    with patch("causerie.stage.state.SEATS", 2), patch("causerie.stage.moves.SEATS", 2):
        await speaks(evening, evening.ben, "Ben")
        await evening.ada.does("stage.invite", person=evening.id("Cho"))
        accepted = await evening.cho.does("stage.accept")
        waits = (await evening.cho.enter())["me"]["waiting"]
        at_desk = [who["name"] for who in (await evening.ada.enter())["desk"]["waiting"]]
        await evening.ben.does("stage.step_down")
        await evening.place.tick(SECOND)

    after = await evening.cho.enter()
    assert (accepted["type"], waits, at_desk, after["me"]["waiting"]) == ("ack", 1, ["Cho"], None)
    assert [(taken["name"], taken["muted"]) for taken in after["room"]["seats"]] == [("Ada", True), ("Cho", True)]
    assert after["me"]["role"] == "speaker"
