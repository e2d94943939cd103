"""What is on its way: claimed two hundred at a time, and each marked when it is there."""

import json
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.models import emails, people, sessions
from causerie.clock import DAY, HOUR, MINUTE, SECOND
from causerie.db import Tx
from causerie.notices.kinds import Channel, Kind, Said
from causerie.notices.models import deliveries, devices, notices, strangers, tellings, wishes
from causerie.notices.outdated import MOMENTS, otherwise
from causerie.notices.waiting import not_theirs
from causerie.notices.wishes import Wishes
from causerie.rooms.models import rooms

BATCH = 200
HELD = 5 * MINUTE
KEPT = 30 * DAY
# After so many tries it is let go; in between it waits longer each time.
WAITS = (30 * SECOND, 2 * MINUTE, 10 * MINUTE, HOUR, 6 * HOUR)


@dataclass(frozen=True)
class Delivery:
    """One notice on one way to one person. `to`: their address, or their device's; `language`: theirs, if known.

    `outdated`: it tells of its room what is not so any more, or is not for them any more.
    """

    id: int
    notice: int
    person: str
    kind: Kind
    said: Said
    channel: Channel
    target: str
    tries: int
    held_until: int
    good_until: int
    wishes: Wishes
    language: str | None = None
    to: str | None = None
    p256dh: str = ""
    auth: str = ""
    outdated: bool = False


async def claim(tx: Tx, *, mail: bool, most: int = BATCH) -> list[Delivery]:
    """The next that are due, held for us alone; who is to be left alone now waits until they may be told.

    A try is counted when it begins: what kills the program each time does so no more than six times.
    """
    now, ways = tx.now, ("push", "mail") if mail else ("push",)
    due = select(deliveries.c.id).where(
        deliveries.c.state == "waiting",
        deliveries.c.due_at <= now,
        deliveries.c.held_until <= now,
        deliveries.c.channel.in_(ways),
    )
    some = due.order_by(deliveries.c.due_at, deliveries.c.id).limit(most).with_for_update(skip_locked=True)
    held = {"held_until": now + HELD, "tries": deliveries.c.tries + 1}
    ids = (await tx.run(some)).scalars().all()
    if not ids:
        return []
    await tx.run(update(deliveries).where(deliveries.c.id.in_(ids)).values(held))
    claimed = [_delivery(row) for row in (await tx.run(_whole().where(deliveries.c.id.in_(ids)))).mappings()]
    others = await not_theirs(tx.connection, ids, now=now)
    return [one for one in claimed if not await _let_alone(tx, replace(one, outdated=one.outdated or one.id in others))]


async def _let_alone(tx: Tx, one: Delivery) -> bool:
    """Whether it is not for now: it came too late, is not so any more, leads nowhere, or its person sleeps."""
    if one.good_until <= tx.now or one.outdated or one.to is None or one.tries > len(WAITS) + 1:
        await settle(tx, one.id, "dropped")
        return True
    alone = one.wishes.alone()
    over = alone.over_at(tx.now) if alone else None
    if over is None:
        return False
    if over >= one.good_until:
        await settle(tx, one.id, "dropped")
    else:
        await tx.run(_one(one.id).values(due_at=over, held_until=0, tries=one.tries - 1))
    return True


async def settle(tx: Tx, id: int, state: str) -> None:
    """It is there (`sent`), not worth it any more (`dropped`), or cannot be (`failed`)."""
    await tx.run(_one(id).values(state=state, held_until=0))


async def try_later(tx: Tx, one: Delivery, *, wait: int = 0) -> None:
    """Try again after a while, longer each time and at least `wait` milliseconds; or give it up."""
    if one.tries > len(WAITS):
        await settle(tx, one.id, "failed")
        return
    await tx.run(_one(one.id).values(due_at=tx.now + max(WAITS[one.tries - 1], wait), held_until=0))


async def not_tried(tx: Tx, one: Delivery) -> None:
    """It was held and nothing was done: as if it had not been."""
    await tx.run(_one(one.id).values(held_until=0, tries=one.tries - 1, due_at=tx.now + WAITS[0]))


async def let_go_of_all(tx: Tx) -> None:
    """What a program before this one held is free; only where no other program works on the same rows."""
    await tx.run(update(deliveries).where(deliveries.c.state == "waiting").values(held_until=0))


async def forget_old(tx: Tx) -> None:
    """What was settled a month ago is not kept; nor is what waited for a mail server and is too late since then."""
    over = or_(deliveries.c.state != "waiting", deliveries.c.good_until < tx.now - KEPT)
    await tx.run(delete(deliveries).where(over, deliveries.c.due_at < tx.now - KEPT))


