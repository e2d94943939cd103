"""What people do in a room. Each action decides on the present state, writes, and announces; or refuses."""

from causerie.accounts.errors import NameNeeded
from causerie.accounts.people import Person
from causerie.db import Tx
from causerie.floor.live import LiveRoom
from causerie.floor.rules import may_lead
from causerie.ids import PersonId, QuestionId, new_id
from causerie.questions import moves as asking
from causerie.questions import store as questions
from causerie.questions.errors import BoxClosed
from causerie.rooms import actions as rooms
from causerie.rooms.errors import NotHost, NotLive, RoomEndedAlready
from causerie.stage import events as happened
from causerie.stage import moves as staging
from causerie.stage import store as stage
from causerie.stage.encoders import take_tokens_back
from causerie.stage.errors import MayNot
from causerie.stage.state import Seat
from causerie.texts import one_line

# ---- the room ----


async def start_room(tx: Tx, live: LiveRoom, host: Person, *, number: int) -> None:
    """Go live; the host has a seat, muted until they open their microphone."""
    _led_by(live, host)
    await rooms.start(tx, live.room)
    seat = Seat(host.id, host.name or "", number, "host", True, tx.now, None, host.portrait, host.bot)
    await _seat(tx, live, seat)
    await tx.audit("room.start", actor=host.id, room=live.room.id)


async def end_room(tx: Tx, live: LiveRoom, host: Person) -> None:
    """End it for everyone; nobody speaks any more."""
    _led_by(live, host)
    now_on_air = live.questions.on_air
    if now_on_air is not None:
        await questions.store(tx, live.room.id, asking.answer(live.questions, now_on_air.id, now=tx.now))
    await stage.store(tx, live.room.id, staging.clear(live.stage))
    await rooms.end(tx, live.room)
    await tx.audit("room.end", actor=host.id, room=live.room.id)


# ---- hands ----


async def raise_hand(tx: Tx, live: LiveRoom, person: Person, *, note: str | None) -> None:
    """Wish to speak. Raising twice keeps the place."""
    _going_on(live)
    name = _named(person)
    said = one_line(note or "") or None
    await stage.store(tx, live.room.id, staging.raise_hand(live.stage, person.id, name, note=said, now=tx.now))


async def lower_hand(tx: Tx, live: LiveRoom, person: Person) -> None:
    await stage.store(tx, live.room.id, staging.lower_hand(live.stage, person.id))


# ---- the stage ----


async def invite(tx: Tx, live: LiveRoom, host: Person, *, person: PersonId, name: str) -> None:
    """Hand somebody the first of the two keys."""
    _desk(live, host)
    await stage.store(tx, live.room.id, staging.invite(live.stage, person, name, now=tx.now))
    await tx.audit("stage.invite", actor=host.id, room=live.room.id, subject=person)


async def more_time(tx: Tx, live: LiveRoom, person: Person) -> None:
    await stage.store(tx, live.room.id, staging.more_time(live.stage, person.id))


async def accept(tx: Tx, live: LiveRoom, person: Person, *, number: int) -> None:
    """Turn the second key, by oneself and nobody else."""
    _live(live)
    await stage.store(tx, live.room.id, staging.accept(live.stage, person.id, number=number, now=tx.now))
    await rooms.remember_number(tx, live.room.id, person.id, number)


async def decline(tx: Tx, live: LiveRoom, person: Person) -> None:
    """*Not now*: a question that was picked for this goes back to the open ones."""
    await _closed(tx, live, staging.decline(live.stage, person.id))


async def step_down(tx: Tx, live: LiveRoom, person: Person) -> None:
    await stage.store(tx, live.room.id, staging.step_down(live.stage, person.id))


async def move_down(tx: Tx, live: LiveRoom, host: Person, *, person: PersonId) -> None:
    """Move a speaker to the audience."""
    _desk(live, host)
    await stage.store(tx, live.room.id, staging.move_down(live.stage, person))
    await take_tokens_back(tx, live.room.id, person)
    await tx.audit("stage.move_down", actor=host.id, room=live.room.id, subject=person)


async def mute(tx: Tx, live: LiveRoom, by: Person, *, person: PersonId) -> None:
    """Shut a microphone: one's own, or as host another's."""
    if person != by.id:
        _desk(live, by)
        await tx.audit("stage.mute", actor=by.id, room=live.room.id, subject=person)
    await stage.store(tx, live.room.id, staging.mute(live.stage, person, by=by.id))


async def unmute(tx: Tx, live: LiveRoom, person: Person, *, number: int) -> None:
    """Open one's own microphone. A host who has no seat yet takes it by this."""
    _live(live)
    if may_lead(live, person) and person.id not in live.stage.seats:
        seat = Seat(person.id, person.name or "", number, "host", False, tx.now, None, person.portrait, person.bot)
        await _seat(tx, live, seat)
        return
    await stage.store(tx, live.room.id, staging.unmute(live.stage, person.id))


async def seat_bot(tx: Tx, live: LiveRoom, bot: Person, *, number: int) -> None:
    """A voice from a file takes its seat; bots are accounts, and always marked as bots."""
    seat = Seat(
        bot.id,
        bot.name or "",
        number,
        "host" if may_lead(live, bot) else "speaker",
        False,
        tx.now,
        None,
        bot.portrait,
        True,
    )
    await _seat(tx, live, seat)


