"""Three voices, two questions, a recording: what its copy holds, and what is left when one takes their part back."""

import asyncio
import re
import urllib.error
import urllib.request
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.house import House
from tests.e2e.people import Person
from tests.e2e.played import pitches, shared, within
from tests.e2e.three import COPY, FIRST, SECOND, VOICES, A, B, C, Three

SOURCE = "() => document.querySelector('audio').getAttribute('src')"

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(600)]


async def is_what_was_said(three: Three, copy: dict[str, Any]) -> None:
    """Each track is one voice; the mix has in each chapter the two who spoke in it."""
    tracks = {one["name"]: pitches(await three.file(three.host, one["track"]), VOICES) for one in copy["speakers"]}
    assert {name: set().union(*heard) for name, heard in tracks.items()} == {
        "Aurélie Sandoz": {A},
        "Samuel Okafor": {B},
        "Céleste Aubry": {C},
    }
    mix = pitches(await three.file(three.host, copy["sound"]), VOICES)
    answers = {one["title"]: (one["begins"] / 1000, one["ends"] / 1000) for one in copy["chapters"]}
    assert (within(mix, *answers[FIRST]), within(mix, *answers[SECOND])) == ({A, B}, {A, C})
    # A track is as long as the mix, and its voice is where it is in the mix: all of it within a fifth of a second.
    aside = set(shared(mix, B)) ^ set(shared(tracks["Samuel Okafor"], B))
    assert len(aside) <= 2, aside


async def cut_by_keys(three: Three, copy: dict[str, Any]) -> None:
    """The host marks the first fifteen seconds on the wave; the clip is those."""
    host = three.host
    await host.press("Cut a clip")
    sheet = host.page.get_by_role("dialog")
    for handle in ("The clip begins", "The clip ends"):
        await sheet.get_by_role("slider", name=handle).press("Home")
    await expect(sheet.get_by_text("0:00–0:15")).to_be_visible()
    await sheet.get_by_label("Title").fill("The river")
    await sheet.get_by_role("button", name="Cut it").click()
    await expect(host.button(re.compile("^Play the clip The river"))).to_be_visible(timeout=90_000)
    (clip,) = (await host.page.evaluate(COPY, three.evening.room))["clips"]
    heard = pitches(await three.file(host, clip["sound"]), VOICES)
    mix = pitches(await three.file(host, copy["sound"]), VOICES)
    assert abs(len(heard) - 75) <= 1
    assert within(heard, 0, 15) == within(mix, 0, 15)


def gone(address: str) -> bool:
    """Whether nobody gets this file any more."""
    try:
        urllib.request.urlopen(address, timeout=5)
    except urllib.error.HTTPError as error:
        return error.code == 404
    return False


async def test_a_room_leaves_a_copy_and_who_leaves_it_is_in_no_file(house: House, browser: Browser):
    three = await Three.come(house, browser)
    await three.record()
    # Together more than the fifteen seconds of a clip.
    await three.answer(three.samuel, FIRST, seconds=7)
    await three.answer(three.celeste, SECOND, seconds=7)
    await three.end()

    copy = await three.copy()
    await is_what_was_said(three, copy)

    # The host publishes it and cuts a clip out of it; a stranger hears it, with chapters.
    await three.host.page.goto(f"{house.address}/c/{copy['copy']}")
    await three.host.press("Who may see it: Private")
    await three.host.page.get_by_role("radio", name="Published").check()
    await three.host.press("Save")
    await expect(three.host.button("Who may see it: Published")).to_be_visible()
    await cut_by_keys(three, copy)
    stranger = await Person.sits_down(browser, "Nour Haddad")
    await stranger.page.goto(f"{house.address}/c/{copy['copy']}")
    await stranger.sees(SECOND)
    await stranger.press("Play")
    await expect(stranger.button("Pause")).to_be_visible()
    before = house.address + str(
        await stranger.page.evaluate("() => document.querySelector('audio').getAttribute('src')")
    )

    # One of them takes their part back: at once out of every file, and the old files are gone.
    await three.celeste.page.goto(f"{house.address}/c/{copy['copy']}")
    await three.celeste.press("Take my part back")
    await three.celeste.press("Leave me out")
    left = await three.copy(without=three.celeste.name)
    mix = pitches(await three.file(three.host, left["sound"]), VOICES)
    assert set().union(*mix) == {A, B}
    assert await asyncio.to_thread(gone, before)
    assert three.host.faults == three.samuel.faults == three.celeste.faults == stranger.faults == []
