"""Handing the room over, and who leads when its host is gone: told to pages, kept over a restart, audited."""

from pathlib import Path

import pytest
from sqlalchemy import select

from causerie.clock import MINUTE, SECOND
from causerie.db.tables import audit
from tests.live.conftest import Evening, evening_in
from tests.place import Place, opened


async def audited(place: Place) -> list[str]:
    async with place.causerie.database.read() as connection:
        return list((await connection.execute(select(audit.c.verb).order_by(audit.c.at, audit.c.id))).scalars())


def leads(evening: Evening, place: Place | None = None) -> str:
    host = (place or evening.place).state().room.host
    return next(name for name, person in evening.people.items() if person.id == host)


async def cohost(evening: Evening, *names: str) -> None:
    for name in names:
        await evening.ada.does("role.give", person=evening.id(name), role="cohost")
        evening.place.clock.turn(SECOND)


async def test_the_room_is_handed_over_when_the_other_accepts(evening: Evening):
    await evening.ada.does("room.hand_over", person=evening.id("Ben"))

    stolen = await evening.cho.does("host.accept")
    accepted = await evening.ben.does("host.accept")

    assert (stolen["code"], accepted["type"], leads(evening)) == ("host.not_asked", "ack", "Ben")
    assert evening.ben.events("me")[-4:] == ["me.asked_to_host", "me.asked_to_host", "me.rights", "me.desk"]
    assert (await evening.ada.enter())["me"]["role"] == "cohost"
    assert (await evening.ben.enter())["room"]["host"] == "Ben"
    assert [seat.role for seat in evening.place.state().stage.seats.values()] == ["cohost"]
    assert (await audited(evening.place))[-2:] == ["room.hand_over", "host.handed"]


@pytest.mark.parametrize("name", ["ben", "cho"])
async def test_only_the_host_hands_the_room_over(evening: Evening, name: str):
    await cohost(evening, "Ben")

    told = await getattr(evening, name).does("room.hand_over", person=evening.id("Cho"))

    assert (told["code"], evening.place.state().room.heir) == ("room.may_not", None)


async def test_it_is_handed_to_nobody_who_is_not_here_by_name(evening: Evening):
    visitor = evening.visitor.frames[0]["me"]["person"]

    told = [await evening.ada.does("room.hand_over", person=person) for person in ("nobody", visitor)]

    assert [one["code"] for one in told] == ["stage.not_here", "stage.not_here"]


async def test_half_a_minute_away_changes_nothing(evening: Evening):
    await cohost(evening, "Ben")
    await evening.ada.leave()
    await evening.place.tick(30 * SECOND)
    await evening.place.page(evening.ada.cookie).enter()
    await evening.place.tick(10 * MINUTE)

    assert leads(evening) == "Ada"


async def test_after_two_minutes_the_longest_serving_cohost_leads_and_the_host_who_returns_is_host_again(
    evening: Evening,
):
    await cohost(evening, "Cho", "Ben")
    await evening.ada.leave()

    await evening.place.tick(2 * MINUTE)
    led = leads(evening)
    ended = await evening.cho.does("room.hand_over", person=evening.id("Ben"))
    back = evening.place.page(evening.ada.cookie)
    await back.enter()

    assert (led, ended["type"], leads(evening)) == ("Cho", "ack", "Ada")
    assert (await evening.cho.does("role.take", person=evening.id("Ben")))["code"] == "room.may_not"
    assert {"host.lost", "host.returned"} <= set(await audited(evening.place))


async def test_nobody_in_charge_nobody_new_comes_up_and_a_speaker_who_may_lead_takes_the_chair(evening: Evening):
    for name, page in (("Ben", evening.ben), ("Cho", evening.cho)):
        await evening.ada.does("stage.invite", person=evening.id(name))
        if name == "Ben":
            await page.does("stage.accept")
    await evening.ada.does("role.give", person=evening.id("Ben"), role="may_lead")
    early = await evening.ben.does("chair.take")
    await evening.ada.leave()
    for _ in range(3):  # Cho's invitation shall not run out
        await evening.cho.does("stage.more_time")

    await evening.place.tick(2 * MINUTE)
    accepted = await evening.cho.does("stage.accept")
    refused = await evening.cho.does("chair.take")
    taken = await evening.ben.does("chair.take")

    assert (early["code"], accepted["code"], refused["code"]) == ("chair.taken", "room.no_chair", "room.may_not")
    assert (taken["type"], leads(evening)) == ("ack", "Ben")
    assert (await evening.cho.does("stage.accept"))["type"] == "ack"
    rights = [event for frame in evening.ben.frames if frame["type"] == "events" for event in frame["events"]]
    told = [event["rights"] for event in rights if event["is"] == "me.rights"]
    assert ["chair.take" in one for one in told[-2:]] == [True, False]


async def test_a_site_admin_may_take_the_chair_and_is_seen(evening: Evening):
    admin, cookie = await evening.place.person("Max", admin=True)
    page = evening.place.page(cookie)
    await page.enter()
    await evening.ada.leave()
    await evening.place.tick(2 * MINUTE)

    assert (await page.does("chair.take"))["type"] == "ack"
    assert evening.place.state().room.host == admin.id
    assert "host.changed" in evening.visitor.events("room")


async def test_without_anybody_the_room_is_warned_and_ends(evening: Evening):
    await evening.ada.leave()

    await evening.place.tick(2 * MINUTE)
    await evening.place.tick(8 * MINUTE)
    warned = evening.ben.events("room")
    await evening.place.tick(2 * MINUTE - SECOND)
    before = evening.place.state().room.phase
    await evening.place.tick(SECOND)

    assert [told for told in warned if "speaker" not in told][-2:] == ["chair.empty", "room.ending"]
    assert (before, evening.place.state().room.phase) == ("live", "ended")
    assert evening.place.state().stage.seats == {}


async def test_after_a_kill_everybody_has_a_full_span_and_who_led_for_a_lost_host_still_does(
    tmp_path: Path, database_url: str
):
    async with opened(tmp_path, url=database_url) as place:
        evening = await evening_in(place)
        await cohost(evening, "Ben")
        await evening.ada.leave()
        await place.tick(2 * MINUTE)
        await evening.ben.does("room.hand_over", person=evening.id("Cho"))

        place.killed = True
        async with opened(tmp_path, url=database_url) as again:
            again.clock.turn(MINUTE * 10)
            await again.causerie.rooms.open()
            found = again.state().room
            assert (leads(evening, again), found.heir_name, found.lost_host_name) == ("Ben", "Cho", "Ada")
            await again.tick(2 * MINUTE - SECOND)
            assert again.state().room.chair_empty_since is None
            await again.tick(SECOND)
            assert again.state().room.chair_empty_since == again.clock.now()
            await again.page(evening.ada.cookie).enter()
            assert leads(evening, again) == "Ada"
