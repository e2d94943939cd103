"""How somebody wants to be told: not at night, and what by which way."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import get_args
from zoneinfo import available_timezones

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from causerie.accounts.speaking import language_of
from causerie.db import Tx
from causerie.ids import PersonId
from causerie.notices.errors import ZoneUnknown
from causerie.notices.kinds import Channel, Topic
from causerie.notices.models import switched_off, wishes
from causerie.notices.quiet import Quiet

TEN_AT_NIGHT, SEVEN = 22 * 60, 7 * 60


@dataclass(frozen=True)
class Wishes:
    """What holds for whoever has said nothing: everything is told, at any hour."""

    zone: str = "UTC"
    quiet: bool = False
    quiet_from: int = TEN_AT_NIGHT
    quiet_until: int = SEVEN

    def alone(self) -> Quiet | None:
        """The hours in which they want to be left alone, if any."""
        return Quiet(self.quiet_from, self.quiet_until, self.zone) if self.quiet else None


async def wish(tx: Tx, person: str, wanted: Wishes) -> None:
    """Be told like this from now on; or `ZoneUnknown`."""
    if wanted.zone not in available_timezones():
        raise ZoneUnknown
    # An older program that serves beside this one reads the language here.
    spoken = await language_of(tx.connection, PersonId(person)) or "en"
    await tx.put(wishes, person=person, language=spoken, **asdict(wanted))


async def switch(tx: Tx, person: str, topic: Topic, channel: Channel, *, on: bool) -> None:
    """Hear of this by this way, or not."""
    if on:
        row = (switched_off.c.person == person, switched_off.c.topic == topic, switched_off.c.channel == channel)
        await tx.run(delete(switched_off).where(*row))
    else:
        await tx.put(switched_off, person=person, topic=topic, channel=channel)


async def switch_all(tx: Tx, person: str, off: Iterable[tuple[Topic, Channel]]) -> None:
    """All switches at once: these are off, every other is on."""
    await tx.run(delete(switched_off).where(switched_off.c.person == person))
    for topic, channel in sorted(set(off)):
        await tx.run(insert(switched_off).values(person=person, topic=topic, channel=channel))


async def wishes_of(connection: AsyncConnection, person: str) -> Wishes:
    row = (await connection.execute(select(wishes).where(wishes.c.person == person))).mappings().first()
    return Wishes(**{name: row[name] for name in Wishes.__dataclass_fields__}) if row else Wishes()


async def off(connection: AsyncConnection, person: str) -> list[tuple[Topic, Channel]]:
    """What somebody has switched off, in the order of the switches."""
    wanted = select(switched_off.c.topic, switched_off.c.channel).where(switched_off.c.person == person)
    found = {(topic, channel) for topic, channel in await connection.execute(wanted)}
    return [pair for pair in _switches() if pair in found]


def _switches() -> list[tuple[Topic, Channel]]:
    return [(topic, channel) for topic in get_args(Topic) for channel in get_args(Channel)]
