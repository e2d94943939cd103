"""A room as one person may see it: live state in, protocol out."""

from collections.abc import Collection, Iterable
from dataclasses import asdict

from causerie.accounts.people import Person
from causerie.captions.lines import Line
from causerie.floor.estimate import Pace
from causerie.floor.events import CountedDown
from causerie.floor.fell import Fell
from causerie.floor.live import LiveRoom
from causerie.floor.order import Entry, reasons
from causerie.floor.rules import rights, role
from causerie.floor.state import OnDeck, Topic
from causerie.groups.charter import choices
from causerie.ids import PersonId
from causerie.live import asked, catch_up, staged, taken
from causerie.live import protocol as wire
from causerie.questions.state import UNSEEN
from causerie.recordings.live import RecordedRoom
from causerie.rooms.audience.state import Knock, Pin
from causerie.rooms.roles import Helper
from causerie.rooms.settings import Policy, RoomSettings
from causerie.rooms.state import Room
from causerie.safety.bans import Ban
from causerie.safety.reports import Report
from causerie.stage.state import SEATS

FOR_THE_DESK = ("words", "agenda")


def entry(entry: Entry, policy: Policy) -> wire.Entry:
    return wire.Entry(
        kind=entry.kind,
        id=entry.id,
        person=entry.person,
        name=entry.name,
        here=entry.here,
        reasons=[wire.Reason(why=reason.why, n=reason.n) for reason in reasons(entry, policy)],
        waiting_since=entry.since,
        votes=entry.votes,
        deck=entry.answer,
    )


def on_deck(asked: OnDeck | None) -> wire.OnDeck | None:
    """What somebody who is next is asked."""
    if asked is None:
        return None
    kind, id = asked.entry.key
    return wire.OnDeck(
        kind="hand" if kind == "hand" else "question", id=id, answer=asked.answer, ready_until=asked.until
    )


def opens(counted: CountedDown | None) -> wire.Opens | None:
    if counted is None:
        return None
    return wire.Opens(person=counted.person, question=counted.question, opens_at=counted.opens_at)


def topic(spoken_of: Topic | None) -> wire.Topic | None:
    return wire.Topic(text=spoken_of.text, since=spoken_of.at) if spoken_of is not None else None


def agenda(live: LiveRoom) -> list[wire.AgendaLine]:
    """The lines of the plan, and which of them were on air."""
    spoken_of = live.floor.spoken_of
    return [wire.AgendaLine(text=line, spoken_of=line in spoken_of) for line in live.room.settings.agenda]


def helper(helper: Helper) -> wire.Helper:
    return wire.Helper(
        person=helper.person, name=helper.name, role=helper.role, since=helper.since, portrait=helper.portrait
    )


def entries(live: LiveRoom, queue: list[Entry]) -> list[wire.Entry]:
    """The queue as the desk sees it; where nobody is to know who asked, nothing in it tells."""
    hidden = {id for id, one in live.questions.all.items() if one.hidden_from == "everybody"}
    shown = ((one.id, entry(one, live.room.settings.policy)) for one in queue)
    return [nameless(one) if id in hidden else one for id, one in shown]


def nameless(shown: wire.Entry) -> wire.Entry:
    """An entry that does not tell who asked."""
    said = [reason for reason in shown.reasons if reason.why not in ("first_time", "spoke")]
    return shown.model_copy(update={"person": None, "name": None, "here": True, "reasons": said})


def room(live: RecordedRoom, viewer: PersonId, *, listeners: int, now: int, captions: Iterable[Line]) -> wire.RoomView:
    """What everybody sees."""
    plan = live.room
    return wire.RoomView(
        room=plan.name,
        title=plan.title,
        description=plan.description,
        visibility=plan.visibility,
        phase=plan.phase,
        language=plan.language,
        starts_at=plan.starts_at,
        zone=plan.zone,
        tags=list(plan.tags),
        started_at=plan.started_at,
        ended_at=plan.ended_at,
        ends_at=plan.ends_at,
        late_since=plan.late_since,
        host=plan.host_name,
        host_person=plan.host,
        chair_empty_since=plan.chair_empty_since,
        ending=wire.Ending(at=plan.ending.at, why=plan.ending.why) if plan.ending else None,
        seats=staged.seats(live.stage),
        stage_size=SEATS,
        hushed=live.stage.hushed,
        questions=asked.before_the_room(live, viewer, now),
        open_count=len(live.questions.open),
        answered_count=len(live.questions.answered),
        listeners=listeners,
        stepped_forward=asked.stepped_forward(live),
        settings=settings(plan.settings),
        recordings=choices(plan.records),
        pinned=pin(live.audience.pinned),
        locked=live.audience.locked,
        captions=[wire.CaptionLine(**asdict(line)) for line in captions],
        opens=opens(live.floor.opens),
        topic=topic(live.floor.topic),
        recording=taken.sign(live),
        catch_up=catch_up.answers(live),
        cover=plan.cover,
        group=held_in(plan),
    )


def ban(given: Ban) -> wire.Ban:
    """As hosts see it: whether it takes the network too, but never which."""
    return wire.Ban(
        id=given.id,
        person=given.person,
        name=given.name,
        network=given.network is not None,
        reason=given.reason,
        at=given.at,
        until=given.until,
    )


def reports(live: LiveRoom) -> list[wire.Report]:
    """What waits to be dealt with at the desk, the oldest first."""
    return [report(one) for one in live.safety.reports.values() if not one.apart]


def report(made: Report) -> wire.Report:
    """As the desk sees it: never who made it."""
    shown = {name: value for name, value in asdict(made).items() if name not in ("reporter", "apart")}
    return wire.Report(**shown | {"on_stage": list(made.on_stage)})


