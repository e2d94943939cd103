"""The figures of a room and of its copy, for those who lead it: how many, how long, how often; of listeners no name."""

import csv
import io
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.models import people
from causerie.clock import MINUTE
from causerie.copies.counting import counted
from causerie.copies.state import Copy
from causerie.ids import RoomId
from causerie.questions.models import questions, votes
from causerie.rooms.audience import attendance
from causerie.rooms.audience.attendance import Counted
from causerie.stage.models import spoken


@dataclass(frozen=True)
class Talk:
    """How much of all talking was somebody's, from 0 to 1."""

    name: str
    share: float


@dataclass(frozen=True)
class Figures:
    """`heard`: listeners of a minute or more; `median_stay`: how long half of them stayed at least, in milliseconds."""

    peak: int
    heard: int
    median_stay: int
    questions: int
    votes: int
    speakers: int
    talk: tuple[Talk, ...]
    plays: int
    downloads: int


async def figures_of(connection: AsyncConnection, copy: Copy) -> Figures:
    """Read them all."""
    room, heard = copy.room, await attendance.read(connection, copy.room) or Counted()
    talk, counts = await _talk(connection, room), await counted(connection, copy.id)
    asked = select(func.count()).where(questions.c.room == room, questions.c.state != "withdrawn")
    voted = select(func.count()).select_from(votes).join(questions, questions.c.id == votes.c.question)
    return Figures(
        peak=heard.peak,
        heard=heard.heard,
        median_stay=heard.median * MINUTE,
        questions=await connection.scalar(asked) or 0,
        votes=await connection.scalar(voted.where(questions.c.room == room)) or 0,
        speakers=len(talk),
        talk=talk,
        plays=counts.get("play", 0),
        downloads=counts.get("download", 0),
    )


def as_csv(figures: Figures) -> str:
    """As a table; speakers are numbered, so that it can be given to anybody."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(("figure", "value"))
    rows = {name: getattr(figures, name) for name in Figures.__dataclass_fields__ if name != "talk"}
    rows["median_stay_minutes"] = rows.pop("median_stay") // MINUTE
    table.writerows(rows.items())
    table.writerows((f"talk_share_{n}", f"{talk.share:.4f}") for n, talk in enumerate(figures.talk, 1))
    return out.getvalue()


async def _talk(connection: AsyncConnection, room: RoomId) -> tuple[Talk, ...]:
    """Everybody who was on stage, those who spoke most first."""
    wanted = select(people.c.name, spoken.c.milliseconds).join(people, people.c.id == spoken.c.person)
    rows = (await connection.execute(wanted.where(spoken.c.room == room))).all()
    whole = sum(row.milliseconds for row in rows) or 1
    told = [Talk(row.name or "", round(row.milliseconds / whole, 4)) for row in rows]
    return tuple(sorted(told, key=lambda one: (-one.share, one.name)))
