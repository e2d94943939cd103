"""What those who run the place do with people, rooms, groups and bans: with a reason, at once, and to be undone."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import select, update

from causerie.accounts import actions as accounts
from causerie.accounts import emails
from causerie.accounts.handles import take_handle
from causerie.clock import DAY, MINUTE
from causerie.db.tables import audit
from causerie.rooms.models import rooms
from tests.live.conftest import Evening
from tests.place import Place
from tests.web.test_home import statements

WHY = "Insults from the stage"


async def asked(place: Place, cookie: str, method: str, path: str, said: Any = None, **more: Any) -> Any:
    """The status, and what was answered."""
    body = {"json": said if said is not None else {}} if method != "GET" else {}
    async with place.browser(cookie) as browser:
        answer = await browser.request(method, f"/api/v1{path}", **body, **more)
    return answer.status_code, answer.json() if answer.content else None


async def root(place: Place) -> str:
    """The cookie of somebody who runs this place."""
    return (await place.person("Root", admin=True))[1]


async def deeds(place: Place, *verbs: str) -> list[tuple[str, str | None]]:
    """What was done with power, and why."""
    async with place.causerie.database.read() as connection:
        wanted = select(audit.c.verb, audit.c.reason).where(audit.c.verb.in_(verbs)).order_by(audit.c.id)
        return [tuple(row) for row in await connection.execute(wanted)]


# ---- people ----


async def test_people_are_found_by_name_handle_and_whole_address(place: Place):
    jeanne, _ = await place.person("Jeanne Morel")
    await place.person("Ben")

    async def written(tx: Any) -> None:
        await take_handle(tx, jeanne.id, "jmorel")
        await emails.confirm(tx, "jeanne@loire.example", jeanne.id)

    await place.causerie.database.write(written)
    cookie = await root(place)

    async def found(**said: str) -> list[str]:
        _, told = await asked(place, cookie, "GET", "/admin/people", params=said)
        return [one["name"] for one in told["found"]]

    assert await found(said="jeanne m") == ["Jeanne Morel"]
    assert await found(said="@jmorel") == await found(said="Jeanne@Loire.example") == ["Jeanne Morel"]
    assert await found(said="jeanne@loire") == await found(said="%") == await found(said="jmor") == []
    assert await found(only="admins") == ["Root"]
    assert await found() == ["Root", "Ben", "Jeanne Morel"]


async def test_people_come_a_page_at_a_time_under_the_same_number_of_statements(place: Place):
    cookie = await root(place)

    async def told(**said: str) -> Any:
        return (await asked(place, cookie, "GET", "/admin/people", params=said))[1]

    async def cost() -> int:
        with statements(place.causerie.database) as made:
            await told()
        return len(made)

    before = await cost()
    for n in range(52):
        await place.person(f"Person {n:02}")

    first = await told(said="person")
    rest = await told(said="person", before=first["next"])

    assert await cost() == before
    names = [one["name"] for one in first["found"] + rest["found"]]
    assert names == [f"Person {n:02}" for n in reversed(range(52))]
    assert rest["next"] is None


async def test_who_is_suspended_is_out_at_once_and_not_let_in_again(place: Place, evening: Evening):
    cookie, ben = await root(place), evening.id("Ben")
    await evening.ada.does("stage.invite", person=ben)
    await evening.ben.does("stage.accept")
    seated = ben in place.state().stage.seats

    status, made = await asked(
        place, cookie, "POST", f"/admin/people/{ben}/suspension", {"reason": f" {WHY} ", "days": 7}
    )
    await evening.ben.task

    assert (seated, status, made["reason"], made["until"]) == (True, 201, WHY, place.clock.now() + 7 * DAY)
    assert evening.ben.closed == 1008
    assert ben not in place.state().stage.seats
    assert (await asked(place, evening.ben.cookie, "GET", "/me"))[1]["person"] is None
    again = place.page(evening.ben.cookie)
    await again.task
    assert again.closed == 403
    assert await deeds(place, "person.suspend") == [("person.suspend", WHY)]
    found = (await asked(place, cookie, "GET", "/admin/people", params={"only": "suspended"}))[1]["found"]
    assert [(one["name"], one["suspension"]["reason"]) for one in found] == [("Ben", WHY)]


async def test_the_host_of_a_live_room_who_is_suspended_leaves_the_chair(place: Place, evening: Evening):
    await evening.ada.does("role.give", person=evening.id("Ben"), role="cohost")

    await asked(place, await root(place), "POST", f"/admin/people/{evening.id('Ada')}/suspension", {"reason": WHY})
    await evening.ada.task
    await place.tick(3 * MINUTE)

    assert place.state().room.host == evening.id("Ben")
    assert evening.id("Ada") not in place.state().stage.seats


async def link_of(place: Place, person: Any) -> str:
    return (await place.causerie.database.write(lambda tx: accounts.person_link(tx, person)))[0]


async def test_at_the_door_they_read_why_and_until_when_and_answer_to_it(place: Place, evening: Evening):
    cookie, ben = await root(place), evening.id("Ben")
    _, made = await asked(place, cookie, "POST", f"/admin/people/{ben}/suspension", {"reason": WHY, "days": 7})
    token = await link_of(place, ben)

    status, told = await asked(place, place.visitor(), "POST", f"/sign-in/{token}", {"token": token})
    at_door = told["suspension"]
    appeal = {"paper": at_door["paper"], "text": "It was my brother."}
    answered = [(await asked(place, "", "POST", "/suspension/appeal", appeal))[0] for _ in range(2)]
    forged = {**appeal, "paper": at_door["paper"][:-1] + ("0" if at_door["paper"][-1] != "0" else "1")}

    assert (status, told["code"]) == (403, "account.suspended")
    assert (at_door["reason"], at_door["until"], at_door["may_appeal"]) == (WHY, made["until"], True)
    assert answered == [201, 409]
    assert (await asked(place, "", "POST", "/suspension/appeal", forged))[0] == 404
    _, waiting = await asked(place, cookie, "GET", "/admin/appeals")
    assert [(one["name"], one["text"], one["decision"]["reason"]) for one in waiting["found"]] == [
        ("Ben", "It was my brother.", WHY)
    ]

    id = waiting["found"][0]["id"]
    granted = await asked(
        place, cookie, "PUT", f"/admin/appeals/{id}/answer", {"granted": True, "text": "We believe you."}
    )
    again = await asked(place, cookie, "PUT", f"/admin/appeals/{id}/answer", {"granted": False, "text": "No."})
    status, told = await asked(place, place.visitor(), "POST", f"/sign-in/{token}", {"token": token})

    assert (granted, again[0], status, told["person"]["name"]) == ((204, None), 404, 200, "Ben")
    assert await deeds(place, "appeal.grant", "person.unsuspend") == [
        ("appeal.grant", "We believe you."),
        ("person.unsuspend", "We believe you."),
    ]


async def test_a_suspension_is_over_by_itself_or_taken_back(place: Place, evening: Evening):
    cookie, ben = await root(place), evening.id("Ben")
    for days, later in ((1, DAY), (None, 0)):
        _, made = await asked(place, cookie, "POST", f"/admin/people/{ben}/suspension", {"reason": WHY, "days": days})
        place.clock.turn(later)
        cookie = (await place.person(f"Root {days}", admin=True))[1]
        if days is None:
            undone = await asked(place, cookie, "POST", f"/admin/decisions/{made['id']}/undo", {"reason": "A mistake"})
            assert undone == (204, None)
        token = await link_of(place, ben)
        status, _ = await asked(place, place.visitor(), "POST", f"/sign-in/{token}", {"token": token})
        assert status == 200


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"reason": " "}, "reason.needed"),
        ({"reason": "x" * 501}, "reason.needed"),
        ({}, "body.invalid"),
        ({"reason": WHY, "days": 0}, "body.invalid"),
        ({"reason": WHY, "days": 100_000}, "body.invalid"),
        ({"reason": WHY, "until": 5}, "body.invalid"),
    ],
)
async def test_a_suspension_without_reason_or_measure_is_refused(
    place: Place, evening: Evening, said: dict[str, Any], code: str
):
    path = f"/admin/people/{evening.id('Ben')}/suspension"

    status, told = await asked(place, await root(place), "POST", path, said)

    assert (status, told["code"]) == (422, code)
    assert (await asked(place, evening.ben.cookie, "GET", "/me"))[1]["person"]["name"] == "Ben"


async def test_nobody_suspends_themselves_a_guest_or_twice(place: Place, evening: Evening):
    me, cookie = await place.person("Root", admin=True)
    guest, _ = await place.person("Gil", guest=True)

    async def tried(id: str) -> str:
        _, told = await asked(place, cookie, "POST", f"/admin/people/{id}/suspension", {"reason": WHY})
        return told.get("code", "done")

    ben = evening.id("Ben")
    assert [await tried(id) for id in (me.id, guest.id, ben, ben, "01AAAAAAAAAAAAAAAAAAAAAAAA")] == [
        "account.oneself",
        "person.unknown",
        "done",
        "account.suspended_already",
        "person.unknown",
    ]


async def test_what_is_dangerous_is_asked_of_who_signed_in_lately(place: Place, evening: Evening):
    cookie = await root(place)
    place.clock.turn(11 * MINUTE)
    ben = evening.id("Ben")

    paths = [f"/admin/people/{ben}/suspension", "/admin/rooms/sparrows/end", f"/admin/groups/{ben}/suspension"]
    paths.append(f"/people/{ben}/link")
    codes = [(await asked(place, cookie, "POST", path, {"reason": WHY}))[1]["code"] for path in paths]

    assert codes == ["sign_in.again"] * 4
    assert (await asked(place, cookie, "GET", "/admin/audit"))[1]["code"] == "sign_in.again"
    assert place.state().room.phase == "live"
    assert await deeds(place, "person.suspend", "room.end", "person.link") == []


# ---- rooms ----


async def test_rooms_are_found_live_ones_first_with_what_was_reported(place: Place, evening: Evening):
    cookie = await root(place)
    ada = evening.people["Ada"]
    await place.room(ada, "Owls", starts_at=place.clock.now() + DAY)
    await place.room(evening.people["Ada"], "Wrens", visibility="unlisted")
    await asked(place, evening.cho.cookie, "POST", "/rooms/sparrows/reports", {"about": "room", "grounds": "spam"})

    async def found(**said: str) -> list[Any]:
        _, told = await asked(place, cookie, "GET", "/admin/rooms", params=said)
        return [(one["title"], one["phase"], one["reports"]) for one in told["found"]]

    assert await found() == [("Sparrows", "live", 1), ("Wrens", "scheduled", 0), ("Owls", "scheduled", 0)]
    assert await found(said="ow") == [("Owls", "scheduled", 0)]
    assert len(await found(said="Ada")) == 3
    assert await found(stage="live") == [("Sparrows", "live", 1)]
    assert await found(stage="over") == []


async def test_however_many_rooms_are_live_each_is_found_once(
    place: Place, evening: Evening, monkeypatch: pytest.MonkeyPatch
):
    cookie = await root(place)
    for title in ("Owls", "Wrens"):
        room = await place.room(evening.people["Ada"], title)
        if title == "Owls":
            began = update(rooms).where(rooms.c.id == room.id).values(started_at=place.clock.now())
            await place.causerie.database.write(lambda tx, began=began: tx.run(began))
    for module in ("rooms", "shapes"):
        monkeypatch.setattr(f"causerie.web.admin.{module}.PAGE", 1)

    found, before = list[list[str]](), ""
    while before is not None:
        _, told = await asked(place, cookie, "GET", "/admin/rooms", params={"before": before})
        found.append([one["title"] for one in told["found"]])
        before = told["next"]

    assert found == [["Owls"], ["Sparrows"], ["Wrens"]]


async def test_rooms_cost_the_same_however_many_there_are(place: Place, evening: Evening):
    cookie = await root(place)

    async def cost() -> int:
        with statements(place.causerie.database) as made:
            await asked(place, cookie, "GET", "/admin/rooms")
        return len(made)

    before = await cost()
    for n in range(3):
        await place.room(evening.people["Ada"], f"Owls {n}")

    assert await cost() == before


async def test_a_live_room_is_ended_and_its_host_reads_why(place: Place, evening: Evening):
    answer = await asked(place, await root(place), "POST", "/admin/rooms/sparrows/end", {"reason": WHY})

    _, told = await asked(place, evening.ada.cookie, "GET", "/me/decisions")
    assert (answer, place.state().room.phase) == ((204, None), "ended")
    assert [(one["kind"], one["title"], one["path"], one["reason"], one["final"]) for one in told] == [
        ("room.end", "Sparrows", "/r/sparrows", WHY, True)
    ]
    assert await deeds(place, "room.end") == [("room.end", WHY)]
    again = await asked(place, await root_again(place), "POST", "/admin/rooms/sparrows/end", {"reason": WHY})
    assert again[1]["code"] == "room.ended"


async def root_again(place: Place) -> str:
    return (await place.person("Second", admin=True))[1]


async def test_a_room_is_taken_off_the_lists_and_its_host_cannot_undo_that(place: Place, evening: Evening):
    cookie = await root(place)
    await place.room(evening.people["Ada"], "Owls", starts_at=place.clock.now() + DAY)
    await evening.ada.enter("owls")

    hidden = await asked(place, cookie, "POST", "/admin/rooms/owls/hide", {"reason": WHY})
    plan = {"title": "Owls", "description": "", "language": "en", "visibility": "public"}
    refused = await evening.ada.does("room.plan", **plan)
    _, home = await asked(place, place.visitor(), "GET", "/home")
    _, [decision] = await asked(place, evening.ada.cookie, "GET", "/me/decisions")
    shown = await asked(place, cookie, "POST", f"/admin/decisions/{decision['id']}/undo", {"reason": "All is well"})
    _, after = await asked(place, place.visitor(), "GET", "/home")

    assert (hidden, shown) == ((204, None), (204, None))
    assert refused["code"] == "room.hidden"
    assert ([one["title"] for one in home["soon"]], [one["title"] for one in after["soon"]]) == ([], ["Owls"])
    assert await deeds(place, "room.hide", "room.show") == [("room.hide", WHY), ("room.show", "All is well")]


# ---- bans ----


async def test_bans_of_all_rooms_are_read_and_ended_with_a_reason(place: Place, evening: Evening):
    cookie = await root(place)
    for name in ("Ben", "Cho"):
        await evening.ada.does("room.ban", person=evening.id(name), reason="shouts", hours=None, network=False)

    _, told = await asked(place, cookie, "GET", "/admin/bans")
    _, ben = await asked(place, cookie, "GET", "/admin/bans", params={"said": "Ben"})
    id = ben["found"][0]["id"]
    refused = await asked(place, cookie, "POST", f"/admin/bans/{id}/end", {"reason": ""})
    ended = [await asked(place, cookie, "POST", f"/admin/bans/{id}/end", {"reason": "Long ago"}) for _ in range(2)]
    _, left = await asked(place, cookie, "GET", "/admin/bans")

    assert [(one["name"], one["title"], one["by"], one["reason"]) for one in told["found"]] == [
        ("Cho", "Sparrows", "Ada", "shouts"),
        ("Ben", "Sparrows", "Ada", "shouts"),
    ]
    assert (refused[1]["code"], [status for status, _ in ended]) == ("reason.needed", [204, 404])
    assert [one["name"] for one in left["found"]] == ["Cho"]
    assert "network" in told["found"][0]
    assert await deeds(place, "room.unban") == [("room.unban", "Long ago")]
    assert (await place.page(evening.ben.cookie).enter())["type"] == "snapshot"


async def test_bans_cost_the_same_however_many_there_are(place: Place, evening: Evening):
    cookie = await root(place)

    async def cost() -> int:
        with statements(place.causerie.database) as made:
            await asked(place, cookie, "GET", "/admin/bans")
        return len(made)

    before = await cost()
    for name in ("Ben", "Cho"):
        await evening.ada.does("room.ban", person=evening.id(name), reason="", hours=1, network=False)

    assert await cost() == before


# ---- groups ----


async def group_of_ada(place: Place, evening: Evening) -> Any:
    said = {"name": "River people", "handle": "river", "description": "", "private": False, "joining": "open"}
    status, made = await asked(place, evening.ada.cookie, "POST", "/groups", said)
    assert status == 201, made
    return made


async def test_a_group_is_shut_and_opened_again(place: Place, evening: Evening):
    cookie = await root(place)
    await group_of_ada(place, evening)
    _, told = await asked(place, cookie, "GET", "/admin/groups", params={"said": "river"})
    [one] = told["found"]

    status, made = await asked(place, cookie, "POST", f"/admin/groups/{one['id']}/suspension", {"reason": WHY})
    shut = [(await asked(place, who, "GET", "/groups/river"))[0] for who in (evening.ada.cookie, place.visitor())]
    _, only = await asked(place, cookie, "GET", "/admin/groups", params={"only": "suspended"})
    twice = await asked(place, cookie, "POST", f"/admin/groups/{one['id']}/suspension", {"reason": WHY})
    await asked(place, cookie, "POST", f"/admin/decisions/{made['decision']}/undo", {"reason": "Mended"})

    assert (one["owner"], one["members"], status, shut) == ("Ada", 1, 201, [404, 404])
    assert ([group["handle"] for group in only["found"]], twice[1]["code"]) == (["river"], "group.shut")
    assert (await asked(place, evening.ada.cookie, "GET", "/groups/river"))[0] == 200
    assert await deeds(place, "group.suspend", "group.unsuspend") == [
        ("group.suspend", WHY),
        ("group.unsuspend", "Mended"),
    ]


async def test_rooms_of_a_group_that_is_shut_are_for_who_leads_them(place: Place, evening: Evening):
    cookie = await root(place)
    await group_of_ada(place, evening)
    await asked(place, evening.ada.cookie, "POST", "/rooms", {"title": "Owls", "group": "river"})
    await evening.cho.enter("owls")
    _, told = await asked(place, cookie, "GET", "/admin/groups")

    await asked(place, cookie, "POST", f"/admin/groups/{told['found'][0]['id']}/suspension", {"reason": WHY})
    await evening.cho.task

    assert evening.cho.closed == 4002
    assert (await asked(place, evening.ben.cookie, "GET", "/rooms/owls"))[0] == 404
    assert (await asked(place, evening.ada.cookie, "GET", "/rooms/owls"))[0] == 200


async def test_a_group_is_taken_away_in_a_week(place: Place, evening: Evening):
    cookie = await root(place)
    await group_of_ada(place, evening)
    _, told = await asked(place, cookie, "GET", "/admin/groups")
    path = f"/admin/groups/{told['found'][0]['id']}/deletion"

    status, _ = await asked(place, cookie, "POST", path, {"reason": WHY, "with_rooms": True})
    undo = await asked(place, evening.ada.cookie, "DELETE", "/groups/river/deletion")
    _, after = await asked(place, cookie, "GET", "/admin/groups")

    assert (status, undo[0]) == (201, 404)
    assert after["found"][0]["goes_at"] == place.clock.now() + 7 * DAY
    assert [one["kind"] for one in (await asked(place, evening.ada.cookie, "GET", "/me/decisions"))[1]] == [
        "group.delete"
    ]


async def test_groups_cost_the_same_however_many_there_are(place: Place, evening: Evening):
    cookie = await root(place)

    async def cost() -> int:
        with statements(place.causerie.database) as made:
            await asked(place, cookie, "GET", "/admin/groups")
        return len(made)

    before = await cost()
    await group_of_ada(place, evening)

    assert await cost() == before


@pytest.mark.parametrize("role", ["owner", "admin", "moderator", "member"])
async def test_who_looks_after_a_group_that_is_shut_is_out_of_its_rooms_until_it_is_open_again(
    place: Place, evening: Evening, role: str
):
    cookie, cho = await root(place), evening.cho.cookie
    who = evening.cho if role == "owner" else evening.ben
    said = {"name": "River people", "handle": "river", "description": "", "private": False, "joining": "open"}
    assert (await asked(place, cho, "POST", "/groups", said))[0] == 201
    charter = {"opens": "everybody", "recording": "each"}
    assert (await asked(place, cho, "PUT", "/groups/river/charter", charter))[0] == 204
    if role != "owner":
        await asked(place, who.cookie, "POST", "/groups/river/join", {"line": ""})
        given = {"role": role}
        assert (await asked(place, cho, "PUT", f"/groups/river/members/{evening.id('Ben')}/role", given))[0] == 204
    for title in ("Owls", "Later"):
        assert (await asked(place, evening.ada.cookie, "POST", "/rooms", {"title": title, "group": "river"}))[0] == 201
    before = (await who.enter("owls"))["desk"] is not None
    _, told = await asked(place, cookie, "GET", "/admin/groups")

    _, made = await asked(place, cookie, "POST", f"/admin/groups/{told['found'][0]['id']}/suspension", {"reason": WHY})
    await asyncio.wait_for(who.task, 5)
    again = [(await place.page(who.cookie).enter(room))["code"] for room in ("owls", "later")]
    seen = [(await asked(place, who.cookie, "GET", f"/rooms/{room}"))[0] for room in ("owls", "later")]
    tagged = [await asked(place, who.cookie, "PUT", f"/rooms/{one}/tags", {"tags": []}) for one in ("owls", "later")]
    opened = await asked(place, who.cookie, "POST", "/rooms", {"title": "Mine", "group": "river"})
    await asked(place, cookie, "POST", f"/admin/decisions/{made['decision']}/undo", {"reason": "Mended"})
    after = (await place.page(who.cookie).enter("owls"))["desk"] is not None

    assert (who.closed, again, seen) == (4002, ["room.unknown"] * 2, [404, 404])
    assert [(status, said["code"]) for status, said in tagged] == [(404, "room.unknown")] * 2
    assert opened[0] in (403, 404)
    assert before == after == (role in ("owner", "admin"))  # a moderator only stands in