def knock(heard: Knock) -> wire.Knock:
    return wire.Knock(**asdict(heard))


def raiders(live: LiveRoom) -> list[wire.Raider]:
    """Whom the raid button sent out and nobody has let back in."""
    return [wire.Raider(person=one.person, name=one.name, at=one.at) for one in live.audience.raided.values()]


def pin(pinned: Pin | None) -> wire.Pin | None:
    return wire.Pin(**asdict(pinned)) if pinned is not None else None


def planned(plan: Room) -> wire.RoomPlanned:
    return wire.RoomPlanned(
        phase=plan.phase,
        title=plan.title,
        description=plan.description,
        language=plan.language,
        visibility=plan.visibility,
        starts_at=plan.starts_at,
        zone=plan.zone,
        tags=list(plan.tags),
        cover=plan.cover,
        ends_at=plan.ends_at,
        late_since=plan.late_since,
        recordings=choices(plan.records),
        group=held_in(plan),
    )


def held_in(plan: Room) -> wire.HeldIn | None:
    """Its group, where it is not gone."""
    if plan.group_handle is None or plan.group_name is None or plan.group_joining is None:
        return None
    return wire.HeldIn(handle=plan.group_handle, name=plan.group_name, joining=plan.group_joining)


def settings(set_: RoomSettings) -> wire.RoomSettings:
    """As everybody sees them; the words list and the agenda are for the desk."""
    shown = {name: value for name, value in asdict(set_).items() if name not in FOR_THE_DESK}
    return wire.RoomSettings(**shown | {"cohosts_without": list(set_.cohosts_without)})


def desk(
    live: RecordedRoom,
    here: Collection[PersonId],
    now: int,
    *,
    silent: int,
    lines: dict[str, wire.Grade],
    trouble: wire.Trouble | None,
    one_network: dict[str, wire.FromOne],
) -> wire.DeskView:
    """What hosts see besides."""
    return wire.DeskView(
        hands=[staged.hand(up) for up in live.stage.hands.values()],
        invitations=[staged.invitation(given) for given in live.stage.invitations.values()],
        waiting=staged.waiting(live.stage),
        backstage=staged.backstage(live.stage),
        talking=sorted(live.stage.aside),
        asking=[*staged.asking(live.stage)],
        entries=entries(live, live.queue(here, now)),
        questions=asked.at_desk(live),
        **asked.put_aside(live),
        words=list(live.room.settings.words),
        agenda=agenda(live),
        one_network=one_network,
        helpers=[helper(given) for given in live.room.helpers.values()],
        asked=wire.Asked(person=live.room.heir, name=live.room.heir_name or "") if live.room.heir else None,
        bans=[ban(given) for given in live.safety.bans.values()],
        knocks=[knock(heard) for heard in live.audience.knocks.values()],
        raided=raiders(live),
        reports=reports(live),
        silent=silent,
        lines=lines,
        left_out=taken.left_out(live),
        recording_missing=taken.missing(live),
        recording_trouble=trouble,
    )


def me(
    live: RecordedRoom, person: Person, number: int, here: Collection[PersonId], now: int, *, line: wire.Grade
) -> wire.MeView:
    """What one sees of oneself."""
    votes = {one.id: one.value_of(person.id) for one in live.questions.all.values() if one.state not in UNSEEN}
    up, given = live.stage.hands.get(person.id), live.stage.invitations.get(person.id)
    return wire.MeView(
        person=person.id,
        name=person.name,
        number=number,
        role=role(live, person),
        rights=rights(live, person),
        hand_at=up.raised_at if up else None,
        note=up.note if up else None,
        lost_seat=up is not None and up.lost_seat,
        invitation=staged.invitation(given) if given else None,
        waiting=staged.place_before_stage(live.stage, person.id),
        backstage=staged.own_backstage(live.stage, person.id),
        voted=[question for question, value in votes.items() if value == 1],
        against=[question for question, value in votes.items() if value == -1],
        questions=asked.of_asker(live, person.id),
        place=place(live, person.id, here, now),
        on_deck=on_deck(live.floor.deck.get(person.id)),
        asked_to_host=live.room.heir_by if live.room.heir == person.id else None,
        recording=taken.own_part(live, person.id),
        line=line,
    )


def place(live: LiveRoom, person: PersonId, here: Collection[PersonId], now: int) -> wire.Place | None:
    """A person's first place in the queue; who left the room is passed over."""
    if person not in live.stage.hands and all(question.person != person for question in live.questions.open):
        return None
    return places(live, here, now).get(person)


def places(live: LiveRoom, here: Collection[PersonId], now: int) -> dict[PersonId, wire.Place]:
    """Everybody's first place; only questions that their asker wants to ask count as waiting for the stage."""
    return places_in(live.queue(here, now), live.pace(now))


def places_in(queue: list[Entry], pace: Pace | None) -> dict[PersonId, wire.Place]:
    """Everybody's first place in this queue; who left the room is passed over."""
    found: dict[PersonId, wire.Place] = {}
    for n, entry in enumerate((entry for entry in queue if entry.here), 1):
        if entry.person not in found:
            found[entry.person] = _placed(n, pace)
    return found


def _placed(n: int, pace: Pace | None) -> wire.Place:
    return wire.Place(n=n, minutes=pace.until(n), after_end=pace.after_end(n)) if pace else wire.Place(n=n)


def fell(why: Fell | None) -> wire.Fell | None:
    """Why somebody's place is further back, where it can be said."""
    return wire.Fell(why=why.why, n=why.n) if why else None
