"""What is kept of oneself over HTTP: taken along by oneself alone, and deleted with the account."""

import io
import json
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import insert

from causerie.accounts import actions as accounts
from causerie.accounts.cookies import SESSION
from causerie.accounts.models import emails, passkeys
from causerie.accounts.stepping_up import LATELY
from causerie.clock import DAY
from causerie.ids import new_id
from causerie.notices.inbox import inbox
from tests.copies.held import Held, held
from tests.live.conftest import Evening
from tests.place import Place, opened

EXPORT, DELETION = "/api/v1/me/export", "/api/v1/me/deletion"


@pytest.fixture
async def story(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Held]:
    monkeypatch.setattr("causerie.copies.work.CHILD", "tests.copies.quick_child")
    async with opened(tmp_path / "data", url=database_url) as place:
        place.causerie.jobs.open()
        story = await held(place, still_open="May I ask a second one?")
        await story.made()
        yield story


async def packed(story: Held, name: str) -> dict[str, bytes]:
    """What they asked for, opened."""
    asked = await story.post(EXPORT, name)
    assert asked.status_code == 202
    await story.place.causerie.house.belongings.sweep()
    link = (await story.get(EXPORT, name)).json()["link"]
    answer = await story.get(link, name)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as pack:
        return {one: pack.read(one) for one in pack.namelist()}


async def test_it_holds_all_that_is_kept_of_them_and_nothing_that_opens_anything(story: Held):
    key = {"credential": "SECRET-C", "public_key": "SECRET-P", "signed": 1, "name": "Ben's phone", "made_at": 1}
    row = {"id": new_id(), "person": story.evening.id("Ben"), **key}
    await story.place.causerie.database.write(lambda tx: tx.run(insert(passkeys).values(row)))

    files = await packed(story, "Ben")
    told = {name.removeprefix("data/")[:-5]: json.loads(of) for name, of in files.items() if name.startswith("data/")}

    assert [one["text"] for one in told["questions"]] == ["May I ask a second one?"]
    assert [one["answer"] for one in told["consents"]] == ["kept"]
    assert [one["name"] for one in told["passkeys"]] == ["Ben's phone"]
    assert len(told["sessions"]) == len(told["tracks"]) == len(told["account"]) == 1
    assert files["rooms/001-sparrows/track-02.flac"][:23] == b"sound/speakers/02.flac "
    assert b"May I ask a second one?" in files["index.html"]
    everything = b"".join(files.values())
    assert not any(secret in everything for secret in (b"SECRET", b"Who speaks for the river", b"track-01"))


async def test_nobody_else_takes_it_and_after_three_days_nobody_does(story: Held):
    await packed(story, "Ben")
    link = (await story.get(EXPORT, "Ben")).json()["link"]

    others = [(await story.get(link, name)).status_code for name in ("Ada", "")]
    part = await story.get(link, "Ben", headers={"range": "bytes=0-3"})
    story.place.clock.turn(3 * DAY)
    late = (await story.get(link, "Ben")).status_code, (await story.get(EXPORT, "Ben")).json()
    await story.place.causerie.house.belongings.sweep()

    assert others == [404, 403]
    assert (part.status_code, part.content) == (206, b"PK\x03\x04")
    assert late == (404, {"state": "none"})
    assert not list((story.place.causerie.settings.data / "files/exports").glob("*"))


async def test_it_is_made_once_a_day_and_asked_for_twice_it_is_made_once(story: Held):
    asked = [(await story.post(EXPORT, "Ben")).status_code for _ in range(2)]
    making = (await story.get(EXPORT, "Ben")).json()["state"]
    await story.place.causerie.house.belongings.sweep()
    again = (await story.post(EXPORT, "Ben")).json()["code"]
    story.place.clock.turn(DAY)

    assert (asked, making, again) == ([202, 202], "making", "export.too_soon")
    assert (await story.post(EXPORT, "Ben")).status_code == 202
    await story.place.causerie.house.belongings.sweep()


