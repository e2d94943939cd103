"""Typing along. No turn: a caption delays no mute, and changes nothing that is decided on."""

from causerie.captions.lines import caption
from causerie.floor.actions.guards import allowed
from causerie.ids import PersonId
from causerie.live import protocol as wire
from causerie.live.commands.here import Commands, Here
from causerie.stage.errors import NotOnStage


async def _say(here: Here, said: wire.CaptionSay) -> None:
    allowed(here.state, here.person, "caption.say")
    speaker = _loudest(here) if said.speaker is None else _named(here, PersonId(said.speaker))
    live, by, database = here.state, here.person, here.rooms.database
    line, _ = await database.write(lambda tx: caption(tx, live, by, speaker=speaker, text=said.text))
    here.hub.caption(line)


def _loudest(here: Here) -> str | None:
    number = next(iter(here.rooms.media.speaking(here.key)), None)
    return next((seat.name for seat in here.state.stage.seats.values() if seat.number == number), None)


def _named(here: Here, person: PersonId) -> str:
    seat = here.state.stage.seats.get(person)
    if seat is None:
        raise NotOnStage
    return seat.name


COMMANDS: Commands = {wire.CaptionSay: _say}