async def waiting_letters(
    connection: AsyncConnection, *, now: int, after: int, most: int, state: str = "waiting"
) -> tuple[list[tuple[str, Delivery]], str | None]:
    """Letters that no mail server takes and that are still worth handing over, each with the name of whom it is for.

    Or, by their `state`, those that were handed over.
    As many as that after this one, or some more, as far as there are; and after which one they go on, where they do.
    """
    found: list[tuple[str, Delivery]] = []
    goes_on: str | None = str(after)
    while goes_on is not None and len(found) < most:
        some, goes_on = await _waiting_after(connection, int(goes_on), most, now, state)
        found += some
    return found, goes_on


async def _waiting_after(
    connection: AsyncConnection, after: int, most: int, now: int, state: str
) -> tuple[list[tuple[str, Delivery]], str | None]:
    """Of so many after this one those that are still true; and after which one they go on."""
    waiting = _whole().where(deliveries.c.channel == "mail", deliveries.c.state == state, deliveries.c.id > after)
    wanted = waiting.where(deliveries.c.good_until > now).limit(most + 1)
    found = [(row["name"], _delivery(row)) for row in (await connection.execute(wanted)).mappings()]
    goes_on, found = str(found[most - 1][1].id) if len(found) > most else None, found[:most]
    others = await not_theirs(connection, [one.id for _, one in found], now=now)
    return [(name, one) for name, one in found if not one.outdated and one.id not in others], goes_on


async def waiting_letter(connection: AsyncConnection, id: int, *, now: int) -> Delivery | None:
    """One of these letters, as long as it is worth handing over."""
    found, _ = await _waiting_after(connection, id - 1, 1, now, "waiting")
    return next((one for _, one in found if one.id == id), None)


async def whose(connection: AsyncConnection, id: int) -> str:
    """Who is told by a delivery that is there."""
    return str((await connection.execute(select(deliveries.c.person).where(deliveries.c.id == id))).scalar_one())


def _one(id: int) -> Any:
    return update(deliveries).where(deliveries.c.id == id)


def _whole() -> Any:
    """A device goes with the session it belongs to: whoever signed out is told nothing there."""
    signed_in = (sessions.c.hash == devices.c.session) & (sessions.c.person == devices.c.person)
    own = select(emails.c.address).where(emails.c.person == deliveries.c.person).order_by(emails.c.id).limit(1)
    given = select(strangers.c.address).where(strangers.c.person == deliveries.c.person)
    address = func.coalesce(own.scalar_subquery(), given.scalar_subquery())
    wanted = [wishes.c[name] for name in Wishes.__dataclass_fields__]
    return (
        select(
            *(deliveries.c[name] for name in ("id", "notice", "person", "channel", "target", "tries", "held_until")),
            deliveries.c.good_until,
            notices.c.kind,
            notices.c.said,
            address.label("address"),
            devices.c.endpoint,
            devices.c.p256dh,
            devices.c.auth,
            sessions.c.hash.label("session"),
            people.c.name,
            people.c.language,
            *MOMENTS,
            rooms.c.id.label("room"),
            *wanted,
        )
        .select_from(
            deliveries.join(notices, notices.c.id == deliveries.c.notice)
            .join(people, people.c.id == deliveries.c.person)
            .outerjoin(tellings, tellings.c.key == notices.c.about)
            .outerjoin(rooms, rooms.c.id == tellings.c.subject)
            .outerjoin(wishes, wishes.c.person == deliveries.c.person)
            .outerjoin(devices, devices.c.id == deliveries.c.target)
            .outerjoin(sessions, signed_in)
        )
        .order_by(deliveries.c.id)
    )


def _delivery(row: Any) -> Delivery:
    there, said = row["zone"] is not None, Said(**json.loads(row["said"]))
    return Delivery(
        **{name: row[name] for name in ("id", "notice", "person", "kind", "channel", "target", "tries", "held_until")},
        good_until=row["good_until"],
        said=said,
        outdated=row["room"] is not None and otherwise(row["kind"], said.at, row),
        language=row["language"],
        wishes=Wishes(**{name: row[name] for name in Wishes.__dataclass_fields__}) if there else Wishes(),
        to=row["address"] if row["channel"] == "mail" else row["endpoint"] if row["session"] else None,
        p256dh=row["p256dh"] or "",
        auth=row["auth"] or "",
    )
