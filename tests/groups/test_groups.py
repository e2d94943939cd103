"""Groups as they are lived in: founded, joined, looked after, handed on, deleted; on both databases."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from sqlalchemy import func, insert, select

from causerie.accounts.models import people
from causerie.accounts.people import Person
from causerie.clock import DAY, HOUR, HandClock
from causerie.db import Database
from causerie.db.tables import audit
from causerie.errors import Refusal
from causerie.groups import actions, invitations, queries, roll
from causerie.groups.charter import Charter
from causerie.groups.models import group_asks, group_bans, group_covers, group_invitations, groups, memberships
from causerie.groups.rules import Circle
from causerie.ids import PersonId
from causerie.rooms.actions import open_room
from tests.hall import ADA, BEN, CHO, DEE, ada, ben, cho, dee, gus
from tests.stored import with_people_and


class Circles:
    """A database with Ada's group `loire`, and what people do there."""

    def __init__(self, database: Database, clock: HandClock) -> None:
        self.database, self.clock = database, clock

    async def does(self, action: Callable[..., Any], by: Person | None, handle: str = "loire", **more: Any) -> Any:
        """What came of it, or the code it was refused with."""
        try:
            return (await self.database.write(partial(action, by=by, handle=handle, **more)))[0]
        except Refusal as refusal:
            return refusal.code

    async def found(self, by: Person | None = ada, handle: str = "loire", **more: Any) -> Any:
        return await self.does(actions.found, by, handle, name=more.pop("name", "Les Amis"), **more)

    async def roles(self, handle: str = "loire") -> dict[str, str]:
        group, _ = await self.at(handle)
        async with self.database.read() as connection:
            return {member.person: member.role for member in await roll.members(connection, group.id)}

    async def at(self, handle: str = "loire", person: PersonId | None = None) -> Any:
        async with self.database.read() as connection:
            return await queries.group_at(connection, handle, person)

    async def verbs(self) -> list[tuple[str, str, str | None]]:
        async with self.database.read() as connection:
            rows = await connection.execute(select(audit.c.verb, audit.c.actor, audit.c.subject).order_by(audit.c.id))
        return [tuple(row) for row in rows]


@pytest.fixture
async def circles(database: Database, clock: HandClock) -> Circles:
    await with_people_and(database)
    made = Circles(database, clock)
    await made.found()
    return made


async def test_who_founds_a_group_owns_it(circles: Circles):
    group, standing = await circles.at(person=ADA)

    assert (group.handle, group.name, group.charter, group.charter_version) == ("loire", "Les Amis", Charter(), 1)
    assert (standing.role, await circles.roles()) == ("owner", {ADA: "owner"})
    assert await circles.verbs() == [("group.found", ADA, None)]


async def test_what_is_refused_at_the_founding(circles: Circles):
    refusals = [
        await circles.found(gus, "gus-group"),
        await circles.found(None, "nobody"),
        await circles.found(ben),
        await circles.found(ben, "Loire"),
        await circles.found(ben, "admin"),
        await circles.found(ben, "empty", name=" \u200b "),
        await circles.found(ben, "long", name="x" * 61),
        await circles.found(ben, "bees", description="x" * 1001),
    ]

    assert refusals == [
        "group.account",
        "group.account",
        "group.taken",
        "group.handle",
        "group.reserved",
        "name.length",
        "name.length",
        "group.description",
    ]
    assert await circles.verbs() == [("group.found", ADA, None)]


async def test_nobody_owns_more_groups_than_one_can(circles: Circles):
    for number in range(9):
        await circles.found(ada, f"loire-{number}")

    assert await circles.found(ada, "one-more") == "group.too_many"


async def test_an_open_group_is_joined_at_once_and_twice_is_once(circles: Circles):
    joined = [await circles.does(actions.join, ben), await circles.does(actions.join, ben)]

    assert (joined, await circles.roles()) == ([True, True], {ADA: "owner", BEN: "member"})


