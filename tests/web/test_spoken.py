"""In which language somebody is spoken to: as the page by which they first came, until they choose another."""

from functools import partial
from pathlib import Path

from causerie.accounts.actions import person_link
from causerie.accounts.people import Person
from causerie.accounts.speaking import language_of
from causerie.belongings.leaving import leave
from causerie.clock import DAY, MINUTE
from causerie.i18n import t
from tests.letters import with_mail
from tests.place import Place
from tests.web.test_by_mail import ask, use

API = "/api/v1"


async def known(place: Place, person: Person) -> str | None:
    async with place.causerie.database.read() as connection:
        return await language_of(connection, person.id)


async def spoken(browser) -> str:
    """What one's own page is told to speak."""
    return (await browser.get(f"{API}/me")).json()["person"]["language"]


async def test_a_new_account_is_spoken_to_as_its_page_was_and_so_in_any_other_browser(
    tmp_path: Path, database_url: str
):
    async with with_mail(tmp_path, url=database_url) as (place, box), place.browser() as here, place.browser() as there:
        here.headers["accept-language"], there.headers["accept-language"] = "fr", "en"
        await ask(here)
        new = (await use(here, (await box.tokens())[0], name="Ada")).json()["person"]
        await ask(there)
        again = (await use(there, (await box.tokens())[1])).json()["person"]
        page = (await there.get("/nothing")).text

    assert (new["language"], again["language"]) == ("fr", "fr")
    assert [str(letter["content-language"]) for letter in box.letters] == ["fr", "fr"]
    assert t("fr", "Nothing here") in page


async def test_who_has_an_account_from_before_is_known_from_when_they_come_in_again(place: Place):
    ada, _ = await place.person("Ada")
    link = await place.causerie.database.write(partial(person_link, person=ada.id))
    async with place.browser(place.visitor()) as browser:
        browser.headers["accept-language"] = "ar"
        before = await known(place, ada)
        shown = (await use(browser, link[0])).json()["person"]

    assert (before, shown["language"], await known(place, ada)) == (None, "ar", "ar")


async def test_a_guest_who_has_an_account_is_spoken_to_as_it_is(place: Place):
    ada, _ = await place.person("Ada", language="fr")
    link = await place.causerie.database.write(partial(person_link, person=ada.id))
    async with place.browser(place.visitor()) as browser:
        browser.headers["accept-language"] = "ar"
        guest = (await browser.post(f"{API}/guests", json={"name": "Eve"})).json()["person"]
        account = (await use(browser, link[0])).json()["person"]

    assert (guest["language"], account["language"]) == ("ar", "fr")


async def test_one_chooses_another_and_none_that_is_not_spoken_here(place: Place):
    ada, cookie = await place.person("Ada", language="fr")
    async with place.browser(cookie) as hers, place.browser(place.visitor()) as nobodys:
        chosen = await hers.put(f"{API}/me/language", json={"language": "ar"})
        refused = [await hers.put(f"{API}/me/language", json={"language": code}) for code in ("tlh", "", "fr-FR")]
        nobody = await nobodys.put(f"{API}/me/language", json={"language": "ar"})
        shown = await spoken(hers)

    assert (chosen.status_code, shown, await known(place, ada)) == (204, "ar", "ar")
    assert {(answer.status_code, answer.json()["code"]) for answer in refused} == {(422, "language.unknown")}
    assert nobody.json()["code"] == "name.needed"


async def test_page_inbox_letter_and_push_speak_the_same(place: Place):
    ada, _ = await place.person("Ada", may_open_rooms=True)
    _, cookie = await place.person("Ben", language="en")
    await place.room(ada, "Swifts", starts_at=place.clock.now() + DAY - MINUTE)
    async with place.browser(cookie) as ben:
        ben.headers["accept-language"] = "en"
        await ben.put(f"{API}/rooms/swifts/interest", json={})
        await ben.put(f"{API}/me/language", json={"language": "fr"})
        await place.causerie.notices.sweep()
        inbox = (await ben.get(f"{API}/inbox")).json()["notices"]

    assert [line["title"] for line in inbox] == [t("fr", "Tomorrow: {title}", title="Swifts")]


async def test_who_goes_leaves_no_language(place: Place):
    ada, _ = await place.person("Ada", language="fr")
    await place.causerie.database.write(partial(leave, person=ada))

    assert await known(place, ada) is None
