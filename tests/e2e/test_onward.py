"""Whoever has to come in first is brought back to where they were; and somebody is followed from their page."""

from playwright.async_api import Browser, expect

from tests.e2e.house import House
from tests.e2e.looking import AXE, STILL, looked_at
from tests.e2e.people import Person
from tests.e2e.test_signing_in import MailServer, has_device, mail, place, pytestmark

__all__ = ["mail", "place", "pytestmark"]

INVITES = """async () => {
  const told = async (path, body, method = "POST") => {
    const headers = {"content-type": "application/json"};
    const answer = await fetch("/api/v1" + path, {method, headers, body: JSON.stringify(body)});
    return answer.status === 204 ? null : answer.json();
  };
  await told("/me/profile", {name: "Aurélie Sandoz", handle: "aurelie", bio: "I measure the Loire."}, "PUT");
  await told("/groups", {handle: "loire", name: "Les Amis", private: true});
  return (await told("/groups/loire/invitations", {hours: 1, uses: 1})).url;
}"""


async def with_account(house: House, browser: Browser) -> Person:
    """Aurélie, who has a passkey."""
    person = await Person.sits_down(browser, "Aurélie Sandoz")
    await has_device(person.page)
    await person.page.goto(f"{house.address}/welcome")
    await person.page.get_by_label("What shall we call you?").fill(person.name)
    await person.press("Make an account with a passkey")
    await person.page.wait_for_url(f"{house.address}/")
    return person


async def test_who_is_invited_into_a_group_comes_in_by_mail_and_is_brought_back(
    place: House,
    mail: tuple[MailServer, dict[str, str]],
    browser: Browser,
) -> None:
    owner = await with_account(place, browser)
    link = await owner.page.evaluate(INVITES)
    guest = await Person.sits_down(browser, "Karim Tafrout")

    await guest.page.goto(link)
    await guest.page.get_by_role("link", name="Make an account, or sign in").click()
    await guest.page.get_by_label("E-mail").fill("karim@example.org")
    await guest.press("Send a link")
    letter = await guest.context.new_page()  # as mail programs do it
    await letter.goto(await mail[0].link_for("karim@example.org"))
    await letter.get_by_label("Your name").fill(guest.name)
    await letter.get_by_role("button", name="Continue").click()
    await letter.wait_for_url(link)
    await letter.get_by_role("button", name="Join the group").click()

    await letter.wait_for_url(f"{place.address}/g/loire")
    await expect(letter.get_by_role("heading", level=1)).to_have_text("Les Amis")
    assert [*owner.faults, *guest.faults] == []


async def test_somebody_is_followed_from_their_page_and_let_go_in_the_settings(
    place: House,
    browser: Browser,
) -> None:
    owner = await with_account(place, browser)
    await owner.page.evaluate(INVITES)
    reader = await Person.sits_down(browser, "Samuel Okafor", **STILL)
    await reader.context.add_init_script(AXE)
    page = reader.page

    await page.goto(f"{place.address}/@aurelie")
    await page.get_by_role("link", name="Come in to follow").click()
    await page.get_by_label("What shall we call you?").fill(reader.name)
    await reader.press("Come in as a guest by this name")
    await page.wait_for_url(f"{place.address}/@aurelie")
    await reader.press("Follow")
    await expect(page.get_by_role("button", name="Follow")).to_have_attribute("aria-pressed", "true")
    await reader.sees("1 follower")
    seen = await looked_at(page, f"{place.address}/@aurelie", ".profile-head [aria-pressed=true]")
    await page.goto(f"{place.address}/settings")
    await reader.press("Follow no more: Aurélie Sandoz")

    await expect(page.get_by_role("heading", name="Whom you follow")).to_have_count(0)
    await page.goto(f"{place.address}/@aurelie")
    await expect(page.get_by_role("button", name="Follow")).to_have_attribute("aria-pressed", "false")
    assert [*reader.faults, *seen] == []
