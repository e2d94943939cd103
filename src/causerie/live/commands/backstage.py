"""Speaking with who waits backstage, and bringing them on air."""

from causerie.floor import actions
from causerie.floor.rules import may
from causerie.ids import PersonId
from causerie.live import protocol as wire
from causerie.live.commands.here import Commands, Here


async def _put_on_air(here: Here, said: wire.StagePutOnAir) -> None:
    await here.act(lambda tx, live: actions.put_on_air(tx, live, here.person, person=PersonId(said.person)))


async def _talk(here: Here, said: wire.BackstageTalk) -> None:
    """The stage's lane is shut at the media before backstage's is opened, and the other way round."""
    live, person = here.rooms.state(here.key), here.person.id
    speaks = may(live, person, "backstage.talk") and live.room.settings.backstage
    if (person in live.stage.aside) != said.on and (speaks or not said.on):
        here.shut(person)
        here.page.take_microphone()
    await here.act(lambda tx, live: actions.talk_backstage(tx, live, here.person, on=said.on), closing=True)


async def _note(here: Here, said: wire.BackstageNote) -> None:
    by, person = here.person, PersonId(said.person)
    topic, note, ready = said.topic, said.note, said.ready
    await here.act(
        lambda tx, live: actions.note_guest(tx, live, by, person=person, topic=topic, note=note, ready=ready)
    )


async def _ready(here: Here, said: wire.BackstageReady) -> None:
    by, topic, ready = here.person, said.topic, said.ready
    await here.act(lambda tx, live: actions.say_ready(tx, live, by, topic=topic, ready=ready))


COMMANDS: Commands = {
    wire.StagePutOnAir: _put_on_air,
    wire.BackstageTalk: _talk,
    wire.BackstageNote: _note,
    wire.BackstageReady: _ready,
}