async def test_who_asks_is_let_in_or_not_by_those_who_look_after_it(circles: Circles):
    await circles.does(actions.edit, ada, name="L", description="", private=False, joining="request", hidden_list=False)
    asked = [await circles.does(actions.join, who, line=f"I am  {who.name}") for who in (ben, cho)]
    group, _ = await circles.at()
    async with circles.database.read() as connection:
        waiting = [(ask.name, ask.line) for ask in await roll.asks(connection, group.id)]

    answered = [
        await circles.does(actions.answer, cho, person=BEN, let_in=True),
        await circles.does(actions.answer, ada, person=BEN, let_in=True),
        await circles.does(actions.answer, ada, person=CHO, let_in=False),
        await circles.does(actions.answer, ada, person=CHO, let_in=True),
    ]

    assert (asked, waiting) == ([False, False], [("Ben", "I am Ben"), ("Cho", "I am Cho")])
    assert answered == ["group.may_not", None, None, "group.ask_unknown"]
    assert await circles.roles() == {ADA: "owner", BEN: "member"}
    assert await circles.does(actions.join, cho) == "group.declined"
    circles.clock.turn(7 * DAY)
    assert await circles.does(actions.join, cho) is False


async def test_a_request_is_taken_back(circles: Circles):
    await circles.does(actions.edit, ada, name="L", description="", private=False, joining="request", hidden_list=False)
    await circles.does(actions.join, ben)

    await circles.does(actions.stop_asking, ben)

    assert (await circles.at(person=BEN))[1].asked_at is None
    assert await circles.does(actions.answer, ada, person=BEN, let_in=True) == "group.ask_unknown"


async def invited(circles: Circles, **more: Any) -> str:
    return (await circles.does(actions.invite, ada, **{"lasts": DAY, "uses": 1, **more}))[1]


async def used(circles: Circles, by: Person | None, token: str) -> str:
    try:
        return (await circles.database.write(partial(actions.use, by=by, token=token)))[0].handle
    except Refusal as refusal:
        return refusal.code


async def test_an_invitation_lets_in_so_many_and_no_more(circles: Circles):
    token = await invited(circles)

    came = [await used(circles, who, token) for who in (gus, ada, ben, ben, cho)]

    assert came == ["group.account", "loire", "loire", "group.invitation_unknown", "group.invitation_unknown"]
    assert await circles.roles() == {ADA: "owner", BEN: "member"}


async def test_of_two_who_use_the_last_of_an_invitation_at_once_one_comes_in(circles: Circles):
    token = await invited(circles)

    came = await asyncio.gather(used(circles, ben, token), used(circles, cho, token))

    assert (sorted(came), len(await circles.roles())) == (["group.invitation_unknown", "loire"], 2)


async def test_of_two_programs_at_once_the_last_use_is_one_persons(circles: Circles):
    if circles.database.sqlite:
        pytest.skip("One program has a SQLite database.")
    token = await invited(circles)
    again = Database(circles.database.url.render_as_string(hide_password=False), circles.clock)
    await again.open()

    came = await asyncio.gather(used(circles, ben, token), used(Circles(again, circles.clock), cho, token))
    await again.close()

    assert sorted(came) == ["group.invitation_unknown", "loire"]
    assert len(await circles.roles()) == 2


async def test_an_invitation_runs_out_and_is_taken_back(circles: Circles):
    short, long = await invited(circles, lasts=HOUR), await invited(circles)
    circles.clock.turn(HOUR)
    group, _ = await circles.at()
    async with circles.database.read() as connection:
        left = await invitations.good_ones(connection, group.id, now=circles.clock.now())

    taken = [await circles.does(actions.take_back, ada, id=left[0].id) for _ in range(2)]

    assert (len(left), taken) == (1, [None, "group.invitation_unknown"])
    assert [await used(circles, ben, token) for token in (short, long, "nothing")] == ["group.invitation_unknown"] * 3


@pytest.mark.parametrize("wrong", [{"lasts": 0}, {"lasts": 91 * DAY}, {"uses": 0}, {"uses": 1001}])
async def test_what_is_no_invitation(circles: Circles, wrong: dict[str, int]):
    told = await circles.does(actions.invite, ada, **{"lasts": DAY, "uses": 1, **wrong})

    assert told == "group.invitation"


