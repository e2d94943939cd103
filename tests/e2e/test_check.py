"""The check before air: a loudspeaker that comes back is noticed, and so is a microphone that gives nothing."""

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.people import Person
from tests.e2e.salon import Salon

A, C, HEADSET = 440, 880, 990
TONES = [A, C, HEADSET]
# What the page plays of its own comes back to its microphone, as from a loudspeaker beside it.
LOUDSPEAKER = """(() => {
  const { createMediaStreamDestination } = AudioContext.prototype;
  const made = [];
  AudioContext.prototype.createMediaStreamDestination = function () {
    made.push(createMediaStreamDestination.call(this));
    return made.at(-1);
  };
  const { play } = HTMLMediaElement.prototype;
  HTMLMediaElement.prototype.play = function () {
    const mouth = made.find((one) => one.stream === this.srcObject);
    const microphone = made[0];
    if (mouth) microphone.context.createMediaStreamSource(mouth.stream).connect(microphone);
    return play.call(this);
  };
})()"""

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(180)]


async def test_a_loudspeaker_is_noticed_before_air_and_a_dead_microphone_on_it(salon: Salon, browser: Browser) -> None:
    evening, host = await salon.evening(browser, A)
    guest = await Person.sits_down(browser, "Céleste Aubry", C, microphones={"Built-in": 0, "Headset": HEADSET})
    await evening.joined_by(guest)
    await evening.invited(host, guest)

    # Headphones: nothing comes back. Then a loudspeaker stands beside the microphone.
    await guest.press("Check my microphone first")
    await guest.press("Test for an echo")
    await guest.sees("Nothing comes back from your loudspeaker.")
    await guest.page.evaluate(LOUDSPEAKER)
    await guest.page.get_by_label("Microphone", exact=True).select_option("Headset")
    await guest.press("Test for an echo")
    await guest.sees("We hear your loudspeaker. Use headphones.")
    await host.hears_exactly(set(), TONES)

    # The built-in microphone gives nothing: said after eight seconds, with the others to choose from.
    await guest.page.get_by_label("Microphone", exact=True).select_option("Built-in")
    await evening.accepted(guest)
    await guest.sees("We do not hear you.")
    await guest.page.get_by_label("Microphone", exact=True).select_option("Headset")
    await expect(guest.page.get_by_text("We do not hear you.")).to_have_count(0)
    await host.hears_exactly({HEADSET}, TONES)
    assert guest.faults == []
