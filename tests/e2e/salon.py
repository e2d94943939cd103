"""A house that many stories share, each with a room of its own, and its host."""

from dataclasses import dataclass
from typing import Any

from playwright.async_api import Browser

from tests.e2e.evening import Evening
from tests.e2e.house import House
from tests.e2e.people import Person

HOST = "Aurélie Sandoz"
PLANS = """room => fetch("/api/v1/rooms", {
  method: "POST", headers: {"content-type": "application/json"}, body: JSON.stringify(room),
}).then(told => told.json())"""
TITLE = "Can a river have rights?"


@dataclass
class Salon:
    """`keys` are the host's cookies: she comes in again and again without a link."""

    house: House
    keys: Any

    @classmethod
    async def of(cls, house: House, browser: Browser) -> "Salon":
        host = await Person.sits_down(browser, HOST)
        await Evening(house).first_admin(host)
        keys = await host.context.storage_state()
        await host.leaves()
        return cls(house, keys)

    async def host(self, browser: Browser, hz: int = 0, **options: Any) -> Person:
        return await Person.sits_down(browser, HOST, hz, storage_state=self.keys, **options)

    async def planned(self, host: Person, *, starts_at: int, title: str = TITLE) -> Evening:
        """A room that is to begin then; its host is at home."""
        card = await host.page.evaluate(PLANS, {"title": title, "starts_at": starts_at})
        return Evening(self.house, card["room"])

    async def evening(self, browser: Browser, hz: int, title: str = TITLE) -> tuple[Evening, Person]:
        """A new room on air, with the host speaking in it."""
        host = await self.host(browser, hz)
        evening = Evening(self.house)
        await host.page.goto(self.house.address)
        await evening.planned_by(host, title)
        await host.press("Go live")
        await evening.unmuted(host)
        return evening, host
