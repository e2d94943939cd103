"""What everybody must be able to use: axe finds nothing, nothing is wider than the screen or too small to touch."""

import pytest
from playwright.async_api import Browser

from tests.e2e.evening import Evening
from tests.e2e.looking import AXE, STILL, faults, goes_in, looked_at
from tests.e2e.people import Person
from tests.e2e.salon import Salon

A, C = 440, 880
QUESTION = "Who speaks for the river when both banks say they do?"
pytestmark = [
    pytest.mark.browser,
    pytest.mark.silent,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.timeout(360),
]


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
async def test_the_pages(salon: Salon, browser: Browser, language: str) -> None:
    await salon.evening(browser, A)
    host = await salon.host(browser, **STILL)
    visitor = await Person.sits_down(browser, "Samuel Okafor", **STILL)
    name = f"Leïla {language}"
    salon.house.command("user", "add", name)
    link = salon.house.command("user", "link", name).strip()
    for person in (host, visitor):
        await person.context.add_init_script(AXE)

    def at(path: str) -> str:
        return f"{salon.house.address}{path}?lang={language}"

    found = {
        "sign-in": await looked_at(visitor.page, f"{link}?lang={language}", "main form"),
        "used link": await looked_at(visitor.page, at("/in/nothing"), "main h1:not(.visually-hidden)"),
        "welcome": await looked_at(visitor.page, at("/welcome"), "main form"),
        "not found": await looked_at(visitor.page, at("/nowhere"), "main h1"),
        "no room": await looked_at(visitor.page, at("/r/nowhere"), ".empty h1"),
        "home": await looked_at(host.page, at("/"), ".live-card"),
        "plan": await looked_at(host.page, at("/plan"), "main form"),
        "admin": await looked_at(host.page, at("/admin"), ".health dd"),
        "admin, people": await looked_at(host.page, at("/admin/people"), "main li"),
        "admin, copies": await looked_at(host.page, at("/admin/jobs"), "main p"),
        "admin, rooms": await looked_at(host.page, at("/admin/rooms"), "main form"),
        "admin, groups": await looked_at(host.page, at("/admin/groups"), "main form"),
        "admin, reports": await looked_at(host.page, at("/admin/reports"), "main h2"),
        "admin, bans": await looked_at(host.page, at("/admin/bans"), "main form"),
        "decisions": await looked_at(host.page, at("/decisions"), "main h1"),
        # Whoever signed in long ago is asked to do so anew.
        "admin, audit": await looked_at(host.page, at("/admin/audit"), "main form"),
        "admin, settings": await looked_at(host.page, at("/admin/settings"), "main dd"),
        "admin, to somebody else": await looked_at(visitor.page, at("/admin/people"), ".empty h1"),
    }

    assert {page: said for page, said in found.items() if said} == {}
    assert await host.page.evaluate("() => document.documentElement.dir") == ("rtl" if language == "ar" else "ltr")


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
async def test_the_room(salon: Salon, browser: Browser, language: str) -> None:
    evening, host = await salon.evening(browser, A)
    asker = await Person.sits_down(browser, "Céleste Aubry", C, **STILL)
    await evening.joined_by(asker)
    await evening.asked(asker, QUESTION)
    listener = await Person.sits_down(browser, "Samuel Okafor", **STILL)
    desk = await salon.host(browser, **STILL)
    for person in (listener, asker, desk):
        await person.context.add_init_script(AXE)
    link = f"{evening.link}?lang={language}"

    await evening.set(host, safety_delay=20)
    found = {"door": await looked_at(listener.page, link, "main form")}
    await goes_in(listener, link, ".question-card")
    found["listener"] = await faults(listener.page)
    found |= await sheets(listener, ["q", "l", "?", "/"])
    await goes_in(desk, link, ".floor-row")
    found["desk"] = await faults(desk.page)
    found |= await desk_sheets(desk)
    found["desk, speaker links"], own = await speaker_link(desk)
    found["speaker link"] = await looked_at(listener.page, f"{own}?lang={language}", "main form")
    await host.press(f"Put on air, question of {asker.name}")
    await goes_in(asker, link, "[role=alertdialog]")
    found["invited"] = await faults(asker.page)
    await asker.page.locator(".invite__foot .button--primary").click()
    await asker.page.locator(".ask-bar .button--open").wait_for()
    found["on stage"] = await faults(asker.page)
    found["desk, on air"] = await faults(desk.page)

    assert {view: said for view, said in found.items() if said} == {}


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
async def test_what_a_listener_meets(salon: Salon, browser: Browser, language: str) -> None:
    evening, host = await salon.evening(browser, A)
    link, found = f"{evening.link}?lang={language}", {}
    first, _, third = [await asking(browser, evening, name, link) for name in ("Céleste Aubry", "Yuki Tanabe", "Ida")]
    await evening.set(host, visible_list=True)
    await evening.does(host, do="caption.say", text="My father asked the water before he asked the mayor.")
    await evening.does(host, do="role.give", person=await third.id(), role="captioner")
    await evening.does(host, do="room.pin", text="The map we speak of", link="https://example.org/river")
    await evening.does(host, do="stage.hush", on=True)

    await first.page.locator(".deck-card").wait_for()
    await first.page.keyboard.press("r")
    await first.page.locator(".reaction-tray").wait_for()
    found["asked ahead, reactions, pinned, hushed"] = await faults(first.page)
    await third.page.locator(".caption-box").wait_for()
    await third.page.keyboard.press("c")
    await third.page.locator(".caption-line").first.wait_for(state="attached")
    await third.page.locator(".queue-place").wait_for()
    found["captioner, captions, a place in the queue"] = await faults(third.page)
    found["captions, all"] = await sheet_of(third, ".captions:visible .button")
    found["who sees me"] = await sheet_of(third, ".audience-line .linklike")

    stranger = await Person.sits_down(browser, "Samuel Okafor", **STILL)
    await stranger.context.add_init_script(AXE)
    screen = f"{evening.link}/screen?lang={language}"
    found["screen in the hall"] = await looked_at(stranger.page, screen, ".hall__foot")
    await evening.does(host, do="room.lock", on=True)
    outside = await Person.sits_down(browser, "Samuel Okafor", **STILL)
    await outside.context.add_init_script(AXE)
    await goes_in(outside, link, "#knock-note")
    found["locked"] = await faults(outside.page)
    found["screen outside a locked door"] = await looked_at(outside.page, screen, ".empty h1")

    await evening.set(host, box_after_end=True)
    await evening.does(host, do="room.remove", person=await first.id())
    await first.page.locator(".state h1").wait_for()
    found["sent out"] = await faults(first.page)
    await evening.does(host, do="room.end")
    await third.page.locator(".after-end").wait_for()
    found["after the end"] = await faults(third.page)

    assert {view: said for view, said in found.items() if said} == {}


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
async def test_what_a_host_meets(salon: Salon, browser: Browser, language: str) -> None:
    evening, host = await salon.evening(browser, A)
    link, found = f"{evening.link}?lang={language}", {}
    first = await asking(browser, evening, "Céleste Aubry", link)
    second = await Person.sits_down(browser, "Samuel Okafor", **STILL)
    await evening.joined_by(second)
    await evening.set(host, backstage=True)
    desk = await salon.host(browser, **STILL)
    await desk.context.add_init_script(AXE)
    await goes_in(desk, link, ".floor-row")

    await host.press(f"Put on air, question of {first.name}")
    await desk.page.locator(".next-up").wait_for()
    found["next"] = await faults(desk.page)
    await first.page.locator(".invite__foot .button--primary").click()
    await first.page.locator("#backstage-topic").wait_for()
    found["backstage, one's own"] = await faults(first.page)
    await desk.page.locator(".backstage-row").wait_for()
    found["backstage, at the desk"] = await faults(desk.page)
    found["a note"] = await sheet_of(desk, ".backstage-row__act [aria-haspopup=dialog]")

    await evening.does(host, do="room.ban", person=await second.id(), reason="Shouts.", hours=1)
    await evening.does(host, do="room.lock", on=True)
    await knocks(await Person.sits_down(browser, "Ida Brandt", **STILL), evening.link)
    await desk.page.locator("#knocks-h").wait_for()
    found["who knocks"] = await faults(desk.page)
    await evening.does(host, do="room.raid", minutes=15)
    found["who was sent out"] = await sheet_of(desk, ".notice--wax .button")
    await desk.page.locator("[data-more]:visible").first.click()
    found["who is banned"] = await sheet_of(desk, ".deed:has(use[href$='#i-ban'])")

    await desk.page.goto(f"{salon.house.address}/plan?lang={language}")
    await desk.page.locator("#t").fill("Flood maps")
    await desk.page.locator("button[name=draft]").click()
    await desk.page.locator(".desk-body").wait_for()
    found["draft"] = await faults(desk.page)
    for sign in ("pencil", "layers", "hourglass"):
        await desk.page.locator("[data-more]:visible").first.click()
        found[f"draft, {sign}"] = await sheet_of(desk, f".deed:has(use[href$='#i-{sign}'])")

    assert {view: said for view, said in found.items() if said} == {}


