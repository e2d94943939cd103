"""Coming in by e-mail: a link, once, for a quarter of an hour, by a press; without a mail server nothing of it."""

from pathlib import Path

import pytest

from causerie.accounts.emails import plain_address
from causerie.accounts.errors import AddressRefused
from causerie.clock import MINUTE
from causerie.db import Database
from tests.letters import with_mail
from tests.place import Place

API = "/api/v1"


async def ask(browser, address: str = "ada@example.org"):
    return await browser.post(f"{API}/email-links", json={"address": address})


async def use(browser, token: str, **more: str):
    return await browser.post(f"{API}/sign-in/{token}", json={"token": token, **more})


async def test_without_a_mail_server_nothing_of_it_is_there(place: Place):
    async with place.browser(place.visitor()) as browser:
        refused = await ask(browser)
        shown = (await browser.get(f"{API}/me")).json()["ways_in"]

    assert (refused.status_code, refused.json()["code"], shown["mail"]) == (404, "mail.none", False)


async def test_somebody_new_has_an_account_and_comes_in_again_by_the_same_address(tmp_path: Path, database_url: str):
    async with with_mail(tmp_path, url=database_url) as (place, box), place.browser() as here, place.browser() as there:
        asked = await ask(here, "Ada@Example.ORG")
        (first,) = await box.tokens()
        looked_at = [(await here.get(f"{API}/sign-in/{first}")).json() for _ in range(2)]
        nameless = await use(here, first)
        new = (await use(here, first, name="Ada")).json()["person"]
        await ask(there)
        second = (await box.tokens())[1]
        whose = (await there.get(f"{API}/sign-in/{second}")).json()
        again = (await use(there, second)).json()["person"]
        ways = (await there.get(f"{API}/me/ways-in")).json()

    assert (asked.status_code, [str(letter["to"]) for letter in box.letters]) == (202, ["ada@example.org"] * 2)
    assert looked_at == [{"kind": "email", "name": None}] * 2
    assert (nameless.json()["code"], new["name"], new["guest"]) == ("name.needed", "Ada", False)
    assert (whose, again) == ({"kind": "email", "name": "Ada"}, new)
    assert [one["address"] for one in ways["emails"]] == ["ada@example.org"]


async def test_a_guest_keeps_who_they_are(tmp_path: Path, database_url: str):
    async with with_mail(tmp_path, url=database_url) as (place, box), place.browser() as browser:
        await browser.get("/")
        guest = (await browser.post(f"{API}/guests", json={"name": "Eve"})).json()["person"]
        await ask(browser)
        account = (await use(browser, (await box.tokens())[0], name="Eve")).json()["person"]

    assert account == {**guest, "guest": False}


async def test_a_link_is_good_once_and_for_a_quarter_of_an_hour(tmp_path: Path, database_url: str):
    async with with_mail(tmp_path, url=database_url) as (place, box), place.browser() as ada, place.browser() as eve:
        await ask(ada)
        await ask(ada)
        used, late = await box.tokens()
        first, again = await use(ada, used, name="Ada"), await use(eve, used, name="Eve")
        place.clock.turn(15 * MINUTE)
        too_late = await use(eve, late, name="Eve")

    assert [answer.status_code for answer in (first, again, too_late)] == [200, 404, 404]


async def test_what_is_kept_of_a_link_opens_nothing(tmp_path: Path, database_url: str):
    async with with_mail(tmp_path, url=database_url) as (place, box), place.browser() as browser:
        await ask(browser)
        (token,) = await box.tokens()
        database: Database = place.causerie.database
        async with database.read() as connection:
            kept = str((await connection.exec_driver_sql("SELECT * FROM links")).all())

    assert ("ada@example.org" in kept, token in kept) == (True, False)


async def test_who_is_known_and_who_is_not_get_the_same_answer(tmp_path: Path, database_url: str):
    async with with_mail(tmp_path, url=database_url) as (place, box), place.browser() as ada, place.browser() as eve:
        await ask(ada)
        await use(ada, (await box.tokens())[0], name="Ada")
        known, unknown = await ask(eve), await ask(eve, "nobody@example.org")

    assert (known.status_code, known.content) == (unknown.status_code, unknown.content) == (202, b"null")


