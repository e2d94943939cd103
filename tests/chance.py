"""An evening of chance: whoever does something does what the dice say, allowed or not; the same for the same dice."""

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from causerie.accounts.people import Person
from causerie.clock import SECOND
from causerie.db import Tx
from causerie.floor import actions
from causerie.floor.live import LiveRoom
from causerie.ids import QuestionId
from tests.hall import NOW, ada, ben, cho, dee, gus
from tests.paper import Turn

NUMBERS = {person.id: number for number, person in enumerate([ada, ben, cho, dee], 1)}
Doing = list[Callable[[], Awaitable[Any]]]


@dataclass(frozen=True)
class Dice:
    """Who acts, on whom, and which way, in the turn of this number."""

    person: Person
    other: Person
    n: int
    yes: bool
    number: int


def turn_of_chance(chance: random.Random, number: int) -> Turn:
    """What somebody does next, eleven seconds after the turn before."""
    dice = Dice(
        chance.choice([ada, ben, cho, dee]),
        chance.choice([ben, cho, dee]),
        chance.randrange(4),
        chance.random() < 0.5,
        number,
    )
    which = chance.random()

    async def turn(tx: Tx, live: LiveRoom) -> None:
        tx.now = NOW + number * 11 * SECOND
        doing = [one for part in (asks, moderates, queues, leads, speaks, speaks) for one in part(tx, live, dice)]
        await doing[int(which * len(doing))]()

    return turn


def question(live: LiveRoom, dice: Dice) -> QuestionId:
    """One of the last four."""
    ids = list(live.questions.all)
    return ids[-1 - dice.n % len(ids)] if ids else QuestionId("none")


def asks(tx: Tx, live: LiveRoom, dice: Dice) -> Doing:
    person, other, yes, id = dice.person, dice.other, dice.yes, question(live, dice)
    text = f"Question {dice.number}?"
    return [
        lambda: actions.ask(tx, live, other, text=text, myself=yes),
        lambda: actions.ask(tx, live, person, text=text, myself=True),
        lambda: actions.ask(tx, live, gus, text=text, myself=yes, anonymous=yes),
        lambda: actions.vote(tx, live, person, question=id),
        lambda: actions.vote(tx, live, other, question=id),
        lambda: actions.vote(tx, live, gus if yes else other, question=id, value=-1 if dice.n else 1),
        lambda: actions.unvote(tx, live, person, question=id),
        lambda: actions.withdraw(tx, live, person, question=id),
        lambda: actions.hide_name(tx, live, person, question=id),
    ]


def moderates(tx: Tx, live: LiveRoom, dice: Dice) -> Doing:
    """What those who lead do with a question, by hand."""
    id, ids = question(live, dice), list(live.questions.all)
    into = ids[dice.n % len(ids)] if ids else id
    return [
        lambda: actions.answered(tx, live, ada, question=id),
        lambda: actions.put_back(tx, live, ada, question=id),
        lambda: actions.approve(tx, live, ada, question=id),
        lambda: actions.merge(tx, live, ada, question=id, into=into),
        lambda: actions.edit(tx, live, ada, question=id, text=f"Which way, {tx.now}?"),
        lambda: actions.reopen(tx, live, ada, question=id),
        lambda: actions.dismiss(tx, live, ada, question=id, reason="unclear"),
        lambda: actions.restore(tx, live, ada, question=id),
    ]


def queues(tx: Tx, live: LiveRoom, dice: Dice) -> Doing:
    person, other, yes, id = dice.person, dice.other, dice.yes, question(live, dice)
    here = (ben.id, cho.id, dee.id) if yes else (person.id,)
    return [
        lambda: actions.raise_hand(tx, live, person, note="sparrows" if yes else None),
        lambda: actions.lower_all(tx, live, ada),
        lambda: actions.shortlist(tx, live, ada, entry=("question", id), on=yes),
        lambda: actions.move(tx, live, ada, entry=("hand", person.id), before=None),
        lambda: actions.place(tx, live, ada, entry=("question", id), before=("hand", person.id) if yes else None),
        lambda: actions.pick(tx, live, ada, question=id, here=yes),
        lambda: actions.read_out(tx, live, ada, question=id),
        lambda: actions.put_topic(tx, live, ada, text="How a river remembers" if yes else "Dust"),
        lambda: actions.take_topic_down(tx, live, ada),
        lambda: actions.sweep_deck(tx, live, here=here),
        lambda: actions.answer_deck(tx, live, other, answer="ready" if yes else "not_ready"),
    ]


def leads(tx: Tx, live: LiveRoom, dice: Dice) -> Doing:
    """What a host does with people and the room."""
    person, other, yes = dice.person, dice.other, dice.yes
    return [
        lambda: actions.invite(tx, live, ada, person=other.id, name=other.name or ""),
        lambda: actions.put_on_air(tx, live, ada, person=other.id),
        lambda: actions.note_guest(tx, live, ada, person=other.id, topic="rivers", note=None, ready=yes),
        lambda: actions.mute(tx, live, ada, person=person.id),
        lambda: actions.mute(tx, live, ada, person=other.id, hold=True),
        lambda: actions.mute_all(tx, live, ada),
        lambda: actions.hush(tx, live, ada, on=yes and dice.n == 0),
        lambda: actions.release(tx, live, ada, person=other.id),
        lambda: actions.wish_unmuted(tx, live, ada, person=other.id),
        lambda: actions.move_down(tx, live, ada, person=other.id),
        lambda: actions.set_room(tx, live, ada, backstage=yes, policy="by_hand" if yes else "fair"),
        lambda: actions.set_room(tx, live, ada, down_votes=True, anonymous="allowed", read_first=yes),
        lambda: actions.set_room(tx, live, ada, cohosts_without=["room.end", "floor.pick"] if yes else []),
    ]


def speaks(tx: Tx, live: LiveRoom, dice: Dice) -> Doing:
    """What those who are invited or on stage do, and what time does to them."""
    person, number = dice.person, NUMBERS[dice.person.id]
    talked = dict.fromkeys(live.stage.seats, 1000 + dice.n)
    return [
        lambda: actions.accept(tx, live, person, number=number),
        lambda: actions.decline(tx, live, person),
        lambda: actions.say_ready(tx, live, person, topic="swifts", ready=bool(dice.n)),
        lambda: actions.unmute(tx, live, person, number=number),
        lambda: actions.ask_to_speak(tx, live, dice.other),
        lambda: actions.take_away(tx, live, person, away=dice.yes),
        lambda: actions.step_down(tx, live, person),
        lambda: actions.lose_line(tx, live, person.id),
        lambda: actions.find_line(tx, live, person.id),
        lambda: actions.note_talk(tx, live, talked),
        lambda: _time(tx, live),
    ]


def _time(tx: Tx, live: LiveRoom) -> Awaitable[Any]:
    """A sweep; a host who is away comes back before it, or the evening would be over soon."""
    return actions.find_line(tx, live, ada.id) if ada.id in live.room.away else actions.sweep(tx, live)