async def knocks(outside: Person, link: str) -> None:
    """Somebody at a locked door gives a name and knocks."""
    await outside.page.goto(link)
    await outside.press("Listen")
    await outside.page.get_by_label("Your name").fill(outside.name)
    await outside.press("Knock")
    await outside.sees("You have knocked.")


async def asking(browser: Browser, evening: Evening, name: str, link: str) -> Person:
    """Somebody with a name and a question of theirs, in whichever language."""
    person = await Person.sits_down(browser, name, C, **STILL)
    await person.context.add_init_script(AXE)
    await person.page.goto(link)
    await person.page.locator("#name").fill(name)
    await person.page.locator("main form button[type=submit]").click()
    await person.page.locator(".ask-bar").wait_for()
    await person.id()
    await evening.does(person, do="question.ask", text=f"{QUESTION} ({name})", myself=True)
    return person


async def sheet_of(person: Person, opener: str) -> list[str]:
    """The sheet behind a button."""
    await person.page.locator(opener).first.click()
    await person.page.locator("dialog[open] .sheet__title").wait_for()
    found = await faults(person.page)
    await person.page.keyboard.press("Escape")
    await person.page.locator("dialog").wait_for(state="detached")
    return found


async def desk_sheets(desk: Person) -> dict[str, list[str]]:
    """What lies behind *More* for a host, told by its sign in any language, and behind the first place of the queue."""
    found = {}
    for sign in ("pin", "radio", "users", "settings", "shield", "hourglass", "log-out", "x"):
        await desk.page.locator("[data-more]:visible").first.click()
        await desk.page.locator(f".deed:has(use[href$='#i-{sign}'])").first.click()
        await desk.page.locator("dialog[open] .sheet__title").wait_for()
        found[f"desk, sheet of {sign}"] = await faults(desk.page)
        await desk.page.keyboard.press("Escape")
    await desk.page.locator(".floor-row__act [aria-haspopup=dialog]").first.click()
    found["desk, a place of the queue"] = await faults(desk.page)
    await desk.page.keyboard.press("Escape")
    await desk.page.locator("[id=floor-tab-pending]").click()
    found["desk, to be read"] = await faults(desk.page)
    return found


async def speaker_link(desk: Person) -> tuple[list[str], str]:
    """The sheet of speaker links with one just made, and where that leads."""
    await desk.page.locator("[data-more]:visible").first.click()
    await desk.page.locator(".deed:has(use[href$='#i-mic'])").click()
    await desk.page.locator("dialog #speaker").fill("Ida Brandt")
    await desk.page.locator("dialog form button[type=submit]").click()
    await desk.page.locator("dialog .person-row").first.wait_for()
    found, own = await faults(desk.page), await desk.page.locator("dialog .copy-line code").inner_text()
    await desk.page.keyboard.press("Escape")
    return found, f"http://{own}"


async def sheets(person: Person, openers: list[str]) -> dict[str, list[str]]:
    """Each sheet that a single key opens; who has no name yet is asked for one at *q*."""
    found = {}
    for key in openers:
        await person.page.keyboard.press(key)
        await person.page.locator("dialog").wait_for()
        found[f"sheet of {key}"] = await faults(person.page)
        await person.page.keyboard.press("Escape")
        await person.page.locator("dialog").wait_for(state="detached")
    return found
