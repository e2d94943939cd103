"""Letters to who was asked along by e-mail: each is sent once, and while the room is a draft none is.

Each waits in a row of its own, which goes when the letter is gone. As of notices, only what was on its way when the
program was killed is sent again, and then under the same name.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import structlog
from sqlalchemy import ColumnElement, Select, and_, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.models import emails, people
from causerie.db import Tx
from causerie.i18n import spoken, t
from causerie.mail.letters import Letter, written
from causerie.mail.post import MailAway, MailRefused, Post
from causerie.notices.audience import shut_out
from causerie.notices.deliveries import BATCH, HELD, WAITS
from causerie.notices.delivering import Delivering
from causerie.rooms.models import asked_along, asked_letters, rooms
from causerie.rooms.withheld import withheld
from causerie.texts import one_line

log = structlog.get_logger()


@dataclass(frozen=True)
class Asking:
    """An invitation that is to be sent. `language`: of who reads it where they have an account, else of the room."""

    id: str
    asked_at: int
    address: str
    title: str
    host: str
    language: str | None
    tries: int


async def send_some(ways: Delivering) -> int:
    """Send those that are due, one after another; gives how many were taken up."""
    if ways.post is None:
        return 0
    claimed, _ = await ways.database.write(claim)
    for n, one in enumerate(claimed):
        try:
            await _send(ways, ways.post, one)
        except MailAway as fault:  # the rest waits with it
            log.warning("notices.mail_away", why=str(fault))
            for other in claimed[n:]:
                await ways.write(_try_later, other)
            break
    await ways.post.close()
    return len(claimed)


async def _send(ways: Delivering, post: Post, one: Asking) -> None:
    message = written(letter(ways, one), sender=post.sender, name=ways.name, at=ways.clock.now())
    try:
        await post.send(message)
    except MailRefused as fault:
        log.warning("notices.mail_refused", why=str(fault))
    await ways.write(_settle, one)


def letter(ways: Delivering, one: Asking) -> Letter:
    """By its link somebody says whether they take part in a room. It is called the same however often it is sent."""
    speaks = one.language or ways.language
    given = {"host": one_line(one.host), "title": one_line(one.title)}
    told = t(
        speaks,
        "{host} would like you to take part in a talk at {place}: {title}. Open this page and say yes or no. It is "
        "meant for you: who says yes first by it takes part.",
        **given,
        place=one_line(ways.name),
    )
    host = urlsplit(ways.links.base).hostname or "localhost"
    return Letter(
        one.address,
        t(speaks, "{host} asks you to take part: {title}", **given),
        told,
        f"{ways.links.base}/w/{ways.links.asked(one.id, one.asked_at)}",
        t(speaks, "Yes or no"),
        t(speaks, "If you want nothing to do with it, do nothing."),
        language=speaks,
        id=f"<asked-{one.id.lower()}-{one.asked_at}@{host}>",
    )


async def claim(tx: Tx, *, most: int = BATCH) -> list[Asking]:
    """The next that are due, held for us alone."""
    due = _waiting(tx.now).where(asked_letters.c.due_at <= tx.now, asked_letters.c.handed_at.is_(None))
    due = due.order_by(asked_letters.c.due_at, asked_letters.c.asked).limit(most)
    rows = list((await tx.run(due.with_for_update(of=asked_letters, skip_locked=True))).mappings())
    until = tx.now + HELD
    held = {"due_at": until, "held_until": until, "tries": asked_letters.c.tries + 1}
    await tx.run(update(asked_letters).where(asked_letters.c.asked.in_([row["id"] for row in rows])).values(held))
    return [_asking(row) for row in rows]


async def waiting(
    connection: AsyncConnection, *, now: int, after: str, most: int, handed: bool = False
) -> tuple[list[Asking], str | None]:
    """Those that no mail server takes, the oldest first, after this one; and after which one they go on.

    `handed`: instead of them those that were handed over.
    """
    wanted = _waiting(now).where(_handed(handed), asked_letters.c.asked > after)
    rows = (await connection.execute(wanted.order_by(asked_letters.c.asked).limit(most + 1))).mappings()
    found = [_asking(row) for row in rows]
    return found[:most], found[most - 1].id if len(found) > most else None


async def waiting_one(connection: AsyncConnection, id: str, *, now: int) -> Asking | None:
    """One of them, as long as it is to be told."""
    wanted = _waiting(now).where(asked_letters.c.handed_at.is_(None), asked_letters.c.asked == id)
    row = (await connection.execute(wanted)).mappings().first()
    return _asking(row) if row else None


def _handed(handed: bool) -> ColumnElement[bool]:
    return asked_letters.c.handed_at.is_not(None) if handed else asked_letters.c.handed_at.is_(None)


def _waiting(now: int) -> Select[Any]:
    """Of rooms that are announced and not over, to who has not answered and may still be told."""
    host, theirs = people.alias("hosts"), people.alias("theirs")
    over = (rooms.c[at].is_(None) for at in ("ended_at", "cancelled_at", "missed_at"))
    unasked = (asked_along.c.address.is_not(None), asked_along.c.accepted_at.is_(None))
    may_hear = or_(theirs.c.id.is_(None), and_(theirs.c.minor.is_(False), ~shut_out(theirs.c.id, rooms.c.id, now)))
    shown = [asked_along.c.id, asked_along.c.asked_at, asked_along.c.address, asked_letters.c.tries, rooms.c.title]
    return (
        select(*shown, host.c.name.label("host"), theirs.c.language.label("own"), rooms.c.language)
        .select_from(
            asked_letters.join(asked_along, asked_along.c.id == asked_letters.c.asked)
            .join(rooms, rooms.c.id == asked_along.c.room)
            .join(host, host.c.id == rooms.c.host)
            .outerjoin(emails, emails.c.address == asked_along.c.address)
            .outerjoin(theirs, theirs.c.id == emails.c.person)
        )
        .where(rooms.c.draft.is_(False), *over, ~withheld(now), *unasked, may_hear)
    )


def _asking(row: Any) -> Asking:
    same = {name: row[name] for name in ("id", "asked_at", "address", "title", "host")}
    return Asking(**same, language=row["own"] or spoken(row["language"]), tries=row["tries"] + 1)


async def _settle(tx: Tx, one: Asking) -> None:
    """It is gone, or will never be taken. Who was asked anew meanwhile is written to anew."""
    anew = select(asked_along.c.id).where(asked_along.c.id == one.id, asked_along.c.asked_at != one.asked_at)
    await tx.run(delete(asked_letters).where(asked_letters.c.asked == one.id, asked_letters.c.asked.not_in(anew)))


async def _try_later(tx: Tx, one: Asking) -> None:
    """Try again after a while, longer each time; or give it up."""
    if one.tries > len(WAITS):
        await _settle(tx, one)
    else:
        this = update(asked_letters).where(asked_letters.c.asked == one.id)
        await tx.run(this.values(due_at=tx.now + WAITS[one.tries - 1], held_until=0))


async def let_go_of_letters(tx: Tx) -> None:
    """What a program before this one held goes at once; only where no other program works on the same rows.

    What waits for a mail server goes on waiting.
    """
    held = update(asked_letters).where(asked_letters.c.held_until > 0)
    await tx.run(held.values(due_at=tx.now, held_until=0))
