"""What a place says of itself in writing, and who accepted which version of it."""

from pathlib import Path

from sqlalchemy import select

from causerie.accounts import actions as accounts
from causerie.accounts.models import acceptances
from causerie.clock import DAY
from tests.place import Place, opened

PAPERS, OWN = "/api/v1/papers", "/api/v1/me/papers"


def written(data: Path, **texts: str) -> Path:
    """These papers lie in the place's folder."""
    (data / "papers").mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (data / "papers" / f"{name.replace('_', '.')}.txt").write_text(text, encoding="utf-8")
    return data


async def comes_in(place: Place, name: str) -> str:
    """By a link that was handed over."""
    person, _ = await place.person(name)
    token, _events = await place.causerie.database.write(lambda tx: accounts.person_link(tx, person.id))
    async with place.browser() as browser:
        await browser.post(f"/api/v1/sign-in/{token}", json={"token": token})
    return person.id


async def accepted(place: Place, person: str) -> list[tuple[str, str, int]]:
    async with place.causerie.database.read() as connection:
        wanted = select(acceptances.c.what, acceptances.c.version, acceptances.c.accepted_at)
        rows = await connection.execute(wanted.where(acceptances.c.person == person))
        return sorted((what, version, at) for what, version, at in rows)


async def test_each_is_shown_in_the_readers_language_and_what_was_not_written_is_not_there(tmp_path, database_url: str):
    data = written(tmp_path / "data", rules="Be kind.", rules_fr="Soyez aimables.", imprint=" \n")
    async with opened(data, url=database_url) as place, place.browser() as browser:
        said = {
            language: (await browser.get(f"{PAPERS}/rules?language={language}")).json() for language in ("fr", "ar")
        }
        missing = [(await browser.get(f"{PAPERS}/{name}")).status_code for name in ("imprint", "privacy", "..%2frules")]
        told = (await browser.get("/api/v1/me")).json()["instance"]["papers"]

    assert {language: paper["text"] for language, paper in said.items()} == {"fr": "Soyez aimables.", "ar": "Be kind."}
    assert said["fr"]["version"] == said["ar"]["version"]
    assert (missing, told) == ([404, 404, 404], ["rules"])


async def test_who_comes_in_has_accepted_what_stands_there_each_version_once(tmp_path, database_url: str):
    data = written(tmp_path / "data", rules="Be kind.", imprint="Aurélie, Tours")
    async with opened(data, url=database_url) as place, place.browser() as browser:
        ada = await comes_in(place, "Ada")
        first = (await browser.get(f"{PAPERS}/rules")).json()["version"]
        since, before = place.clock.now(), await accepted(place, ada)
        place.clock.turn(DAY)
        token, _ = await place.causerie.database.write(lambda tx: accounts.person_link(tx, ada))
        await browser.post(f"/api/v1/sign-in/{token}", json={"token": token})
        again = await accepted(place, ada)
    written(data, rules="Be kind, and brief.")
    async with opened(data, url=database_url) as place, place.browser() as browser:
        token, _ = await place.causerie.database.write(lambda tx: accounts.person_link(tx, ada))
        await browser.post(f"/api/v1/sign-in/{token}", json={"token": token})
        after = await accepted(place, ada)

    assert before == again == [("age", "16", since), ("rules", first, since)]
    assert [what for what, _, _ in after] == ["age", "rules", "rules"]


async def test_who_is_signed_in_says_yes_to_what_was_written_anew(tmp_path, database_url: str):
    data = written(tmp_path / "data", rules="Be kind.", privacy="We keep little.")
    async with opened(data, url=database_url) as place:
        ada, cookie = await place.person("Ada")
        async with place.browser(cookie) as browser:
            first = (await browser.get(OWN)).json()["papers"]
            done = await browser.put(OWN, json={"papers": first})
            none = (await browser.get(OWN)).json()["papers"]
    written(data, rules="Be kind, and brief.")
    async with opened(data, url=database_url) as place, place.browser(cookie) as browser:
        anew = (await browser.get(OWN)).json()["papers"]
        stale = await browser.put(OWN, json={"papers": {"rules": first["rules"]}})
        still = (await browser.get(OWN)).json()["papers"]
        yes = await browser.put(OWN, json={"papers": anew})
        after = (await browser.get(OWN)).json()["papers"]
        kept = [(what, version) for what, version, _ in await accepted(place, ada.id)]

    assert (sorted(first), done.status_code, none) == (["privacy", "rules"], 204, {})
    assert (list(anew), anew["rules"] != first["rules"], still == anew) == (["rules"], True, True)
    assert (stale.status_code, stale.json()["code"]) == (409, "paper.changed")
    assert (yes.status_code, after) == (204, {})
    assert sorted(kept) == sorted([*first.items(), *anew.items()])


async def test_who_has_no_account_says_yes_to_nothing_and_nobody_to_what_is_not_written(tmp_path, database_url: str):
    data = written(tmp_path / "data", rules="Be kind.")
    async with opened(data, url=database_url) as place:
        _, guest = await place.person("Gus", guest=True)
        ada, cookie = await place.person("Ada")
        async with place.browser(guest) as browser:
            refused = await browser.get(OWN)
        wrong = [{"privacy": "0" * 12}, {"rules": "0" * 12}, {"imprint": "0" * 12}, {"rules": "new"}]
        async with place.browser(cookie) as browser:
            told = [(await browser.put(OWN, json={"papers": said})).status_code for said in wrong]

        assert (refused.status_code, refused.json()["code"]) == (403, "account.needed")
        assert (told, await accepted(place, ada.id)) == ([409, 409, 422, 422], [])


async def test_where_no_age_is_asked_and_nothing_is_written_nothing_is_kept(tmp_path, database_url: str):
    async with opened(tmp_path / "data", url=database_url, instance={"lowest_age": 0}) as place:
        assert await accepted(place, await comes_in(place, "Ada")) == []
