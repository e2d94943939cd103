"""An evening of five by keyboard alone: host, co-host, screener, two listeners; who hears whom is asked by pitch."""

import asyncio

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.evening import Evening
from tests.e2e.keyboard import enters, goes_to, keys
from tests.e2e.people import Person
from tests.e2e.salon import Salon

A, B, C = 440, 660, 880
TONES = [A, B, C]
QUESTION = "Who speaks for the river when both banks say they do?"
LATER = "What does a sturgeon need that a lawyer would never think of?"

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(180)]


async def five(salon: Salon, browser: Browser) -> tuple[Evening, Person, Person, Person, Person, Person]:
    """The host is on air; four listen."""
    evening, host = await salon.evening(browser, A)
    samuel = await Person.sits_down(browser, "Samuel Okafor", B)
    yuki = await Person.sits_down(browser, "Yuki Tanabe")
    celeste = await Person.sits_down(browser, "Céleste Aubry", C)
    karim = await Person.sits_down(browser, "Karim Tafrout")
    for person in (samuel, yuki, celeste, karim):
        await evening.joined_by(person, account=person in (samuel, yuki))
    return evening, host, samuel, yuki, celeste, karim


async def made(host: Person, person: Person, what: str) -> None:
    """Somebody steps forward by raising a hand, and the host gives them a role from the queue."""
    await keys(person, "h")
    await expect(person.button("Lower hand")).to_be_visible()
    await host.sees(f"{person.name} raised a hand")
    await enters(host, "More for number 1", f"More about {person.name}", what)
    await expect(person.page.get_by_role("region", name="Floor")).to_be_visible(timeout=15_000)


async def asks(person: Person, text: str) -> None:
    await keys(person, "q")
    await person.page.get_by_role("dialog").wait_for()
    await person.page.keyboard.type(text)
    await enters(person, "Send question")
    await expect(person.page.get_by_role("dialog")).to_have_count(0)
    await person.sees(text)


async def test_an_evening_by_keyboard(salon: Salon, browser: Browser) -> None:
    _, host, samuel, yuki, celeste, karim = await five(salon, browser)
    everybody = [host, samuel, yuki, celeste, karim]

    await made(host, samuel, "Make co-host")
    await keys(host, "Escape")
    await enters(samuel, "Unmute and take your seat")
    await karim.hears_exactly({A, B}, TONES)
    await made(host, yuki, "Make screener")
    await enters(host, "More", "Lower all hands")
    await expect(yuki.button("Unmute and take your seat")).to_have_count(0)

    # Céleste asks, Karim votes, and what the screener sees is moved by her, not put on air.
    await asks(celeste, QUESTION)
    await asks(karim, LATER)
    await keys(karim, "j", "v")
    await yuki.sees("1 vote")
    await expect(yuki.button(f"Put on air, question of {celeste.name}")).to_have_count(0)

    # The host brings the next, and the one who asked accepts.
    await keys(host, "n")
    await celeste.page.get_by_role("alertdialog").wait_for()
    await enters(celeste, "Accept and speak")
    await asyncio.gather(karim.hears_exactly({A, B, C}, TONES), host.hears_exactly({B, C}, TONES))

    # The co-host hushes: only hosts are heard, and nobody opens a microphone until it is lifted.
    await enters(samuel, "More", "Hush")
    await karim.hears_exactly({A, B}, TONES)
    await enters(samuel, "Lift the hush")
    await expect(celeste.button("Unmute")).to_be_visible()
    await keys(celeste, "m")
    await karim.hears_exactly({A, B, C}, TONES)

    # Answered, and thanked: back to the audience from the row in focus.
    await keys(host, "a")
    await expect(host.button("Undo: the question is open again")).to_be_visible()
    await goes_to(host, f"More about {celeste.name}")
    await keys(host, "x")
    await karim.hears_exactly({A, B}, TONES)

    # The screener dismisses a question, with a reason; the host hands over, and the new host ends.
    await enters(yuki, "More for number 1", "Dismiss", "There is no time for it")
    await celeste.sees_not(LATER)
    await enters(host, f"More about {samuel.name}", "Ask to lead the room")
    await enters(samuel, "Lead the room")
    await host.sees(f"{samuel.name} leads the room now.")
    await enters(samuel, "End room", "End it for everyone")
    for person in everybody:
        await person.sees("The room has ended")
    assert [person.faults for person in everybody] == [[]] * 5