async def seat_encoder(tx: Tx, live: LiveRoom, person: Person, *, number: int) -> None:
    """Somebody speaks through an encoder (WHIP): its token was the invitation, its first packet the acceptance."""
    _live(live)
    seat = Seat(person.id, person.name or "", number, "speaker", False, tx.now, None, person.portrait, person.bot)
    await _seat(tx, live, seat)


# ---- questions ----


async def ask(tx: Tx, live: LiveRoom, asker: Person, *, text: str, myself: bool) -> QuestionId:
    """Put a question to the room, before it begins or while it is live."""
    if live.room.phase == "ended":
        raise BoxClosed
    id = QuestionId(new_id())
    name = _named(asker)
    await questions.store(
        tx,
        live.room.id,
        asking.ask(live.questions, asker.id, name, id=id, text=text, myself=myself, now=tx.now),
    )
    return id


async def vote(tx: Tx, live: LiveRoom, voter: Person, *, question: QuestionId) -> None:
    _going_on(live)
    _named(voter)
    await questions.store(tx, live.room.id, asking.vote(live.questions, voter.id, question))


async def unvote(tx: Tx, live: LiveRoom, voter: Person, *, question: QuestionId) -> None:
    _going_on(live)
    await questions.store(tx, live.room.id, asking.unvote(live.questions, voter.id, question))


async def withdraw(tx: Tx, live: LiveRoom, asker: Person, *, question: QuestionId) -> None:
    await questions.store(tx, live.room.id, asking.withdraw(live.questions, asker.id, question))


# ---- the floor ----


async def pick(tx: Tx, live: LiveRoom, host: Person, *, question: QuestionId, here: bool) -> None:
    """Put a question on air; its asker is invited where they want to ask it themselves and are here."""
    _desk(live, host)
    _live(live)
    await questions.store(tx, live.room.id, asking.put_on_air(live.questions, question, now=tx.now))
    picked = live.questions.all[question]
    if picked.myself and here and picked.person not in live.stage.seats and picked.state == "open":
        invited = staging.invite(live.stage, picked.person, picked.name, now=tx.now, question=question)
        await stage.store(tx, live.room.id, invited)
    await tx.audit("floor.pick", actor=host.id, room=live.room.id, subject=question)


async def answered(tx: Tx, live: LiveRoom, host: Person, *, question: QuestionId) -> None:
    _desk(live, host)
    await questions.store(tx, live.room.id, asking.answer(live.questions, question, now=tx.now))


async def put_back(tx: Tx, live: LiveRoom, host: Person, *, question: QuestionId) -> None:
    """Back among the open ones; an invitation that was made for it is taken back."""
    _desk(live, host)
    await questions.store(tx, live.room.id, asking.put_back(live.questions, question))
    for invitation in live.stage.invitations.values():
        if invitation.question == question:
            closed = happened.InvitationClosed(invitation.person, "withdrawn", question)
            await stage.store(tx, live.room.id, [closed])


# ---- lines and time ----


async def lose_line(tx: Tx, live: LiveRoom, person: PersonId) -> None:
    """A person's last connection is gone."""
    await stage.store(tx, live.room.id, staging.lose_line(live.stage, person, now=tx.now))


async def find_line(tx: Tx, live: LiveRoom, person: PersonId) -> None:
    """A person is here again."""
    await stage.store(tx, live.room.id, staging.find_line(live.stage, person))


async def sweep(tx: Tx, live: LiveRoom) -> None:
    """What time alone brings about."""
    await _closed(tx, live, staging.sweep(live.stage, tx.now))


def time_is_up(live: LiveRoom, now: int) -> bool:
    """Whether a sweep would change anything; asked each second, without a turn."""
    return bool(staging.sweep(live.stage, now))


async def _closed(tx: Tx, live: LiveRoom, events: list[happened.Event]) -> None:
    """Write what ended; a question whose asker did not come up is open again."""
    await stage.store(tx, live.room.id, events)
    on_air = live.questions.on_air
    for event in events:
        if not isinstance(event, happened.InvitationClosed) or on_air is None:
            continue
        if event.why in ("declined", "timed_out") and event.question == on_air.id:
            await questions.store(tx, live.room.id, asking.put_back(live.questions, on_air.id))


async def _seat(tx: Tx, live: LiveRoom, seat: Seat) -> None:
    await stage.store(tx, live.room.id, staging.take_seat(seat, live.stage))
    await rooms.remember_number(tx, live.room.id, seat.person, seat.number)


def _named(person: Person) -> str:
    if not person.name:
        raise NameNeeded
    return person.name


def _led_by(live: LiveRoom, person: Person) -> None:
    if not may_lead(live, person):
        raise NotHost


def _desk(live: LiveRoom, person: Person) -> None:
    if not may_lead(live, person):
        raise MayNot
    _going_on(live)


def _going_on(live: LiveRoom) -> None:
    if live.room.phase == "ended":
        raise RoomEndedAlready


def _live(live: LiveRoom) -> None:
    if live.room.phase != "live":
        raise NotLive