async def test_an_invitation_of_one_group_is_not_anothers_to_take_back(circles: Circles):
    await circles.found(ben, "bees")
    await invited(circles)
    group, _ = await circles.at()
    async with circles.database.read() as connection:
        (made,) = await invitations.good_ones(connection, group.id, now=circles.clock.now())

    told = await circles.does(actions.take_back, ben, "bees", id=made.id)

    assert told == "group.invitation_unknown"


async def with_roles(circles: Circles) -> None:
    """Ada owns it, Ben is admin, Cho a moderator, Dee a member."""
    for who in (ben, cho, dee):
        await circles.does(actions.join, who)
    await circles.does(actions.give_role, ada, person=BEN, role="admin")
    await circles.does(actions.give_role, ada, person=CHO, role="moderator")


async def test_roles_are_given_below_oneself_and_laid_down(circles: Circles):
    await with_roles(circles)

    told = [
        await circles.does(actions.give_role, ben, person=DEE, role="moderator"),
        await circles.does(actions.give_role, ben, person=DEE, role="admin"),
        await circles.does(actions.give_role, ben, person=ADA, role="member"),
        await circles.does(actions.give_role, cho, person=DEE, role="member"),
        await circles.does(actions.give_role, ada, person=ADA, role="member"),
        await circles.does(actions.give_role, ada, person=PersonId("gus"), role="member"),
        await circles.does(actions.give_role, cho, person=CHO, role="admin"),
        await circles.does(actions.give_role, cho, person=CHO, role="member"),
    ]

    given = [None if type(one) is str and "." not in one else one for one in told]
    assert given == [
        None,
        "group.rank",
        "group.rank",
        "group.may_not",
        "group.owner_stays",
        "group.member_unknown",
        "group.rank",
        None,
    ]
    assert await circles.roles() == {ADA: "owner", BEN: "admin", DEE: "moderator", CHO: "member"}


async def test_to_who_is_banned_the_group_is_not_there_until_it_is_lifted(circles: Circles):
    await with_roles(circles)

    refusals = [
        await circles.does(actions.ban, ben, person=ADA, reason="Shouts."),
        await circles.does(actions.ban, dee, person=CHO, reason="Shouts."),
        await circles.does(actions.ban, ben, person=DEE, reason="x" * 201),
        await circles.does(actions.ban, ben, person=PersonId("nobody"), reason="Shouts."),
    ]
    await circles.does(actions.ban, ben, person=DEE, reason="Shouts.")
    met = [await circles.does(actions.join, dee), await used(circles, dee, await invited(circles))]
    lifted = [await circles.does(actions.unban, ben, person=DEE) for _ in range(2)]

    assert refusals == ["group.rank", "group.may_not", "group.reason", "group.member_unknown"]
    assert met == ["group.unknown", "group.invitation_unknown"]
    assert lifted[1] == "group.ban_unknown"
    assert await circles.does(actions.join, dee) is True
    assert ("group.ban", BEN, DEE) in await circles.verbs()


async def test_members_are_removed_and_leave_but_not_the_owner(circles: Circles):
    await with_roles(circles)

    told = [await circles.does(actions.remove, ben, person=person) for person in (DEE, ADA, DEE)]
    left = [await circles.does(actions.leave, who) for who in (cho, ada)]

    assert (told[1:], left[1]) == (["group.rank", "group.member_unknown"], "group.owner_stays")
    assert await circles.roles() == {ADA: "owner", BEN: "admin"}


async def test_a_group_is_handed_on_by_an_offer_that_is_accepted(circles: Circles):
    await with_roles(circles)

    before = [
        await circles.does(actions.accept, dee),
        await circles.does(actions.offer, ben, person=DEE),
        await circles.does(actions.offer, ada, person=PersonId("nobody")),
        await circles.does(actions.offer, ada, person=DEE),
        await circles.does(actions.accept, ben),
    ]
    between = await circles.roles()
    accepted = await circles.does(actions.accept, dee)

    assert before == ["group.not_asked", "group.may_not", "group.member_unknown", None, "group.not_asked"]
    assert (between[ADA], accepted) == ("owner", (await circles.at())[0].id)
    assert await circles.roles() == {DEE: "owner", ADA: "admin", BEN: "admin", CHO: "moderator"}
    assert (await circles.at())[0].heir is None


