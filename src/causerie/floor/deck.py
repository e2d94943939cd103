"""On deck: the first two who want to speak are asked ahead whether they are ready, so that nobody waits for them."""

from collections.abc import Collection, Iterator, Sequence

from causerie.clock import MINUTE, SECOND
from causerie.floor import events as happened
from causerie.floor.errors import NotOnDeck
from causerie.floor.events import Event, Listed
from causerie.floor.live import LiveRoom
from causerie.floor.order import Answer, Entry
from causerie.floor.rules import authority
from causerie.ids import PersonId

ASKED_AT_ONCE = 2
# Who stands further back is not next, whoever is read out before them.
REACH = 10
READY = 5 * MINUTE
COUNT_DOWN = 3 * SECOND


def answer(live: LiveRoom, person: PersonId, said: Answer, *, now: int) -> list[Event]:
    """*Ready*, good for five minutes, or not; it can be taken back."""
    asked = live.floor.deck.get(person)
    if asked is None:
        raise NotOnDeck
    until = now + READY if said == "ready" else None
    return [happened.DeckAnswered(person, said, until)] if (asked.answer, asked.until) != (said, until) else []


def due(live: LiveRoom, here: Collection[PersonId], now: int, soon: Collection[PersonId] = ()) -> list[Event]:
    """What time and the queue bring about: who is not next any more, whose *Ready* ran out, who is asked ahead.

    `soon` are those whose line was lost a moment ago: they stay on deck, and are asked again.
    """
    if not live.floor.deck and not live.stage.hands and not live.questions.open:
        return []
    queue = [entry for entry in live.queue({*here, *soon}, now) if entry.here]
    waiting = {Listed(entry.key, entry.since): entry for entry in queue}
    gone = [
        asked.person
        for asked in live.floor.deck.values()
        if asked.entry not in waiting or not _may_be_asked(live, asked.person)
    ]
    again = [
        asked.person
        for asked in live.floor.deck.values()
        if asked.person not in gone and asked.until is not None and (asked.until <= now or asked.person not in here)
    ]
    return [
        *(happened.DeckLeft(person) for person in gone),
        *(happened.DeckAnswered(person, "asked") for person in again),
        *_asked(live, queue, frozenset(gone), now),
    ]


def _asked(live: LiveRoom, queue: Sequence[Entry], gone: frozenset[PersonId], now: int) -> Iterator[Event]:
    """Who is asked ahead now. Who is not ready keeps the place, and somebody else is asked besides."""
    there = {person: asked for person, asked in live.floor.deck.items() if person not in gone}
    missing = ASKED_AT_ONCE - sum(asked.answer != "not_ready" for asked in there.values())
    known = set(there)
    for place, entry in enumerate(queue[:REACH]):
        if missing <= 0:
            return
        if entry.person in known or not entry.myself or not _may_be_asked(live, entry.person):
            continue
        known.add(entry.person)
        missing -= 1
        after = tuple(other.key for other in queue[:place])
        yield happened.AskedAhead(entry.person, Listed(entry.key, entry.since), after, now)


def _may_be_asked(live: LiveRoom, person: PersonId) -> bool:
    """Whether this person could come on stage now: the room is live and led, and they are not on their way already."""
    stage = live.stage
    on_the_way = any(person in line for line in (stage.seats, stage.invitations, stage.waiting, stage.backstage))
    led = live.room.phase == "live" and live.room.chair_empty_since is None
    return led and not on_the_way and authority(live, person) != "screener"
