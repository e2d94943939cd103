"""Seats, hands and invitations, as they are told."""

from causerie.floor.live import LiveRoom
from causerie.ids import PersonId
from causerie.live import protocol as wire
from causerie.live import staged
from causerie.live.telling.announcement import Announcement
from causerie.stage import events as happened


def tell(said: Announcement, event: object, after: LiveRoom) -> None:
    match event:
        case happened.SpeakerCame(person=person):
            if (seat := after.stage.seats.get(person)) is not None:
                said.room.append(wire.SpeakerCame(seat=staged.seat(seat, after.stage)))
            said.rights.add(person)
            _asking(said, person, after)
        case happened.SpeakerLeft(person, why):
            said.room.append(wire.SpeakerLeft(person=person, why=why))
            said.rights.add(person)
            _asking(said, person, after)
        case (
            happened.SpeakerMuted(person=person)
            | happened.SpeakerUnmuted(person=person)
            | happened.SpeakerHeld(person=person)
            | happened.SpeakerBack(person=person)
            | happened.SpeakerCalled(person=person)
            | happened.UnmuteWished(person=person)
            | happened.MicrophoneAway(person=person)
        ):
            _changed(said, person, after)
        case happened.MuteKept(person) | happened.MuteReleased(person) | happened.MicrophoneAsked(person=person):
            _changed(said, person, after)
            said.desk.append(wire.MicrophonesAsked(asking=[*staged.asking(after.stage)]))
        case happened.TalkedBackstage(person=person):
            _changed(said, person, after)
            _backstage(said, after)
        case (
            happened.BackstageCame(person=person)
            | happened.BackstageChanged(person=person)
            | happened.BackstageNoted(person=person)
            | happened.BackstageLeft(person)
        ):
            _backstage(said, after)
            said.to(person, wire.MeBackstage(backstage=staged.own_backstage(after.stage, person)))
        case happened.Hushed(on):
            said.room.append(wire.StageHushed(on=on))
        case happened.SeatAwaited(person=person) | happened.WaiterLeft(person=person) | happened.WaitOver(person):
            _awaited(said, person, after)
        case happened.HandRaised(person=person) | happened.HandLeft(person=person):
            _hand(said, person, after)
        case happened.HandLowered(person, by_host):
            said.desk.append(wire.HandLowered(person=person))
            said.to(person, wire.MeHand(raised_at=None, by_host=by_host))
        case happened.Invited(person=person):
            _invitation(said, person, after)
        case happened.InvitationClosed(person, why):
            said.desk.append(wire.InvitationClosed(person=person, why=why))
            said.to(person, wire.MeUninvited(why=why))


def _changed(said: Announcement, person: PersonId, after: LiveRoom) -> None:
    if (seat := after.stage.seats.get(person)) is not None:
        said.room.append(wire.SpeakerChanged(seat=staged.seat(seat, after.stage)))


def _backstage(said: Announcement, after: LiveRoom) -> None:
    stage = after.stage
    said.desk.append(wire.BackstageChanged(backstage=staged.backstage(stage), talking=sorted(stage.aside)))


def _asking(said: Announcement, person: PersonId, after: LiveRoom) -> None:
    """Who asked to speak while kept muted comes or goes."""
    if after.stage.kept.get(person) is not None:
        said.desk.append(wire.MicrophonesAsked(asking=[*staged.asking(after.stage)]))


def _awaited(said: Announcement, person: PersonId, after: LiveRoom) -> None:
    """Everybody before the stage is told their place again."""
    said.desk.append(wire.StageAwaited(waiting=staged.waiting(after.stage)))
    for who in {person: None, **after.stage.waiting}:
        said.to(who, wire.MeWaiting(place=staged.place_before_stage(after.stage, who)))


def _hand(said: Announcement, person: PersonId, after: LiveRoom) -> None:
    if (hand := after.stage.hands.get(person)) is not None:
        said.desk.append(wire.HandRaised(hand=staged.hand(hand)))
        said.to(person, wire.MeHand(raised_at=hand.raised_at, note=hand.note, lost_seat=hand.lost_seat))


def _invitation(said: Announcement, person: PersonId, after: LiveRoom) -> None:
    if (given := after.stage.invitations.get(person)) is not None:
        said.desk.append(wire.InvitationSent(invitation=staged.invitation(given)))
        said.to(person, wire.MeInvited(invitation=staged.invitation(given)))