async def test_who_is_asked_can_decline_and_who_leaves_is_not_asked_any_more(circles: Circles):
    await with_roles(circles)
    await circles.does(actions.offer, ada, person=DEE)
    declined = await circles.does(actions.decline, dee)
    await circles.does(actions.offer, ada, person=CHO)
    await circles.does(actions.leave, cho)

    assert (declined, (await circles.at())[0].heir) == (None, None)
    assert await circles.does(actions.accept, cho) == "group.not_asked"


async def test_a_private_group_is_there_for_members_alone_and_stays_private(circles: Circles):
    same = {"name": "L", "description": "", "joining": "open", "hidden_list": False}
    await circles.does(actions.join, ben)
    await circles.does(actions.edit, ada, private=True, **same)

    told = [await circles.does(actions.join, who) for who in (ben, cho)]
    back = await circles.does(actions.edit, ada, private=False, **same)

    assert (told, back) == ([True, "group.unknown"], "group.stays_private")
    assert (await circles.at())[0].joining == "invited"


async def test_another_charter_is_another_version(circles: Circles):
    charter = Charter("members", "off", "22:30", "07:00", "Europe/Paris", "Thursdays.")

    for _ in range(2):
        await circles.does(actions.set_charter, ada, charter=charter)

    group, _ = await circles.at()
    assert (group.charter, group.charter_version) == (charter, 2)


async def test_a_room_is_held_in_a_group_as_its_charter_says(circles: Circles):
    async def opened(host: Person, **more: Any) -> Any:
        try:
            return (await circles.database.write(lambda tx: open_room(tx, host, title="R", group="loire", **more)))[0]
        except Refusal as refusal:
            return refusal.code

    await circles.does(actions.join, ben)
    before = await opened(ben)
    await circles.does(actions.set_charter, ada, charter=Charter("members", "condition"))
    room, chosen, stranger = await opened(ben), await opened(ben, recording="off"), await opened(cho)

    assert (before, stranger) == ("group.opens", "group.opens")
    assert (room.group_handle, room.settings.recording, chosen.settings.recording) == ("loire", "condition", "off")
    assert room.visibility == "public"


async def test_a_room_of_a_private_group_has_a_name_nobody_guesses(circles: Circles):
    same = {"name": "L", "description": "", "joining": "open", "hidden_list": False}
    await circles.does(actions.edit, ada, private=True, **same)

    room, _ = await circles.database.write(lambda tx: open_room(tx, ada, title="Sparrows", group="loire"))

    assert (room.visibility, len(room.name)) == ("unlisted", 22)


async def left(circles: Circles) -> list[int]:
    tables = (memberships, group_asks, group_invitations, group_bans, group_covers)
    async with circles.database.read() as connection:
        return [(await connection.scalar(select(func.count()).select_from(table))) or 0 for table in tables]


async def test_a_deleted_group_goes_after_a_week_and_its_owner_can_undo_that(circles: Circles):
    await with_roles(circles)
    group, _ = await circles.at()
    told = [
        await circles.does(actions.delete, ben, with_rooms=False),
        await circles.does(actions.undo_deletion, ada),
        await circles.does(actions.delete, ada, with_rooms=True),
        await circles.does(actions.delete, ada, with_rooms=True),
        await circles.does(actions.join, gus),
        await circles.does(actions.set_charter, ada, charter=Charter("members")),
        await circles.does(actions.undo_deletion, ada),
    ]

    circles.clock.turn(8 * DAY)
    await circles.database.write(partial(actions.let_go, group=group.id))

    goes_at = circles.clock.now() - DAY
    assert told == ["group.may_not", "group.stays", goes_at, "group.going", "group.account", "group.going", None]
    assert len(await circles.roles()) == 4


