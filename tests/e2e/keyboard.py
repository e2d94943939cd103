"""People who never touch a mouse: they go through the page by Tab, and press what they find."""

from playwright.async_api import expect

from tests.e2e.people import Person

MOST = 150
NAMED = """([...wanted]) => {
  const one = document.activeElement;
  const label = one?.labels?.[0];
  const name = one?.getAttribute("aria-label") ?? label?.textContent ?? one?.textContent ?? "";
  const bold = (label ?? one)?.querySelector?.("b")?.textContent ?? name;
  return wanted.includes(name.trim()) || wanted.includes(bold.trim());
}"""


async def goes_to(person: Person, name: str) -> None:
    """By Tab to what goes by this name; a sheet keeps the focus inside, so its things are found there."""
    for _ in range(MOST):
        if await person.page.evaluate(NAMED, [name]):
            return
        await person.page.keyboard.press("Tab")
    raise AssertionError(f"{person.name} finds no {name!r} by Tab")


async def keys(person: Person, *presses: str) -> None:
    for press in presses:
        await person.page.keyboard.press(press)


async def types(person: Person, field: str, text: str) -> None:
    await goes_to(person, field)
    await person.page.keyboard.type(text)


async def enters(person: Person, *names: str) -> None:
    """Go to one after the other and press Enter on each."""
    for name in names:
        await expect(person.page.get_by_role("button", name=name).first).to_be_visible(timeout=15_000)
        await goes_to(person, name)
        await keys(person, "Enter")
