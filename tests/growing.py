"""Which routes are lists, who looks at each, and how one line more comes into it (`tests/filled.py`)."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy import insert, select, update

from causerie.accounts import actions as accounts
from causerie.accounts import checks, emails
from causerie.clock import DAY, MINUTE
from causerie.copies.models import answers, clips, copies, editions
from causerie.db import Tx
from causerie.questions.models import questions
from causerie.recordings.models import consents
from causerie.rooms.models import rooms
from causerie.safety.models import banned, bans
from causerie.streams.followers import Follower
from tests.copies.shelf import NOON
from tests.filled import Filled, does
from tests.sound_on_paper import OFFER, Figures

API = "/api/v1"
Grow = Callable[[Filled, int], Awaitable[Any]]

SINGLE = {
    "/api/openapi.json",
    f"{API}/admin/outbox/{{id}}/code",
    f"{API}/me",
    f"{API}/me/check-request",
    f"{API}/me/deletion",
    f"{API}/me/papers",
    f"{API}/me/export",
    f"{API}/me/export/{{id}}/causerie.zip",
    f"{API}/asked/{{token}}",
    f"{API}/inbox/unread",
    f"{API}/rooms/{{name}}/stream",
    f"{API}/wishes",
    f"{API}/admin/health",
    f"{API}/admin/settings",
    f"{API}/papers/{{name}}",
    f"{API}/qr/{{token}}",
    f"{API}/sign-in/{{token}}",
    f"{API}/speaker-links/{{token}}",
    f"{API}/group-invitations/{{token}}",
    f"{API}/groups/{{handle}}/cover",
    f"{API}/groups/{{handle}}/deletion",
    f"{API}/rooms/{{name}}",
    f"{API}/rooms/{{name}}/plan",
    f"{API}/rooms/{{name}}/qr",
    f"{API}/rooms/{{name}}/interest",
    f"{API}/rooms/{{name}}/part",
    f"{API}/rooms/{{name}}/catch-up/{{file}}",
    f"{API}/copies/{{name}}/figures",
    f"{API}/copies/{{name}}/figures.csv",
    "/r/{name}/calendar.ics",
}
"""What answers with one thing, or with as many as the program has."""


# ---- one line more ----


async def a_room(of: Filled, n: int, **more: Any) -> str:
    said = {"title": f"More {n}", **more}
    return str((await does(of, "host", "POST", f"{API}/rooms", said))["room"])


async def a_found_room(of: Filled, n: int) -> None:
    await a_room(of, n)
    await of.place.causerie.keeping.sweep()


async def a_person(of: Filled, n: int) -> tuple[str, str]:
    """Somebody new with an address; their id and their cookie."""
    person, cookie = await of.place.person(f"Another {n}")
    await of.place.causerie.database.write(lambda tx: emails.confirm(tx, f"{n}@example.org", person.id))
    return person.id, cookie


async def a_reminder(of: Filled, n: int) -> None:
    """Of a room that is tomorrow; the member hears of it, and somebody new by mail."""
    room = await a_room(of, n, starts_at=of.place.clock.now() + DAY - MINUTE)
    _, cookie = await a_person(of, n)
    for one in (cookie, of.cookies["member"]):
        async with of.place.browser(one) as browser:
            assert (await browser.put(f"{API}/rooms/{room}/interest", json={})).status_code == 204
    await of.place.causerie.notices.sweep()


async def a_report(of: Filled, n: int) -> None:
    room = await a_room(of, n, group="loire")
    await does(of, "member", "POST", f"{API}/rooms/{room}/reports", {"about": "room", "grounds": "spam"})


async def a_ban(of: Filled, n: int) -> None:
    row = {"id": f"B{n}", "room": of.room, "person": f"{n}", "name": f"Loud {n}", "reason": "Shouts", "at": NOON}
    await of.shelf.sql(insert(bans).values(**row, by=of.people["host"].id))
    await of.shelf.sql(insert(banned).values(ban=f"B{n}", person=f"{n}"))


async def a_decision(of: Filled, n: int) -> None:
    """A room of the host is taken off the lists."""
    room = await a_room(of, n, starts_at=of.place.clock.now() + DAY)
    await does(of, "site admin", "POST", f"{API}/admin/rooms/{room}/hide", {"reason": "Advertises"})


async def an_appeal(of: Filled, n: int) -> None:
    await a_decision(of, n)
    (latest, *_) = await does(of, "host", "GET", f"{API}/me/decisions")
    await does(of, "host", "POST", f"{API}/me/decisions/{latest['id']}/appeal", {"text": "It is about rivers."})


async def asks_to_be_checked(of: Filled, n: int) -> None:
    _, cookie = await a_person(of, n)
    async with of.place.browser(cookie) as browser:
        said = {"text": "Ask at the Loire Courier."}
        assert (await browser.post(f"{API}/me/check-request", json=said)).status_code == 201


async def followed(of: Filled, n: int) -> None:
    await does(of, "member", "PUT", f"{API}/following/{(await a_person(of, n))[0]}")


async def a_group(of: Filled, n: int) -> None:
    await does(of, "host", "POST", f"{API}/groups", {"handle": f"group-{n}", "name": "Another"})


async def a_room_of_the_group(of: Filled, n: int) -> None:
    await a_room(of, n, group="loire")


async def asks(of: Filled, n: int) -> str:
    id, cookie = await a_person(of, n)
    async with of.place.browser(cookie) as browser:
        assert (await browser.post(f"{API}/groups/loire/join", json={"line": "Let me in."})).status_code == 200
    return id


async def joins(of: Filled, n: int) -> None:
    await does(of, "host", "POST", f"{API}/groups/loire/asks/{await asks(of, n)}", {"let_in": True})


async def shut_out(of: Filled, n: int) -> None:
    await does(of, "host", "PUT", f"{API}/groups/loire/bans/{(await a_person(of, n))[0]}", {"reason": "Shouts"})


async def invited(of: Filled, _: int) -> None:
    await does(of, "host", "POST", f"{API}/groups/loire/invitations", {"hours": 1, "uses": 1})


async def a_speaker_link(of: Filled, n: int) -> None:
    await does(of, "host", "POST", f"{API}/rooms/swifts/speaker-links", {"name": f"Another {n}"})


async def asked_along(of: Filled, n: int) -> None:
    await does(of, "host", "POST", f"{API}/rooms/swifts/asked", {"to": f"Another {n}"})


async def takes_part(of: Filled, n: int) -> None:
    """Somebody new was handed a link, and says yes."""
    link = (await does(of, "host", "POST", f"{API}/rooms/swifts/asked", {"to": f"Another {n}"}))["url"]
    _, cookie = await a_person(of, n)
    async with of.place.browser(cookie) as browser:
        answer = await browser.post(f"{API}/asked/{link.rsplit('/', 1)[1]}", json={"yes": True})
    assert answer.status_code == 204, answer.text


async def blocked(of: Filled, n: int) -> None:
    await does(of, "member", "PUT", f"{API}/me/blocks/{(await a_person(of, n))[0]}")


async def a_clip(of: Filled, n: int, *, state: str = "ready") -> None:
    row = {"id": f"K{n}", "name": f"{n:022}", "copy": "C1", "title": "A rule", "state": state, "edition": 1}
    row |= {"begins": NOON + 1_000, "ends": NOON + 9_000, "by": of.people["host"].id, "created_at": NOON}
    row |= {"sound": f"{n}/sound/clip.m4a", "video": f"{n}/clip.mp4"} if state == "ready" else {"failed_code": "clip"}
    await of.shelf.sql(insert(clips).values(**row))


async def a_clip_that_failed(of: Filled, n: int) -> None:
    await a_clip(of, n, state="failed")


async def an_address(of: Filled, n: int) -> None:
    member = of.people["member"].id
    await of.place.causerie.database.write(lambda tx: emails.confirm(tx, f"nour{n}@example.org", member))


async def a_session(of: Filled, _: int) -> None:
    await of.place.causerie.database.write(lambda tx: accounts.open_session(tx, of.people["member"]))


async def a_proof(of: Filled, n: int) -> None:
    await does(of, "host", "POST", f"{API}/me/proofs", {"domain": f"{n}.example.org"})


async def a_check(of: Filled, n: int) -> None:
    host, by = of.people["host"].id, of.people["site admin"].id
    await of.place.causerie.database.write(lambda tx: checks.check(tx, host, f"Seen {n} times.", by=by))


async def a_deed(of: Filled, _: int) -> None:
    await of.place.causerie.database.write(lambda tx: tx.audit("room.end", actor=of.people["host"].id))


async def a_consent(of: Filled, n: int) -> None:
    take = of.place.state().recording.take
    assert take is not None
    person, _ = await a_person(of, n)
    said = {"take": take.id, "room": of.room, "person": person, "answer": "kept", "words": 1, "at": NOON}
    await of.shelf.sql(insert(consents).values(**said))


async def a_question(of: Filled, n: int) -> None:
    row = {"id": f"N{n}", "room": of.shelf.room.id, "person": of.people["member"].id, "name": "Nour", "myself": False}
    said = {"text": f"What {n}?", "asked_at": NOON, "state": "answered", "hidden_from": "nobody"}
    await of.shelf.sql(insert(questions).values(**row, **said))


async def an_episode(of: Filled, n: int) -> None:
    """One more room of the host, in the same group, with the same copy of its own."""
    room, copy = await of.place.room(await of.shelf.host(), f"More {n}"), await of.shelf.copy()
    async with of.place.causerie.database.read() as connection:
        (held,) = (await connection.execute(editions.select().where(editions.c.copy == "C1"))).mappings().all()
        (row,) = (await connection.execute(copies.select().where(copies.c.id == copy.id))).mappings().all()

    async def both(tx: Tx) -> None:
        group = select(rooms.c.group_id).where(rooms.c.id == of.shelf.room.id).scalar_subquery()
        await tx.run(update(rooms).where(rooms.c.id == room.id).values(group_id=group))
        await tx.run(insert(copies).values({**row, "id": f"C1{n}", "name": f"{n:022}", "room": room.id}))
        await tx.run(insert(editions).values({**held, "copy": f"C1{n}"}))

    await of.place.causerie.database.write(both)


async def an_answer(of: Filled, n: int) -> None:
    """One more copy with an answer, in a room of the group."""
    await an_episode(of, n)
    row = {"id": f"N{n}", "name": f"{n:022}", "copy": f"C1{n}", "kind": "answer", "question": "Q1", "title": "More"}
    await of.shelf.sql(insert(answers).values(**row, begins=NOON, ends=NOON + 9_000, at=500, until=9_500))


async def a_listener(of: Filled, n: int) -> None:
    media, room = of.place.causerie.media, of.shelf.room.id
    peer, _ = await media.offer(room, f"listener {n}", 100 + n, OFFER, lambda _peer: None)
    of.place.engine.listening.append(Figures(peer.number, 2, fraction_lost_256=9, bytes=2_000_000, heard_ms=60_000))


async def follows_a_stream(of: Filled, n: int) -> None:
    follower = Follower(f"hls-{n}", of.shelf.room.id, of.people["member"].id, of.place.clock.now(), lambda: None)
    of.place.causerie.house.streams.followers.comes(follower, asyncio.get_running_loop().time())


async def a_planned_room(of: Filled, n: int) -> None:
    await a_room(of, n, starts_at=of.place.clock.now() + DAY)


async def a_planned_room_of_the_group(of: Filled, n: int) -> None:
    await a_room(of, n, group="loire", starts_at=of.place.clock.now() + DAY)


LISTS: dict[str, tuple[str, Grow]] = {
    f"{API}/admin/audit": ("site admin", a_deed),  # first: what is done for the others fills its page
    f"{API}/rooms/{{name}}/copy": ("host", a_clip),
    f"{API}/copies/{{name}}": ("visitor", a_clip),
    f"{API}/plan/groups": ("host", a_group),
    f"{API}/home": ("visitor", a_room),
    f"{API}/home/{{name}}": ("visitor", a_planned_room),
    f"{API}/answers": ("visitor", an_answer),
    f"{API}/groups/{{handle}}/answers": ("visitor", an_answer),
    f"{API}/profiles/{{handle}}/answers": ("visitor", an_answer),
    f"{API}/search": ("visitor", a_found_room),
    f"{API}/admin/people": ("site admin", a_person),
    f"{API}/admin/rooms": ("site admin", a_room),
    f"{API}/admin/rooms/{{name}}/listeners": ("site admin", a_listener),
    f"{API}/admin/rooms/{{name}}/streams": ("site admin", follows_a_stream),
    f"{API}/admin/groups": ("site admin", a_group),
    f"{API}/admin/bans": ("site admin", a_ban),
    f"{API}/me/decisions": ("host", a_decision),
    f"{API}/admin/appeals": ("site admin", an_appeal),
    f"{API}/admin/check-requests": ("site admin", asks_to_be_checked),
    f"{API}/admin/reports": ("site admin", a_report),
    f"{API}/inbox": ("member", a_reminder),
    f"{API}/admin/outbox": ("site admin", a_reminder),
    f"{API}/following": ("member", followed),
    f"{API}/groups": ("visitor", a_group),
    f"{API}/groups/{{handle}}": ("visitor", a_room_of_the_group),
    f"{API}/groups/{{handle}}/members": ("member", joins),
    f"{API}/groups/{{handle}}/asks": ("group admin", asks),
    f"{API}/groups/{{handle}}/bans": ("group admin", shut_out),
    f"{API}/groups/{{handle}}/deeds": ("group admin", shut_out),
    f"{API}/groups/{{handle}}/invitations": ("group admin", invited),
    f"{API}/rooms/{{name}}/speaker-links": ("host", a_speaker_link),
    f"{API}/rooms/{{name}}/asked": ("host", asked_along),
    f"{API}/rooms/{{name}}/with": ("visitor", takes_part),
    f"{API}/me/blocks": ("member", blocked),
    f"{API}/me/ways-in": ("member", an_address),
    f"{API}/me/sessions": ("member", a_session),
    f"{API}/me/profile": ("host", a_proof),
    f"{API}/profiles/{{handle}}": ("visitor", a_check),
    f"{API}/admin/jobs": ("site admin", a_clip_that_failed),
    f"{API}/admin/audit.csv": ("site admin", a_deed),
    f"{API}/rooms/{{name}}/ledger.csv": ("host", a_consent),
    f"{API}/rooms/{{name}}/part.zip": ("member", a_question),
    f"{API}/groups/{{handle}}/reports": ("group admin", a_report),
    "/g/{handle}/feed.xml": ("visitor", an_episode),
    "/g/{handle}/calendar.ics": ("visitor", a_planned_room_of_the_group),
    "/h/{person}/feed.xml": ("visitor", an_episode),
    "/h/{person}/calendar.ics": ("visitor", a_planned_room),
}
"""Who looks at each list, and how one line more comes into it."""
