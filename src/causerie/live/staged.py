"""How those on stage, behind it and before it look on the wire."""

from causerie.ids import PersonId
from causerie.live import protocol as wire
from causerie.stage.state import Hand, Invitation, Seat, Stage


def seat(seat: Seat, stage: Stage) -> wire.Seat:
    return wire.Seat(
        person=seat.person,
        name=seat.name,
        number=seat.number,
        role=seat.role,
        muted=seat.muted,
        held=seat.held_until is not None,
        since=seat.since,
        portrait=seat.portrait,
        bot=seat.bot,
        kept=seat.person in stage.kept,
        wished=seat.wished,
        away=seat.away,
        aside=seat.person in stage.aside,
    )


def seats(stage: Stage) -> list[wire.Seat]:
    return [seat(taken, stage) for taken in stage.seats.values()]


def backstage(stage: Stage) -> list[wire.Guest]:
    """Everybody backstage, in the order they came."""
    return [
        wire.Guest(
            person=guest.person,
            name=guest.name,
            number=guest.number,
            since=guest.since,
            muted=guest.muted,
            here=guest.left_at is None,
            topic=guest.topic,
            note=guest.note,
            ready=guest.ready,
        )
        for guest in stage.backstage.values()
    ]


def own_backstage(stage: Stage, person: PersonId) -> wire.OwnBackstage | None:
    """What somebody backstage is told of themselves; what the desk notes about them is not."""
    guest = stage.backstage.get(person)
    if guest is None:
        return None
    return wire.OwnBackstage(since=guest.since, muted=guest.muted, topic=guest.topic, ready=guest.ready)


def waiting(stage: Stage) -> list[wire.Waiting]:
    """Who waits for a free seat, in their order."""
    return [
        wire.Waiting(person=who.person, name=who.name, since=who.since, here=who.left_at is None)
        for who in stage.waiting.values()
    ]


def place_before_stage(stage: Stage, person: PersonId) -> int | None:
    """Where somebody stands among those who wait for a free seat."""
    return list(stage.waiting).index(person) + 1 if person in stage.waiting else None


def asking(stage: Stage) -> list[PersonId]:
    """Who is kept muted on stage and asks to speak, in the order they asked."""
    asked = [(at, person) for person, at in stage.kept.items() if at is not None and person in stage.seats]
    return [person for _, person in sorted(asked)]


def hand(hand: Hand) -> wire.Hand:
    return wire.Hand(
        person=hand.person, name=hand.name, note=hand.note, raised_at=hand.raised_at, here=hand.left_at is None
    )


def invitation(invitation: Invitation) -> wire.Invitation:
    return wire.Invitation(
        person=invitation.person, name=invitation.name, until=invitation.until, question=invitation.question
    )
