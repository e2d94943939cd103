"""Reporting what is wrong, and dealing with it at the desk."""

from causerie.accounts.people import Person
from causerie.db import Tx
from causerie.floor.actions.guards import going_on, permitted
from causerie.floor.live import LiveRoom
from causerie.floor.rules import authority, keeps
from causerie.floor.tables import HOSTS
from causerie.ids import PersonId, QuestionId, new_id
from causerie.questions.state import UNSEEN, Question
from causerie.safety import moves, store
from causerie.safety.errors import ReportUnknown
from causerie.safety.reports import About, Grounds, Report
from causerie.texts import one_line


async def report(
    tx: Tx, live: LiveRoom, by: Person, *, about: About, subject: str | None, grounds: Grounds, note: str
) -> None:
    """Tell those who lead the room, and those who run this place, what is wrong; also when the room is over."""
    person, name, text = _subject(live, about, subject)
    made = Report(
        id=new_id(),
        about=about,
        subject=subject if about != "room" else None,
        name=name,
        text=text,
        grounds=grounds,
        note=one_line(note),
        at=tx.now,
        on_stage=tuple(seat.name for seat in live.stage.seats.values()),
        on_air=_on_air(live),
        apart=person is not None and authority(live, person) in HOSTS,
        reporter=by.id,
    )
    await store.store(tx, live.room.id, moves.report(live.safety, made))


async def report_done(tx: Tx, live: LiveRoom, by: Person, *, report: str) -> None:
    """The desk has dealt with it; or, also when the room is over, who looks after its group."""
    permitted(live, by, "report.see")
    for_group = keeps(live, by.id)
    if not for_group:
        going_on(live)
    await store.store(tx, live.room.id, moves.done(live.safety, report, by=by.id, now=tx.now, apart=for_group))
    await tx.audit("report.done", actor=by.id, room=live.room.id, subject=report)


def _subject(live: LiveRoom, about: About, subject: str | None) -> tuple[PersonId | None, str | None, str | None]:
    """Whom it concerns, what they are called, and the words of a question; or `ReportUnknown`."""
    if about == "room":
        return None, None, None
    if about == "question":
        asked = live.questions.all.get(QuestionId(subject or ""))
        if asked is None or asked.state in UNSEEN:
            raise ReportUnknown
        return (asked.person, asked.name, asked.text) if _shown(asked) else (None, None, asked.text)
    reported = PersonId(subject or "")
    name = _seen(live).get(reported)
    if name is None:
        raise ReportUnknown
    return reported, name, None


def _seen(live: LiveRoom) -> dict[PersonId, str]:
    """Whoever has stepped forward here, by name: those who asked, those who lead, those on stage."""
    asked = (one for one in live.questions.all.values() if _shown(one))
    return (
        {one.person: one.name for one in asked}
        | {helper.person: helper.name for helper in live.room.helpers.values()}
        | {live.room.host: live.room.host_name}
        | {seat.person: seat.name for seat in live.stage.seats.values()}
    )


def _shown(question: Question) -> bool:
    return question.hidden_from == "nobody" and question.state not in UNSEEN


def _on_air(live: LiveRoom) -> str | None:
    """What was spoken of."""
    if live.questions.on_air is not None:
        return live.questions.on_air.text
    return live.floor.topic.text if live.floor.topic is not None else None
