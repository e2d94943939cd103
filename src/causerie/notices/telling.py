"""Telling one or many: rows in their inboxes, and for each way that they chose a row of what is to be delivered."""

import json
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    String,
    Table,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.models import emails, sessions
from causerie.db import Tx
from causerie.notices.audience import audience, by_wish
from causerie.notices.group_quiet import quiet_until
from causerie.notices.kinds import BY_HAND, TOPIC_OF, Said, Telling
from causerie.notices.models import deliveries, devices, notices, strangers, switched_off, tellings
from causerie.notices.outdated import outdated

SLICE = 500
"""People told in one turn: about ten milliseconds of the database's only writer, and others write in between."""


async def begin(tx: Tx, telling: Telling) -> None:
    """Have many told of something; wanting it twice is wanting it once."""
    row = asdict(telling) | {"said": json.dumps(asdict(telling.said)), "done_at": None}
    await tx.run(_once(tx, tellings).values(**row).on_conflict_do_nothing())


async def begun(connection: AsyncConnection) -> list[Telling]:
    """What was begun and is not told to everybody yet, oldest first."""
    wanted = select(tellings).where(tellings.c.done_at.is_(None)).order_by(tellings.c.at, tellings.c.key)
    names = list(Telling.__dataclass_fields__)
    rows = (await connection.execute(wanted)).mappings()
    return [Telling(**{**{name: row[name] for name in names}, "said": Said(**json.loads(row["said"]))}) for row in rows]


async def tell_some(tx: Tx, telling: Telling, *, mail: bool, most: int = SLICE) -> Telling | None:
    """Tell the next of those whom it concerns. What is left of it; nothing where everybody has been told.

    `mail`: whether there is a mail server. Without one some letters wait all the same, to be handed over to who is
    told in no browser, whether or not they have an address.
    """
    if telling.good_until <= tx.now or await outdated(tx, telling):
        await _done(tx, telling)
        return None
    there = audience(telling, now=tx.now).subquery()
    following = select(there.c.person).where(there.c.person > telling.cursor).order_by(there.c.person).limit(most)
    last: str | None = (await tx.run(select(func.max(following.subquery().c.person)))).scalar()
    if last is None:
        await _done(tx, telling)
        return None
    some = select(there.c.person).where(there.c.person > telling.cursor, there.c.person <= last)
    await _put_notices(tx, telling, some)
    quiet = await quiet_until(tx, telling)
    for channel in ("push", "mail") if mail or telling.kind in BY_HAND else ("push",):
        to = _has_address() if mail else ~_has_browser()
        await _put_deliveries(tx, telling, channel, after=telling.cursor, last=last, quiet=quiet, letter_to=to)
    await tx.run(update(tellings).where(tellings.c.key == telling.key).values(cursor=last))
    return replace(telling, cursor=last)


async def _done(tx: Tx, telling: Telling) -> None:
    await tx.run(update(tellings).where(tellings.c.key == telling.key).values(done_at=tx.now))


async def _put_notices(tx: Tx, telling: Telling, some: Select[tuple[str]]) -> None:
    said = json.dumps(asdict(telling.said))
    to = some.subquery()
    rows = select(
        to.c.person,
        literal(telling.kind, String(20)),
        literal(telling.key, String(80)),
        literal(said, String()),
        literal(telling.at, BigInteger()),
    ).where(to.c.person.is_not(None))
    into = _once(tx, notices).from_select(["person", "kind", "about", "said", "at"], rows)
    await tx.run(into.on_conflict_do_nothing())


async def _put_deliveries(
    tx: Tx,
    telling: Telling,
    channel: str,
    *,
    after: str,
    last: str,
    quiet: int | None,
    letter_to: ColumnElement[bool],
) -> None:
    """For each notice of this slice one delivery to each of its person's devices, or one letter.

    `letter_to`: who gets letters.
    `quiet`: until when members are left alone whom nothing but their group makes hear of it.
    """
    topic = TOPIC_OF[telling.kind]
    off = exists().where(
        switched_off.c.person == notices.c.person, switched_off.c.topic == topic, switched_off.c.channel == channel
    )
    target, ways = _ways(channel, tx.now)
    rows = (
        select(
            notices.c.id,
            notices.c.person,
            literal(channel, String(4)),
            target,
            literal("waiting", String(8)),
            literal(0, Integer()),
            _due(telling, tx.now, quiet),
            literal(0, BigInteger()),
            literal(telling.good_until, BigInteger()),
        )
        .select_from(ways)
        .where(notices.c.about == telling.key, notices.c.person > after, notices.c.person <= last, ~off)
    )
    rows = rows.where(letter_to) if channel == "mail" else rows
    if quiet is not None and quiet >= telling.good_until:
        rows = rows.where(_themselves(telling))
    names = ["notice", "person", "channel", "target", "state", "tries", "due_at", "held_until", "good_until"]
    await tx.run(_once(tx, deliveries).from_select(names, rows).on_conflict_do_nothing())


def _due(telling: Telling, now: int, quiet: int | None) -> ColumnElement[int]:
    """When it is delivered: now, or to who is in a group that is quiet, when that is over."""
    if quiet is None:
        return literal(now, BigInteger())
    return case((_themselves(telling), literal(now, BigInteger())), else_=literal(quiet, BigInteger()))


def _themselves(telling: Telling) -> ColumnElement[bool]:
    """Whether somebody wants to hear of it themselves, whatever group they are in."""
    return notices.c.person.in_(by_wish(telling))


def _ways(channel: str, now: int) -> tuple[Any, Any]:
    """Where this way leads to, and what a notice is joined with to find it. A device goes with its session."""
    if channel == "mail":
        return literal("", String(26)), notices
    signed_in = (sessions.c.hash == devices.c.session) & (sessions.c.expires_at > now)
    with_devices = notices.join(devices, devices.c.person == notices.c.person)
    return devices.c.id, with_devices.join(sessions, signed_in)


def _has_browser() -> ColumnElement[bool]:
    return exists().where(devices.c.person == notices.c.person)


def _has_address() -> ColumnElement[bool]:
    """Whether there is an address: one they have shown to be theirs, or one that was given for this room."""
    return or_(
        exists().where(emails.c.person == notices.c.person), exists().where(strangers.c.person == notices.c.person)
    )


def _once(tx: Tx, table: Table) -> Any:
    """An insert that leaves alone what is there."""
    return (sqlite.insert if tx.connection.dialect.name == "sqlite" else postgresql.insert)(table)