async def test_a_notice_says_that_it_is_there(story: Held):
    await packed(story, "Ben")
    await story.place.causerie.notices.sweep()

    async with story.place.causerie.database.read() as connection:
        told = await inbox(connection, story.evening.id("Ben"))
    assert "export.ready" in [one.kind for one in told]


async def test_killed_while_it_is_packed_it_is_packed_after_the_restart(story: Held, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("causerie.belongings.packing.page", _killed)
    await story.post(EXPORT, "Ben")
    await story.place.causerie.house.belongings.sweep()
    making = (await story.get(EXPORT, "Ben")).json()["state"]
    left = list((story.place.causerie.settings.data / "exports").glob("*"))
    monkeypatch.undo()
    await story.place.causerie.house.belongings.sweep()

    assert (making, left) == ("making", [])
    assert (await story.get(EXPORT, "Ben")).json()["state"] == "ready"


def _killed(*_: object) -> str:
    raise RuntimeError("the power is gone")


# ---- deleted ----


async def test_who_goes_types_their_name_and_is_signed_out_everywhere(evening: Evening):
    place, ben = evening.place, evening.people["Ben"]
    other, _ = await place.causerie.database.write(lambda tx: accounts.open_session(tx, ben))
    async with place.browser(evening.ben.cookie) as browser, place.browser(f"{SESSION}={other}") as there:
        wrong = (await browser.post(DELETION, json={"name": "Bem"})).json()["code"]
        gone = await browser.post(DELETION, json={"name": "Ben"})
        shown = [(await one.get("/api/v1/me")).json()["person"] for one in (browser, there)]
    await evening.ben.task

    assert (wrong, gone.status_code, shown, evening.ben.closed) == ("account.name", 204, [None, None], 1008)


async def test_who_has_a_way_in_signs_in_once_more_first(place: Place):
    ada, cookie = await place.person("Ada")
    row = {"id": new_id(), "address": "ada@example.org", "person": ada.id, "confirmed_at": 1}
    await place.causerie.database.write(lambda tx: tx.run(insert(emails).values(row)))
    place.clock.turn(LATELY)
    async with place.browser(cookie) as browser:
        before = (await browser.get(DELETION)).json()["sign_in_again"]
        refused = (await browser.post(DELETION, json={"name": "Ada"})).json()["code"]
    fresh, _ = await place.causerie.database.write(lambda tx: accounts.open_session(tx, ada))
    async with place.browser(f"{SESSION}={fresh}") as browser:
        after = (await browser.get(DELETION)).json()["sign_in_again"]
        gone = (await browser.post(DELETION, json={"name": "Ada"})).status_code

    assert (before, refused, after, gone) == (True, "sign_in.again", False, 204)


async def test_a_guest_takes_along_and_goes_as_well(place: Place):
    _, cookie = await place.person("Gwen", guest=True)
    async with place.browser(cookie) as browser:
        asked = (await browser.post(EXPORT, json={})).status_code
        gone = (await browser.post(DELETION, json={"name": "Gwen"})).status_code
    async with place.browser(place.visitor()) as nobody:
        refused = (await nobody.get(EXPORT)).status_code, (await nobody.get(DELETION)).status_code

    assert (asked, gone, refused) == (202, 204, (403, 403))


async def test_a_live_room_goes_on_without_its_host_until_nobody_takes_the_chair(evening: Evening):
    place = evening.place
    async with place.browser(evening.ada.cookie) as browser:
        told = (await browser.get(DELETION)).json()
        gone = (await browser.post(DELETION, json={"name": "Ada"})).status_code
    await evening.ada.task
    await place.causerie.house.belongings.sweep()
    phase = place.state().room.phase
    seats = list(place.state().stage.seats)

    assert (told["live"], gone, phase, seats) == (True, 204, "live", [])
