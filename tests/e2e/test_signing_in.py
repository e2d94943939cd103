"""Coming in as people do: by a passkey, by a link out of their mail; and what is theirs afterwards."""

import asyncio
import re
import socket
from collections.abc import Iterator
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from playwright.async_api import Browser, Page, expect

from tests.e2e.evening import Evening
from tests.e2e.house import House, free_port
from tests.e2e.looking import AXE, STILL, looked_at
from tests.e2e.people import Person
from tests.letters import text_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.silent,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.timeout(240),
]

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class MailServer:
    """A real one, that keeps every letter."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # aiosmtpd asks by this name
        self.letters.append(BytesParser(policy=default).parsebytes(envelope.content))
        return "250 OK"

    async def link_for(self, address: str) -> str:
        """The link in the letter to this address, once it has come."""
        while True:
            for letter in self.letters:
                if letter["to"] == address and (found := re.search(r"http://\S+/in/\S+", text_of(letter))):
                    return found[0]
            await asyncio.sleep(0.05)


@pytest.fixture
def mail() -> Iterator[tuple[MailServer, dict[str, str]]]:
    """The server, and the settings that lead to it."""
    server = MailServer()
    running = Controller(server, hostname="127.0.0.1", port=free_port(socket.SOCK_STREAM))
    running.start()
    settings = {"HOST": "127.0.0.1", "PORT": str(running.port), "SECURITY": "none"}
    yield server, {f"CAUSERIE_MAIL_{key}": value for key, value in settings.items()}
    running.stop()


@pytest.fixture
def place(tmp_path: Path, mail: tuple[MailServer, dict[str, str]]) -> Iterator[House]:
    house = House(tmp_path / "data", settings=mail[1])
    house.settings["CAUSERIE_WEB_PUBLIC_URL"] = house.address
    house.start()
    yield house
    house.stop()


async def has_device(page: Page) -> None:
    """A device that says yes to whoever asks it for a passkey."""
    session = await page.context.new_cdp_session(page)
    await session.send("WebAuthn.enable")
    await session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


async def test_a_guest_makes_an_account_with_a_passkey_and_comes_back_by_it(place: House, browser: Browser) -> None:
    person = await Person.sits_down(browser, "Aurélie Sandoz")
    page, home = person.page, f"{place.address}/"
    await has_device(page)
    await page.goto(f"{home}welcome")
    await page.get_by_label("What shall we call you?").fill(person.name)
    await person.press("Come in as a guest by this name")
    await page.wait_for_url(home)
    before = await person.id()

    await page.goto(f"{home}welcome")
    await person.press("Make an account with a passkey")
    await page.wait_for_url(home)
    await page.goto(f"{home}settings")
    await page.get_by_label("Handle").fill("aurelie")
    await page.get_by_label("About you").fill("I measure what the Loire carries.")
    await person.press("Keep")
    await person.sees("Your profile is kept.")
    await page.goto(f"{home}welcome")
    await person.press("Sign out")
    await page.wait_for_url(home)
    await page.goto(f"{home}welcome")
    await person.press("Sign in with a passkey")
    await page.wait_for_url(home)

    assert await person.id() == before
    await page.goto(f"{home}@aurelie")
    await expect(page.get_by_role("heading", level=1)).to_have_text(person.name)
    await person.sees("I measure what the Loire carries.")
    assert person.faults == []


async def test_a_link_out_of_the_mail_brings_in(
    place: House, mail: tuple[MailServer, dict[str, str]], browser: Browser
) -> None:
    server, _ = mail
    person = await Person.sits_down(browser, "Yuki Tanabe")
    await person.page.goto(f"{place.address}/welcome")
    await person.page.get_by_label("E-mail").fill("yuki@example.org")
    await person.press("Send a link")
    await person.sees("A link is on its way to yuki@example.org.")

    await person.page.goto(await server.link_for("yuki@example.org"))
    await person.page.get_by_label("Your name").fill(person.name)
    await person.press("Continue")
    await person.page.wait_for_url(f"{place.address}/")

    await person.page.goto(f"{place.address}/settings")
    await person.sees("yuki@example.org")
    assert person.faults == []


async def test_a_language_is_ones_own_in_every_browser(
    place: House, mail: tuple[MailServer, dict[str, str]], browser: Browser
) -> None:
    server, _ = mail
    here = await Person.sits_down(browser, "Yuki Tanabe", locale="fr-FR")
    there = await Person.sits_down(browser, "Yuki Tanabe", locale="en-GB")

    async def comes_in(person: Person, name: str | None = None) -> str:
        """By a link out of the mail; gives the language of the letter."""
        server.letters.clear()
        await person.page.goto(f"{place.address}/welcome")
        await person.page.locator("#my-address").fill("yuki@example.org")
        await person.page.locator("#my-address").press("Enter")
        await person.page.goto(await server.link_for("yuki@example.org"))
        if name:
            await person.page.locator("main form input").fill(name)
        await person.page.locator("main form button").click()
        await person.page.wait_for_url(f"{place.address}/")
        return str(server.letters[0]["content-language"])

    assert await comes_in(here, "Yuki Tanabe") == "fr"
    await here.page.goto(f"{place.address}/settings")
    await here.page.get_by_role("region", name="Langue", exact=True).get_by_role("combobox").select_option("ar")
    await expect(here.page.locator("html[lang=ar][dir=rtl]")).to_be_visible()

    assert await comes_in(there) == "ar"
    await expect(there.page.locator("html[lang=ar][dir=rtl]")).to_be_visible()
    await there.page.reload()
    await expect(there.page.locator("html[lang=ar][dir=rtl]")).to_be_visible()
    assert here.faults == there.faults == []


@pytest.mark.parametrize("language", ["en", "ar"])
async def test_the_pages_of_coming_in(place: House, browser: Browser, language: str) -> None:
    admin = await Person.sits_down(browser, "Aurélie Sandoz", **STILL)
    await Evening(place).first_admin(admin)
    await admin.context.add_init_script(AXE)
    await admin.page.evaluate(SAYS_OF_ONESELF)

    def at(path: str) -> str:
        return f"{place.address}{path}?lang={language}"

    found = {
        "oneself": await looked_at(admin.page, at("/welcome"), "main h1"),
        "settings": await looked_at(admin.page, at("/settings"), ".proof__where"),
        "profile": await looked_at(admin.page, at("/@aurelie"), ".profile-head"),
        "nobody": await looked_at(admin.page, at("/@nobody_here"), ".empty h1"),
    }
    stranger = await Person.sits_down(browser, "Yuki Tanabe", **STILL)
    await stranger.context.add_init_script(AXE)
    found["welcome, with every way"] = await looked_at(stranger.page, at("/welcome"), "#my-address")

    assert {page: said for page, said in found.items() if said} == {}


SAYS_OF_ONESELF = """async () => {
  const sent = (method, path, said) => fetch(`/api/v1${path}`, {
    method, headers: {"content-type": "application/json"}, body: JSON.stringify(said),
  });
  const links = ["https://example.org/river"];
  await sent("PUT", "/me/profile", {name: "Aurélie Sandoz", handle: "aurelie", bio: "", links, languages: ["fr"]});
  await sent("POST", "/me/proofs", {domain: "example.org"});
}"""
