"""A plan is made by keys alone, on a phone; and is read from another zone by who was asked along."""

import re
from io import BytesIO

import pytest
from PIL import Image
from playwright.async_api import Browser, expect

from tests.e2e.keyboard import goes_to, keys, types
from tests.e2e.looking import AXE, STILL, faults
from tests.e2e.people import Person
from tests.e2e.salon import Salon

PHONE = {"width": 390, "height": 800}


def drawing() -> bytes:
    drawn = BytesIO()
    Image.new("RGB", (800, 600), "teal").save(drawn, "PNG")
    return drawn.getvalue()


PICTURE = {"name": "owl.png", "mimeType": "image/png", "buffer": drawing()}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.silent,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.timeout(120),
]


async def test_a_plan_by_keys_on_a_phone_with_clocks_tags_and_somebody_asked_along(
    salon: Salon, browser: Browser
) -> None:
    host = await salon.host(browser)
    await host.page.set_viewport_size(PHONE)
    await host.page.goto(f"{salon.house.address}/plan")
    await types(host, "What do you want to talk about?", "What bees remember")
    await goes_to(host, "When I am ready")
    await keys(host, "ArrowRight")
    await host.page.get_by_label("Day", exact=True).fill("2027-03-28")
    await host.page.get_by_label("Begins", exact=True).fill("02:30")
    await host.page.get_by_label("By the clocks of").fill("Europe/Paris")
    await host.page.get_by_label("Tags").focus()
    await host.page.keyboard.type("#Bees, gardens")
    await host.page.get_by_label("Name, @handle or e-mail").focus()
    await host.page.keyboard.type("Ida Brandt")
    await keys(host, "Enter")
    await expect(host.page.locator(".plan__people li")).to_contain_text(["Ida Brandt"])
    await goes_to(host, "Plan this room")
    await keys(host, "Enter")

    await expect(host.page.locator("#faults")).to_be_focused()
    await expect(host.page.locator("#faults")).to_contain_text("The next is 3:00")
    await host.page.get_by_label("Begins", exact=True).fill("03:00")
    await goes_to(host, "Plan this room")
    await keys(host, "Enter")
    await expect(host.page.get_by_role("heading", level=1)).to_have_text("The room is planned")
    link = "http://" + await host.page.locator("code", has_text="/w/").inner_text()

    far = await Person.sits_down(browser, "Ida Brandt", timezone_id="Asia/Tokyo")
    await far.page.goto(link)
    await far.sees("By the clocks of Paris that is Sunday")
    await far.page.get_by_label("Your name").fill("Ida Brandt")
    await far.press("Yes, I take part")
    await far.sees("You said yes.")
    await expect(far.page.get_by_role("list", name="Who takes part")).to_contain_text("Ida Brandt")
    await expect(far.page.get_by_role("list", name="Tags")).to_contain_text("gardens")
    assert [*host.faults, *far.faults] == []


async def test_cover_and_tags_of_a_draft_are_said_otherwise_at_its_desk_and_taken_away(
    salon: Salon, browser: Browser
) -> None:
    host = await salon.host(browser, **STILL)
    await host.context.add_init_script(AXE)
    tags = host.page.get_by_role("textbox", name="Tags")
    await host.page.goto(f"{salon.house.address}/plan")
    await host.page.get_by_label("What do you want to talk about?").fill("What owls keep")
    await tags.fill("owls")
    await host.press("Keep as a draft")
    await host.sees("This room is a draft.")
    plan = "/api/v1/rooms/" + host.page.url.rsplit("/", 1)[1] + "/plan"

    async def planned() -> tuple[list[str], bool]:
        """Its tags, and whether it has a picture."""
        said = await host.page.evaluate("path => fetch(path).then(told => told.json())", plan)
        return said["tags"], said["cover"] is not None

    async def opens() -> None:
        await host.page.locator("[data-more]:visible").first.click()
        await host.press(re.compile("^Cover and tags"))

    await opens()
    await expect(tags).to_have_value("owls")
    assert await faults(host.page) == []
    await tags.fill("a/b")
    await host.press("Keep")
    await host.sees("A room has at most 5 tags.")
    await tags.fill("owls, barns")
    await host.page.locator("#cover").set_input_files(PICTURE)
    await host.press("Keep")
    await host.sees("Cover and tags are kept.")
    assert await planned() == (["barns", "owls"], True)

    await opens()
    await host.press("Without a cover")
    await tags.fill("")
    await host.press("Keep")
    await expect(host.page.get_by_role("dialog")).to_have_count(0)
    assert (await planned(), host.faults) == (([], False), [])


async def test_the_plan_is_for_everybody(salon: Salon, browser: Browser) -> None:
    host = await salon.host(browser, **STILL)
    await host.context.add_init_script(AXE)
    found = []
    for language in ("en", "ar"):
        await host.page.goto(f"{salon.house.address}/plan?lang={language}")
        await host.page.locator("input[name=when][value=later]").check()
        found += await faults(host.page)

    assert found == []
