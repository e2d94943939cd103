"""A room as it stands once somebody has gone for good: as a restart would find it, it names them nowhere."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from causerie.floor.events import Listed
from causerie.floor.state import Floor
from causerie.ids import PersonId
from causerie.questions.state import Question, Questions
from causerie.rooms.audience.state import Audience
from causerie.rooms.roles import Expected
from causerie.rooms.state import Room
from causerie.safety.bans import Ban
from causerie.safety.reports import Report
from causerie.safety.state import Safety
from causerie.stage.state import Stage

if TYPE_CHECKING:  # they hold each other
    from causerie.floor.live import LiveRoom

UNSEEN = ("withdrawn", "dismissed")
"""Questions of which nobody sees a word any more."""


@dataclass(frozen=True)
class PersonForgotten:
    """Each id somebody had is from now on another, which is nobody's. `asked`: the questions that were theirs."""

    nobody: Mapping[PersonId, PersonId]
    name: str
    asked: frozenset[str]


def forgotten(event: PersonForgotten, live: "LiveRoom") -> "LiveRoom":
    """Seats, hands and roles are gone before; this is what else knew them."""
    return replace(
        live,
        room=_room(event, live.room),
        stage=_stage(event, live.stage),
        questions=_questions(event, live.questions),
        audience=_audience(event, live.audience),
        safety=_safety(event, live.safety),
        floor=_floor(event, live.floor),
    )


def _room(event: PersonForgotten, room: Room) -> Room:
    links = {id: _expected(event, one) for id, one in room.links.items()}
    room = replace(room, links=links)
    if room.lost_host in event.nobody:
        room = replace(room, lost_host=None, lost_host_name=None, lost_host_portrait=None)
    if room.host in event.nobody and room.phase != "live":
        room = replace(room, host_name="", host_portrait=None, description="", cover=None)
    return room


def _expected(event: PersonForgotten, one: Expected) -> Expected:
    return Expected(event.nobody[one.person], "") if one.person in event.nobody else one


def _stage(event: PersonForgotten, stage: Stage) -> Stage:
    nobody = event.nobody
    return replace(
        stage,
        spoken=frozenset(nobody.get(person, person) for person in stage.spoken),
        talked={nobody.get(person, person): talked for person, talked in stage.talked.items()},
        kept={person: at for person, at in stage.kept.items() if person not in nobody},
    )


def _questions(event: PersonForgotten, questions: Questions) -> Questions:
    return Questions({id: _unworded(event, one) for id, one in questions.all.items()})


def _unworded(event: PersonForgotten, one: Question) -> Question:
    return replace(one, text="") if one.id in event.asked and one.state in UNSEEN else one


def _audience(event: PersonForgotten, audience: Audience) -> Audience:
    out = event.nobody.keys()
    return replace(
        audience,
        inside=audience.inside - out,
        knocks={person: one for person, one in audience.knocks.items() if person not in out},
        raided={id: one for id, one in audience.raided.items() if id not in out and one.person not in out},
    )


def _safety(event: PersonForgotten, safety: Safety) -> Safety:
    bans = {id: _unnamed(event, ban) for id, ban in safety.bans.items()}
    return Safety(bans, {id: _unreported(event, one) for id, one in safety.reports.items()})


def _unnamed(event: PersonForgotten, ban: Ban) -> Ban:
    by = PersonId("") if ban.by in event.nobody else ban.by
    return replace(ban, by=by, name="" if ban.person in event.nobody else ban.name)


def _unreported(event: PersonForgotten, one: Report) -> Report:
    about = one.subject is not None and (one.subject in event.nobody or one.subject in event.asked)
    stood = tuple(name for name in one.on_stage if name != event.name)
    reporter = event.nobody.get(one.reporter, one.reporter)
    return replace(one, name="" if about else one.name, on_stage=stood, reporter=reporter)


def _floor(event: PersonForgotten, floor: Floor) -> Floor:
    def stays(listed: Listed) -> bool:
        return listed.key[1] not in event.nobody

    deck = {
        person: replace(one, after=tuple(key for key in one.after if key[1] not in event.nobody))
        for person, one in floor.deck.items()
        if person not in event.nobody
    }
    return replace(
        floor, shortlist=tuple(filter(stays, floor.shortlist)), placed=tuple(filter(stays, floor.placed)), deck=deck
    )
