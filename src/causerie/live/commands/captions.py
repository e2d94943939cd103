"""Typing along, and reading what was said. No turn: a caption delays no mute, and nothing is decided on it."""

from dataclasses import asdict

from causerie.captions.lines import caption, earlier_lines
from causerie.floor.actions.guards import allowed
from causerie.floor.rules import hears_at_once
from causerie.ids import PersonId, RoomId
from causerie.live import protocol as wire
from causerie.live.commands.here import Commands, Here
from causerie.stage.errors import NotOnStage


async def _say(here: Here, said: wire.CaptionSay) -> None:
    allowed(here.state, here.person, "caption.say")
    speaker = _heard_now(here) if said.speaker is None else _named(here, PersonId(said.speaker))
    live, by, database = here.state, here.person, here.rooms.database
    line, _ = await database.write(lambda tx: caption(tx, live, by, speaker=speaker, text=said.text))
    here.hub.caption(line, here.state, here.rooms.clock.now())


def _heard_now(here: Here) -> str | None:
    """Whom somebody hears who types along; nobody knows it of those who hear it later than it is said."""
    if here.state.room.safety_delay and here.person.id not in hears_at_once(here.state):
        return None
    number = next(iter(here.rooms.media.speaking(here.key)), None)
    return next((seat.name for seat in here.state.stage.seats.values() if seat.number == number), None)


def _named(here: Here, person: PersonId) -> str:
    seat = here.state.stage.seats.get(person)
    if seat is None:
        raise NotOnStage
    return seat.name


async def _page(here: Here, said: wire.CaptionPage) -> None:
    now = here.rooms.clock.now()
    here.hub.writing.take(here.person.id, now)
    until = now if here.person.id in hears_at_once(here.state) else now - here.state.room.safety_delay
    async with here.rooms.database.read() as connection:
        lines, before = await earlier_lines(connection, RoomId(here.key), said.before, until=until)
    shown = [wire.CaptionLine(**asdict(line)) for line in lines]
    here.page.say(wire.CaptionLog(id=said.id, lines=shown, before=before))


COMMANDS: Commands = {wire.CaptionSay: _say, wire.CaptionPage: _page}
