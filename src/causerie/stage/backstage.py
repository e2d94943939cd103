"""Backstage: where people wait who accepted, until a host brings them on air. What is said there stays there."""

from causerie.ids import PersonId
from causerie.stage import events as happened
from causerie.stage.errors import NotBackstage, StageFull
from causerie.stage.events import Event
from causerie.stage.moves import must_be_quiet
from causerie.stage.state import Stage


def put_on_air(stage: Stage, person: PersonId, *, now: int) -> list[Event]:
    """Bring somebody from backstage on air, with their microphone as they left it. Who is on stage is there already."""
    if person in stage.seats:
        return []
    guest = stage.backstage.get(person)
    if guest is None or guest.left_at is not None:
        raise NotBackstage
    if stage.full:
        raise StageFull
    muted = guest.muted or must_be_quiet(stage, person)
    came = happened.SpeakerCame(person, guest.name, guest.number, "speaker", muted, now, invited=guest.invited)
    return [happened.BackstageLeft(person), came]


def set_muted(stage: Stage, person: PersonId, *, muted: bool) -> list[Event]:
    """Shut or open one's own microphone while one waits backstage."""
    guest = stage.backstage[person]
    return [happened.BackstageChanged(person, muted, guest.left_at)] if guest.muted != muted else []


def note(stage: Stage, person: PersonId, *, topic: str | None, text: str | None, ready: bool) -> list[Event]:
    """Pass on to the hosts what somebody backstage wants to say, and whether they are ready."""
    guest = stage.backstage.get(person)
    if guest is None:
        raise NotBackstage
    same = (guest.topic, guest.note, guest.ready) == (topic, text, ready)
    return [] if same else [happened.BackstageNoted(person, topic, text, ready)]


def say(stage: Stage, person: PersonId, *, topic: str | None, ready: bool) -> list[Event]:
    """Say oneself what one wants to speak about, and whether one is ready; what the desk noted stays."""
    guest = stage.backstage.get(person)
    if guest is None:
        raise NotBackstage
    return note(stage, person, topic=topic, text=guest.note, ready=ready)


def talk(stage: Stage, person: PersonId, *, on: bool) -> list[Event]:
    """Hold, or let go of, *Hold to talk backstage*."""
    return [happened.TalkedBackstage(person, on)] if (person in stage.aside) != on else []