async def test_strangers_who_ask_without_end_lock_nobody_out_of_their_own_browser(tmp_path: Path, database_url: str):
    async with with_mail(tmp_path, url=database_url) as (place, box), place.browser() as ada:
        await ask(ada)
        await use(ada, (await box.tokens())[0], name="Ada")
        await ada.delete(f"{API}/session")
        async with place.browser(address="192.0.2.7") as eve:
            asked = [await ask(eve) for _ in range(5)]
        own = await ask(ada)

    assert [answer.status_code for answer in asked] == [202, 202, 429, 429, 429]
    assert (int(asked[-1].headers["retry-after"]) > 0, own.status_code) == (True, 202)


async def test_an_address_is_added_by_whoever_reads_it_and_is_signed_in(tmp_path: Path, database_url: str):
    async with with_mail(tmp_path, url=database_url) as (place, box):
        _, ada = await place.person("Ada")
        _, eve = await place.person("Eve")
        async with place.browser(ada) as hers, place.browser(eve) as browser, place.browser() as nobody:
            await hers.post(f"{API}/me/emails", json={"address": "ada@example.org"})
            (token,) = await box.tokens()
            opened = await use(nobody, token, name="Eve")
            stolen = await browser.post(f"{API}/me/emails/confirm", json={"token": token})
            confirmed = await hers.post(f"{API}/me/emails/confirm", json={"token": token})
            again = await hers.post(f"{API}/me/emails/confirm", json={"token": token})
            (kept,) = (await hers.get(f"{API}/me/ways-in")).json()["emails"]

    statuses = [answer.status_code for answer in (opened, stolen, confirmed, again)]
    assert (statuses, kept["address"]) == ([404, 404, 204, 404], "ada@example.org")


async def test_what_is_taken_belongs_to_its_first(tmp_path: Path, database_url: str):
    async with with_mail(tmp_path, url=database_url) as (place, box), place.browser() as hers:
        await ask(hers)
        await use(hers, (await box.tokens())[0], name="Ada")
        _, eve = await place.person("Eve")
        async with place.browser(eve) as browser:
            await browser.post(f"{API}/me/emails", json={"address": "ada@example.org"})
            token = (await box.tokens())[1]
            refused = await browser.post(f"{API}/me/emails/confirm", json={"token": token})

    assert (refused.status_code, refused.json()["code"]) == (409, "mail.taken")


async def test_a_letter_says_what_it_is_in_the_browsers_language(tmp_path: Path, database_url: str):
    async with (
        with_mail(tmp_path, url=database_url, instance={"name": "Les Amis"}) as (place, box),
        place.browser() as browser,
    ):
        browser.headers["accept-language"] = "fr-FR,fr;q=0.9,en;q=0.5"
        await ask(browser)
        await box.tokens()

    (letter,) = box.letters
    assert (letter["subject"], letter["from"]) == ("Se connecter à Les Amis", "Les Amis <causerie@talk.test>")


@pytest.mark.parametrize(
    "said",
    [
        "",
        "ada",
        "ada@",
        "@example.org",
        "ada@localhost",
        "ada@127.0.0.1",
        "ada@example..org",
        "ada@example.org\r\nBcc: everybody@example.org",
        "ada\n@example.org",
        "ada@exam\u2028ple.org",
        "ada@example.org, eve@example.org",
        '"ada b"@example.org',
        "<ada@example.org>",
        "a" * 65 + "@example.org",
        "ada@" + "a" * 250 + ".org",
        "a.@example.org",
    ],
)
def test_what_is_no_address_gets_no_letter(said: str):
    with pytest.raises(AddressRefused):
        plain_address(said)


@pytest.mark.parametrize(
    ("said", "kept"), [(" Ada@Example.org ", "ada@example.org"), ("a+b@bücher.example", "a+b@xn--bcher-kva.example")]
)
def test_an_address_as_it_is_kept(said: str, kept: str):
    assert plain_address(said) == kept


async def test_a_letter_to_an_account_comes_in_the_language_it_is_spoken_to_in(tmp_path: Path, database_url: str):
    async with with_mail(tmp_path, url=database_url) as (place, box), place.browser() as ada, place.browser() as there:
        await ask(ada)
        await use(ada, (await box.tokens())[0], name="Ada")
        assert (await ada.put(f"{API}/me/language", json={"language": "ar"})).is_success
        there.headers["accept-language"] = "fr"
        await ask(there)
        await ask(there, "ben@example.org")
        await box.tokens()

    subjects = {str(letter["to"]): letter["subject"] for letter in box.letters[1:]}
    assert subjects == {"ada@example.org": "الدخول إلى causerie", "ben@example.org": "Se connecter à causerie"}
