"""What the desk does with the queue."""

from causerie.floor import actions
from causerie.floor.rules import may_come_up
from causerie.ids import PersonId, QuestionId
from causerie.live import protocol as wire
from causerie.live.commands.here import Commands, Here
from causerie.live.commands.recordings import part_of
from causerie.recordings import coming as recordings
from causerie.stage.errors import NotHere


async def _pick(here: Here, said: wire.FloorPick) -> None:
    if said.question is None:
        await _pick_hand(here, PersonId(said.hand or ""))
        return
    question = QuestionId(said.question)
    asked = here.rooms.state(here.key).questions.all.get(question)
    asker = here.hub.person_by_name(asked.person) if asked else None
    is_here = asker is not None and may_come_up(here.state, asker)
    number = here.hub.number(asked.person) if asked and is_here else 0
    await here.act(lambda tx, live: actions.pick(tx, live, here.person, question=question, here=is_here, number=number))


async def _pick_hand(here: Here, person: PersonId) -> None:
    if not here.hub.pages_of(person):
        raise NotHere
    number = here.hub.number(person)
    await here.act(lambda tx, live: actions.pick_hand(tx, live, here.person, person=person, number=number))


async def _ready(here: Here, said: wire.DeckReady) -> None:
    part = part_of(said.part)
    await here.act(lambda tx, live: recordings.say_ready(tx, live, here.person, part=part))
    here.page.take_microphone()


async def _not_ready(here: Here, _: wire.DeckNotReady) -> None:
    await here.act(lambda tx, live: actions.answer_deck(tx, live, here.person, answer="not_ready"))


async def _read_out(here: Here, said: wire.FloorReadOut) -> None:
    question = QuestionId(said.question)
    await here.act(lambda tx, live: actions.read_out(tx, live, here.person, question=question))


async def _answered(here: Here, said: wire.FloorAnswered) -> None:
    question = QuestionId(said.question)
    await here.act(lambda tx, live: actions.answered(tx, live, here.person, question=question, thanks=said.thanks))


async def _put_back(here: Here, said: wire.FloorPutBack) -> None:
    question = QuestionId(said.question)
    await here.act(lambda tx, live: actions.put_back(tx, live, here.person, question=question))


async def _shortlist(here: Here, said: wire.FloorShortlist) -> None:
    entry = (said.entry.kind, said.entry.id)
    await here.act(lambda tx, live: actions.shortlist(tx, live, here.person, entry=entry, on=said.on))


async def _move(here: Here, said: wire.FloorMove) -> None:
    entry = (said.entry.kind, said.entry.id)
    before = (said.before.kind, said.before.id) if said.before else None
    await here.act(lambda tx, live: actions.move(tx, live, here.person, entry=entry, before=before))


async def _place(here: Here, said: wire.FloorPlace) -> None:
    entry = (said.entry.kind, said.entry.id)
    before = (said.before.kind, said.before.id) if said.before else None
    await here.act(lambda tx, live: actions.place(tx, live, here.person, entry=entry, before=before))


async def _topic(here: Here, said: wire.FloorTopic) -> None:
    text = said.text
    if text is None:
        await here.act(lambda tx, live: actions.take_topic_down(tx, live, here.person))
        return
    await here.act(lambda tx, live: actions.put_topic(tx, live, here.person, text=text))


COMMANDS: Commands = {
    wire.FloorPick: _pick,
    wire.FloorReadOut: _read_out,
    wire.FloorAnswered: _answered,
    wire.FloorPutBack: _put_back,
    wire.FloorShortlist: _shortlist,
    wire.FloorMove: _move,
    wire.FloorPlace: _place,
    wire.FloorTopic: _topic,
    wire.DeckReady: _ready,
    wire.DeckNotReady: _not_ready,
}
