"""An appeal that is granted and what falls by it are one write, whenever the program is killed."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from causerie.accounts import appeals
from causerie.accounts.decisions import decisions_about
from causerie.accounts.models import appeals as kept
from causerie.clock import DAY
from causerie.groups.models import groups
from causerie.ids import PersonId
from tests.live.conftest import Evening, evening_in
from tests.place import Place, opened
from tests.web.test_overseeing import WHY, asked, deeds, group_of_ada, root

ROOT = Path(__file__).parents[2]
GRANTED = {"granted": True, "text": "We believe you."}
KINDS = ("account.suspend", "room.hide", "group.suspend")


@pytest.fixture
async def evening(tmp_path: Path, database_url: str) -> AsyncIterator[Evening]:
    async with opened(tmp_path / "data", url=database_url) as place:
        yield await evening_in(place)


async def appealed(evening: Evening, cookie: str, kind: str, **said: Any) -> str:
    """Something is decided about somebody, who answers to it; gives their appeal."""
    place, whose = evening.place, evening.id("Ben" if kind == "account.suspend" else "Ada")
    path = f"/admin/people/{whose}/suspension" if kind == "account.suspend" else "/admin/rooms/sparrows/hide"
    if kind == "group.suspend":
        await group_of_ada(place, evening)
        _, told = await asked(place, cookie, "GET", "/admin/groups")
        path = f"/admin/groups/{told['found'][0]['id']}/suspension"
    await asked(place, cookie, "POST", path, {"reason": WHY, **said})
    async with place.causerie.database.read() as connection:
        [decision] = await decisions_about(connection, PersonId(whose))
    made, _ = await place.causerie.database.write(
        lambda tx: appeals.appeal(tx, decision.person, decision.id, text="It was not so.")
    )
    return made.id


async def answer(place: Place, cookie: str, appeal: str, said: Any = GRANTED) -> Any:
    return await asked(place, cookie, "PUT", f"/admin/appeals/{appeal}/answer", said)


async def stands(place: Place) -> tuple[bool | None, bool]:
    """Whether the appeal was granted, and whether the decision holds."""
    async with place.causerie.database.read() as connection:
        granted = await connection.scalar(select(kept.c.granted))
        decision = await appeals.decision_answered(connection, await connection.scalar(select(kept.c.id)) or "")
    return granted, decision.undone_at is None


@pytest.mark.parametrize("kind", KINDS)
async def test_killed_in_between_neither_is_written_and_granted_again_both_are(
    tmp_path: Path, database_url: str, kind: str
):
    async with opened(tmp_path, url=database_url) as place:
        cookie = await root(place)
        appeal = await appealed(await evening_in(place), cookie, kind)
    command = [sys.executable, "-m", "tests.web.one_answer", str(tmp_path), database_url, cookie, appeal]
    ended = await (await asyncio.create_subprocess_exec(*command, cwd=ROOT)).wait()

    async with opened(tmp_path, url=database_url) as place:
        between = await stands(place)
        again = await answer(place, cookie, appeal)

        assert (ended, between) == (-signal.SIGKILL, (None, True))
        assert (again, await stands(place)) == ((204, None), (True, False))
        undone = {"account.suspend": "person.unsuspend", "room.hide": "room.show", "group.suspend": "group.unsuspend"}
        why = GRANTED["text"]
        assert await deeds(place, "appeal.grant", *undone.values()) == [("appeal.grant", why), (undone[kind], why)]


async def test_what_cannot_be_undone_any_more_leaves_the_appeal_to_be_answered(evening: Evening):
    place, cookie = evening.place, await root(evening.place)
    appeal = await appealed(evening, cookie, "group.suspend")
    await place.causerie.database.write(lambda tx: tx.run(update(groups).values(gone_at=1)))

    status, told = await answer(place, cookie, appeal)

    assert (status, told["code"], await stands(place)) == (404, "group.unknown", (None, True))
    assert (await answer(place, cookie, appeal, {"granted": False, "text": "It has gone."}))[0] == 204


async def test_of_what_is_over_by_itself_the_answer_is_kept(evening: Evening):
    place = evening.place
    appeal = await appealed(evening, await root(place), "account.suspend", days=1)
    place.clock.turn(DAY)
    cookie = (await place.person("Second", admin=True))[1]

    assert (await answer(place, cookie, appeal), await stands(place)) == ((204, None), (True, True))


async def test_of_what_another_admin_has_undone_the_answer_is_kept(evening: Evening):
    place, cookie = evening.place, await root(evening.place)
    appeal = await appealed(evening, cookie, "room.hide")
    async with place.causerie.database.read() as connection:
        decision = await appeals.decision_answered(connection, appeal)
    await asked(place, cookie, "POST", f"/admin/decisions/{decision.id}/undo", {"reason": "A mistake"})

    assert (await answer(place, cookie, appeal), await stands(place)) == ((204, None), (True, False))
    assert len(await deeds(place, "room.show")) == 1
