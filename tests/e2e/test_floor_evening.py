"""An evening of five by keyboard alone: host, co-host, screener, two listeners; who hears whom is asked by pitch."""

import asyncio
from dataclasses import dataclass

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.keyboard import enters, goes_to, keys, types
from tests.e2e.people import Person
from tests.e2e.salon import Salon

A, B, C, D, E = 440, 660, 880, 1010, 1230
TONES = [A, B, C, D, E]
QUESTION = "Who speaks for the river when both banks say they do?"
LATER = "What does a sturgeon need that a lawyer would never think of?"
LAST = "Is there a map of it?"

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(360)]


@dataclass
class Five:
    """The host is on air; Samuel will be co-host, Yuki screener; Céleste and Karim listen, and ask."""

    host: Person
    samuel: Person
    yuki: Person
    celeste: Person
    karim: Person

    @classmethod
    async def come(cls, salon: Salon, browser: Browser) -> "Five":
        evening, host = await salon.evening(browser, A)
        samuel = await Person.sits_down(browser, "Samuel Okafor", B)
        yuki = await Person.sits_down(browser, "Yuki Tanabe", E)
        celeste = await Person.sits_down(browser, "Céleste Aubry", C)
        karim = await Person.sits_down(browser, "Karim Tafrout", D)
        for person in (samuel, yuki, celeste, karim):
            await evening.joined_by(person, account=person in (samuel, yuki))
        return cls(host, samuel, yuki, celeste, karim)

    @property
    def everybody(self) -> list[Person]:
        return [self.host, self.samuel, self.yuki, self.celeste, self.karim]


async def hears(person: Person, *pitches: int) -> None:
    await person.hears_exactly(set(pitches), TONES)


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


async def accepts(person: Person) -> None:
    await person.page.get_by_role("alertdialog").wait_for()
    await enters(person, "Accept and speak")
    await expect(person.page.get_by_role("alertdialog")).to_have_count(0)


async def helpers_are_made(five: Five) -> None:
    await made(five.host, five.samuel, "Make co-host")
    await keys(five.host, "Escape")
    await enters(five.samuel, "Unmute and take your seat")
    await hears(five.karim, A, B)
    await expect(five.host.page.get_by_text("raised a hand")).to_have_count(0)
    await made(five.host, five.yuki, "Make screener")
    await enters(five.host, "More", "Lower all hands")
    await expect(five.yuki.button("Unmute and take your seat")).to_have_count(0)


async def questions_come(five: Five) -> None:
    """What the screener sees is moved by her, not put on air."""
    await asks(five.celeste, QUESTION)
    await asks(five.karim, LATER)
    await keys(five.karim, "j", "v")
    await five.yuki.sees("1 vote")
    await expect(five.yuki.button(f"Put on air, question of {five.celeste.name}")).to_have_count(0)


async def one_asks_on_air(five: Five) -> None:
    """The co-host hushes: only hosts are heard, and nobody opens a microphone until it is lifted."""
    await keys(five.host, "n")
    await accepts(five.celeste)
    await asyncio.gather(hears(five.karim, A, B, C), hears(five.host, B, C))
    await enters(five.samuel, "More", "Hush")
    await hears(five.karim, A, B)
    await enters(five.samuel, "Lift the hush")
    await expect(five.celeste.button("Unmute")).to_be_visible()
    await keys(five.celeste, "m")
    await hears(five.karim, A, B, C)

    # Answered, and back to the audience from the row in focus.
    await keys(five.host, "a")
    await expect(five.host.button("Undo: the question is open again")).to_be_visible()
    await goes_to(five.host, f"More about {five.celeste.name}")
    await keys(five.host, "x")
    await hears(five.karim, A, B)


async def one_waits_backstage(five: Five) -> None:
    """The host has a backstage opened; who waits there is heard by host, co-host and screener alone."""
    await enters(five.host, "More", "Settings of the room")
    await goes_to(five.host, "Backstage first")
    await keys(five.host, " ", "Escape")
    await five.host.sees("Nobody waits backstage.")
    await keys(five.host, "n")
    await accepts(five.karim)
    await five.karim.sees("You are backstage")
    await asyncio.gather(hears(five.celeste, A, B), hears(five.yuki, A, B, D), hears(five.samuel, A, D))

    # The screener speaks with him there, and passes on what the hosts should know; he reads none of it.
    await goes_to(five.yuki, "Hold to talk backstage")
    await five.yuki.page.keyboard.down(" ")
    await asyncio.gather(hears(five.karim, A, B, E), hears(five.celeste, A, B))
    await five.yuki.page.keyboard.up(" ")
    await hears(five.karim, A, B)
    await enters(five.yuki, f"Note about {five.karim.name}")
    await types(five.yuki, "Note for the hosts", "Clear line, a little nervous.")
    await enters(five.yuki, "Pass it on")
    await five.host.sees("Clear line, a little nervous.")
    await types(five.karim, "What you want to speak about", "Sturgeons")
    await enters(five.karim, "Ready")
    await five.samuel.sees("Sturgeons")
    await five.karim.sees_not("a little nervous")

    await enters(five.host, f"Put on air, {five.karim.name}")
    await asyncio.gather(hears(five.celeste, A, B, D), hears(five.yuki, A, B, D))


async def one_is_kept_muted_and_thanked(five: Five) -> None:
    await enters(five.host, f"More about {five.karim.name}", "Keep muted")
    await hears(five.celeste, A, B)
    await enters(five.karim, "Ask to unmute")
    await enters(five.samuel, f"Let unmute, {five.karim.name}")
    await expect(five.karim.button("Unmute")).to_be_visible()
    await keys(five.karim, "m")
    await hears(five.celeste, A, B, D)
    await enters(five.host, "Thank and return")
    await hears(five.celeste, A, B)
    await five.karim.sees("The host thanks you. You go on listening.")


async def one_is_sent_out_and_returns(five: Five) -> None:
    await enters(five.samuel, "More", "Who is here", f"More about {five.karim.name}", "Remove from the room")
    await five.karim.sees("You were removed from this room")
    await hears(five.karim)
    await enters(five.karim, "Come in again")
    await hears(five.karim, A, B)


async def it_ends(five: Five) -> None:
    """The screener dismisses a question, with a reason; the host hands over, and the new host ends."""
    await asks(five.celeste, LAST)
    await enters(five.yuki, "More for number 1", "Dismiss", "There is no time for it")
    await five.host.sees_not(LAST)
    await enters(five.host, f"More about {five.samuel.name}", "Ask to lead the room")
    await enters(five.samuel, "Lead the room")
    await five.host.sees(f"{five.samuel.name} leads the room now.")
    await enters(five.samuel, "End room", "End it for everyone")
    for person in five.everybody:
        await person.sees("The room has ended")


async def test_an_evening_by_keyboard(salon: Salon, browser: Browser) -> None:
    five = await Five.come(salon, browser)

    await helpers_are_made(five)
    await questions_come(five)
    await one_asks_on_air(five)
    await one_waits_backstage(five)
    await one_is_kept_muted_and_thanked(five)
    await one_is_sent_out_and_returns(five)
    await it_ends(five)

    assert [person.faults for person in five.everybody] == [[]] * 5
