"""Where live sound cannot be had the page changes over to the stream by itself, says so, and finds the way back."""

import io
import json
import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import av
import numpy
import pytest
from playwright.async_api import Browser, Route, WebSocketRoute, expect

from tests.e2e.evening import Evening
from tests.e2e.looking import AXE, STILL, faults, goes_in
from tests.e2e.people import Person
from tests.e2e.salon import TITLE, Salon
from tests.e2e.test_poor_lines import CLOSED

A, STREAMED = 440, 660
TONES = [A, STREAMED]
RATE = 44_100
STREAM = "You hear the stream, about 10 s later."
# The page as it is behind a lock screen; `seen` shows it again.
LOCKED = """(hidden) => {
  Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
  Object.defineProperty(document, "visibilityState", { value: hidden ? "hidden" : "visible", configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
PLAYER = "() => [navigator.mediaSession.metadata.title, navigator.mediaSession.playbackState]"
FULL = {"type": "refused", "code": "media.full", "text": "Live sound is full at the moment."}
GONE = {"type": "sound", "link": "gone", "reason": "timeout"}

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(240)]


def tone(hz: int, seconds: int) -> bytes:
    """A pure tone as an MP3."""
    times = numpy.arange(RATE * seconds) / RATE
    wave = (0.3 * 32767 * numpy.sin(2 * numpy.pi * hz * times)).astype(numpy.int16)
    file = io.BytesIO()
    with av.open(file, "w", format="mp3") as container:
        stream = container.add_stream("libmp3lame", rate=RATE, layout="mono")
        frame = av.AudioFrame.from_ndarray(wave.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate, frame.time_base = RATE, Fraction(1, RATE)
        for part in (frame, None):
            container.mux(stream.encode(part))
    return file.getvalue()


async def streamed(person: Person, on_air: bool = True) -> None:
    """The stream says another tone than the room, so that one hears which of them is heard."""
    sound = tone(STREAMED, 120)

    async def where(route: Route) -> None:
        kinds = {kind: f"/stream-of-a-test.{kind}" for kind in ("hls", "mp3", "aac", "opus")}
        await route.fulfill(json={"on_air": on_air, **kinds})

    async def file(route: Route) -> None:
        await route.fulfill(body=sound, content_type="audio/mpeg")

    await person.page.route(re.compile("/api/v1/rooms/[^/]+/stream$"), where)
    await person.page.route("**/stream-of-a-test.mp3", file)


class Between:
    """What is said between the page and the house: read, and where a story wants it, said otherwise."""

    def __init__(self) -> None:
        self.said: list[dict[str, Any]] = []
        self.full = False
        self._pages: list[WebSocketRoute] = []

    async def of(self, person: Person) -> "Between":
        await person.page.route_web_socket("**/live", self._opened)
        return self

    def tells(self, frame: dict[str, Any]) -> None:
        self._pages[-1].send(json.dumps(frame))

    def _opened(self, page: WebSocketRoute) -> None:
        self._pages.append(page)
        house = page.connect_to_server()
        refused: set[str] = set()

        def told(frame: str | bytes) -> None:
            said = json.loads(frame)
            if said.get("type") == "ack" and said["id"] in refused:
                said = FULL | {"id": said["id"]}
            page.send(json.dumps(said))

        page.on_message(self._says(page, house.send, refused))
        house.on_message(told)

    def _says(self, page: WebSocketRoute, house: Callable[[str], None], refused: set[str]) -> Callable[[Any], None]:
        def says(frame: str | bytes) -> None:
            said = json.loads(frame)
            self.said.append(said)
            if said["do"] == "media.lowest_delay":
                return page.send(json.dumps({"type": "ack", "id": said["id"], "made": None}))
            if self.full and said["do"] == "media.offer":
                return page.send(json.dumps(FULL | {"id": said["id"]}))
            if self.full and said.get("sdp"):
                refused.add(said["id"])
                said["sdp"] = None
            return house(json.dumps(said))

        return says


async def shut_off(salon: Salon, browser: Browser) -> tuple[Evening, Person, Person]:
    """The host speaks, and somebody listens on a network that lets no live sound through."""
    evening, host = await salon.evening(browser, A)
    listener = await Person.sits_down(browser, "Yuki Tanabe")
    await listener.context.add_init_script(CLOSED)
    await streamed(listener)
    await evening.joined_by(listener)
    await listener.sees(STREAM)
    return evening, host, listener


async def opens(listener: Person) -> None:
    await listener.page.evaluate("() => (window.open_network = true)")


async def test_where_no_live_sound_comes_through_one_hears_the_stream_and_goes_back(
    salon: Salon, browser: Browser
) -> None:
    _, _, listener = await shut_off(salon, browser)
    await listener.listens_to({STREAMED}, TONES)
    await listener.sees("Asking and voting work as ever.")
    assert await listener.page.evaluate(PLAYER) == [TITLE, "playing"]

    await listener.press("Try live again")
    await listener.sees("Live sound is tried.")
    await listener.sees("Asking and voting work as ever.")
    await listener.listens_to({STREAMED}, TONES)

    await opens(listener)
    await listener.press("Try live again")
    await listener.sees("You hear the room live again.")
    await listener.listens_to({A}, TONES)
    await listener.sees_not(STREAM)
    assert listener.faults == []


async def test_who_comes_up_soon_goes_back_to_live_sound_by_themselves(salon: Salon, browser: Browser) -> None:
    evening, host, listener = await shut_off(salon, browser)

    await evening.asked(listener, "Who dredges it?")
    await host.sees("Who dredges it?")
    await listener.sees("You come up soon, and speak live only: another network may help.")
    await opens(listener)

    await listener.sees("You come up soon: you hear the room live again.")
    await listener.listens_to({A}, TONES)


async def test_the_stream_is_stopped_and_turned_down_as_live_sound_is(salon: Salon, browser: Browser) -> None:
    _, _, listener = await shut_off(salon, browser)
    await listener.listens_to({STREAMED}, TONES)

    await listener.page.get_by_role("button", name="Sound", exact=True).click()
    sheet = listener.page.get_by_role("dialog", name="Sound")
    await sheet.get_by_label("Volume").fill("0")
    await listener.listens_to(set(), TONES)
    await sheet.get_by_label("Volume").fill("1")
    await listener.listens_to({STREAMED}, TONES)
    await sheet.get_by_role("button", name="I hear nothing").click()
    await expect(sheet.get_by_text("The stream arrives here, about 10 s later.")).to_be_visible()
    await sheet.get_by_role("button", name="Turn the sound off here").click()

    await listener.listens_to(set(), TONES)
    assert await listener.page.evaluate(PLAYER) == [TITLE, "paused"]


async def test_a_room_whose_live_sound_is_full_is_heard_by_stream_at_once(salon: Salon, browser: Browser) -> None:
    evening, _ = await salon.evening(browser, A)
    listener = await Person.sits_down(browser, "Yuki Tanabe")
    between = await Between().of(listener)
    between.full = True
    await streamed(listener)

    await evening.joined_by(listener)
    await listener.sees(STREAM)
    await listener.sees("Live sound is full just now.")
    await listener.listens_to({STREAMED}, TONES)

    between.full = False
    await listener.press("Try live again")
    await listener.listens_to({A}, TONES)


async def test_before_a_full_room_one_hears_it_by_stream(salon: Salon, browser: Browser) -> None:
    evening, host = await salon.evening(browser, A)
    first = await Person.sits_down(browser, "Samuel Okafor")
    await evening.joined_by(first)
    await evening.does(host, do="room.set", most_listeners=1)
    late = await Person.sits_down(browser, "Yuki Tanabe")
    await streamed(late)
    await late.page.goto(evening.link)

    await late.press("Listen")
    await late.sees("This room is full.")
    await late.sees("stream-of-a-test.mp3")
    await late.press("Hear the stream")
    await late.listens_to({STREAMED}, TONES)
    assert await late.page.evaluate(PLAYER) == [TITLE, "playing"]
    await late.press("Stop the stream")
    await late.listens_to(set(), TONES)

    await evening.does(host, do="room.set", most_listeners=0)
    await late.press("Listen")
    await late.listens_to({A}, TONES)


async def test_behind_a_lock_screen_live_sound_that_is_lost_goes_on_as_the_stream(
    salon: Salon, browser: Browser
) -> None:
    evening, _ = await salon.evening(browser, A)
    listener = await Person.sits_down(browser, "Yuki Tanabe")
    between = await Between().of(listener)
    await streamed(listener)
    await evening.joined_by(listener)
    await listener.listens_to({A}, TONES)

    await listener.page.evaluate(LOCKED, True)
    between.tells(GONE)
    await listener.listens_to({STREAMED}, TONES)

    await listener.page.evaluate(LOCKED, False)
    await listener.listens_to({A}, TONES)


async def test_a_room_without_a_stream_says_that_no_sound_comes(salon: Salon, browser: Browser) -> None:
    evening, _ = await salon.evening(browser, A)
    listener = await Person.sits_down(browser, "Yuki Tanabe")
    await listener.context.add_init_script(CLOSED)
    await streamed(listener, on_air=False)

    await evening.joined_by(listener)

    await listener.sees("The sound does not reach you.")
    await listener.sees_not(STREAM)


async def test_the_voices_themselves_are_asked_for_on_each_line_by_this_device(salon: Salon, browser: Browser) -> None:
    evening, _ = await salon.evening(browser, A)
    listener = await Person.sits_down(browser, "Yuki Tanabe")
    between = await Between().of(listener)
    await evening.joined_by(listener)
    await listener.listens_to({A}, TONES)

    def wished() -> list[bool]:
        return [said["on"] for said in between.said if said["do"] == "media.lowest_delay"]

    await listener.page.get_by_role("button", name="Sound", exact=True).click()
    voices = listener.page.get_by_role("switch", name="Hear the voices directly")
    await expect(voices).not_to_be_checked()
    await voices.check()
    await listener.page.reload()
    await listener.press("Listen")
    await listener.listens_to({A}, TONES)
    assert wished() == [True, True]

    await listener.page.get_by_role("button", name="Sound", exact=True).click()
    await expect(voices).to_be_checked()
    await voices.uncheck()
    await listener.page.reload()
    await listener.press("Listen")
    await listener.listens_to({A}, TONES)
    assert wished() == [True, True, False]


@pytest.mark.parametrize("language", ["en", "ar"])
async def test_how_the_stream_looks(salon: Salon, browser: Browser, language: str) -> None:
    evening, _ = await salon.evening(browser, A)
    listener = await Person.sits_down(browser, "Yuki Tanabe", **STILL)
    await listener.context.add_init_script(CLOSED)
    await listener.context.add_init_script(AXE)
    await streamed(listener)

    await goes_in(listener, f"{evening.link}?lang={language}", ".notices .notice--lamp")
    found = {"by stream": await faults(listener.page)}
    await listener.page.locator(".room-bar .button:has(use[href$='#i-volume-2'])").click()
    await listener.page.locator("dialog[open] [role=switch]").wait_for()
    found["the sheet"] = await faults(listener.page)

    assert found == {"by stream": [], "the sheet": []}
