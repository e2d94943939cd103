"""Three voices in a room that is recorded: a host and two who ask."""

import asyncio
import time
from dataclasses import dataclass
from typing import Any

from playwright.async_api import Browser, expect

from tests.e2e.evening import Evening
from tests.e2e.house import House
from tests.e2e.people import Person

A, B, C = 440, 660, 880
VOICES = [A, B, C]
FIRST = "Who speaks for the river when it floods?"
SECOND = "What does a sturgeon need?"
MADE_WITHIN = 120
COPY = """room => fetch(`/api/v1/rooms/${room}/copy`).then(told => told.ok ? told.json() : null)"""


@dataclass
class Three:
    """A host and two who ask; all of them agree to be kept."""

    evening: Evening
    host: Person
    samuel: Person
    celeste: Person

    @classmethod
    async def come(cls, house: House, browser: Browser) -> "Three":
        host = await Person.sits_down(browser, "Aurélie Sandoz", A)
        samuel = await Person.sits_down(browser, "Samuel Okafor", B)
        celeste = await Person.sits_down(browser, "Céleste Aubry", C)
        evening = Evening(house)
        await evening.opened_by(host, "Can a river have rights?")
        for person in (samuel, celeste):
            await evening.joined_by(person, account=True)
        return cls(evening, host, samuel, celeste)

    async def record(self) -> None:
        """The host wants it, and says yes to their own part."""
        await self.host.press("Start recording")
        await self.host.page.get_by_role("alertdialog").get_by_role("button", name="Keep my part").click()
        await expect(self.host.page.get_by_text("Your part is kept.")).to_be_visible()

    async def answer(self, asker: Person, question: str, seconds: float = 2) -> None:
        """A question is asked on stage, spoken about for so long, and answered."""
        await self.evening.asked(asker, question)
        await self.host.press(f"Put on air, question of {asker.name}")
        await expect(asker.page.get_by_role("alertdialog")).to_be_visible(timeout=15_000)
        await asker.press("Accept, keep my part")
        await expect(asker.button("Mute")).to_be_visible(timeout=15_000)
        await self.host.hears_exactly({asker.hz}, VOICES)
        await asyncio.sleep(seconds)
        await self.host.press("Thank and return")
        await self.host.hears_exactly(set(), VOICES)

    async def end(self) -> None:
        await self.host.press("End room")
        await self.host.press("End it for everyone")

    async def copy(self, *, without: str = "") -> dict[str, Any]:
        """The copy, once it is there; `without` somebody who has left it."""
        deadline = time.monotonic() + MADE_WITHIN
        while time.monotonic() < deadline:
            told = await self.host.page.evaluate(COPY, self.evening.room)
            if told and told["state"] == "ready" and without not in [one["name"] for one in told["speakers"]]:
                return dict(told)
            await asyncio.sleep(1)
        raise AssertionError(f"no copy: {told}")

    async def file(self, person: Person, address: str) -> bytes:
        """A file, as this person's browser gets it."""
        told = await person.context.request.get(self.evening.house.address + address)
        assert told.status == 200, (told.status, address)
        return await told.body()
