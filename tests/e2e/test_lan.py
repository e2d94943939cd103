"""In a house of its own: over https a phone has a microphone, over http it listens; and the page that says how."""

import asyncio
import base64
import hashlib
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.async_api import Browser, Playwright, async_playwright, expect

from causerie.lan.machine import own_name
from tests.e2e.evening import Evening
from tests.e2e.house import House, free_port
from tests.e2e.looking import AXE, STILL, faults
from tests.e2e.people import CHROMIUM, EARS_OPEN, FLAGS, Person

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.timeout(240)]

A, C = 440, 880
PHONE = {"viewport": {"width": 390, "height": 800}, "locale": "en"}


class InTheHouse(House):
    """The same, served for its own house; the machine is reached by 127.0.0.2, too, as by a second interface."""

    def __init__(self, data: Path) -> None:
        super().__init__(data)
        self.plain = free_port(socket.SOCK_STREAM)
        self.settings = {
            "CAUSERIE_WEB_LAN": "true",
            "CAUSERIE_WEB_PLAIN_PORT": str(self.plain),
            "CAUSERIE_MEDIA_PUBLIC_ADDRESS": "127.0.0.1,127.0.0.2",
        }

    @property
    def address(self) -> str:
        return f"https://127.0.0.2:{self.web}"

    @property
    def listening(self) -> str:
        """By name and over http: no safe place."""
        return f"http://{own_name()}.local:{self.plain}"

    def answers(self, path: str) -> bool:
        self.web, web = self.plain, self.web
        try:
            return super().answers(path)
        finally:
            self.web = web

    @property
    def key(self) -> str:
        """Its certificate's key, as Chromium takes one that it shall accept."""
        found = x509.load_pem_x509_certificate((self.data / "keys" / "house.pem").read_bytes())
        spki = found.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return base64.b64encode(hashlib.sha256(spki).digest()).decode()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[InTheHouse]:
    running = InTheHouse(tmp_path_factory.mktemp("house") / "data")
    await asyncio.to_thread(running.start)
    yield running
    await asyncio.to_thread(running.stop)


async def opened(playwright: Playwright, *more: str) -> Browser:
    names = f"--host-resolver-rules=MAP {own_name()}.local 127.0.0.1"
    flags = [flag for flag in FLAGS if not flag.startswith("--host-resolver-rules")]
    return await playwright.chromium.launch(executable_path=CHROMIUM, args=[*flags, EARS_OPEN, names, *more])


@pytest_asyncio.fixture(loop_scope="session")
async def accepting(house: InTheHouse) -> AsyncIterator[Browser]:
    """A browser that accepts this house, and nothing else that it did not before."""
    async with async_playwright() as playwright:
        running = await opened(playwright, f"--ignore-certificate-errors-spki-list={house.key}")
        yield running
        await running.close()


@pytest_asyncio.fixture(loop_scope="session")
async def strange() -> AsyncIterator[Browser]:
    """A browser that has not accepted it yet."""
    async with async_playwright() as playwright:
        running = await opened(playwright)
        yield running
        await running.close()


async def test_over_https_a_phone_speaks_and_over_http_it_is_told_where(house: InTheHouse, accepting: Browser) -> None:
    evening = Evening(house)
    host = await Person.sits_down(accepting, "Aurélie Sandoz", A)
    await evening.opened_by(host, "Sparrows")
    phone = await Person.sits_down(accepting, "Céleste Aubry", C, **PHONE)
    listener = await Person.sits_down(accepting, "Samuel Okafor", **PHONE)

    await evening.joined_by(phone)
    await evening.joined_by(listener, at=house.listening)

    said = f"Here you can listen. The microphone needs https: https://{own_name()}.local:{house.web}"
    assert await phone.page.evaluate("() => [isSecureContext, !!navigator.mediaDevices]") == [True, True]
    assert await listener.page.evaluate("() => [isSecureContext, !!navigator.mediaDevices]") == [False, False]
    await expect(listener.page.get_by_text(said)).to_be_visible()
    await phone.sees_not("Here you can listen. The microphone needs https")
    await listener.hears_exactly({A}, [A, C])

    await evening.invited(host, phone)
    await evening.accepted(phone)

    await listener.hears_exactly({A, C}, [A, C])
    assert [fault for person in (host, phone, listener) for fault in person.faults] == []


async def test_the_page_tells_whether_this_device_accepts_it(
    house: InTheHouse, accepting: Browser, strange: Browser
) -> None:
    for browser, told in ((strange, "It does not work yet"), (accepting, "It works: this device accepts this place.")):
        person = await Person.sits_down(browser, "Nobody", **PHONE)
        await person.page.goto(f"{house.listening}/trust")

        await person.press("Try whether it works")

        await person.sees(told)
    await person.page.get_by_role("link", name="Go to").click()
    await person.page.wait_for_url(f"https://{own_name()}.local:{house.web}/")


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
async def test_the_page_is_for_everybody(house: InTheHouse, strange: Browser, language: str) -> None:
    person = await Person.sits_down(strange, "Nobody", locale=language, **STILL)
    await person.context.add_init_script(AXE)
    await person.page.goto(f"{house.listening}/trust")
    await person.page.locator("summary").first.click()

    assert await faults(person.page) == []
    assert person.faults == []


async def test_without_script_and_by_keys_alone_the_steps_are_read(house: InTheHouse, strange: Browser) -> None:
    person = await Person.sits_down(strange, "Nobody", java_script_enabled=False, **PHONE)
    await person.page.goto(f"{house.listening}/trust")

    await person.page.locator("summary").first.focus()
    await person.page.keyboard.press("Enter")

    await expect(person.page.get_by_role("link", name="Fetch the profile")).to_be_visible()
    await expect(person.page.get_by_role("button", name="Try whether it works")).to_have_count(0)
    await expect(person.page.get_by_role("link", name="Go to")).to_be_visible()