async def test_of_a_group_that_is_gone_its_address_alone_is_left(circles: Circles):
    await with_roles(circles)
    await invited(circles)
    await circles.does(actions.set_cover, ada, picture=b"jpeg")
    await circles.does(actions.ban, ada, person=DEE, reason="Shouts.")
    await circles.does(actions.delete, ada, with_rooms=False)
    group, _ = await circles.at()
    circles.clock.turn(7 * DAY - 1)
    await circles.database.write(partial(actions.let_go, group=group.id))
    before = await left(circles)
    async with circles.database.read() as connection:
        too_early = await queries.due(connection, now=circles.clock.now())

    circles.clock.turn(1)
    await circles.database.write(partial(actions.let_go, group=group.id))

    assert (before, too_early, await left(circles)) == ([3, 0, 1, 1, 1], [], [0, 0, 0, 0, 0])
    gone, _ = await circles.at(person=ADA)
    assert (gone.name, gone.description, gone.gone_at) == ("", "", circles.clock.now())
    assert await circles.does(actions.join, ben) == "group.unknown"
    assert await circles.found(ben) == "group.taken"


async def test_whom_a_group_lets_in_is_asked_of_all_or_of_some(circles: Circles):
    await with_roles(circles)
    await circles.found(ada, "bees", private=True)
    await circles.does(actions.ban, ada, person=DEE, reason="Shouts.")
    loire, bees = [(await circles.at(handle))[0].id for handle in ("loire", "bees")]

    async with circles.database.read() as connection:
        everybody = await queries.circles(connection, [loire, bees])
        of_two = await queries.circles(connection, [loire, bees], {BEN, DEE})

    assert everybody == {
        loire: Circle(private=False, banned=frozenset({DEE})),
        bees: Circle(private=True, members=frozenset({ADA})),
    }
    assert of_two == {loire: Circle(private=False, banned=frozenset({DEE})), bees: Circle(private=True)}


async def test_members_come_in_pages_and_whoever_leaves_meanwhile_breaks_none(circles: Circles):
    group, _ = await circles.at()
    many = [f"p{number:03}" for number in range(120)]
    account = {"guest": False, "admin": False, "may_open_rooms": False, "bot": False, "created_at": 1}

    async def crowded(tx: Any) -> None:
        from_here = {"group_id": group.id, "role": "member", "rank": 3}
        await tx.run(insert(people).values([{"id": id, "name": id, **account} for id in many]))
        rows = [{**from_here, "person": id, "since": tx.now + n // 7} for n, id in enumerate(many)]
        await tx.run(insert(memberships).values(rows))

    await circles.database.write(crowded)
    seen, after = [], None
    for _ in range(3):
        async with circles.database.read() as connection:
            page = (await roll.members(connection, group.id, after=after))[: roll.PAGE]
        seen += [member.person for member in page]
        after = roll.place_of(page[-1])
        await circles.does(actions.leave, Person(page[-1].person, "P", guest=False))

    assert seen == [ADA, *many]


async def test_every_action_leaves_a_line_with_its_group(circles: Circles):
    group, _ = await circles.at()
    await with_roles(circles)

    async with circles.database.read() as connection:
        whose = set((await connection.execute(select(audit.c.group_id))).scalars())

    assert whose == {group.id}


async def test_one_ids_group_is_not_anothers(circles: Circles):
    """Ben owns another group: nothing of Ada's is his."""
    await circles.found(ben, "bees")
    await circles.does(actions.join, cho)

    told = [
        await circles.does(actions.remove, ben, person=CHO),
        await circles.does(actions.remove, ben, "bees", person=CHO),
        await circles.does(actions.give_role, ben, "bees", person=CHO, role="admin"),
        await circles.does(actions.delete, ben, with_rooms=True),
    ]

    assert told == ["group.may_not", "group.member_unknown", "group.member_unknown", "group.may_not"]
    async with circles.database.read() as connection:
        assert await connection.scalar(select(func.count()).select_from(groups)) == 2
