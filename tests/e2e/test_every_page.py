"""Every page there is, on a phone and at a desk, by day and by night; in Arabic once. A new one cannot be forgotten."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from causerie.web.pages import pages
from tests.e2e.evening import Evening
from tests.e2e.house import House
from tests.e2e.looking import AXE, STILL, faults, in_every_light
from tests.e2e.people import Person
from tests.e2e.test_groups import FOUNDS
from tests.e2e.test_story import NOW, PLANS

pytestmark = [
    pytest.mark.browser,
    pytest.mark.silent,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.timeout(300),
]

VIEWS = {
    "/": ("host", "/", ".live-card, .upcoming, main h2"),
    "/answers": ("stranger", "/answers", "main p.soft"),
    "/g/{handle}/answers": ("stranger", "/g/river/answers", "main p.soft"),
    "/@{handle}/answers": ("stranger", "/@aurelie/answers", "main p.soft"),
    "/search": ("stranger", "/search", "main form"),
    "/plan": ("host", "/plan", "main form"),
    "/admin": ("host", "/admin", ".health dd"),
    "/admin/people": ("host", "/admin/people", "main li"),
    "/admin/verification": ("host", "/admin/verification", "main li"),
    "/admin/jobs": ("host", "/admin/jobs", "main p"),
    "/admin/outbox": ("host", "/admin/outbox", "main p"),
    "/admin/rooms": ("host", "/admin/rooms", "main form"),
    "/admin/rooms/{name}/listeners": ("host", "/admin/rooms/{room}/listeners", "main [role=group]"),
    "/admin/groups": ("host", "/admin/groups", "main form"),
    "/admin/reports": ("host", "/admin/reports", "main h2"),
    "/admin/bans": ("host", "/admin/bans", "main form"),
    "/decisions": ("host", "/decisions", "main h1"),
    "/admin/audit": ("host", "/admin/audit", "main form"),
    "/admin/settings": ("host", "/admin/settings", "main dd"),
    "/welcome": ("stranger", "/welcome", "main form"),
    "/settings": ("host", "/settings", ".proof__where"),
    "/inbox": ("host", "/inbox", "#wishes-h"),
    "/imprint": ("stranger", "/imprint", "main h1"),
    "/privacy": ("stranger", "/privacy", "main h1"),
    "/rules": ("stranger", "/rules", "main h1"),
    "/groups": ("host", "/groups", "main li"),
    "/g/{handle}": ("host", "/g/river", ".group-head"),
    "/i/{token}": ("stranger", "{invitation}", "main h1:not(.visually-hidden)"),
    "/in/{token}": ("stranger", "{sign_in}", "main form"),
    "/s/{token}": ("stranger", "{speaker}", "main form, main .empty"),
    "/w/{token}": ("stranger", "{asked}", "main h1"),
    "/@{handle}": ("stranger", "/@aurelie", ".profile-head"),
    "/r/{name}": ("stranger", "/r/{room}", "main form"),
    "/r/{name}/screen": ("stranger", "/r/{room}/screen", ".hall__foot, main h1"),
    "/{path:path}": ("stranger", "/nowhere", "main h1"),
}
"""Of each page of `web/pages.py`: who opens it, where, and what is there once it is whole."""
ELSEWHERE = {
    "/c/{name}": "test_copy.py has one made",
    "/offline": "the home page, as the service worker keeps it",
}
PAPERS = {"imprint": "Friends of the Loire, Tours.", "privacy": "We keep little.", "rules": "Be kind.\n\nListen first."}
SENDS = """([method, path, said]) => fetch(`/api/v1${path}`, {
  method, headers: {"content-type": "application/json"}, body: JSON.stringify(said ?? {}),
}).then(async (answer) => answer.status === 204 ? null : await answer.json())"""


@dataclass
class Shown:
    """A place with something on every page; who opens pages of it, and what stands in the addresses."""

    house: House
    people: dict[str, Person]
    words: dict[str, str] = field(default_factory=dict)

    async def opened(self, route: str, language: str) -> Person:
        who, path, shown = VIEWS[route]
        person = self.people[who]
        await person.page.goto(f"{self.house.address}{path.format(**self.words)}?lang={language}")
        await person.page.locator(shown).first.wait_for()
        return person


@pytest_asyncio.fixture(loop_scope="session")
async def shown(tmp_path: Path, browser: Browser) -> AsyncIterator[Shown]:
    data = tmp_path / "data"
    (data / "papers").mkdir(parents=True)
    for name, text in PAPERS.items():
        (data / "papers" / f"{name}.txt").write_text(text, encoding="utf-8")
    house = House(data)
    await asyncio.to_thread(house.start)
    host = await Person.sits_down(browser, "Aurélie Sandoz", **STILL)
    stranger = await Person.sits_down(browser, "Samuel Okafor", **STILL)
    made = Shown(house, {"host": host, "stranger": stranger})
    await filled(made)
    for person in made.people.values():
        await person.context.add_init_script(AXE)
    yield made
    await asyncio.to_thread(house.stop)


async def filled(of: Shown) -> None:
    host = of.people["host"].page
    await Evening(of.house).first_admin(of.people["host"])
    profile = {"name": "Aurélie Sandoz", "handle": "aurelie", "bio": "I measure what the Loire carries."}
    await host.evaluate(
        SENDS, ["PUT", "/me/profile", {**profile, "links": ["https://example.org"], "languages": ["fr"]}]
    )
    await host.evaluate(SENDS, ["POST", "/me/proofs", {"domain": "example.org"}])
    await host.evaluate(SENDS, ["POST", "/me/check-request", {"text": "I teach at Tours: call the university for me."}])
    await host.evaluate(
        FOUNDS, {"handle": "river", "name": "Friends of the river", "description": "We walk its banks."}
    )
    soon = await host.evaluate(NOW) + 36 * 3600 * 1000
    room = {"title": "Can a river have rights?", "description": "Ten minutes, then yours.", "starts_at": soon}
    of.words["room"] = await host.evaluate(PLANS, {**room, "group": "river"})
    link = await host.evaluate(SENDS, ["POST", f"/rooms/{of.words['room']}/speaker-links", {"name": "Karim Tafrout"}])
    asked = await host.evaluate(SENDS, ["POST", f"/rooms/{of.words['room']}/asked", {"to": "Ida Brandt"}])
    invitation = await host.evaluate(SENDS, ["POST", "/groups/river/invitations", {"hours": 1, "uses": 1}])
    new = await asyncio.to_thread(of.house.command, "user", "add", "Leïla Haddad")
    handed = {"speaker": link["url"], "asked": asked["url"], "invitation": invitation["url"], "sign_in": new.strip()}
    of.words |= {name: "/" + url.split("/", 3)[3] for name, url in handed.items()}


@pytest.mark.parametrize("language", ["en", "ar"])
async def test_every_page_is_for_everybody(shown: Shown, language: str) -> None:
    look = in_every_light if language == "en" else faults
    found = {route: await look((await shown.opened(route, language)).page) for route in VIEWS}

    assert {route: said for route, said in found.items() if said} == {}
    assert [fault for person in shown.people.values() for fault in person.faults] == []


async def test_every_page_is_looked_at() -> None:
    served = {route.path for route in pages.routes}  # type: ignore[attr-defined]  # each of them has an address

    assert served == VIEWS.keys() | ELSEWHERE.keys()
