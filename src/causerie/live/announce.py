"""Which domain event becomes which wire event, on which channel."""

from dataclasses import dataclass, field
from typing import Any

from causerie.floor.live import LiveRoom
from causerie.ids import PersonId
from causerie.live import protocol as wire
from causerie.live import views
from causerie.questions import events as asked
from causerie.rooms import events as rooms
from causerie.stage import events as staged


@dataclass
class Announcement:
    """What one turn has to say: to the room, to the desk, to single persons. Votes wait for the tick."""

    room: list[Any] = field(default_factory=list)
    desk: list[Any] = field(default_factory=list)
    me: dict[PersonId, list[Any]] = field(default_factory=dict)
    votes: set[str] = field(default_factory=set)
    rights: set[PersonId] = field(default_factory=set)
    everybody: bool = False

    def to(self, person: PersonId, event: Any) -> None:
        self.me.setdefault(person, []).append(event)


def announcement(events: list[object], after: LiveRoom) -> Announcement:
    """Everything that follows from a turn's events, told from the state after it."""
    said = Announcement()
    for event in events:
        match event:
            case rooms.RoomStarted(at):
                said.room.append(wire.RoomStarted(at=at))
                said.everybody = True
            case rooms.RoomEnded(at):
                said.room.append(wire.RoomEnded(at=at))
                said.everybody = True
            case staged.SpeakerCame(person=person):
                if (seat := after.stage.seats.get(person)) is not None:
                    said.room.append(wire.SpeakerCame(seat=views.seat(seat)))
                said.rights.add(person)
            case staged.SpeakerLeft(person, why):
                said.room.append(wire.SpeakerLeft(person=person, why=why))
                said.rights.add(person)
            case (
                staged.SpeakerMuted(person=person)
                | staged.SpeakerUnmuted(person=person)
                | staged.SpeakerHeld(person=person)
                | staged.SpeakerBack(person=person)
            ):
                if (seat := after.stage.seats.get(person)) is not None:
                    said.room.append(wire.SpeakerChanged(seat=views.seat(seat)))
            case staged.HandRaised(person=person) | staged.HandLeft(person=person):
                if (hand := after.stage.hands.get(person)) is not None:
                    said.desk.append(wire.HandRaised(hand=views.hand(hand)))
                    said.to(person, wire.MeHand(raised_at=hand.raised_at, note=hand.note))
            case staged.HandLowered(person):
                said.desk.append(wire.HandLowered(person=person))
                said.to(person, wire.MeHand(raised_at=None))
            case staged.Invited(person=person):
                if (given := after.stage.invitations.get(person)) is not None:
                    said.desk.append(wire.InvitationSent(invitation=views.invitation(given)))
                    said.to(person, wire.MeInvited(invitation=views.invitation(given)))
            case staged.InvitationClosed(person, why):
                said.desk.append(wire.InvitationClosed(person=person, why=why))
                said.to(person, wire.MeUninvited(why=why))
            case asked.QuestionAsked(question=question):
                said.room.append(wire.QuestionAsked(question=views.question(after.questions.all[question])))
            case (
                asked.QuestionWithdrawn(question=question)
                | asked.QuestionOnAir(question=question)
                | asked.QuestionAnswered(question=question)
                | asked.QuestionPutBack(question=question)
            ):
                said.room.append(wire.QuestionChanged(question=views.question(after.questions.all[question])))
            case asked.Voted(question, person):
                said.votes.add(question)
                said.to(person, wire.MeVoted(question=question, voted=True))
            case asked.Unvoted(question, person):
                said.votes.add(question)
                said.to(person, wire.MeVoted(question=question, voted=False))
    return said
